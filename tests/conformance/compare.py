"""Two requests side by side. What may differ is listed here and nowhere else."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any

from .wire import Sent

__all__ = ["Difference", "Parts", "compare", "parts_of"]

Parts = list[tuple[str, str, str, bytes]]
"""Name, file name, Content-Type and content of each part."""

_NEWMAN_ONLY = frozenset({"postman-token", "cache-control"})
_SYSTEM = frozenset({"user-agent", "accept-encoding", "connection", "accept"})
"""Compared only where the collection sets them."""
_RANDOM_AUTH = frozenset({"oauth1", "hawk", "awsv4", "edgegrid", "jwt", "asap", "ntlm", "digest"})
_BOUNDARY = re.compile(r'boundary="?([^";]+)"?')


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two requests do not share."""

    what: str
    ours: str
    theirs: str


def _headers(pairs: Any, own: frozenset[str], drop: frozenset[str]) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for name, value in pairs:
        key = name.lower()
        if key in drop or key in _NEWMAN_ONLY or (key in _SYSTEM and key not in own):
            continue
        found[key, _BOUNDARY.sub("boundary=B", value) if key == "content-type" else value] += 1
    return found


def parts_of(body: bytes, content_type: str) -> Parts | None:
    """The parts of a multipart body; None for another one."""
    match = _BOUNDARY.search(content_type)
    if not content_type.startswith("multipart/form-data") or match is None:
        return None
    found: Parts = []
    for chunk in body.split(b"--" + match[1].encode())[1:-1]:
        head, _, content = chunk.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        message = BytesParser(policy=HTTP).parsebytes(head + b"\r\n\r\n", headersonly=True)
        disposition = head.decode("utf-8", "replace")
        # Newman escapes no quote, so that a name ends where the line or a file name says so.
        name = re.search(r' name="(.*?)"(?:; filename|\r\n|$)', disposition)
        file_name = re.search(r'filename="(.*?)"(?:;|\r\n|$)', disposition)
        kind = str(message.get("Content-Type", ""))
        found.append(
            (name[1] if name else "", file_name[1] if file_name else "", kind, content.removesuffix(b"\r\n"))
        )
    return found


def _unsigned(target: str) -> str:
    """A target without the signature that OAuth 1 may put into its query."""
    return re.sub(r"[?&]oauth_[^&]*", "", target)


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body


def compare(
    ours: Sent,
    theirs: Mapping[str, Any],
    *,
    own_headers: frozenset[str],
    structured: bool,
    auth: str,
    theirs_body: bytes,
) -> list[Difference]:
    """Everything that differs between what our client sent and what newman sent.

    Args:
        ours: From the socket.
        theirs: A line of a capture.
        own_headers: Names (lower case) of headers that the collection sets itself.
        structured: The body that newman sent as data, where the client takes it as that: compared as parsed
            JSON then. None where it is text.
        auth: Type of the auth that applies.
        theirs_body: Body bytes of the capture.
    """
    found: list[Difference] = []

    def check(what: str, mine: object, other: object) -> None:
        if mine != other:
            found.append(Difference(what, str(mine), str(other)))

    check("method", ours.method, theirs["method"])
    check("scheme", ours.scheme, theirs["scheme"])
    check("host", ours.header("host"), theirs["host"])
    check("target", ours.target, _unsigned(theirs["target"]) if auth == "oauth1" else theirs["target"])
    drop: set[str] = {"host", "transfer-encoding"}
    theirs_type = next((value for name, value in theirs["headers"] if name.lower() == "content-type"), "")
    mine_parts = parts_of(ours.body, ours.header("content-type"))
    other_parts = parts_of(theirs_body, theirs_type)
    json_body = structured is not None
    if mine_parts is not None or json_body:
        drop.add("content-length")
    if auth in _RANDOM_AUTH:
        drop |= {"authorization", "x-amz-date", "x-amz-content-sha256", "x-amz-security-token"}
    mine, other = (
        _headers(pairs, own_headers, frozenset(drop)) for pairs in (ours.headers, theirs["headers"])
    )
    for name, value in (mine - other).keys():
        found.append(Difference(f"header {name}", value, ""))
    for name, value in (other - mine).keys():
        found.append(Difference(f"header {name}", "", value))
    if mine_parts is not None or other_parts is not None:
        check("parts", mine_parts, other_parts)
    elif json_body:
        check("body (JSON)", _json(ours.body), structured)
    else:
        check("body", ours.body, theirs_body)
    return found
