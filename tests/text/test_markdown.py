"""The encoder for Markdown, against a CommonMark parser with GitHub's tables and strikethrough."""

import html
import re

import pytest
from hypothesis import given, settings, strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pillarbox.text.characters import one_line
from pillarbox.text.markdown import code_span, fence, inline, plain

PARSER = MarkdownIt("commonmark").enable("table").enable("strikethrough")
ASCII = "".join(map(chr, range(32, 127)))


def flat(text: str) -> list[Token]:
    found: list[Token] = []
    for token in PARSER.parse(text):
        found += token.children if token.type == "inline" and token.children else []
        if token.type != "inline":
            found.append(token)
    return found


def kinds(text: str) -> set[str]:
    return {token.type for token in flat(text)}


def shown(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", PARSER.render(text))).strip()


@pytest.mark.parametrize("first", ASCII)
def test_plain_shows_every_pair_of_characters(first: str) -> None:
    for second in ASCII:
        for text in (
            first + second,
            f"{first}{second} x",
            f"x {first}{second}",
            f"x{first}y{second}z",
            f"{first} {second}x",
        ):
            written = str(plain(text))
            assert kinds(written) <= {"paragraph_open", "text", "text_special", "paragraph_close"}, (
                text,
                written,
            )
            assert shown(written) == one_line(text), (text, written)


@given(
    st.text(alphabet=st.sampled_from("`*_[]()<>#+-.!|~&;:1a \n\\=$") | st.characters(exclude_categories=()))
)
@settings(max_examples=500)
def test_plain_shows_any_text(text: str) -> None:
    written = str(plain(text))
    assert kinds(written) <= {"paragraph_open", "text", "text_special", "paragraph_close"}
    assert shown(written) == one_line(text)


@given(st.text(alphabet=st.sampled_from("`` ab|\\\n") | st.characters(exclude_categories=())))
@settings(max_examples=500)
def test_code_spans_hold_any_text(text: str) -> None:
    tokens = flat(f"x {code_span(text)} y")
    (span,) = [token for token in tokens if token.type == "code_inline"]
    assert span.content.strip() == one_line(text).strip()


@given(st.text(alphabet=st.sampled_from("`~ ab\n") | st.characters(exclude_categories=())))
@settings(max_examples=500)
def test_fences_hold_any_text(text: str) -> None:
    tokens = PARSER.parse(f"{fence(text, 'json')}\n\nafter\n")
    assert [token.type for token in tokens] == ["fence", "paragraph_open", "inline", "paragraph_close"]
    assert tokens[0].info == "json"


@pytest.mark.parametrize("language", ["{include}", "a b", "```", "x\ny", "JSON!"])
def test_languages_are_words(language: str) -> None:
    with pytest.raises(ValueError, match="language"):
        fence("x", language)


@given(st.text(alphabet=st.sampled_from("`*[]()<>htps:/.ab \\!") | st.characters(exclude_categories=())))
@settings(max_examples=500)
def test_inline_has_code_and_web_links_alone(text: str) -> None:
    tokens = flat(str(inline(text)))
    assert {token.type for token in tokens} <= {
        "paragraph_open", "paragraph_close", "text", "text_special", "code_inline", "link_open", "link_close",
    }  # fmt: skip
    assert all(
        str(token.attrGet("href")).startswith(("http://", "https://"))
        for token in tokens
        if token.type == "link_open"
    )


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("user_id is _not_ snake_case", "user_id is \\_not\\_ snake_case"),
        ("Use `me`, see [docs](https://x.y/z_a_).", "Use `me`, see [docs](https://x.y/z_a_)."),
        ("[x](javascript:alert(1)) <b>", "\\[x\\](javascript:alert(1)) \\<b>"),
        ("1. One", "1\\. One"),
        ("a & b &amp; c", "a & b \\&amp; c"),
    ],
)
def test_inline_is_quiet(text: str, written: str) -> None:
    assert str(inline(text)) == written
