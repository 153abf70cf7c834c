"""Headers, auth and bodies of a request."""

import json
from typing import Any

import pytest

from pillarbox.model.api import (
    BinaryBody,
    FixedHeader,
    FormBody,
    GraphQLBody,
    JsonBody,
    Location,
    MultipartBody,
    Placeholder,
    TextBody,
    TextSyntax,
)
from pillarbox.model.security import ApiKey, Basic, Bearer, KeyLocation, SecurityScheme, UnsupportedScheme
from pillarbox.model.types import Anything, Array, Map, Object, Scalar, ScalarKind

from ..conftest import ReadCollection, ReadRequest

URL = "https://a.example/x"
STRING, INTEGER = Scalar(ScalarKind.STRING), Scalar(ScalarKind.INTEGER)


# -- headers --------------------------------------------------------------------------------------


def test_fixed_and_variable_headers(read_request: ReadRequest) -> None:
    headers = [
        {"key": "Accept", "value": "application/json"},
        {"key": "X-Fixed", "value": "yes", "description": "Words."},
        {"key": "X-Number", "value": 5},
        {"key": "X-Placeholder", "value": "{{trace}}"},
        {"key": "X-Stamp", "value": "{{$timestamp}}"},
        {"key": "X-Empty", "value": ""},
        {"key": "X-Off", "value": "1", "disabled": True},
        {"key": "X-Type", "value": "<integer>", "description": "(Required) How many."},
        {"key": "", "value": "nothing"},
        {
            "key": "Authorization",
            "value": "<token>",
            "description": "Added as a part of security scheme: oauth2",
        },
    ]
    operation = read_request({"url": URL, "header": headers})
    assert operation.headers == (
        FixedHeader("Accept", "application/json"),
        FixedHeader("X-Fixed", "yes"),
        FixedHeader("X-Number", "5"),
    )
    found = {parameter.wire: parameter for parameter in operation.parameters}
    assert list(found) == ["X-Placeholder", "X-Stamp", "X-Empty", "X-Off", "X-Type"]
    assert {parameter.location for parameter in found.values()} == {Location.HEADER}
    assert [name for name, parameter in found.items() if not parameter.enabled] == ["X-Empty", "X-Off"]
    assert [name for name, parameter in found.items() if parameter.required] == ["X-Type"]
    assert (found["X-Type"].type, found["X-Type"].doc, found["X-Stamp"].type) == (
        INTEGER,
        "How many.",
        STRING,
    )
    assert operation.security == ()


def test_headers_as_text(read_request: ReadRequest) -> None:
    operation = read_request({"url": URL, "header": "X-A: 1:2\r\nbroken\n X-B :\tb \n"})
    assert operation.headers == (FixedHeader("X-A", "1:2"), FixedHeader("X-B", "b"))


def test_spellings_of_one_header(read_request: ReadRequest) -> None:
    headers = [
        {"key": key, "value": value}
        for key, value in (("X-A", "1"), ("x-a", "2"), ("X-A", "3"), ("B", "1"), ("B", "2"))
    ]
    headers += [{"key": "Cookie", "value": "a=1"}, {"key": "Cookie", "value": "b=2"}]
    assert read_request({"url": URL, "header": headers}).headers == (
        FixedHeader("x-a", "2"),
        FixedHeader("B", "1"),
        FixedHeader("B", "2"),
        FixedHeader("Cookie", "a=1; b=2"),
    )


def test_headers_of_the_connection_are_left_out_and_said(read_collection: ReadCollection) -> None:
    names = ["Host", "Content-Length", "Connection", "Transfer-Encoding"]
    headers = [{"key": name, "value": "1"} for name in names]
    found = read_collection({"name": "r", "request": {"url": URL, "header": headers}})
    assert found.api.operations[0].headers == ()
    assert [problem.code for problem in found.problems] == ["header-left-out"] * 4
    assert found.problems[2].origin.pointer == "/item/0/request/header/2"


def test_described_headers_of_a_converted_collection_are_parameters(read_collection: ReadCollection) -> None:
    request = {
        "url": {"host": ["{{baseUrl}}"], "path": [":id"], "variable": [{"key": "id", "value": "<string>"}]},
        "header": [
            {"key": "Accept-Language", "value": "en", "description": {"content": "Words."}},
            {"key": "Accept", "value": "a/b"},
        ],
    }
    operation = read_collection({"name": "r", "request": request}).api.operations[0]
    assert operation.headers == (FixedHeader("Accept", "a/b"),)
    assert [parameter.wire for parameter in operation.parameters] == ["id", "Accept-Language"]


# -- auth -----------------------------------------------------------------------------------------


def _pairs(**values: str) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in values.items()]


@pytest.mark.parametrize(
    ("auth", "expected"),
    [
        ({"type": "bearer", "bearer": _pairs(token="x")}, Bearer),
        ({"type": "bearer", "bearer": {"token": "x"}}, Bearer),
        ({"type": "bearer"}, Bearer),
        ({"type": "basic", "basic": _pairs(username="u", password="p")}, Basic),
        ({"type": "basic", "basic": {"username": "u"}}, Basic),
        ({"type": "oauth2"}, Bearer),
        ({"type": "apikey", "apikey": _pairs(key="X-Key", value="v")}, ApiKey),
        ({"type": "apikey", "apikey": {"key": "k", "value": "v", "in": "query"}}, ApiKey),
        ({"type": "hawk", "hawk": []}, UnsupportedScheme),
        ({"type": "noauth"}, None),
        ({"type": "apikey", "apikey": _pairs(value="v")}, None),
        ({"type": "weird"}, None),
        (None, None),
        ("bearer", None),
        ({"type": 3}, None),
    ],
)
def test_auth_kinds(
    read_collection: ReadCollection, auth: Any, expected: type[SecurityScheme] | None
) -> None:
    found = read_collection({"name": "r", "request": {"url": URL, "auth": auth}})
    schemes = found.api.security_schemes
    assert [type(scheme) for scheme in schemes] == ([] if expected is None else [expected])
    assert found.api.operations[0].security == tuple((scheme.key,) for scheme in schemes)


def test_keys_credentials_and_places(read_collection: ReadCollection) -> None:
    def item(auth: Any) -> Any:
        return {"name": "r", "request": {"url": URL, "auth": auth}}

    found = read_collection(
        item({"type": "oauth2", "oauth2": _pairs(accessTokenUrl="https://a/t", scope="read")}),
        item({"type": "oauth2", "oauth2": _pairs(headerPrefix="Zoho ")}),
        item({"type": "oauth2", "oauth2": _pairs(addTokenTo="queryParams")}),
        item({"type": "bearer", "bearer": _pairs(token="x")}),
        item({"type": "apikey", "apikey": _pairs(key="X-Key", value="v")}),
        item({"type": "apikey", "apikey": _pairs(key="x-key", value="w")}),
        item({"type": "apikey", "apikey": _pairs(key="k", value="v", **{"in": "query"})}),
        item({"type": "apikey", "apikey": _pairs(key="K", value="v")}),
    )
    schemes = {scheme.key: scheme for scheme in found.api.security_schemes}
    assert list(schemes) == [
        "oauth2",
        "oauth2_zoho",
        "oauth2_query",
        "bearer",
        "api_key",
        "api_key_k",
        "api_key_header_k",
    ]
    oauth2, zoho, bearer = schemes["oauth2"], schemes["oauth2_zoho"], schemes["bearer"]
    assert isinstance(oauth2, Bearer)
    assert isinstance(zoho, Bearer)
    assert isinstance(bearer, Bearer)
    assert (oauth2.credential, oauth2.doc) == ("access_token", "Token URL: https://a/t\nScopes: read")
    assert (zoho.prefix, bearer.credential) == ("Zoho", "token")
    query = schemes["oauth2_query"]
    assert isinstance(query, ApiKey)
    assert (query.wire, query.location) == ("access_token", KeyLocation.QUERY)


def test_auth_is_inherited(read_collection: ReadCollection) -> None:
    bearer, basic = {"type": "bearer"}, {"type": "basic"}

    def item(**auth: Any) -> Any:
        return {"name": "r", "request": {"url": URL, **auth}}

    found = read_collection(
        item(),
        item(auth=None),
        item(auth={"type": "noauth"}),
        {"name": "f", "auth": basic, "item": [item(), {"name": "g", "item": [item(), item(auth=bearer)]}]},
        {"name": "h", "auth": {"type": "noauth"}, "item": [item()]},
        auth=bearer,
    )
    keys = [operation.security for operation in found.api.operations]
    assert keys == [(("bearer",),), (("bearer",),), (), (("basic",),), (("basic",),), (("bearer",),), ()]


@pytest.mark.parametrize(
    ("value", "kind", "key"),
    [
        ("Bearer {{token}}", Bearer, "bearer"),
        ("bearer <token>", Bearer, "bearer"),
        ("Basic {{secret}}", Bearer, "basic_credentials"),
        ("Basic dXNlcjpwYXNz", Basic, "basic"),
        ("Token {{t}}", Bearer, "bearer_token"),
        ("{{token}}", ApiKey, "api_key"),
        ('Digest username="a", realm="b"', UnsupportedScheme, "digest"),
        ('OAuth oauth_token="a"', UnsupportedScheme, "oauth1"),
        ("Custom a b", ApiKey, "api_key"),
    ],
)
def test_authorization_by_hand(read_collection: ReadCollection, value: str, kind: type, key: str) -> None:
    header = [{"key": "authorization", "value": value}]
    found = read_collection({"name": "r", "request": {"url": URL, "header": header}})
    (scheme,) = found.api.security_schemes
    assert (type(scheme), scheme.key) == (kind, key)
    operation = found.api.operations[0]
    assert (operation.security, operation.headers, operation.parameters) == (((key,),), (), ())


@pytest.mark.parametrize(
    ("auth", "expected"),
    [
        ({"type": "bearer", "bearer": _pairs(token="x")}, (("bearer",),)),
        ({"type": "bearer", "bearer": _pairs(token="")}, (("basic_credentials",),)),
        ({"type": "oauth2", "oauth2": []}, (("basic_credentials",),)),
        ({"type": "noauth"}, (("basic_credentials",),)),
        ({"type": "apikey", "apikey": _pairs(key="X-K", value="v")}, (("api_key", "basic_credentials"),)),
    ],
)
def test_a_block_that_signs_beats_a_header_by_hand(
    read_collection: ReadCollection, auth: Any, expected: tuple[tuple[str, ...], ...]
) -> None:
    header = [{"key": "Authorization", "value": "Basic {{x}}"}]
    found = read_collection({"name": "r", "request": {"url": URL, "header": header, "auth": auth}})
    assert found.api.operations[0].security == expected


def test_a_key_replaces_what_stands_in_its_place(read_request: ReadRequest) -> None:
    auth = {"type": "apikey", "apikey": _pairs(key="k", value="v", **{"in": "query"})}
    operation = read_request({"url": f"{URL}?k=old&z=1", "auth": auth})
    assert [parameter.wire for parameter in operation.parameters] == ["z"]


# -- bodies ---------------------------------------------------------------------------------------


def _raw(text: Any, language: str = "json") -> dict[str, Any]:
    return {"mode": "raw", "raw": text, "options": {"raw": {"language": language}}}


@pytest.mark.parametrize(
    ("method", "body", "pruning"),
    [
        ("GET", _raw("{}"), None),
        ("HEAD", _raw("{}"), None),
        ("COPY", _raw("{}"), None),
        ("POST", {}, None),
        ("POST", None, None),
        ("POST", {"raw": "{}"}, None),
        ("POST", _raw(""), None),
        ("POST", {**_raw("{}"), "disabled": True}, None),
        ("POST", {"mode": "urlencoded", "urlencoded": []}, None),
        ("POST", {"mode": "formdata", "formdata": None}, None),
        ("GET", {}, True),
        ("GET", _raw(""), True),
        ("POST", 5, None),
    ],
)
def test_no_body(read_collection: ReadCollection, method: str, body: Any, pruning: bool | None) -> None:
    behaviour = {} if pruning is None else {"disableBodyPruning": pruning}
    item = {
        "name": "r",
        "request": {
            "url": URL,
            "method": method,
            "body": body,
            "header": [{"key": "Content-Type", "value": "a/b"}],
        },
        "protocolProfileBehavior": behaviour,
    }
    operation = read_collection(item).api.operations[0]
    assert operation.body is None
    assert operation.headers == (FixedHeader("Content-Type", "a/b"),)


@pytest.mark.parametrize("where", ["item", "folder", "collection"])
def test_pruning_is_switched_off_at_any_level(read_collection: ReadCollection, where: str) -> None:
    off = {"protocolProfileBehavior": {"disableBodyPruning": True}}

    def at(level: str) -> dict[str, Any]:
        return off if where == level else {}

    item = {"name": "r", "request": {"url": URL, "body": _raw("{}")}, **at("item")}
    found = read_collection({"name": "f", "item": [item], **at("folder")}, **at("collection"))
    assert isinstance(found.api.operations[0].body, JsonBody)


@pytest.mark.parametrize(
    ("body", "header", "media_type"),
    [
        (_raw('{"a": 1}'), None, "application/json"),
        (_raw('{"a": 1}', ""), None, "text/plain"),
        (
            _raw('{"a": 1}', ""),
            "application/vnd.api+json; charset=utf-8",
            "application/vnd.api+json; charset=utf-8",
        ),
        (_raw('{"a": 1 // c\n}', ""), "application/json", "application/json"),
        (_raw('{"a": /* "x" */ 1}'), None, "application/json"),
        (_raw({"a": 1}), None, "application/json"),
    ],
)
def test_json_bodies(read_request: ReadRequest, body: Any, header: str | None, media_type: str) -> None:
    headers = [] if header is None else [{"key": "content-type", "value": header}]
    operation = read_request({"url": URL, "method": "POST", "body": body, "header": headers})
    found = operation.body
    assert isinstance(found, JsonBody)
    assert isinstance(found.type, Object)
    assert [(field.wire, field.type, field.required) for field in found.type.fields] == [
        ("a", INTEGER, False)
    ]
    assert (found.media_type, operation.headers) == (media_type, ())
    assert found.example is not None
    assert found.example.value == {"a": 1}


def test_placeholders_of_json(read_request: ReadRequest) -> None:
    raw = (
        '{"s": "{{s}}", "n": {{n}}, "known": {{known}}, "mixed": "a{{known}}b", "now": {{$timestamp}}, '
        '"version": {{cart-version}}, "kind": "<dateTime>", "url": "http://x//{{s}}", "o": {"deep": "<integer>"}}'
    )
    body = read_request(
        {"url": URL, "method": "POST", "body": _raw(raw)}, variable=[{"key": "known", "value": "7"}]
    ).body
    assert isinstance(body, JsonBody)
    assert isinstance(body.type, Object)
    types = {field.wire: field.type for field in body.type.fields}
    assert isinstance(types.pop("n"), Anything)
    nested = types.pop("o")
    assert isinstance(nested, Object)
    assert nested.fields[0].type == INTEGER
    assert types == {
        "s": STRING,
        "known": INTEGER,
        "mixed": STRING,
        "now": INTEGER,
        "version": INTEGER,
        "kind": Scalar(ScalarKind.DATETIME),
        "url": STRING,
    }
    assert body.example is not None
    assert isinstance(body.example.value, dict)
    assert (body.example.value["known"], body.example.value["mixed"]) == (7, "a7b")
    assert body.example.as_written == raw


@pytest.mark.parametrize(
    ("raw", "kind", "required"),
    [
        ("{{whole}}", Anything, True),
        ("[1, 2]", Array(INTEGER), True),
        ('"text"', STRING, True),
        ("{}", Map, True),
        ("12", INTEGER, True),
    ],
)
def test_json_that_is_no_object_is_one_argument(
    read_request: ReadRequest, raw: str, kind: Any, required: bool
) -> None:
    body = read_request({"url": URL, "method": "POST", "body": _raw(raw)}).body
    assert isinstance(body, JsonBody)
    assert body.required is required
    assert body.type == kind or isinstance(body.type, kind)


def test_bodies_of_saved_requests_are_more_samples(read_request: ReadRequest) -> None:
    saved = [{"code": 200, "originalRequest": {"body": _raw('{"a": 2.5, "b": "x"}')}}]
    body = read_request({"url": URL, "method": "PUT", "body": _raw('{"a": 1}')}, response=saved).body
    assert isinstance(body, JsonBody)
    assert isinstance(body.type, Object)
    assert [(field.wire, field.type, field.required) for field in body.type.fields] == [
        ("a", Scalar(ScalarKind.NUMBER), False),
        ("b", STRING, False),
    ]
    assert body.example is not None
    assert body.example.value == {"a": 1}


@pytest.mark.parametrize(
    ("raw", "language", "syntax", "media_type", "placeholders"),
    [
        ("<a b='{{x}}'>{{y}}{{x}}</a>", "xml", TextSyntax.XML, "application/xml", ["x", "y"]),
        ("<a/>", "", TextSyntax.XML, "text/plain", []),
        ('{"a": 1, }', "json", TextSyntax.JSON, "application/json", []),
        ('{"a": {{x}} {{y}}}', "json", TextSyntax.JSON, "application/json", ["x", "y"]),
        ('{"a": <userId>, }', "json", TextSyntax.JSON, "application/json", ["<userId>"]),
        ("{{x}} words", "text", TextSyntax.PLAIN, "text/plain", ["x"]),
        ("{{whole}}", "text", TextSyntax.PLAIN, "text/plain", ["whole"]),
        ("  ", "text", TextSyntax.PLAIN, "text/plain", []),
        ("[" * 200 + "]" * 200, "json", TextSyntax.JSON, "application/json", []),
    ],
)
def test_other_text_stays_a_template(
    read_request: ReadRequest,
    raw: str,
    language: str,
    syntax: TextSyntax,
    media_type: str,
    placeholders: list[str],
) -> None:
    body = read_request({"url": URL, "method": "POST", "body": _raw(raw, language)}).body
    assert isinstance(body, TextBody)
    assert (body.syntax, body.media_type) == (syntax, media_type)
    assert [field.wire for field in body.placeholders] == placeholders
    assert (
        list(dict.fromkeys(piece.wire for piece in body.template if isinstance(piece, Placeholder)))
        == placeholders
    )


def test_a_body_as_a_bare_string(read_request: ReadRequest) -> None:
    body = read_request({"url": URL, "method": "POST", "body": "just\r\ntext"}).body
    assert isinstance(body, TextBody)
    assert body.template == ("just\r\ntext",)


def test_forms(read_request: ReadRequest) -> None:
    entries = [
        {"key": "a", "value": "<string>", "description": "(Required) Words. (This can only be one of x,y)"},
        {"key": "many", "value": "1"},
        {"key": "off", "value": "z", "disabled": True},
        {"key": "many", "value": "2"},
        {"key": "none", "value": None},
        {"key": "", "value": "x"},
        {"key": "", "value": "y", "disabled": True},
    ]
    body = read_request(
        {"url": URL, "method": "POST", "body": {"mode": "urlencoded", "urlencoded": entries}}
    ).body
    assert isinstance(body, FormBody)
    fields = {field.wire: field for field in body.fields}
    assert list(fields) == ["a", "many", "off", "none", ""]
    assert (fields["a"].required, fields["a"].doc, fields["many"].type) == (True, "Words.", Array(INTEGER))
    assert body.enabled == frozenset(("a", "many", "none", ""))
    assert body.example is not None
    assert body.example.value == {"a": "x", "many": [1, 2], "off": "z", "none": "example", "": "x"}


@pytest.mark.parametrize(
    ("body", "header", "fields"),
    [
        ({"mode": "urlencoded", "urlencoded": "a=1&b=x"}, None, ["a", "b"]),
        (_raw("grant_type=client_credentials", ""), "application/x-www-form-urlencoded", ["grant_type"]),
        (_raw("a=b c", ""), "application/x-www-form-urlencoded", None),
    ],
)
def test_forms_as_text(
    read_request: ReadRequest, body: Any, header: str | None, fields: list[str] | None
) -> None:
    headers = [] if header is None else [{"key": "Content-Type", "value": header}]
    found = read_request({"url": URL, "method": "POST", "body": body, "header": headers}).body
    if fields is None:
        assert isinstance(found, TextBody)
    else:
        assert isinstance(found, FormBody)
        assert [field.wire for field in found.fields] == fields


def test_multipart(read_request: ReadRequest) -> None:
    entries = [
        {"key": "note", "value": "hi", "type": "text", "contentType": "text/markdown"},
        {"key": "file", "type": "file", "src": "/etc/../home/ann/cat.png", "description": "A picture."},
        {"key": "files", "type": "file", "src": ["C:\\x\\a.txt", "b.txt"]},
        {"key": "gone", "type": "file", "src": None, "disabled": True},
        {"key": "data", "value": {"a": 1}},
    ]
    body = read_request(
        {"url": URL, "method": "POST", "body": {"mode": "formdata", "formdata": entries}}
    ).body
    assert isinstance(body, MultipartBody)
    parts = {part.field.wire: part for part in body.parts}
    assert parts["note"].content_type == "text/markdown"
    binary = Scalar(ScalarKind.BINARY)
    file = parts["file"]
    assert (file.is_file, file.file_name, file.field.type, file.field.required) == (
        True,
        "cat.png",
        binary,
        True,
    )
    assert (parts["files"].field.type, parts["files"].file_name) == (Array(binary), "a.txt")
    assert parts["gone"].field.required is False
    assert body.example is not None
    assert body.example.value == {"note": "hi", "file": None, "files": None, "gone": None, "data": '{"a":1}'}
    assert body.enabled == frozenset(("note", "file", "files", "data"))


def test_files(read_request: ReadRequest) -> None:
    body = read_request(
        {"url": URL, "method": "POST", "body": {"mode": "file", "file": {"src": "/etc/passwd"}}}
    ).body
    assert isinstance(body, BinaryBody)
    assert (body.media_type, body.required) == ("", True)
    assert "passwd" not in repr(body)


@pytest.mark.parametrize("written", ['{"a": {{n}}, "b": "x" // c\n}', {"a": 5, "b": "x"}])
def test_graphql(read_request: ReadRequest, written: Any) -> None:
    graphql = {"query": "query Q($a: Int) { x }", "operationName": "Q", "variables": written}
    body = read_request(
        {"url": URL, "method": "POST", "body": {"mode": "graphql", "graphql": graphql}},
        variable=[{"key": "n", "value": "5"}],
    ).body
    assert isinstance(body, GraphQLBody)
    assert (body.query, body.operation_name) == ("query Q($a: Int) { x }", "Q")
    assert [(field.wire, field.type) for field in body.variables] == [("a", INTEGER), ("b", STRING)]
    assert body.example is not None
    assert body.example.value == {"a": 5, "b": "x"}


def test_graphql_with_a_placeholder_in_its_query_is_a_template(read_request: ReadRequest) -> None:
    graphql = {"query": 'query { x(last: {{n}}) { "y" } }', "variables": '{"a": 1}'}
    body = read_request({"url": URL, "method": "POST", "body": {"mode": "graphql", "graphql": graphql}}).body
    assert isinstance(body, TextBody)
    assert [field.wire for field in body.placeholders] == ["n"]
    filled = "".join(piece if isinstance(piece, str) else "3" for piece in body.template)
    assert json.loads(filled) == {"query": 'query { x(last: 3) { "y" } }', "variables": {"a": 1}}


@pytest.mark.parametrize("mode", ["formdata", "urlencoded"])
def test_a_percent_sign_of_a_form_is_one(read_request: ReadRequest, mode: str) -> None:
    """Newman sends `%2541` in an urlencoded body and `%41` as it stands in a part; in a query `%41` is an `A`."""
    entries = [{"key": "note", "value": "100% %41", "type": "text"}]
    query = [{"key": "q", "value": "%41"}]
    url = {"raw": URL, "protocol": "https", "host": ["a", "example"], "path": ["x"], "query": query}
    operation = read_request({"url": url, "method": "POST", "body": {"mode": mode, mode: entries}})
    assert isinstance(operation.body, FormBody | MultipartBody) and operation.body.example is not None
    assert operation.body.example.value == {"note": "100% %41"}
    (parameter,) = operation.parameters
    assert parameter.example is not None and parameter.example.value == "A"
