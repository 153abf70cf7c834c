"""What a run does to a folder, and what it refuses to do."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from pillarbox.output.files import LOCK, MANIFEST, WORK, FileSet, OutputConflict, OutputError
from pillarbox.output.manifest import Provenance, seal
from pillarbox.output.writer import WriteReport, write

FROM = Provenance("zoom.json", "ab" * 32, "1.2.3", 1)
CODE = 'def call(a, b):\n    """Call it."""\n    return [a, b]\n'
OLD = {
    "__init__.py": '"""Zoom."""\n',
    "users.py": CODE,
    "models/__init__.py": "",
    "models/user.py": "x = 1\n",
    "API.md": "# API\n\nusers\n",
    LOCK: "# lock\n",
}
NEW = {
    **OLD,
    "users.py": CODE.replace("[a, b]", "[b, a]"),
    "meetings.py": "y = 1\n",
    "API.md": "# API\n\nmeetings\n",
}
del NEW["models/user.py"], NEW["models/__init__.py"]


def sealed(files: Mapping[str, str]) -> FileSet:
    return seal(FileSet(files), FROM)


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def refused(files: FileSet, folder: Path, *, force: bool = False) -> str:
    """The one line of a refusal, after which nothing has changed."""
    before = tree(folder)
    with pytest.raises(OutputError) as caught:
        write(files, folder, force=force)
    assert tree(folder) == before
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_new_then_changed_then_the_same(tmp_path: Path) -> None:
    out = tmp_path / "a" / "b" / "zoom"
    report = write(sealed(OLD), out)
    assert report.written == tuple(sorted([*OLD, MANIFEST]))
    assert tree(out) == dict(sealed(OLD))
    report = write(sealed(NEW), out)
    assert report.written == (MANIFEST, "API.md", "meetings.py", "users.py")
    assert report.removed == ("models/__init__.py", "models/user.py")
    assert report.unchanged == ("__init__.py", LOCK)
    assert report.changed
    assert tree(out) == dict(sealed(NEW))
    assert not (out / "models").exists()
    times = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    inodes = {path: path.stat().st_ino for path in out.rglob("*")}
    again = write(sealed(NEW), out)
    assert not again.changed
    assert again.unchanged == tuple(sorted([*NEW, MANIFEST]))
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == times
    assert {path: path.stat().st_ino for path in out.rglob("*")} == inodes


def test_files_are_for_everybody_and_keep_their_mode(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        write(sealed(OLD), tmp_path)
        assert stat.S_IMODE((tmp_path / "users.py").stat().st_mode) == 0o644
        (tmp_path / "users.py").chmod(0o755)
        write(sealed(NEW), tmp_path)
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "users.py").stat().st_mode) == 0o755


def test_unsealed_files_are_a_mistake_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="seal"):
        write(FileSet(OLD), tmp_path)


def test_files_of_the_user_stay(tmp_path: Path) -> None:
    write(sealed(OLD), tmp_path)
    own = {"mine.py": b"1", "models/mine.py": b"2", ".git/config": b"3", "models/__pycache__/mine.txt": b"4"}
    for path, content in own.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(content)
    (tmp_path / "empty").mkdir()
    write(sealed(NEW), tmp_path)
    assert tree(tmp_path) == {**sealed(NEW), **own}
    assert (tmp_path / "empty").is_dir()


def test_a_folder_with_nothing_but_bytecode_goes(tmp_path: Path) -> None:
    write(sealed(OLD), tmp_path)
    (tmp_path / "models" / "__pycache__").mkdir()
    (tmp_path / "models" / "__pycache__" / "user.cpython-311.pyc").write_bytes(b"x")
    write(sealed(NEW), tmp_path)
    assert not (tmp_path / "models").exists()


# Hand edits


def test_an_edit_is_refused_with_its_line(tmp_path: Path) -> None:
    write(sealed(OLD), tmp_path)
    (tmp_path / "users.py").write_text(CODE.replace("[a, b]", "[a, b, 3]"))
    (tmp_path / "API.md").write_text("# API\n\nmine\n")
    said = refused(sealed(NEW), tmp_path)
    assert said == (
        f"{tmp_path}: edited by hand since the last run: API.md:3, users.py:3:"
        " move the changes away, or overwrite with --force"
    )
    with pytest.raises(OutputConflict) as caught:
        write(sealed(NEW), tmp_path)
    assert caught.value.paths == ("API.md", "users.py")
    # Also where the spec did not change: the edit is in the way of what the run would say.
    assert "users.py:3" in refused(sealed(OLD), tmp_path)
    write(sealed(NEW), tmp_path, force=True)
    assert tree(tmp_path) == dict(sealed(NEW))


def test_many_edits_make_one_short_line(tmp_path: Path) -> None:
    files = {f"m{number}.py": f"x = {number}\n" for number in range(9)}
    write(sealed(files), tmp_path)
    for path in files:
        (tmp_path / path).write_text("mine = 1\n")
    assert "m0.py:1, m1.py:1, m2.py:1 and 6 more" in refused(sealed(files), tmp_path)


FORMATTED = "# mine\n" + CODE.replace("[a, b]", "[\n        a,\n        b,\n    ]").replace("    ", "  ")


@pytest.mark.parametrize("text", [CODE.replace("\n", "\r\n"), FORMATTED, "# -*- coding: utf-8 -*-\n" + CODE])
def test_what_a_formatter_did_stays_while_there_is_no_news(tmp_path: Path, text: str) -> None:
    write(sealed(OLD), tmp_path)
    (tmp_path / "users.py").write_bytes(text.encode())
    report = write(sealed(OLD), tmp_path)
    assert not report.changed
    assert (tmp_path / "users.py").read_bytes() == text.encode()


@pytest.mark.parametrize("text", [CODE.replace("\n", "\r\n"), FORMATTED.removeprefix("# mine\n")])
def test_what_a_formatter_did_is_no_edit_when_there_is_news(tmp_path: Path, text: str) -> None:
    write(sealed(OLD), tmp_path)
    (tmp_path / "users.py").write_bytes(text.encode())
    write(sealed(NEW), tmp_path)
    assert tree(tmp_path) == dict(sealed(NEW))


def test_a_comment_in_a_file_that_would_change_is_an_edit(tmp_path: Path) -> None:
    write(sealed(OLD), tmp_path)
    (tmp_path / "users.py").write_text("# mine\n" + CODE)
    assert "users.py:1" in refused(sealed(NEW), tmp_path)


def test_an_edit_of_mere_brackets_is_an_edit(tmp_path: Path) -> None:
    write(sealed(OLD), tmp_path)
    (tmp_path / "users.py").write_text(CODE.replace("[a, b]", "[(a, b)]"))
    assert "users.py:3" in refused(sealed(OLD), tmp_path)


def test_a_removed_file_that_was_edited_is_kept_and_named(tmp_path: Path) -> None:
    write(sealed(OLD), tmp_path)
    (tmp_path / "models" / "user.py").write_text("x = 2\n")
    report = write(sealed(NEW), tmp_path, force=True)
    assert report.kept == ("models/user.py",)
    assert (tmp_path / "models" / "user.py").read_text() == "x = 2\n"
    assert write(sealed(NEW), tmp_path).kept == ()


def test_a_file_that_the_user_removed_comes_back(tmp_path: Path) -> None:
    write(sealed(OLD), tmp_path)
    (tmp_path / "users.py").unlink()
    assert write(sealed(OLD), tmp_path).written == ("users.py",)


def test_the_lock_may_be_merged_by_hand(tmp_path: Path) -> None:
    write(sealed(OLD), tmp_path)
    (tmp_path / LOCK).write_text("# lock\nmerged\n")
    assert write(sealed(OLD), tmp_path).written == (LOCK,)


# What others put there


def test_a_file_in_the_way_is_refused_unless_it_is_the_same(tmp_path: Path) -> None:
    write(sealed(OLD), tmp_path)
    (tmp_path / "meetings.py").write_text("mine = 1\n")
    assert "exists but was not generated by pillarbox: meetings.py" in refused(sealed(NEW), tmp_path)
    (tmp_path / "meetings.py").write_text("y = 1\n")
    write(sealed(NEW), tmp_path)
    assert tree(tmp_path) == dict(sealed(NEW))


def test_a_package_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "__init__.py").write_text("from .core import *\n")
    said = refused(sealed(OLD), tmp_path)
    assert said.startswith(
        f"{tmp_path}: holds files that pillarbox did not generate (__init__.py): choose another"
    )
    write(sealed(OLD), tmp_path, force=True)
    assert tree(tmp_path) == dict(sealed(OLD))


def test_a_broken_manifest_is_refused_unless_forced(tmp_path: Path) -> None:
    write(sealed(OLD), tmp_path)
    (tmp_path / MANIFEST).write_text("<<<<<<< a\n{}\n=======\n>>>>>>> b\n")
    assert "merge conflict" in refused(sealed(NEW), tmp_path)
    write(sealed(NEW), tmp_path, force=True)
    assert dict(sealed(NEW)).items() <= tree(tmp_path).items()


def test_a_manifest_cannot_reach_out_of_its_folder(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(sealed(OLD), out)
    (tmp_path / "precious").write_text("x = 1\n")
    text = (out / MANIFEST).read_text().replace('"models/user.py"', '"../precious"')
    (out / MANIFEST).write_text(text)
    assert "'../precious'" in refused(sealed(NEW), out)
    assert (tmp_path / "precious").exists()


@pytest.mark.parametrize("place", ["users.py", "models", "models/user.py", MANIFEST, LOCK, WORK])
@pytest.mark.parametrize("force", [False, True])
def test_links_inside_are_refused_and_named(tmp_path: Path, place: str, force: bool) -> None:
    out, away = tmp_path / "out", tmp_path / "away"
    write(sealed(OLD), out)
    away.mkdir()
    (away / "user.py").write_text("x = 1\n")
    target = out / place
    if target.is_dir():
        for path in target.iterdir():
            path.unlink()
        target.rmdir()
    else:
        target.unlink(missing_ok=True)
    target.symlink_to(away if place in ("models", WORK) else away / "user.py")
    said = refused(sealed({**NEW, "models/user.py": "x = 2\n"}), out, force=force)
    assert str(target) in said
    assert "symbolic link" in said
    assert tree(away) == {"user.py": b"x = 1\n"}


def test_a_dangling_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "users.py").symlink_to(tmp_path / "nowhere")
    assert "symbolic link" in refused(sealed(OLD), tmp_path, force=True)
    assert not (tmp_path / "nowhere").exists()


def test_the_output_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write(sealed(OLD), tmp_path / "link")
    assert tree(tmp_path / "real") == dict(sealed(OLD))


def test_things_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="is not a folder"):
        write(sealed(OLD), tmp_path / "file")
    with pytest.raises(OutputError, match="cannot be written: Not a directory"):
        write(sealed(OLD), tmp_path / "file" / "below")
    out = tmp_path / "out"
    (out / "users.py").mkdir(parents=True)
    assert "users.py: exists and is not a regular file" in refused(sealed(OLD), out, force=True)
    (out / "users.py").rmdir()
    (out / "models").write_text("x")
    assert "models: must be a folder" in refused(sealed(OLD), out, force=True)
    (out / "models").unlink()
    os.mkfifo(out / "API.md")
    assert "API.md: exists and is not a regular file" in refused(sealed(OLD), out, force=True)


def test_nothing_is_left_of_a_folder_that_could_not_be_filled(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        write(sealed({"x" * 60 + "/" + "y" * 40: ""}), tmp_path / "new" / ("z" * 300))
    assert list(tmp_path.iterdir()) == []


def test_read_only_is_found_out_before_anything_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By way of `os.access`, for tests may run as root, whom no permission stops."""
    write(sealed(OLD), tmp_path)
    real = os.access

    def access(path: str, mode: int, *, dir_fd: int | None = None) -> bool:
        if mode == os.W_OK and path == ".":
            return not os.path.samestat(os.stat(".", dir_fd=dir_fd), os.stat(tmp_path / "models"))
        return real(path, mode, dir_fd=dir_fd)

    monkeypatch.setattr(os, "access", access)
    said = refused(sealed(NEW), tmp_path)
    assert (
        said == f"{tmp_path / 'models/__init__.py'}: cannot be written: read-only, or on another file system"
    )


# Any tree at all

NAMES = st.sampled_from(["users.py", "API.md", "models", "mine.py", "meetings.py", "__init__.py", "x"])
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)
USER = st.lists(
    st.tuples(
        PATHS, st.sampled_from(["file", "edit", "link", "folder link", "folder"]), st.text("ab\n", max_size=4)
    ),
    max_size=6,
)


@given(user=USER, force=st.booleans())
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_tree_of_the_user(
    tmp_path_factory: pytest.TempPathFactory, user: list[tuple[str, str, str]], force: bool
) -> None:
    """All is written or nothing; what is not ours stays; nothing outside is touched."""
    base = tmp_path_factory.mktemp("any")
    out, away = base / "out", base / "away"
    away.mkdir()
    (away / "x").write_text("outside")
    write(sealed(OLD), out)
    for path, kind, text in user:
        place = out / path
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            if kind in ("file", "edit") and not place.is_symlink():
                place.write_text(text)
            elif kind == "folder":
                place.mkdir()
            elif "link" in kind:
                place.symlink_to(away if "folder" in kind else away / "x")
        except OSError:
            continue
    before, outside = tree(out), tree(away)
    links = {path: os.readlink(path) for path in out.rglob("*") if path.is_symlink()}
    report: WriteReport | None = None
    said = ""
    try:
        report = write(sealed(NEW), out, force=force)
    except OutputError as error:
        said = str(error)
    after = tree(out)
    if report is None:
        assert after == before
        assert said.count("\n") == 0 < len(said)
    else:
        assert dict(sealed(NEW)).items() <= after.items()
        gone = before.keys() - after.keys()
        assert gone == set(report.removed)
        assert all(before[path] == OLD[path].encode() for path in gone)
        mine = {path: content for path, content in before.items() if path not in OLD and path != MANIFEST}
        assert force or mine.items() <= after.items()
    assert tree(away) == outside
    assert {path: os.readlink(path) for path in out.rglob("*") if path.is_symlink()} == links
    assert not (out / WORK).exists()
