"""Errors, kills and rivals: after the next run the folder holds the old tree or the new one, whole."""

import errno
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from pillarbox.output import journal
from pillarbox.output.compare import compare
from pillarbox.output.files import MANIFEST, WORK, FileSet, OutputError
from pillarbox.output.journal import Recovery
from pillarbox.output.manifest import Provenance, seal
from pillarbox.output.writer import recover, write

ROOT = Path(__file__).parents[2]
FROM = Provenance("zoom.json", "ab" * 32, "1.2.3", 1)
OLD = seal(
    FileSet({"a.py": "x = 1\n", "gone/b.py": "x = 2\n", "models/c.py": "x = 3\n", "same.py": "s = 1\n"}), FROM
)
NEW = seal(
    FileSet({"a.py": "y = 1\n", "new/d.py": "y = 2\n", "models/c.py": "y = 3\n", "same.py": "s = 1\n"}), FROM
)
MINE = {"mine.py": b"mine", "models/mine.py": b"mine too"}
CALLS = ("open", "write", "fsync", "replace", "link", "unlink", "mkdir", "rmdir", "stat", "listdir", "fchmod")


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def whole(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {**files, **MINE}


def prepare(folder: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        # Flushes are the slow part, and this run is not the one under test.
        patch.setattr(os, "fsync", lambda descriptor: None)
        write(OLD, folder)
    for path, content in MINE.items():
        (folder / path).write_bytes(content)


class Crash(BaseException):
    """The process dies here: no handler of `Exception` or `OSError` runs."""


@contextmanager
def failing(at: int, error: BaseException, calls: tuple[str, ...] = CALLS) -> Iterator[list[str]]:
    """Let the call number `at` of the system fail; the list holds the names of the calls made until then."""
    made: list[str] = []

    def wrapped(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            if len(made) <= at:
                made.append(name)
                if len(made) == at + 1:
                    raise error
            return real(*args, **kwargs)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for name in calls:
            patch.setattr(os, name, wrapped(name, getattr(os, name)))
        yield made


def calls_of_a_run(folder: Path) -> int:
    prepare(folder)
    with failing(1_000_000, OSError()) as made:
        write(NEW, folder)
    return len(made)


@pytest.mark.parametrize(("code", "step"), [(errno.ENOSPC, 1), (errno.EIO, 5), (errno.EACCES, 7)])
def test_an_error_of_any_call_changes_nothing(tmp_path: Path, code: int, step: int) -> None:
    """The run goes back by itself, unless the error comes when all is done; the next run heals the rest."""
    count = calls_of_a_run(tmp_path / "count")
    assert count > 100
    outcomes = {"old": 0, "new": 0}
    for at in range(0, count, step):
        out = tmp_path / str(at)
        prepare(out)
        said = ""
        with failing(at, OSError(code, os.strerror(code), "x.py")) as made:
            try:
                write(NEW, out)
            except OutputError as error:
                said = str(error)
        assert "\n" not in said
        if said:
            now = {path: content for path, content in tree(out).items() if not path.startswith(WORK)}
            assert now in (whole(OLD), whole(NEW)), (at, made[-1], said)
            outcomes["old" if now == whole(OLD) else "new"] += 1
        recover(out)
        assert tree(out) in (whole(OLD), whole(NEW)), (at, made[-1])
        assert not (out / WORK).exists()
        write(NEW, out)
        assert tree(out) == whole(NEW), (at, made[-1])
        # An empty folder may stay where the very call that removes it failed.
        assert not list((out / "gone").glob("*"))
    assert outcomes["old"] > 80 // step


def test_a_crash_at_any_call_leaves_the_old_tree_or_the_new(tmp_path: Path) -> None:
    """Like a kill, but at every call in turn; and a second crash while the first one is being healed."""
    count = calls_of_a_run(tmp_path / "count")
    healed: set[Recovery | None] = set()
    for at in range(count):
        out = tmp_path / str(at)
        prepare(out)
        with failing(at, Crash()) as made, pytest.raises(Crash):
            write(NEW, out)
        state = compare(NEW, out)
        assert bool(state.broken) == (out / WORK).exists()
        with failing(at % 37, Crash()), suppress(Crash):
            recover(out)
        healed.add(recover(out))
        assert tree(out) in (whole(OLD), whole(NEW)), (at, made[-1])
        assert not (out / WORK).exists()
        write(NEW, out)
        assert tree(out) == whole(NEW), (at, made[-1])
    assert healed == {None, Recovery.COMPLETED, Recovery.UNDONE}


def test_a_crash_on_the_way_back(tmp_path: Path) -> None:
    count = calls_of_a_run(tmp_path / "count")
    moments = random.Random(3)
    going_back = 0
    for number in range(600 if os.environ.get("PILLARBOX_FUZZ") == "long" else 60):
        out = tmp_path / str(number)
        prepare(out)
        first = moments.randrange(count * 2 // 3, count)
        with (
            failing(first + moments.randrange(1, 90), Crash()),
            failing(first, OSError(errno.EIO, "broken disk")),
        ):
            with suppress(Crash, OutputError):
                write(NEW, out)
            entry = out / WORK / "journal.json"
            going_back += entry.exists() and b'"back": true' in entry.read_bytes()
        recover(out)
        assert tree(out) in (whole(OLD), whole(NEW)), number
        assert not (out / WORK).exists()
    assert going_back > 5


def test_an_error_while_healing_goes_back(tmp_path: Path) -> None:
    """A run that cannot be completed (here: a staged file is lost) is undone."""
    seen: set[Recovery | None] = set()
    for at in range(0, calls_of_a_run(tmp_path / "count"), 3):
        out = tmp_path / str(at)
        prepare(out)
        with failing(at, Crash()), pytest.raises(Crash):
            write(NEW, out)
        for path in (out / WORK / "new").glob("*"):
            path.write_bytes(b"torn by a power cut")
        seen.add(recover(out))
        assert tree(out) in (whole(OLD), whole(NEW)), at
    assert Recovery.UNDONE in seen


def test_a_file_edited_after_a_crash_is_not_lost(tmp_path: Path) -> None:
    prepare(tmp_path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(journal, "forward", crash)
        with pytest.raises(Crash):
            write(NEW, tmp_path)
    (tmp_path / "a.py").write_text("edited = 1\n")
    (tmp_path / "gone" / "b.py").write_text("edited = 2\n")
    with pytest.raises(OutputError, match=r"edited by hand since the last run: a\.py:1"):
        write(NEW, tmp_path)
    assert (tmp_path / "a.py").read_text() == "edited = 1\n"
    assert (tmp_path / "gone" / "b.py").read_text() == "edited = 2\n"
    assert (tmp_path / "new" / "d.py").read_text() == "y = 2\n"


def crash(*args: object, **kwargs: object) -> None:
    raise Crash


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"journal": 1, "back": false, "folders": [], "steps": [["../../x", null, null]]}'],
)
def test_a_journal_that_cannot_be_believed(tmp_path: Path, text: str) -> None:
    prepare(tmp_path)
    (tmp_path / WORK).mkdir()
    (tmp_path / WORK / "journal.json").write_text(text)
    with pytest.raises(OutputError, match=r"journal in it is broken|cannot write") as caught:
        write(NEW, tmp_path)
    assert "\n" not in str(caught.value)
    assert {path: text for path, text in tree(tmp_path).items() if WORK not in path} == whole(OLD)


def test_hard_links_are_not_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare(tmp_path)

    def link(*args: object, **kwargs: object) -> None:
        raise PermissionError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", link)
    real = os.replace
    broken = iter([False, False, True])

    def replace(source: str, target: str, **kwargs: Any) -> None:
        if target in ("c.py", "d.py", Path(MANIFEST).name) and next(broken, False):
            raise OSError(errno.EIO, "broken disk")
        real(source, target, **kwargs)

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(OutputError, match="broken disk"):
        write(NEW, tmp_path)
    assert tree(tmp_path) == whole(OLD)
    write(NEW, tmp_path)
    assert tree(tmp_path) == whole(NEW)


# Real processes

LOOP = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from pillarbox.output.files import FileSet
from pillarbox.output.manifest import Provenance, seal
from pillarbox.output.writer import write
def tree(text):
    files = {f"m{n % 7}/f{n}.py": f"{text} = {n}\\n" for n in range(30)} | {f"{text}/only.py": ""}
    return seal(FileSet(files), Provenance("x", "0" * 64, "1", 1))
print("ready", flush=True)
for _ in range(int(sys.argv[3])):
    for text in ("a", "b"):
        write(tree(text), Path(sys.argv[2]))
"""


def loop_tree(text: str) -> dict[str, bytes]:
    files = {f"m{number % 7}/f{number}.py": f"{text} = {number}\n" for number in range(30)} | {
        f"{text}/only.py": ""
    }
    return dict(seal(FileSet(files), Provenance("x", "0" * 64, "1", 1)))


def start(folder: Path, rounds: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", LOOP, str(ROOT), str(folder), str(rounds)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_kill_9_at_random_moments(tmp_path: Path) -> None:
    moments = random.Random(7)
    interrupted = 0
    for _ in range(200 if os.environ.get("PILLARBOX_FUZZ") == "long" else 20):
        process = start(tmp_path / "out", 1_000)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(moments.uniform(0.0, 0.1))
        process.kill()
        process.communicate()
        if not (tmp_path / "out").exists():
            continue
        interrupted += (tmp_path / "out" / WORK).exists()
        recover(tmp_path / "out")
        assert tree(tmp_path / "out") in ({}, loop_tree("a"), loop_tree("b"))
    assert interrupted >= 5


def test_two_runs_at_once(tmp_path: Path) -> None:
    """Whoever comes second is told so in one line; the tree is that of one of them."""
    out = tmp_path / "out"
    processes = [start(out, 30) for _ in range(3)]
    ends = [process.communicate(timeout=60)[1] for process in processes]
    assert [process.returncode for process in processes].count(0) >= 1
    for process, said in zip(processes, ends, strict=True):
        if process.returncode:
            assert "OutputError" in said
            assert "another run of pillarbox is writing here" in said.splitlines()[-1]
    recover(out)
    assert tree(out) in (loop_tree("a"), loop_tree("b"))


def test_a_second_run_is_refused_while_the_first_one_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(tmp_path)
    real = journal.forward
    said: list[str] = []

    def forward(*args: Any, **kwargs: Any) -> None:
        monkeypatch.setattr(journal, "forward", real)
        for rival in (lambda: write(OLD, tmp_path), lambda: recover(tmp_path)):
            with pytest.raises(OutputError) as caught:
                rival()
            said.append(str(caught.value))
        real(*args, **kwargs)

    monkeypatch.setattr(journal, "forward", forward)
    write(NEW, tmp_path)
    assert said == [f"{tmp_path}: another run of pillarbox is writing here: try again when it is done"] * 2
    assert tree(tmp_path) == whole(NEW)
