"""One API in four formats: the same package where they can say the same, and a reason for every line where not.

`tests/cases/four_formats_*` hold it. Three of the folders have no `expected/` of their own but name that of the
collection, so `test_cases.py` holds them to it. `four_formats_named` says a little more than a collection can.
"""

import difflib

import pytest

from pillarbox.lock.claims import Lock
from pillarbox.pipeline import build

from .test_cases import CASES, SAME, expected_files, settings_of

COLLECTION = CASES / "four_formats_postman"
EQUAL = ("four_formats_openapi_3_0", "four_formats_openapi_3_1", "four_formats_swagger_2_0")

DIFFERENT = {
    "models/book.py": ['-    """Returned by `books.get`."""', "-"],
    "models/loan.py": ['-    """Returned by `loans.create`."""', "-"],
}
"""Path -> the lines of the diff from the collection's client to that of the document with named schemas.

A collection has no names for the shapes of its responses, so a model is documented by the response that it is of.
"""


@pytest.mark.parametrize("name", EQUAL)
def test_the_formats_share_one_package(name: str) -> None:
    """That they are equal is for `test_cases.py`; here, that nobody gave one of them a package of its own."""
    assert (CASES / name / SAME).read_text(encoding="utf-8").strip() == COLLECTION.name
    assert not (CASES / name / "expected").exists()


def test_names_of_schemas_change_these_lines_alone() -> None:
    one, other = expected_files(COLLECTION), expected_files(CASES / "four_formats_named")
    assert one.keys() == other.keys()
    found = {
        path: [
            line
            for line in difflib.ndiff(one[path].splitlines(), other[path].splitlines())
            if not line.startswith((" ", "?"))
        ]
        for path in one
        if one[path] != other[path]
    }
    assert {path: [f"{line[0]}{line[2:]}" for line in lines] for path, lines in found.items()} == DIFFERENT


@pytest.mark.parametrize("name", [COLLECTION.name, *EQUAL])
def test_the_lock_knows_an_operation_by_what_its_format_has(name: str) -> None:
    """Identities differ, names do not: a collection has folders, a document has operationIds."""
    settings = settings_of(CASES / name)
    built = build(settings.spec, settings, Lock())
    entries = {entry.name: entry.facts for entry in built.lock.of("operation")}
    wanted = {
        "books.list",
        "books.get",
        "books.delete",
        "loans.create",
        "loans.renew",
    }
    assert set(entries) == wanted
    assert all(("folder" in facts) == (name == COLLECTION.name) for facts in entries.values())
