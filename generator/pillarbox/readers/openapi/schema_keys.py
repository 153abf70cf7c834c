"""Names of schemas, and the keys by which references know named objects."""

import re
from urllib.parse import unquote

from .dialect import Dialect

__all__ = ["SchemaKeys", "component_name", "pointer_name"]

_STRUCTURE = frozenset(
    "components schemas schema properties items allOf oneOf anyOf content paths responses parameters requestBody "
    "requestBodies additionalProperties definitions $defs headers get put post delete patch options head trace".split()
)


def component_name(pointer: str, dialect: Dialect) -> str | None:
    """The name that the document gives to the schema at `pointer`, if it gives one."""
    above, _, last = pointer.rpartition("/")
    named = "/definitions" if dialect is Dialect.SWAGGER_2 else "/components/schemas"
    if above == named or above.endswith(("/$defs", "/definitions")):
        return _plain(last)
    return None


def pointer_name(pointer: str) -> str:
    """A name made of the steps of a pointer: `Order items` for `#/components/schemas/Order/properties/items`."""
    steps = [_plain(step) for step in pointer.split("/")[1:]]
    words = [
        step
        for pointer, step in enumerate(steps)
        if not step.isdigit()
        and (step not in _STRUCTURE or (pointer and steps[pointer - 1] == "properties"))
        and not re.fullmatch(r"[\w.+-]+/[\w.+*-]+", step)
    ]
    if steps and steps[-1] in ("items", "additionalProperties") and steps[-2:-1] != ["properties"]:
        words.append("item")
    return " ".join(words[-3:]) or "object"


def _plain(step: str) -> str:
    return unquote(step.replace("~1", "/").replace("~0", "~"))


class SchemaKeys:
    """Keys of named objects: the name where it is free, and always the same for one pointer and view."""

    def __init__(self) -> None:
        self._keys: dict[tuple[str, bool], str] = {}
        self._taken: set[str] = set()

    def reserve(self, pointer: str, name: str) -> None:
        """Give the plain name to a pointer before any other may take it."""
        if name not in self._taken:
            self._taken.add(name)
            self._keys[pointer, False] = name

    def key(self, pointer: str, name: str, *, for_request: bool) -> str:
        """The key of the object at `pointer` as responses hold it, or as requests do where that differs."""
        if (pointer, for_request) not in self._keys:
            wanted = f"{name}:given" if for_request else name
            number = 2
            key = wanted
            while key in self._taken:
                key = f"{wanted}:{number}"
                number += 1
            self._taken.add(key)
            self._keys[pointer, for_request] = key
        return self._keys[pointer, for_request]
