"""The bakery as an OpenAPI 3.1 document, with named schemas, one of which refers to itself."""

import json
from typing import Any

__all__ = ["openapi_bakery", "ref"]

Doc = dict[str, Any]


def ref(name: str) -> Doc:
    """A reference to a named schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def _answer(schema: Doc | None, description: str = "Done.") -> Doc:
    if schema is None:
        return {"description": description}
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _object(required: list[str], **properties: Doc) -> Doc:
    return {"type": "object", "required": required, "properties": properties}


TEXT, NUMBER, WHOLE, YES = ({"type": kind} for kind in ("string", "number", "integer", "boolean"))


def _schemas() -> Doc:
    return {
        "OrderState": {"type": "string", "enum": ["open", "done", "late"]},
        "Order": _object(
            ["id", "state", "total", "placed", "customer", "payment"],
            id=WHOLE,
            state=ref("OrderState"),
            total=NUMBER,
            placed={"type": "string", "format": "date-time"},
            note={"type": "string", "description": "What to do at the door."},
            kind={"type": "string", "enum": ["loaf", "roll"]},
            customer=ref("Customer"),
            payment={
                "oneOf": [ref("Card"), ref("Cash")],
                "discriminator": {"propertyName": "method", "mapping": {"card": "Card", "cash": "Cash"}},
            },
        ),
        "Customer": _object(["name"], name=TEXT, email=TEXT, friend=ref("Customer")),
        "Card": _object(["method", "last"], method={"type": "string", "const": "card"}, last=TEXT),
        "Cash": _object(["method"], method={"type": "string", "const": "cash"}, change=NUMBER),
        "Gift": _object(["wrap"], wrap=YES, message=TEXT),
        "NewOrder": _object(
            ["item", "quantity"],
            item=TEXT,
            quantity=WHOLE,
            gift=ref("Gift"),
            note=TEXT,
            size={"type": "string", "enum": ["small", "large"]},
        ),
        "Prices": {"type": "object", "properties": {"currency": TEXT}, "additionalProperties": NUMBER},
        "Problem": _object(["code"], code=TEXT),
    }


def openapi_bakery() -> Doc:
    """The document as it was."""
    order_id = {"name": "orderId", "in": "path", "required": True, "schema": dict(WHOLE)}
    problem = {"description": "No.", "content": {"application/json": {"schema": ref("Problem")}}}
    doc: Doc = {
        "openapi": "3.1.0",
        "info": {"title": "Bakery", "version": "1", "description": "Bread, and who ordered it."},
        "servers": [{"url": "https://{shop}.bakery.example/v1", "variables": {"shop": {"default": "north"}}}],
        "security": [{"token": []}],
        "tags": [{"name": "Orders", "description": "What was ordered."}],
        "paths": {
            "/orders": {
                "get": {
                    "tags": ["Orders"],
                    "operationId": "listOrders",
                    "summary": "List the orders",
                    "parameters": [
                        {"name": "state", "in": "query", "schema": ref("OrderState")},
                        {
                            "name": "size",
                            "in": "query",
                            "schema": {"type": "string", "enum": ["small", "large", "whole"]},
                        },
                        {
                            "name": "limit",
                            "in": "query",
                            "description": "How many.",
                            "schema": {"type": "integer", "default": 10, "maximum": 100},
                        },
                        {"name": "tag", "in": "query", "schema": {"type": "array", "items": dict(TEXT)}},
                        {"name": "X-Trace", "in": "header", "schema": dict(TEXT)},
                    ],
                    "responses": {"200": _answer({"type": "array", "items": ref("Order")})},
                },
                "post": {
                    "tags": ["Orders"],
                    "operationId": "createOrder",
                    "requestBody": {
                        "required": True,
                        "content": {"application/json": {"schema": ref("NewOrder")}},
                    },
                    "responses": {"201": _answer(ref("Order"))},
                },
            },
            "/orders/{orderId}": {
                "get": {
                    "tags": ["Orders"],
                    "operationId": "getOrder",
                    "parameters": [order_id],
                    "responses": {"200": _answer(ref("Order")), "404": problem},
                },
                "delete": {
                    "tags": ["Orders"],
                    "operationId": "cancelOrder",
                    "parameters": [order_id],
                    "responses": {"204": _answer(None)},
                },
            },
            "/prices": {
                "get": {
                    "tags": ["Shop"],
                    "operationId": "getPrices",
                    "responses": {"200": _answer(ref("Prices"))},
                },
                "put": {
                    "tags": ["Shop"],
                    "operationId": "setPrices",
                    "requestBody": {
                        "content": {"application/json": {"schema": {"type": "array", "items": dict(NUMBER)}}}
                    },
                    "responses": {"204": _answer(None)},
                },
            },
        },
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "key": {"type": "apiKey", "in": "header", "name": "X-Bakery-Key"},
            },
        },
    }
    # Parts that are written once stand in many places: each place gets its own, so that an edit is one edit.
    made: Doc = json.loads(json.dumps(doc))
    return made
