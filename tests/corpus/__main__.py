"""`python -m tests.corpus DIR… [--only=NAME…]`: the specs of some folders, or those named; exit 1 where one fails."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from .documents import is_document, load
from .driver import Outcome, Spec, run

SHOWN = 20
_TOO_NEW = ("3.2",)
"""Versions of OpenAPI that are not read yet; their samples are left out."""


def specs(folders: list[Path], names: list[str]) -> list[Spec]:
    """Specs below some folders, by name; the largest first, so that no core waits for the last one."""
    found = [
        Spec(path, path.relative_to(folder).as_posix())
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".json", ".yaml", ".yml") and not path.name.endswith(".environment.json")
    ]
    chosen = [
        spec for spec in found if not names or spec.name.partition(".")[0] in names or spec.name in names
    ]
    return sorted(
        (spec for spec in chosen if not _too_new(spec.path)), key=lambda spec: -spec.path.stat().st_size
    )


def _too_new(path: Path) -> bool:
    with path.open(encoding="utf-8-sig") as file:
        head = file.read(400)
    if not any(version in head for version in _TOO_NEW):
        return False
    root = load(path)
    return is_document(root) and str(root.get("openapi")).startswith(_TOO_NEW)


def summary(outcomes: list[Outcome]) -> str:
    """The line by which a run is known; outcomes are all of collections, or all of documents."""

    def total(name: str) -> int:
        return sum(int(getattr(outcome, name)) for outcome in outcomes)

    def count(name: str) -> int:
        return sum(len(getattr(outcome, name)) for outcome in outcomes)

    operations = total("operations") or 1
    whole = f"{sum(outcome.whole for outcome in outcomes)}/{len(outcomes)}"
    found = f"{total('operations')}/{total('requests')} operations"
    rest = (
        f"{100 * total('untyped') / (total('fields') or 1):.1f}% of fields untyped, "
        f"{total('code') / operations:.1f} code + {total('docstrings') / operations:.1f} docstring lines per operation"
    )
    if not outcomes[0].openapi:
        return (
            f"postman: {whole} collections, {found}, {count('type_errors')} type errors, "
            f"{count('bad_calls')} bad calls, {count('bad_names')} bad names, {rest}"
        )
    return (
        f"openapi: {whole} documents, {found}, {count('unimported')} modules that fail to import, "
        f"{count('type_errors')} type errors (mypy and pyright, strict), {count('bad_calls')} bad calls, "
        f"{count('bad_names')} bad names, "
        f"{total('documented')} documented examples + {total('made')} made ones decoded strictly, {rest}"
    )


def report(outcome: Outcome) -> None:
    print(
        f"{outcome.name}: {outcome.operations}/{outcome.requests} operations, {outcome.good} good calls, "
        f"{outcome.untyped}/{outcome.fields} fields untyped, {outcome.code} code + {outcome.docstrings} docstring lines"
    )
    faults = [
        *([outcome.failure] if outcome.failure else []),
        *outcome.lost,
        *outcome.unimported,
        *outcome.type_errors,
        *outcome.bad_calls,
        *outcome.bad_names,
    ]
    for fault in faults[:SHOWN]:
        print(f"  {fault}")
    if len(faults) > SHOWN:
        print(f"  … and {len(faults) - SHOWN} more")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="make corpus")
    parser.add_argument("folders", type=Path, nargs="+", metavar="DIR")
    parser.add_argument("--only", action="append", default=[], metavar="NAME")
    given = parser.parse_args(arguments)
    found = specs(given.folders, given.only)
    if not found:
        print(f"{', '.join(map(str, given.folders))}: no specs found. Fetch public ones with")
        print(
            "`make corpus-fetch` and run `make corpus CORPUS=build/corpus`, or name a folder: make corpus CORPUS=DIR"
        )
        return 2
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="pillarbox-corpus-") as work:
        outcomes = run(found, Path(work).resolve())
    for outcome in sorted(outcomes, key=lambda outcome: (outcome.openapi, outcome.name)):
        report(outcome)
    print(f"({time.monotonic() - began:.0f} s)")
    for openapi in (False, True):
        if chosen := [outcome for outcome in outcomes if outcome.openapi == openapi]:
            print(summary(chosen))
    good = all(
        outcome.whole and not (outcome.type_errors or outcome.bad_calls or outcome.bad_names)
        for outcome in outcomes
    )
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
