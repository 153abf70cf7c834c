"""Values as text: every rule of paths, queries, headers, cookies, JSON and templates."""

from __future__ import annotations

import enum
import json
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from uuid import UUID

import pytest
from hypothesis import given, settings, strategies as st

from . import styled

acme: Any = import_module("acme")
headers: Any = import_module("acme._runtime.encoding")
values: Any = import_module("acme._runtime.encoding")
files: Any = import_module("acme._runtime.files")
addresses: Any = import_module("acme._runtime.settings")
texts: Any = import_module("acme._runtime.text")
models: Any = import_module("acme.models")
UNSET: Any = acme.UNSET


class Color(enum.Enum):
    RED = "r&d"


class Level(enum.IntEnum):
    HIGH = 3


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a b", "a%20b"),
        ("100%", "100%25"),
        ("%41", "%2541"),
        ("a/b?c#d", "a%2Fb%3Fc%23d"),
        ("a+b&c;d", "a%2Bb%26c%3Bd"),
        ("me@x.test", "me@x.test"),
        ("a:b=c,d", "a:b=c,d"),
        ("!$'()*~-._", "!$'()*~-._"),
        ("ü/\\", "%C3%BC%2F%5C"),
        ("...", "..."),
        (".a", ".a"),
        (5, "5"),
        (True, "true"),
        (1.5, "1.5"),
        (Color.RED, "r%26d"),
        (Level.HIGH, "3"),
        (date(2024, 1, 2), "2024-01-02"),
        (datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC), "2024-01-02T03:04:05Z"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (["a,b", "c"], "a%2Cb,c"),
    ],
)
def test_path_values(value: object, text: str) -> None:
    assert styled.fill_path("/x/{id}/y", {"id": value}) == f"/x/{text}/y"


@pytest.mark.parametrize(
    ("template", "value"),
    [
        ("/{id}", ""),
        ("/{id}", []),
        ("/{id}", None),
        ("/{id}", UNSET),
        ("/{id}", "."),
        ("/{id}", ".."),
        ("/{id}", "%2e"),
        ("/{id}", "%2E%2e"),
        ("/{id}", ".%2e"),
        ("/.{id}", "."),
        ("/%2e{id}", "."),
        ("/{id}{id}", "."),
        ("/{id}/x", ".."),
        ("/a{id}b", ""),
        ("/{id}", "a\0b"),
        ("/{id}", float("nan")),
        ("/{id}", Decimal("NaN")),
        ("/{id}", "\ud800"),
    ],
)
def test_refused_path_values(template: str, value: object) -> None:
    with pytest.raises(ValueError, match="'id'"):
        styled.fill_path(template, {"id": value})


@pytest.mark.parametrize("value", [b"bytes", object(), timedelta(1)])
def test_values_without_a_text(value: object) -> None:
    with pytest.raises(TypeError, match=r"'id'.*cannot be sent here"):
        styled.fill_path("/{id}", {"id": value})


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_a_path_value_arrives_unchanged(value: str) -> None:
    template = "/a/{x}/b"
    try:
        path = styled.fill_path(template, {"x": value})
    except ValueError:
        assert "\0" in value or unquote(value) in (".", "..")
        return
    assert path.isascii()
    assert [unquote(segment) for segment in path.split("/")] == ["", "a", value, "b"]


def test_placeholders_within_a_segment() -> None:
    path = styled.fill_path("/key={k}/v{n}.json/{a/b}", {"k": "x/y", "n": 1, "a/b": "z"})
    assert path == "/key=x%2Fy/v1.json/z"
    assert styled.fill_path("/{a%7Bb}", {"a{b": "v"}) == "/v"


@pytest.mark.parametrize(
    ("value", "style", "pieces"),
    [
        (None, "", []),
        (UNSET, "", []),
        ("", "", ["k="]),
        ("a b&c=d#e+f/g?h%", "", ["k=a%20b%26c=d%23e%2Bf%2Fg%3Fh%25"]),
        ("it's;", "", ["k=it%27s%3B"]),
        ("[x]{y}|", "", ["k=%5Bx%5D%7By%7D%7C"]),
        (True, "", ["k=true"]),
        (False, "", ["k=false"]),
        ([1, "b", None], "", ["k=1", "k=b"]),
        ([], "", []),
        (("x", "y"), "", ["k=x", "k=y"]),
        ({"a": 1}, "", ["k=%7B%22a%22:1%7D"]),
        (["a,b", 2], "comma", ["k=a%2Cb,2"]),
        ([], "comma", []),
        ("a,b", "comma", ["k=a,b"]),
        (True, "flag", ["k"]),
        (False, "flag", []),
        (None, "flag", []),
        (
            {"a": 1, "b": {"c": [True, "x y"]}, "n": None},
            "deep",
            ["k%5Ba%5D=1", "k%5Bb%5D%5Bc%5D%5B0%5D=true", "k%5Bb%5D%5Bc%5D%5B1%5D=x%20y"],
        ),
        ({"a&b": "v"}, "deep", ["k%5Ba%26b%5D=v"]),
        ({"a=b[c]": "v=w"}, "deep", ["k%5Ba%3Db%5Bc%5D%5D=v=w"]),
        (datetime(2024, 1, 2, tzinfo=timezone(timedelta(hours=2))), "", ["k=2024-01-02T00:00:00%2B02:00"]),
        (time(1, 2), "", ["k=01:02:00"]),
        (Decimal("1E+2"), "", ["k=100"]),
        (1e22, "", ["k=1e%2B22"]),
    ],
)
def test_query(value: object, style: str, pieces: list[str]) -> None:
    assert list(styled.query_pieces({"k": value}, {"k": style} if style else {})) == pieces


NAMES = {"filter[a]": 1, "a b": 1, "x%41": 1, "a&b=c#d": 1, "$top": 1, "é": 1, "a+b": 1}


def test_query_names_are_encoded() -> None:
    assert list(styled.query_pieces(NAMES, {})) == [
        "filter%5Ba%5D=1",
        "a%20b=1",
        "x%2541=1",
        "a%26b%3Dc%23d=1",
        "$top=1",
        "%C3%A9=1",
        "a%2Bb=1",
    ]


@pytest.mark.parametrize("value", [[[1, 2], [3]], [["a"]], [{"a": 1}, [2]]])
def test_a_list_in_a_list_has_no_plain_text(value: object) -> None:
    with pytest.raises(TypeError, match="'k': a value of type list cannot be sent here"):
        list(styled.query_pieces({"k": value}, {}))


def test_query_names_of_a_collection_are_fixed_text() -> None:
    assert list(styled.query_pieces(NAMES, {}, as_written=True)) == [
        "filter[a]=1",
        "a%20b=1",
        "x%41=1",
        "a%26b%3Dc%23d=1",
        "$top=1",
        "%C3%A9=1",
        "a+b=1",
    ]


def test_a_model_in_a_query_is_an_object() -> None:
    team = models.Team(title="t", from_="x")
    assert list(styled.query_pieces({"k": team}, {"k": "deep"})) == ["k%5Btitle%5D=t", "k%5Bfrom%5D=x"]
    pieces = styled.query_pieces({"k": team}, {"k": "deep"}, as_written=True)
    assert list(pieces) == ["k[title]=t", "k[from]=x"]


@pytest.mark.parametrize("value", ["a\r\nX: y", "a\nb", "a\n", "a\0b", "\x7f", "snow☃", "\x1b"])
def test_refused_header_values(value: str) -> None:
    with pytest.raises(ValueError, match="'X-A'") as caught:
        headers.header_text("X-A", value)
    assert value not in str(caught.value)


def test_spaces_around_a_header_value_are_no_part_of_it() -> None:
    assert headers.header_text("X-A", " \ta b\t ") == "a b"


@pytest.mark.parametrize("name", ["", "a b", "a:b", "a\r\n", "a\n", "é"])
def test_refused_header_names(name: str) -> None:
    with pytest.raises(ValueError, match="not a header name"):
        headers.header_text(name, "x")


@pytest.mark.parametrize("value", ["a;b", "a b", 'a"', "a,b", "a\\", "a\r\n", "a\n", "é"])
def test_refused_cookies(value: str) -> None:
    with pytest.raises(ValueError, match="'c'") as caught:
        styled.cookies.cookie_pair("c", value)
    assert value not in str(caught.value)


def test_wrong_arguments_are_refused_before_anything_is_sent(client: Any, recorder: Any) -> None:
    with pytest.raises(ValueError, match="userId"):
        client.users.get("..")
    with pytest.raises(ValueError, match="X-Trace"):
        client.users.get("a", trace="x\r\ny")
    assert recorder.requests == []


def test_a_url_beyond_all_limits(client: Any, recorder: Any) -> None:
    with pytest.raises(ValueError, match="too long"):
        client.users.get("x" * 70_000)
    assert recorder.requests == []


def test_json_values() -> None:
    team = models.Team(title="t", from_="x", members=[{"id": 1, "name": "n", "role": "admin"}], extra=[1])
    value = {
        "team": team,
        "when": datetime(2024, 1, 2, tzinfo=UTC),
        "day": date(2024, 1, 2),
        "id": UUID(int=1),
        "color": Color.RED,
        "price": Decimal("1.10"),
        "whole": Decimal("5"),
        "left out": UNSET,
        "list": (1, UNSET, {"x": UNSET}),
        5: "number",
    }
    assert json.loads(values.json_text(value, "body")) == {
        "team": {
            "title": "t",
            "from": "x",
            "members": [{"id": 1, "name": "n", "role": "admin"}],
            "extra": [1],
        },
        "when": "2024-01-02T00:00:00Z",
        "day": "2024-01-02",
        "id": "00000000-0000-0000-0000-000000000001",
        "color": "r&d",
        "price": 1.1,
        "whole": 5,
        "list": [1, {}],
        "5": "number",
    }


@pytest.mark.parametrize(
    ("value", "error", "text"),
    [
        ({"a": [1, float("nan")]}, ValueError, r"body\.a\[1\].*NaN"),
        ({"a": float("inf")}, ValueError, r"body\.a"),
        ({"a": b"x"}, TypeError, r"body\.a.*bytes"),
        ({"a": object()}, TypeError, r"body\.a"),
        (Decimal("0.1234567890123456789"), ValueError, "more digits"),
    ],
)
def test_refused_json(value: object, error: type[Exception], text: str) -> None:
    with pytest.raises(error, match=text):
        values.json_text(value, "body")


@pytest.mark.parametrize(
    ("style", "arguments"),
    [
        (None, {"json": {"a": "\ud800"}}),
        (None, {"content": "\ud800"}),
        (files.multipart_body(), {"body": {"a": "\ud800"}}),
        (files.multipart_body(), {"body": {"a": {"b": "\ud800"}}}),
        (files.multipart_body(), {"body": {"a": ("name.txt", "\ud800")}}),
        (texts.text_body("{{a}}", "plain"), {"body": {"a": "\ud800"}}),
        (None, {"body": {"a": "\ud800"}}),
    ],
)
def test_half_of_a_surrogate_pair_is_refused_in_a_body(style: Any, arguments: dict[str, Any]) -> None:
    operation: Any = import_module("acme._runtime")
    with pytest.raises(ValueError, match="half of a surrogate pair"):
        headers.build_body(operation.Operation("POST", "/x", body=style), arguments, files.file_body)


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        ('He said "hi"', b'\r\nContent-Type: application/json\r\n\r\n"He said \\"hi\\""\r\n'),
        (7, b"\r\n\r\n7\r\n"),
        (["a", True], b'\r\n\r\n"a"\r\n'),
        ({"a": [None]}, b'\r\n\r\n{"a":[null]}\r\n'),
        (b"{}", b"\r\n\r\n{}\r\n"),
        (("a.json", b"[]"), b'filename="a.json"\r\nContent-Type: application/json\r\n\r\n[]\r\n'),
    ],
)
def test_a_part_that_holds_json(value: object, sent: bytes) -> None:
    encode = files.multipart_body({"a": "application/json"}, as_json=("a",))
    assert sent in encode({"a": value}, None).content
    as_text = files.multipart_body({"a": "application/json"})({"a": '{"b": 1}'}, None).content
    assert b'\r\n\r\n{"b": 1}\r\n' in as_text


def test_json_that_contains_itself() -> None:
    loop: list[object] = []
    loop.append(loop)
    with pytest.raises(ValueError, match="contains itself"):
        values.json_text(loop, "body")


def test_unset_and_null_in_a_flattened_body(client: Any, recorder: Any) -> None:
    recorder.json({"token": "t"}, status=201)
    client.users.create(name="x")
    assert recorder.last.content == b'{"name":"x"}'
    client.users.create(name="x", email=None, team=models.Team(title="t"))
    assert recorder.last.content == b'{"name":"x","email":null,"team":{"title":"t"}}'


@pytest.mark.parametrize(
    ("body", "optional", "content"),
    [
        ({"a": UNSET}, False, b"{}"),
        ({"a": UNSET}, True, b""),
        ({}, True, b"{}"),
        ({"a": UNSET, "b": None}, True, b'{"b":null}'),
        (None, True, b"null"),
    ],
)
def test_a_body_of_which_nothing_is_given(
    client: Any, recorder: Any, body: object, optional: bool, content: bytes
) -> None:
    runtime: Any = import_module("acme._runtime")
    operation = runtime.Operation("POST", "/x", optional_body=optional)
    client._sender.exchange(runtime.Call(operation, runtime.Arguments(json=body)))
    assert recorder.last.content == content
    assert ("Content-Type" in recorder.last.headers) is bool(content)


def test_text_templates_refuse_what_the_syntax_cannot_hold() -> None:
    with pytest.raises(ValueError, match=r"'v'.*XML"):
        texts.fill_text("<a>{{v}}</a>", {"v": "a\0b"}, "xml")
    with pytest.raises(ValueError, match="'v' is required"):
        texts.fill_text("{{v}}", {"v": None}, "plain")
    assert texts.fill_text("{{{v}}}", {"v": "<x>"}, "plain") == "{<x>}"


@pytest.mark.parametrize("value", ["a.b/c", "evil.test#", "a@b", "x:1", "", None, "-a", "a\\b"])
def test_server_parameters_lead_to_no_other_host(value: object) -> None:
    with pytest.raises(ValueError, match="'region'"):
        addresses.fill_server("https://{region}.acme.test/v1", {"region": value})


def test_server_parameters() -> None:
    assert addresses.fill_server("https://{r}.x.test:{p}/{b}/v", {"r": "eu-1", "p": 8443, "b": "a b/c"}) == (
        "https://eu-1.x.test:8443/a%20b/c/v"
    )
    for path in ("../up", "a/./b", ".", "a//b", "", None):
        with pytest.raises(ValueError, match="'b'"):
            addresses.fill_server("https://x.test/{b}", {"b": path})


def test_unset_is_one_falsy_object() -> None:
    import copy
    import pickle

    assert not UNSET
    assert repr(UNSET) == "UNSET"
    assert pickle.loads(pickle.dumps(UNSET)) is UNSET
    assert copy.deepcopy(UNSET) is UNSET


ENCODE_ALONE = """
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("httpx2", "pydantic", "pydantic_core"):
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Absent())
try:
    import httpx2
except ModuleNotFoundError:
    pass
else:
    raise AssertionError("the blocked package was found")
from acme._runtime import Operation
from acme._runtime.cookies import cookie_style
from acme._runtime.encoding import json_text, query_pieces
from acme._runtime.paths import fill_path
from acme._runtime.files import file_body, multipart_body
from acme._runtime.encoding import build_body, form_body
from acme._runtime.session import HeaderLines
from acme._runtime.settings import address
from acme._runtime.styles import form_style, header_style, path_style, query_style
from acme._runtime.text import text_body

def body(style=None, **arguments):
    return build_body(Operation("POST", "/x", body=style), arguments, file_body).content

assert fill_path("/{a}", {"a": {"k": 1}}, {"a": path_style("matrix*")}) == "/;k=1"
assert address("https://{a}")({"a": "b"}) == "https://b"
assert list(query_pieces({"a": {"k": 1}, "b": [1]}, {"a": query_style("deep")}, True)) == ["a[k]=1", "b=1"]
assert list(cookie_style("comma")("a", [1, 2])) == ["a=1,2"]
assert header_style("json")({"k": 1}, "A") == '{"k":1}'
assert body(json={"a": 1}) == json_text({"a": 1}, "body").encode()
assert body(form_body({"a": form_style("space")}), body={"a": [1, 2]}) == b"a=1%202"
assert b"text/csv" in body(multipart_body({"a": "text/csv"}), body={"a": "1"})
assert body(text_body("<{{a}}>", "xml"), body={"a": "&"}) == b"<&amp;>"
lines = HeaderLines()
lines.set("A", [1, 2])
assert lines.raw() == [(b"A", b"1,2")]
"""


def test_encoding_needs_neither_httpx2_nor_pydantic() -> None:
    """The generator encodes sample requests with these modules, where neither package is installed."""
    folder = Path(acme.__path__[0]).parent
    done = subprocess.run(
        [sys.executable, "-c", ENCODE_ALONE], cwd=folder, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
