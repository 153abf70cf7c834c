"""The judge of names: one that finds nothing must not pass for one that is content."""

import json
from pathlib import Path
from typing import Any

import pytest

from pillarbox.config import ClientSettings
from pillarbox.lock.choices import Numbered
from pillarbox.lock.claims import Lock
from pillarbox.pipeline import Built, build

from .names import digests, name_faults


def built(folder: Path, paths: dict[str, Any]) -> tuple[Built, str]:
    spec = folder / "harbour.json"
    document = {"openapi": "3.1.0", "info": {"title": "Harbour", "version": "1"}, "paths": paths}
    spec.write_text(json.dumps(document), encoding="utf-8")
    return build(spec, ClientSettings(name="it", spec=spec, output=Path("it")), Lock()), json.dumps(document)


def operation(operation_id: str = "") -> dict[str, Any]:
    return {"operationId": operation_id, "responses": {"204": {"description": "ok"}}}


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("users.get_a3f91c", True),
        ("resources/users_3fa91c/__init__.py", True),
        ("models.Userc0ffee1", False),
        ("models.User3fa91c", True),
        ("users.get_sha256", False),
        ("users.get_facade", False),
        ("users.list_2024", False),
        ("users.berth_b12c7", False),
    ],
)
def test_digests(name: str, found: bool) -> None:
    assert digests([name], "the berth b12c7 and c0ffee1") == [name] * found


def test_a_good_client_has_no_faults(tmp_path: Path) -> None:
    paths = {"/berths": {"get": operation(), "post": operation()}, "/berths/{id}": {"get": operation()}}
    assert name_faults(*built(tmp_path, paths)) == []


def test_a_long_name_is_found(tmp_path: Path) -> None:
    # Two words, of which none can be left out.
    paths = {f"/{'xy' * 20}/{{id}}/{'zw' * 20}": {"get": operation(), "post": operation()}}
    faults = name_faults(*built(tmp_path, paths))
    assert [fault.rpartition(": ")[2] for fault in faults] == ["81 letters", "85 letters", "88 letters"]


def test_the_number_of_a_copy_is_no_fault(tmp_path: Path) -> None:
    copies = [item("Open", "/berths/a") for _ in range(4)]
    assert numbers(tmp_path, {"name": "Berths", "item": copies}) == []


def test_another_number_is_found(tmp_path: Path) -> None:
    folders = [
        {"name": name, "item": [item("Open", "/tides"), item("Shut", "/tides/a")]}
        for name in ("Berths", "berths!")
    ]
    assert numbers(tmp_path, *folders) == ["berths_2: a number"]


def item(name: str, path: str) -> dict[str, Any]:
    return {"name": name, "request": {"method": "POST", "url": f"https://harbour.test{path}"}}


def numbers(folder: Path, *items: dict[str, Any]) -> list[str]:
    spec = folder / "harbour.postman_collection.json"
    schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
    spec.write_text(
        json.dumps({"info": {"name": "Harbour", "schema": schema}, "item": items}), encoding="utf-8"
    )
    made = build(spec, ClientSettings(name="it", spec=spec, output=Path("it")), Lock())
    assert any(isinstance(choice, Numbered) for choice in made.described.choices.values())
    return name_faults(made, spec.read_text(encoding="utf-8"))
