"""`_examples.json`: the saved answers as data, for `testing.py` and the documentation."""

import json
from collections.abc import Sequence
from typing import Any

from ..client.operations import NamedOperation
from ..model.api import SavedExample
from .methods import _path_text, placeholder_text

__all__ = ["examples_text"]


def _saved(example: SavedExample) -> dict[str, Any]:
    found: dict[str, Any] = {"name": example.name, "status": example.status, "media_type": example.media_type}
    if example.headers:
        found["headers"] = [list(pair) for pair in example.headers]
    if example.text is not None:
        found["text"] = example.text
    elif example.media_type:
        found["json"] = example.json
    return found


def examples_text(operations: Sequence[NamedOperation]) -> str:
    """One object with one entry an operation, in the order of the spec; ASCII, so that any editor shows it safely."""
    entries = []
    for named in operations:
        operation = named.operation
        entry: dict[str, Any] = {
            "name": named.qualified,
            "method": operation.method,
            "path": _path_text(operation),
            "responses": [_saved(example) for answer in operation.responses for example in answer.examples],
        }
        if operation.server is not None:
            entry["server"] = "".join(
                piece if isinstance(piece, str) else f"{{{placeholder_text(piece)}}}"
                for piece in operation.server.template
            )
        entries.append(entry)
    return json.dumps({"operations": entries}, indent=1, ensure_ascii=True) + "\n"
