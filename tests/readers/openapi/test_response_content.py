"""Which of the media types of a response a client asks for, and what each of them holds."""

from typing import Any

import pytest

from pillarbox.model.api import Response
from pillarbox.model.types import Anything, Object, Reference, Scalar, ScalarKind

from .documents import codes, openapi, operation, swagger

BYTES, TEXT = Scalar(ScalarKind.BINARY), Scalar(ScalarKind.STRING)
FILE = {"type": "string", "format": "binary"}
WORD = {"type": "string"}
SAIL = {"type": "object", "properties": {"area": {"type": "number"}}}


def contents(content: dict[str, Any], **rest: Any) -> list[tuple[str, object]]:
    """Media types and types, the one to ask for first; objects by their class."""
    described = {kind: {"schema": schema} if schema is not None else {} for kind, schema in content.items()}
    return _contents(
        operation({"responses": {"200": {"description": "A sail.", "content": described}}, **rest})
    )


def _contents(found: Any) -> list[tuple[str, object]]:
    (response,) = found.responses
    assert isinstance(response, Response)
    all_of_them = [
        (response.media_type, response.type),
        *((one.media_type, one.type) for one in response.others),
    ]
    return [(kind, type(one) if isinstance(one, Object | Anything) else one) for kind, one in all_of_them]


JSON = ("application/json", Object)


@pytest.mark.parametrize(
    ("documented", "found"),
    [
        # Bytes before JSON before text, whatever comes first.
        ({"application/json": SAIL, "image/webp": FILE}, [("image/webp", BYTES), JSON]),
        ({"application/json": SAIL, "image/webp": WORD}, [("image/webp", BYTES), JSON]),
        ({"application/json": SAIL, "image/webp": None}, [("image/webp", BYTES), JSON]),
        ({"text/csv": WORD, "application/json": SAIL}, [JSON, ("text/csv", TEXT)]),
        ({"text/csv": FILE, "application/json": SAIL}, [("text/csv", BYTES), JSON]),
        ({"application/xml": SAIL, "application/json": SAIL}, [JSON, ("application/xml", TEXT)]),
        ({"application/json": FILE}, [("application/json", BYTES)]),
        # Plain JSON before other JSON; parameters are kept, a charset is not.
        (
            {"application/hal+json": SAIL, "application/json; charset=utf-8": SAIL},
            [JSON, ("application/hal+json", Object)],
        ),
        ({"application/vnd.rig+json; version=3": SAIL}, [("application/vnd.rig+json; version=3", Object)]),
        # What holds an object is no file, and an unknown format is none that a client would prefer.
        ({"application/octet-stream": SAIL, "application/json": SAIL}, [JSON]),
        ({"application/x-protobuf": WORD, "application/json": WORD}, [("application/json", TEXT)]),
        ({"application/x-protobuf": SAIL}, [("application/x-protobuf", BYTES)]),
        ({"application/vnd.rig": WORD, "application/json": SAIL}, [JSON, ("application/vnd.rig", BYTES)]),
        # Streams only where there is nothing else.
        ({"text/event-stream": SAIL, "text/plain": WORD}, [("text/plain", TEXT)]),
        ({"application/x-ndjson": WORD, "audio/ogg": FILE}, [("audio/ogg", BYTES)]),
        ({"application/json;stream=watch": SAIL, "application/json": SAIL}, [JSON]),
        ({"application/x-ndjson": WORD}, [("application/x-ndjson", TEXT)]),
        # A range: only JSON can hold an object.
        ({"*/*": SAIL}, [JSON]),
        ({"*/*": FILE}, [("*/*", BYTES)]),
        ({"*/*": WORD}, [("*/*", TEXT)]),
        ({"image/*": FILE}, [("image/*", BYTES)]),
        ({"any file": FILE}, [("*/*", BYTES)]),
    ],
)
def test_what_is_asked_for(documented: dict[str, Any], found: list[tuple[str, object]]) -> None:
    assert contents(documented) == found


@pytest.mark.parametrize(
    ("produces", "schema", "found"),
    [
        (
            ["application/json", "application/zip"],
            {"type": "file"},
            [("application/json", BYTES), ("application/zip", BYTES)],
        ),
        ([], {"type": "file"}, [("*/*", BYTES)]),
        ([], {"type": "string"}, [("application/json", TEXT)]),
        # One schema for all: a text may travel in whatever the API produces.
        (
            ["application/octet-stream", "application/json"],
            {"type": "string"},
            [("application/json", TEXT), ("application/octet-stream", BYTES)],
        ),
    ],
)
def test_swagger(produces: list[str], schema: dict[str, Any], found: list[tuple[str, object]]) -> None:
    node = {"produces": produces, "responses": {"200": {"description": "A log.", "schema": schema}}}
    (read,) = swagger({"/log": {"get": node}}).api.operations
    assert _contents(read) == found


@pytest.mark.parametrize("method", ["get", "post", "put", "patch"])
def test_a_body_that_is_not_described_is_returned_as_it_comes(method: str) -> None:
    (read,) = openapi({"/logs": {method: {"responses": {"201": {"description": "Kept."}}}}}).api.operations
    assert _contents(read) == [("*/*", Anything)]


@pytest.mark.parametrize(("method", "status"), [("delete", 200), ("head", 200), ("post", 202), ("get", 204)])
def test_no_content(method: str, status: int) -> None:
    (read,) = openapi(
        {"/logs": {method: {"responses": {str(status): {"description": "Done."}}}}}
    ).api.operations
    assert _contents(read) == [("", None)]


def test_a_response_that_cannot_be_read_is_anything_and_a_problem() -> None:
    lost = {"responses": {"200": {"$ref": "#/components/responses/Lost"}}}
    found = openapi({"/logs": {"delete": lost}})
    assert _contents(found.api.operations[0]) == [("*/*", Anything)]
    assert "missing-reference" in codes(found)


def test_a_redirect_of_a_get_leads_to_a_file() -> None:
    paths = {
        "/tar": {method: {"responses": {"302": {"description": "There."}}} for method in ("get", "post")}
    }
    get, post = openapi(paths).api.operations
    assert _contents(get) == [("*/*", BYTES)]
    assert _contents(post) == [("", None)]


def test_a_success_comes_before_a_redirect_and_a_redirect_before_default() -> None:
    moved = {"302": {"description": "There."}, "default": {"description": "Bad."}}
    sail = {"description": "A sail.", "content": {"application/json": {"schema": SAIL}}}
    both = operation({"responses": {"200": sail, **moved}})
    assert [(one.status, one.type is not None) for one in both.responses] == [(200, True), (302, False)]
    assert _contents(operation({"responses": moved})) == [("*/*", BYTES)]


def test_the_body_of_a_failure_is_the_type_of_its_json() -> None:
    wreck = {"$ref": "#/components/schemas/Wreck"}
    failures = {
        "404": {
            "description": "No.",
            "content": {"text/plain": {}, "application/problem+json": {"schema": wreck}},
        },
        "410": {"description": "Gone.", "content": {"text/plain": {"schema": WORD}}},
        "5XX": {"description": "Bad.", "content": {"application/json": {"schema": wreck}}},
    }
    node = {"get": {"responses": {"204": {"description": "Done."}, **failures}}}
    found = openapi({"/logs": node}, components={"schemas": {"Wreck": SAIL}})
    bodies = [case.body for case in found.api.operations[0].errors]
    assert [type(body) for body in bodies] == [Reference, type(None), Reference]
