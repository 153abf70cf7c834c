"""Recursion, depth and size: every schema comes to a type, soon, whatever it says."""

import time
from typing import Any

import pytest

from pillarbox.model.types import Object
from pillarbox.readers.openapi.values import Values

from .schemas import V30, V31, Document, ref, show, shown

STR = {"type": "string"}


def obj(*required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, **({"required": list(required)} if required else {})}


def many(schema: Any) -> dict[str, Any]:
    return {"type": "array", "items": schema}


@pytest.mark.parametrize(
    ("named", "expected", "objects"),
    [
        ({"X": obj(next=ref("X"))}, "&X", {"X": "{next: &X}"}),
        ({"X": obj(all=many(ref("X")))}, "&X", {"X": "{all: [&X]}"}),
        ({"X": obj(all={"additionalProperties": ref("X")})}, "&X", {"X": "{all: {*: &X}}"}),
        ({"X": {**obj(a=STR), "additionalProperties": ref("X")}}, "&X", {"X": "{a: string, *: &X}"}),
        ({"X": obj(a=ref("Y")), "Y": obj(b=ref("X"))}, "&X", {"X": "{a: &Y}", "Y": "{b: &X}"}),
        ({"X": obj(a={"oneOf": [ref("X"), STR]})}, "&X", {"X": "{a: (&X | string)}"}),
        ({"X": {"allOf": [ref("Y"), obj(b=ref("X"))]}, "Y": obj(a=STR)}, "&X", {"X": "{a: string, b: &X}"}),
        ({"X": {"allOf": [ref("X"), obj(a=STR)]}}, "&X", {"X": "{a: string}"}),
        (
            {"X": {"allOf": [ref("Y"), obj(a=STR)]}, "Y": {"allOf": [ref("X"), obj(b=STR)]}},
            "&X",
            {"X": "{b: string, a: string}"},
        ),
        ({"X": many(ref("Y")), "Y": obj(a=ref("X"))}, "[&Y]", {"Y": "{a: [&Y]}"}),
        # Lists and unions that hold themselves through an object without a name: it gets one.
        (
            {"X": {"oneOf": [obj("l", l=ref("X"), r=ref("X")), {"type": "number"}]}},
            "(&X | number)",
            {"X": "{l!: (&X | number), r: (&X | number)}"},
        ),
        (
            {"X": {"oneOf": [{**obj(a=ref("X")), "title": "Not"}, {**obj(b=ref("X")), "title": "And"}]}},
            "(&X Not | &X And)",
            {"X Not": "{a: (&X Not | &X And)}", "X And": "{b: (&X Not | &X And)}"},
        ),
        (
            {"X": many(obj(children=ref("X"), name=STR))},
            "[&X item]",
            {"X item": "{children: [&X item], name: string}"},
        ),
    ],
)
def test_recursion_through_objects(named: dict[str, Any], expected: str, objects: dict[str, str]) -> None:
    document = Document(ref("X"), named)
    shown_type = show(document.type()).replace("X:2", "X")
    assert (shown_type, document.codes()) == (expected, [])
    assert {
        key.replace(":2", ""): value.replace("X:2", "X") for key, value in document.named().items()
    } == objects


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ({"X": many(ref("X"))}, "[*]"),
        ({"X": {"additionalProperties": ref("X")}}, "{*: *}"),
        ({"X": {"oneOf": [STR, ref("X")]}}, "*"),
        ({"X": {"oneOf": [STR, many(ref("X"))]}}, "(string | [*])"),
        ({"X": many(ref("Y")), "Y": many(ref("X"))}, "[[*]]"),
        ({"X": ref("X")}, "*"),
        ({"X": ref("Y"), "Y": ref("X")}, "*"),
        ({"X": {"allOf": [ref("Y")]}, "Y": {"anyOf": [ref("X")]}}, "*"),
        ({"X": {"allOf": [ref("X"), ref("Y")]}, "Y": ref("Y")}, "*"),
    ],
)
@pytest.mark.parametrize("dialect", [V30, V31])
def test_recursion_without_an_object(named: dict[str, Any], expected: str, dialect: Any) -> None:
    document = Document(ref("X"), named, dialect)
    assert show(document.type()) == expected
    assert set(document.codes()) <= {"recursive-schema", "circular-reference"}


def test_recursion_into_a_place_without_a_name() -> None:
    place = obj(name=STR, children=many({"$ref": "#/place"}))
    document = Document(place)
    assert show(document.type()) == "{name: string, children: [&place]}"
    assert document.named() == {"place": "{name: string, children: [&place]}"}

    document = Document(
        ref("Tree"), {"Tree": obj(node=obj(up={"$ref": "#/components/schemas/Tree/properties/node"}))}
    )
    document.type()
    assert document.named() == {"Tree": "{node: {up: &Tree node}}", "Tree node": "{up: &Tree node}"}


@pytest.mark.parametrize(
    "child",
    [
        {"allOf": [ref("X"), {"required": ["a"]}]},
        {"allOf": [ref("X"), obj(a=STR)]},
        {**ref("X"), "required": ["a"]},
    ],
)
def test_recursion_through_a_merged_schema(child: Any) -> None:
    document = Document(ref("X"), {"X": obj(a=STR, left=child, right=child)})
    document.type()
    assert document.codes() == []
    (left, right) = (f"X {side}" for side in ("left", "right"))
    assert document.named()["X"] == f"{{a: string, left: &{left}, right: &{right}}}"
    assert set(document.named()) == {"X", left, right}
    assert document.named()[left] == document.named()[right]


def test_recursion_through_a_merged_map() -> None:
    child = {**ref("X"), "minProperties": 1}
    document = Document(ref("X"), {"X": {"additionalProperties": {"oneOf": [child, STR]}}})
    assert show(document.type()) == "{*: ({*: *} | string)}"
    assert set(document.codes()) == {"recursive-schema"}


@pytest.mark.parametrize(
    "both",
    [
        lambda index: [{"allOf": [one, {"required": ["c"]}]} for one in pair(index)],
        lambda index: [{**one, "minProperties": 1} for one in pair(index)],
        lambda index: [{"$ref": f"#/components/schemas/{name}{index}/properties/a"} for name in "XY"],
    ],
)
def test_merged_schemas_do_not_multiply(both: Any) -> None:
    named = {
        f"{name}{index}": obj(a=both(index)[0], b=both(index)[1]) for index in range(60) for name in "XY"
    }
    started = time.process_time()
    document = Document(ref("X0"), {**named, "X60": obj(c=STR), "Y60": obj(c=STR)})
    document.type()
    assert sum(map(len, document.named().values())) < 5_000_000
    assert time.process_time() - started < 20, "no bound on speed, but one on explosions"


def test_a_reference_into_a_schema_that_does_not_recur_is_written_out() -> None:
    named = {
        "Order": obj(buyer=obj(name=STR)),
        "Bill": obj(to={"$ref": "#/components/schemas/Order/properties/buyer"}),
    }
    document = Document(ref("Bill"), named)
    document.type()
    assert document.named() == {"Bill": "{to: {name: string}}"}


def test_definitions_inside_of_a_schema_have_names() -> None:
    named = {
        "Order": {
            **obj(line={"$ref": "#/components/schemas/Order/$defs/Line"}),
            "$defs": {"Line": obj(n=STR)},
        },
        "Line": obj(m=STR),
    }
    document = Document({"oneOf": [ref("Line"), ref("Order")]}, named)
    document.type()
    assert document.named() == {"Line": "{m: string}", "Order": "{line: &Line:2}", "Line:2": "{n: string}"}


def nested(depth: int, wrap: Any, inner: Any) -> Any:
    for _ in range(depth):
        inner = wrap(inner)
    return inner


@pytest.mark.parametrize(
    "wrap",
    [
        many,
        lambda inner: obj(a=inner),
        lambda inner: {"allOf": [inner, {"required": ["b"]}]},
        lambda inner: {"allOf": [inner]},
        lambda inner: {"oneOf": [inner, STR]},
        lambda inner: {"anyOf": [inner, {"type": "null"}]},
        lambda inner: {"additionalProperties": inner},
        lambda inner: {**obj(z=STR), "oneOf": [inner, obj(y=STR)]},
        lambda inner: {"not": inner},
        lambda inner: {"properties": {"a": {"allOf": [{"items": [inner]}]}}},
    ],
)
def test_depth(wrap: Any) -> None:
    document = Document(nested(240, wrap, obj(b=STR)))
    for given in (False, True):
        kind = document.type(for_request=given)
        values = Values(document.schemas)
        values.accepts(kind, values.made(kind, "a"))
    assert set(document.codes()) <= {"nested-too-deep"}


@pytest.mark.parametrize(
    "link",
    [
        many,
        lambda inner: obj(a=inner),
        lambda inner: obj("a", a=inner),
        lambda inner: {"allOf": [inner, obj(b=STR)]},
        lambda inner: {"allOf": [inner]},
        lambda inner: inner,
        lambda inner: {"oneOf": [inner, STR]},
        lambda inner: {**obj(a=STR), "oneOf": [inner, STR]},
    ],
)
def test_long_chains_of_names(link: Any) -> None:
    named = {f"X{index}": link(ref(f"X{index + 1}")) for index in range(1_500)} | {"X1500": obj(c=STR)}
    document = Document(ref("X0"), named)
    kind = document.type()
    assert all(document.schemas.all)
    values = Values(document.schemas)
    values.accepts(kind, values.made(kind, "a"))


def pair(index: int) -> list[dict[str, str]]:
    return [ref(f"X{index + 1}"), ref(f"Y{index + 1}")]


@pytest.mark.parametrize(
    "branch",
    [
        lambda index: {"oneOf": [many(one) for one in pair(index)]},
        lambda index: {"oneOf": pair(index)},
        lambda index: {"allOf": pair(index)},
        lambda index: {"anyOf": [{"additionalProperties": one} for one in pair(index)]},
        lambda index: many({"prefixItems": [many(one) for one in pair(index)]}),
        lambda index: {**obj(a=STR), "oneOf": pair(index), "discriminator": {"propertyName": "a"}},
    ],
)
def test_branches_do_not_multiply(branch: Any) -> None:
    ends = {"X60": STR, "Y60": {"type": "integer"}}
    named = {f"{name}{index}": branch(index) for index in range(60) for name in "XY"} | ends
    started = time.process_time()
    document = Document(ref("X0"), named)
    kind = document.type()
    assert len(show(kind)) < 100_000
    assert time.process_time() - started < 20, "no bound on speed, but one on explosions"


def test_a_cluster_that_is_all_lists_of_each_other() -> None:
    names = [f"X{index}" for index in range(14)]
    named = {name: {"anyOf": [many(ref(other)) for other in names] + [STR]} for name in names}
    started = time.process_time()
    document = Document(ref("X0"), named)
    assert len(show(document.type())) < 100_000
    assert set(document.codes()) <= {"recursive-schema", "schema-too-large", "nested-too-deep"}
    assert time.process_time() - started < 20


def test_a_wide_union_of_unions() -> None:
    named = {f"L{level}": {"oneOf": [ref(f"L{level + 1}")] * 200} for level in range(10)} | {"L10": STR}
    assert shown(ref("L0"), named) == "string"


def test_too_many_schemas_in_one() -> None:
    document = Document({"allOf": [obj(**{f"p{index}": STR}) for index in range(5_000)]})
    document.type()
    assert document.codes() == ["schema-too-large"]


def test_names_do_not_move_when_others_appear() -> None:
    named = {"User": obj(name=STR)}
    alone = Document(ref("User"), named)
    more = Document(
        {"oneOf": [ref("Alpha"), ref("User")]}, {"Alpha": obj(name=STR), **named, "Zeta": obj(name=STR)}
    )
    for document in (alone, more):
        document.type()
        assert document.named()["User"] == "{name: string}"


def maps(schema: Any) -> dict[str, Any]:
    return {"additionalProperties": schema}


@pytest.mark.parametrize(
    "named",
    [
        {"X": many(ref("Y")), "Y": maps(ref("X"))},
        {
            "Value": {"oneOf": [STR, ref("List"), ref("Map")]},
            "List": many(ref("Value")),
            "Map": maps(ref("Value")),
        },
        {
            "X": {"oneOf": [many(ref("Y")), STR]},
            "Y": maps(ref("Z")),
            "Z": {"oneOf": [ref("X"), many(ref("Y"))]},
        },
        {
            f"X{index}": {"anyOf": [many(ref(f"X{other}")) for other in range(5)] + [STR]}
            for index in range(5)
        },
    ],
)
def test_recursion_is_cut_alike_whatever_was_read_before(named: dict[str, Any]) -> None:
    alone = {name: show(Document(ref(name), named).type()) for name in named}
    for order in (list(named), list(named)[::-1]):
        document = Document(obj(**{name: ref(name) for name in order}), named)
        fields = {name: ref(name) for name in order}
        types = {
            name: show(
                document.schemas.type_of(node, document.origin.child("place", name), for_request=False)
            )
            for name, node in fields.items()
        }
        assert types == alone
        whole = document.type()
        assert isinstance(whole, Object)
        assert {field.wire: show(field.type) for field in whole.fields} == alone
