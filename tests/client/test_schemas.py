"""Named objects of a document: which become models, what they and what is inside of them are called, who shares them."""

from pathlib import Path

import httpx2
import pytest

from pillarbox.model.types import Array, Enumeration, Field, Map, Nullable, Object, Schema, Union
from tests.oracles import mypy_errors, need, pyright_errors

from .apis import (
    INTEGER,
    NUMBER,
    STRING,
    api,
    client,
    fields,
    imported,
    json_body,
    operation,
    parameter,
    record,
    ref,
    schema,
    schemas,
)

STATUS = Enumeration(("available", "sold", "lent"), False, ("In the shop", "", ""), "PetStatus")
PET = Union((ref("Cat"), ref("Dog")), "petType", (("cat",), ("dog", "puppy")))
WHOLE = schemas(
    Cat=record(petType=STRING, lives=INTEGER, status=STATUS),
    Dog=record(petType=STRING, bark_=STRING, owner_=ref("Owner")),
    Owner=record(name=STRING, pet=PET, address=record(street=STRING, geo=record(lat=NUMBER))),
    Node=record(value=STRING, children=Array(ref("Node")), parent_=Nullable(ref("Node"))),
    Tree=Object(fields=(), extra=ref("Tree")),
    Counts=Object(fields=(), extra=INTEGER),
    Bag=Object(fields=fields(id=STRING), extra=ref("Cat")),
    Unused=record(a=STRING),
)
SENT = {**WHOLE, "OwnerSent": schema("Owner", record(name=STRING, pet=PET), for_request=True)}
EVERYTHING = api(
    operation("getNode", "GET /nodes/{id}", ref("Node"), resource=("nodes",)),
    operation(
        "listPets",
        "GET /pets",
        Array(PET),
        resource=("pets",),
        parameters=[parameter("status", kind=Array(STATUS)), parameter("only", kind=STATUS)],
    ),
    operation("createPet", "POST /pets", PET, resource=("pets",), body=json_body(PET)),
    operation(
        "createOwner", "POST /owners", ref("Owner"), resource=("owners",), body=json_body(ref("OwnerSent"))
    ),
    operation(
        "putOwners", "PUT /owners", None, resource=("owners",), body=json_body(Array(ref("OwnerSent")))
    ),
    operation("getTree", "GET /tree", ref("Tree")),
    operation("getCounts", "GET /counts", ref("Counts")),
    operation("getBag", "GET /bag", ref("Bag")),
    schemas=SENT,
)


def test_what_is_reached_becomes_a_model_and_nothing_else() -> None:
    made = client(EVERYTHING)
    assert made.returns["nodes.get"] == "models.Node"
    assert made.returns["get_counts"] == "dict[str, int]"
    assert made.returns["get_tree"] == "dict[str, Any]"
    assert "models/unused.py" not in made.files
    assert "models/counts.py" not in made.files
    assert 'model Node {"at":"schema:Node"}' in made.lock.render()


def test_a_recursive_object_names_itself() -> None:
    made = client(EVERYTHING)
    assert made.model("Node") == ["value: str", "children: list[Node]", "parent: Node | None = None"]


def test_objects_inside_are_places_of_their_own() -> None:
    made = client(EVERYTHING)
    assert made.model("Owner")[-1] == "address: OwnerAddress"
    assert made.model("OwnerAddress") == ["street: str", "geo: OwnerAddressGeo"]
    assert '{"at":"schema:Owner.address"}' in made.lock.render()


def test_what_is_sent_has_a_model_where_it_differs() -> None:
    made = client(EVERYTHING)
    assert made.arguments["owners.put"]["body"] == "Sequence[models.OwnerInput | models.OwnerInputParam]"
    assert made.returns["owners.create"] == "models.Owner"
    assert set(made.arguments["owners.create"]) == {"name", "pet"}


def test_sent_and_answered_share_what_they_hold_where_it_agrees() -> None:
    kind = record(id=INTEGER, size=record(w=INTEGER))
    found = {**schemas(Box=kind), "BoxSent": schema("Box", record(size=record(w=INTEGER)), for_request=True)}
    made = client(
        api(
            operation("getBox", "GET /box", ref("Box")),
            operation("putBoxes", "PUT /boxes", body=json_body(Array(ref("BoxSent")))),
            schemas=found,
        )
    )
    assert made.model("BoxInput") == ["size: BoxSize"]
    assert made.model("Box") == ["id: int", "size: BoxSize"]


def test_members_without_a_name_are_typed() -> None:
    made = client(EVERYTHING)
    assert made.model("Bag") == ["__pydantic_extra__: dict[str, Cat]", "id: str"]


def test_a_union_of_objects_is_spread() -> None:
    made = client(EVERYTHING)
    assert made.arguments["pets.create"] == {
        "pet_type": "str",
        "lives": "int | Unset",
        "status": "models.PetStatus | Unset",
        "bark": "str | Unset",
        "owner": "models.Owner | models.OwnerParam | Unset",
    }


@pytest.mark.parametrize("kind", [ref("Cat"), Nullable(ref("Cat")), Union((ref("Cat"),))])
def test_how_an_object_is_said_does_not_matter_to_the_caller(kind: object) -> None:
    made = client(api(operation("create", "POST /cats", body=json_body(kind)), schemas=WHOLE))  # type: ignore[arg-type]
    assert list(made.arguments["create"]) == ["pet_type", "lives", "status"]


def test_a_list_of_values_is_written_once() -> None:
    made = client(EVERYTHING)
    assert made.arguments["pets.list"] == {
        "status": "Sequence[models.PetStatus] | None",
        "only": "models.PetStatus | None",
    }
    assert made.model("Cat")[-1] == "status: PetStatus | str"
    assert (
        sum(text.count('"available"') for path, text in made.files.items() if path.startswith("models/")) == 1
    )
    assert "- `available`: In the shop" in made.files["models/pet_status.py"]


def test_open_lists_take_any_text() -> None:
    kind = Enumeration(("a", "b", "c"), True, (), "Letter")
    made = client(api(operation("list", "GET /x", Array(kind), parameters=[parameter("of", kind=kind)])))
    assert made.arguments["list"]["of"] == "models.Letter | str | None"
    assert made.returns["list"] == "list[models.Letter | str]"


def test_lists_of_one_title_and_other_values_are_two() -> None:
    first, second = (Enumeration(tuple(values), False, (), "Kind") for values in ("abc", "def"))
    made = client(api(operation("list", "GET /x", record(one=first, two=second))))
    assert '"enum:Kind|2"' in made.lock.render()
    assert made.files["models/kind.py"].count("Literal[") == 1


def test_a_single_value_is_no_list() -> None:
    kind = Enumeration(("cat",), False, (), "PetType")
    made = client(api(operation("get", "GET /x", ref("X")), schemas=schemas(X=record(kind=kind))))
    assert made.model("X") == ['kind: Literal["cat"] | str']


def test_a_neighbour_moves_no_name() -> None:
    inner = record(street=STRING)
    small = schemas(User=record(id=INTEGER, address=inner))
    whole = {**small, **schemas(Address=record(street=STRING), Site=record(address=ref("Address")))}
    get = operation("getUser", "GET /user", ref("User"))
    before = client(api(get, schemas=small))
    after = client(
        api(
            operation("getAddress", "GET /address", inner),
            operation("getSite", "GET /site", ref("Site")),
            get,
            schemas=whole,
        )
    )
    assert before.model("User") == after.model("User")
    assert before.model("UserAddress") == after.model("UserAddress") == ["street: str"]
    assert after.model("Address") == ["street: str"]


def test_names_of_the_document_come_first() -> None:
    made = client(
        api(
            operation("getUser", "GET /user", record(id=INTEGER)),
            operation("listUsers", "GET /users", Array(ref("User"))),
            schemas=schemas(User=record(name=STRING)),
        )
    )
    assert made.returns == {"get_user": "models.GetUserResponse", "list_users": "list[models.User]"}


@pytest.mark.parametrize(
    ("spelled", "expected"),
    [
        ("user", "User"),
        ("user_account", "UserAccount"),
        ("io.k8s.api.core.v1.Pod", "V1Pod"),
        ("microsoft.graph.user", "User"),
        ("Order.Line", "OrderLine"),
        ("Page«User»", "PageUser"),
        ("errors", "Errors"),
        ("Model", "Model_"),
        ("123", "N123"),
    ],
)
def test_a_name_is_the_documents_own(spelled: str, expected: str) -> None:
    found: dict[str, Schema] = {"key": schema(spelled, record(id=INTEGER))}
    made = client(api(operation("get", "GET /x", ref("key")), schemas=found))
    assert made.returns["get"] == f"models.{expected}"


def test_paths_of_names_that_end_alike_are_told_apart() -> None:
    found = {name: schema(name, record(id=INTEGER)) for name in ("a.core.v1.Event", "a.events.v1.Event")}
    made = client(
        api(
            *(operation(f"get{key}", f"GET /{number}", ref(key)) for number, key in enumerate(found)),
            schemas=found,
        )
    )
    assert set(made.returns.values()) == {"models.V1Event", "models.EventsV1Event"}


def test_the_lock_keeps_a_name_whose_schema_changes() -> None:
    first = client(api(operation("get", "GET /x", ref("User")), schemas=schemas(User=record(id=INTEGER))))
    more = schemas(user=record(a=STRING), User=record(id=INTEGER))
    second = client(
        api(
            operation("get", "GET /x", ref("User")),
            operation("getOther", "GET /y", ref("user")),
            schemas=more,
        ),
        first.lock,
    )
    assert second.returns["get"] == "models.User"
    assert second.returns["get_other"] != "models.User"


def test_answers_decode(tmp_path: Path) -> None:
    shop = imported(client(EVERYTHING), tmp_path, "shop_decoding")
    replayed = {
        "GET /nodes/1": {"value": "a", "children": [{"value": "b", "children": []}]},
        "GET /pets": [
            {"petType": "puppy"},
            {"petType": "cat", "lives": 9, "status": "new"},
            {"petType": "cow"},
        ],
        "GET /bag": {"id": "x", "tom": {"petType": "cat", "lives": 7, "status": "sold"}},
    }

    def answered(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, json=replayed[f"{request.method} {request.url.path}"])

    with shop.Shop(transport=httpx2.MockTransport(answered)) as made:
        assert made.nodes.get("1").children[0].value == "b"
        puppy, cat, cow = made.pets.list()
        assert type(puppy) is shop.models.Dog and type(cat) is shop.models.Cat
        assert cow == {"petType": "cow"}
        assert type(made.get_bag().model_extra["tom"]) is shop.models.Cat
        with pytest.raises(shop.DecodeError):
            made.with_options(strict=True).pets.list()


@pytest.mark.oracle
def test_type_checkers_agree(tmp_path: Path) -> None:
    need("pyright")
    client(EVERYTHING).write(tmp_path / "shop")
    assert mypy_errors(tmp_path, ["shop"]) == []
    assert pyright_errors(tmp_path, ["shop"]) == []


def test_a_body_may_be_anything_else() -> None:
    kind = Union((ref("Cat"), STRING))
    made = client(api(operation("put", "PUT /x", body=json_body(kind)), schemas=WHOLE))
    assert made.arguments["put"] == {"body": "models.Cat | models.CatParam | str"}
    wide = client(api(operation("put", "PUT /x", body=json_body(Map(INTEGER)))))
    assert wide.arguments["put"] == {"body": "Mapping[str, int]"}


def test_values_beside_a_model_have_an_alias_of_their_own() -> None:
    kind = Union((Enumeration(("auto", "none", "all"), False), ref("Cat")))
    made = client(api(operation("send", "POST /x", body=json_body(record(choice=kind))), schemas=WHOLE))
    assert made.arguments["send"] == {"choice": "SendChoice | models.Cat | models.CatParam"}
    assert 'SendChoice = Literal["auto", "none", "all"]' in made.files["client.py"]


def test_a_deprecated_field_says_so() -> None:
    kind = Object(fields=(Field(wire="old", type=STRING, required=True, deprecated=True, doc="The name."),))
    made = client(api(operation("get", "GET /x", ref("X")), schemas=schemas(X=kind)))
    assert '"""Deprecated. The name."""' in made.files["models/x.py"]
