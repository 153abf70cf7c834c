"""docs/review.md is true: it lists every check as it is, and every name of a check or case in it exists."""

import re
from pathlib import Path

from pillarbox.review.checks import BY_ID, Check

from .test_cases import CASES

DOC = Path(__file__).resolve().parent.parent.parent / "docs" / "review.md"
BEGIN = "<!-- checks: kept by tests/review/test_doc.py; `pytest --update` rewrites it -->\n"
END = "<!-- end of checks -->"


def table() -> str:
    """The table of all checks."""
    rows = ["| check | severity | the symbol … | what to do |", "| --- | --- | --- | --- |"]
    for check in Check:
        text = check.text.replace("{old}", "*old*").replace("{new}", "*new*")
        rows.append(f"| `{check.id}` | {check.severity.value} | {text} | {check.hint} |")
    return "\n".join([*rows, ""])


def test_the_table_of_checks(update: bool) -> None:
    text = DOC.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    wanted = f"{before}{BEGIN}{table()}{END}{after}"
    if update:
        DOC.write_text(wanted, encoding="utf-8")
    assert DOC.read_text(encoding="utf-8") == wanted, "run: pytest tests/review/test_doc.py --update"


def rows() -> list[list[str]]:
    """Rows of the table about oasdiff."""
    _, text = DOC.read_text(encoding="utf-8").split("## oasdiff's checks")
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def test_every_name_in_the_table_exists() -> None:
    names = {case.name for case in CASES}
    found = rows()
    assert len(found) > 50
    for row in found:
        assert len(row) == 4, row
        ours, cases = (re.findall(r"`([^`]+)`", cell) for cell in row[2:])
        assert not set(ours) - BY_ID.keys(), row
        assert not set(cases) - names, row


def test_a_case_shows_what_its_row_says() -> None:
    """At least one check of a row is among what each of its cases expects, or the case expects nothing."""
    expected = {case.name: {change.split(" ")[0] for change in case.changes} for case in CASES}
    for row in rows():
        ours, cases = (re.findall(r"`([^`]+)`", cell) for cell in row[2:])
        for case in cases:
            if ours:
                assert expected[case] & set(ours), f"{case}: {expected[case]}, and the row says {ours}"
            else:
                assert not expected[case], f"{case} finds {expected[case]}"


def test_every_check_has_a_case() -> None:
    shown = {change.split(" ")[0] for case in CASES for change in case.changes}
    told_elsewhere = {"client-added", "client-removed"}  # tests/review/test_story.py
    without = BY_ID.keys() - shown - told_elsewhere
    assert without == WITHOUT_CASE


WITHOUT_CASE: set[str] = set()
