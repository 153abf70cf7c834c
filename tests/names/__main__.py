"""`make names`: how often routes get the names that people chose for them in official SDKs, exactly and folded.

The routes (`names/routes-dev.tsv` of the shared data) are facts for measuring and are not committed. Folded: synonyms of
get, update and delete are one, words are in the singular, a list is a list whatever it is called, and a repeated resource does not
count. Names are `naming.call_names` from routes alone; generated clients do not have them yet.
"""

import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

from pillarbox.naming.call_names import Call, CallNames
from pillarbox.naming.inflections import singular
from pillarbox.naming.route_rules import CallName, Route
from pillarbox.naming.written_names import WrittenName

_SYNONYMS = {
    "retrieve": "get", "read": "get", "fetch": "get", "edit": "update", "modify": "update", "patch": "update", "remove": "delete",
}  # fmt: skip
_LISTS = frozenset(["page", "list"])


def named(routes: Sequence[tuple[str, str, str]]) -> list[str]:
    """A name for each (method, path, kind of response); the plainest call has the first candidate, others the next free one."""
    calls = [
        Call(Route(method, path, returns in _LISTS or None), WrittenName(method, path))
        for method, path, returns in routes
    ]
    names = CallNames(calls)
    taken: dict[str, int] = {}
    for number in sorted(range(len(calls)), key=lambda number: (names.plainness(number), number)):
        free = (one for one in names.candidates(number) if one.dotted not in taken)
        taken[next(free, CallName((), f"call_{number}", names.candidates(number)[0].rule)).dotted] = number
    return sorted(taken, key=taken.__getitem__)


def folded(dotted: str, returns: str) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """The words of the resource, the verb, and the words behind it that the resource does not have."""
    *resource, method = [part.strip("_") for part in dotted.split(".")]
    nouns = [singular(word) for part in resource for word in part.split("_")]
    verb, *rest = method.split("_")
    verb = _SYNONYMS.get(verb, verb)
    if verb == "get" and returns in _LISTS:
        verb = "list"
    left = [singular(word) for word in rest]
    for size in range(len(nouns), 0, -1):
        if left[:size] == nouns[-size:]:
            left = left[size:]
            break
    return tuple(nouns), verb, tuple(left)


def main(file: Path) -> int:
    if not file.exists():
        print(f"no {file}: the routes are measured where they are at hand", file=sys.stderr)
        return 2
    sdks: dict[str, dict[tuple[str, str], tuple[list[str], str]]] = defaultdict(dict)
    for line in file.read_text(encoding="utf-8").splitlines()[1:]:
        sdk, method, path, name, _, returns = line.split("\t")
        sdks[sdk].setdefault((method, path.partition("?")[0].partition("#")[0]), ([], returns))[0].append(
            name
        )
    rows: list[tuple[float, float, float, float]] = []
    for routes in sdks.values():
        ours = named([(method, path, returns) for (method, path), (_, returns) in routes.items()])
        marks = [
            (
                100 * any(own == one.replace("_.", ".").strip("_") for one in theirs),
                100 * any(folded(own, returns) == folded(one, returns) for one in theirs),
                len(own),
                len(theirs[0]),
            )
            for own, (theirs, returns) in zip(ours, routes.values(), strict=True)
        ]
        rows.append(
            (
                mean(m[0] for m in marks),
                mean(m[1] for m in marks),
                mean(m[2] for m in marks),
                mean(m[3] for m in marks),
            )
        )
    exact, alike, own_length, their_length = (mean(column) for column in zip(*rows, strict=True))
    print(
        f"names: {len(sdks)} SDKs, {sum(map(len, sdks.values()))} routes: {exact:.1f}% exact, {alike:.1f}% folded; "
        f"{own_length:.1f} characters, people {their_length:.1f} (means over the SDKs)"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
