"""Single changes: what the review says of each, and that callers feel no more and no less than it says."""

from pathlib import Path

import pytest

from pillarbox.review.changes import Review

from ..oracles import need
from .openapi_cases import CASES as OPENAPI_CASES
from .oracle import felt, review_of, versions
from .postman_cases import CASES as POSTMAN_CASES
from .table import Case

CASES: tuple[Case, ...] = (*POSTMAN_CASES, *OPENAPI_CASES)


def told(review: Review, severity: str | None) -> list[str]:
    """What a review found; words and examples only where the case is about them."""
    return [
        f"{change.check.id} {change.symbol}"
        for change in review.changes
        if change.severity.value != "docs" or severity == "docs"
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_the_review_says(case: Case, tmp_path: Path) -> None:
    review = review_of(*versions(case, tmp_path))
    assert sorted(told(review, case.severity)) == sorted(case.changes)
    worst = review.worst
    if case.severity is not None:
        assert worst is not None and worst.value == case.severity
    else:
        assert worst is None or worst.value == "docs"


def test_what_callers_feel(tmp_path: Path) -> None:
    """One test for all, because the type checker reads all programs at once."""
    need("mypy")
    specs, programs = tmp_path / "specs", tmp_path / "programs"
    specs.mkdir()
    programs.mkdir()
    found = felt([(case, *versions(case, specs)) for case in CASES], programs)
    wrong = {}
    for case in CASES:
        old, new = found[case.name]
        if not old.fine:
            wrong[case.name] = f"the program is not right for the old client: {old}"
        elif (case.severity == "breaking" or case.doubt) == new.fine:
            wrong[case.name] = f"it is {case.severity}, and with the new client: {new}"
    assert wrong == {}


def test_names_of_cases_are_their_own() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 100
