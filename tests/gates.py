"""What every change must pass besides the tests: the one list of these commands.

`make check` runs all of it (`python -m tests.gates`), `.ci/run` begins with it, and tests/test_gates.py runs each gate that is
not a part of the test suite anyway.
"""

import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Gate:
    """One command, run with this interpreter from the root of the repository, and what to do when it fails."""

    name: str
    module: str
    arguments: tuple[str, ...]
    remedy: str

    def run(self) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", self.module, *self.arguments]
        return subprocess.run(
            command, cwd=ROOT, check=False, capture_output=True, text=True, encoding="utf-8"
        )


GATES = (
    Gate("ruff", "ruff", ("check", "."), "run `make format`"),
    Gate("ruff format", "ruff", ("format", "--check", "."), "run `make format`"),
    Gate("mypy --strict", "mypy", (), "correct the types"),
    Gate("pillarbox check", "pillarbox", ("check", "--quiet"), "run `make update` and review the difference"),
    Gate(
        "imports",
        "pytest",
        ("-q", "tests/test_layering.py"),
        "see docs/architecture.md for what may import what",
    ),
    Gate(
        "documentation",
        "pytest",
        ("-q", "tests/docs", "tests/house", "-n", "2"),
        "correct the page, or the code that it describes",
    ),
)


def main(arguments: Sequence[str] = ()) -> int:
    """Run every gate, also after one has failed, and return 1 if any did. `--commands` leaves out those that are tests."""
    failed = 0
    for gate in GATES:
        if "--commands" in arguments and gate.module == "pytest":
            continue
        began = time.monotonic()
        done = gate.run()
        verdict = "ok" if done.returncode == 0 else f"FAILED: {gate.remedy}"
        print(f"{gate.name:<16} {verdict} ({time.monotonic() - began:.1f} s)", flush=True)
        if done.returncode != 0:
            failed = 1
            print(done.stdout + done.stderr, flush=True)
    return failed


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
