"""What `pillarbox check` says of a folder."""

import os
from pathlib import Path

import pytest

from pillarbox.output.compare import Comparison, Edit, compare
from pillarbox.output.files import LOCK, MANIFEST, WORK, FileSet, OutputError
from pillarbox.output.manifest import Provenance, seal
from pillarbox.output.writer import write

FROM = Provenance("zoom.json", "ab" * 32, "1.2.3", 1)
LATER = Provenance("zoom.json", "cd" * 32, "1.2.4", 1)
SOURCE = {"a.py": "x = [1, 2]\n", "b.py": "y = 1\n", "API.md": "one\ntwo\nthree\n", LOCK: "# lock\n"}
FILES = seal(FileSet(SOURCE), FROM)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    write(FILES, tmp_path)
    return tmp_path


def diff(comparison: Comparison, *, formatting: bool = False) -> str:
    return "\n".join(comparison.diff(formatting=formatting))


def test_current(out: Path) -> None:
    found = compare(FILES, out)
    assert found.current
    assert diff(found, formatting=True) == ""


def test_stale_missing_extra(out: Path) -> None:
    new = seal(
        FileSet({"a.py": "x = [1, 3]\n", "API.md": SOURCE["API.md"], LOCK: "# lock\nnew\n", "c.py": "z\n"}),
        FROM,
    )
    before = sorted(out.rglob("*"))
    found = compare(new, out)
    assert not found.current
    assert found.stale == ("a.py", LOCK)
    assert found.missing == ("c.py",)
    assert found.extra == ("b.py",)
    assert found.formatting == (MANIFEST,)
    assert (found.edited, found.foreign, found.broken) == ((), (), "")
    assert diff(found) == (
        "--- a/a.py\n+++ b/a.py\n@@ -1 +1 @@\n-x = [1, 2]\n+x = [1, 3]\n"
        "--- a/b.py\n+++ /dev/null\n@@ -1 +0,0 @@\n-y = 1\n"
        "--- /dev/null\n+++ b/c.py\n@@ -0,0 +1 @@\n+z\n"
        f"--- a/{LOCK}\n+++ b/{LOCK}\n@@ -1 +1,2 @@\n # lock\n+new"
    )
    assert MANIFEST in diff(found, formatting=True)
    assert sorted(out.rglob("*")) == before


def test_no_folder(tmp_path: Path) -> None:
    found = compare(FILES, tmp_path / "none")
    assert found.missing == tuple(sorted([*SOURCE, MANIFEST]))
    assert not found.current
    assert not (tmp_path / "none").exists()
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="is not a folder"):
        compare(FILES, tmp_path / "file")


def test_line_ends_are_no_difference(out: Path) -> None:
    for path in FILES:
        (out / path).write_bytes(FILES[path].replace(b"\n", b"\r\n"))
    found = compare(FILES, out)
    assert found.current
    assert found.formatting == ()


@pytest.mark.parametrize("text", ["x = [\n    1,\n    2,\n]\n", "# note\nx = [1, 2]\n", "x=[1,2]"])
def test_formatting_is_reported_apart(out: Path, text: str) -> None:
    (out / "a.py").write_text(text)
    found = compare(FILES, out)
    assert found.current
    assert found.formatting == ("a.py",)
    assert diff(found) == ""
    assert "-x" in diff(found, formatting=True) or "-# note" in diff(found, formatting=True)


def test_provenance_alone_is_not_stale(out: Path) -> None:
    found = compare(seal(FileSet(SOURCE), LATER), out)
    assert found.current
    assert found.formatting == (MANIFEST,)


def test_edits_are_named_by_line(out: Path) -> None:
    (out / "a.py").write_text("x = [1, 2]\nmine = 1\n")
    (out / "API.md").write_text("one\nTWO\nthree\n")
    found = compare(FILES, out)
    assert not found.current
    assert found.edited == (Edit("API.md", 2), Edit("a.py", 2))
    assert found.stale == ()
    assert "-TWO\n+two" in diff(found)


def test_foreign_files_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("mine = 1\n")
    (tmp_path / "own.py").write_text("mine = 1\n")
    found = compare(FILES, tmp_path)
    assert found.foreign == (Edit("a.py", 1),)
    assert "own.py" not in diff(found)


def test_broken_records(out: Path) -> None:
    (out / MANIFEST).write_text("{")
    found = compare(FILES, out)
    assert not found.current
    assert found.broken.startswith(f"{MANIFEST}: is not JSON")
    write(FILES, out, force=True)
    (out / WORK).mkdir()
    assert compare(FILES, out).broken == "a run was interrupted here: generate again"


def test_links_are_refused(out: Path) -> None:
    (out / "a.py").unlink()
    os.symlink(out / "b.py", out / "a.py")
    with pytest.raises(OutputError, match=r"a\.py: is a symbolic link"):
        compare(FILES, out)


def test_a_diff_is_safe_for_a_terminal(out: Path) -> None:
    (out / "API.md").write_bytes(
        "one\n\x1b]8;;http://evil\x07\u202e\tü \xff\n".encode("latin-1", "replace") + b"\xfe"
    )
    text = diff(compare(FILES, out))
    assert text.replace("\n", "").replace("\t", "").isprintable()
    assert "\\x1b]8;;http://evil\\x07" in text
    assert "no newline at end of file" in text
