"""Postman's own runner: found, run, and held against."""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from .driver import Result, run

__all__ = ["HERE", "MODULES", "capture", "capture_folder", "missing"]

HERE = Path(__file__).parent
MODULES = Path(os.environ.get("NEWMAN_MODULES") or HERE.parents[1] / "build" / "newman" / "node_modules")
"""Where `make conformance` installs newman: outside of what is committed."""


def missing() -> str:
    """Why newman cannot be run here; empty where it can."""
    if shutil.which("node") is None:
        return "node is not installed"
    wanted = json.loads((HERE / "package.json").read_text(encoding="utf-8"))["dependencies"]["newman"]
    package = MODULES / "newman" / "package.json"
    if not package.is_file():
        return f"newman {wanted} is not installed: `make conformance` does that"
    found = json.loads(package.read_text(encoding="utf-8"))["version"]
    return (
        "" if found == wanted else f"newman {found} is installed instead of {wanted}: run `make conformance`"
    )


def capture(collection: Path, output: Path, *options: str, environment: Path | None = None) -> None:
    """Run newman over a collection and write what it sends, a JSON line for each request.

    Raises:
        RuntimeError: newman did not run.
    """
    command = ["node", str(HERE / "capture.mjs"), str(collection), str(output), *options]
    if environment is not None:
        command += ["--environment", str(environment)]
    done = subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "NEWMAN_MODULES": str(MODULES)},
    )
    if done.returncode:
        raise RuntimeError(f"newman did not run over {collection.name}: {done.stderr[-2000:] or done.stdout}")


def _is_collection(path: Path) -> bool:
    """False for environments and whatever else lies beside collections."""
    root = json.loads(path.read_text(encoding="utf-8-sig"))
    root = root.get("collection", root) if isinstance(root, dict) else {}
    return isinstance(root, dict) and isinstance(root.get("item"), list)


def capture_folder(folder: Path, names: list[str]) -> list[Result]:
    """Every collection of a folder against a fresh capture. Environments lie beside it as `NAME.environment.json`."""
    results: list[Result] = []
    why = missing()
    if why:
        raise SystemExit(why)
    with tempfile.TemporaryDirectory() as made:
        for path in sorted(folder.glob("*.json")):
            if (names and path.stem not in names) or not _is_collection(path):
                continue
            environment = path.with_name(f"{path.stem}.environment.json")
            known = environment if environment.is_file() else None
            output = Path(made, f"{path.stem}.jsonl")
            capture(path, output, "--fill", "--freeze", environment=known)
            results.append(run(path, output, known))
    return results
