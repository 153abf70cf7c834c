# mypy: ignore-errors
# (complete only beside the runtime: conftest.py puts them together)
"""Team."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .._runtime.model import Model


class Team(Model):
    """Users that work together."""

    title: str
    from_: Annotated[str | None, Field(alias="from")] = None
    members: list[User] | None = None


from .user import User  # noqa: E402
