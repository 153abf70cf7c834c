"""Collection v3: folders of YAML files, and that each problem names the file it is in."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from pillarbox.model.api import (
    BinaryBody,
    FormBody,
    GraphQLBody,
    JsonBody,
    Location,
    MultipartBody,
    Operation,
    Parameter,
    TextBody,
)
from pillarbox.model.problems import Severity, SpecError
from pillarbox.model.security import ApiKey, Bearer
from pillarbox.model.styles import Style
from pillarbox.readers import Limits, read
from pillarbox.readers.registry import spec_digest

Write = Callable[[Mapping[str, str]], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write files of a collection `Shop` and return its folder."""

    def writer(files: Mapping[str, str]) -> Path:
        root = tmp_path / "postman" / "collections" / "Shop"
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        return root

    return writer


def _one(root: Path) -> Operation:
    found = read(root)
    (operation,) = found.api.operations
    return operation


def _parameters(operation: Operation) -> dict[str, Parameter]:
    return {parameter.wire: parameter for parameter in operation.parameters}


GET = "$kind: http-request\nmethod: GET\nurl: 'https://a.example/x'\n"


def test_names_come_from_the_file_or_its_stem(write: Write) -> None:
    root = write(
        {
            "List things.request.yaml": GET,
            "Get-one.request.yml": "name: 'Get/one'\n" + GET,
            "Sub-folder/Deep.request.yaml": GET,
            "Sub-folder/.resources/definition.yaml": "$kind: collection\nname: Sub/folder\ndescription: Words.\n",
            ".resources/hidden.request.yaml": GET,
            ".git/x.request.yaml": GET,
            "notes.yaml": "{{",
        }
    )
    found = read(root)
    assert [(one.resource, one.name) for one in found.api.operations] == [
        ((), "Get/one"),
        ((), "List things"),
        (("Sub/folder",), "Deep"),
    ]
    assert found.api.title == "Shop"
    assert [resource.doc for resource in found.api.resources] == ["Words."]
    assert found.problems == ()


def test_order_goes_over_requests_and_folders(write: Write) -> None:
    root = write(
        {
            "last.request.yaml": GET,
            "Also last.request.yaml": GET,
            "c.request.yaml": GET + "order: 20\n",
            "b.request.yaml": GET + "order: 3.5\n",
            "folder/x.request.yaml": GET,
            "folder/.resources/definition.yaml": "$kind: collection\norder: 10\n",
            "z.request.yaml": GET + "order: 'a1'\n",
            "y.request.yaml": GET + "order: 'a2'\n",
        }
    )
    assert [one.name for one in read(root).api.operations] == ["b", "x", "c", "z", "y", "Also last", "last"]


def test_a_url_and_its_parameters(write: Write) -> None:
    url = "'https://a.example:8080/v{{v}}/{{b/c?d#e}}/:id.json?limit=010&flag&off=1#top'"
    root = write(
        {
            "a.request.yaml": f"url: {url}\n"
            "queryParams:\n"
            "  - {key: limit, value: 010, description: How many}\n"
            "  - {key: flag, value: null}\n"
            "  - {key: page, value: 2, disabled: true}\n"
            "pathVariables:\n  - {key: id, value: 12:30, description: Which}\n"
        }
    )
    found = read(root)
    (operation,) = found.api.operations
    assert operation.identity.route == "GET /v{v}/{b/c?d#e}/{id}.json"
    assert found.api.server is not None
    assert found.api.server.template == ("https://a.example:8080",)
    parameters = _parameters(operation)
    assert list(parameters) == ["v", "b/c?d#e", "id", "limit", "flag", "page", "off"]
    assert (parameters["id"].doc, parameters["limit"].doc) == ("Which", "How many")
    assert parameters["limit"].example is not None and parameters["limit"].example.value == "010"
    assert parameters["flag"].style is Style.FLAG
    assert [parameters[name].enabled for name in ("limit", "flag", "page", "off")] == [
        True,
        True,
        False,
        False,
    ]
    assert [problem.code for problem in found.problems] == ["query-differs"]


def test_a_query_in_the_url_alone_is_sent(write: Write) -> None:
    operation = _one(write({"a.request.yaml": "url: 'https://a.example/x?a={{p&q=r}}&b=1%26'\n"}))
    parameters = _parameters(operation)
    assert list(parameters) == ["a", "b"]
    assert all(
        parameter.location is Location.QUERY and parameter.enabled for parameter in parameters.values()
    )
    assert parameters["b"].example is not None and parameters["b"].example.value == "1&"


def test_headers_as_a_list_or_a_mapping(write: Write) -> None:
    root = write(
        {
            "a.request.yaml": GET
            + "headers: {X-One: 1.0, X-Two: '{{two}}', X-Off: {value: a, disabled: true}}\n",
            "b.request.yaml": GET
            + "headers:\n  - {key: X-One, value: 1.0}\n  - {key: X-Two, value: '{{two}}'}\n"
            "  - {key: X-Off, value: a, disabled: true}\n",
        }
    )
    for operation in read(root).api.operations:
        assert [(header.wire, header.value) for header in operation.headers] == [("X-One", "1.0")]
        assert {wire: one.enabled for wire, one in _parameters(operation).items()} == {
            "X-Two": True,
            "X-Off": False,
        }


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("{type: json, content: '{\"a\": 1}'}", JsonBody),
        ("{type: json, content: {a: 1, b: [true]}}", JsonBody),
        ("{type: xml, content: '<a>{{b}}</a>'}", TextBody),
        ("just text", TextBody),
        ("{type: urlencoded, content: {a: 1, b: x}}", FormBody),
        ("{type: urlencoded, content: [{key: a, value: 1}, {key: b, value: x, disabled: true}]}", FormBody),
        (
            "{type: formdata, content: [{key: f, type: file, src: ./p.png, contentType: image/png}]}",
            MultipartBody,
        ),
        ("{type: file, content: {src: ./upload.bin}}", BinaryBody),
        ("{type: graphql, content: {query: 'query { a }', variables: '{\"b\": 1}'}}", GraphQLBody),
        ("{type: none}", type(None)),
        ("{}", type(None)),
    ],
)
def test_bodies(write: Write, body: str, kind: type[object]) -> None:
    operation = _one(write({"a.request.yaml": f"url: https://a.example/x\nmethod: post\nbody: {body}\n"}))
    assert type(operation.body) is kind


def test_a_graphql_request_is_http(write: Write) -> None:
    text = '$kind: graphql-request\nurl: https://a.example/g\nquery: |-\n  query Q($a: ID) { b(id: $a) }\nvariables: \'{"a": "1"}\'\n'
    operation = _one(write({"a.request.yaml": text}))
    assert operation.method == "POST"
    assert isinstance(operation.body, GraphQLBody)
    assert [field.wire for field in operation.body.variables] == ["a"]


def test_other_protocols_are_listed(write: Write) -> None:
    root = write({"a.request.yaml": GET, "b.request.yaml": "$kind: grpc-request\nname: Chat\n"})
    found = read(root)
    assert (len(found.api.operations), found.requests) == (1, 2)
    (problem,) = found.problems
    assert (problem.severity, problem.code) == (Severity.ERROR, "other-protocol")
    assert problem.origin.file == str(root / "b.request.yaml")


def test_auth_is_inherited_and_switched_off(write: Write) -> None:
    root = write(
        {
            ".resources/definition.yaml": "auth:\n  - {id: a, name: A, type: bearer, credentials: {token: '{{t}}'}}\n"
            "  - {id: b, name: B, type: basic, credentials: {}}\n",
            "a.request.yaml": GET,
            "b.request.yaml": GET + "auth: {type: noauth}\n",
            "c.request.yaml": GET + "auth: {type: inherit}\n",
            "d.request.yaml": GET
            + "auth:\n  type: apikey\n  credentials: [{key: key, value: X-K}, {key: in, value: query}]\n",
        }
    )
    found = read(root)
    bearer, key = found.api.security_schemes
    assert isinstance(bearer, Bearer) and isinstance(key, ApiKey)
    assert key.wire == "X-K" and key.location.value == "query"
    assert [one.security for one in found.api.operations] == [
        (("bearer",),),
        (),
        (("bearer",),),
        (("api_key",),),
    ]
    assert [problem.code for problem in found.problems] == ["several-auth"]


@pytest.mark.parametrize("said", ["", "examples: ./.resources/a.resources/examples/\n"])
def test_examples_in_both_spellings(write: Write, said: str) -> None:
    folder = ".resources/a.resources/examples"
    root = write(
        {
            "a.request.yaml": GET + said,
            f"{folder}/OK.example.yaml": "$kind: http-example\norder: 2000\nrequest: {url: https://a.example/x}\nresponse:\n"
            "  statusCode: 200\n  statusText: OK\n  headers: {Content-Type: application/json, X-Page: 1}\n"
            "  body: {type: json, content: '{\"id\": 1}'}\n",
            f"{folder}/Missing.example.yaml": "name: Not there\norder: 3000\noriginalRequest: {url: https://a.example/x}\n"
            "code: 404\nbody: {type: text, content: gone}\n",
        }
    )
    ok, missing = _one(root).responses
    assert (ok.status, ok.media_type, ok.examples[0].json, ok.examples[0].headers) == (
        200,
        "application/json",
        {"id": 1},
        (("X-Page", "1"),),
    )
    assert (missing.status, missing.doc) == (404, "Not there")


def test_problems_name_the_file_and_its_own_keys(write: Write) -> None:
    root = write(
        {
            ".resources/definition.yaml": "variables:\n  - {key: api_token, value: s3cr3tS3cr3tV4lue}\n",
            "deep/a.request.yaml": GET
            + "headers:\n  - {key: Accept, value: a/b}\n  - {key: Host, value: x}\n",
            "deep/b.request.yaml": GET + "headers: {'Bad Name': x}\n",
            "deep/c.request.yaml": "url: 'ftp://a.example/x'\n",
        }
    )
    found = read(root)
    assert {
        (problem.code, str(problem.origin).removeprefix(str(root) + os.sep)) for problem in found.problems
    } == {
        ("header-left-out", "deep/a.request.yaml#/headers/1"),
        ("unsendable-item", "deep/b.request.yaml#/headers/Bad Name"),
        ("unsendable-item", "deep/c.request.yaml#/url"),
        ("secret-replaced", ".resources/definition.yaml#/variables/0"),
    }
    assert [one.origin.file for one in found.api.operations] == [str(root / "deep/a.request.yaml")]


def test_broken_yaml_says_file_and_line(write: Write) -> None:
    root = write({"a.request.yaml": GET, "b/c.request.yaml": "method: GET\nurl: {{base}}/x\n"})
    with pytest.raises(SpecError) as caught:
        read(root)
    assert str(caught.value).startswith(f"{root / 'b/c.request.yaml'}:2: ")
    assert "quotes" in caught.value.message


@pytest.mark.parametrize("above", [0, 1, 2, 3])
def test_every_folder_above_will_do(write: Write, above: int) -> None:
    root = write({"a.request.yaml": GET})
    place = (root, *root.parents)[above]
    assert [one.name for one in read(place).api.operations] == ["a"]


def test_several_collections_are_listed(write: Write) -> None:
    root = write({"a.request.yaml": GET, "../Other/b.request.yaml": GET, "../Empty/readme.txt": ""})
    with pytest.raises(SpecError) as caught:
        read(root.parent.parent)
    assert str(root) in caught.value.message and str(root.parent / "Other") in caught.value.message
    assert "Empty" not in caught.value.message


def test_a_folder_without_a_collection(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match=r"no collection is in this folder"):
        read(tmp_path)
    (tmp_path / "api.json").write_text("{}")
    with pytest.raises(SpecError, match=r"api\.json"):
        read(tmp_path)


def test_one_file_of_a_collection_names_its_folder(write: Write) -> None:
    root = write({"a.request.yaml": GET})
    with pytest.raises(SpecError, match="name the folder"):
        read(root / "a.request.yaml")


@pytest.mark.skipif(not hasattr(os, "symlink") or os.name == "nt", reason="needs links")
def test_links_are_not_followed(write: Write, tmp_path: Path) -> None:
    root = write({"a.request.yaml": GET})
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "b.request.yaml").write_text(GET)
    (root / "linked").symlink_to(tmp_path / "outside")
    (root / "c.request.yaml").symlink_to(tmp_path / "outside" / "b.request.yaml")
    (root / "loop").symlink_to(root)
    found = read(root)
    assert [one.name for one in found.api.operations] == ["a"]
    assert [problem.code for problem in found.problems] == ["link-left-out"] * 3


def test_examples_outside_of_the_folder_are_not_read(write: Write, tmp_path: Path) -> None:
    root = write({"a.request.yaml": GET + "examples: ../../../secret\n"})
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "x.example.yaml").write_text(
        "response: {statusCode: 200, body: {content: leaked}}"
    )
    assert _one(root).responses == ()


def test_size_and_values_are_limited_over_all_files(write: Write) -> None:
    root = write({f"{name}.request.yaml": GET for name in "abc"})
    with pytest.raises(SpecError, match="larger than the limit"):
        read(root, limits=Limits(size=2 * len(GET)))
    with pytest.raises(SpecError, match="more values than the limit"):
        read(root, limits=Limits(nodes=10))


def test_the_digest_is_of_the_files_that_count(write: Write) -> None:
    root = write({"a.request.yaml": GET, "folder/b.request.yaml": GET})
    first = spec_digest(root)
    (root / "README.md").write_text("words")
    assert spec_digest(root) == first == spec_digest(root.parent.parent)
    (root / "a.request.yaml").write_text(GET + "\n")
    assert spec_digest(root) != first
