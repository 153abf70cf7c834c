"""What a caller feels: programs that are right for the old client, checked and run against both clients."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pillarbox.config import ClientSettings, parse
from pillarbox.lock.claims import Lock
from pillarbox.pipeline import Built, build
from pillarbox.review.changes import Review
from pillarbox.review.compare import compare
from pillarbox.review.matching import Version

from ..oracles import SHARED_RUNTIME, mypy_errors, write_with_shared_runtime
from .table import Case, Config

__all__ = ["Felt", "felt", "review_of", "versions"]

PACKAGE = "bakery"


@dataclass(frozen=True)
class Felt:
    """What became of a program: what the type checker said, and what running it raised."""

    types: tuple[str, ...]
    call: str

    @property
    def fine(self) -> bool:
        return not self.types and not self.call


def _settings(spec: Path, config: Config) -> ClientSettings:
    table = {"spec": spec.name, "output": PACKAGE, **config}
    (settings,) = parse({"clients": {PACKAGE: table}}, spec.with_name("pillarbox.toml")).clients
    return settings


def _built(case: Case, doc: Mapping[str, Any], config: Config, lock: Lock, folder: Path) -> Built:
    spec = folder / case.format.file
    spec.write_text(json.dumps(doc), encoding="utf-8")
    return build(spec, _settings(spec, config), lock)


def versions(case: Case, folder: Path) -> tuple[Built, Built]:
    """The old client, and the new one with the names of the old one's lock."""
    doc = case.format.base()
    if case.before is not None:
        case.before(doc)
    old = _built(case, doc, case.old or {}, Lock(), folder)
    doc = deepcopy(doc)
    if case.edit is not None:
        case.edit(doc)
    config = case.old if case.new is None else case.new
    new = _built(case, doc, config or {}, old.lock, folder)
    if case.pruned:
        new = _built(case, doc, config or {}, new.lock.without_aliases(), folder)
    return old, new


def _version(built: Built) -> Version:
    return Version(built.client, built.lock, built.losses)


def review_of(old: Built, new: Built) -> Review:
    """What `pillarbox diff` finds."""
    return compare(PACKAGE, _version(old), _version(new))


_PROGRAM = """\
import httpx2
from {package} import {name}
from {package} import models as models


def run(transport: httpx2.BaseTransport) -> None:
    client = {client}
{body}
"""

_DRIVER = '''\
"""Run every program against the server of its own version, and print what it raised."""

import importlib, json
import httpx2
from RUNTIME.testing import ExampleTransport

jobs = json.load(open("jobs.json"))
found = {}
for name, job in jobs.items():
    examples = ExampleTransport(job["package"] + "/testing/examples.json")

    class Server(httpx2.BaseTransport):
        def handle_request(self, request):
            if job["demands"] and job["demands"] not in request.headers:
                return httpx2.Response(401, json={"message": "Who are you?"})
            answer = examples.handle_request(request)
            if answer.status_code == 501:  # nothing is saved
                return httpx2.Response(200, json={"ok": True})
            return answer

    try:
        importlib.import_module("programs." + name).run(Server())
    except BaseException as error:
        found[name] = f"{type(error).__name__}: {error}"
print("\\0" + json.dumps(found))
'''.replace("RUNTIME", SHARED_RUNTIME)


def _program(case: Case, package: str, name: str) -> str:
    body = "\n".join(f"    {line}" for line in case.program.split("\n"))
    client = case.client
    text = _PROGRAM.format(package=package, name=name, client=client, body=body)
    return re.sub(r"\bfrom old\b", f"from {package}", text)


def _share_runtime(built: Built, folder: Path) -> None:
    """Packages have the runtime files that they use: the shared runtime has those of all of them."""
    for path in built.client.runtime:
        target = folder / path
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(built.files[path])


def felt(cases: Sequence[tuple[Case, Built, Built]], folder: Path) -> Mapping[str, tuple[Felt, Felt]]:
    """What each program feels with the old client and with the new one, by the name of its case."""
    programs = folder / "programs"
    programs.mkdir()
    (programs / "__init__.py").touch()
    for _, old, new in cases:
        for built in (old, new):
            _share_runtime(built, folder / SHARED_RUNTIME)
    (folder / SHARED_RUNTIME / "__init__.py").touch()
    written: dict[str, str] = {}
    jobs: dict[str, dict[str, str]] = {}
    for case, old, new in cases:
        for side, built in (("old", old), ("new", new)):
            key = json.dumps(
                {path: built.files[path].decode() for path in built.files if path.endswith((".py", ".json"))}
            )
            package = written.get(key)
            if package is None:
                package = f"client_{len(written)}"
                written[key] = package
                write_with_shared_runtime(built.files, built.client.runtime, folder / package)
            module = f"{side}_{case.name}"
            (programs / f"{module}.py").write_text(
                _program(case, package, old.client.class_name), encoding="utf-8"
            )
            jobs[module] = {"package": package, "demands": case.demands if side == "new" else ""}
    (folder / "jobs.json").write_text(json.dumps(jobs), encoding="utf-8")
    raised = _run(folder)
    if os.environ.get("PILLARBOX_SHOW"):
        print(json.dumps(raised, indent=1))
    errors: dict[str, list[str]] = {}
    for line in mypy_errors(folder, ["programs"]):
        errors.setdefault(Path(line.partition(":")[0]).stem, []).append(line)
    strangers = errors.keys() - jobs.keys()
    assert not strangers, sorted(errors[name][0] for name in strangers)[:5]
    return {
        case.name: (
            Felt(tuple(errors.get(f"old_{case.name}", ())), raised.get(f"old_{case.name}", "")),
            Felt(tuple(errors.get(f"new_{case.name}", ())), raised.get(f"new_{case.name}", "")),
        )
        for case, _, _ in cases
    }


def _run(folder: Path) -> dict[str, str]:
    (folder / "drive.py").write_text(_DRIVER, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "drive.py"],
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout.rpartition("\0")[2])
    return found
