"""What the calls of a client must have sent, told by the OpenAPI document itself."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, unquote

import httpx2

from pillarbox.client.api import Method
from pillarbox.model.api import JsonBody, SavedExample

from .calls import FILE, given, shape
from .documents import Asked, Document
from .wire import Sent

__all__ = ["DocumentJudge"]


class DocumentJudge:
    """Knows a document by its own reading of it."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @property
    def requests(self) -> int:
        return len(self.document.operations)

    def lost(self, operations: Sequence[Method]) -> list[str]:
        """Operations that the document has and the client lacks, or the other way round."""
        ours = {planned.origin.pointer for planned in operations}
        theirs = self.document.operations.keys()
        return [
            *(f"no method for {pointer}" for pointer in theirs - ours),
            *(f"a method for {pointer}, which is not there" for pointer in ours - theirs),
        ]

    def _asked(self, planned: Method) -> Asked | None:
        return self.document.operations.get(planned.origin.pointer)

    def is_documented(self, planned: Method, saved: SavedExample) -> bool:
        """True where the document holds an answer of this shape, False where ours was made."""
        asked = self._asked(planned)
        return asked is not None and shape(saved.json) in [shape(answer) for answer in asked.answers]

    def answer_faults(self, planned: Method) -> list[str]:
        """Nothing: whether a schema takes a documented example is not for this judge to say."""
        return []

    def sent_faults(self, requests: list[httpx2.Request], planned: Method) -> list[str]:
        """Why a request is not the operation's: method, server, path, parameters, body, signature."""
        asked = self._asked(planned)
        if asked is None:
            return ["the document has no such operation"]
        if len(requests) != 1:
            return [f"{len(requests)} requests were sent"]
        sent = Sent(requests[0])
        faults = [] if sent.request.method == asked.method else [f"method {sent.request.method}"]
        path, _, rest = asked.path.partition("?")
        path = path.partition("#")[0]
        fixed = parse_qsl(rest.partition("#")[0], keep_blank_values=True)
        placeholders = sent.placeholders(path)
        if placeholders is None:
            return [*faults, f"path {sent.path} is not that of {asked.path}"]
        faults += [f"the query lacks {pair}" for pair in fixed if pair not in _decoded(sent)]
        return [
            *faults,
            *_server_faults(sent, asked),
            *_parameter_faults(sent, asked, given(planned), placeholders),
            *_body_faults(sent, asked, planned),
            *_signature_faults(sent, asked),
        ]


def _decoded(sent: Sent) -> list[tuple[str, str]]:
    return [(key, unquote(value)) for key, value in sent.query]


def _server_faults(sent: Sent, asked: Asked) -> Iterator[str]:
    if not asked.servers or "://" not in asked.servers[0]:
        return
    pattern = "[^/]*".join(map(re.escape, re.split(r"\{[^{}]*\}", asked.servers[0].partition("://")[2])))
    url = sent.request.url
    host = f"{url.host}:{url.port}" if url.port else url.host
    if not re.match(pattern.rstrip("/"), f"{host}{sent.path}"):
        yield f"sent to {host}{sent.path}, not to {asked.servers[0]}"


def _parameter_faults(
    sent: Sent, asked: Asked, values: Mapping[tuple[str, str], Any], placeholders: Mapping[str, str]
) -> Iterator[str]:
    for parameter in asked.parameters:
        if parameter.location == "path" and parameter.wire not in placeholders:
            continue  # described, but not in the path: nothing can be sent there
        value = values.get((parameter.location, parameter.wire))
        where = f"{parameter.location} parameter {parameter.wire!r}"
        if value is None:
            if parameter.required and not sent.has(parameter):
                yield f"{where} is required and was not sent"
        elif not sent.carries(parameter, value, placeholders):
            yield f"{where} does not carry {value!r:.80}: {sent.request.url.raw_path.decode()[:200]}"


def _plain(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()


def _accepts(media_types: Sequence[str], sent: str) -> bool:
    known = {_plain(media_type) for media_type in media_types}
    return bool(known & {sent, "*/*", f"{sent.partition('/')[0]}/*"}) or any("/" not in one for one in known)


def _body_faults(sent: Sent, asked: Asked, planned: Method) -> Iterator[str]:
    request, body = sent.request, planned.operation.body
    content = request.content
    if not asked.body_media_types:
        if content:
            yield "a body was sent, and none is described"
        return
    if asked.body_required and not content and "content-type" not in request.headers:
        yield "the body is required and was not sent"
    media_type = _plain(request.headers.get("content-type", ""))
    if content and media_type and not _accepts(asked.body_media_types, media_type):
        yield f"the body was sent as {media_type}, not as one of {', '.join(asked.body_media_types)}"
    fields = {wire: value for (place, wire), value in given(planned).items() if place == "body"}
    whole = given(planned).get(("whole", ""))
    if isinstance(body, JsonBody) and (fields or whole is not None):
        if not content or json.loads(content) != (fields if whole is None else whole):
            yield f"the body is not the example: {content[:200]!r}"
    elif media_type == "application/x-www-form-urlencoded":
        keys = {key.partition("[")[0] for key, _ in parse_qsl(content.decode(), keep_blank_values=True)}
        yield from (
            f"the form lacks {wire!r}"
            for wire, value in fields.items()
            if _told(value) and wire.partition("[")[0] not in keys and not isinstance(value, dict)
        )
    elif media_type == "multipart/form-data":
        yield from (
            f"the form lacks {wire!r}"
            for wire, value in fields.items()
            if _told(value) and f'name="{wire}"'.encode() not in content and wire.isascii()
        )
        if FILE in fields.values() and FILE[1] not in content:
            yield "the file was not sent"


def _told(value: Any) -> bool:
    """Whether a value leaves a trace in a form: null and empty lists do not."""
    return value is not None and value not in ([], {})


def _signature_faults(sent: Sent, asked: Asked) -> Iterator[str]:
    def signed(place: str, name: str) -> bool:
        match place:
            case "header":
                return name in sent.request.headers
            case "query":
                return any(key == name for key, _ in sent.query)
            case "cookie":
                return any(key == name for key, _ in sent.cookies)
            case _:
                return True

    if asked.security and not any(all(signed(*one) for one in many) for many in asked.security):
        yield f"signed by none of {asked.security}"
