"""Where requests go: the client's server, and those of the operations that go elsewhere."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ...model.api import Example, Location, Parameter, Placeholder, Server, Setting, Template
from ...model.problems import Origin
from ...model.types import Scalar, ScalarKind
from .paths import RequestPath
from .variables import Scope, pieces, whole_placeholder

__all__ = ["Base", "common_server", "read_base", "server_parameters", "server_settings", "settings_of"]

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://")
_STRING = Scalar(ScalarKind.STRING)
_MIN_USES = 3
"""Fewer requests do not show what is common to most paths."""


@dataclass(frozen=True, slots=True)
class Base:
    """The part of a URL before its path, with known variables filled."""

    written: str
    """As the collection has it, such as `{{baseUrl}}`."""
    template: Template
    """Without a trailing slash; empty where nothing is known (an unknown variable alone, or `/`)."""
    userinfo: str = ""

    @property
    def server_key(self) -> Template | str:
        """Equal for two bases that lead to the same server."""
        return self.template or self.written


def read_base(written: str, scope: Scope) -> Base:
    """Fill what the scope knows; what it does not know stays a placeholder.

    Credentials (`https://user:password@host`) are split off. No scheme means http, as in Postman.
    """
    text = scope.resolve(scope.flatten(written)).strip()
    text = text.partition("#")[0].partition("?")[0].replace("\\", "/").rstrip("/")
    if text in ("", "null", "undefined") or whole_placeholder(text) is not None:
        return Base(written, ())
    while (scheme := _SCHEME.match(text)) and _SCHEME.match(text, scheme.end()):
        text = text[scheme.end() :]
    start = scheme[0].lower() if scheme else ""
    rest = text[len(start) :].lstrip("/")
    authority, slash, path = rest.partition("/")
    userinfo, _, host = authority.rpartition("@")
    if not host or (start and start not in ("http://", "https://")):
        return Base(written, (), userinfo)
    if not start and not host.startswith("{{"):
        start = "http://"
    lowered = "".join(
        piece.lower() if isinstance(piece, str) else f"{{{{{piece.wire}}}}}" for piece in pieces(host)
    )
    return Base(written, _no_braces(pieces(start + lowered + slash + path)), userinfo)


def _no_braces(template: Template) -> Template:
    return tuple(
        piece.replace("{", "%7B").replace("}", "%7D") if isinstance(piece, str) else piece
        for piece in template
    )


def common_server(bases: Sequence[Base]) -> tuple[Base | None, Server | None]:
    """What most requests begin with, and the server that it names.

    The template is empty where the server is a variable without a value. The server is None where most requests name none.
    """
    if not bases:
        return None, None
    uses = Counter(base.server_key for base in bases)
    most_used, _ = uses.most_common(1)[0]
    same = [base for base in bases if base.server_key == most_used]
    base = next((base for base in same if whole_placeholder(base.written)), same[0])
    if not base.template and whole_placeholder(base.written) is None:
        return base, None
    return base, Server(template=base.template, variable=whole_placeholder(base.written) or "")


def server_settings(server: Server | None, origin: Origin) -> list[Setting]:
    """A setting of the client for each placeholder of its server: `https://{{shop}}.example.com`."""
    placeholders = (
        dict.fromkeys(piece.wire for piece in server.template if isinstance(piece, Placeholder))
        if server
        else {}
    )
    return [
        Setting(
            wire=wire,
            type=_STRING,
            doc="Part of the server's address.",
            example=Example("example", f"{{{{{wire}}}}}"),
            origin=origin,
        )
        for wire in placeholders
    ]


def own_server(base: Base) -> Server:
    """The server of an operation that goes elsewhere than the client."""
    name = whole_placeholder(base.written)
    template = base.template or (Placeholder(name or "server"),)
    return Server(template=template, variable=name or "")


def server_parameters(server: Server, origin: Origin) -> list[Parameter]:
    """An argument for each placeholder of an operation's own server."""
    whole = len(server.template) == 1
    names = dict.fromkeys(piece.wire for piece in server.template if isinstance(piece, Placeholder))
    return [
        Parameter(
            location=Location.SERVER,
            wire=name,
            type=_STRING,
            required=True,
            doc="Where this request goes, such as `https://api.example.com`." if whole else "",
            example=Example("https://api.example.com" if whole else "example", f"{{{{{name}}}}}"),
            origin=origin,
        )
        for name in names
    ]


def settings_of(paths: Sequence[RequestPath]) -> tuple[str, ...]:
    """Names of the placeholders that select a space for most requests, such as a project.

    Such a placeholder is in at least half of the paths, and different things come after it; a placeholder that
    ends its path, or whose neighbours never vary, names one thing and stays an argument. A `:name` counts
    only as the first segment: it belongs to its request in Postman, where `{{name}}` does not.
    """
    uses: Counter[str] = Counter()
    followers: dict[str, set[str]] = {}
    ends: Counter[str] = Counter()
    for path in paths:
        for gap in path.gaps:
            if not gap.is_variable and gap.segment != 0:
                continue
            uses[gap.wire] += 1
            position = path.segments.index(f"{{{gap.wire}}}") if f"{{{gap.wire}}}" in path.segments else -1
            if position < 0 or position + 1 >= len(path.segments):
                ends[gap.wire] += 1
            else:
                followers.setdefault(gap.wire, set()).add(path.segments[position + 1])
    return tuple(
        name
        for name, count in uses.items()
        if count >= _MIN_USES
        and count * 2 >= len(paths)
        and ends[name] * 2 < count
        and len(followers.get(name, ())) > 1
    )
