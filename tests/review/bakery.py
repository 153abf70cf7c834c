"""A small bakery: the collection that the cases edit, made anew for each of them."""

import json
from typing import Any

__all__ = ["answer", "bakery", "entry", "find", "folder", "item", "json_body"]

Doc = dict[str, Any]


def entry(key: str, value: str | None, description: str = "", **more: Any) -> Doc:
    """A row of a table in Postman: a query parameter, a header, a variable, a form field."""
    return {"key": key, "value": value, "description": description, **more}


def json_body(value: object) -> Doc:
    """A raw body that holds JSON."""
    return {"mode": "raw", "raw": json.dumps(value), "options": {"raw": {"language": "json"}}}


def answer(value: object, code: int = 200, name: str = "Saved") -> Doc:
    """A saved response: JSON, text, or nothing."""
    kind = "text/plain" if isinstance(value, str) else "application/json"
    return {
        "name": name,
        "code": code,
        "header": [entry("Content-Type", kind)] if value is not None else [],
        "body": "" if value is None else value if isinstance(value, str) else json.dumps(value),
    }


def item(
    name: str,
    method: str,
    path: str,
    *,
    query: tuple[Doc, ...] = (),
    variables: tuple[Doc, ...] = (),
    headers: tuple[Doc, ...] = (),
    body: Doc | None = None,
    answers: tuple[Doc, ...] = (),
    description: str = "",
) -> Doc:
    """A saved request."""
    url = {
        "raw": "",
        "host": ["{{baseUrl}}"],
        "path": path.strip("/").split("/"),
        "query": list(query),
        "variable": list(variables),
    }
    request: Doc = {"method": method, "header": list(headers), "url": url, "description": description}
    if body is not None:
        request["body"] = body
    return {"name": name, "id": name.lower().replace(" ", "-"), "request": request, "response": list(answers)}


def folder(name: str, *items: Doc, description: str = "") -> Doc:
    """A folder of requests."""
    return {"name": name, "description": description, "item": list(items)}


def find(doc: Doc, *names: str) -> Doc:
    """An item or folder by the names that lead to it."""
    for name in names:
        (doc,) = [child for child in doc["item"] if child["name"] == name]
    return doc


_ORDER = {
    "id": 7,
    "state": "open",
    "total": 4.5,
    "placed": "2026-05-01T06:30:00Z",
    "note": "By the door",
    "tags": ["rye", "early"],
    "customer": {"name": "Ana", "email": "ana@bakery.example"},
}
_GONE = {"code": "order_unknown", "message": "There is no such order."}


def bakery() -> Doc:
    """The collection as it was."""
    order_id = entry("orderId", "7", "(Required) Number of the order.")
    orders = folder(
        "Orders",
        item(
            "List orders",
            "GET",
            "/orders",
            query=(
                entry("state", "open", "Only orders in this state. (This can only be one of open,done,late)"),
                entry("limit", "10", "How many."),
                entry("sort", "placed", "Order of the answer:<br>`placed` - by time<br>`total` - by price"),
                entry("tag", "rye", "Only with all of these."),
                entry("tag", "early"),
                entry("dry", None, "Count only."),
            ),
            headers=(entry("X-Trace", "abc-1", "Shows in our logs."),),
            answers=(answer([_ORDER, {**_ORDER, "id": 8}]),),
            description="All orders of the day.",
        ),
        item(
            "Get order",
            "GET",
            "/orders/:orderId",
            variables=(order_id,),
            answers=(answer(_ORDER), answer(_GONE, 404, "404 Gone")),
            description="One order.",
        ),
        item(
            "Create order",
            "POST",
            "/orders",
            body=json_body(
                {
                    "item": "rye",
                    "quantity": 2,
                    "gift": {"wrap": True, "message": "Enjoy"},
                    "note": "By the door",
                }
            ),
            answers=(answer({"id": 9, "queue": 3}, 201),),
        ),
        item(
            "Cancel order", "DELETE", "/orders/:orderId", variables=(order_id,), answers=(answer(None, 204),)
        ),
    )
    shop = folder(
        "Shop",
        item(
            "Get price",
            "GET",
            "/shops/:shopId/prices/:loaf",
            variables=(
                entry("shopId", "12", "(Required) The shop."),
                entry("loaf", "rye", "(Required) What."),
            ),
            answers=(answer({"price": 4.5}),),
        ),
        item(
            "Sign in",
            "POST",
            "/sign-in",
            body={
                "mode": "urlencoded",
                "urlencoded": [
                    entry("email", "ana@bakery.example", "(Required) Who."),
                    entry("remember", "true", "Stay signed in."),
                ],
            },
            answers=(answer({"welcome": "Ana"}),),
        ),
        item(
            "Upload menu",
            "POST",
            "/menu",
            body={
                "mode": "formdata",
                "formdata": [
                    {"key": "menu", "type": "file", "src": "menu.pdf", "description": "(Required) The menu."},
                    entry("season", "spring", "Which one.", type="text"),
                ],
            },
            answers=(answer({"pages": 2}),),
        ),
        item(
            "Announce",
            "POST",
            "/announce",
            headers=(entry("Content-Type", "text/plain"),),
            body={"mode": "raw", "raw": "Dear {{who}}, fresh bread at {{hour}}."},
            answers=(answer("Said."),),
        ),
        item("Replace codes", "PUT", "/codes", body=json_body(["a", "b"]), answers=(answer(None, 204),)),
        item(
            "Read board",
            "GET",
            "/board",
            headers=(entry("Accept", "text/plain"),),
            answers=(answer("Closed."),),
        ),
        item("Ping", "GET", "/ping"),
        description="The shops themselves.",
    )
    return {
        "info": {
            "name": "Bakery",
            "description": "Bread, and who ordered it.",
            "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
        },
        "item": [orders, shop],
        "auth": {"type": "bearer", "bearer": [entry("token", "{{token}}")]},
        "variable": [entry("baseUrl", "https://api.bakery.example/v1")],
    }
