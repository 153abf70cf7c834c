"""What a spec deprecates: the method warns who calls it (PEP 702), the docstring marks the argument."""

import asyncio
import importlib
import inspect
import json
import sys
import warnings
from operator import attrgetter
from pathlib import Path
from typing import Any

import httpx2
import pytest

from pillarbox.config import ClientSettings
from pillarbox.lock.claims import Lock
from pillarbox.pipeline import build

from ..oracles import write_package

_OLD = {"name": "old", "in": "query", "description": "Colour of the moon."}
_RESPONSES = {"200": {"description": "OK"}}
_STRING = {"type": "string"}


def _openapi(**head: str) -> dict[str, Any]:
    parameter = {**_OLD, "deprecated": True, "schema": _STRING}
    return {
        **head,
        "info": {"title": "Moon", "version": "1"},
        "servers": [{"url": "https://moon.test"}],
        "paths": {
            "/moon": {
                "get": {
                    "operationId": "get",
                    "deprecated": True,
                    "parameters": [parameter],
                    "responses": _RESPONSES,
                }
            },
            "/sun": {"get": {"operationId": "sun", "x-deprecated": True, "responses": _RESPONSES}},
        },
    }


def _swagger() -> dict[str, Any]:
    found = _openapi(swagger="2.0")
    found |= {"host": "moon.test", "schemes": ["https"]}
    found["paths"]["/moon"]["get"]["parameters"] = [{**_OLD, **_STRING, "deprecated": True}]
    return found


def _postman() -> dict[str, Any]:
    schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
    query = [
        {"key": "old", "value": "red", "description": "Deprecated. Colour of the moon.", "disabled": True}
    ]
    url = {
        "raw": "https://moon.test/moon?old=red",
        "host": "https://moon.test",
        "path": ["moon"],
        "query": query,
    }
    return {
        "info": {"name": "Moon", "schema": schema},
        "item": [
            {"name": "Get the moon (deprecated)", "request": {"method": "GET", "url": url}},
            {"name": "Get the sun", "request": {"method": "GET", "url": "https://moon.test/sun"}},
        ],
    }


SPECS = {
    "moon_3_0": _openapi(openapi="3.0.3"),
    "moon_3_1": _openapi(openapi="3.1.0"),
    "moon_2_0": _swagger(),
    "moon_postman": _postman(),
}


def _warned(call: Any) -> list[str]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        found = call()
        if inspect.isawaitable(found):
            asyncio.run(_awaited(found))
    return [str(item.message) for item in caught if item.category is DeprecationWarning]


async def _awaited(found: Any) -> None:
    await found


@pytest.mark.parametrize("awaited", [False, True])
@pytest.mark.parametrize("package", SPECS)
def test_a_deprecated_operation_warns_and_a_deprecated_argument_says_so(
    package: str, awaited: bool, tmp_path: Path
) -> None:
    spec = tmp_path / "spec.json"
    spec.write_text(json.dumps(SPECS[package]), encoding="utf-8")
    settings = ClientSettings(name=package, spec=spec, output=tmp_path / package)
    built = build(spec, settings, Lock())
    write_package(built.files, tmp_path / package)
    sys.path.insert(0, str(tmp_path))
    try:
        module = importlib.import_module(package)
    finally:
        sys.path.remove(str(tmp_path))
    kind = getattr(module, f"Async{built.client.class_name}" if awaited else built.client.class_name)
    client = kind(transport=httpx2.MockTransport(lambda request: httpx2.Response(200)))
    moon, sun = (attrgetter(method.qualified)(client) for method in built.client.methods)
    assert _warned(moon) == ["The API deprecates this operation."]
    assert _warned(sun) == []
    assert "    old: Deprecated. Colour of the moon.\n" in moon.__doc__
