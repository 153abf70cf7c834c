"""A small collection that has every slot which spec text can come from, and a builder that fills them."""

import json
import re
from collections.abc import Mapping
from typing import Any

from .slots import Host, Slot, SlotKind

__all__ = ["COLLECTION", "collection"]


D, N, W, V, U = SlotKind.DOC, SlotKind.NAME, SlotKind.WIRE, SlotKind.VALUE, SlotKind.URL

SLOTS: dict[str, Slot] = {
    "collection name": Slot(N, "harbour office"),
    "collection description": Slot(D, "The harbour."),
    "folder name": Slot(N, "ships"),
    "folder description": Slot(D, "Ships in the harbour."),
    "inner folder name": Slot(N, "cargo"),
    "inner folder description": Slot(D, "What ships carry."),
    "item name": Slot(N, "get a ship"),
    "item description": Slot(D, "One ship.", documented=True),
    "other item name": Slot(N, "add a ship"),
    "other item description": Slot(D, "A new ship.", documented=True),
    "form item name": Slot(N, "send a form"),
    "host": Slot(U, "harbour.example"),
    "path segment": Slot(U, "ships"),
    "path variable key": Slot(W, "shipId", entry="shipId"),
    "path variable value": Slot(V, "mary"),
    "path variable description": Slot(D, "Which ship.", documented=True),
    "query key": Slot(W, "pageSize", exact=True, entry="pageSize"),
    "query value": Slot(V, "ten"),
    "query description": Slot(D, "How many.", documented=True),
    "disabled query key": Slot(W, "sortBy", exact=True, entry="sortBy"),
    "header key": Slot(W, "X-Trace", unsendable=True, entry="X-Trace"),
    "header value": Slot(V, "{{trace}}", unsendable=True, entry="X-Trace"),
    "header description": Slot(D, "For the log.", documented=True),
    "fixed header value": Slot(V, "sail", unsendable=True, entry="X-Fixed"),
    "variable key": Slot(W, "trace"),
    "variable value": Slot(V, "abc"),
    "variable description": Slot(D, "The trace."),
    "base url value": Slot(U, "https://harbour.example/v1"),
    "body key": Slot(W, "shipName", exact=True),
    "body value": Slot(V, "Mary"),
    "body inner key": Slot(W, "portName", exact=True),
    "body inner value": Slot(V, "Dover"),
    "body item value": Slot(V, "rope"),
    "broken body": Slot(V, "<ship>{{ship}}</ship>"),
    "form key": Slot(W, "formName", exact=True, entry="formName"),
    "form value": Slot(V, "blue"),
    "form description": Slot(D, "The colour.", documented=True),
    "part key": Slot(W, "partName", exact=True, entry="partName"),
    "part value": Slot(V, "small"),
    "part description": Slot(D, "The size.", documented=True),
    "file part key": Slot(W, "document", exact=True, entry="document"),
    "file source": Slot(V, "/home/me/a.txt"),
    "part content type": Slot(V, "text/plain"),
    "basic user": Slot(V, "captain"),
    "api key name": Slot(W, "X-Harbour"),
    "response name": Slot(D, "A ship"),
    "response status text": Slot(V, "OK"),
    "response body key": Slot(W, "shipLength", exact=True),
    "response body value": Slot(V, "long"),
    "response inner key": Slot(W, "crewSize", exact=True),
    "response text": Slot(V, "sunk"),
    "response header key": Slot(V, "X-Ship"),
    "response header value": Slot(V, "mary"),
    "response content type": Slot(V, "text/plain"),
    "error name": Slot(D, "No such ship"),
    "error message": Slot(D, "There is no such ship."),
    "error code": Slot(V, "ship_unknown"),
    "script": Slot(V, "pm.test('x')"),
}


def _request(method: str, url: Any, **more: Any) -> dict[str, Any]:
    return {"method": method, "url": url, "header": [], **more}


def _answer(name: str, code: int, body: str | None, content_type: str, status: str = "OK") -> dict[str, Any]:
    header = [{"key": "Content-Type", "value": content_type}] if content_type else []
    return {"name": name, "code": code, "status": status, "header": header, "body": body}


def _url(host: list[str], path: list[str], query: list[Any], variable: list[Any]) -> dict[str, Any]:
    raw = "/".join([*host, *path])
    return {"raw": raw, "host": host, "path": path, "query": query, "variable": variable}


def _get(s: Mapping[str, str]) -> dict[str, Any]:
    query = [
        {"key": s["query key"], "value": s["query value"], "description": s["query description"]},
        {"key": s["disabled query key"], "value": "name", "disabled": True},
    ]
    variable = [
        {
            "key": s["path variable key"],
            "value": s["path variable value"],
            "description": {"content": s["path variable description"], "type": "text/markdown"},
        }
    ]
    headers = [
        {"key": s["header key"], "value": s["header value"], "description": s["header description"]},
        {"key": "X-Fixed", "value": s["fixed header value"]},
    ]
    path = [s["path segment"], f":{s['path variable key']}", "view"]
    good = _answer(
        s["response name"],
        200,
        json.dumps(
            {
                s["response body key"]: s["response body value"],
                "known": 1,
                "crew": [{s["response inner key"]: 3, "rank": "mate"}],
            }
        ),
        "application/json",
        s["response status text"],
    )
    good["header"].append({"key": s["response header key"], "value": s["response header value"]})
    text = _answer("As text", 202, s["response text"], s["response content type"])
    bad = _answer(
        s["error name"],
        404,
        json.dumps({"code": s["error code"], "message": s["error message"]}),
        "application/json",
        "Not Found",
    )
    request = _request("GET", _url(["{{baseUrl}}"], path, query, variable), description=s["item description"])
    request["header"] = headers
    return {
        "name": s["item name"],
        "request": request,
        "response": [good, text, bad],
        "event": [{"listen": "test", "script": {"exec": [s["script"]]}}],
    }


def _post(s: Mapping[str, str]) -> dict[str, Any]:
    body = {
        s["body key"]: s["body value"],
        "port": {s["body inner key"]: s["body inner value"], "depth": 3},
        "goods": [s["body item value"]],
    }
    request = _request(
        "POST",
        _url([s["host"]], ["new"], [], []),
        description=s["other item description"],
        body={"mode": "raw", "raw": json.dumps(body), "options": {"raw": {"language": "json"}}},
        auth={"type": "basic", "basic": [{"key": "username", "value": s["basic user"]}]},
    )
    return {"name": s["other item name"], "request": request, "response": []}


def _forms(s: Mapping[str, str]) -> list[dict[str, Any]]:
    url = _url(["{{baseUrl}}"], ["forms"], [], [])
    form = [
        {"key": s["form key"], "value": s["form value"], "description": s["form description"]},
        {"key": "plain", "value": "x"},
    ]
    parts = [
        {
            "key": s["part key"],
            "value": s["part value"],
            "description": s["part description"],
            "type": "text",
        },
        {
            "key": s["file part key"],
            "type": "file",
            "src": s["file source"],
            "contentType": s["part content type"],
        },
    ]
    return [
        {
            "name": s["form item name"],
            "request": _request("POST", url, body={"mode": "urlencoded", "urlencoded": form}),
        },
        {
            "name": "send parts",
            "request": _request("POST", url, body={"mode": "formdata", "formdata": parts}),
        },
        {
            "name": "send markup",
            "request": _request(
                "PUT",
                url,
                body={"mode": "raw", "raw": s["broken body"], "options": {"raw": {"language": "xml"}}},
            ),
        },
    ]


def collection(filled: Mapping[str, str], absent: str = "", *, without_item: bool = False) -> bytes:
    """The collection as a file: slots filled as given, all others with their benign text.

    Args:
        filled: Slot -> text.
        absent: Key of a parameter, header or field that is left out.
        without_item: True to leave out the first request as a whole.
    """
    s = {name: filled.get(name, slot.benign) for name, slot in SLOTS.items()}
    document = {
        "info": {
            "name": s["collection name"],
            "description": s["collection description"],
            "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
        },
        "auth": {
            "type": "apikey",
            "apikey": [
                {"key": "key", "value": s["api key name"]},
                {"key": "value", "value": "{{harbourKey}}"},
            ],
        },
        "variable": [
            {"key": "baseUrl", "value": s["base url value"]},
            {
                "key": s["variable key"],
                "value": s["variable value"],
                "description": s["variable description"],
            },
        ],
        "item": [
            {
                "name": s["folder name"],
                "description": s["folder description"],
                "item": [
                    *([] if without_item else [_get(s)]),
                    _post(s),
                    {
                        "name": s["inner folder name"],
                        "description": s["inner folder description"],
                        "item": _forms(s),
                    },
                ],
            }
        ],
    }
    if absent:
        _leave_out(document, absent)
    return json.dumps(document).encode("ascii")


def _leave_out(node: Any, key: str) -> None:
    """Remove the entries of lists that have this key."""
    if isinstance(node, dict):
        for value in node.values():
            _leave_out(value, key)
    elif isinstance(node, list):
        node[:] = [item for item in node if not (isinstance(item, dict) and item.get("key") == key)]
        for item in node:
            _leave_out(item, key)


COLLECTION = Host(SLOTS, collection, re.compile(r"\{\{(.*?)\}\}", re.DOTALL), "{{{{{}}}}}")
