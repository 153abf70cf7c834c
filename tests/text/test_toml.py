"""The encoder for TOML, against the standard library's parser."""

import tomllib

from hypothesis import given, strategies as st

from pillarbox.text.characters import INVISIBLE
from pillarbox.text.toml import string


def scalar(text: str) -> str:
    """What a TOML string can hold of a text: lone surrogates are U+FFFD."""
    return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)


def test_all_code_points() -> None:
    for start in range(0, 0x110000, 4096):
        text = "".join(map(chr, range(start, start + 4096)))
        assert tomllib.loads(f"x = {string(text)}")["x"] == scalar(text)


def test_all_pairs_of_ascii_and_controls() -> None:
    characters = [*map(chr, range(0xA1)), "\u2028", "\ufeff", "\U0001f600"]
    lines = [
        f"k{n} = {string(a + b)}" for n, (a, b) in enumerate((a, b) for a in characters for b in characters)
    ]
    read = tomllib.loads("\n".join(lines))
    assert list(read.values()) == [a + b for a in characters for b in characters]


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_any_text_and_nothing_hidden(text: str) -> None:
    written = str(string(text))
    assert tomllib.loads(f"x = {written}\ny = 1") == {"x": scalar(text), "y": 1}
    written.encode("utf-8")


def test_invisible_characters_are_spelled_out() -> None:
    assert str(string("a\u202eb\x00\x7f\u200b")) == '"a\\u202eb\\u0000\\u007f\\u200b"'
    assert INVISIBLE
