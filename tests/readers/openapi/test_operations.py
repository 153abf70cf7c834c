"""Operations, parameters, bodies and answers of OpenAPI documents."""

from typing import Any

import pytest

from pillarbox.model.api import (
    BinaryBody,
    FixedQuery,
    FormBody,
    JsonBody,
    Location,
    MultipartBody,
    Placeholder,
    StatusRange,
)
from pillarbox.model.problems import SpecError
from pillarbox.model.styles import Style
from pillarbox.model.types import Array, Enumeration, Object, Reference, Scalar, ScalarKind, Union

from .documents import codes, openapi, operation, parameter, swagger

ARRAY = {"type": "array", "items": {"type": "string"}}
OBJECT = {"type": "object", "properties": {"rye": {"type": "string"}, "wheat": {"type": "integer"}}}
OK = {"200": {"description": "Done."}}


@pytest.mark.parametrize(
    ("place", "schema", "rest", "style"),
    [
        ("query", ARRAY, {}, Style.SIMPLE),
        ("query", ARRAY, {"explode": False}, Style.COMMA),
        ("query", ARRAY, {"style": "form", "explode": True}, Style.SIMPLE),
        ("query", ARRAY, {"style": "spaceDelimited"}, Style.SPACE),
        ("query", ARRAY, {"style": "pipeDelimited", "explode": False}, Style.PIPE),
        ("query", ARRAY, {"style": "pipeDelimited", "explode": True}, Style.SIMPLE),
        ("query", OBJECT, {}, Style.MEMBERS),
        ("query", OBJECT, {"explode": False}, Style.PAIRS),
        ("query", OBJECT, {"style": "deepObject", "explode": True}, Style.DEEP),
        ("query", {"type": "string"}, {"style": "deepObject"}, Style.SIMPLE),
        ("query", ARRAY, {"style": "deepObject", "explode": True}, Style.DEEP),
        ("query", {"type": "array", "items": OBJECT}, {"style": "deepObject"}, Style.DEEP),
        ("query", {}, {"style": "deepObject"}, Style.DEEP),
        ("query", {"type": "integer"}, {"explode": False}, Style.SIMPLE),
        ("path", ARRAY, {}, Style.SIMPLE),
        ("path", OBJECT, {}, Style.PAIRS),
        ("path", OBJECT, {"explode": True}, Style.ASSIGNED),
        ("path", ARRAY, {"style": "label"}, Style.LABEL),
        ("path", ARRAY, {"style": "label", "explode": True}, Style.LABEL_EXPLODED),
        ("path", OBJECT, {"style": "matrix"}, Style.MATRIX),
        ("path", OBJECT, {"style": "matrix", "explode": True}, Style.MATRIX_EXPLODED),
        ("header", ARRAY, {}, Style.SIMPLE),
        ("header", OBJECT, {"explode": True}, Style.ASSIGNED),
        ("cookie", OBJECT, {"explode": False}, Style.PAIRS),
        ("header", ARRAY, {"style": "matrix"}, Style.SIMPLE),
    ],
)
def test_style(place: str, schema: dict[str, Any], rest: dict[str, Any], style: Style) -> None:
    node = {"in": place, "name": "grain", "required": place == "path", "schema": schema, **rest}
    assert parameter(node).style is style


@pytest.mark.parametrize(
    ("collection", "style"),
    [
        (None, Style.COMMA),
        ("csv", Style.COMMA),
        ("ssv", Style.SPACE),
        ("tsv", Style.TAB),
        ("pipes", Style.PIPE),
        ("multi", Style.SIMPLE),
    ],
)
def test_collection_format(collection: str | None, style: Style) -> None:
    node: dict[str, Any] = {"in": "query", "name": "grain", **ARRAY}
    if collection:
        node["collectionFormat"] = collection
    (found,) = swagger({"/loaves": {"get": {"parameters": [node], "responses": OK}}}).api.operations
    assert found.parameters[0].style is style
    assert found.parameters[0].type == Array(Scalar(ScalarKind.STRING))


@pytest.mark.parametrize(
    ("name", "schema", "rest", "style"),
    [
        ("filter[size]", OBJECT, {}, Style.DEEP),
        ("filter[size]", OBJECT, {"style": "form"}, Style.MEMBERS),
        ("filter[size]", ARRAY, {}, Style.SIMPLE),
        ("filter[size]", {"type": "array", "items": OBJECT}, {}, Style.DEEP),
        ("lines[]", {"type": "array", "items": OBJECT}, {}, Style.DEEP_REPEATED),
        ("lines[]", ARRAY, {}, Style.SIMPLE),
        ("lines", {"type": "array", "items": OBJECT}, {}, Style.SIMPLE),
    ],
)
def test_names_with_brackets(name: str, schema: dict[str, Any], rest: dict[str, Any], style: Style) -> None:
    assert parameter({"in": "query", "name": name, "schema": schema, **rest}).style is style
    if rest:
        return
    content = {"application/x-www-form-urlencoded": {"schema": {"properties": {name: schema}}}}
    form = body_of(content)
    assert isinstance(form, FormBody)
    assert dict(form.styles).get(name, Style.SIMPLE) is style


def test_parameter_by_content_is_json_text() -> None:
    node = {"in": "query", "name": "filter", "content": {"application/json": {"schema": OBJECT}}}
    assert parameter(node).style is Style.JSON


def test_a_parameter_of_the_operation_replaces_that_of_its_path() -> None:
    above = [
        {"in": "query", "name": "size", "schema": {"type": "string"}},
        {"$ref": "#/components/parameters/Page"},
    ]
    own = [{"in": "query", "name": "size", "schema": {"type": "integer"}, "required": True}]
    read = openapi(
        {"/loaves": {"parameters": above, "get": {"parameters": own, "responses": OK}}},
        components={"parameters": {"Page": {"in": "query", "name": "page", "schema": {"type": "integer"}}}},
    )
    (found,) = read.api.operations
    assert [(one.wire, one.required, one.type) for one in found.parameters] == [
        ("size", True, Scalar(ScalarKind.INTEGER)),
        ("page", False, Scalar(ScalarKind.INTEGER)),
    ]
    assert not read.problems


def test_path_parameters_stand_in_path_order_and_a_forgotten_one_is_made() -> None:
    nodes = [
        {"in": "query", "name": "page", "schema": {"type": "integer"}},
        {"in": "path", "name": "loaf", "required": True, "schema": {"type": "integer"}},
        {"in": "path", "name": "ghost", "required": True, "schema": {"type": "integer"}},
    ]
    read = openapi({"/shops/{shop}/loaves/{loaf}": {"get": {"parameters": nodes, "responses": OK}}})
    (found,) = read.api.operations
    assert [(one.location, one.wire) for one in found.parameters] == [
        (Location.PATH, "shop"),
        (Location.PATH, "loaf"),
        (Location.QUERY, "page"),
    ]
    assert codes(read) == ["parameter-not-in-path", "undescribed-path-parameter"]
    assert found.path == ("/shops/", Placeholder("shop"), "/loaves/", Placeholder("loaf"))


def test_headers_that_the_client_writes_are_no_arguments() -> None:
    nodes = [
        {"in": "header", "name": name, "schema": {"type": "string"}}
        for name in ("Accept", "content-type", "Authorization", "X-Trace")
    ]
    scheme = {"key": {"type": "http", "scheme": "bearer"}}
    signed = operation({"parameters": nodes}, security=[{"key": []}], components={"securitySchemes": scheme})
    assert [one.wire for one in signed.parameters] == ["X-Trace"]
    assert [one.wire for one in operation({"parameters": nodes}).parameters] == ["Authorization", "X-Trace"]


def test_a_default_is_told_and_never_sent() -> None:
    node = {
        "in": "query",
        "name": "size",
        "description": "How many",
        "schema": {"type": "integer", "default": 20},
    }
    found = parameter(node)
    assert found.default is None
    assert found.doc == "How many. Default: `20`."


def test_null_means_leaving_out() -> None:
    schema = {"type": ["string", "null"], "enum": ["rye", None]}
    assert parameter({"in": "query", "name": "grain", "schema": schema}).type == Enumeration(
        ("rye",), open=False
    )


@pytest.mark.parametrize(
    ("path", "template", "fixed"),
    [
        ("/a b/{id}", ("/a%20b/", Placeholder("id")), ()),
        ("loaves", ("/loaves",), ()),
        ("/loaves?kind=rye&x={y}&new", ("/loaves",), (FixedQuery("kind=rye", "x"), FixedQuery("new"))),
        ("/loaves#bake", ("/loaves",), ()),
        ("/{+rest}", ("/", Placeholder("rest")), ()),
        ("/{a}:{b}.json", ("/", Placeholder("a"), ":", Placeholder("b"), ".json"), ()),
    ],
)
def test_path(path: str, template: tuple[object, ...], fixed: tuple[FixedQuery, ...]) -> None:
    found = operation({}, path=path)
    assert found.path == template
    assert found.fixed_query == fixed


def body_of(content: dict[str, Any], version: str = "3.1.0", **rest: Any) -> Any:
    return operation({"requestBody": {"content": content, **rest}}, method="post", version=version).body


CLOSED = {"type": "object", "properties": {}, "additionalProperties": False}


@pytest.mark.parametrize(
    ("schema", "required", "is_sent"),
    [
        (CLOSED, False, False),
        (CLOSED, True, True),
        ({**CLOSED, "additionalProperties": {"type": "string"}}, False, True),
        ({"type": "object"}, False, True),
    ],
)
def test_a_form_that_can_hold_nothing_is_no_body(
    schema: dict[str, Any], required: bool, is_sent: bool
) -> None:
    found = body_of({"application/x-www-form-urlencoded": {"schema": schema}}, required=required)
    assert (found is not None) is is_sent


@pytest.mark.parametrize("method", ["get", "head", "delete", "post", "put"])
@pytest.mark.parametrize("media_type", ["application/x-www-form-urlencoded", "multipart/form-data"])
@pytest.mark.parametrize("schema", [{}, {"type": "object"}, {"$ref": "#/components/schemas/Nothing"}])
def test_a_form_without_fields_of_a_method_that_has_no_body(
    method: str, media_type: str, schema: dict[str, Any]
) -> None:
    nothing = {"type": "object", "properties": {}, "title": "Nothing", "description": "No fields."}
    node = {"requestBody": {"content": {media_type: {"schema": schema}}}, "responses": OK}
    read = openapi({"/a": {method: node}}, components={"schemas": {"Nothing": nothing}})
    has_body = method in ("post", "put")
    assert (read.api.operations[0].body is not None) is has_body
    assert codes(read) == (["form-without-fields"] if has_body else [])


@pytest.mark.parametrize(
    "schema", [{"type": "object", "properties": {"q": {}}}, {"additionalProperties": {"type": "string"}}]
)
def test_a_form_with_fields_of_a_get_is_its_body(schema: dict[str, Any]) -> None:
    content = {"application/x-www-form-urlencoded": {"schema": schema}}
    assert operation({"requestBody": {"content": content}}, method="get").body is not None


PICTURE = {"type": "string", "format": "binary"}
UPLOAD = {
    "type": "object",
    "properties": {"title": {"type": "string"}, "pictures": {"type": "array", "items": PICTURE}},
}


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        ({"application/json": UPLOAD, "application/x-www-form-urlencoded": UPLOAD, "multipart/form-data": UPLOAD}, ""),
        ({"application/json": OBJECT, "multipart/form-data": UPLOAD}, ""),
        ({"application/json": OBJECT, "multipart/form-data": OBJECT}, "application/json"),
        ({"multipart/form-data": OBJECT, "application/x-www-form-urlencoded": OBJECT}, ""),
        ({"application/json-patch+json": OBJECT, "application/merge-patch+json": OBJECT}, "application/merge-patch+json"),
        ({"application/json-patch+json": OBJECT, "text/plain": OBJECT}, "application/json-patch+json"),
    ],
)  # fmt: skip
def test_the_media_type_that_can_carry_the_body(content: dict[str, Any], media_type: str) -> None:
    body = body_of({kind: {"schema": schema} for kind, schema in content.items()})
    match body:
        case MultipartBody():
            assert media_type == ""
        case _:
            assert isinstance(body, JsonBody)
            assert body.media_type == media_type


@pytest.mark.parametrize(
    ("content", "offered", "others"),
    [
        ({"a/x.patch+json": OBJECT, "a/y.patch+json": OBJECT}, ("a/x.patch+json", "a/y.patch+json"), ()),
        ({"a/x.patch+json": OBJECT, "a/y.patch+json": {}}, (), ("a/y.patch+json",)),
        ({"application/json": OBJECT, "a/y.patch+json": OBJECT}, (), ("a/y.patch+json",)),
        (
            {"a/x.patch+json": OBJECT, "a/*+json": OBJECT, "text/plain": OBJECT},
            (),
            ("a/*+json", "text/plain"),
        ),
    ],
)
def test_kinds_of_one_body_are_the_choice_of_the_caller(
    content: dict[str, Any], offered: tuple[str, ...], others: tuple[str, ...]
) -> None:
    node = {kind: {"schema": schema} for kind, schema in content.items()}
    found = operation({"requestBody": {"content": node}}, method="patch")
    kinds = [one.type for one in found.parameters if one.wire == "Content-Type"]
    assert kinds == ([Enumeration(offered, open=False)] if offered else [])
    assert found.other_media_types == others


def test_kinds_of_one_body_in_swagger() -> None:
    body = {"in": "body", "name": "b", "schema": {"type": "object"}}
    node = {
        "consumes": [f"application/{kind}-patch+json" for kind in ("json", "merge")],
        "parameters": [body],
    }
    (found,) = swagger({"/loaves": {"patch": {**node, "responses": OK}}}).api.operations
    assert isinstance(found.body, JsonBody)
    assert found.body.media_type == "application/merge-patch+json"
    assert found.body.alternatives == ("application/json-patch+json",)
    assert isinstance(found.body.type, Union) and isinstance(found.body.type.members[1], Array)


def test_the_parts_that_hold_json() -> None:
    fields = {
        "text": {"type": "string"},
        "list": {"type": "array", "items": {"type": "string"}},
        "object": OBJECT,
        "file": PICTURE,
        "plain": {"type": "string"},
    }
    labels = {name: {"contentType": "application/json"} for name in fields if name != "plain"}
    body = body_of({"multipart/form-data": {"schema": {"properties": fields}, "encoding": labels}})
    assert isinstance(body, MultipartBody)
    assert [part.field.wire for part in body.parts if part.is_json] == ["text", "list"]


def test_a_json_object_is_taken_before_other_media_types() -> None:
    content = {kind: {"schema": OBJECT} for kind in ("application/xml", "application/json", "text/json")}
    found = operation({"requestBody": {"content": content}}, method="post")
    assert isinstance(found.body, JsonBody)
    assert found.body.media_type == "application/json"
    assert isinstance(found.body.type, Object)
    assert found.other_media_types == ("application/xml", "text/json")


def test_a_body_with_required_fields_is_required_unless_the_document_says_no() -> None:
    content = {"application/json": {"schema": {**OBJECT, "required": ["rye"]}}}
    assert body_of(content).required
    assert not body_of(content, required=False).required
    assert not body_of({"application/json": {"schema": OBJECT}}).required


def test_a_body_that_is_a_named_object_keeps_its_name() -> None:
    """The plan spreads it; what lies in it belongs to the named object."""
    read = openapi(
        {"/loaves": {"post": {"requestBody": {"$ref": "#/components/requestBodies/Loaf"}, "responses": OK}}},
        components={
            "requestBodies": {
                "Loaf": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Loaf"}}}}
            },
            "schemas": {"Loaf": OBJECT},
        },
    )
    body = read.api.operations[0].body
    assert isinstance(body, JsonBody) and body.type == Reference("Loaf")
    assert [field.wire for field in read.api.schemas["Loaf"].type.fields] == ["rye", "wheat"]


def test_multipart_parts() -> None:
    schema = {
        "type": "object",
        "required": ["photo"],
        "properties": {
            "photo": {"type": "string", "format": "binary"},
            "more": {"type": "array", "items": {"type": "string", "format": "binary"}},
            "meta": OBJECT,
        },
    }
    encoding = {
        "meta": {"contentType": "application/vnd.loaf+json"},
        "photo": {"contentType": "image/png, image/jpeg"},
    }
    body = body_of({"multipart/form-data": {"schema": schema, "encoding": encoding}}, version="3.0.3")
    assert isinstance(body, MultipartBody)
    assert [(part.field.wire, part.is_file, part.content_type) for part in body.parts] == [
        ("photo", True, ""),
        ("more", True, ""),
        ("meta", False, "application/vnd.loaf+json"),
    ]


def test_form_styles() -> None:
    schema = {"type": "object", "properties": {"grains": ARRAY, "where": OBJECT, "name": {"type": "string"}}}
    encoding = {"grains": {"explode": False}, "where": {"style": "deepObject", "explode": True}}
    body = body_of({"application/x-www-form-urlencoded": {"schema": schema, "encoding": encoding}})
    assert isinstance(body, FormBody)
    assert dict(body.styles) == {"grains": Style.COMMA, "where": Style.DEEP}


@pytest.mark.parametrize(
    ("media_type", "schema", "is_text", "sent"),
    [
        ("application/xml", OBJECT, True, "application/xml"),
        ("text/csv", {"type": "string"}, True, "text/csv"),
        ("application/octet-stream", {}, False, "application/octet-stream"),
        ("image/*", {"type": "string", "format": "binary"}, False, ""),
        ("*/*", {"type": "string", "format": "binary"}, False, ""),
        ("application/x-ndjson", {"type": "string"}, True, "application/x-ndjson"),
    ],
)
def test_bodies_that_the_caller_writes(
    media_type: str, schema: dict[str, Any], is_text: bool, sent: str
) -> None:
    body = body_of({media_type: {"schema": schema}}, version="3.0.3")
    assert isinstance(body, BinaryBody)
    assert (body.is_text, body.media_type) == (is_text, sent)


def test_swagger_bodies() -> None:
    whole = [{"in": "body", "name": "loaf", "required": True, "schema": {**OBJECT, "required": ["rye"]}}]
    form = [
        {"in": "formData", "name": "name", "type": "string", "required": True},
        {"in": "formData", "name": "grains", "collectionFormat": "csv", **ARRAY},
    ]
    file = [*form, {"in": "formData", "name": "photo", "type": "file"}]
    read = swagger(
        {
            "/a": {"post": {"parameters": whole, "responses": OK}},
            "/b": {"post": {"parameters": form, "responses": OK}},
            "/c": {"post": {"parameters": file, "responses": OK}},
        }
    )
    json_body, form_body, multipart = (one.body for one in read.api.operations)
    assert isinstance(json_body, JsonBody) and json_body.required
    assert isinstance(form_body, FormBody) and dict(form_body.styles) == {"grains": Style.COMMA}
    assert isinstance(multipart, MultipartBody) and [part.is_file for part in multipart.parts] == [
        False,
        False,
        True,
    ]


def test_answers() -> None:
    found = operation(
        {
            "responses": {
                "200": {
                    "description": "A loaf.",
                    "headers": {"X-Left": {"schema": {"type": "integer"}, "description": "Loaves left."}},
                    "content": {
                        "application/xml": {"schema": OBJECT},
                        "application/json": {"schema": OBJECT},
                    },
                },
                "204": {"description": "None left."},
                "404": {"description": "No such loaf."},
                "4XX": {"description": "Wrong."},
                "default": {"description": "Something else."},
            }
        }
    )
    assert [answer.status for answer in found.responses] == [200, 204, 404]
    first = found.responses[0]
    assert isinstance(first.type, Object)
    assert [(header.wire, header.doc) for header in first.headers] == [("X-Left", "Loaves left.")]
    assert [(case.status, case.text) for case in found.errors] == [
        (404, "No such loaf."),
        (StatusRange.CLIENT, "Wrong."),
        (StatusRange.ANY, "Something else."),
    ]


def test_default_is_the_answer_where_no_success_is_documented() -> None:
    content = {"application/json": {"schema": {"type": "integer"}}}
    found = operation({"responses": {"default": {"description": "A count.", "content": content}}})
    assert [(answer.status, answer.type) for answer in found.responses] == [
        (None, Scalar(ScalarKind.INTEGER))
    ]
    assert not found.errors


def test_a_range_of_successes_is_what_a_call_returns() -> None:
    content = {"application/json": {"schema": {"type": "integer"}}}
    found = operation(
        {
            "responses": {
                "2XX": {"description": "A count.", "content": content},
                "default": {"description": "No."},
            }
        }
    )
    assert [(answer.status, answer.type) for answer in found.responses] == [
        (None, Scalar(ScalarKind.INTEGER))
    ]
    assert [case.status for case in found.errors] == [StatusRange.ANY]


def test_error_codes_come_from_examples() -> None:
    examples = {
        "gone": {"value": {"code": "loaf_gone", "message": "The loaf is gone."}},
        "late": {"value": {"code": "too_late", "message": "We are closed."}},
    }
    answers = {**OK, "409": {"description": "No.", "content": {"application/json": {"examples": examples}}}}
    assert [(case.code, case.text) for case in operation({"responses": answers}).errors] == [
        ("loaf_gone", "The loaf is gone."),
        ("too_late", "We are closed."),
    ]


def test_the_documented_example_is_kept_where_its_schema_accepts_it() -> None:
    def saved(example: object) -> list[object]:
        content = {"application/json": {"schema": {**OBJECT, "required": ["wheat"]}, "example": example}}
        answer = operation({"responses": {"200": {"description": "A loaf.", "content": content}}}).responses[
            0
        ]
        return [one.json for one in answer.examples]

    assert saved({"wheat": 3}) == [{"wheat": 3}]
    assert saved({"wheat": "three"}) != [{"wheat": "three"}]
    assert saved('{"wheat": 3}') == [{"wheat": 3}]


def test_tags_and_paths_are_resources() -> None:
    assert operation({"tags": ["Daily Loaves", "Other"]}).resource == ("Daily Loaves",)
    assert operation({}, path="/api/v2/loaves/{id}").resource == ("loaves",)
    assert operation({}, path="/").resource == ()
    assert operation({}, path="/{id}").resource == ()


def test_summary_of_an_operation_without_one() -> None:
    found = operation({"description": "Bakes a loaf. It takes an hour.\n\nUse an oven."})
    assert (found.summary, found.description) == ("Bakes a loaf.", "It takes an hour.\n\nUse an oven.")


def test_servers() -> None:
    servers = [
        {
            "url": "https://{shop}.example.com/{stage}/",
            "variables": {"stage": {"default": "v1", "enum": ["v1", "v2"]}},
        },
        {"url": "http://test.example.com", "description": "Test"},
    ]
    read = openapi(
        {
            "/loaves": {"get": {"responses": OK, "servers": [{"url": "https://files.example.com"}]}},
            "/rolls": {
                "get": {"responses": OK},
                "servers": [{"url": "https://rolls.example.com/{v}", "variables": {"v": {"default": "2"}}}],
            },
            "/buns": {"get": {"responses": OK}},
        },
        servers=servers,
    )
    assert read.api.server is not None
    assert read.api.server.template == (
        "https://",
        Placeholder("shop"),
        ".example.com/",
        Placeholder("stage"),
    )
    assert [(one.wire, one.default) for one in read.api.settings] == [("shop", None), ("stage", "v1")]
    assert [server.template for server in read.api.other_servers] == [("http://test.example.com",)]
    assert [one.server and one.server.template for one in read.api.operations] == [
        ("https://files.example.com",),
        ("https://rolls.example.com/2",),
        None,
    ]


def test_a_relative_server_is_told_of() -> None:
    read = openapi({"/loaves": {"get": {"responses": OK}}}, servers=[{"url": "/api/v3"}])
    assert read.api.server is None
    assert [server.template for server in read.api.other_servers] == [("/api/v3",)]


@pytest.mark.parametrize(
    ("root", "template"),
    [
        ({"host": "a.example", "basePath": "/v1/", "schemes": ["http", "https"]}, ("https://a.example/v1",)),
        ({"host": "a.example:8080", "basePath": "/", "schemes": ["http"]}, ("http://a.example:8080",)),
        ({"host": "a.example"}, ("https://a.example",)),
    ],
)
def test_swagger_servers(root: dict[str, Any], template: tuple[str, ...]) -> None:
    server = swagger({"/loaves": {"get": {"responses": OK}}}, **root).api.server
    assert server is not None and server.template == template


def test_security() -> None:
    schemes: dict[str, Any] = {
        "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
        "crumb": {"type": "apiKey", "in": "cookie", "name": "crumb"},
        "basic": {"type": "http", "scheme": "Basic"},
        "digest": {"type": "http", "scheme": "digest"},
        "token": {"type": "http", "scheme": "bearer"},
        "oauth": {"type": "oauth2", "flows": {}},
        "oidc": {"type": "openIdConnect", "openIdConnectUrl": "https://example.com"},
        "tls": {"type": "mutualTLS"},
        "hawk": {"type": "http", "scheme": "hawk"},
    }
    read = openapi(
        {
            "/a": {"get": {"responses": OK}},
            "/b": {"get": {"responses": OK, "security": []}},
            "/c": {"get": {"responses": OK, "security": [{}, {"key": [], "crumb": []}, {"oauth": ["read"]}]}},
            "/d": {"get": {"responses": OK, "security": [{"nothing": []}]}},
        },
        components={"securitySchemes": schemes},
        security=[{"token": []}],
    )
    assert [type(scheme).__name__ for scheme in read.api.security_schemes] == [
        "ApiKey",
        "ApiKey",
        "Basic",
        "Digest",
        "Bearer",
        "Bearer",
        "Bearer",
        "MutualTls",
        "UnsupportedScheme",
    ]
    assert [one.security for one in read.api.operations] == [
        (("token",),),
        (),
        (("key", "crumb"), ("oauth",)),
        (),
    ]
    assert codes(read) == ["unknown-security-scheme"]


def test_schemes_that_nothing_requires_are_offered_everywhere() -> None:
    schemes = {
        "key": {"type": "apiKey", "in": "query", "name": "key"},
        "token": {"type": "http", "scheme": "bearer"},
    }
    read = openapi({"/a": {"get": {"responses": OK}}}, components={"securitySchemes": schemes})
    assert read.api.operations[0].security == (("key",), ("token",))
    assert codes(read) == ["security-not-applied"]


@pytest.mark.parametrize(
    ("root", "message"),
    [
        ({"openapi": "3.1.0"}, "no `paths`"),
        ({"openapi": "3.1.0", "paths": []}, "`paths` is no object"),
        ({"openapi": "3.1.0", "paths": {}}, "no operation"),
        ({"openapi": "3.1.0", "paths": {"/a": {"$ref": "#/nowhere"}}}, "carries the operations of a path"),
        ({"openapi": "3.1.0", "webhooks": {}}, "webhooks"),
        ({"swagger": "1.2", "paths": {}}, "Swagger 1.x"),
    ],
)
def test_documents_of_which_nothing_can_be_made(root: dict[str, Any], message: str) -> None:
    from pillarbox.model.problems import Origin
    from pillarbox.readers.openapi.document import read_openapi

    with pytest.raises(SpecError, match=message):
        read_openapi(root, Origin("bakery.yaml"))


def test_small_faults_are_problems() -> None:
    read = openapi(
        {
            "/a": {"get": {"operationId": "bake", "responses": {"okay": {}, "200": {"$ref": "#/nowhere"}}}},
            "/b": {"get": {"operationId": "bake", "parameters": [{"name": "x"}, "y"]}, "post": "nothing"},
        },
        version="4.0.0",
    )
    assert len(read.api.operations) == 2
    assert set(codes(read)) >= {
        "unknown-version",
        "unknown-status",
        "unusable-parameter",
        "not-an-operation",
        "duplicate-operation-id",
    }


def test_unions_of_scalars_stay_unions() -> None:
    schema = {"oneOf": [{"type": "string"}, {"type": "integer"}]}
    found = parameter({"in": "query", "name": "size", "schema": schema})
    assert found.type == Union((Scalar(ScalarKind.STRING), Scalar(ScalarKind.INTEGER)))


def test_made_examples_show_what_the_fields_show() -> None:
    properties = {
        "name": {"type": "string", "examples": ["Rye"]},
        "weight": {"type": "integer", "example": "heavy"},
        "token": {"type": "string", "example": "s3cr3t-4711-aa"},
        "kind": {"$ref": "#/components/schemas/Kind", "description": "What it is."},
    }
    content = {
        "application/json": {
            "schema": {"type": "object", "properties": properties, "required": list(properties)}
        }
    }
    read = openapi(
        {"/loaves": {"get": {"responses": {"200": {"description": "A loaf.", "content": content}}}}},
        components={"schemas": {"Kind": {"type": "string", "example": "sourdough"}}},
    )
    (example,) = read.api.operations[0].responses[0].examples
    assert example.json == {"name": "Rye", "weight": 1, "token": "example-token", "kind": "sourdough"}
