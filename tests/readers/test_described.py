"""Lists of values and advice in descriptions."""

import pytest

from pillarbox.readers.prose_hints import listed_values, recommended


@pytest.mark.parametrize(
    ("text", "values", "docs"),
    [
        ("`a` - One.<br>`b` - Two.", ("a", "b"), ("One.", "Two.")),
        ("Kinds:\n* `a`: One.\n* `b`: Two.\n\nMore words.", ("a", "b"), ("One.", "Two.")),
        ("The value can be either `a` or `b`.", ("a", "b"), ()),
        ("One of the following:<br>`a`<br> `b`<br>`c`", ("a", "b", "c"), ()),
        ("Values include `a` or `b`.", ("a", "b"), ()),
        ("The allowed values are null, `a`, or `b`.", ("a", "b"), ()),
        ("Possible values: `a`, `b` and `c`.", ("a", "b", "c"), ()),
    ],
)
def test_lists(text: str, values: tuple[str, ...], docs: tuple[str, ...]) -> None:
    found = listed_values(text)
    assert found is not None
    assert (found.values, found.docs) == (values, docs)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "`a` - Only one.",
        "Use `type` where the value of `type` is `zak`.",
        "You must provide either `contact` or `channel` as a query parameter.",
        "One of the `a` or `b` parameters is needed.",
        "Allowed values: `voice_mail`",
        "Between `yyyy-mm-dd` and `yyyy-MM-dd`.",
    ],
)
def test_no_lists(text: str) -> None:
    assert listed_values(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("For user-level apps, pass the `me` value.", ["me"]),
        ("pass `me` as the value for userId.", ["me"]),
        ("The value of this field should be `3600`.", ["3600"]),
        ("The default value of this field is `false`.", ["false"]),
        ("For example: `abc`.", ["abc"]),
        ("E.g. `abc`", ["abc"]),
        ("Use the `other` parameter.", []),
        ("pass the `null` value", []),
        ("in `yyyy-mm-dd` format", []),
        ("Zoom calls it `thing`.", []),
    ],
)
def test_advice(text: str, expected: list[str]) -> None:
    assert list(recommended(text, other_names={"other"})) == expected


@pytest.mark.parametrize("piece", ["`", "`a` ", "<br>", "one of ", "`a` - ", "\u00a0", "* "])
def test_long_descriptions_take_linear_time(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    listed_values(text)
    list(recommended(text, other_names=()))
