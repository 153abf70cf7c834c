"""What a response holds: the value of a success, or the error that says what happened."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NoReturn, cast

from .. import errors
from ..errors import DecodeError
from .operation import Operation, Returns
from .request import Outgoing, redacted

if TYPE_CHECKING:
    import httpx2

    from .lenient import ValueMismatch

_BOM = b"\xef\xbb\xbf"
_CLASSES: Mapping[int, type[errors.StatusError]] = {
    3: errors.RedirectError,
    4: errors.ClientError,
    5: errors.ServerError,
    400: errors.BadRequestError,
    401: errors.AuthenticationError,
    403: errors.PermissionDeniedError,
    404: errors.NotFoundError,
    409: errors.ConflictError,
    422: errors.UnprocessableEntityError,
    429: errors.RateLimitError,
}
"""By status, else by its first digit."""
_CODES = "code errorCode error_code errorcode Code errcode error_id".split()
_MESSAGES = (
    "message error_description errorMessage error_message Message detail description msg reason title"
).split()
_NESTED = "error errors fault Error extensions".split()
_REQUEST_IDS = (
    "X-Request-Id Request-Id X-RequestId X-Correlation-Id Correlation-Id X-Zm-Trackingid X-Amzn-RequestId "
    "X-Ms-Request-Id X-Trace-Id Cf-Ray"
).split()
_TEXT_LIMIT = 500

# pydantic, and every module of the runtime that needs it, is imported inside of the functions below: it takes a tenth
# of a second, and a call that returns no model needs none of it.


def decode(
    operation: Operation[Any], response: httpx2.Response, *, strict: bool
) -> tuple[Any, list[ValueMismatch]]:
    """The value of a 2xx response, and where it is not of the documented type.

    A documented `str` is the text where the response is not JSON, `bytes` the content as it is, `Any` what the
    Content-Type says. An empty response is None where no type is documented, else an empty value of the type.

    Raises:
        DecodeError: The response is not JSON, nested too deeply, or holds a number of thousands of digits; or in
            strict mode, it is not of the documented type.
    """
    returns = _returns_for(operation, response.status_code)
    if returns is None:
        return None, []
    kind = returns()
    content = response.content
    if kind is bytes:
        return content, []
    if kind is str and not is_json(response):
        return response.text, []
    if kind is Any:
        return _untyped(response), []
    if not content.strip():
        return _empty(kind, response, strict=strict)
    body = content.removeprefix(_BOM)
    _refuse_nan(body, response)
    if strict:
        return _strict(kind, body, response), []
    value, mismatches = _lenient(kind, body, response)
    if kind is str and not isinstance(value, str):
        return response.text, mismatches
    return value, mismatches


def is_json(response: httpx2.Response) -> bool:
    """True where the Content-Type says JSON (RFC 6839: also `+json`)."""
    media_type = (
        response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    )
    return media_type in ("application/json", "text/json") or media_type.endswith(
        "+json"
    )


def parse_json(content: bytes) -> Any:
    """JSON as Python values. JSON is UTF-8, whatever charset a header names (RFC 8259, 8.1).

    Raises:
        ValueError: It is no JSON, nested too deeply, or holds a number of thousands of digits.
    """
    try:
        return json.loads(content.removeprefix(_BOM).decode(), parse_constant=_refuse)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")


def _returns_for(operation: Operation[Any], status: int) -> Returns:
    by_status = _by_status(operation.returns)
    if by_status is None:
        return cast("Returns", operation.returns)
    if status in by_status:
        return by_status[status]
    # Another success than any documented one: most likely it has the usual type.
    return next((kind for kind in by_status.values() if kind is not None), None)


def _by_status(returns: object) -> Mapping[int, Returns] | None:
    if not isinstance(returns, Mapping):
        return None
    return cast("Mapping[int, Returns]", returns)


def _untyped(response: httpx2.Response) -> Any:
    if not response.content:
        return None
    if is_json(response):
        try:
            return parse_json(response.content)
        except ValueError as error:
            raise _not_json(response, str(error)) from None
    media_type = response.headers.get("Content-Type", "")
    return (
        response.text
        if media_type.startswith("text/") or "charset" in media_type
        else response.content
    )


def _empty(
    kind: Any, response: httpx2.Response, *, strict: bool
) -> tuple[Any, list[ValueMismatch]]:
    if strict:
        raise DecodeError(
            f"{_where(response)}: the response is empty", response=response
        )
    from .lenient import ValueMismatch

    empty = ValueMismatch("$", getattr(kind, "__name__", str(kind)), "empty")
    # The empty value of the type: what is read from it is None, or nothing to loop over.
    for content in (b"{}", b"[]", b'""', b"null"):
        value, mismatches = _lenient(kind, content, response)
        if not mismatches:
            return value, [empty]
    return None, [empty]


def _refuse_nan(body: bytes, response: httpx2.Response) -> None:
    """pydantic takes `NaN` and `Infinity` for numbers. Looked at closely only where the letters occur."""
    if b"NaN" in body or b"Infinity" in body:
        try:
            parse_json(body)
        except ValueError as error:
            raise _not_json(response, str(error)) from None


def _strict(kind: Any, body: bytes, response: httpx2.Response) -> Any:
    from pydantic import ValidationError

    from .lenient import exact_validator

    try:
        return exact_validator(kind).validate_json(
            body, strict=True, by_alias=True, by_name=False
        )
    except ValidationError as error:
        problems = _problems(error)
        if problems and problems[0][0] == "json_invalid":
            raise _not_json(response, problems[0][1]) from None
        texts = tuple(text for _, text in problems)
        more = f" and {len(texts) - 3} more" if len(texts) > 3 else ""
        message = f"{_where(response)}: the response is not as documented: {'; '.join(texts[:3])}{more}"
        raise DecodeError(
            message, problems=texts, body=body, response=response
        ) from None


def _lenient(
    kind: Any, body: bytes, response: httpx2.Response
) -> tuple[Any, list[ValueMismatch]]:
    from pydantic import ValidationError

    from .lenient import Mismatches, lenient_validator

    mismatches = Mismatches()
    try:
        validator = lenient_validator(kind)
        value = validator.validate_json(
            body, strict=True, context=mismatches, by_alias=True, by_name=False
        )
    except ValidationError as error:
        repaired = _without_half_pairs(body)
        if repaired is None or repaired == body:
            problem = next((text for _, text in _problems(error)), "")
            raise _not_json(response, problem) from None
        return _lenient(kind, repaired, response)
    return value, mismatches.found


def _without_half_pairs(body: bytes) -> bytes | None:
    """The document with `?` for halves of surrogate pairs, which cutting a text makes; None: no JSON."""
    if b"\\u" not in body:
        return None
    try:
        return json.dumps(parse_json(body), ensure_ascii=False).encode(errors="replace")
    except (ValueError, RecursionError):
        return None


def _problems(error: Any) -> list[tuple[str, str]]:
    """Kind and text of what pydantic found, without values: a response may hold secrets."""
    found = error.errors(include_input=False, include_url=False, include_context=False)
    return [
        (
            item["type"],
            ": ".join(
                filter(None, [".".join(str(step) for step in item["loc"]), item["msg"]])
            ),
        )
        for item in found
    ]


def _where(response: httpx2.Response) -> str:
    return f"{response.request.method} {response.request.url}: {response.status_code}"


def _not_json(response: httpx2.Response, problem: str) -> DecodeError:
    media_type = response.headers.get("Content-Type", "without a Content-Type")
    detail = f": {problem.removeprefix('Invalid JSON: ')}" if problem else ""
    message = f"{_where(response)}: the response ({media_type}) is not JSON{detail}"
    return DecodeError(message, body=response.content, response=response)


def status_error(
    outgoing: Outgoing, response: httpx2.Response, retry_after: float | None
) -> errors.StatusError:
    """The error for a response with any other status than 2xx."""
    status, headers = response.status_code, response.headers
    kind = _CLASSES.get(status) or _CLASSES.get(status // 100, errors.StatusError)
    body = _body(response)
    code, message = _code_and_message(body)
    hint = outgoing.hint if status == 401 else ""
    location = headers.get("Location", "")
    if location and status // 100 == 3:
        hint = f"It points to {_short(redacted(location))}, which is not followed."
    return kind(
        status,
        code=code,
        message=message,
        body=body,
        response=response,
        request_id=next((headers[id] for id in _REQUEST_IDS if id in headers), None),
        retry_after=retry_after,
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
