"""Making a client, signing, options, raw requests, sharing."""

from __future__ import annotations

import asyncio
import copy
import subprocess
import sys
from base64 import b64decode
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx2
import pytest

acme: Any = import_module("acme")
auth: Any = import_module("acme.auth")
errors: Any = import_module("acme.errors")
runtime: Any = import_module("acme._runtime.client")
settings: Any = import_module("acme._runtime.settings")
operation: Any = import_module("acme._runtime")

FOLDER = str(Path(acme.__file__).parents[1])


def _client(recorder: Any, **arguments: Any) -> Any:
    return acme.Acme(transport=httpx2.MockTransport(recorder), **arguments)


def test_bearer(client: Any, recorder: Any) -> None:
    client.users.get("a")
    assert recorder.last.headers["Authorization"] == "Bearer tok"


def test_basic(recorder: Any) -> None:
    _client(recorder, username="mé", password="p:w").users.get("a")
    kind, _, token = recorder.last.headers["Authorization"].partition(" ")
    assert (kind, b64decode(token).decode()) == ("Basic", "mé:p:w")
    _client(recorder, username="key-only").users.get("a")
    assert b64decode(recorder.last.headers["Authorization"].split()[1]) == b"key-only:"
    with pytest.raises(ValueError, match="username must not hold a colon"):
        _client(recorder, username="a:b", password="x").users.get("a")


def test_alternatives_and_sets(recorder: Any) -> None:
    both = _client(recorder, api_key="k", app_id="i&d")
    both.users.get("a")
    assert recorder.last.headers["X-API-Key"] == "k"
    assert recorder.target == "/v2/users/a?app_id=i%26d"
    half = _client(recorder, api_key="k", session_id="s")
    half.users.get("a")
    assert "X-API-Key" not in recorder.last.headers
    assert recorder.last.headers["Cookie"] == "sid=s"
    first = _client(recorder, access_token="t", api_key="k", app_id="i")
    first.users.get("a")
    assert recorder.last.headers["Authorization"] == "Bearer t"
    assert recorder.target == "/v2/users/a"


def test_an_operation_without_security_is_not_signed(client: Any, recorder: Any) -> None:
    recorder.responses = [httpx2.Response(200, text="hi")]
    assert client.users.login(name="x") == "hi"
    assert "Authorization" not in recorder.last.headers
    with _client(recorder, auth=httpx2.BasicAuth("a", "b")) as other:
        other.users.login(name="x")
        assert "Authorization" not in recorder.last.headers


def test_an_auth_of_the_caller_replaces_ours(recorder: Any) -> None:
    class Signing(httpx2.Auth):
        def auth_flow(self, request: httpx2.Request) -> Generator[httpx2.Request, httpx2.Response, None]:
            request.headers["X-Signed"] = request.extensions["target"].decode()
            yield request

    with _client(recorder, auth=Signing(), access_token="t") as client:
        client.users.get("a/b")
    assert recorder.last.headers["X-Signed"] == "/v2/users/a%2Fb"
    assert "Authorization" not in recorder.last.headers


def test_a_header_set_by_hand_is_not_replaced(recorder: Any) -> None:
    with _client(recorder, access_token="t", headers={"authorization": "Custom x"}) as client:
        client.users.get("a")
        assert recorder.last.headers["Authorization"] == "Custom x"
        client.users.get("a", options=acme.RequestOptions(headers={"Authorization": "Other y"}))
        assert recorder.last.headers["Authorization"] == "Other y"
        client.users.get("a", options=acme.RequestOptions(headers={"Authorization": None, "Accept": None}))
        assert "Authorization" not in recorder.last.headers
        assert "Accept" not in recorder.last.headers


def test_environment(recorder: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACME_ACCESS_TOKEN", "from-env")
    monkeypatch.setenv("ACME_BASE_URL", "https://env.test/base/")
    monkeypatch.setenv("ACME_TENANT", "t-env")
    client = _client(recorder)
    client.users.get("a")
    assert recorder.last.headers["Authorization"] == "Bearer from-env"
    assert str(recorder.last.url) == "https://env.test/base/users/a"
    client._sender.send(operation.Call(operation.Operation("GET", "/{tenant}"), operation.Arguments()))
    assert recorder.target == "/base/t-env"
    explicit = _client(recorder, access_token="mine", base_url="https://x.test", tenant="t")
    explicit.users.get("a")
    assert recorder.last.headers["Authorization"] == "Bearer mine"
    assert str(recorder.last.url) == "https://x.test/users/a"
    monkeypatch.setenv("ACME_ACCESS_TOKEN", "")
    _client(recorder, access_token="").users.get("a")
    assert "Authorization" not in recorder.last.headers


def test_token_providers(recorder: Any) -> None:
    tokens = iter("abc")
    client = _client(recorder, access_token=lambda: next(tokens))
    for token in "ab":
        client.users.get("x")
        assert recorder.last.headers["Authorization"] == f"Bearer {token}"

    async def provider() -> str:
        return "later"

    with pytest.raises(TypeError, match="asynchronous client"):
        _client(recorder, access_token=provider).users.get("x")
    with pytest.raises(TypeError, match="must be text"):
        _client(recorder, access_token=lambda: 5).users.get("x")

    async def call() -> None:
        async with acme.AsyncAcme(access_token=provider, transport=httpx2.MockTransport(recorder)) as client:
            await client.users.get("x")
            assert recorder.last.headers["Authorization"] == "Bearer later"
        async with acme.AsyncAcme(
            access_token=lambda: "now", transport=httpx2.MockTransport(recorder)
        ) as client:
            await client.users.get("x")
            assert recorder.last.headers["Authorization"] == "Bearer now"

    asyncio.run(call())


@pytest.mark.parametrize(
    "base_url",
    [
        "api.acme.test",
        "ftp://x.test",
        "https://",
        "https://u:p@x.test",
        "https://x.test/?a=b",
        "https://x.test/#f",
        "https://x.test:port/",
        "https://x y/",
        "//x.test",
    ],
)
def test_refused_base_urls(recorder: Any, base_url: str) -> None:
    with pytest.raises(errors.ConfigurationError, match="base URL"):
        _client(recorder, base_url=base_url)


@pytest.mark.parametrize(
    ("base_url", "target"),
    [
        ("https://x.test", "/users/a"),
        ("https://x.test/", "/users/a"),
        ("HTTPS://X.test/Base//", "/Base/users/a"),
        ("https://x.test/a b/%41/é", "/a%20b/%41/%C3%A9/users/a"),
    ],
)
def test_base_urls(recorder: Any, base_url: str, target: str) -> None:
    _client(recorder, base_url=base_url).users.get("a")
    assert recorder.target == target


def test_what_a_configuration_may_lack() -> None:
    nowhere = operation.Configuration(name="Nowhere", environment="NOWHERE")
    with pytest.raises(errors.ConfigurationError, match="pass base_url= or set NOWHERE_BASE_URL"):
        runtime.Client(nowhere)
    project = operation.Configuration(
        name="P",
        base_url=settings.address("https://{region}.p.test"),
        settings={"region": settings.Setting("region")},
    )
    with pytest.raises(errors.ConfigurationError, match="P needs region: pass region="):
        runtime.Client(project)
    with runtime.Client(project, settings={"region": "eu"}) as client:
        assert repr(client) == "<Client https://eu.p.test>"


def test_an_http_client_of_the_caller(recorder: Any) -> None:
    with httpx2.Client(
        transport=httpx2.MockTransport(recorder),
        headers={"X-Mine": "1", "User-Agent": "mine/1"},
        cookies={"c": "1"},
        auth=("user", "pw"),
        timeout=7,
    ) as http_client:
        client = acme.Acme(http_client=http_client)
        client.users.get("a")
        last = recorder.last
        assert (last.headers["X-Mine"], last.headers["User-Agent"], last.headers["Cookie"]) == (
            "1",
            "mine/1",
            "c=1",
        )
        assert last.headers["Authorization"].startswith("Basic ")
        assert last.extensions["timeout"]["read"] == 7
        acme.Acme(http_client=http_client, access_token="t", timeout=3).users.get("a")
        assert recorder.last.headers["Authorization"] == "Bearer t"
        assert recorder.last.extensions["timeout"] == {"connect": 3, "read": 3, "write": 3, "pool": 3}
        client.close()
        assert not http_client.is_closed
    with pytest.raises(errors.ConfigurationError, match="not both"):
        acme.Acme(http_client=http_client, transport=httpx2.MockTransport(recorder))


def test_cookies_of_a_call_replace_those_of_the_callers_http_client(recorder: Any) -> None:
    with httpx2.Client(transport=httpx2.MockTransport(recorder), cookies={"c": "1"}) as http_client:
        acme.Acme(http_client=http_client, session_id="s").users.get("a")
    assert recorder.last.headers.get_list("Cookie") == ["sid=s"]


def test_timeouts(client: Any, recorder: Any) -> None:
    client.users.get("a")
    assert recorder.last.extensions["timeout"] == {"connect": 10, "read": 60, "write": 60, "pool": 60}
    client.users.get("a", options=acme.RequestOptions(timeout=None))
    assert set(recorder.last.extensions["timeout"].values()) == {None}
    client.with_options(timeout=httpx2.Timeout(5, read=9)).users.get("a")
    assert recorder.last.extensions["timeout"] == {"connect": 5, "read": 9, "write": 5, "pool": 5}


def test_options_of_a_call(client: Any, recorder: Any) -> None:
    recorder.json([])
    options = acme.RequestOptions(headers={"X-A": "1"}, query={"extra": ["a b", 2]})
    assert client.users.list_all(tag="t", options=options) == []
    assert recorder.target == "/v2/users?tag=t&extra=a%20b&extra=2"
    assert recorder.last.headers["X-A"] == "1"
    assert recorder.last.headers["Accept"] == "application/json"


def test_with_options_shares_the_connections(client: Any, recorder: Any) -> None:
    users = client.users
    other = client.with_options(headers={"X-A": "1"}, strict=True)
    assert type(other) is type(client)
    assert other.users is not users
    other.users.get("a")
    assert recorder.last.headers["X-A"] == "1"
    assert recorder.last.headers["Authorization"] == "Bearer tok"
    other.close()
    client.users.get("a")
    assert "X-A" not in recorder.last.headers
    with client.capture_responses() as responses:
        other.users.get("a")
    assert len(responses) == 1


def test_raw_requests(client: Any, recorder: Any) -> None:
    response = client.request(
        "post", "/things/{x}?a=1", query={"b": [1, 2]}, json={"k": None}, headers={"X-A": 5}
    )
    assert response.json()["name"] == "Ann"
    assert recorder.last.method == "POST"
    assert recorder.target == "/v2/things/%7Bx%7D?b=1&b=2&a=1"
    assert recorder.last.content == b'{"k":null}'
    assert recorder.last.headers["X-A"] == "5"
    assert recorder.last.headers["Authorization"] == "Bearer tok"
    client.request("GET", "https://api.acme.test/other/next?page=2")
    assert recorder.target == "/other/next?page=2"
    client.request("GET", "things")
    assert recorder.target == "/v2/things"
    recorder.json({}, status=404)
    with pytest.raises(errors.NotFoundError):
        client.request("GET", "/x")


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.test/x",
        "http://api.acme.test/x",
        "https://api.acme.test:444/x",
        "https://api.acme.test.evil.test/x",
        "https://api.acme.test@evil.test/x",
        "//evil.test/x",
        "ftp://api.acme.test/x",
        "javascript:alert(1)",
        "/a/../b",
        "/..",
        "/%2e%2E/x",
        "/%252e%252e",
        "/a\\..\\b",
    ],
)
def test_raw_requests_stay_at_home(client: Any, recorder: Any, path: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  errors of several kinds, all of them ValueErrors
        client.request("GET", path)
    with pytest.raises(ValueError, match="method"):
        client.request("GET /x", "/y")
    assert recorder.requests == []


def test_capture(client: Any, recorder: Any) -> None:
    client.users.get("before")
    with client.capture_responses() as outer:
        client.users.get("a")
        with client.capture_responses() as inner:
            recorder.json({}, status=404)
            with pytest.raises(errors.NotFoundError):
                client.users.get("b")
    assert [response.status_code for response in outer] == [200, 404]
    assert [response.status_code for response in inner] == [404]
    assert outer[0].json()["name"] == "Ann"


def test_capture_sees_its_own_client_and_task(recorder: Any) -> None:
    async def call() -> None:
        transport = httpx2.MockTransport(recorder)
        client = acme.AsyncAcme(access_token="t", transport=transport)
        other = acme.AsyncAcme(access_token="t", transport=transport)

        async def one(name: str) -> list[str]:
            with client.capture_responses() as responses:
                await client.users.get(name)
                await asyncio.sleep(0)
                await other.users.get("other")
            return [response.request.url.path for response in responses]

        async with client, other:
            found = list(await asyncio.gather(one("a"), one("b")))
        assert found == [["/v2/users/a"], ["/v2/users/b"]]

    asyncio.run(call())


def test_threads_share_a_client() -> None:
    def respond(request: httpx2.Request) -> httpx2.Response:
        name = request.url.path.rpartition("/")[2]
        return httpx2.Response(200, json={"id": int(name), "name": request.headers["X-Trace"], "role": "x"})

    made = acme.Acme(access_token="t", transport=httpx2.MockTransport(respond))
    with made as client, ThreadPoolExecutor(32) as pool:
        found = list(pool.map(lambda n: client.users.get(str(n), trace=f"t{n}"), range(500)))
    assert [(user.id, user.name) for user in found] == [(n, f"t{n}") for n in range(500)]


def test_tasks_share_a_client() -> None:
    def respond(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(
            200, json={"id": int(request.url.path.rpartition("/")[2]), "name": "n", "role": "x"}
        )

    async def call() -> list[int]:
        async with acme.AsyncAcme(access_token="t", transport=httpx2.MockTransport(respond)) as client:
            users = await asyncio.gather(*(client.users.get(str(n)) for n in range(500)))
            return [user.id for user in users]

    assert asyncio.run(call()) == list(range(500))


def test_connections_are_returned_to_the_pool(raw_server: Any) -> None:
    raw_server.response = b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}"
    with acme.Acme(base_url=raw_server.url, access_token="t") as client:
        for _ in range(150):
            with pytest.raises(errors.NotFoundError):
                client.users.get("a")
        pool = client._sender.http_client._transport._pool
        assert len(pool.connections) == 1


def test_a_closed_client(recorder: Any) -> None:
    client = _client(recorder, access_token="t")
    client.close()
    client.close()
    with pytest.raises(RuntimeError, match="closed"):
        client.users.get("a")


def test_a_client_is_not_copied(client: Any) -> None:
    with pytest.raises(TypeError, match="make another one"):
        copy.copy(client)


def _loaded_by(code: str) -> set[str]:
    watched = "('httpx2', 'pydantic', 'asyncio', 'anyio', 'dataclasses', 'logging')"
    models = "[name for name in sys.modules if name.startswith('acme.models.')]"
    script = f"import sys\n{code}\nprint(*sorted(set(sys.modules) & set({watched})), *{models})"
    result = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {FOLDER!r})\n{script}"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return set(result.stdout.split())


def test_importing_is_cheap() -> None:
    assert _loaded_by("import acme") == set()
    assert _loaded_by("from acme import Acme, AsyncAcme, APIError, UNSET") == set()
    assert _loaded_by("import acme.users, acme.models, acme.auth, acme._runtime.settings") == set()
    made = _loaded_by("import acme\nacme.Acme(access_token='t').users")
    assert "httpx2" in made
    assert not {"pydantic", "acme.models.user"} & made


def test_a_call_without_a_model_needs_no_pydantic() -> None:
    code = (
        "import acme, httpx2\n"
        "t = httpx2.MockTransport(lambda r: httpx2.Response(200, text='hi'))\n"
        "assert acme.Acme(transport=t).users.login(name='x') == 'hi'"
    )
    assert "pydantic" not in _loaded_by(code)


def test_lazy_names() -> None:
    assert {"Acme", "AsyncAcme", "RequestOptions"} <= set(dir(acme))
    with pytest.raises(AttributeError, match="has no attribute 'Typo'"):
        acme.models.Typo  # noqa: B018
