"""`init`: a first configuration, or one client more; nothing is written that would not be read again."""

import io
import os
import pty
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from pillarbox.api.new_client import candidates, suggested_name
from pillarbox.cli.app import main
from pillarbox.config import load
from pillarbox.config.editions import LATEST

ROOT = Path(__file__).resolve().parent.parent.parent
ZOOM = ROOT / "specs" / "zoom.postman_collection.json"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "zoom.postman_collection.json").write_bytes(ZOOM.read_bytes())
    monkeypatch.chdir(tmp_path)
    return tmp_path


SPEC = "specs/zoom.postman_collection.json"


def test_by_options(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", SPEC]) == 0
    assert capsys.readouterr().out.splitlines() == ["pillarbox.toml: written", "  next: pillarbox generate"]
    (client,) = load(Path("pillarbox.toml")).clients
    assert (client.name, client.spec, client.output) == ("zoom", Path(SPEC), Path("generated/zoom"))
    assert client.edition == LATEST
    assert main(["generate", "--quiet"]) == 0
    assert Path("generated/zoom/resources/users/__init__.py").exists()


def test_a_second_client(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", SPEC]) == 0
    text = Path("pillarbox.toml").read_text().replace("edition", "# mine\nedition")
    Path("pillarbox.toml").write_text(text)
    Path("live.json").write_text("{}")
    options = [
        "--name",
        "other",
        "--output",
        "my clients/other",
        "--package",
        "other",
        "--project",
        "-e",
        "live.json",
    ]
    assert main(["init", SPEC, *options]) == 0
    assert "client other added" in capsys.readouterr().out
    assert Path("pillarbox.toml").read_text().startswith(text.rstrip())
    first, second = load(Path("pillarbox.toml")).clients
    assert first.name == "zoom"
    assert (second.output, second.package, second.project) == (Path("my clients/other"), "other", True)
    assert second.environments == (Path("live.json"),)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "init needs a SPEC"),
        (["none.json"], "none.json: there is no such file"),
        ([SPEC, "--name", "a b"], "--name 'a b': must be a client's name"),
        ([SPEC, "--name", 'x]\nspec="y"\n[y'], "must be a client's name"),
        ([SPEC, "--package", "class"], "clients.zoom.package"),
    ],
)
def test_wrong_answers_write_nothing(
    capsys: pytest.CaptureFixture[str], options: list[str], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert main(["init", *options]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err
    assert len(err.splitlines()) == 1
    assert not Path("pillarbox.toml").exists()


def test_what_is_there_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", SPEC]) == 0
    before = Path("pillarbox.toml").read_bytes()
    capsys.readouterr()
    for options, words in (
        ([SPEC], "has a client 'zoom' already"),
        ([SPEC, "--name", "two", "--output", "generated/zoom"], "is the output of client zoom too"),
    ):
        assert main(["init", *options]) == 2
        assert words in capsys.readouterr().err
        assert Path("pillarbox.toml").read_bytes() == before
    Path("pillarbox.toml").write_text("[clients")
    assert main(["init", SPEC]) == 2
    assert "is not TOML" in capsys.readouterr().err
    Path("pillarbox.toml").write_text(f'clients = {{ a = {{ spec = "{SPEC}", output = "a" }} }}\n')
    assert main(["init", SPEC]) == 2
    assert "cannot be added at its end" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("zoom.postman_collection.json", "zoom"),
        ("Pet Store.openapi.yaml", "pet_store"),
        ("specs/acme/openapi.json", "acme"),
        ("2024-api.json", "client"),
        ("Maß.json", "mass"),
        ("../..", "client"),
        ("shop.postman", "shop"),
    ],
)
def test_names_are_suggested(file: str, name: str) -> None:
    assert (
        suggested_name(Path(file)) in (name, "tmp") if file == "../.." else suggested_name(Path(file)) == name
    )


def test_specs_are_found(elsewhere: Path) -> None:
    for path in (
        "api/openapi.yaml",
        "node_modules/x/openapi.json",
        ".hidden/openapi.json",
        "a/b/c/d/openapi.json",
    ):
        file = elsewhere / path
        file.parent.mkdir(parents=True)
        file.write_text("")
    assert [path.as_posix() for path in candidates(Path())] == ["api/openapi.yaml", SPEC]


def test_on_a_terminal_it_asks() -> None:
    """With a real terminal: the found spec by its number, the suggestions by an empty line."""
    above, below = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "dumb", "NO_COLOR": "1"}
    with subprocess.Popen(
        [sys.executable, "-m", "pillarbox", "init"], stdin=below, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True
    ) as process:  # fmt: skip
        os.close(below)
        os.write(above, b"1\nmy_zoom\n\n")
        out, err = process.communicate(timeout=60)
        os.close(above)
    assert process.returncode == 0, err
    assert f"  1. {SPEC}" in out
    data = tomllib.loads(Path("pillarbox.toml").read_text())
    assert data["clients"] == {"my_zoom": {"spec": SPEC, "output": "generated/my_zoom", "edition": LATEST}}
