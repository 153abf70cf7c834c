"""What changed in words, examples and order alone: told once for each thing, and folded away."""

from collections.abc import Iterator, Mapping, Sequence

from ..client.public_api import SurfaceModel, SurfaceOperation
from ..model.api import Operation
from ..model.types import Json
from ..text import prose
from .changes import Change, in_new
from .checks import Check
from .matching import Pairing

__all__ = ["word_changes"]


def word_changes(pairing: Pairing) -> Iterator[Change]:
    """Changes that only readers of the documentation notice."""
    old, new = pairing.old.api, pairing.new.api
    symbol = pairing.new.surface.class_name
    if _differ(old.title, new.title) or _differ(old.description, new.description):
        yield in_new(Check.DOCS_CHANGED, symbol, new.origin)
    docs = {resource.path: resource.doc for resource in old.resources}
    for resource in new.resources:
        if _differ(docs.get(resource.path, resource.doc), resource.doc):
            yield in_new(Check.DOCS_CHANGED, " / ".join(resource.path), resource.origin)
    for before, after in pairing.operations.both:
        yield from _operation(before, after)
    for one, other in pairing.models.both:
        yield from _model(pairing, one, other)
    yield from _order(pairing)


def _differ(old: str, new: str) -> bool:
    """Other words, once markup and layout are taken away."""
    return old != new and prose.clean(old).split() != prose.clean(new).split()


def _said(operation: Operation) -> Iterator[str]:
    yield operation.summary
    yield operation.description
    for answer in operation.responses:
        if answer.type is not None:
            yield answer.doc
    for case in operation.errors:
        yield case.text


def _operation(old: SurfaceOperation, new: SurfaceOperation) -> Iterator[Change]:
    before, after = list(_said(old.operation)), list(_said(new.operation))
    docs = {argument.name: argument.doc for argument in old.arguments}
    changed = any(_differ(docs.get(one.name, one.doc), one.doc) for one in new.arguments)
    if changed or (before != after and _differ("\n".join(before), "\n".join(after))):
        yield in_new(Check.DOCS_CHANGED, new.qualified, new.operation.origin)
    if _answers(old.operation) != _answers(new.operation) or _others(
        _values(old.operation), _values(new.operation)
    ):
        yield in_new(Check.EXAMPLES_CHANGED, new.qualified, new.operation.origin)
    names = [argument.name for argument in old.arguments if argument.location != "path"]
    if _reordered(names, [argument.name for argument in new.arguments if argument.location != "path"]):
        yield in_new(Check.ORDER_CHANGED, new.qualified, new.operation.origin)


def _answers(operation: Operation) -> object:
    """The saved answers, which the client's test transport gives."""
    return [
        (answer.status, example.json, example.text)
        for answer in operation.responses
        for example in answer.examples
    ]


def _values(operation: Operation) -> Mapping[object, Json]:
    """The values of the example call, by the places that have them."""
    found: dict[object, Json] = {
        (one.location, one.wire): one.example.value for one in operation.parameters if one.example is not None
    }
    if operation.body is not None and operation.body.example is not None:
        example = operation.body.example.value
        if isinstance(example, Mapping):
            found.update(example)
        else:
            found[None] = example
    return found


def _others(old: Mapping[object, Json], new: Mapping[object, Json]) -> bool:
    """Other values in the places that both have."""
    return any(old[place] != new[place] for place in old.keys() & new.keys())


def _model(pairing: Pairing, old: SurfaceModel, new: SurfaceModel) -> Iterator[Change]:
    origin = new.origin or pairing.new.api.origin
    docs = {field.wire: field.doc for field in old.fields}
    if _differ(old.doc, new.doc) or any(
        _differ(docs.get(field.wire, field.doc), field.doc) for field in new.fields
    ):
        yield in_new(Check.DOCS_CHANGED, new.name, origin)
    if _reordered([field.wire for field in old.fields], [field.wire for field in new.fields]):
        yield in_new(Check.ORDER_CHANGED, new.name, origin)


def _reordered(old: Sequence[str], new: Sequence[str]) -> bool:
    known, left = frozenset(new), frozenset(old)
    return [name for name in old if name in known] != [name for name in new if name in left]


def _order(pairing: Pairing) -> Iterator[Change]:
    """Operations of a resource that changed places."""
    now = {old.qualified: new.qualified for old, new in pairing.operations.both}
    origins = {new.qualified: new.operation.origin for _, new in pairing.operations.both}
    rank = {item.qualified: number for number, item in enumerate(pairing.new.surface.operations)}
    groups: dict[str, list[str]] = {}
    for operation in pairing.old.surface.operations:
        name = now.get(operation.qualified)
        if name is not None:
            groups.setdefault(name.rpartition(".")[0], []).append(name)
    for resource, members in groups.items():
        ranks = [rank[name] for name in members]
        if ranks != sorted(ranks):
            symbol = resource or pairing.new.surface.class_name
            yield in_new(Check.ORDER_CHANGED, symbol, origins[members[0]])
