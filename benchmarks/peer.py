"""Large public documents, side by side with openapi-python-client in an environment of its own.

Each is generated from nothing by a process of its own, ours and theirs in turn, `ROUNDS` times; the medians are
compared. The peer may leave operations out; what it made of them is counted and printed.
"""

import re
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.corpus.documents import Document, load
from tests.corpus.lines import count_lines

from .cost import Cost, cost, median_seconds

__all__ = ["PEER", "compare"]

ROOT = Path(__file__).resolve().parent.parent
PEER = ROOT / "build" / "peer" / "bin"
"""Where `make bench` installs it."""
SPECS = (
    ("Zoom", "zoom.us.json"),
    ("GitHub", "github.com/api.github.com.json"),
    ("Kubernetes", "kubernetes.io.json"),
)
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Made:
    """A client that was generated, and what that cost."""

    wall: float
    cpu: float
    peak: int
    lines: int
    code: int
    broken: int
    """Files that are no Python; their lines of code are not counted."""
    operations: int
    imported: float | None
    """Seconds above a bare interpreter; None where it does not import."""


@dataclass(frozen=True, slots=True)
class Maker:
    """One of the two generators."""

    name: str
    python: Path
    command: Callable[[Path, Path], Sequence[str]]
    operations: re.Pattern[str]
    """What stands once in its code for each operation."""


def _ours(spec: Path, output: Path) -> Sequence[str]:
    return [sys.executable, "-m", "pillarbox", "generate", str(spec), "--quiet", "--output", str(output)]


def _theirs(spec: Path, output: Path) -> Sequence[str]:
    program = str(PEER / "openapi-python-client")
    return [program, "generate", "--path", str(spec), "--output-path", str(output), "--meta", "none"]


OURS = Maker("pillarbox", Path(sys.executable), _ours, re.compile(r"^        return self\._send\($", re.M))
THEIRS = Maker("openapi-python-client", PEER / "python", _theirs, re.compile(r"^def sync_detailed\(", re.M))


def _texts(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.py")):
        yield path.read_text(encoding="utf-8")


def _code_lines(text: str) -> int | None:
    """Lines of code, docstrings left out; None where the file is no Python."""
    try:
        return count_lines(text).code
    except SyntaxError:
        return None


def _made(maker: Maker, costs: Sequence[Cost], output: Path) -> Made:
    texts = list(_texts(output))
    code = [_code_lines(text) for text in texts]
    bare = median_seconds([str(maker.python), "-c", "pass"], output.parent)
    try:
        imported = median_seconds([str(maker.python), "-c", f"import {output.name}"], output.parent) - bare
    except RuntimeError:
        imported = None
    return Made(
        wall=statistics.median(found.wall for found in costs),
        cpu=statistics.median(found.cpu for found in costs),
        peak=max(found.peak for found in costs),
        lines=sum(text.count("\n") for text in texts),
        code=sum(lines for lines in code if lines is not None),
        broken=code.count(None),
        operations=sum(len(maker.operations.findall(text)) for text in texts),
        imported=imported,
    )


def _generate(spec: Path, folder: Path) -> Iterator[tuple[Maker, list[Cost], Path]]:
    """Each maker, what its runs cost, and where the last one put its client."""
    costs: dict[str, list[Cost]] = {OURS.name: [], THEIRS.name: []}
    for number in range(ROUNDS):
        for maker in (OURS, THEIRS):
            home = folder / f"{maker.name}-{number}"
            home.mkdir(parents=True)
            # Ours is not installed, so it starts where its checkout is.
            start = ROOT if maker is OURS else home
            costs[maker.name].append(cost(maker.command(spec, home / "client"), start))
    for maker in (OURS, THEIRS):
        yield maker, costs[maker.name], folder / f"{maker.name}-{ROUNDS - 1}" / "client"


def _row(name: str, made: Made) -> str:
    imported = "does not" if made.imported is None else f"{1000 * made.imported:5.1f} ms"
    broken = f", {made.broken} files are no Python" if made.broken else ""
    return (
        f"  {name:22} {made.wall:6.2f} s wall {made.cpu:7.2f} s cpu {made.peak / 2**20:6.0f} MB "
        f"{made.operations:5} operations {made.lines:7} lines ({made.code} of code)   import {imported}{broken}"
    )


def _ratios(ours: Made, theirs: Made) -> str:
    def per(made: Made) -> float:
        return made.code / max(made.operations, 1)

    imported = f"{ours.imported / theirs.imported:.2f}" if ours.imported and theirs.imported else "no ratio"
    return (
        f"  ours to theirs         {ours.wall / theirs.wall:6.2f}        {ours.cpu / theirs.cpu:7.2f}       "
        f"{ours.peak / theirs.peak:6.2f}    lines of code an operation {per(ours) / per(theirs):.2f}   import {imported}"
    )


def compare(corpus: Path, folder: Path) -> None:
    """Print the comparison, or why there is none.

    Args:
        corpus: Holds the folder `openapi` of public documents.
        folder: A place for what is generated.
    """
    if not (PEER / "openapi-python-client").exists():
        print("beside openapi-python-client: it is not in build/peer; `make bench` installs it")
        return
    for title, name in SPECS:
        spec = corpus / "openapi" / name
        if not spec.exists():
            print(
                f"{title}: the public documents are not in this repository: {spec.name} lies beside the checkout"
            )
            continue
        print(
            f"{title}: {len(Document(load(spec)).operations)} operations, {spec.stat().st_size / 1e6:.1f} MB"
        )
        work = folder / title.lower()
        made: dict[str, Made] = {}
        for maker, costs, output in _generate(spec, work):
            failed = next((found for found in costs if found.status), None)
            if not output.is_dir() or (failed is not None and not any(output.rglob("*.py"))):
                text = failed.output.strip() if failed is not None else "nothing was written"
                print(f"  {maker.name:22} failed: {' '.join(text.split())[-300:]}")
                continue
            made[maker.name] = _made(maker, costs, output)
            print(_row(maker.name, made[maker.name]))
        if len(made) == len((OURS, THEIRS)):
            print(_ratios(made[OURS.name], made[THEIRS.name]))
