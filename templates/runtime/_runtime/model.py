"""The base of every generated model."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

__all__ = ["Model"]


class Model(BaseModel):
    """An object of the API.

    Fields that the API sends beyond the documented ones are kept: `model.model_extra`. An answer may lack a
    documented field (it reads `None`), or hold another type (it is kept as it came), unless the client is strict.
    """

    model_config = ConfigDict(
        extra="allow",
        # A class costs half a millisecond to build, and most programs touch few of them.
        defer_build=True,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        # Field names such as `model_id` are the API's; the generator keeps clear of pydantic's own names.
        protected_namespaces=(),
    )
