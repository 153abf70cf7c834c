"""Small documents for the tests of the reader."""

from typing import Any

from pillarbox.model.api import Operation, Parameter, ReadResult
from pillarbox.model.problems import Origin
from pillarbox.readers.openapi.document import read_openapi

__all__ = ["codes", "openapi", "operation", "parameter", "swagger"]


def openapi(paths: dict[str, Any], version: str = "3.1.0", **rest: Any) -> ReadResult:
    """Read an OpenAPI document with these paths; `rest` are other members of its root."""
    info = {"title": "Bakery", "version": "1.2.3"}
    return read_openapi({"openapi": version, "info": info, "paths": paths, **rest}, Origin("bakery.yaml"))


def swagger(paths: dict[str, Any], **rest: Any) -> ReadResult:
    """The same in Swagger 2.0."""
    info = {"title": "Bakery", "version": "1.2.3"}
    return read_openapi({"swagger": "2.0", "info": info, "paths": paths, **rest}, Origin("bakery.yaml"))


def operation(node: dict[str, Any], *, path: str = "/loaves", method: str = "get", **rest: Any) -> Operation:
    """The only operation of a document that holds nothing else."""
    responses = {"200": {"description": "Done."}}
    (found,) = openapi({path: {method: {"responses": responses, **node}}}, **rest).api.operations
    return found


def parameter(node: dict[str, Any], **rest: Any) -> Parameter:
    """The only parameter of an operation that has no other."""
    path = f"/loaves/{{{node['name']}}}" if node.get("in") == "path" else "/loaves"
    (found,) = operation({"parameters": [node]}, path=path, **rest).parameters
    return found


def codes(read: ReadResult) -> list[str]:
    """Codes of the problems, in order."""
    return [problem.code for problem in read.problems]
