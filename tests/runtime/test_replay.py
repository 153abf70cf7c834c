"""Saved examples as a transport and as a server."""

from __future__ import annotations

import asyncio
import http.client
import json
from importlib import import_module
from typing import Any

import httpx2
import pytest

acme: Any = import_module("acme")
errors: Any = import_module("acme.errors")
replay: Any = import_module("acme.testing")
serve: Any = replay.serve

EXAMPLES = replay.EXAMPLES


@pytest.fixture
def transport() -> Any:
    return replay.ExampleTransport(EXAMPLES)


@pytest.mark.parametrize("base_url", [None, "https://x.test", "https://x.test/a/b"])
def test_the_first_success_is_returned(transport: Any, base_url: str | None) -> None:
    with acme.Acme(access_token="t", transport=transport, base_url=base_url) as client:
        with client.capture_responses() as responses:
            assert client.users.get("x/y").name == "Ann"
        assert responses[0].headers["X-A"] == "b"
        assert client.users.get("me").name == "Me"
        assert client.users.create(name="x") is None
        assert client.users.login(name="x") == "welcome"
    assert [request.method for request in transport.requests] == ["GET", "GET", "POST", "POST"]
    assert transport.requests[2].content == b'{"name":"x"}'


def test_asynchronous_clients_get_responses_too(transport: Any) -> None:
    async def call() -> str:
        async with acme.AsyncAcme(access_token="t", transport=transport) as client:
            name: str = (await client.users.get("a")).name
            return name

    assert asyncio.run(call()) == "Ann"


def test_another_response_can_be_chosen(transport: Any) -> None:
    with acme.Acme(access_token="t", transport=transport) as client:
        transport.use("users.get", status=404)
        with pytest.raises(errors.NotFoundError, match="User does not exist") as caught:
            client.users.get("a")
        assert caught.value.code == 1001
        assert client.users.get("me").name == "Me"
        transport.use("users.get", name="A user")
        assert client.users.get("a").name == "Ann"
        transport.use("users.create", status=201)
        assert client.users.create(name="x").token == "t"
    with pytest.raises(
        LookupError, match=r"users\.get has no such saved response; it has: 200 'A user', 404"
    ):
        transport.use("users.get", status=500)
    with pytest.raises(LookupError, match=r"no operation is called 'users\.typo'"):
        transport.use("users.typo")


def test_a_status_for_all() -> None:
    transport = replay.ExampleTransport(json.loads(EXAMPLES.read_text()), status=404)
    with acme.Acme(access_token="t", transport=transport) as client:
        with pytest.raises(errors.NotFoundError):
            client.users.get("a")
        assert client.users.get("me").name == "Me"
    named = replay.ExampleTransport(EXAMPLES, name="Created")
    with acme.Acme(access_token="t", transport=named) as client:
        assert client.users.create(name="x").token == "t"


def test_what_is_not_saved(transport: Any) -> None:
    with acme.Acme(access_token="t", transport=transport) as client:
        with pytest.raises(
            errors.ServerError, match=r"501.*no successful response is saved for users\.list_all"
        ):
            client.users.list_all()
        with pytest.raises(errors.ServerError, match=r"501.*no operation is DELETE /nothing"):
            client.request("DELETE", "/nothing")


def test_operations_of_another_server(transport: Any) -> None:
    with acme.Acme(access_token="t", transport=transport) as client:
        assert client.users.export(region="eu") == b"abc"
        with pytest.raises(errors.ServerError, match="no operation is GET /main/export"):
            client.request("GET", "/main/export")


def test_names(transport: Any) -> None:
    assert transport.names == (
        "users.create",
        "users.export",
        "users.get",
        "users.list_all",
        "users.login",
        "users.me",
    )
    assert [(saved.status, saved.name) for saved in transport.responses("users.get")] == [
        (200, "A user"),
        (404, "No such user"),
    ]


def test_operations_that_share_a_route() -> None:
    saved = {
        "operations": [
            {"name": name, "method": "POST", "path": "/x", "server": None, "responses": [response]}
            for name, response in [
                ("first", {"name": "", "status": 200, "media_type": "application/json", "json": {"n": 1}}),
                ("second", {"name": "", "status": 200, "media_type": "application/json", "json": {"n": 2}}),
            ]
        ]
    }
    transport = replay.ExampleTransport(saved)
    with acme.Acme(access_token="t", transport=transport) as client:
        assert client.request("POST", "/x").json() == {"n": 1}
        transport.use("second")
        assert client.request("POST", "/x").json() == {"n": 2}


def test_placeholders_take_a_part_of_a_segment() -> None:
    saved = {"name": "", "status": 200, "media_type": "text/plain", "text": "ok"}
    operations = [
        {"name": path, "method": "GET", "path": path, "responses": [{**saved, "text": path}]}
        for path in ("/{a}", "/{a}/key={k}", "/{a}/{b}", "/v{n}.json", "")
    ]
    with acme.Acme(access_token="t", transport=replay.ExampleTransport({"operations": operations})) as client:
        for path, template in {
            "/q": "/{a}",
            "/q/key=5": "/{a}/key={k}",
            "/q/x": "/{a}/{b}",
            "/v1.json": "/v{n}.json",
        }.items():
            assert client.request("GET", path).text == template


def test_over_a_socket(transport: Any) -> None:
    with serve(transport) as base_url:
        with acme.Acme(access_token="t", base_url=base_url) as client:
            assert client.users.get("a").name == "Ann"
            assert client.users.create(name="x") is None
            assert client.users.upload.__name__ == "upload"
            with pytest.raises(errors.ServerError, match="no operation is PURGE /x"):
                client.request("PURGE", "/x")
        host = base_url.removeprefix("http://")
        connection = http.client.HTTPConnection(host, timeout=5)
        connection.request("POST", "/login", body=b"name=x")
        assert connection.getresponse().read() == b"welcome"
        connection.close()
    assert transport.requests[-1].content == b"name=x"
    with pytest.raises(httpx2.ConnectError), httpx2.Client() as plain:
        plain.get(base_url)
