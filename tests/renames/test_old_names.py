"""A rename leaves the old name behind: programs of the last release run, type-check, and are told what to change."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pillarbox.cli.app import main

from ..oracles import mypy_errors, need, pyright_errors

ROOT = Path(__file__).resolve().parents[2]
SPEC = ROOT / "specs" / "larkspur.postman_collection.json"

RENAMES = """
[clients.lark.rename]
"catalogue" = "objects"
"catalogue.search" = "find"
"catalogue.search.max_magnitude" = "faintest"
"telescopes.observations" = "bookings"
"telescopes.get" = "fetch"
"telescopes.get.telescope_id" = "id"
"telescopes.list.min_aperture" = "aperture"
"telescopes.list.filter" = "filters"
"get_status" = "status"
"telescopes.TelescopeSite" = "Site"
"Telescope" = "Instrument"
"Telescope.name" = "title"
"""

OLD = '''
import asyncio
from lark import AsyncLark, Lark, models
from lark.resources.telescopes import TelescopeSite
from lark.testing import ExampleTransport

site: TelescopeSite = "ridge"
with Lark(transport=ExampleTransport(), password="x", token="x", username="x", weather_key="x", x_catalogue_key="x") as client:
    print(client.get_status())
    print(client.catalogue.search(q="m", max_magnitude=6.5))
    telescope: models.Telescope = client.telescopes.get(telescope_id="hooke")
    print(telescope.name)
    print(len(client.telescopes.list(min_aperture=1, filter=["V"])))
    print(client.telescopes.observations.get("o").id)

async def main() -> None:
    async with AsyncLark(transport=ExampleTransport(), password="x", token="x", username="x", weather_key="x", x_catalogue_key="x") as client:
        print(await client.get_status())
        print(await client.catalogue.search(q="m", max_magnitude=6.5))
        print((await client.telescopes.get("hooke")).name)
        print(len(await client.telescopes.list(min_aperture=1)))
        print((await client.telescopes.observations.get("o")).id)

asyncio.run(main())
'''  # fmt: skip
CHANGES = (
    ("TelescopeSite", "Site"), ("get_status", "status"), ("catalogue.search", "objects.find"), ("max_magnitude", "faintest"),
    ("models.Telescope", "models.Instrument"), ("telescopes.get(", "telescopes.fetch("), ("telescope_id=", "id="), ("telescope.name", "telescope.title"),
    (").name", ").title"), ("min_aperture", "aperture"), ("filter=", "filters="), ("observations.", "bookings."),
)  # fmt: skip
NEW = OLD
for before, after in CHANGES:
    NEW = NEW.replace(before, after)
SHOW = "import runpy, sys, warnings; warnings.simplefilter('always'); runpy.run_path(sys.argv[1])"


def run(folder: Path, program: str) -> tuple[str, list[str]]:
    """What a program prints, and its warnings as `line: text`."""
    (folder / "program.py").write_text(program)
    done = subprocess.run(
        [sys.executable, "-c", SHOW, "program.py"], cwd=folder, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    found = re.findall(r"^(\S+):(\d+): DeprecationWarning: (.*)$", done.stderr, re.M)
    return done.stdout, [f"{Path(file).name}:{line}: {text}" for file, line, text in found]


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A client that was released, then generated again with renames; and what a program printed with the first."""
    folder = tmp_path_factory.mktemp("renamed")
    config = '[clients.lark]\nspec = "lark.json"\noutput = "lark"\n'
    # A list of three values has a name.
    text = SPEC.read_text(encoding="utf-8").replace("one of ridge,meadow", "one of ridge,meadow,hill")
    (folder / "lark.json").write_text(text, encoding="utf-8")
    (folder / "pillarbox.toml").write_text(config)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert main(["generate", "--quiet"]) == 0
        printed, warned = run(folder, OLD)
        assert warned == []
        assert not (folder / "lark" / "_runtime" / "renamed.py").exists()
        (folder / "pillarbox.toml").write_text(config + RENAMES)
        assert main(["generate", "--quiet"]) == 0
        assert main(["check", "--quiet"]) == 0
    return folder, printed


def lines_of(program: str, word: str) -> list[int]:
    return [number for number, line in enumerate(program.splitlines(), 1) if word in line]


def test_the_old_program_runs_and_is_told(released: tuple[Path, str]) -> None:
    folder, printed = released
    now, warned = run(folder, OLD)
    assert now.replace("title=", "name=") == printed
    wanted = {
        "get_status": "Renamed: use `status`.",
        "client.catalogue": "Renamed: use `objects`.",
        "catalogue.search": "Renamed: use `find`.",
        "max_magnitude": "Argument `max_magnitude` is now `faintest`.",
        "telescopes.get(": "Renamed: use `fetch`.",
        "telescope_id=": "Argument `telescope_id` is now `id`.",
        "models.Telescope": "`Telescope` is now `Instrument`.",
        ").name": "Renamed: use `title`.",
        "telescope.name": "Renamed: use `title`.",
        "min_aperture": "Argument `min_aperture` is now `aperture`.",
        "filter=": "Argument `filter` is now `filters`.",
        "telescopes.observations": "Renamed: use `bookings`.",
    }
    expected = {f"program.py:{line}: {text}" for word, text in wanted.items() for line in lines_of(OLD, word)}
    assert set(warned) == expected


def test_the_new_program_runs_in_silence(released: tuple[Path, str]) -> None:
    folder, printed = released
    now, warned = run(folder, NEW)
    assert now.replace("title=", "name=") == printed
    assert warned == []


def test_both_names_at_once_are_refused(released: tuple[Path, str]) -> None:
    folder, _ = released
    program = (
        "from lark import Lark\nfrom lark.testing import ExampleTransport\n"
        "try:\n    Lark(transport=ExampleTransport()).telescopes.list(aperture=1, min_aperture=2)\n"
        "except TypeError as error:\n    print(error)\n"
    )
    assert run(folder, program)[0] == "list() got both 'aperture' and 'min_aperture', its old name\n"


def test_type_checkers_take_both_and_strike_the_old_one_out(released: tuple[Path, str]) -> None:
    need("mypy")
    need("pyright")
    folder, _ = released
    (folder / "old.py").write_text(OLD)
    (folder / "new.py").write_text(NEW)
    assert mypy_errors(folder, ["lark", "old", "new"]) == []
    assert pyright_errors(folder, ["lark", "new.py"]) == []
    assert [line for line in pyright_errors(folder, ["old.py"]) if "(reportDeprecated)" not in line] == []
    struck = [
        *((line, "get_status") for line in lines_of(OLD, "get_status")),
        *((line, "search") for line in lines_of(OLD, "search")),
        *((line, "observations") for line in lines_of(OLD, "telescopes.observations")),
        *((line, "min_aperture") for line in lines_of(OLD, "min_aperture")),
        *((line, "name") for line in lines_of(OLD, "telescope.name")),
    ]
    told = deprecations(folder, "old.py")
    assert {line for line, _ in struck} <= told
    assert deprecations(folder, "new.py") == set()
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--config-file=",
        "--enable-error-code=deprecated",
        "old.py",
    ]
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    assert {line for line, _ in struck} <= {int(line) for line in re.findall(r"^old\.py:(\d+): error: .*deprecated", done.stdout, re.M)}  # fmt: skip


def deprecations(folder: Path, file: str) -> set[int]:
    settings = {"include": [file], "typeCheckingMode": "basic", "reportDeprecated": "warning"}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings))
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable]
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    report = json.loads(done.stdout[done.stdout.index("{") :])
    return {
        item["range"]["start"]["line"] + 1
        for item in report["generalDiagnostics"]
        if item.get("rule") == "reportDeprecated"
    }


def test_the_import_stays_light(released: tuple[Path, str]) -> None:
    folder, _ = released
    code = (
        "import sys; from lark import models; heavy = {'httpx2', 'pydantic', 'typing_extensions'} & set(sys.modules);"
        "assert not heavy, heavy; assert 'Telescope' in dir(models)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=folder, check=True)


def test_black_would_change_nothing(released: tuple[Path, str]) -> None:
    from black import format_str
    from black.mode import Mode, TargetVersion

    folder, _ = released
    mode = Mode(target_versions={TargetVersion.PY311})
    texts = {path: path.read_text() for path in (folder / "lark").rglob("*.py")}
    assert [path for path, text in texts.items() if format_str(text, mode=mode) != text] == []


def test_an_old_name_that_is_a_builtin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`list` was a method, and still is one: annotations of the class must not take it for the type."""
    need("mypy")
    monkeypatch.chdir(tmp_path)
    answer = {"name": "OK", "code": 200, "body": '[{"id": 1}]'}
    schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
    item = {
        "name": "List",
        "request": {"method": "GET", "url": "https://x.example/books"},
        "response": [answer],
    }
    data = {"info": {"name": "Shop", "schema": schema}, "item": [{"name": "Books", "item": [item]}]}
    Path("shop.json").write_text(json.dumps(data))
    config = '[clients.shop]\nspec = "shop.json"\noutput = "shop"\n'
    for text in (config, f'{config}[clients.shop.rename]\n"books.list" = "every"\n'):
        Path("pillarbox.toml").write_text(text)
        assert main(["generate", "--quiet"]) == 0
    source = Path("shop/resources/books/__init__.py").read_text()
    assert "def list(" in source
    assert "builtins.list[" in source
    assert mypy_errors(tmp_path, ["shop"]) == []


def test_a_later_release_drops_the_old_names(
    released: tuple[Path, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The names stay taken, so that nothing else inherits their callers; the rules may stay or go."""
    import shutil

    shutil.copytree(released[0], tmp_path / "next")
    monkeypatch.chdir(tmp_path / "next")
    assert main(["lock", "prune", "--aliases"]) == 0
    assert "operation objects.search" in capsys.readouterr().out
    lock = Path("lark/pillarbox.lock").read_text()
    assert '"renamed"' not in lock
    assert 'operation objects.search {"retired":true}' in lock
    assert main(["generate", "--quiet"]) == 0
    assert not Path("lark/_runtime/renamed.py").exists()
    assert "_deprecated" not in Path("lark/resources/objects/__init__.py").read_text()
    with_rules = {path: path.read_bytes() for path in Path("lark").rglob("*.py")}
    config = Path("pillarbox.toml").read_text()
    Path("pillarbox.toml").write_text(config.replace(RENAMES, ""))
    assert main(["generate", "--quiet"]) == 0
    assert {path: path.read_bytes() for path in Path("lark").rglob("*.py")} == with_rules
    assert Path("lark/pillarbox.lock").read_text() == lock
