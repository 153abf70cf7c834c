"""The command line as a user meets it: what it prints, where, and with which exit code."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

from pillarbox.cli.app import app, main

ROOT = Path(__file__).resolve().parent.parent.parent
ZOOM = ROOT / "specs" / "zoom.postman_collection.json"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test stands in a folder of its own, with a spec and no configuration."""
    (tmp_path / ".git").mkdir()
    shutil.copy(ZOOM, tmp_path / "zoom.json")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def configure(folder: Path, more: str = "") -> None:
    (folder / "pillarbox.toml").write_text(f'[clients.zoom]\nspec = "zoom.json"\noutput = "out/zoom"\n{more}')


def change_spec(folder: Path, old: str, new: str) -> None:
    text = (folder / "zoom.json").read_text(encoding="utf-8")
    assert old in text
    (folder / "zoom.json").write_text(text.replace(old, new), encoding="utf-8")


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_generate_says_what_it_did(capsys: pytest.CaptureFixture[str], elsewhere: Path) -> None:
    assert main(["generate", "zoom.json", "--output", "out/zoom"]) == 0
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert lines[0].startswith("zoom: ")
    assert lines[0].endswith(f" written, 0 unchanged in {Path('out/zoom')}")
    assert lines[1:] == [
        "  1 operation, 0 problems, 0 secrets replaced by placeholders",
        f"  look first at {Path('out/zoom/API.md')}",
    ]
    assert err == ""
    assert (elsewhere / "out" / "zoom" / "resources/users/__init__.py").exists()


def test_generate_again_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    main(["generate", "zoom.json", "--output", "zoom"])
    capsys.readouterr()
    assert main(["generate", "zoom.json", "--output", "zoom"]) == 0
    assert capsys.readouterr().out.startswith("zoom: 0 files written, ")


def test_quiet_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["generate", "zoom.json", "--output", "zoom", "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")


def test_the_configuration_names_the_clients(capsys: pytest.CaptureFixture[str], elsewhere: Path) -> None:
    configure(elsewhere)
    assert main(["generate"]) == 0
    assert main(["check"]) == 0
    assert main(["generate", "--client", "zoom"]) == 0
    assert main(["generate", "zoom.json"]) == 0
    assert (elsewhere / "out" / "zoom" / "API.md").exists()


def test_a_named_output_keeps_its_configuration(elsewhere: Path) -> None:
    """Renames of the configuration hold whether the client is named by file or by folder."""
    configure(elsewhere, '[clients.zoom.rename]\n"users.get_token" = "token_of"\n')
    assert main(["generate", "zoom.json", "--output", "out/zoom", "--quiet"]) == 0
    assert "def token_of(" in (elsewhere / "out" / "zoom" / "resources/users/__init__.py").read_text()
    assert main(["check"]) == 0


def test_check_is_silent_about_nothing_and_exits_with_1(
    capsys: pytest.CaptureFixture[str], elsewhere: Path
) -> None:
    configure(elsewhere)
    assert main(["check"]) == 1
    assert not (elsewhere / "out").exists()
    main(["generate", "--quiet"])
    before = tree(elsewhere)
    change_spec(elsewhere, '"ttl"', '"lifetime"')
    capsys.readouterr()
    assert main(["check"]) == 1
    out, err = capsys.readouterr()
    assert "--- a/resources/users/__init__.py" in out
    assert '+                "lifetime": ' in out
    assert err.splitlines()[-1].startswith("zoom: stale: ")
    after = tree(elsewhere)
    assert {path for path in after if after[path] != before.get(path)} == {"zoom.json"}


def test_check_as_json(capsys: pytest.CaptureFixture[str], elsewhere: Path) -> None:
    configure(elsewhere)
    main(["generate", "--quiet"])
    assert main(["check", "--json"]) == 0
    (client,) = json.loads(capsys.readouterr().out)["clients"]
    assert client["current"] is True
    assert client["diff"] == ""
    (elsewhere / "out" / "zoom" / "resources/users/__init__.py").unlink()
    assert main(["check", "--json"]) == 1
    (client,) = json.loads(capsys.readouterr().out)["clients"]
    assert client["missing"] == ["resources/users/__init__.py"]


def test_generate_as_json_has_a_stable_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["generate", "zoom.json", "--output", "zoom", "--json"]) == 0
    out, err = capsys.readouterr()
    data = json.loads(out)
    assert data["version"] == 1
    (client,) = data["clients"]
    assert set(client) == {
        "name", "spec", "output", "package", "operations", "requests", "secrets_replaced", "fields", "untyped_fields",
        "problems", "ledger", "wrote", "written", "unchanged", "removed", "kept",
    }  # fmt: skip
    assert (client["operations"], client["requests"], client["package"]) == (1, 1, "zoom")
    assert "resources/users/__init__.py" in client["written"]
    assert err == ""


def test_files_edited_by_hand_are_kept(capsys: pytest.CaptureFixture[str], elsewhere: Path) -> None:
    main(["generate", "zoom.json", "--output", "zoom", "--quiet"])
    file = elsewhere / "zoom" / "resources/users/__init__.py"
    file.write_text(file.read_text() + "\nMINE = 1\n")
    assert main(["generate", "zoom.json", "--output", "zoom"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert "resources/users/__init__.py" in err
    assert "MINE" in file.read_text()
    assert main(["generate", "zoom.json", "--output", "zoom", "--force"]) == 0
    assert "MINE" not in file.read_text()


def test_package_and_project(elsewhere: Path) -> None:
    assert (
        main(["generate", "zoom.json", "--output", "my-zoom", "--package", "myzoom", "--project", "-q"]) == 0
    )
    assert (elsewhere / "my-zoom" / "myzoom" / "resources/users/__init__.py").exists()
    assert (elsewhere / "my-zoom" / "pyproject.toml").exists()


def unsendable(folder: Path) -> None:
    data = json.loads((folder / "zoom.json").read_text())
    data["item"].append({"name": "Nowhere\x1b[31m", "request": {"method": "GET", "url": ""}})
    (folder / "zoom.json").write_text(json.dumps(data))


def test_problems_are_one_line_each(capsys: pytest.CaptureFixture[str], elsewhere: Path) -> None:
    unsendable(elsewhere)
    assert main(["generate", "zoom.json", "--output", "zoom"]) == 0
    out, err = capsys.readouterr()
    (line,) = err.splitlines()
    assert line.startswith("zoom.json#/item/1")
    assert "\x1b" not in line, "a spec must not paint the terminal"
    assert "1 of 2 operations, 1 problem, " in out


def test_strict_writes_nothing(capsys: pytest.CaptureFixture[str], elsewhere: Path) -> None:
    unsendable(elsewhere)
    assert main(["generate", "zoom.json", "--output", "zoom", "--strict"]) == 1
    assert not (elsewhere / "zoom").exists()
    assert "nothing written" in capsys.readouterr().err


def test_inspect_shows_the_evidence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", "zoom.json"]) == 0
    out = capsys.readouterr().out
    assert "users.get_token" in out
    assert "seen 1 of 1" in out
    assert "oauth2: bearer" in out
    assert main(["inspect", "zoom.json", "--json"]) == 0
    data: dict[str, Any] = json.loads(capsys.readouterr().out)
    (operation,) = data["operations"]
    assert operation["path"] == "/users/{userId}/token"
    assert [argument["name"] for argument in operation["arguments"]] == ["user_id", "type", "ttl"]
    assert operation["responses"][0]["fields"] == [
        {"at": "token", "type": "string", "required": True, "seen": 1, "of": 1}
    ]
    assert operation["errors"][0]["code"] == 1001


def test_lock_prune_forgets_retired_names(capsys: pytest.CaptureFixture[str], elsewhere: Path) -> None:
    configure(elsewhere)
    main(["generate", "-q"])
    change_spec(elsewhere, '"ttl"', '"lifetime"')
    main(["generate", "-q"])
    lock = elsewhere / "out" / "zoom" / "pillarbox.lock"
    assert '"retired":true' in lock.read_text()
    assert main(["check"]) == 0
    assert main(["lock", "prune"]) == 0
    assert "argument users.get_token.ttl" in capsys.readouterr().out
    assert '"retired"' not in lock.read_text()
    assert main(["check"]) == 0
    assert main(["lock", "prune", "out/zoom", "--json"]) == 0
    assert json.loads(capsys.readouterr().out.rpartition("\n{\n")[2].join(("{\n", ""))) == {
        "version": 1,
        "clients": [{"name": "zoom", "output": str(Path("out/zoom")), "forgotten": []}],
    }


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["generat"], "Did you mean 'generate'?"),
        (["generate", "--ouput", "x"], "Did you mean --output?"),
        (["generate", "--output"], "requires an argument"),
        (["inspect"], "Missing argument"),
        (["lock", "prun"], "Did you mean 'prune'?"),
        (["generate", "a", "b"], "unexpected extra argument"),
        (["generate"], "no pillarbox.toml here or above"),
        (["check", "--client", "zoom"], "no pillarbox.toml here or above"),
        (["generate", "--output", "x"], "can only be used with SPEC"),
        (["generate", "zoom.json"], "no output folder: pass --output DIR"),
        (["generate", "zoom.json", "-o", "my-client"], "pass --package"),
        (["generate", "zoom.json", "-o", "x", "--package", "class"], "--package 'class'"),
        (["generate", "zoom.json", "-o", "zoom.json/x", "--package", "x"], "zoom.json"),
        (["generate", "none.json", "-o", "x"], "none.json: "),
        (["inspect", "none.json"], "none.json: "),
        (["inspect", "."], "."),
        (["generate", "zoom.json", "-o", "x", "--config", "none.toml"], "none.toml: "),
        (["lock", "prune", "nowhere"], "there is no such lock"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_arguments(capsys: pytest.CaptureFixture[str], arguments: list[str], words: str) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err
    assert len(err.splitlines()) == 1


def test_a_misspelt_client_and_a_misspelt_key(capsys: pytest.CaptureFixture[str], elsewhere: Path) -> None:
    configure(elsewhere)
    assert main(["generate", "--client", "zom"]) == 2
    assert 'did you mean "zoom"?' in capsys.readouterr().err
    configure(elsewhere, 'outptu = "x"\n')
    assert main(["generate"]) == 2
    assert 'did you mean "output"?' in capsys.readouterr().err


def test_an_error_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["generate", "none.json", "--output", "x", "--json"]) == 2
    out, err = capsys.readouterr()
    assert json.loads(out)["error"]["file"] == "none.json"
    assert len(err.splitlines()) == 1


def test_a_lock_that_is_gone_is_not_replaced_in_silence(
    capsys: pytest.CaptureFixture[str], elsewhere: Path
) -> None:
    main(["generate", "zoom.json", "-o", "zoom", "-q"])
    (elsewhere / "zoom" / "pillarbox.lock").unlink()
    assert main(["generate", "zoom.json", "-o", "zoom"]) == 2
    assert "public names may move" in capsys.readouterr().err


def test_help_and_version_are_quick() -> None:
    """By what they load: no template engine, no formatter, no YAML, and nothing of ours that a command needs to run."""
    code = (
        "import sys; from pillarbox.cli.app import main; code = main(sys.argv[1:]);"
        "heavy = {'jinja2', 'black', 'yaml', 'anyascii', 'pillarbox.pipeline', 'pillarbox.readers'} & set(sys.modules);"
        "assert not heavy, heavy; sys.exit(code)"
    )
    runs = (
        (["--version"], "pillarbox 0."),
        (["--help"], "generate"),
        (["check", "--help"], "--latest"),
        (["docs", "lock"], "# The lock"),
    )
    version = "main(['--version']); assert not any(name.startswith(('pillarbox.config', 'tomllib')) for name in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; from pillarbox.cli.app import main; {version}"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    for arguments, words in runs:
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments], cwd=ROOT, check=False, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        assert words in done.stdout


COMMANDS = [
    *([name] for name in ("generate", "check", "inspect", "explain", "diff", "sample", "init", "docs")),
    ["lock", "prune"],
    ["templates", "export"],
]


def helped(capsys: pytest.CaptureFixture[str], *command: str) -> str:
    assert main([*command, "--help"]) == 0
    return " ".join(re.sub(r"[│─╭╮╰╯]", " ", capsys.readouterr().out).split())


def test_help_names_both_kinds_of_specs(capsys: pytest.CaptureFixture[str]) -> None:
    """Also for each command that takes a spec."""
    both = "a Postman collection or an OpenAPI document"
    assert both in helped(capsys)
    for command in COMMANDS[:7]:
        assert both.lower() in helped(capsys, *command).lower(), command


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    """In the field's words, with a description for each option and argument."""
    text = helped(capsys, *command)
    for word in ("given", "told", "answer", "strongest", "what it was", "without it"):
        assert not re.search(rf"\b{word}", text), word
    group = typer.main.get_command(app)
    for name in command:
        group = group.commands[name]  # type: ignore[attr-defined]
    for parameter in group.params:
        assert getattr(parameter, "help", None), f"{command}: {parameter.name}"


def test_a_reader_that_goes_away_is_no_error(elsewhere: Path) -> None:
    command = f"{sys.executable} -m pillarbox inspect zoom.json | head -n 1"
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=elsewhere,
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stdout.startswith("Zoom API")
    assert done.stderr == ""


def test_a_bug_is_called_one(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("made up")

    monkeypatch.setattr("pillarbox.api.generate.generate_client", broken)
    assert main(["generate", "zoom.json", "-o", "zoom"]) == 70
    err = capsys.readouterr().err
    assert "ZeroDivisionError: made up" in err
    assert err.endswith("Please report it with the lines above.\n")
