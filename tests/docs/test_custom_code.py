"""docs/custom-code.md: each program in it is run, type-checked, and does what the text around it says."""

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pillarbox.cli.app import main

from ..oracles import mypy_errors, need

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "custom-code.md"
SPEC = ROOT / "specs" / "larkspur.postman_collection.json"


def programs() -> dict[str, str]:
    """The Python of the page, by the file name in its first line."""
    found = {}
    for text in re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.M | re.S):
        name, _, rest = text.partition("\n")
        found[name.removeprefix("# ")] = rest
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package, and the programs of the page beside it."""
    made = tmp_path_factory.mktemp("acme")
    (made / ".git").mkdir()
    assert main(["generate", str(SPEC), "--output", str(made / "larkspur"), "--quiet"]) == 0
    for name, text in programs().items():
        (made / name).write_text(text, encoding="utf-8")
    return made


def run(folder: Path, code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=folder, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_all_of_them_are_here() -> None:
    assert sorted(programs()) == ["hooks.py", "later.py", "observatory.py", "our_client.py"]
    for name, text in programs().items():
        ast.parse(text, name)


SETUP = """
from larkspur import Larkspur
from larkspur.testing import ExampleTransport
transport = ExampleTransport()
secrets = dict(password="x", token="x", username="x", weather_key="x", x_catalogue_key="x")
"""


def test_a_module_beside_the_package(folder: Path) -> None:
    out = run(folder, SETUP + "from observatory import open_telescopes\n"
        "print([one.id for one in open_telescopes(Larkspur(transport=transport, **secrets), 'ridge')])")  # fmt: skip
    assert out.startswith("[")
    assert "hooke" in out


def test_a_subclass(folder: Path) -> None:
    out = run(folder, SETUP + "from our_client import OurClient\n"
        "client = OurClient(transport=transport, **secrets)\n"
        "print(type(client.telescopes.largest()).__name__, client.telescopes.get('hooke').id)\n"
        "print(type(client.with_options(strict=True).telescopes).__name__)")  # fmt: skip
    assert out.split() == ["Telescope", "hooke", "OurTelescopes"]


def test_hooks(folder: Path) -> None:
    out = run(folder, SETUP + """
import logging, sys, httpx2, hooks
logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(message)s")
logging.getLogger("httpx2").setLevel(logging.ERROR)
seen = []
class Below(httpx2.BaseTransport):
    def handle_request(self, request):
        seen.append((request.headers["X-Trace"], request.headers["X-Stamp"]))
        return transport.handle_request(request)
client = hooks.client(Below())
client.telescopes.get("hooke")
assert seen == [("abc", seen[0][1])] and int(seen[0][1]) > 10, seen
client.close()
""")  # fmt: skip
    assert re.search(r"^GET /\S*telescopes/hooke: 200$", out, re.M)


def test_what_the_spec_lacks(folder: Path) -> None:
    out = run(folder, SETUP + "from later import shutter_count\n"
        "print(shutter_count(Larkspur(transport=transport, **secrets)) > 0)")  # fmt: skip
    assert out == "True\n"


def test_type_checkers_agree(folder: Path) -> None:
    need("mypy")
    typed = [name.removesuffix(".py") for name in programs() if name != "hooks.py"]
    assert mypy_errors(folder, typed) == []


def test_a_run_leaves_all_of_it_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Beside the package, and inside of it."""
    inside = folder / "larkspur" / "ours.py"
    inside.write_text("from .client import Larkspur as Larkspur\n")
    before = {path: path.read_bytes() for path in (*folder.glob("*.py"), inside)}
    arguments: list[Any] = ["generate", str(SPEC), "--output", str(folder / "larkspur"), "--force", "--quiet"]
    assert main(arguments) == 0
    assert {path: path.read_bytes() for path in (*folder.glob("*.py"), inside)} == before
    assert main(["check", str(SPEC), "--output", str(folder / "larkspur"), "--quiet"]) == 0
    assert run(folder, "from larkspur.ours import Larkspur; print(Larkspur.__name__)") == "Larkspur\n"
