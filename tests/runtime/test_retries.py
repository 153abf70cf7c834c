"""What is tried again, how often, and after how long."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from importlib import import_module
from typing import Any

import httpx2
import pytest

acme: Any = import_module("acme")
errors: Any = import_module("acme.errors")
retry: Any = import_module("acme._runtime.sender")
sender: Any = import_module("acme._runtime.sender")
OK = httpx2.Response(200, json={"id": 1, "name": "Ann", "role": "x"})


def _busy(status: int = 503, **headers: str) -> httpx2.Response:
    return httpx2.Response(status, headers={name.replace("_", "-"): value for name, value in headers.items()})


@pytest.mark.parametrize("status", [408, 429, 502, 503, 504])
def test_what_may_pass_is_tried_again(client: Any, recorder: Any, pauses: list[float], status: int) -> None:
    recorder.responses = [_busy(status), _busy(status), OK]
    assert client.users.get("a").name == "Ann"
    assert len(recorder.requests) == 3
    assert len(pauses) == 2
    assert 0.25 <= pauses[0] <= 0.5 <= pauses[1] <= 1.0


@pytest.mark.parametrize("status", [400, 401, 404, 409, 500, 501])
def test_what_will_not_pass_is_not(client: Any, recorder: Any, status: int) -> None:
    recorder.responses = [_busy(status)]
    with pytest.raises(errors.StatusError):
        client.users.get("a")
    assert len(recorder.requests) == 1


def test_the_last_response_is_raised(client: Any, recorder: Any) -> None:
    recorder.responses = [_busy(503), _busy(502), _busy(429), OK]
    with pytest.raises(errors.RateLimitError):
        client.users.get("a")
    assert len(recorder.requests) == 3


def test_a_post_is_sent_once(client: Any, recorder: Any) -> None:
    for failure in (
        _busy(503),
        httpx2.ReadTimeout("late"),
        httpx2.ReadError("cut"),
        httpx2.WriteError("cut"),
    ):
        recorder.requests.clear()
        recorder.responses = [failure]
        with pytest.raises(errors.APIError):
            client.users.create(name="x")
        assert len(recorder.requests) == 1


@pytest.mark.parametrize(
    "failure", [httpx2.ConnectError("x"), httpx2.ConnectTimeout("x"), httpx2.PoolTimeout("x")]
)
def test_a_post_that_was_never_sent_is_tried_again(client: Any, recorder: Any, failure: Exception) -> None:
    recorder.responses = [failure, httpx2.Response(204)]
    assert client.users.create(name="x") is None
    assert len(recorder.requests) == 2


def test_a_post_with_an_idempotency_key_is_tried_again(client: Any, recorder: Any) -> None:
    recorder.responses = [_busy(503), httpx2.ReadError("cut"), httpx2.Response(204)]
    client.users.create(name="x", options=acme.RequestOptions(idempotency_key="once"))
    assert [request.headers["Idempotency-Key"] for request in recorder.requests] == ["once"] * 3


def test_how_often(recorder: Any) -> None:
    recorder.responses = [_busy(503)]
    transport = httpx2.MockTransport(recorder)
    with acme.Acme(access_token="t", transport=transport, max_retries=0) as client:
        with pytest.raises(errors.ServerError):
            client.users.get("a")
        assert len(recorder.requests) == 1
        with pytest.raises(errors.ServerError):
            client.users.get("a", options=acme.RequestOptions(max_retries=4))
        assert len(recorder.requests) == 6
        with pytest.raises(errors.ServerError):
            client.with_options(max_retries=1).users.get("a")
        assert len(recorder.requests) == 8
    with pytest.raises(errors.ConfigurationError, match="max_retries"):
        acme.Acme(access_token="t", transport=transport, max_retries=-1)


def test_retry_after(client: Any, recorder: Any, pauses: list[float]) -> None:
    recorder.responses = [_busy(429, Retry_After="7"), _busy(429, Retry_After="86400"), OK]
    client.users.get("a")
    assert pauses == [7.0, 60.0]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0.0),
        ("1.5", 1.5),
        ("-1", None),
        ("nan", None),
        ("inf", None),
        ("soon", None),
        ("", None),
        ("9" * 400, None),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0),
        ("Wed, 99 Oct 2015 07:28:00 GMT", None),
    ],
)
def test_reading_retry_after(text: str, seconds: float | None) -> None:
    assert retry.retry_after({"Retry-After": text}) == seconds


def test_retry_after_as_a_date() -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    assert 25 < retry.retry_after({"Retry-After": moment}) <= 30


def test_pauses_grow_to_a_limit_and_differ() -> None:
    for attempt, longest in [(1, 0.5), (2, 1.0), (3, 2.0), (5, 8.0), (6, 8.0), (20, 8.0)]:
        pauses = [retry.pause_before(attempt, None) for _ in range(200)]
        assert longest / 2 <= min(pauses) < max(pauses) <= longest
        # Random enough that clients do not come back together.
        assert len(set(pauses)) > 100


@pytest.mark.parametrize(("asked", "waited", "requests"), [("50", 100, 3), ("40", 120, 4), ("60", 120, 3)])
def test_the_whole_wait_is_limited(
    client: Any, recorder: Any, monkeypatch: pytest.MonkeyPatch, asked: str, waited: float, requests: int
) -> None:
    now = [0.0]
    monkeypatch.setattr(sender.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(
        sender.Sender, "sleep", staticmethod(lambda seconds: now.__setitem__(0, now[0] + seconds))
    )
    recorder.responses = [_busy(503, Retry_After=asked)]
    with pytest.raises(errors.ServerError):
        client.users.get("a", options=acme.RequestOptions(max_retries=100))
    assert now[0] == waited
    assert len(recorder.requests) == requests


def test_a_deadline(client: Any, recorder: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(sender.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(
        sender.Sender, "sleep", staticmethod(lambda seconds: now.__setitem__(0, now[0] + seconds))
    )
    recorder.responses = [_busy(503, Retry_After="4")]
    options = acme.RequestOptions(deadline=10, max_retries=9)
    with pytest.raises(errors.ServerError):
        client.users.get("a", options=options)
    assert len(recorder.requests) == 3
    assert [request.extensions["timeout"]["read"] for request in recorder.requests] == [2.0] * 3
    with pytest.raises(errors.APITimeoutError, match="no response within 0 s in all"):
        client.users.get("a", options=acme.RequestOptions(deadline=0))


def test_a_deadline_lengthens_no_timeout(client: Any, recorder: Any) -> None:
    client.users.get("a", options=acme.RequestOptions(timeout=1, deadline=1000))
    assert recorder.last.extensions["timeout"] == {"connect": 1, "read": 1, "write": 1, "pool": 1}


def test_a_trickling_response_meets_the_deadline(
    client: Any, recorder: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = iter(range(1000))
    monkeypatch.setattr(sender.time, "monotonic", lambda: float(next(now)))
    with pytest.raises(errors.APITimeoutError, match="in all"):
        client.users.get("a", options=acme.RequestOptions(deadline=1.5))
    assert len(recorder.requests) == 1


def test_asynchronous_retries(recorder: Any, pauses: list[float]) -> None:
    recorder.responses = [_busy(503), httpx2.ReadError("cut"), OK]

    async def call() -> Any:
        async with acme.AsyncAcme(access_token="t", transport=httpx2.MockTransport(recorder)) as client:
            return await client.users.get("a")

    assert asyncio.run(call()).name == "Ann"
    assert len(pauses) == 2


def test_a_real_pause_passes() -> None:
    began = time.monotonic()
    asyncio.run(sender._pause(0.05))
    assert time.monotonic() - began >= 0.05
