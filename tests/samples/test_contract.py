"""A slice of `make samples`, and the proof that it would notice."""

import os
from collections.abc import Iterator
from dataclasses import replace

import pytest

from pillarbox.samples.build import sample_of
from pillarbox.samples.language import Language, Rendered
from pillarbox.samples.registry import LANGUAGES
from pillarbox.text.python import PythonCode

from .contract import CASES
from .proof import SECRET, Contract
from .runners import RUNNERS
from .sameness import differences

SLICE = (
    "Two path variables", "Query flags", "Hostile query", "Hostile headers", "Basic auth", "Key beside a flag",
    "JSON object", "Hostile form", "Hostile multipart", "Plain text", "Binary file", "GraphQL",
    "Nested answer", "Arrays of arrays", "Hostile answer", "Optional fields", "Colliding fields", "Text answer",
)  # fmt: skip
"""One of each kind; `make samples` runs them all."""
SHORT = (
    "Two path variables",
    "Hostile query",
    "Basic auth",
    "Hostile JSON",
    "Hostile multipart",
    "Hostile answer",
)
"""Of what is compiled case by case."""

KEYS = [language.key for language in LANGUAGES]


@pytest.fixture(scope="module")
def contract() -> Iterator[Contract]:
    made = Contract()
    yield made
    made.close()


def _language(key: str) -> Language:
    return next(language for language in LANGUAGES if language.key == key)


def test_the_contract_is_large_enough() -> None:
    assert len(CASES) >= 40
    assert len({case["name"] for case in CASES}) == len(CASES)
    assert {*SLICE, *SHORT} <= {case["name"] for case in CASES}


def test_every_language_has_a_runner() -> None:
    assert sorted(KEYS) == sorted(RUNNERS)


@pytest.mark.parametrize("key", KEYS)
def test_samples_send_and_read_what_they_should(contract: Contract, key: str) -> None:
    runner = RUNNERS[key]
    if missing := runner.missing():
        message = f"{', '.join(missing)} is not installed"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    cases = SHORT if runner.slow else SLICE
    proof = contract.prove(_language(key), runner, cases)
    assert proof.requests == []
    assert proof.values == []
    assert proof.cases == len(cases)


@pytest.mark.parametrize("key", KEYS)
def test_no_sample_is_large_or_holds_a_secret(contract: Contract, key: str) -> None:
    language = _language(key)
    for expected in contract.cases:
        text = str(language.render(expected.sample).text)
        # A body is sent whole, however large; an answer is only looked at.
        assert len(text) < 40_000 or expected.name == "Large body", expected.name
        assert SECRET not in text
        assert "\r" not in text
        assert text == str(language.render(expected.sample).text)


def _spoiled(language: Language, old: str, new: str) -> Language:
    """The language, with one thing in its samples written otherwise."""

    def render(sample: object) -> Rendered:
        made = language.render(sample)  # type: ignore[arg-type]
        assert old in made.text
        return Rendered(PythonCode._trusted(str(made.text).replace(old, new)), made.unsent, made.unread)

    return replace(language, render=render, key=f"{language.key}-spoiled")


@pytest.mark.parametrize(
    ("case", "old", "new", "what"),
    [
        ("Two path variables", "a/b c", "a/b  c", "requests"),
        ("Two path variables", 'safe=""', 'safe="/"', "requests"),
        ("Query flags", "flag", "flag=", "requests"),
        ("Query flags", "%2Be", "%20e", "requests"),
        ("Hostile headers", "100%", "100", "requests"),
        ("Basic auth", "auth=", "cookies=None and ", "requests"),
        ("JSON object", "9007199254740993", "9007199254740992", "requests"),
        ("JSON object", "True", "1", "requests"),
        ("Plain text", "@file", "@file ", "requests"),
        ("Binary file", "octet-stream", "x", "requests"),
        ("Binary file", "PUT", "POST", "requests"),
        ("Multipart", "image/png", "image/jpeg", "requests"),
        ("Nested answer", '("zip")', '("city")', "values"),
        ("Nested answer", '"address_city ="', '""', "values"),
        ("Arrays of arrays", '["grid"]', '["grid"][1:]', "values"),
        ("Numbers", '["minus"]', '["zero"]', "values"),
        ("Numbers", '["big"]', '["big"] + 1', "values"),
        ("Hostile answer", '["a.b"]', '["$key"]', "values"),
        ("Plain get", "answer =", "raise SystemExit(3)\nanswer =", "values"),
    ],
)
def test_a_spoiled_sample_is_noticed(
    contract: Contract, case: str, old: str, new: str, what: str, request: pytest.FixtureRequest
) -> None:
    language = _spoiled(_language("python-httpx2"), old, new)
    language = replace(language, key=f"{language.key}-{abs(hash(request.node.name))}")
    proof = contract.prove(language, RUNNERS["python-httpx2"], [case])
    assert getattr(proof, what) or proof.values


def test_the_comparison_reads_like_a_server(contract: Contract) -> None:
    for expected in contract.cases:
        assert list(differences(expected.sent, expected.sent, expected.own)) == []
    form = next(one.sent for one in contract.cases if one.name == "Form")
    plus = replace(form, body=form.body.replace(b"%20", b"+"))
    assert list(differences(plus, form, frozenset())) == []
    query = next(one.sent for one in contract.cases if one.name == "Query flags")
    assert list(differences(replace(query, target=query.target.replace("%20", "+")), query, frozenset()))


def test_the_sample_of_an_operation_is_that_of_its_example_call(contract: Contract) -> None:
    planned = contract.built.client.methods[1]
    sample = sample_of(contract.built.client, planned)
    assert sample.title == "Path variable"
    assert [str(getattr(one, "wire", "")) for one in sample.request.variables] == ["userId"]
