"""A client carries the parts of the runtime that it uses, and each part is enough for what needs it."""

import ast
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx2
import pytest

from pillarbox.client.api import Method
from pillarbox.client.request import template_text
from pillarbox.client.runtime_files import RUNTIME_FILES, is_runtime_file
from pillarbox.config import ClientSettings
from pillarbox.lock.claims import Lock
from pillarbox.pipeline import Built, build

from ..oracles import mypy_errors, need, write_package

ROOT = Path(__file__).parents[2]
Operation = Mapping[str, Any]
STRING = {"type": "string"}
PET = {
    "oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
    "discriminator": {"propertyName": "kind", "mapping": {"cat": "Cat", "dog": "Dog"}},
}
GUEST = {"oneOf": [{"$ref": "#/components/schemas/Person"}, {"$ref": "#/components/schemas/Firm"}]}
"""The response of these tests is the second one, which only its fields show."""


def animal(kind: str) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"type": "string", "enum": [kind]}},
    }


def record(field: str) -> dict[str, Any]:
    return {"type": "object", "required": [field], "properties": {field: STRING}}


def json_of(schema: object) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema}}}


def query(**parameter: Any) -> dict[str, Any]:
    return {"parameters": [{"name": "q", "in": "query", "schema": STRING, **parameter}]}


ORDER = {"type": "object", "properties": {"item": STRING}}


@dataclass(frozen=True, kw_only=True)
class Feature:
    """What needs a file of the runtime: an operation, a call of it, and what is in the request."""

    path: str
    operation: Operation
    before: Operation | None = None
    """The same operation in the run that the lock comes from."""
    arguments: Mapping[str, Any] = field(default_factory=dict)
    sent: str
    returned: str = ""
    """The class of what the call returns, where the feature decides that."""
    method: str = "post"
    warns: bool = False


FEATURES: Mapping[str, Feature] = {
    "_runtime/body_or_fields.py": Feature(
        path="/orders",
        before={"requestBody": json_of(ORDER)},
        operation={"requestBody": json_of({"oneOf": [ORDER, {"type": "array", "items": STRING}]})},
        arguments={"body": ["tea"]},
        sent='["tea"]',
    ),
    "_runtime/contents.py": Feature(
        path="/drawings",
        method="get",
        operation={
            "responses": {
                "200": {"description": "", "content": {"image/png": {}, **json_of(ORDER)["content"]}}
            }
        },
        sent="image/png",
        returned="DrawingList",
    ),
    "_runtime/cookies.py": Feature(
        path="/basket",
        method="get",
        operation={"parameters": [{"name": "c", "in": "cookie", "schema": STRING}]},
        arguments={"c": "mild"},
        sent="c=mild",
    ),
    "_runtime/files.py": Feature(
        path="/photos",
        operation={
            "requestBody": {
                "content": {
                    "multipart/form-data": {
                        "schema": {
                            "type": "object",
                            "properties": {"photo": {"type": "string", "format": "binary"}},
                        }
                    }
                }
            }
        },
        arguments={"photo": b"pixels"},
        sent="pixels",
    ),
    "_runtime/paths.py": Feature(
        path="/shelves/{q}",
        method="get",
        operation={"parameters": [{"name": "q", "in": "path", "required": True, "schema": STRING}]},
        arguments={"q": "a/b"},
        sent="/v1/shelves/a%2Fb",
    ),
    "_runtime/renamed.py": Feature(
        path="/old", operation={"deprecated": True}, sent="POST /v1/old", warns=True
    ),
    "_runtime/schemes.py": Feature(
        path="/basic", operation={"security": [{"basic": []}]}, sent="Basic YW5uOnNlY3JldA=="
    ),
    "_runtime/settings.py": Feature(path="/far", operation={}, sent="eu.shop.test"),
    "_runtime/styles.py": Feature(
        path="/deep",
        method="get",
        operation=query(schema={"type": "object", "additionalProperties": STRING}, style="deepObject"),
        arguments={"q": {"a": "b"}},
        sent="/v1/deep?q%5Ba%5D=b",
    ),
    "_runtime/tagged.py": Feature(
        path="/pets",
        method="get",
        operation={"responses": {"200": {"description": "", **json_of(PET)}}},
        sent="/v1/pets",
        returned="Dog",
    ),
    "_runtime/unions.py": Feature(
        path="/guests",
        method="get",
        operation={"responses": {"200": {"description": "", **json_of(GUEST)}}},
        sent="/v1/guests",
        returned="Firm",
    ),
    "auth.py": Feature(path="/key", method="get", operation={"security": [{"key": []}]}, sent="k-secret"),
}
"""By the file that it needs. `text.py` is for what only collections have."""
SCHEMES = {
    "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "basic": {"type": "http", "scheme": "basic"},
}
REGIONS = {"url": "https://{region}.shop.test/v1", "variables": {"region": {"default": "eu"}}}
SIGNED = {"auth.py": "key", "_runtime/schemes.py": "basic"}
NEEDS = {"_runtime/schemes.py": {"auth.py"}}
"""Files that bring others along."""


def document(features: Mapping[str, Feature], *, before: bool = False) -> dict[str, Any]:
    found: dict[str, dict[str, Any]] = {
        "/plain": {"get": {**query(), "responses": {"200": {"description": "", **json_of(ORDER)}}}}
    }
    for feature in features.values():
        chosen = feature.before if before and feature.before is not None else feature.operation
        found[feature.path] = {feature.method: {"responses": {"200": {"description": ""}}, **chosen}}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Shop", "version": "1"},
        "servers": [REGIONS if "_runtime/settings.py" in features else {"url": "https://shop.test/v1"}],
        "paths": found,
        "components": {
            "schemas": {
                "Cat": animal("cat"),
                "Dog": animal("dog"),
                "Person": record("name"),
                "Firm": record("item"),
            },
            "securitySchemes": {key: SCHEMES[key] for path, key in SIGNED.items() if path in features},
        },
    }


def generated(features: Mapping[str, Feature], folder: Path, name: str) -> Built:
    lock = Lock()
    for before in (True, False):
        spec = folder / f"{name}.json"
        spec.write_text(json.dumps(document(features, before=before)))
        built = build(spec, ClientSettings(name=name, spec=spec, output=folder / name), lock)
        lock = built.lock
    write_package(built.files, folder / name)
    return built


COLLECTION = {
    "info": {
        "name": "Soap",
        "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
    },
    "item": [
        {
            "name": "Ask",
            "request": {
                "method": "POST",
                "url": "https://soap.test/ask",
                "body": {
                    "mode": "raw",
                    "raw": "<ask>{{word}}</ask>",
                    "options": {"raw": {"language": "xml"}},
                },
            },
        }
    ],
}


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Mapping[str, Built]]]:
    """A client with all features, one without any, and one without each."""
    folder = tmp_path_factory.mktemp("features")
    made = {"everything": generated(FEATURES, folder, "everything"), "plain": generated({}, folder, "plain")}
    for path in FEATURES:
        rest = {one: item for one, item in FEATURES.items() if one != path and path not in NEEDS.get(one, ())}
        name = "without_" + Path(path).stem
        made[name] = generated(rest, folder, name)
    spec = folder / "soap.json"
    spec.write_text(json.dumps(COLLECTION))
    made["soap"] = build(spec, ClientSettings(name="soap", spec=spec, output=folder / "soap"), Lock())
    write_package(made["soap"].files, folder / "soap")
    sys.path.insert(0, str(folder))
    yield folder, made
    sys.path.remove(str(folder))


def method_at(built: Built, path: str) -> Method:
    return next(one for one in built.client.methods if template_text(one.request.path) == path)


def sent_by(built: Built, path: str, arguments: Mapping[str, Any]) -> tuple[str, str]:
    """The request of a call as one text, and the class of what it returned."""
    found: list[str] = []

    def respond(request: httpx2.Request) -> httpx2.Response:
        target = request.extensions["target"].decode()
        lines = [f"{request.method} {target}", str(request.url.host), *request.headers.values()]
        found.append("\n".join([*lines, request.read().decode("utf-8", "replace")]))
        return httpx2.Response(200, json={"kind": "dog", "item": "tea"})

    module = import_module(built.client.package)
    known = {"x_key": "k-secret", "username": "ann", "password": "secret"}
    credentials = {one.name: known[one.name] for one in built.client.credentials}
    make: Callable[..., Any] = getattr(module, built.client.class_name)
    with make(transport=httpx2.MockTransport(respond), **credentials) as client:
        method = method_at(built, path)
        target: Any = client
        for step in (*method.resource, method.name):
            target = getattr(target, step)
        returned = type(target(**arguments)).__name__
    (text,) = found
    return text, returned


def carried(built: Built) -> set[str]:
    return {path for path in built.files if is_runtime_file(path)}


def test_a_client_without_features_carries_what_every_client_needs(
    packages: tuple[Path, Mapping[str, Built]],
) -> None:
    _, made = packages
    core = carried(made["plain"])
    assert core == set(RUNTIME_FILES) - {*FEATURES, "_runtime/text.py"}
    assert "q=a%20b" in sent_by(made["plain"], "/plain", {"q": "a b"})[0]


def test_a_client_with_all_features_carries_all(packages: tuple[Path, Mapping[str, Built]]) -> None:
    _, made = packages
    assert carried(made["everything"]) == set(RUNTIME_FILES) - {"_runtime/text.py"}
    assert carried(made["soap"]) - carried(made["plain"]) == {"_runtime/text.py"}
    assert "<ask>&lt;b&gt;</ask>" in sent_by(made["soap"], "/ask", {"word": "<b>"})[0]


@pytest.mark.parametrize("path", FEATURES)
def test_a_file_goes_with_its_feature(path: str, packages: tuple[Path, Mapping[str, Built]]) -> None:
    """Its feature works where it is, and all others where it is not."""
    _, made = packages
    without = made["without_" + Path(path).stem]
    gone = {path, *(one for one, needed in NEEDS.items() if path in needed)}
    assert carried(made["everything"]) - carried(without) == gone
    for one, feature in FEATURES.items():
        built = made["everything"] if one in gone else without
        if feature.warns:
            with pytest.warns(DeprecationWarning, match="API deprecates"):
                text, returned = sent_by(built, feature.path, feature.arguments)
        else:
            text, returned = sent_by(built, feature.path, feature.arguments)
        assert feature.sent in text
        assert feature.returned in ("", returned)


def test_the_documentation_lists_them() -> None:
    table = (ROOT / "docs" / "client.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]*\.py)` \| .* \| (.*) \|$", table, re.MULTILINE)
    assert sorted(path for path, _ in rows) == sorted(RUNTIME_FILES)
    core = {path for path, where in rows if where == "every client"}
    assert core == set(RUNTIME_FILES) - {*FEATURES, "_runtime/text.py"}


def test_no_client_imports_what_it_does_not_carry(packages: tuple[Path, Mapping[str, Built]]) -> None:
    _, made = packages
    for name, built in made.items():
        for path in built.files:
            if path.endswith(".py"):
                assert [*absent(built, path)] == [], name


def test_what_is_imported_by_name_is_a_feature() -> None:
    """What every client carries is imported in the ordinary way, which type checkers and the test above follow."""
    runtime = ROOT / "templates" / "runtime" / "_runtime"
    named = {
        f"_runtime/{name}.py"
        for path in runtime.glob("*.py")
        for name in re.findall(r'\bfeature\("(\w+)"\)', path.read_text(encoding="utf-8"))
    }
    assert named == {
        "_runtime/contents.py",
        "_runtime/cookies.py",
        "_runtime/paths.py",
        "_runtime/unions.py",
    }
    assert named <= FEATURES.keys()


def absent(built: Built, path: str) -> Iterator[str]:
    """Relative imports of a file that lead to no file of the package."""
    for node in ast.walk(ast.parse(built.files.text(path))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = Path(path).parents[node.level - 1]
            target = base.joinpath(*(node.module or "").split("."))
            beside = [
                f"{target}.py",
                f"{target}/__init__.py",
                *(f"{base}/{one.name}.py" for one in node.names),
            ]
            known = {Path(one).as_posix() for one in built.files}
            if not any(Path(one).as_posix() in known for one in beside):
                yield f"{path}: {node.module}"


@pytest.mark.oracle
def test_type_checkers_agree(packages: tuple[Path, Mapping[str, Built]]) -> None:
    need("mypy")
    folder, made = packages
    assert mypy_errors(folder, made) == []


@pytest.mark.parametrize("name", ["plain", "everything"])
def test_a_file_can_be_sent_by_hand(
    name: str, packages: tuple[Path, Mapping[str, Built]], tmp_path: Path
) -> None:
    """Streamed where the client has files, else read at once."""
    _, made = packages
    path = tmp_path / "note.txt"
    path.write_bytes(b"a note")
    client: Any = getattr(import_module(name), made[name].client.class_name)
    seen: list[bytes] = []

    def respond(request: httpx2.Request) -> httpx2.Response:
        seen.append(request.read())
        return httpx2.Response(200)

    with client(transport=httpx2.MockTransport(respond)) as made_client, path.open("rb") as opened:
        made_client.request("PUT", "/notes", content=path)
        made_client.request("PUT", "/notes", content=opened)
        with pytest.raises(TypeError, match="content: a value of type int"):
            made_client.request("PUT", "/notes", content=5)
    assert seen == [b"a note"] * 2


def test_a_key_in_a_cookie_needs_cookies_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = document({"auth.py": FEATURES["auth.py"]})
    spec["components"]["securitySchemes"] = {"key": {**SCHEMES["key"], "in": "cookie"}}
    path = tmp_path / "jar.json"
    path.write_text(json.dumps(spec))
    built = build(path, ClientSettings(name="jar", spec=path, output=tmp_path / "jar"), Lock())
    write_package(built.files, tmp_path / "jar")
    monkeypatch.syspath_prepend(tmp_path)
    assert "X-Key=k-secret" in sent_by(built, "/key", {})[0]
    assert carried(built) & FEATURES.keys() == {"auth.py", "_runtime/cookies.py"}


LINES_AT_MOST = 2500
LINES_OF_SIGNING = 275


@pytest.mark.parametrize("signed", [False, True])
def test_the_client_of_one_call_is_small(signed: bool, tmp_path: Path) -> None:
    """All of its files, and the lines of its runtime, exceptions and signing included."""
    features = {"auth.py": FEATURES["auth.py"]} if signed else {}
    spec = document(features)
    if signed:
        spec["paths"] = {"/key": spec["paths"]["/key"]}
        spec["paths"]["/key"]["get"]["responses"]["200"] |= json_of(ORDER)
    path = tmp_path / "small.json"
    path.write_text(json.dumps({**spec, "components": {**spec["components"], "schemas": {}}}))
    built = build(path, ClientSettings(name="small", spec=path, output=tmp_path / "small"), Lock())
    lines = sum(
        len(built.files.text(file).splitlines()) for file in carried(built) if not file.startswith("testing/")
    )
    assert len(built.files) <= 20 + signed
    assert lines <= LINES_AT_MOST + signed * LINES_OF_SIGNING
