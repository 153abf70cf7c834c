"""The ledger: the same loss is the same line, whatever else moves, and `--strict` sees new ones alone."""

import json
from pathlib import Path
from typing import Any

import pytest

from pillarbox.cli.app import main
from pillarbox.model.problems import Severity
from pillarbox.output.files import LEDGER
from pillarbox.views.losses import Entry, Ledger, LedgerError

LOSS = Entry("users.get", "untyped", "the array is empty", Severity.NOTE, 2)
GONE = Entry("", "unsendable-item", "'x' cannot be sent", Severity.ERROR)


def request(name: str, url: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "request": {"method": "GET", "url": url, **more}}


@pytest.fixture
def spec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path / "shop.json"


def write(spec: Path, *items: dict[str, Any]) -> None:
    schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
    spec.write_text(json.dumps({"info": {"name": "Shop", "schema": schema}, "item": list(items)}))


GOOD = request("List books", "https://shop.example/books")
LOST = request("Nowhere", "")
UNKNOWN = request("Get a book", "https://shop.example/book", auth={"type": "vendor"})


def run(*options: str) -> int:
    return main(["generate", "shop.json", "--output", "shop", "--quiet", *options])


def ledger() -> str:
    return (Path("shop") / LEDGER).read_text()


def test_nothing_lost_no_file(spec: Path) -> None:
    write(spec, GOOD)
    assert run() == 0
    assert not (Path("shop") / LEDGER).exists()


def test_a_loss_is_one_line_that_does_not_move(spec: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(spec, GOOD, LOST, UNKNOWN)
    assert run() == 0
    before = ledger()
    lines = [json.loads(line) for line in before.splitlines()]
    assert lines[0] == {"ledger": 1}
    assert [(line["at"], line["code"], line["severity"]) for line in lines[1:]] == [
        ("", "unsendable-item", "error"),
        ("get_book", "unknown-auth", "warning"),
    ]
    assert "/item/1" in capsys.readouterr().err, "the pointer is for the person, now"
    write(spec, request("New", "https://shop.example/new"), LOST, UNKNOWN, GOOD)
    assert run() == 0
    assert ledger() == before


def test_strict_fails_on_new_entries_only(spec: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(spec, GOOD, LOST)
    assert run("--strict") == 1
    assert not Path("shop").exists()
    assert run() == 0
    assert run("--strict") == 0, "what was accepted stays accepted"
    write(spec, GOOD, LOST, request("Changed", "https://shop.example/changed"))
    assert run("--strict") == 0
    capsys.readouterr()
    write(spec, GOOD, LOST, LOST)
    assert run("--strict") == 1
    assert "--strict found 1 new loss" in capsys.readouterr().err
    write(spec, GOOD, LOST, UNKNOWN)
    before = ledger()
    assert run("--strict") == 1
    err = capsys.readouterr().err
    assert "shop: new: unknown-auth at get_book: " in err
    assert ledger() == before
    assert run() == 0
    assert run("--strict") == 0


def test_a_loss_that_ended_leaves_the_ledger(spec: Path) -> None:
    write(spec, GOOD, LOST)
    assert run() == 0
    write(spec, GOOD)
    assert run() == 0
    assert not (Path("shop") / LEDGER).exists()


def test_untyped_places_are_counted_and_never_refused(spec: Path) -> None:
    answer = {"name": "OK", "code": 200, "body": '{"a": [], "b": {"c": []}}'}
    write(spec, GOOD | {"response": [answer]})
    assert run("--strict") == 0
    (_, line) = ledger().splitlines()
    assert json.loads(line) == {
        "at": "list_books", "code": "untyped", "count": 2, "message": "the array is empty", "severity": "note",
    }  # fmt: skip


def test_the_ledger_as_json(spec: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(spec, GOOD, UNKNOWN)
    assert main(["check", "shop.json", "--output", "shop", "--json"]) == 1
    (client,) = json.loads(capsys.readouterr().out)["clients"]
    (entry,) = client["ledger"]
    assert (entry["at"], entry["code"], entry["count"]) == ("get_book", "unknown-auth", 1)


def test_text_of_the_spec_stays_in_its_line(spec: Path) -> None:
    write(spec, GOOD, request('bad\nname\u2028\x1b[31m"}', ""))
    assert run() == 0
    assert ledger().isascii()
    assert len(ledger().splitlines()) == 2
    assert "\x1b" not in ledger()


def test_reading_it_back() -> None:
    found = Ledger((GONE, LOSS))
    assert Ledger.parse(found.render(), "x") == found
    assert Ledger.parse("\ufeff" + found.render().replace("\n", "\r\n"), "x") == found
    assert [entry.count for entry in Ledger.parse(found.render(), "x").entries] == [1, 2]
    assert found.new_since(Ledger()) == (GONE, LOSS)
    assert found.new_since(Ledger((Entry("users.get", "untyped", LOSS.message, Severity.NOTE, 1), GONE))) == (
        LOSS,
    )
    assert (
        found.new_since(Ledger((Entry("users.get", "untyped", LOSS.message, Severity.NOTE, 3), GONE))) == ()
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "x:1: is not a ledger"),
        ("[]\n", "x:1: is not a ledger"),
        ("<<<<<<< ours\n", "x:1: is not a ledger"),
        ('{"ledger":2}\n', "x:1: was written by a later version"),
        ('{"ledger":1}\n{}\n', "x:2: is broken"),
        ('{"ledger":1}\n\n=======\n', "x:3: is broken"),
        ('{"ledger":1}\n{"at":"","code":"","message":"","severity":"grave"}\n', "x:2: is broken"),
        ('{"ledger":1}\n{"at":"","code":"","message":"","severity":"note","count":"1"}\n', "x:2: is broken"),
        ('{"ledger":1}\n' + "[" * 100_000, "x:2: is broken"),
    ],
)  # fmt: skip
def test_a_broken_ledger(text: str, said: str) -> None:
    with pytest.raises(LedgerError, match=said):
        Ledger.parse(text, "x")


def test_a_broken_ledger_stops_strict_alone(spec: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(spec, GOOD, LOST)
    assert run() == 0
    whole = ledger()
    (Path("shop") / LEDGER).write_text("<<<<<<< ours\n")
    capsys.readouterr()
    assert run("--strict") == 2
    err = capsys.readouterr().err
    assert len(err.splitlines()) == 1
    assert LEDGER in err
    assert run() == 0
    assert ledger() == whole
