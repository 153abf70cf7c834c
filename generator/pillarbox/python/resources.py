"""Resources: a package each, of the synchronous class, and its mirror with the asynchronous one."""

from ..client.api import Client, Resource
from ..client.runtime_names import runtime_module
from ..config.editions import Edition
from ..text import prose
from ..text.python import PythonCode, docstring
from . import resource_docs
from .imports import from_import, lazy_entry, relative
from .members import ClassMembers, PlannedMembers, class_name, module_of, plan_members
from .nodes import AsyncModule, ResourceClass, ResourceModule

__all__ = ["plan_resource"]


def _definition(
    resource: Resource, members: ClassMembers, doc: PythonCode, *, awaited: bool
) -> ResourceClass:
    return ResourceClass(
        name=class_name(resource, awaited=awaited),
        parent=PythonCode("AsyncResource") if awaited else PythonCode("Resource"),
        doc=doc,
        children=members.children,
        old_children=members.old_children,
        methods=members.methods,
        old_methods=members.old_methods,
    )


def _file(resource: Resource, *, awaited: bool) -> str:
    return "/".join((*module_of(resource.path, awaited=awaited), "__init__.py"))


def plan_resource(client: Client, resource: Resource, edition: Edition) -> tuple[ResourceModule, AsyncModule]:
    """The modules of one resource."""
    members = plan_members(client, resource, edition)
    text = resource_docs.class_text(resource, client.title)
    doc = docstring(prose.wrap(text, 84, "", ""), 4)
    return _module(resource, members, doc), _async_module(resource, members, doc)


def _module(resource: Resource, members: PlannedMembers, doc: PythonCode) -> ResourceModule:
    here, there = (module_of(resource.path, awaited=awaited) for awaited in (False, True))
    awaited_class = str(class_name(resource, awaited=True))
    imports = members.sync_imports
    imports.add(runtime_module("Resource"), "Resource")
    imports.add(".".join(("", *there)), awaited_class, alias=awaited_class, typing_only=True)
    lazy = from_import(relative("._runtime", here), [PythonCode("lazy")], indent=4)
    # `lazy` takes the name of a module below the package: one dot less than an import statement has.
    target = relative(".".join(there), here).removeprefix(".")
    return ResourceModule(
        path=_file(resource, awaited=False),
        doc=docstring(resource_docs.module_text(resource), 0),
        imports=imports.lines(),
        typing_imports=imports.typing_lines(),
        lazy=lazy,
        entry=lazy_entry(awaited_class, target),
        aliases=members.aliases,
        texts=members.texts,
        constants=members.constants,
        definition=_definition(resource, members.sync, doc, awaited=False),
    )


def _async_module(resource: Resource, members: PlannedMembers, doc: PythonCode) -> AsyncModule:
    imports = members.async_imports
    imports.add(runtime_module("AsyncResource"), "AsyncResource")
    return AsyncModule(
        path=_file(resource, awaited=True),
        doc=docstring(resource_docs.module_text(resource), 0),
        imports=imports.lines(),
        typing_imports=imports.typing_lines(),
        definition=_definition(resource, members.awaited, doc, awaited=True),
    )
