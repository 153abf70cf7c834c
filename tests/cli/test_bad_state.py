"""Folders that cannot be worked with: one clear line, exit code 2, and nothing written."""

import json
import os
import shutil
from pathlib import Path

import pytest

from pillarbox.cli.app import main
from pillarbox.output.files import LEDGER, LOCK, MANIFEST, WORK

ROOT = Path(__file__).resolve().parents[2]
ZOOM = ROOT / "specs" / "zoom.postman_collection.json"


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A generated client whose spec has changed since, so that a run would write."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    shutil.copy(ZOOM, "zoom.json")
    Path("pillarbox.toml").write_text('[clients.zoom]\nspec = "zoom.json"\noutput = "zoom"\n')
    assert main(["generate", "--quiet"]) == 0
    text = Path("zoom.json").read_text(encoding="utf-8")
    Path("zoom.json").write_text(text.replace('"ttl"', '"lifetime"'), encoding="utf-8")
    return tmp_path


def tree(folder: Path) -> dict[str, object]:
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def refused(capsys: pytest.CaptureFixture[str], project: Path, *arguments: str) -> str:
    before = tree(project)
    capsys.readouterr()
    assert main([*arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert tree(project) == before
    return err


LOCKS = [
    ("", f"{LOCK}:1: is not a lock of pillarbox"),
    ("\0\1\2", f"{LOCK}:1: is not a lock"),
    ("# pillarbox.lock 2: names\n", "version 2 of the lock is later than this pillarbox knows: update pillarbox"),
    ("# pillarbox.lock 1: x\noperation users.get {\n", f"{LOCK}:2: is broken"),
    ("# pillarbox.lock 1: x\noperation ../x {}\n", f"{LOCK}:2: is broken"),
    ("# pillarbox.lock 1: x\nsurprise users {}\n", f"{LOCK}:2: is broken"),
    ("# pillarbox.lock 1: x\noperation a {\"route\":5}\n", f"{LOCK}:2: 'route' is neither"),
    ("# pillarbox.lock 1: x\n<<<<<<< ours\n", f"{LOCK}:2: a conflict that does not end"),
    ("# pillarbox.lock 1: x\n>>>>>>> theirs\n", f"{LOCK}:2: conflict markers in disorder"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), LOCKS)
@pytest.mark.parametrize("command", ["generate", "check"])
def test_a_lock(
    capsys: pytest.CaptureFixture[str], project: Path, command: str, text: str, words: str
) -> None:
    (project / "zoom" / LOCK).write_text(text)
    assert words in refused(capsys, project, command)


def test_a_lock_that_is_no_text(capsys: pytest.CaptureFixture[str], project: Path) -> None:
    (project / "zoom" / LOCK).write_bytes(b"# pillarbox.lock 1: x\n\xff\n")
    assert "is not UTF-8 text" in refused(capsys, project, "generate")


def test_a_lock_of_both_sides_of_a_merge_is_no_mistake(
    capsys: pytest.CaptureFixture[str], project: Path
) -> None:
    """Both sides only ever add names, so the union of them is what a person would make of it (docs/lock.md)."""
    lock = project / "zoom" / LOCK
    head, *lines = lock.read_text().splitlines()
    other = 'operation users.other {"route":"GET /other"}'
    lock.write_text("\n".join([head, "<<<<<<< ours", *lines, "=======", other, ">>>>>>> theirs", ""]))
    assert main(["generate"]) == 0
    assert "merge conflict resolved" in capsys.readouterr().err
    assert "users.other" in lock.read_text()
    assert "<<<<" not in lock.read_text()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is not JSON"),
        ("[]", "is not a manifest of pillarbox"),
        ('{"manifest": 99}', "was written by a later version of pillarbox"),
        ("{\n<<<<<<< ours\n=======\n>>>>>>> theirs\n}", "holds merge conflict markers: take either side"),
        ('{"manifest": 1, "edition": 1, "generator": "1", "spec": {"name": "a", "sha256": "b"}, "files": {"../x": "0"}}', "'../x'"),
    ],
)  # fmt: skip
def test_a_manifest(capsys: pytest.CaptureFixture[str], project: Path, text: str, words: str) -> None:
    (project / "zoom" / MANIFEST).write_text(text)
    err = refused(capsys, project, "generate")
    assert words in err
    assert MANIFEST in err or "cannot write" in err


def test_a_journal(capsys: pytest.CaptureFixture[str], project: Path) -> None:
    (project / "zoom" / WORK).mkdir()
    (project / "zoom" / WORK / "journal.json").write_text("{")
    assert "the journal in it is broken" in refused(capsys, project, "generate")


def test_two_clients_with_one_output(capsys: pytest.CaptureFixture[str], project: Path) -> None:
    config = project / "pillarbox.toml"
    text = config.read_text()
    os.symlink("zoom", "link")
    for output in ("zoom", "./x/../zoom", "link"):
        config.write_text(f'{text}[clients.other]\nspec = "zoom.json"\noutput = "{output}"\n')
        err = refused(capsys, project, "generate")
        assert "clients.other.output: is the output of client zoom too" in err


def test_somebody_elses_package(capsys: pytest.CaptureFixture[str], project: Path) -> None:
    other = project / "theirs"
    other.mkdir()
    (other / "__init__.py").write_text("import flask\n")
    (other / "client.py").write_text("x = 1\n")
    err = refused(capsys, project, "generate", "zoom.json", "--output", "theirs")
    assert "holds files that pillarbox did not generate (__init__.py, client.py)" in err


def test_files_of_ones_own_that_are_not_in_the_way_stay(project: Path) -> None:
    (project / "zoom" / "mine.py").write_text("x = 1\n")
    assert main(["generate", "--quiet"]) == 0
    assert (project / "zoom" / "mine.py").read_text() == "x = 1\n"


def test_a_hand_edit(capsys: pytest.CaptureFixture[str], project: Path) -> None:
    """`generate` refuses, `check` shows file and line; both say what to do."""
    users = project / "zoom" / "resources/users/__init__.py"
    lines = users.read_text().splitlines(keepends=True)
    lines[30] = "    x = 1  # mine\n"
    users.write_text("".join(lines))
    assert "edited by hand since the last run: resources/users/__init__.py:" in refused(
        capsys, project, "generate"
    )
    assert main(["check"]) == 1
    out, err = capsys.readouterr()
    assert "-    x = 1  # mine" in out
    assert f"{Path('zoom/resources/users/__init__.py')}:" in err
    assert "edited by hand" in err
    assert err.splitlines()[-1].endswith("move those changes away, then run `pillarbox generate`")


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_endings_are_no_edit(project: Path, ending: str, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(ZOOM, project / "zoom.json")
    assert main(["generate", "--quiet"]) == 0
    for path in (project / "zoom").rglob("*.*"):
        if path.is_file():
            path.write_bytes(path.read_bytes().replace(b"\n", ending.encode()))
    assert main(["check", "--quiet"]) == 0, capsys.readouterr().err


def test_formatting_is_no_edit(project: Path) -> None:
    """Another line length and other quotes: black's own options, over every file."""
    from black import format_str
    from black.mode import Mode

    shutil.copy(ZOOM, project / "zoom.json")
    assert main(["generate", "--quiet"]) == 0
    mode = Mode(line_length=60, string_normalization=False, magic_trailing_comma=False)
    touched = 0
    for path in (project / "zoom").rglob("*.py"):
        text = format_str(path.read_text(), mode=mode)
        touched += text != path.read_text()
        path.write_text(text)
    assert touched > 10
    before = tree(project / "zoom")
    assert main(["check", "--quiet"]) == 0
    assert main(["generate", "--quiet"]) == 0
    assert tree(project / "zoom") == before, "a formatter's work stays where nothing else has changed"


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        ([], "pillarbox generate"),
        (["--client", "zoom"], "pillarbox generate --client zoom"),
        (["zoom.json", "--output", "a b/zoom", "--package", "zoom"], "pillarbox generate zoom.json --output 'a b/zoom' --package zoom"),
        (["zoom.json", "-o", "other", "--project"], "pillarbox generate zoom.json --output other --project"),
    ],
)  # fmt: skip
def test_check_says_the_command_that_helps(
    capsys: pytest.CaptureFixture[str], project: Path, arguments: list[str], command: str
) -> None:
    import shlex

    capsys.readouterr()
    assert main(["check", *arguments]) == 1
    assert f"run `{command}`" in capsys.readouterr().err
    assert main(shlex.split(command)[1:]) == 0
    assert main(["check", *arguments]) == 0


def test_the_fast_path_is_not_taken_over_bad_state(project: Path) -> None:
    """Whatever is wrong is found by the run itself."""
    assert main(["generate", "--quiet"]) == 0
    for name in (LOCK, MANIFEST):
        whole = (project / "zoom" / name).read_bytes()
        (project / "zoom" / name).write_bytes(whole[: len(whole) // 2])
        assert main(["generate", "--quiet"]) in (0, 2)
        (project / "zoom" / name).write_bytes(whole)
    assert not (project / "zoom" / LEDGER).exists()
    assert json.loads((project / "zoom" / MANIFEST).read_text())["manifest"] == 1
