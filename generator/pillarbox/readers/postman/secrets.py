"""Secrets: which values are secret, and the placeholders that replace them.

A collection carries live credentials in auth blocks, variables, headers, fields and saved responses. None may
enter the model, so the tree is cleaned before anything else reads it; what only a parsed body can show
(fields of JSON) is cleaned while the body is read.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_plus

from ...model.problems import Origin, Problem, Severity
from ...model.types import Json
from ..lenient import text
from ..limits import NO_DEADLINE, Deadline
from ..secret_names import (
    is_secret_field,
    is_secret_name,
    is_secret_value,
    is_strong,
    name_words,
    placeholder,
    shown_instead,
)

__all__ = ["Vault"]

_LABEL = re.compile(r"[a-z]+(?:[_\- ][a-z]+)+", re.IGNORECASE)
_PLACEHOLDERS = re.compile(r"\{\{[^{}]*\}\}")
_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][\w-]{0,20})[ \t]+(?P<rest>\S.*)", re.DOTALL)
_JSON_PAIR = re.compile(r'\\?"([^"\\]{1,80})\\?"\s*:\s*(?:\[\s*)?\\?"([^"\\]{1,4096})\\?"')
_XML_PAIR = re.compile(r"<(?:[\w.-]+:)?([\w.-]{1,80})(?:\s[^<>]{0,500})?>([^<>]{1,4096})</")
_URL_PAIR = re.compile(r"(?:^|[?&;\s])([\w.\-\[\]]{1,80})=([^&;#\s\"'<>]{1,4096})")
_MAYBE = re.compile(
    r"token|secret|passw|passph|pwd|key|credential|authori|bearer|jwt|cookie|\bpin\b|cv[vc]", re.IGNORECASE
)
_STRUCTURE = frozenset(("key", "raw", "body", "type", "in", "description", "name", "id", "src", "mode"))


def _is_distinctive(value: str) -> bool:
    """True for a value that can be looked for elsewhere without hitting ordinary words."""
    if len(value) < 6 or (" " in value.strip() and len(value) < 16):
        return False
    if _LABEL.fullmatch(value):
        return len(value) >= 16
    if value.isalpha():
        return len(value) >= 12 or (len(value) >= 8 and not value.islower() and not value.istitle())
    return not value.isdigit() or len(value) >= 8


class Vault:
    """The secrets of one collection while it is read."""

    def __init__(self, deadline: Deadline = NO_DEADLINE) -> None:
        self._deadline = deadline
        self._found: dict[str, Origin] = {}
        self._everywhere: dict[str, str] = {}
        self._pattern: re.Pattern[str] | None = None

    @property
    def count(self) -> int:
        """How many different secret values were replaced."""
        return len(self._found)

    def problems(self) -> tuple[Problem, ...]:
        """One note for each secret: where it is, never what it is."""
        message = "this secret is in plain text; a placeholder is used instead"
        return tuple(
            Problem(Severity.NOTE, "secret-replaced", message, origin) for origin in self._found.values()
        )

    def hide(self, name: str, value: Json, origin: Origin) -> Json:
        """`value` if it is no secret, else a placeholder of the same JSON type."""
        if not is_secret_name(name):
            return value
        return self.replace(name, value, origin)

    def hide_field(self, name: str, value: Json, origin: Origin) -> Json:
        """As `hide`, for a field of JSON or XML: there a mere `key` names things, unless it looks random."""
        return self.replace(name, value, origin) if is_secret_field(name, value) else value

    def replace(self, name: str, value: Json, origin: Origin) -> Json:
        """A placeholder for a value that is known to be secret; a value that is a placeholder already is kept."""
        if not is_secret_value(value):
            return value
        self._found.setdefault(str(value), origin)
        return shown_instead(name, value)

    def hide_text(self, value: str, origin: Origin) -> str:
        """A text with the values of secret names in it (JSON, XML, `name=value`) replaced."""
        if not _MAYBE.search(value):
            return value
        for pattern in (_JSON_PAIR, _XML_PAIR, _URL_PAIR):
            value = pattern.sub(lambda match: self._hidden_pair(match, origin), value)
        return value

    def _hidden_pair(self, match: re.Match[str], origin: Origin) -> str:
        hidden = str(self.hide_field(match[1], match[2], origin))
        start, end = match.start(2) - match.start(), match.end(2) - match.start()
        return match[0][:start] + hidden + match[0][end:]

    # -- the whole tree ---------------------------------------------------------------------------

    def collect(self, root: Any, origin: Origin) -> None:
        """Find the secrets that are stored under a telling name, to recognise them elsewhere."""
        stack: list[tuple[Any, Any, str]] = [(root, origin, "")]
        while stack:
            self._deadline.check()
            node, here, within = stack.pop()
            if isinstance(node, list):
                stack.extend((child, _Step(here, index), within) for index, child in enumerate(node) if child)
            elif isinstance(node, dict):
                self._collect_pair(node, here, within)
                for key, child in node.items():
                    if isinstance(child, str):
                        self._collect_text(key, child, here)
                    elif child:
                        stack.append((child, _Step(here, key), key))
        if self._everywhere:
            longest_first = sorted(self._everywhere, key=len, reverse=True)
            alternatives = "|".join(re.escape(value) for value in longest_first)
            self._pattern = re.compile(rf"(?<![A-Za-z0-9])(?:{alternatives})(?![A-Za-z0-9])")

    def _collect_pair(self, node: Mapping[str, Any], here: Any, within: str) -> None:
        name, value = text(node.get("key")), node.get("value")
        if not isinstance(value, str):
            return
        words = name_words(name)
        if name.lower() in ("authorization", "proxy-authorization"):
            match = _SCHEME.fullmatch(value.strip())
            self._remember("token", match["rest"] if match else value, here)
        elif words and words[-1] == "cookie":
            self._collect_text("raw", value.replace("; ", ";"), here)
        elif node.get("type") == "secret" or (within == "apikey" and name not in ("key", "in")):
            self._remember(name if is_secret_name(name) else "secret", value, here)
        elif is_secret_name(name) and is_strong(name):
            self._remember(name, value, here)

    def _collect_text(self, key: str, value: str, here: Any) -> None:
        if key in ("raw", "body", "url"):
            if _MAYBE.search(value):
                for pattern in (_JSON_PAIR, _XML_PAIR, _URL_PAIR):
                    for match in pattern.finditer(value):
                        if is_secret_name(match[1]) and is_strong(match[1]):
                            self._remember(
                                match[1], unquote_plus(match[2]) if pattern is _URL_PAIR else match[2], here
                            )
        elif key not in _STRUCTURE and is_strong(key) and is_secret_name(key):
            self._remember(key, value, here)

    def _remember(self, name: str, value: str, here: Any) -> None:
        value = value.strip()
        if is_secret_value(value) and not _PLACEHOLDERS.search(value) and _is_distinctive(value):
            self._everywhere.setdefault(value, placeholder(name))
            self._found.setdefault(value, _origin(here))

    def clean(self, root: Any) -> Any:
        """The tree with every collected secret replaced, wherever it is in a string."""
        if self._pattern is None:
            return root
        holder: list[Any] = [root]
        stack: list[tuple[Any, Any, Any]] = [(holder, 0, root)]
        while stack:
            parent, where, node = stack.pop()
            if isinstance(node, str):
                self._deadline.check()
                parent[where] = self._pattern.sub(self._known, node)
            elif isinstance(node, list):
                parent[where] = copied = list(node)
                stack.extend((copied, index, child) for index, child in enumerate(node))
            elif isinstance(node, dict):
                parent[where] = copied_object = dict(node)
                stack.extend((copied_object, key, child) for key, child in node.items())
        return holder[0]

    def _known(self, match: re.Match[str]) -> str:
        return self._everywhere[match[0]]


class _Step:
    """A step of the walk through a tree: an origin is only made where one is needed."""

    __slots__ = ("above", "key")

    def __init__(self, above: Any, key: str | int) -> None:
        self.above = above
        self.key = key


def _origin(here: Any) -> Origin:
    keys: list[str | int] = []
    while isinstance(here, _Step):
        keys.append(here.key)
        here = here.above
    origin: Origin = here
    return origin.child(*reversed(keys)) if keys else origin
