"""`pillarbox docs` and `pillarbox templates`."""

import json
import re
import shutil
from pathlib import Path

import pytest

from pillarbox.cli.app import main

ROOT = Path(__file__).resolve().parent.parent.parent
ZOOM = ROOT / "specs" / "zoom.postman_collection.json"
TOPICS = sorted(page.stem for page in (ROOT / "docs").glob("*.md"))


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)


def test_topics_are_listed_with_their_titles(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["docs"]) == 0
    topics, _, files = capsys.readouterr().out.partition("\n\n")
    lines = topics.splitlines()
    assert [line.split()[0] for line in lines] == TOPICS
    assert any(re.fullmatch(r"lock +The lock", line) for line in lines)
    schema, integrations = (Path(line.partition(": ")[2]) for line in files.splitlines())
    assert json.loads(schema.read_text())["title"] == "pillarbox"
    assert (integrations / "review.sh").is_file()


@pytest.mark.parametrize("topic", TOPICS)
def test_a_page_is_printed(capsys: pytest.CaptureFixture[str], topic: str) -> None:
    assert main(["docs", topic]) == 0
    assert capsys.readouterr().out == (ROOT / "docs" / f"{topic}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("topic", "hint"), [("lok", "did you mean lock?"), ("../README", "`pillarbox docs`")]
)
def test_a_topic_that_is_not_there(capsys: pytest.CaptureFixture[str], topic: str, hint: str) -> None:
    assert main(["docs", topic]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert hint in err
    assert len(err.splitlines()) == 1


def test_messages_refer_to_topics_that_are_there() -> None:
    """A path of the repository means nothing to those who installed a wheel."""
    found = set()
    for path in (ROOT / "generator" / "pillarbox").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        found |= set(re.findall(r"pillarbox docs ([a-z-]+)`", text))
        assert not re.search(r"see docs/", text), path
    assert found
    assert found <= {*TOPICS}


def test_exported_templates_give_the_same_client(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["templates", "export", "mine/templates"]) == 0
    assert capsys.readouterr().out.splitlines()[0].endswith(f" written in {Path('mine/templates')}")
    Path("pillarbox.toml").write_text(
        f'[clients.a]\nspec = "{ZOOM.as_posix()}"\noutput = "a"\npackage = "zoom"\n'
        f'[clients.b]\nspec = "{ZOOM.as_posix()}"\noutput = "b"\npackage = "zoom"\ntemplates = "mine/templates"\n'
    )
    assert main(["generate", "--quiet"]) == 0
    made = {
        folder: {
            path.relative_to(folder): path.read_bytes()
            for path in Path(folder).rglob("*")
            if path.is_file() and path.name != "manifest.json"
        }
        for folder in ("a", "b")
    }
    assert made["a"] == made["b"]
    method = Path("mine/templates/resource/class.py.jinja")
    method.write_text(method.read_text().replace("    {{ plan.doc }}", "    {{ plan.doc }}\n    MINE = True"))
    assert main(["generate", "--quiet"]) == 0
    assert "MINE = True" in Path("b/resources/users/__init__.py").read_text()


def test_a_folder_that_is_not_empty_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    Path("mine").mkdir()
    assert main(["templates", "export", "mine"]) == 0
    changed = Path("mine/resource/method.py.jinja")
    changed.write_text("changed")
    Path("mine/notes").write_text("mine")
    capsys.readouterr()
    assert main(["templates", "export", "mine"]) == 2
    assert "mine: is not empty" in capsys.readouterr().err
    assert changed.read_text() == "changed"
    assert main(["templates", "export", "mine", "--force"]) == 0
    assert changed.read_text() != "changed"
    assert Path("mine/notes").read_text() == "mine"
    shutil.rmtree("mine")
    Path("mine").write_text("a file")
    capsys.readouterr()
    for folder in ("mine", "mine/below"):
        assert main(["templates", "export", folder]) == 2
        assert "cannot be written: " in capsys.readouterr().err
