"""Resources: where each is, what it is called, and its methods."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from ..model.api import Api
from ..model.grouping import Grouping
from ..naming.inflections import singular
from ..naming.words import split_words
from .api import Resource, ValueList
from .arguments import arguments_of, with_sources
from .methods import Context, method_of
from .operations import NamedOperation
from .resource_classes import CLIENT_IMPORTS, resource_class
from .value_lists import AliasBook, common_lists

__all__ = ["ResourceSite", "resource_sites", "resources_of", "root_site"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceSite:
    """Where a resource is, before its methods are described."""

    path: tuple[str, ...]
    """Attributes from the client down; empty for the client itself."""
    class_name: str
    title: str
    doc: str
    reserved: frozenset[str]
    """Names of classes that no list of values of its module may have."""

    @property
    def scope(self) -> str:
        """What holds its lists of values in the lock."""
        return ".".join(self.path) or "client"


def resource_sites(
    api: Api, operations: Sequence[NamedOperation], client_class: str
) -> tuple[ResourceSite, ...]:
    """All resources in the order of the spec, parents before children."""
    is_sorted = api.grouping is Grouping.FOLDERS
    spec_paths = _spec_paths(operations) if is_sorted else dict(_tagged(operations))
    docs = {resource.path: resource.doc for resource in api.resources}
    names = {path: resource_class(path, client_class) for path in _paths(operations)}
    below: dict[tuple[str, ...], list[str]] = {}
    for path, name in names.items():
        below.setdefault(path[:-1], []).append(name)
    return tuple(
        ResourceSite(
            path=path,
            class_name=name,
            title=spec_paths[path][-1] if path in spec_paths else path[-1],
            doc=docs.get(spec_paths.get(path, ()), ""),
            reserved=frozenset((name, f"Async{name}", *below.get(path, ()))),
        )
        for path, name in names.items()
    )


def root_site(client_class: str, below: Sequence[ResourceSite]) -> ResourceSite:
    """The client itself."""
    children = (site.class_name for site in below if len(site.path) == 1)
    return ResourceSite(
        path=(),
        class_name=client_class,
        title="",
        doc="",
        reserved=frozenset((client_class, f"Async{client_class}", *CLIENT_IMPORTS, *children)),
    )


def _paths(operations: Sequence[NamedOperation]) -> list[tuple[str, ...]]:
    return list(
        dict.fromkeys(
            named.resource[:length] for named in operations for length in range(1, len(named.resource) + 1)
        )
    )


def _spec_paths(operations: Sequence[NamedOperation]) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """The spec's names of the resources that hang where the spec has them."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for named in operations:
        if len(named.operation.resource) == len(named.resource):
            for length in range(1, len(named.resource) + 1):
                found.setdefault(named.resource[:length], named.operation.resource[:length])
    return found


def _tagged(operations: Sequence[NamedOperation]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The tag that each resource is about, where resources are made of paths.

    It is the one of the resource that has its words, or of the only one whose operations have it and no other.
    """
    tags: dict[tuple[str, ...], list[NamedOperation]] = {}
    for named in operations:
        if named.operation.resource:
            tags.setdefault(named.operation.resource, []).append(named)
    for tag, members in tags.items():
        paths = _paths(members)
        same = (path for path in paths if _nouns(tag[-1]) in (_nouns(path[-1]), _nouns(" ".join(path))))
        found = next(same, None)
        if found is None and (shared := _shared([named.resource for named in members])):
            inside = [named for named in operations if named.resource[: len(shared)] == shared]
            found = shared if len(inside) == len(members) else None
        if found is not None:
            yield found, tag


def _shared(paths: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The steps that all paths begin with."""
    columns = takewhile(lambda steps: len(set(steps)) == 1, zip(*paths, strict=False))
    return tuple(steps[0] for steps in columns)


def _nouns(text: str) -> tuple[str, ...]:
    return tuple(map(singular, split_words(text)))


def resources_of(
    sites: Sequence[ResourceSite], operations: Sequence[NamedOperation], context: Context
) -> tuple[Resource, ...]:
    """The resources with their methods."""
    members: dict[tuple[str, ...], list[NamedOperation]] = {site.path: [] for site in sites}
    for named in operations:
        members[named.resource].append(named)
    return tuple(_resource(site, members[site.path], context) for site in sites)


def _resource(site: ResourceSite, operations: Sequence[NamedOperation], context: Context) -> Resource:
    claims, dotted = context.claims, ".".join(site.path)
    common = common_lists((named.qualified, named.operation) for named in operations)
    book = AliasBook(site.scope, claims, site.reserved, common)
    methods = tuple(
        method_of(
            named,
            with_sources(
                arguments_of(named.operation, named.qualified, context.names, claims, book), named.returned
            ),
            context,
        )
        for named in operations
    )
    lists = tuple(ValueList(name=alias.name, module=site.scope, kind=alias.kind) for alias in book.all())
    names = {values.name for values in lists}
    return Resource(
        path=site.path,
        class_name=site.class_name,
        title=site.title,
        doc=site.doc,
        methods=methods,
        value_lists=lists,
        old_methods=claims.old_names("operation", dotted),
        old_resources=claims.old_names("resource", dotted),
        old_value_lists=tuple(
            (old, new) for old, new in claims.old_names("enum", site.scope) if new in names
        ),
    )
