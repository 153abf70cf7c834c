"""What the client signs with and where it sends: credentials, settings, the default security."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

from ..lock.claims import Claims
from ..model.api import Api
from ..model.security import ApiKey, Basic, Bearer, Digest, MutualTls, SecurityScheme, UnsupportedScheme
from ..naming.candidates import Candidate, Reason, wire_candidate
from ..naming.words import snake, split_words, valid_name
from .api import Credential, CredentialRole, Setting
from .evidence import type_text

__all__ = ["credentials_of", "default_security", "settings_of", "used_schemes"]


def default_security(api: Api) -> tuple[tuple[str, ...], ...]:
    """The requirement that most operations state; ties go to the first."""
    counts = Counter(operation.security for operation in api.operations)
    best = max(counts.values(), default=0)
    return next(
        (operation.security for operation in api.operations if counts[operation.security] == best), ()
    )


def used_schemes(api: Api) -> tuple[SecurityScheme, ...]:
    """The schemes that an operation needs, in the order of the spec."""
    wanted = {key for operation in api.operations for group in operation.security for key in group}
    return tuple(scheme for scheme in api.security_schemes if scheme.key in wanted)


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
    schemes: Sequence[SecurityScheme], returned: Mapping[str, str], claims: Claims
) -> tuple[Credential, ...]:
    """The credentials; the name is the lock's, else the plain one, else with the scheme's key before it.

    `returned` names, for a scheme, the operations that return its secret.
    """
    return tuple(found for scheme in schemes for found in _credentials(scheme, returned, claims))


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
