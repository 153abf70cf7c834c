"""Model + lock + configuration -> the description of the whole client."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..config.settings import AS_DOCUMENTED, Encodings, TypeCorrection
from ..lock.choices import Choice
from ..lock.claims import Claims, Lock
from ..lock.format import Kind
from ..model.api import Api, ReadResult
from ..model.problems import Problem, Severity
from ..naming.inflections import ENGLISH, Inflections
from ..naming.words import pascal, valid_name
from .api import Client, Method, Resource
from .corrections import corrected
from .credentials import credentials_of, default_security, schemes_of, settings_of
from .encodings import encoded
from .input_forms import input_forms_of, old_input_forms
from .methods import Context
from .model_naming import NamedModels, name_models
from .models import home_modules, models_of, unions_of, value_lists_of
from .operations import NamedOperation, name_operations, returned_by
from .resources import resource_sites, resources_of, root_site
from .runtime_files import runtime_files
from .type_mapping import schema_key

__all__ = ["ClientNames", "Described", "client_class_name", "describe", "describe_api"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientNames:
    """The configured names of the client itself."""

    package: str
    client_class: str
    inflections: Inflections = ENGLISH


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What a client will be, before a line of it is written."""

    client: Client
    lock: Lock
    """The names of the next run."""
    problems: tuple[Problem, ...]
    choices: Mapping[tuple[Kind, str], Choice]
    """Why each public name is what it is, by kind and dotted name."""
    read: ReadResult
    """The spec, for what is shown beside the client: its evidence, counts of requests and of replaced secrets."""


def describe(
    read: ReadResult,
    names: ClientNames,
    claims: Claims,
    corrections: Sequence[TypeCorrection] = (),
    encodings: Encodings = AS_DOCUMENTED,
) -> Described:
    """Describe the client of a spec; `claims` holds the names of the last run and the renames of the configuration."""
    client, notes = describe_api(read.api, names, claims, corrections, encodings)
    lock = claims.result()
    unused = tuple(
        Problem(Severity.WARNING, "unused-rename", f"the rename of `{name}` meets no name", read.api.origin)
        for name in claims.unused_renames()
    )
    return Described(
        client=client,
        lock=lock,
        problems=(*read.problems, *notes, *unused),
        choices=claims.choices(),
        read=read,
    )


def describe_api(
    api: Api,
    names: ClientNames,
    claims: Claims,
    corrections: Sequence[TypeCorrection] = (),
    encodings: Encodings = AS_DOCUMENTED,
) -> tuple[Client, tuple[Problem, ...]]:
    """The client of an API: names first, then types, then what they are used for."""
    named, schemas, problems = corrected(
        name_operations(api, claims, names.inflections), api.schemas, corrections, claims
    )
    named, unmet = encoded(named, encodings, claims)
    found = name_models(
        [(item.qualified, item.operation) for item in named], schemas, claims, names.inflections
    )
    modules = home_modules(found)
    qualified = {item.operation.origin: item.qualified for item in named}
    returned = {scheme: returned_by(origins, qualified) for scheme, origins in api.credential_sources}
    schemes = schemes_of(api)
    credentials = credentials_of(schemes, returned, claims)
    below = resource_sites(api, named, names.client_class)
    sites = (root_site(names.client_class, below), *below)
    root, *resources = resources_of(sites, named, Context(names=found.names, claims=claims))
    methods = _in_spec_order((root, *resources), named)
    models = models_of(found, modules, claims, input_forms_of(found))
    old_models = claims.old_names("model", "")
    client = Client(
        package=names.package,
        class_name=names.client_class,
        title=api.title,
        description=api.description,
        version=api.version,
        source=api.source,
        server=None if api.server is None else api.server.template,
        other_servers=api.other_servers,
        schemes=schemes,
        security=default_security(api),
        credentials=credentials,
        settings=settings_of(api, claims),
        names_as_written=api.names_as_written,
        root=root,
        resources=tuple(resources),
        methods=methods,
        models=models,
        value_lists=value_lists_of(found, modules),
        unions=unions_of(found, modules),
        old_models=tuple(sorted((*old_models, *old_input_forms(old_models, found.names.inputs, claims)))),
        schema_models=_schema_models(schemas, found),
        spec_resources=api.resources,
        runtime=(),
        origin=api.origin,
    )
    return replace(client, runtime=runtime_files(client)), (*problems, *unmet)


def client_class_name(package: str) -> str:
    """`zoom` -> `Zoom`."""
    return valid_name(pascal(package), "class")


def _in_spec_order(resources: Sequence[Resource], named: Sequence[NamedOperation]) -> tuple[Method, ...]:
    methods = {method.qualified: method for resource in resources for method in resource.methods}
    return tuple(methods[item.qualified] for item in named)


def _schema_models(schemas: Iterable[str], found: NamedModels) -> tuple[tuple[str, str], ...]:
    keys = ((key, schema_key(key)) for key in schemas)
    return tuple((key, found.names.models[at]) for key, at in keys if at in found.names.models)
