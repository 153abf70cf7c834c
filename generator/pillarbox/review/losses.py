"""What is generated with less than the spec describes, and was not before: new lines of the ledger."""

from collections.abc import Iterator

from ..views.losses import Entry
from .changes import Change, in_new, in_old
from .checks import Check
from .matching import Pairing

__all__ = ["loss_changes"]


def loss_changes(pairing: Pairing) -> Iterator[Change]:
    """New and healed losses; of an operation that is gone, none is healed."""
    old, new = pairing.old, pairing.new
    for entry in new.ledger.new_since(old.ledger):
        if entry.costly:
            yield in_new(Check.LOSS_ADDED, _symbol(pairing, entry), new.client.origin, new=entry.message)
    gone = {operation.qualified for operation in pairing.operations.gone}
    for entry in old.ledger.new_since(new.ledger):
        if entry.costly and entry.at not in gone:
            yield in_old(Check.LOSS_REMOVED, _symbol(pairing, entry), old.client.origin, old=entry.message)


def _symbol(pairing: Pairing, entry: Entry) -> str:
    return entry.at or pairing.new.client.class_name
