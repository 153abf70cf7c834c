"""What the calls of a client must have sent, told by the collection itself, and which answers it must know."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import httpx2

from pillarbox.client.api import Method
from pillarbox.client.request import Location
from pillarbox.model.api import SavedExample

from .calls import shape

__all__ = ["CollectionJudge", "Item", "answer_faults", "item_at", "sent_faults"]

_BROKEN_OFF = "<Circular reference to "
_PLACEHOLDER = re.compile(r"\{\{[^{}]*\}\}")
_STAND_IN = re.compile(r"<\w+>|\{\w+\}")
"""A whole segment that somebody wrote for a value: `<accountId>`, `{accountId}`."""


@dataclass(frozen=True)
class Item:
    """A request as the collection writes it: method, and the segments of its path."""

    method: str
    segments: tuple[str, ...]
    answers: tuple[Any, ...] = ()
    """The saved answers of success that are JSON, as they stand."""

    @property
    def pattern(self) -> re.Pattern[str]:
        """The path, decoded, with any text in the place of its variables; what stands before it is the server's."""
        return re.compile(".*" + "".join(f"/{_segment(text)}" for text in self.segments), re.DOTALL)


def _segment(text: str) -> str:
    if text.startswith(":") and len(text) > 1:
        _, dot, rest = text.partition(".")
        return f"[^/]+{re.escape(dot + rest)}"
    if _STAND_IN.fullmatch(text):
        return "[^/]+"
    return "[^/]+".join(re.escape(unquote(piece)) for piece in _PLACEHOLDER.split(text))


@cache
def _document(spec: Path) -> Any:
    return json.loads(spec.read_text(encoding="utf-8-sig"))


def item_at(spec: Path, pointer: str) -> Item:
    """The item that an operation says it comes from."""
    node = _document(spec)
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        node = node[int(key)] if isinstance(node, list) else node[key]
    request = node.get("request", node)
    answers = _answers(node.get("response") or [])
    if isinstance(request, str):
        return Item("GET", _segments_of(request), answers)
    url = request.get("url") or ""
    method = str(request.get("method") or "GET").upper()
    if isinstance(url, str):
        return Item(method, _segments_of(url), answers)
    path = url.get("path")
    if path is None:
        return Item(method, () if url.get("host") else _segments_of(str(url.get("raw") or "")), answers)
    if isinstance(path, str):
        path = path.strip("/").split("/") if path.strip("/") else []
    return Item(method, tuple(str(segment) for segment in path), answers)


def _answers(responses: list[dict[str, Any]]) -> tuple[Any, ...]:
    """Left out: 204 and 205, which have no content whatever is saved with them (RFC 9110), and answers that the
    converter broke off in the middle."""
    found = []
    for response in responses:
        status, text = int(response.get("code") or 0), str(response.get("body") or "").lstrip()
        if (
            not 200 <= status < 300
            or status in (204, 205)
            or not text.startswith(("{", "["))
            or _BROKEN_OFF in text
        ):
            continue
        try:
            found.append(json.loads(text))
        except ValueError:
            continue
    return tuple(found)


def answer_faults(item: Item, planned: Method) -> list[str]:
    """Saved answers that our examples have lost or bent."""
    ours = [shape(saved.json) for response in planned.responses for saved in response.examples]
    return [
        f"no example has the shape of the saved answer {json.dumps(answer)[:200]}"
        for answer in item.answers
        if shape(answer) not in ours
    ]


def _segments_of(url: str) -> tuple[str, ...]:
    """Of a URL written as one text: without scheme and host, or without the variable that stands for them."""
    text = url.split("#", 1)[0].split("?", 1)[0]
    text = text.split("://", 1)[-1] if "://" in text.split("{{", 1)[0] else text
    _, slash, path = text.partition("/")
    return tuple(path.split("/")) if slash else ()


def sent_faults(requests: list[httpx2.Request], item: Item, planned: Method) -> list[str]:
    """Why a request is not the item's: method, path, a placeholder that is left."""
    if len(requests) != 1:
        return [f"{len(requests)} requests were sent"]
    (request,) = requests
    faults = []
    if request.method != item.method:
        faults.append(f"method {request.method} in place of {item.method}")
    target = request.extensions.get("target", request.url.raw_path).decode("ascii")
    path = target.split("?", 1)[0]
    if not item.pattern.fullmatch(unquote(path)):
        faults.append(f"path {path} is not that of /{'/'.join(item.segments)}")
    left = [text for text in ("{{", "}}", "%7B%7B", "%7D%7D") if text in path]
    names = {f":{text[1:]}" for text in item.segments if text.startswith(":") and len(text) > 1}
    left += [segment for segment in path.split("/") if segment in names or unquote(segment) in names]
    faults += [f"path {path} still holds {text}" for text in left]
    faults += _argument_faults(path, planned)
    return faults


def _argument_faults(path: str, planned: Method) -> list[str]:
    """Every path argument must stand in the path as RFC 3986 writes it."""
    return [
        f"path {path} lacks the value of {item.name}"
        for item, value in planned.example_call
        if item.location is Location.PATH and quote(_text(value), safe="") not in _strict(path)
    ]


def _strict(path: str) -> str:
    """A path with every character escaped that RFC 3986 lets stand, so that both spellings compare."""
    return "/".join(quote(unquote(segment), safe="") for segment in path.split("/"))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ",".join(map(_text, value))
    return str(value)


class CollectionJudge:
    """Knows a collection by its own reading of it; only the requests are counted by our reader."""

    def __init__(self, spec: Path, requests: int) -> None:
        self._spec = spec
        self.requests = requests

    def _item(self, planned: Method) -> Item:
        return item_at(self._spec, planned.origin.pointer)

    def lost(self, operations: Sequence[Method]) -> list[str]:
        """What has no method."""
        return (
            []
            if len(operations) == self.requests
            else [f"{self.requests - len(operations)} requests are lost"]
        )

    def is_documented(self, planned: Method, saved: SavedExample) -> bool:
        """A collection's answers were all saved by somebody."""
        return True

    def answer_faults(self, planned: Method) -> list[str]:
        return answer_faults(self._item(planned), planned)

    def sent_faults(self, requests: list[httpx2.Request], planned: Method) -> list[str]:
        return sent_faults(requests, self._item(planned), planned)
