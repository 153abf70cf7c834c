"""Generates the clients, type-checks the programs, runs them, and compares what they sent and printed with what is wanted."""

import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from shutil import copyfile
from threading import Timer

from ..oracles import mypy_errors, pyright_errors
from .application_server import application, fetched
from .registry import HERE, Application, Program, Vendor
from .server import Running, serve
from .wire import Request, differences, recorded

__all__ = ["Outcome", "run"]

_SECONDS = 120
"""A program that takes longer hangs, and is ended."""
_WORKERS = 2


@dataclass
class Outcome:
    """What came of one program."""

    program: Program
    by: str
    """Where the expected requests are from: `sdk` or `hand`."""
    requests: int
    """How many are expected."""
    faults: list[str] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        return not self.faults


def run(programs: Sequence[Program], folder: Path, *, whole: bool, check_types: bool = True) -> list[Outcome]:
    """Run programs below a folder that is empty.

    Args:
        programs: Those to run.
        folder: Where clients and copies of the programs are written.
        whole: With the vendors' whole documents, else with our reduced ones.
        check_types: Ask mypy and pyright too.
    """
    outcomes = {program.name: _expected(program) for program in programs}
    (folder / "programs").mkdir(parents=True)
    (folder / "programs" / "__init__.py").touch()
    by_api: dict[str, list[Program]] = defaultdict(list)
    for program in programs:
        copyfile(program.path, folder / "programs" / program.path.name)
        by_api[program.api.name].append(program)
    with ThreadPoolExecutor(_WORKERS) as pool:
        work = [pool.submit(_run_api, group, folder, outcomes, whole=whole) for group in by_api.values()]
        for one in work:
            one.result()
    if check_types:
        _check_types([one for one in programs if (folder / one.api.name).is_dir()], folder, outcomes)
    return list(outcomes.values())


def _expected(program: Program) -> Outcome:
    wanted = json.loads(program.expected.read_text(encoding="utf-8"))
    return Outcome(program, wanted["by"], len(wanted["requests"]))


def _run_api(programs: list[Program], folder: Path, outcomes: dict[str, Outcome], *, whole: bool) -> None:
    """Generate one client, and run its programs one after the other against its servers."""
    api = programs[0].api
    with started(api) as servers:
        fault = _generate(api, folder, servers, whole=whole)
        for program in programs:
            faults = [fault] if fault else _run_program(program, folder, servers)
            outcomes[program.name].faults += faults


def started(api: Vendor | Application) -> AbstractContextManager[Running]:
    return serve(api.sites) if isinstance(api, Vendor) else application(api.name)


def _generate(api: Vendor | Application, folder: Path, servers: Running, *, whole: bool) -> str:
    """Generate as a user does, and return what went wrong."""
    spec = document(api, servers, folder, whole=whole)
    if not spec.is_file():
        return f"no such document: {spec}: CONTRIBUTING.md says where public documents are expected"
    work = folder / "work" / api.name
    work.mkdir(parents=True)
    # Paths of a configuration are relative to it, as literals of TOML.
    lines = [
        f"[clients.{api.name}]",
        f"spec = '{spec}'",
        f"output = '{api.name}'",
        f"class = '{api.client}'",
        api.settings,
    ]
    (work / "pillarbox.toml").write_text("\n".join(lines), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pillarbox", "generate"],
        cwd=work,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(HERE.parents[1] / "generator"), "NO_COLOR": "1"},
    )
    if done.returncode:
        return (
            f"generate: exit code {done.returncode}: {(done.stderr or done.stdout).strip().splitlines()[-1]}"
        )
    (work / api.name).rename(folder / api.name)
    return ""


def document(api: Vendor | Application, servers: Running, folder: Path, *, whole: bool) -> Path:
    """The document of an API: the vendor's, ours, or that of the running application."""
    match api:
        case Vendor(document=Path() as vendor) if whole:
            return vendor
        case Vendor():
            return api.reduced
        case Application():
            path = folder / f"{api.name}.json"
            path.write_bytes(fetched(servers.urls["api"] + api.document))
            servers.take()
            return path


def _run_program(program: Program, folder: Path, servers: Running) -> list[str]:
    urls = {"url" if name == "api" else name: url for name, url in servers.urls.items()}
    urls = {name: url for name, url in urls.items() if name in program.urls}
    faults: list[tuple[str, str]] = []
    with _process(program, folder, urls) as process:
        assert process.stdout and process.stdin
        for half in ("sync", "async"):
            line = process.stdout.readline()
            if not line:
                return [*_folded(faults), f"{half}: the process ended"]
            found = _half(program, json.loads(line), servers.take())
            faults += [(half, one) for one in found]
            if half == "sync":
                process.stdin.write("\n")
                process.stdin.flush()
    return _folded(faults)


def _folded(faults: list[tuple[str, str]]) -> list[str]:
    """What both halves do wrong is one fault; a class has another name in each."""
    seen: dict[str, list[str]] = {}
    for half, fault in faults:
        seen.setdefault(fault.replace("Async", ""), []).append(half)
    return [fault if len(halves) > 1 else f"{halves[0]}: {fault}" for fault, halves in seen.items()]


@contextmanager
def _process(program: Program, folder: Path, urls: dict[str, str]) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, str(HERE / "run_program.py"), str(folder), program.name, json.dumps(urls)]
    # No credentials of the caller's own, and no proxy.
    environment = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP") if name in os.environ}
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment | {"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
    )
    watch = Timer(_SECONDS, process.kill)
    watch.start()
    try:
        yield process
    finally:
        watch.cancel()
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream:
                stream.close()


def _half(program: Program, seen: dict[str, str], received: list[Request]) -> list[str]:
    rules = program.api.rules
    wanted = json.loads(program.expected.read_text(encoding="utf-8"))["requests"]
    sent = [recorded(request, rules) for request in received]
    if seen["fault"]:
        found = differences(sent, wanted[: len(sent)])
        return [
            f"{' '.join(seen['fault'].split())} (after {len(sent)} of {len(wanted)} requests)",
            *map(str, found),
        ]
    faults = [str(one) for one in differences(sent, wanted)]
    prints = program.prints.read_text(encoding="utf-8")
    if seen["printed"] != prints:
        lines = zip_longest(seen["printed"].splitlines(), prints.splitlines())
        faults += [f"printed {mine!r}, wanted {other!r}" for mine, other in lines if mine != other]
    return faults


def _check_types(programs: list[Program], folder: Path, outcomes: dict[str, Outcome]) -> None:
    modules = [f"programs.{program.name}" for program in programs]
    with ThreadPoolExecutor(_WORKERS) as pool:
        mypy = pool.submit(mypy_errors, folder, modules)
        pyright = pool.submit(
            pyright_errors, folder, [f"programs/{program.path.name}" for program in programs]
        )
        for checker, errors in (("mypy", mypy.result()), ("pyright", pyright.result())):
            for program in programs:
                found = [error for error in errors if _concerns(error, program)]
                more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
                outcomes[program.name].faults += [f"{checker}: {error}{more}" for error in found[:1]]


def _concerns(error: str, program: Program) -> bool:
    """True for an error in the program, and for one in its client."""
    place = Path(error.partition(":")[0])
    return (
        place.name == program.path.name
        if place.parts[0] == "programs"
        else place.parts[0] == program.api.name
    )
