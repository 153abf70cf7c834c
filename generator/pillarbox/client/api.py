"""The client in the middle: what the Python client of an API is, as plain frozen values.

`describe` makes one `Client` from the model, the lock and the configuration. Everything after it is a projection of this
value: Python code, API.md, `inspect`, `diff`, losses, samples. No decision is taken after it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import assert_never

from ..model.api import Operation, Resource as SpecResource
from ..model.problems import Origin
from ..model.security import SecurityScheme
from .request import (
    Identity,
    Json,
    Location,
    Request,
    Server,
    Style,
    Template,
    template_text,
)
from .responses import ErrorCase, Response, Table, table_of
from .types import PyType, Tagged

__all__ = [
    "Client",
    "Credential",
    "CredentialRole",
    "Default",
    "ErrorCase",
    "Field",
    "InputField",
    "InputForm",
    "Method",
    "Model",
    "NamedUnion",
    "Parameter",
    "Renames",
    "Resource",
    "Response",
    "Scheme",
    "Setting",
    "SpecResource",
    "ValueList",
]

Renames = tuple[tuple[str, str], ...]
"""Old names that are still offered, each with the name of today: sorted."""


class Default(Enum):
    """What is sent for a parameter that the caller leaves out."""

    REQUIRED = "required"
    NONE = "None"
    """Left out of the request."""
    UNSET = "UNSET"
    """Left out of a JSON body, where None is JSON null."""
    LITERAL = "literal"
    """A fixed text that tells sibling operations apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter of a method."""

    name: str
    location: Location
    wire: str
    """Its name in the request; empty for a body in one piece."""
    kind: PyType
    """Its annotation; a list of values of its module is an `AliasName`."""
    default: Default
    literal: Json = None
    style: Style = Style.SIMPLE
    doc: str = ""
    example: Json = None
    has_example: bool = False
    """True where the example is the spec's own."""
    shown: bool = True
    """True where the spec's own example call holds it."""
    deprecated: bool = False
    origin: Origin

    @property
    def required(self) -> bool:
        """Whether the caller must give it."""
        return self.default is Default.REQUIRED


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A method of the client or of a resource."""

    resource: tuple[str, ...]
    """Attributes from the client down; empty for a method of the client."""
    name: str
    parameters: tuple[Parameter, ...]
    """In the order in which they are sent."""
    old_parameters: Renames
    returns: PyType
    request: Request
    responses: tuple[Response, ...]
    errors: tuple[ErrorCase, ...]
    title: str
    """What the spec calls it: the name of an item, an operationId."""
    summary: str
    description: str
    """The spec's words, uncleaned."""
    other_media_types: tuple[str, ...]
    """What the body may be too."""
    deprecated: bool
    example_values: Mapping[tuple[Location, str], Json]
    """The spec's own values for the example call, by location and wire name, before they were fitted to their types."""
    untyped: tuple[str, ...]
    """Why each part of its requests and responses that has no type has none."""
    identity: Identity
    origin: Origin
    operation: Operation
    """The spec's own operation: for the evidence that `client.evidence` collects, and for judges in tests. No projection
    reads it."""

    @property
    def qualified(self) -> str:
        """`users.get_token`: attribute path from the client, then the method."""
        return ".".join((*self.resource, self.name))

    @property
    def signature(self) -> tuple[Parameter, ...]:
        """The parameters in the order of the signature: those of the path, then what is required, then what is not."""
        return tuple(
            sorted(self.parameters, key=lambda item: (item.location is not Location.PATH, not item.required))
        )

    @property
    def names_path(self) -> bool:
        """Whether examples pass the parameters of the path by name: two ids are easily swapped."""
        return sum(item.location is Location.PATH for item in self.parameters) > 1

    @property
    def returned(self) -> tuple[Response, ...]:
        """The responses that the method returns."""
        return tuple(response for response in self.responses if response.returns is not None)

    @property
    def table(self) -> Table:
        """What it returns, by status and media type; nothing where the spec is silent."""
        return table_of(self.returned)

    @property
    def accept(self) -> tuple[str, ...]:
        """The media types that it asks for."""
        first = (response.contents[0].media_type for response in self.returned)
        return tuple(dict.fromkeys(filter(None, first)))

    @property
    def decoded(self) -> tuple[PyType, ...]:
        """The types that its responses are read as: its annotation, and what another media type holds."""
        return (self.returns, *(content.kind for _, content in self.table))

    @property
    def example_call(self) -> tuple[tuple[Parameter, Json], ...]:
        """The whole example call; a file is shown as null."""
        return tuple(
            (item, item.example)
            for item in self.signature
            if item.required or (item.shown and item.has_example)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueList:
    """A named list of values: `UserTokenType = Literal["token", "zak"] | str`."""

    name: str
    module: str
    """What holds its name: its file in the models package, without the ending; a resource, dotted; or `client`."""
    kind: PyType
    docs: tuple[tuple[Json, str], ...] = ()
    """The description of each value in the spec."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedUnion:
    """A union of models that has a name: `PaymentSource`, which is a `Card` or a `BankAccount`."""

    name: str
    module: str
    """Its file in the models package, without the ending."""
    kind: Tagged
    input_form: str = ""
    """Name of the union of the members' input forms; empty where no request holds it."""
    input_members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A resource with its methods; the client itself is the one with an empty path."""

    path: tuple[str, ...]
    class_name: str
    """The synchronous one; the other has `Async` before it."""
    title: str
    """What the spec calls it."""
    doc: str
    methods: tuple[Method, ...]
    value_lists: tuple[ValueList, ...]
    old_methods: Renames
    old_resources: Renames
    """Of the resources directly below it."""
    old_value_lists: Renames


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a model."""

    name: str
    wire: str
    kind: PyType
    """What it holds where it is present."""
    declared: PyType
    """As it is declared: with None where the field may be absent."""
    required: bool
    doc: str
    deprecated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InputField:
    """A key of an input form."""

    wire: str
    kind: PyType
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InputForm:
    """What a caller may pass in place of a model: a literal with the API's own keys."""

    name: str
    fields: tuple[InputField, ...]
    """Those that a request may hold, in the order of the spec."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A class of the models package."""

    name: str
    module: str
    fields: tuple[Field, ...]
    extra: PyType | None
    """Type of the members that have no name of their own, where the spec types them."""
    doc: str
    """The spec's words, uncleaned."""
    use: str
    """Where it is used, for a model that the spec does not describe; empty where its name is enough."""
    sites: frozenset[str]
    """Keys of the sites in the API that share it."""
    old_fields: Renames
    origin: Origin | None
    input_form: InputForm | None = None
    """None where no request holds it."""


class CredentialRole(Enum):
    """What a secret is within its security scheme. The values are those of the lock."""

    TOKEN = "token"
    KEY = "key"
    USERNAME = "username"
    PASSWORD = "password"

    @property
    def renewable(self) -> bool:
        """Whether the client also takes a function that returns the secret."""
        match self:
            case CredentialRole.TOKEN | CredentialRole.KEY:
                return True
            case CredentialRole.USERNAME | CredentialRole.PASSWORD:
                return False
            case _:
                assert_never(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """A secret that the client takes."""

    name: str
    scheme: str
    """Key of its security scheme."""
    role: CredentialRole
    doc: str
    """Its description in the spec; for a scheme of two secrets the first of them has it."""
    returned: str
    """Which operations return it, as a sentence; empty where no script of the spec shows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A placeholder of the API's addresses and paths that the client fills."""

    name: str
    wire: str
    type: str
    """The spec's type, as the configuration would write it."""
    doc: str
    default: Json
    example: Json
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """A way to sign requests, as everything after the description needs it: no projection asks which kind it is."""

    spec: SecurityScheme
    """For the samples, which sign their requests themselves."""
    used: bool
    """Whether a method needs it."""
    runtime_class: str
    """The class of `auth.py`."""
    arguments: tuple[str, ...] = ()
    """Its positional arguments before the names of the credentials."""
    keywords: tuple[tuple[str, str], ...] = ()
    """Its keyword arguments that are not the default."""
    sent: str
    """How the secret travels: `Authorization: Bearer …`."""
    facts: tuple[tuple[str, str], ...]
    """What `inspect` shows besides the key."""
    unsupported: str = ""
    """Name of the scheme where the client does not sign it, and the caller brings an `httpx2.Auth`."""
    certificate: bool = False
    """Whether the caller brings a client certificate."""
    in_cookie: bool = False
    """Whether the secret travels in a cookie."""

    @property
    def key(self) -> str:
        return self.spec.key

    @property
    def origin(self) -> Origin:
        return self.spec.origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A whole client."""

    package: str
    class_name: str
    title: str
    description: str
    version: str
    """The spec's words, uncleaned."""
    source: str
    """File name of the spec."""
    server: Template | None
    """The address of the API; None where the spec has none."""
    other_servers: tuple[Server, ...]
    schemes: tuple[Scheme, ...]
    security: tuple[tuple[str, ...], ...]
    """What signs a method that declares no security itself."""
    credentials: tuple[Credential, ...]
    settings: tuple[Setting, ...]
    names_as_written: bool
    """Whether the names of query parameters are already what is sent."""
    root: Resource
    """The methods of the client itself."""
    resources: tuple[Resource, ...]
    """All others; parents before their children, in the order of the spec."""
    methods: tuple[Method, ...]
    """Those of all resources, in the order of the spec."""
    models: tuple[Model, ...]
    """Sorted by module."""
    value_lists: tuple[ValueList, ...]
    """Those of the models package."""
    unions: tuple[NamedUnion, ...]
    old_models: Renames
    schema_models: tuple[tuple[str, str], ...]
    """Key and model of each named object of the document that has one."""
    spec_resources: tuple[SpecResource, ...]
    """The groups of the spec and its words on them."""
    runtime: tuple[str, ...]
    """Files of the runtime that the client carries."""
    origin: Origin

    @property
    def base_url(self) -> str | None:
        """Where the API is, placeholders as `{wire}`."""
        return None if self.server is None else template_text(self.server) or None

    @property
    def owners(self) -> tuple[Resource, ...]:
        """The client itself and its resources."""
        return self.root, *self.resources

    def children(self, path: tuple[str, ...]) -> Iterator[Resource]:
        """The resources directly below `path`."""
        return (resource for resource in self.resources if resource.path[:-1] == path)
