# mypy: ignore-errors
# (complete only beside the runtime: conftest.py puts them together)
"""Acme: a hand-written client, laid out as the generator lays them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._runtime.options import RequestOptions as RequestOptions
    from ._runtime.unset import UNSET as UNSET
    from .client import Acme as Acme, AsyncAcme as AsyncAcme
    from .errors import APIError as APIError, NotFoundError as NotFoundError
else:
    from ._runtime.lazy import lazy

    __getattr__, __dir__ = lazy(
        __name__,
        {
            "APIError": "errors",
            "Acme": "client",
            "AsyncAcme": "client",
            "NotFoundError": "errors",
            "RequestOptions": "_runtime.options",
            "UNSET": "_runtime.unset",
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
