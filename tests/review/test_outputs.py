"""How reviews are said: a comment that fits and that a hostile spec cannot speak in, JSON, annotations, a changelog."""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from pillarbox.cli.app import main
from pillarbox.model.problems import Origin
from pillarbox.review.annotations import annotations
from pillarbox.review.changelog import changelog
from pillarbox.review.changes import Bump, Change, Review, in_new, in_old
from pillarbox.review.checks import Check, Severity
from pillarbox.review.compare import compare
from pillarbox.review.data import review_data
from pillarbox.review.grouping import folded
from pillarbox.review.json_lines import lines_in
from pillarbox.review.lines import review_lines
from pillarbox.review.markdown import LIMIT, MARKER, comment

HERE = Origin("specs/shop.json", "/item/0")
HOSTILE = (
    "@octocat",
    "#1 GH-1",
    "</details></sub>",
    "-->",
    "<!-- pillarbox-diff -->",
    "`` ` ```",
    "a\n\n## Heading\n- item\n",
    "![x](https://evil.example/x.png)",
    "[click](javascript:alert(1))",
    "https://evil.example",
    "<img src=x onerror=alert(1)>",
    "| a | b |\n| - | - |",
    "\u202ereversed\u200b",
    "&lt;b&gt; &#64;octocat",
    "::error::x%0A::warning::y",
    "\r\n::set-output name=x::y",
    "$(id) {old} {new} {0}",
    "",
)


def review(*changes: Change) -> Review:
    return Review(client="shop", changes=changes)


def hostile_review(text: str) -> Review:
    """The text wherever a spec can put it."""
    return review(
        *(
            in_old(
                check, f"{text}.{text}({text})", Origin(text, f"/{text}"), old=text, new=text, reaches=(text,)
            )
            for number, check in enumerate(Check)
        ),
    )


def shape(text: str) -> list[tuple[str, str]]:
    """What a reader of Markdown sees: kinds of tokens in order, with the content of all that is not code."""
    found: list[tuple[str, str]] = []
    for token in MarkdownIt("commonmark").enable("table").enable("strikethrough").parse(text):
        for part in token.children or [token]:
            content = "" if part.type == "code_inline" else part.content
            found.append((part.type, content))
    return found


@pytest.mark.parametrize("text", HOSTILE)
def test_a_spec_cannot_speak_in_the_comment(text: str) -> None:
    """The comment has the shape of a harmless one, and nothing of the text stands outside of code."""
    harmless, hostile = hostile_review("word"), hostile_review(text)
    assert shape(str(comment([hostile]))) == shape(str(comment([harmless])))
    assert shape(str(changelog(hostile, heading=True))) == shape(str(changelog(harmless, heading=True)))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_spec_cannot_give_commands_to_a_workflow(text: str) -> None:
    lines = [str(line) for line in annotations(hostile_review(text))]
    assert lines
    for line in lines:
        assert re.fullmatch(
            r"::(error|warning|notice) (file=[^:,\r\n]*,)?(line=\d+,)?title=[^:,\r\n]*::[^\r\n]*", line
        )
        assert "%0A" not in line.replace("%250A", "")


def many(count: int, check: Check = Check.ARGUMENT_REMOVED) -> Review:
    return review(
        *(
            in_old(check, f"resource_{number}.operation(argument_{number})", HERE, old="x" * 150)
            for number in range(count)
        )
    )


@pytest.mark.parametrize("count", [10, 200, 1_000, 20_000])
@pytest.mark.parametrize("clients", [1, 3])
def test_a_comment_fits(count: int, clients: int) -> None:
    text = str(comment([many(count)] * clients))
    assert len(text.encode("utf-8")) <= LIMIT + 500 < 65_536
    assert text.count("<details>") == text.count("</details>")
    listed = text.count("- `resource_")
    cut = sum(int(found) for found in re.findall(r"… and (\d+) more lines", text))
    assert listed + cut == count * clients
    assert f"**{count} breaking**" in text


def test_what_is_cut_first_is_what_matters_least() -> None:
    changes = (
        *many(60).changes,
        *many(900, Check.ARGUMENT_ADDED_OPTIONAL).changes,
        *(in_new(Check.DOCS_CHANGED, f"r{number}.o", HERE) for number in range(50)),
    )
    text = str(comment([review(*changes)]))
    assert text.count("is gone; it was") == 60
    assert "more lines: a comment holds no more" in text


def test_the_marker_is_the_first_line() -> None:
    assert str(comment([review()])).startswith(f"{MARKER}\n")
    assert "nothing changes for callers" in str(comment([review()]))


def test_what_says_the_same_is_told_once() -> None:
    found = folded(
        in_old(Check.BODY_FIELD_REMOVED, f"{model}.{field}", HERE)
        for model in ("A", "B")
        for field in ("cvc", "number")
    )
    (fold,) = found
    assert fold.holders == ("A", "B")
    assert fold.members == ("cvc", "number")
    assert len(fold.changes) == 4


@pytest.mark.parametrize(
    ("checks", "bump"),
    [
        ((), Bump.NONE),
        ((Check.DOCS_CHANGED,), Bump.PATCH),
        ((Check.DOCS_CHANGED, Check.OPERATION_ADDED), Bump.MINOR),
        ((Check.ROUTE_CHANGED,), Bump.MINOR),
        ((Check.DOCS_CHANGED, Check.OPERATION_REMOVED), Bump.MAJOR),
    ],
)
def test_the_suggested_bump(checks: Sequence[Check], bump: Bump) -> None:
    assert review(*(in_new(check, "x", HERE) for check in checks)).bump is bump


def test_the_data_is_whole() -> None:
    data = review_data(hostile_review("a"))
    assert json.loads(json.dumps(data)) == data
    assert {change["check"] for change in data["changes"]} == {check.id for check in Check}
    assert sum(data["counts"].values()) == len(data["changes"])
    assert set(data["changes"][0]) == {
        "check", "severity", "symbol", "message", "hint", "old", "new", "reaches", "side", "file", "pointer",
    }  # fmt: skip


def test_every_check_reads_as_a_sentence() -> None:
    for check in Check:
        assert check.text[0].islower() and check.text[-1] not in ".!?", check.id
        assert re.fullmatch(r"[a-z]+(-[a-z]+)+", check.id)
        assert not check.hint or (check.hint[0].isupper() and check.hint[-1] == "."), check.id
        assert check.hint or check.severity is not Severity.BREAKING, f"{check.id}: what shall a caller do?"


def test_the_terminal_gets_one_line_a_thing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Control characters of a spec do not reach the terminal."""
    from pillarbox.cli.console import printable

    for line in review_lines(hostile_review("\x1b[31mred\x07\n"), verbose=True):
        assert printable(line).isprintable()


def test_clients_that_come_and_go() -> None:
    assert compare("shop", None, None).changes == ()


def test_formats_and_limits_are_checked(capsys: pytest.CaptureFixture[str]) -> None:
    for option in (["--format", "xml"], ["--fail-on", "docs"]):
        assert main(["diff", *option]) == 2
        assert capsys.readouterr().err.count("\n") == 1


TREE: dict[str, Any] = {
    "a/b": [1, {"c~d": None, "e": "{[,:]}"}, [], [[2, 3]]],
    "": {"x": {}, 'quote"d': [True]},
    "last": "\\\\",
}


def pointers(value: Any, here: str = "") -> Iterator[str]:
    yield here
    members = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, member in members:
        step = str(key).replace("~", "~0").replace("/", "~1")
        yield from pointers(member, f"{here}/{step}")


@pytest.mark.parametrize("indent", [None, 0, 2])
def test_lines_of_places(indent: int | None) -> None:
    text = json.dumps(TREE, indent=indent)
    wanted = list(pointers(TREE))
    found = lines_in(text, wanted)
    assert list(found) == wanted
    for pointer, line in found.items():
        assert (
            pointer.rpartition("/")[2].isdecimal()
            or pointer == ""
            or json.dumps(pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~"))
            in text.split("\n")[line - 1]
        )
    assert list(found.values()) == sorted(found.values())


@pytest.mark.parametrize(
    "text", ["", "]", "}{", "openapi: 3.1.0\npaths:\n  /a: {}\n", '{"a": ', '"', "[[[", ",", ":"]
)
def test_lines_of_what_is_no_json(text: str) -> None:
    lines_in(text, ["/a", ""])


def test_an_annotation_stands_beside_its_place() -> None:
    change = in_new(Check.OPERATION_ADDED, "a.b", Origin("new.json", "/item/0"), new="GET /")
    found = Review(client="shop", new="new.json", changes=(change,))
    assert list(annotations(found, {"/item/0": 7})) == [
        "::notice file=new.json,line=7,title=shop%3A operation added::a.b is new: GET /. (new.json#/item/0)"
    ]
