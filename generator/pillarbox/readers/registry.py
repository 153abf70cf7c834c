"""Chooses the reader of a document by its shape, or says why none reads it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..model.api import ReadResult
from ..model.problems import Origin, SpecError
from .documents import Document
from .limits import Limits
from .loading import load_any
from .openapi.document import is_openapi, read_openapi
from .postman.collection import read_collection
from .postman.environments import Environment, read_environment
from .postman_v3.collection import fingerprint, read_folder

__all__ = ["read", "read_document", "spec_digest"]

_V1 = ("requests", "folders", "order")


def read(
    path: str | Path,
    *,
    limits: Limits | None = None,
    environments: Sequence[str | Path] = (),
    allow_missing_refs: bool = False,
) -> ReadResult:
    """Read a spec of any known format.

    Args:
        path: The document, or the folder of a v3 collection (or one that holds such a folder).
        limits: How large it may be; the defaults fit the largest public specs.
        environments: Postman environments or globals, the strongest last.
        allow_missing_refs: Leave operations of an OpenAPI document out that need what cannot be read.

    Raises:
        SpecError: nothing can be generated from it; one line says why and what to do.
    """
    limits = limits or Limits()
    scopes = [read_environment(load_any(one, limits, text=True)) for one in environments]
    if Path(path).is_dir():
        found = read_folder(Path(path), limits)
        read = read_collection(found.root, found.origin, scopes, limits.deadline)
        problems = (*found.problems, *read.problems)
        return replace(read, problems=problems, requests=read.requests + found.others)
    document = load_any(path, limits)
    return read_document(document, scopes, limits, allow_missing_refs=allow_missing_refs)


def read_document(
    document: Document,
    environments: Sequence[Environment] = (),
    limits: Limits | None = None,
    *,
    allow_missing_refs: bool = False,
) -> ReadResult:
    """Read a parsed document with the values of environments.

    Raises:
        SpecError: as `read`.
    """
    limits = limits or Limits()
    origin = Origin(document.file)
    if is_openapi(document.root):
        found = read_openapi(document.root, origin, limits, allow_missing_refs=allow_missing_refs)
    else:
        found = read_collection(_collection(document), origin, environments, limits.deadline)
    return replace(found, problems=(*document.problems, *found.problems))


def spec_digest(path: Path, limits: Limits | None = None) -> str:
    """SHA-256 of a spec: of its file, or of names and content of a folder's files."""
    if path.is_dir():
        return fingerprint(path, limits or Limits())
    return hashlib.sha256(path.read_bytes() if path.is_file() else b"").hexdigest()


def _collection(document: Document) -> Mapping[str, Any]:
    origin = Origin(document.file)
    root = document.root
    if isinstance(root, dict) and isinstance(root.get("collection"), dict):
        root = root["collection"]
    if not isinstance(root, dict):
        raise SpecError(
            "neither a Postman collection nor an OpenAPI document: the document is no object", origin
        )
    if isinstance(root.get("item"), list):
        return root
    raise SpecError(_complaint(root), origin)


def _complaint(root: Mapping[str, Any]) -> str:
    """Why an object is no collection that we read, and what to do about it."""
    if "$kind" in root:
        return "this is one file of a v3 collection; name the folder of the collection"
    if isinstance(root.get("items"), list):
        return "the collection has `items` where Postman reads `item`, so Postman sees no request; rename the key to `item`"
    if "info" not in root and any(isinstance(root.get(key), list) for key in _V1):
        return (
            "this is a v1 collection; convert it with `npx postman-collection-transformer convert "
            "--input FILE --input-version 1.0.0 --output NEW --output-version 2.1.0`, or export it from Postman as v2.1"
        )
    if isinstance(root.get("values"), list) and ("_postman_variable_scope" in root or "name" in root):
        return "this is a Postman environment; name the collection and give this file with --environment"
    if "info" in root:
        return "the collection has no list `item`, so there is no request in it"
    return "neither a Postman collection (`info` and a list `item`) nor an OpenAPI document (`openapi` or `swagger`)"
