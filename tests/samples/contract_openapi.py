"""A second contract, an OpenAPI document: what no Postman collection can say."""

from collections.abc import Sequence
from typing import Any

from pillarbox.samples.language import Language
from pillarbox.samples.model import Sample

__all__ = ["COOKIE_SECRET", "document", "says_no_digest"]

Node = dict[str, Any]

COOKIE_SECRET = "s3cr3t$(x)%41&+"
"""What a cookie can hold, so neither quotes nor spaces."""


def says_no_digest(language: Language, sample: Sample) -> bool:
    """True where a sample says that its language cannot do HTTP Digest."""
    return "HTTP Digest here, which this sample does not do" in str(language.render(sample).text)


_RANGE: Node = {
    "type": "object",
    "required": ["from", "to"],
    "properties": {"from": {"type": "integer"}, "to": {"type": "integer"}},
}
_TEXTS: Node = {"type": "array", "items": {"type": "string"}}
_TEXT: Node = {"type": "string"}
_NAMES = ["Vega&co", "a/b+c", "50%"]
_SPAN = {"from": 1, "to": 6}


def _parameter(name: str, place: str, schema: Node, example: Any, **style: Any) -> Node:
    return {
        "name": name, "in": place, "required": True, "schema": schema, "example": example, **style
    }  # fmt: skip


def _operation(name: str, parameters: Sequence[Node] = (), **more: Any) -> Node:
    answer = {"type": "object", "properties": {"ok": {"type": "boolean"}}}
    content = {"application/json": {"schema": answer, "example": {"ok": True}}}
    return {
        "summary": name,
        "operationId": name.lower().replace(" ", "_"),
        "parameters": list(parameters),
        "responses": {"200": {"description": "Seen", "content": content}},
        **more,
    }


def _paths() -> Node:
    path: dict[str, list[Node]] = {}
    for style in ("simple", "label", "matrix"):
        for exploded in (False, True):
            word = "exploded" if exploded else "joined"
            path[f"/{style}/{word}/{{names}}/{{range}}"] = [
                _parameter("names", "path", _TEXTS, _NAMES, style=style, explode=exploded),
                _parameter("range", "path", _RANGE, _SPAN, style=style, explode=exploded),
            ]
    return {
        route: {"get": _operation(f"Path {route.split('/')[1]} {route.split('/')[2]}", parameters)}
        for route, parameters in path.items()
    }


def _queries() -> Node:
    lists = [
        ("form exploded", {"style": "form", "explode": True}), ("form joined", {"style": "form", "explode": False}),
        ("pipes", {"style": "pipeDelimited", "explode": False}), ("spaces", {"style": "spaceDelimited", "explode": False}),
    ]  # fmt: skip
    objects = [
        ("deep", {"style": "deepObject", "explode": True}), ("members", {"style": "form", "explode": True}),
        ("pairs", {"style": "form", "explode": False}),
    ]  # fmt: skip
    made = {}
    for word, style in lists:
        parameter = _parameter("names", "query", _TEXTS, _NAMES, **style)
        made[f"/query/{word.replace(' ', '-')}"] = {"get": _operation(f"Query {word}", [parameter])}
    for word, style in objects:
        parameter = _parameter("range", "query", _RANGE, _SPAN, **style)
        made[f"/query/{word}"] = {"get": _operation(f"Query {word}", [parameter])}
    document = {
        "name": "filter", "in": "query", "required": True,
        "content": {"application/json": {"schema": _RANGE, "example": _SPAN}},
    }  # fmt: skip
    made["/query/json"] = {"get": _operation("Query JSON", [document])}
    return made


def _others() -> Node:
    cookies = [
        _parameter("theme", "cookie", _TEXT, "dark"),
        _parameter("sizes", "cookie", _TEXTS, ["s", "m"], explode=False),
        _parameter("tags", "cookie", _TEXTS, ["x", "y"], explode=True),
    ]
    return {
        "/headers": {"get": _operation("Header list", [_parameter("X-Names", "header", _TEXTS, ["a", "b"])])},
        "/cookies": {"get": _operation("Cookie parameters", cookies)},
        "/key": {"get": _operation("Key in a cookie", cookies[:1], security=[{"cookie": []}])},
        "/digest": {"get": _operation("Digest auth", security=[{"digest": []}])},
        "/digest-body": {"post": _operation("Digest with a body", security=[{"digest": []}], requestBody={
            "required": True, "content": {"application/json": {"schema": _RANGE, "example": _SPAN}}})},
        "/tls": {"get": _operation("Client certificate", security=[{"tls": []}])},
        "/body": {"post": _operation("JSON body", requestBody={
            "required": True, "content": {"application/json": {"schema": _RANGE, "example": _SPAN}}})},
        "/form": {"post": _operation("Form with a list", requestBody={
            "required": True, "content": {"application/x-www-form-urlencoded": {
                "schema": {"type": "object", "properties": {"names": _TEXTS, "note": _TEXT}},
                "example": {"names": _NAMES, "note": "a & b"}}}})},
    }  # fmt: skip


def document(base_url: str) -> Node:
    """The contract as an OpenAPI document of an API at this address."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Contract", "version": "1"},
        "servers": [{"url": base_url}],
        "paths": {**_paths(), **_queries(), **_others()},
        "components": {
            "securitySchemes": {
                "cookie": {"type": "apiKey", "in": "cookie", "name": "session"},
                "digest": {"type": "http", "scheme": "digest"},
                "tls": {"type": "mutualTLS"},
            }
        },
    }
