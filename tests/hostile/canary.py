"""Imports every module of generated packages and reports what they did beside being imported.

`canary` runs this file as a program in a process of its own: `python -I -B canary.py FOLDER` prints one line of JSON.
Each package is called `harbour` and lies in a folder of its own below FOLDER.
"""

import builtins
import importlib
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

WATCHED = (
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.spawn",
    "os.fork",
    "os.remove",
    "os.rename",
    "os.mkdir",
    "os.rmdir",
    "os.putenv",
    "subprocess.Popen",
    "socket.connect",
    "socket.bind",
    "socket.getaddrinfo",
    "socket.sendto",
    "ctypes.dlopen",
    "shutil.",
    "urllib.Request",
    "webbrowser.open",
    "pty.spawn",
    "http.client.connect",
    "ftplib.connect",
    "smtplib.connect",
)


def write(output: Mapping[str, str], folder: Path) -> None:
    """Write a package for the canary."""
    for path, text in output.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode("utf-8"))


def canary(folder: Path) -> dict[str, Any]:
    """Import all packages below a folder: how many there were, what they did, which modules failed."""
    run = subprocess.run(
        [sys.executable, "-I", "-B", __file__, str(folder)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if run.returncode:
        raise AssertionError(run.stderr[-2000:])
    report: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return report


def main(folder: Path) -> None:
    events: list[str] = []
    state = {"on": False}

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if not state["on"]:
            return
        writes = (
            event == "open"
            and isinstance(arguments[1], str)
            and any(letter in arguments[1] for letter in "wax+")
        )
        if writes or event.startswith(WATCHED):
            events.append(f"{event} {str(arguments)[:120]}")

    importlib.import_module("httpx2")
    importlib.import_module("pydantic")
    before = set(vars(builtins))
    sys.addaudithook(hook)
    failures: list[str] = []
    packages = 0
    for case in sorted(folder.iterdir()):
        sys.path.insert(0, str(case))
        for name in [name for name in sys.modules if name.split(".")[0] == "harbour"]:
            del sys.modules[name]
        importlib.invalidate_caches()
        state["on"] = True
        for path in sorted((case / "harbour").rglob("*.py")):
            parts = path.relative_to(case).with_suffix("").parts
            module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            try:
                importlib.import_module(module)
            except BaseException as error:
                failures.append(f"{case.name} {module}: {type(error).__name__}: {str(error)[:200]}")
        models = sys.modules.get("harbour.models")
        for name in getattr(models, "__all__", ()):
            try:
                getattr(models, name).model_rebuild()
            except BaseException as error:
                failures.append(f"{case.name} models.{name}: {type(error).__name__}: {str(error)[:200]}")
        state["on"] = False
        sys.path.pop(0)
        packages += 1
    events += [f"builtins.{name}" for name in set(vars(builtins)) - before]
    print(json.dumps({"packages": packages, "events": events, "failures": failures}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
