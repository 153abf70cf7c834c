"""`--environment`, and `environments` of the configuration."""

import json
from pathlib import Path

import pytest

from pillarbox.cli.app import main

SPEC = {
    "info": {"name": "Shop"},
    "item": [{"name": "List things", "request": {"method": "GET", "url": "{{base}}/things"}}],
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "shop.json").write_text(json.dumps(SPEC))
    for name in ("test", "live"):
        (tmp_path / f"{name}.environment.yaml").write_text(
            f"name: {name}\nvalues:\n  - {{key: base, value: 'https://{name}.example'}}\n"
        )
    return tmp_path


def _address(folder: Path) -> str:
    text = (folder / "shop" / "client.py").read_text()
    return next(line.strip() for line in text.splitlines() if line.strip().startswith("base_url="))


def test_the_option_is_repeatable_and_the_last_wins(folder: Path) -> None:
    arguments = ["shop.json", "-o", "shop", "--environment", "live.environment.yaml"]
    assert main(["generate", *arguments]) == 0
    assert _address(folder) == 'base_url="https://live.example",'
    assert main(["check", *arguments]) == 0
    assert main(["check", *arguments, "--environment", "test.environment.yaml"]) == 1
    assert main(["generate", *arguments, "--environment", "test.environment.yaml"]) == 0
    assert _address(folder) == 'base_url="https://test.example",'


def test_inspect_takes_it_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", "shop.json", "--environment", "live.environment.yaml"]) == 0
    assert "https://live.example" in capsys.readouterr().out


def test_the_configuration_has_them_and_the_option_replaces_them(folder: Path) -> None:
    (folder / "pillarbox.toml").write_text(
        '[clients.shop]\nspec = "shop.json"\noutput = "shop"\nenvironments = ["live.environment.yaml"]\n'
    )
    assert main(["generate"]) == 0
    assert _address(folder) == 'base_url="https://live.example",'
    assert main(["generate", "shop.json", "--environment", "test.environment.yaml"]) == 0
    assert _address(folder) == 'base_url="https://test.example",'


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["shop.json", "-o", "shop", "--environment", "gone.json"], "gone.json: there is no such file"),
        (
            ["shop.json", "-o", "shop", "--environment", "shop.json"],
            "shop.json: this is no Postman environment",
        ),
        (["--environment", "live.environment.yaml"], "--environment can only be used with SPEC"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert main(["generate", *arguments]) == 2
    error = capsys.readouterr().err
    assert words in error and error.count("\n") == 1
    assert not (folder / "shop").exists()


def test_a_folder_is_generated_and_checked(folder: Path) -> None:
    home = folder / "postman" / "collections" / "Shop"
    home.mkdir(parents=True)
    (home / "a.request.yaml").write_text("url: 'https://a.example/x'\n")
    assert main(["generate", ".", "-o", "shop"]) == 0
    assert main(["check", ".", "-o", "shop"]) == 0
    manifest = json.loads((folder / "shop" / ".pillarbox" / "manifest.json").read_text())
    assert manifest["spec"]["name"] == "Shop"
    (home / "README.md").write_text("no part of it")
    assert main(["check", "postman", "-o", "shop"]) == 0
    (home / "b.request.yaml").write_text("url: 'https://a.example/y'\n")
    assert main(["check", ".", "-o", "shop"]) == 1


def test_a_broken_file_is_named_with_its_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "api").mkdir()
    (folder / "api" / "a.request.yaml").write_text("method: GET\nurl: {{base}}/x\n")
    assert main(["generate", "api", "-o", "shop"]) == 2
    error = capsys.readouterr().err
    assert error.startswith(str(Path("api") / "a.request.yaml") + ":2: ") and error.count("\n") == 1
