"""The default of arguments that are left out of a request, where `None` means JSON null."""

from enum import Enum
from typing import Final, Literal

__all__ = ["UNSET", "Unset"]


class Unset(Enum):
    """The type of `UNSET`, for annotations: `str | None | Unset = UNSET`.

    An enum with one member, because type checkers narrow `value is UNSET`, and because it stays
    the same object through copies and pickles.
    """

    UNSET = "UNSET"

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Final = Unset.UNSET
"""Left out of the request. `None` is sent as JSON null instead."""
