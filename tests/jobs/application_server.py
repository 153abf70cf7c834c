"""Applications of other frameworks, started with uvicorn in an environment of their own: build/jobs-servers."""

import base64
import json
import os
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ..shared_data import ROOT
from .wire import Request

__all__ = ["PYTHON", "application", "fetched"]

PYTHON = ROOT / "build" / "jobs-servers" / "bin" / "python"
HERE = Path(__file__).parent / "applications"


@dataclass(frozen=True, slots=True)
class _Recording:
    """The requests that a running application writes into a file, each before it looks at it."""

    urls: dict[str, str]
    path: Path
    taken: list[int] = field(default_factory=lambda: [0])

    def take(self) -> list[Request]:
        lines = self.path.read_text(encoding="utf-8").splitlines()
        new = lines[self.taken[0] :]
        self.taken[0] = len(lines)
        return [_request(json.loads(line)) for line in new]


def _request(line: dict[str, str]) -> Request:
    headers = json.loads(line["headers"])
    return Request("api", line["method"], line["target"], headers, base64.b64decode(line["body"]))


@contextmanager
def application(name: str) -> Iterator[_Recording]:
    """Start an application and wait until it takes requests.

    Raises:
        RuntimeError: it did not start.
    """
    if not PYTHON.is_file():
        raise RuntimeError("the frameworks are not installed: `make jobs` and `make test` do that")
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder, "requests.jsonl")
        record.touch()
        process = subprocess.Popen(
            [str(PYTHON), "serve.py", name, str(record)],
            cwd=HERE,
            stdout=subprocess.PIPE,
            text=True,
            env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"},
        )
        assert process.stdout is not None
        try:
            url = process.stdout.readline().strip()
            if not url:
                raise RuntimeError(f"the application {name} did not start")
            yield _Recording({"api": url}, record)
        finally:
            process.kill()
            process.wait()
            process.stdout.close()


def fetched(url: str) -> bytes:
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=30) as response:
        return bytes(response.read())
