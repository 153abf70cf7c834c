"""A client -> the pieces of text of its whole package."""

from ..client.api import Client
from ..client.runtime_names import ERROR_NAMES, RUNTIME_MODULES
from ..config.editions import EDITIONS, Edition
from ..text import prose
from ..text.python import PythonCode, docstring, literal
from .client_module import plan_client
from .examples_file import examples_text
from .imports import from_import, lazy_entry, public
from .model_classes import plan_model_index, plan_models
from .nodes import InitModule, Package
from .project import plan_project
from .resources import plan_resource

__all__ = ["plan_package"]


def _init(client: Client) -> InitModule:
    name = client.class_name
    modules = {name: "client", f"Async{name}": "_async", **dict.fromkeys(ERROR_NAMES, "errors")}
    modules |= {name: RUNTIME_MODULES[name] for name in ("RequestOptions", "UNSET")}
    ordered = sorted(modules)
    title = prose.first_sentence(prose.clean(client.title)) or name
    return InitModule(
        doc=docstring(f"{title}: a client for Python, synchronous and asynchronous.", 0),
        imports=tuple(
            from_import(f".{module}", [public(name) for name in ordered if modules[name] == module], indent=4)
            for module in sorted(set(modules.values()))
        ),
        entries=tuple(lazy_entry(name, modules[name]) for name in ordered),
        names=tuple(literal(name) for name in ordered),
    )


def _markers(client: Client) -> tuple[tuple[str, PythonCode], ...]:
    """The packages that hold nothing of their own."""
    if not client.resources:
        return ()
    doc = docstring("A package for each resource.", 0)
    return tuple((f"{folder}/__init__.py", doc) for folder in ("_async/resources", "resources"))


def plan_package(client: Client, edition: Edition = EDITIONS[1], *, testing: bool = False) -> Package:
    """The pieces of every file of the package, and of the project around it.

    `testing` where the project's wheels hold the saved responses, too.
    """
    client_module, async_client = plan_client(client, edition)
    resources = [plan_resource(client, resource, edition) for resource in client.resources]
    return Package(
        init=_init(client),
        client=client_module,
        resources=tuple(module for module, _ in resources),
        async_modules=(async_client, *(module for _, module in resources)),
        markers=_markers(client),
        models=plan_models(client),
        model_index=plan_model_index(client),
        examples=examples_text(client),
        runtime=client.runtime,
        project=plan_project(client, edition, testing=testing),
    )
