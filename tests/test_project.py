"""The project as others meet it: installed from a wheel, linted, typed, and free of this machine's traces."""

import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from pillarbox import __version__
from pillarbox.client.runtime_files import RUNTIME_FILES
from pillarbox.config import ClientSettings
from pillarbox.lock.claims import Lock
from pillarbox.output.writer import write
from pillarbox.pipeline import build
from pillarbox.samples.sampler import Sampler

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


def hatch(target: str, source: Path, folder: Path) -> Path:
    """Build a distribution of a source tree into a folder."""
    need("hatchling")
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    done = subprocess.run(command, cwd=source, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (found,) = folder.glob("*.tar.gz" if target == "sdist" else "*.whl")
    return found


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hatch("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def wheel_of_sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel that knows the source distribution alone."""
    folder = tmp_path_factory.mktemp("sdist")
    with tarfile.open(hatch("sdist", ROOT, folder)) as archive:
        archive.extractall(folder, filter="data")
    (source,) = (path for path in folder.iterdir() if path.is_dir())
    return hatch("wheel", source, tmp_path_factory.mktemp("wheel-of-sdist"))


def content(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_wheel_of_a_client_holds_the_package_alone(tmp_path: Path) -> None:
    """What the next run and the pull requests of the project need stays in the project."""
    settings = ClientSettings(name="zoom", spec=ZOOM, output=tmp_path / "zoom", project=True)
    built = build(ZOOM, settings, Lock())
    write(built.files, tmp_path / "zoom")
    names = content(hatch("wheel", tmp_path / "zoom", tmp_path / "dist")).keys()
    packed = {name for name in names if ".dist-info/" not in name}
    package = {path for path in built.files if path.startswith("zoom/")}
    testing = {path for path in package if path.startswith("zoom/testing/")}
    assert testing and packed == package - testing - {"zoom/.gitattributes"}
    assert {"zoom/_async/__init__.py", "zoom/resources/users/__init__.py"} <= packed
    assert {"zoom/.gitattributes", ".pillarbox/manifest.json", "pillarbox.lock"} <= built.files.keys()


def test_the_wheel_holds_what_runs_and_nothing_else(wheel: Path) -> None:
    names = content(wheel).keys()
    assert "pillarbox/cli/app.py" in names
    assert "pillarbox/config/schema.json" in names
    assert "pillarbox/py.typed" in names
    for path in RUNTIME_FILES:
        assert f"pillarbox/templates/runtime/{path}" in names
    for file in project_files():
        path = file.relative_to(ROOT).as_posix()
        if path.startswith(("templates/", "docs/", "integrations/")):
            assert f"pillarbox/{path}" in names
    strays = [
        name for name in names if not name.startswith(("pillarbox/", f"pillarbox-{__version__}.dist-info/"))
    ]
    assert strays == []
    assert [name for name in names if "__pycache__" in name or name.endswith(".pyc")] == []


def test_the_source_distribution_gives_the_same_wheel(wheel: Path, wheel_of_sdist: Path) -> None:
    assert content(wheel_of_sdist) == content(wheel)


class Installed:
    """A wheel in a virtual environment that holds nothing else of ours, used from a folder far from the repository."""

    def __init__(self, wheel: Path, folder: Path) -> None:
        self.folder = folder / "work"
        self.folder.mkdir()
        venv.create(folder / "venv", with_pip=False, symlinks=os.name != "nt")
        scripts = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
        self.python = scripts / ("python.exe" if os.name == "nt" else "python")
        self.command = scripts / ("pillarbox.exe" if os.name == "nt" else "pillarbox")
        self._environment = {
            key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PILLARBOX"))
        } | {"PILLARBOX_CACHE": str(folder / "cache")}
        self.site = Path(
            self.run(self.python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
        )
        # Dependencies are those of the tests. A path file is not followed to others, so our editable install is not found.
        (self.site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
        pip = [
            sys.executable,
            "-m",
            "pip",
            "--python",
            str(self.python),
            "install",
            "--quiet",
            "--no-deps",
            "--no-index",
        ]
        done = subprocess.run([*pip, str(wheel)], check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    def run(self, *command: str | Path, code: int = 0) -> str:
        done = subprocess.run(
            list(map(str, command)),
            cwd=self.folder,
            check=False,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=self._environment,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + (done.stderr if code else "")


@pytest.fixture(scope="module")
def installed(wheel_of_sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return Installed(wheel_of_sdist, tmp_path_factory.mktemp("installed"))


def test_an_installed_wheel_is_all_of_pillarbox(installed: Installed) -> None:
    where = installed.run(installed.python, "-c", "import pillarbox; print(pillarbox.__file__)")
    assert Path(where.strip()).is_relative_to(installed.site)
    assert "No module named 'generator'" in installed.run(installed.python, "-c", "import generator", code=1)
    for command in ([installed.command], [installed.python, "-m", "pillarbox"]):
        assert installed.run(*command, "--version") == f"pillarbox {__version__}\n"


def test_an_installed_wheel_gives_the_same_client(installed: Installed) -> None:
    installed.run(installed.command, "generate", ZOOM, "--output", "zoom", "--quiet")
    built = build(ZOOM, ClientSettings(name="zoom", spec=ZOOM, output=Path("zoom")), Lock())
    written = {path: (installed.folder / "zoom" / path).read_bytes() for path in built.files}
    assert written == dict(built.files)
    assert "zoom: current" in installed.run(installed.command, "check", ZOOM, "--output", "zoom")
    again = installed.run(installed.command, "generate", ZOOM, "--output", "zoom")
    assert "nothing has changed since the last run" in again


def test_an_installed_wheel_has_samples_templates_and_docs(installed: Installed) -> None:
    sample = installed.run(installed.command, "sample", ZOOM, "Get a user token", "--language", "curl")
    assert sample == Sampler(ZOOM).sample("Get a user token", "curl")
    installed.run(installed.command, "templates", "export", "mine")
    template = "resource/method.py.jinja"
    assert (installed.folder / "mine" / template).read_bytes() == (ROOT / "templates" / template).read_bytes()
    listed, _, files = installed.run(installed.command, "docs").partition("\n\n")
    assert {line.split()[0] for line in listed.splitlines()} == {
        page.stem for page in (ROOT / "docs").glob("*.md")
    }
    for line in files.splitlines():
        assert Path(line.partition(": ")[2]).is_relative_to(installed.site)
        assert Path(line.partition(": ")[2]).exists()
    page = installed.run(installed.command, "docs", "lock")
    assert page == (ROOT / "docs" / "lock.md").read_text(encoding="utf-8")


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
