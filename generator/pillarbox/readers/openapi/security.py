"""Security schemes and requirements."""

from collections.abc import Mapping, Sequence
from typing import Any

from ...model.problems import Origin, Problem, Severity
from ...model.security import (
    ApiKey,
    Basic,
    Bearer,
    Digest,
    KeyLocation,
    MutualTls,
    SecurityScheme,
    UnsupportedScheme,
)
from ..lenient import members, text
from .dialect import Dialect
from .refs import Carried, Lost, Refs

__all__ = ["Security"]

_EVERY = ""
"""In place of the key of a scheme: the list of all of them cannot be read."""
_OAUTH = ("oauth2", "openidconnect")
_LOCATIONS = {"header": KeyLocation.HEADER, "query": KeyLocation.QUERY, "cookie": KeyLocation.COOKIE}


class Security:
    """The schemes of a document, and what signs each operation."""

    def __init__(
        self,
        root: Mapping[str, Any],
        refs: Refs,
        dialect: Dialect,
        origin: Origin,
        problems: list[Problem],
        *,
        is_required_anywhere: bool,
    ) -> None:
        self._problems = problems
        self._noted: set[str] = set()
        self._schemes: dict[str, SecurityScheme] = {}
        self._lost: dict[str, Lost] = {}
        """Schemes that cannot be read."""
        at = self._read(root, refs, dialect, origin)
        self._written = root.get("security"), origin.child("security")
        self._everywhere: tuple[tuple[str, ...], ...] | None = None
        if self._schemes and not is_required_anywhere:
            # Documents that define schemes and forget to require them mean that all of them work.
            self._everywhere = tuple((key,) for key in self._schemes)
            message = "no operation says which security scheme it needs; each of them is offered everywhere"
            problems.append(Problem(Severity.NOTE, "security-not-applied", message, at))

    def _read(self, root: Mapping[str, Any], refs: Refs, dialect: Dialect, origin: Origin) -> Origin:
        """Read the schemes, and return where they are listed, which may be another file."""
        nodes, at = root, origin
        swagger = dialect is Dialect.SWAGGER_2
        for step in ("securityDefinitions",) if swagger else ("components", "securitySchemes"):
            try:
                nodes, at = refs.resolve(nodes.get(step) or {}, at.child(step), Carried.SECURITY)
            except Lost as lost:
                self._lost[_EVERY] = lost
                return at
        for key, node in nodes.items():
            try:
                resolved, here = refs.resolve(node, at.child(key), Carried.SECURITY)
            except Lost as lost:
                self._lost[key] = lost
                continue
            scheme = self._scheme(key, resolved, here)
            if scheme is not None:
                self._schemes[key] = scheme
        return at

    @property
    def schemes(self) -> tuple[SecurityScheme, ...]:
        return tuple(self._schemes.values())

    @property
    def lost(self) -> tuple[Problem, ...]:
        """A problem for each scheme that cannot be read."""
        return tuple(lost.problem for lost in self._lost.values())

    def of(self, node: Mapping[str, Any], origin: Origin) -> tuple[tuple[str, ...], ...]:
        """What signs an operation: its own requirements, else those of the document.

        Raises:
            Lost: each alternative needs a scheme that cannot be read.
        """
        if isinstance(node.get("security"), list):
            return self.alternatives(node["security"], origin.child("security"))
        if self._everywhere is not None:
            return self._everywhere
        return self.alternatives(*self._written)

    def locations(self, security: Sequence[tuple[str, ...]]) -> frozenset[tuple[str, str]]:
        """Location and name of the keys that sign an operation in any case: no parameter sends them once more."""
        found = [
            frozenset(
                (scheme.location.value, scheme.wire)
                for key in keys
                if isinstance(scheme := self._schemes[key], ApiKey)
            )
            for keys in security
        ]
        return frozenset.intersection(*found) if found else frozenset()

    def alternatives(self, nodes: Any, origin: Origin) -> tuple[tuple[str, ...], ...]:
        """`[{a: []}, {b: [], c: []}]` -> a, or b and c together. `{}` asks for nothing, and so adds nothing."""
        found: list[tuple[str, ...]] = []
        lost: Lost | None = None
        for index, node in members(nodes):
            lost = next((gone for key in node if (gone := self._lost_of(key))), lost)
            keys = tuple(key for key in node if self._is_known(key, origin.child(index)))
            if keys and len(keys) == len(node) and keys not in found:
                found.append(keys)
        if lost is not None and not found:
            raise lost
        return tuple(found)

    def _lost_of(self, key: str) -> Lost | None:
        return self._lost.get(key) or self._lost.get(_EVERY)

    def _is_known(self, key: str, origin: Origin) -> bool:
        if key in self._schemes:
            return True
        if self._lost_of(key):
            return False
        if key not in self._noted:
            self._noted.add(key)
            message = f"the security scheme {key[:60]!a} is not defined, so nothing is signed with it"
            self._problems.append(Problem(Severity.WARNING, "unknown-security-scheme", message, origin))
        return False

    def _scheme(self, key: str, node: Mapping[str, Any], origin: Origin) -> SecurityScheme | None:
        doc = text(node.get("description"))
        kind = text(node.get("type")).lower()
        if kind == "apikey":
            wire, location = text(node.get("name")), _LOCATIONS.get(text(node.get("in")).lower())
            if not wire or location is None:
                message = "an API key needs `name` and `in`, so nothing is signed with it"
                self._problems.append(
                    Problem(Severity.WARNING, "incomplete-security-scheme", message, origin)
                )
                return UnsupportedScheme(key=key, kind="apiKey", doc=doc, origin=origin)
            if location is KeyLocation.HEADER and wire.lower() == "authorization" and _says_bearer(key, doc):
                return Bearer(key=key, credential="access_token", doc=doc, origin=origin)
            return ApiKey(key=key, wire=wire, location=location, doc=doc, origin=origin)
        if kind in _OAUTH:
            return Bearer(key=key, credential="access_token", doc=doc, origin=origin)
        if kind == "mutualtls":
            return MutualTls(key=key, doc=doc, origin=origin)
        scheme = text(node.get("scheme")).lower() if kind == "http" else kind
        match scheme:
            case "basic":
                return Basic(key=key, doc=doc, origin=origin)
            case "bearer":
                return Bearer(key=key, credential="token", doc=doc, origin=origin)
            case "digest":
                return Digest(key=key, doc=doc, origin=origin)
            case "":
                message = f"the security scheme {key[:60]!a} has no type, so nothing is signed with it"
                self._problems.append(
                    Problem(Severity.WARNING, "incomplete-security-scheme", message, origin)
                )
                return None
            case _:
                return UnsupportedScheme(key=key, kind=scheme, doc=doc, origin=origin)


def _says_bearer(key: str, doc: str) -> bool:
    """Swagger 2.0 has no bearer scheme; its documents write one as an API key called Authorization."""
    return "bearer" in key.lower() or "bearer" in doc.lower()
