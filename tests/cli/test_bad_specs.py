"""Specs that cannot be used: exit code 2, one line that says what and where, nothing written."""

import json
from pathlib import Path

import pytest

from pillarbox.cli.app import main

SCHEMA = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
INFO = {"name": "Bad", "schema": SCHEMA}


def deep(levels: int) -> str:
    return '{"item":[' * levels + "]}" * levels


def huge(path: Path) -> None:
    """200 MB, of which the disk keeps almost nothing."""
    with path.open("wb") as file:
        file.write(b'{"info": {"name": "')
        file.seek(200 * 1024 * 1024)
        file.write(b'"}}')


BAD: dict[str, str | bytes] = {
    "empty": "",
    "blank": " \n\n",
    "not_json": "GET https://api.example/\n",
    "html": "<!doctype html><title>Sign in</title>",
    "list": "[]",
    "number": "7",
    "null": "null",
    "text": '"item"',
    "other_json": '{"openapi_maybe": true}',
    "truncated": json.dumps({"info": INFO, "item": [{"name": "x", "request": {"method": "GET"}}]})[:-9],
    "two_documents": '{"info": {}}{"info": {}}',
    "item_no_list": json.dumps({"info": INFO, "item": "x"}),
    "items": json.dumps({"info": INFO, "items": [{"name": "x", "request": "https://api.example/"}]}),
    "version_1": json.dumps(
        {"id": "a", "name": "V1", "order": ["b"], "requests": [{"id": "b", "url": "https://x/"}]}
    ),
    "no_request": json.dumps({"info": INFO, "item": []}),
    "only_folders": json.dumps({"info": INFO, "item": [{"name": "f", "item": [{"name": "g", "item": []}]}]}),
    "deep_objects": deep(100_000),
    "deep_lists": "[" * 100_000,
    "deep_value": json.dumps({"info": INFO, "item": []})[:-3] + "[" * 100_000 + "]" * 100_000 + "]}",
    "not_text": b"\xff\xfe\xfd\xfc\x00\x01",
    "latin_1": '{"info": {"name": "Größe"}, "item": []}'.encode("latin-1"),
    "infinite": '{"info": {"name": "x"}, "item": [], "version": Infinity}',
    "long_number": '{"info": {"name": "x"}, "item": [], "version": ' + "9" * 10_000 + "}",
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("command", ["generate", "inspect"])
def test_a_spec_that_cannot_be_used(
    name: str,
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    content = BAD[name]
    (tmp_path / "bad.json").write_bytes(content if isinstance(content, bytes) else content.encode())
    options = ["--output", "out"] if command == "generate" else []
    assert main([command, "bad.json", *options]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert err.startswith("bad.json")
    assert len(err) < 400
    assert not (tmp_path / "out").exists()


def test_a_file_of_200_megabytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    huge(tmp_path / "huge.json")
    assert main(["generate", "huge.json", "--output", "out"]) == 2
    err = capsys.readouterr().err
    assert err.startswith("huge.json: ")
    assert "limit" in err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("mode", [0o000, 0o200])
def test_a_file_that_may_not_be_read(
    mode: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    spec = tmp_path / "secret.json"
    spec.write_text("{}")
    spec.chmod(mode)
    assert main(["inspect", "secret.json"]) == 2
    assert capsys.readouterr().err.startswith("secret.json")


def test_items_that_cannot_be_sent_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    items = [
        {"name": "No address", "request": {"method": "GET", "url": ""}},
        {"name": "Which method", "request": {"method": "{{method}}", "url": "https://api.example/a"}},
        {"name": "Fine", "request": {"method": "GET", "url": "https://api.example/b"}},
    ]
    (tmp_path / "some.json").write_text(json.dumps({"info": INFO, "item": items}))
    assert main(["generate", "some.json", "--output", "some", "--json", "--verbose"]) == 0
    out, err = capsys.readouterr()
    (client,) = json.loads(out)["clients"]
    assert (client["operations"], client["requests"]) == (1, 3)
    assert [problem["severity"] for problem in client["problems"]] == ["error", "error"]
    assert [line.partition(":")[0] for line in err.splitlines()] == [
        "some.json#/item/0/request/url",
        "some.json#/item/1/request/method",
    ]
