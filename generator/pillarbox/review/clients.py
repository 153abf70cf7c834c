"""What became of the client itself: its name, address, settings, credentials, and who must sign what."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ..model.problems import Origin
from .arguments import listed
from .changes import Change, in_new, in_old
from .checks import Check
from .matching import Pairing, Version, paired

__all__ = ["client_changes"]


def client_changes(pairing: Pairing) -> Iterator[Change]:
    """Changes of the client and its constructor."""
    old, new = pairing.old.client, pairing.new.client
    origin = new.origin
    before, after = f"{old.package}.{old.class_name}", f"{new.package}.{new.class_name}"
    if before != after:
        yield in_new(Check.CLIENT_RENAMED, before, origin, old=before, new=after)
    symbol = f"{new.class_name}(base_url)"
    if old.base_url != new.base_url:
        if old.base_url is None:
            yield in_new(Check.BASE_URL_ADDED, symbol, origin, new=new.base_url or "")
        elif new.base_url is None:
            yield in_new(Check.BASE_URL_REMOVED, symbol, origin, old=old.base_url)
        else:
            yield in_new(Check.BASE_URL_CHANGED, symbol, origin, old=old.base_url, new=new.base_url)
    yield from _settings(pairing)
    yield from _credentials(pairing)
    yield from _security(pairing)


def _settings(pairing: Pairing) -> Iterator[Change]:
    client = pairing.new.client
    pairs = paired(pairing.old.client.settings, client.settings, lambda one: one.wire, lambda one: one.name)
    for setting in pairs.gone:
        yield in_old(Check.SETTING_REMOVED, f"{client.class_name}({setting.name})", setting.origin)
    for old, new in pairs.both:
        symbol = f"{client.class_name}({new.name})"
        if old.name != new.name:
            yield in_new(
                Check.SETTING_RENAMED,
                f"{client.class_name}({old.name})",
                new.origin,
                old=old.name,
                new=new.name,
            )
        if old.default != new.default:
            if new.default is None:
                yield in_new(Check.SETTING_BECAME_REQUIRED, symbol, new.origin, old=listed([old.default]))
            elif old.default is None:
                yield in_new(Check.SETTING_BECAME_OPTIONAL, symbol, new.origin, new=listed([new.default]))
            else:
                yield in_new(
                    Check.SETTING_DEFAULT_CHANGED,
                    symbol,
                    new.origin,
                    old=listed([old.default]),
                    new=listed([new.default]),
                )
    for setting in pairs.fresh:
        symbol = f"{client.class_name}({setting.name})"
        if setting.default is None:
            yield in_new(Check.SETTING_ADDED_REQUIRED, symbol, setting.origin)
        else:
            yield in_new(Check.SETTING_ADDED_OPTIONAL, symbol, setting.origin, new=listed([setting.default]))


def _credentials(pairing: Pairing) -> Iterator[Change]:
    old, new = pairing.old, pairing.new
    before, after = ({scheme.key: scheme for scheme in one.client.schemes} for one in (old, new))
    pairs = paired(
        old.client.credentials,
        new.client.credentials,
        lambda one: (one.scheme, one.role),
        lambda one: one.name,
    )
    symbol = new.client.class_name
    for gone in pairs.gone:
        scheme = before[gone.scheme]
        yield in_old(Check.CREDENTIAL_REMOVED, f"{symbol}({gone.name})", scheme.origin, old=scheme.sent)
    for one, other in pairs.both:
        scheme = after[other.scheme]
        if one.name != other.name:
            yield in_new(
                Check.CREDENTIAL_RENAMED,
                f"{symbol}({one.name})",
                scheme.origin,
                old=one.name,
                new=other.name,
            )
        if before[one.scheme].sent != scheme.sent:
            yield in_new(
                Check.CREDENTIAL_SENT_OTHERWISE,
                f"{symbol}({other.name})",
                scheme.origin,
                old=before[one.scheme].sent,
                new=scheme.sent,
            )
    for fresh in pairs.fresh:
        scheme = after[fresh.scheme]
        yield in_new(Check.CREDENTIAL_ADDED, f"{symbol}({fresh.name})", scheme.origin, new=scheme.sent)


_Needs = frozenset[frozenset[str]]
"""Alternatives of what the caller must bring."""


def _needs(version: Version, security: Sequence[Sequence[str]], names: Mapping[str, str]) -> _Needs:
    """What an operation asks of its caller, as arguments of the client by their new names."""
    arguments: defaultdict[str, list[str]] = defaultdict(list)
    for item in version.client.credentials:
        arguments[item.scheme].append(names.get(item.name, item.name))
    kinds = {scheme.key: scheme.sent for scheme in version.client.schemes}
    return frozenset(
        frozenset(
            name for key in alternative for name in arguments.get(key) or [f"auth: {kinds.get(key, key)}"]
        )
        for alternative in security
    )


def _needs_text(needs: _Needs) -> str:
    """`token`, or `username + password`; `nothing`."""
    return " or ".join(sorted(" + ".join(sorted(one)) or "nothing" for one in needs)) or "nothing"


def _security(pairing: Pairing) -> Iterator[Change]:
    """What signs the operations: one change for all that changed alike."""
    names = {
        old.name: new.name
        for old, new in paired(
            pairing.old.client.credentials,
            pairing.new.client.credentials,
            lambda one: (one.scheme, one.role),
        ).both
    }
    groups: defaultdict[tuple[_Needs, _Needs], list[str]] = defaultdict(list)
    origins: dict[tuple[_Needs, _Needs], Origin] = {}
    for old, new in pairing.operations.both:
        before = _needs(pairing.old, old.request.security, names)
        after = _needs(pairing.new, new.request.security, {})
        if before != after:
            groups[before, after].append(new.qualified)
            origins.setdefault((before, after), new.origin)
    for (before, after), reached in groups.items():
        served = not after or all(any(need <= had for need in after) for had in before or {frozenset()})
        yield in_new(
            Check.SECURITY_RELAXED if served else Check.SECURITY_CHANGED,
            reached[0] if len(reached) == 1 else pairing.new.client.class_name,
            origins[before, after],
            old=_needs_text(before),
            new=_needs_text(after),
            reaches=tuple(reached) if len(reached) > 1 else (),
        )
