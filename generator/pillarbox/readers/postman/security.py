"""How requests are signed: auth blocks, inherited, and Authorization headers typed by hand. Never a value."""

import re
from collections.abc import Mapping
from typing import Any

from ...model.problems import Origin, Problem, Severity
from ...model.security import ApiKey, Basic, Bearer, KeyLocation, SecurityScheme, UnsupportedScheme
from ..lenient import entries, javascript_text, mapping, text
from ..secret_names import name_words
from .variables import PLACEHOLDER, Scope

__all__ = ["Schemes", "own_auth"]

_FOREIGN = frozenset("digest oauth1 hawk awsv4 ntlm edgegrid jwt asap".split())
_SECRETS = ("token", "accessToken", "value")
"""Attributes of an auth block that may hold a value from the response of another request."""
_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+", re.ASCII)
_AUTHORIZATION = re.compile(r"([A-Za-z][\w-]{0,30})\s+(\S.*)", re.DOTALL)
_WORD = re.compile(r"[0-9A-Za-z]+", re.ASCII)
"""Of a prefix such as `OAuth` or `Zoho-oauthtoken`; its capitals part no words."""
_PARTS = re.compile(r"\w+\s*=\s*\"")


def own_auth(value: Any) -> Mapping[str, Any] | None:
    """An auth block that counts: an object with a textual type. Anything else inherits."""
    block = mapping(value)
    return block if isinstance(block.get("type"), str) else None


def _attributes(auth: Mapping[str, Any]) -> dict[str, Any]:
    """v2.1 lists them, v2.0 has an object (or, in old exports, a list too)."""
    return {
        text(entry.get("key")): entry.get("value") for _, entry in entries(auth.get(text(auth.get("type"))))
    }


class Schemes:
    """The schemes of a collection, one for each distinct way to sign, with stable keys."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._known: dict[tuple[str, ...], SecurityScheme] = {}
        self.problems: dict[str, Problem] = {}
        self.variables: dict[str, dict[str, None]] = {}
        """Key of a scheme -> the variables in the value of its secret."""

    @property
    def all(self) -> tuple[SecurityScheme, ...]:
        return tuple(self._known.values())

    def of_item(
        self, auth: Mapping[str, Any] | None, authorization: str | None, userinfo: str, origin: Origin
    ) -> tuple[tuple[str, ...], ...]:
        """The alternatives for one request: at most one set.

        A block that lacks its value signs nothing in Postman and leaves a typed Authorization alone.
        """
        scheme = self._of_block(auth, origin) if auth is not None else None
        keys = [scheme.key] if scheme is not None else []
        if scheme is not None and auth is not None:
            attributes = _attributes(auth)
            self._filled(scheme, *(text(attributes.get(name)) for name in _SECRETS))
        if authorization and authorization.strip():
            if not keys or auth is None or not self._signs(auth):
                keys = [self._of_header(authorization, origin).key]
            elif isinstance(scheme, ApiKey) and scheme.wire.lower() != "authorization":
                keys.append(self._of_header(authorization, origin).key)
        elif userinfo and not keys:
            keys = [self._add(("basic",), lambda key: Basic(key=key, origin=origin), "basic").key]
        return (tuple(keys),) if keys else ()

    def carriers(self, security: tuple[tuple[str, ...], ...]) -> frozenset[tuple[KeyLocation, str]]:
        """Headers (lower case) and query parameters that API keys fill: Postman replaces their values."""
        keys = {key for alternative in security for key in alternative}
        return frozenset(
            (scheme.location, scheme.wire.lower() if scheme.location is KeyLocation.HEADER else scheme.wire)
            for scheme in self._known.values()
            if isinstance(scheme, ApiKey) and scheme.key in keys
        )

    def _filled(self, scheme: SecurityScheme, *values: str) -> None:
        for value in values:
            for name in PLACEHOLDER.findall(value):
                self.variables.setdefault(scheme.key, {})[name] = None

    def _signs(self, auth: Mapping[str, Any]) -> bool:
        attributes = _attributes(auth)
        match auth.get("type"):
            case "bearer":
                return bool(attributes.get("token"))
            case "oauth2":
                return bool(attributes.get("accessToken"))
            case _:
                return True

    def _add(self, identity: tuple[str, ...], make: Any, *keys: str) -> SecurityScheme:
        found = self._known.get(identity)
        if found is None:
            taken = {scheme.key for scheme in self._known.values()}
            key = next((key for key in keys if key not in taken), f"{keys[-1]}_{len(taken) + 1}")
            found = self._known[identity] = make(key)
        return found

    def _of_block(self, auth: Mapping[str, Any], origin: Origin) -> SecurityScheme | None:
        kind = text(auth.get("type"))
        attributes = _attributes(auth)
        match kind:
            case "noauth":
                return None
            case "basic":
                return self._add(("basic",), lambda key: Basic(key=key, origin=origin), "basic")
            case "bearer":
                return self._bearer("bearer", "token", "Bearer", "", origin)
            case "oauth2":
                return self._oauth2(attributes, origin)
            case "apikey":
                return self._api_key(attributes, origin)
            case _ if kind in _FOREIGN:
                return self._add(
                    (kind,), lambda key: UnsupportedScheme(key=key, kind=kind, origin=origin), kind
                )
        message = f"the auth type {kind[:40]!a} is unknown; nothing is signed"
        self.problems.setdefault(kind, Problem(Severity.WARNING, "unknown-auth", message, origin))
        return None

    def _bearer(self, key: str, credential: str, prefix: str, doc: str, origin: Origin) -> SecurityScheme:
        if prefix != "Bearer":
            key = "_".join(
                (key, *(word.lower() for word in _WORD.findall(prefix))) if prefix else (key, "plain")
            )
        return self._add(
            (key, credential, prefix),
            lambda free: Bearer(key=free, credential=credential, prefix=prefix, doc=doc, origin=origin),
            key,
        )

    def _oauth2(self, attributes: Mapping[str, Any], origin: Origin) -> SecurityScheme:
        labels = (("authUrl", "Authorization URL"), ("accessTokenUrl", "Token URL"), ("scope", "Scopes"))
        values = ((label, self._scope.resolve(text(attributes.get(name)))) for name, label in labels)
        doc = "\n".join(
            f"{label}: {value}" for label, value in values if value and not PLACEHOLDER.search(value)
        )
        if text(attributes.get("tokenType")).lower() == "mac":
            return self._add(
                ("oauth2", "mac"),
                lambda key: UnsupportedScheme(key=key, kind="OAuth 2 MAC", origin=origin),
                "oauth2_mac",
            )
        if attributes.get("addTokenTo") == "queryParams":
            return self._add(
                ("oauth2", "query"),
                lambda key: ApiKey(
                    key=key, wire="access_token", location=KeyLocation.QUERY, doc=doc, origin=origin
                ),
                "oauth2_query",
            )
        prefix = attributes.get("headerPrefix")
        prefix = self._scope.resolve(prefix).strip() if isinstance(prefix, str) else "Bearer"
        if prefix and not _TOKEN.fullmatch(prefix):
            prefix = "Bearer"
        return self._bearer("oauth2", "access_token", prefix, doc, origin)

    def _api_key(self, attributes: Mapping[str, Any], origin: Origin) -> SecurityScheme | None:
        wire = self._scope.resolve(javascript_text(attributes.get("key") or "")).strip()
        location = KeyLocation.QUERY if attributes.get("in") == "query" else KeyLocation.HEADER
        if not wire or (location is KeyLocation.HEADER and not _TOKEN.fullmatch(wire)):
            message = "the API key has no name that a request could carry; nothing is signed"
            self.problems.setdefault("apikey", Problem(Severity.WARNING, "unknown-auth", message, origin))
            return None
        return self._key(wire, location, origin)

    def _key(self, wire: str, location: KeyLocation, origin: Origin) -> SecurityScheme:
        known = wire.lower() if location is KeyLocation.HEADER else wire
        return self._add(
            ("api_key", location.value, known),
            lambda key: ApiKey(key=key, wire=wire, location=location, origin=origin),
            "api_key",
            "_".join(("api_key", *name_words(wire))),
            "_".join(("api_key", location.value, *name_words(wire))),
        )

    def _of_header(self, value: str, origin: Origin) -> SecurityScheme:
        scheme = self._of_text(value, origin)
        self._filled(scheme, value)
        return scheme

    def _of_text(self, value: str, origin: Origin) -> SecurityScheme:
        match = _AUTHORIZATION.fullmatch(value.strip())
        if match is None:
            return self._key("Authorization", KeyLocation.HEADER, origin)
        scheme, rest = match[1], match[2]
        match scheme.lower():
            case "bearer":
                return self._bearer("bearer", "token", "Bearer", "", origin)
            case "basic" if PLACEHOLDER.search(rest):
                # What the variable holds is encoded already, and not always as RFC 7617 has it (Sabre encodes twice).
                doc = "The part after the word Basic, encoded."
                return self._add(
                    ("basic_credentials",),
                    lambda key: Bearer(
                        key=key, credential="basic_credentials", prefix="Basic", doc=doc, origin=origin
                    ),
                    "basic_credentials",
                )
            case "basic":
                return self._add(("basic",), lambda key: Basic(key=key, origin=origin), "basic")
            case "digest":
                return self._add(
                    ("digest",),
                    lambda key: UnsupportedScheme(key=key, kind="digest", origin=origin),
                    "digest",
                )
            case "oauth":
                return self._add(
                    ("oauth1",),
                    lambda key: UnsupportedScheme(key=key, kind="oauth1", origin=origin),
                    "oauth1",
                )
        if _PARTS.search(rest) or " " in rest.strip():
            return self._key("Authorization", KeyLocation.HEADER, origin)
        return self._bearer("bearer", "token", scheme, "", origin)
