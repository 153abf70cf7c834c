"""The two small languages of the configuration: places and types."""

import pytest
from hypothesis import given, strategies as st

from pillarbox.config.type_paths import (
    ArgumentPath,
    Items,
    Member,
    ResponsePath,
    TypePath,
    Values,
    parse_type_path,
)
from pillarbox.config.typetext import (
    ArrayText,
    EnumText,
    MapText,
    NamedText,
    NullableText,
    TypeText,
    parse_type,
)

STRING, INTEGER = NamedText("string"), NamedText("integer")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("users.get -> token", ResponsePath("users.get", (Member("token"),))),
        ("  a.b.get_it->x", ResponsePath("a.b.get_it", (Member("x"),))),
        ("get -> a.b[].c", ResponsePath("get", (Member("a"), Member("b"), Items(), Member("c")))),
        ("get ->", ResponsePath("get", ())),
        ("get -> []", ResponsePath("get", (Items(),))),
        ("get -> [].id", ResponsePath("get", (Items(), Member("id")))),
        ("get -> rates{}.value", ResponsePath("get", (Member("rates"), Values(), Member("value")))),
        ("get -> a[][]", ResponsePath("get", (Member("a"), Items(), Items()))),
        ('get -> "next page"."a.b"', ResponsePath("get", (Member("next page"), Member("a.b")))),
        ("get -> next-page.$ref.1", ResponsePath("get", (Member("next-page"), Member("$ref"), Member("1")))),
        ("users.list(page)", ArgumentPath("users.list", "page")),
        (
            "users.create( settings.mode )",
            ArgumentPath("users.create", "settings", (Member("mode"),)),
        ),
        ("c(items[].id)", ArgumentPath("c", "items", (Items(), Member("id")))),
        ('c(m{}."x y")', ArgumentPath("c", "m", (Values(), Member("x y")))),
    ],
)
def test_places(text: str, expected: TypePath) -> None:
    assert parse_type_path(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "users",
            "users.get",
            "-> x",
            "a b -> c",
            "a.b(",
            "a.b()",
            "a.b(c",
            "a(b) -> c",
            "a(b-c)",
            "a(1)",
        ),
        *(
            "a -> .b",
            "a -> b.",
            "a -> b c",
            "a -> b[",
            "a -> b[0]",
            'a -> "b',
            r'a -> "\q"',
            "a(b c)",
            "a(b])",
        ),
    ],
)
def test_no_places(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a position|is not understood|is not a text"):
        parse_type_path(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("string", STRING),
        (" date-time ", NamedText("date-time")),
        ("any", NamedText("any")),
        ("integer[]", ArrayText(INTEGER)),
        ("integer?[]", ArrayText(NullableText(INTEGER))),
        ("integer[]?", NullableText(ArrayText(INTEGER))),
        ("integer??", NullableText(INTEGER)),
        ("map<string>", MapText(STRING)),
        ("map<map<uuid[]>>?", NullableText(MapText(MapText(ArrayText(NamedText("uuid")))))),
        ('"a" | "b"', EnumText(("a", "b"))),
        ('"a"|"b"|string', EnumText(("a", "b"), open=True)),
        ('("a" | "b")[]', ArrayText(EnumText(("a", "b")))),
        ('"a" | "b"?', NullableText(EnumText(("a", "b")))),
        ("1 | 2 | -3 | integer", EnumText((1, 2, -3), open=True)),
        ('"a" | "a"', EnumText(("a",))),
        (r'"say \"a | b\""', EnumText(('say "a | b"',))),
        ("(((string)))", STRING),
    ],
)
def test_types(text: str, expected: TypeText) -> None:
    assert parse_type(text) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "ends where a type is missing"),
        ("str", "has 'str' where a type is missing"),
        ("string string", "is not understood from 'string' on"),
        ("string | integer", "is not understood from '|' on"),
        ("map", "ends where < is missing"),
        ("map<string", "ends where > is missing"),
        ("map<>", "where a type is missing"),
        ("(string", r"ends where \) is missing"),
        ('"a" |', "ends where a type is missing"),
        ('"a" | number', "has 'number' in a list of values"),
        ('"a" | string | "b"', "is not understood from '|' on"),
        ('"a', "is not understood from"),
        (r'"\q"', "not a value of JSON"),
        ("007", "not a value of JSON"),
        ("1.5", "is not understood from"),
        ("[]", r"has '\[\]' where a type is missing"),
        ("string\n; import os", "is not understood from"),
        ("(" * 40 + "string" + ")" * 40, "nested too deeply"),
        ("map<" * 40 + "string" + ">" * 40, "nested too deeply"),
    ],
)
def test_no_types(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse_type(text)


def written(kind: TypeText) -> str:
    match kind:
        case NamedText(name):
            return name
        case EnumText(values, is_open):
            texts = [str(value) if isinstance(value, int) else f'"{value}"' for value in values]
            return "(" + " | ".join([*texts, *(["string"] if is_open else [])]) + ")"
        case ArrayText(items):
            return written(items) + "[]"
        case MapText(values):
            return f"map<{written(values)}>"
        case NullableText(inner):
            return written(inner) + "?"


TYPES: st.SearchStrategy[TypeText] = st.recursive(
    st.sampled_from(
        [STRING, INTEGER, NamedText("any"), EnumText(("a", "b c"), open=True), EnumText((1, -2))]
    ),
    lambda inner: st.one_of(
        inner.map(ArrayText),
        inner.map(MapText),
        inner.map(lambda kind: kind if isinstance(kind, NullableText) else NullableText(kind)),
    ),
    max_leaves=4,
)


@given(TYPES)
def test_types_read_back(kind: TypeText) -> None:
    assert parse_type(written(kind)) == kind


@given(st.text(alphabet='strngme<>()[]?|"a1 -.\\{}\n', max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    for parse in (parse_type, parse_type_path):
        said = ""
        try:
            parse(text)
        except ValueError as error:
            said = str(error)
        assert "\n" not in said
