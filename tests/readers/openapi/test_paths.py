"""Placeholders of paths: how they are written, what describes them, and those in the query behind a path."""

from typing import Any

import pytest

from pillarbox.model.api import FixedQuery, Location, Operation, Placeholder
from pillarbox.model.problems import SpecError
from pillarbox.model.styles import Style
from pillarbox.model.types import Scalar, ScalarKind

from .documents import codes, openapi, operation, swagger

DONE = {"204": {"description": "Done."}}
NUMBER = {"type": "integer"}


def _read(path: str, *parameters: dict[str, Any]) -> Operation:
    nodes = [{"required": True, "schema": NUMBER, **one} for one in parameters]
    read = openapi({path: {"get": {"parameters": nodes, "responses": DONE}}})
    assert codes(read) == []
    (found,) = read.api.operations
    return found


@pytest.mark.parametrize(
    ("written", "declared", "wire", "style"),
    [
        ("{loaf:[0-9]+}", "loaf", "loaf", Style.SIMPLE),
        ("{loaf:[a-z]{2}}", "loaf", "loaf", Style.SIMPLE),
        ("{loaf:[^/]+}", "loaf", "loaf", Style.SIMPLE),
        ("{loaf:[0-9]+}", "loaf:[0-9]+", "loaf", Style.SIMPLE),
        ("{loaf:int}", "loaf", "loaf", Style.SIMPLE),
        ("{loaf:int:min(1)}", "loaf", "loaf", Style.SIMPLE),
        ("{loaf:crusty}", "loaf", "loaf", Style.SIMPLE),
        ("{loaf:crusty}", "loaf:crusty", "loaf:crusty", Style.SIMPLE),
        ("{loaf?}", "loaf", "loaf", Style.SIMPLE),
        ("{ loaf }", "loaf", "loaf", Style.SIMPLE),
        ("{+loaf}", "loaf", "loaf", Style.SEGMENTS),
        ("{loaf*}", "loaf", "loaf", Style.SEGMENTS),
        ("{**loaf}", "loaf", "loaf", Style.SEGMENTS),
        ("{loaf:path}", "loaf", "loaf", Style.SEGMENTS),
        ("{loaf=shelves/*/loaves/*}", "loaf", "loaf", Style.SEGMENTS),
        ("{loaf=rye}", "loaf", "loaf", Style.SIMPLE),
    ],
)
def test_marks_and_patterns_of_a_placeholder(written: str, declared: str, wire: str, style: Style) -> None:
    found = _read(f"/loaves/{written}", {"in": "path", "name": declared})
    assert found.path == ("/loaves/", Placeholder(wire))
    (argument,) = found.parameters
    assert (argument.wire, argument.style, argument.type) == (wire, style, Scalar(ScalarKind.INTEGER))


@pytest.mark.parametrize("written", ["{loaf/crumb}", "{}", "{loaf"])
def test_braces_that_are_no_placeholder(written: str) -> None:
    found = operation({}, path=f"/loaves/{written}/x")
    assert all(isinstance(piece, str) for piece in found.path)
    assert not found.parameters


@pytest.mark.parametrize(
    ("path", "declared", "query", "fixed"),
    [
        ("/loaves?kind={kind}", [("path", "kind")], [("kind", True)], ()),
        ("/loaves?kind={kind}", [("query", "kind")], [("kind", True)], ()),
        ("/loaves?sort=old&k%5B%5D={kind}&new", [("path", "kind")], [("k[]", True)], ("sort=old", "new")),
        ("/loaves?{kind}=1&{size}=2", [("path", "kind"), ("path", "size")], [("kind", True), ("size", True)], ()),
        ("/loaves?b={b}&a={a}", [("query", "z"), ("path", "a"), ("path", "b")], [("b", True), ("a", True), ("z", False)], ()),
        ("/loaves{?page,size*}", [("query", "size"), ("query", "page")], [("page", False), ("size", False)], ()),
    ],
)  # fmt: skip
def test_placeholders_in_the_query(
    path: str, declared: list[tuple[str, str]], query: list[tuple[str, bool]], fixed: tuple[str, ...]
) -> None:
    found = _read(
        path,
        *({"in": location, "name": name, "required": location == "path"} for location, name in declared),
    )
    assert found.path == ("/loaves",)
    assert [(one.wire, one.required) for one in found.parameters] == query
    assert {one.location for one in found.parameters} == {Location.QUERY}
    assert {one.type for one in found.parameters} == {Scalar(ScalarKind.INTEGER)}
    assert tuple(one.text for one in found.fixed_query) == fixed


def test_fixed_text_of_the_query_is_before_the_argument_that_follows_it() -> None:
    found = _read("/loaves?sort=old&kind={kind}", {"in": "query", "name": "kind"})
    assert found.fixed_query == (FixedQuery("sort=old", before="kind"),)


def test_a_placeholder_of_the_query_that_nothing_describes_is_a_required_text() -> None:
    read = openapi({"/loaves?kind={kind}": {"get": {"responses": DONE}}})
    (argument,) = read.api.operations[0].parameters
    assert (argument.location, argument.wire, argument.required) == (Location.QUERY, "kind", True)
    assert argument.type == Scalar(ScalarKind.STRING)
    assert codes(read) == ["undescribed-query-parameter"]


def test_a_described_parameter_that_only_a_part_of_a_query_value_holds_is_not_lost() -> None:
    node = {"in": "path", "name": "kind", "required": True, "schema": NUMBER}
    with pytest.raises(SpecError, match="the path parameter 'kind' cannot be sent where the path has it"):
        openapi({"/loaves?q=kind:{kind}": {"get": {"parameters": [node], "responses": DONE}}})


def test_a_fragment_is_sent_where_a_described_placeholder_is_in_it() -> None:
    found = _read("/bread/#oven/loaves/{loaf}", {"in": "path", "name": "loaf"})
    assert found.path == ("/bread/%23oven/loaves/", Placeholder("loaf"))
    assert operation({}, path="/bread/{loaf}#by-{oven}").path == ("/bread/", Placeholder("loaf"))


def test_a_value_that_azure_sends_as_it_is() -> None:
    raw = {"required": True, "type": "string", "x-ms-skip-url-encoding": True}
    nodes = [{"in": "path", "name": "scope", **raw}, {"in": "query", "name": "next", **raw}]
    (found,) = swagger({"/{scope}/loaves": {"get": {"parameters": nodes, "responses": DONE}}}).api.operations
    scope, following = found.parameters
    assert (scope.style, scope.reserved) == (Style.SEGMENTS, False)
    assert (following.style, following.reserved) == (Style.SIMPLE, True)


def test_the_whole_query_as_the_fields_of_a_form() -> None:
    schema = {"type": "object", "properties": {"kind": {"type": "string"}}}
    node = {
        "in": "querystring",
        "name": "search",
        "required": True,
        "content": {"application/x-www-form-urlencoded": {"schema": schema}},
    }
    (argument,) = operation({"parameters": [node]}).parameters
    assert (argument.location, argument.style, argument.required) == (Location.QUERY, Style.MEMBERS, True)


def test_the_whole_query_as_anything_else_is_reported() -> None:
    node = {"in": "querystring", "name": "q", "content": {"application/json": {}}}
    read = openapi({"/loaves": {"get": {"parameters": [node], "responses": DONE}}})
    assert codes(read) == ["unsupported-parameter"]
    with pytest.raises(SpecError, match="only be sent as the fields of a form"):
        operation({"parameters": [{**node, "required": True}]})
