"""Texts of a query, form, path or header -> what their parameter takes: type, description, example."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum

from ...model.api import Example
from ...model.problems import Origin
from ...model.styles import Style
from ...model.types import Array, Enumeration, Json, Scalar, ScalarKind, Type
from ..example_values import is_filler, is_implausible, readable
from ..inference import Known
from ..limits import NO_DEADLINE, Deadline
from ..prose_hints import Listed, is_placeholder_text, listed_values, recommended
from ..secret_names import is_secret_name, name_words
from .converted import marked, placeholder
from .encoding import decoded
from .secrets import Vault
from .variables import PLACEHOLDER, Scope, dynamic, pieces, whole_placeholder

__all__ = ["Context", "ParameterValue", "Where", "Written", "plain_kind", "read_value", "typed"]

STRING = Scalar(ScalarKind.STRING)
_INTEGER = re.compile(r"-?(?:0|[1-9]\d{0,15})", re.ASCII)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,15})\.\d{1,15}", re.ASCII)
_EXACT = 2**53
_TEXT_WORDS = frozenset(
    "phone mobile tel telephone fax zip postal postcode card iban ssn isbn ean msisdn imei version number msn sku "
    "barcode plate extension".split()
)
_COUNTED = frozenset("page size total row item max min serial sequence".split())


@dataclass(frozen=True, slots=True)
class Context:
    """What the reading of one entry needs to know of its surroundings."""

    scope: Scope
    vault: Vault
    names: frozenset[str] = frozenset()
    """Names of the operation's parameters: they are no values."""
    deadline: Deadline = NO_DEADLINE


class Where(Enum):
    """Which part of a request a text belongs to."""

    PATH = "path"
    """Percent signs escape. The text names a resource: under a mere `key` it is no secret unless it looks random."""
    QUERY = "query"
    """Percent signs escape. A form that is written as one text is read alike."""
    HEADER = "header"
    """Percent signs are percent signs. With a dynamic variable in it, it stays text whatever it reads as."""
    FORM = "form"
    """Percent signs are percent signs, which Postman escapes."""

    @property
    def is_escaped(self) -> bool:
        return self in (Where.PATH, Where.QUERY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a collection holds for one parameter or field."""

    where: Where
    wire: str
    values: Sequence[str]
    """Several where the key is repeated, none where nothing is written."""
    description: str
    repeated: bool = False
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterValue:
    """What one parameter or field takes."""

    type: Type
    required: bool
    doc: str
    example: Example
    style: Style = Style.SIMPLE


def plain_kind(value: str, wire: str) -> ScalarKind:
    """The kind that a data text reads as. Leading zeros, huge numbers and phone numbers are text."""
    if value in ("true", "false"):
        return ScalarKind.BOOLEAN
    words = name_words(wire)
    if words and words[-1] in _TEXT_WORDS and not (len(words) > 1 and words[-2] in _COUNTED):
        return ScalarKind.STRING
    if _INTEGER.fullmatch(value) and value != "-0" and abs(int(value)) <= _EXACT:
        return ScalarKind.INTEGER
    if _NUMBER.fullmatch(value) and repr(float(value)) == value:
        return ScalarKind.NUMBER
    return ScalarKind.STRING


def typed(value: str, kind: Type) -> Json:
    """A text as a JSON value of the type; the text itself where it does not fit."""
    match kind:
        case Scalar(ScalarKind.INTEGER):
            return int(value) if _INTEGER.fullmatch(value) else value
        case Scalar(ScalarKind.NUMBER):
            return float(value) if _NUMBER.fullmatch(value) or _INTEGER.fullmatch(value) else value
        case Scalar(ScalarKind.BOOLEAN):
            return {"true": True, "false": False}.get(value, value)
        case Enumeration(values):
            return next((member for member in values if str(member) == value), value)
        case _:
            return value


def _fits(value: Json, kind: Type) -> bool:
    match kind:
        case Scalar(ScalarKind.INTEGER):
            return isinstance(value, int) and not isinstance(value, bool)
        case Scalar(ScalarKind.NUMBER):
            return isinstance(value, float | int) and not isinstance(value, bool)
        case Scalar(ScalarKind.BOOLEAN):
            return isinstance(value, bool)
        case Scalar(ScalarKind.STRING):
            return isinstance(value, str)
        case Enumeration(values, is_open):
            return value in values or (is_open and isinstance(value, str) and bool(value))
        case _:
            return False


def _known(raw: str, written: Written, scope: Scope) -> Known:
    """One of the written values: its type, and the data that it holds (None for a placeholder)."""
    wire = written.wire
    if (kind := placeholder(raw)) is not None:
        return Known(kind if isinstance(kind, Scalar) else STRING)
    if (name := whole_placeholder(raw)) is not None:
        if (known := dynamic(name)) is not None and name not in scope.values:
            return known
        value = scope.value(name)
        return Known(STRING) if value is None else Known(Scalar(plain_kind(value, wire)), value)
    if PLACEHOLDER.search(raw):
        return Known(STRING, filled(raw, scope))
    if is_placeholder_text(raw) or raw == f"{{{wire}}}":
        return Known(STRING)
    value = decoded(raw) if written.where.is_escaped else raw
    return Known(Scalar(plain_kind(value, wire)), value)


def filled(raw: str, scope: Scope) -> str:
    """A text with its variables filled by known or readable values."""
    made: list[str] = []
    for piece in pieces(raw):
        if sum(map(len, made[-2:])) > 100_000 or len(made) > 10_000:
            return raw
        if isinstance(piece, str):
            made.append(piece)
        else:
            known = dynamic(piece.wire) if piece.wire not in scope.values else None
            value = known.example if known else scope.value(piece.wire)
            made.append(str(readable(STRING, piece.wire) if value is None else value))
    return "".join(made)


def _agreed(known: Sequence[Known]) -> Scalar:
    kinds = list(dict.fromkeys(one.type for one in known if isinstance(one.type, Scalar)))
    if len(kinds) == 1:
        return kinds[0]
    numbers = {ScalarKind.INTEGER, ScalarKind.NUMBER}
    if kinds and all(kind.kind in numbers for kind in kinds):
        return Scalar(ScalarKind.NUMBER)
    return STRING


def _enumeration(base: Scalar, only: tuple[str, ...], listed: Listed | None) -> Type:
    """The values that the text lists. A list that the text itself widens elsewhere does not close."""
    values = tuple(dict.fromkeys((*only, *(listed.values if listed else ()))))
    closed = bool(only) and len(values) == len(only)
    if not values or base.kind not in (ScalarKind.STRING, ScalarKind.INTEGER, ScalarKind.BOOLEAN):
        return base
    if base.kind is ScalarKind.BOOLEAN:
        return (
            base if set(values) <= {"true", "false"} else (Enumeration(values, not closed) if only else base)
        )
    members: tuple[Json, ...] = values
    if base.kind is ScalarKind.INTEGER:
        if not all(_INTEGER.fullmatch(value) for value in values):
            return Enumeration(values, not closed) if only else base
        members = tuple(int(value) for value in values)
    docs = dict(zip(listed.values, listed.docs, strict=False)) if listed else {}
    return Enumeration(members, not closed, tuple(docs.get(value, "") for value in values) if docs else ())


def _chosen(known: Known, kind: Type, wire: str, doc: str, names: Collection[str]) -> Json:
    """The value for the example call: the spec's own where it is data, else advice, else a readable one."""
    data = known.example
    if isinstance(data, str) and not is_filler(data) and not is_implausible(data):
        value = typed(data, kind)
        if _fits(value, kind):
            return value
    elif data is not None and not isinstance(data, str):
        if _fits(data, kind):
            return data
        if kind == STRING:
            return str(data).lower() if isinstance(data, bool) else str(data)
    advice = _advised(kind, doc, names)
    if advice:
        return advice[0]
    return readable(kind, wire)


def _advised(kind: Type, doc: str, names: Collection[str]) -> list[Json]:
    if "`" not in doc:
        return []
    if isinstance(kind, Enumeration):
        kind = Enumeration(kind.values, open=False)
    values = (typed(value, kind) for value in recommended(doc, other_names=names))
    return [value for value in values if _fits(value, kind)]


def _split(raws: Sequence[str]) -> tuple[list[str], Style]:
    """`<string>,<string>`: an array that is joined by commas."""
    if len(raws) == 1 and "," in raws[0]:
        parts = raws[0].split(",")
        if len(parts) < 1000 and all(placeholder(part) is not None for part in parts):
            return parts, Style.COMMA
    return list(raws), Style.SIMPLE


def read_value(written: Written, context: Context) -> ParameterValue:
    """The type of a parameter or field, and a value for the example call, from the texts that are written for it."""
    wire, marks = written.wire, marked(written.description)
    parts, style = _split(written.values)
    known = [_known(raw, written, context.scope) for raw in parts or [""]]
    listed = listed_values(marks.doc)
    if listed and any(value in context.names for value in listed.values):
        listed = None
    base = STRING if _is_text(written) else _agreed(known)
    kind = _enumeration(base, marks.only, listed)
    values = [_chosen(one, kind, wire, marks.doc, context.names | {wire}) for one in known]
    hide = context.vault.hide_field if written.where is Where.PATH else context.vault.hide
    hidden = [hide(wire, value, written.origin) for value in values]
    several = written.repeated or style is Style.COMMA
    value: Json = (list(dict.fromkeys(hidden)) if style is Style.COMMA else hidden) if several else hidden[0]
    return ParameterValue(
        type=Array(kind) if several else kind,
        required=marks.required,
        doc=marks.doc,
        example=Example(value, _as_written(written, hidden, style) if hidden == values else None),
        style=style,
    )


def _is_text(written: Written) -> bool:
    """True for what stays text although its example may read as a number."""
    if is_secret_name(written.wire):
        return True
    return written.where is Where.HEADER and any("{{$" in value for value in written.values)


def _as_written(written: Written, values: Sequence[Json], style: Style) -> Json:
    """The texts themselves, where they are not what the values become again."""
    texts: Json = list(written.values) if written.repeated else written.values[0] if written.values else None
    plain = [one if isinstance(one, str) else str(one).lower() for one in values]
    same = texts == (plain if written.repeated else plain[0])
    return None if same and style is Style.SIMPLE else texts
