"""Resources: one module each, a synchronous and an asynchronous class."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..client.api import Client, Method as ClientMethod, Resource, ValueList
from ..client.request import GraphQLBody, TextBody
from ..client.types import Plain, PyType, spell
from ..config.editions import Edition
from ..naming.words import UniqueNames
from ..text import prose
from ..text.python import PythonCode, docstring, identifier, literal
from . import resource_docs
from .imports import LINE_LENGTH, Imports, from_import
from .methods import Scope, constant_name, hidden_builtins, plan_constant, plan_method
from .nodes import Child, Constant, Method, RenamedMember, RenamedMethod, ResourceClass, ResourceModule
from .old_names import old_member, old_methods, with_old_arguments

__all__ = [
    "PlannedMethods",
    "children_of",
    "import_children",
    "member_names",
    "old_resources",
    "plan_methods",
    "plan_resource",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedMethods:
    """The methods of one class and the module text they need."""

    constants: tuple[Constant, ...]
    texts: tuple[PythonCode, ...]
    aliases: tuple[PythonCode, ...]
    """`UserTokenType = …`, and the old names of such lists."""
    sync: tuple[Method, ...]
    awaited: tuple[Method, ...]
    old_sync: tuple[RenamedMethod, ...]
    old_awaited: tuple[RenamedMethod, ...]

    def methods(self, *, awaited: bool) -> tuple[Method, ...]:
        """Those of one of the two classes."""
        return self.awaited if awaited else self.sync

    def old_methods(self, *, awaited: bool) -> tuple[RenamedMethod, ...]:
        """Their old names."""
        return self.old_awaited if awaited else self.old_sync


def _text_constant(name: PythonCode, body: GraphQLBody | TextBody) -> PythonCode:
    """`_CREATE_TEXT = …`: a line of source for each line of the text, placeholders as `{{wire}}`."""
    if isinstance(body, GraphQLBody):
        text = body.query or ""
    else:
        text = "".join(
            piece if isinstance(piece, str) else f"{{{{{piece.wire}}}}}" for piece in body.template
        )
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1].removesuffix("\n")
    written = [literal(line) for line in lines if line]
    one_line = PythonCode("{}_TEXT = {}").format(name, PythonCode(" ").join(written))
    if len(written) < 2 or len(one_line) <= LINE_LENGTH:
        return PythonCode("{}_TEXT = {}").format(name, literal(text))
    return PythonCode("{}_TEXT = (\n    {}\n)").format(name, PythonCode("\n    ").join(written))


def plan_methods(resource: Resource, scope: Scope) -> PlannedMethods:
    """All methods of a resource, or of the client itself."""
    methods = resource.methods
    constants, texts, sent = _constants(methods, scope)
    old_names = [old for old, _ in resource.old_methods]
    scope = replace(
        scope, hidden=hidden_builtins([*(method.name for method in methods), *old_names, *scope.members])
    )
    if scope.hidden and _mentions(methods, scope.hidden):
        scope.imports.add("builtins", "")
    spelled = [plan_method(method, name, scope) for method, name in zip(methods, sent, strict=True)]
    sync, awaited = (
        tuple(
            with_old_arguments(made[number], method, scope)
            for method, made in zip(methods, spelled, strict=True)
        )
        for number in (0, 1)
    )
    for values in resource.value_lists:
        scope.imports.need(values.kind)
    return PlannedMethods(
        constants=constants,
        texts=texts,
        aliases=_alias_lines(resource),
        sync=sync,
        awaited=awaited,
        old_sync=old_methods(resource.old_methods, methods, sync, scope),
        old_awaited=old_methods(resource.old_methods, methods, awaited, scope),
    )


def _constants(
    methods: Sequence[ClientMethod], scope: Scope
) -> tuple[tuple[Constant, ...], tuple[PythonCode, ...], list[PythonCode]]:
    """The constants, the texts of bodies, and the name of the constant that each method sends.

    Copies of a request keep their methods and send one constant; a text of its own needs one of its own.
    """
    constants: dict[tuple[object, ...], Constant] = {}
    texts: list[PythonCode] = []
    sent: list[PythonCode] = []
    free = UniqueNames()
    if methods:
        scope.imports.add("._runtime.operation", "Operation")
    for method in methods:
        name = identifier(free.free(constant_name(method.name)))
        constant = plan_constant(method, name, scope)
        body = method.request.body
        written = isinstance(body, TextBody) or (isinstance(body, GraphQLBody) and body.query is not None)
        text = _text_constant(name, body) if written and isinstance(body, GraphQLBody | TextBody) else None
        same = constants.setdefault((method.returns, constant.arguments, text), constant)
        sent.append(same.name)
        if same is constant:
            free.take(str(name))
        if text is not None:
            texts.append(text)
    return tuple(constants.values()), tuple(texts), sent


def _mentions(methods: Sequence[ClientMethod], hidden: frozenset[str]) -> bool:
    kinds: list[PyType] = []
    for method in methods:
        kinds += [method.returns, *(parameter.kind for parameter in method.parameters)]
    return any(
        "builtins." in str(spell(kind, hidden=hidden))
        for kind in kinds
        if not isinstance(kind, Plain) or kind.builtin
    )


def _alias_lines(resource: Resource) -> tuple[PythonCode, ...]:
    old = (
        PythonCode("{} = {}").format(identifier(old), identifier(new))
        for old, new in resource.old_value_lists
    )
    return (*map(_alias_code, resource.value_lists), *old)


def _alias_code(values: ValueList) -> PythonCode:
    """`UserTokenType = Literal["token", "zak"] | str`."""
    return PythonCode("{} = {}").format(identifier(values.name), spell(values.kind))


def _class_name(resource: Resource, *, awaited: bool) -> PythonCode:
    return identifier(f"Async{resource.class_name}" if awaited else resource.class_name)


def _property(name: PythonCode, kind: PythonCode) -> PythonCode:
    """The first line of a property, or the first three where it is too long."""
    line = PythonCode("def {}(self) -> {}:").format(name, kind)
    if 4 + len(line) <= LINE_LENGTH:
        return line
    return PythonCode("def {}(\n        self,\n    ) -> {}:").format(name, kind)


def children_of(client: Client, path: tuple[str, ...], *, awaited: bool) -> tuple[Child, ...]:
    """The resources directly below `path`."""
    return tuple(
        Child(
            define=_property(identifier(child.path[-1]), _class_name(child, awaited=awaited)),
            class_name=_class_name(child, awaited=awaited),
            doc=docstring(text, 8) if (text := resource_docs.attribute_text(child)) else None,
            statement=from_import(f".{child.module}", [_class_name(child, awaited=awaited)], indent=8),
        )
        for child in client.children(path)
    )


def member_names(client: Client, resource: Resource) -> tuple[str, ...]:
    """The names of the resources directly below a resource, the old ones too."""
    names = (child.path[-1] for child in client.children(resource.path))
    return (*names, *(old for old, _ in resource.old_resources))


def import_children(client: Client, path: tuple[str, ...], imports: Imports) -> None:
    """What a class needs for the properties that are the resources below it."""
    for child in client.children(path):
        imports.add("functools", "cached_property")
        for prefix in ("", "Async"):
            imports.add(f".{child.module}", f"{prefix}{child.class_name}", typing_only=True)


def old_resources(
    client: Client, resource: Resource, imports: Imports, *, awaited: bool
) -> tuple[RenamedMember, ...]:
    """Old names of the resources directly below a resource."""
    below = {child.path[-1]: child for child in client.children(resource.path)}
    return tuple(
        old_member(old, new, _class_name(below[new], awaited=awaited), imports)
        for old, new in resource.old_resources
        if new in below
    )


def plan_resource(client: Client, resource: Resource, edition: Edition) -> ResourceModule:
    """The module of one resource."""
    imports = Imports()
    members = member_names(client, resource)
    scope = Scope(imports=imports, edition=edition, security=client.security, members=members)
    methods = plan_methods(resource, scope)
    imports.add("._runtime.resource", "Resource")
    imports.add("._runtime.resource", "AsyncResource")
    import_children(client, resource.path, imports)
    doc = prose.wrap(resource_docs.class_text(resource), 84, "", "")
    classes = tuple(
        ResourceClass(
            name=_class_name(resource, awaited=awaited),
            parent=PythonCode("AsyncResource") if awaited else PythonCode("Resource"),
            doc=docstring(doc, 4),
            children=children_of(client, resource.path, awaited=awaited),
            old_children=old_resources(client, resource, imports, awaited=awaited),
            methods=methods.methods(awaited=awaited),
            old_methods=methods.old_methods(awaited=awaited),
        )
        for awaited in (False, True)
    )
    return ResourceModule(
        path=f"{resource.module}.py",
        doc=docstring(resource_docs.module_text(resource), 0),
        imports=imports.lines(),
        typing_imports=imports.typing_lines(),
        aliases=methods.aliases,
        texts=methods.texts,
        constants=methods.constants,
        classes=classes,
    )
