"""Hostile text in every slot: nothing but data may differ from what a benign spec gives.

`make test` runs a sample that has every slot and every text; `make fuzz` runs the whole product.
"""

import os
import random
from pathlib import Path

import pytest

from generator.model.problems import SpecError

from .canary import canary, write
from .cases import Workshop
from .collection import SLOTS, collection
from .oracle import findings
from .payloads import PAYLOADS

FUZZ = os.environ.get("PILLARBOX_FUZZ") == "long"
SEED = 20_261_123
PER_SLOT = 7


def sample() -> dict[str, list[str]]:
    """Texts for each slot: `PER_SLOT` by chance, and each text in some slot."""
    if FUZZ:
        return {slot: list(PAYLOADS) for slot in SLOTS}
    chance = random.Random(SEED)
    chosen = {slot: chance.sample(list(PAYLOADS), PER_SLOT) for slot in SLOTS}
    slots = list(SLOTS)
    for number, name in enumerate(PAYLOADS):
        home = chosen[slots[number % len(slots)]]
        if name not in home:
            home.append(name)
    return chosen


SAMPLE = sample()


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop(tmp_path_factory.mktemp("hostile"))


def test_the_product_is_large_enough() -> None:
    assert len(SLOTS) >= 40
    assert len(PAYLOADS) >= 60
    assert {name for names in SAMPLE.values() for name in names} == set(PAYLOADS)


@pytest.mark.parametrize("slot", SLOTS)
def test_hostile_text_is_only_data(slot: str, workshop: Workshop) -> None:
    found = {name: verdict for name in SAMPLE[slot] if (verdict := workshop.verdict(slot, PAYLOADS[name]))}
    assert found == {}


@pytest.mark.parametrize(
    "name",
    [
        'x"""\nimport os.json',
        "x\ncoding: utf-7.json",
        "{{7*7}}.json",
        "a\u202eb`c.json",
        "--8<-- x.json",
        "$(id).json",
    ],
    ids=ascii,
)
def test_hostile_file_names(name: str, workshop: Workshop, tmp_path: Path) -> None:
    assert findings(workshop.build(collection({}), name), workshop.benign(collection({}))) == []


def test_importing_hostile_packages_does_nothing(workshop: Workshop, tmp_path: Path) -> None:
    """Every text in all slots at once; every module of every package is imported under an audit hook."""
    count = 0
    for number, text in enumerate(PAYLOADS.values()):
        halves = ([*SLOTS][::2], [*SLOTS][1::2])
        for part, slots in enumerate(halves if FUZZ else halves[number % 2 : number % 2 + 1]):
            try:
                output = workshop.build(collection(dict.fromkeys(slots, text)))
            except SpecError:
                continue
            write(output, tmp_path / f"case_{number}_{part}")
            count += 1
    assert count > len(PAYLOADS) // 2
    report = canary(tmp_path)
    assert report["events"] == []
    assert report["failures"] == []
    assert report["packages"] == count
