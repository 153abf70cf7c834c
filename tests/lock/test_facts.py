"""Every fact of the lock has an effect: with it and without it the generated client differs."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import pytest

from pillarbox.config import parse
from pillarbox.lock.claims import Lock
from pillarbox.lock.format import HEADER, Kind
from pillarbox.output.files import LOCK, MANIFEST
from pillarbox.pipeline import build

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = {"type": "string"}
USER = {"type": "object", "properties": {"nextPage": TEXT, "id": TEXT}}
NOTE = {"type": "object", "properties": {"note": TEXT}}


def parameter(wire: str, location: str, kind: dict[str, Any]) -> dict[str, Any]:
    return {"name": wire, "in": location, "required": location == "path", "schema": kind}


def answer(kind: dict[str, Any]) -> dict[str, Any]:
    return {"200": {"description": "done", "content": {"application/json": {"schema": kind}}}}


DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "Shop", "version": "1"},
    "servers": [{"url": "https://{region}.shop.test", "variables": {"region": {"default": "eu"}}}],
    "security": [{"secret": []}],
    "tags": [{"name": "Users"}],
    "paths": {
        "/users/{id}": {
            "get": {
                "operationId": "getUser",
                "tags": ["Users"],
                "parameters": [
                    parameter("id", "path", TEXT),
                    parameter("id", "query", TEXT),
                    parameter("sort", "query", {"type": "string", "enum": ["a", "b", "c"]}),
                    parameter("ttl", "query", TEXT),
                ],
                "responses": answer({"$ref": "#/components/schemas/User"}),
            }
        },
        "/users": {
            "post": {
                "operationId": "createUser",
                "tags": ["Users"],
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": {"oneOf": [NOTE, {"type": "array", "items": TEXT}]}}},
                },
                "responses": answer({"type": "object", "properties": {"made": TEXT}}),
            }
        },
    },
    "components": {
        "schemas": {"User": USER},
        "securitySchemes": {"secret": {"type": "apiKey", "in": "header", "name": "X-Key"}},
    },
}  # fmt: skip
COLLECTION = {
    "info": {
        "name": "Shop",
        "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
    },
    "item": [
        {"id": "1", "name": "Get a user", "request": {"method": "GET", "url": "https://shop.test/users/1a"}}
    ],
}


FOLDERED = {**COLLECTION, "item": [{"name": "Users", "item": COLLECTION["item"]}]}


@dataclass(frozen=True)
class Row:
    """A fact, and lines of a lock that say it."""

    kind: str
    fact: str
    lines: tuple[str, ...]
    spec: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.kind}-{self.fact}"


def row(kind: str, fact: str, *lines: str, spec: dict[str, Any] = DOCUMENT) -> Row:
    return Row(kind, fact, lines, spec)


_QUERY_ID = 'argument users.get.own {"in":"query","wire":"id"}'
_CREDENTIAL = 'credential own {"role":"key","scheme":"secret"}'
_SEND = 'operation users.create {"flattened":true,"operationId":"createUser","route":"POST /users"}'
ROWS = (
    row("argument", "in", _QUERY_ID),
    row("argument", "wire", _QUERY_ID),
    row("argument", "retired", 'argument users.get.own {"in":"header","retired":true,"wire":"ttl"}'),
    row("argument", "renamed", 'argument users.get.old {"renamed":"users.get.ttl","retired":true}'),
    row("credential", "role", _CREDENTIAL),
    row("credential", "scheme", _CREDENTIAL),
    row("enum", "at", 'enum users.Own {"at":"users.get(query sort)"}'),
    row("enum", "renamed", 'enum users.Old {"renamed":"users.UserSort","retired":true}'),
    row("field", "wire", 'field User.own {"wire":"nextPage"}'),
    row("field", "retired", 'field User.own {"retired":true,"wire":"next_page"}'),
    row("field", "renamed", 'field User.old {"renamed":"User.id","retired":true}'),
    row("model", "at", 'model Own {"at":"schema:User"}'),
    row("model", "retired", 'model Own {"at":"users.create:201","retired":true}'),
    row("model", "renamed", 'model Old {"renamed":"User","retired":true}'),
    row("operation", "item", 'operation own {"item":"1"}', spec=COLLECTION),
    row("operation", "folder", 'operation own {"folder":["Get a user"]}', spec=COLLECTION),
    row("operation", "route", 'operation users.own {"route":"GET /users/{id}"}'),
    row("operation", "operationId", 'operation users.own {"operationId":"getUser"}'),
    row("operation", "pointer", 'operation users.own {"pointer":"/paths/~1users~1{id}/get"}'),
    row("operation", "flattened", _SEND),
    row("operation", "retired", 'operation users.own {"operationId":"getUser","retired":true}'),
    row("operation", "renamed", 'operation users.old {"renamed":"users.get","retired":true}'),
    row("resource", "folder", 'resource own {"folder":["Users"]}', spec=FOLDERED),
    row("resource", "path", 'resource own {"path":["users"]}'),
    row("resource", "renamed", 'resource old {"renamed":"users","retired":true}'),
    row("setting", "wire", 'setting own {"wire":"region"}'),
)  # fmt: skip
RETIRED = {
    "credential": 'credential x_key {"retired":true,"role":"key","scheme":"other"}',
    "enum": 'enum users.UserSort {"at":"users.other(query x)","retired":true}',
    "resource": 'resource users {"path":["people"],"retired":true}',
    "setting": 'setting region {"retired":true,"wire":"other"}',
}
"""Names of these kinds do not follow what moves: that they are retired counts when the lock is pruned."""


def without(lines: tuple[str, ...], kind: str, fact: str) -> tuple[str, ...]:
    found: list[str] = []
    for line in lines:
        own, name, text = line.split(" ", 2)
        facts = json.loads(text)
        if own == kind:
            facts.pop(fact, None)
        found.append(f"{own} {name} {json.dumps(facts)}")
    return tuple(found)


def generated(
    spec: dict[str, Any], lines: tuple[str, ...], folder: Path, *, pruned: bool = False
) -> dict[str, bytes]:
    """The files of a client but for the lock itself."""
    path = folder / "shop.json"
    path.write_text(json.dumps(spec))
    table = {"clients": {"shop": {"spec": path.name, "output": "shop"}}}
    (client,) = parse(table, folder / "pillarbox.toml").clients
    lock = Lock.parse("\n".join((HEADER, *lines, "")), "pillarbox.lock")
    files = build(path, client, lock.prune() if pruned else lock).files
    return {name: content for name, content in files.items() if name not in (LOCK, MANIFEST)}


@pytest.mark.parametrize("one", ROWS, ids=str)
def test_a_fact_changes_the_client(one: Row, tmp_path: Path) -> None:
    less = without(one.lines, one.kind, one.fact)
    assert less != one.lines
    assert generated(one.spec, one.lines, tmp_path) != generated(one.spec, less, tmp_path)


@pytest.mark.parametrize("kind", RETIRED)
def test_a_retired_name_is_given_away_after_a_prune_alone(kind: str, tmp_path: Path) -> None:
    lines = (RETIRED[kind],)
    fresh = generated(DOCUMENT, (), tmp_path)
    assert generated(DOCUMENT, lines, tmp_path) != fresh
    assert generated(DOCUMENT, lines, tmp_path, pruned=True) == fresh
    in_use = without(lines, kind, "retired")
    assert generated(DOCUMENT, in_use, tmp_path, pruned=True) != fresh


def test_every_fact_has_its_row() -> None:
    """Of all facts that the locks of the repository hold, and those that a lock may hold."""
    known = {(one.kind, one.fact) for one in ROWS} | {(kind, "retired") for kind in RETIRED}
    files = [*ROOT.glob("generated/*/pillarbox.lock"), Path(__file__).with_name("version1.lock")]
    found: set[tuple[str, str]] = set()
    for file in files:
        for kind, text in re.findall(r"^(\w+) \S+ (\{.*\})$", file.read_text(), re.MULTILINE):
            found |= {(kind, fact) for fact in json.loads(text)}
    assert len(files) > 3
    assert found - {("operation", "from a later minor version")} <= known
    assert {kind for kind, fact in known if fact == "retired"} == set(get_args(Kind))
