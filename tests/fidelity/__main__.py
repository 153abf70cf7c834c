"""`make fidelity`: what a collection still tells of the document that it was converted from.

`python -m tests.fidelity COLLECTION DOCUMENT [--all]`; exit 1 below `WANTED`, 2 where there is nothing to compare.
"""

import argparse
import sys
from collections import defaultdict
from pathlib import Path

from pillarbox.config import ClientSettings
from pillarbox.lock.claims import Lock
from pillarbox.model.problems import SpecError
from pillarbox.pipeline import Built, build

from .compare import Comparison, Difference, Tally, compare
from .reasons import Aspect, Reason

WANTED = 98.0
SHOWN = 3


def built(spec: Path) -> Built:
    return build(spec, ClientSettings(name="client", spec=spec, output=Path("client")), Lock())


def _share(tally: Tally, aspect: Aspect) -> str:
    return f"{aspect.value} {tally.share(aspect):.2f}% ({tally.equal[aspect]}/{tally.of[aspect]})"


def _reasons(differences: list[Difference], shown: int) -> list[str]:
    classes: dict[tuple[Aspect, Reason], list[Difference]] = defaultdict(list)
    for difference in differences:
        classes[difference.aspect, difference.reason].append(difference)
    lines: list[str] = []
    for (aspect, reason), many in sorted(classes.items(), key=lambda entry: -len(entry[1])):
        lines.append(f"  {len(many):5} {aspect.value:8} {reason.value}")
        for one in many[:shown]:
            lines.append(f"          {one.where}: {one.sample or 'any'} <> {one.document or 'any'}")
    return lines


def report(found: Comparison, shown: int = SHOWN) -> list[str]:
    """The figures, then the classes of what differs with some places of each."""
    parameters, fields = found.parameters, found.fields
    both = (Aspect.PRESENCE, Aspect.TYPE, Aspect.REQUIRED, Aspect.ENUM)
    return [
        f"operations: {found.matched} matched by method and path, {len(found.alone)} in one of the two only",
        *(f"  {route}" for route in found.alone[:shown]),
        f"parameters: {parameters.whole_share:.2f}% equal in all ({parameters.whole}/{parameters.places}): "
        + ", ".join(_share(parameters, aspect) for aspect in both),
        *_reasons(parameters.differences, shown),
        f"fields of samples: {_share(fields, Aspect.PRESENCE)}, {_share(fields, Aspect.TYPE)}",
        f"  apart: {_share(fields, Aspect.REQUIRED)}, {_share(fields, Aspect.ENUM)}",
        *_reasons(fields.differences, shown),
    ]


def is_good(found: Comparison) -> bool:
    """Whether what a collection can tell is told: not what samples cannot show."""
    fields = found.fields
    return (
        found.matched > 0
        and not found.alone
        and found.parameters.whole_share >= WANTED
        and min(fields.share(Aspect.PRESENCE), fields.share(Aspect.TYPE)) >= WANTED
    )


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="make fidelity")
    parser.add_argument("collection", type=Path)
    parser.add_argument("document", type=Path)
    parser.add_argument("--all", action="store_true", help="every difference, not some of each class")
    given = parser.parse_args(arguments)
    try:
        found = compare(built(given.collection), built(given.document))
    except SpecError as error:
        print(f"{error}. The public specs lie beside the checkout on the developers' machines")
        return 2
    print("\n".join(report(found, sys.maxsize if given.all else SHOWN)))
    return 0 if is_good(found) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
