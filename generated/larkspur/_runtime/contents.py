"""Responses of several types: which of the documented ones a response has, by its status and its Content-Type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import httpx2

from ..errors import is_json
from . import Returns

if TYPE_CHECKING:
    from .model import Mismatch

Table = Mapping[tuple[int | None, str], Returns]
"""Types by status and media type; None is any status of success. Of one status, that to ask for is the first."""


def accept_of(table: Table) -> str:
    """The media types to ask for: the first of each status."""
    first: dict[int | None, str] = {}
    for status, media_type in table:
        first.setdefault(status, media_type)
    return ", ".join(dict.fromkeys(filter(None, first.values()))) or "*/*"


def content_of(
    table: Table, response: httpx2.Response, route: str
) -> tuple[Returns, list[Mismatch]]:
    """The type of a response, and that it is another one than was asked for, unless the caller asked by hand."""
    here = _of_status(table, response.status_code)
    asked = next(iter(here))
    arrived = _bare(response.headers.get("Content-Type", ""))
    known = {_bare(media_type): media_type for media_type in reversed(here)}
    matching = (arrived, f"{arrived.partition('/')[0]}/*", "*/*")
    found = next((known[name] for name in matching if name in known), None)
    if found is None and is_json(arrived):
        found = next(filter(is_json, here), None)
    first, other = here[asked], here[found or asked]
    if first is None or other is None or first() == other():
        # What is not documented is read as what was asked for.
        return first, []
    if response.request.headers.get("Accept") != accept_of(table):
        return other, []
    from .model import Mismatch

    return other, [Mismatch(route, "$", asked, arrived)]


def _of_status(table: Table, status: int) -> dict[str, Returns]:
    """The contents of a status; of one that is not documented those of the first that has any."""
    usual = next((own for (own, _), kind in table.items() if kind is not None), None)
    for wanted in (status, None, usual):
        here = {media: kind for (own, media), kind in table.items() if own == wanted}
        if here:
            return here
    return {"": None}


def _bare(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()
