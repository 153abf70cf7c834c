"""Arguments: their order, their names, and what a member called like a builtin leaves of the annotations."""

import inspect
import re
from operator import attrgetter
from pathlib import Path
from typing import Any

import httpx2
import pytest

from pillarbox.model.api import Location
from pillarbox.model.types import Array, Map
from tests.oracles import mypy_errors, need, pyright_errors

from .apis import (
    BOOLEAN,
    INTEGER,
    NUMBER,
    STRING,
    Client,
    api,
    client,
    imported,
    json_body,
    operation,
    parameter,
    record,
)

SHADOWS = ("list", "dict", "type", "set", "int", "str", "bytes", "bool", "float", "object", "property")


def _names(made: Client) -> list[str]:
    """The arguments of the only method."""
    (arguments,) = made.arguments.values()
    return list(arguments)


def _called(made: Client, client: Any) -> Any:
    """The only method, bound to a client."""
    (method,) = made.described.methods
    return attrgetter(method.qualified)(client)


def test_required_keywords_come_first_and_the_order_of_the_spec_is_sent(tmp_path: Path) -> None:
    update = operation(
        "update",
        "PUT /shops/{shop}/items/{item}",
        record(ok=BOOLEAN),
        parameters=[
            parameter("view"),
            parameter("lang", required=True),
            parameter("X-Trace", Location.HEADER),
            parameter("X-Shop", Location.HEADER, required=True),
        ],
        body=json_body(record(note_=STRING, price=INTEGER, tags_=Array(STRING), name=STRING)),
    )
    made = client(api(update))
    package = imported(made, tmp_path, "order_of_arguments")
    sent: list[httpx2.Request] = []

    def recorder(request: httpx2.Request) -> httpx2.Response:
        sent.append(request)
        return httpx2.Response(200, json={"ok": True})

    method = _called(made, package.Shop(transport=httpx2.MockTransport(recorder)))
    names = list(inspect.signature(method).parameters)
    assert names == "shop item lang x_shop price name view x_trace note tags options".split()
    method(
        item="i",
        shop="s",
        tags=["t"],
        name="n",
        price=1,
        note="x",
        lang="en",
        view="all",
        x_shop="1",
        x_trace="2",
    )
    assert sent[0].url.raw_path == b"/shops/s/items/i?view=all&lang=en"
    assert sent[0].read() == b'{"note":"x","price":1,"tags":["t"],"name":"n"}'


@pytest.mark.parametrize("awaited", [False, True])
def test_every_argument_of_the_path_is_taken_by_name_too(awaited: bool, tmp_path: Path) -> None:
    route = "GET /a/{self}/b/{options}/{id}"
    made = client(api(operation("get", route, record(ok=BOOLEAN), resource=("files",))))
    package = imported(made, tmp_path, f"paths_by_name_{awaited}")
    method = _called(made, (package.AsyncShop if awaited else package.Shop)())
    kinds = {item.kind for item in inspect.signature(method).parameters.values()}
    assert kinds == {inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY}
    assert _names(made) == ["path_self", "path_options", "id"]


def test_an_example_names_ids_that_could_be_swapped() -> None:
    made = client(
        api(
            operation("one", "GET /repos/{owner}", INTEGER),
            operation(
                "two", "GET /repos/{owner}/{repo}", INTEGER, parameters=[parameter("sort", required=True)]
            ),
        )
    )
    assert re.findall(r">>> client\.\w+\((.*)\)", made.files["client.py"]) == [
        '"example"',
        'owner="example", repo="example", sort="example"',
    ]


def test_only_words_of_python_get_an_underscore() -> None:
    made = client(
        api(
            operation(
                "search",
                "GET /x/{id}",
                parameters=[
                    parameter(wire)
                    for wire in ("from", "class", "type", "list", "filter", "format", "options", "self")
                ],
                body=json_body(record(id=STRING, async_=STRING)),
            )
        )
    )
    assert _names(made) == [
        "id", "from_", "class_", "type", "list", "filter", "format", "query_options", "query_self", "body_id",
        "async_",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wires", "names"),
    [
        (("monitor[]", "monitor"), ["monitors", "monitor"]),
        (("statusCode", "statusCode[]"), ["status_code", "status_codes"]),
        (("ids", "ids[]"), ["ids", "query_ids"]),
        (("ids[]",), ["ids"]),
        (("/^var[.][a-zA-Z0-9]+$/",), ["var"]),
        (("/on/",), ["on"]),
        (("---",), ["query_value"]),
        (("body",), ["body"]),
    ],
)
def test_no_argument_is_named_after_nothing(wires: tuple[str, ...], names: list[str]) -> None:
    made = client(api(operation("get", "GET /x", parameters=[parameter(wire) for wire in wires])))
    assert _names(made) == names


def test_a_long_name_keeps_its_words() -> None:
    whole = "secret_scanning_push_protection_enabled_for_new_repositories"
    made = client(api(operation("get", "GET /x", parameters=[parameter(whole)])))
    assert _names(made) == [whole]


def test_a_whole_body_beside_an_argument_called_body() -> None:
    made = client(api(operation("put", "PUT /x", body=json_body(STRING), parameters=[parameter("body")])))
    assert _names(made) == ["body", "request_body"]


@pytest.mark.oracle
def test_members_called_like_builtins_leave_annotations_whole(tmp_path: Path) -> None:
    """mypy and pyright take the name of a member for the builtin, in every annotation of its class."""
    need("pyright")
    parameters = [
        parameter("list", kind=Array(STRING)),
        parameter("type", kind=BOOLEAN),
        parameter("f", kind=NUMBER),
        parameter("d", kind=Map(STRING)),
    ]
    operations = [
        operation(
            name,
            f"POST /{'-'.join(resource) or 'root'}/{name}/{{id}}",
            record(items=Array(STRING), size=INTEGER),
            resource=resource,
            parameters=parameters,
            body=json_body(record(str=STRING, dict=Map(INTEGER), int_=INTEGER)),
        )
        for resource in ((), ("things",))
        for name in SHADOWS
    ]
    below = [operation("get", f"GET /all/{name}", Array(STRING), resource=("all", name)) for name in SHADOWS]
    beside = operation("get", "GET /all", Array(STRING), resource=("all",), parameters=parameters)
    made = client(api(*operations, *below, beside))
    assert any("-> builtins.list[builtins.str]:" in text for text in made.files.values())
    made.write(tmp_path / "shop")
    assert mypy_errors(tmp_path, ["shop"]) == []
    assert pyright_errors(tmp_path, ["shop"]) == []
