"""Whatever stands in a document, its schemas come to types: random ones, and those of public documents."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from pillarbox.model.problems import Origin, Problem
from pillarbox.model.types import Anything, Array, Map, Nullable, Object, Reference, Type, Union
from pillarbox.readers.documents import load
from pillarbox.readers.limits import Limits
from pillarbox.readers.openapi.dialect import Dialect
from pillarbox.readers.openapi.refs import Refs
from pillarbox.readers.openapi.schemas import Schemas
from pillarbox.readers.openapi.values import Values
from pillarbox.readers.yaml_tree import is_yaml, load_yaml

from .schemas import Document, show

LONG = os.environ.get("PILLARBOX_FUZZ") == "long"
CORPUS = next(
    (
        above / "shared" / "corpus"
        for above in Path(__file__).resolve().parents
        if (above / "shared" / "corpus").is_dir()
    ),
    Path("none"),
)
FOLDERS = ("openapi", "openapi-more")

NAMES = st.sampled_from(["A", "B", "C", "D"])
FIELDS = st.sampled_from(["a", "b", "kind"])
ODD = (
    st.none()
    | st.booleans()
    | st.integers(-2, 2)
    | st.sampled_from(["", "a", "null", "A", [], {}, ["a"], [{}]])
)
REFS = st.one_of(
    NAMES.map(lambda name: {"$ref": f"#/components/schemas/{name}"}),
    NAMES.map(lambda name: {"$ref": f"#/components/schemas/{name}"}),
    NAMES.map(lambda name: {"$ref": f"#/components/schemas/{name}/properties/a"}),
    st.sampled_from(
        ["#/place", "#/place/items", "#", "x.json", "#/components/schemas/A/oneOf/0", "#here"]
    ).map(lambda ref: {"$ref": ref}),
)
LEAVES = st.one_of(
    st.sampled_from(["string", "integer", "number", "boolean", "array", "object", "null", "file", "str"]).map(
        lambda word: {"type": word}
    ),
    st.sampled_from(["date", "int64", "binary", "uuid"]).map(lambda word: {"type": "string", "format": word}),
    st.lists(st.sampled_from(["string", "integer", "object", "null"]), max_size=3).map(
        lambda word: {"type": word}
    ),
    st.lists(st.none() | st.booleans() | st.integers(0, 2) | FIELDS, max_size=4).map(
        lambda found: {"enum": found}
    ),
    FIELDS.map(lambda value: {"const": value}),
    REFS,
    REFS,
)
DISCRIMINATORS = st.one_of(
    st.just("kind"),
    st.just({"propertyName": "kind"}),
    NAMES.map(lambda name: {"propertyName": "kind", "mapping": {"x": name, "y": "#/components/schemas/A"}}),
)
BESIDE = st.dictionaries(
    st.sampled_from(
        "type format enum const nullable readOnly writeOnly required properties patternProperties items prefixItems "
        "additionalProperties allOf oneOf anyOf not then discriminator description default $ref $anchor "
        "x-ms-enum x-enum-descriptions x-enumNames".split()
    ),
    ODD,
    max_size=2,
)
FLAGS = st.fixed_dictionaries(
    {},
    optional={
        "nullable": st.just(True),
        "readOnly": st.just(True),
        "writeOnly": st.just(True),
        "required": st.lists(FIELDS, max_size=2),
        "discriminator": DISCRIMINATORS,
        "description": st.just("Words."),
        "$anchor": st.just("here"),
    },
)


def grown(inner: Any) -> Any:
    """Schemas that hold others, some of them with members that make no sense there."""
    some = st.lists(inner, min_size=1, max_size=3)
    fields = st.dictionaries(FIELDS, inner, min_size=1, max_size=3)
    holding = st.one_of(
        fields.map(lambda found: {"type": "object", "properties": found}),
        st.tuples(fields, some).map(lambda found: {"properties": found[0], "oneOf": found[1]}),
        st.tuples(fields, some).map(lambda found: {"properties": found[0], "allOf": found[1]}),
        st.tuples(fields, inner).map(
            lambda found: {"properties": found[0], "additionalProperties": found[1]}
        ),
        inner.map(lambda found: {"type": "array", "items": found}),
        inner.map(lambda found: {"additionalProperties": found}),
        inner.map(lambda found: {"patternProperties": {"^a": found}}),
        some.map(lambda found: {"prefixItems": found}),
        some.map(lambda found: {"allOf": found}),
        some.map(lambda found: {"oneOf": found}),
        some.map(lambda found: {"anyOf": [*found, {"type": "null"}]}),
        st.tuples(some, some).map(lambda found: {"oneOf": found[0], "anyOf": found[1]}),
        st.tuples(REFS, fields).map(lambda found: {**found[0], "properties": found[1]}),
    )
    return st.one_of(
        holding,
        st.tuples(holding, FLAGS).map(lambda found: {**found[0], **found[1]}),
        st.tuples(holding, BESIDE).map(lambda found: {**found[0], **found[1]}),
    )


NESTED = st.recursive(LEAVES, grown, max_leaves=8)
SCHEMAS = grown(NESTED) | NESTED | ODD


def check(kind: Type, depth: int = 0) -> None:
    """What the model promises of a type."""
    assert depth < 300
    match kind:
        case Union(members, discriminator, tags):
            assert len(members) > 1
            assert not any(isinstance(member, Union | Nullable | Anything) for member in members)
            assert len(tags) == (len(members) if discriminator else 0)
            for member in members:
                check(member, depth + 1)
        case Nullable(inner):
            assert not isinstance(inner, Nullable)
            check(inner, depth + 1)
        case Array(inner) | Map(inner):
            check(inner, depth + 1)
        case Object(fields=fields, extra=extra):
            wires = [field.wire for field in fields]
            assert len(set(wires)) == len(wires)
            for field in fields:
                check(field.type, depth + 1)
            if extra is not None:
                check(extra, depth + 1)
        case _:
            pass


def references(kind: Type) -> Iterator[str]:
    match kind:
        case Reference(key):
            yield key
        case Array(inner) | Map(inner) | Nullable(inner):
            yield from references(inner)
        case Union(members):
            for member in members:
                yield from references(member)
        case Object(fields=fields, extra=extra):
            for field in fields:
                yield from references(field.type)
            if extra is not None:
                yield from references(extra)
        case _:
            pass


@settings(
    max_examples=5_000 if LONG else 250,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
@given(
    st.fixed_dictionaries({"A": SCHEMAS, "B": SCHEMAS, "C": SCHEMAS, "D": SCHEMAS}),
    SCHEMAS,
    st.sampled_from(Dialect),
)
def test_random_schemas(named: dict[str, Any], schema: Any, dialect: Dialect) -> None:
    started = time.process_time()
    document = Document(schema, named, dialect, members={"components": {"schemas": named}})
    values = Values(document.schemas)
    kinds = [document.type(), document.type(for_request=True)]
    reached = document.schemas.all
    for kind in kinds:
        check(kind)
        assert set(references(kind)) <= reached.keys()
        values.accepts(kind, values.made(kind, "a"))
        spread = document.schemas.flattened(kind)
        check(spread)
        values.example(spread, "a", [None, {}, {"a": "b"}, []])
    for entry in reached.values():
        check(entry.type)
        assert set(references(entry.type)) <= reached.keys()
    again = Document(schema, named, dialect, members={"components": {"schemas": named}})
    assert [show(again.type()), show(again.type(for_request=True))] == [show(kind) for kind in kinds]
    assert time.process_time() - started < 30, "slow beyond all measure"


def documents() -> list[Path]:
    return sorted(
        path
        for folder in FOLDERS
        for path in (CORPUS / folder).rglob("*")
        if path.suffix in (".json", ".yaml", ".yml")
    )


def places(root: Any) -> Iterator[tuple[Any, tuple[str | int, ...]]]:
    """Every `schema` and every named one of a document."""
    stack: list[tuple[Any, tuple[str | int, ...]]] = [(root, ())]
    while stack:
        node, path = stack.pop()
        if isinstance(node, list):
            stack.extend((child, (*path, index)) for index, child in enumerate(node))
        elif isinstance(node, dict):
            for key, child in node.items():
                if path in (("components", "schemas"), ("definitions",)) or key == "schema":
                    yield child, (*path, key)
                elif key not in ("example", "examples"):
                    stack.append((child, (*path, key)))


def dialect_of(root: dict[str, Any]) -> Dialect:
    if "swagger" in root:
        return Dialect.SWAGGER_2
    return Dialect.OPENAPI_30 if str(root.get("openapi")).startswith("3.0") else Dialect.OPENAPI_31


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of public documents is not here")
def test_every_schema_of_the_corpus_has_a_type() -> None:
    fields = untyped = 0
    for path in documents():
        document = load_yaml(path, Limits()) if is_yaml(path) else load(path, Limits())
        if not isinstance(document.root, dict) or not {"openapi", "swagger"} & document.root.keys():
            continue
        problems: list[Problem] = []
        origin = Origin(path.name)
        dialect = dialect_of(document.root)
        types = Schemas(Refs(document.root, origin, dialect, problems), dialect, problems)
        values = Values(types)
        for schema, steps in places(document.root):
            for given_ in (False, True):
                kind = types.type_of(schema, origin.child(*steps), for_request=given_)
                check(kind)
                assert values.accepts(kind, values.made(kind, "body")), origin.child(*steps)
        reached = types.all
        for entry in reached.values():
            assert set(references(entry.type)) <= reached.keys()
            fields += len(entry.type.fields)
            untyped += sum(isinstance(field.type, Anything) for field in entry.type.fields)
        assert not any(problem.code.endswith("-reference") for problem in problems), path
        assert not any(problem.code in ("schema-too-large", "nested-too-deep") for problem in problems), path
    assert fields > 10_000
    assert untyped < fields / 200
