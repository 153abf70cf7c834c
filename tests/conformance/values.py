"""What a collection itself holds for each argument: read apart from the reader under test.

The values are those of Postman's runner: variables replaced, placeholders kept as they stand.
"""

import base64
import json
import mimetypes
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

__all__ = ["PLACEHOLDER", "Collection", "Item", "NotThere", "javascript_text", "without_comments"]

PLACEHOLDER = re.compile(r"\{\{([^{}]*?)\}\}")
_COMMENT = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\n]*|/\*[\s\S]*?\*/')
_PLACEHOLDER_IN_JSON = re.compile(r'"(?:[^"\\]|\\.)*"|(?P<placeholder>\{\{[^{}]*?\}\})')
_NESTED = re.compile(r"(\{\{[^{}]*)(\{\{[^{}]*\}\})(?=[^{}]*\}\})")
_JSON_TYPE = re.compile(r"application/(\S+\+)?json")


def without_comments(text: str) -> str:
    """JSON text without `//` and `/* */` outside of strings."""
    return _COMMENT.sub(lambda found: found[0] if found[0][0] == '"' else "", text)


class NotThere(Exception):
    """The collection holds no value for an argument."""


def javascript_text(value: Any) -> str:
    """JavaScript's `String()` (measured against newman)."""
    match value:
        case None:
            return "null"
        case True | False:
            return str(value).lower()
        case float() if value.is_integer():
            return str(int(value))
        case list():
            return ",".join("" if item is None else javascript_text(item) for item in value)
        case dict():
            return "[object Object]"
        case _:
            return str(value)


def _cast(entry: Mapping[str, Any]) -> str:
    value, kind = entry.get("value"), entry.get("type")
    if kind == "boolean":
        return javascript_text(bool(value))
    if kind == "number" and isinstance(value, str):
        try:
            number = float(value)
        except ValueError:
            return "NaN"
        return javascript_text(number)
    return "" if "value" not in entry else javascript_text(value)


@dataclass(frozen=True, slots=True)
class Item:
    """One request as the collection holds it."""

    pointer: str
    request: Mapping[str, Any]
    auths: tuple[Any, ...]
    """Auth of the item, its folders and the collection, innermost first."""
    behaviour: Mapping[str, Any]

    @property
    def body(self) -> Mapping[str, Any]:
        body = self.request.get("body") or {}
        return {"mode": "raw", "raw": body} if isinstance(body, str) else body

    def headers(self) -> Iterator[tuple[str, Any, bool]]:
        """Name and value as they stand, and whether they are sent."""
        given = self.request.get("header")
        if isinstance(given, str):
            for line in given.split("\n"):
                name, colon, value = line.partition(":")
                if colon:
                    yield name.strip(), value.strip(), True
            return
        for entry in given or []:
            if isinstance(entry, dict):
                key = entry.get("key")
                yield "" if key is None else str(key), entry.get("value", ""), not entry.get("disabled")


class Collection:
    """A collection, its variables and the values that the capture gave to undefined ones."""

    def __init__(self, path: Path, meta: Mapping[str, Any], environment: Path | None) -> None:
        root = json.loads(path.read_text(encoding="utf-8-sig"))
        self.folder = path.parent
        self.prefix = "/collection" if "collection" in root and "item" not in root else ""
        self.root: dict[str, Any] = root["collection"] if self.prefix else root
        self.fill_path = bool(meta.get("fillPath"))
        self.variables: dict[str, str] = dict(meta.get("fixed", {}))
        for entry in self.root.get("variable") or []:
            if isinstance(entry, dict) and not entry.get("disabled"):
                self.variables[str(entry.get("key", entry.get("id")))] = _cast(entry)
        if environment is not None:
            given = json.loads(environment.read_text(encoding="utf-8-sig"))
            for entry in given.get("environment", given).get("values", []):
                if entry.get("enabled", True):
                    self.variables[str(entry["key"])] = _cast(entry)
        self.variables |= {key: str(value) for key, value in meta.get("vars", {}).items()}

    def items(self) -> Iterator[Item]:
        """Requests in document order."""
        root = self.root
        yield from self._walk(
            root, self.prefix, (root.get("auth"),), root.get("protocolProfileBehavior") or {}
        )

    def _walk(
        self, node: Mapping[str, Any], pointer: str, auths: tuple[Any, ...], behaviour: Mapping[str, Any]
    ) -> Iterator[Item]:
        for number, child in enumerate(node.get("item") or []):
            here = f"{pointer}/item/{number}"
            own = {**behaviour, **(child.get("protocolProfileBehavior") or {})}
            if child.get("item"):
                yield from self._walk(child, here, (child.get("auth"), *auths), own)
            elif "item" not in child:
                request = child.get("request")
                request = {"url": request} if isinstance(request, str) else request or {}
                yield Item(here, request, (request.get("auth"), *auths), own)

    def resolve(self, text: str) -> str:
        """Variables replaced, in at most 19 rounds; unknown ones stay."""
        for _ in range(19):
            changed = PLACEHOLDER.sub(lambda found: self.variables.get(found[1], found[0]), text)
            if changed == text:
                break
            text = changed
        return text

    def flatten(self, text: str) -> str:
        """Variables inside the names of variables replaced."""
        for _ in range(19):
            changed = _NESTED.sub(lambda found: found[1] + self.resolve(found[2]), text)
            if changed == text:
                break
            text = changed
        return text

    def variable(self, name: str) -> str:
        """Value of one variable; its own text in braces where it has none."""
        return self.resolve(f"{{{{{name}}}}}")

    # Arguments

    def path_value(self, item: Item, wire: str) -> str | None:
        """What newman puts in place of `:wire`; None where that stays as it stands."""
        url = item.request.get("url")
        for entry in reversed(url.get("variable") or [] if isinstance(url, dict) else []):
            if entry.get("key", entry.get("id")) == wire:
                value = entry.get("value")
                if value in (None, "") and self.fill_path:
                    return f"p_{wire}"
                if entry.get("type") == "string":
                    value = javascript_text(value) if "value" in entry else "undefined"
                return self.resolve(value) if isinstance(value, str) and value else None
        return None

    def query(self, item: Item, wire: str) -> list[str | None]:
        """Values of one key, in order; None for an entry without a value."""
        return [value for key, value in self.pairs(item) if wire in (key, unquote(key))]

    def pairs(self, item: Item) -> list[tuple[str, str | None]]:
        """Keys and values of the query. A value is data: escapes that the collection's text holds are undone,
        those that a variable's value holds are part of it."""
        return [
            (self.resolve(key), None if value is None else self._data(value))
            for key, value in self.query_entries(item)
        ]

    def _data(self, text: str) -> str:
        pieces = PLACEHOLDER.split(self.flatten(text))
        return "".join(
            self.variable(piece) if index % 2 else _undone(piece) for index, piece in enumerate(pieces)
        )

    def query_entries(self, item: Item) -> Iterator[tuple[str, str | None]]:
        """Keys and values as they stand."""
        url = item.request.get("url")
        query = url.get("query") if isinstance(url, dict) else None
        if isinstance(query, dict):
            query = [{"key": key, "value": value} for key, value in query.items()]
        if isinstance(query, list):
            for entry in query:
                if isinstance(entry, dict) and not entry.get("disabled"):
                    value, key = entry.get("value"), entry.get("key")
                    yield key if isinstance(key, str) else "", value if isinstance(value, str) else None
            return
        raw = url if isinstance(url, str) else query if isinstance(query, str) else (url or {}).get("raw", "")
        if isinstance(url, dict) and not isinstance(query, str) and (url.get("host") or url.get("path")):
            raw = ""
        head = PLACEHOLDER.match(raw.lstrip())
        if head and re.search(r"[?#]", self.resolve(head[0])):
            raw = raw.replace(head[0], self.resolve(head[0]), 1)
        text = raw.partition("#")[0]
        text = text if isinstance(query, str) else text.partition("?")[2]
        for piece in text.split("&") if text else []:
            key, equals, value = piece.partition("=")
            yield key, value if equals else None

    def header(self, item: Item, wire: str) -> str:
        for name, value, enabled in item.headers():
            if enabled and self.resolve(name).lower() == wire.lower():
                return self.resolve(javascript_text(value))
        raise NotThere(wire)

    def header_lines(self, item: Item, wire: str) -> list[str]:
        """The values of a header that is sent: of several spellings those of the last one, cookies in one line."""
        lines = [(self.resolve(name), value) for name, value, enabled in item.headers() if enabled]
        same = [(name, value) for name, value in lines if name.lower() == wire.lower()]
        if not same:
            raise NotThere(wire)
        spelling = next(reversed(dict.fromkeys(name for name, _ in same)))
        values = [self.resolve(javascript_text(value)) for name, value in same if name == spelling]
        return ["; ".join(values)] if wire.lower() == "cookie" else values

    def field(self, item: Item, mode: str, wire: str) -> list[Any]:
        """Values of a form field: texts, or files as tuples of name, content and perhaps type."""
        body = item.body
        if body.get("mode") == "raw":
            pairs = parse_qsl(self.body_text(item), keep_blank_values=True)
            return [value for key, value in pairs if key == wire]
        found: list[Any] = []
        types: list[str] = []
        listed = body.get(mode)
        if isinstance(listed, str):
            pieces = (piece.partition("=") for piece in self.resolve(listed).split("&"))
            return [value for key, _, value in pieces if key == wire]
        for entry in listed or []:
            if not isinstance(entry, dict) or entry.get("disabled"):
                continue
            key = entry.get("key")
            if ("" if key is None else self.resolve(str(key))) != wire:
                continue
            if mode == "formdata" and is_file(entry):
                found += self.files(entry)
            elif mode == "formdata":
                value = entry.get("value")
                text = value if isinstance(value, str) else "" if value is None else _compact(value)
                found.append(self.resolve(text))
                types.append(str(entry.get("contentType") or ""))
            else:
                found += map(self.resolve, _form_texts(entry.get("value")))
        if len(set(types)) > 1 and len(types) == len(found):
            return [(None, text, kind or None) for text, kind in zip(found, types, strict=True)]
        return found

    def files(self, entry: Mapping[str, Any]) -> list[tuple[str, ...] | tuple[str, bytes, str]]:
        """The files of an entry that can be read; one of no content where there is none."""
        sources = entry.get("src")
        named = entry.get("fileName")
        if not sources and isinstance(entry.get("value"), str):
            return [(named or entry["key"], base64.b64decode(entry["value"]), _type(named or ""))]
        found: list[Any] = []
        for source in sources if isinstance(sources, list) else [sources] if sources else []:
            name = self.resolve(str(source))
            path = self.folder / name
            if path.is_file():
                found.append((named or path.name, path.read_bytes(), entry.get("contentType") or _type(name)))
        return found or [("nothing-chosen", b"")]

    def strips(self, item: Item) -> bool:
        """Whether newman takes the comments out of a raw body."""
        language = ((item.body.get("options") or {}).get("raw") or {}).get("language")
        if language:
            return bool(language == "json")
        types = [
            (self.resolve(javascript_text(value)), enabled)
            for name, value, enabled in item.headers()
            if name.lower() == "content-type"
        ]
        enabled_ones = [text for text, enabled in types if enabled] or [text for text, _ in types]
        return any(_JSON_TYPE.match(text.strip()) for text in enabled_ones[-1:])

    def stripped(self, item: Item, text: str) -> str:
        return without_comments(text) if self.strips(item) else text

    def body_text(self, item: Item) -> str:
        """The raw body as it is sent: variables replaced first, then comments stripped where it is JSON."""
        return self.stripped(item, self.resolve(self.raw(item)))

    def raw(self, item: Item) -> str:
        raw = item.body.get("raw")
        return raw if isinstance(raw, str) else _compact(raw)

    def body_json(self, item: Item) -> Any:
        """The raw body as JSON, the value of a variable being data: a text within quotes, else JSON or a text.

        Raises ValueError where the body is no JSON even so.
        """
        return self.template_json(self.stripped(item, self.raw(item)))

    def template_json(self, text: str) -> Any:
        """JSON text with variables as data."""
        return _mapped(json.loads(self.quoted(text), strict=False), self.resolve)

    def quoted(self, text: str) -> str:
        """JSON text whose variables without quotes are replaced: by JSON, or else by a string."""

        def value_of(found: re.Match[str]) -> str:
            if found["placeholder"] is None:
                return found[0]
            value = self.resolve(found[0])
            try:
                json.loads(value)
            except ValueError:
                return json.dumps(value)
            return value

        return _PLACEHOLDER_IN_JSON.sub(value_of, self.flatten(text))

    def graphql(self, item: Item) -> Any:
        """The variables of a GraphQL body."""
        variables = (item.body.get("graphql") or {}).get("variables")
        if isinstance(variables, str):
            return self.template_json(without_comments(variables)) if variables.strip() else {}
        return _mapped(variables, self.resolve) if variables else {}

    def content(self, item: Item) -> Any:
        """A file body: the bytes that the collection holds, or the file beside it; None for neither."""
        file = item.body.get("file") or {}
        if isinstance(file, dict) and isinstance(file.get("content"), str):
            return base64.b64decode(file["content"])
        source = file.get("src") if isinstance(file, dict) else file
        path = self.folder / self.resolve(source) if isinstance(source, str) and source else None
        return path if path is not None and path.is_file() else None

    # Credentials

    def credentials(self, item: Item) -> dict[str, str]:
        """Attributes of the auth that applies, with its type under `type`; empty for none."""
        for auth in item.auths:
            if isinstance(auth, dict) and isinstance(auth.get("type"), str):
                kind = auth["type"]
                given = auth.get(kind) or []
                pairs = (
                    given.items()
                    if isinstance(given, dict)
                    else ((one["key"], one.get("value")) for one in given)
                )
                return {
                    "type": kind,
                    **{
                        key: self.resolve(javascript_text(value)) for key, value in pairs if value is not None
                    },
                }
        return {}


def is_file(entry: Mapping[str, Any]) -> bool:
    """Whether an entry of a multipart form is a file."""
    return bool(entry.get("type") == "file")


def _type(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _form_texts(value: Any) -> list[str]:
    match value:
        case list():
            return [text for one in value for text in _form_texts(one)]
        case None | dict():
            return [""]
        case _:
            return [javascript_text(value)]


def _undone(text: str) -> str:
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        return text


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    match value:
        case str():
            return change(value)
        case list():
            return [_mapped(item, change) for item in value]
        case dict():
            return {change(key): _mapped(item, change) for key, item in value.items()}
        case _:
            return value
