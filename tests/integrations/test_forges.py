"""The pieces for pull requests, run as a runner would run them: one comment, updated, and the right end."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from .forge import Forge, serving

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
MARKER = "<!-- pillarbox-diff -->"
FAKE = """#!/bin/sh
echo "$*" >>"$FAKE_LOG"
case $1 in
    check) [ "$FAKE_CHECK" -eq 0 ] || echo "--- a/users.py"; exit "$FAKE_CHECK" ;;
    diff) echo "<!-- pillarbox-diff -->"; echo "$FAKE_SAID"; exit "$FAKE_DIFF" ;;
esac
"""


def tool(name: str) -> None:
    if shutil.which(name) is None:
        if os.environ.get("CI"):
            pytest.fail(f"{name} is not installed")
        pytest.skip(f"{name} is not installed")


class Job:
    """A repository with a branch, a fake `pillarbox`, and a forge."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder = folder
        tool("git")
        bin_folder = folder / "bin"
        bin_folder.mkdir()
        for name, text in (
            ("pillarbox", FAKE),
            ("gh", f'#!/bin/sh\nexec "{sys.executable}" "{HERE / "gh.py"}" "$@"\n'),
        ):
            (bin_folder / name).write_text(text)
            (bin_folder / name).chmod(0o755)
        self.environment = {
            "PATH": f"{bin_folder}:{Path(sys.executable).parent}:/usr/bin:/bin",
            "HOME": str(folder),
            "FORGE": address,
            "FAKE_LOG": str(folder / "log"),
            "FAKE_CHECK": "0",
            "FAKE_DIFF": "0",
            "FAKE_SAID": "first",
            "RUNNER_TEMP": str(folder),
            "CI_BUILDS_DIR": str(folder),
            "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
            "GITHUB_REPOSITORY": "acme/shop",
            "GH_TOKEN": "t0ken",
            "PILLARBOX_BASE": "main",
            "PILLARBOX_AUTHOR": "github-actions[bot]",
            "PILLARBOX_PULL_REQUEST": "3",
            "CI_API_V4_URL": address,
            "CI_PROJECT_ID": "5",
            "CI_MERGE_REQUEST_IID": "3",
            "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
            "PILLARBOX_GITLAB_TOKEN": "t0ken",
            "GIT_CONFIG_GLOBAL": "/dev/null",
        }
        self.git("init", "--quiet", "--bare", "remote.git")
        self.git("clone", "--quiet", "remote.git", "work")
        for words in (
            ("checkout", "-q", "-b", "main"),
            ("-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-q", "--allow-empty", "-m", "x"),
            ("push", "-q", "origin", "main"),
            ("checkout", "-q", "-b", "topic"),
            # A runner knows its own branch alone.
            ("update-ref", "-d", "refs/remotes/origin/main"),
        ):
            self.git(*words, at="work")

    def git(self, *words: str, at: str = ".") -> None:
        done = subprocess.run(
            ["git", *words],
            cwd=self.folder / at,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr

    def run(self, script: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            ["sh", str(ROOT / "integrations" / script)],
            cwd=self.folder / "work",
            env=self.environment | environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )


@pytest.fixture
def forge() -> Forge:
    return Forge()


@pytest.fixture
def job(tmp_path: Path, forge: Forge) -> Any:
    with serving(forge) as address:
        yield Job(tmp_path, address)


BOTH = pytest.mark.parametrize("script", ["github.sh", "gitlab.sh"])


def ready(script: str) -> None:
    tool("jq" if script == "github.sh" else "curl")


@BOTH
def test_one_comment_is_written_and_updated(job: Job, forge: Forge, script: str) -> None:
    ready(script)
    forge.add(1, "Nice!")
    # Somebody else's comment that looks like ours, and 150 others: ours is on the second page.
    forge.add(1, f"{MARKER}\nnot yours")
    for number in range(150):
        forge.add(2, f"comment {number}")
    done = job.run(script)
    assert done.returncode == 0, done.stderr
    assert forge.bodies(forge.me) == [f"{MARKER}\nfirst\n"]
    done = job.run(script, FAKE_SAID='second: `x` $(id) "quoted" & 100%\n\n- ünï')
    assert done.returncode == 0, done.stderr
    assert forge.bodies(forge.me) == [f'{MARKER}\nsecond: `x` $(id) "quoted" & 100%\n\n- ünï\n']
    assert forge.bodies(1) == ["Nice!", f"{MARKER}\nnot yours"]
    assert "diff origin/main... --format markdown" in (job.folder / "log").read_text().splitlines()


@BOTH
@pytest.mark.parametrize(
    ("check", "diff", "code", "words"),
    [
        ("0", "0", 0, []),
        ("1", "0", 1, ["**Stale:**"]),
        ("0", "1", 1, ["fails on changes that are `breaking` or worse"]),
        ("1", "1", 1, ["**Stale:**", "`breaking` or worse"]),
    ],
)
def test_the_answer_is_told_and_returned(
    job: Job, forge: Forge, script: str, check: str, diff: str, code: int, words: list[str]
) -> None:
    ready(script)
    done = job.run(
        script, FAKE_CHECK=check, FAKE_DIFF=diff, PILLARBOX_FAIL_ON="breaking", PILLARBOX_CLIENTS="a b"
    )
    assert done.returncode == code, done.stderr
    (body,) = forge.bodies(forge.me)
    assert body.startswith(MARKER)
    assert [word for word in ("**Stale:**", "fails on changes that are `breaking` or worse", "`breaking` or worse") if word in body and word in words] == words  # fmt: skip
    assert ("Stale" in body) == (check == "1")
    log = (job.folder / "log").read_text().splitlines()
    assert log == [
        "check --client a --client b",
        "diff origin/main... --client a --client b --format markdown --fail-on breaking",
    ]
    assert ("--- a/users.py" in done.stdout) == (check == "1")


@BOTH
@pytest.mark.parametrize(("check", "diff"), [("2", "0"), ("0", "2"), ("70", "0")])
def test_wrong_input_writes_no_comment(job: Job, forge: Forge, script: str, check: str, diff: str) -> None:
    ready(script)
    done = job.run(script, FAKE_CHECK=check, FAKE_DIFF=diff)
    assert done.returncode == max(int(check), int(diff))
    assert forge.bodies() == []


def test_a_fork_may_not_write_and_is_answered_all_the_same(job: Job, forge: Forge) -> None:
    ready("github.sh")
    forge.writable = False
    done = job.run("github.sh", FAKE_CHECK="1")
    assert done.returncode == 1
    assert "::warning::the comment could not be written" in done.stdout
    assert "**Stale:**" in (job.folder / "summary.md").read_text()
    assert job.run("github.sh").returncode == 0
    assert job.run("github.sh", GH_TOKEN="wrong").returncode == 0, "nor one without a token that reads"
    assert forge.bodies() == []


def test_no_comment_where_none_is_wanted(job: Job, forge: Forge) -> None:
    assert job.run("github.sh", PILLARBOX_POST="false").returncode == 0
    assert job.run("github.sh", PILLARBOX_PULL_REQUEST="").returncode == 0
    assert job.run("github.sh", PILLARBOX_BASE="").returncode == 2
    done = job.run("gitlab.sh", PILLARBOX_GITLAB_TOKEN="")
    assert done.returncode == 0
    assert MARKER in done.stdout
    assert forge.calls == []
    assert MARKER in (job.folder / "summary.md").read_text()


def test_gitlab_fails_where_the_token_is_wrong(job: Job, forge: Forge) -> None:
    ready("gitlab.sh")
    done = job.run("gitlab.sh", PILLARBOX_GITLAB_TOKEN="other")
    assert done.returncode not in (0, 1)
    assert "other" not in done.stdout + done.stderr
    assert forge.bodies() == []


def test_the_marker_is_that_of_the_comment() -> None:
    markdown = ROOT / "generator" / "pillarbox" / "review" / "markdown.py"
    assert f'"{MARKER}"' in markdown.read_text()


# The files that forges read


def action() -> Any:
    return yaml.safe_load((ROOT / "action.yml").read_text())


def test_the_action_is_one() -> None:
    data = action()
    assert data["runs"]["using"] == "composite"
    assert {"name", "description", "inputs", "runs"} <= data.keys()
    used = set(re.findall(r"inputs\.([a-z-]+)", (ROOT / "action.yml").read_text()))
    assert used == data["inputs"].keys(), "an input that nothing reads, or that is not declared"
    for step in data["runs"]["steps"]:
        assert ("run" in step) != ("uses" in step)
        if "run" in step:
            assert step["shell"] == "bash"
            # Text of a pull request in a script is a script.
            assert "${{" not in step["run"]
            subprocess.run(["bash", "-n"], input=step["run"], text=True, check=True)


def test_the_scripts_have_a_syntax() -> None:
    for path in sorted((ROOT / "integrations").glob("*.sh")):
        for shell in ("sh", "bash"):
            subprocess.run([shell, "-n", str(path)], check=True)
        assert path.read_text().startswith("#!/bin/sh\n")


def test_every_variable_of_the_scripts_is_set_by_somebody() -> None:
    given = {name for step in action()["runs"]["steps"] for name in step.get("env", {})}
    gitlab = yaml.safe_load((ROOT / "integrations" / "gitlab-ci.yml").read_text())["pillarbox"]
    given |= gitlab["variables"].keys() | {"PILLARBOX_GITLAB_TOKEN"}
    used = set()
    for path in (ROOT / "integrations").glob("*.sh"):
        used |= set(re.findall(r"\bPILLARBOX_[A-Z_]+", path.read_text()))
    assert used <= given


def test_the_gitlab_job_is_one() -> None:
    data = yaml.safe_load((ROOT / "integrations" / "gitlab-ci.yml").read_text())["pillarbox"]
    assert data["rules"][0]["if"] == '$CI_PIPELINE_SOURCE == "merge_request_event"'
    for line in data["script"]:
        subprocess.run(["sh", "-n"], input=line, text=True, check=True)
    assert "integrations/gitlab.sh" in data["script"][-1]


def test_the_hooks_call_commands_that_exist(tmp_path: Path) -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert [hook["id"] for hook in hooks] == ["pillarbox-check", "pillarbox-generate"]
    for hook in hooks:
        re.compile(hook["files"])
        assert re.search(hook["files"], "generated/zoom/pillarbox.lock")
        words = hook["entry"].split()
        assert words[0] == "pillarbox"
        done = subprocess.run(
            [sys.executable, "-m", "pillarbox", *words[1:]],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode in (0, 1), done.stderr
