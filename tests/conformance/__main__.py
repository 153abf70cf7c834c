"""`python -m tests.conformance [NAME…]`: the whole run, and its last line."""

import os
import sys
from collections import Counter
from pathlib import Path

from ..shared_data import SHARED
from .driver import Outcome, Result, run
from .newman import capture_folder
from .own import OWN


def main(names: list[str]) -> int:
    """Hold every client against newman. 0: all is equal or explained, 1: something is neither, 2: nothing was held."""
    folder = os.environ.get("COLLECTIONS")
    results: dict[str, list[Result]] = {}
    if folder:
        results = {"real": capture_folder(Path(folder), names), "edge": []}
    else:
        results = {kind: held(kind, names) for kind in ("real", "edge", "own")}
    if not any(results.values()):
        print("There is nothing to compare: no collection was found.", file=sys.stderr)
        return 2
    rules = Counter(
        rule
        for found in results.values()
        for result in found
        for outcome in result.outcomes
        for rule in outcome.rules
    )
    for found in results.values():
        for result in found:
            _show(result, len(names) == 1)
    for rule, count in sorted(rules.items()):
        print(f"  {rule}: {count}")
    if results.get("own"):
        print(f"our own: {_counted(results['own'], 'requests')}")
    print(f"newman: {_counted(results['real'], 'real')}, {_counted(results['edge'], 'edge')}")
    return 0 if all(one.is_right for found in results.values() for one in _outcomes(found)) else 1


def _outcomes(results: list[Result]) -> list[Outcome]:
    return [outcome for result in results for outcome in result.outcomes]


def _counted(results: list[Result], what: str) -> str:
    outcomes = _outcomes(results)
    equal = sum(outcome.is_equal for outcome in outcomes)
    explained = sum(bool(outcome.rules) for outcome in outcomes)
    return f"{equal} equal + {explained} explained of {len(outcomes)} {what}"


def held(kind: str, names: list[str]) -> list[Result]:
    """Clients against captures: of the shared collections (`real`, `edge`), or of our own."""
    if kind == "own":
        chosen = [one for one in OWN if not names or one.name in names]
        return [run(one.collection, one.expected, one.environment) for one in chosen]
    folder = SHARED / ("corpus/postman" if kind == "real" else "conformance")
    results: list[Result] = []
    for capture in sorted((SHARED / "conformance/expected" / kind).glob("*.jsonl")):
        if names and capture.stem not in names:
            continue
        environment = folder / f"{capture.stem}{'.environment.json' if kind == 'real' else '_env.json'}"
        results.append(
            run(folder / f"{capture.stem}.json", capture, environment if environment.exists() else None)
        )
    return results


def _show(result: Result, whole: bool) -> None:
    equal = sum(outcome.is_equal for outcome in result.outcomes)
    explained = sum(bool(outcome.rules) for outcome in result.outcomes)
    unsent = f", {result.unsent} that newman could not send" if result.unsent else ""
    print(
        f"{result.name}: {equal} equal + {explained} explained of {len(result.outcomes)}{unsent}", flush=True
    )
    for outcome in result.outcomes:
        if outcome.is_equal or (outcome.rules and not whole):
            continue
        print(
            "  ",
            "/".join(outcome.path)[-90:],
            f"[{', '.join(outcome.rules) or 'UNEXPLAINED'}]",
            outcome.error,
        )
        for difference in outcome.differences[:8]:
            print(f"      {difference.what}\n          ours   {difference.ours[:300]}")
            print(f"          newman {difference.theirs[:300]}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
