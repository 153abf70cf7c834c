"""allOf, oneOf, anyOf and discriminators: many schemas in one place."""

from typing import Any

import pytest

from pillarbox.model.types import Object, Reference, Union

from .schemas import V2, V30, Document, ref, show, shown

STR = {"type": "string"}
INT = {"type": "integer"}


def obj(*required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, **({"required": list(required)} if required else {})}


NAMED = {
    "A": obj("a", a=STR),
    "B": obj(b=INT),
    "Chain1": {"allOf": [ref("A"), obj(x=STR)]},
    "Chain2": {"allOf": [ref("Chain1"), obj(y=STR)]},
    "Alias": ref("A"),
    "Alias2": {"allOf": [ref("Alias")], "description": "Another word."},
    "Named": {**obj(a=STR), "oneOf": [obj(b=INT), obj(c=INT)]},
}


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"allOf": [ref("A"), ref("B")]}, "{a!: string, b: integer}"),
        ({"allOf": [ref("A"), {"required": ["b"]}, ref("B")]}, "{a!: string, b!: integer}"),
        ({"allOf": [ref("B"), {"required": ["b"]}]}, "{b!: integer}"),
        ({"allOf": [ref("B")], "required": ["b"]}, "{b!: integer}"),
        ({"allOf": [ref("A")], "properties": {"c": STR}, "required": ["c"]}, "{a!: string, c!: string}"),
        ({"allOf": [ref("Chain2")]}, "&Chain2"),
        ({"allOf": [ref("Chain2"), ref("A")]}, "{a!: string, x: string, y: string}"),
        ({"allOf": [ref("Chain2"), obj(z=INT)]}, "{a!: string, x: string, y: string, z: integer}"),
        ({"allOf": [{"allOf": [ref("A")]}, {"allOf": [{"allOf": [ref("B")]}]}]}, "{a!: string, b: integer}"),
        ({"allOf": [ref("Alias"), {"description": "It."}]}, "&A"),
        (ref("Alias"), "&A"),
        (ref("Alias2"), "&A"),
        ({"allOf": [obj(a=STR), obj(a={"enum": ["x"]})]}, "{a: <'x'>}"),
        ({"allOf": [obj(a={}), obj(a=INT)]}, "{a: integer}"),
        ({"allOf": [obj(a=ref("A")), obj(a={"description": "It."})]}, "{a: &A}"),
        ({"allOf": [obj(a=ref("A")), obj(a=ref("A"))]}, "{a: &A}"),
        ({"allOf": [obj(a=ref("A")), obj(a=ref("B"))]}, "{a: {a!: string, b: integer}}"),
        ({"allOf": [{"type": "array"}, {"items": STR}]}, "[string]"),
        ({"allOf": [{"type": "array", "items": ref("A")}, {"items": {"type": "object"}}]}, "[&A]"),
        ({"allOf": [{"additionalProperties": INT}, obj(a=STR)]}, "{a: string, *: integer}"),
        ({"allOf": [INT, {"type": "number"}]}, "integer"),
        ({"allOf": [{}, {}]}, "*"),
        ({"allOf": []}, "*"),
        ({"allOf": [True, STR]}, "string"),
    ],
)
def test_merging(schema: Any, expected: str) -> None:
    assert shown(schema, NAMED, V30) == expected


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"oneOf": [STR, INT]}, "(string | integer)"),
        ({"oneOf": [STR]}, "string"),
        ({"oneOf": [ref("A")]}, "&A"),
        ({"oneOf": []}, "*"),
        ({"oneOf": [STR, STR, {"type": "string", "format": "email"}]}, "string"),
        ({"oneOf": [STR, {"type": "string", "format": "date"}]}, "(string | date)"),
        ({"oneOf": [INT, {"type": "number"}, STR]}, "(number | string)"),
        ({"oneOf": [STR, {}]}, "*"),
        ({"oneOf": [ref("A"), ref("Alias")]}, "&A"),
        ({"oneOf": [ref("A"), {"oneOf": [ref("B"), STR]}]}, "(&A | &B | string)"),
        ({"oneOf": [ref("A"), {"type": "array", "items": ref("A")}]}, "(&A | [&A])"),
        ({"anyOf": [ref("A"), ref("B")]}, "(&A | &B)"),
        ({"type": "object", "anyOf": [ref("A"), ref("B")]}, "(&A | &B)"),
        # Only rules about which fields go together.
        (
            {**obj(a=STR, b=INT), "anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
            "{a: string, b: integer}",
        ),
        ({**obj(a=STR), "oneOf": [{"required": ["a"]}, {"not": {"required": ["a"]}}]}, "{a: string}"),
        ({"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}, "*"),
        # A type beside alternatives that leave it out.
        ({"type": "string", "anyOf": [{"format": "uri"}, {"enum": ["none"]}]}, "<'none'+>"),
        ({"type": "array", "items": STR, "oneOf": [{"minItems": 1}, {"maxItems": 1}]}, "[string]"),
        # Properties beside alternatives.
        ({**obj(a=STR), "oneOf": [obj("b", b=INT), obj(c=INT)]}, "{a: string, b: integer, c: integer}"),
        ({**obj(a=STR), "oneOf": [obj("b", b=INT), obj("b", b=STR)]}, "{a: string, b!: (integer | string)}"),
        ({**obj(a=STR), "anyOf": [ref("A"), ref("B")]}, "(&A | {a: string, b: integer})"),
        (
            {**obj("z", z=STR), "oneOf": [ref("A"), ref("B")]},
            "({z!: string, a!: string} | {z!: string, b: integer})",
        ),
        ({**obj(z=STR), "oneOf": [ref("A"), STR]}, "({z: string, a!: string} | string)"),
        (ref("Named"), "&Named"),
        # Two sets of alternatives.
        (
            {"allOf": [{"oneOf": [obj("a", a=STR), obj("a", a=INT)]}, {"oneOf": [obj(b=STR), obj(c=STR)]}]},
            "{a!: (string | integer), b: string, c: string}",
        ),
        (
            {"allOf": [{"oneOf": [ref("A"), ref("B")]}, obj(z=STR)]},
            "({z: string, a!: string} | {z: string, b: integer})",
        ),
        ({"allOf": [{"oneOf": [STR, INT]}, {"description": "It."}]}, "(string | integer)"),
    ],
)
def test_alternatives(schema: Any, expected: str) -> None:
    assert shown(schema, NAMED) == expected


PETS = {
    "Cat": obj("kind", kind=STR, lives=INT),
    "Dog": obj("kind", kind=STR, tricks=STR),
    "Tagged": obj("kind", kind={"const": "tagged"}),
    "Other": obj("kind", kind={"type": "string", "enum": ["x", "y"]}),
}


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (
            {"oneOf": [ref("Cat"), ref("Dog")], "discriminator": {"propertyName": "kind"}},
            "(kind: Cat=&Cat | Dog=&Dog)",
        ),
        (
            {
                "oneOf": [ref("Cat"), ref("Dog")],
                "discriminator": {
                    "propertyName": "kind",
                    "mapping": {"c": "#/components/schemas/Cat", "kitten": "Cat", "d": "Dog"},
                },
            },
            "(kind: c/kitten=&Cat | d=&Dog)",
        ),
        (
            {"oneOf": [ref("Cat"), ref("Tagged")], "discriminator": {"propertyName": "kind"}},
            "(kind: Cat=&Cat | tagged=&Tagged)",
        ),
        (
            {"anyOf": [ref("Cat"), ref("Dog"), {"type": "null"}], "discriminator": {"propertyName": "kind"}},
            "(kind: Cat=&Cat | Dog=&Dog)?",
        ),
        # Nested ones are one row where the same property tells them apart.
        (
            {
                "oneOf": [
                    ref("Cat"),
                    {"oneOf": [ref("Dog"), ref("Tagged")], "discriminator": {"propertyName": "kind"}},
                ],
                "discriminator": {"propertyName": "kind"},
            },
            "(kind: Cat=&Cat | Dog=&Dog | tagged=&Tagged)",
        ),
        # Values that mean two members tell nothing.
        (
            {
                "oneOf": [ref("Cat"), {"oneOf": [ref("Dog"), ref("Tagged")]}],
                "discriminator": {"propertyName": "kind", "mapping": {"x": "Cat", "y": "#/place/oneOf/1"}},
            },
            "(&Cat | &Dog | &Tagged)",
        ),
        # As good as a discriminator.
        ({"oneOf": [ref("Tagged"), ref("Other")]}, "(kind: tagged=&Tagged | x/y=&Other)"),
        (
            {"oneOf": [obj("t", t={"const": "a"}), obj("t", t={"const": "b"}, c=INT)]},
            "(t: a={t!: <'a'>} | b={t!: <'b'>, c: integer})",
        ),
        ({"oneOf": [obj(t={"const": "a"}), obj("t", t={"const": "b"})]}, "({t: <'a'>} | {t!: <'b'>})"),
        ({"oneOf": [ref("Cat"), ref("Tagged")]}, "(&Cat | &Tagged)"),
        # With properties beside.
        (
            {
                **obj("id", id=INT),
                "oneOf": [ref("Cat"), ref("Dog")],
                "discriminator": {"propertyName": "kind"},
            },
            "(kind: Cat={id!: integer, kind!: string, lives: integer} | Dog={id!: integer, kind!: string, tricks: string})",
        ),
        (
            {**obj(kind=STR), "oneOf": [ref("Cat"), ref("Dog")], "discriminator": {"propertyName": "kind"}},
            "(kind: Cat=&Cat | Dog=&Dog)",
        ),
        ({"oneOf": [ref("Cat"), ref("Dog")], "discriminator": {}}, "(&Cat | &Dog)"),
    ],
)
def test_discriminators(schema: Any, expected: str) -> None:
    assert shown(schema, PETS, V30) == expected


def base(**mapping: str) -> dict[str, Any]:
    told = {"propertyName": "kind", **({"mapping": mapping} if mapping else {})}
    return {**obj("kind", kind=STR, name=STR), "discriminator": told}


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        (
            {"Pet": base(), "Cat": {"allOf": [ref("Pet"), obj(lives=INT)]}, "Dog": {"allOf": [ref("Pet")]}},
            "(kind: Cat=&Cat | Dog=&Dog)",
        ),
        (
            {"Pet": base(cat="Cat"), "Cat": {"allOf": [ref("Pet")]}, "Dog": {"allOf": [ref("Pet")]}},
            "(kind: cat=&Cat | Dog=&Dog)",
        ),
        (
            {"Pet": base(pet="Pet", cat="Cat"), "Cat": {"allOf": [ref("Pet")]}},
            "(kind: pet=&Pet | cat=&Cat)",
        ),
        (
            {"Pet": base(), "Cat": {"allOf": [ref("Pet")]}, "Lion": {"allOf": [ref("Cat"), obj(mane=STR)]}},
            "(kind: Cat=&Cat | Lion=&Lion)",
        ),
        ({"Pet": base(cat="Cat"), "Cat": obj(lives=INT)}, "&Cat"),
        ({"Pet": base()}, "&Pet"),
        ({"Pet": base(pet="Pet")}, "&Pet"),
        ({"Pet": base(cat="Gone")}, "&Pet"),
        (
            {
                "Pet": {**base(), "oneOf": [ref("Cat"), ref("Dog")]},
                "Cat": {"allOf": [ref("Pet"), obj(lives=INT)]},
                "Dog": {"allOf": [ref("Pet")]},
            },
            "(kind: Cat=&Cat | Dog=&Dog)",
        ),
    ],
)
def test_a_base_class_is_one_of_its_children(named: dict[str, Any], expected: str) -> None:
    document = Document(ref("Pet"), named, V30)
    assert show(document.type()) == expected
    for key, schema in document.schemas.all.items():
        wires = [field.wire for field in schema.type.fields]
        assert wires[:2] == ["kind", "name"] or "allOf" not in named[key], "the base's own fields come first"
    assert show(document.type(for_request=True)) == expected


def test_swagger_2_names_the_property_alone() -> None:
    named = {
        "Pet": {**obj("kind", kind=STR), "discriminator": "kind"},
        "Cat": {"allOf": [{"$ref": "#/definitions/Pet"}, obj(lives=INT)]},
        "Dog": {"allOf": [{"$ref": "#/definitions/Pet"}, obj(friend={"$ref": "#/definitions/Pet"})]},
    }
    document = Document({"$ref": "#/definitions/Pet"}, named, V2)
    assert show(document.type()) == "(kind: Cat=&Cat | Dog=&Dog)"
    assert document.named()["Dog"] == "{kind!: string, friend: (kind: Cat=&Cat | Dog=&Dog)}"


def test_a_child_without_anything_of_its_own_is_a_class_nevertheless() -> None:
    named = {"Pet": base(), "Cat": {"allOf": [ref("Pet")], "description": "A cat."}}
    document = Document(ref("Cat"), named, V30)
    assert show(document.type()) == "&Cat"
    assert document.schemas.all["Cat"].type.doc == "A cat."


def test_members_of_a_union_are_plain() -> None:
    """The model promises it: neither unions nor nullable ones inside."""
    named = {"U": {"oneOf": [STR, {"type": "null"}]}, "V": {"oneOf": [ref("U"), INT]}}
    kind = Document({"oneOf": [ref("V"), ref("A")]}, {**named, "A": obj(a=STR)}).type()
    assert show(kind) == "(string | integer | &A)?"


def test_a_union_spreads_into_one_object() -> None:
    document = Document({"oneOf": [ref("Cat"), ref("Dog")], "discriminator": {"propertyName": "kind"}}, PETS)
    kind = document.type(for_request=True)
    assert isinstance(kind, Union) and all(isinstance(member, Reference) for member in kind.members)
    spread = document.schemas.flattened(kind)
    assert isinstance(spread, Object)
    assert show(spread) == "{kind!: string, lives: integer, tricks: string}"
