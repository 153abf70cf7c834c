"""A small OpenAPI document that has every slot which spec text can come from, and a builder that fills them."""

import json
import re
from collections.abc import Mapping
from typing import Any

from .slots import Host, Slot, SlotKind

__all__ = ["DOCUMENT"]

D, N, W, V, U = SlotKind.DOC, SlotKind.NAME, SlotKind.WIRE, SlotKind.VALUE, SlotKind.URL

SLOTS: dict[str, Slot] = {
    "title": Slot(N, "harbour office"),
    "description": Slot(D, "The harbour."),
    "version": Slot(V, "1.2"),
    "terms": Slot(V, "https://harbour.example/terms"),
    "contact": Slot(V, "The harbour master"),
    "licence": Slot(V, "MIT"),
    "server url": Slot(U, "https://harbour.example/v1"),
    "server description": Slot(D, "The harbour itself."),
    "server variable key": Slot(W, "region"),
    "server variable value": Slot(V, "north"),
    "server variable description": Slot(D, "Which coast."),
    "other server url": Slot(U, "https://test.harbour.example"),
    "operation server url": Slot(U, "https://upload.harbour.example"),
    "tag name": Slot(N, "ships"),
    "tag description": Slot(D, "Ships in the harbour."),
    "tag link": Slot(V, "https://harbour.example/ships"),
    "operation id": Slot(N, "get a ship"),
    "summary": Slot(D, "Get a ship", documented=True),
    "operation description": Slot(D, "One ship.", documented=True),
    "operation link": Slot(V, "https://harbour.example/get"),
    "other operation id": Slot(N, "add a ship"),
    "path segment": Slot(U, "ships"),
    "fixed query": Slot(U, "view"),
    "path parameter": Slot(W, "shipId", entry="shipId"),
    "path description": Slot(D, "Which ship.", documented=True),
    "path example": Slot(V, "mary"),
    "query parameter": Slot(W, "pageSize", exact=True, entry="pageSize"),
    "query description": Slot(D, "How many.", documented=True),
    "query example": Slot(V, "ten"),
    "query default": Slot(V, "twenty"),
    "query pattern": Slot(V, "^[a-z]+$"),
    "query format": Slot(V, "words"),
    "enum value": Slot(V, "sail"),
    "enum name": Slot(V, "Sail"),
    "enum description": Slot(D, "With sails."),
    "deep parameter": Slot(W, "filter", exact=True, entry="filter"),
    "deep member": Slot(W, "colour"),
    "header parameter": Slot(W, "X-Trace", unsendable=True, entry="X-Trace"),
    "header description": Slot(D, "For the log.", documented=True),
    "header example": Slot(V, "abc", unsendable=True, entry="X-Trace"),
    "cookie parameter": Slot(W, "berth", unsendable=True, entry="berth"),
    "cookie description": Slot(D, "Where it lies.", documented=True),
    "body description": Slot(D, "The new ship."),
    "body field": Slot(W, "shipName", exact=True, entry="shipName"),
    "body field description": Slot(D, "What stands on its side.", documented=True),
    "body field default": Slot(V, "Mary"),
    "body field constant": Slot(V, "steel"),
    "body example": Slot(V, "Ann"),
    "inner field": Slot(W, "portName", exact=True, entry="portName"),
    "inner field description": Slot(D, "Where it is at home.", documented=True),
    "form field": Slot(W, "formName", exact=True, entry="formName"),
    "form description": Slot(D, "The colour.", documented=True),
    "form media type": Slot(V, "application/json"),
    "part": Slot(W, "partName", exact=True, entry="partName"),
    "part description": Slot(D, "The size.", documented=True),
    "part media type": Slot(V, "image/png"),
    "body media type": Slot(
        V, "text/csv", unsendable=True, others=("image/png", "image/*", "*/*", "unknown", "")
    ),
    "schema name": Slot(N, "Ship"),
    "schema title": Slot(V, "A ship"),
    "schema description": Slot(D, "Whatever floats.", documented=True),
    "field": Slot(W, "shipLength", exact=True, entry="shipLength"),
    "field description": Slot(D, "In metres.", documented=True),
    "field title": Slot(V, "Length"),
    "field format": Slot(V, "float"),
    "field example": Slot(V, "long"),
    "named enum": Slot(N, "Flag"),
    "named enum value": Slot(V, "red"),
    "inner schema title": Slot(V, "Crew"),
    "pattern of names": Slot(V, "^x-"),
    "discriminator": Slot(W, "kind", entry="kind"),
    "discriminator value": Slot(V, "tug"),
    "member name": Slot(N, "Tug"),
    "other member name": Slot(N, "Ferry"),
    "definition": Slot(V, "Deck"),
    "anchor": Slot(V, "deck"),
    "reference": Slot(V, "#/components/schemas/Nothing"),
    "response description": Slot(D, "The ship.", documented=True),
    "response media type": Slot(V, "text/plain", others=("image/png", "image/*", "*/*", "unknown", "")),
    "response header": Slot(V, "X-Ship"),
    "response header description": Slot(D, "Its mark."),
    "response example": Slot(V, "mary"),
    "response example name": Slot(V, "a ship"),
    "response text": Slot(V, "sunk"),
    "link": Slot(V, "crew"),
    "callback": Slot(V, "sunk"),
    "error description": Slot(D, "There is no such ship."),
    "error status": Slot(V, "409"),
    "error example": Slot(V, "ship_unknown"),
    "security scheme": Slot(V, "harbourKey"),
    "security description": Slot(D, "From the office."),
    "api key name": Slot(W, "X-Harbour"),
    "scope": Slot(V, "ships:read"),
    "scope description": Slot(D, "Read about ships."),
    "http scheme": Slot(V, "bearer"),
    "token url": Slot(V, "https://harbour.example/token"),
    "unknown keyword": Slot(V, "x-keel"),
}


def _pointer(name: str) -> str:
    return "#/components/schemas/" + name.replace("~", "~0").replace("/", "~1").replace("%", "%25")


def _json(schema: Any, **more: Any) -> dict[str, Any]:
    return {"application/json": {"schema": schema, **more}}


def _get(s: Mapping[str, str]) -> dict[str, Any]:
    kind = {
        "type": "string",
        "enum": [s["enum value"], "steam"],
        "x-enum-varnames": [s["enum name"], "Steam"],
        "x-enum-descriptions": [s["enum description"], "With coal."],
    }
    query = {
        "type": "string",
        "default": s["query default"],
        "pattern": s["query pattern"],
        "format": s["query format"],
    }
    deep = {
        "type": "object",
        "properties": {s["deep member"]: {"type": "string"}, "size": {"type": "integer"}},
    }
    ship = {"$ref": _pointer(s["schema name"])}
    shown = {"name": s["response example"], "known": 1}
    return {
        "operationId": s["operation id"],
        "tags": [s["tag name"]],
        "summary": s["summary"],
        "description": s["operation description"],
        "externalDocs": {"url": s["operation link"], "description": s["operation link"]},
        "parameters": [
            {
                "name": s["path parameter"],
                "in": "path",
                "required": True,
                "description": s["path description"],
                "schema": {"type": "string"},
                "example": s["path example"],
            },
            {
                "name": s["query parameter"],
                "in": "query",
                "description": s["query description"],
                "schema": query,
                "example": s["query example"],
            },
            {"name": "rig", "in": "query", "schema": kind},
            {"name": s["deep parameter"], "in": "query", "style": "deepObject", "schema": deep},
            {
                "name": s["header parameter"],
                "in": "header",
                "description": s["header description"],
                "schema": {"type": "string"},
                "example": s["header example"],
            },
            {
                "name": s["cookie parameter"],
                "in": "cookie",
                "description": s["cookie description"],
                "schema": {"type": "string"},
            },
        ],
        "responses": {
            "200": {
                "description": s["response description"],
                "headers": {
                    s["response header"]: {
                        "description": s["response header description"],
                        "schema": {"type": "string"},
                    }
                },
                "content": _json(ship, examples={s["response example name"]: {"value": shown}}),
                "links": {s["link"]: {"operationId": s["other operation id"]}},
            },
            "202": {
                "description": "As text.",
                "content": {
                    s["response media type"]: {"schema": {"type": "string"}, "example": s["response text"]}
                },
            },
            "404": {
                "description": s["error description"],
                "content": _json({"type": "object"}, example={"code": s["error example"]}),
            },
            s["error status"]: {"description": "In the way."},
        },
    }


def _post(s: Mapping[str, str]) -> dict[str, Any]:
    fields = {
        s["body field"]: {
            "type": "string",
            "description": s["body field description"],
            "default": s["body field default"],
        },
        "hull": {"const": s["body field constant"]},
        "port": {
            "type": "object",
            "properties": {
                s["inner field"]: {"type": "string", "description": s["inner field description"]},
                "depth": {"type": "integer"},
            },
        },
    }
    body = {
        "required": True,
        "description": s["body description"],
        "content": _json({"type": "object", "properties": fields}, example={"hull": s["body example"]}),
    }
    return {
        "operationId": s["other operation id"],
        "tags": [s["tag name"]],
        "summary": "Add a ship",
        "servers": [{"url": s["operation server url"]}],
        "security": [{"harbourToken": [s["scope"]]}],
        "requestBody": body,
        "responses": {"204": {"description": "Added."}},
        "callbacks": {s["callback"]: {"{$request.body#/url}": {"post": {"responses": {}}}}},
    }


def _form(s: Mapping[str, str]) -> dict[str, Any]:
    fields = {
        s["form field"]: {"type": "string", "description": s["form description"]},
        "plain": {"type": "string"},
    }
    encoding = {s["form field"]: {"contentType": s["form media type"]}}
    media_type = "application/x-www-form-urlencoded"
    return {
        "operationId": "sendForm",
        "tags": [s["tag name"]],
        "requestBody": {
            "content": {
                media_type: {"schema": {"type": "object", "properties": fields}, "encoding": encoding}
            }
        },
        "responses": {"204": {"description": "Sent."}},
    }


def _parts(s: Mapping[str, str]) -> dict[str, Any]:
    fields = {
        s["part"]: {"type": "string", "format": "binary", "description": s["part description"]},
        "note": {"type": "string"},
    }
    encoding = {s["part"]: {"contentType": s["part media type"]}}
    return {
        "operationId": "sendParts",
        "tags": [s["tag name"]],
        "requestBody": {
            "content": {
                "multipart/form-data": {
                    "schema": {"type": "object", "properties": fields},
                    "encoding": encoding,
                }
            }
        },
        "responses": {"204": {"description": "Sent."}},
    }


def _whole(s: Mapping[str, str]) -> dict[str, Any]:
    return {
        "operationId": "sendTable",
        "tags": [s["tag name"]],
        "requestBody": {"content": {s["body media type"]: {"schema": {"type": "string"}}}},
        "responses": {"204": {"description": "Sent."}},
    }


def _schemas(s: Mapping[str, str]) -> dict[str, Any]:
    tug, ferry = s["member name"], s["other member name"]

    def member(value: str, field: str) -> dict[str, Any]:
        return {
            "type": "object",
            "required": [s["discriminator"]],
            "properties": {s["discriminator"]: {"const": value}, field: {"type": "integer"}},
        }

    return {
        tug: member(s["discriminator value"], "power"),
        ferry: member("ferry", "seats"),
        s["named enum"]: {"type": "string", "enum": [s["named enum value"], "green"]},
        s["schema name"]: {
            "title": s["schema title"],
            "description": s["schema description"],
            "type": "object",
            s["unknown keyword"]: True,
            "$defs": {s["definition"]: {"$anchor": s["anchor"], "type": "integer"}},
            "properties": {
                "name": {"type": "string"},
                "known": {"type": "integer"},
                s["field"]: {
                    "type": "string",
                    "title": s["field title"],
                    "description": s["field description"],
                    "format": s["field format"],
                    "example": s["field example"],
                },
                "flag": {"$ref": _pointer(s["named enum"])},
                "crew": {
                    "type": "array",
                    "items": {
                        "title": s["inner schema title"],
                        "type": "object",
                        "properties": {"rank": {"type": "string"}},
                    },
                },
                "marks": {"type": "object", "patternProperties": {s["pattern of names"]: {"type": "string"}}},
                "help": {
                    "oneOf": [{"$ref": _pointer(tug)}, {"$ref": _pointer(ferry)}],
                    "discriminator": {
                        "propertyName": s["discriminator"],
                        "mapping": {s["discriminator value"]: _pointer(tug), "ferry": ferry},
                    },
                },
                "lost": {"$ref": s["reference"]},
            },
        },
    }


def _write(filled: Mapping[str, str], absent: str = "", *, without_item: bool = False) -> bytes:
    """The document as a file: slots filled as given, all others with their benign text.

    Args:
        filled: Slot -> text.
        absent: Name of a parameter, header or field that is left out.
        without_item: True to leave out the whole body that cannot be sent.
    """
    s = {name: filled.get(name, slot.benign) for name, slot in SLOTS.items()}
    variables = {
        s["server variable key"]: {
            "default": s["server variable value"],
            "description": s["server variable description"],
        }
    }
    placeholders = "".join(f"/{{{name}}}" for name in variables)
    document = {
        "openapi": "3.1.0",
        "info": {
            "title": s["title"],
            "description": s["description"],
            "version": s["version"],
            "termsOfService": s["terms"],
            "contact": {"name": s["contact"], "email": s["contact"], "url": s["contact"]},
            "license": {"name": s["licence"], "identifier": s["licence"]},
        },
        "servers": [
            {
                "url": s["server url"] + placeholders,
                "description": s["server description"],
                "variables": variables,
            },
            {"url": s["other server url"], "description": "For trying things out."},
        ],
        "security": [{s["security scheme"]: []}],
        "tags": [
            {
                "name": s["tag name"],
                "description": s["tag description"],
                "externalDocs": {"url": s["tag link"], "description": s["tag link"]},
            }
        ],
        "paths": {
            f"/{s['path segment']}/{{{s['path parameter']}}}?{s['fixed query']}=all": {"get": _get(s)},
            "/new": {"post": _post(s)},
            "/forms": {"post": _form(s), "patch": _parts(s), **({} if without_item else {"put": _whole(s)})},
        },
        "components": {
            "schemas": _schemas(s),
            "securitySchemes": {
                s["security scheme"]: {
                    "type": "apiKey",
                    "in": "header",
                    "name": s["api key name"],
                    "description": s["security description"],
                },
                "harbourToken": {
                    "type": "oauth2",
                    "flows": {
                        "clientCredentials": {
                            "tokenUrl": s["token url"],
                            "scopes": {s["scope"]: s["scope description"]},
                        }
                    },
                },
                "harbourOther": {"type": "http", "scheme": s["http scheme"]},
            },
        },
    }
    if absent:
        _leave_out(document, absent)
    return json.dumps(document).encode("ascii")


def _leave_out(node: Any, name: str) -> None:
    """Remove the parameters and fields of this name."""
    if isinstance(node, dict):
        if isinstance(node.get("properties"), dict):
            node["properties"].pop(name, None)
        for value in node.values():
            _leave_out(value, name)
    elif isinstance(node, list):
        node[:] = [item for item in node if not (isinstance(item, dict) and item.get("name") == name)]
        for item in node:
            _leave_out(item, name)


DOCUMENT = Host(SLOTS, _write, re.compile(r"\{([^{}/]+)\}"), "{{{}}}")
