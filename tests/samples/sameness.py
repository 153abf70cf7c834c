"""Two requests side by side by what they mean: every server reads both alike."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_to_bytes

from tests.conformance.compare import Parts, parts_of
from tests.conformance.wire import Sent

__all__ = ["differences"]

_SYSTEM = frozenset(
    "host user-agent accept accept-encoding accept-language accept-charset connection content-length "
    "transfer-encoding expect te keep-alive priority cache-control pragma sec-fetch-mode date upgrade http2-settings".split()
)
"""What an HTTP library adds of its own; compared only where the API's own request sets it."""

_BOUNDARY = re.compile(r"boundary=(\"[^\"]*\"|[^;]+)")
_ESCAPED = re.compile(r'\\(["\\])')


def _target(target: str) -> tuple[list[bytes], list[tuple[bytes, bytes | None]]]:
    path, mark, query = target.partition("?")
    pieces = [piece.partition("=") for piece in query.split("&")] if mark and query else []
    pairs = [
        (unquote_to_bytes(key), unquote_to_bytes(value) if equals else None) for key, equals, value in pieces
    ]
    return [unquote_to_bytes(step) for step in path.split("/")], pairs


def _form(body: bytes) -> list[tuple[bytes, bytes]]:
    pieces = [piece.partition(b"=") for piece in body.split(b"&")]
    return [
        (unquote_to_bytes(k.replace(b"+", b" ")), unquote_to_bytes(v.replace(b"+", b" ")))
        for k, _, v in pieces
    ]


def _media_type(value: str) -> str:
    """Without a boundary; UTF-8 is what JSON and forms are written in anyway."""
    bare = _BOUNDARY.sub("boundary=B", value)
    return re.sub(r"(?i)^(application/[\w.+-]+);\s*charset=utf-8$", r"\1", bare)


def _headers(sent: Sent, own: frozenset[str]) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for name, value in sent.headers:
        if name in own or name not in _SYSTEM:
            found[name, _media_type(value) if name == "content-type" else value] += 1
    return found


def _parts(sent: Sent) -> Parts | None:
    """Names as they are meant: RFC 7578 leaves open how a quote in them is escaped."""
    parts = parts_of(sent.body, sent.header("content-type"))
    if parts is None:
        return None

    def meant(text: str) -> str:
        return _ESCAPED.sub(r"\1", text).replace("%22", '"').replace("%0D%0A", "\n").replace("%0A", "\n")

    return [(meant(name), meant(file), kind, content) for name, file, kind, content in parts]


def _body(sent: Sent) -> tuple[str, Any]:
    kind = sent.header("content-type").lower()
    if (parts := _parts(sent)) is not None:
        return "parts", parts
    if kind.startswith("application/x-www-form-urlencoded"):
        return "form", _form(sent.body)
    if "json" in kind:
        try:
            # Not parsed to numbers: 1 and 1.0, and digits beyond a double's, are told apart.
            return "json", json.loads(
                sent.body, parse_int=lambda text: ("int", text), parse_float=lambda t: ("float", float(t))
            )
        except ValueError:
            pass
    return "bytes", sent.body


def differences(sample: Sent, client: Sent, own: frozenset[str]) -> Iterator[str]:
    """What a sample sent otherwise than the generated client.

    Args:
        own: Lower-case names of the headers that the API's request sets itself.
    """
    if sample.method != client.method:
        yield f"method {sample.method} instead of {client.method}"
    if _target(sample.target) != _target(client.target):
        yield f"target {sample.target} instead of {client.target}"
    mine, theirs = _headers(sample, own), _headers(client, own)
    for name, value in (mine - theirs).keys():
        yield f"header {name}: {value!a} added"
    for name, value in (theirs - mine).keys():
        yield f"header {name}: {value!a} missing"
    if _body(sample) != _body(client):
        yield f"body {_body(sample)!a:.300} instead of {_body(client)!a:.300}"
