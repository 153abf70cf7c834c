"""Long statements laid out as black would, so that black, which needs most of a millisecond a line, need not look.

What is not one of the few shapes here stays on one line, and the renderer shows it to black. A test holds every output
equal to black's.
"""

from collections.abc import Callable
from dataclasses import dataclass

from ..client import types as py
from ..client.types import PyType, spell
from ..text.python import PythonCode
from .brackets import Brackets, Piece, annotation_of, before, call, flat, laid_out
from .imports import LINE_LENGTH

__all__ = ["FieldSpelling", "annotated", "around", "assigned", "required"]

_INDENT = 4
Spelling = Callable[[PyType], PythonCode]


@dataclass(frozen=True, slots=True)
class FieldSpelling:
    """How the fields of one class spell their types."""

    hidden: frozenset[str] = frozenset()
    """Builtins that fields of the class hide."""

    def code(self, kind: PyType) -> PythonCode:
        return spell(kind, hidden=self.hidden, tagged=True)

    def piece(self, kind: PyType) -> Piece:
        return annotation_of(kind, PythonCode(""), self.hidden)


def _fits(*texts: object, indent: int) -> bool:
    return all(indent + len(str(text)) <= LINE_LENGTH for text in texts)


def _nearly_fits(line: PythonCode) -> bool:
    """True where a `(` in place of the default fits: black then breaks there and nowhere else."""
    return _INDENT + len(line) - len("None") + len("(") <= LINE_LENGTH


def _members(kind: PyType, spelled: Spelling) -> PythonCode | None:
    """A union, a member a line; None where one does not fit, or it is no union."""
    if not isinstance(kind, py.Either):
        return None
    texts = [spelled(member) for member in kind.members]
    if not _fits(*texts, indent=_INDENT + 3):
        return None
    return PythonCode("\n    | ").join(texts)


def assigned(name: PythonCode, kind: PyType, spelled: FieldSpelling, default: PythonCode) -> PythonCode:
    """A field of a class, `name: kind = None`; a long union is put in parentheses."""
    annotation = spelled.code(kind)
    line = PythonCode("{}: {}{}").format(name, annotation, default)
    if _fits(line, indent=_INDENT):
        return line
    if not isinstance(kind, py.Either):
        whole_line = before(PythonCode("{}: ").format(name), spelled.piece(kind))
        return line if str(default) else laid_out(whole_line, _INDENT, after=0)
    if str(default) and _nearly_fits(line):
        return PythonCode("{}: {} = (\n        None\n    )").format(name, annotation)
    whole = laid_out(spelled.piece(kind), 8, after=0)
    return PythonCode("{}: (\n        {}\n    ){}").format(name, whole, default)


def annotated(
    name: PythonCode, kind: PyType, spelled: FieldSpelling, alias: PythonCode, default: PythonCode
) -> PythonCode:
    """A field of a class, `name: Annotated[kind, Field(alias=…)] = None`."""
    field = call(PythonCode("Field"), PythonCode("alias={}").format(alias))
    inner = PythonCode("{}, {}").format(spelled.code(kind), flat(field))
    line = PythonCode("{}: Annotated[{}]{}").format(name, inner, default)
    if _fits(line, indent=_INDENT):
        return line
    if str(default) and _nearly_fits(line):
        return PythonCode("{}: Annotated[{}] = (\n        None\n    )").format(name, inner)
    opening = PythonCode("{}: Annotated[").format(name)
    closing = PythonCode("]{}").format(default)
    return laid_out(Brackets(opening, (spelled.piece(kind), field), closing), _INDENT, after=0)


def required(name: PythonCode, kind: PyType) -> PythonCode:
    """A key of a TypedDict, `name: Required[kind]`."""
    opening = PythonCode("{}: Required[").format(name)
    inner = annotation_of(kind, PythonCode(""))
    return laid_out(Brackets(opening, (inner,), PythonCode("]")), _INDENT, after=0)


def around(name: PythonCode, kind: PyType, spelled: Spelling) -> tuple[PythonCode, PythonCode, PythonCode]:
    """What is around the arguments of an operation's constant: the lines before, their margin, the lines after."""
    annotation = spelled(kind)
    margin, closing = PythonCode("    "), PythonCode(")")
    line = PythonCode("{}: Operation[{}] = Operation(").format(name, annotation)
    if _fits(line, indent=0):
        return line, margin, closing
    in_parentheses = PythonCode("{}: Operation[{}] = (").format(name, annotation)
    if _fits(in_parentheses, indent=0):
        before = PythonCode("{}\n    Operation(").format(in_parentheses)
        return before, PythonCode("        "), PythonCode("    )\n)")
    whole = annotation if _fits(annotation, indent=_INDENT) else _members(kind, spelled)
    if whole is None:
        return line, margin, closing
    return PythonCode("{}: Operation[\n    {}\n] = Operation(").format(name, whole), margin, closing
