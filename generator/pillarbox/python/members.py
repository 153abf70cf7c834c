"""What a client and its resources consist of: methods, the resources below, and the constants that both classes share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..client.api import Client, Method as ClientMethod, Resource, ValueList
from ..client.request import GraphQLBody, TextBody
from ..client.runtime_names import runtime_module
from ..client.types import Plain, PyType, spell
from ..config.editions import Edition
from ..naming.words import UniqueNames
from ..text.python import PythonCode, docstring, identifier, literal
from . import resource_docs
from .imports import LINE_LENGTH, Imports, from_import
from .methods import Scope, constant_name, hidden_builtins, plan_constant, plan_method
from .nodes import Child, Constant, Method, RenamedMember, RenamedMethod
from .old_names import old_member, old_methods, with_old_arguments

__all__ = ["ClassMembers", "PlannedMembers", "class_name", "module_of", "plan_members"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassMembers:
    """The members of one of the two classes."""

    children: tuple[Child, ...]
    old_children: tuple[RenamedMember, ...]
    methods: tuple[Method, ...]
    old_methods: tuple[RenamedMethod, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedMembers:
    """The members of both classes, and what their modules need."""

    constants: tuple[Constant, ...]
    texts: tuple[PythonCode, ...]
    aliases: tuple[PythonCode, ...]
    """`UserTokenType = …`, and the old names of such lists."""
    sync: ClassMembers
    awaited: ClassMembers
    sync_imports: Imports
    async_imports: Imports


def module_of(path: Sequence[str], *, awaited: bool) -> tuple[str, ...]:
    """The module of a class, from the root of the client: `_async`, `resources`, `users`."""
    steps = ("resources", *path) if path else ()
    if awaited:
        return ("_async", *steps)
    return steps or ("client",)


def _package_of(path: Sequence[str], *, awaited: bool) -> tuple[str, ...]:
    """The package that a module is in, or that it is."""
    module = module_of(path, awaited=awaited)
    return module if path or awaited else module[:-1]


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


def _scope(client: Client, owner: Resource, edition: Edition) -> Scope:
    """What the members of an owner are written in; a child is an attribute of the class and of the module."""
    children = [
        *(child.path[-1] for child in client.children(owner.path)),
        *(old for old, _ in owner.old_resources),
    ]
    members = {*children, *(method.name for method in owner.methods), *(old for old, _ in owner.old_methods)}
    models = "_models" if "models" in members else "models"
    return Scope(
        imports=Imports(_package_of(owner.path, awaited=True), models=models),
        constant_imports=Imports(_package_of(owner.path, awaited=False), models=models),
        edition=edition,
        security=client.security,
        models=PythonCode("{}.").format(identifier(models)),
        hidden=hidden_builtins(members),
        overwritten=hidden_builtins(children) if owner.path else frozenset(),
    )


def plan_members(client: Client, owner: Resource, edition: Edition) -> PlannedMembers:
    """All methods of a resource, or of the client itself, and the resources below it."""
    scope = _scope(client, owner, edition)
    methods = owner.methods
    written = _constants(methods, scope)
    spelled = [plan_method(method, name, scope) for method, name in zip(methods, written.sent, strict=True)]
    sync, awaited = (
        tuple(
            with_old_arguments(made[number], method, scope)
            for method, made in zip(methods, spelled, strict=True)
        )
        for number in (0, 1)
    )
    old_sync = old_methods(owner.old_methods, methods, sync, scope)
    old_awaited = old_methods(owner.old_methods, methods, awaited, scope)
    _import_builtins(owner, scope)
    classes = [
        ClassMembers(
            children=_children(client, owner, awaited=is_awaited),
            old_children=_old_resources(client, owner, scope.imports, awaited=is_awaited),
            methods=made,
            old_methods=old,
        )
        for is_awaited, made, old in ((False, sync, old_sync), (True, awaited, old_awaited))
    ]
    sync_imports, async_imports = _imports_of_both(client, owner, scope, _shared_names(owner, written))
    return PlannedMembers(
        constants=written.constants,
        texts=written.texts,
        aliases=_alias_lines(owner, scope),
        sync=classes[0],
        awaited=classes[1],
        sync_imports=sync_imports,
        async_imports=async_imports,
    )


def _imports_of_both(
    client: Client, owner: Resource, scope: Scope, shared: Iterable[str]
) -> tuple[Imports, Imports]:
    """What each of the two modules imports for its members; the asynchronous one takes `shared` from the other."""
    sync_imports, async_imports = scope.constant_imports, scope.imports
    sync_imports.include(async_imports)
    home = ".".join(("", *module_of(owner.path, awaited=False)))
    for name in shared:
        async_imports.add(home, name)
    for values in owner.value_lists:
        sync_imports.need(values.kind)
    for imports, awaited in ((sync_imports, False), (async_imports, True)):
        for child in client.children(owner.path):
            imports.add("functools", "cached_property")
            name, alias = _child_class(owner, child, awaited=awaited)
            module = ".".join(("", *module_of(child.path, awaited=awaited)))
            imports.add(module, name, alias=alias, typing_only=True)
    return sync_imports, async_imports


@dataclass(frozen=True, slots=True)
class _Written:
    """The module text that the methods of a resource send."""

    constants: tuple[Constant, ...]
    texts: tuple[PythonCode, ...]
    sent: tuple[PythonCode, ...]
    """The name of the constant that each method sends."""
    passed: tuple[str, ...]
    """Names of the texts that methods pass on; the others are in constants."""


def _shared_names(owner: Resource, written: _Written) -> list[str]:
    """Names of the synchronous module that the asynchronous one uses: constants, texts, lists of values."""
    lists = (values.name for values in owner.value_lists)
    return sorted({*map(str, written.sent), *written.passed, *lists})


def _constants(methods: Sequence[ClientMethod], scope: Scope) -> _Written:
    """The constants and the texts of bodies.

    Copies of a request keep their methods and send one constant; a text of its own needs one of its own.
    """
    constants: dict[tuple[object, ...], Constant] = {}
    texts: list[PythonCode] = []
    sent: list[PythonCode] = []
    passed: list[str] = []
    free = UniqueNames()
    if methods:
        scope.constant_imports.add(runtime_module("Operation"), "Operation")
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
            if isinstance(body, GraphQLBody):
                passed.append(str(text).partition(" = ")[0])
    return _Written(tuple(constants.values()), tuple(texts), tuple(sent), tuple(passed))


def _import_builtins(owner: Resource, scope: Scope) -> None:
    """`import builtins` in the modules where an annotation needs it."""
    returned = [method.returns for method in owner.methods]
    passed = [parameter.kind for method in owner.methods for parameter in method.parameters]
    if _mentions([*returned, *passed], scope.hidden):
        scope.imports.add("builtins", "")
    decoded = [kind for method in owner.methods for kind in method.decoded]
    if _mentions([*decoded, *(values.kind for values in owner.value_lists)], scope.overwritten):
        scope.constant_imports.add("builtins", "")


def _mentions(kinds: Iterable[PyType], hidden: frozenset[str]) -> bool:
    return bool(hidden) and any(
        "builtins." in str(spell(kind, hidden=hidden))
        for kind in kinds
        if not isinstance(kind, Plain) or kind.builtin
    )


def _alias_lines(owner: Resource, scope: Scope) -> tuple[PythonCode, ...]:
    old = (
        PythonCode("{} = {}").format(identifier(old), identifier(new)) for old, new in owner.old_value_lists
    )
    return (*(_alias_code(values, scope) for values in owner.value_lists), *old)


def _alias_code(values: ValueList, scope: Scope) -> PythonCode:
    """`UserTokenType = Literal["token", "zak"] | str`."""
    meaning = spell(values.kind, hidden=scope.overwritten)
    return PythonCode("{} = {}").format(identifier(values.name), meaning)


def class_name(owner: Resource, *, awaited: bool) -> PythonCode:
    """`Users`, or `AsyncUsers`."""
    return identifier(f"Async{owner.class_name}" if awaited else owner.class_name)


def _child_class(owner: Resource, child: Resource, *, awaited: bool) -> tuple[str, str]:
    """The class of a resource below an owner, and how the owner's module calls it where a list of values has the name."""
    name = str(class_name(child, awaited=awaited))
    lists = {values.name for values in owner.value_lists} | {old for old, _ in owner.old_value_lists}
    return name, f"_{name}" if name in lists else ""


def _property(name: PythonCode, kind: PythonCode) -> PythonCode:
    """The first line of a property, or the first three where it is too long."""
    line = PythonCode("def {}(self) -> {}:").format(name, kind)
    if 4 + len(line) <= LINE_LENGTH:
        return line
    return PythonCode("def {}(\n        self,\n    ) -> {}:").format(name, kind)


def _children(client: Client, owner: Resource, *, awaited: bool) -> tuple[Child, ...]:
    """The resources directly below an owner."""
    return tuple(_child(owner, child, client.title, awaited=awaited) for child in client.children(owner.path))


def _child(owner: Resource, child: Resource, api: str, *, awaited: bool) -> Child:
    package = _package_of(owner.path, awaited=awaited)
    name, alias = _child_class(owner, child, awaited=awaited)
    called = identifier(alias or name)
    imported = PythonCode("{} as {}").format(identifier(name), called) if alias else called
    text = resource_docs.attribute_text(child, api)
    module = ".".join(module_of(child.path, awaited=awaited)[len(package) :])
    if module == "self":
        # pyright takes `from .self import` in a package's own file for an assignment to `self`.
        module = f".{package[-1]}.self"
    return Child(
        define=_property(identifier(child.path[-1]), called),
        class_name=called,
        doc=docstring(text, 8) if text else None,
        statement=from_import(f".{module}", [imported], indent=8),
    )


def _old_resources(
    client: Client, owner: Resource, imports: Imports, *, awaited: bool
) -> tuple[RenamedMember, ...]:
    """Old names of the resources directly below an owner."""
    below = {child.path[-1]: child for child in client.children(owner.path)}
    found = []
    for old, new in owner.old_resources:
        if new in below:
            name, alias = _child_class(owner, below[new], awaited=awaited)
            found.append(old_member(old, new, identifier(alias or name), imports))
    return tuple(found)
