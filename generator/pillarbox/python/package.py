"""An API -> the plan of its whole client package."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..client.arguments import takes_body_or_fields
from ..client.corrections import corrected
from ..client.model_naming import name_models
from ..client.operations import NamedOperation, name_operations, returned_by
from ..client.public_api import (
    Surface,
    SurfaceCredential,
    SurfaceOperation,
    SurfaceSetting,
    ValueList,
    expanded,
)
from ..client.runtime_files import ERROR_NAMES, runtime_files
from ..client.type_mapping import schema_key
from ..client.types import is_tagged, spell, untyped
from ..config.editions import EDITIONS, Edition
from ..config.settings import TypeCorrection
from ..lock.claims import Claims
from ..model.api import Api
from ..model.problems import Problem
from ..naming.inflections import ENGLISH, Inflections
from ..naming.words import pascal, valid_name
from ..text import prose
from ..text.python import PythonCode, docstring, identifier, literal
from ..views.api_page import plan_page
from .client_module import (
    ClientSetting,
    Credential,
    base_url_of,
    client_operations,
    default_security,
    plan_client,
)
from .examples_file import examples_text
from .imports import from_import, public
from .methods import PlannedMethod
from .model_classes import PlannedModels, plan_models
from .nodes import InitModule, Package, PlannedOperation, ResourceModule, TestingModule
from .project import plan_project
from .resources import PlannedMethods, ResourceTree, plan_resource, resource_tree

__all__ = ["PackageNames", "Statistics", "client_class_name", "plan_package"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageNames:
    """What the user decides about names."""

    package: str
    client_class: str
    inflections: Inflections = ENGLISH


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """How much of the package is typed."""

    fields: int
    """Fields of models and arguments."""
    untyped: int
    """Those whose annotation holds `Any`."""


_MODELS = PythonCode("models.")


def _planned(method: PlannedMethod) -> PlannedOperation:
    arguments = method.arguments
    return PlannedOperation(
        operation=method.operation,
        qualified=method.qualified,
        arguments=tuple((item.name, item.location, item.wire) for item in arguments),
        annotations=tuple((item.name, str(spell(item.kind, models=_MODELS))) for item in arguments),
        returns=str(spell(method.returns, models=_MODELS)),
        answer=method.returns,
        example=tuple(
            (item.name, item.example)
            for item in arguments
            if item.required or (item.shown and item.has_example)
        ),
    )


def _init(api: Api, class_name: str) -> InitModule:
    modules = {class_name: "client", f"Async{class_name}": "client", **dict.fromkeys(ERROR_NAMES, "errors")}
    modules |= {"RequestOptions": "_runtime.options", "UNSET": "_runtime.unset"}
    ordered = sorted(modules)
    title = prose.first_sentence(prose.clean(api.title)) or class_name
    return InitModule(
        doc=docstring(f"{title}: a client for Python, synchronous and asynchronous.", 0),
        imports=tuple(
            from_import(f".{module}", [public(name) for name in ordered if modules[name] == module], indent=4)
            for module in sorted(set(modules.values()))
        ),
        entries=tuple(
            PythonCode("{}: {},").format(literal(name), literal(modules[name])) for name in ordered
        ),
        names=tuple(literal(name) for name in ordered),
    )


def _operations_of(group: PlannedMethods) -> Iterator[SurfaceOperation]:
    lists = {alias.name: alias.kind for alias in group.aliases}
    for method in group.plain:
        yield SurfaceOperation(
            operation=method.operation,
            qualified=method.qualified,
            arguments=expanded(method.arguments, lists),
            returns=method.returns,
        )


def _surface(
    api: Api,
    wanted: PackageNames,
    tree: ResourceTree,
    planned: Mapping[tuple[str, ...], PlannedMethods],
    models: PlannedModels,
    credentials: Sequence[Credential],
    settings: Sequence[ClientSetting],
) -> Surface:
    return Surface(
        class_name=wanted.client_class,
        package=wanted.package,
        base_url=base_url_of(api),
        security=default_security(api),
        credentials=tuple(
            SurfaceCredential(name=item.name, scheme=item.scheme, role=item.role) for item in credentials
        ),
        settings=tuple(
            SurfaceSetting(
                name=item.name,
                wire=item.setting.wire,
                default=item.setting.default,
                origin=item.setting.origin,
            )
            for item in settings
        ),
        operations=tuple(found for group in planned.values() for found in _operations_of(group)),
        models=models.surface,
        lists=models.lists,
        values=tuple(
            ValueList(name=f"{tree.modules.get(path, 'client')}.{alias.name}", kind=alias.kind)
            for path, group in planned.items()
            for alias in group.aliases
        ),
    )


def plan_package(
    api: Api,
    wanted: PackageNames,
    claims: Claims,
    corrections: Sequence[TypeCorrection] = (),
    edition: Edition = EDITIONS[1],
) -> tuple[Package, Statistics, tuple[Problem, ...]]:
    """Plan everything: names first, then types, then words."""
    class_name = wanted.client_class
    named, schemas, problems = corrected(
        name_operations(api.operations, claims, wanted.inflections), api.schemas, corrections, claims
    )
    found = name_models(
        [(item.qualified, item.operation) for item in named], schemas, claims, wanted.inflections
    )
    models = plan_models(found, claims)
    tree = resource_tree(
        api, named, (class_name, f"Async{class_name}", "Client", "AsyncClient", "Configuration")
    )
    own = client_operations(named)
    qualified = {item.operation.origin: item.qualified for item in named}
    returned = {scheme: returned_by(origins, qualified) for scheme, origins in api.credential_sources}
    client, client_methods, credentials, settings = plan_client(
        api, wanted.package, class_name, tree, own, found.names, claims, returned, edition
    )
    planned: dict[tuple[str, ...], PlannedMethods] = {(): client_methods}
    resources: list[ResourceModule] = []
    security = default_security(api)
    members: dict[tuple[str, ...], list[NamedOperation]] = {path: [] for path in tree.modules}
    for item in named:
        if item.resource:
            members[item.resource].append(item)
    for path, mine in members.items():
        module, planned[path] = plan_resource(path, tree, mine, found.names, security, claims, edition)
        resources.append(module)
    methods = {path: group.plain for path, group in planned.items()}
    everything = {method.qualified: method for group in methods.values() for method in group}
    arguments = [argument for method in everything.values() for argument in method.arguments]
    package = Package(
        name=wanted.package,
        class_name=class_name,
        init=_init(api, class_name),
        client=client,
        resources=tuple(resources),
        models=models.modules,
        model_index=models.index,
        testing=TestingModule(
            doc=docstring(
                "Tests without a network: a transport that returns the saved responses of the spec.", 0
            ),
            client=identifier(class_name),
        ),
        api=plan_page(api, wanted.package, class_name, tree, methods),
        examples=examples_text(named),
        runtime=runtime_files(
            tagged=models.tagged or any(is_tagged(method.returns) for method in everything.values()),
            renamed=claims.leaves_old_names(("argument", "field", "operation", "resource"))
            or any(item.operation.deprecated for item in named),
            body_or_fields=any(takes_body_or_fields(method.arguments) for method in everything.values()),
        ),
        operations=tuple(_planned(everything[item.qualified]) for item in named),
        credentials=tuple((item.name, item.scheme, item.role) for item in credentials),
        settings=tuple((item.name, item.setting.wire) for item in settings),
        schemas=tuple(
            (key, found.names.places[schema_key(key)])
            for key in schemas
            if schema_key(key) in found.names.places
        ),
        surface=_surface(api, wanted, tree, planned, models, credentials, settings),
        project=plan_project(
            api, wanted.package, class_name, list(everything.values()), credentials, edition
        ),
    )
    statistics = Statistics(
        fields=models.fields + len(arguments),
        untyped=models.unknown + sum(untyped(argument.kind) for argument in arguments),
    )
    return package, statistics, problems


def client_class_name(package: str) -> str:
    """`zoom` -> `Zoom`."""
    return valid_name(pascal(package), "class")
