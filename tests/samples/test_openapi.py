"""What only OpenAPI can say, in each language that is quick: styles, cookies, Digest, certificates."""

import os
from collections.abc import Iterator

import pytest

from pillarbox.samples.build import language_of
from pillarbox.samples.registry import LANGUAGES

from .contract_openapi import COOKIE_SECRET, document, says_no_digest
from .digest import VERIFIED
from .proof import Contract
from .runners import RUNNERS

NO_DIGEST = {"digest_auth", "digest_with_a_body"}


@pytest.fixture(scope="module")
def contract() -> Iterator[Contract]:
    made = Contract(document, COOKIE_SECRET)
    yield made
    made.close()


SLICE = (
    "path_label_exploded", "path_matrix_exploded", "query_form_joined", "query_spaces", "query_deep", "header_list",
    "cookie_parameters", "key_in_a_cookie", "digest_auth", "digest_with_a_body", "form_with_a_list",
)  # fmt: skip
"""Of each kind; `make samples` runs them all."""
QUICK = [
    key for key, one in RUNNERS.items() if one.executes and one.build is None and not one.slow
]  # fmt: skip
"""Without what is compiled."""


def test_the_server_asks_for_proof(contract: Contract) -> None:
    proved = {case.name for case in contract.cases if case.sent.header("authorization") == VERIFIED}
    assert proved == NO_DIGEST
    assert set(SLICE) <= {case.name for case in contract.cases}


@pytest.mark.parametrize("key", QUICK)
def test_samples_of_an_openapi_document_send_what_they_should(contract: Contract, key: str) -> None:
    runner, language = RUNNERS[key], language_of(key)
    if missing := runner.missing():
        message = f"{', '.join(missing)} is not installed"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    said = {case.name for case in contract.cases if says_no_digest(language, case.sample)}
    assert said in (set(), NO_DIGEST)
    proof = contract.prove(language, runner, [name for name in SLICE if name not in said])
    assert proof.requests == []
    assert proof.values == []


@pytest.mark.parametrize("key", [language.key for language in LANGUAGES])
def test_what_is_not_signed_is_said(contract: Contract, key: str) -> None:
    (case,) = [one for one in contract.cases if one.name == "client_certificate"]
    assert "a client certificate" in str(language_of(key).render(case.sample).text)
