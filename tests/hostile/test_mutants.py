"""The oracle's own test: each mutant switches one protection off, and the oracle must see it."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from anyascii import anyascii

from pillarbox.naming import words
from pillarbox.naming.words import Kind, split_words, valid_name
from pillarbox.render import formatting
from pillarbox.text import characters, encoded, markdown, prose, python, toml
from pillarbox.text.tags import without_tags

from .canary import canary, write
from .cases import Workshop
from .collection import collection
from .payloads import PAYLOADS


def _everywhere(patch: pytest.MonkeyPatch, original: object, changed: Any) -> None:
    """Replace a function in every module of the generator that has a name for it."""
    for module in [module for name, module in sys.modules.items() if name.split(".")[0] == "pillarbox"]:
        for name, value in list(vars(module).items()):
            if value is original:
                patch.setattr(module, name, changed)


def _plain_encoder(text: str, language: str = "") -> markdown.MarkdownText:
    return markdown.MarkdownText._trusted(text)


def _readable_string(text: str) -> str:
    body = (
        text.replace("\\", "\\\\")
        .replace('"', '\\"')
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\0", "\\0")
    )
    return f'"{body}"'


def _raw_name(name: str, kind: Kind) -> str:
    return name or "x"


def _raw_words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


@dataclass(frozen=True, slots=True)
class Mutant:
    """Protections switched off, and the cases of which one must show it."""

    changes: tuple[tuple[object, Any], ...]
    """What is replaced, and by what."""
    cases: tuple[tuple[str, str], ...]
    """Slot and text."""


GATE = encoded.Encoded.text_of
UNESCAPED = re.compile("x^")

MUTANTS: dict[str, Mutant] = {
    "docstring escape": Mutant(
        ((python._escaped, lambda text: text),),
        (("item description", "docstring end escaped"), ("item description", "trailing backslash")),
    ),
    "docstring quotes": Mutant(
        ((python._escaped, lambda text: text.replace("\\", "\\\\")),),
        (("item description", "docstring end"),),
    ),
    "docstring loses text": Mutant(
        ((python.docstring_text, lambda text: text.split("\n")[0]),),
        (("query description", "shell"), ("item description", "sql")),
    ),
    "literal escape": Mutant(
        ((python._string, lambda text: f'"{text}"'),),
        (("query key", "literal end"), ("body value", "line end")),
    ),
    "literal without backslashes": Mutant(
        ((python._string, lambda text: repr(text.replace("\\", ""))),),
        (("form key", "named escape"), ("body key", "trailing backslash")),
    ),
    "literal loses line ends": Mutant(
        ((python._string, lambda text: ascii(" ".join(text.split("\n")))),),
        (("query key", "line end"), ("body key", "line end")),
    ),
    "literal keeps non-ASCII": Mutant(
        ((python._string, _readable_string),), (("query key", "invisible"), ("form key", "right to left"))
    ),
    "identifier check and names": Mutant(
        (
            (python.identifier, python.PythonCode._trusted),
            (valid_name, _raw_name),
            (split_words, _raw_words),
        ),
        (("query key", "statement"), ("item name", "import")),
    ),
    "names keep non-ASCII": Mutant(
        ((anyascii, lambda text: text), (words._WORD, re.compile(r"\w+"))),
        (("query key", "superscript"), ("item name", "right to left"), ("folder name", "styled letters")),
    ),
    "keywords as names": Mutant(
        ((words._is_taken, lambda name, kind: False),), (("query key", "keyword"), ("body key", "self"))
    ),
    "names of any length": Mutant(
        ((words._shortened, lambda name, kind: name),),
        (("folder name", "long"), ("inner folder name", "long words")),
    ),
    "Markdown encoders": Mutant(
        ((markdown.plain, _plain_encoder), (markdown.inline, _plain_encoder)),
        (("collection name", "emphasis"), ("item name", "emphasis")),
    ),
    "Markdown escape": Mutant(
        ((markdown._SPECIAL, UNESCAPED),), (("collection name", "emphasis"), ("item name", "emphasis"))
    ),
    "Markdown code spans": Mutant(
        ((markdown.code_span, lambda text: markdown.MarkdownText._trusted(f"`{text}`")),),
        (("path variable key", "code span end"), ("path variable key", "shell")),
    ),
    "HTML in Markdown": Mutant(
        ((without_tags, lambda text: text), (markdown._SPECIAL, UNESCAPED)),
        (("collection name", "html"), ("item name", "html")),
    ),
    "TOML escape": Mutant(
        ((toml.string, lambda text: toml.TomlText._trusted(f'"{text}"')),),
        (("collection name", "toml"), ("collection description", "trailing quote")),
    ),
    "finalize gate, with a forgotten encoder": Mutant(
        ((GATE, str), (python.literal, lambda value: f'"{value}"')),
        (("query key", "literal end"),),
    ),
    "invisible characters": Mutant(
        ((characters.visible, lambda text: text),),
        (
            ("item description", "right to left"),
            ("query description", "invisible"),
            ("form description", "unicode line ends"),
        ),
    ),
    "orders to documentation tools": Mutant(
        ((prose._harmless, lambda text: text),),
        (("item description", "doctest"), ("item description", "sphinx"), ("item description", "snippet")),
    ),
    "orders to linters": Mutant(
        ((prose._harmless, lambda text: text), (python._disarmed, lambda body: body)),
        (("item description", "directives"), ("query key", "directives")),
    ),
    "cleaning of descriptions": Mutant(
        ((prose.clean, lambda text: text),),
        (("item description", "doctest below"), ("item description", "mkdocstrings")),
    ),
}


def _forget_caches() -> None:
    for cached in (prose.clean, split_words, formatting._black):
        getattr(cached, "cache_clear", lambda: None)()


@pytest.fixture
def patch(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    _forget_caches()
    yield monkeypatch
    monkeypatch.undo()
    _forget_caches()


@pytest.mark.parametrize("name", MUTANTS)
def test_mutants_are_caught(name: str, patch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    mutant = MUTANTS[name]
    sound = Workshop(tmp_path)
    for slot, text in mutant.cases:
        assert sound.verdict(slot, PAYLOADS[text]) == [], "the case must be clean before the mutation"
    _forget_caches()
    for original, changed in mutant.changes:
        if original is GATE:
            patch.setattr(encoded.Encoded, "text_of", staticmethod(changed))
        else:
            _everywhere(patch, original, changed)
    broken = Workshop(tmp_path)
    caught: list[str] = []
    for slot, text in mutant.cases:
        try:
            caught += broken.verdict(slot, PAYLOADS[text])
        except AssertionError as error:
            caught.append(str(error))
        except Exception as error:  # a benign twin that cannot be built is a finding as well
            caught.append(f"{type(error).__name__}: {error}")
    assert caught


def test_a_forgotten_encoder_does_not_pass_the_gate(patch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With the gate in place, plain text is an error for any spec, not only for hostile ones."""
    _everywhere(patch, python.literal, lambda value: f'"{value}"')
    with pytest.raises(TypeError, match="PythonCode"):
        Workshop(tmp_path).build(collection({}))


def test_the_canary_sings(patch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A package that does something when it is imported is reported."""
    spelled = python._string
    _everywhere(
        patch,
        spelled,
        lambda text: (
            f"(__import__('os').system('true') and {spelled(text)} or {spelled(text)})"
            if text == "mark"
            else spelled(text)
        ),
    )
    (tmp_path / "specs").mkdir()
    output = Workshop(tmp_path / "specs").build(collection({"fixed header value": "mark"}))
    write(output, tmp_path / "packages" / "case")
    report = canary(tmp_path / "packages")
    assert any(event.startswith("os.system") for event in report["events"])


def test_mutants_are_many() -> None:
    assert len(MUTANTS) >= 20
