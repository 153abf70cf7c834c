"""OpenAPI documents as they stand, read without our reader: what each operation asks for, by method and path."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import yaml

__all__ = ["Asked", "AskedParameter", "Document", "Style", "is_document", "load"]

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_UNSENT = frozenset(("accept", "content-type", "authorization"))
"""Headers that a document may not describe as parameters."""
_DELIMITERS = {"csv": ",", "ssv": " ", "tsv": "\t", "pipes": "|"}
_FLOWS = frozenset(("oauth2", "openIdConnect"))


class _Loader(yaml.CSafeLoader):
    """YAML 1.2: no dates, and the only booleans are `true` and `false`."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"^[-+]?(?:[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", "-+0123456789"),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789"),
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("merge", r"^<<$", "<"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first))


def load(spec: Path) -> Any:
    """A document of either syntax as a tree."""
    text = spec.read_text(encoding="utf-8-sig")
    return json.loads(text) if spec.suffix == ".json" else yaml.load(text, _Loader)


def is_document(root: Any) -> bool:
    """True for Swagger and OpenAPI, False for a collection."""
    return isinstance(root, dict) and ("openapi" in root or "swagger" in root)


@dataclass(frozen=True)
class Style:
    """How a list or an object becomes text: what stands between its items, if they share one value at all."""

    delimiter: str = ""
    """Empty where each item is a parameter of its own."""
    kind: str = ""
    """`json`, `deepObject`, `label`, `matrix`, or nothing of that."""
    assigned: bool = False
    """Members of an object as `name=value`."""
    flag: bool = False
    """A true value may be the bare name."""


@dataclass(frozen=True)
class AskedParameter:
    """A parameter, as the document describes it."""

    location: str
    wire: str
    required: bool
    style: Style


@dataclass(frozen=True)
class Asked:
    """All that a document asks of one operation."""

    method: str
    path: str
    """The key of the path item: `/users/{id}`, whatever stands behind `?` and `#` included."""
    parameters: tuple[AskedParameter, ...]
    body_media_types: tuple[str, ...]
    body_required: bool
    servers: tuple[str, ...]
    """Of the operation or its path; empty for those of the document."""
    security: tuple[tuple[tuple[str, str], ...], ...]
    """Alternatives, each of places and names (`header`, `X-Key`) that a request must have."""
    answers: tuple[Any, ...]
    """The documented examples of success that are JSON."""

    @property
    def pointer(self) -> str:
        """Its place below `paths`, also where the path item stands elsewhere."""
        key = self.path.replace("~", "~0").replace("/", "~1")
        return f"/paths/{key}/{self.method.lower()}"


def _mapping(node: Any) -> Mapping[str, Any]:
    return node if isinstance(node, dict) else {}


def _sequence(node: Any) -> Sequence[Any]:
    return node if isinstance(node, list) else ()


def _urls(servers: Any) -> tuple[str, ...]:
    """The addresses of servers, `//host` as `https://host`."""
    found = (str(_mapping(server).get("url")) for server in _sequence(servers))
    return tuple(f"https:{url}" if url.startswith("//") else url for url in found)


def _is_json(media_type: str) -> bool:
    plain = media_type.partition(";")[0].strip().lower()
    return plain in ("application/json", "text/json") or plain.endswith("+json")


class Document:
    """A document and its operations."""

    def __init__(self, root: Mapping[str, Any]) -> None:
        self.root = root
        self.is_swagger = "swagger" in root

    @property
    def version(self) -> str:
        return str(self.root.get("openapi") or self.root.get("swagger"))

    def resolve(self, node: Any) -> Any:
        """What a node or a chain of local references leads to; an empty object where it leads nowhere."""
        for _ in range(50):
            target = _mapping(node).get("$ref")
            if target is None:
                return node
            node = self._at(str(target))
        return {}

    def _at(self, target: str) -> Any:
        if not target.startswith("#/"):
            return {}
        node: Any = self.root
        for step in target[2:].split("/"):
            key = unquote(step).replace("~1", "/").replace("~0", "~")
            if isinstance(node, dict) and key in node:
                node = node[key]
            elif isinstance(node, list) and key.isdecimal() and int(key) < len(node):
                node = node[int(key)]
            else:
                return {}
        return node

    @cached_property
    def operations(self) -> Mapping[str, Asked]:
        """Pointer -> operation, counted by nothing but the methods of the path items."""
        return {asked.pointer: asked for asked in self._operations()}

    def _operations(self) -> Iterator[Asked]:
        for path, written in _mapping(self.root.get("paths")).items():
            if str(path).startswith("x-"):
                continue
            item = _mapping(self.resolve(written))
            for method in METHODS:
                if isinstance(item.get(method), dict):
                    yield self._operation(str(path), item, method, item[method])

    def _operation(
        self, path: str, item: Mapping[str, Any], method: str, operation: Mapping[str, Any]
    ) -> Asked:
        named: dict[tuple[str, str], Mapping[str, Any]] = {}
        for node in (*_sequence(item.get("parameters")), *_sequence(operation.get("parameters"))):
            parameter = _mapping(self.resolve(node))
            named[str(parameter.get("in")), str(parameter.get("name"))] = parameter
        body = _mapping(self.resolve(operation.get("requestBody")))
        servers = _urls(operation.get("servers")) or _urls(item.get("servers"))
        if servers[:1] == _urls(self.root.get("servers"))[:1]:
            servers = ()
        return Asked(
            method=method.upper(),
            path=path,
            parameters=tuple(
                AskedParameter(
                    place,
                    wire,
                    bool(parameter.get("required")) or place == "path",
                    self._style(place, parameter),
                )
                for (place, wire), parameter in named.items()
                if place in ("path", "query", "header", "cookie")
                and not (place == "header" and wire.lower() in _UNSENT)
            ),
            body_media_types=self._consumed(operation, named, body),
            body_required=bool(body.get("required")) or self._swagger_body(named),
            servers=servers,
            security=tuple(self._security(operation)),
            answers=tuple(self._answers(operation)),
        )

    def _consumed(
        self,
        operation: Mapping[str, Any],
        named: Mapping[tuple[str, str], Mapping[str, Any]],
        body: Mapping[str, Any],
    ) -> tuple[str, ...]:
        if not self.is_swagger:
            return tuple(map(str, _mapping(body.get("content"))))
        places = {place for place, _ in named}
        if not places & {"body", "formData"}:
            return ()
        given = operation.get("consumes", self.root.get("consumes"))
        form = ("application/x-www-form-urlencoded", "multipart/form-data")
        return tuple(map(str, _sequence(given))) or (form if "formData" in places else ("application/json",))

    @staticmethod
    def _swagger_body(named: Mapping[tuple[str, str], Mapping[str, Any]]) -> bool:
        return any(
            place in ("body", "formData") and bool(parameter.get("required"))
            for (place, _), parameter in named.items()
        )

    def _style(self, place: str, parameter: Mapping[str, Any]) -> Style:
        if self.is_swagger:
            flag = bool(parameter.get("allowEmptyValue"))
            format = parameter.get("collectionFormat") or "csv"
            return Style(_DELIMITERS.get(format, ""), flag=flag)
        content = _mapping(parameter.get("content"))
        if content:
            return Style(kind="json" if _is_json(next(iter(content))) else "")
        style = parameter.get("style") or ("form" if place in ("query", "cookie") else "simple")
        explode = parameter.get("explode", style == "form")
        if place in ("path", "header"):
            delimiter = {"label": ".", "matrix": ";"}.get(style, ",") if explode else ","
            return Style(delimiter, kind="" if style == "simple" else style, assigned=bool(explode))
        delimiter = {"spaceDelimited": " ", "pipeDelimited": "|"}.get(style, ",")
        return Style(
            "" if explode else delimiter,
            kind="deepObject" if style == "deepObject" else "",
            flag=bool(parameter.get("allowEmptyValue")),
        )

    def _security(self, operation: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], ...]]:
        key = "securityDefinitions" if self.is_swagger else "securitySchemes"
        schemes = _mapping(
            self.root.get(key) if self.is_swagger else _mapping(self.root.get("components")).get(key)
        )
        for alternative in _sequence(operation.get("security", self.root.get("security"))):
            wanted = [
                self._signed_by(_mapping(self.resolve(schemes.get(name)))) for name in _mapping(alternative)
            ]
            yield tuple(place for place in wanted if place is not None)

    @staticmethod
    def _signed_by(scheme: Mapping[str, Any]) -> tuple[str, str] | None:
        """Where a scheme signs a request; None for what does not show in its first one, or nobody knows."""
        kind = scheme.get("type")
        if kind == "apiKey":
            return str(scheme.get("in")), str(scheme.get("name"))
        name = str(scheme.get("scheme", "")).lower()
        if kind in (*_FLOWS, "basic") or (kind == "http" and name in ("basic", "bearer")):
            return "header", "Authorization"
        return None

    def _answers(self, operation: Mapping[str, Any]) -> Iterator[Any]:
        responses = _mapping(operation.get("responses"))
        for status in [status for status in responses if re.fullmatch("2..", str(status))] or ["default"]:
            response = _mapping(self.resolve(responses.get(status)))
            if self.is_swagger:
                for media_type, example in _mapping(response.get("examples")).items():
                    if _is_json(str(media_type)):
                        yield example
            for media_type, content in _mapping(response.get("content")).items():
                if _is_json(str(media_type)):
                    yield from self._examples(_mapping(self.resolve(content)))

    def _examples(self, content: Mapping[str, Any]) -> Iterator[Any]:
        if "example" in content:
            yield content["example"]
        for written in _mapping(content.get("examples")).values():
            example = _mapping(self.resolve(written))
            if "value" in example:
                yield example["value"]
