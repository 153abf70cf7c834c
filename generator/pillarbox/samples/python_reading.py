"""What the Python samples share: the code that reads a response, and the spelling of texts with variables."""

import builtins
import keyword
from collections.abc import Sequence

from ..text.python import PythonCode, identifier, literal
from ..text.source import Syntax
from .model import (
    FileName,
    Group,
    Input,
    Items,
    Kind,
    Leaf,
    Request,
    SampleResponse,
    Secret,
    Segment,
    Variable,
)
from .naming import Names, Rules, candidates, snake
from .reader_code import Opened, Steps

__all__ = ["PYTHON", "PythonSteps", "response_lines", "rules", "sum_of", "variable_lines"]

PYTHON = Syntax(kind=PythonCode, comment_start="#", escapes={"\\": "\\\\", '"': '\\"'})
"""Comments and indentation; literals are written by `text.python`."""

_TYPES = {
    Kind.STRING: PythonCode("str"),
    Kind.INTEGER: PythonCode("int"),
    Kind.NUMBER: PythonCode("float"),
    Kind.BOOLEAN: PythonCode("bool"),
    Kind.ANY: PythonCode("object"),
}


def rules(*locals_of_the_template: str) -> Rules:
    """Python's names: none that hides a word, a builtin or what the template uses."""
    words = {*keyword.kwlist, *keyword.softkwlist, *dir(builtins), *locals_of_the_template}
    return Rules(spell=snake, reserved=frozenset(words))


class PythonSteps(Steps[PythonCode, PythonCode]):
    """Indexing, and `.get` where a member may be absent."""

    def _member(self, key: str | None, parent: PythonCode, optional: bool) -> PythonCode:
        if key is None:
            return parent
        return (PythonCode("{}.get({})") if optional else PythonCode("{}[{}]")).format(parent, literal(key))

    def leaf(self, leaf: Leaf, parent: PythonCode) -> Sequence[PythonCode]:
        text = self.names.claim(leaf.names)
        name = identifier(text)
        kind = _TYPES[leaf.kind]
        if leaf.optional and leaf.kind is not Kind.ANY:
            kind = PythonCode("{} | None").format(kind)
        value = self._member(leaf.key, parent, leaf.optional)
        return (
            PythonCode("{}: {} = {}").format(name, kind, value),
            PythonCode("print({}, {})").format(literal(f"{text} ="), name),
        )

    def group(self, group: Group, parent: PythonCode) -> Opened[PythonCode, PythonCode]:
        if group.key is None:
            return Opened(parent)
        name = identifier(self.names.claim(group.names))
        value = self._member(group.key, parent, group.optional)
        pattern = PythonCode("{} = {} or {{}}") if group.optional else PythonCode("{} = {}")
        return Opened(name, before=(pattern.format(name, value),))

    def items(self, items: Items, parent: PythonCode) -> Opened[PythonCode, PythonCode]:
        name = identifier(self.names.claim(items.item_names))
        value = self._member(items.key, parent, items.optional)
        pattern = PythonCode("for {} in {} or []:") if items.optional else PythonCode("for {} in {}:")
        return Opened(name, before=(pattern.format(name, value),), deeper=True)


def response_lines(
    response: SampleResponse | None, names: Names, root: PythonCode, depth: int = 0
) -> PythonCode | None:
    """The reading code; None where there is nothing to read."""
    if response is None or response.reading is None:
        return None
    return PYTHON.lines(PythonSteps(names).lines(response.reading, root, depth))


def variable_lines(
    request: Request, names: Names
) -> tuple[dict[Variable, PythonCode], tuple[PythonCode, ...]]:
    """The name of each variable, and the statements that give them their values."""
    found: dict[Variable, PythonCode] = {}
    lines: list[PythonCode] = []
    for variable in request.variables:
        name = found[variable] = identifier(names.claim(candidates(variable)))
        match variable:
            case Input(value=value) | FileName(path=value):
                lines.append(PythonCode("{} = {}").format(name, literal(value)))
            case Secret(environment=environment):
                lines.append(PythonCode("{} = os.environ[{}]").format(name, literal(environment)))
    return found, tuple(lines)


def sum_of(pieces: Sequence[str | Variable | Segment], names: dict[Variable, PythonCode]) -> PythonCode:
    """A text with variables as a sum: nothing in fixed text can be read as a field of an f-string."""
    parts: list[PythonCode] = []
    for piece in pieces:
        match piece:
            case str():
                parts.append(literal(piece))
            case Segment(variable):
                parts.append(PythonCode('quote({}, safe="")').format(names[variable]))
            case _:
                parts.append(names[piece])
    return PythonCode(" + ").join(parts) if parts else literal("")
