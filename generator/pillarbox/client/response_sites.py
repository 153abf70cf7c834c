"""Which responses a method returns, and the site keys of what they and the failures hold."""

from collections.abc import Iterator

from ..model.api import ErrorCase, Operation, Response, StatusRange
from ..model.types import Scalar, ScalarKind, Type

__all__ = ["contents_of", "error_key", "successes"]


def successes(operation: Operation) -> tuple[Response, ...]:
    """The responses that a method returns: every 2xx, else the file that a redirect leads to, else the default one."""
    good = tuple(
        response for response in operation.responses if response.status and 200 <= response.status < 300
    )
    moved = tuple(
        response
        for response in operation.responses
        if response.status and 300 <= response.status < 400 and response.type == Scalar(ScalarKind.BINARY)
    )
    return good or moved or tuple(response for response in operation.responses if response.status is None)


def contents_of(qualified: str, response: Response) -> Iterator[tuple[str, str, Type]]:
    """What a response may hold, that to ask for first: media type, site key and type."""
    if response.type is None:
        return
    key = f"{qualified}:{response.status or 'default'}"
    yield response.media_type, key, response.type
    for other in response.others:
        yield other.media_type, f"{key} {other.media_type}", other.type


def error_key(qualified: str, case: ErrorCase) -> str:
    """Site key of the body of a failure."""
    status = case.status.value if isinstance(case.status, StatusRange) else case.status
    return f"{qualified}:error {status}"
