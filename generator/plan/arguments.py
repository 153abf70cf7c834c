"""The arguments of a method: which there are, their names, types, defaults and example values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, assert_never

from ..model.api import (
    BinaryBody,
    Body,
    FormBody,
    GraphQLBody,
    JsonBody,
    MultipartBody,
    Operation,
    Parameter,
    Place,
    TextBody,
)
from ..model.types import (
    Array,
    Enumeration,
    Field,
    Json,
    Map,
    Nullable,
    Object,
    Scalar,
    ScalarKind,
    Type,
)
from ..text.python import PythonCode, literal
from . import names, pytypes as py
from .convert import TypeNames, given_type, member_key
from .lock import Claims
from .models import body_key, noun_words
from .pytypes import PyType

__all__ = ["Alias", "Argument", "Default", "arguments_of", "is_spread"]


class Default(Enum):
    """What stands for an argument that is not given."""

    REQUIRED = "required"
    NONE = "None"
    """Left out of the request."""
    UNSET = "UNSET"
    """Left out of a JSON body, where None is JSON null."""
    LITERAL = "literal"
    """A fixed text that tells sibling operations apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """One argument, as a person would see it, with the place that its value goes to."""

    name: str
    place: str
    """`path`, `query`, `header`, `cookie`, `server`, `body`, or `whole` for a body in one piece."""
    wire: str
    kind: PyType
    default: Default
    literal: Json = None
    doc: str = ""
    example: Json = None
    has_example: bool = False
    shown: bool = True
    """True where the spec's own example call holds it."""

    @property
    def required(self) -> bool:
        return self.default is Default.REQUIRED


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """A named list of values: `UserTokenType = Literal["token", "zak"] | str`."""

    name: str
    kind: PyType


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """An argument before it has a name."""

    place: str
    wire: str
    type: Type
    key: str
    default: Default
    literal: Json = None
    doc: str = ""
    example: Json = None
    has_example: bool = False
    shown: bool = True
    name: str = ""
    plain: PyType | None = None


_PLACE_ORDER = (Place.PATH, Place.SERVER, Place.QUERY, Place.HEADER, Place.COOKIE)


def is_spread(body: Body | None) -> bool:
    """True where each field of the body is an argument of its own."""
    match body:
        case JsonBody(type=Object(fields=fields)):
            return bool(fields)
        case FormBody() | MultipartBody() | GraphQLBody() | TextBody():
            return True
        case _:
            return False


def _from_parameter(parameter: Parameter, qualified: str) -> _Wanted:
    if parameter.place in (Place.PATH, Place.SERVER):
        default = Default.REQUIRED
    elif parameter.default is not None:
        default = Default.LITERAL
    else:
        default = Default.REQUIRED if parameter.required else Default.NONE
    return _Wanted(
        place=parameter.place.value,
        wire=parameter.wire,
        type=parameter.type,
        key=f"{qualified}({parameter.place.value} {parameter.wire})",
        default=default,
        literal=parameter.default,
        doc=parameter.doc,
        example=None if parameter.example is None else parameter.example.value,
        has_example=parameter.example is not None,
        shown=parameter.enabled,
    )


def _field_default(field: Field, *, body_required: bool, missing: Default) -> Default:
    if field.default is not None:
        return Default.LITERAL
    return Default.REQUIRED if field.required and body_required else missing


def _from_fields(
    fields: tuple[Field, ...],
    values: Mapping[str, Json],
    enabled: frozenset[str] | None,
    key: str,
    missing: Default,
    *,
    body_required: bool = True,
) -> Iterator[_Wanted]:
    for field in fields:
        yield _Wanted(
            place="body",
            wire=field.wire,
            type=field.type,
            key=member_key(key, field.wire),
            default=_field_default(field, body_required=body_required, missing=missing),
            literal=field.default,
            doc=field.doc,
            example=values.get(field.wire),
            has_example=field.wire in values,
            shown=field.wire in values if enabled is None else field.wire in enabled,
        )


def _object(value: Json | None) -> Mapping[str, Json]:
    return value if isinstance(value, Mapping) else {}


def _from_body(body: Body | None, qualified: str) -> Iterator[_Wanted]:
    key = body_key(qualified)
    example = (
        None if body is None or isinstance(body, BinaryBody) or body.example is None else body.example.value
    )
    match body:
        case None:
            return
        case JsonBody(type=Object(fields=fields), required=required) if fields:
            yield from _from_fields(
                fields, _object(example), None, key, Default.UNSET, body_required=required
            )
        case JsonBody(type=kind, required=required, doc=doc):
            yield _Wanted(
                place="whole",
                wire="",
                type=kind,
                key=key,
                name="body",
                default=Default.REQUIRED if required else Default.UNSET,
                doc=doc,
                example=example,
                has_example=example is not None,
            )
        case FormBody(fields=fields, enabled=enabled):
            yield from _from_fields(fields, _object(example), enabled, key, Default.NONE)
        case MultipartBody(parts=parts, enabled=enabled):
            parts_fields = tuple(part.field for part in parts)
            yield from _from_fields(parts_fields, _object(example), enabled, key, Default.NONE)
        case GraphQLBody(variables=fields):
            yield from _from_fields(fields, _object(example), None, key, Default.UNSET)
        case TextBody(holes=holes):
            # None of them is required, because `content` may stand for all; the runtime names what is missing.
            yield from _from_fields(holes, _object(example), None, key, Default.NONE, body_required=False)
            yield _Wanted(
                place="whole",
                wire="",
                type=Scalar(ScalarKind.STRING),
                key=key,
                name="content",
                plain=py.either([py.STR, py.BYTES]),
                default=Default.NONE,
                doc="The whole body, in place of the text that the other arguments fill.",
                shown=False,
            )
        case BinaryBody(required=required, doc=doc):
            yield _Wanted(
                place="whole",
                wire="",
                type=Scalar(ScalarKind.BINARY),
                key=key,
                name="content",
                plain=py.FILE,
                default=Default.REQUIRED if required else Default.NONE,
                doc=doc,
            )
        case _:
            assert_never(body)


def _wanted(operation: Operation, qualified: str) -> Iterator[_Wanted]:
    holes = [piece.wire for piece in operation.path if not isinstance(piece, str)]
    for place in _PLACE_ORDER:
        chosen = [parameter for parameter in operation.parameters if parameter.place is place]
        if place is Place.PATH:
            chosen.sort(key=lambda parameter: holes.index(parameter.wire) if parameter.wire in holes else 0)
        for parameter in chosen:
            yield _from_parameter(parameter, qualified)
    yield from _from_body(operation.body, qualified)


def fitted(value: Json, kind: Type) -> Json:
    """`value` in the type of its place, so that an example call passes a type checker."""
    match kind:
        case Nullable(inner):
            return None if value is None else fitted(value, inner)
        case Array(items):
            many = value if isinstance(value, list | tuple) else [value]
            return [fitted(item, items) for item in many]
        case Scalar(ScalarKind.INTEGER):
            return value if isinstance(value, int) and not isinstance(value, bool) else 1
        case Scalar(ScalarKind.NUMBER):
            return value if isinstance(value, int | float) and not isinstance(value, bool) else 1.5
        case Scalar(ScalarKind.BOOLEAN):
            return value if isinstance(value, bool) else True
        case Scalar(ScalarKind.BINARY):
            return None
        case Scalar():
            return value if isinstance(value, str) else str(value)
        case Enumeration(values, is_open):
            if value in values or not values:
                return value
            same = is_open and type(value) is type(values[0])
            return value if same else values[0]
        case Object() | Map():
            return value if isinstance(value, Mapping) else {}
        case _:
            return value


def _enumeration(kind: PyType) -> bool:
    match kind:
        case py.LiteralOf():
            return True
        case py.Either(members):
            return any(isinstance(member, py.LiteralOf) for member in members)
        case py.ListOf(items):
            return _enumeration(items)
        case _:
            return False


def _named_lists(kind: PyType, name: str) -> tuple[PyType, PyType]:
    """The annotation with its list of values replaced by an alias, and what the alias stands for."""
    match kind:
        case py.ListOf(items, given):
            inner, meaning = _named_lists(items, name)
            return py.ListOf(inner, given), meaning
        case py.Either(members):
            nothing = [member for member in members if member == py.NONE]
            rest = py.either(member for member in members if member != py.NONE)
            return py.either([py.AliasName(name), *nothing]), rest
        case _:
            return py.AliasName(name), kind


class AliasBook:
    """The aliases of one module: equal lists of values that want one name share it."""

    def __init__(self, module: str, claims: Claims, reserved: frozenset[str] = frozenset()) -> None:
        self._module = module
        self._claims = claims
        self._reserved = reserved
        self._kinds: dict[str, PyType] = {}

    def alias(self, kind: PyType, wanted: _Wanted, qualified: str) -> PyType:
        noun = names.pascal(" ".join(noun_words(qualified)))
        method = names.pascal(qualified.rsplit(".", maxsplit=1)[-1])
        own = names.pascal(wanted.wire)
        wished = (names.valid(name, "class") for name in (noun + own, method + own, method + own + "Value"))
        candidates = [name for name in wished if name not in self._reserved]
        _, meaning = _named_lists(kind, "")
        name = self._claims.place(
            "enum",
            wanted.key,
            candidates,
            scope=self._module,
            share=lambda other: self._kinds.get(other) == meaning,
        )
        if self._kinds.setdefault(name, meaning) != meaning:
            self._kinds[name] = py.either([self._kinds[name], meaning])
        return _named_lists(kind, name)[0]

    def all(self) -> tuple[Alias, ...]:
        return tuple(Alias(name=name, kind=self._kinds[name]) for name in sorted(self._kinds))


def arguments_of(
    operation: Operation, qualified: str, model_names: TypeNames, claims: Claims, aliases: AliasBook
) -> tuple[Argument, ...]:
    """Arguments in signature order: path, server, query, header, cookie, body."""
    found: list[Argument] = []
    everything = tuple(_wanted(operation, qualified))
    claims.expect("argument", qualified, [{"in": wanted.place, "wire": wanted.wire} for wanted in everything])
    if is_spread(operation.body):
        claims.spread(qualified)
    for wanted in everything:
        kind = wanted.plain or given_type(wanted.type, wanted.key, model_names)
        if _enumeration(kind):
            kind = aliases.alias(kind, wanted, qualified)
        short = names.valid(wanted.name or names.snake(wanted.wire), "argument")
        name = claims.name(
            "argument",
            qualified,
            {"in": wanted.place, "wire": wanted.wire},
            [short, names.valid(f"{short}_{wanted.place}", "argument")],
        )
        if wanted.default is Default.NONE:
            kind = py.either([kind, py.NONE])
        elif wanted.default is Default.UNSET:
            kind = py.either([kind, py.UNSET])
        elif wanted.default is Default.LITERAL:
            kind = py.either([kind, py.NONE])
        found.append(
            Argument(
                name=name,
                place=wanted.place,
                wire=wanted.wire,
                kind=kind,
                default=wanted.default,
                literal=wanted.literal,
                doc=wanted.doc,
                example=fitted(wanted.example, wanted.type) if wanted.has_example else fallback(wanted.type),
                has_example=wanted.has_example,
                shown=wanted.shown,
            )
        )
    return tuple(found)


def fallback(kind: Type) -> Json:
    """A readable value of a type that the spec gives no example for."""
    match kind:
        case Nullable(inner):
            return fallback(inner)
        case Enumeration(values):
            return values[0] if values else ""
        case Array(items):
            return [fallback(items)]
        case Scalar(ScalarKind.BINARY):
            return None
        case Scalar(ScalarKind.DATE):
            return "2026-01-31"
        case Scalar(ScalarKind.DATETIME):
            return "2026-01-31T09:30:00Z"
        case Scalar(ScalarKind.UUID):
            return "123e4567-e89b-12d3-a456-426614174000"
        case Scalar(ScalarKind.STRING):
            return "example"
        case Object() | Map():
            return {}
        case _:
            return fitted(None, kind)


def declaration(argument: Argument, annotation: PythonCode) -> PythonCode:
    """`ttl: int | None = None`."""
    name = names.code(argument.name)
    match argument.default:
        case Default.REQUIRED:
            return PythonCode("{}: {}").format(name, annotation)
        case Default.NONE:
            return PythonCode("{}: {} = None").format(name, annotation)
        case Default.UNSET:
            return PythonCode("{}: {} = UNSET").format(name, annotation)
        case Default.LITERAL:
            value: Any = argument.literal
            return PythonCode("{}: {} = {}").format(name, annotation, literal(value))
        case _:
            assert_never(argument.default)
