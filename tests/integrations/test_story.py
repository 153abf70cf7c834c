"""A spec changes: from the branch to the comment, with real git, the real command and the scripts of the action."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from .forge import Forge, serving
from .test_forges import tool

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
ZOOM = ROOT / "specs" / "zoom.postman_collection.json"


class Project:
    """A repository with a remote, and what its people type."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder = folder / "work"
        commands = folder / "bin"
        commands.mkdir()
        for name, words in (("pillarbox", "-m pillarbox"), ("gh", str(HERE / "gh.py"))):
            (commands / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {words} "$@"\n')
            (commands / name).chmod(0o755)
        self.environment = {
            "PATH": f"{commands}:{Path(sys.executable).parent}:/usr/bin:/bin",
            "PYTHONPATH": str(ROOT),
            "HOME": str(folder),
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b.c", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b.c",
            "FORGE": address, "GH_TOKEN": "t0ken", "GITHUB_REPOSITORY": "acme/shop", "PILLARBOX_BASE": "main",
            "PILLARBOX_AUTHOR": "github-actions[bot]", "PILLARBOX_PULL_REQUEST": "3", "RUNNER_TEMP": str(folder),
        }  # fmt: skip
        self.run("git", "init", "-q", "--bare", "remote.git", at=folder)
        self.run("git", "clone", "-q", "remote.git", "work", at=folder)
        self.run("git", "checkout", "-q", "-b", "main")

    def run(self, *words: str, at: Path | None = None, code: int = 0) -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(
            words,
            cwd=at or self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == code, f"{words}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done

    def commit(self, message: str) -> None:
        self.run("git", "add", "-A")
        self.run("git", "commit", "-q", "-m", message)
        self.run("git", "push", "-q", "--force", "origin", "HEAD")

    def change(self, *pairs: tuple[str, str]) -> None:
        spec = self.folder / "specs" / "zoom.json"
        text = spec.read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        spec.write_text(text, encoding="utf-8")


@pytest.fixture
def forge() -> Forge:
    return Forge()


@pytest.fixture
def project(tmp_path: Path, forge: Forge) -> Iterator[Project]:
    tool("git")
    tool("jq")
    with serving(forge) as address:
        yield Project(tmp_path, address)


def test_a_spec_change_becomes_a_comment(project: Project, forge: Forge) -> None:
    # A project begins.
    (project.folder / "specs").mkdir()
    shutil.copy(ZOOM, project.folder / "specs" / "zoom.json")
    project.run("pillarbox", "init", "specs/zoom.json", "--name", "zoom", "--output", "generated/zoom")
    project.run("pillarbox", "generate", "--quiet")
    project.run("pillarbox", "check")
    project.commit("A client for Zoom")

    # A branch changes the spec: a required parameter more, and one that is called otherwise.
    project.run("git", "checkout", "-q", "-b", "topic")
    project.change(('"key": "ttl"', '"key": "lifetime"'), ('"description": "User token types', '"description": "(Required) User token types'))  # fmt: skip
    project.commit("The API has changed")
    stale = project.run("pillarbox", "check", code=1)
    assert "--- a/resources/users/__init__.py" in stale.stdout
    assert stale.stderr.endswith("run `pillarbox generate`\n")
    script = str(ROOT / "integrations" / "github.sh")
    project.run("sh", script, code=1)
    (first,) = forge.bodies(forge.me)
    assert "**Stale:** the committed client is not what the spec gives now." in first

    # The branch is completed.
    project.run("pillarbox", "generate", "--quiet")
    project.commit("Generate anew")
    project.run("pillarbox", "check", "--quiet")
    comment = project.run("pillarbox", "diff", "origin/main...", "--format", "markdown").stdout
    project.run("sh", script)
    assert forge.bodies(forge.me) == [comment], "one comment, and what `diff` prints"
    assert "**Stale:**" not in comment
    assert "users.get_token" in comment
    assert "ttl" in comment
    project.run("pillarbox", "diff", "main...", "--fail-on", "breaking", "--quiet", code=1)

    # As a person sees it: headings and lists, folded details, and no markup of the spec's.
    html = MarkdownIt("commonmark").enable("table").render(comment)
    shown = html.replace("<!-- pillarbox-diff -->", "")
    assert "<li>" in shown
    assert "<script" not in shown
    assert shown.count("<details") == shown.count("</details>")

    # A rename in the same branch: the old name stays for a release, which is no break.
    config = project.folder / "pillarbox.toml"
    config.write_text(config.read_text() + '\n[clients.zoom.rename]\n"users.get_token" = "token"\n')
    project.run("pillarbox", "generate", "--quiet")
    project.commit("A shorter name")
    project.run("sh", script)
    (renamed,) = forge.bodies(forge.me)
    assert renamed != comment
    assert "users.token" in renamed
    assert "deprecated" in (project.folder / "generated" / "zoom" / "resources/users/__init__.py").read_text()


def test_both_sides_of_a_merge(project: Project) -> None:
    """Two branches generate; the lock meets in conflict, and the next run has the names of both."""
    (project.folder / "specs").mkdir()
    shutil.copy(ZOOM, project.folder / "specs" / "zoom.json")
    project.run("pillarbox", "init", "specs/zoom.json", "--name", "zoom", "--output", "zoom")
    project.run("pillarbox", "generate", "--quiet")
    project.commit("A client")
    for branch, key in (("one", "ttl"), ("two", "type")):
        project.run("git", "checkout", "-q", "-b", branch, "main")
        project.change((f'"key": "{key}"', f'"key": "{key}{branch.title()}"'))
        project.run("pillarbox", "generate", "--quiet")
        project.commit(branch)
    merged = subprocess.run(
        ["git", "merge", "-q", "one"], cwd=project.folder, env=project.environment, capture_output=True, text=True, check=False
    )  # fmt: skip
    lock = project.folder / "zoom" / "pillarbox.lock"
    # The spec merges by itself, or is resolved by hand; of what is generated either side is taken, but for the lock.
    if merged.returncode:
        base = ZOOM.read_text(encoding="utf-8")
        spec = base.replace('"key": "ttl"', '"key": "ttlOne"').replace('"key": "type"', '"key": "typeTwo"')
        (project.folder / "specs" / "zoom.json").write_text(spec, encoding="utf-8")
        names = project.run("git", "diff", "--name-only", "--diff-filter=U").stdout.split()
        for name in names:
            if name.startswith("zoom/") and not name.endswith("pillarbox.lock"):
                project.run("git", "checkout", "--ours", name)
    told = project.run("pillarbox", "generate", "--force")
    assert "<<<<" not in lock.read_text()
    assert "merge conflict resolved" in told.stderr or "<<<<" not in merged.stdout
    users = (project.folder / "zoom" / "resources/users/__init__.py").read_text()
    assert "ttl_one" in users or "ttl:" in users
    project.run("pillarbox", "check", "--quiet")
    live = [line for line in lock.read_text().splitlines() if "retired" not in line]
    assert sum(line.startswith("operation ") for line in live) == 1
    assert os.path.exists(project.folder / "zoom" / "API.md")
