"""`python -m tests.jobs [PROGRAM…]`: every main-job program with the vendors' whole documents, as a table, and its last line."""

import sys
import tempfile
from pathlib import Path

from .registry import PROGRAMS, Program, Vendor
from .running import Outcome, run

__all__ = ["main", "report"]


def report(outcomes: list[Outcome]) -> list[str]:
    """A row for each program, its faults below it, and the summary."""
    lines = []
    for one in outcomes:
        verdict = "ok" if one.passed else "FAILS"
        judge = one.program.api.sdk if isinstance(one.program.api, Vendor) and one.by == "sdk" else "by hand"
        lines.append(f"{one.program.name:<24} {one.requests} requests  {judge:<16} {verdict}")
        if not one.passed and one.program.needs:
            lines.append(f"    needs {'; '.join(need.value for need in one.program.needs)}")
        lines += [f"    {fault}" for fault in one.faults]
    passed = [one for one in outcomes if one.passed]
    equal, by_hand = (sum(one.requests for one in passed if one.by == by) for by in ("sdk", "hand"))
    lines.append(
        f"jobs: {len(passed)} of {len(outcomes)}, {equal} requests equal to the vendor's SDK, {by_hand} checked by hand"
    )
    return lines


def missing(programs: list[Program]) -> list[str]:
    """Documents that are not on this machine."""
    wanted = {one.api.document for one in programs if isinstance(one.api, Vendor) and one.api.document}
    return [str(path) for path in sorted(wanted) if not path.is_file()]


def main(names: list[str]) -> int:
    """0: all pass, 1: some do not, 2: documents are missing."""
    programs = [program for program in PROGRAMS if not names or program.name in names]
    if absent := missing(programs):
        print(
            f"not found: {', '.join(absent)}: see CONTRIBUTING.md for where documents are expected",
            file=sys.stderr,
        )
        return 2
    with tempfile.TemporaryDirectory() as folder:
        outcomes = run(programs, Path(folder), whole=True)
    print("\n".join(report(outcomes)))
    return 0 if all(one.passed for one in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
