"""Names of schemas, and the keys by which references know named objects."""

import re
from pathlib import PurePath
from urllib.parse import unquote

from ...model.problems import Origin
from .dialect import Dialect

__all__ = ["SchemaKeys", "component_name", "origin_name"]

_STRUCTURE = frozenset(
    "components schemas schema properties items allOf oneOf anyOf content paths responses parameters requestBody "
    "requestBodies additionalProperties definitions $defs headers get put post delete patch options head trace".split()
)
_HOLDING = frozenset("not then else if contains propertyNames unevaluatedProperties unevaluatedItems".split())
"""Further keywords that hold a schema: what they hold has no name of its own."""
_LISTS = ("/schemas", "/components/schemas")
"""Where other files list schemas; most have them at their top."""
_INDEXES = frozenset(("index", "schema", "model", "main"))


def component_name(origin: Origin, spec: str, dialect: Dialect) -> str | None:
    """The name that the document gives to the schema at `origin`, if it gives one; `spec` is its first file."""
    above, _, last = origin.pointer.rpartition("/")
    named = "/definitions" if dialect is Dialect.SWAGGER_2 else "/components/schemas"
    if above == named or above.endswith(("/$defs", "/definitions")):
        return _plain(last)
    if origin.file == spec:
        return None
    if not origin.pointer:
        return _file_name(origin.file)
    if above in ("", *_LISTS) and last not in _STRUCTURE | _HOLDING:
        return _plain(last)
    return None


def origin_name(origin: Origin) -> str:
    """A name made of the steps of a pointer: `Order items` for `#/components/schemas/Order/properties/items`."""
    steps = [_plain(step) for step in origin.pointer.split("/")[1:]]
    words = [
        step
        for index, step in enumerate(steps)
        if not step.isdigit()
        and (step not in _STRUCTURE or (index and steps[index - 1] == "properties"))
        and not re.fullmatch(r"[\w.+-]+/[\w.+*-]+", step)
    ]
    if steps and steps[-1] in ("items", "additionalProperties") and steps[-2:-1] != ["properties"]:
        words.append("item")
    return " ".join(words[-3:]) or "object"


def _file_name(file: str) -> str:
    """What a file is about: its name, or that of its folder where it says no more than that it is in there."""
    path = PurePath(file)
    stem = path.name.partition(".")[0]
    return path.parent.name if stem.strip("_").lower() in _INDEXES and path.parent.name else stem


def _plain(step: str) -> str:
    return unquote(step.replace("~1", "/").replace("~0", "~"))


class SchemaKeys:
    """Keys of named objects: the name where it is free, and always the same for one schema and view."""

    def __init__(self) -> None:
        self._keys: dict[tuple[str, bool], str] = {}
        self._taken: set[str] = set()

    def reserve(self, identity: str, name: str) -> None:
        """Give the plain name to a schema before any other may take it."""
        if name not in self._taken:
            self._taken.add(name)
            self._keys[identity, False] = name

    def key(self, identity: str, name: str, *, for_request: bool) -> str:
        """The key of an object as responses hold it, or as requests do where that differs."""
        if (identity, for_request) not in self._keys:
            wanted = f"{name}:given" if for_request else name
            number = 2
            key = wanted
            while key in self._taken:
                key = f"{wanted}:{number}"
                number += 1
            self._taken.add(key)
            self._keys[identity, for_request] = key
        return self._keys[identity, for_request]
