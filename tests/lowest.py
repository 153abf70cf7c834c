"""`python -m tests.lowest`: constraints for the lowest versions that pyproject.toml allows, for `make lowest`.

What pillarbox and its clients need is pinned to the lower bound; tools of the tests keep the version of constraints.txt, because
only their users are ourselves; what these need in turn is free.
"""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OF_CLIENTS = ("httpx2", "pydantic")
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_LOWER = re.compile(r"(?:>=|~=)\s*([0-9.]+)")


def constraints() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    tools = project["optional-dependencies"]["dev"]
    clients = [requirement for requirement in tools if _name(requirement) in OF_CLIENTS]
    lowest = {_name(requirement): _lower(requirement) for requirement in (*project["dependencies"], *clients)}
    known = dict(
        line.split("==")
        for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
        if "==" in line
    )
    pinned = {name.lower(): version for name, version in known.items()}
    kept = {_name(tool): pinned[_name(tool)] for tool in tools if _name(tool) not in lowest}
    return [f"{name}=={version}" for name, version in sorted({**kept, **lowest}.items())]


def _name(requirement: str) -> str:
    found = _NAME.match(requirement)
    assert found, requirement
    return found[0].lower()


def _lower(requirement: str) -> str:
    found = _LOWER.search(requirement)
    assert found, f"{requirement}: no lower bound"
    return found[1]


if __name__ == "__main__":
    print("\n".join(constraints()))
