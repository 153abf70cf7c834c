"""Real git repositories for the tests of `pillarbox diff`."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

__all__ = ["Workplace", "git_is_there"]

ROOT = Path(__file__).resolve().parent.parent.parent
ZOOM = ROOT / "specs" / "zoom.postman_collection.json"

_CONFIG = """\
[clients.zoom]
spec = "specs/zoom.json"
output = "clients/zoom"
"""


def git_is_there() -> None:
    """Skip where git is missing; fail where CI is set."""
    if shutil.which("git") is None:
        message = "git is not installed"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)


class Workplace:
    """A repository with one configured client; nothing of the developer's own git settings reaches it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.spec = root / "specs" / "zoom.json"
        self.git("init", "--quiet", "--initial-branch=main")
        self.spec.parent.mkdir()
        shutil.copy(ZOOM, self.spec)
        (root / "pillarbox.toml").write_text(_CONFIG, encoding="utf-8")

    def git(self, *arguments: str) -> str:
        """Run git, and return what it printed."""
        environment = {
            **os.environ,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "Ana",
            "GIT_AUTHOR_EMAIL": "ana@bakery.example",
            "GIT_COMMITTER_NAME": "Ana",
            "GIT_COMMITTER_EMAIL": "ana@bakery.example",
        }
        done = subprocess.run(
            ["git", *arguments], cwd=self.root, check=True, capture_output=True, text=True, env=environment
        )
        return done.stdout

    def commit(self, message: str) -> None:
        """Commit all that there is."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def change(self, old: str, new: str) -> None:
        """Replace text of the spec."""
        text = self.spec.read_text(encoding="utf-8")
        assert old in text
        self.spec.write_text(text.replace(old, new), encoding="utf-8")
