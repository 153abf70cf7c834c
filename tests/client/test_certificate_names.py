"""Resources, methods, fields and credentials called like a module or an argument of a client with a certificate."""

import json
from pathlib import Path
from typing import Any

import pytest

from pillarbox.config import ClientSettings
from pillarbox.lock.claims import Lock
from pillarbox.pipeline import Built, build

from ..oracles import mypy_errors, need, pyright_errors, write_package
from .test_layout import run

MODULES = (
    *(
        "ssl",
        "httpx2",
        "typing",
        "models",
        "auth",
        "errors",
        "testing",
        "builtins",
        "datetime",
        "collections",
        "functools",
    ),
    *("pydantic", "uuid", "abc", "mapping", "sequence", "literal", "certificates"),
)
ARGUMENTS = (
    *(
        "base_url",
        "timeout",
        "max_retries",
        "strict",
        "headers",
        "http_client",
        "transport",
        "allow_insecure",
    ),
    *("ssl_context", "token", "credentials", "options"),
)


def document() -> dict[str, Any]:
    """Each name is a resource, a child or a method of it, a parameter and a field."""

    def call(name: str) -> dict[str, Any]:
        thing = {
            "type": "object",
            "required": ["id", name],
            "properties": {
                "id": {"type": "string", "format": "uuid"},
                name: {"type": "string", "format": "date-time"},
            },
        }
        example = {"id": "8f14e45f-ceea-467f-9575-6d3d0e1b0f2c", name: "2026-01-31T09:30:00Z"}
        return {
            "parameters": [
                {"name": name, "in": "query", "schema": {"type": "string", "format": "date"}},
                {"name": "sort", "in": "query", "schema": {"type": "string", "enum": ["up", "down", "over"]}},
            ],
            "responses": {
                "200": {
                    "description": "OK",
                    "content": {
                        "application/json": {
                            "schema": {"type": "array", "items": thing},
                            "example": [example],
                        }
                    },
                }
            },
        }

    paths: dict[str, Any] = {}
    for name in (*MODULES, *ARGUMENTS):
        paths[f"/{name}"] = {"get": call(name)}
        paths[f"/{name}/{{id}}/{name}"] = {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
            "post": call(name),
        }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Clearing House", "version": "1"},
        "servers": [{"url": "https://clearing.example"}],
        "security": [{"certificate": [], "ssl": [], "timeout": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "certificate": {"type": "mutualTLS"},
                "ssl": {"type": "http", "scheme": "bearer"},
                "timeout": {"type": "apiKey", "in": "header", "name": "ssl-context"},
            }
        },
    }


def made(folder: Path) -> Built:
    spec = folder / "bank.json"
    spec.write_text(json.dumps(document()), encoding="utf-8")
    built = build(spec, ClientSettings(name="bank", spec=spec, output=folder / "bank"), Lock())
    resources = {resource.path for resource in built.client.resources}
    assert {("ssl",), ("ssl_context",), ("datetime",), ("models",), ("typing",)} <= resources
    assert {"ssl.ssl", "datetime.datetime"} <= {method.qualified for method in built.client.methods}
    assert len(built.client.methods) == 2 * len((*MODULES, *ARGUMENTS))
    write_package(built.files, folder / "bank")
    return built


PROGRAM = """
import asyncio, datetime, importlib, inspect, pkgutil, ssl, uuid
import httpx2
import bank
from bank.testing import ExampleTransport

for module in pkgutil.walk_packages(bank.__path__, "bank."):
    importlib.import_module(module.name)

made = {name: "s" for name in inspect.signature(bank.Bank).parameters if name in CREDENTIALS}
assert len(made) == len(CREDENTIALS)
context = ssl.create_default_context()
bank.Bank(ssl_context=context, **made).close()
client = bank.Bank(transport=ExampleTransport(), **made)
awaited = bank.AsyncBank(transport=ExampleTransport(), **made)


def found(owner, name):
    for step in name.split("."):
        owner = getattr(owner, step)
    return owner


async def main():
    for name, arguments in CALLS.items():
        for answer in (found(client, name)(*arguments), await found(awaited, name)(*arguments)):
            assert len(answer) == 1 and isinstance(answer[0].id, uuid.UUID), name
            # The saved example of a field called `token` or `credentials` is a placeholder.
            kinds = {type(value) for value in vars(answer[0]).values()}
            assert datetime.datetime in kinds or "token" in name or "credential" in name, (name, kinds)


asyncio.run(main())
print("called", len(CALLS))
"""


@pytest.mark.oracle
def test_each_name_may_be_taken(tmp_path: Path) -> None:
    need("mypy")
    need("pyright")
    built = made(tmp_path)
    calls = {
        method.qualified: ["x"] * sum(item.location.value == "path" for item in method.parameters)
        for method in built.client.methods
    }
    names = [credential.name for credential in built.client.credentials]
    program = PROGRAM.replace("CALLS", repr(calls)).replace("CREDENTIALS", repr(names))
    assert run(tmp_path, program) == f"called {len(calls)}\n"
    lines = [f"client.{name}({', '.join(map(repr, given))})[0].id" for name, given in calls.items()]
    start = [
        "import ssl",
        "import uuid",
        "",
        "from bank import Bank",
        "",
        "client = Bank(ssl_context=ssl.create_default_context())",
    ]
    body = [f"uuid.UUID(str({line}))" for line in lines]
    (tmp_path / "user.py").write_text("\n".join([*start, *body]) + "\n", encoding="utf-8")
    assert mypy_errors(tmp_path, ["bank", "user"]) == []
    assert pyright_errors(tmp_path, ["bank", "user.py"]) == []
