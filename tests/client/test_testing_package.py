"""`testing` of a client: in its source, in its wheels where asked for, and loaded by nobody but tests."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pillarbox.config import ClientSettings
from pillarbox.lock.claims import Lock
from pillarbox.pipeline import build

from ..oracles import need, write_package

DOCUMENT = {
    "openapi": "3.0.3",
    "info": {"title": "Shop", "version": "1"},
    "servers": [{"url": "https://shop.test"}],
    "paths": {
        "/orders": {
            "get": {
                "operationId": "listOrders",
                "tags": ["orders"],
                "responses": {
                    "200": {
                        "description": "",
                        "content": {
                            "application/json": {"schema": {"type": "object"}, "example": {"item": "tea"}}
                        },
                    }
                },
            }
        }
    },
}
PROGRAM = """
import sys
import httpx2
import shop

with shop.Shop(transport=httpx2.MockTransport(lambda request: httpx2.Response(200, json={}))) as client:
    client.request("GET", "/orders")
assert not any(name.startswith("shop.testing") for name in sys.modules)

from shop.testing import ExampleTransport, SavedResponse, serve

with shop.Shop(transport=ExampleTransport()) as client:
    assert client.request("GET", "/orders").json() == {"item": "tea"}
with serve() as base_url, shop.Shop(base_url=base_url) as client:
    assert client.request("GET", "/orders").json() == {"item": "tea"}
"""


def written(folder: Path, *, testing: bool) -> None:
    spec = folder / "shop.json"
    spec.write_text(json.dumps(DOCUMENT))
    settings = ClientSettings(
        name="shop", spec=spec, output=folder, package="shop", project=True, testing=testing
    )
    write_package(build(spec, settings, Lock()).files, folder)


@pytest.mark.parametrize("testing", [False, True])
def test_a_wheel_holds_it_where_asked_for(tmp_path: Path, testing: bool) -> None:
    need("hatchling")
    written(tmp_path, testing=testing)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")]
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "shop/client.py" in names
    held = {name for name in names if name.startswith("shop/testing/")}
    assert held == ({"shop/testing/__init__.py", "shop/testing/examples.json"} if testing else set())


def test_a_call_does_not_load_it(tmp_path: Path) -> None:
    written(tmp_path, testing=False)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=tmp_path, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
