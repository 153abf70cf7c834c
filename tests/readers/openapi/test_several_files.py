"""Documents in several files: every kind of reference leads to its file, and to no file elsewhere."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from pillarbox.model.api import JsonBody, ReadResult
from pillarbox.model.problems import SpecError
from pillarbox.model.security import Bearer
from pillarbox.model.types import Anything, Object, Reference, Scalar
from pillarbox.readers.documents import recorded
from pillarbox.readers.limits import Limits
from pillarbox.readers.registry import read

HEAD = {"info": {"title": "Harbour", "version": "1"}, "servers": [{"url": "https://harbour.example"}]}
DONE = {"204": {"description": "Done"}}
BOAT = {"type": "object", "properties": {"name": {"type": "string"}}}


def written(folder: Path, files: Mapping[str, Any]) -> Path:
    """A document in several files: JSON, or the text of another syntax."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return folder / "main.json"


def harbour(
    folder: Path, paths: Any, files: Mapping[str, Any], version: str = "3.1.0", *, rest: Any = None
) -> ReadResult:
    main = {"openapi": version, **HEAD, "paths": paths, **(rest or {})}
    return read(written(folder, {"main.json": main, **files}))


def response(schema: Any) -> dict[str, Any]:
    return {"200": {"description": "Done", "content": {"application/json": {"schema": schema}}}}


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_an_operation_in_the_same_document(tmp_path: Path, version: str) -> None:
    dock = {
        "operationId": "dock",
        "parameters": [{"name": "berth", "in": "query", "required": True, "schema": {"type": "integer"}}],
        "requestBody": {"$ref": "#/x-parts/body"},
        "responses": response(BOAT),
    }
    parts = {"dock": dock, "body": {"content": {"application/json": {"schema": BOAT}}}}
    found = harbour(
        tmp_path, {"/dock": {"post": {"$ref": "#/x-parts/dock"}}}, {}, version, rest={"x-parts": parts}
    )
    (operation,) = found.api.operations
    assert [(one.wire, one.required) for one in operation.parameters] == [("berth", True)]
    assert isinstance(operation.body, JsonBody)
    assert isinstance(operation.responses[0].type, Object)
    assert operation.identity.pointer == "/paths/~1dock/post", "known by its path, wherever it is written"
    assert found.problems == ()


PARTS = """
operation:
  operationId: dock
  parameters: [{$ref: "#/berth"}]
  requestBody: {$ref: "../bodies/boat.json"}
  responses: {"200": {$ref: "#/docked"}}
  security: [{key: []}]
berth: {name: berth, in: query, required: true, schema: {$ref: "#/deep/a~1b/list/1"}}
docked:
  description: Docked
  headers: {Tide: {$ref: "#/tide"}}
  content: {application/json: {schema: {$ref: "boat.yml"}, examples: {one: {$ref: "#/example"}}}}
tide: {schema: {type: integer}, description: In metres.}
example: {value: {name: Ida}}
deep: {a/b: {list: [{type: string}, {type: integer}]}}
"""


def test_every_kind_of_reference_to_another_file(tmp_path: Path) -> None:
    files = {
        "parts/dock.yaml": PARTS,
        "parts/boat.yml": "type: object\nproperties: {name: {type: string}, tender: {$ref: boat.yml}}\n",
        "bodies/boat.json": {"content": {"application/json": {"schema": {"$ref": "../parts/boat.yml"}}}},
        "security.yaml": "bearer: {type: http, scheme: bearer}\n",
        "paths/index.yaml": "/dock: {$ref: 'dock%20path.yaml'}\n",
        "paths/dock path.yaml": 'post: {$ref: "../parts/dock.yaml#/operation"}\n',
    }
    found = harbour(
        tmp_path,
        {"$ref": "paths/index.yaml"},
        files,
        rest={"components": {"securitySchemes": {"key": {"$ref": "security.yaml#/bearer"}}}},
    )
    (operation,) = found.api.operations
    (berth,) = operation.parameters
    assert isinstance(berth.type, Scalar)
    assert berth.type.kind.value == "integer"
    assert operation.body is not None
    (answer,) = operation.responses
    assert isinstance(answer.type, Reference)
    assert [(header.wire, header.doc) for header in answer.headers] == [("Tide", "In metres.")]
    assert [example.json for example in answer.examples] == [{"name": "Ida"}]
    assert [schema.name for schema in found.api.schemas.values()] == ["boat"]
    assert isinstance(found.api.security_schemes[0], Bearer)
    assert operation.security == (("key",),)
    assert found.problems == ()


def test_a_path_item_in_another_file_beside_members_of_its_own(tmp_path: Path) -> None:
    pier: dict[str, Any] = {
        "get": {"operationId": "getPier", "parameters": [{"$ref": "#/x"}], "responses": DONE}
    }
    pier["x"] = {"name": "from", "in": "query", "schema": {"type": "string"}}
    own = {"$ref": "pier.json", "parameters": [{"$ref": "#/x-id"}]}
    number = {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}
    found = harbour(tmp_path, {"/piers/{id}": own}, {"pier.json": pier}, rest={"x-id": number})
    (operation,) = found.api.operations
    assert [one.wire for one in operation.parameters] == ["id", "from"]
    assert found.problems == ()


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_siblings_of_a_reference_to_an_operation(tmp_path: Path, version: str) -> None:
    files = {"pier.json": {"summary": "Its own", "responses": DONE}}
    node = {"$ref": "pier.json", "summary": "Of the reference"}
    (operation,) = harbour(tmp_path, {"/pier": {"get": node}}, files, version=version).api.operations
    assert operation.summary == ("Of the reference" if version == "3.1.0" else "Its own")


def test_names_of_schemas(tmp_path: Path) -> None:
    """A component's name is before that of its file; two files of one name stay two schemas."""
    files = {
        "boat-v3.json": BOAT,
        "a/crew.json": {"type": "object", "properties": {"boat": {"$ref": "../boat-v3.json"}}},
        "b/crew.json": {"type": "object", "properties": {"size": {"type": "integer"}}},
        "list.json": {"schemas": {"Mast": {"type": "object", "properties": {"height": {"type": "number"}}}}},
    }
    every = {
        "type": "object",
        "properties": {
            "boat": {"$ref": "boat-v3.json"},
            "one": {"$ref": "a/crew.json"},
            "two": {"$ref": "b/crew.json"},
            "mast": {"$ref": "list.json#/schemas/Mast"},
        },
    }
    found = harbour(
        tmp_path,
        {"/all": {"get": {"responses": response({"$ref": "#/components/schemas/Every"})}}},
        files,
        rest={"components": {"schemas": {"Every": every, "Boat": {"$ref": "boat-v3.json"}}}},
    )
    names = sorted(schema.name for schema in found.api.schemas.values())
    assert names == ["Boat", "Every", "Mast", "crew", "crew"]
    assert found.problems == ()


def test_a_discriminator_between_files(tmp_path: Path) -> None:
    def member(kind: str) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["kind"],
            "properties": {"kind": {"type": "string"}, kind: {"type": "integer"}},
        }

    files = {
        "models/vessel.json": {
            "oneOf": [{"$ref": "sail.json"}, {"$ref": "motor.json"}],
            "discriminator": {"propertyName": "kind", "mapping": {"S": "sail.json", "M": "./motor.json"}},
        },
        "models/sail.json": member("sails"),
        "models/motor.json": member("power"),
    }
    found = harbour(tmp_path, {"/v": {"get": {"responses": response({"$ref": "models/vessel.json"})}}}, files)
    kind = found.api.operations[0].responses[0].type
    assert getattr(kind, "tags", None) == (("S",), ("M",)), kind
    assert found.problems == ()


def test_cycles_between_files_and_chains(tmp_path: Path) -> None:
    files = {
        "a.json": {"type": "object", "properties": {"b": {"$ref": "b.json"}}},
        "b.json": {"type": "object", "properties": {"a": {"$ref": "main.json#/x-alias"}}},
    }
    found = harbour(
        tmp_path,
        {"/a": {"get": {"responses": response({"$ref": "#/x-alias"})}}},
        files,
        rest={"x-alias": {"$ref": "a.json"}},
    )
    assert sorted(schema.name for schema in found.api.schemas.values()) == ["a", "b"]
    assert found.problems == ()


def test_a_list_of_properties_in_another_file(tmp_path: Path) -> None:
    files = {"fields.yaml": "name: {type: string}\nmoored: {type: boolean}\n"}
    schema = {"type": "object", "properties": {"$ref": "fields.yaml"}}
    found = harbour(tmp_path, {"/a": {"get": {"responses": response(schema)}}}, files)
    kind = found.api.operations[0].responses[0].type
    assert isinstance(kind, Object)
    assert [field.wire for field in kind.fields] == ["name", "moored"]


@pytest.mark.parametrize(
    ("ref", "reason"),
    [
        ("gone.json", "there is no such file"),
        ("boat.json#/nothing", "there is no such place in that file"),
        ("broken.json", "not JSON"),
        ("broken.yaml", "line 3: "),
        ("../outside.json", "outside of the document's folder"),
        ("link.json", "outside of the document's folder"),
        ("https://harbour.example/boat.json", "nothing is read from the network"),
        ("file:///etc/passwd", "nothing is read from the network"),
        ("//host/share/boat.json", "nothing is read from the network"),
        ("%5C%5Chost%5Cboat.json", "nothing is read from the network"),
        ("/etc/passwd", "outside of the document's folder"),
        ("sub", "this is a folder"),
        ("nul%00.json", "this is no file name"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, ref: str, reason: str) -> None:
    """A schema is any value, and said; a parameter is an error that names place, thing and remedy."""
    folder = tmp_path / "spec"
    (folder / "sub").mkdir(parents=True)
    (tmp_path / "outside.json").write_text(json.dumps(BOAT))
    (folder / "link.json").symlink_to(tmp_path / "outside.json")
    files = {"boat.json": BOAT, "broken.json": "{", "broken.yaml": "a: 1\nb: [\n"}
    found = harbour(folder, {"/a": {"get": {"responses": response({"$ref": ref})}}}, files)
    assert isinstance(found.api.operations[0].responses[0].type, Anything)
    (problem,) = found.problems
    assert reason in problem.message
    assert str(tmp_path) not in problem.message, "it is written into the client too"
    with pytest.raises(SpecError) as caught:
        harbour(folder, {"/a": {"get": {"parameters": [{"$ref": ref}], "responses": DONE}}}, files)
    assert caught.value.origin.pointer == "/paths/~1a/get/parameters/0"
    for part in (reason, "carries a parameter", "--allow-missing-refs"):
        assert part in caught.value.message


CARRIERS: Mapping[str, tuple[dict[str, Any], str]] = {
    "the operations of a path": ({"paths": {"/a": {"$ref": "gone.json"}}}, "/paths/~1a"),
    "an operation": ({"paths": {"/a": {"get": {"$ref": "gone.json"}}}}, "/paths/~1a/get"),
    "a parameter": (
        {"paths": {"/a": {"parameters": [{"$ref": "gone.json"}], "get": {"responses": DONE}}}},
        "/paths/~1a/parameters/0",
    ),
    "a request body": (
        {"paths": {"/a": {"post": {"requestBody": {"$ref": "gone.json"}, "responses": DONE}}}},
        "/paths/~1a/post/requestBody",
    ),
    "a security scheme": (
        {
            "paths": {"/a": {"get": {"responses": DONE, "security": [{"key": []}]}}},
            "components": {"securitySchemes": {"key": {"$ref": "gone.json"}}},
        },
        "/components/securitySchemes/key",
    ),
}


@pytest.mark.parametrize("what", CARRIERS)
def test_a_part_that_each_call_needs(tmp_path: Path, what: str) -> None:
    root, pointer = CARRIERS[what]
    fine = {"/fine": {"get": {"operationId": "fine", "responses": DONE, "security": []}}}
    main = {"openapi": "3.1.0", **HEAD, **root, "paths": {**root["paths"], **fine}}
    spec = written(tmp_path, {"main.json": main})
    with pytest.raises(SpecError, match=f"carries {what}") as caught:
        read(spec)
    assert caught.value.origin.pointer == pointer
    found = read(spec, allow_missing_refs=True)
    assert [operation.name for operation in found.api.operations] == ["fine"]
    assert found.requests == 2
    (problem,) = (one for one in found.problems if one.code == "lost-reference")
    assert "is left out" in problem.message
    assert "/a" in problem.message


@pytest.mark.parametrize("kind", ["response", "header", "example", "link", "schema", "callback"])
def test_a_part_that_calls_can_do_without(tmp_path: Path, kind: str) -> None:
    gone = {"$ref": "gone.json"}
    good: dict[str, Any] = response(BOAT)
    match kind:
        case "response":
            good["404"] = gone
        case "header":
            good["200"]["headers"] = {"Tide": gone}
        case "example":
            good["200"]["content"]["application/json"]["examples"] = {"one": gone}
        case "link":
            good["200"]["links"] = {"next": gone}
        case "schema":
            good["200"]["content"]["application/json"]["schema"] = gone
    callbacks = {"done": gone} if kind == "callback" else {}
    found = harbour(tmp_path, {"/a": {"get": {"responses": good, "callbacks": callbacks}}}, {})
    assert [problem.code for problem in found.problems] == ["missing-reference"]


@pytest.mark.parametrize(
    "node",
    [
        {"parameters": [{"name": "q", "in": "nowhere", "required": True}], "responses": DONE},
        {"parameters": [{"name": "q", "in": "querystring", "required": True}], "responses": DONE},
    ],
)
def test_a_required_argument_that_cannot_be_sent(tmp_path: Path, node: Any) -> None:
    with pytest.raises(SpecError, match="/paths/~1a/get/parameters/0"):
        harbour(tmp_path, {"/a": {"get": node}}, {})


@pytest.mark.parametrize("node", [{}, {"x-note": 1}, {"$refs": "a.json"}])
def test_a_document_of_which_nothing_can_be_read(tmp_path: Path, node: Any) -> None:
    with pytest.raises(SpecError, match="no operation has anything that can be read"):
        harbour(tmp_path, {"/a": {"get": node}, "/b": {"post": node}}, {})


def test_every_file_is_an_input(tmp_path: Path) -> None:
    """A run knows that it has nothing to do by the files of the last one: those that were not there too."""
    with recorded() as opened:
        responses = {**response({"$ref": "boat.json"}), "404": {"$ref": "gone.json"}}
        harbour(tmp_path, {"/a": {"get": {"responses": responses}}}, {"boat.json": BOAT})
    assert {path.name for path in opened} == {"main.json", "boat.json", "gone.json"}


def test_limits_hold_for_all_files(tmp_path: Path) -> None:
    files = {f"m{number}.json": {"x": [0] * 400} for number in range(5)}
    node = {"anyOf": [{"$ref": name} for name in files]}
    main = {"openapi": "3.1.0", **HEAD, "paths": {"/a": {"get": {"responses": response(node)}}}}
    spec = written(tmp_path, {"main.json": main, **files})
    assert read(spec, limits=Limits(nodes=5_000)).api.operations
    with pytest.raises(SpecError, match="raise `limits.nodes`"):
        read(spec, limits=Limits(nodes=1_000))
