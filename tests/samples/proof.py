"""Runs the samples of the contract and holds them against the generated client and the saved answers."""

import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from pillarbox.client.api import Method
from pillarbox.client.request import Location
from pillarbox.config import ClientSettings
from pillarbox.lock.claims import Lock
from pillarbox.model.api import SavedExample
from pillarbox.pipeline import Built, build
from pillarbox.samples.build import reading_sample, sample_of
from pillarbox.samples.language import Language, Rendered
from pillarbox.samples.model import (
    DigestAuth,
    FileContent,
    FileName,
    FilePart,
    MultipartContent,
    Request,
    Sample,
    Secret,
)
from pillarbox.samples.response_reading import example_of, reading_of
from tests.conformance.driver import imported
from tests.conformance.wire import Sent

from .contract import collection
from .runners import Runner
from .sameness import differences
from .server import CaptureServer, Reply
from .values import mismatch, values_of

__all__ = ["SECRET", "Contract", "Proof"]

SECRET = "s3cr3t'\"$(x) %41\\&+"
"""Every secret of the environment."""
FILE = b"\x00\xff file\r\n-- bytes"
_SECONDS = 120


@dataclass(slots=True)
class Proof:
    """What the samples of one language did."""

    language: str
    cases: int = 0
    executed: bool = False
    requests: list[str] = field(default_factory=list)
    """Requests that differ, with the reason."""
    values: list[str] = field(default_factory=list)
    """Answers that were read wrongly, or samples that failed."""
    said: list[str] = field(default_factory=list)
    """What samples say that they cannot carry."""

    @property
    def is_right(self) -> bool:
        return not self.requests and not self.values


@dataclass(frozen=True, slots=True)
class _Done:
    """How a program ended."""

    returncode: int
    stdout: str
    stderr: str


@dataclass(frozen=True, slots=True)
class Expected:
    """One case: its sample, the request that the generated client sends, the answer."""

    sample: Sample
    sent: Sent
    example: SavedExample | None
    secret: str

    @property
    def name(self) -> str:
        return self.sample.title

    @property
    def own(self) -> frozenset[str]:
        return frozenset(header.name.lower() for header in self.sample.request.headers)

    @property
    def reply(self) -> Reply:
        example, digest = self.example, _digest(self.sample.request, self.secret)
        if example is None:
            return Reply(digest=digest)
        if example.text is not None:
            return Reply(example.status, example.media_type, example.text.encode(), digest)
        body = json.dumps(example.json, ensure_ascii=False).encode() if example.media_type else b""
        return Reply(example.status, example.media_type, body, digest)


def _digest(request: Request, secret: str) -> tuple[str, str] | None:
    """What the server asks to be proved."""
    return (secret, secret) if any(isinstance(auth, DigestAuth) for auth in request.auth) else None


def _files(request: Request) -> Iterator[FileName]:
    match request.content:
        case MultipartContent(parts):
            yield from (part.file for part in parts if isinstance(part, FilePart))
        case FileContent(file=file):
            yield file
        case _:
            return


class Contract:
    """The contract against one server: built once, then held against each language."""

    def __init__(self, document: Callable[[str], Any] = collection, secret: str = SECRET) -> None:
        """`document` makes the spec of an API at an address; `secret` is every secret of the environment."""
        self.secret = secret
        self.server = CaptureServer()
        self._folder = tempfile.TemporaryDirectory(prefix="samples-")
        self.folder = Path(self._folder.name)
        spec = self.folder / "contract.json"
        spec.write_text(json.dumps(document(self.server.base_url)), encoding="utf-8")
        settings = ClientSettings(name="contract", spec=spec, output=Path("contract"))
        self.built: Built = build(spec, settings, Lock())
        self.cases = tuple(self._expected())

    def close(self) -> None:
        self.server.close()
        self._folder.cleanup()

    # -- what is right ----------------------------------------------------------------------------

    def _expected(self) -> Iterator[Expected]:
        with imported(self.built.files, "contract") as package:
            for planned in self.built.client.methods:
                sample = sample_of(self.built.client, planned)
                sent = self._client_sends(package, planned, sample)
                yield Expected(sample, sent, example_of(planned), self.secret)

    def _client_sends(self, package: ModuleType, planned: Method, sample: Sample) -> Sent:
        """The generated client, which is held against newman elsewhere, makes the example call."""
        files = {file.wire: self._file(file) for file in _files(sample.request)}
        arguments: dict[str, Any] = {}
        for item, value in planned.example_call:
            whole = item.location is Location.BODY
            is_file = value is None and (whole or item.wire in files)
            arguments[item.name] = files["file" if whole else item.wire] if is_file else value
        secrets = {item.name: self.secret for item in self.built.client.credentials}
        self.server.reply = Reply(digest=_digest(sample.request, self.secret))
        with getattr(package, self.built.client.class_name)(max_retries=0, **secrets) as client:
            target = client
            for step in planned.qualified.split("."):
                target = getattr(target, step)
            try:
                target(**arguments)
            except package.DecodeError:
                pass
        (sent,) = self.server.taken()
        return sent

    def _file(self, file: FileName) -> Path:
        path = self.folder / file.path
        path.write_bytes(FILE)
        return path

    # -- what a language does ---------------------------------------------------------------------

    def prove(self, language: Language, runner: Runner, only: Iterable[str] = ()) -> Proof:
        """Run the samples of a language, all of the contract's or those of some cases."""
        proof = Proof(language.key, executed=runner.executes)
        folder = self.folder / language.key
        folder.mkdir()
        if runner.prepare is not None:
            runner.prepare(folder)
        if runner.client:
            for path, content in self.built.files.items():
                target = folder / "contract" / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
        wanted = frozenset(only)
        cases = [one for one in self.cases if not wanted or one.name in wanted]
        rendered = [language.render(one.sample) for one in cases]
        places = self._places(rendered, language, runner, folder, proof)
        for expected, made, place in zip(cases, rendered, places, strict=False):
            self._prove_case(made, language, runner, place, expected, proof)
        return proof

    def _places(
        self, rendered: Sequence[Rendered], language: Language, runner: Runner, folder: Path, proof: Proof
    ) -> list[Path]:
        """The folder of each sample; none where they were to be built together and that failed."""
        if runner.build is None:
            return [folder] * len(rendered)
        places = [folder / f"case{number:02}" for number in range(len(rendered))]
        for made, place in zip(rendered, places, strict=True):
            place.mkdir()
            self._write(made, language, runner, place)
        done = self._run(runner.build(folder), folder)
        if done.returncode:
            proof.values.append(f"build: exit {done.returncode}: {(done.stdout + done.stderr)[-3000:]}")
            return []
        return places

    def _prove_case(
        self,
        rendered: Rendered,
        language: Language,
        runner: Runner,
        folder: Path,
        expected: Expected,
        proof: Proof,
    ) -> None:
        proof.cases += 1
        for file in _files(expected.sample.request):
            (folder / file.path).write_bytes(FILE)
        self.server.reply = expected.reply
        self.server.taken()
        done = self.run(rendered, language, runner, folder)
        if (folder / "pwned").exists():
            proof.requests.append(f"{expected.name}: ran what stands in the spec")
        if done.returncode:
            proof.values.append(
                f"{expected.name}: exit {done.returncode}: {(done.stderr + done.stdout)[-600:]}"
            )
            return
        if not runner.executes:
            return
        limits = (*rendered.unsent, *rendered.unread)
        proof.said += [f"{expected.name}: {limit}" for limit in limits]
        if limits and expected.name not in runner.limits:
            proof.values.append(f"{expected.name}: {limits[0]} (not listed with the runner)")
        sent = self.server.taken()
        if len(sent) != 1:
            proof.requests.append(f"{expected.name}: {len(sent)} requests")
            return
        if not rendered.unsent:
            proof.requests += [
                f"{expected.name}: {one}" for one in differences(sent[0], expected.sent, expected.own)
            ]
        reading = expected.sample.response.reading if expected.sample.response and language.read else None
        if reading is not None and expected.example is not None and not rendered.unread:
            wrong = mismatch(list(values_of(reading.root, expected.example.json)), done.stdout)
            proof.values += [f"{expected.name}: {wrong}"] if wrong else []

    def run(self, rendered: Rendered, language: Language, runner: Runner, folder: Path) -> _Done:
        """Write one sample into its folder and run it."""
        return self._run(runner.command(self._write(rendered, language, runner, folder)), folder)

    @staticmethod
    def _write(rendered: Rendered, language: Language, runner: Runner, folder: Path) -> Path:
        script = folder / (runner.file or f"sample{language.suffix}")
        script.write_text(str(rendered.text), encoding="utf-8", newline="")
        return script

    def _run(self, commands: Iterable[Sequence[str]], folder: Path) -> _Done:
        """The commands, one after the other until one fails."""
        secrets = {
            variable.environment: self.secret
            for case in self.cases
            for variable in case.sample.request.variables
            if isinstance(variable, Secret)
        }
        environment = {
            **os.environ,
            **secrets,
            "LC_ALL": "C.UTF-8",
            "PYTHONUTF8": "1",
            "NO_PROXY": "*",
            "no_proxy": "*",
        }
        for command in commands:
            done = subprocess.run(
                command, cwd=folder, env=environment, capture_output=True, timeout=_SECONDS, check=False, stdin=subprocess.DEVNULL,
            )  # fmt: skip
            if done.returncode:
                break
        # Decoded here: Python's own text mode would turn a CR of a value into a line feed.
        return _Done(
            done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
        )

    def prove_reading(self, language: Language, runner: Runner) -> Proof:
        """The reading code alone, on each JSON answer of the contract."""
        proof = Proof(language.key, executed=runner.executes)
        folder = self.folder / f"{language.key}-json"
        folder.mkdir()
        if runner.prepare is not None:
            runner.prepare(folder)
        cases = [
            (expected, expected.example, reading)
            for expected in self.cases
            if expected.example is not None
            and expected.example.text is None
            and (reading := reading_of(expected.example.json)) is not None
        ]
        made = [reading_sample(example.json, language) for _, example, _ in cases]
        places = self._places(made, language, runner, folder, proof)
        for (expected, example, reading), rendered, place in zip(cases, made, places, strict=False):
            proof.cases += 1
            (place / "answer.json").write_text(json.dumps(example.json, ensure_ascii=False), encoding="utf-8")
            done = self._run(runner.command(self._write(rendered, language, runner, place)), place)
            if done.returncode:
                proof.values.append(
                    f"{expected.name}: exit {done.returncode}: {(done.stderr + done.stdout)[-600:]}"
                )
            elif runner.executes and not rendered.unread:
                wrong = mismatch(list(values_of(reading.root, example.json)), done.stdout)
                proof.values += [f"{expected.name}: {wrong}"] if wrong else []
        return proof
