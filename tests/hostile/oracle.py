"""The oracle: proves that hostile text changed nothing but data.

It compares what a hostile spec gives with what its benign twin gives. A twin holds the same words in lower-case
ASCII letters, digits and underscores, so both have the same names; whatever else differs must be the contents of
constants. The comparison knows nothing of the encoders: it reads Python by `ast` and `tokenize`, TOML by
`tomllib`, Markdown by a CommonMark parser and JSON by `json`.
"""

import ast
import io
import json
import re
import tokenize
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

__all__ = ["Build", "Output", "Wanted", "benign_words", "findings"]

Output = Mapping[str, str]
"""Relative path -> text of a file."""

Build = Callable[[bytes], Output]

HIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""Controls (LF apart), line and paragraph separators, bidi and zero-width characters, tags, lone surrogates."""

TOOL_LINES = re.compile(r"^\s*\.\.\s+\S|^\s*:::|^\s*;*-+8<-+|^\s*```+\s*\{", re.MULTILINE)
"""Lines of text that documentation tools (Sphinx, mkdocstrings, MkDocs snippets, MyST) obey."""

LINTER_ORDERS = re.compile(
    r"#\s*(?:type|fmt|pyright|mypy|pylint|ruff|isort|flake8)\s*:|#\s*(?:noqa|nosec|pragma)", re.IGNORECASE
)
"""What linters and type checkers obey, some of them inside of strings too."""

MARKDOWN = MarkdownIt("commonmark").enable("table").enable("strikethrough")
HEADING = re.compile("#[a-z0-9_-]+")
"""A heading of the same page."""
SCHEMES = ("https://", "http://", "mailto:")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What must be found again, unchanged."""

    constants: tuple[str, ...] = ()
    """Spellings of which one must be the value of a string, or the name of a field that needs no alias."""
    documented: str = ""
    """Words, one space between, that stand in a docstring."""


def benign_words(words: Sequence[str]) -> str:
    """The words of a hostile text as its benign twin holds them. Letters and digits are all that there may be."""
    text = "_".join(words)
    if not re.fullmatch("[a-z0-9_]*", text):
        raise AssertionError(f"names are made of {text[:100]!a}")
    return text or "___"


class _Blank(ast.NodeTransformer):
    """Constants of text become one and the same, statements that are only text go."""

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        return (
            None
            if isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
            else self.generic_visit(node)
        )

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        return ast.Constant("") if isinstance(node.value, (str, bytes)) else node


def _shape(source: str) -> str:
    return ast.dump(_Blank().visit(ast.parse(source)))


def _comments(source: str) -> list[str]:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return [token.string for token in tokens if token.type == tokenize.COMMENT]


def _docstrings(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
        ):
            yield node.value.value


def _prompts(text: str) -> list[str]:
    return [line.split("(")[0] for line in text.split("\n") if line.lstrip().startswith(">>>")]


def _python(path: str, hostile: str, benign: str) -> Iterator[str]:
    try:
        shape = _shape(hostile)
    except (SyntaxError, ValueError, RecursionError) as error:
        yield f"{path}: does not parse: {error}"
        return
    if shape != _shape(benign):
        yield f"{path}: the code differs in more than its constants"
    if _comments(hostile) != _comments(benign):
        yield f"{path}: the comments differ"
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(hostile.encode()).readline)
        if encoding != "utf-8":
            yield f"{path}: is read as {encoding}"
    except SyntaxError as error:
        yield f"{path}: {error}"
    docs, other = list(_docstrings(hostile)), list(_docstrings(benign))
    if sorted(prompt for doc in docs for prompt in _prompts(doc)) != sorted(
        p for doc in other for p in _prompts(doc)
    ):
        yield f"{path}: doctest would run other lines"
    if any(TOOL_LINES.search(doc) for doc in docs):
        yield f"{path}: a docstring gives orders to a documentation tool"
    if LINTER_ORDERS.findall(hostile) != LINTER_ORDERS.findall(benign):
        yield f"{path}: gives orders to a linter"


def _tokens(text: str) -> Iterator[Token]:
    for token in MARKDOWN.parse(text):
        yield token
        yield from token.children or ()


HARMLESS = {"text", "text_special", "softbreak", "code_inline", "inline", "paragraph_open", "paragraph_close"}


def _markdown(path: str, hostile: str, benign: str) -> Iterator[str]:
    def outline(text: str) -> list[str]:
        return [f"{token.type}{token.level}" for token in MARKDOWN.parse(text) if token.type not in HARMLESS]

    if outline(hostile) != outline(benign):
        yield f"{path}: other blocks than its twin has"
    known = {token.type for token in _tokens(benign)} | HARMLESS | {"link_open", "link_close"}
    for token in _tokens(hostile):
        if token.type not in known:
            yield f"{path}: holds {token.type}"
        target = str(token.attrGet("href")).lower()
        if token.type == "link_open" and not (target.startswith(SCHEMES) or HEADING.fullmatch(target)):
            yield f"{path}: links to {target[:60]!a}"
    if TOOL_LINES.search(hostile):
        yield f"{path}: gives orders to a documentation tool"


def _skeleton(value: object) -> object:
    """A document without its texts. Lists are as long as they are."""
    if isinstance(value, Mapping):
        return {key: _skeleton(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_skeleton(item) for item in value]
    return "" if isinstance(value, str) else value


def _toml(path: str, hostile: str, benign: str) -> Iterator[str]:
    try:
        if _skeleton(tomllib.loads(hostile)) != _skeleton(tomllib.loads(benign)):
            yield f"{path}: other tables or keys than its twin has"
    except tomllib.TOMLDecodeError as error:
        yield f"{path}: does not parse: {error}"


def _lock(path: str, hostile: str, benign: str) -> Iterator[str]:
    def names(text: str) -> list[list[str]]:
        return [line.split(" ", 2)[:2] for line in text.splitlines()]

    if names(hostile) != names(benign):
        yield f"{path}: other names than its twin has"
    for line in hostile.splitlines()[1:]:
        try:
            json.loads(line.split(" ", 2)[2])
        except (ValueError, IndexError):
            yield f"{path}: a line is no entry"


def _json(path: str, hostile: str, _: str) -> Iterator[str]:
    try:
        json.loads(hostile)
    except (ValueError, RecursionError) as error:
        yield f"{path}: does not parse: {error}"


def _file(path: str, hostile: str, benign: str) -> Iterator[str]:
    if hidden := HIDDEN.search(hostile):
        yield f"{path}: holds {hidden[0]!a}"
    try:
        hostile.encode("utf-8")
    except UnicodeEncodeError:
        yield f"{path}: cannot be written as UTF-8"
        return
    checks = {".py": _python, ".md": _markdown, ".toml": _toml, ".lock": _lock, ".json": _json}
    for ending, check in checks.items():
        if path.endswith(ending):
            yield from check(path, hostile, benign)


def _constants(output: Output, benign: Output) -> tuple[set[str], str]:
    """String constants and field names of the Python files that differ, and the words of their docstrings."""
    constants: set[str] = set()
    words: list[str] = []
    for path, text in output.items():
        if path.endswith(".py") and text != benign.get(path):
            tree = ast.parse(text)
            constants |= {
                n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)
            }
            words += [" ".join(doc.split()) for doc in _docstrings(text)]
    return constants, "\n".join(words)


def findings(hostile: Output, benign: Output, wanted: Wanted | None = None) -> list[str]:
    """What sets the two outputs apart beside the contents of constants; empty where the hostile text is only data."""
    if set(hostile) != set(benign):
        return [f"files differ: {sorted(set(hostile) ^ set(benign))[:4]}"]
    found = [
        line
        for path, text in hostile.items()
        if text != benign[path]
        for line in _file(path, text, benign[path])
    ]
    if wanted is not None and not any("parse" in line for line in found):
        constants, words = _constants(hostile, benign)
        if wanted.constants and constants.isdisjoint(wanted.constants):
            found.append(f"lost: {wanted.constants[0][:60]!a} is no constant")
        # A summary begins with a capital.
        if wanted.documented.casefold() not in words.casefold():
            found.append(f"lost: {wanted.documented[:60]!a} is in no docstring")
    return found
