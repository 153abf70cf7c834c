"""No class of a client has the name of a class of the runtime that its module imports."""

import ast
import json
from pathlib import Path

import httpx2
import pytest

from pillarbox.client.resource_classes import CLIENT_IMPORTS, RESOURCE_IMPORTS, resource_class
from pillarbox.client.runtime_names import ERROR_NAMES, RUNTIME_MODULES
from pillarbox.config import ClientSettings
from pillarbox.lock.claims import Lock
from pillarbox.model.types import Array, Map, Nullable, Type, Union
from pillarbox.pipeline import build
from pillarbox.render.environment import templates_folder
from tests.oracles import mypy_errors, need, pyright_errors

from .apis import (
    BOOLEAN,
    INTEGER,
    NUMBER,
    STRING,
    api,
    client,
    imported,
    operation,
    record,
    ref,
    schemas,
)

RUNTIME = templates_folder() / "runtime"


def defined(module: str) -> set[str]:
    """The public names that a module of the runtime defines."""
    path = RUNTIME.joinpath(*module.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    found: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                found.add(name)
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                found.add(name)
            case ast.If(orelse=orelse):
                # What type checkers know by another name.
                found |= {item.name for item in orelse if isinstance(item, ast.FunctionDef)}
            case _:
                pass
    return found


def test_the_names_are_where_the_generator_looks_for_them() -> None:
    for name, module in RUNTIME_MODULES.items():
        assert name in defined(module), f"{module} has no {name}"
    assert set(ERROR_NAMES) <= defined("errors")


def test_no_resource_is_called_like_a_class_of_the_runtime() -> None:
    assert {name for name in RUNTIME_MODULES if name[0].isupper()} - {"Model"} <= CLIENT_IMPORTS


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("users", "Users"),
        ("repos.releases", "Releases"),
        ("fine_tuning.jobs", "Jobs"),
        ("from_", "From"),
        ("users_2", "Users_2"),
        ("users2", "Users2"),
        ("acme", "AcmeAcme"),  # the client's own class
        ("async_acme", "AcmeAsyncAcme"),
        ("acme_acme", "AcmeAcmeAcme"),  # beside `acme`
        ("client", "AcmeClient"),  # the runtime's Client
        ("resource", "AcmeResource"),
        ("bearer", "AcmeBearer"),
        ("none", "AcmeNone"),
        ("repos.bearer", "Bearer"),  # only the client's module imports it
        ("repos.resource", "ReposResource"),
        ("jobs.jobs", "JobsJobs"),
        ("jobs.async_jobs", "JobsAsyncJobs"),
        ("jobs.jobs_jobs", "JobsJobsJobs"),  # beside `jobs.jobs`
        ("jobs.jobs.jobs", "Jobs"),
        ("async", "AcmeAsync"),
        ("async.resource", "AcmeAsyncResource"),
        ("jobs.jobs_of_today", "JobsOfToday"),
    ],
)
def test_a_resource_is_named_after_the_last_step(path: str, name: str) -> None:
    assert resource_class(path.split("."), "Acme") == name


def test_resources_of_one_module_have_classes_of_their_own() -> None:
    """Whatever the siblings are: each name is decided from its path alone."""
    steps = ["jobs", "job", "any", "resource", "async"]
    names = [*steps, *(f"{one}_{other}" for one in steps for other in steps)]
    names += [f"{one}_{other}" for one in names for other in steps]
    for parent in (["jobs"], ["any"], ["jobs", "jobs"], ["jobs_jobs"], ["async"], ["async_async"]):
        siblings = {name: resource_class([*parent, name], "Acme") for name in dict.fromkeys(names)}
        both = [*siblings.values(), resource_class(parent, "Acme"), f"Async{resource_class(parent, 'Acme')}"]
        assert len(set(both)) == len(both)
        assert not RESOURCE_IMPORTS & {*both}


def test_resources_keep_clear_of_what_client_py_imports(tmp_path: Path) -> None:
    names = sorted(CLIENT_IMPORTS)
    document = {
        "openapi": "3.0.3",
        "info": {"title": "Names", "version": "1"},
        "servers": [{"url": "https://{region}.names.test", "variables": {"region": {"default": "eu"}}}],
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
        "security": [{"token": []}],
        "paths": {
            f"/{number}": {
                "get": {"tags": [name], "operationId": "read", "responses": {"204": {"description": ""}}}
            }
            for number, name in enumerate(names)
        },
    }
    spec = tmp_path / "spec.json"
    spec.write_text(json.dumps(document), encoding="utf-8")
    built = build(spec, ClientSettings(name="names", spec=spec, output=tmp_path / "names"), Lock())
    for path, parent in (("client.py", "Client"), ("_async/__init__.py", "AsyncClient")):
        imported = [
            alias.asname or alias.name
            for node in ast.walk(ast.parse(built.files.text(path)))
            if isinstance(node, ast.ImportFrom) and node.col_offset < 8
            for alias in node.names
        ]
        assert {parent, "TokenProvider"} <= set(imported)
        assert sorted(imported) == sorted(set(imported))


@pytest.mark.oracle
def test_models_and_fields_may_have_names_of_the_runtime_and_of_builtins(tmp_path: Path) -> None:
    need("pyright")
    names = (
        "Error",
        "Client",
        "Configuration",
        "Operation",
        "Resource",
        "Timeout",
        "Unset",
        "Bearer",
        "ApiError",
    )
    fields: dict[str, Type] = {
        "list": Array(STRING),
        "str_": Nullable(STRING),
        "int": INTEGER,
        "bytes_": Array(INTEGER),
        "bool": BOOLEAN,
        "float": NUMBER,
        "next": Union((ref("Error"), Array(Array(STRING)))),
        "other-ids_": Array(Array(Array(Array(Array(Array(Map(Array(STRING)))))))),
    }
    kinds = {name: record(**fields) for name in names}
    made = client(
        api(*(operation(f"get{name}", f"GET /{name}", ref(name)) for name in names), schemas=schemas(**kinds))
    )
    assert {model.name for model in made.described.models} == set(names)
    assert "list: builtins.list[builtins.str]" in made.model("Error")
    made.write(tmp_path / "shop")
    assert mypy_errors(tmp_path, ["shop"]) == []
    assert pyright_errors(tmp_path, ["shop"]) == []
    shop = imported(made, tmp_path, "shop_builtins")
    value = {
        "list": ["a"], "str": None, "int": 1, "bytes": [1], "bool": True, "float": 1.5, "next": [["b"]],
        "other-ids": [[[[[[{"x": ["c"]}]]]]]],
    }  # fmt: skip

    def answered(_: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, json=value)

    with shop.Shop(transport=httpx2.MockTransport(answered)) as opened:
        found = opened.get_error()
        assert type(found) is shop.models.Error
        assert (found.list, found.str, found.int, found.bytes, found.next) == (["a"], None, 1, [1], [["b"]])
        assert found.model_dump(by_alias=True) == value
        assert opened.with_options(strict=True).get_error() == found
