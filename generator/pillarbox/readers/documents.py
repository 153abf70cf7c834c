"""Bytes of a document -> a tree of JSON values, within limits that are checked before objects exist."""

import codecs
import hashlib
import json
import re
import stat
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any, NoReturn

from ..model.problems import Origin, Problem, Severity, SpecError
from .limits import LimitError, Limits

__all__ = [
    "Document",
    "depth_of",
    "load",
    "parse_json",
    "read_text",
    "recorded",
    "without_surrogates",
]

_STRINGS = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?', re.DOTALL)
_NOT_BRACKETS = bytes(byte for byte in range(256) if chr(byte) not in "[]{}")
_STEPS = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAX_NOTED_KEYS = 20
_opened: ContextVar[dict[Path, str] | None] = ContextVar("_opened", default=None)
"""Of the run under way: each file that was read, and the SHA-256 of its content."""


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed document: its tree, its file as the user named it, and what was odd about it."""

    root: Any
    file: str
    problems: tuple[Problem, ...] = ()
    nodes: int = 0
    """Values in it, where they were counted."""


class _Refused(ValueError):
    """A value that JSON (RFC 8259) does not have, or that no program can hold."""


class _TooDeep(_Refused):
    """Brackets nest deeper than is allowed."""


class _Pairs:
    """Builds the objects of one parse and notes names that are in one of them twice."""

    def __init__(self) -> None:
        self.repeated: dict[str, None] = {}

    def __call__(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        built = dict(pairs)
        if len(built) != len(pairs) and len(self.repeated) < _MAX_NOTED_KEYS:
            seen: set[str] = set()
            for key, _ in pairs:
                if key in seen:
                    self.repeated[key] = None
                seen.add(key)
        return built


def _constant(name: str) -> NoReturn:
    raise _Refused(f"{name} is no JSON number")


def _float(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise _Refused(f"the number {text[:40]} is out of range")
    return value


def depth_of(text: str) -> int:
    """How deep brackets nest outside of strings. Linear, and safe on any text."""
    brackets = _STRINGS.sub("", text).encode("ascii", "ignore").translate(None, _NOT_BRACKETS)
    return max(accumulate(_STEPS[byte] for byte in brackets), default=0)


def without_surrogates(value: Any) -> Any:
    """The same tree with lone surrogates as U+FFFD, which is what a UTF-8 encoder of JavaScript sends."""
    holder: list[Any] = [value]
    stack: list[tuple[Any, Any, Any]] = [(holder, 0, value)]
    while stack:
        parent, where, node = stack.pop()
        if isinstance(node, str):
            parent[where] = _SURROGATE.sub("\ufffd", node)
        elif isinstance(node, list):
            parent[where] = copied = list(node)
            stack.extend((copied, index, child) for index, child in enumerate(node))
        elif isinstance(node, dict):
            parent[where] = renamed = {_SURROGATE.sub("\ufffd", key): child for key, child in node.items()}
            stack.extend((renamed, key, child) for key, child in renamed.items())
    return holder[0]


def parse_json(text: str, *, depth: int, pairs: _Pairs | None = None) -> Any:
    """The value of a JSON text, without lone surrogates.

    Raises:
        ValueError: not JSON (as `json.JSONDecodeError`, with a line), too deep, or a number that
            no program can hold. Never RecursionError.
    """
    if depth_of(text) > depth:
        raise _TooDeep(f"nested deeper than {depth} levels")
    try:
        value = json.loads(text, object_pairs_hook=pairs, parse_constant=_constant, parse_float=_float)
    except RecursionError:
        raise _Refused("nested too deep") from None
    return without_surrogates(value) if _SURROGATE_ESCAPE.search(text) else value


def _read_bytes(path: Path, limits: Limits, origin: Origin) -> bytes:
    try:
        with path.open("rb") as stream:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):
                raise SpecError("this is not a regular file", origin)
            if status.st_size > limits.size:
                raise _too_large(status.st_size, limits, origin)
            data = stream.read(limits.size + 1)
    except OSError as error:
        raise SpecError(f"cannot be read: {error.strerror or error}", origin) from None
    except ValueError:
        raise SpecError("this is no file name", origin) from None
    if len(data) > limits.size:
        raise _too_large(len(data), limits, origin)
    return data


def _too_large(size: int, limits: Limits, origin: Origin) -> LimitError:
    message = f"{size:,} bytes are more than the limit of {limits.size:,} bytes a document"
    return LimitError(message, "megabytes", origin)


def _decode(data: bytes, origin: Origin) -> str:
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if encoding is None:
        encoding = json.detect_encoding(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SpecError(
            f"not {encoding.upper()} text: {error.reason}", Origin(origin.file, line=line)
        ) from None


@contextmanager
def recorded() -> Generator[dict[Path, str]]:
    """Note every file that is read meanwhile with the SHA-256 of its content; a file that is not there with "".

    All that a spec is made of is read by `read_text`, so this is the whole of it, however references lead on.
    """
    files: dict[Path, str] = {}
    token = _opened.set(files)
    try:
        yield files
    finally:
        _opened.reset(token)


def read_text(path: str | Path, limits: Limits) -> str:
    """The text of a file (UTF-8, UTF-16 or UTF-32, with or without a BOM).

    Raises:
        SpecError: the file cannot be read, is too large, is no text or has none. The size is checked before anything
            is read.
    """
    origin = Origin(str(path))
    path = Path(path)
    opened = _opened.get()
    if opened is not None:
        opened[path] = ""
    if not path.exists():
        raise SpecError("there is no such file", origin)
    if path.is_dir():
        raise SpecError("this is a folder; name a file", origin)
    if not path.is_file():
        raise SpecError("this is not a regular file", origin)
    data = _read_bytes(path, limits, origin)
    if opened is not None:
        opened[path] = hashlib.sha256(data).hexdigest()
    text = _decode(data, origin)
    if not text.strip():
        raise SpecError("the file is empty", origin)
    return text


def load(path: str | Path, limits: Limits) -> Document:
    """Read a JSON document (UTF-8, UTF-16 or UTF-32, with or without a BOM).

    Raises:
        SpecError: the file cannot be read, is too large, too deep or has too many values, or is not JSON;
            with the line where that is known.
    """
    file = str(path)
    origin = Origin(file)
    text = read_text(path, limits)
    pairs = _Pairs()
    nodes = text.count(",") + text.count("[") + text.count("{") + text.count(":") + 1
    try:
        root = parse_json(text, depth=limits.depth, pairs=pairs)
    except json.JSONDecodeError as error:
        raise SpecError(
            f"not JSON: {error.msg}{_cut(text, error)}", Origin(file, line=error.lineno)
        ) from None
    except _TooDeep as error:
        raise LimitError(str(error), "depth", origin) from None
    except ValueError as error:
        raise SpecError(f"not readable: {str(error)[:200]}", origin) from None
    if nodes > limits.nodes and (counted := _count(root)) > limits.nodes:
        message = f"{counted:,} values are more than the limit of {limits.nodes:,}"
        raise LimitError(message, "nodes", origin)
    limits.deadline.check()
    problems = tuple(
        Problem(
            Severity.NOTE,
            "duplicate-key",
            f"the key {key!a} is twice in one object; the last one counts",
            origin,
        )
        for key in pairs.repeated
    )
    return Document(root, file, problems, nodes)


def _cut(text: str, error: json.JSONDecodeError) -> str:
    return " (the file ends too early)" if not text[error.pos :].strip() else f" in column {error.colno}"


def _count(root: Any) -> int:
    total, level = 1, [root]
    while level:
        level = [
            child
            for node in level
            if isinstance(node, list | dict)
            for child in (node if isinstance(node, list) else node.values())
        ]
        total += len(level)
    return total
