"""What reaches a socket, byte for byte."""

from __future__ import annotations

import asyncio
import io
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from . import styled

acme: Any = import_module("acme")
multipart_body: Any = import_module("acme._runtime.files").multipart_body
text_body: Any = import_module("acme._runtime.text").text_body
address: Any = import_module("acme._runtime.settings").address
Operation: Any = import_module("acme._runtime").Operation
Arguments: Any = import_module("acme._runtime").Arguments
Call: Any = import_module("acme._runtime").Call


def _sync(server: Any, operation: Any, **places: Any) -> None:
    with acme.Acme(base_url=f"{server.url}/v2", access_token="tok") as client:
        client._sender.send(Call(operation, Arguments(**places)))


def _async(server: Any, operation: Any, **places: Any) -> None:
    async def call() -> None:
        async with acme.AsyncAcme(base_url=f"{server.url}/v2", access_token="tok") as client:
            await client._sender.send(Call(operation, Arguments(**places)))

    asyncio.run(call())


both = pytest.mark.parametrize("send", [_sync, _async])


@both
@pytest.mark.parametrize(
    "path",
    [
        "/a[1]|b^c",
        "/%41%zz%",
        "/a//b/",
        "/jcr:root;x=1/@me",
        "/(a)'b'*!$,=",
    ],
)
def test_fixed_text_of_a_path_is_sent_unchanged(raw_server: Any, send: Any, path: str) -> None:
    send(raw_server, Operation("GET", path))
    assert raw_server.target == f"/v2{path}"


@both
@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (("",), "?"),
        (("a=1", "", "b"), "?a=1&&b"),
        (("x=%41&y=%zz",), "?x=%41&y=%zz"),
        (("q={a}|[b]\\`^",), "?q={a}|[b]\\`^"),
    ],
)
def test_fixed_query_is_sent_unchanged(
    raw_server: Any, send: Any, pieces: tuple[str, ...], expected: str
) -> None:
    send(raw_server, Operation("GET", "/x", fixed_query=pieces))
    assert raw_server.target == f"/v2/x{expected}"


@both
def test_fixed_pieces_keep_their_position_among_the_arguments(raw_server: Any, send: Any) -> None:
    operation: Operation[None] = Operation(
        "GET", "/x", fixed_query=(("a", "=first"), ("b", ""), ("gone", "c"), "last")
    )
    send(raw_server, operation, query={"a": "1", "b": None})
    assert raw_server.target == "/v2/x?=first&a=1&&c&last"


@both
def test_a_key_alone_among_its_values(raw_server: Any, send: Any) -> None:
    send(
        raw_server,
        Operation("GET", "/x", query=styled.query(tag="flag")),
        query={"tag": ["b", True, "", False]},
    )
    assert raw_server.target == "/v2/x?tag=b&tag&tag="


@both
@pytest.mark.parametrize("arguments", [{"json": {"a": 1}}, {"body": {"a": 1}}, {"content": "text"}])
def test_an_empty_media_type_is_none(raw_server: Any, send: Any, arguments: dict[str, Any]) -> None:
    send(raw_server, Operation("POST", "/x", media_type=""), **arguments)
    assert "content-type" not in raw_server.headers
    assert raw_server.body


@both
def test_an_empty_path_is_a_slash_or_the_base(raw_server: Any, send: Any) -> None:
    send(raw_server, Operation("GET", ""))
    assert raw_server.target == "/v2"
    with acme.Acme(base_url=raw_server.url, access_token="tok") as client:
        client._sender.send(Call(Operation("GET", ""), Arguments()))
    assert raw_server.target == "/"


@both
@pytest.mark.parametrize(
    ("method", "length"), [("GET", None), ("DELETE", None), ("POST", "0"), ("COPY", "0")]
)
def test_a_request_without_a_body_says_so(
    raw_server: Any, send: Any, method: str, length: str | None
) -> None:
    send(raw_server, Operation(method, "/x"))
    assert raw_server.method == method
    assert raw_server.headers.get("content-length") == length
    assert "content-type" not in raw_server.headers


@both
def test_default_headers(raw_server: Any, send: Any) -> None:
    send(raw_server, Operation("GET", "/x"))
    headers = raw_server.headers
    assert headers["accept"] == "*/*"
    assert headers["user-agent"] == "Acme/pillarbox"
    assert headers["authorization"] == "Bearer tok"
    assert headers["host"] == f"127.0.0.1:{raw_server.port}"


@both
def test_headers_of_the_operation_and_of_the_call(raw_server: Any, send: Any) -> None:
    operation = Operation("GET", "/x", headers={"Accept": "text/csv", "X-Twice": ("1", "2"), "X-Latin": "é"})
    send(raw_server, operation, headers={"X-None": None, "X-List": ["a", 2], "X-Flag": True})
    head = raw_server.requests[-1]
    assert b"\r\nX-Twice: 1\r\nX-Twice: 2\r\n" in head
    assert b"\r\nX-Latin: \xe9\r\n" in head
    assert raw_server.headers["accept"] == "text/csv"
    assert raw_server.headers["x-list"] == "a,2"
    assert raw_server.headers["x-flag"] == "true"
    assert "x-none" not in raw_server.headers


@both
def test_json(raw_server: Any, send: Any) -> None:
    send(raw_server, Operation("POST", "/x"), json={"é": [1, 2.5, None, True], "a": {}})
    assert raw_server.body == '{"é":[1,2.5,null,true],"a":{}}'.encode()
    assert raw_server.headers["content-type"] == "application/json"


@both
def test_a_media_type_of_the_operation_wins(raw_server: Any, send: Any) -> None:
    send(raw_server, Operation("PATCH", "/x", media_type="application/merge-patch+json"), json={"a": None})
    assert raw_server.body == b'{"a":null}'
    assert raw_server.headers["content-type"] == "application/merge-patch+json"


@both
def test_form(raw_server: Any, send: Any) -> None:
    form = {"a b": "x y+z&=%41", "list": [1, 2], "none": None, "yes": True, "k[]": "é!'()*~"}
    send(raw_server, Operation("POST", "/x"), body=form)
    assert (
        raw_server.body == b"a%20b=x%20y%2Bz%26%3D%2541&list=1&list=2&yes=true&k%5B%5D=%C3%A9%21%27%28%29%2A~"
    )
    assert raw_server.headers["content-type"] == "application/x-www-form-urlencoded"


@both
def test_an_empty_form_is_no_body(raw_server: Any, send: Any) -> None:
    send(raw_server, Operation("POST", "/x"), body={"a": None})
    assert raw_server.body == b""
    assert raw_server.headers["content-length"] == "0"
    assert "content-type" not in raw_server.headers


@both
def test_multipart(raw_server: Any, send: Any, tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    path.write_bytes(b"\x89PNG" * 40000)
    opened = io.BytesIO(b"skip this rest")
    opened.seek(10)
    send(
        raw_server,
        Operation("POST", "/x", body=multipart_body({"typed": "text/csv"})),
        body={
            "note": "grüße",
            "n": [1, True],
            "none": None,
            "path": path,
            "opened": opened,
            "typed": "a,b",
            "named": ('../../etc/pass"wd\r\n.json', b"{}"),
            "full": ("x.bin", "text", "image/x"),
            "object": {"a": 1},
        },
    )
    match = re.fullmatch(r"multipart/form-data; boundary=([0-9a-f]{32})", raw_server.headers["content-type"])
    assert match is not None
    boundary = match[1].encode()
    parts = raw_server.body.split(b"--" + boundary)
    assert parts[0] == b""
    assert parts[-1] == b"--\r\n"
    disposition = b"\r\nContent-Disposition: form-data; name="
    assert [part[len(disposition) :] for part in parts[1:-1]] == [
        b'"note"\r\n\r\ngr\xc3\xbc\xc3\x9fe\r\n',
        b'"n"\r\n\r\n1\r\n',
        b'"n"\r\n\r\ntrue\r\n',
        b'"path"; filename="photo.png"\r\nContent-Type: image/png\r\n\r\n' + b"\x89PNG" * 40000 + b"\r\n",
        b'"opened"; filename="opened"\r\nContent-Type: application/octet-stream\r\n\r\nrest\r\n',
        b'"typed"\r\nContent-Type: text/csv\r\n\r\na,b\r\n',
        b'"named"; filename="pass%22wd.json"\r\nContent-Type: application/json\r\n\r\n{}\r\n',
        b'"full"; filename="x.bin"\r\nContent-Type: image/x\r\n\r\ntext\r\n',
        b'"object"\r\nContent-Type: application/json\r\n\r\n{"a":1}\r\n',
    ]
    assert "transfer-encoding" not in raw_server.headers


@both
def test_a_multipart_body_keeps_its_boundary(raw_server: Any, send: Any) -> None:
    headers = {"Content-Type": "multipart/form-data"}
    send(raw_server, Operation("POST", "/x", body=multipart_body()), body={"a": "b"}, headers=headers)
    boundary = raw_server.headers["content-type"].partition("; boundary=")[2]
    assert boundary and raw_server.body.startswith(f"--{boundary}\r\n".encode())


@both
def test_a_file_without_a_name_is_named_after_its_field(raw_server: Any, send: Any) -> None:
    send(raw_server, Operation("POST", "/x", body=multipart_body()), body={"a\0b": b"1", "\0": b"2"})
    assert re.findall(rb'filename="(.*)"', raw_server.body) == [b"ab", b"file"]


@both
def test_content_is_sent_as_it_is(raw_server: Any, send: Any, tmp_path: Path) -> None:
    path, note = tmp_path / "big", tmp_path / "note.txt"
    path.write_bytes(bytes(range(256)) * 1000)
    note.write_bytes(b"A note.")
    for content, body, kind in [
        ("té", "té".encode(), "text/plain"),
        (b"\x00\xff", b"\x00\xff", None),
        (path, path.read_bytes(), "application/octet-stream"),
        (note, b"A note.", "text/plain"),
        (io.BytesIO(b"abc"), b"abc", "application/octet-stream"),
    ]:
        send(raw_server, Operation("PUT", "/x"), content=content)
        assert raw_server.body == body
        assert raw_server.headers.get("content-type") == kind
        assert raw_server.headers["content-length"] == str(len(body))


@both
def test_text_templates(raw_server: Any, send: Any) -> None:
    template = '<a b="{{v}}">{{v}}{{n}}</a>'
    send(
        raw_server, Operation("POST", "/soap", body=text_body(template, "xml")), body={"v": "<&\"'>", "n": 5}
    )
    assert raw_server.body == b'<a b="&lt;&amp;&quot;&apos;&gt;">&lt;&amp;&quot;&apos;&gt;5</a>'
    assert raw_server.headers["content-type"] == "application/xml"
    send(
        raw_server,
        Operation("POST", "/j", body=text_body('{"a": "{{v}}", "b": {{n}}}', "json")),
        body={"v": 'x"\n', "n": [1]},
    )
    assert raw_server.body == b'{"a": "x\\"\\n", "b": [1]}'


@both
def test_cookies(raw_server: Any, send: Any) -> None:
    plain = styled.elsewhere(cookies={"a": "", "b": ""})
    send(raw_server, Operation("GET", "/x", styles=plain), cookies={"a": "1", "none": None, "b": True})
    assert raw_server.headers["cookie"] == "a=1; b=true"


SETS_A_COOKIE = b"HTTP/1.1 200 OK\r\nSet-Cookie: session=other-user\r\nContent-Length: 2\r\n\r\n{}"


def _two_calls(server: Any) -> Any:
    with acme.Acme(base_url=server.url, access_token="tok") as client:
        for _ in range(2):
            client._sender.send(Call(Operation("GET", "/x"), Arguments()))
        return client._sender.http_client


def _two_async_calls(server: Any) -> Any:
    async def call() -> Any:
        async with acme.AsyncAcme(base_url=server.url, access_token="tok") as client:
            for _ in range(2):
                await client._sender.send(Call(Operation("GET", "/x"), Arguments()))
            return client._sender.http_client

    return asyncio.run(call())


@pytest.mark.parametrize("call_twice", [_two_calls, _two_async_calls])
def test_cookies_of_responses_are_neither_kept_nor_sent_back(raw_server: Any, call_twice: Any) -> None:
    raw_server.response = SETS_A_COOKIE
    http_client = call_twice(raw_server)
    assert len(raw_server.requests) == 2
    assert "cookie" not in raw_server.headers
    assert list(http_client.cookies.jar) == []


def test_an_operation_of_another_server(raw_server: Any) -> None:
    with acme.Acme(access_token="tok") as client:
        operation = Operation("GET", "/{tenant}/x", server=address(raw_server.url + "/{base}"))
        client._sender.send(Call(operation, Arguments(server={"base": "a/b"})))
    assert raw_server.target == "/a/b/main/x"


def test_a_file_is_read_again_for_another_attempt(raw_server: Any, pauses: list[float]) -> None:
    raw_server.response = b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"
    with acme.Acme(base_url=raw_server.url, access_token="tok") as client, pytest.raises(acme.APIError):
        client.users.upload("1", avatar=io.BytesIO(b"picture" * 20000))
    assert len(raw_server.requests) == 3
    assert len({request.partition(b"\r\n\r\n")[2] for request in raw_server.requests}) == 1
    assert b"picture" * 20000 in raw_server.body
