"""Environments and globals: which value counts, and that secrets stay out."""

import json
from pathlib import Path
from typing import Any

import pytest

from pillarbox.model.api import ReadResult
from pillarbox.model.problems import SpecError
from pillarbox.readers import read

VARIABLE = [{"key": "base", "value": "https://own.example"}, {"key": "id", "value": "own"}]


def _read(folder: Path, *environments: tuple[str, Any], variable: Any = VARIABLE) -> ReadResult:
    item = {"name": "Do it", "request": {"url": "{{base}}/x/{{id}}?a={{key}}"}}
    spec = folder / "spec.json"
    spec.write_text(json.dumps({"info": {"name": "A"}, "item": [item], "variable": variable}))
    files = []
    for name, content in environments:
        (folder / name).write_text(content if isinstance(content, str) else json.dumps(content))
        files.append(folder / name)
    return read(spec, environments=files)


def _value(found: ReadResult, wire: str) -> Any:
    (parameter,) = [one for one in found.api.operations[0].parameters if one.wire == wire]
    assert parameter.example is not None
    return parameter.example.value


def _base(found: ReadResult) -> Any:
    assert found.api.server is not None
    return found.api.server.template


def _values(*entries: Any, **more: Any) -> dict[str, Any]:
    return {"name": "E", "values": list(entries), **more}


def test_environments_beat_the_collection_and_globals_lose(tmp_path: Path) -> None:
    one = ("one.json", _values({"key": "id", "value": "one"}, {"key": "key", "value": "k1"}))
    two = (
        "two.environment.yaml",
        "name: Two\nvalues:\n  - {key: id, value: 007, enabled: true, type: default}\n",
    )
    scopes = (
        "g.json",
        _values({"key": "id", "value": "g"}, {"key": "key", "value": "g"}, _postman_variable_scope="globals"),
    )
    assert _value(_read(tmp_path, scopes), "id") == "own"
    assert _value(_read(tmp_path, scopes), "a") == "g"
    assert _value(_read(tmp_path, scopes, one), "a") == "k1"
    assert _value(_read(tmp_path, one, scopes), "a") == "k1"
    assert _value(_read(tmp_path, one, two), "id") == "007"
    assert _value(_read(tmp_path, two, one), "id") == "one"


@pytest.mark.parametrize("name", ["workspace.globals.yaml", "x.postman_globals.json"])
def test_globals_by_their_file_name(tmp_path: Path, name: str) -> None:
    content = json.dumps(_values({"key": "id", "value": "globally"}))
    assert _value(_read(tmp_path, (name, content)), "id") == "own"


def test_what_is_switched_off_does_not_count(tmp_path: Path) -> None:
    off = {"key": "id", "value": "off", "enabled": False}
    assert _value(_read(tmp_path, ("e.json", _values(off))), "id") == "own"
    text = "values:\n  - key: id\n    value: off\n    enabled: false\n  - {key: key, value: on}\n"
    found = _read(tmp_path, ("e.environment.yaml", text))
    assert (_value(found, "id"), _value(found, "a")) == ("own", "on")


def test_the_address_comes_from_the_environment(tmp_path: Path) -> None:
    environment = ("e.environment.yml", "values: {base: 'https://other.example/v1'}\n")
    assert _base(_read(tmp_path, environment)) == ("https://other.example/v1",)


@pytest.mark.parametrize(
    "entry",
    [
        {"key": "id", "value": "zQ7-plain-looking-91", "type": "secret"},
        {"key": "id", "value": "zQ7-plain-looking-91", "type": "secret", "enabled": False},
        {"key": "id", "value": "zQ7-plain-looking-91", "type": "default", "secret": True},
    ],
)
def test_secret_values_are_never_kept(tmp_path: Path, entry: dict[str, Any]) -> None:
    found = _read(tmp_path, ("e.json", _values(entry)), variable=VARIABLE[:1])
    assert "zQ7" not in repr(found)
    assert found.redacted == 1
    (problem,) = found.problems
    assert str(problem.origin) == f"{tmp_path / 'e.json'}#/values/0"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"info": {}, "item": []}, "it is a collection"),
        ({"a": 1}, "no list of `values`"),
        ([], "no list of `values`"),
        ("{", "not JSON"),
    ],
)
def test_what_is_no_environment(tmp_path: Path, content: Any, words: str) -> None:
    with pytest.raises(SpecError, match=words) as caught:
        _read(tmp_path, ("e.json", content))
    assert caught.value.origin.file == str(tmp_path / "e.json")


def test_an_environment_is_no_spec(tmp_path: Path) -> None:
    file = tmp_path / "e.environment.yaml"
    file.write_text("name: E\nvalues: []\n")
    with pytest.raises(SpecError, match="--environment"):
        read(file)


@pytest.mark.parametrize(
    ("variable", "circular"),
    [
        ([("id", "{{id}}")], {"id"}),
        ([("id", "a{{b}}"), ("b", "{{c}}{{c}}"), ("c", "{{id}}{{id}}")], {"id", "b", "c"}),
        ([("id", "{{b}}"), ("b", "{{b}}{{b}}")], {"b"}),
        ([("id", "{{b}}"), ("b", "{{c}}"), ("c", "5")], set()),
    ],
)
def test_a_variable_that_leads_to_itself(
    tmp_path: Path, variable: list[tuple[str, str]], circular: set[str]
) -> None:
    entries = [VARIABLE[0], *({"key": key, "value": value} for key, value in variable)]
    found = _read(tmp_path, variable=entries)
    problems = [problem for problem in found.problems if problem.code == "circular-variable"]
    assert {problem.message.split("'")[1] for problem in problems} == circular
    assert all(problem.origin.pointer.startswith("/variable/") for problem in problems)


def test_a_long_chain_of_variables_ends_soon(tmp_path: Path) -> None:
    chain = [{"key": f"v{n}", "value": f"{{{{v{n + 1}}}}}"} for n in range(20_000)]
    found = _read(tmp_path, variable=[VARIABLE[0], *chain, {"key": "v20000", "value": "{{v0}}"}])
    assert len([problem for problem in found.problems if problem.code == "circular-variable"]) == 20_001
