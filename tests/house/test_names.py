"""What the documentation names exists: commands, options, make targets, links, versions."""

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
import typer

from pillarbox import __version__
from pillarbox.cli import app as command_line

from .documentation import PAGES, ROOT

CODE = re.compile(r"^```\w*\n(.*?)^```|`([^`\n]+)`", re.M | re.S)
CALL = re.compile(r"(?<!from )(?<!import )(?<![^\s/])pillarbox ((?!import )[a-z].*)")
OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")
LINK = re.compile(r"\]\(([^)#\s]*)(#[^)]*)?\)")


@cache
def commands() -> dict[str, frozenset[str]]:
    """Each command, `lock prune` included, with its options; groups have no options but --help."""
    found: dict[str, frozenset[str]] = {}

    def walk(command: object, name: str) -> None:
        options = {text for parameter in getattr(command, "params", []) for text in parameter.opts}
        found[name] = frozenset({*options, "--help", "-h"})
        for inner, below in getattr(command, "commands", {}).items():
            walk(below, f"{name} {inner}".strip())

    walk(typer.main.get_command(command_line.app), "")
    return found


def faults(text: str) -> list[str]:
    """Calls of pillarbox in code that name a command or an option that does not exist."""
    found = []
    for code in (match[1] or match[2] for match in CODE.finditer(text)):
        for line in code.replace("\\\n", " ").splitlines():
            if match := CALL.search(line.partition("#")[0].partition("|")[0]):
                words = match[1].split()
                if words[0] == "=":
                    continue
                name = " ".join(words[:2]) if " ".join(words[:2]) in commands() else words[0]
                if name not in commands():
                    found.append(f"{line.strip()}: no such command")
                else:
                    options = OPTION.findall(" ".join(words))
                    found += [
                        f"{line.strip()}: no option {option}"
                        for option in options
                        if option not in commands()[name]
                    ]
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_and_options_exist(page: Path) -> None:
    assert faults(page.read_text(encoding="utf-8")) == []


def test_every_command_is_documented() -> None:
    text = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    groups = {name.split()[0] for name in commands() if " " in name}
    missing = [
        name
        for name in commands()
        if name and name not in groups and not re.search(rf"`pillarbox {name}[ `]|pillarbox {name}`", text)
    ]
    assert [name for name in missing if name != "sample"] == [], (
        "the table of docs/configuration.md lists the commands"
    )
    assert "pillarbox sample" in (ROOT / "docs" / "samples.md").read_text(encoding="utf-8")


def test_what_does_not_exist_is_found() -> None:
    assert faults("`pillarbox generat SPEC`") == ["pillarbox generat SPEC: no such command"]
    assert faults("```sh\npillarbox check --stritc\n```") == ["pillarbox check --stritc: no option --stritc"]
    assert faults("`pillarbox lock prune --aliases`, pillarbox is good") == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_make_targets_exist(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.M))
    code = [match[1] or match[2] for match in CODE.finditer(page.read_text(encoding="utf-8"))]
    named = {name for text in code for name in re.findall(r"^make ([a-z][a-z-]*)", text, re.M)}
    assert named <= targets


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for match in LINK.finditer(page.read_text(encoding="utf-8")):
        target, heading = match[1], match[2]
        if "://" in target:
            continue
        path = (page.parent / target) if target else page
        assert path.exists(), f"{page.name}: {target}"
        if heading and path.suffix == ".md":
            assert heading[1:] in headings(path), f"{page.name}: {target}{heading}"


def headings(page: Path) -> set[str]:
    """The anchors of a page, as forges make them."""
    lines = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in lines}


def test_the_changelog_has_its_form() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## (.*)$", text, re.M)
    assert all(re.fullmatch(r"\[Unreleased\]|\[[0-9.]+\] - \d{4}-\d\d-\d\d", version) for version in versions)
    sections = set(re.findall(r"^### (.*)$", text, re.M))
    assert sections <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert __version__ in text, "this version is named, released or not"


def test_paths_in_the_documentation_exist() -> None:
    """Files of ours that are named in code spans: `tests/gates.py`, `generator/pillarbox/text/python.py`."""
    missing = []
    for page in PAGES:
        for name in re.findall(
            r"`((?:generator|templates|tests|integrations|specs)/[\w./-]*\w)`",
            page.read_text(encoding="utf-8"),
        ):
            if not (ROOT / name).exists():
                missing.append(f"{page.name}: {name}")
    assert missing == []


def test_the_hooks_and_the_workflows_call_what_exists() -> None:
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert "tests.gates --commands" in hooks
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    for path in re.findall(r"tests/[\w/.]+", workflow):
        assert (ROOT / path).exists(), path
    help_text = subprocess.run(
        [sys.executable, "-m", "tests.lowest"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    assert "pydantic==" in help_text
