"""The base of every generated model."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from threading import RLock
from typing import Any, Self, cast

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from .encoding import json_text, utf8
from .lenient import MARK, Mismatches, read, spelled_out

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
    def from_json(cls, data: Mapping[str, Any], *, strict: bool = False) -> Self:
        """The model of an object that has the API's own keys, such as a parsed JSON document.

        It is read as a response is: fields that are not documented are kept, and so is a value of another type,
        unless `strict`.

        Raises:
            TypeError: `data` is no object, or holds what JSON has no form for.
            ValueError: It holds NaN or infinity; or with `strict`, it is not of the documented type.
        """
        if not isinstance(cast("object", data), Mapping):
            raise TypeError(f"{cls.__name__}: {type(data).__name__} is no JSON object")
        body = utf8(json_text(data, cls.__name__), cls.__name__)
        value: Self = read(cls, body, None if strict else Mismatches())
        return value

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
        return core_schema.any_schema(metadata={MARK: cls})

    @classmethod
    def model_rebuild(cls, **options: Any) -> bool | None:
        """Build the class, as its first use does by itself."""
        # pydantic takes a dozen calls for each model on the way to the innermost one, and APIs exist whose models
        # lead through hundreds of others.
        depth = options.pop("_parent_namespace_depth", 2) + 1
        with _deepening:
            usual = sys.getrecursionlimit()
            sys.setrecursionlimit(max(usual, 20_000))
            try:
                return super().model_rebuild(_parent_namespace_depth=depth, **options)
            finally:
                sys.setrecursionlimit(usual)
