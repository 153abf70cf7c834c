"""Encoders for Python source."""

import keyword
import re
from collections.abc import Iterator, Mapping, Sequence

from .characters import lines_of, one_line
from .encoded import Encoded

__all__ = [
    "MAX_DEPTH",
    "PythonCode",
    "comment",
    "docstring",
    "docstring_text",
    "dotted",
    "identifier",
    "literal",
]

MAX_DEPTH = 60
"""Deepest nesting of lists and objects in a literal. CPython's tokenizer takes 200 open brackets, type checkers
and formatters fewer; the rest is left to the code around it."""

_MOST_DIGITS = 4000
"""CPython refuses to read or write decimal integers of more than 4,300 digits."""

_PLAIN = re.compile(r"[ !#-\[\]-~]*")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_DIRECTIVE = re.compile(
    r"(?:type|pyright|mypy|pylint|ruff|flake8|isort|fmt|yapf|pytype|pyre|pyre-\w+|pragma|vim|noqa|nosec|nosemgrep|skip)\b",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"#(?=\s{0,9}(?:type|pyright|mypy|pylint|ruff|flake8|isort|fmt|yapf|pragma|noqa|nosec)\b)", re.IGNORECASE
)
"""A `#` that some linters take for the start of an order to them, inside of strings too."""

_COOKIE = re.compile(r"coding[:=]\s*", re.IGNORECASE)


class PythonCode(Encoded):
    """Python source. Made by the functions of this module, or by a constructor from a constant of our own."""

    __slots__ = ()


def _string(text: str) -> str:
    if _PLAIN.fullmatch(text):
        return f'"{_disarmed(text)}"'
    # With both kinds of quotes in it, ascii() always delimits by ' and escapes it.
    body = ascii(text + "'\"")[1:-4]
    body = _ESCAPE.sub(lambda found: "'" if found[1] == "'" else found[0], body)
    # The choice that black makes: double quotes unless they need more backslashes.
    quote = '"' if text.count('"') <= text.count("'") else "'"
    return quote + _disarmed(body.replace(quote, "\\" + quote)) + quote


def _disarmed(body: str) -> str:
    """The same string, spelled so that a linter which reads lines instead of tokens finds no order in it."""
    return _ORDER.sub(r"\\x23", body) if "#" in body else body


def _number(value: int) -> str:
    if value.bit_length() < 3 * _MOST_DIGITS:
        return int.__repr__(value)
    return f"{'-' if value < 0 else ''}0x{abs(value):X}"


def _float(value: float) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        raise ValueError(f"{value!r} is no JSON value and has no Python literal")
    return float.__repr__(value)


def _pieces(value: object, depth: int) -> Iterator[str]:
    if depth > MAX_DEPTH:
        raise ValueError(f"a value nested deeper than {MAX_DEPTH} levels has no Python literal")
    if isinstance(value, Encoded):
        raise TypeError(f"{type(value).__name__} is encoded already; a literal is made from data")
    if value is None or value is True or value is False:
        yield repr(value)
    elif isinstance(value, str):
        yield _string(str(value))
    elif isinstance(value, int):
        yield _number(int(value))
    elif isinstance(value, float):
        yield _float(value)
    elif isinstance(value, Mapping):
        yield "{"
        for number, (key, item) in enumerate(value.items()):
            if not isinstance(key, str):
                raise TypeError(f"keys of a JSON object are strings, not {type(key).__name__}")
            yield f"{', ' if number else ''}{_string(key)}: "
            yield from _pieces(item, depth + 1)
        yield "}"
    elif isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray, memoryview)):
        yield "(" if isinstance(value, tuple) else "["
        for number, item in enumerate(value):
            yield ", " if number else ""
            yield from _pieces(item, depth + 1)
        yield (",)" if len(value) == 1 else ")") if isinstance(value, tuple) else "]"
    else:
        raise TypeError(f"{type(value).__name__} has no Python literal here")


def literal(value: object) -> PythonCode:
    """The literal of a JSON value, on one line, in ASCII: `ast.literal_eval` gives back an equal value.

    Strings hold any code point, lone surrogates included. Sequences are lists, except that a `tuple` stays one.
    Quotes are those that black would choose.

    Raises:
        ValueError: infinity, NaN, or nesting deeper than `MAX_DEPTH`.
        TypeError: not a JSON value, or encoded text.
    """
    return PythonCode._trusted("".join(_pieces(value, 0)))


def identifier(name: str) -> PythonCode:
    """A name that can be bound. ASCII only: Python folds `ﬁ` to `fi`, so two names could be one.

    Raises:
        ValueError: not an ASCII identifier, or a keyword.
    """
    if not (name.isascii() and name.isidentifier()) or keyword.iskeyword(name):
        raise ValueError(f"{name[:80]!r} is no Python name")
    return PythonCode._trusted(name)


def dotted(name: str) -> PythonCode:
    """The name of a module or of an attribute of one: `collections.abc`, `.users`, `..`.

    Raises:
        ValueError: a part is no ASCII identifier or a keyword, or there is no part and no leading dot.
    """
    rest = name.lstrip(".")
    dots = name[: len(name) - len(rest)]
    if not rest and dots:
        return PythonCode._trusted(dots)
    return PythonCode._trusted(dots + ".".join(str(identifier(part)) for part in rest.split(".")))


def docstring_text(text: str) -> str:
    """What `docstring` keeps of a text, and what `ast.get_docstring` gives back.

    The visible characters (see `characters.visible`), no spaces at line ends, no empty lines at either end,
    no indentation of the first line.
    """
    lines = lines_of(text)
    if lines:
        lines[0] = lines[0].lstrip()
    return "\n".join(lines)


def _escaped(text: str) -> str:
    text = _disarmed(text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"'))
    if text.startswith('"'):
        # Black puts a space before a first quote.
        text = "\\" + text
    return text


def _loses_indentation(lines: Sequence[str]) -> bool:
    """Docstrings are dedented by their least indented line after the first."""
    rest = [line for line in lines[1:] if line]
    return bool(rest) and all(line.startswith(" ") for line in rest)


def docstring(text: str, indent: int) -> PythonCode:
    """A docstring as black leaves it: quotes included, later lines indented by `indent` spaces.

    A single line is between its quotes; after several lines the closing quotes are on a line of their own.
    `inspect.cleandoc` of the value, which is what `ast.get_docstring` returns, equals `docstring_text(text)`.
    """
    lines = docstring_text(text).split("\n")
    margin = " " * indent
    body = _escaped(
        "\n".join(margin + line if line and number else line for number, line in enumerate(lines))
    )
    if not body:
        return PythonCode._trusted('""" """')
    if _loses_indentation(lines) or (len(lines) == 1 and body.endswith('"')):
        return PythonCode._trusted(f'"""\n{margin}{body}\n{margin}"""')
    if len(lines) == 1:
        return PythonCode._trusted(f'"""{body}"""')
    return PythonCode._trusted(f'"""{body}\n{margin}"""')


def comment(text: str) -> PythonCode:
    """A comment on one line, for people only: what a tool would take for an order is reworded.

    Never to be written on lines 1 and 2 of a file, where Python looks for the encoding (PEP 263).
    """
    cleaned = _COOKIE.sub("coding ", one_line(text.replace("#", " ")))
    if _DIRECTIVE.match(cleaned) or cleaned.startswith(("!", "-*-", "%%")):
        cleaned = f"Note: {cleaned}"
    return PythonCode._trusted(f"# {cleaned}".rstrip())
