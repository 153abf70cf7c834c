"""Which of the documented types a response has, what is asked for, and text that is none."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import httpx2
import pytest

errors: Any = import_module("acme.errors")
models: Any = import_module("acme.models")
contents: Any = import_module("acme._runtime.contents")
message: Any = import_module("acme._runtime.message")
Operation: Any = import_module("acme._runtime").Operation

PIXELS = bytes(range(256))
PHOTO: Mapping[tuple[int | None, str], Any] = {
    (200, "image/webp"): lambda: bytes,
    (200, "image/*"): lambda: bytes,
    (200, "application/json"): lambda: models.UserToken,
    (200, "text/plain; charset=utf-8"): lambda: str,
    (202, "application/hal+json"): lambda: list[int],
    (204, ""): None,
}


def received(
    returns: Any,
    content: bytes,
    media_type: str,
    *,
    status: int = 200,
    accept: str = "",
    strict: bool = False,
) -> tuple[Any, list[tuple[str, ...]]]:
    operation = Operation("GET", "/photo", returns=returns)
    asked = accept or message._accept(returns)
    request = httpx2.Request("GET", "https://api.acme.test/photo", headers={"Accept": asked})
    headers = {"Content-Type": media_type} if media_type else {}
    response = httpx2.Response(status, headers=headers, content=content, request=request)
    value, found = message.decode(operation, response, strict=strict)
    return value, [tuple(one[1:]) for one in found]


@pytest.mark.parametrize(
    ("media_type", "content", "value", "found"),
    [
        ("image/webp", PIXELS, PIXELS, []),
        ("image/webp; q=1", b"{}", b"{}", []),
        ("image/png", PIXELS, PIXELS, []),
        ("text/plain", b"busy", "busy", [("$", "image/webp", "text/plain")]),
        ("TEXT/Plain;charset=latin-1", b"\xe4", "ä", [("$", "image/webp", "text/plain")]),
        # Not documented: read as what was asked for.
        ("text/html", b"busy", b"busy", []),
        ("", b"busy", b"busy", []),
    ],
)
@pytest.mark.parametrize("strict", [False, True])
def test_the_content_type_decides_where_it_is_documented(
    media_type: str, content: bytes, value: object, found: list[tuple[str, ...]], strict: bool
) -> None:
    assert received(PHOTO, content, media_type, strict=strict) == (value, found)


@pytest.mark.parametrize("media_type", ["application/json", "application/problem+json"])
def test_json_in_place_of_bytes_has_its_own_type(media_type: str) -> None:
    value, found = received(PHOTO, b'{"token": "t"}', media_type)
    assert type(value) is models.UserToken
    assert value.token == "t"
    assert found == [("$", "image/webp", media_type)]


def test_who_asks_for_another_type_gets_it_without_a_mismatch() -> None:
    assert received(PHOTO, b"busy", "text/plain", accept="text/plain") == ("busy", [])


def test_each_status_has_its_own_types() -> None:
    assert received(PHOTO, b"[1]", "application/json", status=202) == ([1], [])
    assert received(PHOTO, b"", "", status=204) == (None, [])
    # Another status than any documented one: most likely it has the usual type.
    assert received(PHOTO, PIXELS, "image/webp", status=206) == (PIXELS, [])


def test_what_is_asked_for_is_the_first_of_each_status() -> None:
    assert contents.accept_of(PHOTO) == "image/webp, application/hal+json"
    assert contents.accept_of({(200, ""): None, (204, ""): None}) == "*/*"


def test_accept_is_sent_unless_the_caller_sets_it(client: Any, recorder: Any) -> None:
    acme: Any = import_module("acme")
    recorder.json({"id": 1})
    client.users.get("a")
    assert recorder.last.headers["Accept"] == "application/json"
    recorder.responses = [httpx2.Response(200, content=PIXELS)]
    client.users.upload("a", avatar=b"x")
    assert recorder.last.headers["Accept"] == "*/*"
    recorder.json({"id": 1})
    client.users.get("a", options=acme.RequestOptions(headers={"Accept": "application/rig+json"}))
    assert recorder.last.headers["Accept"] == "application/rig+json"
    recorder.json({"id": 1})
    client.with_options(headers={"Accept": "application/cargo+json"}).users.get("a")
    assert recorder.last.headers["Accept"] == "application/cargo+json"


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/octet-stream", "text/plain; charset=ascii", ""]
)
def test_documented_text_that_does_not_decode(media_type: str) -> None:
    assert received(lambda: str, PIXELS, media_type) == (PIXELS, [("$", "str", "bytes")])
    with pytest.raises(errors.DecodeError, match="is not text") as caught:
        received(lambda: str, PIXELS, media_type, strict=True)
    assert caught.value.body == PIXELS


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/rig; charset=utf-8", "text/plain; charset=base64"]
)
def test_an_undocumented_text_that_does_not_decode_stays_bytes(media_type: str) -> None:
    assert received(lambda: Any, b"\xff\x00", media_type, strict=True) == (b"\xff\x00", [])
