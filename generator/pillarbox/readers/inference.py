"""Samples of a value -> its type. Knows JSON only: no format, no placeholders, no names of fields.

A reader replaces what it knows better (a placeholder, a variable) by `Known` leaves before it asks.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from ..model.problems import Origin
from ..model.types import (
    Anything,
    Array,
    Evidence,
    Field,
    Json,
    Map,
    Nullable,
    Object,
    Scalar,
    ScalarKind,
    Type,
    Union,
)

__all__ = ["Known", "infer", "is_canonical"]


@dataclass(frozen=True, slots=True)
class Known:
    """A leaf whose type the reader knows, with a value to show where it has one."""

    type: Type
    example: Json = None


_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_DATETIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_DATA_KEYS = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
        r"\d{4}-\d\d(?:-\d\d(?:T.*)?)?",
        r"-?\d+",
        r"(?=[0-9a-f]*\d)[0-9a-f]{16,}",
        r"https?://.+",
        r"[^@\s/]+@[^@\s/]+\.[a-z]+",
        r"additionalProp(?:erty)?\d+|prop\d{3,}|key_\d+",
    )
)
"""Keys that are data wherever all the keys of an object look so."""

_CODE_KEYS = (
    frozenset(
        "AED ARS AUD BGN BHD BOB BRL CAD CHF CLP CNY COP CRC CZK DKK EGP EUR GBP GEL GHS HKD HRK HUF IDR ILS INR "
        "ISK JOD JPY KES KRW KWD LKR MAD MXN MYR NGN NOK NPR NZD OMR PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD "
        "THB TND TRY TWD UAH UGX USD UYU VND XAF XOF ZAR".split()
    ),
    frozenset(
        "ar bg cs da de el en es et fi fr he hr hu ja ko lt lv nb nl nn pl pt ro ru sk sl sv th tr uk vi zh".split()
    ),
)
_LOCALE = re.compile(r"[a-z]{2}[-_][A-Z]{2}", re.ASCII)


def is_canonical(text: str, kind: ScalarKind) -> bool:
    """True where a parser of `kind` would write `text` again unchanged."""
    try:
        match kind:
            case ScalarKind.DATE:
                return date.fromisoformat(text).isoformat() == text
            case ScalarKind.DATETIME:
                return bool(_DATETIME.fullmatch(text)) and datetime.fromisoformat(text) is not None
            case ScalarKind.UUID:
                return bool(_UUID.fullmatch(text))
            case _:
                return True
    except ValueError:
        return False


@dataclass(slots=True)
class _Seen:
    """Samples of one value, by their kind."""

    nulls: bool = False
    objects: list[Mapping[str, Any]] = field(default_factory=list)
    arrays: list[Sequence[Any]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    declared: list[Scalar] = field(default_factory=list)
    anything: Anything | None = None
    families: dict[str, None] = field(default_factory=dict)
    """In the order in which they were seen first."""

    def add(self, sample: Any) -> None:
        match sample:
            case None:
                self.nulls = True
            case Known(type=kind):
                self._add_known(kind)
            case bool():
                self.families["boolean"] = None
            case int():
                self.families["integer"] = None
            case float():
                self.families["number"] = None
            case str():
                self.texts.append(sample)
                self.families["string"] = None
            case dict():
                self.objects.append(sample)
                self.families["object"] = None
            case _:
                self.arrays.append(sample)
                self.families["array"] = None

    def _add_known(self, kind: Type) -> None:
        match kind:
            case Anything():
                self.anything = self.anything or kind
            case Scalar():
                self.declared.append(kind)
                self.families[_family(kind.kind)] = None
            case Array():
                self.families["array"] = None
            case _:
                self.families["object"] = None


def infer(samples: Iterable[Any], *, for_request: bool, origin: Origin | None = None) -> Type:
    """The narrowest type that takes every one of `samples`.

    `for_request` is True for what a caller sends: one sample proves nothing there, so no field is required.
    Recursive: the caller bounds the depth of the samples.
    """
    seen = _Seen()
    for sample in samples:
        seen.add(sample)
    if seen.anything is not None:
        return seen.anything
    families = list(seen.families)
    if "number" in families and "integer" in families:
        families.remove("integer")
    members = [_member(family, seen, for_request, origin) for family in families]
    if not members:
        return Anything("only null was seen" if seen.nulls else "nothing was seen")
    merged = members[0] if len(members) == 1 else Union(tuple(members))
    return Nullable(merged) if seen.nulls else merged


def _family(kind: ScalarKind) -> str:
    match kind:
        case ScalarKind.INTEGER | ScalarKind.NUMBER | ScalarKind.BOOLEAN:
            return str(kind.value)
        case _:
            return "string"


def _member(family: str, seen: _Seen, for_request: bool, origin: Origin | None) -> Type:
    match family:
        case "object":
            return _object(seen.objects, for_request, origin)
        case "array":
            items = [item for array in seen.arrays for item in array]
            return Array(
                infer(items, for_request=for_request, origin=origin)
                if items
                else Anything("the array is empty")
            )
        case "string":
            texts = [scalar for scalar in seen.declared if _family(scalar.kind) == "string"]
            return _string(texts, seen.texts)
        case _:
            return Scalar(ScalarKind(family))


def _string(declared: list[Scalar], texts: list[str]) -> Scalar:
    """A declared kind holds only as long as all agree and every data text is written in its own way."""
    if not declared or any(other != declared[0] for other in declared):
        return Scalar(ScalarKind.STRING)
    scalar = declared[0]
    if texts and (
        scalar.kind is ScalarKind.STRING or not all(is_canonical(text, scalar.kind) for text in texts)
    ):
        return Scalar(ScalarKind.STRING)
    return scalar


def _object(objects: list[Mapping[str, Any]], for_request: bool, origin: Origin | None) -> Type:
    values: dict[str, list[Any]] = {}
    for sample in objects:
        for key, value in sample.items():
            values.setdefault(key, []).append(value)
    if not values:
        return Map(Anything("the object is empty"))
    if _keys_are_data(values):
        merged = infer(
            [value for found in values.values() for value in found], for_request=for_request, origin=origin
        )
        if not isinstance(merged, Union) or _strict_data(values):
            return Map(merged)
    fields = tuple(
        Field(
            wire=key,
            type=infer(found, for_request=for_request, origin=origin),
            required=not for_request and len(found) == len(objects),
            evidence=Evidence(len(found), len(objects)),
        )
        for key, found in values.items()
    )
    return Object(fields=fields, origin=origin)


def _strict_data(keys: Iterable[str]) -> bool:
    return any(all(pattern.fullmatch(key) for key in keys) for pattern in _DATA_KEYS)


def _keys_are_data(values: Mapping[str, list[Any]]) -> bool:
    keys = tuple(values)
    if _strict_data(keys):
        return True
    if len(keys) < 2:
        return False
    if any(codes.issuperset(keys) for codes in _CODE_KEYS):
        return True
    return all(_LOCALE.fullmatch(key) for key in keys)
