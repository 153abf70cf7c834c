"""What `pillarbox diff` cannot compare: one line, exit code 2."""

import json
from pathlib import Path

import pytest

from pillarbox.cli.app import main

from .repository import Workplace, git_is_there


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workplace:
    git_is_there()
    monkeypatch.chdir(tmp_path)
    made = Workplace(tmp_path)
    made.commit("A spec")
    return made


SPEC = "specs/zoom.json"
CASES = {
    "no_such_revision": (["nowhere..."], "'nowhere': git knows no such revision"),
    "no_such_revision_of_a_file": ([f"nowhere:{SPEC}", SPEC], "'nowhere': git knows no such revision"),
    "no_such_second_revision": (["main...nowhere"], "'nowhere': git knows no such revision"),
    "a_revision_that_is_an_option": (["--", "--all..."], "git knows no such revision"),
    "a_blob_is_no_revision": ([f"main:{SPEC}:x", SPEC], "there is no such file in that revision"),
    "no_such_file_in_the_revision": (["main:gone.json", SPEC], "main:gone.json: there is no such file"),
    "no_such_file": (["gone.json", SPEC], "gone.json: there is no such file"),
    "no_such_new_file": ([SPEC, "gone.json"], "gone.json: there is no such file"),
    "only_one_file": ([SPEC], "there is nothing to compare it with"),
    "files_and_client": ([SPEC, SPEC, "--client", "zoom"], "--client compares revisions"),
    "no_such_client": (["main", "--client", "zom"], 'did you mean "zoom"?'),
    "outside": (["main:../up.json", SPEC], "is outside of the repository"),
    "no_name": ([f":{SPEC}", SPEC], "revision is missing"),
    "broken_range": (["main...:x", SPEC], "git knows no such revision"),
}


@pytest.mark.parametrize("name", CASES)
def test_one_line(name: str, workplace: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    arguments, message = CASES[name]
    assert main(["diff", "--quiet", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1 and message in err


def test_json_says_it_too(workplace: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "nowhere...", "--format", "json"]) == 2
    assert "no such revision" in json.loads(capsys.readouterr().out)["error"]["message"]


def test_no_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    git_is_there()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "pillarbox.toml").write_text('[clients.x]\nspec = "x.json"\noutput = "x"\n')
    assert main(["diff", "main..."]) == 2
    assert "is in no git repository" in capsys.readouterr().err
    (tmp_path / "pillarbox.toml").unlink()
    assert main(["diff", "main..."]) == 2
    assert "no pillarbox.toml here or above" in capsys.readouterr().err


def test_no_git(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(workplace.root))
    assert main(["diff", "main..."]) == 2
    assert "git is not installed" in capsys.readouterr().err


def broken(workplace: Workplace, path: str, text: str) -> None:
    file = workplace.root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    before = file.read_bytes() if file.exists() else None
    file.write_text(text, encoding="utf-8")
    workplace.commit("Break it")
    if before is None:
        file.unlink()
    else:
        file.write_bytes(before)


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        (SPEC, "{", "main:specs/zoom.json"),
        ("pillarbox.toml", "[clients", "main:pillarbox.toml: is not TOML"),
        (
            "clients/zoom/pillarbox.lock",
            "# pillarbox.lock 9: x",
            "main:clients/zoom/pillarbox.lock:1: version 9",
        ),
        ("clients/zoom/pillarbox.lock", "junk", "main:clients/zoom/pillarbox.lock:1: is not a lock"),
    ],
)
def test_a_broken_revision_is_named(
    path: str, text: str, message: str, workplace: Workplace, capsys: pytest.CaptureFixture[str]
) -> None:
    broken(workplace, path, text)
    assert main(["diff", "main", "--quiet"]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1
    assert err.startswith(message)
    assert "/tmp" not in err


def test_a_shallow_clone(
    workplace: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (workplace.root / "more.txt").write_text("x")
    workplace.commit("More")
    workplace.git("clone", "--quiet", "--depth=1", workplace.root.as_uri(), "shallow")
    monkeypatch.chdir(workplace.root / "shallow")
    assert main(["diff", "HEAD~1"]) == 2
    assert "the clone is shallow" in capsys.readouterr().err


def test_links_of_a_revision_are_not_followed(
    workplace: Workplace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (workplace.root / "secret.txt").write_text("hidden")
    (workplace.root / "linked.json").symlink_to("/etc/passwd")
    workplace.commit("A link")
    assert main(["diff", "main:linked.json", SPEC, "--quiet"]) == 2
    err = capsys.readouterr().err
    assert "root:" not in err and err.count("\n") == 1
