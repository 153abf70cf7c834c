"""What changed in words, examples and order alone: reported once for each thing, and folded away."""

from collections.abc import Iterator, Mapping, Sequence

from ..client.api import Method, Model
from ..client.request import Json, Location
from ..text import prose
from .changes import Change, in_new
from .checks import Check
from .matching import Pairing

__all__ = ["word_changes"]


def word_changes(pairing: Pairing) -> Iterator[Change]:
    """Changes that only readers of the documentation notice."""
    old, new = pairing.old.client, pairing.new.client
    symbol = new.class_name
    if _differ(old.title, new.title) or _differ(old.description, new.description):
        yield in_new(Check.DOCS_CHANGED, symbol, new.origin)
    docs = {resource.path: resource.doc for resource in old.spec_resources}
    for resource in new.spec_resources:
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


def _said(method: Method) -> Iterator[str]:
    yield method.summary
    yield method.description
    for response in method.responses:
        if response.has_content:
            yield response.doc
    for case in method.errors:
        yield case.text


def _operation(old: Method, new: Method) -> Iterator[Change]:
    before, after = list(_said(old)), list(_said(new))
    docs = {argument.name: argument.doc for argument in old.parameters}
    changed = any(_differ(docs.get(one.name, one.doc), one.doc) for one in new.parameters)
    if changed or (before != after and _differ("\n".join(before), "\n".join(after))):
        yield in_new(Check.DOCS_CHANGED, new.qualified, new.origin)
    if _saved(old) != _saved(new) or _others(old.example_values, new.example_values):
        yield in_new(Check.EXAMPLES_CHANGED, new.qualified, new.origin)
    names = [argument.name for argument in old.parameters if argument.location is not Location.PATH]
    if _reordered(
        names, [argument.name for argument in new.parameters if argument.location is not Location.PATH]
    ):
        yield in_new(Check.ORDER_CHANGED, new.qualified, new.origin)


def _saved(method: Method) -> object:
    """The saved responses, which the client's test transport returns."""
    return [
        (response.status, example.json, example.text)
        for response in method.responses
        for example in response.examples
    ]


def _others(old: Mapping[tuple[Location, str], Json], new: Mapping[tuple[Location, str], Json]) -> bool:
    """Other values under the keys that both have."""
    return any(old[key] != new[key] for key in old.keys() & new.keys())


def _model(pairing: Pairing, old: Model, new: Model) -> Iterator[Change]:
    origin = new.origin or pairing.new.client.origin
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
    """Operations of a resource whose order changed."""
    now = {old.qualified: new.qualified for old, new in pairing.operations.both}
    origins = {new.qualified: new.origin for _, new in pairing.operations.both}
    rank = {item.qualified: number for number, item in enumerate(pairing.new.methods)}
    groups: dict[str, list[str]] = {}
    for operation in pairing.old.methods:
        name = now.get(operation.qualified)
        if name is not None:
            groups.setdefault(name.rpartition(".")[0], []).append(name)
    for resource, members in groups.items():
        ranks = [rank[name] for name in members]
        if ranks != sorted(ranks):
            symbol = resource or pairing.new.client.class_name
            yield in_new(Check.ORDER_CHANGED, symbol, origins[members[0]])
