"""Requests that the contract has no case of, because few APIs ask for them."""

import os
from collections.abc import Iterator
from dataclasses import replace

import pytest

from pillarbox.samples.model import (
    BearerAuth,
    Flag,
    FormContent,
    Header,
    Input,
    KeyHeader,
    KeyQuery,
    MultipartContent,
    Request,
    Secret,
    Segment,
    TextContent,
    TextPart,
)
from pillarbox.samples.registry import LANGUAGES
from tests.conformance.compare import parts_of
from tests.conformance.wire import Sent

from .proof import SECRET, Contract
from .runners import RUNNERS
from .server import Reply

KEYS = ("python-requests", "wget", "httpie", "raw-http", "php", "ruby", "perl", "r")
_TOKEN = Secret("token", "CONTRACT_TOKEN")


@pytest.fixture(scope="module")
def contract() -> Iterator[Contract]:
    made = Contract()
    yield made
    made.close()


def _sent(contract: Contract, key: str, **changes: object) -> tuple[Sent, tuple[str, ...]]:
    """What a sample sends of the plain request with these changes, and what it says that it cannot."""
    runner = RUNNERS[key]
    if missing := runner.missing():
        message = f"{', '.join(missing)} is not installed"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    language = next(one for one in LANGUAGES if one.key == key)
    plain = next(one for one in contract.cases if one.name == "Plain get")
    sample = replace(plain.sample, request=replace(plain.sample.request, **changes))  # type: ignore[arg-type]
    folder = contract.folder / f"{key}-edges"
    folder.mkdir(exist_ok=True)
    contract.server.reply = Reply(body=plain.reply.body)
    contract.server.taken()
    rendered = language.render(sample)
    done = contract.run(rendered, language, runner, folder)
    assert done.returncode == 0, done.stderr
    (sent,) = contract.server.taken()
    return sent, rendered.unsent


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONTRACT_TOKEN", SECRET)


@pytest.mark.parametrize("key", KEYS)
def test_headers_keys_and_tokens_of_every_spelling(contract: Contract, key: str) -> None:
    fixed = {"X-A": "=x", "X-B": "@x", "X-C": "a\\:b", "X-D": ":@y;", "X-E": "a\tb;", "X-Empty": ""}
    headers = [Header(name, (value,)) for name, value in fixed.items()]
    auth = (BearerAuth("Token", _TOKEN), KeyHeader("X-K", _TOKEN), KeyQuery("a b", _TOKEN, "a%20b"))
    sent, said = _sent(contract, key, headers=tuple(headers), auth=auth)
    found = dict(sent.headers)
    expected = {
        name.lower(): value for name, value in fixed.items() if f"header {name} " not in "".join(said)
    }
    assert {
        name: value for name, value in found.items() if name.startswith("x-") and name != "x-k"
    } == expected
    assert found["authorization"] == f"Token {SECRET}"
    assert found["x-k"] == SECRET
    assert sent.target.startswith("/v1/status?a%20b=s3cr3t")


@pytest.mark.parametrize("key", KEYS)
def test_an_address_out_of_variables(contract: Contract, key: str) -> None:
    base = contract.server.base_url
    sent, _ = _sent(
        contract,
        key,
        address=(Input("base_url", base), "/x/", Segment(Input("id", "a b"))),
        query=(Flag("f", "f"),),
    )
    assert sent.target == "/v1/x/a%20b?f"
    host, _, port = base.split("/")[2].partition(":")
    address = ("http://", Input("host", host), ":", Input("port", port))
    sent, _ = _sent(contract, key, address=address, query=(Flag("f", "f"),))
    assert sent.target in ("/?f", "?f")


PARTS = (("a\\", "b\\:c"), ("empty", ""), ('q"x', "v\r\nw"), ("n", "x\0y"))


@pytest.mark.parametrize("key", KEYS)
def test_parts_that_no_option_takes(contract: Contract, key: str) -> None:
    content = MultipartContent(tuple(TextPart(name, value, "") for name, value in PARTS))
    sent, said = _sent(contract, key, method="POST", content=content)
    parts = parts_of(sent.body, sent.header("content-type"))
    assert parts is not None
    assert [(part[0].replace("%22", '"'), part[3]) for part in parts] == [
        (name, value.encode()) for name, value in PARTS
    ]
    assert said == ()


@pytest.mark.parametrize("key", KEYS)
def test_bodies_that_end_what_stands_around_them(contract: Contract, key: str) -> None:
    text = 'TEXT\n__END__\n=pod\nTEXT;\n?>\r\nb\rc{{x}} {{length}} )"---\n\n'
    sent, _ = _sent(contract, key, method="POST", content=TextContent(text, "text/x"))
    assert sent.body == text.encode()
    encoded = "a%5C=b%5C%3Ac&=&x="
    form = FormContent((("a\\", "b\\:c"), ("", ""), ("x", "")), encoded, "application/x-www-form-urlencoded")
    sent, _ = _sent(contract, key, method="POST", content=form)
    assert sent.body.decode() == encoded


def test_the_plain_request_is_plain(contract: Contract) -> None:
    plain: Request = next(one for one in contract.cases if one.name == "Plain get").sample.request
    assert plain.method == "GET"
    assert not plain.query
    assert plain.content is None
