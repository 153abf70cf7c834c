"""Any JSON is a Read or a SpecError, in time that grows with its size."""

import contextlib
import copy
import json
import random
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from pillarbox.model.api import FormBody, JsonBody, Operation, Placeholder, ReadResult
from pillarbox.model.problems import SpecError
from pillarbox.model.types import (
    Anything,
    Array,
    Enumeration,
    Map,
    Nullable,
    Object,
    Reference,
    Scalar,
    ScalarKind,
    Type,
    Union,
)
from pillarbox.readers import Document, Limits, read, read_document

HOSTILE = (
    "",
    " ",
    '"""',
    "\\",
    "\x00\x1b\u2028\u202e",
    "../../etc/passwd",
    "{{",
    "{{a}}{{b}}",
    "{{{{x}}}}",
    "{{{x}}}",
    "}}{{",
    "{0.__class__}",
    "</script>",
    ":",
    ":id",
    "{id}",
    "<id>",
    "class",
    "😀" * 50,
    "a" * 10_000,
    "\ue000\uf8ff",
    "<string>",
    "<Circular reference to #/x detected>",
    "?a=1#b",
    "//evil.example",
    "http://u:p@h:1/x?y#z",
    "\r\nX: y",
    "%zz%41%",
    "[[[",
    '{"a": ',
    "`a` - b<br>`c` - d",
    "(This can only be one of ,,,)",
    "**Error Code:** `1`",
    "日本\udce4".encode("utf-8", "replace").decode(),
)

COLLECTION: dict[str, Any] = {
    "info": {"name": "T", "description": {"content": "d", "type": "t"}, "version": "1"},
    "auth": {"type": "apikey", "apikey": [{"key": "key", "value": "X-K"}, {"key": "value", "value": "v"}]},
    "variable": [
        {"key": "baseUrl", "value": "https://a.example/{{v}}", "type": "string"},
        {"key": "v", "value": "2"},
    ],
    "protocolProfileBehavior": {"disableBodyPruning": True},
    "item": [
        {
            "id": "1",
            "name": "F",
            "description": "d",
            "item": [
                {
                    "id": "2",
                    "name": "r",
                    "request": {
                        "method": "POST",
                        "description": {"content": "x"},
                        "auth": {"type": "oauth2", "oauth2": {"headerPrefix": "P", "addTokenTo": "header"}},
                        "header": [{"key": "A", "value": "{{v}}", "description": "d", "disabled": False}],
                        "url": {
                            "raw": "x",
                            "protocol": "https",
                            "host": ["{{baseUrl}}"],
                            "port": "1",
                            "path": ["a", ":b", "{{c}}d"],
                            "query": [{"key": "q", "value": "1", "description": "(Required) `a` - b"}],
                            "variable": [{"key": "b", "value": "<long>", "description": "d"}],
                        },
                        "body": {
                            "mode": "raw",
                            "raw": '{"a": "{{v}}", "b": [1, 2.5]}',
                            "options": {"raw": {"language": "json"}},
                            "urlencoded": [{"key": "u", "value": "v"}],
                            "formdata": [{"key": "f", "type": "file", "src": ["x"], "contentType": "a/b"}],
                            "graphql": {"query": "{x}", "variables": '{"a": 1}', "operationName": "o"},
                        },
                    },
                    "response": [
                        {
                            "name": "**HTTP Status Code:** `404`",
                            "code": 404,
                            "status": "Not Found",
                            "_postman_previewlanguage": "json",
                            "header": [{"key": "Content-Type", "value": "application/json"}],
                            "body": '{"code": 1, "message": "m", "x": "<long>"}',
                            "originalRequest": {"body": {"mode": "raw", "raw": "{}"}},
                        },
                        {"name": "ok", "code": 200, "body": "[1]"},
                    ],
                }
            ],
        }
    ],
}
MODES = ("raw", "urlencoded", "formdata", "graphql", "file")


def _places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        found += _places(child, (*path, key))
    return found


PLACES = _places(COLLECTION)


def _with(path: tuple[Any, ...], value: Any, mode: str = "raw") -> dict[str, Any]:
    made = copy.deepcopy(COLLECTION)
    made["item"][0]["item"][0]["request"]["body"]["mode"] = mode
    node: Any = made
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    return made


def _conforms(value: Any, kind: Type) -> bool:
    """Whether a strict decoder of `kind` takes `value` and writes it again."""
    match kind:
        case Anything():
            return True
        case Nullable(inner):
            return value is None or _conforms(value, inner)
        case Union(members):
            return any(_conforms(value, member) for member in members)
        case Scalar(ScalarKind.INTEGER):
            return isinstance(value, int) and not isinstance(value, bool)
        case Scalar(ScalarKind.NUMBER):
            return isinstance(value, int | float) and not isinstance(value, bool)
        case Scalar(ScalarKind.BOOLEAN):
            return isinstance(value, bool)
        case Scalar(ScalarKind.DATE):
            return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
        case Scalar(ScalarKind.DATETIME):
            return (
                isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", value) is not None
            )
        case Scalar(ScalarKind.UUID):
            return isinstance(value, str) and re.fullmatch(r"[0-9a-f-]{36}", value) is not None
        case Scalar():
            return isinstance(value, str)
        case Enumeration(values, is_open):
            return value in values or (is_open and isinstance(value, str | int))
        case Array(items):
            return isinstance(value, list) and all(_conforms(item, items) for item in value)
        case Map(values):
            return isinstance(value, dict) and all(_conforms(item, values) for item in value.values())
        case Object(fields=fields):
            names = {field.wire: field for field in fields}
            return (
                isinstance(value, dict)
                and set(value) <= set(names)
                and all(not field.required or field.wire in value for field in fields)
                and all(_conforms(item, names[name].type) for name, item in value.items())
            )
        case Reference():
            return False


def _check_operation(operation: Operation) -> None:
    assert operation.method == operation.method.upper()
    fixed = [piece for piece in operation.path if isinstance(piece, str)]
    assert not operation.path or (fixed and str(operation.path[0]).startswith("/"))
    assert all(piece.isascii() and piece.isprintable() and " " not in piece for piece in fixed)
    assert not any(brace in piece for piece in fixed for brace in "{}")
    for piece in operation.path:
        assert isinstance(piece, str) or not set(piece.wire) & set("{}")
    places = [(parameter.location, parameter.wire) for parameter in operation.parameters]
    assert len(places) == len(set(places))
    for parameter in operation.parameters:
        assert parameter.example is not None
        assert _conforms(parameter.example.value, parameter.type)
    for header in operation.headers:
        header.value.encode("latin-1")
        assert "\n" not in header.value
        assert "\r" not in header.value
    for response in operation.responses:
        for example in response.examples:
            if response.type is not None and example.text is None:
                assert _conforms(example.json, response.type)
    match operation.body:
        case JsonBody(type=kind, example=shown):
            assert shown is not None
            assert _conforms(shown.value, kind)
        case FormBody(fields=fields, example=shown):
            assert shown is not None
            assert isinstance(shown.value, dict)
            for field in fields:
                assert _conforms(shown.value[field.wire], field.type)
        case _:
            pass


def _check(found: ReadResult) -> None:
    """What every stage after this one relies on."""
    settings = {setting.wire for setting in found.api.settings}
    schemes = {scheme.key for scheme in found.api.security_schemes}
    assert len(schemes) == len(found.api.security_schemes)
    paths = {resource.path for resource in found.api.resources}
    lost = [problem for problem in found.problems if problem.code == "unsendable-item"]
    assert found.requests == len(found.api.operations) + len(lost)
    for operation in found.api.operations:
        _check_operation(operation)
        placeholders = {piece.wire for piece in operation.path if isinstance(piece, Placeholder)}
        named = {parameter.wire for parameter in operation.parameters if parameter.location.value == "path"}
        assert placeholders - settings == named
        assert {key for option in operation.security for key in option} <= schemes
        assert not operation.resource or operation.resource in paths


def _survives(root: Any) -> None:
    try:
        found = read_document(Document(root, "hostile.json"))
    except SpecError as error:
        message = str(error)
    else:
        _check(found)
        return
    assert "\n" not in message


def test_the_probe_itself_reads() -> None:
    found = read_document(Document(COLLECTION, "probe.json"))
    assert (found.requests, found.problems) == (1, ())
    _check(found)


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_every_text_is_hostile_once(value: str) -> None:
    for path in PLACES:
        node: Any = COLLECTION
        for key in path:
            node = node[key]
        if isinstance(node, str):
            for mode in MODES if "body" in path else MODES[:1]:
                _survives(_with(path, value, mode))


@pytest.mark.parametrize(
    "value", [None, True, 0, -1, 1.5, 10**400, "x", [], {}, [None], [[]], [{}], {"key": None}, {"": 1}]
)
def test_every_place_has_a_wrong_type_once(value: Any) -> None:
    for path in PLACES:
        for mode in MODES if "body" in path else MODES[:1]:
            _survives(_with(path, value, mode))


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | st.sampled_from(HOSTILE),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(max_size=5)
            | st.sampled_from(
                [
                    "key",
                    "value",
                    "item",
                    "name",
                    "request",
                    "url",
                    "host",
                    "path",
                    "query",
                    "body",
                    "mode",
                    "raw",
                    "code",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(JSON)
def test_any_json_is_read_or_refused(root: Any) -> None:
    _survives(root)


@given(JSON)
def test_any_items_are_read_or_refused(items: Any) -> None:
    _survives({"info": {"name": "x"}, "item": items if isinstance(items, list) else [items]})


@given(
    st.lists(st.tuples(st.sampled_from(PLACES), JSON | st.sampled_from(HOSTILE)), min_size=1, max_size=4),
    st.sampled_from(MODES),
)
def test_any_mutation_is_read_or_refused(changes: list[tuple[tuple[Any, ...], Any]], mode: str) -> None:
    made = copy.deepcopy(COLLECTION)
    made["item"][0]["item"][0]["request"]["body"]["mode"] = mode
    for path, value in changes:
        node: Any = made
        for key in path[:-1]:
            if not isinstance(node, dict | list):
                break
            try:
                node = node[key]
            except (KeyError, IndexError, TypeError):
                node = None
        if isinstance(node, dict) and isinstance(path[-1], str):
            node[path[-1]] = value
    _survives(made)


def test_bytes_cut_or_flipped_anywhere(tmp_path: Path) -> None:
    data = json.dumps(COLLECTION).encode()
    file = tmp_path / "cut.json"
    source = random.Random(1)
    for _ in range(150):
        changed = bytearray(data[: source.randrange(len(data))] if source.random() < 0.5 else data)
        for _ in range(source.randrange(4)):
            if changed:
                changed[source.randrange(len(changed))] = source.randrange(256)
        file.write_bytes(bytes(changed))
        with contextlib.suppress(SpecError):
            _check(read(file))


def test_folders_as_deep_as_a_document_may_be(tmp_path: Path) -> None:
    def nested(levels: int) -> str:
        inner = '{"name": "r", "request": "https://a.example/x"}'
        return '{"item": [' + '{"name": "f", "item": [' * levels + inner + "]}" * levels + "]}"

    file = tmp_path / "deep.json"
    file.write_text(nested(240))
    (operation,) = read(file).api.operations
    assert len(operation.resource) == 240
    file.write_text(nested(600))
    with pytest.raises(SpecError, match="deeper than 500"):
        read(file)
    file.write_text(nested(400))
    assert read_document(Document(_parse(nested(400)), "x")).requests == 1
    assert read(file, limits=Limits(depth=900)).requests == 1


def _parse(text: str) -> Any:
    return json.loads(text)


@pytest.mark.parametrize(
    "body",
    [
        '{"a": ' * 50_000,
        "[" * 50_000 + "]" * 50_000,
        '\\"' * 50_000,
        '"' + '\\"' * 50_000,
        "{" + "/*" * 50_000,
        "{{" * 50_000,
        "{{a" * 50_000,
        "<a " * 30_000,
        "token=" * 30_000,
        '{"token": "' + "x" * 100_000,
        "{" + ",".join(f'"k{number}": {number}' for number in range(5_000)) + "}",
    ],
    ids=range(11),
)
@pytest.mark.parametrize("language", ["json", "xml", ""])
def test_hostile_bodies_take_linear_time(body: str, language: str) -> None:
    made = _with(("item", 0, "item", 0, "request", "body", "options", "raw", "language"), language)
    made["item"][0]["item"][0]["request"]["body"]["raw"] = body
    made["item"][0]["item"][0]["response"][0]["body"] = body
    _survives(made)


def test_many_of_everything_takes_linear_time() -> None:
    many = 3_000
    request = {
        "method": "POST",
        "header": [{"key": f"X-{number % 7}", "value": "1"} for number in range(many)],
        "url": {
            "host": ["{{baseUrl}}"],
            "path": [f"{{{{p{number}}}}}" for number in range(300)],
            "query": [{"key": f"f[{number}x]", "value": "<string>"} for number in range(many)],
        },
        "body": {
            "mode": "formdata",
            "formdata": [{"key": f"k{number}", "value": "1"} for number in range(many)],
        },
    }
    answers = [{"name": f"**Error Code:** `{number}`", "code": 400, "body": "{}"} for number in range(many)]
    items = [{"name": "big", "request": request, "response": answers}]
    items += [
        {
            "name": "r",
            "request": {"url": "{{baseUrl}}/x", "auth": {"type": "apikey", "apikey": {"key": f"K{n}"}}},
        }
        for n in range(500)
    ]
    _survives({"item": items})
