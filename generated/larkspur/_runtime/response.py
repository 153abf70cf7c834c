"""Turns responses without success into errors that say what happened."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

from .. import errors
from .decode import is_json, parse_json
from .redact import redacted
from .retry import retry_after

if TYPE_CHECKING:
    import httpx2

    from .request import Outgoing

__all__ = ["status_error"]

_CLASSES: Mapping[int, type[errors.StatusError]] = {
    400: errors.BadRequestError,
    401: errors.AuthenticationError,
    403: errors.PermissionDeniedError,
    404: errors.NotFoundError,
    409: errors.ConflictError,
    422: errors.UnprocessableEntityError,
    429: errors.RateLimitError,
}
_BY_HUNDREDS: Mapping[int, type[errors.StatusError]] = {
    3: errors.RedirectError,
    4: errors.ClientError,
    5: errors.ServerError,
}
_CODES = ("code", "errorCode", "error_code", "errorcode", "Code", "errcode", "error_id")
_MESSAGES = (
    "message",
    "error_description",
    "errorMessage",
    "error_message",
    "Message",
    "detail",
    "description",
    "msg",
    "reason",
    "title",
)
_NESTED = ("error", "errors", "fault", "Error", "extensions")
_REQUEST_IDS = (
    "X-Request-Id",
    "Request-Id",
    "X-RequestId",
    "X-Correlation-Id",
    "Correlation-Id",
    "X-Zm-Trackingid",
    "X-Amzn-RequestId",
    "X-Ms-Request-Id",
    "X-Trace-Id",
    "Cf-Ray",
)
_TEXT_LIMIT = 500


def status_error(outgoing: Outgoing, response: httpx2.Response) -> errors.StatusError:
    """The error for a response with any other status than 2xx."""
    status = response.status_code
    kind = _CLASSES.get(status) or _BY_HUNDREDS.get(status // 100, errors.StatusError)
    body = _body(response)
    code, message = _code_and_message(body)
    hint = outgoing.hint if status == 401 else ""
    location = response.headers.get("Location", "")
    if location and status // 100 == 3:
        hint = f"It points to {_short(redacted(location))}, which is not followed."
    return kind(
        status,
        code=code,
        message=message,
        body=body,
        response=response,
        request_id=next(
            (
                response.headers[name]
                for name in _REQUEST_IDS
                if name in response.headers
            ),
            None,
        ),
        retry_after=retry_after(response.headers),
        method=outgoing.method,
        url=outgoing.url,
        reason=_short(response.reason_phrase),
        hint=hint,
    )


def _body(response: httpx2.Response) -> Any:
    """Parsed JSON, else text, else None. Many servers label their JSON errors as something else."""
    content = response.content
    if not content:
        return None
    if is_json(response) or content.lstrip()[:1] in (b"{", b"["):
        try:
            return parse_json(content)
        except ValueError:
            pass
    return response.text


def _code_and_message(body: Any) -> tuple[str | int | None, str]:
    if isinstance(body, str):
        # A page is for people with a browser.
        return None, "" if re.match(r"\s*<", body) else _short(body)
    layers = list(_layers(body, 0))
    code = next((value for layer in layers for value in _codes(layer)), None)
    message = next((value for layer in layers for value in _texts(layer)), "")
    # OAuth 2 (RFC 6749, 5.2): `error` is the code, unless it is all there is.
    names = (layer.get("error") for layer in layers)
    name = next((value for value in names if isinstance(value, str)), None)
    if name and not message:
        message = _short(name)
    elif name and code is None:
        code = _short(name)
    return code, message


def _layers(body: object, depth: int) -> Iterator[Mapping[str, object]]:
    """The objects in which APIs put their code and message, outermost first."""
    if isinstance(body, list):
        for first in cast("list[object]", body)[:1]:
            yield from _layers(
                {"message": first} if isinstance(first, str) else first, depth
            )
    elif isinstance(body, dict):
        layer = cast("dict[str, object]", body)
        yield layer
        if depth < 3:
            for name in _NESTED:
                if isinstance(layer.get(name), (dict, list)):
                    yield from _layers(layer[name], depth + 1)


def _codes(layer: Mapping[str, object]) -> Iterator[str | int]:
    for name in _CODES:
        value = layer.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            yield value
        elif isinstance(value, str) and value:
            yield _short(value)


def _texts(layer: Mapping[str, object]) -> Iterator[str]:
    for name in _MESSAGES:
        value = layer.get(name)
        if isinstance(value, str) and value.strip():
            yield _short(value)


def _short(text: str) -> str:
    """One line of printable text of bearable length."""
    line = " ".join(
        "".join(
            char if char.isprintable() else " " for char in text[: 2 * _TEXT_LIMIT]
        ).split()
    )
    return line if len(line) <= _TEXT_LIMIT else f"{line[:_TEXT_LIMIT]}…"
