"""Every tracked path can be checked out on Windows and on a disk that does not distinguish case."""

import re
import subprocess
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parents[2]
FORBIDDEN = re.compile(r'[:*?"<>|\\\x00-\x1f]|[. ]$')
RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{name}{number}" for name in ("com", "lpt") for number in range(10)),
}


def refused(paths: Iterable[str]) -> list[str]:
    """Paths with a name that Windows does not accept."""
    return [
        path
        for path in paths
        if any(
            FORBIDDEN.search(name) or name.partition(".")[0].lower() in RESERVED for name in path.split("/")
        )
    ]


def clashes(paths: Iterable[str]) -> list[list[str]]:
    """Files and folders that differ in case only."""
    spellings: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        for step in (PurePosixPath(path), *PurePosixPath(path).parents):
            spellings[str(step).casefold()].add(str(step))
    return [sorted(names) for names in spellings.values() if len(names) > 1]


def tracked() -> list[str]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True)
    return [name for name in done.stdout.decode("utf-8").split("\0") if name]


def test_no_path_is_refused_by_windows() -> None:
    assert refused(tracked()) == []


def test_no_paths_differ_in_case_only() -> None:
    assert clashes(tracked()) == []


@pytest.mark.parametrize("path", ["a/con", "a/Aux.py", "a:b", "what?.md", "a /b", "a./b", 'q"', "x/lpt1.txt"])
def test_a_bad_path_is_found(path: str) -> None:
    assert refused([path, "fine/path.py"]) == [path]


def test_a_clash_is_found() -> None:
    assert clashes(["A/x", "a/y"]) == [["A", "a"]]
