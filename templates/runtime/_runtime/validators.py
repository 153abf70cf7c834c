"""Validators of responses, built from schemas."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from threading import Lock
from typing import Any, cast

from pydantic_core import CoreSchema, SchemaValidator

from .lenient import Copy, Use, Way, name_of
from .schemas import Key, schema_of, schema_of_type

__all__ = ["exact_validator", "lenient_validator"]


@cache
def exact_validator(kind: Any) -> SchemaValidator:
    """A validator for just `kind`."""
    with _no_collecting():
        return _validator(Copy(Way.EXACT, schema_of_type(kind), "$"))


@cache
def lenient_validator(kind: Any) -> SchemaValidator:
    """A validator for `kind` that fails on broken JSON only. Takes a `Mismatches` as context."""
    with _no_collecting():
        return _validator(Copy(Way.LENIENT, schema_of_type(kind), "$", tolerant=True))


def _validator(root: Copy) -> SchemaValidator:
    found: dict[Use, Copy] = {}
    wanted = list(root.uses)
    while wanted:
        use = wanted.pop()
        if use not in found:
            found[use] = _definition(*use)
            wanted += found[use].uses
    schema = root.schema
    if found:
        definitions = [
            {**copy.schema, "ref": name_of(use)} for use, copy in found.items()
        ]
        schema = {"type": "definitions", "schema": schema, "definitions": definitions}
    with _unfinished({cls for copy in (root, *found.values()) for cls in copy.classes}):
        return SchemaValidator(cast("CoreSchema", schema))


@contextmanager
def _no_collecting() -> Generator[None, None, None]:
    """Schemas are many small objects that all stay; looking for garbage among them doubles the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


@cache
def _definition(key: Key, way: Way) -> Copy:
    return Copy(way, schema_of(key), "$")


_building = Lock()


@contextmanager
def _unfinished(classes: set[Any]) -> Generator[None, None, None]:
    """For a finished class, pydantic-core takes the class's own validator instead of the schema that it is built from.
    So the classes count as unfinished while ours is built; what they already have keeps working meanwhile.
    """
    with _building:
        finished = [
            cls for cls in classes if getattr(cls, "__pydantic_complete__", False)
        ]
        for cls in finished:
            cls.__pydantic_complete__ = False
        try:
            yield
        finally:
            for cls in finished:
                cls.__pydantic_complete__ = True
