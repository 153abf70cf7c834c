"""A client as finished pieces of Python, Markdown and TOML: what templates print.

Fields that templates print are `PythonCode`, `MarkdownText` or `TomlText`. Fields of plain `str` and `int` are data for
the renderer; a template that printed a `str` would fail in `finalize`. Templates of users print these objects too; those
are experimental, and a version of Pillarbox may change them: `PLAN_VERSION` counts the changes.
"""

from dataclasses import dataclass

from ..text.markdown import MarkdownText
from ..text.python import PythonCode
from ..text.toml import TomlText

__all__ = [
    "PLAN_VERSION",
    "ApiIndexLine",
    "ApiLine",
    "ApiPage",
    "ApiSection",
    "AsyncModule",
    "Child",
    "ClientClass",
    "ClientModule",
    "Constant",
    "Group",
    "InitModule",
    "Method",
    "Model",
    "ModelAlias",
    "ModelField",
    "ModelIndex",
    "ModelModule",
    "Package",
    "Project",
    "ProjectFile",
    "ProjectTest",
    "Readme",
    "RenamedMember",
    "RenamedMethod",
    "ResourceClass",
    "ResourceModule",
    "Signature",
]


PLAN_VERSION = 1
"""Of all that templates see: raised when a field is removed, renamed or means something else (docs/templates.md)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One keyword of the sending call: a mapping written entry by entry, or a single value."""

    keyword: PythonCode
    entries: tuple[PythonCode, ...] = ()
    value: PythonCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """`_GET_USER_TOKEN: Operation[…] = Operation(…)`: all of an operation that no argument changes."""

    name: PythonCode
    opening: PythonCode
    """All up to its arguments."""
    margin: PythonCode
    """Blanks before each of them."""
    closing: PythonCode
    arguments: tuple[PythonCode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A method without its body, for type checkers: an overload."""

    decorators: tuple[PythonCode, ...]
    define: PythonCode
    name: PythonCode
    positional: tuple[PythonCode, ...]
    keywords: tuple[PythonCode, ...]
    returns: PythonCode


@dataclass(frozen=True, slots=True, kw_only=True)
class RenamedMethod:
    """The old name of a method: it calls the new one."""

    overloads: tuple[Signature, ...]
    """Empty, or one for the new and one for the old names of its arguments."""
    signature: Signature
    doc: PythonCode
    call: PythonCode
    """`return self.get_token(`, or the same awaited."""
    arguments: tuple[PythonCode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RenamedMember:
    """The old name of a resource or of a field: a property."""

    name: PythonCode
    new: PythonCode
    type: PythonCode
    told: PythonCode
    """Literal of the warning."""
    doc: PythonCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """One method, in its synchronous or asynchronous spelling."""

    define: PythonCode
    """`def`, or `async def`."""
    send: PythonCode
    """`return self._send(`, or the same awaited."""
    name: PythonCode
    constant: PythonCode
    positional: tuple[PythonCode, ...]
    keywords: tuple[PythonCode, ...]
    returns: PythonCode
    doc: PythonCode
    groups: tuple[Group, ...]
    decorators: tuple[PythonCode, ...] = ()
    overloads: tuple[Signature, ...] = ()
    """Empty, or one for the new and one for the old names of its arguments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A resource below another one, or below the client: a cached property."""

    define: PythonCode
    """`def users(self) -> Users:`."""
    class_name: PythonCode
    doc: PythonCode | None
    statement: PythonCode
    """Imports the class."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceClass:
    """`Users`, or `AsyncUsers`."""

    name: PythonCode
    parent: PythonCode
    doc: PythonCode
    children: tuple[Child, ...]
    old_children: tuple[RenamedMember, ...]
    methods: tuple[Method, ...]
    old_methods: tuple[RenamedMethod, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceModule:
    """The file of one resource."""

    path: str
    doc: PythonCode
    imports: tuple[PythonCode, ...]
    """Statements, in order; an empty one is a blank line."""
    typing_imports: tuple[PythonCode, ...]
    """Statements under `if TYPE_CHECKING:`."""
    lazy: PythonCode
    """The runtime's `lazy`, imported: it loads the asynchronous class."""
    entry: PythonCode
    """`"AsyncUsers": ".._async.resources.users",`."""
    aliases: tuple[PythonCode, ...]
    texts: tuple[PythonCode, ...]
    """Assignments of body templates."""
    constants: tuple[Constant, ...]
    definition: ResourceClass


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelField:
    """A field and the text under it."""

    declaration: PythonCode
    doc: PythonCode | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A pydantic class."""

    name: PythonCode
    doc: PythonCode | None
    """None where the name is enough."""
    fields: tuple[ModelField, ...]
    extra: PythonCode | None = None
    """Annotation of the members that have no name of their own, where the spec types them."""
    old_fields: tuple[RenamedMember, ...] = ()
    input_form: PythonCode | None = None
    """The TypedDict that callers may pass in its place; None where no request holds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelAlias:
    """A list of values that the spec names, and the text under it."""

    code: PythonCode
    doc: PythonCode | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelModule:
    """A root model and those that only it names."""

    path: str
    imports: tuple[PythonCode, ...]
    typing_imports: tuple[PythonCode, ...]
    """Statements under `if TYPE_CHECKING:`: input forms of other modules, which nothing needs when the code runs."""
    aliases: tuple[ModelAlias, ...]
    models: tuple[Model, ...]
    late_imports: tuple[PythonCode, ...]
    """Other model modules: at the end, so that cycles load in any order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelIndex:
    """`models/__init__.py`: every model by lazy name."""

    doc: PythonCode
    imports: tuple[PythonCode, ...]
    """For type checkers: `from .user_token import UserToken as UserToken`, one for each name."""
    entries: tuple[PythonCode, ...]
    """For the interpreter: `"UserToken": "user_token",`."""
    old_types: tuple[PythonCode, ...]
    """Old names of models, for type checkers: `UserToken = Token`."""
    renamed: tuple[PythonCode, ...]
    """The same for the interpreter: `"UserToken": "Token"`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientClass:
    """`Zoom`, or `AsyncZoom`."""

    name: PythonCode
    parent: PythonCode
    doc: PythonCode
    arguments: tuple[PythonCode, ...]
    credentials: tuple[PythonCode, ...]
    settings: tuple[PythonCode, ...]
    certificate: bool
    """True where the API wants a client certificate."""
    http_client: PythonCode
    transport: PythonCode
    children: tuple[Child, ...]
    old_children: tuple[RenamedMember, ...]
    methods: tuple[Method, ...]
    old_methods: tuple[RenamedMethod, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientModule:
    """`client.py`."""

    doc: PythonCode
    imports: tuple[PythonCode, ...]
    typing_imports: tuple[PythonCode, ...]
    aliases: tuple[PythonCode, ...]
    texts: tuple[PythonCode, ...]
    configuration: tuple[PythonCode, ...]
    """Arguments of `Configuration(…)`."""
    constants: tuple[Constant, ...]
    definition: ClientClass


@dataclass(frozen=True, slots=True, kw_only=True)
class AsyncModule:
    """The file of an asynchronous class, below `_async/`: its constants are those of the synchronous one."""

    path: str
    doc: PythonCode
    imports: tuple[PythonCode, ...]
    typing_imports: tuple[PythonCode, ...]
    definition: ResourceClass | ClientClass


@dataclass(frozen=True, slots=True, kw_only=True)
class InitModule:
    """`__init__.py`."""

    doc: PythonCode
    imports: tuple[PythonCode, ...]
    entries: tuple[PythonCode, ...]
    names: tuple[PythonCode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiLine:
    """One operation, on one line."""

    call: MarkdownText
    route: MarkdownText
    summary: MarkdownText


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiIndexLine:
    """One resource of the index of `API.md`."""

    link: MarkdownText
    methods: MarkdownText


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiSection:
    """One resource of `API.md`."""

    heading: MarkdownText
    doc: MarkdownText
    lines: tuple[ApiLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiPage:
    """`API.md`: what a reviewer reads first."""

    title: MarkdownText
    doc: MarkdownText
    source: MarkdownText
    usage: MarkdownText
    index: tuple[ApiIndexLine, ...]
    sections: tuple[ApiSection, ...]
    left_out: tuple[MarkdownText, ...]
    """Operations of the spec that the client does not have, each with the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFile:
    """`pyproject.toml` of a client that is published."""

    name: TomlText
    version: TomlText
    description: TomlText
    package: TomlText
    dependencies: tuple[TomlText, ...]
    excluded: TomlText | None
    """What wheels leave out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readme:
    """`README.md` of a client that is published."""

    title: MarkdownText
    doc: MarkdownText
    page: MarkdownText
    example: MarkdownText
    testing: MarkdownText


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectTest:
    """The tests of a client that is published."""

    doc: PythonCode
    package: PythonCode
    client: PythonCode
    client_text: PythonCode
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """What wraps the package for publishing."""

    file: ProjectFile
    readme: Readme
    test: ProjectTest


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """All files of a package."""

    init: InitModule
    client: ClientModule
    resources: tuple[ResourceModule, ...]
    async_modules: tuple[AsyncModule, ...]
    """Of the client and of the resources."""
    markers: tuple[tuple[str, PythonCode], ...]
    """The folders that hold nothing but others: the path of the file that makes a package of each, and its docstring."""
    models: tuple[ModelModule, ...]
    model_index: ModelIndex | None
    examples: str
    """Text of `testing/examples.json`."""
    runtime: tuple[str, ...]
    """Runtime files to copy, relative to `templates/runtime`."""
    project: Project
    """Rendered only where the configuration asks for it."""
