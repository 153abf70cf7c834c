"""Telling formats apart, and the one line for what is none."""

import json
from pathlib import Path
from typing import Any

import pytest

from pillarbox.model.problems import SpecError
from pillarbox.readers import read

REQUEST = {"name": "r", "request": "https://a.example/x"}


def _read(folder: Path, document: Any, environments: tuple[Path, ...] = ()) -> Any:
    file = folder / "spec.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return read(file, environments=environments)


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ([1, 2], "the document is no object"),
        ("text", "the document is no object"),
        (None, "the document is no object"),
        ({}, "neither a Postman collection"),
        ({"info": {"name": "x"}}, "no list `item`"),
        ({"info": {"name": "x"}, "item": {}}, "no list `item`"),
        ({"info": {"name": "x"}, "items": [REQUEST]}, "rename the key to `item`"),
        ({"id": "1", "name": "x", "order": [], "requests": [{"url": "x"}]}, "--output-version 2.1.0"),
        ({"collection": {"id": "1", "requests": []}}, "v1 collection"),
        ({"openapi": "3.1.0", "info": {"title": "x"}, "paths": {}}, "`paths` holds no operation"),
        ({"swagger": "2.0", "info": {"title": "x"}, "paths": {}}, "`paths` holds no operation"),
        ({"values": [], "_postman_variable_scope": "environment"}, "--environment"),
        ({"info": {"name": "x"}, "item": []}, "no request"),
        ({"info": {"name": "x"}, "item": [{"name": "f", "item": [{"name": "g", "item": []}]}]}, "no request"),
    ],
)
def test_what_is_no_collection_says_what_to_do(tmp_path: Path, document: Any, words: str) -> None:
    with pytest.raises(SpecError) as caught:
        _read(tmp_path, document)
    assert words in str(caught.value)
    assert str(tmp_path / "spec.json") in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_envelope_is_opened(tmp_path: Path) -> None:
    found = _read(tmp_path, {"collection": {"info": {"name": "Inside"}, "item": [REQUEST]}})
    assert found.api.title == "Inside"


def test_a_collection_without_a_name_takes_the_file_name(tmp_path: Path) -> None:
    found = _read(tmp_path, {"item": [REQUEST]})
    assert (found.api.title, found.api.source) == ("spec", "spec.json")


@pytest.mark.parametrize(
    ("version", "expected"),
    [("1.2", "1.2"), ({"major": 1, "minor": 2, "patch": 3}, "1.2.3"), (None, ""), (7, "")],
)
def test_versions_come_in_two_shapes(tmp_path: Path, version: Any, expected: str) -> None:
    info = {"name": "x", "version": version, "description": {"content": "Words.", "type": "text/plain"}}
    api = _read(tmp_path, {"info": info, "item": [REQUEST]}).api
    assert (api.version, api.description) == (expected, "Words.")


def test_environments_beat_the_collection(tmp_path: Path) -> None:
    environment = tmp_path / "test.environment.json"
    values = [
        {"key": "base", "value": "https://two.example/"},
        {"key": "base", "value": "https://off.example", "enabled": False},
    ]
    environment.write_text(json.dumps({"values": values}))
    collection = {
        "info": {"name": "x"},
        "variable": [{"key": "base", "value": "https://one.example"}],
        "item": [{"name": "r", "request": {"url": "{{base}}/x"}}],
    }
    assert _read(tmp_path, collection).api.server.template == ("https://one.example",)
    assert _read(tmp_path, collection, (environment,)).api.server.template == ("https://two.example",)


def test_what_is_no_environment_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text("{}")
    with pytest.raises(SpecError, match="no Postman environment"):
        _read(tmp_path, {"info": {}, "item": [REQUEST]}, (other,))
