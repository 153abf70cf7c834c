"""Templates of the user's own: what they can do, and that they can print nothing that ours could not."""

import ast
import json
from pathlib import Path

import pytest

from pillarbox.cli.app import main
from pillarbox.python import nodes
from pillarbox.render.custom_templates import VERSION_FILE
from pillarbox.render.environment import templates_folder

ROOT = Path(__file__).resolve().parents[2]
ZOOM = ROOT / "specs" / "zoom.postman_collection.json"
METHOD = "resource/method.py.jinja"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of templates, named in a configuration."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    Path("pillarbox.toml").write_text(
        f'[clients.zoom]\nspec = "{ZOOM.as_posix()}"\noutput = "zoom"\ntemplates = "mine"\n'
    )
    mine = tmp_path / "mine"
    (mine / "resource").mkdir(parents=True)
    (mine / VERSION_FILE).write_text(f"{nodes.PLAN_VERSION}\n")
    return mine


def ours(name: str) -> str:
    return (templates_folder() / name).read_text(encoding="utf-8")


def refused(capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert main(["generate"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert not Path("zoom").exists()
    return err


def test_a_template_of_ones_own(folder: Path) -> None:
    """One file is replaced, all others are ours; the client stays current until the template changes."""
    assert main(["generate", "--quiet"]) == 0
    before = {path: path.read_bytes() for path in Path("zoom").rglob("*.py")}
    text = ours(METHOD).replace(
        "        {{ method.send }}",
        "        platform_team = True\n        {{ method.send }}",
    )
    (folder / METHOD).write_text(text)
    assert main(["check", "--quiet"]) == 1
    assert main(["generate", "--quiet"]) == 0
    after = {path: path.read_bytes() for path in Path("zoom").rglob("*.py")}
    users = {Path("zoom/resources/users/__init__.py"), Path("zoom/_async/resources/users/__init__.py")}
    assert {path for path in after if after[path] != before[path]} == users
    assert [after[path].count(b"platform_team") for path in users] == [1, 1]
    assert main(["check", "--quiet"]) == 0


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        # A plain text of the plan, as data that no encoder has seen.
        ("{% for c in method %}{{ c }}{% endfor %}", "cannot be used"),
        ("{{ method }}", "PythonCode takes PythonCode or int, not Method"),
        ("{{ method.groups }}", "PythonCode takes PythonCode or int, not tuple"),
        ("{{ method.nothing }}", "has no attribute 'nothing'"),
        ("{{ missing }}", "'missing' is undefined"),
        ("{{ 'raw' }}", "computed output on line 1"),
        ("{{ method.name|safe }}", "computed output on line 1"),
        ("{{ method.name ~ 'x' }}", "computed output on line 1"),
        ("{{ method.name.upper() }}", "computed output on line 1"),
        ("{% autoescape false %}{{ method.name }}{% endautoescape %}", "Scope"),
        ("{% set x = method.name %}", "Assign on line 1"),
        ("{{ method.__class__ }}", "private attribute on line 1"),
        ("# {{ method.doc }}", "method.doc is printed into a comment on line 1"),
        ('x = """{{ method.doc }}"""', "method.doc is printed into a text on line 1"),
        ("{% if %}", "on line 1"),
        ("    def {{ method.name }}(:", "would be broken"),
        ("\n" * 90, "more than 80 lines"),
    ],
)  # fmt: skip
def test_a_template_cannot_print_raw_text(
    folder: Path, capsys: pytest.CaptureFixture[str], raw: str, said: str
) -> None:
    (folder / METHOD).write_text(raw)
    err = refused(capsys)
    assert said in err
    assert "mine" in err


def test_data_for_programs_is_no_text_to_print(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Fields of plain `str` stand in the plan too: where a module goes, what `inspect` shows."""
    (folder / "resource/module.py.jinja").write_text("{{ module.path }}\n")
    assert "PythonCode takes PythonCode or int, not str" in refused(capsys)


def test_hostile_text_stays_text(folder: Path) -> None:
    """The same plan in another order: what the spec says is still inside of literals."""
    marker = "zq_canary"
    data = json.loads(ZOOM.read_text(encoding="utf-8"))
    data["item"][0]["item"][0]["request"]["description"] = f"\"\"\"\n{marker}()\n'''\n# {{{{ x }}}}"
    Path("zoom.json").write_text(json.dumps(data))
    text = Path("pillarbox.toml").read_text().replace(ZOOM.as_posix(), "zoom.json")
    Path("pillarbox.toml").write_text(text)
    (folder / METHOD).write_text(
        ours(METHOD).replace("{{ method.doc }}", "{{ method.doc }}\n        {{ method.doc }}")
    )
    assert main(["generate", "--quiet"]) == 0
    source = Path("zoom/resources/users/__init__.py").read_text()
    assert source.count(marker) == 2
    calls = {node.func.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}  # fmt: skip
    assert marker not in calls


@pytest.mark.parametrize("text", [None, "2", "", "x\u2028"])
def test_a_folder_says_which_plan_it_is_for(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str | None
) -> None:
    if text is None:
        (folder / VERSION_FILE).unlink()
        assert f"is missing: write {nodes.PLAN_VERSION} into it" in refused(capsys)
    else:
        (folder / VERSION_FILE).write_text(text)
        assert f"this pillarbox has {nodes.PLAN_VERSION}" in refused(capsys)


def test_a_misspelt_template_is_found(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "resource" / "methods.py.jinja").write_text("x")
    assert "did you mean resource/method.py.jinja?" in refused(capsys)


def test_the_runtime_is_no_template(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "runtime").mkdir()
    (folder / "runtime" / "auth.py").write_text("x = 1\n")
    assert "pillarbox has no template of this path" in refused(capsys)


def test_a_folder_that_is_not_there(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / VERSION_FILE).unlink()
    (folder / "resource").rmdir()
    folder.rmdir()
    assert "there is no such folder of templates" in refused(capsys)
