"""A pull request that changes a spec, from the branch to the comment, with real git."""

import json
from pathlib import Path

import pytest

from pillarbox.cli.app import main
from pillarbox.cli.revisions import Repository

from .repository import Workplace, git_is_there

TTL = '"key": "ttl",'


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workplace:
    git_is_there()
    monkeypatch.chdir(tmp_path)
    made = Workplace(tmp_path)
    assert main(["generate", "--quiet"]) == 0
    made.commit("A client for Zoom")
    return made


def test_a_pull_request(workplace: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    workplace.git("switch", "--quiet", "--create", "shorter-tokens")
    workplace.change(TTL, '"key": "seconds",')
    assert main(["check"]) == 1
    out, err = capsys.readouterr()
    assert "-        ttl: int | None = None," in out
    assert err.endswith("run `pillarbox generate`\n")

    # Before `generate`, the working tree already says what will change for callers.
    assert main(["diff", "main...", "--quiet"]) == 0
    assert "users.get_token(ttl) is gone" in capsys.readouterr().out

    assert main(["generate", "--quiet"]) == 0
    assert main(["check", "--quiet"]) == 0
    workplace.commit("Take the new Zoom spec")
    capsys.readouterr()

    assert main(["diff", "main...", "--client", "zoom", "--format", "markdown"]) == 0
    comment = capsys.readouterr().out
    assert comment.rstrip().splitlines() == [
        "<!-- pillarbox-diff -->",
        "## What changes for callers",
        "",
        "### zoom: **1 breaking**, 1 compatible",
        "",
        "Suggested version bump: **major**. Compared: `main:specs/zoom.json` → `specs/zoom.json`",
        "",
        "**Breaking**",
        "",
        "- `users.get_token(ttl)` is gone; it was `ttl: int | None = None`  ",
        "  <sub>Do not pass it; `options` can still send it. `old #/item/0/item/0/request/url/query/1`</sub>",
        "",
        "<details><summary>1 compatible</summary>",
        "",
        "- `users.get_token(seconds)` is new: `seconds: int | None = None`  ",
        "  <sub>`#/item/0/item/0/request/url/query/1`</sub>",
        "",
        "</details>",
    ]
    assert main(["diff", "main...", "--fail-on", "breaking", "--quiet"]) == 1
    assert main(["diff", "main...", "--fail-on", "maybe", "--quiet"]) == 1


def test_main_went_on(workplace: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    """Three dots begin where the branch did: what main did since is no change of this branch."""
    workplace.git("switch", "--quiet", "--create", "work")
    workplace.change("Light", "Heavy")
    workplace.commit("Words")
    workplace.git("switch", "--quiet", "main")
    workplace.change(TTL, '"key": "seconds",')
    workplace.commit("Main goes on")
    workplace.git("switch", "--quiet", "work")
    assert main(["diff", "main...", "--quiet"]) == 0
    assert "suggested version bump: patch" in capsys.readouterr().out
    assert main(["diff", "main..", "--quiet"]) == 0
    assert "users.get_token(seconds) is gone" in capsys.readouterr().out
    assert main(["diff", "main", "--quiet"]) == 0
    assert "users.get_token(seconds) is gone" in capsys.readouterr().out
    assert main(["diff", "work", "main", "--quiet"]) == 0
    assert "users.get_token(ttl) is gone" in capsys.readouterr().out
    assert main(["diff", "work..main", "--quiet"]) == 0
    assert "users.get_token(ttl) is gone" in capsys.readouterr().out
    assert main(["diff", "--quiet"]) == 0
    assert capsys.readouterr().out == "zoom: nothing changes for callers\n"


def test_a_rename_in_the_configuration(workplace: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    """The configuration of the old revision names the old client."""
    with (workplace.root / "pillarbox.toml").open("a", encoding="utf-8") as file:
        file.write('\n[clients.zoom.rename]\n"users.get_token" = "token"\n')
    assert main(["generate", "--quiet"]) == 0
    assert main(["diff", "main", "--format", "json"]) == 0
    (review,) = json.loads(capsys.readouterr().out)["reviews"]
    (change,) = review["changes"]
    assert change["symbol"] == "users.get_token"
    assert change["new"] == "users.token"


def test_a_client_comes_and_goes(workplace: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    config = (workplace.root / "pillarbox.toml").read_text(encoding="utf-8")
    (workplace.root / "pillarbox.toml").write_text(config.replace("zoom]", "meetings]"), encoding="utf-8")
    assert main(["diff", "main", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["reviews"]
    assert [(one["client"], one["changes"][0]["check"]) for one in found] == [
        ("zoom", "client-removed"),
        ("meetings", "client-added"),
    ]


def test_two_files(workplace: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    old = workplace.root / "old.json"
    old.write_bytes(workplace.spec.read_bytes())
    workplace.change(TTL, '"key": "seconds",')
    said = []
    for arguments in (
        ["old.json", "specs/zoom.json"],
        ["main:specs/zoom.json", "specs/zoom.json"],
        ["HEAD:./specs/zoom.json", "specs/zoom.json"],
    ):
        assert main(["diff", *arguments, "--quiet"]) == 0
        lines = capsys.readouterr().out.splitlines()
        said.append([line for line in lines if "/request/" not in line])
    assert said[0][0] == "zoom: 1 breaking, 1 compatible; suggested version bump: major"
    assert said[0] == said[1] == said[2]


def test_nothing_is_touched(workplace: Workplace) -> None:
    workplace.change(TTL, '"key": "seconds",')
    (workplace.root / "staged.txt").write_text("x", encoding="utf-8")
    workplace.git("add", "staged.txt")
    before = workplace.git("status", "--porcelain=v2", "--branch")
    assert main(["diff", "main...", "--quiet"]) == 0
    assert workplace.git("status", "--porcelain=v2", "--branch") == before


def test_in_a_folder_below(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    workplace.change(TTL, '"key": "seconds",')
    monkeypatch.chdir(workplace.spec.parent)
    assert main(["diff", "main", "--quiet"]) == 0
    assert "users.get_token(ttl) is gone" in capsys.readouterr().out
    assert main(["diff", "main:./zoom.json", "zoom.json", "--quiet"]) == 0
    assert "users.get_token(ttl) is gone" in capsys.readouterr().out


def test_severities_of_the_configuration(workplace: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    workplace.change(TTL, '"key": "seconds",')
    with (workplace.root / "pillarbox.toml").open("a", encoding="utf-8") as file:
        file.write('\n[diff.severity]\n"argument-removed" = "compatible"\n')
    assert main(["diff", "--quiet", "--fail-on", "maybe"]) == 0
    assert "2 compatible" in capsys.readouterr().out
    text = (workplace.root / "pillarbox.toml").read_text(encoding="utf-8")
    (workplace.root / "pillarbox.toml").write_text(text.replace("argument-removed", "argument-remove"))
    assert main(["diff", "--quiet"]) == 2
    assert 'did you mean "argument-removed"?' in capsys.readouterr().err


def test_the_lock_of_the_old_revision_names_the_old_client(
    workplace: Workplace, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without the lock the name would follow the words of the spec."""
    workplace.change('"name": "Get a user token"', '"name": "Fetch a token"')
    assert main(["generate", "--quiet"]) == 0
    workplace.commit("Other words")
    workplace.change(TTL, '"key": "seconds",')
    assert main(["diff", "HEAD", "--quiet"]) == 0
    assert "users.get_token(ttl) is gone" in capsys.readouterr().out


def test_a_folder_of_a_revision(workplace: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    """A v3 collection is a folder; all of it is read from the revision."""
    import shutil

    case = Path(__file__).resolve().parent.parent / "cases" / "same_api_v3"
    shutil.copytree(case / "spec.postman", workplace.root / "shop")
    workplace.commit("A folder")
    (request,) = (workplace.root / "shop").glob("Send*.request.yaml")
    request.unlink()
    assert main(["diff", "HEAD:shop", "shop", "--quiet"]) == 0
    out = capsys.readouterr().out
    assert "1 breaking" in out and "[operation-removed]" in out and "HEAD:shop/" in out


_MANY_FILES = {
    "api/openapi.yaml": """\
openapi: 3.1.0
info: {title: Shop, version: "1"}
paths:
  /loaves:
    get:
      operationId: listLoaves
      tags: [Loaves]
      responses:
        "200": {description: All., content: {application/json: {schema: {$ref: "schemas/loaf.yaml"}}}}
""",
    "api/schemas/loaf.yaml": "type: object\nrequired: [name]\nproperties:\n  name: {type: string}\n",
    "api/notes.txt": "not a part of it",
}


def test_a_document_of_many_files(workplace: Workplace, tmp_path: Path) -> None:
    """What the document of a revision may refer to is copied with it, and nothing else."""
    for path, text in _MANY_FILES.items():
        file = workplace.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    workplace.commit("A document")
    (workplace.root / "api" / "schemas" / "loaf.yaml").write_text("{}", encoding="utf-8")
    repository = Repository.around(workplace.root)
    target = tmp_path / "copies"
    assert repository.extract(repository.commit("main"), "api/openapi.yaml", target)
    copied = {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()}
    assert copied == {"api/openapi.yaml", "api/schemas/loaf.yaml"}
    text = (target / "api" / "schemas" / "loaf.yaml").read_text(encoding="utf-8")
    assert text == _MANY_FILES["api/schemas/loaf.yaml"]
