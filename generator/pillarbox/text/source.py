"""Encoders for the languages of samples: what is the same in all of them, given what differs."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from .characters import INVISIBLE, one_line, visible
from .encoded import Encoded

__all__ = ["Syntax", "braced", "hex_bytes", "octal_bytes", "utf16", "utf32"]

Code = TypeVar("Code", bound=Encoded)

_SURROGATES = re.compile("[\ud800-\udfff]")
_HIDDEN = re.compile(f"[{INVISIBLE}]")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def utf16(character: str) -> str:
    """`\\u2028`; two of them beyond the basic plane. JavaScript, Java, Kotlin, JSON."""
    units = character.encode("utf-16-be")
    return "".join(f"\\u{units[start : start + 2].hex()}" for start in range(0, len(units), 2))


def utf32(character: str) -> str:
    """`\\u2028`, `\\U0001f600`. Go, C#."""
    number = ord(character)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def braced(character: str) -> str:
    """`\\u{2028}`. Ruby, Rust, Swift, PHP, TypeScript."""
    return f"\\u{{{ord(character):x}}}"


def hex_bytes(character: str) -> str:
    """`\\xe2\\x80\\xa8`: the bytes of UTF-8."""
    return "".join(f"\\x{byte:02x}" for byte in character.encode())


def octal_bytes(character: str) -> str:
    """`\\342\\200\\250`: bytes of UTF-8, three digits each, so that no digit after them is read as part of one."""
    return "".join(f"\\{byte:03o}" for byte in character.encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Syntax(Generic[Code]):
    """How a language writes strings, names, numbers and comments.

    A string is written between `quote` marks. Each character of `escapes` is written as it says, each hidden one
    (controls, bidi, zero width; everything beyond ASCII where `ascii_only`) by `escape`, the others as they are.
    """

    kind: type[Code]
    comment_start: str
    """What begins a comment that ends with its line: `//`."""
    quote: str = '"'
    escapes: Mapping[str, str] = field(default_factory=dict)
    escape: Callable[[str], str] = utf16
    ascii_only: bool = False
    comment_swaps: tuple[tuple[str, str], ...] = ()
    """Texts that would mean something in a comment, such as PHP's `?>`, and what replaces them."""

    def string(self, text: str) -> Code:
        """The literal of a text. A lone surrogate, which UTF-8 has no bytes for, becomes U+FFFD."""
        text = _SURROGATES.sub("\ufffd", text)
        if self.quote not in self.escapes or "\\" not in self.escapes:
            raise ValueError("a syntax says how its quote and its backslash are written")
        body = "".join(map(self._written, text))
        return self.kind._trusted(f"{self.quote}{body}{self.quote}")

    def _written(self, character: str) -> str:
        if character in self.escapes:
            return self.escapes[character]
        if _HIDDEN.match(character) or (self.ascii_only and not character.isascii()):
            return self.escape(character)
        return character

    def name(self, text: str, sigil: str = "") -> Code:
        """A name in ASCII, with what the language puts before it (`$`, `@`).

        Raises:
            ValueError: it is none.
        """
        if not _NAME.fullmatch(text) or sigil not in ("", "$", "@", "%"):
            raise ValueError(f"{text[:80]!r} is no name")
        return self.kind._trusted(sigil + text)

    def number(self, value: int | float) -> Code:
        """A decimal number.

        Raises:
            ValueError: infinity or NaN.
        """
        if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
            raise ValueError(f"{value!r} has no literal")
        return self.kind._trusted(repr(value))

    def comment(self, text: str) -> Code:
        """One line for people."""
        return self.kind._trusted(self._comment(one_line(text)))

    def comments(self, text: str) -> tuple[Code, ...]:
        """A line for each line of a text, indentation kept."""
        return tuple(self.kind._trusted(self._comment(line)) for line in visible(text).split("\n"))

    def _comment(self, line: str) -> str:
        for hostile, harmless in self.comment_swaps:
            line = line.replace(hostile, harmless)
        # A backslash at the end would continue the comment in C; elsewhere the dot does no harm.
        end = "." if line.rstrip().endswith(("\\", "??/")) else ""
        return f"{self.comment_start} {line.rstrip()}{end}".rstrip()

    def lines(self, lines: Iterable[tuple[int, Code]], unit: str = "    ") -> Code:
        """Lines at their depths, below each other."""
        if unit.strip():
            raise ValueError("indentation is made of spaces")
        return self.kind._trusted(
            "\n".join(unit * depth + str(line) if line else "" for depth, line in lines)
        )
