"""One request as data: read from a socket, written to a file, and compared with the one that is wanted.

What may differ without being a difference is here and nowhere else:

- the order of parameters, form fields and JSON members with different names; the order of equal names is kept;
- how a character is percent-encoded in a query or form, a multipart boundary, white space of JSON;
- the headers of the connection itself, a user agent, `Accept` where the wanted request has none or `*/*`;
- `charset=utf-8` of JSON, a `Content-Type` without a body, the type of a multipart part where the wanted one has none.

What an API's SDK adds beyond that is listed in registry.py, with the reason.
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import parse_qsl, urlsplit

__all__ = ["Difference", "Part", "Request", "Rules", "Wanted", "differences", "recorded"]

CONNECTION = frozenset(
    (
        "accept-encoding",
        "accept-language",
        "connection",
        "content-length",
        "host",
        "transfer-encoding",
        "user-agent",
    )
)
_LONG = 4096
"""Longer contents are written as their digest."""
_BOUNDARY = re.compile(r'boundary="?([^";]+)"?')


@dataclass(frozen=True, slots=True)
class Request:
    """What arrived at a server."""

    server: str
    """Which of the API's servers: `api`, `uploads` …"""
    method: str
    target: str
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> list[tuple[str, str]]:
        return parse_qsl(urlsplit(self.target).query, keep_blank_values=True)

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def json(self) -> Any:
        return json.loads(self.body)

    def form(self) -> list[tuple[str, str]]:
        return parse_qsl(self.body.decode("ascii"), keep_blank_values=True, strict_parsing=bool(self.body))

    def parts(self) -> list["Part"]:
        """The parts of a multipart body.

        Raises:
            ValueError: it is none, or not a whole one.
        """
        match = _BOUNDARY.search(self.headers.get("content-type", ""))
        if match is None:
            raise ValueError("no boundary in Content-Type")
        first, *chunks, last = self.body.split(b"--" + match[1].encode())
        if first.strip() or last.strip() != b"--":
            raise ValueError("the multipart body does not end with its boundary")
        return [_part(chunk.removeprefix(b"\r\n").removesuffix(b"\r\n")) for chunk in chunks]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a multipart body."""

    name: str
    file: str | None
    media_type: str
    content: bytes


def _part(chunk: bytes) -> Part:
    head, _, content = chunk.partition(b"\r\n\r\n")
    message = BytesParser(policy=HTTP).parsebytes(head + b"\r\n\r\n", headersonly=True)
    disposition = message["content-disposition"]
    media_type = str(message["content-type"]) if "content-type" in message else ""
    return Part(disposition.params["name"], disposition.params.get("filename"), media_type, content)


Wanted = dict[str, Any]
"""A request as `expected/*.json` holds it."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the comparison of one API leaves out. Each entry has its reason beside it."""

    ignored: Mapping[str, str] = field(default_factory=dict)
    """Headers that do not matter, by lower-case name (`x-sdk-*` is a pattern); the value is the reason."""
    same: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """(header, value) that the documentation calls the same as another value."""

    def headers(self, request: Request) -> dict[str, str]:
        found = {}
        for name, value in sorted(request.headers.items()):
            if name in CONNECTION or any(fnmatchcase(name, pattern) for pattern in self.ignored):
                continue
            if (name, value) == ("accept", "*/*") or (name == "content-type" and not request.body):
                continue
            found[name] = _type(value) if name == "content-type" else self.same.get((name, value), value)
        return found


def _type(value: str) -> str:
    kept = _BOUNDARY.sub("", value).rstrip("; ")
    return re.sub(r";\s*charset=utf-8$", "", kept, flags=re.IGNORECASE) if "json" in kept else kept


def recorded(request: Request, rules: Rules) -> Wanted:
    """A request as data, without the headers that do not matter."""
    return {
        "server": request.server,
        "method": request.method,
        "path": request.path,
        **({"query": _sorted(request.query)} if request.query else {}),
        "headers": rules.headers(request),
        **({"body": _body(request)} if request.body else {}),
    }


def _sorted(pairs: list[tuple[str, str]]) -> list[list[str]]:
    return [list(pair) for pair in sorted(pairs, key=lambda pair: pair[0])]


def _body(request: Request) -> Any:
    try:
        match request.media_type:
            case "application/x-www-form-urlencoded":
                return {"form": _sorted(request.form())}
            case "multipart/form-data":
                parts = sorted(request.parts(), key=lambda part: part.name)
                return {"parts": [_part_data(part) for part in parts]}
            case media_type if media_type == "application/json" or media_type.endswith("+json"):
                return {"json": request.json()}
    except ValueError as error:
        return {"broken": str(error), **_content(request.body)}
    return _content(request.body)


def _part_data(part: Part) -> dict[str, Any]:
    return {
        "name": part.name,
        **({"file": part.file} if part.file is not None else {}),
        **({"type": part.media_type} if part.media_type else {}),
        **(_object(part.content) or _content(part.content)),
    }


def _object(content: bytes) -> dict[str, Any] | None:
    """A part that holds a JSON object, whatever its label."""
    try:
        value = json.loads(content)
    except ValueError:
        return None
    return {"json": value} if isinstance(value, dict) else None


def _content(content: bytes) -> dict[str, Any]:
    if len(content) > _LONG:
        return {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    try:
        return {"text": content.decode("utf-8")}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(content).decode("ascii")}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that the request that was sent does not share with the one that is wanted."""

    what: str
    sent: str
    wanted: str

    def __str__(self) -> str:
        return f"{self.what}: sent {self.sent}, wanted {self.wanted}"


def differences(sent: list[Wanted], wanted: list[Wanted]) -> list[Difference]:
    """Everything in which two sequences of requests differ."""
    found = []
    for number, (mine, other) in enumerate(zip(sent, wanted, strict=False), 1):
        where = f"request {number} ({other['method']} {other['path']})"
        found += [Difference(f"{where}: {one.what}", one.sent, one.wanted) for one in _of_one(mine, other)]
    for number in range(len(wanted), len(sent)):
        found.append(Difference(f"request {number + 1}", _brief(sent[number]), "none"))
    for number in range(len(sent), len(wanted)):
        found.append(Difference(f"request {number + 1}", "none", _brief(wanted[number])))
    return found


def _brief(request: Wanted) -> str:
    return f"{request['method']} {request['path']} at {request['server']}"


def _of_one(sent: Wanted, wanted: Wanted) -> Iterator[Difference]:
    for what in ("server", "method", "path", "query"):
        if sent.get(what) != wanted.get(what):
            yield Difference(what, _shown(sent.get(what)), _shown(wanted.get(what)))
    names = sorted(sent["headers"].keys() | wanted["headers"].keys())
    for name in names:
        mine, other = sent["headers"].get(name), wanted["headers"].get(name)
        # Who wants no certain type accepts what the document says.
        if mine != other and not (name == "accept" and other is None):
            yield Difference(f"header {name}", _shown(mine), _shown(other))
    yield from _of_bodies(sent.get("body"), wanted.get("body"))


def _of_bodies(sent: Any, wanted: Any) -> Iterator[Difference]:
    match sent, wanted:
        case {"form": mine}, {"form": other}:
            yield from _of_lists("field", mine, other)
        case {"parts": mine}, {"parts": other}:
            unlabelled = {part["name"] for part in other if "type" not in part}
            labels = [
                {k: v for k, v in part.items() if k != "type" or part["name"] not in unlabelled}
                for part in mine
            ]
            yield from _of_lists("part", labels, other)
        case _ if sent != wanted:
            yield Difference("body", _shown(sent), _shown(wanted))


def _of_lists(what: str, sent: list[Any], wanted: list[Any]) -> Iterator[Difference]:
    """Only the items that differ: the others would hide them."""
    extra = [item for item in sent if item not in wanted]
    missing = [item for item in wanted if item not in sent]
    if extra or missing:
        yield Difference(f"{what}s", _shown(extra or None), _shown(missing or None))
    elif sent != wanted:
        yield Difference(f"order of {what}s", _shown(sent), _shown(wanted))


def _shown(value: object) -> str:
    return (
        "nothing"
        if value is None
        else value
        if isinstance(value, str)
        else json.dumps(value, ensure_ascii=False)
    )
