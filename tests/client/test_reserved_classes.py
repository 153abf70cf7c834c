"""No class of a client has the name of a class of the runtime that its module imports."""

import ast
import json
from pathlib import Path

from pillarbox.client.runtime_files import CLIENT_CLASSES, ERROR_NAMES, SETTING_CLASS, TOKEN_CLASS
from pillarbox.config import ClientSettings
from pillarbox.lock.claims import Lock
from pillarbox.naming.reserved import RESERVED
from pillarbox.pipeline import build
from pillarbox.render.environment import templates_folder

RUNTIME = templates_folder() / "runtime"


def exported(path: str) -> set[str]:
    """`__all__` of a file of the runtime."""
    for node in ast.parse((RUNTIME / path).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return set(ast.literal_eval(node.value))
    raise AssertionError(f"{path} has no __all__")


def test_the_lists_are_those_of_the_runtime() -> None:
    assert {*CLIENT_CLASSES, SETTING_CLASS} == exported("_runtime/client.py")
    assert TOKEN_CLASS in exported("auth.py")
    assert set(ERROR_NAMES) <= exported("errors.py")
    schemes = exported("auth.py") - {"Credential", "Scheme", "Signature", TOKEN_CLASS}
    assert schemes <= RESERVED["class"]


def test_resources_keep_clear_of_what_client_py_imports(tmp_path: Path) -> None:
    names = (*CLIENT_CLASSES, SETTING_CLASS, "Token provider", "Bearer")
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
    imported = [
        alias.asname or alias.name
        for node in ast.walk(ast.parse(built.files.text("client.py")))
        if isinstance(node, ast.ImportFrom) and node.col_offset < 8
        for alias in node.names
    ]
    assert {SETTING_CLASS, TOKEN_CLASS, *CLIENT_CLASSES} <= set(imported)
    assert sorted(imported) == sorted(set(imported))
