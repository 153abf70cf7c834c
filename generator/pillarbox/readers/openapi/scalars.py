"""Types and formats of scalars."""

from ...model.types import Scalar, ScalarKind

__all__ = ["format_kind", "scalar"]

_TEXTS = {
    "date": ScalarKind.DATE,
    "full-date": ScalarKind.DATE,
    "date-time": ScalarKind.DATETIME,
    "datetime": ScalarKind.DATETIME,
    "date_time": ScalarKind.DATETIME,
    "dateTime": ScalarKind.DATETIME,
    "uuid": ScalarKind.UUID,
    "guid": ScalarKind.UUID,
    "binary": ScalarKind.BINARY,
    "file": ScalarKind.BINARY,
}
_NUMBERS = {
    "int32": "integer",
    "int64": "integer",
    "uint32": "integer",
    "uint64": "integer",
    "int": "integer",
    "integer": "integer",
    "long": "integer",
    "float": "number",
    "double": "number",
    "decimal": "number",
    "number": "number",
}


def scalar(kind: str, format: str, word: str = "") -> Scalar:
    """A scalar by the type's word and the format. `word` is the type as the document spells it."""
    match kind:
        case "integer":
            return Scalar(ScalarKind.INTEGER, format)
        case "number":
            return Scalar(ScalarKind.NUMBER, format)
        case "boolean":
            return Scalar(ScalarKind.BOOLEAN)
        case "file":
            return Scalar(ScalarKind.BINARY)
        case _:
            known = _TEXTS.get(format) or _TEXTS.get(word)
            if known is not None:
                return Scalar(known)
            return Scalar(ScalarKind.STRING, format if format != "string" else "")


def format_kind(format: str) -> str:
    """The type that a format implies without a `type`."""
    return _NUMBERS.get(format, "string")
