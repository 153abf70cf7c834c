"""Python's types as the plan writes them: small values that know their spelling and their imports."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from ..model.types import Json
from ..text.python import PythonCode, identifier, literal

__all__ = [
    "ANY",
    "BOOL",
    "BYTES",
    "DATE",
    "DATETIME",
    "FILE",
    "FLOAT",
    "INT",
    "NONE",
    "STR",
    "UNSET",
    "UUID",
    "AliasName",
    "Either",
    "Import",
    "ListOf",
    "LiteralOf",
    "MapOf",
    "ModelName",
    "Plain",
    "PyType",
    "either",
    "imports_of",
    "models_of",
    "spell",
    "untyped",
]


@dataclass(frozen=True, slots=True, order=True)
class Import:
    """`from module import name as alias`, or `import module as alias` where `name` is empty."""

    module: str
    name: str
    alias: str = ""
    typing_only: bool = False


@dataclass(frozen=True, slots=True)
class Plain:
    """A class that has a name of its own. `builtin` where a method of that name could hide it."""

    code: PythonCode
    needs: Import | None = None
    builtin: bool = False


@dataclass(frozen=True, slots=True)
class ModelName:
    """A model of the package."""

    name: str


@dataclass(frozen=True, slots=True)
class AliasName:
    """A type alias of the module."""

    name: str


@dataclass(frozen=True, slots=True)
class ListOf:
    """`list[…]`, or `Sequence[…]` for what a caller gives."""

    items: "PyType"
    given: bool = False


@dataclass(frozen=True, slots=True)
class MapOf:
    """`dict[str, …]`, or `Mapping[str, …]` for what a caller gives."""

    values: "PyType"
    given: bool = False


@dataclass(frozen=True, slots=True)
class LiteralOf:
    """`Literal[…]`."""

    values: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """A union, in writing order."""

    members: tuple["PyType", ...]


PyType = Plain | ModelName | AliasName | ListOf | MapOf | LiteralOf | Either

STR = Plain(PythonCode("str"), builtin=True)
INT = Plain(PythonCode("int"), builtin=True)
FLOAT = Plain(PythonCode("float"), builtin=True)
BOOL = Plain(PythonCode("bool"), builtin=True)
BYTES = Plain(PythonCode("bytes"), builtin=True)
NONE = Plain(PythonCode("None"))
ANY = Plain(PythonCode("Any"), Import("typing", "Any"))
DATE = Plain(PythonCode("_dt.date"), Import("datetime", "", "_dt"))
DATETIME = Plain(PythonCode("_dt.datetime"), Import("datetime", "", "_dt"))
UUID = Plain(PythonCode("UUID"), Import("uuid", "UUID"))
FILE = Plain(PythonCode("FileInput"), Import("._runtime.files", "FileInput", typing_only=True))
UNSET = Plain(PythonCode("Unset"), Import("._runtime.unset", "Unset"))

_SEQUENCE = Import("collections.abc", "Sequence")
_MAPPING = Import("collections.abc", "Mapping")
_LITERAL = Import("typing", "Literal")


def either(types: Iterable[PyType]) -> PyType:
    """The union of `types`: flat, without repeats, `None` and `Unset` last; `Any` swallows the rest."""
    flat: list[PyType] = []
    for kind in types:
        for member in kind.members if isinstance(kind, Either) else (kind,):
            if member not in flat:
                flat.append(member)
    if ANY in flat:
        return ANY
    for last in (NONE, UNSET):
        if last in flat:
            flat.remove(last)
            flat.append(last)
    return flat[0] if len(flat) == 1 else Either(tuple(flat))


def spell(
    kind: PyType, *, models: PythonCode | None = None, hidden: frozenset[str] = frozenset()
) -> PythonCode:
    """The annotation.

    `models` is the prefix before a model's name (`models.` outside of the models package); `hidden` are
    the builtins that a method of the class hides, written as `builtins.list` there.
    """

    def inner(part: PyType) -> PythonCode:
        return spell(part, models=models, hidden=hidden)

    def builtin(name: PythonCode) -> PythonCode:
        return PythonCode("builtins.{}").format(name) if str(name) in hidden else name

    match kind:
        case Plain(code, _, is_builtin):
            return builtin(code) if is_builtin else code
        case ModelName(name):
            return identifier(name) if models is None else PythonCode("{}{}").format(models, identifier(name))
        case AliasName(name):
            return identifier(name)
        case ListOf(items, given):
            name = PythonCode("Sequence") if given else builtin(PythonCode("list"))
            return PythonCode("{}[{}]").format(name, inner(items))
        case MapOf(values, given):
            name = PythonCode("Mapping") if given else builtin(PythonCode("dict"))
            return PythonCode("{}[{}, {}]").format(name, inner(STR), inner(values))
        case LiteralOf(values):
            return PythonCode("Literal[{}]").format(PythonCode(", ").join(literal(value) for value in values))
        case Either(members):
            return PythonCode(" | ").join(inner(member) for member in members)
        case _:
            assert_never(kind)


def _walk(kind: PyType) -> Iterable[PyType]:
    yield kind
    match kind:
        case ListOf(items):
            yield from _walk(items)
        case MapOf(values):
            yield from _walk(values)
        case Either(members):
            for member in members:
                yield from _walk(member)
        case _:
            pass


def imports_of(kind: PyType) -> frozenset[Import]:
    """What a module must import to write the annotation; models and aliases excluded."""
    found: set[Import] = set()
    for part in _walk(kind):
        match part:
            case Plain(_, needs) if needs is not None:
                found.add(needs)
            case ListOf(given=True):
                found.add(_SEQUENCE)
            case MapOf(given=True):
                found.add(_MAPPING)
            case LiteralOf():
                found.add(_LITERAL)
            case _:
                pass
    return frozenset(found)


def models_of(kind: PyType) -> frozenset[str]:
    """Names of the models in the annotation."""
    return frozenset(part.name for part in _walk(kind) if isinstance(part, ModelName))


def untyped(kind: PyType) -> bool:
    """True where the annotation says nothing: `Any`, at the top or inside of a container.

    The mapping that may stand for a model says nothing new, and does not count.
    """
    match kind:
        case Plain():
            return kind == ANY
        case ListOf(items):
            return untyped(items)
        case MapOf(values):
            return untyped(values)
        case Either(members):
            stand_in = MapOf(ANY, given=True) if models_of(kind) else None
            return any(untyped(member) for member in members if member != stand_in)
        case _:
            return False
