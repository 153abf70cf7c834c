"""Parameters and schemes as the constants and the client say them."""

from pathlib import Path

import pytest

from pillarbox.model.api import BinaryBody, Example, FormBody, Location, Parameter
from pillarbox.model.security import ApiKey, Basic, Digest, KeyLocation, MutualTls, SecurityScheme
from pillarbox.model.styles import Style
from pillarbox.model.types import Array, Type
from tests.oracles import mypy_errors, need, pyright_errors

from .apis import INTEGER, ORIGIN, STRING, api, client, fields, operation, parameter, record

POINT = record(x=INTEGER)


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (parameter("a", kind=Array(STRING), style=Style.COMMA), 'query={"a": query_style("comma")}'),
        (parameter("a", kind=POINT, style=Style.MEMBERS), 'query={"a": query_style("members")}'),
        (parameter("a", kind=POINT, style=Style.DEEP), 'query={"a": query_style("deep")}'),
        (parameter("a", reserved=True), 'query={"a": query_style("+")}'),
        (
            parameter("a", kind=Array(STRING), style=Style.PIPE, reserved=True),
            'query={"a": query_style("+pipe")}',
        ),
        (
            parameter("id", Location.PATH, POINT, style=Style.MATRIX_EXPLODED),
            'styles={"path": {"id": path_style("matrix*")}}',
        ),
        (
            parameter("A", Location.HEADER, POINT, style=Style.ASSIGNED),
            'styles={"headers": {"A": header_style("assigned")}}',
        ),
        (
            parameter("c", Location.COOKIE, Array(STRING), style=Style.COMMA),
            'styles={"cookies": {"c": cookie_style("comma")}}',
        ),
    ],
)
def test_a_style_is_part_of_the_constant(given: Parameter, line: str) -> None:
    made = client(api(operation("get", "GET /x/{id}", parameters=[given])))
    assert f"    {line},\n" in made.files["client.py"]


@pytest.mark.parametrize("place", [Location.PATH, Location.HEADER])
def test_commas_need_no_style_where_they_join_anyway(place: Location) -> None:
    given = parameter("id", place, Array(STRING), style=Style.COMMA)
    made = client(api(operation("get", "GET /x/{id}", parameters=[given])))
    assert "styles=" not in made.files["client.py"]


def test_fields_of_a_form_have_styles_too() -> None:
    body = FormBody(
        fields=fields(a=POINT, b=STRING), styles=(("a", Style.MEMBERS), ("b", Style.SIMPLE)), origin=ORIGIN
    )
    made = client(api(operation("put", "PUT /x", body=body)))
    assert 'body=form_body({"a": form_style("members")}),' in made.files["client.py"]


@pytest.mark.parametrize(
    ("is_text", "value", "annotation", "shown"),
    [
        (True, "<a/>", "str | FileInput", 'content="<a/>"'),
        (True, "<a>" * 100, "str | FileInput", 'content="..."'),
        (True, None, "str | FileInput", 'content="example"'),
        (False, None, "FileInput", 'content=b"..."'),
    ],
)
def test_text_of_a_foreign_format(is_text: bool, value: str | None, annotation: str, shown: str) -> None:
    example = None if value is None else Example(value)
    body = BinaryBody(
        media_type="application/xml", required=True, is_text=is_text, example=example, origin=ORIGIN
    )
    made = client(api(operation("put", "PUT /x", body=body)))
    assert made.arguments["put"] == {"content": annotation}
    assert f"client.put({shown})" in made.files["client.py"]


SCHEMES: tuple[SecurityScheme, ...] = (
    Digest(key="digest", origin=ORIGIN),
    MutualTls(key="mtls", origin=ORIGIN),
    ApiKey(key="key", wire="X-Key", location=KeyLocation.HEADER, origin=ORIGIN),
    Basic(key="unused", origin=ORIGIN),
)
SIGNED = api(
    operation("one", "GET /one", INTEGER, security=(("digest",),)),
    operation("two", "GET /two", INTEGER, security=(("mtls", "key"),)),
    operation("three", "GET /three", INTEGER, security=()),
    operation("four", "GET /four", INTEGER, security=(("digest",), ("key",), ())),
    security_schemes=SCHEMES,
)


def test_schemes_of_the_client() -> None:
    text = client(SIGNED).files["client.py"]
    assert '"digest": Digest("username", "password"),' in text
    assert '"mtls": MutualTls(),' in text
    assert '"digest": (username, password),' in text
    assert "ssl_context: ssl.SSLContext | None = None," in text
    assert "unused" not in text
    assert 'security=(("mtls", "key"),),' in text
    assert "security=()," in text
    assert 'security=(("digest",), ("key",), ()),' in text


def test_a_certificate_is_offered_only_where_it_is_wanted() -> None:
    made = client(
        api(operation("one", "GET /one", INTEGER, security=(("digest",),)), security_schemes=SCHEMES)
    )
    assert "ssl" not in made.files["client.py"]


@pytest.mark.oracle
def test_type_checkers_agree(tmp_path: Path) -> None:
    need("pyright")
    client(SIGNED).write(tmp_path / "shop")
    assert mypy_errors(tmp_path, ["shop"]) == []
    assert pyright_errors(tmp_path, ["shop"]) == []


def test_an_object_in_a_parameter_is_a_mapping() -> None:
    kinds: list[Type] = [POINT, record()]
    for kind in kinds:
        made = client(
            api(operation("get", "GET /x", parameters=[parameter("a", kind=kind, style=Style.DEEP)]))
        )
        assert made.arguments["get"] == {"a": "Mapping[str, Any] | None"}
