"""The judge of OpenAPI clients: our own documents pass it, and requests that were tampered with do not."""

from pathlib import Path
from typing import Any

import httpx2
import pytest

from pillarbox.client.api import Method
from pillarbox.config import ClientSettings
from pillarbox.lock.claims import Lock
from pillarbox.pipeline import Built, build

from ..test_cases import CASES
from .__main__ import specs, summary
from .calls import same
from .documents import Document, load
from .driver import Outcome, Spec, run
from .openapi import DocumentJudge
from .wire import Sent

OWN = (
    "openapi_body_form",
    "openapi_body_multipart",
    "openapi_document_refs_anywhere",
    "openapi_operation_query_in_path",
    "openapi_schema_discriminator_nested",
    "openapi_security_and_or",
    "openapi_server_three_levels",
    "openapi_style_collection_format",
    "openapi_style_content",
    "openapi_style_headers_and_cookies",
    "openapi_style_path",
    "openapi_style_query_arrays",
    "openapi_style_query_objects",
)


def spec_of(case: str) -> Path:
    (spec,) = (CASES / case).glob("spec.*")
    return spec


@pytest.mark.parametrize("case", OWN)
def test_our_own_documents(case: str, tmp_path: Path) -> None:
    (outcome,) = run([Spec(spec_of(case), f"{case}.json")], tmp_path, check_types=False)
    assert outcome.whole, outcome
    assert outcome.bad_calls == []
    assert outcome.good == outcome.operations > 0


def built(case: str) -> Built:
    spec = spec_of(case)
    return build(spec, ClientSettings(name="it", spec=spec, output=Path("it")), Lock())


def judged(case: str) -> tuple[DocumentJudge, dict[str, Method]]:
    operations = built(case).client.methods
    return DocumentJudge(Document(load(spec_of(case)))), {one.qualified: one for one in operations}


def request(
    method: str, target: str, headers: dict[str, str] | None = None, content: bytes = b""
) -> httpx2.Request:
    return httpx2.Request(
        method,
        "https://corpus.test/",
        headers=headers,
        content=content,
        extensions={"target": target.encode()},
    )


QUERY = (
    "family=Rosaceae&family=Poaceae&colour=red,black%2C%20mostly&height=10%20200&month=3|4&shelf=7&tag[]=old"
)


@pytest.mark.parametrize(
    ("query", "good"),
    [
        (QUERY, True),
        (QUERY.replace("&height=10%20200&month=3|4&shelf=7&tag[]=old", "&height=10&height=200"), False),
        (QUERY.replace("family=Rosaceae&family=Poaceae", "family=Rosaceae,Poaceae"), False),
        (QUERY.replace("family=Rosaceae&family=Poaceae", "family=Rosaceae"), False),
        (QUERY.replace("red,black%2C%20mostly", "red,black,%20mostly"), False),
        (QUERY.replace("family=", "families="), False),
        ("", False),
    ],
)
def test_lists_in_a_query(query: str, good: bool) -> None:
    judge, operations = judged("openapi_style_query_arrays")
    faults = judge.sent_faults([request("GET", f"/base/seeds?{query}")], operations["seeds.list"])
    assert (faults == []) == good


@pytest.mark.parametrize(
    ("path", "good"),
    [
        ("/matrix/;one=Vega/;names=Vega,Deneb/;exploded=Vega;exploded=Deneb/;from=1;to=6", True),
        ("/matrix/;one=Vega/;names=Vega,Deneb/;exploded=Vega;exploded=Deneb/;from=1;to=7", False),
        ("/matrix/;one=Vega/;names=Vega;names=Deneb/;exploded=Vega;exploded=Deneb/;from=1;to=6", False),
        ("/matrix/Vega/;names=Vega,Deneb/;exploded=Vega;exploded=Deneb/;from=1;to=6", False),
        ("/label/.Vega/.Vega,Deneb/.Vega.Deneb/.from=1.to=6", False),
    ],
)
def test_matrix_in_a_path(path: str, good: bool) -> None:
    judge, operations = judged("openapi_style_path")
    (matrix,) = (one for one in operations.values() if one.operation.name == "matrix")
    assert (judge.sent_faults([request("GET", path)], matrix) == []) == good


@pytest.mark.parametrize(
    ("headers", "good"),
    [
        ({"X-Bank": "a", "X-Customer": "b"}, True),
        ({"Authorization": "Basic YTpi"}, True),
        ({"X-Bank": "a"}, False),
        ({}, False),
    ],
)
def test_signatures(headers: dict[str, str], good: bool) -> None:
    judge, operations = judged("openapi_security_and_or")
    faults = judge.sent_faults([request("GET", "/boxes/1", headers)], operations["boxes.open"])
    assert (faults == []) == good


@pytest.mark.parametrize(
    ("method", "host", "target"),
    [
        ("PUT", "https://one.upload.radio.example", "/in/recordings"),
        ("POST", "https://archive.radio.example", "/recordings"),
        ("POST", "https://one.upload.radio.example", "/recordings"),
        ("POST", "https://one.upload.radio.example", "/in/recording"),
    ],
)
def test_method_and_server(method: str, host: str, target: str) -> None:
    judge, operations = judged("openapi_server_three_levels")
    upload = operations["recordings.create"]

    def sent(method: str, host: str, target: str) -> httpx2.Request:
        headers = {"Content-Type": "audio/flac"}
        return httpx2.Request(
            method, f"{host}{target}", headers=headers, content=b"x", extensions={"target": target.encode()}
        )

    assert (
        judge.sent_faults([sent("POST", "https://one.upload.radio.example", "/in/recordings")], upload) == []
    )
    assert judge.sent_faults([sent(method, host, target)], upload)


@pytest.mark.parametrize(
    ("content", "media_type", "good"),
    [
        (b'{"name": "Farmhouse", "flour": "rye", "grams": 750}', "application/json", True),
        (b'{"name": "Farmhouse", "flour": "rye"}', "application/json", False),
        (b'{"name": "Farmhouse", "flour": "rye", "grams": 750}', "text/plain", False),
        (b"{}", "application/json", False),
        (b"", "application/json", False),
    ],
)
def test_bodies(content: bytes, media_type: str, good: bool) -> None:
    judge, operations = judged("openapi_document_json_3_0")
    sent = request("POST", "/api/loaves", {"Content-Type": media_type}, content)
    assert (judge.sent_faults([sent], operations["loaves.create"]) == []) == good


def test_lost_operations_are_named() -> None:
    judge, operations = judged("openapi_document_refs_anywhere")
    assert judge.requests == len(operations) == 2
    assert judge.lost(tuple(operations.values())) == []
    first, *others = operations.values()
    assert judge.lost(tuple(others)) == [f"no method for {first.operation.origin.pointer}"]


def test_placeholders_of_a_path() -> None:
    sent = Sent(request("GET", "/base/tiles/3/4-5.png"))
    assert sent.placeholders("/tiles/{z}/{x}-{y}.{format}") == {"z": "3", "x": "4", "y": "5", "format": "png"}
    assert sent.placeholders("/tiles/{z}") is None
    assert Sent(request("GET", "/caf%C3%A9s/a%2Fb")).placeholders("/cafés/{name}") == {"name": "a%2Fb"}


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("2026-01-31T09:30:00Z", "2026-01-31T10:30:00+01:00", True),
        ("2026-01-31T09:30:00Z", "2026-01-31T09:30:01Z", False),
        ({"a": [1, 2.0]}, {"a": [1.0, 2]}, True),
        ({"a": 1}, {"a": True}, False),
        ({"a": None}, {}, False),
        ([], {}, False),
    ],
)
def test_equal_as_json(one: Any, other: Any, equal: bool) -> None:
    assert same(one, other) == equal


def test_versions_that_are_not_read_are_left_out(tmp_path: Path) -> None:
    for name, version in (("new", "3.2.0"), ("old", "3.1.0")):
        (tmp_path / f"{name}.yaml").write_text(
            f"openapi: {version}\ninfo: {{title: T, version: 3.2}}\npaths: {{}}\n"
        )
    assert [spec.name for spec in specs([tmp_path], [])] == ["old.yaml"]


def test_the_last_line() -> None:
    outcome = Outcome(
        "a.json",
        openapi=True,
        requests=4,
        operations=4,
        good=3,
        documented=2,
        made=5,
        fields=200,
        untyped=3,
        code=100,
        docstrings=50,
    )
    outcome.bad_calls.append("one")
    assert summary([outcome]) == (
        "openapi: 1/1 documents, 4/4 operations, 0 modules that fail to import, 0 type errors (mypy and pyright, strict), "
        "1 bad calls, 0 bad names, 2 documented examples + 5 made ones decoded strictly, 1.5% of fields untyped, "
        "25.0 code + 12.5 docstring lines per operation"
    )
