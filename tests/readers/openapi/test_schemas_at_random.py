"""Whatever stands in a document, its schemas come to types: random ones, and those of public documents."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from generator.model.problems import Origin, Problem
from generator.model.types import Anything, Array, Map, Nullable, Object, Reference, Type, Union
from generator.readers.documents import Limits, load
from generator.readers.openapi.dialect import Dialect
from generator.readers.openapi.refs import Refs
from generator.readers.openapi.schemas import Schemas
from generator.readers.openapi.values import Values
from generator.readers.yamltree import is_yaml, load_yaml

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

names = st.sampled_from(["A", "B", "C", "D"])
plain = st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from(["", "a", "b", "null", "A"])
refs = st.one_of(
    names.map(lambda name: {"$ref": f"#/components/schemas/{name}"}),
    names.map(lambda name: {"$ref": f"#/components/schemas/{name}/properties/a"}),
    st.sampled_from(
        ["#/place", "#/place/items", "#", "other.json", "#/components/schemas/A/oneOf/0", "#here"]
    ).map(lambda ref: {"$ref": ref}),
)
types = st.sampled_from(["string", "integer", "number", "boolean", "array", "object", "null", "file", "str"])


def wrapped(inner: Any) -> Any:
    some = st.lists(inner, max_size=4)
    by_name = st.dictionaries(st.sampled_from(["a", "b", "kind"]), inner, max_size=3)
    return (
        st.fixed_dictionaries(
            {},
            optional={
                "type": types | st.lists(types, max_size=3) | plain,
                "format": st.sampled_from(["date", "int64", "binary", "uuid", ""]) | plain,
                "enum": st.lists(plain, max_size=4) | plain,
                "const": plain,
                "nullable": plain,
                "readOnly": plain,
                "writeOnly": plain,
                "required": st.lists(st.sampled_from(["a", "b", "kind"]), max_size=3) | plain,
                "properties": by_name | plain,
                "patternProperties": by_name | plain,
                "additionalProperties": inner | plain,
                "items": inner | some | plain,
                "prefixItems": some | plain,
                "allOf": some | plain,
                "oneOf": some | plain,
                "anyOf": some | plain,
                "not": inner,
                "then": inner | plain,
                "discriminator": st.just({"propertyName": "kind"})
                | names.map(lambda name: {"propertyName": "kind", "mapping": {"x": name}})
                | st.just("kind")
                | plain,
                "description": plain,
                "default": plain,
                "$ref": refs.map(lambda node: node["$ref"]) | plain,
                "$anchor": st.just("here") | plain,
                "x-ms-enum": plain | st.dictionaries(st.sampled_from(["name", "values"]), plain, max_size=2),
                "x-enum-descriptions": plain | st.lists(plain, max_size=2),
            },
        )
        | refs
    )


schemas = st.recursive(plain | refs, wrapped, max_leaves=12)


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
    st.fixed_dictionaries({"A": schemas, "B": schemas, "C": schemas, "D": schemas}),
    schemas,
    st.sampled_from(Dialect),
)
def test_random_schemas(named: dict[str, Any], schema: Any, dialect: Dialect) -> None:
    started = time.process_time()
    document = Document(schema, named, dialect, members={"components": {"schemas": named}})
    values = Values(document.schemas)
    kinds = [document.type(), document.type(given=True)]
    reached = document.schemas.all
    for kind in kinds:
        check(kind)
        assert set(references(kind)) <= reached.keys()
        values.accepts(kind, values.made(kind, "a"))
        spread = document.schemas.spread(kind)
        check(spread)
        values.example(spread, "a", [None, {}, {"a": "b"}, []])
    for entry in reached.values():
        check(entry.type)
        assert set(references(entry.type)) <= reached.keys()
    again = Document(schema, named, dialect, members={"components": {"schemas": named}})
    assert [show(again.type()), show(again.type(given=True))] == [show(kind) for kind in kinds]
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
                kind = types.type_of(schema, origin.child(*steps), given=given_)
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
