# mypy: ignore-errors
# (complete only beside the runtime: conftest.py puts them together)
"""Acme: a hand-written client, laid out as the generator lays them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._runtime import UNSET as UNSET
    from ._runtime.session import RequestOptions as RequestOptions
    from .client import Acme as Acme, AsyncAcme as AsyncAcme
    from .errors import APIError as APIError, NotFoundError as NotFoundError
else:
    from ._runtime import lazy

    __getattr__, __dir__ = lazy(
        __name__,
        {
            "APIError": "errors",
            "Acme": "client",
            "AsyncAcme": "client",
            "NotFoundError": "errors",
            "RequestOptions": "_runtime.session",
            "UNSET": "_runtime",
        },
    )

__all__ = [
    "UNSET",
    "APIError",
    "Acme",
    "AsyncAcme",
    "NotFoundError",
    "RequestOptions",
]
