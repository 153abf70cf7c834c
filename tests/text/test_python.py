"""Encoders for Python: exact for every code point, and stable under black."""

import ast
import io
import os
import re
import tokenize
import unicodedata
from collections.abc import Iterator

import black
import pytest
from hypothesis import given, settings, strategies as st

from pillarbox.text.characters import INVISIBLE
from pillarbox.text.python import (
    MAX_DEPTH,
    PythonCode,
    comment,
    docstring,
    docstring_text,
    dotted,
    identifier,
    literal,
)

FUZZ = os.environ.get("PILLARBOX_FUZZ") == "long"
QUOTES = ('"', "'", "\\", '"""', "'''", '\\"')
NASTY = [
    "",
    '"',
    "'",
    "\\",
    '"""',
    "'''",
    'x"',
    '"x',
    "x\\",
    "\\N{",
    "\\x",
    "\\u0022\\u0022\\u0022",
    '""""',
    'say "hi"',
    "\x00",
    "\ud800",
    "a\rb",
    "a\x0b\x0c\x1c\x85\u2028\u2029b",
    "\u202ea\u200bb",
    '"""\nimport os\n"""',
    "first\n    all of\n    the rest is indented",
    "first\n\n\n\nlast",
    "Args:\n    x: y\n\nz",
    "a\n" + "b" * 90 + '"',
    "c" * 200,
    "tab\tand\n\tindented",
    "ends with a backslash \\\n",
    "\n\n  starts late",
    "{0.__class__} {{x}} %s ${y}",
    "\ufeff",
    "Größe 😀",
]


def batches(size: int = 4096) -> Iterator[list[str]]:
    for start in range(0, 0x110000, size):
        yield [chr(number) for number in range(start, start + size)]


def test_literals_of_all_code_points_alone() -> None:
    seen = 0
    for batch in batches():
        code = str(literal(batch))
        assert code.isascii()
        assert "\n" not in code
        assert ast.literal_eval(code) == batch
        seen += len(batch)
    assert seen == 1_114_112


@pytest.mark.parametrize("quote", QUOTES)
def test_literals_of_all_code_points_beside_quotes(quote: str) -> None:
    """At both ends: the first 12,288 code points and every 16th of the rest; all of them with `make fuzz`."""
    for batch in batches():
        chosen = batch if FUZZ or batch[0] <= "\u3000" else batch[::16]
        for texts in ([quote + c for c in chosen], [c + quote for c in chosen]):
            assert ast.literal_eval(str(literal(texts))) == texts


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_literals_of_any_text(text: str) -> None:
    assert ast.literal_eval(str(literal(text))) == text


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(json_values)
def test_literals_of_any_json(value: object) -> None:
    assert ast.literal_eval(str(literal(value))) == value


def test_literals_are_spelled_as_black_spells_them() -> None:
    texts = [
        a + b + c
        for a in ("", '"', "'", "\\")
        for b in ("x", "\x7f", "é\ud800")
        for c in ("", '"', "'", "\\", "\"'")
    ]
    source = "\n".join(f"x = {literal(text)}" for text in texts) + "\n"
    assert black.format_str(source, mode=black.Mode()) == source


def test_huge_numbers() -> None:
    for number in (10**5000, -(10**5000), 10**4000, 2**64, -1, 0):
        assert eval(str(literal(number))) == number
    assert str(literal(-0.0)) == "-0.0"
    assert str(literal(1e16)) == "1e+16"


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan"), [float("nan")]])
def test_no_literal_for_what_json_lacks(value: object) -> None:
    with pytest.raises(ValueError, match="no JSON value"):
        literal(value)


@pytest.mark.parametrize("value", [b"x", {1: 2}, object(), PythonCode("x"), {"a": {1}}])
def test_no_literal_for_other_things(value: object) -> None:
    with pytest.raises(TypeError):
        literal(value)


def test_depth_is_limited_before_the_parser_is() -> None:
    deep: object = 1
    for _ in range(MAX_DEPTH):
        deep = [deep]
    compile(f"f(g(h({literal(deep)})))", "x", "exec")
    with pytest.raises(ValueError, match="deeper"):
        literal([deep])


def test_tuples_stay_tuples() -> None:
    assert str(literal((("a",), (), ("b", "c")))) == '(("a",), (), ("b", "c"))'


@pytest.mark.parametrize(
    "name",
    ["", "class", "a b", "a.b", "1a", "ﬁ", "ª", "𝐢𝐟", "é", "a-b", "a\n", "None", "x=1", "²", "x" + chr(0)],
)
def test_names_that_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no Python name"):
        identifier(name)


def test_names() -> None:
    assert str(identifier("_GET_USER")) == "_GET_USER"
    assert [str(dotted(name)) for name in ("a.b", ".users", "..", "._runtime.x")] == [
        "a.b",
        ".users",
        "..",
        "._runtime.x",
    ]
    for name in ("", "a..b", "a.", "a.class", ".a b", "a. b"):
        with pytest.raises(ValueError, match="no Python name"):
            dotted(name)


def placed(doc: str, indent: int) -> str:
    head = {0: "", 4: "class A:\n    ", 8: "class A:\n    def f(self) -> None:\n        "}[indent]
    return f"{head}{doc}\n"


def read_back(source: str, indent: int) -> str | None:
    node: ast.Module | ast.ClassDef | ast.FunctionDef = ast.parse(source)
    for _ in range(indent // 4):
        inner = node.body[0]
        assert isinstance(inner, (ast.ClassDef, ast.FunctionDef))
        node = inner
    return ast.get_docstring(node)


@pytest.mark.parametrize("indent", [0, 4, 8])
@pytest.mark.parametrize("text", NASTY, ids=ascii)
def test_docstrings_read_back_and_please_black(text: str, indent: int) -> None:
    source = placed(str(docstring(text, indent)), indent)
    assert read_back(source, indent) == docstring_text(text)
    assert black.format_str(source, mode=black.Mode()) == source
    source.encode("utf-8")


@given(
    st.text(alphabet=st.sampled_from("\"'\\ \n\tabN{}x:\u2028\u00a0") | st.characters(exclude_categories=())),
    st.sampled_from([0, 4, 8]),
)
@settings(max_examples=400)
def test_docstrings_of_any_text_read_back(text: str, indent: int) -> None:
    source = placed(str(docstring(text, indent)), indent)
    assert read_back(source, indent) == docstring_text(text)


@given(st.text(alphabet="\"'\\ \nab", max_size=12), st.sampled_from([0, 4, 8]))
@settings(max_examples=150, deadline=None)
def test_docstrings_of_quotes_please_black(text: str, indent: int) -> None:
    source = placed(str(docstring(text, indent)), indent)
    assert black.format_str(source, mode=black.Mode()) == source


def test_docstrings_of_all_code_points() -> None:
    """A line for each: only what is invisible, a space, the end of a line or no character at all is cleaned."""
    cleaned = re.compile(f"[{INVISIBLE}\ud800-\udfff\\s]")
    kept = 0
    for batch in batches(1024):
        text = "\n".join(f"a{character}b" for character in batch)
        read = read_back(placed(str(docstring(text, 4)), 4), 4)
        assert read is not None
        assert read == docstring_text(text)
        lines = read.split("\n")
        for character in batch:
            if not cleaned.match(character):
                assert unicodedata.normalize("NFC", f"a{character}b") in lines
                kept += 1
    assert kept > 1_000_000


def test_cleaning_of_docstrings_is_stable() -> None:
    for text in NASTY:
        assert docstring_text(docstring_text(text)) == docstring_text(text)


def test_comments_of_all_code_points_stay_comments() -> None:
    for batch in batches():
        source = "\n".join(str(comment(f"x{character}y = 1")) for character in batch) + "\n"
        kinds = {token.type for token in tokenize.generate_tokens(io.StringIO(source, newline="").readline)}
        assert kinds == {tokenize.COMMENT, tokenize.NL, tokenize.ENDMARKER}
        assert ast.parse(source).body == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain words", "# plain words"),
        ("a\nb", "# a b"),
        ("type: ignore", "# Note: type: ignore"),
        ("x # noqa", "# x noqa"),
        ("#!/bin/sh", "# Note: !/bin/sh"),
        ("pragma: no cover", "# Note: pragma: no cover"),
        ("-*- coding: utf-7 -*-", "# Note: -*- coding utf-7 -*-"),
        ("x coding=rot13", "# x coding rot13"),
        ("", "#"),
        ("\u202egpj.exe", "# gpj.exe"),
    ],
)
def test_comments_give_no_orders(text: str, written: str) -> None:
    assert str(comment(text)) == written
    encoding, _ = tokenize.detect_encoding(
        io.BytesIO(f"{comment(text)}\n{comment(text)}\n".encode()).readline
    )
    assert encoding == "utf-8"
