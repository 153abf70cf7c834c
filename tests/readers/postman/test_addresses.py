"""URLs: server, path, query, settings."""

from typing import Any

import pytest

from pillarbox.model.api import FixedQuery, Location, Operation, Parameter, Placeholder
from pillarbox.model.styles import Style
from pillarbox.model.types import Array, Scalar, ScalarKind

from ..conftest import ReadCollection, ReadRequest


def _path(operation: Operation) -> str:
    return "".join(piece if isinstance(piece, str) else f"<{piece.wire}>" for piece in operation.path)


def _parameters(operation: Operation, place: Location) -> dict[str, Parameter]:
    return {parameter.wire: parameter for parameter in operation.parameters if parameter.location is place}


@pytest.mark.parametrize(
    ("url", "server", "path"),
    [
        ("https://a.example/x/y", "https://a.example", "/x/y"),
        ("HTTPS://A.Example/X", "https://a.example", "/X"),
        ("a.example/x", "http://a.example", "/x"),
        ("https://a.example", "https://a.example", ""),
        ("https://a.example/", "https://a.example", "/"),
        ("https://a.example//x//", "https://a.example", "//x//"),
        ("https://a.example\\x\\y?z=\\", "https://a.example", "/x/y"),
        ("https://a.example:8080/x#y?z", "https://a.example:8080", "/x"),
        ("  https://u:p@a.example/x", "https://a.example", "/x"),
        ({"raw": "https://a.example/x"}, "https://a.example", "/x"),
        (
            {"raw": "https://stale.example/y", "host": ["a", "example"], "path": ["x"]},
            "http://a.example",
            "/x",
        ),
        (
            {"protocol": "https", "host": "a.example", "port": "81", "path": "/x/"},
            "https://a.example:81",
            "/x/",
        ),
        (
            {"protocol": "https", "host": ["a"], "path": ["é ü", '"<>`#x']},
            "https://a",
            "/%C3%A9%20%C3%BC/%22%3C%3E%60",
        ),
        (
            {"protocol": "https", "host": ["a"], "path": ["%41%zz%2", "a|b^[c]"]},
            "https://a",
            "/%41%zz%2/a|b^[c]",
        ),
        ({"protocol": "https", "host": ["a"], "path": [{"type": "string", "value": "s"}]}, "https://a", "/s"),
        (
            {"protocol": "https", "host": ["a"], "path": [":id", "v:id", ":id.json"]},
            "https://a",
            "/<id>/v:id/<id>.json",
        ),
        (
            {"protocol": "https", "host": ["a"], "path": ["key={{k}}", "{{x}}-{{y}}"]},
            "https://a",
            "/key=<k>/<x>-<y>",
        ),
        (
            {"protocol": "https", "host": ["a"], "path": ["<quote id>", "{id}", ":"]},
            "https://a",
            "/<quote id>/<id>/:",
        ),
        ("{{baseUrl}}/{{a{{n}}}}", "https://b.example/v2", "/<a1>"),
        ("{{baseUrl}}/{{prefix}}/x", "https://b.example/v2", "/p/q/x"),
        ("{{shifted}}/x", "https://eu.b.example", "/x"),
    ],
)
def test_addresses(read_collection: ReadCollection, url: Any, server: str, path: str) -> None:
    variables = [
        {"key": "baseUrl", "value": "https://b.example/v2/"},
        {"key": "shifted", "value": "https://{{region}}.b.example"},
        {"key": "region", "value": "eu"},
        {"key": "n", "value": "1"},
        {"key": "prefix", "value": "/p/q/"},
    ]
    elsewhere = [{"name": f"m{number}", "request": f"https://main.example/{number}"} for number in range(3)]
    found = read_collection({"name": "it", "request": {"url": url}}, *elsewhere, variable=variables)
    operation = found.api.operations[0]
    assert _path(operation) == path
    assert operation.server is not None
    assert operation.server.template == (server,)


@pytest.mark.parametrize(
    ("request_", "pointer"),
    [
        ({"url": ""}, "/item/0/request/url"),
        ({"url": None}, "/item/0/request/url"),
        ({"url": {"raw": ""}}, "/item/0/request/url"),
        ({"url": "ftp://a.example/x"}, "/item/0/request/url"),
        ({"url": "https:///"}, "/item/0/request/url"),
        ({"url": 'https://a".b/x'}, "/item/0/request/url"),
        ({"url": "https://a.example", "method": "{{m}}"}, "/item/0/request/method"),
        ({"url": "https://a.example", "method": "GE T"}, "/item/0/request/method"),
        ({"url": "https://a.example", "header": [{"key": "a b", "value": "x"}]}, "/item/0/request/header/0"),
        ({"url": "https://a.example", "header": [{"key": "A", "value": "日"}]}, "/item/0/request/header/0"),
        (
            {"url": "https://a.example", "header": [{"key": "B", "value": "x\r\nC: d"}]},
            "/item/0/request/header/0",
        ),
        ("", "/item/0/request"),
        (None, "/item/0/request"),
        (7, "/item/0/request"),
    ],
)
def test_what_nobody_can_send_is_a_problem_and_the_rest_is_read(
    read_collection: ReadCollection, request_: Any, pointer: str
) -> None:
    found = read_collection(
        {"name": "bad", "request": request_}, {"name": "good", "request": "https://a.example/x"}
    )
    assert found.requests == 2
    assert [operation.name for operation in found.api.operations] == ["good"]
    (problem,) = found.problems
    assert (problem.code, problem.severity.value) == ("unsendable-item", "error")
    assert problem.origin.pointer == pointer


def test_methods_are_upper_case_tokens(read_request: ReadRequest) -> None:
    assert read_request({"method": "patch", "url": "https://a.example"}).method == "PATCH"
    assert read_request({"method": "foo", "url": "https://a.example"}).method == "FOO"
    assert read_request("https://a.example/x").method == "GET"


def test_path_variables_carry_type_words_and_example(read_request: ReadRequest) -> None:
    operation = read_request(
        {
            "url": {
                "host": ["{{baseUrl}}"],
                "path": ["a", ":id", ":when", ":gone"],
                "variable": [
                    {"key": "id", "value": "first"},
                    {"key": "id", "value": "<long>", "description": {"content": "(Required) The id."}},
                    {"key": "when", "value": "{{day}}"},
                ],
            }
        },
        variable=[{"key": "day", "value": "monday"}],
    )
    parameters = _parameters(operation, Location.PATH)
    assert list(parameters) == ["id", "when", "gone"]
    assert all(parameter.required for parameter in parameters.values())
    identity = parameters["id"]
    assert (identity.type, identity.doc) == (Scalar(ScalarKind.INTEGER), "The id.")
    assert identity.example is not None
    assert (identity.example.value, identity.example.as_written) == (1, "<long>")
    assert parameters["when"].example is not None
    assert (parameters["when"].example.value, parameters["when"].example.as_written) == ("monday", "{{day}}")
    assert identity.origin.pointer == "/item/0/request/url/variable/id"
    assert operation.identity.route == "GET /a/{id}/{when}/{gone}"


def test_query_entries(read_request: ReadRequest) -> None:
    entries = [
        {"key": "a", "value": "x"},
        {"key": "flag", "value": None},
        {"key": "bare"},
        {"key": "number", "value": 30},
        {"key": "off", "value": "1", "disabled": True},
        {"key": "need", "value": "<string>", "description": "(Required) Words."},
        {"key": "many", "value": "1"},
        {"key": "many", "value": "2"},
        {"key": "joined", "value": "<string>,<string>"},
        {"key": "choice", "value": "CLOSED"},
        {"key": "choice", "value": "OPEN", "disabled": True},
        {"key": "caf%C3%A9", "value": "%41 b"},
        {"key": None, "value": "nokey"},
        {"key": "", "value": ""},
        {},
    ]
    operation = read_request({"url": {"protocol": "https", "host": ["a"], "path": ["q"], "query": entries}})
    found = _parameters(operation, Location.QUERY)
    assert list(found) == ["a", "flag", "bare", "number", "off", "need", "many", "joined", "choice", "café"]
    assert [found[name].style for name in ("flag", "bare", "number")] == [Style.FLAG] * 3
    assert found["flag"].type == Scalar(ScalarKind.BOOLEAN)
    assert (found["off"].enabled, found["off"].required) == (False, False)
    assert (found["need"].required, found["need"].doc, found["a"].required) == (True, "Words.", False)
    assert found["many"].type == Array(Scalar(ScalarKind.INTEGER))
    assert found["many"].example is not None
    assert found["many"].example.value == [1, 2]
    assert (found["joined"].type, found["joined"].style) == (Array(Scalar(ScalarKind.STRING)), Style.COMMA)
    assert found["choice"].type == Scalar(ScalarKind.STRING)
    assert found["café"].example is not None
    assert (found["café"].example.value, found["café"].example.as_written) == ("A b", "%41 b")
    assert operation.fixed_query == tuple(map(FixedQuery, ("=nokey", "=", "")))


@pytest.mark.parametrize(
    ("query", "names", "fixed"),
    [
        ("?", [], (FixedQuery(""),)),
        ("?=c&a=1&", ["a"], (FixedQuery("=c", before="a"), FixedQuery(""))),
        (
            "?a=1&a&b=&&=c&d=e=f#x",
            ["a", "b", "d"],
            (FixedQuery("", before="d"), FixedQuery("=c", before="d")),
        ),
        ("?{{a&b}}=1", ["{{a&b}}"], ()),
        ("", [], ()),
    ],
)
def test_query_text(
    read_request: ReadRequest, query: str, names: list[str], fixed: tuple[FixedQuery, ...]
) -> None:
    operation = read_request(f"https://a.example/x{query}")
    assert list(_parameters(operation, Location.QUERY)) == names
    assert operation.fixed_query == fixed


@pytest.mark.parametrize(
    ("wire", "value", "kind", "example"),
    [
        ("count", "30", ScalarKind.INTEGER, 30),
        ("count", "68423085", ScalarKind.INTEGER, 1),
        ("ratio", "0.5", ScalarKind.NUMBER, 0.5),
        ("on", "true", ScalarKind.BOOLEAN, True),
        ("code", "007", ScalarKind.STRING, "007"),
        ("big", "9007199254740993", ScalarKind.STRING, "9007199254740993"),
        ("phone", "15550100", ScalarKind.STRING, "+15550100"),
        ("api_version", "1.10", ScalarKind.STRING, "1.10"),
        ("version", "1.0", ScalarKind.STRING, "1.0"),
        ("day", "2026-01-31", ScalarKind.STRING, "2026-01-31"),
        ("day", "<date>", ScalarKind.DATE, "2026-01-31"),
        ("at", "<dateTime>", ScalarKind.DATETIME, "2026-01-31T09:30:00Z"),
        ("id", "<uuid>", ScalarKind.UUID, "123e4567-e89b-12d3-a456-426614174000"),
        ("mail", "<email>", ScalarKind.STRING, "user@example.com"),
        ("first_name", "<string>", ScalarKind.STRING, "Ada"),
        ("text", "quis officia in reprehenderit", ScalarKind.STRING, "Hello"),
        ("text", "in the end", ScalarKind.STRING, "in the end"),
        ("x", "{{unknown}}", ScalarKind.STRING, "example"),
        ("x", "{{known}}", ScalarKind.INTEGER, 5),
        ("x", "a{{known}}b", ScalarKind.STRING, "a5b"),
        ("x", "{{$timestamp}}", ScalarKind.INTEGER, 1769851800),
        ("x", "{{$randomColor}}", ScalarKind.STRING, "example"),
    ],
)
def test_types_and_examples_of_values(
    read_request: ReadRequest, wire: str, value: str, kind: ScalarKind, example: Any
) -> None:
    url = {"protocol": "https", "host": ["a"], "path": ["q"], "query": [{"key": wire, "value": value}]}
    operation = read_request({"url": url}, variable=[{"key": "known", "value": "5"}])
    (parameter,) = operation.parameters
    assert isinstance(parameter.type, Scalar)
    assert parameter.type.kind is kind
    assert parameter.example is not None
    assert parameter.example.value == example
    assert type(parameter.example.value) is type(example)
    assert parameter.example.as_written in (None, value)


def test_the_head_of_most_urls_is_the_server(read_collection: ReadCollection) -> None:
    found = read_collection(
        {"name": "1", "request": "{{host}}/a"},
        {"name": "2", "request": "{{host}}/b"},
        {"name": "3", "request": "{{auth}}/c"},
        {"name": "4", "request": "https://one.example/d"},
        variable=[{"key": "host", "value": "https://one.example"}],
    )
    assert found.api.server is not None
    assert (found.api.server.template, found.api.server.variable) == (("https://one.example",), "host")
    _, _, third, fourth = found.api.operations
    assert third.server is not None
    assert third.server.template == (Placeholder("auth"),)
    (parameter,) = third.parameters
    assert (parameter.location, parameter.wire, parameter.required) == (Location.SERVER, "auth", True)
    assert fourth.server is None


@pytest.mark.parametrize("value", ["/", "", None, "{{base}}", "{{other}}"])
def test_a_head_without_a_known_address_is_no_server(read_collection: ReadCollection, value: Any) -> None:
    found = read_collection(
        {"name": "1", "request": "{{base}}/a"}, variable=[{"key": "base", "value": value}]
    )
    assert found.api.server is not None
    assert (found.api.server.template, found.api.server.variable) == ((), "base")
    assert found.api.operations[0].server is None


def test_an_unknown_part_of_the_server_is_a_setting(read_collection: ReadCollection) -> None:
    found = read_collection(
        {"name": "1", "request": "https://{{shop}}.example/a/{{shop}}/{{id}}"},
        {"name": "2", "request": "https://{{shop}}.example/b"},
    )
    assert found.api.server is not None
    assert found.api.server.template == ("https://", Placeholder("shop"), ".example")
    assert [setting.wire for setting in found.api.settings] == ["shop"]
    assert [parameter.wire for parameter in found.api.operations[0].parameters] == ["id"]


def test_a_scheme_in_front_of_an_address_counts_once(read_collection: ReadCollection) -> None:
    url = {"protocol": "https", "host": ["{{base}}"], "path": ["a"]}
    found = read_collection(
        {"name": "1", "request": {"url": url}}, variable=[{"key": "base", "value": "http://b.example"}]
    )
    assert found.api.server is not None
    assert found.api.server.template == ("http://b.example",)


def test_credentials_of_an_address_are_never_kept(read_collection: ReadCollection) -> None:
    found = read_collection(
        {"name": "1", "request": "{{base}}/a"},
        {"name": "2", "request": "https://ann:s3cr3t-pass@two.example/b"},
        variable=[{"key": "base", "value": "https://bob:hunter2@one.example/v1/"}],
    )
    assert found.api.server is not None
    assert found.api.server.template == ("https://one.example/v1",)
    assert found.api.operations[1].security == (("basic",),)
    assert "hunter2" not in repr(found)
    assert "s3cr3t" not in repr(found)
    assert found.redacted == 2


def test_a_variable_that_selects_a_space_is_a_setting(read_collection: ReadCollection) -> None:
    found = read_collection(
        *(
            {"name": name, "request": f"{{{{host}}}}/{{{{project-key}}}}/{name}/{{{{id}}}}"}
            for name in ("a", "b", "c")
        ),
        {"name": "d", "request": "{{host}}/login"},
        variable=[{"key": "project-key", "value": "shop"}],
    )
    (setting,) = found.api.settings
    assert (setting.wire, setting.default) == ("project-key", "shop")
    assert [[parameter.wire for parameter in operation.parameters] for operation in found.api.operations] == [
        ["id"],
        ["id"],
        ["id"],
        [],
    ]
    assert Placeholder("project-key") in found.api.operations[0].path


@pytest.mark.parametrize(
    "paths",
    [
        ["pets/{{petId}}", "pets/{{petId}}", "pets/{{petId}}", "pets"],
        ["pets/{{petId}}/photo", "pets/{{petId}}/photo", "pets/{{petId}}/photo"],
        ["users/:userId/token", "users/:userId/settings", "users/:userId/roles"],
        ["{{project}}/a", "{{project}}/b"],
    ],
)
def test_a_placeholder_that_names_one_thing_is_no_setting(
    read_collection: ReadCollection, paths: list[str]
) -> None:
    found = read_collection(*({"name": path, "request": f"{{{{host}}}}/{path}"} for path in paths))
    assert found.api.settings == ()


def test_endless_variables_end(read_collection: ReadCollection) -> None:
    variables = [
        {"key": "me", "value": "x{{me}}"},
        {"key": "a", "value": "{{b}}{{b}}{{b}}{{b}}{{b}}{{b}}{{b}}{{b}}{{b}}{{b}}"},
        {"key": "b", "value": "{{a}}{{a}}{{a}}{{a}}{{a}}{{a}}{{a}}{{a}}{{a}}{{a}}"},
    ]
    request = {
        "url": "https://h/{{me}}/{{a}}?q={{b}}",
        "body": {"mode": "raw", "raw": "{{a}}{{me}}"},
        "method": "POST",
    }
    found = read_collection({"name": "r", "request": request}, variable=variables)
    assert len(found.api.operations) == 1
