"""Environments and globals: v2 JSON files and v3 YAML files alike hold a list of values."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from ...model.problems import Origin, SpecError
from ..documents import Document
from ..lenient import mapping, members
from ..postman_v3.requests import is_true, plain_text

__all__ = ["Environment", "read_environment", "weakest_first"]

_GLOBALS = re.compile(r"\.(?:postman_)?globals\.[a-z]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Environment:
    """Values for variables: `{key, value, enabled, type}` each."""

    values: list[Any]
    origin: Origin
    """Of the list."""
    is_globals: bool = False


def read_environment(document: Document) -> Environment:
    """The values of a file.

    Raises:
        SpecError: it is no environment.
    """
    root = mapping(document.root)
    values, origin = root.get("values"), Origin(document.file)
    if isinstance(values, dict):
        values = [{"key": name, "value": value} for name, value in values.items()]
    if not isinstance(values, list):
        what = (
            "it is a collection" if "item" in root or "collection" in root else "it has no list of `values`"
        )
        raise SpecError(f"this is no Postman environment: {what}", origin)
    is_globals = (
        root.get("_postman_variable_scope") == "globals"
        or _GLOBALS.search(PurePath(document.file).name) is not None
    )
    return Environment([_entry(entry) for entry in values], origin.child("values"), is_globals)


def _entry(entry: Any) -> Any:
    """An entry with its flags as flags; YAML keeps the text of everything."""
    if not isinstance(entry, dict):
        return entry
    made = {name: plain_text(value, None) for name, value in entry.items()}
    enabled = made.get("enabled")
    made["enabled"] = enabled is None or is_true(enabled)
    if isinstance(made.get("disabled"), str):
        made["disabled"] = is_true(made["disabled"])
    if is_true(made.get("secret")):
        made["type"] = "secret"
    return made


def weakest_first(
    variables: Any, origin: Origin, environments: Sequence[Environment]
) -> list[tuple[list[tuple[int, Mapping[str, Any]]], Origin]]:
    """Lists of values, later ones overriding: globals, the collection's own, then environments in their order."""
    found = [(one.values, one.origin) for one in environments if one.is_globals]
    found.append((variables, origin))
    found += [(one.values, one.origin) for one in environments if not one.is_globals]
    return [(list(members(values)), at) for values, at in found]
