"""Two builds of one client -> all that changes for its callers."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from .changes import Change, Review, in_new, in_old
from .checks import Check, Severity
from .clients import client_changes
from .losses import loss_changes
from .matching import Pairing, Version
from .messages import word_changes
from .models import model_changes
from .operations import operation_changes

__all__ = ["compare"]

_ORDER = {check: number for number, check in enumerate(Check)}
_CALLS = _ORDER[Check.OPERATION_DEPRECATED]
"""Before it in the table: what is added, removed or renamed as a whole. From it on: what is different about a method."""
_MODELS = _ORDER[Check.MODEL_REMOVED]
"""From it on: what many methods share."""


def compare(
    client: str,
    old: Version | None,
    new: Version | None,
    severities: Mapping[Check, Severity] | None = None,
) -> Review:
    """Compare two versions of a client.

    Args:
        client: Its name, for the reader.
        old: The build of the old spec; None for a client that is new.
        new: The build of the new spec, with the names of the old one's lock; None for a client that is gone.
        severities: Configured severities, which replace the checks' own.
    """
    changed = severities or {}
    found = [
        replace(change, severity=changed.get(change.check, change.severity)) for change in _found(old, new)
    ]
    found.sort(key=_rank)
    return Review(
        client=client,
        old="" if old is None else old.client.origin.file,
        new="" if new is None else new.client.origin.file,
        changes=tuple(dict.fromkeys(found)),
    )


def _rank(change: Change) -> tuple[int, int, int, str, int]:
    """The worst first; then clients and whole operations, methods, models, each by name."""
    number = _ORDER[change.check]
    stage = 0 if number < _CALLS else 1 if number < _MODELS else 2
    return change.severity.rank, stage, number if stage == 0 else 0, change.symbol, number


def _found(old: Version | None, new: Version | None) -> Iterator[Change]:
    if old is None or new is None:
        if new is not None:
            yield in_new(Check.CLIENT_ADDED, new.client.class_name, new.client.origin)
        elif old is not None:
            yield in_old(Check.CLIENT_REMOVED, old.client.class_name, old.client.origin)
        return
    pairing = Pairing(old, new)
    yield from client_changes(pairing)
    yield from operation_changes(pairing)
    yield from model_changes(pairing)
    yield from loss_changes(pairing)
    yield from word_changes(pairing)
