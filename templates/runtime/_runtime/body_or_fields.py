"""JSON bodies that a method takes whole or field by field."""

from __future__ import annotations

from collections.abc import Mapping

from . import UNSET

__all__ = ["body_or_fields"]


def body_or_fields(body: object, fields: Mapping[str, object]) -> object:
    """What is sent: the body where it is given, else the object that the fields make.

    Raises:
        TypeError: Both are given.
    """
    if body is UNSET:
        return fields
    both = [wire for wire, value in fields.items() if value is not UNSET]
    if both:
        raise TypeError(
            f"body: give the whole body or its fields, not both (fields: {', '.join(both)})"
        )
    return body
