"""Judges from outside: type checkers and formatters, run on folders of generated code."""

import importlib.util
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from pillarbox.output.files import LOCK, MANIFEST

__all__ = [
    "SHARED_RUNTIME",
    "mypy_errors",
    "need",
    "pyright_errors",
    "write_package",
    "write_with_shared_runtime",
]

SHARED_RUNTIME = "shared_runtime"
"""Package that holds the one runtime of many clients, so that a type checker reads it once."""


def need(module: str) -> None:
    """Skip the test where a tool is not installed; fail where CI is set."""
    if importlib.util.find_spec(module) is None:
        message = f"{module} is not installed: `make test` installs it"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)


def write_package(files: Mapping[str, bytes], folder: Path) -> None:
    """Write a built package as it would be written by `generate`, without lock and manifest."""
    for path, content in files.items():
        if path in (LOCK, MANIFEST):
            continue
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def write_with_shared_runtime(files: Mapping[str, bytes], runtime: Iterable[str], folder: Path) -> None:
    """Write a package whose runtime is that of `SHARED_RUNTIME` beside it: same types, a fraction of the reading."""
    shared = frozenset(runtime)
    for path, content in files.items():
        if path in (LOCK, MANIFEST) or path in shared:
            continue
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        text = content.decode("utf-8")
        if path.endswith(".py"):
            # With as many dots as lead to the root: a resource may be called `errors`, too.
            root = rf"^(\s*from )\.{{{path.count('/') + 1}}}(?=(?:_runtime|errors|auth)[. ])"
            text = re.sub(root, rf"\g<1>{SHARED_RUNTIME}.", text, flags=re.MULTILINE)
        target.write_bytes(text.encode("utf-8"))


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1", "PYTHONUTF8": "1"}
    # A path given by the caller's shell would let the checker see more than the packages.
    environment.pop("PYTHONPATH", None)
    environment.pop("MYPYPATH", None)
    return subprocess.run(
        command, cwd=folder, check=False, capture_output=True, text=True, encoding="utf-8", env=environment
    )


def mypy_errors(folder: Path, packages: Iterable[str]) -> list[str]:
    """What `mypy --strict` says of packages in a folder: one line for each error."""
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--config-file=",
        "--python-version=3.11",
        "--no-error-summary",
    ]
    command += [
        "--cache-dir",
        str(folder / ".mypy_cache"),
        *(item for name in packages for item in ("-p", name)),
    ]
    done = _run(command, folder)
    lines = [line for line in done.stdout.splitlines() if ": note: " not in line]
    if done.returncode not in (0, 1) or (done.returncode and not lines):
        raise RuntimeError(f"mypy did not run: {done.stderr or done.stdout}")
    return lines


def pyright_errors(folder: Path, packages: Iterable[str]) -> list[str]:
    """What pyright says of packages in a folder with every rule of its strict mode: one line for each error."""
    settings = {
        "include": sorted(packages),
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
        "pythonPlatform": "All",
    }
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable]
    done = _run([*command, "--project", str(folder / "pyrightconfig.json")], folder)
    try:
        report = json.loads(done.stdout[done.stdout.index("{") :])
    except ValueError:
        raise RuntimeError(f"pyright did not run: {done.stderr or done.stdout}") from None
    if report["summary"]["filesAnalyzed"] == 0:
        raise RuntimeError("pyright looked at nothing")
    found = []
    for item in report["generalDiagnostics"]:
        if item["severity"] == "error":
            place = Path(item["file"])
            name = place.relative_to(folder) if place.is_relative_to(folder) else place
            message = " ".join(item["message"].split())
            found.append(f"{name}:{item['range']['start']['line'] + 1}: {message} ({item.get('rule', '')})")
    return found
