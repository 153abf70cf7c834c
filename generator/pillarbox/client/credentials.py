"""What the client signs with and where it sends: credentials, settings, the default security."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import assert_never

from ..lock.claims import Claims
from ..model.api import Api
from ..model.security import (
    ApiKey,
    Basic,
    Bearer,
    Digest,
    KeyLocation,
    MutualTls,
    SecurityScheme,
    UnsupportedScheme,
)
from ..naming.candidates import Candidate, Reason, wire_candidate
from ..naming.words import snake, split_words, valid_name
from .api import Credential, CredentialRole, Scheme, Setting
from .evidence import type_text

__all__ = ["credentials_of", "default_security", "schemes_of", "settings_of"]


def default_security(api: Api) -> tuple[tuple[str, ...], ...]:
    """The requirement that most operations state; ties go to the first."""
    counts = Counter(operation.security for operation in api.operations)
    best = max(counts.values(), default=0)
    return next(
        (operation.security for operation in api.operations if counts[operation.security] == best), ()
    )


def schemes_of(api: Api) -> tuple[Scheme, ...]:
    """All schemes of the spec, in its order."""
    wanted = {key for operation in api.operations for group in operation.security for key in group}
    return tuple(_described(scheme, used=scheme.key in wanted) for scheme in api.security_schemes)


def _described(scheme: SecurityScheme, *, used: bool) -> Scheme:
    """A scheme as the projections need it: with `_roles`, the one place that knows each kind."""
    described = partial(Scheme, spec=scheme, used=used, runtime_class=type(scheme).__name__)
    match scheme:
        case Bearer(credential=credential, prefix=prefix):
            return described(
                keywords=() if prefix == "Bearer" else (("prefix", prefix),),
                sent=f"Authorization: {prefix} …",
                facts=(("kind", "bearer"), ("credential", credential), ("prefix", prefix)),
            )
        case Basic():
            return described(sent="Authorization: Basic …", facts=(("kind", "basic"),))
        case Digest():
            return described(sent="Authorization: Digest …", facts=(("kind", "digest"),))
        case ApiKey(wire=wire, location=location):
            return described(
                arguments=(wire, location.value),
                in_cookie=location is KeyLocation.COOKIE,
                sent=f"{location.value} {wire}",
                facts=(("kind", "api key"), ("place", location.value), ("wire", wire)),
            )
        case MutualTls():
            note = "a client certificate: ssl_context"
            facts = (("kind", "mutual TLS"), ("note", note))
            return described(sent="client certificate", facts=facts, certificate=True)
        case UnsupportedScheme(kind=kind):
            note = "not signed by the client: bring an httpx2.Auth"
            return described(
                arguments=(kind,), sent=kind, facts=(("kind", kind), ("note", note)), unsupported=kind
            )
        case _:
            assert_never(scheme)


def _roles(scheme: SecurityScheme) -> tuple[tuple[CredentialRole, str], ...]:
    """The secrets of a scheme, and what each is called in the field."""
    match scheme:
        case Bearer(credential=credential):
            return ((CredentialRole.TOKEN, credential),)
        case Basic() | Digest():
            return ((CredentialRole.USERNAME, "username"), (CredentialRole.PASSWORD, "password"))
        case ApiKey(wire=wire):
            words = split_words(wire)
            plain = words in (("api", "key"), ("x", "api", "key"), ("apikey",), ("key",))
            return ((CredentialRole.KEY, "api_key" if plain else snake(wire)),)
        case MutualTls() | UnsupportedScheme():
            return ()
        case _:
            assert_never(scheme)


def credentials_of(
    schemes: Sequence[Scheme], returned: Mapping[str, str], claims: Claims
) -> tuple[Credential, ...]:
    """The credentials; the name is the lock's, else the plain one, else with the scheme's key before it.

    `returned` names, for a scheme, the operations that return its secret.
    """
    return tuple(
        found for scheme in schemes if scheme.used for found in _credentials(scheme.spec, returned, claims)
    )


def _credentials(scheme: SecurityScheme, returned: Mapping[str, str], claims: Claims) -> Iterator[Credential]:
    for role, wish in _roles(scheme):
        plain = valid_name(wish, "setting")
        name = claims.name(
            "credential",
            "",
            {"role": role.value, "scheme": scheme.key},
            [
                Candidate(plain, Reason.ROLE, scheme.key),
                Candidate(valid_name(f"{snake(scheme.key)}_{plain}", "setting"), Reason.SCHEME, scheme.key),
            ],
        )
        yield Credential(
            name=name,
            scheme=scheme.key,
            role=role,
            doc="" if role is CredentialRole.PASSWORD else scheme.doc,
            returned=returned.get(scheme.key, "") if role.renewable else "",
        )


def settings_of(api: Api, claims: Claims) -> tuple[Setting, ...]:
    """The settings with their argument names."""
    return tuple(
        Setting(
            name=claims.name(
                "setting", "", {"wire": setting.wire}, [wire_candidate(setting.wire, "setting")]
            ),
            wire=setting.wire,
            type=type_text(setting.type),
            doc=setting.doc,
            default=setting.default,
            example=None if setting.example is None else setting.example.value,
            origin=setting.origin,
        )
        for setting in api.settings
    )
