"""Lines to stdout and stderr. Text of a spec is made safe for a terminal first."""

import json
import sys
from typing import Any

__all__ = ["VERSION", "complain", "counted", "printable", "say", "write_json", "write_text"]

VERSION = 1
"""Of the JSON: fields may be added, none is renamed or removed without a new number."""


def printable(text: str) -> str:
    """One line without control characters, which a terminal would obey."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def say(text: str = "") -> None:
    """A line to stdout, whatever its encoding can hold."""
    _write(sys.stdout, text)


def complain(text: str) -> None:
    """A line to stderr."""
    _write(sys.stderr, printable(text))


def _write(stream: Any, text: str) -> None:
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def write_text(text: str) -> None:
    """A finished text, byte for byte in UTF-8: source code means the same whatever the terminal holds."""
    sys.stdout.flush()
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None:
        sys.stdout.write(text)
    else:
        binary.write(text.encode("utf-8"))
        binary.flush()


def write_json(data: dict[str, Any]) -> None:
    """One JSON document to stdout, in ASCII."""
    say(json.dumps({"version": VERSION, **data}, indent=2, ensure_ascii=True))


def counted(number: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
