"""Parsing by a grammar notices what is no program."""

from pathlib import Path

import pytest

from .grammar import faults, main


def test_a_program_has_no_faults() -> None:
    assert faults("pwsh", b"$a = 'it''s'\nforeach ($b in $a['x']) {\n    \"b = $b\"\n}\n") == []


@pytest.mark.parametrize(
    "source", [b"$a = 'open\n", b"foreach ($b in ) {\n", b"$a = @{ x = \n", b"if ($a) {\n  1\n", b"$x = )\n"]
)
def test_a_broken_program_has_faults(source: bytes, tmp_path: Path) -> None:
    assert faults("pwsh", source)
    (tmp_path / "a.ps1").write_bytes(source)
    assert main("pwsh", str(tmp_path / "a.ps1")) == 1
