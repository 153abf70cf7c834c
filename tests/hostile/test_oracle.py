"""Hostile text in every slot: nothing but data may differ from what a benign spec gives.

`make test` runs a sample that has every slot and every text; `make fuzz` runs the whole product.
"""

import os
import random
from pathlib import Path

import pytest

from pillarbox.model.problems import SpecError

from .canary import canary, write
from .cases import Workshop
from .collection import COLLECTION
from .document import DOCUMENT
from .oracle import findings
from .payloads import PAYLOADS
from .slots import Host

FUZZ = os.environ.get("PILLARBOX_FUZZ") == "long"
SEED = 20_261_123
PER_SLOT = 7


HOSTS = {"postman": COLLECTION, "openapi": DOCUMENT}


def sample(host: Host) -> dict[str, list[str]]:
    """Texts for each slot: `PER_SLOT` by chance, and each text in some slot."""
    if FUZZ:
        return {slot: list(PAYLOADS) for slot in host.slots}
    chance = random.Random(SEED)
    chosen = {slot: chance.sample(list(PAYLOADS), PER_SLOT) for slot in host.slots}
    slots = list(host.slots)
    for number, name in enumerate(PAYLOADS):
        home = chosen[slots[number % len(slots)]]
        if name not in home:
            home.append(name)
    return chosen


SAMPLES = {name: sample(host) for name, host in HOSTS.items()}


@pytest.fixture(scope="module")
def workshops(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Workshop]:
    return {name: Workshop(tmp_path_factory.mktemp(name), host) for name, host in HOSTS.items()}


@pytest.mark.parametrize("host", HOSTS)
def test_the_product_is_large_enough(host: str) -> None:
    assert len(HOSTS[host].slots) >= 40
    assert len(PAYLOADS) >= 60
    assert {name for names in SAMPLES[host].values() for name in names} == set(PAYLOADS)


@pytest.mark.parametrize(("host", "slot"), [(name, slot) for name in HOSTS for slot in HOSTS[name].slots])
def test_hostile_text_is_only_data(host: str, slot: str, workshops: dict[str, Workshop]) -> None:
    workshop = workshops[host]
    found = {
        name: verdict for name in SAMPLES[host][slot] if (verdict := workshop.verdict(slot, PAYLOADS[name]))
    }
    assert found == {}


@pytest.mark.parametrize("host", HOSTS)
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
def test_hostile_file_names(name: str, host: str, workshops: dict[str, Workshop]) -> None:
    workshop, spec = workshops[host], HOSTS[host].write({})
    assert findings(workshop.build(spec, name), workshop.benign(spec)) == []


@pytest.mark.parametrize("host", HOSTS)
def test_importing_hostile_packages_does_nothing(
    host: str, workshops: dict[str, Workshop], tmp_path: Path
) -> None:
    """Every text in all slots at once; every module of every package is imported under an audit hook."""
    count = 0
    for number, text in enumerate(PAYLOADS.values()):
        halves = ([*HOSTS[host].slots][::2], [*HOSTS[host].slots][1::2])
        for part, slots in enumerate(halves if FUZZ else halves[number % 2 : number % 2 + 1]):
            try:
                output = workshops[host].build(HOSTS[host].write(dict.fromkeys(slots, text)))
            except SpecError:
                continue
            write(output, tmp_path / f"case_{number}_{part}")
            count += 1
    assert count > len(PAYLOADS) // 2
    report = canary(tmp_path)
    assert report["events"] == []
    assert report["failures"] == []
    assert report["packages"] == count
