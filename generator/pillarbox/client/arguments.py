"""The arguments of a method: which there are, their names, types, defaults and example values."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from ..lock.claims import Claims
from ..model.api import (
    BinaryBody,
    Body,
    FormBody,
    GraphQLBody,
    JsonBody,
    MultipartBody,
    Operation,
    Parameter as SpecParameter,
    TextBody,
)
from ..model.problems import Origin
from ..model.styles import Style
from ..model.types import Field, Json, Scalar, ScalarKind, Schema, Type
from ..naming.candidates import Candidate, Reason, wire_candidate
from ..naming.reserved import RESERVED
from ..naming.words import plural, singular, snake, valid_name
from . import types as py
from .api import Default, Parameter
from .body_arguments import BodyField, BodyPart, flattened
from .call_examples import fallback, fitted
from .model_sites import body_key
from .request import Location
from .type_mapping import TypeNames, argument_annotation, member_key
from .types import PyType
from .value_lists import AliasBook, ListSite

__all__ = ["arguments_of", "takes_body_or_fields", "with_sources"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """An argument before it has a name."""

    location: Location
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
    deprecated: bool = False
    style: Style = Style.SIMPLE
    origin: Origin | None = None
    parts: tuple[BodyPart, ...] = ()
    """Its types where named objects, or several objects, have it: instead of `type` and `key`."""

    def candidates(self) -> Iterator[Candidate]:
        """Its own words first; then, where others have these, the plural of a list and the words with the location."""
        if self.name:
            yield Candidate(self.name, Reason.WHOLE_BODY)
            yield Candidate(f"request_{self.name}", Reason.LOCATION)
            return
        pattern = _PATTERN.fullmatch(self.wire)
        words = snake(self.wire if pattern is None else _VARIABLE.sub(" ", pattern[1]))
        words = words or f"{self.location.value}_value"
        short = wire_candidate(self.wire, "argument", words)
        if short.name.rstrip("_") not in RESERVED["argument"]:
            yield short
            if self.wire.endswith("[]"):
                yield Candidate(_of_list(short.name), Reason.WIRE_OF_LIST, self.wire)
        yield Candidate(
            valid_name(f"{self.location.value}_{words}", "argument"),
            Reason.LOCATION,
            f"{self.location.value} {self.wire}",
        )

    def kind(self, names: TypeNames) -> PyType:
        if self.plain is not None:
            return self.plain
        if not self.parts:
            return argument_annotation(self.type, self.key, names)
        return py.either(argument_annotation(part.type, part.key, names) for part in self.parts)


_PATTERN = re.compile(r"/\^?(.*?)\$?/")
"""A parameter whose name is a pattern: `/^var[.][a-zA-Z0-9]+$/`."""
_VARIABLE = re.compile(r"\[[^\]]*\][*+?]?|\([^)]*\)[*+?]?|\{[^}]*\}|\\.")
"""What of a pattern is no text."""
_LOCATION_ORDER = (Location.PATH, Location.SERVER, Location.QUERY, Location.HEADER, Location.COOKIE)


def _of_list(name: str) -> str:
    """`monitor_code` -> `monitor_codes`."""
    head, _, last = name.rpartition("_")
    return valid_name(f"{head}_{plural(singular(last))}".strip("_"), "argument")


def _from_parameter(parameter: SpecParameter, qualified: str) -> _Wanted:
    location = Location(parameter.location.value)
    if location in (Location.PATH, Location.SERVER):
        default = Default.REQUIRED
    elif parameter.default is not None:
        default = Default.LITERAL
    else:
        default = Default.REQUIRED if parameter.required else Default.NONE
    return _Wanted(
        location=location,
        wire=parameter.wire,
        type=parameter.type,
        key=f"{qualified}({location.value} {parameter.wire})",
        default=default,
        literal=parameter.default,
        doc=parameter.doc,
        example=None if parameter.example is None else parameter.example.value,
        has_example=parameter.example is not None,
        shown=parameter.enabled,
        deprecated=parameter.deprecated,
        style=parameter.style,
        origin=parameter.origin,
    )


def _field_default(field: Field | BodyField, *, body_required: bool, missing: Default) -> Default:
    if field.default is not None:
        return Default.LITERAL
    return Default.REQUIRED if field.required and body_required else missing


def _from_fields(
    fields: Sequence[Field | BodyField],
    values: Mapping[str, Json],
    enabled: frozenset[str] | None,
    key: str,
    missing: Default,
    *,
    body_required: bool = True,
) -> Iterator[_Wanted]:
    for field in fields:
        yield _Wanted(
            location=Location.BODY_FIELD,
            wire=field.wire,
            type=field.type if isinstance(field, Field) else field.parts[0].type,
            parts=() if isinstance(field, Field) else field.parts,
            key=member_key(key, field.wire),
            default=_field_default(field, body_required=body_required, missing=missing),
            literal=field.default,
            doc=field.doc,
            example=values.get(field.wire),
            has_example=field.wire in values,
            shown=field.wire in values if enabled is None else field.wire in enabled,
            deprecated=field.deprecated,
        )


def _object(value: Json | None) -> Mapping[str, Json]:
    return value if isinstance(value, Mapping) else {}


def _from_json(
    body: JsonBody, key: str, schemas: Mapping[str, Schema], *, was_flattened: bool
) -> Iterator[_Wanted]:
    example = None if body.example is None else body.example.value
    flat = flattened(body.type, key, schemas, was_flattened=was_flattened)
    if flat is None:
        yield _Wanted(
            location=Location.BODY,
            wire="",
            type=body.type,
            key=key,
            name="body",
            default=Default.REQUIRED if body.required else Default.UNSET,
            doc=body.doc,
            example=example,
            has_example=example is not None,
        )
        return
    values = _object(example)
    yield from _from_fields(flat.fields, values, None, key, Default.UNSET, body_required=body.required)
    if flat.others:
        is_other = example is not None and not isinstance(example, Mapping)
        yield _Wanted(
            location=Location.BODY,
            wire="",
            type=flat.others[0].type,
            parts=flat.others,
            key=key,
            name="body",
            default=Default.UNSET,
            doc="The whole body, instead of the arguments for its fields.",
            example=example,
            has_example=is_other,
            shown=is_other,
        )


def _from_text(body: TextBody, key: str) -> Iterator[_Wanted]:
    # None of the placeholders is required, because `content` may replace all; the runtime names what is missing.
    example = None if body.example is None else body.example.value
    yield from _from_fields(body.placeholders, _object(example), None, key, Default.NONE, body_required=False)
    yield _Wanted(
        location=Location.BODY,
        wire="",
        type=Scalar(ScalarKind.STRING),
        key=key,
        name="content",
        plain=py.either([py.STR, py.BYTES]),
        default=Default.NONE,
        doc=(
            "The whole body, in place of the text that the other arguments fill."
            if body.placeholders
            else "The whole body, in place of the saved one."
        ),
        shown=False,
    )


def _from_binary(body: BinaryBody, key: str) -> _Wanted:
    return _Wanted(
        location=Location.BODY,
        wire="",
        type=Scalar(ScalarKind.STRING if body.is_text else ScalarKind.BINARY),
        key=key,
        name="content",
        plain=py.either([py.STR, py.FILE]) if body.is_text else py.FILE,
        default=Default.REQUIRED if body.required else Default.NONE,
        doc=body.doc,
        example=None if body.example is None else body.example.value,
        has_example=body.example is not None and body.example.value is not None,
    )


def _from_body(
    body: Body | None, qualified: str, schemas: Mapping[str, Schema], *, was_flattened: bool
) -> Iterator[_Wanted]:
    key = body_key(qualified)
    example = None if body is None or body.example is None else body.example.value
    match body:
        case None:
            return
        case JsonBody():
            yield from _from_json(body, key, schemas, was_flattened=was_flattened)
        case FormBody(fields=fields, enabled=enabled):
            values, needed = _object(example), body.required
            yield from _from_fields(fields, values, enabled, key, Default.NONE, body_required=needed)
        case MultipartBody(parts=parts, enabled=enabled):
            fields = tuple(part.field for part in parts)
            values, needed = _object(example), body.required
            yield from _from_fields(fields, values, enabled, key, Default.NONE, body_required=needed)
        case GraphQLBody(variables=fields):
            yield from _from_fields(fields, _object(example), None, key, Default.UNSET)
        case TextBody():
            yield from _from_text(body, key)
        case BinaryBody():
            yield _from_binary(body, key)
        case _:
            assert_never(body)


def _wanted(
    operation: Operation, qualified: str, schemas: Mapping[str, Schema], *, was_flattened: bool
) -> Iterator[_Wanted]:
    placeholders = [piece.wire for piece in operation.path if not isinstance(piece, str)]
    for location in _LOCATION_ORDER:
        chosen = [
            parameter for parameter in operation.parameters if parameter.location.value == location.value
        ]
        if location is Location.PATH:
            chosen.sort(
                key=lambda parameter: (
                    placeholders.index(parameter.wire) if parameter.wire in placeholders else 0
                )
            )
        for parameter in chosen:
            yield _from_parameter(parameter, qualified)
    yield from _from_body(operation.body, qualified, schemas, was_flattened=was_flattened)


def _is_flattened(wanted: Sequence[_Wanted], body: Body | None) -> bool:
    """Some kinds of bodies are flattened though they may have no field."""
    always = isinstance(body, FormBody | MultipartBody | GraphQLBody | TextBody)
    return always or any(one.location is Location.BODY_FIELD for one in wanted)


def takes_body_or_fields(arguments: Iterable[Parameter]) -> bool:
    """Whether a JSON body may be passed field by field or, where it is no object, whole."""
    locations = {argument.location for argument in arguments if argument.default is not Default.NONE}
    return {Location.BODY_FIELD, Location.BODY} <= locations


def arguments_of(
    operation: Operation, qualified: str, model_names: TypeNames, claims: Claims, aliases: AliasBook
) -> tuple[Parameter, ...]:
    """Arguments in the order in which they are sent: path, server, query, header, cookie, body."""
    was_flattened = claims.was_flattened(qualified)
    everything = tuple(_wanted(operation, qualified, model_names.schemas, was_flattened=was_flattened))
    scope = claims.scope(
        "argument", qualified, [{"in": wanted.location.value, "wire": wanted.wire} for wanted in everything]
    )
    if _is_flattened(everything, operation.body):
        claims.flatten(qualified)
    # Lists last, so that of `tag` and `tag[]` it is the list that gets the plural.
    names = {
        index: scope.name(
            {"in": everything[index].location.value, "wire": everything[index].wire},
            tuple(everything[index].candidates()),
        )
        for index in sorted(range(len(everything)), key=lambda index: everything[index].wire.endswith("[]"))
    }
    found: list[Parameter] = []
    for index, wanted in enumerate(everything):
        site = ListSite(wanted.key, wanted.wire, qualified)
        kind = aliases.alias(wanted.kind(model_names), site, model_names.inflections)
        found.append(_parameter(replace(wanted, name=names[index]), kind, operation, model_names.schemas))
    return tuple(found)


def _with_default(kind: PyType, default: Default) -> PyType:
    match default:
        case Default.REQUIRED:
            return kind
        case Default.NONE | Default.LITERAL:
            return py.either([kind, py.NONE])
        case Default.UNSET:
            return py.either([kind, py.UNSET])
        case _:
            assert_never(default)


def _parameter(
    wanted: _Wanted, kind: PyType, operation: Operation, schemas: Mapping[str, Schema]
) -> Parameter:
    body = operation.body
    below = operation.origin if body is None else body.origin
    styles = dict(body.styles) if isinstance(body, FormBody) else {}
    style = styles.get(wanted.wire, Style.SIMPLE)
    return Parameter(
        name=wanted.name,
        location=wanted.location,
        wire=wanted.wire,
        kind=_with_default(kind, wanted.default),
        default=wanted.default,
        literal=wanted.literal,
        doc=wanted.doc,
        example=fitted(wanted.example, wanted.type) if wanted.has_example else fallback(wanted.type, schemas),
        has_example=wanted.has_example,
        shown=wanted.shown,
        deprecated=wanted.deprecated,
        style=style if wanted.location is Location.BODY_FIELD else wanted.style,
        origin=wanted.origin or below,
    )


def with_sources(
    arguments: Sequence[Parameter], returned: Sequence[tuple[str, str, str]]
) -> tuple[Parameter, ...]:
    """The arguments, with what is known of where their values come from at the end of their texts."""
    sentences = {(location, wire): sentence for location, wire, sentence in returned}
    return tuple(
        replace(argument, doc=_and_then(argument.doc, sentence))
        if (sentence := sentences.get((argument.location.value, argument.wire)))
        else argument
        for argument in arguments
    )


def _and_then(doc: str, sentence: str) -> str:
    doc = doc.strip()
    if not doc:
        return sentence
    if "\n" in doc or "<" in doc:
        return f"{doc}\n\n{sentence}"
    return f"{doc} {sentence}" if doc[-1] in ".!?:" else f"{doc}. {sentence}"
