"""From an OpenAPI document to the bytes of a call: paths, queries and bodies as their servers read them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest

from pillarbox.model.problems import Origin
from pillarbox.readers.openapi.document import read_openapi

from .apis import client, imported

DONE = {"204": {"description": "Done."}}
PATCHES = (
    "application/json-patch+json",
    "application/merge-patch+json",
    "application/strategic-merge-patch+json",
)
LINES = {"type": "array", "items": {"type": "object", "properties": {"sku": {"type": "string"}}}}
PATHS: dict[str, Any] = {
    "/files/{file_path:path}": {
        "get": {
            "operationId": "readFile",
            "parameters": [
                {"name": "file_path", "in": "path", "required": True, "schema": {"type": "string"}}
            ],
        }
    },
    "/loaves/{loaf:[0-9]+}.json?view=full&kind={kind}": {
        "get": {
            "operationId": "showLoaf",
            "parameters": [
                {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
                for name in ("loaf", "kind")
            ],
        }
    },
    "/orders": {
        "post": {
            "operationId": "placeOrder",
            "parameters": [{"name": "page[size]", "in": "query", "schema": {"type": "integer"}}],
            "requestBody": {
                "content": {
                    "application/x-www-form-urlencoded": {
                        "schema": {"type": "object", "properties": {"lines": LINES}},
                        "encoding": {"lines": {"style": "deepObject", "explode": True}},
                    }
                }
            },
        }
    },
    "/ovens": {
        "patch": {
            "operationId": "changeOven",
            "requestBody": {
                "required": True,
                "content": {kind: {"schema": {"type": "object"}} for kind in PATCHES},
            },
        }
    },
}
SETTINGS = {"type": "object", "required": ["speed"], "properties": {"speed": {"type": "integer"}}}
BODIES: dict[str, dict[str, Any]] = {
    "left out": {"required": False, "content": {"application/json": {"schema": SETTINGS}}},
    "null": {"content": {"application/json": {"schema": {"anyOf": [SETTINGS, {"type": "null"}]}}}},
    "silent": {
        "content": {"application/json": {"schema": {"type": "object", "properties": SETTINGS["properties"]}}}
    },
    "needed": {
        "required": True,
        "content": {"application/json": {"schema": {"type": "object", "properties": SETTINGS["properties"]}}},
    },
    "form": {"required": False, "content": {"application/x-www-form-urlencoded": {"schema": SETTINGS}}},
    "parts": {"required": False, "content": {"multipart/form-data": {"schema": SETTINGS}}},
}
for name, body in BODIES.items():
    PATHS[f"/runs/{name}"] = {"post": {"operationId": name, "requestBody": body}}
for item in PATHS.values():
    for node in item.values():
        node |= {"responses": DONE, "tags": ["bread"]}


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., httpx2.Request]:
    """The request of a call, by the operation's path and the arguments of the call."""
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Bakery", "version": "1"},
        "servers": [{"url": "https://bread.example"}],
        "paths": PATHS,
    }
    made = client(read_openapi(document, Origin("bakery.yaml")).api)
    folder: Path = tmp_path_factory.mktemp("sent")
    package = imported(made, folder, "sent_requests")
    requests: list[httpx2.Request] = []

    def record(request: httpx2.Request) -> httpx2.Response:
        request.read()
        requests.append(request)
        return httpx2.Response(204)

    shop = package.Shop(transport=httpx2.MockTransport(record))
    names = {method.operation.identity.operation_id: method.qualified for method in made.described.methods}

    def call(operation: str, **arguments: object) -> httpx2.Request:
        method: Any = shop
        for step in names[operation].split("."):
            method = getattr(method, step)
        method(**arguments)
        return requests[-1]

    return call


def test_a_placeholder_for_several_segments(sent: Callable[..., httpx2.Request]) -> None:
    assert sent("readFile", file_path="a b/c.txt").extensions["target"] == b"/files/a%20b/c.txt"
    with pytest.raises(ValueError, match="would lead to another path"):
        sent("readFile", file_path="a/../../admin")


def test_a_pattern_a_suffix_and_a_placeholder_in_the_query(sent: Callable[..., httpx2.Request]) -> None:
    target = sent("showLoaf", loaf="7", kind="rye&wheat").extensions["target"]
    assert target == b"/loaves/7.json?view=full&kind=rye%26wheat"
    with pytest.raises(TypeError, match="'kind'"):
        sent("showLoaf", loaf="7")


def test_brackets_in_a_form_and_in_the_name_of_a_query(sent: Callable[..., httpx2.Request]) -> None:
    request = sent("placeOrder", lines=[{"sku": "a"}, {"sku": "b"}], page_size=2)
    assert request.extensions["target"] == b"/orders?page%5Bsize%5D=2"
    assert request.content == b"lines%5B0%5D%5Bsku%5D=a&lines%5B1%5D%5Bsku%5D=b"


@pytest.mark.parametrize("name", BODIES)
def test_nothing_is_sent_of_a_body_that_is_left_out(sent: Callable[..., httpx2.Request], name: str) -> None:
    request = sent(name)
    assert request.content == (b"{}" if name == "needed" else b"")
    assert ("Content-Type" in request.headers) is (name == "needed")
    assert b"7" in sent(name, speed=7).content


@pytest.mark.parametrize(
    ("arguments", "content_type"),
    [
        ({"body": {"hot": True}}, "application/merge-patch+json"),
        ({"body": {"hot": True}, "content_type": PATCHES[2]}, PATCHES[2]),
        ({"body": [{"op": "remove", "path": "/hot"}], "content_type": PATCHES[0]}, PATCHES[0]),
    ],
)
def test_the_kind_of_a_patch(
    sent: Callable[..., httpx2.Request], arguments: dict[str, Any], content_type: str
) -> None:
    assert sent("changeOven", **arguments).headers["Content-Type"] == content_type
