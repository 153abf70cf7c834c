"""The pyproject.toml of a client that is published declares what the package imports, and nothing else."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from pillarbox.config import ClientSettings, load
from pillarbox.lock.claims import Lock
from pillarbox.pipeline import build

CASES = Path(__file__).resolve().parent.parent / "cases"
CHOSEN = {
    "openapi_schema_discriminator_mapping": True,  # a named union
    "openapi_operation_deprecated": True,  # an operation that is marked
    "openapi_input_forms": True,
    "openapi_security_mutual_tls": False,
    "auth_digest_oauth1_awsv4_foreign": False,
    "project_around_the_package": False,
}
"""Cases, and whether their client imports typing_extensions."""


def imported(files: Mapping[str, bytes]) -> Iterator[str]:
    """Top-level packages that modules import by an absolute name, type-checking blocks included."""
    for path, text in files.items():
        if path.endswith(".py"):
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Import):
                    yield from (name.name.partition(".")[0] for name in node.names)
                elif isinstance(node, ast.ImportFrom) and not node.level:
                    yield str(node.module).partition(".")[0]


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=]", one)[0] for one in requirements}


@pytest.mark.parametrize("case", CHOSEN)
def test_every_import_is_declared(case: str) -> None:
    (spec,) = (CASES / case).glob("spec.*")
    settings = ClientSettings(name="shop", spec=spec, output=CASES / case / "shop")
    if (CASES / case / "pillarbox.toml").exists():
        (settings,) = load(CASES / case / "pillarbox.toml").clients
    built = build(spec, replace(settings, project=True), Lock())
    package = built.client.package
    declared = tomllib.loads(built.files["pyproject.toml"].decode())["project"]
    own = {path: text for path, text in built.files.items() if path.startswith(f"{package}/")}
    wanted = set(imported(own)) - sys.stdlib_module_names
    assert names(declared["dependencies"]) == wanted
    assert ("typing_extensions" in wanted) == CHOSEN[case]
    tests = {path: text for path, text in built.files.items() if path.startswith("tests/")}
    needed = set(imported(tests)) - sys.stdlib_module_names - wanted - {package}
    assert needed <= names(declared["optional-dependencies"]["test"])
