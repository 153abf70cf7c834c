"""The limits of a configuration hold: each is an error of one line that says what to raise."""

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from pillarbox.cli.app import main
from pillarbox.config import ClientSettings, Limits
from pillarbox.lock.claims import Lock
from pillarbox.model.problems import Origin, SpecError
from pillarbox.pipeline import build, describe
from pillarbox.readers.limits import Deadline

REF = {"$ref": "#/components/schemas/Cake"}
CAKE = {
    "type": "object",
    "properties": {"layers": {"type": "array", "items": REF}, "name": {"type": "string"}},
}


def openapi(paths: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    info = {"title": "Bakery", "version": "1"}
    return {"openapi": "3.1.0", "info": info, "paths": paths, "components": {"schemas": schemas}}


def returning(schema: Any) -> dict[str, Any]:
    content = {"application/json": {"schema": schema}}
    return {"get": {"responses": {"200": {"description": "OK", "content": content}}}}


def collection(number: int) -> dict[str, Any]:
    def item(name: str) -> dict[str, Any]:
        saved = {"name": "OK", "code": 200, "body": json.dumps({"name": name})}
        return {"name": name, "request": {"url": f"https://a.example/{name}"}, "response": [saved]}

    return {"info": {"name": "Bakery"}, "item": [item(f"cake{index}") for index in range(number)]}


CAKES = openapi({"/cakes": returning(REF), "/best": returning(REF)}, {"Cake": CAKE})


def settings(folder: Path, document: Any, **limits: int) -> ClientSettings:
    spec = folder / "bakery.json"
    spec.write_text(json.dumps(document), encoding="utf-8")
    return ClientSettings(name="bakery", spec=spec, output=folder / "bakery", limits=Limits(**limits))


def test_references(tmp_path: Path) -> None:
    config = settings(tmp_path, CAKES, references=1)
    with pytest.raises(SpecError, match=r"than the limit of 1; raise `limits\.references` in") as caught:
        describe(config.spec, config, Lock())
    assert "\n" not in str(caught.value)
    three = replace(config, limits=Limits(references=3))
    assert describe(config.spec, three, Lock()).read.requests == 2


def ticking(ends_after: int, spec: Path) -> tuple[Deadline, Iterator[int]]:
    """A deadline that passes when the time has been asked for so often, and the times asked."""
    times = count()
    return Deadline(7, Origin(str(spec)), float(ends_after), lambda: float(next(times))), times


@pytest.mark.parametrize("document", [CAKES, collection(5)], ids=["openapi", "postman"])
def test_seconds_hold_at_every_step(tmp_path: Path, document: Any) -> None:
    """Whenever the time is up, the run ends there; the last look at the clock is at the last file."""
    config = settings(tmp_path, document)
    deadline, times = ticking(1_000_000, config.spec)
    build(config.spec, config, Lock(), deadline=deadline)
    looks = next(times)
    assert looks > 20
    for ends_after in range(-1, looks - 1):
        deadline, times = ticking(ends_after, config.spec)
        with pytest.raises(SpecError, match=r"than the limit of 7 seconds; raise `limits\.seconds` in"):
            build(config.spec, config, Lock(), deadline=deadline)
        assert next(times) == ends_after + 2
    deadline, _ = ticking(looks - 1, config.spec)
    build(config.spec, config, Lock(), deadline=deadline)


@pytest.mark.parametrize(
    ("name", "text"),
    [("bakery.yaml", "[" * 30 + "]" * 30), ("bakery.json", json.dumps(CAKES)), ("folder", "")],
)
def test_seconds_hold_while_a_file_is_parsed(tmp_path: Path, name: str, text: str) -> None:
    spec = tmp_path / name
    if text:
        spec.write_text(text)
    else:
        spec.mkdir()
    config = replace(settings(tmp_path, CAKES), spec=spec)
    deadline, times = ticking(-1, spec)
    with pytest.raises(SpecError, match="than the limit of 7 seconds"):
        describe(spec, config, Lock(), deadline=deadline)
    assert next(times) == 1


def test_the_configured_seconds_end_a_slow_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each of many schemas merges the same thousand: a few hundred kilobytes that would take a minute."""
    parts = [{"type": "object", "properties": {f"part{index}": {"type": "string"}}} for index in range(900)]
    schemas = {"All": {"allOf": parts}}
    paths = {
        f"/cakes/{index}": returning(
            {
                "allOf": [
                    {"$ref": "#/components/schemas/All"},
                    {"properties": {f"own{index}": {"type": "string"}}},
                ]
            }
        )
        for index in range(3_000)
    }
    settings(tmp_path, openapi(paths, schemas))
    (tmp_path / "pillarbox.toml").write_text(
        '[clients.bakery]\nspec = "bakery.json"\noutput = "bakery"\n[clients.bakery.limits]\nseconds = 1\n'
    )
    monkeypatch.chdir(tmp_path)
    assert main(["generate"]) == 2
    (line,) = [line for line in capsys.readouterr().err.splitlines() if "limit" in line]
    assert "the run takes longer than the limit of 1 second; raise `limits.seconds` in" in line
    assert not (tmp_path / "bakery").exists()
