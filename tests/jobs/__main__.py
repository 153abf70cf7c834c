"""`python -m tests.jobs [PROGRAM…] [API…]`: every main-job program with the vendors' whole documents, as a table, and its last line."""

import sys
import tempfile
from pathlib import Path

from .registry import PROGRAMS, Vendor
from .running import Outcome, run

__all__ = ["main", "report"]


def report(outcomes: list[Outcome]) -> list[str]:
    """A row for each program, its faults below it, and the summary."""
    lines = []
    for one in outcomes:
        verdict = "ok" if one.passed else "FAILS"
        judge = one.program.api.sdk if isinstance(one.program.api, Vendor) and one.by == "sdk" else "by hand"
        lines.append(
            f"{one.program.name:<24} {one.requests} request{'s' if one.requests > 1 else ' '}  {judge:<16} {verdict}"
        )
        if not one.passed and one.program.needs:
            lines.append(f"    needs {'; '.join(need.value for need in one.program.needs)}")
        lines += [f"    {fault}" for fault in one.faults]
    passed = [one for one in outcomes if one.passed]
    equal, by_hand = (sum(one.requests for one in passed if one.by == by) for by in ("sdk", "hand"))
    lines.append(
        f"jobs: {len(passed)} of {len(outcomes)}, {equal} requests equal to the vendor's SDK, {by_hand} checked by hand"
    )
    return lines


def main(names: list[str]) -> int:
    """0: all pass, 1: some do not."""
    programs = [program for program in PROGRAMS if not names or {program.name, program.api.name} & {*names}]
    if not programs:
        print(f"no such program: {' '.join(names)}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        outcomes = run(programs, Path(folder), whole=True)
    print("\n".join(report(outcomes)))
    return 0 if all(one.passed for one in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
