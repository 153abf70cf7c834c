"""The field that tells the members of a union apart, in their input forms: it has the values that mean the member, even
where the document describes it as any text, or not at all."""

from pathlib import Path

import pytest

from pillarbox.config import ClientSettings
from pillarbox.lock.claims import Lock
from pillarbox.pipeline import build

from ..oracles import mypy_errors, need, pyright_errors, write_package

SPEC = """
openapi: 3.1.0
info: {title: Zoo, version: "1"}
servers: [{url: https://zoo.example}]
paths:
  /pets:
    post:
      operationId: createPet
      tags: [pets]
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              properties:
                pet: {$ref: "#/components/schemas/Pet"}
                visitor: {$ref: "#/components/schemas/Visitor"}
                friend: {$ref: "#/components/schemas/Friend"}
      responses: {"204": {description: Created}}
components:
  schemas:
    Pet:
      oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}, {$ref: "#/components/schemas/Bird"}]
      discriminator:
        propertyName: kind
        mapping:
          cat: "#/components/schemas/Cat"
          dog: "#/components/schemas/Dog"
          puppy: "#/components/schemas/Dog"
          bird: "#/components/schemas/Bird"
    Friend:
      oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Child"}]
      discriminator:
        propertyName: kind
        mapping: {tomcat: "#/components/schemas/Cat", child: "#/components/schemas/Child"}
    Cat: {type: object, required: [kind], properties: {kind: {type: string}, lives: {type: integer}}}
    Dog: {type: object, required: [kind], properties: {kind: {type: [string, "null"], enum: [cat, dog, puppy, null]}}}
    Bird: {type: object, properties: {wings: {type: integer}}}
    Child: {type: object, required: [kind], properties: {kind: {type: string}}}
    Visitor:
      type: object
      required: [at]
      properties: {at: {type: string}}
      discriminator: {propertyName: at}
    Guest: {allOf: [{$ref: "#/components/schemas/Visitor"}, {type: object, properties: {name: {type: string}}}]}
    Vet: {allOf: [{$ref: "#/components/schemas/Visitor"}, {type: object, properties: {tools: {type: integer}}}]}
"""

GOOD = """
from typing import Literal, assert_type

from zoo import Zoo, models

client = Zoo()
cat: models.CatParam = {"kind": "tomcat", "lives": 9}
client.pets.create(pet={"kind": "cat", "lives": 9}, friend=cat, visitor={"at": "Vet", "tools": 1})
client.pets.create(pet={"kind": "puppy"}, visitor=models.Vet(at="Vet"))
client.pets.create(pet={"kind": "bird", "wings": 2})
client.pets.create(pet={"wings": 2})


def narrowed(visitor: models.GuestParam | models.VetParam) -> None:
    if visitor["at"] == "Vet":
        assert_type(visitor, models.VetParam)
    assert_type(cat["kind"], Literal["cat", "tomcat"])
"""

BAD = (
    'client.pets.create(pet={"kind": "cow"})',
    'client.pets.create(pet={"kind": "dog", "lives": 9})',
    'client.pets.create(pet={"kind": "cat", "wings": 2})',
    'client.pets.create(visitor={"at": "Guest", "tools": 1})',
    'client.pets.create(visitor={"at": "vet"})',
    'models.DogParam(kind="cat")',
    "models.DogParam(kind=None)",
)


@pytest.mark.oracle
def test_a_tag_has_the_values_of_its_member(tmp_path: Path) -> None:
    need("mypy")
    need("pyright")
    spec = tmp_path / "spec.yaml"
    spec.write_text(SPEC, encoding="utf-8")
    built = build(spec, ClientSettings(name="zoo", spec=spec, output=Path("zoo")), Lock())
    write_package(built.files, tmp_path / "zoo")
    (tmp_path / "right.py").write_text(GOOD, encoding="utf-8")
    start = "from zoo import Zoo, models\n\nclient = Zoo()\n"
    (tmp_path / "wrong.py").write_text(start + "\n".join(BAD) + "\n", encoding="utf-8")
    first = start.count("\n") + 1
    for errors in (
        mypy_errors(tmp_path, ["right", "wrong", "zoo"]),
        pyright_errors(tmp_path, ["right.py", "wrong.py", "zoo"]),
    ):
        lines = [error.split(":")[:2] for error in errors]
        assert [error for error in errors if not error.startswith("wrong")] == []
        found = {int(line) for path, line in lines if path.startswith("wrong")}
        assert [text for line, text in enumerate(BAD, first) if line not in found] == []
