"""References that lead nowhere, on the command line: what is refused, what is left out, and how it is listed."""

import json
from pathlib import Path
from typing import Any

import pytest

from pillarbox.cli.app import main
from pillarbox.output.files import LEDGER

DONE = {"204": {"description": "Done"}}
SHEET = {"type": "object", "properties": {"title": {"type": "string"}}}


def response(schema: Any) -> dict[str, Any]:
    return {"200": {"description": "Yes", "content": {"application/json": {"schema": schema}}}}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "specs").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(paths: dict[str, Any], **more: Any) -> None:
    head = {"info": {"title": "Archive", "version": "1"}, "servers": [{"url": "https://archive.example"}]}
    text = json.dumps({"openapi": "3.0.3", **head, "paths": paths, **more})
    Path("specs/archive.json").write_text(text, encoding="utf-8")


LOST = {
    "/sheets": {"get": {"operationId": "listSheets", "responses": response(SHEET)}},
    "/sheets/{id}": {"get": {"$ref": "sheets.yaml#/get"}},
}


def run(*options: str) -> int:
    return main(["generate", "specs/archive.json", "--output", "archive", *options])


def test_a_lost_operation_is_refused_and_nothing_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    write(LOST)
    assert run("-q") == 2
    out, err = capsys.readouterr()
    (line,) = err.splitlines()
    for part in (
        "specs/archive.json#/paths/~1sheets~1{id}/get",
        "carries an operation",
        "'sheets.yaml#/get'",
        "there is no such file",
        "--allow-missing-refs",
    ):
        assert part in line
    assert out == ""
    assert not Path("archive").exists()


def test_what_is_allowed_is_left_out_and_listed(capsys: pytest.CaptureFixture[str]) -> None:
    write(LOST)
    assert run("--allow-missing-refs") == 0
    out, err = capsys.readouterr()
    assert "1 of 2 operations" in out
    assert "GET /sheets/{id} is left out" in err
    page = Path("archive/API.md").read_text()
    assert "- GET /sheets/{id} is left out: this reference carries an operation" in page
    (loss,) = [json.loads(line) for line in (Path("archive") / LEDGER).read_text().splitlines()[1:]]
    assert (loss["at"], loss["code"], loss["severity"]) == (
        "/paths/~1sheets~1{id}/get",
        "lost-reference",
        "error",
    )
    assert main(["check", "specs/archive.json", "--output", "archive", "--allow-missing-refs"]) == 0


def test_the_reason_is_only_text() -> None:
    path = "/s`<b>\n# Heading\u202e[x](https://e.example)"
    write({path: {"get": {"$ref": "gone.yaml\n# Heading"}}, **LOST})
    assert run("--allow-missing-refs", "-q") == 0
    page = Path("archive/API.md").read_text()
    section = page.partition("## Not in this client\n\n")[2].splitlines()
    assert len(section) == 2
    assert all(line.startswith("- ") for line in section)
    assert "\u202e" not in page
    assert "<b>" not in page.replace("\\<b>", "")


def test_check_prints_the_command_with_the_option(capsys: pytest.CaptureFixture[str]) -> None:
    write(LOST)
    run("--allow-missing-refs", "-q")
    Path("archive/client.py").unlink()
    assert main(["check", "specs/archive.json", "--output", "archive", "--allow-missing-refs"]) == 1
    assert "generate specs/archive.json --output archive --allow-missing-refs`" in capsys.readouterr().err


def test_the_configuration_allows_it(capsys: pytest.CaptureFixture[str]) -> None:
    write(LOST)
    table = '[clients.archive]\nspec = "specs/archive.json"\noutput = "archive"\n'
    Path("pillarbox.toml").write_text(table)
    assert main(["generate", "-q"]) == 2
    Path("pillarbox.toml").write_text(f"{table}allow_missing_refs = true\n")
    assert main(["generate", "-q"]) == 0
    assert Path("archive/client.py").exists()
    capsys.readouterr()


def test_the_file_arrives(capsys: pytest.CaptureFixture[str]) -> None:
    """A file that was not there is an input of the run: the next one sees it."""
    write(LOST)
    assert run("--allow-missing-refs", "-q") == 0
    node = "get:\n  operationId: getSheet\n  responses: {'204': {description: None}}\n"
    Path("specs/sheets.yaml").write_text(node)
    capsys.readouterr()
    assert run("--allow-missing-refs") == 0
    assert "2 operations" in capsys.readouterr().out
    Path("specs/sheets.yaml").write_text(node.replace("getSheet", "showSheet"))
    assert run() == 0
    out = capsys.readouterr().out
    assert "nothing has changed" not in out


def test_a_lost_schema_is_any_value_and_new_for_strict(capsys: pytest.CaptureFixture[str]) -> None:
    write({"/sheets": {"get": {"operationId": "listSheets", "responses": response({"$ref": "sheet.yaml"})}}})
    assert run("--strict", "-q") == 1
    assert not Path("archive").exists()
    assert run("-q") == 0
    assert "missing-reference" in (Path("archive") / LEDGER).read_text()
    assert run("--strict", "-q") == 0, "known by now"
    capsys.readouterr()


def test_losses_of_another_file_name_it_from_the_spec(capsys: pytest.CaptureFixture[str]) -> None:
    write(
        {"/sheets": {"get": {"operationId": "listSheets", "responses": response({"$ref": "m/sheet.yaml"})}}}
    )
    Path("specs/m").mkdir()
    Path("specs/m/sheet.yaml").write_text("type: object\nproperties:\n  next: {$ref: gone.yaml}\n")
    assert run("-q") == 0
    assert "specs/m/sheet.yaml#/properties/next" in capsys.readouterr().err
    here = (Path("archive") / LEDGER).read_bytes()
    assert json.loads(here.splitlines()[1])["at"] == "m/sheet.yaml#/properties/next"
    spec = Path("specs/archive.json").absolute()
    assert main(["generate", str(spec), "--output", "elsewhere/archive", "-q"]) == 0
    assert (Path("elsewhere/archive") / LEDGER).read_bytes() == here, "wherever the run is started"


def many(count: int) -> dict[str, Any]:
    lost = {
        f"/s{number}": {
            "get": {"operationId": f"s{number}", "responses": response({"$ref": f"#/x/{number}"})}
        }
        for number in range(count)
    }
    bad = {"get": {"operationId": "t", "responses": {"okay": {}, **DONE}}}
    return {**lost, "/t": bad}


def test_problems_of_one_kind_are_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    write(many(7))
    assert run("-q") == 0
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 3
    assert lines[0].startswith(
        "7 x missing-reference, first at specs/archive.json#/paths/~1s0/get/responses/200"
    )
    assert lines[1].startswith("specs/archive.json#/paths/~1t/get/responses/okay: ")
    assert "--verbose" in lines[2]
    assert "pillarbox inspect" in lines[2]


def test_every_problem_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    write(many(7))
    assert run("-q", "--verbose") == 0
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 8
    assert not any(" x " in line for line in lines)
    assert main(["inspect", "specs/archive.json"]) == 0
    listed = capsys.readouterr().err
    assert listed.count("warning: '#/x/") == 7


def test_inspect_shows_what_generate_refuses(capsys: pytest.CaptureFixture[str]) -> None:
    write(LOST)
    assert main(["inspect", "specs/archive.json"]) == 0
    assert "error: GET /sheets/{id} is left out" in capsys.readouterr().err
