"""Answers as values, leniently and strictly."""

from __future__ import annotations

import gzip
import json
import logging
import subprocess
import sys
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

import httpx2
import pytest

acme: Any = import_module("acme")
errors: Any = import_module("acme.errors")
models: Any = import_module("acme.models")
decode: Any = import_module("acme._runtime.message")
sender: Any = import_module("acme._runtime.sender")
Operation: Any = import_module("acme._runtime").Operation

WHOLE = {
    "id": 1,
    "name": "Ann",
    "role": "admin",
    "state": "on",
    "createdAt": "2024-01-02T03:04:05Z",
    "born": "2000-01-31",
    "key": "00000000-0000-0000-0000-000000000001",
    "score": 1.5,
    "active": True,
    "tags": ["a"],
    "labels": {"x": 1},
    "teams": [{"title": "t", "from": "x", "members": [{"id": 2, "name": "Bob", "role": "new role"}]}],
    "manager": {"id": 3, "name": "Cyd", "role": "member"},
    "payment": {"kind": "iban", "iban": "DE00"},
    "either": ["x"],
    "unknown": {"kept": True},
}


def _decode(
    kind: Any, body: Any, *, strict: bool = False, status: int = 200, media_type: str = "application/json"
) -> Any:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"Content-Type": media_type} if media_type else {}
    request = httpx2.Request("GET", "https://api.acme.test/x")
    response = httpx2.Response(status, headers=headers, content=content, request=request)
    value, found = decode.decode(Operation("GET", "/x", returns=lambda: kind), response, strict=strict)
    return value, [tuple(one[1:]) for one in found]


@pytest.mark.parametrize("strict", [False, True])
def test_what_is_as_documented(strict: bool) -> None:
    user, notes = _decode(models.User, WHOLE, strict=strict)
    assert notes == []
    assert type(user) is models.User
    assert user.created == datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert user.born == date(2000, 1, 31)
    assert user.key == UUID(int=1)
    assert type(user.teams[0].members[0]) is models.User
    assert user.teams[0].from_ == "x"
    assert user.teams[0].members[0].role == "new role"
    assert type(user.payment) is models.Iban
    assert user.model_extra == {"unknown": {"kept": True}}
    assert user.model_dump(mode="json", exclude_unset=True) == WHOLE


@pytest.mark.parametrize(
    ("field", "value", "place", "expected", "found"),
    [
        ("id", "007", "User.id", "int", "string"),
        ("id", 1.0, "User.id", "int", "number"),
        ("id", None, "User.id", "int", "null"),
        ("id", True, "User.id", "int", "boolean"),
        ("name", 5, "User.name", "str", "number"),
        ("role", {"a": 1}, "User.role", "Literal['admin', 'member'] | str", "object"),
        ("state", "paused", "User.state", "Literal['on', 'off'] | None", "string"),
        ("createdAt", "yesterday", "User.createdAt", "datetime | None", "string"),
        ("createdAt", 0, "User.createdAt", "datetime | None", "number"),
        ("born", "2000-01-31T10:00:00", "User.born", "date | None", "string"),
        ("key", "not-a-uuid", "User.key", "uuid | None", "string"),
        ("score", "1.5", "User.score", "float | None", "string"),
        ("active", "yes", "User.active", "bool | None", "string"),
        ("active", 1, "User.active", "bool | None", "number"),
        ("tags", "a", "User.tags", "list[str] | None", "string"),
        ("tags", ["a", 1], "User.tags[]", "str", "number"),
        ("labels", {"x": "y"}, "User.labels{}", "int", "string"),
        ("teams", [None], "User.teams[]", "Team", "null"),
        ("manager", [], "User.manager", "User | None", "array"),
        ("payment", {"kind": "cash"}, "User.payment", "Card | Iban | None", "object"),
        ("payment", {"kind": "card"}, "User.payment", "Card | Iban | None", "object"),
        ("either", "x", "User.either", "int | list[str] | None", "string"),
        ("either", ["x", 1], "User.either[]", "str", "number"),
    ],
)
def test_what_differs(field: str, value: object, place: str, expected: str, found: str) -> None:
    user, notes = _decode(models.User, WHOLE | {field: value})
    assert type(user) is models.User
    assert user.model_dump(mode="json", exclude_unset=True, warnings=False) == WHOLE | {field: value}
    assert notes == [(place, expected, found)]
    with pytest.raises(errors.DecodeError) as caught:
        _decode(models.User, WHOLE | {field: value}, strict=True)
    assert field in str(caught.value)
    assert caught.value.problems


@pytest.mark.parametrize("field", ["id", "name", "role"])
def test_a_missing_field_reads_none(field: str) -> None:
    body = {key: value for key, value in WHOLE.items() if key != field}
    user, _ = _decode(models.User, body)
    assert getattr(user, field) is None
    assert field not in user.model_fields_set
    assert user.model_dump(mode="json", exclude_unset=True) == body
    with pytest.raises(errors.DecodeError, match=f"{field}: Field required"):
        _decode(models.User, body, strict=True)


def test_members_of_a_union() -> None:
    card = {"kind": "card", "number": 5, "holder": "x"}
    user, notes = _decode(models.User, WHOLE | {"payment": card})
    assert type(user.payment) is models.Card
    assert user.payment.number == 5
    assert notes == [("Card.number", "str", "number")]
    both = {"kind": "iban", "iban": 1, "number": 2}
    user, notes = _decode(models.User, WHOLE | {"payment": both})
    assert type(user.payment) is models.Iban
    assert notes == [("Iban.iban", "str", "number")]


def test_the_closest_member_is_chosen_when_none_fits() -> None:
    person = {"id": "x", "name": "n", "role": "r", "tags": []}
    for kind in (models.Team | models.User, models.User | models.Team):
        value, notes = _decode(kind, person)
        assert type(value) is models.User
        assert notes == [("User.id", "int", "string")]


def test_a_wire_name_is_not_a_python_name() -> None:
    team, _ = _decode(models.Team, {"title": "t", "from_": "extra"})
    assert team.from_ is None
    assert team.model_extra == {"from_": "extra"}


@pytest.mark.parametrize(
    ("kind", "body", "value"),
    [
        (list[int], [1, "2"], [1, "2"]),
        (dict[str, list[int]], {"a": [1], "b": 2}, {"a": [1], "b": 2}),
        (int, 5, 5),
        (int, "5", "5"),
        (float, 5, 5.0),
        (bool, True, True),
        (Literal["a", "b"], "c", "c"),
        (int | None, None, None),
        (list[int] | dict[str, int], {"a": "b"}, {"a": "b"}),
        (datetime, "2024-01-02T00:00:00Z", datetime(2024, 1, 2, tzinfo=UTC)),
        (str, "text", "text"),
        (str, {"a": 1}, '{"a": 1}'),
        (Any, {"a": [1]}, {"a": [1]}),
    ],
)
def test_other_types(kind: Any, body: object, value: object) -> None:
    assert _decode(kind, body)[0] == value


@pytest.mark.parametrize(
    ("kind", "content", "media_type", "value"),
    [
        (str, "grüße".encode(), "text/plain; charset=utf-8", "grüße"),
        (str, "grüße".encode("latin-1"), "text/plain; charset=latin-1", "grüße"),
        (str, b'"x"', "text/plain", '"x"'),
        (str, b"", "text/plain", ""),
        (bytes, b"\x00\xff", "application/json", b"\x00\xff"),
        (bytes, b"", "", b""),
        (Any, b"words", "text/html", "words"),
        (Any, b"\x00\xff", "application/pdf", b"\x00\xff"),
        (Any, b"[1]", "application/problem+json", [1]),
        (Any, b"", "application/json", None),
        (list[int], b"\xef\xbb\xbf[1]", "text/plain", [1]),
    ],
)
@pytest.mark.parametrize("strict", [False, True])
def test_content_types(kind: Any, content: bytes, media_type: str, value: object, strict: bool) -> None:
    assert _decode(kind, content, media_type=media_type, strict=strict)[0] == value


@pytest.mark.parametrize(
    "content",
    [
        b"<html></html>",
        b"{",
        b"{'a': 1}",
        b"[1,]",
        b"[" * 100_000 + b"]" * 100_000,
        b"1" * 5000,
        b'{"a": NaN}',
        b"[Infinity]",
        b"\xff\xfe",
        b'"\x00"',
        b"{} {}",
    ],
)
@pytest.mark.parametrize("kind", [dict[str, Any], Any])
@pytest.mark.parametrize("strict", [False, True])
def test_what_is_no_json(content: bytes, kind: Any, strict: bool) -> None:
    with pytest.raises(errors.DecodeError) as caught:
        _decode(kind, content, strict=strict)
    assert str(caught.value).startswith(
        "GET https://api.acme.test/x: 200: the response (application/json) is not JSON"
    )
    assert caught.value.body == content
    assert caught.value.response.content == content


def test_nan_within_a_text_is_text() -> None:
    assert _decode(list[str], ["NaN Infinity"])[0] == ["NaN Infinity"]


def test_half_of_a_surrogate_pair() -> None:
    value, _ = _decode(dict[str, str], b'{"a": "x\\ud83d"}')
    assert value == {"a": "x?"}
    with pytest.raises(errors.DecodeError):
        _decode(dict[str, str], b'{"a": "x\\ud83d"}', strict=True)


def test_an_empty_response() -> None:
    user, notes = _decode(models.User, b"")
    assert type(user) is models.User
    assert user.name is None
    assert notes == [("$", "User", "empty")]
    assert _decode(list[models.User], b"")[0] == []
    assert _decode(dict[str, int], b"  ")[0] == {}
    assert _decode(int, b"")[0] is None
    with pytest.raises(errors.DecodeError, match="is empty"):
        _decode(models.User, b"", strict=True)


def test_types_by_status(client: Any, recorder: Any) -> None:
    recorder.json({"token": "t"}, status=201)
    assert client.users.create(name="x").token == "t"
    recorder.responses = [httpx2.Response(204)]
    assert client.users.create(name="x") is None
    recorder.json({"token": "t"}, status=200)
    assert type(client.users.create(name="x")) is models.UserToken


def test_a_finished_class_is_decoded_leniently_too() -> None:
    code = (
        "from acme import models; from acme._runtime.model import Mismatches, read;"
        "models.User.model_rebuild(); models.Team(title='t');"
        'u = read(list[models.User], b\'[{"id": "x", "teams": [{"title": 5}]}]\', Mismatches())[0];'
        "assert u.id == 'x' and u.teams[0].title == 5, u;"
        "assert models.User.__pydantic_complete__;"
        "models.Team.model_validate({'title': 't'})"
    )
    _run(code)


@pytest.mark.parametrize("first", ["team", "user"])
def test_models_that_name_each_other_load_in_any_order(first: str) -> None:
    name = first.title()
    _run(
        f"from acme.models.{first} import {name}; from acme._runtime.model import Mismatches, read;"
        f"read({name}, b'{{}}', Mismatches()); {name}.model_rebuild()"
    )


DEEP = """
import types, sys
source = "from __future__ import annotations\\nfrom acme._runtime.model import Model\\n"
for n in range(400):
    source += f"class M{n}(Model):\\n    id: int\\n    next: M{(n + 1) % 400} | None = None\\n"
    source += f"    one: M{(n * 7) % 400} | M{(n * 11) % 400} | None = None\\n"
deep = types.ModuleType("deep")
sys.modules["deep"] = deep
exec(source, deep.__dict__)
from acme._runtime.model import Mismatches, read
body = b'{"id": 1, "next": {"id": 2, "next": {"id": 3}}, "one": {"id": 4}}'
"""


@pytest.mark.parametrize(
    "code",
    [
        "value = read(deep.M0, body, Mismatches())",
        "value = read(list[deep.M5], b'[' + body + b']', Mismatches())[0]",
        "value = read(deep.M0, body, None)",
        "value = deep.M0.model_validate_json(body)",
    ],
)
def test_hundreds_of_models_that_lead_to_each_other(code: str) -> None:
    check = "assert value.next.next.id == 3 and value.one.id == 4; assert value.model_dump_json(exclude_unset=True)"
    _run(f"{DEEP}\n{code}\n{check}")


def test_fields_named_like_parts_of_a_schema() -> None:
    code = """
from __future__ import annotations
from acme._runtime.model import Mismatches, Model, read
from typing import Literal

class Odd(Model):
    type: Literal["odd"]
    ref: str
    metadata: dict[str, str]
    serialization: list[Inner]
    schema_ref: Inner
    choices: int

class Even(Model):
    type: Literal["even"]
    schema_: int

class Inner(Model):
    fields: str
    inner: Inner | None = None

class Outer(Model):
    one: Odd | Even
    same: Odd | Even | None = None
    single: Odd | None = None

inner = {"fields": "f", "inner": {"fields": "g"}}
odd = {"type": "odd", "ref": "r", "metadata": {}, "serialization": [inner], "schema_ref": inner, "choices": 1}
import json
for value in (odd, {"type": "even", "schema_": 2}):
    body = json.dumps({"one": value, "same": value, "single": odd}).encode()
    notes = Mismatches()
    for found in (read(Outer, body, notes), read(Outer, body, None)):
        assert found.model_dump(exclude_unset=True) == json.loads(body), found
        assert type(found.one).__name__ == value["type"].title()
    assert notes.found == []
assert type(found.single.schema_ref.inner) is Inner
bad = json.dumps({"one": {**odd, "ref": 5}, "single": {**odd, "schema_ref": 1}}).encode()
found = read(Outer, bad, notes)
assert found.one.ref == 5 and found.single.schema_ref == 1
assert [note.location for note in notes.found] == ["Odd.ref", "Odd.schema_ref"], notes.found
"""
    _run(code)


def test_validators_are_built_by_many_threads_at_once() -> None:
    code = """
from concurrent.futures import ThreadPoolExecutor
kinds = [list[getattr(deep, f"M{n}")] for n in range(8)]
with ThreadPoolExecutor(8) as pool:
    found = list(pool.map(lambda kind: read(kind, b"[" + body + b"]", Mismatches()), kinds))
for value in found:
    assert value[0].next.next.id == 3
"""
    _run(DEEP + code)


def _run(code: str) -> None:
    folder = str(Path(acme.__file__).parents[1])
    subprocess.run([sys.executable, "-c", code], check=True, cwd=folder, timeout=60)


def test_mismatches_are_seen_and_logged_once(
    client: Any, recorder: Any, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "_logged", set())
    recorder.json({"id": "sensitive value", "name": "Ann", "role": "x"})
    with caplog.at_level(logging.INFO, logger="acme"), client.capture_responses() as responses:
        client.users.get("a")
        client.users.get("b")
    assert [str(mismatch) for mismatch in responses.mismatches] == [
        "GET /users/{userId}: User.id is string, documented as int"
    ] * 2
    assert [record.getMessage() for record in caplog.records if record.name == "acme"] == [
        "GET /users/{userId}: User.id is string, documented as int"
    ]
    assert "sensitive" not in caplog.text


def test_few_mismatches_are_logged(
    client: Any, recorder: Any, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An API that is documented badly fills neither the log nor the memory."""
    monkeypatch.setattr(sender, "_logged", set())
    monkeypatch.setattr(sender, "_LOGGED_LIMIT", 1)
    recorder.json({"id": "x", "name": 5, "role": "x"})
    with caplog.at_level(logging.INFO, logger="acme"), client.capture_responses() as responses:
        client.users.get("a")
    assert [mismatch.location for mismatch in responses.mismatches] == ["User.id", "User.name"]
    assert len([record for record in caplog.records if record.name == "acme"]) == 1


def test_strict_per_client_and_per_call(client: Any, recorder: Any) -> None:
    recorder.json({"id": "x", "name": "Ann", "role": "x"})
    assert client.users.get("a").id == "x"
    with pytest.raises(errors.DecodeError, match="id: Input should be a valid integer"):
        client.users.get("a", options=acme.RequestOptions(strict=True))
    strict = client.with_options(strict=True)
    with pytest.raises(errors.DecodeError):
        strict.users.get("a")
    assert strict.users.get("a", options=acme.RequestOptions(strict=False)).id == "x"


def test_responses_that_are_too_long(raw_server: Any) -> None:
    bomb = gzip.compress(b" " * 5_000_000)
    head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n"
    raw_server.response = head.format(len(bomb)).encode() + bomb
    with acme.Acme(base_url=raw_server.url, access_token="t") as client:
        with pytest.raises(errors.TransportError, match="longer than 1000 bytes"):
            client.users.get("a", options=acme.RequestOptions(max_response_bytes=1000))
        with pytest.raises(errors.TransportError, match="longer than 4999999 bytes"):
            client.with_options(max_response_bytes=4_999_999).users.get("a")
        assert len(raw_server.requests) == 2
        exactly = acme.RequestOptions(max_response_bytes=5_000_000)
        assert len(client.request("GET", "/x", options=exactly).content) == 5_000_000
        twice = gzip.compress(bomb)
        raw_server.response = head.replace("gzip", "gzip, gzip").format(len(twice)).encode() + twice
        with pytest.raises(errors.TransportError, match="compressed more than once"):
            client.users.get("a")


def test_compressed_responses(raw_server: Any) -> None:
    content = gzip.compress(json.dumps(WHOLE).encode())
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: {len(content)}\r\n\r\n"
    raw_server.response = head.encode() + content
    with acme.Acme(base_url=raw_server.url, access_token="t") as client:
        with client.capture_responses() as responses:
            assert client.users.get("a").name == "Ann"
        assert json.loads(responses[0].content) == WHOLE
        assert responses[0].json() == WHOLE


def test_decode_errors_can_be_pickled() -> None:
    import pickle

    with pytest.raises(errors.DecodeError) as caught:
        _decode(models.User, {"id": 1}, strict=True)
    restored = pickle.loads(pickle.dumps(caught.value))
    assert (str(restored), restored.problems, restored.body, restored.response) == (
        str(caught.value),
        caught.value.problems,
        b'{"id": 1}',
        None,
    )
