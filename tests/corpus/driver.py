"""Public specs, end to end: generate, import, type-check with all example calls, call them, judge what was sent and read.

A call is good when the request is the one that the spec describes, and every saved answer of success decodes in
strict mode and dumps back to equal JSON. The spec is read by a judge of its own, not through our reader.
"""

import asyncio
import importlib
import re
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Protocol

import httpx2

from pillarbox.client.api import Method
from pillarbox.config import ClientSettings
from pillarbox.lock.claims import Lock
from pillarbox.model.api import SavedExample
from pillarbox.model.problems import SpecError
from pillarbox.pipeline import Built, build
from pillarbox.views.statistics import statistics_of

from ..oracles import SHARED_RUNTIME, mypy_errors, pyright_errors, write_package, write_with_shared_runtime
from .calls import arguments, dumped, program, same, with_all_parameters
from .documents import Document, is_document, load
from .lines import count_lines
from .names import name_faults
from .openapi import DocumentJudge
from .postman import CollectionJudge

__all__ = ["Outcome", "Spec", "run"]

_CLIENT = "CorpusApi"
_BASE = "https://corpus.test/base"
_WORKERS = 2
"""Generating and calling share the machine's two cores; after that, the two type checkers do."""


class Judge(Protocol):
    """What a spec says of the calls of its client."""

    @property
    def requests(self) -> int: ...
    def lost(self, operations: tuple[Method, ...]) -> list[str]: ...
    def is_documented(self, planned: Method, saved: SavedExample) -> bool: ...
    def answer_faults(self, planned: Method) -> list[str]: ...
    def sent_faults(self, requests: list[httpx2.Request], planned: Method) -> list[str]: ...


@dataclass(frozen=True)
class Spec:
    """A spec, and what it is called below its folder."""

    path: Path
    name: str

    @property
    def package(self) -> str:
        """A name of its own for its package, also where two folders hold one `zoom`."""
        return re.sub(r"\W+", "_", f"{self.path.parts[-2]}_{self.name.rpartition('.')[0]}").lower()


@dataclass
class Outcome:
    """What came out of one spec."""

    name: str
    openapi: bool = False
    requests: int = 0
    operations: int = 0
    good: int = 0
    documented: int = 0
    """Answers of success that the spec holds and the client decoded."""
    made: int = 0
    """Answers that the generator made from schemas and the client decoded."""
    fields: int = 0
    untyped: int = 0
    code: int = 0
    docstrings: int = 0
    type_errors: list[str] = field(default_factory=list)
    bad_calls: list[str] = field(default_factory=list)
    unimported: list[str] = field(default_factory=list)
    """Modules that fail to import."""
    failure: str = ""
    """Why there is no package at all, or why its client cannot be made."""
    lost: list[str] = field(default_factory=list)
    bad_names: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """All requests became operations, and every module imports."""
        return not self.failure and not self.unimported and not self.lost and self.operations == self.requests


def run(specs: list[Spec], folder: Path, *, check_types: bool = True) -> list[Outcome]:
    """Put every spec through it, with packages below `folder`."""
    folders = [folder] * len(specs)
    if len(specs) < _WORKERS + 1:
        outcomes = list(map(_one, specs, folders))
    else:
        # A process for each spec: what one leaves behind (modules, classes, memory) is nothing to the next.
        context = get_context("spawn")
        with ProcessPoolExecutor(_WORKERS, mp_context=context, max_tasks_per_child=1) as pool:
            outcomes = list(pool.map(_one, specs, folders))
    if check_types:
        _check_types(folder / "typed", dict(zip((spec.package for spec in specs), outcomes, strict=True)))
    return outcomes


def _one(spec: Spec, folder: Path) -> Outcome:
    outcome = Outcome(spec.name)
    root = load(spec.path)
    outcome.openapi = is_document(root)
    if outcome.openapi:
        outcome.requests = len(Document(root).operations)
    try:
        built = _generate(spec, folder)
    except SpecError as error:
        outcome.failure = str(error)
        return outcome
    judge: Judge = (
        DocumentJudge(Document(root)) if outcome.openapi else CollectionJudge(spec.path, built.read.requests)
    )
    _count(built, judge, outcome)
    outcome.bad_names = name_faults(built, spec.path.read_text(encoding="utf-8-sig"))
    sys.path.insert(0, str(folder / "packages"))
    try:
        _call(spec.package, built, judge, folder, outcome)
    finally:
        sys.path.remove(str(folder / "packages"))
    return outcome


def _generate(spec: Spec, folder: Path) -> Built:
    name = spec.package
    settings = ClientSettings(name=name, spec=spec.path, output=Path(name), client_class=_CLIENT)
    built = build(spec.path, settings, Lock())
    write_package(built.files, folder / "packages" / name)
    runtime = built.client.runtime
    (folder / "typed" / name).mkdir(parents=True, exist_ok=True)
    (folder / "typed" / name / "example_calls.py").write_text(
        program(built.client.methods, _CLIENT), encoding="utf-8"
    )
    write_with_shared_runtime(built.files, runtime, folder / "typed" / name)
    write_package({path: built.files[path] for path in runtime}, folder / "typed" / SHARED_RUNTIME)
    return built


def _count(built: Built, judge: Judge, outcome: Outcome) -> None:
    outcome.requests, outcome.operations = judge.requests, len(built.client.methods)
    outcome.lost = judge.lost(built.client.methods)
    statistics = statistics_of(built.client)
    outcome.fields, outcome.untyped = statistics.fields, statistics.untyped
    runtime = frozenset(built.client.runtime)
    for path in built.files:
        # The folded modules are for no reader: they repeat the synchronous ones.
        if path.endswith(".py") and path not in runtime and not path.startswith("_async/"):
            lines = count_lines(built.files.text(path))
            outcome.code += lines.code
            outcome.docstrings += lines.docstrings


def _check_types(folder: Path, outcomes: dict[str, Outcome]) -> None:
    packages = [name for name, outcome in outcomes.items() if not outcome.failure]
    if not packages:
        return
    (folder / SHARED_RUNTIME / "__init__.py").touch()
    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(mypy_errors, folder, packages), pool.submit(pyright_errors, folder, packages)]
    for error in (line for done in runs for line in done.result()):
        name = error.partition("/")[0]
        (outcomes.get(name) or outcomes[packages[0]]).type_errors.append(error)


def _import_all(name: str, folder: Path) -> Iterable[str]:
    """Modules that do not import, and why."""
    for path in sorted((folder / name).rglob("*.py")):
        steps = path.relative_to(folder).with_suffix("").parts
        module = ".".join(steps[:-1] if steps[-1] == "__init__" else steps)
        try:
            importlib.import_module(module)
        except Exception as error:
            yield f"{module} does not import: {error!r}"


def _call(name: str, built: Built, judge: Judge, folder: Path, outcome: Outcome) -> None:
    outcome.unimported += _import_all(name, folder / "packages")
    try:
        session = _Session(importlib.import_module(name), built, judge, outcome)
    except Exception as error:
        outcome.failure = f"the client cannot be made: {error!r}"
        return
    with session:
        for number, planned in enumerate(built.client.methods):
            faults = session.faults(planned, number)
            if faults:
                outcome.bad_calls.append(f"{planned.qualified} ({planned.origin}): {'; '.join(faults)}")
            else:
                outcome.good += 1


class _Recorder(httpx2.BaseTransport, httpx2.AsyncBaseTransport):
    """Keeps the request and gives the answer that was put in."""

    def __init__(self) -> None:
        self.requests: list[httpx2.Request] = []
        self.answer: SavedExample | None = None

    def _respond(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        saved = self.answer
        if saved is None:
            return httpx2.Response(204)
        if saved.text is not None:
            headers = {"Content-Type": saved.media_type} if saved.media_type else {}
            return httpx2.Response(saved.status, headers=headers, content=saved.text.encode())
        if not saved.media_type:
            return httpx2.Response(saved.status)
        response = httpx2.Response(saved.status, json=saved.json)
        response.headers["Content-Type"] = saved.media_type
        return response

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        request.read()
        return self._respond(request)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        await request.aread()
        return self._respond(request)


class _Session:
    """The two clients of one package on a recording transport."""

    def __init__(self, module: Any, built: Built, judge: Judge, outcome: Outcome) -> None:
        self._judge = judge
        self._outcome = outcome
        self._transport = _Recorder()
        names = [entry.last for entry in built.lock.of("credential")]
        given: dict[str, Any] = {name: f"made-up-{name.replace('_', '-')}" for name in names}
        given |= {entry.last: "setting" for entry in built.lock.of("setting")}
        given["base_url"] = _BASE
        (class_name,) = (name for name in module.__all__ if f"Async{name}" in module.__all__)
        options = {"transport": self._transport, "strict": True, "max_retries": 0, "allow_insecure": True}
        self._client = getattr(module, class_name)(**given, **options)
        self._async_client = getattr(module, f"Async{class_name}")(**given, **options)
        self._loop = asyncio.new_event_loop()

    def __enter__(self) -> "_Session":
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()
        self._loop.run_until_complete(self._async_client.aclose())
        self._loop.close()

    def faults(self, planned: Method, number: int) -> list[str]:
        """What is wrong with the calls of one operation: one for each saved answer of success, some asynchronous."""
        answers: list[SavedExample | None] = [
            saved
            for response in planned.responses
            for saved in response.examples
            if 200 <= saved.status < 300
        ]
        found = self._judge.answer_faults(planned)
        if self._outcome.openapi and (whole := with_all_parameters(planned)) != planned:
            found += self._call(whole, answers[0] if answers else None, asynchronous=False)
        for turn, answer in enumerate(answers or [None]):
            found += self._call(planned, answer, asynchronous=(number + turn) % 4 == 0)
        return list(dict.fromkeys(found))

    def _call(self, planned: Method, answer: SavedExample | None, *, asynchronous: bool) -> list[str]:
        """What is wrong with one call."""
        self._transport.answer = answer
        self._transport.requests.clear()
        try:
            value = self._send(planned, asynchronous=asynchronous)
        except Exception as error:
            return [f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"]
        return [
            *self._judge.sent_faults(self._transport.requests, planned),
            *self._read_faults(planned, value, answer),
        ]

    def _send(self, planned: Method, *, asynchronous: bool) -> Any:
        target: Any = self._async_client if asynchronous else self._client
        for step in planned.qualified.split("."):
            target = getattr(target, step)
        positional, keywords = arguments(planned)
        if asynchronous:
            return self._loop.run_until_complete(target(*positional, **keywords))
        return target(*positional, **keywords)

    def _read_faults(self, planned: Method, value: Any, answer: SavedExample | None) -> list[str]:
        if answer is None or (not answer.media_type and answer.text is None):
            return []
        if answer.text is not None:
            wanted: Any = answer.text
            got = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
        else:
            wanted, got = answer.json, dumped(value)
        if not same(got, wanted):
            return [f"answer {answer.name!a} does not come back: {got!r:.200}"]
        if self._judge.is_documented(planned, answer):
            self._outcome.documented += 1
        else:
            self._outcome.made += 1
        return []
