"""Each way to fail, and what the error says."""

from __future__ import annotations

import asyncio
import pickle
import socket
from importlib import import_module
from typing import Any

import httpx2
import pytest

acme: Any = import_module("acme")
errors: Any = import_module("acme.errors")
TOO_MANY_DIGITS = b'{"code": ' + b"1" * 5000 + b"}"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (300, "RedirectError"),
        (304, "RedirectError"),
        (400, "BadRequestError"),
        (401, "AuthenticationError"),
        (402, "ClientError"),
        (403, "PermissionDeniedError"),
        (404, "NotFoundError"),
        (405, "ClientError"),
        (409, "ConflictError"),
        (418, "ClientError"),
        (422, "UnprocessableEntityError"),
        (429, "RateLimitError"),
        (500, "ServerError"),
        (503, "ServerError"),
        (599, "ServerError"),
    ],
)
def test_class_by_status(client: Any, recorder: Any, status: int, kind: str) -> None:
    recorder.json({"code": 7, "message": "No."}, status=status, X_Request_Id="r-1", Retry_After="3")
    with pytest.raises(errors.StatusError) as caught:
        client.users.get("a")
    error = caught.value
    assert type(error).__name__ == kind
    assert (error.status, error.code, error.message, error.request_id) == (status, 7, "No.", "r-1")
    assert error.body == {"code": 7, "message": "No."}
    assert error.retry_after == 3
    assert isinstance(error.response, httpx2.Response)
    assert isinstance(error, errors.APIError)
    restored = pickle.loads(pickle.dumps(error))
    assert type(restored) is type(error)
    assert str(restored) == str(error)
    assert (restored.code, restored.body, restored.response) == (7, {"code": 7, "message": "No."}, None)


def test_the_message_of_an_error(client: Any, recorder: Any) -> None:
    recorder.json({"code": 1001, "message": "User does not exist: x."}, status=404, X_Request_Id="r-1")
    with pytest.raises(errors.NotFoundError) as caught:
        client.users.get("x y")
    assert str(caught.value) == (
        "GET https://api.acme.test/v2/users/x%20y: 404 Not Found: User does not exist: x. "
        "(code 1001, request id r-1)"
    )


@pytest.mark.parametrize(
    ("body", "code", "message"),
    [
        ({"code": "E1", "message": "m"}, "E1", "m"),
        ({"errorCode": 5, "errorMessage": "m"}, 5, "m"),
        ({"error": {"code": 9, "message": "m"}}, 9, "m"),
        ({"error": "invalid_grant", "error_description": "m"}, "invalid_grant", "m"),
        ({"error": "Something broke"}, None, "Something broke"),
        ({"errors": [{"code": "a", "detail": "m"}, {"code": "b"}]}, "a", "m"),
        ({"errors": ["m", "n", "m"]}, None, "m; n"),
        ({"title": "T.", "status": 400, "detail": "m"}, None, "T: m"),
        ({"title": "Too long", "detail": "Too long by 3"}, None, "Too long by 3"),
        ({"title": "t"}, None, "t"),
        ([{"errorCode": "X", "message": "m"}], "X", "m"),
        ({"fault": {"message": "m", "code": 3}}, 3, "m"),
        ({"errors": [{"message": "m", "extensions": {"code": "GQL"}}]}, "GQL", "m"),
        ({"code": True, "message": ["m"]}, None, "m"),
        ({"code": True, "message": {"at": 1}}, None, ""),
        ({"detail": [{"loc": ["body", "size", 0], "msg": "too small"}]}, None, "body.size.0: too small"),
        (
            {"detail": [{"loc": ["query"], "msg": "a", "code": "Z"}, {"loc": ["path", "id"], "msg": "b"}]},
            "Z",
            "query: a; path.id: b",
        ),
        ({"detail": {"code": "FULL", "message": "no berth left"}}, "FULL", "no berth left"),
        ({"mast": ["is bent"], "sail": ["is torn", "is wet"]}, None, "mast: is bent; sail: is torn; is wet"),
        (
            {"detail": "Refused.", "extra": [{"key": "mast", "message": "is bent"}]},
            None,
            "Refused: mast: is bent",
        ),
        ({"title": "Invalid.", "errors": {"Mast": ["is bent"]}}, None, "Invalid: Mast: is bent"),
        ({"message": "No.", "errors": [{"reason": "seen already"}]}, None, "No."),
        ({"error": "Bad Request", "message": ["a", "b"], "statusCode": 400}, "Bad Request", "a; b"),
        ({"errors": [{"message": "m" * 300}, {"message": "n" * 300}]}, None, f"{'m' * 300}; {'n' * 198}…"),
        ({"message": "two\nlines\x1b[31m  here"}, None, "two lines [31m here"),
        ({"message": "x" * 5000}, None, "x" * 500 + "…"),
        ({}, None, ""),
        (None, None, ""),
        (5, None, ""),
    ],
)
def test_code_and_message(client: Any, recorder: Any, body: object, code: object, message: str) -> None:
    recorder.json(body, status=400)
    with pytest.raises(errors.BadRequestError) as caught:
        client.users.get("a")
    assert (caught.value.code, caught.value.message) == (code, message)


@pytest.mark.parametrize(
    ("content", "media_type", "body", "message"),
    [
        (b"<html><h1>Oops</h1></html>", "text/html", "<html><h1>Oops</h1></html>", ""),
        (b"plain words", "text/plain", "plain words", "plain words"),
        (b'{"message": "m"}', "text/plain", {"message": "m"}, "m"),
        (b"{broken", "application/json", "{broken", "{broken"),
        (b"", "application/json", None, ""),
        (b"[" * 100_000, "application/json", "[" * 100_000, "[" * 500 + "…"),
        (TOO_MANY_DIGITS, "application/json", TOO_MANY_DIGITS.decode(), TOO_MANY_DIGITS.decode()[:500] + "…"),
    ],
)
def test_bodies_that_are_no_json(
    client: Any, recorder: Any, content: bytes, media_type: str, body: object, message: str
) -> None:
    recorder.responses = [httpx2.Response(400, headers={"Content-Type": media_type}, content=content)]
    with pytest.raises(errors.BadRequestError) as caught:
        client.users.get("a")
    assert (caught.value.body, caught.value.message) == (body, message)


def test_a_401_without_credentials_says_what_to_pass(recorder: Any) -> None:
    recorder.json({"message": "No token."}, status=401)
    with acme.Acme(transport=httpx2.MockTransport(recorder)) as client:
        with pytest.raises(errors.AuthenticationError) as caught:
            client.users.get("a")
        assert str(caught.value).endswith(
            "No token. The client has no credentials: pass access_token= or set ACME_ACCESS_TOKEN."
        )
        with pytest.raises(errors.AuthenticationError) as caught:
            client.users.login(name="x")
        assert "access_token" not in str(caught.value)


def test_a_401_with_credentials_gives_no_such_hint(client: Any, recorder: Any) -> None:
    recorder.json({"message": "Expired."}, status=401)
    with pytest.raises(errors.AuthenticationError) as caught:
        client.users.get("a")
    assert "credentials" not in str(caught.value)


def test_redirects_are_not_followed(client: Any, recorder: Any) -> None:
    recorder.responses = [httpx2.Response(302, headers={"Location": "https://u:p@evil.test/x?token=abc"})]
    with pytest.raises(errors.RedirectError, match=r"points to https://evil\.test/x\?token=\*\*\*"):
        client.users.get("a")
    assert len(recorder.requests) == 1


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (httpx2.ConnectError("refused"), "TransportError"),
        (httpx2.ReadError(""), "TransportError"),
        (httpx2.RemoteProtocolError("nonsense"), "TransportError"),
        (httpx2.UnsupportedProtocol("x"), "TransportError"),
        (httpx2.ConnectTimeout("slow"), "APITimeoutError"),
        (httpx2.ReadTimeout("slow"), "APITimeoutError"),
        (httpx2.PoolTimeout("slow"), "APITimeoutError"),
    ],
)
def test_no_response(client: Any, recorder: Any, failure: Exception, kind: str) -> None:
    recorder.responses = [failure]
    with pytest.raises(errors.TransportError) as caught:
        client.users.get("a")
    error = caught.value
    assert type(error).__name__ == kind
    assert isinstance(error, TimeoutError) == (kind == "APITimeoutError")
    assert str(error).startswith("GET https://api.acme.test/v2/users/a: no response")
    assert (error.method, error.url) == ("GET", "https://api.acme.test/v2/users/a")
    assert error.__cause__ is failure
    restored = pickle.loads(pickle.dumps(error))
    assert (type(restored), str(restored), restored.url) == (type(error), str(error), error.url)


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    client = acme.Acme(base_url=f"http://127.0.0.1:{port}", access_token="t")
    with client, pytest.raises(errors.TransportError, match=r"no response after 3 attempts \(ConnectError"):
        client.users.get("a")

    async def call() -> None:
        async with acme.AsyncAcme(base_url=f"http://127.0.0.1:{port}", access_token="t") as client:
            await client.users.get("a")

    with pytest.raises(errors.TransportError, match="ConnectError"):
        asyncio.run(call())


def test_a_response_that_is_no_http(raw_server: Any) -> None:
    raw_server.response = b"SSH-2.0-OpenSSH_9.0\r\n\r\n"
    client = acme.Acme(base_url=raw_server.url, access_token="t", max_retries=0)
    with client, pytest.raises(errors.TransportError, match="RemoteProtocolError"):
        client.users.get("a")


def test_a_silent_server(raw_server: Any) -> None:
    raw_server.response = b""
    client = acme.Acme(base_url=raw_server.url, access_token="t", max_retries=0, timeout=0.1)
    with client, pytest.raises(errors.APITimeoutError, match="no response in time"):
        client.users.get("a")


def test_every_public_error_is_an_api_error() -> None:
    classes = [
        item
        for item in vars(errors).values()
        if isinstance(item, type) and item.__module__ == errors.__name__
    ]
    assert len(classes) == 16
    assert all(issubclass(item, errors.APIError) for item in classes)
    assert issubclass(errors.ConfigurationError, ValueError)
