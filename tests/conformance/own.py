"""Our own collections and what newman sent of them: `python -m tests.conformance.own` captures afresh."""

import sys
from dataclasses import dataclass
from pathlib import Path

from .newman import HERE, capture, missing

__all__ = ["EDGES", "ENVIRONMENT", "EXPECTED", "OWN", "Own"]

EDGES = HERE / "own_edges.postman_collection.json"
ENVIRONMENT = HERE / "own_edges.environment.json"
EXPECTED = HERE / "expected" / "own_edges.jsonl"
_SPECS = HERE.parents[1] / "specs"


@dataclass(frozen=True, slots=True)
class Own:
    """A collection of this repository."""

    collection: Path
    options: tuple[str, ...]
    environment: Path | None = None

    @property
    def name(self) -> str:
        return self.collection.name.partition(".")[0]

    @property
    def expected(self) -> Path:
        return HERE / "expected" / f"{self.name}.jsonl"

    def capture(self, output: Path) -> None:
        """Let newman send it once more."""
        capture(self.collection, output, *self.options, environment=self.environment)


OWN = (
    Own(EDGES, ("--freeze",), ENVIRONMENT),
    *(Own(path, ("--fill", "--freeze")) for path in sorted(_SPECS.glob("*.postman_collection.json"))),
)


def _main() -> int:
    why = missing()
    if why:
        print(why, file=sys.stderr)
        return 2
    for one in OWN:
        one.capture(one.expected)
        print(f"{one.expected.relative_to(HERE.parents[1])}: written")
    return 0


if __name__ == "__main__":
    sys.exit(_main())
