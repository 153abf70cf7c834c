"""Saved responses: types of answers, examples to replay, documented failures."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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

__all__ = ["Answers", "read_responses", "saved_bodies"]

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
class Answers:
    """What the saved responses of one request say."""

    responses: tuple[Response, ...]
    errors: tuple[ErrorCase, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Saved:
    """One saved response, not yet typed."""

    status: int | None
    named: Named
    name: str
    phrase: str
    media_type: str
    headers: tuple[tuple[str, str], ...]
    tree: Any
    is_json: bool
    text: str | None
    origin: Origin


def saved_bodies(responses: Any) -> list[Any]:
    """The bodies of the requests that were saved with the responses."""
    return [mapping(node.get("originalRequest")).get("body") for _, node in members(responses)]


def read_responses(node: Any, method: str, context: Context, origin: Origin) -> Answers:
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
        failing = all(saved.named.cases and saved.text is None and not saved.is_json for saved in group)
        if failing and status in good and len(good) > 1:
            good.remove(status)
            continue
        responses.append(_response(status, group, bool(good), context, problems))
    return Answers(tuple(responses), _error_cases(groups), tuple(problems))


def _saved(
    node: Mapping[str, Any], method: str, context: Context, origin: Origin, problems: list[Problem]
) -> _Saved:
    name = text(node.get("name"))
    words = named(name)
    code = node.get("code")
    if isinstance(code, str) and code.isdecimal() and code.isascii() and len(code) == 3:
        code = int(code)
    status = (
        code if isinstance(code, int) and not isinstance(code, bool) and 100 <= code <= 599 else words.status
    )
    declared, headers = _headers(node.get("header"), context, origin)
    media_type = declared or _PREVIEW.get(text(node.get("_postman_previewlanguage")).lower(), "")
    body = node.get("body")
    tree, is_json, content = None, False, None
    if status not in _EMPTY and method != "HEAD" and body not in (None, ""):
        if not isinstance(body, str):
            tree, is_json, media_type = sample(body), True, media_type or "application/json"
        elif body.strip():
            content = body
            if "json" in media_type and (kind := placeholder(body.strip())) is not None:
                tree, is_json, content = Known(kind), True, None
            elif "json" in media_type or (not media_type and body.lstrip()[:1] in ("{", "[")):
                try:
                    tree, is_json, content = sample(parse_json(body, depth=MAX_DEPTH)), True, None
                    media_type = media_type or "application/json"
                except ValueError:
                    message = "the saved answer is called JSON but is none; it is taken for text"
                    problems.append(Problem(Severity.NOTE, "answer-not-json", message, origin.child("body")))
                    media_type = "text/plain"
            media_type = media_type or "text/plain"
    if not is_json and content is None:
        media_type = ""
    phrase = text(node.get("status"))
    return _Saved(status, words, name, phrase, media_type, headers, tree, is_json, content, origin)


def _headers(node: Any, context: Context, origin: Origin) -> tuple[str, tuple[tuple[str, str], ...]]:
    media_type = ""
    kept: list[tuple[str, str]] = []
    for place, entry in entries(node):
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
        kept.append((key, str(context.vault.hide(key, written, origin.child("header", place)))))
    return media_type, tuple(kept)


def _response(
    status: int | None, group: Sequence[_Saved], has_good: bool, context: Context, problems: list[Problem]
) -> Response:
    chosen = (
        [saved for saved in group if saved.is_json]
        or [saved for saved in group if saved.text is not None]
        or group
    )
    media_type = chosen[0].media_type
    if not chosen[0].is_json:
        chosen = [saved for saved in chosen if saved.media_type == media_type]
    kept = {id(saved) for saved in chosen}
    for saved in group:
        if id(saved) not in kept:
            message = "the status has answers of several kinds; this one is left out"
            problems.append(Problem(Severity.NOTE, "answer-left-out", message, saved.origin))
    kind: Type | None = None
    if chosen[0].is_json:
        kind = infer(
            [saved.tree for saved in chosen], for_request=False, origin=chosen[0].origin.child("body")
        )
    elif chosen[0].text is not None:
        kind = Scalar(ScalarKind.BINARY if _BINARY.match(media_type) else ScalarKind.STRING)
    replayed = status if status is not None else 500 if has_good else 200
    return Response(
        status=status,
        media_type=media_type,
        type=kind,
        doc=next((saved.named.text for saved in group if saved.named.text), ""),
        examples=tuple(_example(saved, replayed, context) for saved in chosen),
        origin=chosen[0].origin,
    )


def _example(saved: _Saved, status: int, context: Context) -> SavedExample:
    tree: Json = None
    content = saved.text
    here = saved.origin.child("body")
    if saved.is_json:
        tree = concrete(hidden(saved.tree, context.vault, here), "")
    elif content is not None:
        content = context.vault.hide_text(content, here)
        if (kind := placeholder(content.strip())) is not None:
            content = javascript_text(readable(kind, ""))
    first_case = saved.named.cases[0][1] if saved.named.cases else ""
    return SavedExample(
        name=saved.named.text or first_case or saved.phrase or saved.name,
        status=status,
        media_type=saved.media_type,
        headers=saved.headers,
        json=tree,
        text=content,
    )


def _error_cases(groups: Mapping[int | None, Sequence[_Saved]]) -> tuple[ErrorCase, ...]:
    """One case a status and code; what several answers say of one code is joined."""
    found: dict[tuple[int, str | int | None], tuple[dict[str, None], Origin]] = {}
    for status, group in groups.items():
        for saved in group:
            cases: Sequence[tuple[str | int | None, str]] = saved.named.cases
            if status is None or (not cases and (status < 300 or status in _REDIRECTS)):
                continue
            if not cases:
                code, message = error_of_body(saved.tree) if saved.is_json else (None, "")
                cases = [(code, message or saved.named.text or saved.phrase)]
            for code, words in cases:
                texts, _ = found.setdefault((status, code), ({}, saved.origin))
                if words:
                    texts[words] = None
    return tuple(
        ErrorCase(status=status, code=code, text="\n".join(texts), origin=origin)
        for (status, code), (texts, origin) in found.items()
    )
