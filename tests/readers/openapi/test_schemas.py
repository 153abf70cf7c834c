"""One schema, one type: every keyword in its ordinary and its careless spellings."""

from typing import Any

import pytest

from pillarbox.model.types import Enumeration, Object

from .schemas import V2, V30, V31, Document, ref, show, shown

STR = {"type": "string"}
INT = {"type": "integer"}
OBJ = {"type": "object", "properties": {"a": STR}}


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string"}, "string"),
        ({"type": "integer", "format": "int64"}, "integer:int64"),
        ({"type": "number", "format": "float"}, "number:float"),
        ({"type": "boolean"}, "boolean"),
        ({"type": "string", "format": "date"}, "date"),
        ({"type": "string", "format": "date-time"}, "date-time"),
        ({"type": "string", "format": "uuid"}, "uuid"),
        ({"type": "string", "format": "binary"}, "binary"),
        ({"type": "string", "format": "byte"}, "string:byte"),
        ({"type": "string", "format": "email"}, "string:email"),
        ({"type": "string", "format": "int64"}, "string:int64"),
        ({"type": "integer", "format": "date-time"}, "integer:date-time"),
        ({"type": "string", "contentEncoding": "base64"}, "string:byte"),
        ({"type": "string", "contentMediaType": "application/octet-stream"}, "binary"),
        ({"type": "file"}, "binary"),
        # Types that are only implied.
        ({"format": "date-time"}, "date-time"),
        ({"format": "int32"}, "integer:int32"),
        ({"pattern": "^a$"}, "string"),
        ({"minLength": 1}, "string"),
        ({"minimum": 1}, "number"),
        ({"properties": {"a": STR}}, "{a: string}"),
        ({"items": STR}, "[string]"),
        ({"additionalProperties": INT}, "{*: integer}"),
        # Nothing is known.
        ({}, "*"),
        (True, "*"),
        (False, "*"),
        ({"not": STR}, "*"),
        ({"description": "Anything."}, "*"),
        # Several types.
        ({"type": ["string"]}, "string"),
        ({"type": ["string", "integer"]}, "(string | integer)"),
        ({"type": ["integer", "number"]}, "number"),
        ({"type": ["string", "integer"], "format": "date"}, "(date | integer:date)"),
        ({"type": ["object", "string"], "properties": {"a": STR}}, "({a: string} | string)"),
        ({"type": ["array", "string"], "items": INT}, "([integer] | string)"),
        ({"type": []}, "*"),
    ],
)
def test_scalars_and_types(schema: Any, expected: str) -> None:
    document = Document(schema)
    assert (show(document.type()), document.codes()) == (expected, [])


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string", "nullable": True}, "string?"),
        ({"type": "string", "x-nullable": True}, "string?"),
        ({"type": ["string", "null"]}, "string?"),
        ({"type": ["null", "string", "integer"]}, "(string | integer)?"),
        ({"anyOf": [STR, {"type": "null"}]}, "string?"),
        ({"oneOf": [{"type": "null"}, STR, INT]}, "(string | integer)?"),
        ({"oneOf": [STR, {"enum": [None]}]}, "string?"),
        ({"oneOf": [STR, {"const": None}]}, "string?"),
        ({"anyOf": [STR, {"nullable": True}]}, "string?"),
        ({"anyOf": [{"type": ["string", "null"]}, INT]}, "(string | integer)?"),
        ({"type": "string", "enum": ["a", None]}, "<'a'>?"),
        ({"type": ["string", "null"], "enum": ["a", None]}, "<'a'>?"),
        ({"type": "string", "nullable": True, "enum": ["a"]}, "<'a'>?"),
        ({"const": None}, "*?"),
        ({"type": "null"}, "*?"),
        ({"enum": [None]}, "*?"),
        ({"type": "array", "items": {"type": ["string", "null"]}}, "[string?]"),
        ({"allOf": [ref("User")], "nullable": True}, "&User?"),
        ({"allOf": [ref("User"), {"nullable": True}]}, "&User?"),
        ({"allOf": [ref("User"), {"description": "The owner."}]}, "&User"),
        ({"allOf": [ref("User"), {"type": "object"}]}, "&User"),
        ({"anyOf": [ref("User"), {"type": "null"}], "description": "The owner."}, "&User?"),
        ({"$ref": "#/components/schemas/User", "nullable": True}, "&User?"),
        ({"$ref": "#/components/schemas/User", "description": "The owner."}, "&User"),
        (ref("MaybeUser"), "&MaybeUser?"),
        ({"type": "array", "items": ref("MaybeUser")}, "[&MaybeUser?]"),
        (
            {"allOf": [ref("MaybeUser"), {"properties": {"b": STR}}], "type": "object"},
            "{a: string, b: string}",
        ),
    ],
)
@pytest.mark.parametrize("dialect", [V30, V31])
def test_null(schema: Any, expected: str, dialect: Any) -> None:
    named = {"User": OBJ, "MaybeUser": {**OBJ, "nullable": True}}
    assert shown(schema, named, dialect) == expected


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"enum": ["a", "b"]}, "<'a','b'>"),
        ({"type": "string", "enum": ["a", "b", "a"]}, "<'a','b'>"),
        ({"type": "integer", "enum": [1, 2]}, "<1,2>"),
        ({"enum": [1, "1", 1.0, True]}, "<1,'1',1.0,True>"),
        ({"type": "number", "enum": [0.5, 1]}, "<0.5,1>"),
        ({"type": "boolean", "enum": [True]}, "<True>"),
        ({"type": "boolean", "enum": [True, False]}, "boolean"),
        ({"type": "boolean", "enum": ["true", "false"]}, "boolean"),
        ({"type": "string", "enum": [1, True, "x"]}, "<'1','true','x'>"),
        ({"type": "integer", "enum": ["1", "-2"]}, "<1,-2>"),
        ({"enum": [{"a": 1}, [1]]}, "<{'a': 1},[1]>"),
        ({"type": "array", "items": STR, "enum": ["a", "b"]}, "[<'a','b'>]"),
        ({"const": "a"}, "<'a'>"),
        ({"type": "string", "enum": []}, "string"),
        ({"type": "string", "enum": "a"}, "string"),
        ({"type": "string", "x-extensible-enum": ["a"]}, "<'a'+>"),
        (
            {"type": "string", "enum": ["a"], "x-ms-enum": {"name": "Mode", "modelAsString": True}},
            "Mode<'a'+>",
        ),
        ({"oneOf": [{"const": "a"}, {"const": "b"}]}, "<'a','b'>"),
        ({"anyOf": [STR, {"type": "string", "enum": ["a"]}]}, "<'a'+>"),
        ({"anyOf": [INT, {"enum": [1]}]}, "<1+>"),
        ({"anyOf": [INT, {"enum": ["auto"]}]}, "(integer | <'auto'>)"),
        ({"allOf": [{"type": "string"}, {"enum": ["a", "b"]}]}, "<'a','b'>"),
        ({"allOf": [{"enum": ["a", "b", "c"]}, {"enum": ["b", "c"]}]}, "<'b','c'>"),
        (ref("Colour"), "Colour<'red','blue'>"),
        ({"type": "array", "items": ref("Colour")}, "[Colour<'red','blue'>]"),
        ({"allOf": [ref("Colour")], "default": "red"}, "Colour<'red','blue'>"),
        ({"anyOf": [ref("Colour"), STR]}, "Colour<'red','blue'+>"),
    ],
)
def test_enumerations(schema: Any, expected: str) -> None:
    assert shown(schema, {"Colour": {"type": "string", "enum": ["red", "blue"]}}) == expected


@pytest.mark.parametrize(
    ("schema", "docs"),
    [
        ({"enum": ["a", "b"], "x-enum-descriptions": ["First.", "Second."]}, ("First.", "Second.")),
        ({"enum": ["a", "b"], "x-enum-descriptions": {"b": "Second."}}, ("", "Second.")),
        ({"enum": [1, 2], "x-enum-varnames": ["LOW", "HIGH"]}, ("LOW", "HIGH")),
        ({"enum": [1, 3, 2], "x-enumNames": ["LOW", 7, "HIGH"]}, ("LOW", "", "HIGH")),
        ({"enum": [1, 1, 2], "x-enumNames": ["LOW", "LOW", "HIGH"]}, ("LOW", "HIGH")),
        ({"enum": ["low"], "x-enum-varnames": ["LOW"]}, ()),
        (
            {"enum": ["a"], "x-ms-enum": {"name": "N", "values": [{"value": "a", "description": "First."}]}},
            ("First.",),
        ),
        ({"enum": ["a"], "x-enum-descriptions": 7}, ()),
        ({"oneOf": [{"const": "a", "description": "First."}, {"const": "b"}]}, ("First.", "")),
    ],
)
def test_what_values_mean(schema: Any, docs: tuple[str, ...]) -> None:
    kind = Document(schema).type()
    assert isinstance(kind, Enumeration) and kind.docs == docs


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "object"}, "{*: *}"),
        ({"type": "object", "additionalProperties": True}, "{*: *}"),
        ({"type": "object", "additionalProperties": {}}, "{*: *}"),
        ({"type": "object", "additionalProperties": False}, "{*: *}"),
        ({"type": "object", "properties": {}}, "{*: *}"),
        ({"type": "object", "additionalProperties": STR}, "{*: string}"),
        ({"type": "object", "patternProperties": {"^x-": INT}}, "{*: integer}"),
        ({"type": "object", "patternProperties": {"^a": INT, "^b": STR}}, "{*: (integer | string)}"),
        ({"type": "object", "propertyNames": {"pattern": "^a"}, "additionalProperties": INT}, "{*: integer}"),
        ({**OBJ, "additionalProperties": True}, "{a: string, *: *}"),
        ({**OBJ, "additionalProperties": False}, "{a: string}"),
        ({**OBJ, "additionalProperties": INT}, "{a: string, *: integer}"),
        ({**OBJ, "unevaluatedProperties": INT}, "{a: string, *: integer}"),
        ({**OBJ, "patternProperties": {"^x-": INT}}, "{a: string, *: integer}"),
        ({**OBJ, "required": ["a", "b", 7]}, "{a!: string}"),
        ({"type": "object", "properties": {"a": True, "b": {}, "c": False}}, "{a: *, b: *}"),
        (
            {**OBJ, "if": OBJ, "then": {"properties": {"b": INT}}, "else": {"required": ["a"]}},
            "{a: string, b: integer}",
        ),
        ({**OBJ, "dependentSchemas": {"a": {"properties": {"b": INT}}}}, "{a: string, b: integer}"),
        ({"type": "array"}, "[*]"),
        ({"type": "array", "items": {}}, "[*]"),
        ({"type": "array", "items": True}, "[*]"),
        ({"type": "array", "items": OBJ}, "[{a: string}]"),
        ({"type": "array", "items": [STR, INT]}, "[(string | integer)]"),
        ({"type": "array", "prefixItems": [STR, INT], "items": False}, "[(string | integer)]"),
        ({"type": "array", "prefixItems": [STR], "items": {"type": "boolean"}}, "[(string | boolean)]"),
        ({"prefixItems": [STR, STR]}, "[string]"),
    ],
)
def test_objects_and_arrays(schema: Any, expected: str) -> None:
    document = Document(schema)
    assert (show(document.type()), document.codes()) == (expected, [])


def fields_of(schema: Any, *, given: bool = False, dialect: Any = V31) -> dict[str, Any]:
    kind = Document(
        schema, {"Kind": {"type": "string", "description": "Its kind."}, "User": OBJ}, dialect
    ).type(for_request=given)
    assert isinstance(kind, Object)
    return {field.wire: field for field in kind.fields}


def test_words_of_a_field() -> None:
    fields = fields_of(
        {
            "properties": {
                "said": {"type": "string", "description": "Words.", "deprecated": True},
                "with_default": {"type": "integer", "default": 20, "description": "How many"},
                "alone": {"type": "boolean", "default": False},
                "known": {"type": "integer", "default": 1, "description": "Defaults to one."},
                "secret_token": {"type": "string", "default": "s3cr3t-4711"},
                "kind": ref("Kind"),
                "own": {"$ref": "#/components/schemas/Kind", "description": "Mine.", "deprecated": True},
                "user": {"allOf": [ref("User")], "description": "Who."},
                "nothing": {"type": "string", "default": None},
                "many": {"type": "array", "items": STR, "default": ["a"]},
            }
        }
    )
    assert {wire: field.doc for wire, field in fields.items()} == {
        "said": "Words.",
        "with_default": "How many. Default: `20`.",
        "alone": "Default: `false`.",
        "known": "Defaults to one.",
        "secret_token": "",
        "kind": "Its kind.",
        "own": "Mine.",
        "user": "Who.",
        "nothing": "",
        "many": "",
    }
    assert [wire for wire, field in fields.items() if field.deprecated] == ["said", "own"]
    assert all(field.default is None for field in fields.values())


def test_siblings_of_a_reference_count_from_3_1_on() -> None:
    schema = {"properties": {"user": {"$ref": "#/components/schemas/User", "properties": {"b": INT}}}}
    assert show(fields_of(schema)["user"].type) == "{a: string, b: integer}"
    assert show(fields_of(schema, dialect=V30)["user"].type) == "&User"


def test_where_an_object_comes_from() -> None:
    document = Document(ref("User"), {"User": {**OBJ, "title": "A user", "description": "Somebody."}})
    document.type()
    (schema,) = document.schemas.all.values()
    assert (schema.name, str(schema.origin)) == ("User", "api.json#/components/schemas/User")
    assert (schema.type.title, schema.type.doc, schema.type.origin) == ("User", "Somebody.", schema.origin)
    inline = Document({**OBJ, "title": "A user", "description": "Somebody."}).type()
    assert isinstance(inline, Object)
    assert (inline.title, inline.doc, str(inline.origin)) == ("A user", "Somebody.", "api.json#/place")


READ = {"type": "string", "readOnly": True}
WRITE = {"type": "string", "writeOnly": True}


@pytest.mark.parametrize(
    ("properties", "answer", "request_"),
    [
        ({"a": STR, "id": READ}, "{a: string, id: string}", "{a: string}"),
        ({"a": STR, "pin": WRITE}, "{a: string}", "{a: string, pin: string}"),
        ({"a": STR, "id": ref("Id")}, "{a: string, id: string}", "{a: string}"),
        (
            {"a": STR, "id": {"allOf": [ref("Name")], "readOnly": True}},
            "{a: string, id: string}",
            "{a: string}",
        ),
        ({"a": {"type": "string", "readOnly": True, "writeOnly": True}}, "{a: string}", "{a: string}"),
        ({"a": {"type": "string", "readOnly": "yes"}}, "{a: string}", "{a: string}"),
    ],
)
def test_views_of_an_inline_object(properties: Any, answer: str, request_: str) -> None:
    document = Document({"properties": properties}, {"Id": READ, "Name": STR})
    assert (show(document.type()), show(document.type(for_request=True))) == (answer, request_)


def test_views_of_named_objects_reach_as_far_as_references_do() -> None:
    named = {
        "Order": {"properties": {"owner": ref("User"), "shop": ref("Shop")}, "required": ["owner"]},
        "User": {
            "properties": {"id": READ, "friends": {"type": "array", "items": ref("User")}},
            "required": ["id"],
        },
        "Shop": {"properties": {"name": STR}},
    }
    document = Document(ref("Order"), named)
    assert (show(document.type()), show(document.type(for_request=True))) == ("&Order", "&Order:given")
    assert document.named() == {
        "Order": "{owner!: &User, shop: &Shop}",
        "Order:given": "{owner!: &User:given, shop: &Shop}",
        "User": "{id!: string, friends: [&User]}",
        "Shop": "{name: string}",
        "User:given": "{friends: [&User:given]}",
    }
    assert [key for key, schema in document.schemas.all.items() if schema.for_request] == [
        "Order:given",
        "User:given",
    ]
    assert {schema.name for schema in document.schemas.all.values()} == {"Order", "User", "Shop"}


@pytest.mark.parametrize(
    ("schema", "expected", "codes"),
    [
        ({"type": "str"}, "string", ["unknown-type"]),
        ({"type": "int"}, "integer", ["unknown-type"]),
        ({"type": "datetime"}, "date-time", ["unknown-type"]),
        ({"type": "String"}, "string", ["unknown-type"]),
        ({"type": "list", "items": STR}, "[string]", ["unknown-type"]),
        ({"type": "money"}, "*", ["unknown-type"]),
        ({"type": 7}, "*", ["unknown-type"]),
        ({"type": {"a": 1}}, "*", ["unknown-type"]),
        ({"type": "any"}, "*", []),
        (7, "*", ["wrong-type"]),
        ("string", "*", ["wrong-type"]),
        ([STR], "*", ["wrong-type"]),
        ({"properties": {"a": {"type": "string", "required": True}}}, "{a!: string}", ["wrong-type"]),
        ({"properties": [{"name": "a", "type": "string"}, 7]}, "{a: string}", ["wrong-type"]),
        ({"type": "object", "properties": "a"}, "{*: *}", ["wrong-type"]),
        ({"properties": {"a": "string"}}, "{a: *}", ["wrong-type"]),
        ({**OBJ, "required": "a"}, "{a!: string}", ["wrong-type"]),
        ({**OBJ, "additionalProperties": "yes"}, "{a: string}", ["wrong-type"]),
        ({"type": "array", "items": "string"}, "[*]", ["wrong-type"]),
        ({"items": [STR, {"type": "null"}]}, "string?", []),
        ({"type": "object", "items": [OBJ, INT]}, "({a: string} | integer)", ["misplaced-alternatives"]),
        ({"allOf": {"type": "string"}}, "string", ["wrong-type"]),
        ({"allOf": "x", "type": "string"}, "string", ["wrong-type"]),
        ({"oneOf": 7}, "*", ["wrong-type"]),
        ({"type": "string", "pattern": "("}, "string", ["bad-pattern"]),
        ({"type": "string", "pattern": "^\\p{L}\\/(?<name>a)$"}, "string", []),
        ({"type": "object", "patternProperties": {"(": STR}}, "{*: string}", ["bad-pattern"]),
        ({"type": "string", "enum": {}}, "string", ["wrong-type"]),
        ({"allOf": [STR, INT]}, "integer", ["conflicting-types"]),
        ({"allOf": [{"enum": ["a"]}, {"enum": ["b"]}]}, "<'b'>", ["conflicting-types"]),
        ({"discriminator": 7, **OBJ}, "{a: string}", ["wrong-type"]),
        ({"$ref": "#/components/schemas/None"}, "*", ["missing-reference"]),
        ({"$ref": "other.json#/User"}, "*", ["missing-reference"]),
        ({"$ref": 7, "type": "string"}, "string", []),
    ],
)
def test_careless_schemas(schema: Any, expected: str, codes: list[str]) -> None:
    document = Document(schema)
    assert (show(document.type()), document.codes()) == (expected, codes)
    assert show(document.type(for_request=True)) == expected
    assert document.codes() == codes, "each problem is said once"


def test_bytes_stay_bytes_in_a_form_and_are_text_in_json() -> None:
    document = Document(
        ref("Upload"), {"Upload": {"properties": {"file": {"type": "string", "format": "binary"}}}}
    )
    kind = document.type(for_request=True)
    assert show(document.schemas.flattened(kind)) == "{file: binary}"
    assert document.named() == {"Upload": "{file: string:binary}"}


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (ref("Cat"), "{name!: string, lives: integer}"),
        ({"anyOf": [ref("Cat"), {"type": "null"}]}, "{name!: string, lives: integer}"),
        ({"oneOf": [ref("Cat"), ref("Dog")]}, "{name!: string, lives: integer, tricks: [string]}"),
        ({"oneOf": [ref("Cat"), ref("Rock")]}, "{name: (string | integer), lives: integer}"),
        ({"oneOf": [ref("Cat"), STR]}, "(&Cat | string)"),
        ({"type": "array", "items": ref("Cat")}, "[&Cat]"),
        ({"type": "object"}, "{*: *}"),
        (STR, "string"),
    ],
)
def test_spreading_a_body(schema: Any, expected: str) -> None:
    named = {
        "Cat": {"properties": {"name": STR, "lives": INT}, "required": ["name"]},
        "Dog": {"properties": {"name": STR, "tricks": {"type": "array", "items": STR}}, "required": ["name"]},
        "Rock": {"properties": {"name": INT}},
    }
    document = Document(schema, named)
    assert show(document.schemas.flattened(document.type())) == expected


def test_swagger_2() -> None:
    user = {
        "type": "object",
        "properties": {"id": {"type": "integer", "x-nullable": True}, "photo": {"type": "file"}},
    }
    document = Document({"$ref": "#/definitions/User"}, {"User": user}, V2)
    assert show(document.type()) == "&User"
    assert show(document.schemas.object_of("User")) == "{id: integer?, photo: binary}"
