"""FastAPI: unions that a field tells apart, in both directions; enums; a body that may be left out."""

from enum import StrEnum
from typing import Annotated, Literal

from fastapi import FastAPI, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

app = FastAPI(title="Pets", version="1.0")


class Size(StrEnum):
    small = "small"
    large = "large"


class Cat(BaseModel):
    kind: Literal["cat"]
    name: str
    lives: int = 9


class Dog(BaseModel):
    kind: Literal["dog"]
    name: str
    size: Size


Pet = Annotated[Cat | Dog, Field(discriminator="kind")]


class Shelter(BaseModel):
    city: str
    residents: list[Pet]
    sizes: set[Size] = set()


class Checkup(BaseModel):
    weight: float
    note: str | None = None


class Report(BaseModel):
    pet: int
    weight: float | None


@app.post("/pets", status_code=201)
def create_pet(pet: Pet) -> Pet:
    return pet


@app.get("/pets")
def list_pets(size: Annotated[list[Size], Query(default_factory=list)]) -> list[Pet]:
    # A newer version of the server knows one kind more.
    pets = [{"kind": "cat", "name": "Tom", "lives": 7}, {"kind": "emu", "name": "Rod", "speed": 50}]
    pets += [{"kind": "dog", "name": f"Rex {one.value}", "size": one.value} for one in size]
    return JSONResponse(pets)


@app.put("/shelter")
def replace_shelter(shelter: Shelter) -> Shelter:
    return shelter


@app.post("/pets/{pet_id}/checkup")
def checkup(pet_id: int, checkup: Checkup | None = None) -> Report:
    return Report(pet=pet_id, weight=checkup and checkup.weight)
