"""Digest, client certificates, and which alternative signs."""

from __future__ import annotations

import hashlib
import re
import ssl
from importlib import import_module
from typing import Any

import httpx2
import pytest

auth: Any = import_module("acme.auth")
runtime: Any = import_module("acme._runtime.client")
errors: Any = import_module("acme.errors")
operation: Any = import_module("acme._runtime")
schemes: Any = import_module("acme._runtime.schemes")
sender: Any = import_module("acme._runtime.sender")
REALM, NONCE = "shop", "abc123"


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class DigestServer:
    """Asks for RFC 7616 digests with SHA-256 and checks each of them."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        given = request.headers.get("Authorization", "")
        self.given.append(given)
        if not given.startswith("Digest "):
            challenge = f'Digest realm="{REALM}", nonce="{NONCE}", qop="auth", algorithm=SHA-256'
            return httpx2.Response(401, headers={"WWW-Authenticate": challenge})
        told = dict(re.findall(r'(\w+)="?([^",]+)"?', given.removeprefix("Digest ")))
        first = digest(f"ann:{REALM}:secret")
        second = digest(f"{request.method}:{told['uri']}")
        right = digest(f"{first}:{NONCE}:{told['nc']}:{told['cnonce']}:auth:{second}")
        good = told["response"] == right and told["uri"].encode() == request.extensions["target"]
        return httpx2.Response(200 if good else 403, json={})


CONFIGURATION = operation.Configuration(
    name="Shop",
    base_url="https://shop.test",
    environment="SHOP",
    signing=auth.Signing(
        {
            "digest": schemes.Digest("username", "password"),
            "key": auth.ApiKey("X-Key", "header", "api_key"),
            "mtls": schemes.MutualTls(),
        },
        security=(("digest",),),
    ),
)
GET = operation.Operation("GET", "/a/{id}", returns=None)


def client(handler: Any, kind: str = "Client", **credentials: Any) -> Any:
    transport = httpx2.MockTransport(handler)
    return getattr(runtime, kind)(CONFIGURATION, credentials=credentials, transport=transport)


def test_digest_meets_the_challenge_and_remembers_it() -> None:
    server = DigestServer()
    with client(server, digest=("ann", "secret")) as made:
        for _ in range(2):
            made._send(GET, path={"id": "x y"}, query={"q": "'"})
    assert [given.startswith("Digest ") for given in server.given] == [False, True, True]
    assert "secret" not in str(server.given)


@pytest.mark.anyio
async def test_digest_of_an_asynchronous_client() -> None:
    server = DigestServer()
    async with client(server, "AsyncClient", digest=("ann", "secret")) as made:
        await made._send(GET, path={"id": "1"})
    assert len(server.given) == 2


def test_digest_with_a_wrong_password_is_refused() -> None:
    with client(DigestServer(), digest=("ann", "wrong")) as made, pytest.raises(errors.PermissionDeniedError):
        made._send(GET, path={"id": "1"})


def test_digest_without_a_credential_says_what_to_do() -> None:
    with (
        client(DigestServer()) as made,
        pytest.raises(errors.AuthenticationError, match="pass username= and password="),
    ):
        made._send(GET, path={"id": "1"})


def test_only_what_needs_digest_is_signed_with_it() -> None:
    server = DigestServer()
    open_one = operation.Operation("GET", "/open", security=())
    with client(server, digest=("ann", "secret")) as made, pytest.raises(errors.AuthenticationError):
        made._send(open_one)
    assert len(server.given) == 1


@pytest.mark.parametrize(
    ("certified", "given", "security", "chosen"),
    [
        (True, {}, (("mtls",),), ("mtls",)),
        (True, {"key": "k"}, (("mtls", "key"),), ("mtls", "key")),
        (False, {"key": "k"}, (("mtls", "key"),), ("key",)),
        (False, {"key": "k"}, (("mtls",), ("key",)), ("key",)),
        (False, {}, (("mtls",), ("key",)), ()),
        (True, {"key": "k"}, (("mtls",), ("key",)), ("mtls",)),
        (False, {"key": "k"}, (("digest", "key"), ("key",)), ("key",)),
        (False, {"key": "k", "digest": ("a", "b")}, (("digest", "key"), ("key",)), ("digest", "key")),
        (False, {"key": "k"}, (), ()),
        (False, {"key": "k"}, ((), ("key",)), ("key",)),
    ],
)
def test_which_alternative_signs(
    certified: bool, given: dict[str, Any], security: Any, chosen: tuple[str, ...]
) -> None:
    signer = CONFIGURATION.signing(CONFIGURATION, given, certified)
    assert signer.choose(security) == chosen


def test_a_certificate_reaches_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    real = httpx2.Client

    def spy(**options: Any) -> Any:
        seen.append(options["verify"])
        return real(**options)

    monkeypatch.setattr(sender.Sender, "kind", spy)
    context = ssl.create_default_context()
    with runtime.Client(CONFIGURATION, ssl_context=context):
        pass
    with runtime.Client(CONFIGURATION):
        pass
    assert seen == [context, True]


def test_a_certificate_and_a_transport_contradict_each_other() -> None:
    transport = httpx2.MockTransport(lambda request: httpx2.Response(200))
    with pytest.raises(errors.ConfigurationError, match="ssl_context"):
        runtime.Client(CONFIGURATION, ssl_context=ssl.create_default_context(), transport=transport)
