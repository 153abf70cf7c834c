"""Single changes: what the review says of each, and that callers feel no more and no less than it says."""

from collections.abc import Mapping

import pytest

from generator.pipeline import Built
from generator.review.changes import Review

from ..oracles import need
from .oracle import Felt, felt, review_of, versions
from .postman_cases import CASES as POSTMAN_CASES
from .table import Case

CASES: tuple[Case, ...] = POSTMAN_CASES


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[Built, Built]]:
    """Both clients of every case."""
    folder = tmp_path_factory.mktemp("specs")
    return {case.name: versions(case, folder) for case in CASES}


@pytest.fixture(scope="module")
def felt_by(
    built: Mapping[str, tuple[Built, Built]], tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, tuple[Felt, Felt]]:
    """What the program of every case feels, from one run of the type checker and one of Python."""
    need("mypy")
    return felt([(case, *built[case.name]) for case in CASES], tmp_path_factory.mktemp("programs"))


def told(review: Review, severity: str | None) -> list[str]:
    """What a review found; words and examples only where the case is about them."""
    return [
        f"{change.check.id} {change.symbol}"
        for change in review.changes
        if change.severity.value != "docs" or severity == "docs"
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_the_review_says(case: Case, built: Mapping[str, tuple[Built, Built]]) -> None:
    review = review_of(*built[case.name])
    assert sorted(told(review, case.severity)) == sorted(case.changes)
    worst = review.worst
    if case.severity is not None:
        assert worst is not None and worst.value == case.severity
    else:
        assert worst is None or worst.value == "docs"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_a_caller_feels(case: Case, felt_by: Mapping[str, tuple[Felt, Felt]]) -> None:
    old, new = felt_by[case.name]
    assert old.fine, "the program must be right for the old client"
    if case.severity == "breaking" or case.doubt:
        assert not new.fine, "nothing breaks"
    else:
        assert new.fine
