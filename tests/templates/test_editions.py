"""Editions: a new look is for those who ask for it, and changes nothing for the others."""

from pathlib import Path
from types import MappingProxyType

import pytest

from pillarbox.config import ClientSettings, ConfigError, editions, installation, load, table
from pillarbox.config.editions import EDITIONS, LATEST, Edition
from pillarbox.lock.claims import Lock
from pillarbox.output.files import MANIFEST
from pillarbox.pipeline import Built, build
from pillarbox.render import environment, package

ROOT = Path(__file__).resolve().parents[2]
SPECS = sorted((ROOT / "specs").glob("*.postman_collection.json"))
NEXT = LATEST + 1


def built(spec: Path, edition: int) -> Built:
    settings = ClientSettings(name="client", spec=spec, output=Path("client"), edition=edition)
    return build(spec, settings, Lock())


@pytest.fixture
def with_a_new_edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A release with one more edition, that decides all that an edition can: templates, and fields of `Edition`."""
    import shutil

    templates = tmp_path / "templates"
    shutil.copytree(installation.templates_folder(), templates)
    layer = templates / "editions" / "loud" / "resource"
    layer.mkdir(parents=True)
    source = (templates / "resource" / "class.py.jinja").read_text()
    (layer / "class.py.jinja").write_text(
        source.replace("    {{ plan.doc }}", "    {{ plan.doc }}\n    # A new look.")
    )
    for module in (environment, package):
        monkeypatch.setattr(module, "templates_folder", lambda: templates)
    new = Edition(layers=("loud",), options_shown=0)
    monkeypatch.setattr(editions, "EDITIONS", MappingProxyType({**EDITIONS, NEXT: new}))


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_a_new_edition_changes_nothing_for_the_old(spec: Path, request: pytest.FixtureRequest) -> None:
    before = {edition: dict(built(spec, edition).files) for edition in EDITIONS}
    request.getfixturevalue("with_a_new_edition")
    assert {edition: dict(built(spec, edition).files) for edition in EDITIONS} == before
    new = built(spec, NEXT).files
    changed = {path for path in new if new[path] != before[LATEST].get(path)}
    assert new.keys() == before[LATEST].keys()
    assert changed >= {MANIFEST}
    assert any(b"# A new look." in new[path] for path in changed)
    assert not any(path.startswith("_runtime/") for path in changed), "an edition is about looks"


def test_every_field_of_an_edition_has_the_old_look_as_its_default() -> None:
    """Edition 1 is written without a word, so a field that is added cannot change it in silence."""
    assert EDITIONS[1] == Edition()
    assert list(EDITIONS) == list(range(1, LATEST + 1))


def test_the_configuration_names_an_edition_that_exists(tmp_path: Path) -> None:
    file = tmp_path / "pillarbox.toml"
    text = '[clients.a]\nspec = "a"\noutput = "a"\nedition = '
    file.write_text(f"{text}{LATEST}\n")
    assert load(file).clients[0].edition == LATEST
    file.write_text(f"{text}{NEXT}\n")
    with pytest.raises(ConfigError, match="edition"):
        load(file)


def test_without_a_word_it_is_the_first_one(tmp_path: Path) -> None:
    """A release must not move those who never said which edition they have."""
    file = tmp_path / "pillarbox.toml"
    file.write_text('[clients.a]\nspec = "a"\noutput = "a"\n')
    assert load(file).clients[0].edition == 1
    edition = table.CLIENT.keys["edition"]
    assert isinstance(edition, table.Number)
    assert (edition.default, edition.most) == (1, LATEST)
