"""Servers and their variables."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from ...model.api import Example, Placeholder, Server, Setting, Template
from ...model.problems import Origin, Problem, Severity
from ...model.types import Enumeration, Scalar, ScalarKind, Type
from ..lenient import mapping, members, sequence, text
from .dialect import Dialect

__all__ = ["Servers", "own_server", "read_servers"]

_PLACEHOLDER = re.compile(r"\{([^{}/]+)\}")
_ABSOLUTE = re.compile(r"(?:https?|\{[^{}/]+\})://[^/?#\s]", re.IGNORECASE)
_STRING = Scalar(ScalarKind.STRING)
_FIXED = "!$&'()*+,-./:;=@_~%"


@dataclass(frozen=True, slots=True)
class Servers:
    """The client's server, the others that the document names, and the client's settings for its variables."""

    main: Server | None = None
    others: tuple[Server, ...] = ()
    settings: tuple[Setting, ...] = ()


def _urls_of_swagger(root: Mapping[str, Any]) -> list[dict[str, Any]]:
    host = text(root.get("host")).strip().strip("/")
    path = text(root.get("basePath")).strip()
    schemes = [text(scheme).lower() for scheme in sequence(root.get("schemes"))]
    usable = [scheme for scheme in schemes if scheme in ("http", "https")] or ["https"]
    usable.sort(key=lambda scheme: scheme != "https")
    path = f"/{path.strip('/')}" if path.strip("/") else ""
    return [{"url": f"{scheme}://{host}{path}" if host else path} for scheme in usable]


def _template(url: str, variables: Mapping[str, Any], *, filled: bool) -> Template:
    """The URL without its trailing slash; with `filled`, variables that have a default are replaced by it."""
    pieces: list[str | Placeholder] = [""]
    for index, piece in enumerate(_PLACEHOLDER.split(url.rstrip("/"))):
        default = mapping(variables.get(piece)).get("default") if index % 2 else None
        if not index % 2:
            value: str | Placeholder = quote(piece, _FIXED)
        elif filled and isinstance(default, str | int | float) and str(default):
            value = quote(str(default).strip("/"), _FIXED)
        else:
            value = Placeholder(piece)
        if isinstance(value, str) and isinstance(pieces[-1], str):
            pieces[-1] += value
        else:
            pieces.append(value)
    return tuple(piece for piece in pieces if piece != "")


def _usable(url: str, origin: Origin, problems: list[Problem]) -> str:
    """The URL without query and fragment; empty where no client could go there."""
    cut = re.split(r"[?#]", url.strip())[0]
    if cut != url.strip():
        problems.append(
            Problem(
                Severity.NOTE, "server-query", "the query of a server URL is left out", origin.child("url")
            )
        )
    if cut.startswith("//"):
        # Relative to the scheme, as on a web page.
        cut = f"https:{cut}"
    if not cut or cut.startswith("/") or _ABSOLUTE.match(cut) or _PLACEHOLDER.fullmatch(cut):
        return cut
    if "://" not in cut and re.match(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/|$)", cut):
        return f"https://{cut}"
    problems.append(
        Problem(
            Severity.WARNING,
            "server-not-http",
            f"{url[:80]!a} is no HTTP address, so it is left out",
            origin.child("url"),
        )
    )
    return ""


def _setting(wire: str, node: Mapping[str, Any], origin: Origin) -> Setting:
    default = node.get("default")
    value = str(default) if isinstance(default, str | int | float) and not isinstance(default, bool) else None
    listed = tuple(one for one in sequence(node.get("enum")) if isinstance(one, str))
    kind: Type = Enumeration(listed, open=False) if listed else _STRING
    doc = text(node.get("description")).strip() or "Part of the server's address."
    if listed:
        doc += f" One of {', '.join(f'`{one}`' for one in listed[:20])}."
    return Setting(
        wire=wire,
        type=kind,
        doc=doc,
        default=value,
        example=Example(value or (listed[0] if listed else "example")),
        origin=origin,
    )


def read_servers(
    root: Mapping[str, Any], dialect: Dialect, origin: Origin, problems: list[Problem]
) -> Servers:
    """The servers of a document. The first absolute one is the client's; a relative one is only reported."""
    if dialect is Dialect.SWAGGER_2:
        listed: list[tuple[int, Mapping[str, Any]]] = list(enumerate(_urls_of_swagger(root)))
        at = origin
    else:
        listed = list(members(root.get("servers")))
        at = origin.child("servers")
    found: list[tuple[Server, Mapping[str, Any], Origin]] = []
    for index, node in listed:
        here = at if dialect is Dialect.SWAGGER_2 else at.child(index)
        url = _usable(text(node.get("url")), here, problems)
        variables = mapping(node.get("variables"))
        template = _template(url, variables, filled=False)
        if template:
            found.append((Server(template=template, doc=text(node.get("description"))), variables, here))
    main = next((entry for entry in found if not _is_relative(entry[0])), None)
    if main is None:
        return Servers(None, tuple(server for server, _, _ in found))
    server, variables, here = main
    settings = tuple(
        _setting(piece.wire, mapping(variables.get(piece.wire)), here.child("variables", piece.wire))
        for piece in dict.fromkeys(server.template)
        if isinstance(piece, Placeholder)
    )
    others = tuple(entry[0] for entry in found if entry is not main)
    return Servers(server, others, settings)


def _is_relative(server: Server) -> bool:
    first = server.template[0]
    return isinstance(first, str) and first.startswith("/")


def own_server(nodes: Any, origin: Origin, common: Server | None, problems: list[Problem]) -> Server | None:
    """The server of a path or an operation, where it is not the client's; its variables have their defaults."""
    for index, node in members(nodes):
        url = _usable(text(node.get("url")), origin.child(index), problems)
        template = _template(url, mapping(node.get("variables")), filled=True)
        if template and (common is None or template != common.template):
            return Server(template=template, doc=text(node.get("description")))
        if template:
            return None
    return None
