"""A client whose manifest is where it was before there was a folder for it: read once, and everything moves."""

import errno
import os
from pathlib import Path

import pytest

from pillarbox.output.compare import compare
from pillarbox.output.files import (
    LEDGER,
    LOCK,
    MANIFEST,
    OLD_LEDGER,
    OLD_MANIFEST,
    RECORDS,
    WORK,
    FileSet,
    OutputError,
)
from pillarbox.output.manifest import Provenance, seal
from pillarbox.output.writer import recover, write

from .test_crash import Crash, failing, tree

FROM = Provenance("zoom.json", "ab" * 32, "1.2.3", 1)
OLD = {"__init__.py": "x = 1\n", "users.py": "x = 2\n", OLD_LEDGER: '{"ledger": 1}\n', LOCK: "# lock\n"}
NEW = seal(
    FileSet(
        {
            "__init__.py": "x = 1\n",
            "resources/users/__init__.py": "x = 2\n",
            LEDGER: '{"ledger": 1}\n',
            LOCK: "# lock\n",
        }
    ),
    FROM,
)
MINE = {"mine.py": b"mine", f"{RECORDS}/mine.txt": b"mine too"}


def prepare(folder: Path) -> None:
    """What an earlier version left, with files of the user beside it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda descriptor: None)
        write(seal(FileSet(OLD), FROM), folder)
    (folder / MANIFEST).rename(folder / OLD_MANIFEST)
    for path, content in MINE.items():
        (folder / path).write_bytes(content)


def test_everything_moves_and_nothing_else_does(tmp_path: Path) -> None:
    prepare(tmp_path)
    found = compare(NEW, tmp_path)
    assert found.extra == (OLD_LEDGER, OLD_MANIFEST, "users.py")
    assert not found.current
    report = write(NEW, tmp_path)
    assert report.removed == (OLD_LEDGER, OLD_MANIFEST, "users.py")
    assert tree(tmp_path) == {**NEW, **MINE}
    assert compare(NEW, tmp_path).current
    assert not write(NEW, tmp_path).changed


def test_a_file_that_was_edited_stays(tmp_path: Path) -> None:
    prepare(tmp_path)
    (tmp_path / "users.py").write_text("x = 3\n")
    assert write(NEW, tmp_path).kept == ("users.py",)
    assert tree(tmp_path) == {**NEW, **MINE, "users.py": b"x = 3\n"}


@pytest.mark.parametrize("error", [OSError(errno.EIO, "x"), Crash()], ids=["error", "kill"])
def test_a_run_that_stops_anywhere_is_healed(tmp_path: Path, error: BaseException) -> None:
    prepare(tmp_path / "count")
    before = tree(tmp_path / "count")
    with failing(1_000_000, OSError()) as made:
        write(NEW, tmp_path / "count")
    assert len(made) > 60
    for at in range(0, len(made), 3):
        out = tmp_path / str(at)
        prepare(out)
        with failing(at, error):
            try:
                write(NEW, out)
            except (OutputError, Crash):
                pass
        recover(out)
        assert tree(out) in (before, {**NEW, **MINE}), at
        assert not (out / WORK).exists()
        write(NEW, out)
        assert tree(out) == {**NEW, **MINE}, at


def test_one_that_a_merge_brought_back(tmp_path: Path) -> None:
    """Beside the manifest of today: what the old one lists goes too, and what is no manifest is somebody's."""
    prepare(tmp_path / "old")
    write(NEW, tmp_path)
    for name in (OLD_MANIFEST, "users.py"):
        (tmp_path / name).write_bytes((tmp_path / "old" / name).read_bytes())
    assert write(NEW, tmp_path).removed == (OLD_MANIFEST, "users.py")
    (tmp_path / OLD_MANIFEST).write_text("{}\n")
    assert not write(NEW, tmp_path).changed
    assert (tmp_path / OLD_MANIFEST).read_text() == "{}\n"


def test_one_that_cannot_be_read(tmp_path: Path) -> None:
    prepare(tmp_path)
    (tmp_path / OLD_MANIFEST).write_text("{\n")
    with pytest.raises(OutputError, match=f"{OLD_MANIFEST}: is not JSON"):
        write(NEW, tmp_path)
