"""A secret reaches the wire and nothing else: no text, log, error or pickle."""

from __future__ import annotations

import asyncio
import logging
import pickle
import traceback
from importlib import import_module
from typing import Any

import httpx2
import pytest

acme: Any = import_module("acme")
auth: Any = import_module("acme.auth")
errors: Any = import_module("acme.errors")
redact: Any = import_module("acme._runtime.message")

CANARY = "c4n4ry-s3cr3t"
CREDENTIALS: list[dict[str, str]] = [
    {"access_token": CANARY},
    {"username": "me", "password": CANARY},
    {"api_key": CANARY, "app_id": CANARY},
    {"session_id": CANARY},
]
each = pytest.mark.parametrize("credentials", CREDENTIALS, ids="+".join)


def _wire(request: httpx2.Request) -> bytes:
    """What goes out."""
    target: bytes = request.extensions["target"]
    return target + b"\n" + b"\n".join(name + b": " + value for name, value in request.headers.raw)


@each
def test_texts(credentials: dict[str, str], recorder: Any) -> None:
    with acme.Acme(**credentials, transport=httpx2.MockTransport(recorder)) as client:
        other = client.with_options(headers={"X-Secret": CANARY})
        things = [
            client,
            other,
            client.users,
            client._sender,
            client._sender.session,
            client._sender.session.signer,
        ]
        for thing in things:
            assert CANARY not in repr(thing)
            assert CANARY not in str(thing)
            assert CANARY not in f"{thing}"
        for thing in (client, client._sender.session.signer):
            with pytest.raises(TypeError):
                pickle.dumps(thing)
        assert CANARY not in repr(acme.RequestOptions(headers={"A": CANARY}, query={"token": CANARY}))
        assert CANARY not in repr(auth.Signature(headers=(("A", CANARY),)))


def _failures(recorder: Any) -> list[httpx2.Response | Exception]:
    return [
        httpx2.Response(401, json={"message": "no"}),
        httpx2.Response(302, headers={"Location": f"https://x.test/?access_token={CANARY}"}),
        httpx2.Response(200, content=b"<html>"),
        httpx2.ConnectError("refused"),
        httpx2.ReadTimeout("late"),
    ]


@each
def test_errors_and_logs(
    credentials: dict[str, str], recorder: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with acme.Acme(**credentials, transport=httpx2.MockTransport(recorder)) as client:
        for failure in _failures(recorder):
            recorder.responses = [failure]
            with pytest.raises(errors.APIError) as caught:
                client.users.get("a")
            _assert_clean(caught.value)
    assert any(record.name == "httpx2" for record in caplog.records)
    assert CANARY not in caplog.text
    sent = [_wire(request) for request in recorder.requests]
    if "password" not in credentials:
        assert all(CANARY.encode() in wire for wire in sent)


@each
def test_asynchronous_errors_and_logs(
    credentials: dict[str, str], recorder: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    async def call() -> None:
        async with acme.AsyncAcme(**credentials, transport=httpx2.MockTransport(recorder)) as client:
            for failure in _failures(recorder):
                recorder.responses = [failure]
                with pytest.raises(errors.APIError) as caught:
                    await client.users.get("a")
                _assert_clean(caught.value)

    asyncio.run(call())
    assert CANARY not in caplog.text


def _assert_clean(error: BaseException) -> None:
    assert CANARY not in str(error)
    assert CANARY not in repr(error)
    assert CANARY.encode() not in pickle.dumps(error)
    # As error trackers do: the values of local variables, frame by frame. This test's own frame holds the secret.
    shown = traceback.TracebackException.from_exception(error, capture_locals=True)
    shown.stack[:] = shown.stack[1:]
    assert CANARY not in "".join(shown.format())


def test_a_real_connection(raw_server: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with acme.Acme(base_url=raw_server.url, api_key=CANARY, app_id=CANARY) as client:
        client.request("GET", "/x", query={"q": "1", "refresh_token": CANARY})
    assert raw_server.target == f"/x?q=1&refresh_token={CANARY}&app_id={CANARY}"
    assert raw_server.headers["x-api-key"] == CANARY
    assert CANARY not in caplog.text
    assert "refresh_token=***" in caplog.text


def test_plain_http_is_refused() -> None:
    with pytest.raises(errors.ConfigurationError, match="plain HTTP") as caught:
        acme.Acme(base_url="http://api.acme.test", access_token=CANARY)
    assert CANARY not in str(caught.value)
    with pytest.raises(errors.ConfigurationError, match="plain HTTP"):
        acme.Acme(base_url="http://api.acme.test", headers={"Authorization": "x"})
    with pytest.raises(errors.ConfigurationError, match="plain HTTP"):
        acme.Acme(base_url="http://api.acme.test", auth=httpx2.BasicAuth("a", "b"))
    acme.Acme(base_url="http://api.acme.test", access_token="x", allow_insecure=True).close()
    acme.Acme(base_url="http://api.acme.test").close()
    for host in ("localhost", "127.0.0.1:8080", "[::1]:80", "app.localhost"):
        acme.Acme(base_url=f"http://{host}", access_token="x").close()
    with httpx2.Client() as http_client:
        acme.Acme(base_url="http://api.acme.test", access_token="x", http_client=http_client).close()


@each
def test_an_operation_on_a_plain_http_server_is_refused(credentials: dict[str, str]) -> None:
    operation: Any = import_module("acme._runtime")
    with acme.Acme(**credentials) as client:
        plain = operation.Operation("GET", "/x", server="http://files.acme.test")
        with pytest.raises(errors.ConfigurationError, match=r"http://files\.acme\.test is plain HTTP"):
            client._sender.send(operation.Call(plain, operation.Arguments()))


def test_a_key_in_the_query_alone_is_refused_over_plain_http() -> None:
    operation: Any = import_module("acme._runtime")
    with acme.Acme(api_key=CANARY, app_id=CANARY) as client:
        plain = operation.Operation("GET", "/x", server="http://files.acme.test", security=(("query_key",),))
        with pytest.raises(errors.ConfigurationError, match="is plain HTTP"):
            client._sender.send(operation.Call(plain, operation.Arguments()))


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://u:p@h/x?a=1", "https://h/x?a=1"),
        ("https://h/x?token=1&a=2", "https://h/x?token=***&a=2"),
        (
            "https://h/x?X-Amz-Signature=1&sig=2&code=3&zip_code=4",
            "https://h/x?X-Amz-Signature=***&sig=***&code=***&zip_code=4",
        ),
        ("https://h/x?api%5Fkey=1", "https://h/x?api%5Fkey=***"),
        ("https://h/x?clientSecret=1&sort_key=2&token", "https://h/x?clientSecret=***&sort_key=2&token"),
        ("https://h/p@th?own=1", "https://h/p@th?own=***"),
    ],
)
def test_redacted_urls(url: str, shown: str) -> None:
    assert redact.redacted(url, frozenset({"own"})) == shown


def test_a_quiet_url_is_otherwise_a_url() -> None:
    url = redact.QuietURL("https://h/x?token=abc")
    assert str(url) == "https://h/x?token=***"
    assert "abc" not in repr(url)
    assert url.params["token"] == "abc"
    assert url == httpx2.URL("https://h/x?token=abc")
    assert httpx2.URL("https://h/x?token=abc") == url
    assert url == "https://h/x?token=abc"
    assert url != redact.QuietURL("https://h/x?token=other")
    assert url == redact.QuietURL("https://h/x?token=abc")
    assert hash(url) == hash(httpx2.URL("https://h/x?token=abc"))


def test_a_secret_that_cannot_be_sent(recorder: Any) -> None:
    client = acme.Acme(access_token=f"{CANARY}\r\nX: y", transport=httpx2.MockTransport(recorder))
    with client, pytest.raises(ValueError, match="Authorization") as caught:
        client.users.get("a")
    assert CANARY not in str(caught.value)
    assert recorder.requests == []
