"""The gates of `make check`, as tests: the same list, so that the two cannot drift apart."""

import pytest

from . import gates
from .gates import GATES, ROOT, Gate
from .oracles import need

TESTS = [gate for gate in GATES if gate.module == "pytest"]
COMMANDS = [gate for gate in GATES if gate.module != "pytest"]


@pytest.mark.parametrize("gate", COMMANDS, ids=lambda gate: gate.name)
def test_gate(gate: Gate) -> None:
    need(gate.module)
    done = gate.run()
    assert done.returncode == 0, f"{gate.remedy}\n{done.stdout[-6000:]}{done.stderr[-2000:]}"


@pytest.mark.parametrize("gate", TESTS, ids=lambda gate: gate.name)
def test_gates_that_are_tests_exist(gate: Gate) -> None:
    """They are in the suite already, so they are not run twice."""
    paths = [argument for argument in gate.arguments if argument.startswith("tests/")]
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_a_failing_gate_fails_the_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = Gate("bad", "ruff", ("check", "no/such/folder.py"), "look at the path")
    good = Gate("good", "ruff", ("--version",), "")
    monkeypatch.setattr(gates, "GATES", (bad, good))
    assert gates.main() == 1
    shown = capsys.readouterr().out
    assert "FAILED: look at the path" in shown
    assert "good" in shown, "the gates after a failed one run as well"


def test_make_and_ci_run_this_list() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "-m tests.gates" in makefile
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert ci.index("make --no-print-directory check") < ci.index("make --no-print-directory test")
