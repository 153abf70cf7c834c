# mypy: ignore-errors
# (complete only beside the runtime: conftest.py puts them together)
"""User and what only it names."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from .._runtime.model import Model


class UserToken(Model):
    """A token that acts for a user."""

    token: str
    """The token itself."""


class Card(Model):
    """A way to pay."""

    kind: Literal["card"]
    number: str
    holder: str | None = None


class Iban(Model):
    """Another way to pay."""

    kind: Literal["iban"]
    iban: str
    holder: str | None = None


class User(Model):
    """A person."""

    id: int
    name: str
    role: Literal["admin", "member"] | str
    state: Literal["on", "off"] | None = None
    created: Annotated[datetime | None, Field(alias="createdAt")] = None
    born: date | None = None
    key: UUID | None = None
    score: float | None = None
    active: bool | None = None
    tags: list[str] | None = None
    labels: dict[str, int] | None = None
    teams: list[Team] | None = None
    manager: User | None = None
    payment: Card | Iban | None = None
    either: int | list[str] | None = None


from .team import Team  # noqa: E402
