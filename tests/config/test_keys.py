"""Each key moves something: what a key of the configuration changes, shown for every key of the table.

A key that is read, checked and handed on by nobody would pass every other test. So each has a row: two configurations
that differ in this key alone, and a text that the run with the second one gives and the run with the first does not, in
a file, in its output or in its error message. The manifest is left out: it holds a digest of the configuration.
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

import pytest

from pillarbox.cli.app import main
from pillarbox.cli.progress import Stages
from pillarbox.config import editions
from pillarbox.config.editions import EDITIONS, LATEST
from pillarbox.config.table import CLIENT, ROOT, Items, Keys, Number, Table, Value
from pillarbox.output.files import LOCK, MANIFEST


def document(**more: object) -> str:
    """An OpenAPI document in JSON."""
    return json.dumps({"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, **more})


def answering(schema: object) -> dict[str, object]:
    return {"200": {"description": "Yes", "content": {"application/json": {"schema": schema}}}}


USER = {
    "type": "object",
    "properties": {"id": {"type": "integer"}, "note": {"type": "string"}},
    "required": ["id"],
}
SHOP = document(
    servers=[{"url": "https://shop.example"}],
    paths={
        "/users/{id}": {
            "get": {
                "operationId": "getUser",
                "tags": ["users"],
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
                    *(
                        {"name": name, "in": "query", "example": name, "schema": {"type": "string"}}
                        for name in ("one", "two", "three", "four")
                    ),
                ],
                "responses": answering(USER),
            }
        }
    },
)
OTHER = SHOP.replace("getUser", "fetchUser")
MORE = SHOP.replace('"paths": {', '"paths": {"/more": {"get": {"operationId": "more", "responses": {}}}, ')
COLLECTION = json.dumps(
    {
        "info": {
            "name": "c",
            "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
        },
        "item": [{"name": "Get it", "request": {"method": "GET", "url": "{{baseUrl}}/it"}}],
    }
)
LIVE = json.dumps({"name": "live", "values": [{"key": "baseUrl", "value": "https://live.example"}]})
MERGES = (
    'openapi: "3.1.0"\ninfo: &info {title: Shop, version: "1"}\nx: {<<: *info}\ny: {<<: *info}\npaths: {}\n'
)
TOMATLI = document(
    paths={
        "/tomatli/{id}": {
            "get": {
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
                "responses": answering(USER),
            }
        }
    }
)
GAPS = document(
    paths={
        "/user": {"get": {"operationId": "getUser", "responses": answering(USER)}},
        "/lost": {"get": {"$ref": "gone.json"}},
    }
)
ORDERS = document(
    paths={
        "/orders": {
            "post": {
                "tags": ["orders"],
                "operationId": "createOrder",
                "parameters": [
                    {
                        "name": "expand",
                        "in": "query",
                        "style": "deepObject",
                        "schema": {"type": "array", "items": {"type": "string"}},
                    },
                    {"name": "where", "in": "query", "style": "deepObject", "schema": {"type": "object"}},
                ],
                "requestBody": {
                    "content": {
                        "application/x-www-form-urlencoded": {
                            "schema": {"type": "object", "properties": {"to": USER, "from": USER}}
                        }
                    }
                },
                "responses": answering(USER),
            }
        }
    },
)
REFERENCES = document(
    paths={
        f"/{name}": {
            "get": {"operationId": name, "responses": answering({"$ref": f"#/components/schemas/{name}"})}
        }
        for name in ("One", "Two", "Three", "Four")
    },
    components={"schemas": dict.fromkeys(("One", "Two", "Three", "Four"), USER)},
)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One key: what is added to the client's table, and what that changes."""

    files: Mapping[str, str] = field(default_factory=dict)
    spec: str = "shop.json"
    before: str = ""
    after: str
    gives: str
    """In the outcome with `after`, and not in that with `before`."""
    command: tuple[str, ...] = ("generate",)


def limit(key: str, high: int, low: int, gives: str, text: str, spec: str = "big.json") -> Row:
    return Row(
        files={spec: text},
        spec=spec,
        before=f"[clients.a.limits]\n{key} = {high}",
        after=f"[clients.a.limits]\n{key} = {low}",
        gives=gives,
    )


def severity(value: str) -> str:
    return f'[diff.severity]\n"operation-added" = "{value}"'


def orders(after: str, gives: str, *, before: str = "") -> Row:
    return Row(files={"orders.json": ORDERS}, spec="orders.json", before=before, after=after, gives=gives)


def encoding(at: str, rule: str) -> str:
    return f'[[clients.a.encoding]]\nat = "{at}"\n{rule}'


DIFF = ("diff", "shop.json", "more.json", "--fail-on", "breaking")

ROWS: Mapping[str, Row] = {
    "clients.*": Row(before="", after='[clients.b]\nspec = "shop.json"\noutput = "b"', gives="b: "),
    "clients.*.spec": Row(
        before='spec = "shop.json"', after='spec = "other.json"', gives="from `other.json`"
    ),
    "clients.*.output": Row(before='output = "a"', after='output = "elsewhere"', gives="elsewhere/client.py"),
    "clients.*.environments": Row(
        spec="collection.json", after='environments = ["live.json"]', gives="https://live.example"
    ),
    "clients.*.package": Row(after='package = "acme"', gives="from acme import"),
    "clients.*.project": Row(after="project = true", gives="a/pyproject.toml"),
    "clients.*.testing": Row(
        before="project = true\ntesting = true",
        after="project = true\ntesting = false",
        gives='"/a/testing"',
    ),
    "clients.*.class": Row(after='class = "Warehouse"', gives="class AsyncWarehouse("),
    "clients.*.edition": Row(
        before=f"edition = {LATEST}", after=f"edition = {LATEST + 1}", gives='get("abc123")'
    ),
    "clients.*.templates": Row(
        files={"mine/plan-version": "1", "mine/resource/child.py.jinja": "{{ child.missing }}"},
        after='templates = "mine"',
        gives="mine",
    ),
    "clients.*.rename.*": Row(after='[clients.a.rename]\n"users.get" = "fetch"', gives="def fetch("),
    "clients.*.type[].at": Row(
        before='[[clients.a.type]]\nat = "users.get -> id"\ntype = "uuid"',
        after='[[clients.a.type]]\nat = "users.get -> note"\ntype = "uuid"',
        gives="note: UUID",
    ),
    "clients.*.type[].type": Row(
        before='[[clients.a.type]]\nat = "users.get -> id"\ntype = "string"',
        after='[[clients.a.type]]\nat = "users.get -> id"\ntype = "uuid"',
        gives="id: UUID",
    ),
    "clients.*.type[].required": Row(
        before='[[clients.a.type]]\nat = "users.get(one)"\nrequired = false',
        after='[[clients.a.type]]\nat = "users.get(one)"\nrequired = true',
        gives="one: str,",
    ),
    "clients.*.allow_missing_refs": Row(
        files={"gaps.json": GAPS},
        spec="gaps.json",
        after="allow_missing_refs = true",
        gives="GET /lost is left out",
    ),
    "clients.*.deep_arrays": orders('deep_arrays = "empty"', '"expand": query_style("deep[]")'),
    "clients.*.form_objects": orders('form_objects = "brackets"', '"to": form_style("deep")'),
    "clients.*.encoding[].at": orders(
        encoding("orders.create(where)", 'deep_arrays = "repeat"'),
        '"where": query_style("deep*")',
        before=encoding("orders.create(expand)", 'deep_arrays = "repeat"'),
    ),
    "clients.*.encoding[].deep_arrays": orders(
        'deep_arrays = "empty"\n' + encoding("orders.create(expand)", 'deep_arrays = "index"'),
        '"expand": query_style("deep"), "where": query_style("deep[]")',
        before='deep_arrays = "empty"',
    ),
    "clients.*.encoding[].form_objects": orders(
        encoding("orders.create(to)", 'form_objects = "brackets"'), 'form_body({"to": form_style("deep")})'
    ),
    "clients.*.limits.megabytes": limit(
        "megabytes", 2, 1, "1,048,576 bytes", document(x="y" * 2**20, paths={})
    ),
    "clients.*.limits.depth": limit(
        "depth", 500, 10, "deep", document(x=json.loads("[" * 30 + "]" * 30), paths={})
    ),
    "clients.*.limits.nodes": limit("nodes", 2_000, 1_000, "1,000", document(x=[0] * 1_200, paths={})),
    "clients.*.limits.merge_keys": limit("merge_keys", 2, 1, "merge keys", MERGES, "big.yaml"),
    "clients.*.nouns.*": Row(
        files={"tomatli.json": TOMATLI},
        spec="tomatli.json",
        after='[clients.a.nouns]\ntomatli = "tomatlo"',
        gives="tomatlo",
    ),
    "clients.*.limits.references": limit("references", 10, 2, "limit of 2", REFERENCES),
    "clients.*.limits.seconds": limit("seconds", 300, 1, "limit of 1 second", SHOP),
    "diff.severity.*": Row(
        before=severity("compatible"),
        after=severity("breaking"),
        gives="exit code 1",
        command=DIFF,
        files={"more.json": MORE},
    ),
}


def keys(value: Value, name: str = "") -> Iterator[str]:
    """The names of all keys that hold something else than keys; `*` is a name that the user chooses."""
    match value:
        case Table(keys=inner):
            for key, below in inner.items():
                yield from keys(below, f"{name}.{key}" if name else key)
        case Keys(value=below):
            if isinstance(below, Table):
                yield f"{name}.*"
            yield from keys(below, f"{name}.*")
        case Items(item=below):
            yield from keys(below, f"{name}[]")
        case _:
            yield name


def test_every_key_has_a_row() -> None:
    assert set(keys(ROOT)) == ROWS.keys(), "show in ROWS what the new key changes"


def outcome(
    folder: Path, row: Row, client: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> str:
    """All that a run gives: the files that it writes, what it prints, and its exit code."""
    folder.mkdir()
    monkeypatch.chdir(folder)
    Path(".git").mkdir()
    files = {"shop.json": SHOP, "other.json": OTHER, "collection.json": COLLECTION, "live.json": LIVE}
    for name, text in {**files, **row.files}.items():
        file = Path(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    required = {"spec": f'spec = "{row.spec}"', "output": 'output = "a"'}
    lines = [line for key, line in required.items() if not client.startswith(f"{key} =")]
    Path("pillarbox.toml").write_text("\n".join(("[clients.a]", *lines, client)), encoding="utf-8")
    inputs = {path for path in folder.rglob("*") if path.is_file()}
    code = main(row.command)
    out, err = capsys.readouterr()
    written = [path for path in sorted(folder.rglob("*")) if path.is_file() and path not in inputs]
    texts = [
        f"{path.relative_to(folder).as_posix()}\n{path.read_text(encoding='utf-8')}"
        for path in written
        if path.name not in (LOCK, MANIFEST)
    ]
    return "\n".join((*texts, out, err, f"exit code {code}"))


@pytest.fixture
def with_a_new_edition(monkeypatch: pytest.MonkeyPatch) -> None:
    """One more edition, which shows no optional argument in the example of a docstring."""
    new = replace(EDITIONS[LATEST], options_shown=0)
    monkeypatch.setattr(editions, "EDITIONS", MappingProxyType({**EDITIONS, LATEST + 1: new}))
    number = CLIENT.keys["edition"]
    assert isinstance(number, Number)
    assert isinstance(CLIENT.keys, dict)
    monkeypatch.setitem(CLIENT.keys, "edition", replace(number, most=LATEST + 1))


class SlowStages(Stages):
    """Stages that take longer than a second in all."""

    def of(self, client: str, number: int) -> Callable[[str], None]:
        return lambda stage: time.sleep(0.6)


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.usefixtures("with_a_new_edition")
def test_a_key_moves_something(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    row = ROWS[name]
    if name.endswith(".seconds"):
        monkeypatch.setattr("pillarbox.cli.generate.Stages", SlowStages)
    before = outcome(tmp_path / "before", row, row.before, capsys, monkeypatch)
    after = outcome(tmp_path / "after", row, row.after, capsys, monkeypatch)
    assert row.gives in after
    assert row.gives not in before
