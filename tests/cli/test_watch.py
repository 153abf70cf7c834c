"""`generate --watch`: a change is generated, a mistake is said and survived, Ctrl-C leaves nothing half-done."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pillarbox.output.files import WORK

ROOT = Path(__file__).resolve().parent.parent.parent
ZOOM = ROOT / "specs" / "zoom.postman_collection.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    shutil.copy(ZOOM, tmp_path / "zoom.json")
    (tmp_path / "pillarbox.toml").write_text('[clients.zoom]\nspec = "zoom.json"\noutput = "zoom"\n')
    return tmp_path


@pytest.fixture
def watcher(folder: Path) -> Iterator[subprocess.Popen[str]]:
    with (folder / "said").open("w") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "pillarbox", "generate", "--watch"],
            cwd=folder,
            stdout=said,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            text=True,
            # Where the tests run in the background of a shell, Ctrl-C is ignored, and a child would inherit that.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.05)


def test_it_follows_spec_and_configuration(folder: Path, watcher: "subprocess.Popen[str]") -> None:
    said = folder / "said"
    users = folder / "zoom" / "resources/users/__init__.py"

    def times(text: str) -> int:
        return said.read_text().count(text)

    until(lambda: times("watching zoom.json: stop with Ctrl-C") == 1)
    assert "ttl" in users.read_text()
    spec = folder / "zoom.json"
    whole = spec.read_text()
    spec.write_text(whole[: len(whole) // 2])
    until(lambda: times("zoom.json:") >= 1 and times("watching") == 2)
    assert "ttl" in users.read_text()
    spec.write_text(whole.replace('"ttl"', '"lifetime"'))
    until(lambda: times("watching") == 3)
    assert "lifetime" in users.read_text()
    config = folder / "pillarbox.toml"
    config.write_text(config.read_text() + '[clients.zoom.rename]\n"users.get_token" = "token"\n')
    until(lambda: times("watching") == 4)
    assert "def token(" in users.read_text()
    config.write_text("[")
    until(lambda: times("is not TOML") == 1)
    assert watcher.poll() is None
    watcher.send_signal(signal.SIGINT)
    assert watcher.wait(30) == 0
    text = said.read_text()
    assert text.splitlines()[-1] == "stopped"
    assert "Traceback" not in text


def test_a_change_while_it_works_is_not_missed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the moment when a spec is read and the moment when it is waited for."""
    from pillarbox.cli import watch
    from pillarbox.config import ClientSettings

    monkeypatch.chdir(folder)
    spec = Path("zoom.json")
    client = ClientSettings(name="zoom", spec=spec, output=Path("zoom"))
    seen: list[str] = []

    def generate(clients: object) -> None:
        seen.append(spec.read_text()[:10])
        if len(seen) == 1:
            spec.write_text("changed while we worked")
        else:
            raise KeyboardInterrupt

    watch.watch(lambda: (client,), generate, None)
    assert seen[1] == "changed wh"


@pytest.mark.parametrize("delay", [0.3, 0.5, 0.7])
def test_ctrl_c_at_any_moment_is_clean(folder: Path, watcher: "subprocess.Popen[str]", delay: float) -> None:
    time.sleep(delay)
    watcher.send_signal(signal.SIGINT)
    assert watcher.wait(30) in (0, 130, -signal.SIGINT), (folder / "said").read_text()
    assert not (folder / "zoom" / WORK).exists()


def test_ctrl_c_that_python_drops_still_ends_the_watch(monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception in a callback of the garbage collector goes nowhere: the signal has to be remembered."""

    class Dropped:
        def __del__(self) -> None:
            signal.raise_signal(signal.SIGINT)

    collected: list[str] = []

    def collect() -> None:
        Dropped()
        collected.append("once")

    from pillarbox.cli import watch

    monkeypatch.setattr("pillarbox.cli.watch.gc.collect", collect)
    monkeypatch.setattr("pillarbox.cli.watch.time.sleep", lambda seconds: collected.append("slept"))
    monkeypatch.setattr(sys, "unraisablehook", lambda unraisable: None)
    old = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        watch.watch(tuple, lambda clients: None, None)
    finally:
        signal.signal(signal.SIGINT, old)
    assert collected == ["once"]
