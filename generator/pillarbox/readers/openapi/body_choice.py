"""Which of several media types a body is sent as, and which of them the caller may choose."""

from collections.abc import Iterable, Mapping
from typing import Any

from ...model.api import Body, JsonBody, Location, Parameter
from ...model.problems import Origin
from ...model.types import Array, Enumeration, Nullable, Object, Scalar, ScalarKind, Type, Union
from ..lenient import mapping
from .media import Syntax, bare, best, is_media_type, syntax_of
from .parameters import Reading
from .refs import Carried

__all__ = [
    "JSON_PATCH",
    "alternatives_of",
    "best_of",
    "content_type_argument",
    "is_file",
    "same_schema",
    "unchosen",
    "with_files",
]

JSON_PATCH = "application/json-patch+json"


def with_files(content: Mapping[str, Any], origin: Origin, reading: Reading) -> str | None:
    """The multipart type that has a file among its fields: no other type can carry bytes beside fields."""
    for media_type in content:
        if syntax_of(media_type) is Syntax.MULTIPART and len(content) > 1:
            media, at = reading.refs.resolve(content[media_type], origin.child(media_type), Carried.BODY)
            kind = reading.schemas.type_of(media.get("schema", {}), at.child("schema"), for_request=True)
            whole = reading.schemas.flattened(kind)
            if isinstance(whole, Object) and any(is_file(field.type) for field in whole.fields):
                return media_type
    return None


def best_of(media_types: Iterable[str]) -> str | None:
    """The media type of a body; of several kinds of patch one that an object is, while a JSON Patch is a list."""
    every = list(media_types)
    objects = [one for one in every if syntax_of(one) is Syntax.JSON and bare(one) != JSON_PATCH]
    return best(objects or every)


def same_schema(content: Mapping[str, Any], one: str, other: str) -> bool:
    return bool(mapping(content[one]).get("schema") == mapping(content[other]).get("schema"))


def alternatives_of(chosen: str, media_types: Iterable[str]) -> tuple[str, ...]:
    """The other kinds of JSON, where none is plain: `application/json` is enough where it is offered."""
    if bare(chosen) == "application/json" or syntax_of(chosen) is not Syntax.JSON:
        return ()
    found = dict.fromkeys(
        bare(one) for one in media_types if is_media_type(one) and bare(one) != bare(chosen)
    )
    return tuple(one for one in found if syntax_of(one) is Syntax.JSON)


def unchosen(others: Iterable[str], chosen: str, body: Body) -> tuple[str, ...]:
    """The media types that the client does not offer."""
    offered = (bare(chosen), *(body.alternatives if isinstance(body, JsonBody) else ()))
    return tuple(kind for kind in others if kind not in offered)


def is_file(kind: Type) -> bool:
    """True for bytes, or a list of them."""
    match kind:
        case Scalar(ScalarKind.BINARY):
            return True
        case Array(inner) | Nullable(inner):
            return is_file(inner)
        case Union(members):
            return any(is_file(member) for member in members)
        case _:
            return False


def content_type_argument(body: Body | None) -> tuple[Parameter, ...]:
    """The argument that says which kind of patch a body is; none where there is no choice."""
    if not isinstance(body, JsonBody) or not body.alternatives:
        return ()
    hint = " A JSON Patch is a list." if JSON_PATCH in body.alternatives else ""
    return (
        Parameter(
            location=Location.HEADER,
            wire="Content-Type",
            type=Enumeration((body.media_type, *body.alternatives), open=False),
            required=False,
            doc=f"What the body is; `{body.media_type}` if left out.{hint}",
            enabled=False,
            origin=body.origin,
        ),
    )
