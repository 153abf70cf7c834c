"""Files of a v3 collection -> the items of v2.1, so that one reader gives both one meaning.

The shapes are those of public v3 collections and of Postman's own linter: lists of `{key, value}` or plain mappings,
texts where v2 has objects. Values keep the text of the file.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from ...model.problems import Origin, Problem, Severity, SpecError
from ..lenient import mapping, sequence, text
from ..postman.variables import PLACEHOLDER
from ..yaml_tree import Written, core_value, resolved
from .origins import Origins

__all__ = ["At", "Translator", "is_true", "plain_text"]

_RAW = frozenset(("json", "text", "xml", "html", "javascript"))
_LISTEN = {"beforerequest": "prerequest", "afterresponse": "test", "beforequery": "prerequest"}
_ONLY_ONE = "several auth schemes are defined here; the first of them signs"


def is_true(value: Any) -> bool:
    """A flag, written with or without quotes."""
    return value is True or (isinstance(value, str) and value.strip().lower() == "true")


def plain_text(value: Any, nothing: str | None = "") -> Any:
    """A value as text; an object or a list (which v2.1 knows too) as its JSON value."""
    match value:
        case None:
            return nothing
        case str():
            return str(value)
        case _:
            return resolved(value)


def _body_text(value: Any, origin: Origin) -> str:
    """Text of a body; structured content, which people write too, becomes JSON."""
    if isinstance(value, dict | list):
        try:
            return json.dumps(resolved(value), ensure_ascii=False)
        except RecursionError:
            raise SpecError("this body is nested too deep to be written as JSON", origin) from None
    return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class At:
    """A value of the file: its origin there, and its pointer in the translated tree."""

    origin: Origin
    inner: str


class Translator:
    """Makes v2.1 nodes and notes where each came from."""

    def __init__(self) -> None:
        self.origins: Origins = {}
        self.problems: list[Problem] = []

    def _note(self, code: str, message: str, origin: Origin) -> None:
        self.problems.append(Problem(Severity.NOTE, code, message, origin))

    def put(self, inner: str, origin: Origin) -> None:
        """Note the origin of the node at a pointer of the translated tree."""
        self.origins[inner] = origin

    # -- lists of keys and values -----------------------------------------------------------------

    def pairs(self, value: Any, at: At, *, nothing: str | None = "") -> list[dict[str, Any]]:
        """Entries `{key, value, …}` of a list or of a plain mapping."""
        self.put(at.inner, at.origin)
        made: list[dict[str, Any]] = []
        for key, entry in _entries(value):
            self.put(f"{at.inner}/{len(made)}", at.origin.child(key))
            known: dict[str, Any] = {
                name: str(item) if isinstance(item, str) else resolved(item)
                for name, item in entry.items()
                if name not in ("value", "disabled", "enabled", "secret")
            }
            known["value"] = plain_text(entry.get("value"), nothing)
            if is_true(entry.get("disabled")) or _is_false(entry.get("enabled")):
                known["disabled"] = True
            if is_true(entry.get("secret")):
                known["type"] = "secret"
            made.append(known)
        return made

    # -- requests ---------------------------------------------------------------------------------

    def request(self, node: Mapping[str, Any], origin: Origin, inner: str) -> dict[str, Any]:
        """The `request` of v2.1; `inner` is its pointer in the translated tree."""
        self.put(inner, origin)
        made: dict[str, Any] = {
            "method": str(text(node.get("method"))) or "GET",
            "url": self._url(node, origin, f"{inner}/url"),
            "header": self.pairs(node.get("headers"), At(origin.child("headers"), f"{inner}/header")),
            "body": self._body(node.get("body"), origin.child("body"), f"{inner}/body"),
            "description": _description(node.get("description")),
        }
        if (auth := self.auth(node.get("auth"), origin.child("auth"), f"{inner}/auth")) is not None:
            made["auth"] = auth
        return made

    def graphql(self, node: Mapping[str, Any], origin: Origin, inner: str) -> dict[str, Any]:
        """A `graphql-request`: GraphQL over HTTP, which v2.1 has as the mode of a body."""
        made = self.request({**node, "method": "POST", "body": None}, origin, inner)
        self.put(f"{inner}/body", origin)
        self.put(f"{inner}/body/graphql", origin)
        variables = node.get("variables")
        made["body"] = {
            "mode": "graphql",
            "graphql": {
                "query": str(text(node.get("query"))),
                "variables": resolved(variables) if isinstance(variables, dict) else str(variables or ""),
            },
        }
        return made

    def _url(self, node: Mapping[str, Any], origin: Origin, inner: str) -> dict[str, Any]:
        written = str(node.get("url") or "").strip() if not isinstance(node.get("url"), dict | list) else ""
        hidden = _masked(written)
        end = min((found for mark in "?#" if (found := hidden.find(mark)) >= 0), default=len(hidden))
        stop = hidden.find("#") if "#" in hidden else len(hidden)
        query = written[end + 1 : stop] if hidden[end : end + 1] == "?" else None
        start = hidden.find("://", 0, end)
        slash = hidden.find("/", start + 3 if start >= 0 else 0, end)
        host, path = (written[:end], "") if slash < 0 else (written[:slash], written[slash:end])
        at = origin.child("url")
        self.put(inner, at)
        for index in range(path.count("/")):
            self.put(f"{inner}/path/{index}", at)
        return {
            "raw": written,
            "host": host,
            "path": path,
            "query": self._query(query, node.get("queryParams"), origin, f"{inner}/query"),
            "variable": self.pairs(
                node.get("pathVariables"), At(origin.child("pathVariables"), f"{inner}/variable")
            ),
        }

    def _query(self, written: str | None, listed: Any, origin: Origin, inner: str) -> list[dict[str, Any]]:
        """The list, which replaces the query of the URL where there is one; entries of the URL alone are optional."""
        entries = self.pairs(listed, At(origin.child("queryParams"), inner), nothing=None)
        for entry in entries:
            entry.setdefault("key", None)
        url = origin.child("url")
        if not entries:
            self.put(inner, url)
        names = {unquote(str(entry["key"] or "")) for entry in entries}
        for key, value in [] if written is None else _query_pieces(written):
            if names and (key is None or unquote(key) in names):
                continue
            self.put(f"{inner}/{len(entries)}", url)
            made: dict[str, Any] = {"key": key, "value": value}
            if names:
                made["disabled"] = True
                message = (
                    f"the parameter {(key or '')[:60]!a} is in the URL and not in queryParams: it is optional"
                )
                self._note("query-differs", message, url)
            entries.append(made)
        return entries

    # -- bodies -----------------------------------------------------------------------------------

    def _body(self, value: Any, origin: Origin, inner: str) -> dict[str, Any] | None:
        if isinstance(value, str):
            value = {"type": "text", "content": value}
        body = mapping(value)
        kind = text(body.get("type")).strip().lower()
        content = body.get("content")
        self.put(inner, origin)
        at = origin.child("content")
        match kind:
            case "none":
                return None
            case "":
                made: dict[str, Any] = (
                    {"mode": "raw", "raw": _body_text(content, at)} if content is not None else {}
                )
                mode = "raw"
            case "urlencoded" | "formdata":
                mode = kind
                made = {"mode": kind, kind: self._form(content, at, f"{inner}/{kind}")}
            case "file":
                mode = "file"
                source = mapping(content).get("src") if isinstance(content, dict) else content
                made = {"mode": "file", "file": {"src": plain_text(source)}}
            case "graphql":
                mode = "graphql"
                made = {"mode": "graphql", "graphql": resolved(mapping(content))}
            case _:
                mode = "raw"
                made = {"mode": "raw", "raw": _body_text(content, at)}
                if kind in _RAW:
                    made["options"] = {"raw": {"language": kind}}
        self.put(f"{inner}/{mode}", at)
        if is_true(body.get("disabled")):
            made["disabled"] = True
        return made or None

    def _form(self, content: Any, at: Origin, inner: str) -> list[dict[str, Any]]:
        fields = self.pairs(content, At(at, inner))
        for entry in fields:
            if entry.get("type") == "file":
                entry.pop("value")
                entry["src"] = entry.get("src") or None
        return fields

    # -- auth, scripts ----------------------------------------------------------------------------

    def auth(self, value: Any, origin: Origin, inner: str) -> dict[str, Any] | None:
        """An auth block. Of several schemes (`[{id, name, type, credentials}]`) the first counts."""
        self.put(inner, origin)
        if isinstance(value, list):
            if len(value) > 1:
                self._note("several-auth", _ONLY_ONE, origin)
            origin, value = origin.child(0), value[0] if value else None
        block = mapping(value)
        kind = text(block.get("type")).strip().lower()
        if kind in ("", "inherit"):
            return None
        attributes = self.pairs(
            block.get("credentials"), At(origin.child("credentials"), f"{inner}/{kind}"), nothing=None
        )
        return {"type": str(kind), str(kind): attributes}

    def events(self, value: Any) -> list[dict[str, Any]]:
        """Scripts as v2.1 lists them: only to be looked at, never run."""
        made: list[dict[str, Any]] = []
        scripts = value if isinstance(value, list) else []
        if isinstance(value, dict):
            scripts = [{"type": kind, "code": code} for kind, code in value.items()]
        for script in map(mapping, scripts):
            kind = text(script.get("type")).rpartition(":")[2].lower()
            code = script.get("code")
            lines = [str(line) for line in code] if isinstance(code, list) else [str(code or "")]
            made.append({"listen": _LISTEN.get(kind, str(kind)), "script": {"exec": lines}})
        return made

    # -- examples ---------------------------------------------------------------------------------

    def example(self, node: Mapping[str, Any], stem: str, origin: Origin, inner: str) -> dict[str, Any]:
        """A saved response: `{request, response}`, or the older spelling with its members at the root."""
        self.put(inner, origin)
        nested = isinstance(node.get("response"), dict)
        response = mapping(node.get("response")) if nested else node
        at = origin.child("response") if nested else origin
        asked = "originalRequest" if "originalRequest" in node else "request"
        body = response.get("body")
        kind = text(mapping(body).get("type")) if isinstance(body, dict) else ""
        content = body.get("content") if isinstance(body, dict) else body
        self.put(f"{inner}/body", at.child("body", "content") if isinstance(body, dict) else at.child("body"))
        made: dict[str, Any] = {
            "name": str(node.get("name") or stem),
            "status": str(text(response.get("statusText")) or text(response.get("status"))),
            "header": self.pairs(response.get("headers"), At(at.child("headers"), f"{inner}/header")),
            "body": None if content is None else _body_text(content, at.child("body")),
            "_postman_previewlanguage": str(kind),
        }
        code = _number(response.get("statusCode")) or _number(response.get("code"))
        if code is not None:
            made["code"] = code
        if isinstance(node.get(asked), dict):
            made["originalRequest"] = self.request(
                node[asked], origin.child(asked), f"{inner}/originalRequest"
            )
        return made


def _masked(value: str) -> str:
    """A text of the same length in which nothing of a variable can be taken for syntax."""
    return PLACEHOLDER.sub(lambda match: "x" * len(match[0]), value)


def _query_pieces(written: str) -> Iterator[tuple[str | None, str | None]]:
    """Names and values of a query as text; None for a value without `=`, and for the name of an empty piece."""
    position = 0
    for hidden in _masked(written).split("&"):
        piece, equals = written[position : position + len(hidden)], hidden.find("=")
        position += len(hidden) + 1
        if equals < 0:
            yield piece or None, None
        else:
            yield piece[:equals], piece[equals + 1 :]


def _entries(value: Any) -> Iterator[tuple[int | str, Mapping[str, Any]]]:
    if isinstance(value, dict):
        for name, entry in value.items():
            if isinstance(entry, dict) and not entry.keys().isdisjoint(("value", "src", "description")):
                yield name, {"key": name, **entry}
            else:
                yield name, {"key": name, "value": entry}
    for index, entry in enumerate(sequence(value)):
        if isinstance(entry, dict):
            yield index, entry


def _is_false(value: Any) -> bool:
    return value is False or (isinstance(value, str) and value.strip().lower() == "false")


def _description(value: Any) -> Any:
    return resolved(value) if isinstance(value, dict) else plain_text(value)


def _number(value: Any) -> int | None:
    found = core_value(str(value)) if isinstance(value, Written | str) and str(value).isdecimal() else value
    return found if isinstance(found, int) and not isinstance(found, bool) else None
