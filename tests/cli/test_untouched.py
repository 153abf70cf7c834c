"""A run that has nothing to do: what it must notice, and what it must not look at."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import fields, make_dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from pillarbox import __version__
from pillarbox.api.up_to_date import up_to_date
from pillarbox.cli.app import main
from pillarbox.config import ClientSettings, cache, fingerprint
from pillarbox.config.fingerprint import digest_of, file_digest
from pillarbox.config.installation import installation
from pillarbox.config.settings import DeepArrays, Encoding, Encodings, Limits, Rename, TypeCorrection
from pillarbox.config.type_paths import parse_type_path
from pillarbox.output.files import LOCK, MANIFEST, WORK

ROOT = Path(__file__).resolve().parent.parent.parent
ZOOM = ROOT / "specs" / "zoom.postman_collection.json"
FOLDER = ROOT / "tests" / "cases" / "same_api_v3" / "spec.postman"


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ClientSettings:
    """A client that has just been generated, with an environment."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    shutil.copy(ZOOM, "zoom.json")
    Path("live.json").write_text(json.dumps({"name": "live", "values": [{"key": "x", "value": "1"}]}))
    Path("pillarbox.toml").write_text(
        '[clients.zoom]\nspec = "zoom.json"\noutput = "zoom"\nenvironments = ["live.json"]\n'
    )
    assert main(["generate", "--quiet"]) == 0
    return ClientSettings(
        name="zoom", spec=Path("zoom.json"), output=Path("zoom"), environments=(Path("live.json"),)
    )


def append(file: str, text: str = "\n") -> None:
    path = Path(file)
    path.write_bytes(path.read_bytes() + text.encode())


def test_nothing_is_done(client: ClientSettings, capsys: pytest.CaptureFixture[str]) -> None:
    assert up_to_date(client) is not None
    assert main(["generate"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("zoom: 0 files written, ")
    assert out[1] == "  nothing has changed since the last run"


def test_no_stage_is_even_loaded(client: ClientSettings) -> None:
    code = (
        "import sys; from pillarbox.cli.app import main; code = main(['generate', '-q']);"
        "heavy = {'jinja2', 'black', 'yaml', 'anyascii', 'pillarbox.pipeline', 'pillarbox.readers'} & set(sys.modules);"
        "assert not heavy, heavy; sys.exit(code)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True, env=environment
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("zoom.json", "\n"),
        ("live.json", "\n"),
        ("zoom/resources/users/__init__.py", "x = 1\n"),
        ("zoom/_runtime/encoding.py", "# a comment\n"),
        ("zoom/API.md", "more\n"),
        (f"zoom/{LOCK}", "# a line\n"),
        ("pillarbox.toml", '[clients.zoom.rename]\n"users.get_token" = "token"\n'),
        ("pillarbox.toml", "[clients.zoom.limits]\ndepth = 400\n"),
        ("pillarbox.toml", "project = true\n"),
    ],
)
def test_a_change_is_noticed(client: ClientSettings, file: str, text: str) -> None:
    from pillarbox.cli.client_selection import Choice, chosen

    append(file, text)
    (configured,) = chosen(Choice())
    assert up_to_date(configured) is None


@pytest.mark.parametrize(
    "file", ["zoom.json", "live.json", "zoom/resources/users/__init__.py", f"zoom/{LOCK}", f"zoom/{MANIFEST}"]
)
def test_what_is_gone_is_noticed(client: ClientSettings, file: str) -> None:
    Path(file).unlink()
    assert up_to_date(client) is None


def test_an_interrupted_run_is_noticed(client: ClientSettings) -> None:
    (client.output / WORK).mkdir()
    assert up_to_date(client) is None


def test_line_ends_of_a_checkout_are_no_change(client: ClientSettings) -> None:
    for path in client.output.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert up_to_date(client) is not None


def test_another_place_is_no_change(
    client: ClientSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clone on another machine, called from another folder."""
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    for name in ("zoom.json", "live.json", "zoom"):
        shutil.move(name, moved / name)
    monkeypatch.chdir(ROOT)
    there = replace(
        client, spec=moved / "zoom.json", output=moved / "zoom", environments=(moved / "live.json",)
    )
    assert up_to_date(there) is None, "what the cache holds concerns the old folder"
    release(monkeypatch, __version__)
    assert up_to_date(there) is not None, "a release needs the manifest alone"


def test_code_and_templates_of_the_generator_are_inputs(
    client: ClientSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever edits a template in a checkout sees what it does."""
    copy = tmp_path / "house" / "templates"
    shutil.copytree(ROOT / "templates", copy)
    here = replace(installation(), templates=copy)
    monkeypatch.setattr(fingerprint, "installation", lambda: here)
    fingerprint.code_digest.cache_clear()
    try:
        assert up_to_date(client) is not None
        (copy / "resource" / "class.py.jinja").write_text("changed")
        fingerprint.code_digest.cache_clear()
        assert up_to_date(client) is None
    finally:
        fingerprint.code_digest.cache_clear()


def release(monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    """Run as the wheel of a version does."""
    here = replace(installation(), working_copy=False)
    monkeypatch.setattr(fingerprint, "installation", lambda: here)
    for module in ("config.fingerprint", "pipeline", "api.check", "cli.check"):
        monkeypatch.setattr(f"pillarbox.{module}.__version__", version)


def test_a_later_version_does_it_again(client: ClientSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    release(monkeypatch, "99.0.0")
    assert up_to_date(client) is None


def test_a_release_needs_no_digest_of_its_code(
    client: ClientSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def digest() -> str:
        raise AssertionError("a release is known by its version")

    monkeypatch.setenv("PILLARBOX_CACHE", os.devnull)
    release(monkeypatch, __version__)
    monkeypatch.setattr(fingerprint, "code_digest", digest)
    assert up_to_date(client) is not None
    append("zoom.json")
    assert main(["generate", "--quiet"]) == 0
    assert up_to_date(client) is not None


def test_a_later_version_that_changes_nothing_writes_nothing(
    client: ClientSettings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not even the manifest: a committed client stays as it is. The cache knows that there is nothing to do."""
    before = {path: path.read_bytes() for path in client.output.rglob("*") if path.is_file()}
    release(monkeypatch, "99.0.0")
    assert main(["generate"]) == 0
    assert capsys.readouterr().out.startswith("zoom: 0 files written, ")
    assert {path: path.read_bytes() for path in client.output.rglob("*") if path.is_file()} == before
    assert main(["check", "--latest"]) == 0
    assert up_to_date(client) is not None
    release(monkeypatch, "99.0.1")
    assert up_to_date(client) is None


def test_a_change_that_the_version_comes_with_is_in_the_manifest(
    client: ClientSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    release(monkeypatch, "99.0.0")
    append("zoom.json")
    assert main(["generate", "--quiet"]) == 0
    assert json.loads((client.output / MANIFEST).read_text())["generator"] == "99.0.0"


def test_the_manifest_holds_nothing_of_the_code(
    client: ClientSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A commit to pillarbox that changes no output changes no committed file."""
    manifest = (client.output / MANIFEST).read_bytes()
    monkeypatch.setattr(fingerprint, "code_digest", lambda: "another")
    assert up_to_date(client) is None
    assert main(["generate", "--quiet", "--force"]) == 0
    assert (client.output / MANIFEST).read_bytes() == manifest
    assert up_to_date(client) is not None


@pytest.mark.parametrize("text", ["", "[]", "{", '{"code": 1}', '{"code": "x", "manifest": "y"}'])
def test_a_broken_cache_costs_time_and_nothing_else(
    client: ClientSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("PILLARBOX_CACHE", str(tmp_path / "cache"))
    assert main(["generate", "--quiet"]) == 0
    (note,) = (tmp_path / "cache").rglob("*.json")
    assert up_to_date(client) is not None
    note.write_text(text)
    assert up_to_date(client) is None
    assert main(["generate", "--quiet"]) == 0
    assert up_to_date(client) is not None
    shutil.rmtree(tmp_path / "cache")
    assert up_to_date(client) is None


def test_a_cache_that_cannot_be_written_is_no_error(
    client: ClientSettings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "file").write_text("in the way")
    for folder in (tmp_path / "file", tmp_path / "file" / "below", Path("\0")):
        monkeypatch.setattr("pillarbox.config.cache.cache_folder", lambda folder=folder: folder)
        assert main(["generate"]) == 0
        out, err = capsys.readouterr()
        assert out.startswith("zoom: 0 files written, ")
        assert err == ""
        assert up_to_date(client) is None


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {"PILLARBOX_CACHE": "/mine", "XDG_CACHE_HOME": "/xdg"}, "/mine"),
        ("linux", {"XDG_CACHE_HOME": "/xdg"}, "/xdg/pillarbox"),
        ("linux", {"XDG_CACHE_HOME": "relative"}, "/home/me/.cache/pillarbox"),
        ("linux", {}, "/home/me/.cache/pillarbox"),
        ("darwin", {"XDG_CACHE_HOME": "/xdg"}, "/home/me/Library/Caches/pillarbox"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/pillarbox"),
        ("win32", {}, None),
    ],
)
def test_the_cache_folder_of_each_platform(
    monkeypatch: pytest.MonkeyPatch, platform: str, environment: dict[str, str], expected: str | None
) -> None:
    for name in ("PILLARBOX_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"HOME": "/home/me", **environment}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert cache.cache_folder() == (None if expected is None else Path(expected))


def test_a_collection_in_files(tmp_path: Path) -> None:
    """Each file of it counts, and so does one that is added."""
    spec = tmp_path / "spec.postman"
    shutil.copytree(FOLDER, spec)
    output = tmp_path / "shop"
    assert main(["generate", str(spec), "--output", str(output), "--quiet"]) == 0
    settings = ClientSettings(name="shop", spec=spec, output=output)
    assert up_to_date(settings) is not None
    request = next(spec.rglob("*.request.yaml"))
    copy = request.with_name("Another.request.yaml")
    shutil.copy(request, copy)
    assert up_to_date(settings) is None
    copy.unlink()
    assert up_to_date(settings) is not None
    append(str(request))
    assert up_to_date(settings) is None


OTHER: dict[str, Any] = {
    "environments": (Path("other.json"),),
    "package": "other",
    "project": True,
    "testing": True,
    "allow_missing_refs": True,
    "client_class": "Other",
    "edition": 2,
    "renames": (Rename("users", "people"),),
    "types": (TypeCorrection(parse_type_path("users.get -> x"), "users.get -> x", None, True),),
    "nouns": (("media", "medium"),),
    "encodings": Encodings(Encoding(deep_arrays=DeepArrays.REPEAT)),
    "limits": Limits(depth=10),
}
PLACES = ("name", "spec", "output", "templates")


@pytest.mark.parametrize("name", [item.name for item in fields(ClientSettings) if item.name not in PLACES])
def test_every_setting_is_an_input(name: str) -> None:
    """A key that comes to the configuration comes to the digest, or this test wants to know why not."""
    settings = ClientSettings(name="zoom", spec=Path("a/zoom.json"), output=Path("b/zoom"))
    other = replace(settings, **{name: OTHER[name]})
    assert digest_of(settings, "lock", {}) != digest_of(other, "lock", {})


def test_a_key_of_a_later_version_changes_no_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    """A release that adds a key leaves the manifests of those who do not set it as they are."""
    settings = ClientSettings(name="zoom", spec=Path("a/zoom.json"), output=Path("b/zoom"))
    limited = replace(settings, limits=Limits(depth=10))
    later_limits = make_dataclass("Limits", [("pages", int, 7)], bases=(Limits,), frozen=True)
    later = make_dataclass(
        "Later", [("shade", str, "dark")], bases=(ClientSettings,), frozen=True, kw_only=True
    )
    paths = {"name": "zoom", "spec": Path("a/zoom.json"), "output": Path("b/zoom")}
    assert digest_of(later(**paths), "lock", {}) == digest_of(settings, "lock", {})
    assert digest_of(later(**paths, limits=later_limits(depth=10)), "lock", {}) == digest_of(
        limited, "lock", {}
    )
    assert digest_of(later(**paths, shade="light"), "lock", {}) != digest_of(settings, "lock", {})


def test_templates_are_inputs_by_their_text(tmp_path: Path) -> None:
    settings = ClientSettings(
        name="zoom", spec=Path("a/zoom.json"), output=Path("b/zoom"), templates=tmp_path
    )
    assert digest_of(settings, "lock", {}) == digest_of(replace(settings, templates=None), "lock", {})
    found: set[str] = set()
    for name in ("plan-version", "resource/class.py.jinja", "resource/class.py.jinja"):
        found.add(digest_of(settings, "lock", {}))
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"{len(found)}")
    found.add(digest_of(settings, "lock", {}))
    assert len(found) == 4


def test_places_are_no_input() -> None:
    settings = ClientSettings(name="zoom", spec=Path("a/zoom.json"), output=Path("b/zoom"))
    other = replace(settings, name="other", spec=Path("c/zoom.json"), output=Path("d/e/zoom"))
    assert digest_of(settings, "lock", {}) == digest_of(other, "lock", {})
    assert digest_of(settings, "lock", {"a": "b"}) != digest_of(settings, "locka", {"": "b"})


def test_a_manifest_may_name_anything(tmp_path: Path) -> None:
    """It comes from a repository: a pipe or an endless device in it must not stop us."""
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        assert file_digest(tmp_path / "pipe") == ""
    assert file_digest(tmp_path) == ""
    assert file_digest(tmp_path / "\0") == ""
    if Path("/dev/zero").exists():
        assert file_digest(Path("/dev/zero")) == ""


@pytest.mark.parametrize("sources", [5, [5], {"a": 1}, ["../../../dev/zero"]])
def test_a_manifest_with_odd_sources_is_not_believed(client: ClientSettings, sources: object) -> None:
    path = client.output / MANIFEST
    data = json.loads(path.read_text())
    path.write_text(json.dumps(data | {"sources": sources}))
    assert up_to_date(client) is None
