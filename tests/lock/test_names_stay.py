"""Public names under random edits of real specs: every survivor stays where it was, and no name gets a new owner.

The whole way is gone each time, from the text of the spec to the lock: reading, naming, models. The matching itself
is held at greater length by test_match.py.
"""

import json
import os
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from pillarbox.client.types import PyType, spell
from pillarbox.config import ClientSettings
from pillarbox.lock.claims import Lock
from pillarbox.lock.format import Entry
from pillarbox.pipeline import Described, describe
from pillarbox.text.python import PythonCode

from ..shared_data import CORPUS
from .edits import TRUTH, CollectionStory, DocumentStory, Story

ROOT = Path(__file__).resolve().parents[2]
LONG = os.environ.get("PILLARBOX_FUZZ") == "long"
OWN = (
    "specs/larkspur.postman_collection.json",
    "specs/zoom.postman_collection.json",
    "specs/ferry.openapi.yaml",
)
SHARED = (
    "postman/paypal_checkout.json", "postman/nested_folders.json", "openapi/shotstack.io.json", "openapi/traccar.org.json",
    "openapi-more/uber.swagger2.yaml",
)  # fmt: skip
COMMITS = 6
AT_LENGTH = 12
SEEDS = AT_LENGTH if LONG else 2


SPECS = [ROOT / name for name in OWN] + [CORPUS / name for name in SHARED]
"""Our own specs and five public ones. The list is the same on every machine; what is missing is skipped."""


def need_spec(spec: Path) -> None:
    if not spec.exists():
        pytest.skip(f"{spec.name} is not in this repository: see tests/shared_data.py")


def unshared(data: Any) -> Any:
    """What YAML aliases hold together is edited apart."""
    return json.loads(json.dumps(data, default=str))


def story(spec: Path, seed: int) -> Story:
    text = spec.read_text(encoding="utf-8")
    data: Any = json.loads(text) if spec.suffix == ".json" else unshared(yaml.safe_load(text))
    return (
        DocumentStory(data, seed) if "paths" in data else CollectionStory(data.get("collection", data), seed)
    )


@dataclass
class Names:
    """What a caller wrote against one version of the client."""

    planned: Described
    operations: Mapping[int, str]
    """By who they really are."""
    content: Mapping[int, object]
    arguments: Mapping[int, Mapping[tuple[str, str], tuple[str, str]]]
    """Name and annotation of each argument, by place and wire name."""
    returns: Mapping[int, str]
    touched: frozenset[int]
    """Operations whose own types have changed since the last version."""


def names(story: Story, lock: Lock, folder: Path) -> Names:
    file = story.write(folder)
    settings = ClientSettings(name="client", spec=file, output=folder / "client")
    planned = describe(file, settings, lock)
    operations: dict[int, str] = {}
    content: dict[int, object] = {}
    arguments: dict[int, dict[tuple[str, str], tuple[str, str]]] = {}
    returns: dict[int, str] = {}
    for item in planned.client.methods:
        node = resolved(story.data, item.operation.origin.pointer)
        truth = node[TRUTH]
        assert truth not in operations
        operations[truth] = item.qualified
        content[truth] = story.content(node)
        arguments[truth] = {
            (one.location.value, one.wire): (one.name, in_order(one.kind)) for one in item.parameters
        }
        returns[truth] = in_order(item.returns)
    return Names(planned, operations, content, arguments, returns, frozenset(story.touched))


def in_order(kind: PyType) -> str:
    """A union without the order of its members, which is that of the spec."""
    return " | ".join(sorted(str(spell(kind, models=PythonCode("models."))).split(" | ")))


def resolved(data: Any, pointer: str) -> Any:
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        data = data[int(key)] if isinstance(data, list) else data[key]
    return data


class Oracle:
    """Holds a client against all that came before it."""

    def __init__(self) -> None:
        self.owners: dict[str, object] = {}
        self.content: dict[int, object] = {}

    def check(self, before: Names | None, now: Names) -> None:
        given = [*now.operations.values()]
        assert len(set(given)) == len(given)
        self.content |= now.content
        if before is not None:
            self._survivors(before, now)
            self._arguments(before, now)
            self._models(before.planned.lock, now.planned.lock)
        for truth, name in now.operations.items():
            owner = self.owners.get(name)
            assert owner is None or owner == truth or self.content[int(str(owner))] == now.content[truth], (
                f"{name} was given to another operation"
            )
            self.owners[name] = truth

    def _survivors(self, before: Names, now: Names) -> None:
        """No name of a survivor moved; of requests of equal content any may carry the names, but none is lost."""
        alike: dict[object, list[int]] = defaultdict(list)
        for truth in before.operations:
            alike[before.content[truth]].append(truth)
        for group in alike.values():
            survivors = [truth for truth in group if truth in now.operations]
            old = {before.operations[truth] for truth in group}
            same = {now.content[truth] for truth in survivors} | {before.content[group[0]]}
            kept = old & {name for truth, name in now.operations.items() if now.content[truth] in same}
            assert len(kept) >= len(survivors), (sorted(old), [now.operations[truth] for truth in survivors])

    def _arguments(self, before: Names, now: Names) -> None:
        """Arguments keep their names, and types theirs, unless the operation itself was changed."""
        for truth in before.operations.keys() & now.operations.keys():
            if before.operations[truth] != now.operations[truth]:
                continue
            for place, (name, annotation) in now.arguments[truth].items():
                old = before.arguments[truth].get(place, (name, annotation))
                assert old == (name, annotation), (now.operations[truth], place)
            if truth not in now.touched:
                assert before.returns[truth] == now.returns[truth], now.operations[truth]

    def _models(self, before: Lock, now: Lock) -> None:
        """Places that are still there have their models; fields their names; and no name means something else."""

        def by_place(lock: Lock) -> dict[tuple[object, ...], Entry]:
            found: dict[tuple[object, ...], Entry] = {}
            for entry in lock.entries:
                if entry.retired:
                    continue
                if entry.kind in ("model", "enum"):
                    found[entry.kind, entry.facts["at"]] = entry
                elif entry.kind == "field":
                    found["field", entry.scope, entry.facts["wire"]] = entry
            return found

        old, new = by_place(before), by_place(now)
        for place in old.keys() & new.keys():
            assert old[place].name == new[place].name, place


@pytest.mark.parametrize("seed", range(SEEDS))
@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_names_stay(spec: Path, seed: int, tmp_path: Path) -> None:
    need_spec(spec)
    told = story(spec, seed)
    oracle = Oracle()
    lock, before = Lock(), None
    done: list[list[str]] = []
    for _ in range(COMMITS + 1):
        now = names(told, lock, tmp_path)
        try:
            oracle.check(before, now)
        except AssertionError as error:
            raise AssertionError(f"seed {seed}, after {done}: {error}") from error
        # Through its text, as from one run to the next.
        before, lock = now, Lock.parse(now.planned.lock.render(), "pillarbox.lock")
        done.append(told.edit())
    assert told.edits >= COMMITS


def test_at_length_there_are_a_thousand_edits_of_five_specs() -> None:
    """What `make fuzz` does, counted without doing it."""
    edits: dict[str, int] = {}
    for spec in SPECS:
        need_spec(spec)
        for seed in range(AT_LENGTH):
            told = story(spec, seed)
            for _ in range(COMMITS):
                told.edit()
            edits[spec.name] = edits.get(spec.name, 0) + told.edits
    assert sum(edits.values()) >= 1_000
    assert min(edits.values()) >= 100


def test_the_oracle_finds_a_run_without_a_lock(tmp_path: Path) -> None:
    """Without it names do move, and this is how it would be noticed."""
    found = 0
    for seed in range(6):
        told = story(ROOT / OWN[0], seed)
        oracle = Oracle()
        before = None
        try:
            for _ in range(4):
                now = names(told, Lock(), tmp_path)
                oracle.check(before, now)
                before = now
                told.edit()
        except AssertionError:
            found += 1
    assert found >= 3
