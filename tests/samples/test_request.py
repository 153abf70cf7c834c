"""What a sample's request is made of: the runtime's own text, with variables in it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pillarbox.config import ClientSettings
from pillarbox.lock.claims import Lock
from pillarbox.pipeline import describe
from pillarbox.render.package import PackageRenderer
from pillarbox.samples.build import sample_of
from pillarbox.samples.model import (
    BearerAuth,
    FormContent,
    Header,
    Input,
    JsonContent,
    KeyHeader,
    Raw,
    Request,
    Segment,
    Unsigned,
)
from pillarbox.samples.sampler import Sampler

ZOOM = Path(__file__).parents[2] / "specs" / "zoom.postman_collection.json"
TEXT = {"type": "string"}
TEXTS = {"type": "array", "items": TEXT}
OBJECT = {"type": "object", "properties": {"a": TEXT, "b": {"type": ["string", "null"]}}}


def parameter(location: str, schema: Any, example: Any, **more: Any) -> dict[str, Any]:
    return {"name": "x", "in": location, "required": True, "schema": schema, "example": example, **more}


def request_of(
    tmp_path: Path, *parameters: Any, path: str = "/p", api_servers: Any = None, **operation: Any
) -> Request:
    """The request of an operation with these parameters."""
    spec = tmp_path / "spec.json"
    schemes = {
        "bearer": {"type": "http", "scheme": "bearer"},
        "hawk": {"type": "http", "scheme": "hawk"},
        "tls": {"type": "mutualTLS"},
        "key": {"type": "apiKey", "in": "header", "name": "X"},
    }
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Acme", "version": "1"},
        "servers": [{"url": "https://acme.example/v1"}] if api_servers is None else api_servers,
        "paths": {path: {"post": {"parameters": parameters, "responses": {}, "security": [], **operation}}},
        "components": {"securitySchemes": schemes},
    }
    spec.write_text(json.dumps(document), encoding="utf-8")
    settings = ClientSettings(name="acme", spec=spec, output=Path("acme"))
    client = describe(spec, settings, Lock()).client
    return sample_of(client, client.methods[0]).request


def query(request: Request) -> list[str]:
    return [piece.encoded for piece in request.query]


@pytest.mark.parametrize(
    ("schema", "example", "style", "text"),
    [
        (TEXTS, ["a", "b,c/d"], {}, "a,b%2Cc%2Fd"),
        (TEXTS, ["a", "b.c"], {"style": "label", "explode": True}, ".a.b%2Ec"),
        (OBJECT, {"a": "1;", "b": "2"}, {"style": "matrix", "explode": True}, ";a=1%3B;b=2"),
        (OBJECT, {"a": "1=", "b": "2"}, {"explode": True}, "a=1%3D,b=2"),
    ],
)
def test_what_a_path_style_puts_between_values_is_not_escaped(
    tmp_path: Path, schema: Any, example: Any, style: Any, text: str
) -> None:
    request = request_of(tmp_path, parameter("path", schema, example, **style), path="/p/{x}/q")
    assert request.address == (f"https://acme.example/v1/p/{text}/q",)
    assert request.variables == ()


def test_a_single_value_of_any_path_style_is_a_variable(tmp_path: Path) -> None:
    request = request_of(tmp_path, parameter("path", TEXT, "a;b", style="matrix"), path="/p/{x}")
    assert request.address == ("https://acme.example/v1/p/;x=", Segment(Input("x", "a;b")))


def test_json_in_a_path_is_no_variable(tmp_path: Path) -> None:
    content = {"application/json": {"schema": {"oneOf": [OBJECT, TEXT]}, "example": "a"}}
    request = request_of(
        tmp_path, {"name": "x", "in": "path", "required": True, "content": content}, path="/p/{x}"
    )
    assert request.address == ("https://acme.example/v1/p/%22a%22",)


@pytest.mark.parametrize("example", ["", "..", "%2e"])
def test_a_segment_that_the_client_refuses_has_another_value(tmp_path: Path, example: str) -> None:
    request = request_of(tmp_path, parameter("path", TEXT, example), path="/p/{x}")
    assert request.variables == (Input("x", "example"),)


def test_a_value_that_looks_like_a_marker_is_none(tmp_path: Path) -> None:
    request = request_of(tmp_path, parameter("path", TEXT, "marker0e"), path="/marker0e/{x}/marker1e")
    assert request.address == (
        "https://acme.example/v1/marker0e/", Segment(Input("x", "marker0e")), "/marker1e",
    )  # fmt: skip


def test_a_query_value_arrives_whole(tmp_path: Path) -> None:
    """`;` is a separator of pairs for some servers, as `&` and `+` mean something for all."""
    request = request_of(tmp_path, parameter("query", TEXT, "a;b&c+d 'e'#%"))
    assert query(request) == ["x=a%3Bb%26c%2Bd%20%27e%27%23%25"]
    (piece,) = request.query
    assert getattr(piece, "value", None) == "a;b&c+d 'e'#%"


def test_a_comma_in_an_item_is_told_from_one_between_items(tmp_path: Path) -> None:
    """Only the text on the wire tells them apart, so languages get no value that they could write otherwise."""
    joined = {"style": "form", "explode": False}
    request = request_of(tmp_path, parameter("query", TEXTS, ["a,b", "c"], **joined))
    assert request.query == (Raw("x=a%2Cb,c"),)
    assert query(request_of(tmp_path, parameter("query", TEXTS, ["a", "c"], **joined))) == ["x=a,c"]


def test_null_members_of_a_deep_object_are_left_out(tmp_path: Path) -> None:
    deep = parameter("query", OBJECT, {"a": "1", "b": None}, style="deepObject")
    assert query(request_of(tmp_path, deep)) == ["x%5Ba%5D=1"]


def test_a_list_in_a_list_has_no_form_in_a_query(tmp_path: Path) -> None:
    lists = parameter("query", {"type": "array", "items": TEXTS}, [["a", "b"], ["c"]])
    assert query(request_of(tmp_path, lists)) == []


def test_an_escape_in_the_name_of_a_parameter_is_text(tmp_path: Path) -> None:
    named = {**parameter("query", TEXT, "v"), "name": "a%20b"}
    (piece,) = request_of(tmp_path, named).query
    assert (piece.encoded, getattr(piece, "name", "")) == ("a%2520b=v", "a%20b")


def test_headers_have_the_style_of_their_parameter(tmp_path: Path) -> None:
    request = request_of(tmp_path, parameter("header", OBJECT, {"a": "1,2", "b": "3"}, explode=True))
    assert request.headers == (Header("x", ("a=1%2C2,b=3",)),)
    request = request_of(tmp_path, parameter("header", TEXTS, ["1,2", "3"]))
    assert request.headers == (Header("x", ("1%2C2,3",)),)


@pytest.mark.parametrize(
    ("location", "schema", "example", "style", "note"),
    [
        ("cookie", TEXT, "a b", {}, "The cookie x is left out: the client refuses to send its example."),
        ("header", TEXT, "a\nb", {}, "The header x is left out: its example holds what no header can carry."),
        (
            "query",
            TEXTS,
            ["a b", "c"],
            {"style": "spaceDelimited", "explode": False},
            "The query parameter x is left out: the client refuses to send its example.",
        ),
    ],
)
def test_what_the_client_refuses_is_left_out_and_noted(
    tmp_path: Path, location: str, schema: Any, example: Any, style: Any, note: str
) -> None:
    request = request_of(tmp_path, parameter(location, schema, example, **style))
    assert (request.query, request.headers) == ((), ())
    assert request.notes == (note,)


def test_a_joined_form_field_has_its_commas(tmp_path: Path) -> None:
    form = {
        "schema": {"type": "object", "properties": {"x": TEXTS}},
        "example": {"x": ["a,b", "c"]},
        "encoding": {"x": {"style": "form", "explode": False}},
    }
    body = {"required": True, "content": {"application/x-www-form-urlencoded": form}}
    request = request_of(tmp_path, requestBody=body)
    assert request.content == FormContent((("x", "a,b,c"),), "x=a%2Cb,c", "application/x-www-form-urlencoded")


def request_of_item(tmp_path: Path, **request: Any) -> Request:
    """The request of a Postman item."""
    item = {"name": "Ask", "request": {"method": "POST", "url": "https://acme.example/g", **request}}
    schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
    collection = {"info": {"name": "Acme", "schema": schema}, "item": [item]}
    spec = tmp_path / "spec.json"
    spec.write_text(json.dumps(collection), encoding="utf-8")
    settings = ClientSettings(name="acme", spec=spec, output=Path("acme"))
    client = describe(spec, settings, Lock()).client
    return sample_of(client, client.methods[0]).request


@pytest.mark.parametrize(("written", "sent"), [("{}", {"variables": {}}), ("", {})])
def test_graphql_has_variables_where_the_spec_has_them(tmp_path: Path, written: str, sent: Any) -> None:
    graphql = {"mode": "graphql", "graphql": {"query": "{ id }", "variables": written}}
    request = request_of_item(tmp_path, body=graphql)
    assert request.content == JsonContent({"query": "{ id }", **sent}, "application/json")


def test_a_header_in_two_spellings_is_one(tmp_path: Path) -> None:
    header = [{"key": "X-A", "value": "1"}, {"key": "x-a", "value": "2"}]
    assert request_of_item(tmp_path, header=header).headers == (Header("x-a", ("2",)),)


def test_an_address_that_the_spec_does_not_say_is_a_variable(tmp_path: Path) -> None:
    request = request_of(tmp_path, api_servers=[{"url": "/v2"}])
    assert request.address == (Input("base_url", "https://api.example.com"), "/p")
    assert request.notes == ("The spec does not say where the API is: put its address in.",)


def test_a_relative_server_of_an_operation_is_below_the_origin_of_the_api(tmp_path: Path) -> None:
    own = [{"url": "/v2"}]
    request = request_of(tmp_path, servers=own)
    assert request.address == ("https://acme.example/v2/p",)
    request = request_of(tmp_path, servers=own, api_servers=[{"url": "/v1"}])
    assert request.address == (Input("base_url", "https://api.example.com"), "/v2/p")


@pytest.mark.parametrize(("value", "sent"), [("eu", "eu"), ("a/b", "example"), ("", "example")])
def test_a_part_of_the_host_is_what_a_host_can_hold(tmp_path: Path, value: str, sent: str) -> None:
    variables = {"region": {"default": value}, "base": {"default": "/v 1/x/"}}
    servers = [{"url": "https://{region}.acme.example:8443/{base}", "variables": variables}]
    request = request_of(tmp_path, api_servers=servers)
    assert request.address == (
        "https://", Input("region", sent), ".acme.example:8443/", Input("base", "v%201/x"), "/p",
    )  # fmt: skip


def test_the_first_alternative_that_the_client_can_sign_is_signed(tmp_path: Path) -> None:
    (signed,) = request_of(tmp_path, security=[{"hawk": []}, {"tls": []}, {"bearer": []}]).auth
    assert isinstance(signed, BearerAuth)
    (foreign,) = request_of(tmp_path, security=[{"hawk": []}]).auth
    assert foreign == Unsigned("hawk")


def test_a_header_of_the_call_beats_the_key_of_the_same_name(tmp_path: Path) -> None:
    request = request_of(tmp_path, parameter("header", TEXT, "v"), security=[{"key": []}])
    assert (request.headers, request.auth) == ((Header("x", ("v",)),), ())
    (signed,) = request_of(tmp_path, security=[{"key": []}]).auth
    assert isinstance(signed, KeyHeader)


def test_a_sample_renders_no_client(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(PackageRenderer, "files")
    assert "users" in Sampler(ZOOM).sample("Get a user token", "curl")


def test_the_runtime_is_loaded_alone_and_under_our_own_name() -> None:
    """A user may have neither httpx2 nor pydantic, and a module of any name."""
    code = (
        "import sys; sys.modules['httpx2'] = sys.modules['pydantic'] = None\n"
        "from pathlib import Path\n"
        "from pillarbox.samples.sampler import Sampler\n"
        "sampler = Sampler(Path(sys.argv[1]))\n"
        "before = set(sys.modules)\n"
        "print(len(sampler.sample('Get a user token', 'curl')))\n"
        "print(*sorted(name for name in set(sys.modules) - before if not name.startswith('pillarbox.')))\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(ZOOM)], check=True, capture_output=True, text=True)
    length, others = done.stdout.split("\n")[:2]
    assert int(length) > 100
    assert {name.partition(".")[0] for name in others.split()} <= sys.stdlib_module_names


@pytest.mark.parametrize(
    ("media_types", "accept"),
    [
        (("application/json",), []),
        ((), []),
        (("application/xml", "application/json"), ["application/json"]),
        (("text/csv",), ["text/csv"]),
    ],
)
def test_accept_where_something_else_could_come(
    tmp_path: Path, media_types: tuple[str, ...], accept: list[str]
) -> None:
    content = {media_type: {"schema": TEXT} for media_type in media_types}
    request = request_of(tmp_path, responses={"200": {"description": "", "content": content}})
    sent = [header.fixed for header in request.headers if header.name == "Accept"]
    assert sent == accept
