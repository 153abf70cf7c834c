"""`generate` over a client that is there, killed at random moments: the old tree or the new one, and the next run heals.

tests/output/test_crash.py does the same to the writer, call by call; here it is the whole command and a real client.
"""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pillarbox.cli.app import main
from pillarbox.output.files import WORK
from pillarbox.output.writer import recover

ROOT = Path(__file__).resolve().parents[2]
SPEC = ROOT / "specs" / "larkspur.postman_collection.json"
MOMENTS = 200 if os.environ.get("PILLARBOX_FUZZ") == "long" else 10


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def changed(text: str) -> str:
    """Every file of a resource differs, some files go, some come."""
    data = json.loads(text)
    data["item"] = data["item"][:-1]
    data["info"]["name"] = "Another observatory"
    more = {
        "name": "Fresh",
        "item": [{"name": "Get news", "request": {"method": "GET", "url": "https://x.example/news"}}],
    }
    data["item"].append(more)
    return json.dumps(data).replace("telescope", "instrument").replace("Only", "Nothing but")


def killed(folder: Path, moments: random.Random, duration: float) -> bool:
    """Start a run, kill it: at any moment of it, or while it writes. True where it was writing."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pillarbox", "generate", "--quiet"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    if moments.random() < 0.4:
        time.sleep(moments.uniform(0, duration))
    else:
        while not (folder / "client" / WORK).exists() and process.poll() is None:
            time.sleep(0.0005)
        time.sleep(moments.choice([0, 0.001, 0.005, 0.02, 0.05]))
    process.kill()
    process.wait()
    return (folder / "client" / WORK).exists()


def test_kill_9_at_random_moments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "pillarbox.toml").write_text('[clients.client]\nspec = "spec.json"\noutput = "client"\n')
    spec, client = tmp_path / "spec.json", tmp_path / "client"
    first = SPEC.read_text(encoding="utf-8")
    texts = {"old": first, "new": changed(first)}
    trees: dict[str, dict[str, bytes]] = {}
    # Twice, so that the lock knows the names of both and the trees are those of every later run.
    for name in ("old", "new", "old", "new"):
        spec.write_text(texts[name], encoding="utf-8")
        began = time.monotonic()
        assert main(["generate", "--quiet"]) == 0
        duration = time.monotonic() - began + 0.5
        trees[name] = tree(client)
    assert len({path for path in trees["old"] if trees["old"][path] != trees["new"].get(path)}) > 10

    moments = random.Random(11)
    now, interrupted, outcomes = "new", 0, set()
    for number in range(MOMENTS):
        wanted = "old" if now == "new" else "new"
        spec.write_text(texts[wanted], encoding="utf-8")
        interrupted += killed(tmp_path, moments, duration)
        recover(client)
        found = tree(client)
        assert found in (trees["old"], trees["new"]), f"moment {number}: a mix of both"
        outcomes.add("old" if found == trees[now] else "new")
        assert main(["generate", "--quiet"]) == 0
        assert tree(client) == trees[wanted], f"moment {number}: the next run did not heal it"
        assert main(["check", "--quiet"]) == 0
        now = wanted
    assert interrupted >= MOMENTS // 10
    assert outcomes == {"old", "new"} or MOMENTS < 50


def test_the_next_run_heals_without_being_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that was killed and then followed by `generate` alone: what it left is ended first, and it is said."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "pillarbox.toml").write_text('[clients.client]\nspec = "spec.json"\noutput = "client"\n')
    spec, client = tmp_path / "spec.json", tmp_path / "client"
    spec.write_text(SPEC.read_text(encoding="utf-8"), encoding="utf-8")
    assert main(["generate", "--quiet"]) == 0
    spec.write_text(changed(SPEC.read_text(encoding="utf-8")), encoding="utf-8")
    moments = random.Random(3)
    for _ in range(100):
        if killed(tmp_path, moments, 0.2) and (client / WORK).exists():
            break
    else:
        pytest.fail("no run of a hundred was caught while it wrote")
    assert main(["check", "--quiet"]) == 1, "a folder in that state is not current"
    assert main(["generate", "--quiet"]) == 0
    assert not (client / WORK).exists()
    assert main(["check", "--quiet"]) == 0
