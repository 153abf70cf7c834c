"""Small collections, read from a file as a user would."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pillarbox.model.api import Operation, ReadResult
from pillarbox.readers import read

ReadCollection = Callable[..., ReadResult]
ReadRequest = Callable[..., Operation]


@pytest.fixture
def read_collection(tmp_path: Path) -> ReadCollection:
    """Read a collection of these items; further keywords are its own members."""

    def reader(*items: Any, **members: Any) -> ReadResult:
        collection = {"info": {"name": "Sample"}, "item": list(items), **members}
        file = tmp_path / "sample.json"
        file.write_text(json.dumps(collection), encoding="utf-8")
        return read(file)

    return reader


@pytest.fixture
def read_request(read_collection: ReadCollection) -> ReadRequest:
    """Read a collection of one request and return its operation."""

    def reader(request: Any, **members: Any) -> Operation:
        item = {"name": "Do it", "request": request}
        if "response" in members:
            item["response"] = members.pop("response")
        found = read_collection(item, **members)
        assert len(found.api.operations) == 1, found.problems
        return found.api.operations[0]

    return reader
