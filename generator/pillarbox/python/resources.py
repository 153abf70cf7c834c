"""Resources: one module each, a synchronous and an asynchronous class."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..client.arguments import arguments_of, with_sources
from ..client.operations import NamedOperation
from ..client.type_mapping import TypeNames
from ..client.types import Plain, PyType, spell
from ..client.value_lists import Alias, AliasBook
from ..config.editions import Edition
from ..lock.claims import Claims
from ..model.api import Api, GraphQLBody, TextBody
from ..naming.words import UniqueNames, pascal, split_words, valid_name
from ..text import prose
from ..text.python import PythonCode, docstring, identifier, literal
from .docstrings import method_doc, text_doc
from .imports import LINE_LENGTH, Imports
from .methods import PlannedMethod, constant_name, hidden_builtins, plan_constant, plan_method, return_type
from .nodes import Child, Constant, Method, RenamedMember, RenamedMethod, ResourceClass, ResourceModule
from .old_names import old_member, old_methods, with_old_arguments

__all__ = ["ResourceTree", "old_resources", "plan_methods", "plan_resource", "resource_tree"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceTree:
    """Where every resource lives: attribute path -> module and class name, docs and children."""

    modules: Mapping[tuple[str, ...], str]
    classes: Mapping[tuple[str, ...], str]
    docs: Mapping[tuple[str, ...], str]
    titles: Mapping[tuple[str, ...], str]

    def children(self, path: tuple[str, ...]) -> list[tuple[str, ...]]:
        return [other for other in self.modules if other[:-1] == path and other]


def resource_tree(api: Api, operations: Sequence[NamedOperation], reserved: Iterable[str]) -> ResourceTree:
    """Modules and classes of all resources, in the order of the spec; parents before children."""
    paths: dict[tuple[str, ...], None] = {}
    spec_paths: dict[tuple[str, ...], tuple[str, ...]] = {}
    for named in operations:
        for length in range(1, len(named.resource) + 1):
            paths.setdefault(named.resource[:length])
        if len(named.operation.resource) == len(named.resource):
            for length in range(1, len(named.resource) + 1):
                spec_paths.setdefault(named.resource[:length], named.operation.resource[:length])
    docs = {resource.path: resource.doc for resource in api.resources}
    modules: dict[tuple[str, ...], str] = {}
    classes: dict[tuple[str, ...], str] = {}
    taken = set(reserved)
    free = UniqueNames()
    for path in paths:
        modules[path] = free.take(valid_name("_".join(path), "module"))
        name = valid_name(pascal(" ".join(path)), "class")
        while name in taken or f"Async{name}" in taken:
            name += "Resource"
        taken |= {name, f"Async{name}"}
        classes[path] = name
    titles = {path: spec_paths[path][-1] if path in spec_paths else path[-1] for path in paths}
    found_docs = {path: docs.get(spec_paths.get(path, ()), "") for path in paths}
    return ResourceTree(modules=modules, classes=classes, docs=found_docs, titles=titles)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedMethods:
    """The methods of one class and the module text they need."""

    plain: tuple[PlannedMethod, ...]
    constants: tuple[Constant, ...]
    texts: tuple[PythonCode, ...]
    sync: tuple[Method, ...]
    awaited: tuple[Method, ...]
    old_sync: tuple[RenamedMethod, ...]
    old_awaited: tuple[RenamedMethod, ...]
    aliases: tuple[Alias, ...]
    old_aliases: tuple[tuple[str, str], ...]
    """Old and new names of lists of values."""

    def old_methods(self, *, awaited: bool) -> tuple[RenamedMethod, ...]:
        return self.old_awaited if awaited else self.old_sync

    def alias_lines(self) -> tuple[PythonCode, ...]:
        """`UserTokenType = …`, and the old names of such lists."""
        old = (
            PythonCode("{} = {}").format(identifier(old), identifier(new)) for old, new in self.old_aliases
        )
        return (*map(alias_code, self.aliases), *old)


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


def plan_methods(
    module: str,
    resource: str,
    operations: Sequence[NamedOperation],
    model_names: TypeNames,
    security: tuple[tuple[str, ...], ...],
    claims: Claims,
    imports: Imports,
    edition: Edition,
    reserved: Iterable[str] = (),
) -> PlannedMethods:
    """All methods of a resource, or of the client itself; `resource` is its dotted name, empty for the client."""
    book = AliasBook(module, claims, frozenset(reserved))
    plain: list[PlannedMethod] = []
    constants: dict[tuple[object, ...], Constant] = {}
    texts: list[PythonCode] = []
    free = UniqueNames()
    sent: list[PythonCode] = []
    for named in operations:
        operation, qualified = named.operation, named.qualified
        arguments = with_sources(
            arguments_of(operation, qualified, model_names, claims, book), named.returned
        )
        plain.append(
            PlannedMethod(
                operation=operation,
                qualified=qualified,
                name=named.method,
                arguments=arguments,
                returns=return_type(operation, qualified, model_names),
                doc=method_doc(operation, qualified, arguments, edition),
            )
        )
        imports.add("._runtime.operation", "Operation")
        name = identifier(free.free(constant_name(named.method)))
        constant = plan_constant(operation, qualified, name, model_names, security, imports)
        body = operation.body
        written = isinstance(body, TextBody) or (isinstance(body, GraphQLBody) and body.query is not None)
        text = _text_constant(name, body) if written and isinstance(body, GraphQLBody | TextBody) else None
        # Copies of a request keep their methods and send one constant; a text of its own needs one of its own.
        same = constants.setdefault((plain[-1].returns, constant.arguments, text), constant)
        sent.append(same.name)
        if same is constant:
            free.take(str(name))
        if text is not None:
            texts.append(text)
    old_names = [old for old, _ in claims.old_names("operation", resource)]
    hidden = hidden_builtins([*(method.name for method in plain), *old_names])
    if hidden and _mentions(plain, hidden):
        imports.add("builtins", "")
    spelled = [plan_method(method, name, hidden, imports) for method, name in zip(plain, sent, strict=True)]
    sync, awaited = (
        tuple(
            with_old_arguments(made[number], method, hidden, claims, imports)
            for method, made in zip(plain, spelled, strict=True)
        )
        for number in (0, 1)
    )
    old_sync, old_awaited = (
        old_methods(resource, plain, planned, hidden, claims, imports) for planned in (sync, awaited)
    )
    aliases = book.all()
    for alias in aliases:
        imports.need(alias.kind)
    return PlannedMethods(
        plain=tuple(plain),
        constants=tuple(constants.values()),
        texts=tuple(texts),
        sync=sync,
        awaited=awaited,
        old_sync=old_sync,
        old_awaited=old_awaited,
        aliases=aliases,
        old_aliases=claims.old_names("enum", module),
    )


def _mentions(methods: Sequence[PlannedMethod], hidden: frozenset[str]) -> bool:
    kinds: list[PyType] = []
    for method in methods:
        kinds += [method.returns, *(argument.kind for argument in method.arguments)]
    return any(
        "builtins." in str(spell(kind, hidden=hidden))
        for kind in kinds
        if not isinstance(kind, Plain) or kind.builtin
    )


def alias_code(alias: Alias) -> PythonCode:
    """`UserTokenType = Literal["token", "zak"] | str`."""
    return PythonCode("{} = {}").format(identifier(alias.name), spell(alias.kind))


def children_of(tree: ResourceTree, path: tuple[str, ...], *, awaited: bool) -> tuple[Child, ...]:
    """The resources directly below `path`."""
    return tuple(
        Child(
            attribute=identifier(child[-1]),
            module=identifier(tree.modules[child]),
            class_name=identifier(f"{'Async' if awaited else ''}{tree.classes[child]}"),
            doc=text_doc(
                prose.first_sentence(prose.clean(resource_title(tree, child))), 8, fallback=child[-1]
            ),
        )
        for child in tree.children(path)
    )


def old_resources(
    path: tuple[str, ...], tree: ResourceTree, claims: Claims, imports: Imports, *, awaited: bool
) -> tuple[RenamedMember, ...]:
    """Old names of the resources directly below `path`."""
    return tuple(
        old_member(old, new, identifier(f"{'Async' if awaited else ''}{tree.classes[(*path, new)]}"), imports)
        for old, new in claims.old_names("resource", ".".join(path))
        if (*path, new) in tree.classes
    )


def resource_title(tree: ResourceTree, path: tuple[str, ...]) -> str:
    """`Users: the people in a Zoom account.`, or the title alone."""
    title = prose.clean(tree.titles[path]) or path[-1]
    words = " ".join(split_words(title)) or path[-1]
    title = title if " " in title else words[:1].upper() + words[1:]
    doc = prose.clean(tree.docs[path])
    return f"{title}: {doc}" if doc else f"{title}."


def plan_resource(
    path: tuple[str, ...],
    tree: ResourceTree,
    operations: Sequence[NamedOperation],
    model_names: TypeNames,
    security: tuple[tuple[str, ...], ...],
    claims: Claims,
    edition: Edition,
) -> tuple[ResourceModule, PlannedMethods]:
    """The module of one resource."""
    imports = Imports()
    name = tree.classes[path]
    reserved = (name, f"Async{name}")
    methods = plan_methods(
        tree.modules[path],
        ".".join(path),
        operations,
        model_names,
        security,
        claims,
        imports,
        edition,
        reserved,
    )
    imports.add("._runtime.resource", "Resource")
    imports.add("._runtime.resource", "AsyncResource")
    children = tree.children(path)
    if children:
        imports.add("functools", "cached_property")
    for child in children:
        for prefix in ("", "Async"):
            imports.add(f".{tree.modules[child]}", f"{prefix}{tree.classes[child]}", typing_only=True)
    doc = prose.wrap(resource_title(tree, path), 84, "", "")
    classes = tuple(
        ResourceClass(
            name=identifier(f"{'Async' if awaited else ''}{name}"),
            parent=PythonCode("AsyncResource") if awaited else PythonCode("Resource"),
            doc=docstring(doc, 4),
            children=children_of(tree, path, awaited=awaited),
            old_children=old_resources(path, tree, claims, imports, awaited=awaited),
            methods=methods.awaited if awaited else methods.sync,
            old_methods=methods.old_methods(awaited=awaited),
        )
        for awaited in (False, True)
    )
    module = ResourceModule(
        path=f"{tree.modules[path]}.py",
        doc=docstring(doc, 0),
        imports=imports.lines(),
        typing_imports=imports.typing_lines(),
        aliases=methods.alias_lines(),
        texts=methods.texts,
        constants=methods.constants,
        classes=classes,
    )
    return module, methods
