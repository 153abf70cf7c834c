"""`models/__init__.py`: a line for each name for type checkers, and one for the interpreter, which imports it when it is used."""

import difflib
import json
from pathlib import Path
from typing import Any

import pytest

from pillarbox.config import ClientSettings
from pillarbox.lock.claims import Lock
from pillarbox.pipeline import Built, build
from pillarbox.render import formatting

from ..oracles import mypy_errors, need, pyright_errors, write_package
from .test_layout import run

NAMES = ("Shelf", "Order", "OrderCollectionPointOpeningHours")
ADDED = "CourierCollectionPointOpeningHours"


def document(*names: str) -> dict[str, Any]:
    def call(name: str) -> dict[str, Any]:
        body = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
        return {
            "requestBody": {
                "content": {"application/json": {"schema": {"properties": {"it": body_of(name)}}}},
            },
            "responses": {"200": {"description": "OK", "content": body}},
        }

    def body_of(name: str) -> dict[str, str]:
        return {"$ref": f"#/components/schemas/{name}"}

    return {
        "openapi": "3.0.3",
        "info": {"title": "Shop", "version": "1"},
        "paths": {f"/{name.lower()}": {"post": call(name)} for name in names},
        "components": {
            "schemas": {
                name: {"type": "object", "properties": {"first": {"type": "string"}}} for name in names
            }
        },
    }


def made(folder: Path, *names: str) -> Built:
    folder.mkdir(exist_ok=True)
    spec = folder / "shop.json"
    spec.write_text(json.dumps(document(*names)), encoding="utf-8")
    return build(spec, ClientSettings(name="shop", spec=spec, output=folder / "shop"), Lock())


def index_of(built: Built) -> str:
    return built.files["models/__init__.py"].decode()


def test_a_new_model_is_two_new_lines(tmp_path: Path) -> None:
    """Two for each of its names: the model, and its input form. However long, no other line changes."""
    before, after = index_of(made(tmp_path, *NAMES)), index_of(made(tmp_path, *NAMES, ADDED))
    changed = [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]
    module = "courier_collection_point_opening_hours"
    assert sorted(line[1:].strip() for line in changed) == [
        f'"{ADDED}": "{module}",',
        f'"{ADDED}Param": "{module}",',
        f"from .{module} import {ADDED} as {ADDED}",
        f"from .{module} import {ADDED}Param as {ADDED}Param",
    ]
    assert {line[0] for line in changed} == {"+"}
    assert formatting._black(after) == after


def test_a_model_is_imported_when_it_is_used(tmp_path: Path) -> None:
    write_package(made(tmp_path, *NAMES).files, tmp_path / "shop")
    program = """
import sys
from shop import models
loaded = lambda: sorted(name for name in sys.modules if name.startswith("shop.models."))
assert loaded() == []
from shop.models import Shelf
assert loaded() == ["shop.models.shelf"]
assert models.Shelf is Shelf
assert {"Order", "OrderParam", "Shelf", "OrderCollectionPointOpeningHours"} <= set(dir(models))
assert loaded() == ["shop.models.shelf"]
for name in dir(models):
    getattr(models, name)
assert not hasattr(models, "Typo")
print("done")
"""
    assert run(tmp_path, program) == "done\n"


@pytest.mark.oracle
def test_type_checkers_know_every_name_and_no_other(tmp_path: Path) -> None:
    need("mypy")
    need("pyright")
    write_package(made(tmp_path, *NAMES).files, tmp_path / "shop")
    (tmp_path / "user.py").write_text(
        "from typing import assert_type\n\n"
        "from shop import models\n"
        "from shop.models import OrderCollectionPointOpeningHours as Hours\n\n"
        "assert_type(models.Shelf().first, str | None)\n"
        "hours: models.OrderCollectionPointOpeningHours = Hours()\n"
        "form: models.ShelfParam = {'first': 'a'}\n",
        encoding="utf-8",
    )
    (tmp_path / "typo.py").write_text("from shop import models\n\nmodels.Shelve\n", encoding="utf-8")
    assert mypy_errors(tmp_path, ["shop", "user"]) == []
    assert pyright_errors(tmp_path, ["shop", "user.py"]) == []
    assert len(mypy_errors(tmp_path, ["typo"])) == 1
    assert any("Shelve" in error for error in pyright_errors(tmp_path, ["typo.py"]))
