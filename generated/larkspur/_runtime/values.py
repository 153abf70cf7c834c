"""Values as text: scalars, JSON, and the plain parameter styles. Everything else that encodes is built on this module.

An argument's value is data: whatever it holds is escaped, so that the server reads the same value.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Literal, cast
from urllib.parse import quote
from uuid import UUID

from .unset import UNSET

__all__ = [
    "PATH_SAFE",
    "QUERY_SAFE",
    "PlainStyle",
    "items_of",
    "joined",
    "json_text",
    "mapping_of",
    "pairs",
    "quoted",
    "scalar_text",
    "utf8",
]

PATH_SAFE = "!$'()*,:=@"
QUERY_SAFE = "!$()*,:=@"

PlainStyle = Literal["", "comma", "deep", "flag"]
"""How a value becomes text in a query or a form. "": a list is repeated, an object is JSON. `comma`: a list in one
value. `deep`: an object as `key[field]=value`. `flag`: `key` alone where true, nothing where false."""


def scalar_text(value: object, where: str) -> str:
    """A single value as text: booleans as `true` and `false`, dates and times in ISO 8601 (UTC as `Z`).

    Raises:
        TypeError: The value has no text of its own, such as bytes.
        ValueError: It is no number (NaN, infinity).
    """
    match value:
        case str() if not isinstance(value, Enum):
            return value
        case bool():
            return "true" if value else "false"
        case Enum():
            return scalar_text(cast("object", value.value), where)
        case int():
            return str(value)
        case float():
            if not math.isfinite(value):
                raise ValueError(f"{where}: NaN and infinity cannot be sent")
            return repr(value)
        case Decimal():
            if not value.is_finite():
                raise ValueError(f"{where}: NaN and infinity cannot be sent")
            return format(value, "f")
        case datetime():
            text = value.isoformat()
            return f"{text[:-6]}Z" if value.utcoffset() == timedelta(0) else text
        case date() | time():
            return value.isoformat()
        case UUID():
            return str(value)
        case _:
            raise TypeError(
                f"{where}: a value of type {type(value).__name__} cannot be sent here"
            )


def mapping_of(value: object) -> Mapping[str, object] | None:
    """The members of a mapping or a model by their wire names, or None for anything else."""
    if isinstance(value, Mapping):
        return cast("Mapping[str, object]", value)
    # By its method, not by its class: what sends no model need not load pydantic.
    dump = getattr(type(value), "model_dump", None)
    if dump is None:
        return None
    return cast(
        "Mapping[str, object]",
        dump(value, by_alias=True, exclude_unset=True, warnings=False),
    )


def items_of(value: object) -> Iterable[object] | None:
    """The items of a list-like value, or None for anything else."""
    if isinstance(value, (str, bytes, bytearray, Mapping)) or not isinstance(
        value, Iterable
    ):
        return None
    return cast("Iterable[object]", value)


def quoted(text: str, safe: str, where: str) -> str:
    """Percent-encoded text.

    Raises:
        ValueError: It holds half of a surrogate pair.
    """
    try:
        return quote(text, safe)
    except UnicodeEncodeError:
        raise ValueError(f"{where}: half of a surrogate pair cannot be sent") from None


def utf8(text: str, where: str) -> bytes:
    """Text as it is sent in a body.

    Raises:
        ValueError: It holds half of a surrogate pair.
    """
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise ValueError(f"{where}: half of a surrogate pair cannot be sent") from None


def json_text(value: object, where: str) -> str:
    """Compact JSON. Models by wire name with only the fields that were set; UNSET left out at every level;
    dates, times and UUIDs as strings, enums by value, decimals as numbers.

    Raises:
        ValueError: NaN, infinity, a decimal beyond a double's digits, or a structure that contains itself.
        TypeError: A value that JSON has no form for, such as bytes. Both name the field.
    """
    try:
        return json.dumps(
            _jsonable(value, where),
            ensure_ascii=False,
            separators=(",", ":"),
            allow_nan=False,
        )
    except RecursionError:
        raise ValueError(
            f"{where}: nested too deeply, or a structure that contains itself"
        ) from None


def _jsonable(value: object, where: str) -> object:
    if value is None or value is True or value is False:
        return value
    if isinstance(value, Enum):
        return _jsonable(cast("object", value.value), where)
    match value:
        case str() | int():
            return value
        case float():
            if not math.isfinite(value):
                raise ValueError(f"{where}: JSON has no NaN and no infinity")
            return value
        case Decimal():
            return _number(value, where)
        case bytes() | bytearray() | memoryview():
            raise TypeError(f"{where}: bytes cannot be sent in JSON")
        case _:
            pass
    members = mapping_of(value)
    if members is not None:
        return {
            scalar_text(name, where): _jsonable(member, f"{where}.{name}")
            for name, member in members.items()
            if member is not UNSET
        }
    items = items_of(value)
    if items is not None:
        return [
            _jsonable(item, f"{where}[{index}]")
            for index, item in enumerate(items)
            if item is not UNSET
        ]
    return scalar_text(value, where)


def _number(value: Decimal, where: str) -> int | float:
    if not value.is_finite():
        raise ValueError(f"{where}: JSON has no NaN and no infinity")
    if value == value.to_integral_value():
        return int(value)
    number = float(value)
    if Decimal(repr(number)) != value:
        raise ValueError(
            f"{where}: more digits than a JSON number keeps; send it as a string"
        )
    return number


def pairs(
    value: object, style: PlainStyle, where: str, safe: str
) -> Iterator[tuple[str, str | None]]:
    """Suffix of the key and encoded value of each pair that a parameter becomes; the value None for a key alone."""
    if value is None or value is UNSET:
        return
    if style == "flag" and isinstance(value, bool):
        if value:
            yield "", None
        return
    members = mapping_of(value)
    if members is not None:
        if style == "deep":
            yield from _deep(members, "", where, safe)
        else:
            yield "", quoted(json_text(members, where), safe, where)
        return
    items = items_of(value)
    if items is None:
        yield "", quoted(scalar_text(value, where), safe, where)
    elif style == "comma":
        text = joined(items, safe, where)
        if text:
            yield "", text
    else:
        for item in items:
            yield from pairs(item, style if style == "flag" else "", where, safe)


def _deep(
    members: Mapping[str, object], prefix: str, where: str, safe: str
) -> Iterator[tuple[str, str | None]]:
    for name, value in members.items():
        suffix = f"{prefix}[{quoted(str(name), safe, where)}]"
        inner = mapping_of(value)
        if inner is not None:
            yield from _deep(inner, suffix, where, safe)
        else:
            for _, text in pairs(value, "", where, safe):
                yield suffix, text


def joined(value: object, safe: str, where: str) -> str:
    """One encoded value, or encoded items joined by commas."""
    items = items_of(value)
    if items is None:
        return quoted(scalar_text(value, where), safe, where)
    inner = safe.replace(",", "")
    return ",".join(
        quoted(scalar_text(item, where), inner, where)
        for item in items
        if item is not None
    )
