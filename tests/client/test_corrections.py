"""Corrections of the configuration that lead through named objects."""

from typing import Literal

from pillarbox.config.settings import TypeCorrection
from pillarbox.config.type_paths import ArgumentPath, Items, Member, ResponsePath
from pillarbox.config.typetext import NamedText
from pillarbox.model.types import Array, Nullable, Union

from .apis import INTEGER, STRING, api, client, json_body, operation, record, ref, schemas

WHOLE = schemas(
    User=record(born=STRING, friend_=Nullable(ref("User")), address=record(zip=STRING)),
    Robot=record(built=STRING),
)
SHOP = api(
    operation("getUser", "GET /user", ref("User")),
    operation("listUsers", "GET /users", Array(ref("User"))),
    operation("createUser", "POST /users", INTEGER, body=json_body(ref("User"))),
    operation("getAny", "GET /any", Union((ref("User"), ref("Robot")))),
    schemas=WHOLE,
)


def correction(
    at: ResponsePath | ArgumentPath,
    kind: Literal["date", "integer", "any"] = "date",
    required: bool | None = None,
) -> TypeCorrection:
    return TypeCorrection(at=at, type=NamedText(kind), required=required, text=f"{at}")


def test_what_is_shared_is_corrected_for_all_and_it_is_said() -> None:
    made = client(SHOP, corrections=[correction(ResponsePath("list_users", (Items(), Member("born"))))])
    assert made.model("User")[0] == "born: _dt.date"
    assert made.arguments["create_user"]["born"] == "_dt.date | str"
    (problem,) = made.problems
    assert (problem.code, problem.origin.pointer) == ("shared-correction", "/components/schemas/User")


def test_through_the_same_object_twice() -> None:
    place = ResponsePath("get_user", (Member("friend"), Member("address"), Member("zip")))
    made = client(SHOP, corrections=[correction(place, "integer")])
    assert made.model("UserAddress") == ["zip: int"]


def test_an_argument_of_a_shared_body() -> None:
    made = client(SHOP, corrections=[correction(ArgumentPath("create_user", "born", ()))])
    assert made.model("User")[0] == "born: _dt.date"


def test_the_member_of_a_union_that_has_it() -> None:
    made = client(SHOP, corrections=[correction(ResponsePath("get", (Member("built"),)))])
    assert made.model("Robot") == ["built: _dt.date"]
    assert [problem.code for problem in made.problems] == ["shared-correction"]


def test_a_whole_answer_is_its_own() -> None:
    made = client(SHOP, corrections=[correction(ResponsePath("get_user", ()), "any")])
    assert made.returns["get_user"] == "Any" and made.returns["list_users"] == "list[models.User]"
    assert made.problems == ()


def test_a_place_that_is_not_there() -> None:
    made = client(SHOP, corrections=[correction(ResponsePath("get_user", (Member("nothing"),)))])
    assert [problem.code for problem in made.problems] == ["unused-correction"]
