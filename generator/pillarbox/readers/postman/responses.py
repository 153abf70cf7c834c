"""Saved responses: their types, examples to replay, documented failures."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from ...model.api import ErrorCase, Response, SavedExample
from ...model.problems import Origin, Problem, Severity
from ...model.types import Json, Scalar, ScalarKind, Type
from ..documents import parse_json
from ..error_names import Named, error_of_body, named
from ..example_values import readable
from ..inference import Known, infer
from ..lenient import description, entries, javascript_text, mapping, members, text
from .converted import SECURITY_NOTE, placeholder, sample
from .examples import concrete
from .json_text import MAX_DEPTH, hidden
from .parameter_values import Context

__all__ = ["ResponsesRead", "read_responses", "saved_bodies"]

_NOT_REPLAYED = frozenset(
    "content-type content-length content-encoding transfer-encoding connection keep-alive te trailer upgrade "
    "set-cookie set-cookie2 cookie proxy-authenticate proxy-authorization proxy-connection date authorization".split()
)
_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+", re.ASCII)
_BAD_VALUE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]|[^\x00-\xff]")
_PREVIEW: Mapping[str, str] = {
    "json": "application/json",
    "javascript": "application/json",
    "xml": "application/xml",
    "html": "text/html",
}
_BINARY = re.compile(
    r"image/(?!svg)|audio/|video/|font/|application/(?:pdf|zip|gzip|octet-stream|vnd\.(?:ms-|openxml))"
)
_EMPTY = frozenset((204, 205, 304))
_REDIRECTS = frozenset((301, 302, 303, 304, 307, 308))


@dataclass(frozen=True, slots=True)
class ResponsesRead:
    """What the saved responses of one request say."""

    responses: tuple[Response, ...]
    errors: tuple[ErrorCase, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Json:
    """A body that is JSON, its placeholders and secrets still in it."""

    media_type: str
    tree: Any


@dataclass(frozen=True, slots=True)
class _Text:
    """A body that is text, or bytes that were saved as text."""

    media_type: str
    text: str


@dataclass(frozen=True, slots=True)
class _Empty:
    """No body."""

    media_type: str = ""


_Content = _Json | _Text | _Empty


@dataclass(frozen=True, slots=True)
class _Saved:
    """One saved response, not yet typed."""

    status: int | None
    named: Named
    name: str
    phrase: str
    headers: tuple[tuple[str, str], ...]
    content: _Content
    origin: Origin


def saved_bodies(responses: Any) -> list[Any]:
    """The bodies of the requests that were saved with the responses."""
    return [mapping(node.get("originalRequest")).get("body") for _, node in members(responses)]


def read_responses(node: Any, method: str, context: Context, origin: Origin) -> ResponsesRead:
    """Merge what is saved for a status; collect failures with the codes that names or bodies give."""
    problems: list[Problem] = []
    groups: dict[int | None, list[_Saved]] = {}
    for index, entry in members(node):
        context.deadline.check()
        saved = _saved(entry, method, context, origin.child(index), problems)
        groups.setdefault(saved.status, []).append(saved)
    good = [status for status in groups if status is not None and 200 <= status < 300]
    responses: list[Response] = []
    for status, group in groups.items():
        failing = all(saved.named.cases and isinstance(saved.content, _Empty) for saved in group)
        if failing and status in good and len(good) > 1:
            good.remove(status)
            continue
        responses.append(_response(status, group, bool(good), context, problems))
    bodies = {one.status: one.type for one in responses if "json" in one.media_type}
    return ResponsesRead(tuple(responses), _error_cases(groups, bodies), tuple(problems))


def _saved(
    node: Mapping[str, Any], method: str, context: Context, origin: Origin, problems: list[Problem]
) -> _Saved:
    name = text(node.get("name"))
    words = named(name)
    status = _status(node.get("code"), words)
    declared, headers = _headers(node.get("header"), context, origin)
    media_type = declared or _PREVIEW.get(text(node.get("_postman_previewlanguage")).lower(), "")
    content: _Content = _Empty()
    if status not in _EMPTY and method != "HEAD":
        content = _content(node.get("body"), media_type, origin.child("body"), problems)
    return _Saved(status, words, name, text(node.get("status")), headers, content, origin)


def _status(code: Any, words: Named) -> int | None:
    if isinstance(code, str) and code.isdecimal() and code.isascii() and len(code) == 3:
        code = int(code)
    is_status = isinstance(code, int) and not isinstance(code, bool) and 100 <= code <= 599
    return code if is_status else words.status


def _content(body: Any, media_type: str, origin: Origin, problems: list[Problem]) -> _Content:
    """What a saved body is: by its media type, or where none is known by its first character."""
    if body is None or (isinstance(body, str) and not body.strip()):
        return _Empty()
    if not isinstance(body, str):
        return _Json(media_type or "application/json", sample(body))
    is_json = "json" in media_type
    if is_json and (kind := placeholder(body.strip())) is not None:
        return _Json(media_type, Known(kind))
    if is_json or (not media_type and body.lstrip()[:1] in ("{", "[")):
        try:
            return _Json(media_type or "application/json", sample(parse_json(body, depth=MAX_DEPTH)))
        except ValueError:
            message = "the media type of this saved response is JSON, but its body is not; it is read as text"
            problems.append(Problem(Severity.NOTE, "answer-not-json", message, origin))
            return _Text("text/plain", body)
    return _Text(media_type or "text/plain", body)


def _headers(node: Any, context: Context, origin: Origin) -> tuple[str, tuple[tuple[str, str], ...]]:
    media_type = ""
    kept: list[tuple[str, str]] = []
    for index, entry in entries(node):
        key, value = text(entry.get("key")).strip(), entry.get("value")
        lower = key.lower()
        written = "" if value is None else javascript_text(value).strip()
        if lower == "content-type":
            media_type = written.partition(";")[0].strip().lower()
        if lower in _NOT_REPLAYED or not _TOKEN.fullmatch(key) or _BAD_VALUE.search(written):
            continue
        if description(entry.get("description")).startswith(SECURITY_NOTE):
            continue
        kind = placeholder(written)
        if kind is not None:
            written = javascript_text(readable(kind, key))
        kept.append((key, str(context.vault.hide(key, written, origin.child("header", index)))))
    return media_type, tuple(kept)


def _response(
    status: int | None, group: Sequence[_Saved], has_good: bool, context: Context, problems: list[Problem]
) -> Response:
    chosen = _of_one_kind(group)
    kept = {id(saved) for saved in chosen}
    for saved in group:
        if id(saved) not in kept:
            message = "saved responses of this status differ in their kind of body; this one is left out"
            problems.append(Problem(Severity.NOTE, "answer-left-out", message, saved.origin))
    replayed = status if status is not None else 500 if has_good else 200
    return Response(
        status=status,
        media_type=chosen[0].content.media_type,
        type=_type(chosen),
        doc=next((saved.named.text for saved in group if saved.named.text), ""),
        examples=tuple(_example(saved, replayed, context) for saved in chosen),
        origin=chosen[0].origin,
    )


def _of_one_kind(group: Sequence[_Saved]) -> Sequence[_Saved]:
    """Those with JSON, else those with text of the first one's media type, else all."""
    if with_json := [saved for saved in group if isinstance(saved.content, _Json)]:
        return with_json
    if with_text := [saved for saved in group if isinstance(saved.content, _Text)]:
        media_type = with_text[0].content.media_type
        return [saved for saved in with_text if saved.content.media_type == media_type]
    return group


def _type(group: Sequence[_Saved]) -> Type | None:
    first = group[0]
    match first.content:
        case _Json():
            trees = [saved.content.tree for saved in group if isinstance(saved.content, _Json)]
            return infer(trees, for_request=False, origin=first.origin.child("body"))
        case _Text(media_type):
            return Scalar(ScalarKind.BINARY if _BINARY.match(media_type) else ScalarKind.STRING)
        case _Empty():
            return None
        case _:
            assert_never(first.content)


def _example(saved: _Saved, status: int, context: Context) -> SavedExample:
    tree: Json = None
    content: str | None = None
    here = saved.origin.child("body")
    match saved.content:
        case _Json(tree=written):
            tree = concrete(hidden(written, context.vault, here), "")
        case _Text(text=written):
            content = context.vault.hide_text(written, here)
            if (kind := placeholder(content.strip())) is not None:
                content = javascript_text(readable(kind, ""))
        case _Empty():
            pass
        case _:
            assert_never(saved.content)
    first_case = saved.named.cases[0][1] if saved.named.cases else ""
    return SavedExample(
        name=saved.named.text or first_case or saved.phrase or saved.name,
        status=status,
        media_type=saved.content.media_type,
        headers=saved.headers,
        json=tree,
        text=content,
    )


def _error_cases(
    groups: Mapping[int | None, Sequence[_Saved]], bodies: Mapping[int | None, Type | None]
) -> tuple[ErrorCase, ...]:
    """One case a status and code; the texts of several responses for one code are joined."""
    found: dict[tuple[int, str | int | None], tuple[dict[str, None], Origin]] = {}
    for status, group in groups.items():
        for saved in group:
            cases: Sequence[tuple[str | int | None, str]] = saved.named.cases
            if status is None or (not cases and (status < 300 or status in _REDIRECTS)):
                continue
            if not cases:
                body = saved.content
                code, message = error_of_body(body.tree) if isinstance(body, _Json) else (None, "")
                cases = [(code, message or saved.named.text or saved.phrase)]
            for code, words in cases:
                texts, _ = found.setdefault((status, code), ({}, saved.origin))
                if words:
                    texts[words] = None
    return tuple(
        ErrorCase(
            status=status,
            code=code,
            text="\n".join(texts),
            body=bodies.get(status) if status >= 300 else None,
            origin=origin,
        )
        for (status, code), (texts, origin) in found.items()
    )
