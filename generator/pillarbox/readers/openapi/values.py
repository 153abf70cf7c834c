"""Values of a type: whether a documented one fits, and readable ones where none does. Secrets never pass."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, assert_never

from ...model.api import Example
from ...model.types import (
    Anything,
    Array,
    Enumeration,
    Field,
    Json,
    Map,
    Nullable,
    Object,
    Reference,
    Scalar,
    ScalarKind,
    Type,
    Union,
)
from ..example_values import readable
from ..limits import NO_DEADLINE, Deadline
from ..secret_names import is_secret_field, shown_instead
from .schemas import Schemas

__all__ = ["Values"]

_DEEPEST = 60
"""Levels that are read; deeper values are cut from examples."""
_MOST_STEPS = 20_000
"""Types that one value is compared with before the reader gives up."""
_MOST_MADE = 150
"""Values in one generated example; past that, everything that may be left out is."""
_MOST_TRIED = 10_000
"""Values made, kept or not, before the reader gives up on a required one."""
_OPTIONAL = 4
"""Fields that a generated example shows besides the required ones."""

_LONGEST_SHOWN = 300
"""Characters of a field's own example in a generated one."""

_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_DATETIME = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:?\d\d)?", re.ASCII)
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", re.ASCII)


class _Endless(Exception):
    """No value of this type comes to an end, or not soon enough."""


class Values:
    """Examples of one document."""

    def __init__(self, schemas: Schemas, deadline: Deadline = NO_DEADLINE) -> None:
        self._schemas = schemas
        self._deadline = deadline
        self._secrets: set[str] = set()

    @property
    def redacted(self) -> int:
        """How many different secret values were replaced."""
        return len(self._secrets)

    def accepts(self, kind: Type, value: Any) -> bool:
        """True where `value` is one of `kind`. Fields that the type does not name are fine."""
        self._deadline.check()
        return _Check(self._schemas).fits(kind, value, 0)

    def made(self, kind: Type, wire: str) -> Json:
        """A small readable value: every required field, and at the top a few of the others."""
        self._deadline.check()
        try:
            return _Maker(self._schemas, self).value(kind, wire, 0)
        except _Endless:
            return {}

    def example(self, kind: Type, wire: str, candidates: Sequence[Any]) -> Example:
        """The first candidate that the type accepts, without secrets; else a made value."""
        for written in candidates:
            candidate = written if self.accepts(kind, written) else _meant(kind, written)
            if candidate == "string" or not self.accepts(kind, candidate):
                continue
            cleaned = self.cleaned(candidate, wire)
            if cleaned is candidate or self.accepts(kind, cleaned):
                return Example(cleaned)
        return Example(self.made(kind, wire))

    def cleaned(self, value: Any, wire: str) -> Json:
        """The value with placeholders for what its names call secret; the same object where there is none."""
        return self._cleaned(value, wire, 0)

    def _cleaned(self, value: Any, wire: str, depth: int) -> Json:
        match value:
            case dict() if depth < _DEEPEST:
                found = {key: self._cleaned(item, str(key), depth + 1) for key, item in value.items()}
                return value if all(found[key] is value[key] for key in value) else found
            case list() if depth < _DEEPEST:
                items = [self._cleaned(item, wire, depth + 1) for item in value]
                same = all(new is old for new, old in zip(items, value, strict=True))
                return value if same else items
            case dict():
                return {}
            case list():
                return []
            case _ if is_secret_field(wire, value):
                self._secrets.add(str(value))
                return shown_instead(wire, value)
            case _:
                return value  # type: ignore[no-any-return]


def _meant(kind: Type, written: Any) -> Any:
    """A value in its type, where people wrote it as they would in a URL: `10` for a text, `a,b` for a list."""
    match kind, written:
        case Nullable(inner), _:
            return _meant(inner, written)
        case Scalar(ScalarKind.STRING), int() | float() if not isinstance(written, bool):
            return str(written)
        case Scalar(ScalarKind.INTEGER), str() if (
            written.isdecimal() and written.isascii() and len(written) < 19
        ):
            return int(written)
        case Scalar(ScalarKind.BOOLEAN), "true" | "false":
            return written == "true"
        case Array(items), str() if written and len(written) < 1_000:
            return [_meant(items, part.strip()) for part in written.split(",")]
        case _:
            return written


class _Check:
    """Holds one value against one type, within a bound on steps: unions may multiply them."""

    def __init__(self, schemas: Schemas) -> None:
        self._schemas = schemas
        self._steps = 0

    def fits(self, kind: Type, value: Any, depth: int) -> bool:
        self._steps += 1
        if self._steps > _MOST_STEPS:
            return False
        if depth > _DEEPEST:
            return True
        match kind:
            case Anything():
                return True
            case Nullable(inner):
                return value is None or self.fits(inner, value, depth)
            case Scalar(scalar):
                return _is_scalar(scalar, value)
            case Enumeration():
                return _is_listed(kind, value)
            case Array(items):
                return isinstance(value, list) and all(self.fits(items, one, depth + 1) for one in value)
            case Map(values):
                return isinstance(value, dict) and all(
                    self.fits(values, one, depth + 1) for one in value.values()
                )
            case Reference(key):
                return isinstance(value, dict) and self.fits(self._schemas.object_of(key), value, depth)
            case Object():
                return isinstance(value, dict) and self._has_fields(kind, value, depth + 1)
            case Union():
                return self._fits_union(kind, value, depth)
            case _:
                assert_never(kind)

    def _has_fields(self, kind: Object, value: Mapping[str, Any], depth: int) -> bool:
        for field in kind.fields:
            if field.wire in value:
                if not self.fits(field.type, value[field.wire], depth):
                    return False
            elif field.required:
                return False
        if kind.extra is None or isinstance(kind.extra, Anything):
            return True
        known = {field.wire for field in kind.fields}
        return all(self.fits(kind.extra, one, depth) for key, one in value.items() if key not in known)

    def _fits_union(self, kind: Union, value: Any, depth: int) -> bool:
        members = kind.members
        if kind.discriminator and isinstance(value, dict) and kind.discriminator in value:
            tag = value[kind.discriminator]
            # A member without tags is none that the discriminator selects.
            members = tuple(
                member
                for member, tags in zip(kind.members, kind.tags, strict=True)
                if not tags or tag in tags
            )
        return any(self.fits(member, value, depth) for member in members)


def _is_scalar(kind: ScalarKind, value: Any) -> bool:
    match kind:
        case ScalarKind.INTEGER:
            return isinstance(value, int) and not isinstance(value, bool)
        case ScalarKind.NUMBER:
            return isinstance(value, int | float) and not isinstance(value, bool)
        case ScalarKind.BOOLEAN:
            return isinstance(value, bool)
        case ScalarKind.STRING | ScalarKind.BINARY:
            return isinstance(value, str)
        case ScalarKind.DATE | ScalarKind.DATETIME | ScalarKind.UUID:
            return isinstance(value, str) and _is_written_as(kind, value)
        case _:
            assert_never(kind)


def _is_written_as(kind: ScalarKind, value: str) -> bool:
    try:
        match kind:
            case ScalarKind.DATE:
                return bool(_DATE.fullmatch(value)) and bool(date.fromisoformat(value))
            case ScalarKind.DATETIME:
                return bool(_DATETIME.fullmatch(value)) and bool(datetime.fromisoformat(value.upper()))
            case _:
                return bool(_UUID.fullmatch(value))
    except ValueError:
        return False


def _is_listed(kind: Enumeration, value: Any) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    for one in kind.values:
        if number:
            if isinstance(one, int | float) and not isinstance(one, bool) and (kind.open or one == value):
                return True
        elif type(one) is type(value) and (one == value or (kind.open and isinstance(value, str))):
            return True
    return False


class _Maker:
    """Makes one value. Where a type has no end, it ends at the nearest value that is optional."""

    def __init__(self, schemas: Schemas, values: Values) -> None:
        self._schemas = schemas
        self._values = values
        self._open: list[str] = []
        self._count = 0

    def value(self, kind: Type, wire: str, depth: int) -> Json:
        self._count += 1
        if depth > _DEEPEST or self._count > _MOST_TRIED:
            raise _Endless
        match kind:
            case Reference(key):
                return self._named(key, depth)
            case Object():
                return self._object(kind, depth)
            case Array(items):
                return self._array(items, wire, depth)
            case Nullable(inner):
                return self._or_else(None, inner, wire, depth)
            case Union():
                return self._union(kind, wire, depth)
            case Scalar() | Enumeration() | Map() | Anything():
                return readable(kind, wire)
            case _:
                assert_never(kind)

    def _or_else(self, other: Json, kind: Type, wire: str, depth: int) -> Json:
        if self._is_full:
            return other
        try:
            return self.value(kind, wire, depth)
        except _Endless:
            return other

    @property
    def _is_full(self) -> bool:
        return self._count > _MOST_MADE

    def _array(self, items: Type, wire: str, depth: int) -> Json:
        if isinstance(items, Anything) or self._is_full:
            return []
        try:
            return [self.value(items, wire, depth + 1)]
        except _Endless:
            return []

    def _named(self, key: str, depth: int) -> Json:
        if key in self._open:
            raise _Endless
        self._open.append(key)
        try:
            return self._object(self._schemas.object_of(key), depth)
        finally:
            self._open.pop()

    def _object(self, kind: Object, depth: int) -> Json:
        shown = {field.wire for field in kind.fields if field.required}
        optional = [field for field in kind.fields if not field.required and not field.deprecated]
        if self._is_full:
            pass
        elif depth == 0:
            plain = [field for field in optional if _is_plain(field)] or optional
            shown.update(field.wire for field in plain[: max(0, _OPTIONAL - len(shown))])
        elif not shown and depth < 3:
            shown.update(field.wire for field in [one for one in optional if _is_plain(one)][:2])
        made: dict[str, Json] = {}
        for field in kind.fields:
            if field.wire not in shown:
                continue
            try:
                made[field.wire] = self._member(field, depth + 1)
            except _Endless:
                if field.required:
                    raise
        return made

    def _member(self, field: Field, depth: int) -> Json:
        """The value that the document shows for a field, where it is a short one of its type; else a made one."""
        shown = field.example
        if shown is not None and shown != "string" and len(repr(shown)) <= _LONGEST_SHOWN:
            cleaned = self._values.cleaned(shown, field.wire)
            if self._values.accepts(field.type, cleaned):
                return cleaned
        return self.value(field.type, field.wire, depth)

    def _union(self, kind: Union, wire: str, depth: int) -> Json:
        for number, member in enumerate(kind.members):
            try:
                made = self.value(member, wire, depth)
            except _Endless:
                continue
            tags = kind.tags[number] if kind.discriminator else ()
            if tags and isinstance(made, Mapping) and made.get(kind.discriminator) not in tags:
                made = {kind.discriminator: tags[0], **made, kind.discriminator: tags[0]}
            return made
        raise _Endless


def _is_plain(field: Field) -> bool:
    """True for one value, which is informative and short."""
    match field.type:
        case Scalar(kind) | Nullable(Scalar(kind)):
            return kind is not ScalarKind.BINARY
        case Enumeration() | Nullable(Enumeration()):
            return True
        case _:
            return False
