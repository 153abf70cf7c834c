"""Every block of Python, shell or TOML in the documentation is run or validated, or says why it is not.

A page has one workspace: a copy of specs/, the configuration and the committed clients. Its blocks run there in order; `cd` lasts
until the next shell block. What a client would send to its API is answered by the client's own `testing` module.
"""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from pillarbox.config import parse

from .documentation import PAGES, ROOT, Block, blocks

COVERED = {"custom-code.md": "tests/docs/test_custom_code.py"}
"""Pages whose Python is run by a test of its own."""

LANGUAGES = ("python", "sh", "toml")
OFFLINE = """
import sys
import httpx2

def answer(self, request):
    package = next(name for name in ("zoom", "ferry", "larkspur") if name in sys.modules)
    __import__(f"{package}.testing")
    response = sys.modules[f"{package}.testing"].ExampleTransport().handle_request(request)
    response.headers["X-Request-Id"] = "1"
    return response

httpx2.HTTPTransport.handle_request = answer
"""
PRELUDE = "from zoom import Zoom\nclient = Zoom(access_token='test')\n"
"""Fragments call a client that the page made before."""


def workspace(folder: Path) -> None:
    for name in ("specs", "generated"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "pillarbox.toml", folder / "pillarbox.toml")
    # Two versions of a spec, as pages call them.
    for name in ("old.json", "new.json"):
        shutil.copyfile(ROOT / "specs" / "zoom.postman_collection.json", folder / name)
    (folder / ".offline").mkdir()
    (folder / ".offline" / "sitecustomize.py").write_text(OFFLINE, encoding="utf-8")
    # A last commit, for `pillarbox diff`, whose branch is called main.
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    for command in (("init", "-q", "-b", "main"), ("add", "-A"), (*identity, "commit", "-qm", "all")):
        subprocess.run(["git", *command], cwd=folder, check=True, capture_output=True)


def run(command: list[str], folder: Path, workspace: Path) -> subprocess.CompletedProcess[str]:
    search = (workspace / ".offline", folder, workspace / "generated", ROOT / "generator")
    environment = {
        **os.environ,
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])),
        "PYTHONPATH": os.pathsep.join(str(path) for path in search),
        "PYTHONUTF8": "1",
    }
    return subprocess.run(
        command, cwd=folder, check=False, capture_output=True, text=True, encoding="utf-8", env=environment
    )


def run_shell(block: Block, workspace: Path) -> Path:
    """Run a block from the root of the workspace, and return the folder where it ended."""
    done = run(["bash", "-euo", "pipefail", "-c", f"{block.text}\npwd -P"], workspace, workspace)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"
    return Path(done.stdout.splitlines()[-1])


def run_python(block: Block, folder: Path, workspace: Path) -> None:
    fragment = "" if "client =" in block.text or "as client" in block.text else PRELUDE
    # Pages write "…" for a secret, which no header can carry.
    code = fragment + block.text.replace('"…"', '"secret"')
    done = run([sys.executable, "-c", code], folder, workspace)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"


def validate_toml(block: Block, folder: Path) -> None:
    """A configuration must be accepted; other TOML must at least be that."""
    table = tomllib.loads(block.text)
    if not {"clients", "diff"} & table.keys():
        return
    # Pages show parts of a configuration; what is required besides stands in another block.
    clients = table.setdefault("clients", {"shown": {}})
    for name, client in clients.items():
        client.setdefault("spec", "specs/x.json")
        client.setdefault("output", f"generated/{name}")
    parse(table, folder / "pillarbox.toml")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_blocks_of(page: Path, tmp_path: Path) -> None:
    chosen = [block for block in blocks(page) if block.language in LANGUAGES and block.reason is None]
    if page.name in COVERED:
        assert (ROOT / COVERED[page.name]).exists()
        chosen = [block for block in chosen if block.language != "python"]
    if any(block.language != "toml" for block in chosen):
        workspace(tmp_path)
    folder = tmp_path
    for block in chosen:
        try:
            match block.language:
                case "sh":
                    folder = run_shell(block, tmp_path)
                case "python":
                    run_python(block, folder, tmp_path)
                case _:
                    validate_toml(block, tmp_path)
        except Exception as error:
            raise AssertionError(f"{page.name}:{block.line}: {error}") from error


def test_a_wrong_block_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# Page\n\n```python\nprint(1)\nraise KeyError('x')\n```\n\n```toml\n[clients.x]\nspeck = 1\n```\n"
    )
    python, toml = blocks(page)
    assert python.line == 3
    (tmp_path / "work").mkdir()
    workspace(tmp_path / "work")
    with pytest.raises(AssertionError, match="KeyError"):
        run_python(python, tmp_path / "work", tmp_path / "work")
    with pytest.raises(Exception, match="speck"):
        validate_toml(toml, tmp_path)


def test_a_reason_is_read(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("<!-- not run: needs a network -->\n```sh\ncurl x\n```\n")
    assert [block.reason for block in blocks(page)] == ["needs a network"]
