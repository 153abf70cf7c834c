"""What a template may not hold, found before it prints anything.

Loops, conditions on names, includes by constant name and printed names are all there is: a template that needs more
asks for a decision that belongs into the plan. Whoever brings templates of his own is held to the same.
"""

from collections.abc import Iterator

from jinja2 import Environment, TemplateSyntaxError, nodes

__all__ = ["complaints", "misplaced"]

_LONGEST = 80
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.For,
    nodes.If,
    nodes.Include,
    nodes.Const,
    nodes.Not,
    nodes.And,
    nodes.Or,
)
_IDENTIFIERS = frozenset({"testing.client"})
"""Printed names that are allowed inside of a text, because they are identifiers and nothing else."""


def complaints(source: str) -> Iterator[str]:
    """What is wrong with the source of a template, one line each."""
    if len(source.splitlines()) > _LONGEST:
        yield f"more than {_LONGEST} lines"
    try:
        tree = Environment().parse(source)
    except TemplateSyntaxError as error:
        yield f"{error.message} on line {error.lineno}"
        return
    for node in [tree, *tree.find_all(nodes.Node)]:
        if not isinstance(node, _ALLOWED):
            yield f"{type(node).__name__} on line {node.lineno}"
        elif isinstance(node, nodes.Include) and not isinstance(node.template, nodes.Const):
            yield f"computed include on line {node.lineno}"
        elif isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
            yield f"private attribute on line {node.lineno}"
        elif isinstance(node, nodes.Output):
            for child in node.nodes:
                if not isinstance(child, (nodes.TemplateData, nodes.Name, nodes.Getattr)):
                    yield f"computed output on line {node.lineno}"


def misplaced(source: str) -> Iterator[str]:
    """Where a template of Python prints into a comment or a text.

    Encoded text is safe as a piece of code. Behind `#`, or between quotes of the template's own, its second line
    would not be what it was made for.
    """
    state = ""
    for kind, text, line in _pieces(source):
        if kind == "print":
            if state and text not in _IDENTIFIERS:
                what = "a comment" if state == "#" else "a text"
                yield f"{text} is printed into {what} on line {line}"
        else:
            state = _after(text, state)


def _pieces(source: str) -> Iterator[tuple[str, str, int]]:
    """Literal text, and the names that are printed between it."""
    printed: list[str] | None = None
    for line, kind, text in Environment(trim_blocks=True, lstrip_blocks=True).lex(source):
        if kind == "data":
            yield "data", text, line
        elif kind == "variable_begin":
            printed = []
        elif kind == "variable_end" and printed is not None:
            yield "print", "".join(printed), line
            printed = None
        elif printed is not None and kind != "whitespace":
            printed.append(text)


def _after(text: str, state: str) -> str:
    """The open comment or quotes after a piece of code; `state` is what was open before it."""
    position = 0
    while position < len(text):
        rest = text[position : position + 3]
        if state == "#":
            state = "" if rest[0] == "\n" else state
        elif state:
            if rest[0] == "\\":
                position += 1
            elif rest.startswith(state):
                position += len(state) - 1
                state = ""
            elif rest[0] == "\n" and len(state) == 1:
                state = ""
        elif rest[0] == "#":
            state = "#"
        elif rest[0] in "\"'":
            state = rest if rest in ('"""', "'''") else rest[0]
            position += len(state) - 1
        position += 1
    return state
