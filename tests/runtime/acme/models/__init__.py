# mypy: ignore-errors
# (complete only beside the runtime: conftest.py puts them together)
"""The models of Acme."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .team import Team as Team
    from .user import Card as Card, Iban as Iban, User as User, UserToken as UserToken
else:
    from .._runtime import lazy

    __getattr__, __dir__ = lazy(
        __name__,
        {
            "Card": "user",
            "Iban": "user",
            "Team": "team",
            "User": "user",
            "UserToken": "user",
        },
    )

__all__ = [
    "Card",
    "Iban",
    "Team",
    "User",
    "UserToken",
]
