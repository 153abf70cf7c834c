"""Candidate names, each with the reason why it was proposed."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from .reserved import Kind
from .route_rules import RouteRule
from .words import snake, valid_name

__all__ = ["Candidate", "Reason", "distinct", "wire_candidate"]


class Reason(Enum):
    """Why a name was proposed, as a phrase for people; the text that the name was made of may follow it."""

    SPEC_NAME = "the words of its name in the spec"
    WHOLE_SPEC_NAME = "all words of its name in the spec"
    ROUTE = "made of its route, because its name in the spec is the route or has no words"
    PATH = "the words of its name, made clear by its path"
    PLACEHOLDER = "the words of its name, made clear by the placeholder of its path"
    METHOD = "the words of its name, made clear by its HTTP method"
    REPLACE = "the verb of a PUT beside a PATCH of the same path, and the words of its name"
    FOLDER = "the words of its folder"
    SEGMENT = "the words of its segment of the path, or of a group that operation ids name"
    SHORTENED = "the words of its name, the middle ones left out because it is long"
    WIRE = "the words of its wire name"
    VALID_WIRE = "the words of its wire name, made a name that is valid and no word of Python"
    WIRE_OF_LIST = "the words of its wire name, in the plural, because `[]` is a list"
    LOCATION = "its location and its wire name"
    WHOLE_BODY = "the whole body"
    ROLE = "its role in the security scheme"
    SCHEME = "the security scheme and its role there"
    SCHEMA = "its name in the spec"
    SCHEMA_END = "the last steps of its name in the spec"
    NOUN = "the noun of the first operation that uses it"
    RESOURCE_NOUN = "the resource and the noun of the first operation that uses it"
    OPERATION = "the first operation that uses it"
    STATUS = "the first operation that uses it, and the status of the response"
    SAME_SHAPE = "the noun of an equal object"
    MEMBER = "the first operation that uses it, and what tells it from the other members of the union"
    UNION = "the name of its union in the spec, and what tells it from the other members"
    FIELD = "the field that holds it"
    PARENT = "the object that holds it"
    NOUN_AND_WIRE = "the noun of the operation and the wire name"
    OPERATION_AND_WIRE = "the operation and the wire name"
    INPUT_FORM = "the model that it may be passed for"
    FORMER_MODULE = "its name in the module that it was in before"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that something may have."""

    name: str
    why: Reason | RouteRule
    source: str = ""
    """The text of the spec, or the public name, that the name was made of."""
    shortened: bool = False
    """Whether words of its middle were left out."""


def distinct(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Each name once, with its first reason."""
    found: dict[str, Candidate] = {}
    for candidate in candidates:
        found.setdefault(candidate.name, candidate)
    return list(found.values())


def wire_candidate(wire: str, kind: Kind, plain: str | None = None) -> Candidate:
    """The name that a wire name gives: `fromDate` -> `from_date`, `from` -> `from_`.

    Args:
        plain: The name to make valid, where it is not just the words of `wire`.
    """
    words = snake(wire)
    name = valid_name(words if plain is None else plain, kind)
    return Candidate(name, Reason.WIRE if name == words else Reason.VALID_WIRE, wire)
