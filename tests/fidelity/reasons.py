"""Why the two sources differ in a place. The rules know no place: only what each side says there."""

from enum import Enum

from pillarbox.model.types import Enumeration, Type

__all__ = ["Aspect", "Reason", "reason_of"]


class Aspect(Enum):
    """What is compared of a place."""

    PRESENCE = "presence"
    TYPE = "type"
    REQUIRED = "required"
    ENUM = "enum"


class Reason(Enum):
    """Classes of differences, in the words of the report."""

    DOCUMENT_SILENT = "the document has no type there, the sample has one"
    SAMPLE_SILENT = "the sample holds nothing there, such as an empty list"
    LISTED_AS_DATA = "the text lists numbers (or true and false) for what the schema calls a string"
    CONTRADICTED = "the converter wrote a value of another type than the schema's"
    NARROWED = "the text lists values, the schema none"
    MORE_LISTED = "the text lists other values than the schema's enum"
    ONE_VALUE = "a sample shows one value of an enum, and its text does not list the others"
    ALWAYS_WRITTEN = "the converter writes every field into its samples, required or not"
    NOT_SAID = "the document requires a field of a body; a collection has no way to say so"
    ONE_SIDE = "only one of the two has it"


def reason_of(aspect: Aspect, ours: str, theirs: str, one: Type | None) -> Reason:
    """The class of a difference.

    Args:
        aspect: In what they differ.
        ours: What the collection says.
        theirs: What the document says.
        one: The collection's type, for an aspect of types.
    """
    match aspect:
        case Aspect.PRESENCE:
            return Reason.ONE_SIDE
        case Aspect.REQUIRED:
            return Reason.ALWAYS_WRITTEN if ours == "required" else Reason.NOT_SAID
        case Aspect.TYPE:
            if theirs == "anything":
                return Reason.DOCUMENT_SILENT
            if ours == "anything":
                return Reason.SAMPLE_SILENT
            listed = isinstance(one, Enumeration) or ours == "boolean"
            return Reason.LISTED_AS_DATA if listed and theirs == "string" else Reason.CONTRADICTED
        case Aspect.ENUM:
            if not ours:
                return Reason.ONE_VALUE
            return Reason.MORE_LISTED if theirs else Reason.NARROWED
