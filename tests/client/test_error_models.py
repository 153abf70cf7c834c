"""The bodies of documented failures: their models, which method documents them, and how they are read."""

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx2
import pytest

from pillarbox.config import ClientSettings
from pillarbox.lock.claims import Lock
from pillarbox.pipeline import Built, build

from ..oracles import mypy_errors, need, write_package


def failure(schema: object, media_type: str = "application/json", text: str = "") -> dict[str, Any]:
    return {"description": text, "content": {media_type: {"schema": schema}}}


WRECK = {"$ref": "#/components/schemas/Wreck"}
DEPTH = {
    "type": "object",
    "properties": {
        "fathoms": {"type": "integer"},
        "at": {"type": "object", "properties": {"x": {"type": "number"}}},
    },
}
SHALLOW = {"type": "object", "properties": {"draught": {"type": "integer"}}}


def document() -> dict[str, Any]:
    def buoy(**responses: Any) -> dict[str, Any]:
        done = {"description": "", "content": {"application/json": {"schema": {"type": "string"}}}}
        return {"responses": {"200": done, **responses}}

    return {
        "openapi": "3.0.3",
        "info": {"title": "Harbour", "version": "1"},
        "servers": [{"url": "https://harbour.test"}],
        "paths": {
            "/buoys": {
                "get": buoy(
                    **{
                        "404": failure(WRECK, "application/problem+json", "The ice has it."),
                        "401": failure(WRECK),
                        "403": failure(WRECK),
                        "409": failure(DEPTH),
                        "default": failure(WRECK),
                    }
                ),
                "post": buoy(**{"409": failure(DEPTH), "422": failure(SHALLOW), "default": failure(WRECK)}),
            },
            "/lights": {"get": buoy(**{"400": failure(DEPTH)})},
        },
        "components": {
            "schemas": {
                "Wreck": {
                    "type": "object",
                    "required": ["title"],
                    "properties": {"title": {"type": "string"}},
                }
            }
        },
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Built]:
    folder = tmp_path_factory.mktemp("harbours")
    spec = folder / "harbour.json"
    spec.write_text(json.dumps(document()))
    made = build(
        spec, ClientSettings(name="harbour_errors", spec=spec, output=folder / "harbour_errors"), Lock()
    )
    write_package(made.files, folder / "harbour_errors")
    return folder, made


def test_names(built: tuple[Path, Built]) -> None:
    """The document's own name; what operations describe themselves is `Error`, and where its shape differs that of a noun."""
    names = {path.removeprefix("models/") for path in built[1].files if path.startswith("models/")}
    assert names == {"__init__.py", "wreck.py", "error.py", "buoy_error.py"}
    assert "class ErrorAt(Model)" in built[1].files.text("models/error.py")


def test_docstrings(built: tuple[Path, Built]) -> None:
    """A range that has nothing but its body is documented once."""
    text = built[1].files.text("resources/buoys/__init__.py")
    raised = [part.partition("Example:")[0].split("\n") for part in text.split("Raises:\n")[1:]]
    assert [[line.strip() for line in lines if line.strip()] for lines in raised] == [
        [
            "NotFoundError: 404 (`models.Wreck`): The ice has it.",
            "StatusError: 401, 403 (`models.Wreck`).",
            "ConflictError: 409 (`models.Error`).",
            "StatusError: Any other status (`models.Wreck`).",
        ],
        ["ConflictError: 409 (`models.Error`).", "UnprocessableEntityError: 422 (`models.BuoyError`)."],
    ]


def test_a_body_is_read_as_its_model(built: tuple[Path, Built], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(built[0]))
    package, models = (import_module(name) for name in ("harbour_errors", "harbour_errors.models"))
    contents: list[Any] = [{"title": "Sunk", "year": 1912}, {"fathoms": 3}, ["sunk"]]

    def respond(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(404, json=contents.pop(0))

    try:
        client = package.HarbourErrors(transport=httpx2.MockTransport(respond), max_retries=0)
        with pytest.raises(package.NotFoundError) as caught:
            client.buoys.list()
        wreck = caught.value.body_as(models.Wreck)
        assert (type(wreck), wreck.title, wreck.model_extra) == (models.Wreck, "Sunk", {"year": 1912})
        with pytest.raises(package.NotFoundError) as caught:
            client.buoys.list()
        assert type(caught.value.body_as(models.Wreck)) is models.Wreck
        with pytest.raises(package.NotFoundError) as caught:
            client.buoys.list()
        with pytest.raises(package.DecodeError, match="Wreck"):
            caught.value.body_as(models.Wreck)
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] == "harbour_errors"]:
            del sys.modules[name]


PROGRAM = """
from harbour_errors import NotFoundError, models

def about(error: NotFoundError) -> tuple[str, int | None]:
    return error.body_as(models.Wreck).title, error.body_as(models.Error).fathoms

def wrong(error: NotFoundError) -> int:
    return error.body_as(models.Wreck).title

def no_model(error: NotFoundError) -> object:
    return error.body_as(dict)
"""


def test_type_checkers_know_the_model(built: tuple[Path, Built]) -> None:
    need("mypy")
    (built[0] / "program.py").write_text(PROGRAM)
    found = [one for one in mypy_errors(built[0], ["program"]) if "program.py" in one]
    assert [one.rpartition("[")[2] for one in found] == ["return-value]", "type-var]"]
