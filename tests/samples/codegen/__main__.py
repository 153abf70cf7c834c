"""`make samples-compare`: the contract's requests, ours and those of Postman's generators, against newman's."""

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pillarbox.samples.model import FileName
from pillarbox.samples.registry import LANGUAGES
from tests.conformance.newman import capture, missing
from tests.conformance.wire import Sent
from tests.samples.proof import SECRET, Contract
from tests.samples.runners import RUNNERS
from tests.samples.sameness import differences

from .collected import for_generators, for_newman

__all__ = ["main"]

HERE = Path(__file__).parent
MODULES = Path(os.environ.get("CODEGEN_MODULES") or HERE.parents[2] / "build" / "codegen" / "node_modules")
_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Kind:
    """A generator of Postman's, how its samples are run, and the language of ours beside it."""

    generator: str
    file: str
    command: tuple[str, ...]
    ours: str


def _python() -> str:
    """One that has requests."""
    here = subprocess.run([sys.executable, "-c", "import requests"], check=False, capture_output=True)
    return "python3" if here.returncode else sys.executable


KINDS = (
    Kind("curl/curl", "sample.sh", ("bash", "sample.sh"), "curl"),
    Kind("python/requests", "sample.py", (_python(), "sample.py"), "python-requests"),
    Kind("nodejs/Native", "sample.cjs", ("node", "sample.cjs"), "javascript-fetch"),
    Kind("php/cURL", "sample.php", ("php", "sample.php"), "php"),
)


def _sent_by_newman(collection: Path, folder: Path) -> dict[str, Sent]:
    output = folder / "newman.jsonl"
    capture(collection, output, "--freeze")
    found: dict[str, Sent] = {}
    # Texts hold U+2028, so lines end at line feeds alone.
    for line in map(json.loads, filter(None, output.read_text(encoding="utf-8").split("\n"))):
        if line["kind"] == "request" and not line["attempt"]:
            headers = tuple((name.lower(), value) for name, value in line["headers"])
            body = base64.b64decode(line["body_b64"])
            sent = Sent(line["method"], "http", line["target"], headers, body)
            found[line["path"][-1]] = _without_token(sent)
    return found


def _differing(sent: Sequence[Sent], newman: Sent, own: frozenset[str]) -> list[str]:
    if len(sent) != 1:
        return [f"{len(sent)} requests"]
    return list(differences(sent[0], newman, own))


def _without_token(sent: Sent) -> Sent:
    """Newman adds a header of its own to each request."""
    kept = tuple(pair for pair in sent.headers if pair[0] != "postman-token")
    return Sent(sent.method, sent.scheme, sent.target, kept, sent.body)


class Comparison:
    """One run over all cases."""

    def __init__(self, folder: Path) -> None:
        self.contract = Contract()
        self.folder = folder
        files: dict[str, str] = {}
        for case in self.contract.cases:
            for file in case.sample.request.variables:
                if isinstance(file, FileName):
                    files[case.name] = file.path
                    (folder / file.path).write_bytes((self.contract.folder / file.path).read_bytes())
        document = for_newman(self.contract.server.base_url, SECRET, files, SECRET)
        (folder / "newman.json").write_text(json.dumps(document), encoding="utf-8")
        (folder / "generators.json").write_text(json.dumps(for_generators(document)), encoding="utf-8")
        self.newman = _sent_by_newman(folder / "newman.json", folder)
        self.cases = [case for case in self.contract.cases if case.name in self.newman]

    def theirs(self) -> dict[str, dict[str, dict[str, str]]]:
        output = self.folder / "generated.json"
        subprocess.run(
            ["node", str(HERE / "generate.mjs"), str(self.folder / "generators.json"), str(output)]
            + [kind.generator for kind in KINDS],
            check=True,
            env={**os.environ, "CODEGEN_MODULES": str(MODULES)},
        )
        made: dict[str, dict[str, dict[str, str]]] = json.loads(output.read_text(encoding="utf-8"))
        return made

    def run(self, kind: Kind, made: dict[str, dict[str, str]]) -> dict[str, list[str]]:
        """What is wrong with each of their samples."""
        found: dict[str, list[str]] = {}
        for case in self.cases:
            one = made[case.name]
            if "code" not in one:
                found[case.name] = [f"not generated: {one['error']}"]
                continue
            (self.folder / kind.file).write_text(one["code"], encoding="utf-8", newline="")
            self.contract.server.taken()
            self.contract.server.reply = case.reply
            (self.folder / "pwned").unlink(missing_ok=True)
            try:
                done = subprocess.run(
                    kind.command, cwd=self.folder, capture_output=True, timeout=_SECONDS, check=False,
                    stdin=subprocess.DEVNULL, env={**os.environ, "NODE_PATH": str(MODULES)},
                )  # fmt: skip
                said = done.stderr.decode("utf-8", "replace").strip()[-120:] if done.returncode else ""
            except subprocess.TimeoutExpired:
                said = "does not end"
            wrong = _differing(self.contract.server.taken(), self.newman[case.name], case.own)
            if (self.folder / "pwned").exists():
                wrong.insert(0, "runs what stands in the collection")
            found[case.name] = wrong + ([said] if wrong and said else [])
        return found

    def ours(self, key: str) -> dict[str, list[str]] | None:
        """The same of ours; None where there is no such language, or none of its tools."""
        language = next((one for one in LANGUAGES if one.key == key), None)
        if language is None or RUNNERS[key].missing():
            return None
        self.contract.cases = tuple(replace(case, sent=self.newman[case.name]) for case in self.cases)
        proof = self.contract.prove(language, RUNNERS[key])
        found: dict[str, list[str]] = {}
        for case in self.cases:
            start = f"{case.name}: "
            wrong = [line.removeprefix(start) for line in proof.requests if line.startswith(start)]
            wrong += language.render(case.sample).unsent
            wrong += [line for line in proof.values if line.startswith(f"{start}exit ")]
            found[case.name] = wrong
        return found


def _print(name: str, found: dict[str, list[str]], total: int) -> int:
    equal = sum(not wrong for wrong in found.values())
    print(f"\n{name}: {equal} of {total} requests equal to newman's")
    for case, wrong in found.items():
        if wrong:
            print(f"  {case}: {'; '.join(wrong)[:300]!a}")
    return equal


def main(only: Iterable[str] = ()) -> int:
    """Run it and print a table."""
    if why := missing():
        print(why)
        return 1
    rows: list[str] = []
    with tempfile.TemporaryDirectory(prefix="codegen-") as folder:
        comparison = Comparison(Path(folder))
        made, total = comparison.theirs(), len(comparison.cases)
        for kind in KINDS:
            if (only and kind.ours not in only) or shutil.which(kind.command[0]) is None:
                continue
            theirs = _print(f"Postman {kind.generator}", comparison.run(kind, made[kind.generator]), total)
            ours = comparison.ours(kind.ours)
            mine = "not run" if ours is None else str(_print(f"pillarbox {kind.ours}", ours, total))
            rows.append(f"| {kind.generator} | {theirs} | {kind.ours} | {mine} |")
        comparison.contract.close()
    version = json.loads((MODULES / "postman-code-generators" / "package.json").read_text())["version"]
    print(f"\n| postman-code-generators {version} | equal of {total} | pillarbox | equal of {total} |")
    print("| --- | --- | --- | --- |")
    print("\n".join(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
