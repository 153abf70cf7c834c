"""Descriptions: what real specs write, what hostile ones write, and what is left of either."""

import re

import pytest
from hypothesis import given, settings, strategies as st
from markdown_it import MarkdownIt

from pillarbox.text.blocks import Paragraph, read_blocks
from pillarbox.text.characters import INVISIBLE
from pillarbox.text.prose import clean, code, ended, first_sentence, is_one_sentence, wrap

PARSER = MarkdownIt("commonmark").enable("table").enable("strikethrough")

REAL = [
    ("Active hosts.<br>`active` - Active. <br>`inactive` - Not.", "Active hosts.\n`active` - Active.\n`inactive` - Not."),
    ("Update it.<br><br>\n**Scopes:** `a` `b`<br>\n \n **Rate:** `x`", "Update it.\n\n**Scopes:** `a` `b`\n\n**Rate:** `x`"),
    (
        "<p style=\"color:#01579b\"> <b>Note: </b>Only <b>user-managed</b> <a href=\"https://x.y/z\">OAuth app</a>.</p><br>",
        "**Note:** Only **user-managed** [OAuth app](https://x.y/z).",
    ),
    (
        "Value is:<ul><li><code>return=minimal</code>. Small.</li><li><code>return=all</code>. Large.</li></ul>",
        "Value is:\n\n- `return=minimal`. Small.\n- `return=all`. Large.",
    ),
    ("<aside>Your account must be a master.</aside>\n\nNext", "Your account must be a master.\n\nNext"),
    ("By ID.<blockquote><strong>Note:</strong> See docs.</blockquote>", "By ID.\n\n**Note:** See docs."),
    ("**Needs:**<br>\n* Pro plan.<br>\n* A `license`\n* One more<br>\n**Scopes:** x", "**Needs:**\n\n- Pro plan.\n- A `license`\n- One more\n\n**Scopes:** x"),
    ("## Authentication\nSign each.\n```\ncurl -H \"X\"\n```\nDone", "**Authentication**\n\nSign each.\n\n```\ncurl -H \"X\"\n```\n\nDone"),
    ("Title\n=====\ntext", "**Title**\n\ntext"),
    ("**A**&nbsp;>&nbsp;**B**", "**A** > **B**"),
    ("[//]: # \"Start\"\n\ntext\n\n[//]: # \"End\"", "text"),
    ("[![Run](https://x.y/b.svg)](https://x.y/run) Click", "Click"),
    ("See [the docs][d].\n\n[d]: https://x.y/docs 'Docs'", "See [the docs](https://x.y/docs)."),
    ("[https://x.y](https://x.y)", "https://x.y"),
    ("See [here](/relative) and [there](#part)", "See here and there"),
    ("Use <userId> or `<id>` in List<User>", "Use `<userId>` or `<id>` in List`<User>`"),
    ("a < b && c > d", "a < b && c > d"),
    ("user\\_id is \\*starred\\*", "user_id is \\*starred\\*"),
    ("https://a.b/?x=1&copy=2&lt;", "https://a.b/?x=1&copy=2<"),
    ("1. one\n2) two\n   - sub\n3. three", "1. one\n2. two\n    - sub\n3. three"),
    ("|a|b|\n|--|:-:|\n|1|2|", "| a | b |\n| --- | --- |\n| 1 | 2 |"),
    ("<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>", "| A | B |\n| 1 | 2 |"),
    ("This line was wrapped by the editor of the author\nand goes on here.\nThis one is new.", "This line was wrapped by the editor of the author and goes on here.\nThis one is new."),
    ("> Some methods do not.\n> Ask.", "Some methods do not.\nAsk."),
    ("Returns:\n    the thing", "**Returns:**\nthe thing"),
    ("Get User\u2019s Token", "Get User\u2019s Token"),
    ("x\r\ny\r\n\r\nz", "x\ny\n\nz"),
    ("", ""),
    (" \n\t\u00a0\n", ""),
]  # fmt: skip

HOSTILE = [
    '"""\nimport os; os.system("id")\n"""',
    "\\",
    'x"',
    "\\N{LATIN SMALL LETTER A}",
    "a\u2028b\u2029c\x85d\x0be\x0cf\x1cg\rh",
    "\u202egpj.exe\u202c \u2066x\u2069 zero\u200bwidth\ufeff",
    "{{7*7}} {% include '/etc/passwd' %}",
    "</script><img src=x onerror=alert(1)>",
    "<scr<script>ipt>alert(1)</script>",
    "<<b>script>alert(1)<</b>/script>",
    "<svg/onload=alert(1)>",
    "<img src=x onerror=alert(1)//",
    "<div style=background:url(javascript:1)",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;amp;amp;amp;amp;amp;lt;img src=x&amp;gt;",
    "[x](javascript:alert(1)) [y](data:text/html,x) [z](JaVaScRiPt:x)",
    "[x](https://e.vil/\"onmouseover=alert(1))",
    "[x]: javascript:alert(1)\n\n[x]",
    "![track](https://e.vil/pixel.png)",
    "<!-- --> --> <!--",
    "<![CDATA[ x ]]> <?php echo 1 ?> <!DOCTYPE html>",
    "````\n```\nnever closed",
    "~~~ never\nclosed",
    "```python\n>>> __import__('os').system('id')\n```",
    "`never closed",
    "a | b\n--- | ---\n1 | 2",
    ">>> __import__('os').system('id')",
    "x\n>>> 1\n1",
    "> > > 1 + 1",
    "words " * 15 + ">>> 1",
    ".. include:: /etc/passwd",
    "x\n\n.. raw:: html\n\n   <script>alert(1)</script>",
    "``` {include} /etc/passwd\n```",
    "```{eval-rst}\n.. raw:: html\n```",
    "{include}`/etc/passwd`",
    '--8<-- "/etc/passwd"',
    ";--8<-- '/etc/passwd'",
    "::: os.system",
    "# type: ignore",
    "x # noqa: E501",
    "# # noqa",
    "# fmt: off\n# fmt: on",
    "# pragma: no cover",
    "# pyright: basic",
    "# nosec",
    "# pylint: disable=all",
    "\x1b]8;;http://e.vil\x07click\x1b]8;;\x07",
    "\x1b[31mred\x1b[0m",
    "\ud800 \udfff \ud83d\ude00",
    "\x00",
    "\ue0000\ue001 \ue0001\ue001",
    "Args:\n    evil: yes\n\nReturns:\n    all",
    "setext\n---\n***\n___",
    "    indented code\n    >>> 1",
    "\u202e" * 5000,
    "🏳️\u200d🌈 \U000e0041",
]  # fmt: skip

ALLOWED = {
    "paragraph_open", "paragraph_close", "inline", "text", "text_special", "softbreak", "hardbreak", "code_inline", "fence",
    "bullet_list_open", "bullet_list_close", "ordered_list_open", "ordered_list_close", "list_item_open", "list_item_close",
    "strong_open", "strong_close", "em_open", "em_close", "s_open", "s_close", "link_open", "link_close",
    "table_open", "table_close", "thead_open", "thead_close", "tbody_open", "tbody_close", "tr_open", "tr_close",
    "th_open", "th_close", "td_open", "td_close",
}  # fmt: skip
FORBIDDEN = re.compile(
    rf"[{INVISIBLE.replace(chr(0) + '-' + chr(0x1F), chr(0) + '-' + chr(9) + chr(11) + '-' + chr(0x1F))}\ud800-\udfff]"
    r"|^\s*>>>|^\s*\.\.\s|^\s*:::|--8<--"
    r"|#\s*(?:type:|noqa|nosec|fmt:|pragma|pyright:|pylint:)",
    re.MULTILINE | re.IGNORECASE,
)


def assert_harmless(text: str) -> None:
    assert not FORBIDDEN.search(text), ascii(text)
    assert not any(
        re.fullmatch("(?:Args|Returns|Raises|Example):", line)
        for block in read_blocks(text)
        if isinstance(block, Paragraph)
        for line in block.lines
    )
    for token in PARSER.parse(text):
        for inner in (token, *(token.children or ())):
            assert inner.type in ALLOWED, (inner.type, text)
            if inner.type == "link_open":
                assert str(inner.attrGet("href")).lower().startswith(("http://", "https://", "mailto:"))
            if inner.type == "fence":
                assert re.fullmatch("[a-z0-9+-]*", inner.info)


@pytest.mark.parametrize(("text", "wanted"), REAL)
def test_what_specs_write(text: str, wanted: str) -> None:
    assert clean(text) == wanted
    assert clean(clean(text)) == wanted
    assert_harmless(wanted)


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
@pytest.mark.parametrize(
    "place",
    [
        "{}",
        "Words. {} More words.",
        "Words.\n\n{}\n\nMore.",
        "- item\n- {}\n- item",
        "<b>{}</b>",
        "```\n{}\n```",
        "`{}`",
        "[{}](https://x.y)",
    ],
)
def test_hostile_text_is_harmless(text: str, place: str) -> None:
    cleaned = clean(place.replace("{}", text))
    assert_harmless(cleaned)
    assert clean(cleaned) == cleaned
    for width in (20, 88):
        assert not FORBIDDEN.search(wrap(cleaned, width, "    ", "        "))


fragments = st.lists(
    st.sampled_from(
        [
            "`", "``", "```", "```py\n", "~~~", "\n", "\n\n", " ", "    ", "<b>", "</b>", "<br>", "<code>", "</code>", "<pre>",
            "</pre>", "<a href='https://x.y'>", "<a href=x>", "</a>", "<li>", "<td>", "</tr>", "<tr>", "<x>", "<", ">", ">>>", "&lt;",
            "&gt;", "&amp;", "&#96;", "&#10;", "&", "**", "*", "_", "# ", "- ", "1. ", "> ", "|", "---", "===", "[", "]", "](", ")",
            "(https://x.y)", "(javascript:x)", "![", "[a]: https://x.y", "\\", "..", ".. x::", ":::", "# noqa", "#", "--8<--", "8<",
            "word", "Word", "Returns:", "a.b", "{x}", "\u202e", "\x1b[1m", "\ue000", "0\ue001", "é", "e\u0301", "<!--", "-->",
            "<script>", "</script>", "<h1>", "</h1>", "<ul>", "'", '"',
        ]
    ),
    max_size=14,
).map("".join)  # fmt: skip


@given(fragments)
@settings(max_examples=3000, deadline=None)
def test_any_soup_is_harmless_and_stable(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert_harmless(cleaned)


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_any_text_is_harmless_and_stable(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert_harmless(cleaned)


@pytest.mark.parametrize(
    "unit",
    ["<b>", "<script>", "<a href='x'>", "`", "` `` ", "```\n", "~~~ x\n", "[", "![", "](", "[a](", "<", "&amp;", "> ", "- ", "|", "| ", " ", "\n", "\\", "*", "_",
     "#", "x\n", "&lt;b&gt;", "<li>", "<td>", "</p>", "1. ", "a. ", "<!--", "((", "[a]:", "<pre>", "\x1b]", "..\n", "<code>`", "\u202e", "e\u0301", "''", "- x\n   y\n"],
)  # fmt: skip
def test_long_repeats_end(unit: str) -> None:
    """Repeats of everything that a rule looks for. A rule that looks at text again and again would not end here."""
    cleaned = clean(unit * (60_000 // len(unit)) + "x")
    assert clean(cleaned) == cleaned
    assert not FORBIDDEN.search(wrap(cleaned, 80))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("List users. They are many.", "List users."),
        ("List users, e.g. admins. More.", "List users, e.g. admins."),
        ("Uses v1.2 of it. More.", "Uses v1.2 of it."),
        ("See `a. B` here. More.", "See `a. B` here."),
        ("[Docs](https://x.y/a.b) tell. More", "Docs tell."),
        ("**Note:** Old. New.", "Note: Old."),
        ("One line\nsecond line", "One line"),
        ("- item one. Two.\n- item two", "item one."),
        ("```\ncode\n```\n\nAfter.", "After."),
        ("Is it? Yes.", "Is it?"),
        ("No end", "No end"),
        ("", ""),
        ('He said "stop." Then left.', 'He said "stop."'),
    ],
)
def test_first_sentences(text: str, sentence: str) -> None:
    assert first_sentence(clean(text)) == sentence


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("List users", True),
        ("List users.", True),
        ("See [the docs](https://x.y/a) and **this**.", True),
        ("Use e.g. a name.", True),
        ("", True),
        ("List users. Only for admins.", False),
        ("List users\n\nOnly for admins", False),
        ("- one\n- two", False),
    ],
)
def test_one_sentence(text: str, one: bool) -> None:
    assert is_one_sentence(clean(text)) is one


def test_wrapping() -> None:
    text = clean(
        "Use `a b c d e f g h` and [a long link text](https://x.y/z) - or not.\n\n* first item that is long enough\n* second\n\n```\nx = 1  # kept as it is, however long the line may be\n```"
    )
    assert wrap(text, 30, "- ", "  ") == "\n".join(
        [
            "- Use `a b c d e f g h` and",
            "  [a long link text](https://x.y/z) -",
            "  or not.",
            "",
            "  - first item that is long",
            "    enough",
            "  - second",
            "",
            "  ```",
            "  x = 1  # kept as it is, however long the line may be",
            "  ```",
        ]
    )


@given(fragments, st.integers(10, 100))
@settings(max_examples=500, deadline=None)
def test_wrapping_keeps_every_word_and_the_width(text: str, width: int) -> None:
    cleaned = clean(text)
    wrapped = wrap(cleaned, width, "", "")
    assert wrapped.split() == cleaned.split()
    assert_harmless(wrapped)


def test_words_that_look_like_markup_never_start_a_line() -> None:
    for word in ("-", "*", "+", "#", ">", "1.", "12)", "|", "==="):
        for width in range(10, 30):
            lines = wrap(f"some words before it {word} some more words after it", width).split("\n")
            assert not any(line.startswith(f"{word} ") for line in lines)


@pytest.mark.parametrize("text", [*HOSTILE, "GET /users/{userId}", "a`b``c", "`", "https://x.y/z"], ids=ascii)
def test_code_is_one_harmless_span(text: str) -> None:
    written = code(text)
    assert "\n" not in written
    assert not FORBIDDEN.search(f"x {written}")
    if written:
        (paragraph,) = [token for token in PARSER.parse(f"x {written} y") if token.type == "inline"]
        assert [token.type for token in paragraph.children or ()] == ["text", "code_inline", "text"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("one<br> <br>two", "one\n\ntwo"),
        ("one <br> <br/> <br>`two`", "one\n\n`two`"),
        ("<p>one</p> <p>two</p>", "one\n\ntwo"),
        ("<div> <p>one</p> </div> two", "one\n\ntwo"),
        ("<table> <tr> <td>a</td> <td>b</td> </tr> </table>", "| a | b |"),
    ],
)
def test_tags_that_a_space_separates_are_all_tags(text: str, wanted: str) -> None:
    assert clean(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("**Note: use the other one.", "Note: use the other one."),
        ("Note:** use the other one.", "Note: use the other one."),
        ("**a** b\n\n**c", "**a** b\n\nc"),
        ("2**3 is eight", "2**3 is eight"),
        ("a ** b", "a ** b"),
        ("`**options` are passed", "`**options` are passed"),
        ("**Note:** use it.", "**Note:** use it."),
    ],
)
def test_bold_that_is_never_closed_is_none(text: str, wanted: str) -> None:
    assert clean(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The name of a gist", "The name of a gist."),
        ("For example `hello.py`", "For example `hello.py`."),
        ("No such user: {id}", "No such user: {id}."),
        ("Names (all of them)", "Names (all of them)."),
        ("First.\n\nSecond", "First.\n\nSecond."),
    ],
)
def test_a_sentence_ends_in_a_full_stop(text: str, wanted: str) -> None:
    assert ended(text) == wanted
    assert ended(wanted) == wanted


@pytest.mark.parametrize(
    "text",
    ["", "Done!", "One of:", "See https://shop.test/a", "One of:\n\n- a\n- b", "```\nx\n```", "| a | b |", "**Note.**", "名前", "…"],
)  # fmt: skip
def test_what_is_no_sentence_keeps_its_end(text: str) -> None:
    assert ended(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("## Using C#", "**Using C#**"), ("## A ##", "**A**"), ("# F# and C# #", "**F# and C#**"), ("#", "")],
)
def test_only_marks_behind_a_space_end_a_heading(text: str, wanted: str) -> None:
    assert clean(f"{text}\n\nx") == f"{wanted}\n\nx".strip()
