"""Public collections, end to end: generate, import, type-check, call every operation, judge what was sent and read.

A call is good when method and path are the item's with no hole left, and every saved answer of success decodes in
strict mode and dumps back to equal JSON. The item is read from the collection itself, not through our reader.
"""

import asyncio
import importlib
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from generator.config import ClientSettings
from generator.model.api import SavedExample
from generator.model.problems import SpecError
from generator.pipeline import Built, build
from generator.plan.lock import Lock
from generator.plan.nodes import PlannedOperation

from ..oracles import mypy_errors, pyright_errors, write_package
from .judge import Item, answer_faults, arguments, dumped, item_at, sent_faults
from .lines import count_lines

__all__ = ["Outcome", "run"]

_BASE = "https://corpus.test/base"


@dataclass
class Outcome:
    """What came out of one collection."""

    name: str
    requests: int = 0
    operations: int = 0
    good: int = 0
    fields: int = 0
    untyped: int = 0
    code: int = 0
    docstrings: int = 0
    type_errors: list[str] = field(default_factory=list)
    bad_calls: list[str] = field(default_factory=list)
    failure: str = ""
    """Why there is no package at all, or why a module of it does not import."""

    @property
    def whole(self) -> bool:
        """All requests became operations, and every module imports."""
        return not self.failure and self.operations == self.requests


def run(specs: list[Path], folder: Path, *, check_types: bool = True) -> list[Outcome]:
    """Put every collection through it, with packages below `folder`."""
    outcomes = []
    built: dict[str, Built] = {}
    for spec in specs:
        name = f"corpus_{spec.name.partition('.')[0]}"
        outcome = Outcome(spec.name)
        outcomes.append(outcome)
        try:
            built[name] = _generate(spec, name, folder, outcome)
        except SpecError as error:
            outcome.failure = str(error)
    if check_types and built:
        _check_types(folder, dict(zip(built, (item for item in outcomes if not item.failure), strict=True)))
    sys.path.insert(0, str(folder))
    try:
        for spec, outcome in zip(specs, outcomes, strict=True):
            name = f"corpus_{spec.name.partition('.')[0]}"
            if name in built:
                _call(spec, name, built[name], folder, outcome)
    finally:
        sys.path.remove(str(folder))
    return outcomes


def _generate(spec: Path, name: str, folder: Path, outcome: Outcome) -> Built:
    settings = ClientSettings(name=name, spec=spec, output=folder / name, client_class="CorpusApi")
    built = build(spec, settings, Lock())
    write_package(built.files, folder / name)
    outcome.requests, outcome.operations = built.read.requests, len(built.package.operations)
    outcome.fields, outcome.untyped = built.statistics.fields, built.statistics.untyped
    runtime = frozenset(built.package.runtime)
    for path in built.files:
        if path.endswith(".py") and path not in runtime:
            lines = count_lines(built.files.text(path))
            outcome.code += lines.code
            outcome.docstrings += lines.docstrings
    return built


def _check_types(folder: Path, outcomes: dict[str, Outcome]) -> None:
    for error in (*mypy_errors(folder, outcomes), *pyright_errors(folder, outcomes)):
        name = error.partition("/")[0]
        (outcomes.get(name) or next(iter(outcomes.values()))).type_errors.append(error)


def _import_all(name: str, folder: Path) -> None:
    for path in sorted((folder / name).rglob("*.py")):
        steps = path.relative_to(folder).with_suffix("").parts
        importlib.import_module(".".join(steps[:-1] if steps[-1] == "__init__" else steps))


def _call(spec: Path, name: str, built: Built, folder: Path, outcome: Outcome) -> None:
    try:
        _import_all(name, folder)
        session = _Session(importlib.import_module(name), built)
    except Exception as error:
        outcome.failure = f"does not import: {error!r}"
        return
    with session:
        for number, planned in enumerate(built.package.operations):
            faults = session.faults(planned, item_at(spec, planned.operation.origin.pointer), number)
            if faults:
                outcome.bad_calls.append(
                    f"{planned.qualified} ({planned.operation.origin}): {'; '.join(faults)}"
                )
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

    def __init__(self, module: Any, built: Built) -> None:
        self._transport = _Recorder()
        names = [entry.last for entry in built.lock.of("credential")]
        given: dict[str, Any] = {name: f"made-up-{name.replace('_', '-')}" for name in names}
        given |= {entry.last: "setting" for entry in built.lock.of("setting")}
        if any(operation.operation.server is None for operation in built.package.operations):
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

    def faults(self, planned: PlannedOperation, item: Item, number: int) -> list[str]:
        """What is wrong with the calls of one operation: one for each saved answer of success, some asynchronous."""
        answers: list[SavedExample | None] = [
            saved
            for response in planned.operation.responses
            for saved in response.examples
            if 200 <= saved.status < 300
        ]
        found = answer_faults(item, planned)
        for turn, answer in enumerate(answers or [None]):
            self._transport.answer = answer
            self._transport.requests.clear()
            try:
                value = self._send(planned, asynchronous=(number + turn) % 4 == 0)
            except Exception as error:
                found.append(f"{type(error).__name__}: {' '.join(str(error).split())[:300]}")
                continue
            found += sent_faults(self._transport.requests, item, planned)
            found += self._read_faults(value, answer)
        return list(dict.fromkeys(found))

    def _send(self, planned: PlannedOperation, *, asynchronous: bool) -> Any:
        target: Any = self._async_client if asynchronous else self._client
        for step in planned.qualified.split("."):
            target = getattr(target, step)
        positional, keywords = arguments(planned)
        if asynchronous:
            return self._loop.run_until_complete(target(*positional, **keywords))
        return target(*positional, **keywords)

    @staticmethod
    def _read_faults(value: Any, answer: SavedExample | None) -> list[str]:
        if answer is None or (not answer.media_type and answer.text is None):
            return []
        if answer.text is not None:
            wanted: Any = answer.text
            got = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
        else:
            wanted, got = answer.json, dumped(value)
        return (
            []
            if got == wanted and type(got) is type(wanted)
            else [f"answer {answer.name!a} does not come back: {got!r:.200}"]
        )
