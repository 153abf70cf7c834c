"""Python's types as the plan writes them: small values that know their spelling and their imports."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from ..model.types import Json
from ..text.python import PythonCode, identifier, literal
from .runtime_names import runtime_module

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
    "EnumName",
    "Import",
    "InputName",
    "ListOf",
    "LiteralOf",
    "MapOf",
    "ModelName",
    "Plain",
    "PyType",
    "Tagged",
    "UnionName",
    "either",
    "has_ambiguous_union",
    "imports_of",
    "inputs_of",
    "is_tagged",
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
class InputName:
    """The input form of a model, which callers may pass in its place: a TypedDict of the package."""

    name: str


@dataclass(frozen=True, slots=True)
class EnumName:
    """A list of values that has a name in the models package."""

    name: str


@dataclass(frozen=True, slots=True)
class UnionName:
    """A union that has a name in the models package."""

    name: str


@dataclass(frozen=True, slots=True)
class AliasName:
    """A type alias of the module."""

    name: str


@dataclass(frozen=True, slots=True)
class ListOf:
    """`list[…]`, or `Sequence[…]` for what a caller gives."""

    items: "PyType"
    for_request: bool = False


@dataclass(frozen=True, slots=True)
class MapOf:
    """`dict[str, …]`, or `Mapping[str, …]` for what a caller gives."""

    values: "PyType"
    for_request: bool = False


@dataclass(frozen=True, slots=True)
class LiteralOf:
    """`Literal[…]`."""

    values: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """A union, in writing order."""

    members: tuple["PyType", ...]


@dataclass(frozen=True, slots=True)
class Tagged:
    """A union of models that the value of one field tells apart."""

    members: tuple[ModelName, ...]
    wire: str
    """That field."""
    tags: tuple[tuple[str, ...], ...]
    """Its values, beside `members`."""


PyType = (
    Plain
    | ModelName
    | InputName
    | EnumName
    | UnionName
    | AliasName
    | ListOf
    | MapOf
    | LiteralOf
    | Either
    | Tagged
)

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
FILE = Plain(PythonCode("FileInput"), Import(runtime_module("FileInput"), "FileInput", typing_only=True))
UNSET = Plain(PythonCode("Unset"), Import(runtime_module("Unset"), "Unset"))

_SEQUENCE = Import("collections.abc", "Sequence")
_MAPPING = Import("collections.abc", "Mapping")
_LITERAL = Import("typing", "Literal")


def either(types: Iterable[PyType]) -> PyType:
    """The union of `types`: flat, without repeats, `None` and `Unset` last; `Any` swallows the rest.

    Lists of values become one.
    """
    flat: dict[PyType, None] = {}
    values: LiteralOf | None = None
    for kind in types:
        for member in kind.members if isinstance(kind, Either) else (kind,):
            if isinstance(member, LiteralOf):
                if values is not None and values != member:
                    flat = {_joined(values, member) if old == values else old: None for old in flat}
                    values = next(old for old in flat if isinstance(old, LiteralOf))
                    continue
                values = member
            flat[member] = None
    if ANY in flat:
        return ANY
    if len(flat) == 1:
        return next(iter(flat))
    for last in (NONE, UNSET):
        if last in flat:
            del flat[last]
            flat[last] = None
    members = tuple(flat)
    return members[0] if len(members) == 1 else Either(members)


def _joined(first: LiteralOf, second: LiteralOf) -> LiteralOf:
    seen = {(type(value), value) for value in first.values}
    return LiteralOf((*first.values, *(value for value in second.values if (type(value), value) not in seen)))


def spell(
    kind: PyType,
    *,
    models: PythonCode | None = None,
    hidden: frozenset[str] = frozenset(),
    tagged: bool = False,
) -> PythonCode:
    """The annotation.

    `models` is the prefix before a model's name (`models.` outside of the models package); `hidden` are
    the builtins that a method of the class hides, written as `builtins.list` there; `tagged` asks for what
    decodes a union, where the annotation is more than something to read.
    """

    def inner(part: PyType) -> PythonCode:
        return spell(part, models=models, hidden=hidden, tagged=tagged)

    def builtin(name: PythonCode) -> PythonCode:
        return PythonCode("builtins.{}").format(name) if str(name) in hidden else name

    match kind:
        case Plain(code, _, is_builtin):
            return builtin(code) if is_builtin else code
        case ModelName(name) | InputName(name) | EnumName(name) | UnionName(name):
            return identifier(name) if models is None else PythonCode("{}{}").format(models, identifier(name))
        case AliasName(name):
            return identifier(name)
        case ListOf(items, for_request):
            name = PythonCode("Sequence") if for_request else builtin(PythonCode("list"))
            return PythonCode("{}[{}]").format(name, inner(items))
        case MapOf(values, for_request):
            name = PythonCode("Mapping") if for_request else builtin(PythonCode("dict"))
            return PythonCode("{}[{}, {}]").format(name, inner(STR), inner(values))
        case LiteralOf(values):
            return PythonCode("Literal[{}]").format(PythonCode(", ").join(literal(value) for value in values))
        case Either(members):
            return PythonCode(" | ").join(inner(member) for member in members)
        case Tagged(members, wire, tags):
            union = PythonCode(" | ").join(inner(member) for member in members)
            if not tagged:
                return union
            tag = PythonCode(", ").join(literal(value) for value in (wire, *tags))
            return PythonCode("Annotated[{}, Tagged({})]").format(union, tag)
        case _:
            assert_never(kind)


def _walk(kind: PyType) -> Iterable[PyType]:
    yield kind
    match kind:
        case ListOf(items):
            yield from _walk(items)
        case MapOf(values):
            yield from _walk(values)
        case Either(members) | Tagged(members):
            for member in members:
                yield from _walk(member)
        case _:
            pass


def is_tagged(kind: PyType) -> bool:
    """True where a field's value tells the members of a union in the annotation apart."""
    return any(isinstance(part, Tagged) for part in _walk(kind))


def has_ambiguous_union(kind: PyType) -> bool:
    """True where the annotation holds a union of several objects, or of several lists, that no field's value tells
    apart."""
    for part in _walk(kind):
        members = part.members if isinstance(part, Either) else ()
        objects = sum(isinstance(member, ModelName | UnionName | MapOf | Tagged) for member in members)
        lists = sum(isinstance(member, ListOf) for member in members)
        if objects > 1 or lists > 1:
            return True
    return False


def imports_of(kind: PyType) -> frozenset[Import]:
    """What a module must import to write the annotation; models and aliases excluded."""
    found: set[Import] = set()
    for part in _walk(kind):
        match part:
            case Plain(_, needs) if needs is not None:
                found.add(needs)
            case ListOf(for_request=True):
                found.add(_SEQUENCE)
            case MapOf(for_request=True):
                found.add(_MAPPING)
            case LiteralOf():
                found.add(_LITERAL)
            case _:
                pass
    return frozenset(found)


def models_of(kind: PyType) -> frozenset[str]:
    """Names of the models package in the annotation: models, unions and lists of values."""
    return frozenset(part.name for part in _walk(kind) if isinstance(part, ModelName | EnumName | UnionName))


def inputs_of(kind: PyType) -> frozenset[str]:
    """Names of the input forms in the annotation."""
    return frozenset(part.name for part in _walk(kind) if isinstance(part, InputName))


def untyped(kind: PyType) -> bool:
    """True where the annotation is no type: `Any`, at the top or inside of a container."""
    match kind:
        case Plain():
            return kind == ANY
        case ListOf(items):
            return untyped(items)
        case MapOf(values):
            return untyped(values)
        case Either(members):
            return any(untyped(member) for member in members)
        case _:
            return False
