"""All that is known of one request: from the collection, from newman, from our client."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pillarbox.model.api import Operation

from .address import Address, address
from .values import Collection, Item
from .wire import Sent

__all__ = ["Case"]


@dataclass(slots=True, kw_only=True)
class Case:
    """One request: what the collection holds, what newman sent, what our client was given and sent."""

    collection: Collection
    item: Item
    operation: Operation
    foreign: bool
    """A scheme signs it that our client leaves to the caller."""
    auth: str
    into_query: Mapping[str, str]
    theirs: Mapping[str, Any]
    body: bytes
    arguments: Mapping[str, Any] = field(default_factory=dict)
    ours: Sent = field(default=Sent("", "", "", (), b""))

    @property
    def headers(self) -> dict[str, str]:
        """Headers that the collection itself sends, by lower-case name."""
        resolve = self.collection.resolve
        return {
            resolve(name).strip().lower(): resolve("" if value is None else str(value))
            for name, value, enabled in self.item.headers()
            if enabled and name
        }

    @property
    def switched_off(self) -> frozenset[str]:
        """System headers that the collection switches off."""
        given = self.item.behaviour.get("disabledSystemHeaders") or {}
        return frozenset(name.lower() for name, value in given.items() if value)

    @property
    def address(self) -> Address:
        return address(self.collection, self.item, self.into_query)

    def their_header(self, name: str) -> str | None:
        return next((value for key, value in self.theirs["headers"] if key.lower() == name), None)
