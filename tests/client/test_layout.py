"""The files of a client: a package for each resource, mirrored below `_async/`, whatever the resource is called."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pillarbox.config import ClientSettings
from pillarbox.lock.claims import Lock
from pillarbox.pipeline import Built, build

from ..oracles import mypy_errors, need, pyright_errors, write_package

RESOURCES = (
    *("models", "auth", "errors", "webhooks", "testing", "client", "mcp", "resources", "runtime", "lazy"),
    *(
        "list",
        "dict",
        "str",
        "int",
        "builtins",
        "acme",
        "con",
        "setup",
        "conftest",
        "py",
        "httpx2",
        "self",
        "cls",
    ),
)
"""Names of files, of builtins, and of what a module imports: each is a resource, and one below each `jobs` of `jobs`."""
METHODS = ("list", "dict", "str", "models", "builtins", "int")
"""Methods of one resource, all of which have annotations with these names in them."""


def operation(folder: str, name: str) -> dict[str, Any]:
    thing = {"id": 1, "tags": {"a": ["b"]}, "kind": {"name": "x"}}
    return {
        "name": name,
        "request": {
            "method": "POST",
            "url": {
                "raw": f"https://acme.test/{folder}/{name}?labels=a",
                "host": ["https://acme", "test"],
                "path": [folder, name],
                "query": [
                    {
                        "key": "sort",
                        "value": "up",
                        "description": "How. (This can only be one of up,down,sideways)",
                    },
                ],
            },
            "header": [],
            "body": {"mode": "raw", "raw": json.dumps({"labels": ["a"], "limit": 3, "owner": {"id": 1}})},
        },
        "response": [
            {
                "name": "OK",
                "code": 200,
                "header": [{"key": "Content-Type", "value": "application/json"}],
                "body": json.dumps([thing]),
            }
        ],
    }


def folder_of(name: str, *inside: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "item": list(inside)}


def collection() -> dict[str, Any]:
    below = [
        folder_of(name, operation(f"jobs-{name}", "search")) for name in (*RESOURCES, "jobs", "async jobs")
    ]
    return {
        "info": {
            "name": "Acme",
            "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
        },
        "item": [
            *(folder_of(name, operation(name, "search")) for name in RESOURCES),
            folder_of("jobs", operation("jobs", "search"), *below),
            folder_of("plain", operation("plain", "search"), *(operation("plain", name) for name in METHODS)),
        ],
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Built]:
    folder = tmp_path_factory.mktemp("layout")
    spec = folder / "acme.json"
    spec.write_text(json.dumps(collection()), encoding="utf-8")
    built = build(spec, ClientSettings(name="acme", spec=spec, output=folder / "acme"), Lock())
    write_package(built.files, folder / "acme")
    return folder, built


def test_the_files_mirror_the_attribute_paths(made: tuple[Path, Built]) -> None:
    _, built = made
    paths = [("resources", *resource.path) for resource in built.client.resources]
    assert len(paths) == 2 * len(RESOURCES) + 4
    own = {"/".join((*path, "__init__.py")) for path in (*paths, ("resources",))}
    assert {path for path in built.files if path.startswith("resources/")} == own
    mirrored = {path.removeprefix("_async/") for path in built.files if path.startswith("_async/")}
    assert mirrored == own | {"__init__.py"}
    attributes = {resource.path for resource in built.client.resources}
    assert {("models",), ("jobs", "auth"), ("jobs", "list"), ("con_",), ("lazy",), ("httpx2_",)} <= attributes
    methods = {method.qualified for method in built.client.methods}
    assert {"plain.list", "plain.models", "plain.builtins_"} <= methods


PROGRAM = """
import asyncio, importlib, pkgutil
import acme
from acme import Acme, AsyncAcme
from acme._runtime.client import AsyncClient, Client
from acme._runtime.client import AsyncResource, Resource
from acme.testing import ExampleTransport

BODY = {"labels": ["a"], "limit": 1, "owner": {"id": 1}}


def methods(owner):
    for name in dir(type(owner)):
        if not name.startswith("_") and not hasattr(Client, name) and not hasattr(AsyncClient, name):
            member = getattr(owner, name)
            if isinstance(member, (Resource, AsyncResource)):
                yield from methods(member)
            else:
                yield member


for module in pkgutil.walk_packages(acme.__path__, "acme."):
    importlib.import_module(module.name)


async def main():
    called = [(await method(**BODY))[0].id for method in methods(AsyncAcme(transport=ExampleTransport()))]
    print(len(called), set(called))


called = [method(**BODY)[0].id for method in methods(Acme(transport=ExampleTransport()))]
print(len(called), set(called))
asyncio.run(main())
"""


def run(folder: Path, program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_method_works_twice(made: tuple[Path, Built]) -> None:
    """Submodules that are imported take the place of globals of the module above them: decode with all of them loaded."""
    folder, built = made
    every = f"{len(built.client.methods)} {{1}}\n"
    assert run(folder, PROGRAM) == every * 2


@pytest.mark.oracle
def test_type_checkers_know_both_classes(made: tuple[Path, Built]) -> None:
    need("mypy")
    need("pyright")
    folder, _ = made
    (folder / "user.py").write_text(
        "from typing import assert_type\n\n"
        "from acme import Acme, AsyncAcme, models\n"
        "from acme.resources.jobs import AsyncJobs, Jobs\n"
        "from acme.resources.jobs.jobs import AsyncJobsJobs, JobsJobs\n"
        "from acme.resources.models import AsyncModels, Models\n\n\n"
        "def sync(client: Acme) -> None:\n"
        "    assert_type(client.jobs, Jobs)\n"
        "    assert_type(client.models, Models)\n"
        "    assert_type(client.jobs.jobs, JobsJobs)\n"
        "    assert_type(client.plain.search(labels=['a'])[0], models.Plain)\n\n\n"
        "async def awaited(client: AsyncAcme) -> None:\n"
        "    assert_type(client.jobs, AsyncJobs)\n"
        "    assert_type(client.models, AsyncModels)\n"
        "    assert_type(client.jobs.jobs, AsyncJobsJobs)\n"
        "    assert_type((await client.plain.search(labels=['a']))[0], models.Plain)\n"
    )
    assert mypy_errors(folder, ["acme", "user"]) == []
    assert pyright_errors(folder, ["acme", "user.py"]) == []


@pytest.mark.parametrize(
    ("program", "loaded"),
    [
        ("import acme.resources.jobs; from acme.resources.jobs import Jobs", ["acme.resources.jobs"]),
        ("from acme import Acme; Acme().plain", ["acme.client", "acme.resources.plain"]),
        (
            "from acme.resources.jobs import AsyncJobs",
            ["acme._async", "acme._async.resources.jobs", "acme.client", "acme.resources.jobs"],
        ),
        (
            "from acme import AsyncAcme; AsyncAcme().plain",
            ["acme._async", "acme._async.resources.plain", "acme.client", "acme.resources.plain"],
        ),
    ],
)
def test_only_what_is_used_is_loaded(made: tuple[Path, Built], program: str, loaded: list[str]) -> None:
    """Of an asynchronous resource that is its own pair of modules: the constants are in the synchronous one."""
    folder, _ = made
    program += (
        "\nimport sys; print(*sorted(n for n in sys.modules if n.startswith(('acme._async', 'acme.resources.'))"
        " and n != 'acme._async.resources' or n == 'acme.client'))"
    )
    assert run(folder, program).split() == loaded
