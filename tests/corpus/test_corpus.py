"""A short slice of `make corpus`, and the judge itself: one that finds nothing must not pass for one that is content."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest

from pillarbox.client.api import Method
from pillarbox.config import ClientSettings
from pillarbox.lock.claims import Lock
from pillarbox.pipeline import build

from ..shared_data import CORPUS
from .__main__ import summary
from .calls import arguments, dumped
from .driver import Outcome, Spec, run
from .lines import Lines, count_lines
from .postman import answer_faults, item_at, sent_faults

ROOT = Path(__file__).resolve().parent.parent.parent
PETSTORE = CORPUS / "postman" / "petstore_converted.json"
LARKSPUR = ROOT / "specs" / "larkspur.postman_collection.json"
ZOOM = ROOT / "specs" / "zoom.postman_collection.json"


def good(outcome: Outcome) -> bool:
    return (
        outcome.whole
        and not outcome.bad_calls
        and not outcome.bad_names
        and outcome.good == outcome.operations
    )


def test_our_own_specs(tmp_path: Path) -> None:
    outcomes = run([Spec(path, path.name) for path in (LARKSPUR, ZOOM)], tmp_path, check_types=False)
    assert [outcome for outcome in outcomes if not good(outcome)] == []


def test_petstore(tmp_path: Path) -> None:
    if not PETSTORE.exists():
        pytest.skip(
            "the public collections are not in this repository: ../shared/corpus lies beside the checkout"
        )
    (outcome,) = run([Spec(PETSTORE, PETSTORE.name)], tmp_path, check_types=False)
    assert outcome.requests == 21
    assert good(outcome), outcome


def planned(spec: Path, name: str) -> Method:
    built = build(spec, ClientSettings(name="it", spec=spec, output=Path("it")), Lock())
    return next(item for item in built.client.methods if item.qualified == name)


@pytest.fixture(scope="module")
def token() -> Method:
    return planned(ZOOM, "users.get_token")


def request(method: str, target: str) -> httpx2.Request:
    return httpx2.Request(method, "https://corpus.test/", extensions={"target": target.encode()})


def test_the_judge_knows_a_good_request(token: Method) -> None:
    item = item_at(ZOOM, token.operation.origin.pointer)
    assert item.method == "GET"
    assert item.segments == ("users", ":userId", "token")
    assert sent_faults([request("GET", "/base/users/me/token?type=zak")], item, token) == []
    assert arguments(token) == (["me"], {"type": "zak", "ttl": 3600})


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("POST", "/base/users/me/token"),
        ("GET", "/base/users/me"),
        ("GET", "/base/users/me/token/more"),
        ("GET", "/base/user/me/token"),
        ("GET", "/base/users/:userId/token"),
        ("GET", "/base/users/%3AuserId/token"),
        ("GET", "/base/users/%7B%7BuserId%7D%7D/token"),
        ("GET", "/base/users//token"),
        ("GET", "/base/users/you/token"),
    ],
)
def test_the_judge_finds_a_bad_request(token: Method, method: str, target: str) -> None:
    item = item_at(ZOOM, token.operation.origin.pointer)
    assert sent_faults([request(method, target)], item, token)


def test_the_judge_counts_requests(token: Method) -> None:
    item = item_at(ZOOM, token.operation.origin.pointer)
    sent = request("GET", "/base/users/me/token")
    assert sent_faults([], item, token)
    assert sent_faults([sent, sent], item, token)


def test_the_judge_misses_no_answer(token: Method) -> None:
    item = item_at(ZOOM, token.operation.origin.pointer)
    assert item.answers == ({"token": "string"},)
    assert answer_faults(item, token) == []
    assert answer_faults(replace(item, answers=({"token": "string", "more": []},)), token)


@pytest.mark.parametrize("value", [None, True, 7, 7.5, "text", [], {}, [{"a": [None]}]])
def test_json_stays_as_it_is(value: Any) -> None:
    assert dumped(value) == value


def test_lines_are_told_apart() -> None:
    text = '"""Two\n\nlines."""\n\n# comment\nx = """\ncode\n"""\n\n\nclass A:\n    y: int\n    """Doc."""\n'
    assert count_lines(text) == Lines(code=5, docstrings=3)


def test_the_last_line() -> None:
    outcome = Outcome(
        "a.json", requests=4, operations=4, good=3, fields=200, untyped=3, code=100, docstrings=50
    )
    outcome.bad_calls.append("one")
    assert summary([outcome]) == (
        "postman: 1/1 collections, 4/4 operations, 0 type errors, 1 bad calls, 0 bad names, 1.5% of fields untyped, "
        "25.0 code + 12.5 docstring lines per operation"
    )
