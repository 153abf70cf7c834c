"""Parameter styles: the tables of OpenAPI 3.1 (RFC 6570) and of Swagger 2.0, and values that try to leave their place."""

from __future__ import annotations

import re
import shutil
from importlib import import_module
from pathlib import Path
from typing import Any, get_args
from urllib.parse import parse_qsl, unquote

import pytest
from hypothesis import given, strategies as st

from pillarbox.model.api import TextSyntax
from pillarbox.model.styles import Style

from ..oracles import mypy_errors, need
from . import styled

acme: Any = import_module("acme")
headers: Any = import_module("acme._runtime.encoding")
styles: Any = import_module("acme._runtime.styles")
texts: Any = import_module("acme._runtime.text")
Arguments: Any = import_module("acme._runtime").Arguments
Call: Any = import_module("acme._runtime").Call
Operation: Any = import_module("acme._runtime").Operation
RUNTIME = Path(__file__).parents[2] / "templates" / "runtime"
UNSET: Any = import_module("acme._runtime").UNSET

EMPTY = ""
TEXT = "blue"
ARRAY = ["blue", "black", "brown"]
OBJECT = {"R": 100, "G": 200, "B": 150}


@pytest.mark.parametrize(
    ("style", "value", "expected"),
    [
        ("", TEXT, "blue"),
        ("", ARRAY, "blue,black,brown"),
        ("pairs", OBJECT, "R,100,G,200,B,150"),
        ("assigned", OBJECT, "R=100,G=200,B=150"),
        ("pairs", ARRAY, "blue,black,brown"),
        ("label", EMPTY, "."),
        ("label", TEXT, ".blue"),
        ("label", ARRAY, ".blue,black,brown"),
        ("label", OBJECT, ".R,100,G,200,B,150"),
        ("label*", TEXT, ".blue"),
        ("label*", ARRAY, ".blue.black.brown"),
        ("label*", OBJECT, ".R=100.G=200.B=150"),
        ("matrix", EMPTY, ";color"),
        ("matrix", TEXT, ";color=blue"),
        ("matrix", ARRAY, ";color=blue,black,brown"),
        ("matrix", OBJECT, ";color=R,100,G,200,B,150"),
        ("matrix*", EMPTY, ";color"),
        ("matrix*", TEXT, ";color=blue"),
        ("matrix*", ARRAY, ";color=blue;color=black;color=brown"),
        ("matrix*", OBJECT, ";R=100;G=200;B=150"),
        ("json", OBJECT, "%7B%22R%22:100,%22G%22:200,%22B%22:150%7D"),
        ("json", TEXT, "%22blue%22"),
        ("segments", "rye/whole grain.txt", "rye/whole%20grain.txt"),
        ("segments", "rye?a#b%2F..", "rye%3Fa%23b%252F.."),
        ("segments", ["rye", "50/50"], "rye/50%2F50"),
        ("segments", OBJECT, "R=100/G=200/B=150"),
    ],
)
def test_paths(style: str, value: object, expected: str) -> None:
    # The dot alone would be another path, so it stands after something.
    assert styled.fill_path("/a{color}", {"color": value}, {"color": style}) == f"/a{expected}"


@pytest.mark.parametrize(
    "value", ["..", "../admin", "rye/../admin", "rye/%2e%2e/admin", "rye/.", ["rye", ".."]]
)
def test_segments_lead_to_no_other_path(value: object) -> None:
    with pytest.raises(ValueError, match=r"'color': the segments '\.' and '\.\.' would lead to another path"):
        styled.fill_path("/a/{color}", {"color": value}, {"color": "segments"})


@pytest.mark.parametrize(
    ("style", "value", "expected"),
    [
        ("", EMPTY, ["color="]),
        ("", TEXT, ["color=blue"]),
        ("", ARRAY, ["color=blue", "color=black", "color=brown"]),
        ("members", OBJECT, ["R=100", "G=200", "B=150"]),
        ("comma", EMPTY, ["color="]),
        ("comma", ARRAY, ["color=blue,black,brown"]),
        ("pairs", OBJECT, ["color=R,100,G,200,B,150"]),
        ("space", ARRAY, ["color=blue%20black%20brown"]),
        ("space", OBJECT, ["color=R%20100%20G%20200%20B%20150"]),
        ("pipe", ARRAY, ["color=blue%7Cblack%7Cbrown"]),
        ("pipe", OBJECT, ["color=R%7C100%7CG%7C200%7CB%7C150"]),
        ("tab", ARRAY, ["color=blue%09black%09brown"]),
        ("deep", OBJECT, ["color%5BR%5D=100", "color%5BG%5D=200", "color%5BB%5D=150"]),
        ("deep", ARRAY, ["color%5B0%5D=blue", "color%5B1%5D=black", "color%5B2%5D=brown"]),
        ("deep", TEXT, ["color=blue"]),
        ("deep", {"a": [], "b": None, "c": [None, 1]}, ["color%5Bc%5D%5B0%5D=1"]),
        (
            "deep",
            [{"rye": 1, "wheat": {"old": [2]}}, {"rye": 3}],
            [
                "color%5B0%5D%5Brye%5D=1",
                "color%5B0%5D%5Bwheat%5D%5Bold%5D%5B0%5D=2",
                "color%5B1%5D%5Brye%5D=3",
            ],
        ),
        ("deep[]", ["a", "b"], ["color%5B%5D=a", "color%5B%5D=b"]),
        ("deep[]", [{"rye": [1]}], ["color%5B%5D%5Brye%5D%5B%5D=1"]),
        ("deep*", ["a", "b"], ["color=a", "color=b"]),
        ("deep*", {"rye": ["a", "b"]}, ["color%5Brye%5D=a", "color%5Brye%5D=b"]),
        ("+deep", {"rye": "a/b"}, ["color%5Brye%5D=a/b"]),
        ("json", OBJECT, ["color=%7B%22R%22:100,%22G%22:200,%22B%22:150%7D"]),
        ("json", ["a"], ["color=%5B%22a%22%5D"]),
        ("json", None, []),
        ("members", {"a": [1, 2], "b": None, "c": {"d": 1}}, ["a=1", "a=2", "c=%7B%22d%22:1%7D"]),
        ("pairs", {}, []),
        ("space", [], []),
        ("space", TEXT, ["color=blue"]),
        ("members", TEXT, ["color=blue"]),
        ("+", "a/b?c:d@[e],f;g", ["color=a/b?c:d@[e],f;g"]),
        ("+", "a&b=c#d+e%f g", ["color=a%26b=c%23d%2Be%25f%20g"]),
        ("+comma", ["a/b", "c,d"], ["color=a/b,c%2Cd"]),
        ("+members", {"a/b": "c/d"}, ["a/b=c/d"]),
    ],
)
def test_queries(style: str, value: object, expected: list[str]) -> None:
    assert list(styled.query_pieces({"color": value}, {"color": style} if style else {})) == expected


@pytest.mark.parametrize(
    ("style", "value", "expected"),
    [
        ("", ARRAY, ["color=blue", "color=black", "color=brown"]),
        ("members", {"a b": "c&d"}, ["a%20b=c%26d"]),
        ("comma", ["a", "b,c"], ["color=a,b%2Cc"]),
        ("deep", {"a": 1}, ["color%5Ba%5D=1"]),
        ("deep", [{"a": "x y"}], ["color%5B0%5D%5Ba%5D=x%20y"]),
        ("deep[]", [{"a": 1}], ["color%5B%5D%5Ba%5D=1"]),
        ("flag", True, ["color="]),
        ("space", ARRAY, ["color=blue%20black%20brown"]),
        ("json", {"a": 1}, ["color=%7B%22a%22%3A1%7D"]),
    ],
)
def test_forms(style: str, value: object, expected: list[str]) -> None:
    assert list(styled.form_pairs({"color": value}, {"color": style} if style else {})) == expected


@pytest.mark.parametrize(
    ("style", "value", "expected"),
    [
        ("", TEXT, "blue"),
        ("", ["a,b", "c"], "a%2Cb,c"),
        ("", ARRAY, "blue,black,brown"),
        ("pairs", OBJECT, "R,100,G,200,B,150"),
        ("assigned", OBJECT, "R=100,G=200,B=150"),
        ("assigned", {"a": "1,admin=true"}, "a=1%2Cadmin%3Dtrue"),
        ("pairs", {"a%": "5%2C"}, "a%25,5%252C"),
        ("json", {"a": "é"}, '{"a":"\\u00e9"}'),
    ],
)
def test_headers(style: str, value: object, expected: str) -> None:
    lines = import_module("acme._runtime.session").HeaderLines()
    lines.set("Color", styled.styled("Color", value, style) if style else value)
    assert lines.raw() == [(b"Color", expected.encode())]


@pytest.mark.parametrize(
    ("style", "value", "expected"),
    [
        ("", TEXT, ["color=blue"]),
        ("", ["a", "b"], ["color=a", "color=b"]),
        ("comma", ARRAY, ["color=blue,black,brown"]),
        ("pairs", OBJECT, ["color=R,100,G,200,B,150"]),
        ("members", OBJECT, ["R=100", "G=200", "B=150"]),
        ("json", {"a": "b; c"}, ["color=%7B%22a%22%3A%22b%3B%20c%22%7D"]),
    ],
)
def test_cookies(style: str, value: object, expected: list[str]) -> None:
    assert list(styled.cookie_pairs("color", value, style)) == expected


@pytest.mark.parametrize(
    ("style", "value"),
    [("comma", ["a,b"]), ("comma", ["a;b"]), ("members", {"a b": "c"}), ("members", {"a": "b;c"})],
)
def test_cookies_that_would_be_others(style: str, value: object) -> None:
    with pytest.raises(ValueError, match="cookie"):
        list(styled.cookie_pairs("color", value, style))


@pytest.mark.parametrize(("style", "item"), [("space", "a b"), ("pipe", "a|b"), ("tab", "a\tb")])
def test_an_item_that_holds_its_delimiter_is_refused(style: str, item: str) -> None:
    with pytest.raises(ValueError, match="would split it"):
        list(styled.query_pieces({"color": [item]}, {"color": style}))


@pytest.mark.parametrize("style", ["label", "matrix", "label*", "matrix*", "pairs", "assigned"])
@pytest.mark.parametrize("value", [[], {}, [None], {"a": None}])
def test_a_path_needs_something(style: str, value: object) -> None:
    with pytest.raises(ValueError, match="must not be empty"):
        styled.fill_path("/{color}", {"color": value}, {"color": style})


def test_a_dot_alone_is_another_path() -> None:
    with pytest.raises(ValueError, match="another path"):
        styled.fill_path("/{color}", {"color": ""}, {"color": "label"})


_ANY = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)


@given(st.dictionaries(_ANY, _ANY, min_size=1), st.sampled_from(["assigned", "label*", "matrix*"]))
def test_an_object_in_a_path_comes_back(value: dict[str, str], style: str) -> None:
    mark = {"assigned": ",", "label*": ".", "matrix*": ";"}[style]
    path = styled.fill_path("/a{x}z", {"x": value}, {"x": style}).removeprefix("/a").removesuffix("z")
    assert "/" not in path
    found = [piece.partition("=") for piece in path.lstrip(mark if style != "assigned" else "").split(mark)]
    assert {unquote(name): unquote(text) for name, _, text in found} == value


@given(st.dictionaries(_ANY, _ANY, min_size=1), st.sampled_from(["members", "+members"]))
def test_an_object_in_a_query_comes_back(value: dict[str, str], style: str) -> None:
    pieces = list(styled.query_pieces({"x": value}, {"x": style}))
    assert dict(parse_qsl("&".join(pieces), keep_blank_values=True)) == value


@given(st.lists(_ANY, min_size=1), st.sampled_from(["comma", "+comma", ""]))
def test_a_list_in_a_query_comes_back(value: list[str], style: str) -> None:
    (key, first), *rest = [piece.split("=", 1) for piece in styled.query_pieces({"x": value}, {"x": style})]
    texts = [text for _, text in rest]
    found = [first, *texts] if not style else first.split(",")
    assert key == "x" and [unquote(text) for text in found] == value


def test_on_the_wire(raw_server: Any) -> None:
    operation = Operation(
        "GET",
        "/x/{id}",
        query=styled.query(filter="members", ids="pipe"),
        styles=styled.elsewhere({"id": "matrix*"}, {"X-Point": "assigned"}, {"c": "comma"}),
    )
    arguments = Arguments(
        path={"id": {"a": 1}},
        query={"filter": {"b": 2}, "ids": [3, 4]},
        headers={"X-Point": {"x": 5}, "X-None": None},
        cookies={"c": [6, 7], "d": UNSET},
    )
    with acme.Acme(base_url=raw_server.url, access_token="tok", allow_insecure=True) as client:
        client._sender.send(Call(operation, arguments))
    assert raw_server.target == "/x/;a=1?b=2&ids=3%7C4"
    assert raw_server.headers["x-point"] == "x=5"
    assert raw_server.headers["cookie"] == "c=6,7"


def _allowed(alias: Any) -> set[str]:
    return set(get_args(alias))


@pytest.mark.parametrize("style", sorted(_allowed(styles.QueryName)))
@pytest.mark.parametrize("value", [TEXT, ARRAY, OBJECT])
def test_every_query_style_takes_every_value(style: str, value: object) -> None:
    assert list(styled.query_pieces({"color": value}, {"color": style}))
    assert style.removeprefix("+") in _allowed(styles.FormName)


@pytest.mark.parametrize("value", [TEXT, ARRAY, OBJECT])
def test_every_style_takes_every_value(value: object) -> None:
    for style in _allowed(styles.FormName):
        assert list(styled.form_pairs({"color": value}, {"color": style}))
    for style in _allowed(styles.PathName):
        if style or value is not OBJECT:
            assert styled.fill_path("/a{color}", {"color": value}, {"color": style})
    for style in _allowed(styles.HeaderName):
        assert headers.header_text("Color", styled.styled("Color", value, style))
    for style in _allowed(styled.cookies.CookieName):
        assert list(styled.cookie_pairs("color", value, style))


def test_the_runtime_has_every_style_that_the_generator_writes() -> None:
    locations = (styles.QueryName, styles.PathName, styles.HeaderName, styled.cookies.CookieName)
    known = set().union(*map(_allowed, locations))
    assert {style.value for style in Style} - {Style.SIMPLE.value} <= known
    assert {syntax.value for syntax in TextSyntax} == _allowed(texts.TextSyntax)


CALLS = """
from acme._runtime import Operation
from acme._runtime.encoding import form_body
from acme._runtime.cookies import cookie_style
from acme._runtime.styles import form_style, header_style, path_style, query_style
from acme._runtime.text import text_body

_FORM: Operation[None] = Operation(
    "GET", "/", query={"a": query_style("QUERY")}, body=form_body({"a": form_style("FORM")})
)
_STYLED: Operation[None] = Operation(
    "GET",
    "/{id}",
    styles={
        "path": {"a": path_style("PATH")},
        "headers": {"a": header_style("HEADER")},
        "cookies": {"a": cookie_style("COOKIE")},
    },
    body=text_body("<a>{{b}}</a>", "SYNTAX"),
)
"""
RIGHT = {
    "QUERY": "+deep",
    "FORM": "comma",
    "PATH": "matrix*",
    "HEADER": "assigned",
    "COOKIE": "members",
    "SYNTAX": "xml",
}


def test_a_misspelt_style_is_a_type_error(tmp_path: Path) -> None:
    need("mypy")
    package = tmp_path / "acme"
    shutil.copytree(RUNTIME, package, ignore=shutil.ignore_patterns("__pycache__"))
    (package / "__init__.py").write_text("")
    for wrong in ("", *RIGHT):
        source = CALLS
        for word, style in RIGHT.items():
            source = source.replace(f'"{word}"', '"mtrix"' if word == wrong else f'"{style}"')
        (package / f"calls_{wrong.lower() or 'right'}.py").write_text(source)
    found = {re.sub(r":.*", "", line).rpartition("/")[2] for line in mypy_errors(tmp_path, ["acme"])}
    assert found == {f"calls_{word.lower()}.py" for word in RIGHT}
