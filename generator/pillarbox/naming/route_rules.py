"""A route, the name of a call, and the rules that make one of the other."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

__all__ = ["CallName", "Route", "RouteRule", "distinct"]


@dataclass(frozen=True, slots=True)
class Route:
    """What names a call: its method and path, and whether the response is a list."""

    method: str
    path: str
    returns_list: bool | None = None
    """None where that is not known; False for one object without a list in it."""
    needs: tuple[str, ...] = ()
    """Wire names of the parameters outside of the path that it requires."""


class RouteRule(Enum):
    """Why a route has its name, as a phrase for people; the route or the text that it was made of may follow it."""

    COLLECTION = "made of its route, a collection: the segments are the resource, the HTTP method is the verb"
    PLURAL = (
        "made of its route, a plural or a list: the segments are the resource, the HTTP method is the verb"
    )
    ITEM = "made of its route, one item: the segments are the resource, the HTTP method is the verb"
    SINGLE = "made of its route, a single thing: the segments are the resource, the HTTP method is the verb"
    ACTION = "made of its route, whose last segment is a verb"
    NOUN = "made of its route, whose last segment is a noun with one operation"
    ALL = "made of its route, all of a collection"
    LIST_BELOW = "made of its route, a list below an item"
    OTHER_KEY = "made of its route, an item that is found by another key"
    PROCEDURE = "made of its route, a verb and a noun"
    SERVICE = "made of its route, a procedure of a service"
    CLIENT = "made of its route; no resource would have two calls"
    GROUP = "the group and the verb of its operationId"
    WRITTEN = "made of its route, with the verb of its operationId or summary"
    WITH_WORDS = "made of its route, with the words of its operationId or summary that tell it apart"
    WITH_SCOPE = "made of its route, with all of its path"
    WITH_VERSION = "made of its route, with the version of the API"
    WITH_VERB = "made of its route, with the verb of the HTTP method"
    WITH_EXTENSION = "made of its route, with the format at the end of the path"
    WITH_PARAMETERS = "made of its route, with what it requires"
    WITH_PLACEHOLDER = "made of its route, with a path parameter"
    WITH_BODY = "made of its route, with its body"
    WITH_METHOD = "made of its route, with the HTTP method"


@dataclass(frozen=True, slots=True)
class CallName:
    """Where a call hangs and what it is called."""

    resource: tuple[str, ...]
    method: str
    rule: RouteRule

    @property
    def dotted(self) -> str:
        return ".".join((*self.resource, self.method))


def distinct(names: Iterable[CallName]) -> list[CallName]:
    """The first of each name, in order."""
    found: dict[str, CallName] = {}
    for name in names:
        found.setdefault(name.dotted, name)
    return list(found.values())
