"""The project as others meet it: installed from a wheel, linted, typed, and free of this machine's traces."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from pillarbox import __version__
from pillarbox.client.runtime_files import RUNTIME_FILES
from pillarbox.config import ClientSettings
from pillarbox.lock.claims import Lock
from pillarbox.pipeline import build

from .oracles import need

ROOT = Path(__file__).resolve().parent.parent
ZOOM = ROOT / "specs" / "zoom.postman_collection.json"
LEFT_OUT = {".git", ".venv", "__pycache__", "node_modules", "build", "dist"}


def project_files() -> Iterator[Path]:
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [
            name
            for name in folders
            if name not in LEFT_OUT and not name.endswith(("_cache", ".egg-info", ".hypothesis"))
        ]
        yield from (Path(folder) / name for name in files)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    need("hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (found,) = folder.glob("*.whl")
    return found


def test_the_wheel_holds_what_runs_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert "pillarbox/cli/app.py" in names
    assert "pillarbox/config/schema.json" in names
    for path in RUNTIME_FILES:
        assert f"pillarbox/templates/runtime/{path}" in names
    strays = [
        name for name in names if not name.startswith(("pillarbox/", f"pillarbox-{__version__}.dist-info/"))
    ]
    assert strays == []
    assert [name for name in names if "__pycache__" in name or name.endswith(".pyc")] == []


def test_an_installed_wheel_gives_the_same_client(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        str(site),
        str(wheel),
    ]
    done = subprocess.run(pip, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    environment = {**os.environ, "PYTHONPATH": str(site)}
    code = "import pillarbox, sys; print(pillarbox.__file__); from pillarbox.cli.app import run; sys.argv[0] = 'pillarbox'; run()"
    command = [sys.executable, "-c", code, "generate", str(ZOOM), "--output", "zoom", "--quiet"]
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.splitlines()[0]).is_relative_to(site)
    built = build(ZOOM, ClientSettings(name="zoom", spec=ZOOM, output=Path("zoom")), Lock())
    assert {path: (tmp_path / "zoom" / path).read_bytes() for path in built.files} == dict(built.files)
    scripts = [path for folder in ("bin", "Scripts") for path in (site / folder).glob("pillarbox*")]
    assert scripts, "the command is missing"


def test_the_runtime_is_listed_whole() -> None:
    """A file that is not listed would be missing from every client."""
    folder = ROOT / "templates" / "runtime"
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*.py")}
    assert set(RUNTIME_FILES) == there


def test_no_traces_of_registries_or_machines() -> None:
    # In pieces, so that this file does not hold them itself.
    hosts = (
        "pypi" + r"\.org",
        "python" + "hosted",
        "registry" + r"\.npm",
        "debian" + r"\.org",
        r"crates\." + "io",
    )
    machine = ("/wor" + "k/(main|shared)", "/tmp/" + "(pb|v)/")
    pattern = re.compile("|".join((*hosts, *machine)))
    found = []
    for path in project_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in pattern.finditer(text)]
    assert found == []


def test_versions_are_pinned_by_number_only() -> None:
    for line in (ROOT / "constraints.txt").read_text().splitlines():
        assert line.startswith("#") or re.fullmatch(r"[A-Za-z0-9_.-]+==[0-9][0-9a-z.]*", line), line
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    pinned = {
        line.partition("==")[0].lower().replace("_", "-")
        for line in (ROOT / "constraints.txt").read_text().splitlines()
    }
    for requirement in (*project["dependencies"], *project["optional-dependencies"]["dev"]):
        name = re.split(r"[<>=~]", requirement)[0].lower()
        assert name in pinned, f"{name} is missing from constraints.txt"
