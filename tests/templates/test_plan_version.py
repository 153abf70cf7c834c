"""The plan is an interface: templates of users print it. What it consists of is written down, version by version."""

import dataclasses
from pathlib import Path

import pytest

from pillarbox.python import nodes

WRITTEN = Path(__file__).parent / f"plan_version_{nodes.PLAN_VERSION}.txt"


def described() -> str:
    """Every class of the plan and its fields, as a template sees them."""
    lines: list[str] = []
    for name in sorted(nodes.__all__):
        kind = getattr(nodes, name)
        if isinstance(kind, type) and dataclasses.is_dataclass(kind):
            lines.append(name)
            lines += sorted(f"  {field.name}: {field.type}" for field in dataclasses.fields(kind))
    return "\n".join(lines).replace("pillarbox.", "").replace("<class '", "").replace("'>", "") + "\n"


def test_the_plan_is_what_its_version_says(update: bool) -> None:
    """A field may be added within a version. One that goes, or means something else, raises PLAN_VERSION."""
    if update:
        WRITTEN.write_text(described(), encoding="utf-8")
    written = WRITTEN.read_text(encoding="utf-8")
    if described() != written:
        pytest.fail(
            "the plan has changed: raise PLAN_VERSION unless fields were only added, say so in docs/templates.md,"
            " and accept it with: pytest tests/templates/test_plan_version.py --update"
        )
