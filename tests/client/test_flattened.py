"""A body that was once flattened into arguments stays flattened: generated, type-checked, called and compared."""

import asyncio
import importlib
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx2
import pytest

from pillarbox.client.types import spell
from pillarbox.config import ClientSettings, parse
from pillarbox.lock.claims import Lock
from pillarbox.pipeline import Built, build
from pillarbox.review.changes import Review
from pillarbox.review.checks import Severity
from pillarbox.review.compare import compare
from pillarbox.review.matching import Version
from pillarbox.text.python import PythonCode

from ..oracles import mypy_errors, need, write_package

ORDER = {
    "type": "object",
    "required": ["item"],
    "properties": {
        "item": {"type": "string"},
        "note": {"type": "string", "description": "For the kitchen."},
        "count": {"type": "integer"},
    },
}
MAP = {"type": "object", "additionalProperties": {"type": "integer"}}
REF = {"$ref": "#/components/schemas/Order"}
LINES = {"type": "array", "items": {"type": "object", "properties": {"sku": {"type": "string"}}}}


@dataclass(frozen=True)
class Case:
    """What a body was, what it became, what `body` takes then, and a value of that."""

    name: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    kind: str
    value: Any = None


WIDENED = (
    Case(
        "array", ORDER, {"oneOf": [ORDER, {"type": "array", "items": {"type": "string"}}]},
        "Sequence[str] | Unset", ["tea", "bun"],
    ),
    Case(
        "array_of_models", ORDER, {"anyOf": [LINES, ORDER]},
        "Sequence[models.OrderInput | models.OrderInputParam] | Unset", [{"sku": "a"}],
    ),
    Case(
        "named_object", REF, {"oneOf": [REF, {"type": "array", "items": REF}]},
        "Sequence[models.Order | models.OrderParam] | Unset", [{"item": "tea"}],
    ),
    Case("text", ORDER, {"oneOf": [ORDER, {"type": "string"}]}, "str | Unset", "tea"),
    Case("number", REF, {"anyOf": [REF, {"type": "integer"}]}, "int | Unset", 3),
    Case("map", ORDER, {"oneOf": [ORDER, MAP]}, "Mapping[str, int] | Unset", {"tea": 2}),
    Case(
        "array_or_null", ORDER, {"oneOf": [ORDER, {"type": "array", "items": {"type": "string"}}, {"type": "null"}]},
        "Sequence[str] | None | Unset", None,
    ),
)  # fmt: skip
SAME = (
    Case("nullable", ORDER, {"oneOf": [ORDER, {"type": "null"}]}, ""),
    Case("more_keys", ORDER, {**ORDER, "additionalProperties": {"type": "string"}}, ""),
    Case("two_objects", ORDER, {"oneOf": [ORDER, {"type": "object", "properties": {"x": {"type": "string"}}}]}, ""),
)  # fmt: skip


def document(body: Mapping[str, Any]) -> dict[str, Any]:
    operation = {
        "operationId": "create",
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {"204": {"description": "done"}},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "servers": [{"url": "https://shop.test"}],
        "paths": {"/orders": {"post": operation}},
        "components": {"schemas": {"Order": ORDER}},
    }


def generated(
    body: Mapping[str, Any],
    folder: Path,
    name: str,
    lock: Lock | None = None,
    corrections: Sequence[Mapping[str, str]] = (),
) -> Built:
    """The client of one operation, written to `folder`."""
    spec = folder / "shop.json"
    spec.write_text(json.dumps(document(body)))
    made = build(spec, settings(spec, name, corrections), lock or Lock())
    write_package(made.files, folder / name)
    return made


def settings(spec: Path, name: str, corrections: Sequence[Mapping[str, str]]) -> ClientSettings:
    client = {"spec": spec.name, "output": name, "class": "Shop", "type": list(corrections)}
    table = {"clients": {"shop": client}}
    return parse(table, spec.with_name("pillarbox.toml")).clients[0]


def declared(made: Built) -> dict[str, str]:
    (method,) = made.client.methods
    models = PythonCode("models.")
    return {item.name: str(spell(item.kind, models=models)) for item in method.parameters}


def review(old: Built, new: Built) -> Review:
    """What `diff` finds; the packages have different names in these tests alone."""
    before, after = (Version(replace(one.client, package="shop"), one.lock, one.losses) for one in (old, new))
    return compare("shop", before, after)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    monkeypatch.syspath_prepend(str(tmp_path))

    def load(name: str) -> Any:
        importlib.invalidate_caches()
        try:
            return importlib.import_module(name)
        finally:
            for module in [one for one in sys.modules if one.split(".")[0] == name]:
                monkeypatch.delitem(sys.modules, module)

    return load


def sent(package: Any, **arguments: Any) -> bytes:
    """The body that a call sends, the same from both clients."""
    bodies: list[bytes] = []

    def respond(request: httpx2.Request) -> httpx2.Response:
        bodies.append(request.content)
        return httpx2.Response(204)

    async def asynchronously() -> None:
        async with package.AsyncShop(transport=httpx2.MockTransport(respond)) as client:
            await client.orders.create(**arguments)

    with package.Shop(transport=httpx2.MockTransport(respond)) as client:
        client.orders.create(**arguments)
    asyncio.run(asynchronously())
    first, second = bodies
    assert first == second
    return first


@pytest.mark.parametrize("case", WIDENED, ids=lambda case: case.name)
def test_the_arguments_stay_and_body_takes_the_rest(
    case: Case, tmp_path: Path, package: Callable[[str], Any]
) -> None:
    old = generated(case.before, tmp_path, f"old_{case.name}")
    assert declared(old) == {"item": "str", "note": "str | Unset", "count": "int | Unset"}
    name = f"new_{case.name}"
    new = generated(case.after, tmp_path, name, old.lock)
    assert declared(new) == {
        "item": "str | Unset",
        "note": "str | Unset",
        "count": "int | Unset",
        "body": case.kind,
    }
    found = package(name)
    assert sent(found, item="tea", count=2) == b'{"item":"tea","count":2}'
    assert json.loads(sent(found, body=case.value)) == case.value
    with pytest.raises(
        TypeError, match=r"body: give the whole body or its fields, not both \(fields: item\)"
    ):
        sent(found, item="tea", body=case.value)
    changes = review(old, new).changes
    felt = [str(change) for change in changes if change.check.severity in (Severity.BREAKING, Severity.MAYBE)]
    assert felt == []
    assert "argument-added-optional" in {change.check.id for change in changes}
    # The lock of the second run says it still, also after a run in which the body was an array alone.
    again = generated(case.after, tmp_path, f"again_{case.name}", new.lock)
    assert declared(again) == declared(new)
    assert again.lock == new.lock


@pytest.mark.parametrize("case", WIDENED, ids=lambda case: case.name)
def test_a_new_body_of_that_type_is_one_argument(case: Case, tmp_path: Path) -> None:
    assert list(declared(generated(case.after, tmp_path, "fresh"))) == ["body"]


@pytest.mark.parametrize("case", SAME, ids=lambda case: case.name)
def test_what_is_an_object_still_has_no_other_argument(case: Case, tmp_path: Path) -> None:
    """The lock changes nothing where a new body of the type would be flattened too."""
    old = generated(case.before, tmp_path, "old")
    new = generated(case.after, tmp_path, "new", old.lock)
    assert "body" not in declared(new)
    assert set(declared(old)) <= set(declared(new))
    assert declared(new) == declared(generated(case.after, tmp_path, "fresh"))


def test_it_stays_after_a_run_in_which_it_was_an_array(tmp_path: Path) -> None:
    old = generated(ORDER, tmp_path, "old")
    array = generated({"type": "array", "items": {"type": "string"}}, tmp_path, "array", old.lock)
    assert declared(array) == {"body": "Sequence[str]"}
    back = generated(WIDENED[0].after, tmp_path, "back", array.lock)
    assert list(declared(back)) == ["item", "note", "count", "body"]


def test_the_example_call_is_of_one_of_the_types(tmp_path: Path) -> None:
    """The example of a body is of its first type, which may be the one that `body` takes."""
    old = generated(ORDER, tmp_path, "old")
    for case, call in zip(WIDENED[:2], ("create(count=1)", "create(body=["), strict=True):
        new = generated(case.after, tmp_path, f"new_{case.name}", old.lock)
        assert f">>> client.orders.{call}" in new.files["resources/orders/__init__.py"].decode()


def test_a_correction_reaches_a_field_that_stays_an_argument(tmp_path: Path) -> None:
    old = generated(ORDER, tmp_path, "old")
    correction = {"at": "orders.create(count)", "type": "string"}
    new = generated(WIDENED[0].after, tmp_path, "new", old.lock, [correction])
    assert declared(new)["count"] == "str | Unset"
    assert "unused-correction" not in {problem.code for problem in new.problems}


@pytest.mark.oracle
def test_type_checkers_agree(tmp_path: Path) -> None:
    need("mypy")
    names = []
    for case in WIDENED:
        old = generated(case.before, tmp_path, f"old_{case.name}")
        generated(case.after, tmp_path, f"new_{case.name}", old.lock)
        names.append(f"new_{case.name}")
    calls = "\n".join(
        f"import {name}\n"
        f'{name}.Shop().orders.create(item="tea", note="hot")\n'
        f"{name}.Shop().orders.create(body={case.value!r})"
        for name, case in zip(names, WIDENED, strict=True)
    )
    (tmp_path / "program.py").write_text(calls + "\n")
    assert mypy_errors(tmp_path, [*names, "program"]) == []


def test_the_runtime_file_is_there_only_where_it_is_used(tmp_path: Path) -> None:
    case = WIDENED[0]
    old = generated(case.before, tmp_path, "old")
    new = generated(case.after, tmp_path, "new", old.lock)
    path = "_runtime/body_or_fields.py"
    assert path in new.files
    assert path not in old.files
    assert path not in generated(case.after, tmp_path, "fresh").files
