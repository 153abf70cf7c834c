"""`testing/examples.json`: the saved responses as data, for `testing` and the documentation.

One file, however long: the transport must know all routes before it can tell which operation a request is for, GitHub's
two megabytes are read in 30 ms, and a size from which on there are several files would move all of them in one pull
request.
"""

import json
from typing import Any

from ..client.api import Client
from ..client.request import SavedExample
from .methods import address_text

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


def examples_text(client: Client) -> str:
    """One object with one entry a method, in the order of the spec; ASCII, so that any editor shows it safely."""
    entries = []
    for method in client.methods:
        entry: dict[str, Any] = {
            "name": method.qualified,
            "method": method.request.method,
            "path": address_text(method.request.path),
            "responses": [_saved(example) for response in method.responses for example in response.examples],
        }
        if method.request.server is not None:
            entry["server"] = address_text(method.request.server)
        entries.append(entry)
    return json.dumps({"operations": entries}, indent=1, ensure_ascii=True) + "\n"
