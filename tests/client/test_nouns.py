"""`nouns` of the configuration: irregular nouns in the names of methods, models and lists of values."""

import json
from pathlib import Path
from typing import Any

import pytest

from pillarbox.config import parse
from pillarbox.lock.claims import Lock
from pillarbox.naming.inflections import ENGLISH, Inflections
from pillarbox.pipeline import Built, build

NOUNS = {"media": "medium", "corpora": "corpus", "oxen": "ox", "dwarves": "dwarf", "chassis": "chassis"}
TEXT = {"type": "string"}


def thing(plural: str) -> dict[str, Any]:
    """What `GET /<plural>` and the item of it return."""
    return {"type": "object", "properties": {"id": TEXT, plural: TEXT}}


def answer(kind: dict[str, Any]) -> dict[str, Any]:
    return {"200": {"description": "done", "content": {"application/json": {"schema": kind}}}}


def document(*plurals: str) -> dict[str, Any]:
    paths: dict[str, Any] = {}
    sort = {"name": "sort", "in": "query", "schema": {"type": "string", "enum": ["a", "b", "c"]}}
    for plural in plurals:
        one = thing(plural)
        many = {"type": "array", "items": one}
        paths[f"/{plural}"] = {
            "get": {"responses": answer(many)},
            "post": {"responses": answer(one)},
            "delete": {"parameters": [sort], "responses": {"204": {"description": "done"}}},
        }
        identity = {"name": "id", "in": "path", "required": True, "schema": TEXT}
        paths[f"/{plural}/{{id}}"] = {"get": {"parameters": [identity], "responses": answer(one)}}
    return {"openapi": "3.1.0", "info": {"title": "Zoo", "version": "1"}, "paths": paths}


def generated(folder: Path, nouns: dict[str, str], *plurals: str, lock: Lock | None = None) -> Built:
    spec = folder / "zoo.json"
    spec.write_text(json.dumps(document(*plurals)))
    table = {"clients": {"zoo": {"spec": spec.name, "output": "zoo", "nouns": nouns}}}
    (client,) = parse(table, folder / "pillarbox.toml").clients
    return build(spec, client, lock or Lock())


def names(built: Built) -> list[str]:
    kinds = ("operation", "model", "enum")
    return sorted({entry.name for entry in built.lock.entries if entry.kind in kinds and not entry.retired})


@pytest.mark.parametrize(
    ("plural", "without", "with_nouns"),
    [
        ("media", ["MediaSort"], ["MediumSort"]),
        ("corpora", ["CorporaSort"], ["CorpusSort"]),
        ("oxen", ["OxenSort"], ["OxSort"]),
        ("dwarves", ["DwarveSort"], ["DwarfSort"]),
        ("chassis", ["ChassisSort"], ["ChassisSort"]),
    ],
)  # fmt: skip
def test_names_follow_the_nouns(
    plural: str, without: list[str], with_nouns: list[str], tmp_path: Path
) -> None:
    def last(built: Built) -> set[str]:
        return {name.rpartition(".")[2] for name in names(built)}

    plain, own = last(generated(tmp_path, {}, plural)), last(generated(tmp_path, NOUNS, plural))
    assert set(without) <= plain
    assert set(with_nouns) <= own
    one = NOUNS[plural].capitalize()
    assert one in own
    assert {"list", "get", "create"} <= own


def test_other_nouns_stay_as_they_are(tmp_path: Path) -> None:
    plurals = ("users", "policies", "statuses", "series")
    assert names(generated(tmp_path, NOUNS, *plurals)) == names(generated(tmp_path, {}, *plurals))


def test_the_lock_keeps_names_when_the_nouns_change(tmp_path: Path) -> None:
    first = generated(tmp_path, {}, "media", "dwarves")
    later = generated(tmp_path, NOUNS, "media", "dwarves", lock=first.lock)
    assert names(later) == names(first)
    assert later.lock == first.lock
    own = generated(tmp_path, NOUNS, "media", "dwarves")
    back = generated(tmp_path, {}, "media", "dwarves", lock=own.lock)
    assert names(back) == names(own)
    assert names(own) != names(first)


def test_words() -> None:
    own = Inflections(tuple(NOUNS.items()))
    for many, one in NOUNS.items():
        assert (own.singular(many), own.plural(one)) == (one, many)
        assert (own.singular(one), own.plural(many)) == (one, many)
        assert own.is_plural(many) == (many != one)
    assert (own.singular("users"), own.plural("policy")) == ("user", "policies")
    assert (ENGLISH.singular("dwarves"), ENGLISH.singular("media")) == ("dwarve", "media")
