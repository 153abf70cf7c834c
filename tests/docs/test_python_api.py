"""docs/python-api.md: the functions for programs, and each program of the page."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import pillarbox
from pillarbox import ConfigError, SpecError, build, check, diff, sample
from pillarbox.api import on_demand
from pillarbox.cli.app import main
from pillarbox.config import load

from ..oracles import mypy_errors

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "python-api.md"
ZOOM = "specs/zoom.postman_collection.json"
PROGRAMS = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.M | re.S)
PRINTED = (
    "",
    "class Users(",
    "zoom ",
    "",
    "breaking users.get_token(ttl)",
    "curl ",
    "no-such-file.json: ",
)
"""What each program of the page prints, among other things."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a configured client, and two versions of its spec."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "specs").mkdir()
    shutil.copy(ROOT / ZOOM, tmp_path / ZOOM)
    text = (ROOT / ZOOM).read_text(encoding="utf-8")
    (tmp_path / "old.json").write_text(text, encoding="utf-8")
    assert '"ttl"' in text
    (tmp_path / "new.json").write_text(text.replace('"ttl"', '"lifetime"'), encoding="utf-8")
    (tmp_path / "pillarbox.toml").write_text(
        f'[clients.zoom]\nspec = "{ZOOM}"\noutput = "generated/zoom"\n[clients.zoom.rename]\n'
        '"users.get_token" = "token"\n'
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("program", "printed"), [*zip(PROGRAMS, PRINTED, strict=True)])
def test_a_program_of_the_page_runs(folder: Path, program: str, printed: str) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=folder,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    assert printed in done.stdout
    assert len(done.stdout.splitlines()) >= (program != PROGRAMS[0])


def test_the_programs_are_typed(tmp_path: Path) -> None:
    package = tmp_path / "programs"
    package.mkdir()
    (package / "__init__.py").write_text("")
    for number, program in enumerate(PROGRAMS):
        (package / f"program_{number}.py").write_text(program, encoding="utf-8")
    (package / "signatures.py").write_text(
        "from pillarbox import BuiltClient, Comparison, Review, build, check, diff, sample\n"
        'built: BuiltClient = build("a")\ncompared: Comparison = check("a", "b")\n'
        'review: Review = diff("a", "b")\ntext: str = sample("a", "b", "c")\n'
    )
    assert mypy_errors(tmp_path, ["programs"]) == []
    (package / "wrong.py").write_text("import pillarbox\npillarbox.build(5)\npillarbox.Typo\n")
    errors = mypy_errors(tmp_path, ["programs"])
    assert [re.sub(r".*\[(.*)\]$", r"\1", line) for line in errors] == ["arg-type", "attr-defined"]


def test_every_public_name_is_there() -> None:
    assert {*pillarbox.__all__} == {*on_demand._MODULES, "__version__"}
    for name in pillarbox.__all__:
        assert getattr(pillarbox, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'Typo'"):
        pillarbox.Typo  # type: ignore[attr-defined]  # noqa: B018


def test_nothing_is_loaded_before_it_is_used() -> None:
    code = (
        "import sys, pillarbox; from pillarbox import ConfigError;"
        "ours = {name for name in sys.modules if name.startswith('pillarbox.')};"
        "print(sorted(ours)); assert not {'typer', 'jinja2', 'black', 'yaml', 'pillarbox.pipeline'} & set(sys.modules);"
        "from pillarbox import build; assert 'pillarbox.pipeline' in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_functions_do_what_the_commands_do(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    comparison = check(ZOOM, "generated/zoom")
    assert not comparison.current
    assert "resources/users/__init__.py" in comparison.missing
    assert not (folder / "generated").exists()
    assert main(["generate", ZOOM, "--output", "generated/zoom", "--quiet"]) == 0
    (settings,) = load(Path("pillarbox.toml")).clients
    built = build(settings)
    written = {path: (folder / "generated/zoom" / path).read_bytes() for path in built.files}
    assert written == dict(built.files)
    assert check(settings).current
    assert check(ZOOM, "generated/zoom").current, "names are those of the lock"
    assert sample(settings, "users.token", "curl") == sample(ZOOM, "Get a user token", "curl")
    assert main(["diff", "old.json", "new.json", "--format", "json"]) == 0
    shown = capsys.readouterr().out
    changes = diff("old.json", "new.json").changes
    assert changes
    assert all(f'"{change.symbol}"' in shown for change in changes)
    assert any(
        "users.token" in change.symbol for change in diff("old.json", "new.json", client=settings).changes
    )


def test_settings_are_taken_and_checked(folder: Path) -> None:
    client = build(ZOOM, "generated/zoom", package="acme")
    assert client.files == build(ZOOM, "elsewhere/acme").files
    assert client.files != build(ZOOM).files
    (folder / "live.json").write_text(
        '{"name": "live", "values": [{"key": "baseUrl", "value": "https://x.example"}]}'
    )
    assert b"https://x.example" in build(ZOOM, environments=["live.json"]).files["client.py"]
    with pytest.raises(ConfigError, match="pass `package`"):
        build(ZOOM, "no-package")
    with pytest.raises(SpecError, match="there is no such file"):
        diff("old.json", "nowhere.json")
