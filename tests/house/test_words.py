"""Words that were withdrawn: none is left in documentation, help, messages or generated text.

Each was a private word for something that the field has a term for (the glossary of CONTRIBUTING.md), or a way of saying less
than it seems. The patterns are narrow, so that good English passes; code is not prose and is left out of the pages.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from pillarbox.cli import app as command_line

from .documentation import PAGES, ROOT

EVERYWHERE = {
    r"\bholes?\b": "placeholder",
    r"\btwins?\b": "the asynchronous class, the folded copy",
    r"\bheirs?\b": "subtypes",
    r"what it was (?:given|told)": "name the thing: the argument, the spec",
    r"the strongest last": "later files override earlier ones",
    r"\bAs the spec describes `": "leave it out",
    r"\bModels around `": "`X` and the models nested in it",
    r"\bWhat `[\w.]+` answers\b": "Response of `x`",
    r"\bModels of answers\b": "response models",
    r"\b(?:bodies|body|fields|objects?) (?:is|are|was|were|once) spread\b|\bspread (?:into|to) (?:keyword )?arguments": "flatten",
}
"""In generated text and templates too, where anything else may be the text of a spec."""

PROSE = EVERYWHERE | {
    r"\b(?:an|the|saved|each|every|whole|made|documented|no|several|of|its|client's|API's) answers?\b|\banswers? (?:of|to be)\b"
    r"|\banswer's\b": "response",
    r"\b(?:stands?|stood) (?:in|at|on|beside|above|below|under|there|first|outside|behind|once|open|with)\b": "is",
    r"\b(?:lies|lie|lay) (?:in|at|on|beside|above|below|under|there|outside|with)\b": "is",
    r"\bwhere you stand\b": "the current folder",
    r"\b(?:is|are|was|were|be) told\b(?! apart)|\btold (?:in|by|once|as|of|the)\b": "documented, reported",
    r"\b(?:is|are|was|were|and) said\b": "documented, reported",
    r"\brooms?\b": "package",
    r"\bwithout a word\b|\bin silence\b": "by default; silently",
    r"\b(?:go|goes|went) by\b": "is named by, is identified by",
    r"\bspeaks?\b": "decides",
    r"\bnothing to do is found out\b|\bdirection decides\b": "say what happens",
    r"\bwhat (?:is|was|comes|came) (?:given|out|after)\b|\bas it was given\b": "name the thing",
}
"""In the documentation, in help and in messages."""

MESSAGES = ("generator/pillarbox/review/messages.py", "generator/pillarbox/review/checks.py")
GENERATED = ("generated", "tests/cases", "templates")
SUFFIXES = (".py", ".md", ".jinja", ".toml")


def faults(text: str, patterns: dict[str, str]) -> Iterator[str]:
    for pattern, instead in patterns.items():
        for match in re.finditer(pattern, text, re.I):
            line = text.count("\n", 0, match.start()) + 1
            yield f"line {line}: {' '.join(match[0].split())!r}: {instead}"


def prose(page: str) -> str:
    """A page without its code; as many lines as before."""
    without = re.sub(r"^```.*?^```", lambda match: "\n" * match[0].count("\n"), page, flags=re.M | re.S)
    return re.sub(r"`[^`\n]*`", "``", without)


def texts() -> Iterator[tuple[str, str, dict[str, str]]]:
    """(where, text, patterns) of all that users read."""
    for page in PAGES:
        yield page.relative_to(ROOT).as_posix(), prose(page.read_text(encoding="utf-8")), PROSE
    for name in MESSAGES:
        yield name, messages(ROOT / name), PROSE
    for name, text in help_texts():
        yield name, text, PROSE
    for folder in GENERATED:
        for path in sorted((ROOT / folder).rglob("*")):
            inside = path.relative_to(ROOT).parts
            if path.suffix not in SUFFIXES or "__pycache__" in inside:
                continue
            if folder == "tests/cases" and "expected" not in inside:
                continue
            name = path.relative_to(ROOT).as_posix()
            yield name, path.read_text(encoding="utf-8"), generated_patterns(inside)


def messages(path: Path) -> str:
    """The texts of a module that are no docstrings: what it can print."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    comments = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return "\n".join(
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in comments
    )


def generated_patterns(inside: tuple[str, ...]) -> dict[str, str]:
    """Without the words that the spec of a case uses itself."""
    if inside[:2] != ("tests", "cases"):
        return EVERYWHERE
    text = " ".join(
        path.read_text(encoding="utf-8", errors="replace")
        for path in ROOT.joinpath(*inside[:3]).glob("spec.*")
    )
    return {pattern: instead for pattern, instead in EVERYWHERE.items() if not re.search(pattern, text, re.I)}


def help_texts() -> Iterator[tuple[str, str]]:
    def walk(command: object, name: str) -> Iterator[tuple[str, str]]:
        parts = [str(getattr(command, "help", None) or "")]
        parts += [str(getattr(parameter, "help", None) or "") for parameter in getattr(command, "params", [])]
        yield f"{name} --help", "\n".join(parts)
        for inner, below in getattr(command, "commands", {}).items():
            yield from walk(below, f"{name} {inner}")

    yield from walk(typer.main.get_command(command_line.app), "pillarbox")


def found() -> dict[str, list[str]]:
    return {
        where: list(faults(text, patterns))
        for where, text, patterns in texts()
        if any(faults(text, patterns))
    }


def test_no_withdrawn_words() -> None:
    assert found() == {}


@pytest.mark.parametrize(
    "text",
    [
        "a hole in the path",
        "A body that was once spread into arguments",
        "the whole answer",
        "What stands on the socket stands in a file",
        "it is told in the docstring",
        "What `users.get` answers.",
        "which room may import it",
    ],
)
def test_a_withdrawn_word_is_found(text: str) -> None:
    assert list(faults(text, PROSE))


@pytest.mark.parametrize(
    "text",
    [
        "unions told apart by a tag",
        "a transport that answers from examples",
        "the file `stands in` code",
        "what it stands for",
        "an understanding of the whole",
        "the value lies between 1 and 3",
    ],
)
def test_good_english_passes(text: str) -> None:
    assert list(faults(prose(text), PROSE)) == []
