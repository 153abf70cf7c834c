"""JSON with comments and variables in it -> a sample tree."""

import json
import re
from typing import Any

from ...model.problems import Origin
from ...model.types import Anything, Json, Scalar, ScalarKind
from ..documents import parse_json
from ..inference import Known, infer
from ..secret_names import is_secret_name, name_words
from .converted import sample
from .parameter_values import filled
from .secrets import Vault
from .variables import PLACEHOLDER, Scope, dynamic, whole_placeholder

__all__ = ["MAX_DEPTH", "hidden", "parse_template", "without_comments"]

MAX_DEPTH = 100
"""Deeper bodies stay text: nobody types them, and every stage may then walk trees by recursion."""

_COMMENT = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|//[^\n]*|/\*', re.DOTALL)
_PLACEHOLDER = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|\{\{([^{}]*)\}\}', re.DOTALL)
_COUNTS = frozenset(
    "version count quantity limit offset page index size position year month day timestamp number port age".split()
)
"""A variable without quotes is never plain text, so these names tell what it is."""
_MEASURES = frozenset("amount price rate total latitude longitude percent percentage weight".split())
_BARE = "\0bare:"


def without_comments(text: str) -> str:
    """The text without `//` and `/* */` outside of strings; nothing replaces them."""
    if "/" not in text:
        return text
    kept: list[str] = []
    position = 0
    while (match := _COMMENT.search(text, position)) is not None:
        end = match.end()
        if match[0] == "/*":
            closing = text.find("*/", end)
            if closing < 0:
                break
            end = closing + 2
        kept.append(text[position : match.start()] if match[0][0] == "/" else text[position:end])
        position = end
    return "".join((*kept, text[position:]))


def _quoted(match: re.Match[str]) -> str:
    return match[0] if match[1] is None else json.dumps(_BARE + match[1])


def parse_template(text: str, scope: Scope) -> Any:
    """The sample tree of a JSON text that may hold variables, quoted or not.

    Raises:
        ValueError: the text is no JSON even so.
    """
    text = scope.flatten(text)
    if "{{" in text:
        text = _PLACEHOLDER.sub(_quoted, text)
    return _with_variables(sample(parse_json(text, depth=MAX_DEPTH)), scope)


def _with_variables(value: Any, scope: Scope) -> Any:
    match value:
        case str() if value.startswith(_BARE):
            return _bare(value[len(_BARE) :], scope)
        case str() if "{{" in value:
            return _in_string(value, scope)
        case list():
            return [_with_variables(item, scope) for item in value]
        case dict():
            return {_name(key, scope): _with_variables(item, scope) for key, item in value.items()}
        case _:
            return value


def _name(key: str, scope: Scope) -> str:
    if key.startswith(_BARE):
        key = f"{{{{{key[len(_BARE) :]}}}}}"
    return scope.resolve(key) if "{{" in key else key


def _in_string(value: str, scope: Scope) -> Any:
    """A placeholder in quotes is a string, whatever its value."""
    name = whole_placeholder(value)
    if name is None:
        return filled(value, scope) if PLACEHOLDER.search(value) else value
    known = dynamic(name) if name not in scope.values else None
    text = str(known.example) if known is not None and known.example is not None else scope.value(name)
    return Known(Scalar(ScalarKind.STRING), text)


def _bare(name: str, scope: Scope) -> Known:
    """A placeholder without quotes is whatever JSON its value is."""
    if name not in scope.values and (known := dynamic(name)) is not None:
        return known
    text = scope.value(name)
    if text is not None:
        try:
            value = sample(parse_json(text, depth=10))
        except ValueError:
            value = None
        if value is not None:
            return Known(
                infer([value], for_request=True),
                value if isinstance(value, bool | int | float | str) else None,
            )
    word = (name_words(name) or ("",))[-1]
    if word in _COUNTS:
        return Known(Scalar(ScalarKind.INTEGER))
    if word in _MEASURES:
        return Known(Scalar(ScalarKind.NUMBER))
    return Known(Anything("a variable without a value, not in quotes"))


def hidden(value: Any, vault: Vault, origin: Origin, wire: str = "") -> Any:
    """The tree with the values of secret names replaced. Recursive: the depth is bounded by the parser."""
    match value:
        case dict():
            return {key: hidden(item, vault, origin, key) for key, item in value.items()}
        case list():
            return [hidden(item, vault, origin, wire) for item in value]
        case Known(kind, example) if example is not None and is_secret_name(wire):
            return Known(kind, vault.replace(wire, example, origin))
        case Known():
            return value
        case _:
            plain: Json = value
            return vault.hide_field(wire, plain, origin)
