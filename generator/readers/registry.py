"""Which reader takes a document: told by its shape, with a clear word for what none takes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..model.api import Read
from ..model.problems import Origin, SpecError
from .documents import Document, Limits, load
from .postman.collection import read_collection

__all__ = ["read", "read_document"]

_V1 = ("requests", "folders", "order")


def read(path: str | Path, *, limits: Limits | None = None, environments: Sequence[str | Path] = ()) -> Read:
    """Read a spec of any known format.

    Args:
        path: The document.
        limits: How large it may be; the defaults fit the largest public specs.
        environments: Postman environments or globals, the strongest last.

    Raises:
        SpecError: nothing can be generated from it; one line says why and what to do.
    """
    limits = limits or Limits()
    return read_document(load(path, limits), [_values(load(one, limits)) for one in environments])


def read_document(document: Document, scopes: Sequence[Any] = ()) -> Read:
    """Read a parsed document with lists of environment values.

    Raises:
        SpecError: as `read`.
    """
    found = read_collection(_collection(document), document.file, scopes)
    return replace(found, problems=(*document.problems, *found.problems))


def _values(document: Document) -> Any:
    root = document.root
    values = root.get("values") if isinstance(root, dict) else None
    if not isinstance(values, list):
        raise SpecError("this is no Postman environment: it has no list of values", Origin(document.file))
    return values


def _collection(document: Document) -> Mapping[str, Any]:
    origin = Origin(document.file)
    root = document.root
    if isinstance(root, dict) and isinstance(root.get("collection"), dict):
        root = root["collection"]
    if not isinstance(root, dict):
        raise SpecError("not a Postman collection: the document is no JSON object", origin)
    if isinstance(root.get("item"), list):
        return root
    raise SpecError(_complaint(root), origin)


def _complaint(root: Mapping[str, Any]) -> str:
    """Why an object is no collection that we read, and what to do about it."""
    if "openapi" in root or "swagger" in root:
        kind = "OpenAPI" if "openapi" in root else "Swagger"
        return f"this is {_an(kind)} document; this version reads Postman collections (v2.0 and v2.1) only"
    if isinstance(root.get("items"), list):
        return "the collection has `items` where Postman reads `item`, so Postman sees no request; rename the key to `item`"
    if "info" not in root and any(isinstance(root.get(key), list) for key in _V1):
        return (
            "this is a v1 collection; convert it with `npx postman-collection-transformer convert "
            "--input FILE --input-version 1.0.0 --output NEW --output-version 2.1.0`, or export it from Postman as v2.1"
        )
    if isinstance(root.get("values"), list) and "_postman_variable_scope" in root:
        return "this is a Postman environment; name the collection and give this file with --environment"
    if "info" in root:
        return "the collection has no list `item`, so there is no request in it"
    return "not a Postman collection: there is neither `info` nor a list `item`"


def _an(kind: str) -> str:
    return f"an {kind}" if kind[0] in "AEIOU" else f"a {kind}"
