"""The one rule of encoded text: nothing plain gets in, no part gets out as encoded text."""

import pickle
from collections.abc import Callable
from typing import Any

import pytest
from markupsafe import Markup

from pillarbox.text import markdown, python, toml
from pillarbox.text.encoded import Encoded
from pillarbox.text.markdown import MarkdownText
from pillarbox.text.python import PythonCode
from pillarbox.text.toml import TomlText
from pillarbox.text.workflow import WorkflowText

KINDS: list[type[Encoded]] = [PythonCode, MarkdownText, TomlText, WorkflowText]

Compose = Callable[[type[Encoded], Any], object]

ROUTES: dict[str, Compose] = {
    "format": lambda kind, value: kind("x {}").format(value),
    "format by name": lambda kind, value: kind("x {y}").format(y=value),
    "join": lambda kind, value: kind(", ").join([kind("a"), value]),
    "join alone": lambda kind, value: kind(", ").join([value]),
    "add": lambda kind, value: kind("a") + value,
    "add before": lambda kind, value: value + kind("a"),
    "percent": lambda kind, value: kind("a %s") % value,
    "escape": lambda kind, value: kind.escape(value),
    "constructor": lambda kind, value: kind(value) if type(value) is not str else kind("").join([value]),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("value", ["plain", Markup("markup"), True, None, 1.5, b"bytes", ["x"]], ids=repr)
def test_only_its_own_class_and_integers_mix_in(kind: type[Encoded], route: str, value: object) -> None:
    with pytest.raises(TypeError):
        ROUTES[route](kind, value)


@pytest.mark.parametrize("route", sorted(set(ROUTES) - {"constructor"}))
def test_other_languages_do_not_mix_in(route: str) -> None:
    for kind in KINDS:
        for other in KINDS:
            if other is not kind:
                with pytest.raises(TypeError):
                    ROUTES[route](kind, other("x"))


@pytest.mark.parametrize("kind", KINDS)
def test_composing_keeps_the_class(kind: type[Encoded]) -> None:
    made = kind("{} = {x}{{}}").format(kind("a"), x=3)
    assert type(made) is kind
    assert str(made) == "a = 3{}"
    assert type(made + kind("b")) is kind
    assert type(kind(", ").join([made, kind("b"), 7])) is kind
    assert str(kind(", ").join([made, kind("b"), 7])) == "a = 3{}, b, 7"


def test_composed_text_is_no_pattern() -> None:
    spec_text = python.literal("{0.__class__} {name}")
    for composed in (spec_text, PythonCode("x = {}").format(spec_text), PythonCode("x = ") + spec_text):
        with pytest.raises(TypeError, match="constant"):
            composed.format(PythonCode("y"))


@pytest.mark.parametrize("pattern", ["{.x}", "{0.x}", "{0[1]}", "{!r}", "{!s}", "{:>9}", "{a.b}"])
def test_patterns_are_plain(pattern: str) -> None:
    with pytest.raises(TypeError):
        PythonCode(pattern).format(PythonCode("x"), a=PythonCode("y"))


PARTS: dict[str, Callable[[Any], object]] = {
    "index": lambda text: text[0],
    "slice": lambda text: text[1:-1],
    "strip": lambda text: text.strip("x"),
    "lstrip": lambda text: text.lstrip(),
    "rstrip": lambda text: text.rstrip(),
    "replace": lambda text: text.replace('"', ""),
    "split": lambda text: text.split("x"),
    "rsplit": lambda text: text.rsplit("x"),
    "splitlines": lambda text: text.splitlines(),
    "partition": lambda text: text.partition("x"),
    "rpartition": lambda text: text.rpartition("x"),
    "upper": lambda text: text.upper(),
    "lower": lambda text: text.lower(),
    "title": lambda text: text.title(),
    "capitalize": lambda text: text.capitalize(),
    "swapcase": lambda text: text.swapcase(),
    "casefold": lambda text: text.casefold(),
    "center": lambda text: text.center(9),
    "ljust": lambda text: text.ljust(9),
    "rjust": lambda text: text.rjust(9),
    "zfill": lambda text: text.zfill(9),
    "expandtabs": lambda text: text.expandtabs(),
    "translate": lambda text: text.translate({34: None}),
    "removeprefix": lambda text: text.removeprefix("x"),
    "removesuffix": lambda text: text.removesuffix("x"),
    "unescape": lambda text: text.unescape(),
    "striptags": lambda text: text.striptags(),
    "format_map": lambda text: text.format_map({}),
    "times": lambda text: text * 2,
    "times before": lambda text: 2 * text,
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("part", PARTS)
def test_parts_are_refused(kind: type[Encoded], part: str) -> None:
    with pytest.raises(TypeError):
        PARTS[part](kind("x {} x"))


def test_every_method_that_returns_text_is_decided() -> None:
    """Whatever `str` or `Markup` offers is refused, composes by our rules, or does not return encoded text."""
    decided = {*PARTS, "format", "join", "escape"}
    for name in dir(Markup):
        if name.startswith("_") or name in decided:
            continue
        method = getattr(PythonCode("x {} x"), name)
        for arguments in ((), ("x",), (3,)):
            try:
                result = method(*arguments)
            except (TypeError, LookupError):
                continue
            assert not isinstance(result, Markup), name


def test_pickling_keeps_class_and_text() -> None:
    for text in (python.literal("a'b"), markdown.plain("*"), toml.string("x")):
        copy = pickle.loads(pickle.dumps(text))
        assert type(copy) is type(text)
        assert copy == text
