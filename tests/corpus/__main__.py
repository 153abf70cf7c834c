"""`python -m tests.corpus DIR [NAME…]`: the named collections of a folder, or all of them; exit 1 where one fails."""

import sys
import tempfile
import time
from pathlib import Path

from .driver import Outcome, run

SHOWN = 20


def specs(folder: Path, names: list[str]) -> list[Path]:
    found = sorted(path for path in folder.glob("*.json") if not path.name.endswith(".environment.json"))
    return [path for path in found if not names or path.name.partition(".")[0] in names]


def summary(outcomes: list[Outcome]) -> str:
    def total(name: str) -> int:
        return sum(int(getattr(outcome, name)) for outcome in outcomes)

    operations = total("operations") or 1
    bad = sum(len(outcome.bad_calls) for outcome in outcomes)
    type_errors = sum(len(outcome.type_errors) for outcome in outcomes)
    untyped = 100 * total("untyped") / (total("fields") or 1)
    return (
        f"postman: {sum(outcome.whole for outcome in outcomes)}/{len(outcomes)} collections, "
        f"{total('operations')}/{total('requests')} operations, {type_errors} type errors, {bad} bad calls, "
        f"{untyped:.1f}% of fields untyped, "
        f"{total('code') / operations:.1f} code + {total('docstrings') / operations:.1f} docstring lines per operation"
    )


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0])
    found = specs(folder, arguments[1:])
    if not found:
        print(
            f"{folder}: no collections there. The corpus lies beside the checkout on the developers' machines;"
        )
        print("point at collections of your own with: make corpus CORPUS=DIR")
        return 2
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="pillarbox-corpus-") as work:
        outcomes = run(found, Path(work).resolve())
    for outcome in outcomes:
        print(
            f"{outcome.name}: {outcome.operations}/{outcome.requests} operations, {outcome.good} good calls, "
            f"{outcome.untyped}/{outcome.fields} fields untyped, {outcome.code} code + {outcome.docstrings} docstring lines"
        )
        faults = [*([outcome.failure] if outcome.failure else []), *outcome.type_errors, *outcome.bad_calls]
        for fault in faults[:SHOWN]:
            print(f"  {fault}")
        if len(faults) > SHOWN:
            print(f"  … and {len(faults) - SHOWN} more")
    print(f"({time.monotonic() - began:.0f} s)")
    print(summary(outcomes))
    good = all(outcome.whole and not outcome.type_errors and not outcome.bad_calls for outcome in outcomes)
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
