"""The base of every generated model."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import RLock
from typing import Any

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

__all__ = ["MODEL_MARK", "Model", "spelled_out"]

MODEL_MARK = "model"
"""In the metadata of a schema that refers to a model: the model's class."""

spelled_out: ContextVar[list[type] | None] = ContextVar("spelled_out", default=None)
"""While schemas are made one class at a time: the class whose own schema is wanted, until it is met."""

_DEEP = 20_000
_deepening = RLock()


class Model(BaseModel):
    """An object of the API.

    Fields that the API sends beyond the documented ones are kept: `model.model_extra`. A response may
    lack a documented field (it reads `None`), or hold another type (it is kept as it came), unless the
    client is strict.
    """

    model_config = ConfigDict(
        extra="allow",
        # A class costs half a millisecond to build, and most programs touch few of them.
        defer_build=True,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        # Names such as `model_id` are the API's; the generator keeps clear of pydantic's own names.
        protected_namespaces=(),
    )

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[BaseModel], handler: GetCoreSchemaHandler, /
    ) -> CoreSchema:
        wanted = spelled_out.get()
        if wanted is None:
            return handler(source)
        if cls in wanted:
            wanted.remove(cls)
            return handler(source)
        return core_schema.any_schema(metadata={MODEL_MARK: cls})

    @classmethod
    def model_rebuild(
        cls,
        *,
        force: bool = False,
        raise_errors: bool = True,
        _parent_namespace_depth: int = 2,
        _types_namespace: Any = None,
    ) -> bool | None:
        """Build the class, as its first use does by itself."""
        with _deep_recursion():
            return super().model_rebuild(
                force=force,
                raise_errors=raise_errors,
                _parent_namespace_depth=_parent_namespace_depth + 1,
                _types_namespace=_types_namespace,
            )


@contextmanager
def _deep_recursion() -> Generator[None, None, None]:
    """pydantic takes a dozen calls for each model on the way to the innermost one, and APIs exist whose models
    lead through hundreds of others."""
    with _deepening:
        usual = sys.getrecursionlimit()
        sys.setrecursionlimit(max(usual, _DEEP))
        try:
            yield
        finally:
            sys.setrecursionlimit(usual)
