"""When two versions of a file are the same: by line endings, by formatting, by meaning."""

import ast
import hashlib
import inspect
import warnings
from itertools import zip_longest

__all__ = ["digest", "first_difference", "is_python", "lf", "outline", "same_code"]

_LAYOUT = b" \t\r\n\f,()'\"\\"


def lf(content: bytes) -> bytes:
    """The content with LF line ends. Files that are not text (a NUL byte) stay as they are."""
    if b"\r" not in content or b"\0" in content:
        return content
    return content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def digest(content: bytes) -> str:
    """SHA-256 of the LF text, in hexadecimal: the same whatever git did to the line ends."""
    return hashlib.sha256(lf(content)).hexdigest()


def outline(content: bytes) -> str:
    """16 hexadecimal digits that survive a formatter.

    Formatters move white space, brackets, commas and quotes, and nothing else. Two texts of one outline may
    differ in these alone, which an AST would notice; but parsing costs 10 microseconds a line (measured), this
    next to nothing, and it needs no copy of the old text.
    """
    return hashlib.sha256(content.translate(None, _LAYOUT)).hexdigest()[:16]


def is_python(path: str) -> bool:
    """True for files that are compared by meaning."""
    return path.endswith((".py", ".pyi"))


def first_difference(old: bytes, new: bytes) -> int:
    """1-based number of the first line that differs; 1 for equal texts."""
    lines = zip_longest(lf(old).split(b"\n"), lf(new).split(b"\n"))
    for number, (left, right) in enumerate(lines, 1):
        if left != right:
            return number
    return 1


def same_code(old: bytes, new: bytes) -> bool:
    """True where both are valid Python of one meaning: comments, layout and the indentation of docstrings apart."""
    trees = (_parsed(old), _parsed(new))
    return trees[0] is not None and trees[1] is not None and _equal(trees[0], trees[1])


def _parsed(content: bytes) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(content)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _equal(old: ast.AST, new: ast.AST) -> bool:
    """Compare two trees without recursion: a file in the output folder may be nested to any depth."""
    pairs: list[tuple[object, object]] = [(old, new)]
    while pairs:
        left, right = pairs.pop()
        if type(left) is not type(right):
            return False
        match left, right:
            case ast.Expr(ast.Constant(str(text))), ast.Expr(ast.Constant(str(other))):
                if _docstring(text) != _docstring(other):
                    return False
            case ast.AST(), ast.AST():
                pairs.extend((getattr(left, name, None), getattr(right, name, None)) for name in left._fields)
            case list(), list():
                if len(left) != len(right):
                    return False
                pairs.extend(zip(left, right, strict=True))
            case _:
                # `repr` tells 1 from 1.0 and 0.0 from -0.0, and takes nan for nan.
                if repr(left) != repr(right):
                    return False
    return True


def _docstring(text: str) -> list[str]:
    return [line.rstrip() for line in inspect.cleandoc(text).split("\n")]
