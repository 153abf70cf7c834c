"""`check` by a newer version of pillarbox, of which a committed client lacks nothing but fixes of the runtime."""

import json
import shutil
from pathlib import Path

import pytest

from pillarbox.cli.app import main
from pillarbox.config.installation import templates_folder
from pillarbox.output.files import MANIFEST
from pillarbox.output.manifest import Record

ROOT = Path(__file__).resolve().parent.parent.parent
ZOOM = ROOT / "specs" / "zoom.postman_collection.json"


class Release:
    """A version of pillarbox that runs in this process, with a copy of the templates."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self.templates = folder / "templates"
        shutil.copytree(templates_folder(), self.templates)
        self._monkeypatch = monkeypatch
        for module in ("environment", "package"):
            monkeypatch.setattr(f"pillarbox.render.{module}.templates_folder", lambda: self.templates)

    def version(self, number: str) -> None:
        for module in ("config.fingerprint", "pipeline", "api.check", "cli.check"):
            self._monkeypatch.setattr(f"pillarbox.{module}.__version__", number)

    def fix(self, path: str, text: str = "\nFIXED = True\n") -> None:
        file = self.templates / path
        file.write_text(file.read_text() + text)


@pytest.fixture(params=[False, True], ids=["package", "project"])
def release(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Release:
    """A client that 1.2.0 wrote."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    shutil.copy(ZOOM, "zoom.json")
    project = "project = true\n" if request.param else ""
    Path("pillarbox.toml").write_text(f'[clients.zoom]\nspec = "zoom.json"\noutput = "zoom"\n{project}')
    found = Release(monkeypatch, tmp_path)
    found.version("1.2.0")
    assert main(["generate", "--quiet"]) == 0
    return found


def test_fixes_are_named_and_no_failure(release: Release, capsys: pytest.CaptureFixture[str]) -> None:
    release.version("1.2.3")
    release.fix("runtime/_runtime/encoding.py")
    release.fix("runtime/errors.py")
    assert main(["check"]) == 0
    out, err = capsys.readouterr()
    assert out == (
        "zoom: written by 1.2.0; 1.2.3 has runtime fixes in 2 files: run `pillarbox generate` to take them in\n"
    )
    assert err == ""
    assert main(["check", "--latest"]) == 1
    out, err = capsys.readouterr()
    assert "+FIXED = True" in out
    assert "zoom: stale: 2 changed" in err


def test_generate_writes_them(release: Release, capsys: pytest.CaptureFixture[str]) -> None:
    release.version("1.2.3")
    release.fix("runtime/_runtime/encoding.py")
    assert main(["generate"]) == 0
    assert "zoom: 2 files written, " in capsys.readouterr().out
    assert main(["check", "--latest"]) == 0
    assert json.loads(Path("zoom", MANIFEST).read_text())["generator"] == "1.2.3"


def test_json_tells_them_apart(release: Release, capsys: pytest.CaptureFixture[str]) -> None:
    release.version("1.2.3")
    release.fix("runtime/_runtime/encoding.py")
    assert main(["check", "--json"]) == 0
    (client,) = json.loads(capsys.readouterr().out)["clients"]
    assert client["current"] is False
    assert client["written_by"] == "1.2.0"
    assert [path.rpartition("/")[2] for path in client["runtime_fixes"]] == ["encoding.py"]


@pytest.mark.parametrize("number", ["1.2.0", "1.1.9", "1.0.20"])
def test_other_files_of_no_newer_version_are_stale(release: Release, number: str) -> None:
    release.version(number)
    release.fix("runtime/_runtime/encoding.py")
    assert main(["check", "--quiet"]) == 1


def test_another_file_that_differs_is_stale(release: Release) -> None:
    release.version("1.2.3")
    release.fix("runtime/_runtime/encoding.py")
    template = release.templates / "resource" / "class.py.jinja"
    template.write_text(template.read_text().replace("    {{ plan.doc }}", "    {{ plan.doc }}\n    X = 1"))
    assert main(["check", "--quiet"]) == 1


def test_a_change_of_the_spec_is_stale(release: Release) -> None:
    release.version("1.2.3")
    release.fix("runtime/_runtime/encoding.py")
    text = Path("zoom.json").read_text()
    assert '"ttl"' in text
    Path("zoom.json").write_text(text.replace('"ttl"', '"lifetime"'))
    assert main(["check", "--quiet"]) == 1


def test_a_file_that_somebody_changed_or_deleted_is_stale(release: Release) -> None:
    release.version("1.2.3")
    release.fix("runtime/_runtime/encoding.py")
    assert main(["check", "--quiet"]) == 0
    (errors,) = Path("zoom").rglob("errors.py")
    text = errors.read_text()
    errors.write_text(text + "\nMINE = True\n")
    assert main(["check", "--quiet"]) == 1
    errors.unlink()
    assert main(["check", "--quiet"]) == 1
    errors.write_text(text)
    assert main(["check", "--quiet"]) == 0


def test_a_file_that_the_runtime_has_no_longer(release: Release, capsys: pytest.CaptureFixture[str]) -> None:
    release.version("1.2.3")
    manifest = Path("zoom", MANIFEST)
    (old,) = Path("zoom").rglob("_runtime")
    (old / "ancient.py").write_text("x = 1\n")
    data = json.loads(manifest.read_text())
    path = (old / "ancient.py").relative_to("zoom").as_posix()
    record = Record.of(path, b"x = 1\n")
    data["files"][path] = f"{record.sha256} {record.outline}"
    manifest.write_text(json.dumps(data))
    assert main(["check"]) == 0
    assert "has runtime fixes in 1 file:" in capsys.readouterr().out
    assert main(["check", "--latest", "--quiet"]) == 1
