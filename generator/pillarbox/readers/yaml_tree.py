"""Text of a YAML document -> a tree of JSON values, composed from the parser's events by a loop.

Scalars are those of the YAML 1.2 core schema (10.3 of the specification), so `no`, `on`, `12:30` and dates stay text
as they do in JSON. An alias counts as much as the value that it repeats, and every limit is checked before objects exist.
Knows no format.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import yaml

from ..model.problems import Origin, Problem, Severity, SpecError
from .documents import Document, read_text
from .limits import LimitError, Limits

__all__ = ["Written", "compose", "core_value", "is_yaml", "load_yaml", "resolved"]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The C parser where PyYAML was built with it, else the slow one."""

_SCALAR, _ALIAS = yaml.ScalarEvent, yaml.AliasEvent
_MAPPING, _SEQUENCE = yaml.MappingStartEvent, yaml.SequenceStartEvent
_MAPPING_END, _SEQUENCE_END = yaml.MappingEndEvent, yaml.SequenceEndEvent

_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_STARTS = frozenset("-+.0123456789~nNtTfF")
_INTEGER = re.compile(r"[-+]?[0-9]+", re.ASCII)
_OCTAL = re.compile(r"0o[0-7]+", re.ASCII)
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+", re.ASCII)
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", re.ASCII)
_NO_NUMBER = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_MOST_DIGITS = 4_000
"""Longer integers are refused by Python, and no program means them."""

_CORE = "tag:yaml.org,2002:"
_VARIABLE = re.compile(r"(?:^|[:\-,\[?]\s+|^\s*)\{\{")
_QUOTE_IT = "`{{` without quotes begins a YAML mapping: put the whole text in quotes"
_MAX_NOTED = 20
_NO_KEY: Any = object()
_MERGE: Any = object()


class Written(str):
    """A scalar that was written without quotes, as its text: `core_value` says what YAML takes it for."""

    __slots__ = ()


class _NoNumber(ValueError):
    """A number that JSON does not have."""


def core_value(text: str) -> Any:
    """What the core schema makes of a plain scalar: None, a boolean, a number or the text itself.

    Raises:
        ValueError: infinity, not a number, or a number that no program can hold: JSON has none of them.
    """
    if text[:1] not in _STARTS and text:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        if len(text) > _MOST_DIGITS:
            raise _NoNumber
        return int(text)
    if _OCTAL.fullmatch(text):
        return int(text[2:], 8)
    if _HEXADECIMAL.fullmatch(text):
        return int(text[2:], 16)
    if _FLOAT.fullmatch(text):
        value = float(text)
        if value in (float("inf"), float("-inf")):
            raise _NoNumber
        return value
    if _NO_NUMBER.fullmatch(text):
        raise _NoNumber
    return text


def resolved(tree: Any) -> Any:
    """A tree that was read with `text=True`, with its plain scalars as the core schema has them."""
    holder: list[Any] = [tree]
    stack: list[tuple[Any, Any, Any]] = [(holder, 0, tree)]
    while stack:
        parent, where, node = stack.pop()
        match node:
            case Written():
                try:
                    parent[where] = core_value(str(node))
                except ValueError:
                    parent[where] = str(node)
            case list():
                parent[where] = copied = list(node)
                stack.extend((copied, index, child) for index, child in enumerate(node))
            case dict():
                parent[where] = again = dict(node)
                stack.extend((again, key, child) for key, child in node.items())
            case _:
                pass
    return holder[0]


@dataclass(slots=True)
class _Frame:
    """A container that is being filled."""

    container: Any
    anchor: str | None
    start: int
    """Values counted before it, to know how many an alias of it repeats."""
    key: Any = _NO_KEY
    merged: list[Any] = field(default_factory=list)
    height: int = 1


@dataclass(frozen=True, slots=True)
class _Anchored:
    value: Any
    nodes: int
    height: int


class _Composer:
    """One document while it is built."""

    def __init__(self, file: str, limits: Limits, *, text: bool) -> None:
        self._origin = Origin(file)
        self._limits = limits
        self._text = text
        self._anchors: dict[str, _Anchored] = {}
        self._stack: list[_Frame] = []
        self._merges = 0
        self._done = False
        self.root: Any = None
        self.nodes = 0
        self.problems: list[Problem] = []

    def refuse(self, message: str, event: Any = None) -> NoReturn:
        raise SpecError(message, self._at(event))

    def _at(self, event: Any) -> Origin:
        mark = getattr(event, "start_mark", None)
        return Origin(self._origin.file, line=None if mark is None else mark.line + 1)

    def _note(self, code: str, message: str, event: Any) -> None:
        if len(self.problems) < _MAX_NOTED:
            origin = Origin(self._origin.file, line=event.start_mark.line + 1)
            self.problems.append(Problem(Severity.NOTE, code, message, origin))

    def run(self, events: Iterator[Any]) -> None:
        stack = self._stack
        limit = self._limits.nodes
        for event in events:
            kind = type(event)
            if kind is _SCALAR:
                frame = stack[-1] if stack else None
                if frame is not None and frame.key is _NO_KEY and type(frame.container) is dict:
                    self._key(frame, event)
                    continue
                self.nodes += 1
                self._add(self._scalar(event), event)
                if event.anchor is not None:
                    self._anchors[event.anchor] = _Anchored(self._last, 1, 0)
            elif kind is _MAPPING or kind is _SEQUENCE:
                self._open(event, {} if kind is _MAPPING else [])
            elif kind is _MAPPING_END or kind is _SEQUENCE_END:
                self._close(event)
            elif kind is _ALIAS:
                self._alias(event)
            elif kind is yaml.DocumentStartEvent and self._done:
                self.refuse("there is a second YAML document in this file; one is expected", event)
            if self.nodes > limit:
                message = (
                    f"more values than the limit of {limit:,}, an alias counted as the value that it repeats"
                )
                raise LimitError(message, "nodes", self._at(event))
        if not self._done:
            self.refuse("the file is empty")

    def _scalar(self, event: Any) -> Any:
        value: str = event.value
        if event.tag is not None:
            return self._tagged(event)
        if not event.implicit[0]:
            return value
        if self._text:
            return None if value in _WORDS and _WORDS[value] is None else Written(value)
        try:
            return core_value(value)
        except ValueError:
            self._note("no-number", f"{value[:40]} is no number that JSON has; it is read as text", event)
            return value

    def _tagged(self, event: Any) -> Any:
        kind = str(event.tag).removeprefix(_CORE)
        if event.tag == "!" or kind == "str":
            return event.value
        kinds = {"null": type(None), "bool": bool, "int": int, "float": float}
        if kind not in kinds:
            self._refuse_tag(event)
        try:
            value = core_value(event.value)
        except ValueError:
            value = event.value
        if kind == "float" and type(value) is int:
            value = float(value) if abs(value) < 10**300 else None
        if type(value) is not kinds[kind]:
            self.refuse(f"{event.value[:40]!a} is no !!{kind}", event)
        return Written(event.value) if self._text and value is not None else value

    def _refuse_tag(self, event: Any) -> NoReturn:
        self.refuse(f"the YAML tag {str(event.tag)[:60]!a} is not read: only plain data is", event)

    def _key(self, frame: _Frame, event: Any) -> None:
        if event.tag is not None and event.tag != f"{_CORE}str":
            if event.tag not in ("!", *(f"{_CORE}{kind}" for kind in ("int", "float", "bool", "null"))):
                self._refuse_tag(event)
        elif event.value == "<<" and event.implicit[0]:
            self._merges += 1
            self._check_merges(event)
            frame.key = _MERGE
            return
        key: str = event.value
        if key in frame.container:
            message = f"the key {key[:80]!a} is twice in one mapping; the last one counts"
            self._note("duplicate-key", message, event)
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchored(key, 1, 0)
        frame.key = key

    def _add(self, value: Any, event: Any) -> None:
        self._last = value
        if not self._stack:
            self.root, self._done = value, True
            return
        frame = self._stack[-1]
        if type(frame.container) is list:
            frame.container.append(value)
        elif frame.key is _MERGE:
            self._merge(frame, value, event)
        else:
            frame.container[frame.key] = value
            frame.key = _NO_KEY

    def _merge(self, frame: _Frame, value: Any, event: Any) -> None:
        frame.key = _NO_KEY
        sources = value if isinstance(value, list) else [value]
        self._merges += max(0, len(sources) - 1)
        if not all(isinstance(source, dict) for source in sources):
            self.refuse("the merge key `<<` takes a mapping or a list of mappings", event)
        self._check_merges(event)
        frame.merged.extend(sources)

    def _check_merges(self, event: Any) -> None:
        limit = self._limits.merge_keys
        if self._merges > limit:
            raise LimitError(f"more merge keys than the limit of {limit:,}", "merge_keys", self._at(event))

    def _check_depth(self, levels: int, event: Any) -> None:
        limit = self._limits.depth
        if levels > limit:
            raise LimitError(f"nested deeper than {limit} levels", "depth", self._at(event))

    def _open(self, event: Any, container: Any) -> None:
        if self._stack and self._stack[-1].key is _NO_KEY and type(self._stack[-1].container) is dict:
            is_variable = event.flow_style and type(container) is dict and self._stack[-1].container == {}
            self.refuse(_QUOTE_IT if is_variable else "a list or a mapping cannot be a key", event)
        if event.tag is not None and event.tag not in ("!", f"{_CORE}{'map' if container == {} else 'seq'}"):
            self._refuse_tag(event)
        self.nodes += 1
        self._stack.append(_Frame(container, event.anchor, self.nodes))
        self._check_depth(len(self._stack), event)
        self._limits.deadline.check()

    def _close(self, event: Any) -> None:
        frame = self._stack.pop()
        if frame.merged:
            own = dict(frame.container)
            frame.container.clear()
            for source in reversed(frame.merged):
                frame.container.update(source)
            frame.container.update(own)
        if frame.anchor is not None:
            size = self.nodes - frame.start + 1
            self._anchors[frame.anchor] = _Anchored(frame.container, size, frame.height)
        if self._stack:
            self._stack[-1].height = max(self._stack[-1].height, frame.height + 1)
        self._add(frame.container, event)

    def _alias(self, event: Any) -> None:
        found = self._anchors.get(event.anchor)
        if found is None:
            inside = any(frame.anchor == event.anchor for frame in self._stack)
            why = "is inside of the value that it names" if inside else "names nothing before it"
            self.refuse(f"the alias *{event.anchor[:60]} {why}", event)
        frame = self._stack[-1]
        if frame.key is _NO_KEY and type(frame.container) is dict:
            if not isinstance(found.value, str):
                self.refuse("a list or a mapping cannot be a key", event)
            frame.key = str(found.value)
            return
        self.nodes += found.nodes
        self._check_depth(len(self._stack) + found.height, event)
        frame.height = max(frame.height, found.height + 1)
        self._add(found.value, event)


def _events(loader: Any) -> Iterator[Any]:
    while (event := loader.get_event()) is not None:
        yield event
        if type(event) is yaml.StreamEndEvent:
            return


def compose(content: str, file: str, limits: Limits, *, text: bool = False) -> Document:
    """The tree of a YAML text.

    Args:
        content: The text.
        file: Its file, for messages.
        limits: Depth, values and merge keys that it may have, and the time.
        text: True: a scalar without quotes stays its text (`Written`), except for null.

    Raises:
        SpecError: no YAML, more than one document, a tag, or more than the limits; with the line.
    """
    composer = _Composer(file, limits, text=text)
    try:
        loader = _LOADER(content)
        try:
            composer.run(_events(loader))
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        raise _broken(content, file, error) from None
    except (yaml.YAMLError, ValueError) as error:
        reason = getattr(error, "reason", "") or str(error)
        where = getattr(error, "position", None)
        line = content.count("\n", 0, where) + 1 if isinstance(where, int) else None
        raise SpecError(f"not YAML: {' '.join(str(reason).split())[:200]}", Origin(file, line=line)) from None
    return Document(composer.root, file, tuple(composer.problems), composer.nodes)


def _broken(content: str, file: str, error: yaml.MarkedYAMLError) -> SpecError:
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return SpecError(f"not YAML: {error.problem}", Origin(file))
    lines = content.splitlines()
    for where in (error.problem_mark, error.context_mark):
        if where is not None and where.line < len(lines) and _VARIABLE.search(lines[where.line]):
            return SpecError(_QUOTE_IT, Origin(file, line=where.line + 1))
    before = mark.line - 1
    if 0 <= before < len(lines) and _VARIABLE.search(lines[before]):
        return SpecError(_QUOTE_IT, Origin(file, line=before + 1))
    words = " ".join(str(error.problem or "the text ends too early").split())
    return SpecError(f"not YAML: {words} in column {mark.column + 1}", Origin(file, line=mark.line + 1))


def is_yaml(path: str | Path) -> bool:
    """True for a file name that says YAML."""
    return Path(path).suffix.lower() in (".yaml", ".yml")


def load_yaml(path: str | Path, limits: Limits, *, text: bool = False) -> Document:
    """Read a YAML document (UTF-8, UTF-16 or UTF-32, with or without a BOM); `text` as for `compose`.

    Raises:
        SpecError: the file cannot be read, or as `compose`.
    """
    return compose(read_text(path, limits), str(path), limits, text=text)
