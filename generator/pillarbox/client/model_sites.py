"""The sites of an API: where it uses objects and named lists of values, for which models and aliases are made."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields

from ..model.api import (
    BinaryBody,
    Body,
    FormBody,
    GraphQLBody,
    JsonBody,
    MultipartBody,
    Operation,
)
from ..model.types import (
    Array,
    Enumeration,
    Map,
    Nullable,
    Object,
    Reference,
    Schema,
    Type,
    Union,
)
from ..naming.inflections import Inflections
from ..naming.words import split_words
from .body_arguments import FlattenedBody, flattened
from .response_sites import contents_of, error_key, successes
from .type_mapping import (
    MAX_NESTING,
    ListKey,
    is_model,
    items_key,
    list_key,
    member_key,
    option_key,
    schema_key,
    values_key,
)
from .union_members import FieldsOf, joined_words, member_words

__all__ = [
    "ERROR",
    "ITEM",
    "TITLED",
    "ModelSite",
    "ModelSites",
    "Site",
    "UnionSite",
    "body_key",
    "find_model_sites",
    "shape",
    "singular_words",
]

ITEM = "\0item"
"""Among the nouns of a site: the item of a response that is a list."""
ERROR = "\0error"
"""Among the nouns of a site: the body of a failure."""
TITLED = "\1"
"""Before the noun of a member whose union has a name: that name and what tells the member apart, wherever it is used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where the API uses something that has a name in the models package, and what it may be called there."""

    key: str
    root: bool
    """True for a whole response, or the items of one, and for a named object; False below them."""
    nouns: tuple[str, ...]
    """Words for the chain of fields from the root to here, in the singular where an array held them, and with what
    tells the members of a union apart. What is no field begins with a null character: `ITEM`, a member of a union that
    is a whole response. A member of a union to which the document gives a name begins with `TITLED`."""
    operation: str = ""
    """Qualified name of the operation, or of the first one that it is a copy of; empty in a named object."""
    schema: Schema | None = None
    """The named object that this site is, or is part of."""
    top: str = ""
    """Site key of that object."""
    body: bool
    """True for what a request holds alone."""
    status: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSite(Site):
    """The site of an object with fields."""

    kind: Object


@dataclass(frozen=True, slots=True, kw_only=True)
class UnionSite(Site):
    """The site of a union that the value of a field tells apart, all members of which are models."""

    kind: Union


@dataclass(slots=True)
class ModelSites:
    """Everything in an API that may need a name in the models package, in the order of the spec."""

    schemas: dict[str, ModelSite] = field(default_factory=dict)
    """Named objects by their keys."""
    inside: dict[str, ModelSite] = field(default_factory=dict)
    """Objects within named objects, by site key."""
    inline: list[ModelSite] = field(default_factory=list)
    """Objects that operations describe themselves."""
    lists: dict[ListKey, Enumeration] = field(default_factory=dict)
    """Lists of values that the spec names."""
    unions: list[UnionSite] = field(default_factory=list)
    used: dict[str, str] = field(default_factory=dict)
    """For each named object, by its site key, the key of the site that refers to it first."""


def body_key(qualified: str) -> str:
    """Site key of a request body."""
    return f"{qualified}:body"


def singular_words(text: str, inflections: Inflections) -> tuple[str, ...]:
    """Words of a noun phrase, the last one in the singular."""
    words = split_words(text)
    return (*words[:-1], inflections.singular(words[-1])) if words else ()


def _single(nouns: tuple[str, ...], inflections: Inflections) -> tuple[str, ...]:
    if not nouns:
        return (ITEM,)
    if nouns[-1].startswith(("\0", TITLED)):
        return nouns
    return (*nouns[:-1], " ".join(singular_words(nouns[-1], inflections)))


def _as_member(nouns: tuple[str, ...], words: tuple[str, ...], title: str) -> tuple[str, ...]:
    """The nouns of a member of the union that has these."""
    if not words:
        return nouns
    if title:
        return (*nouns, TITLED + " ".join(joined_words(split_words(title), words)))
    if not nouns or nouns[-1].startswith("\0"):
        return (*nouns, f"\0{' '.join(words)}")
    return (*nouns[:-1], " ".join(joined_words(split_words(nouns[-1]), words)))


_Found = tuple[str, Object | Reference | Enumeration | Union, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Naming:
    """What the nouns of a site are made with."""

    inflections: Inflections
    fields_of: FieldsOf


def _inside(
    kind: Type, key: str, nouns: tuple[str, ...], naming: _Naming, depth: int = 0
) -> Iterator[_Found]:
    """Objects with fields, references and named lists at `key` and below it, each with the nouns that lead to it."""
    if depth > MAX_NESTING:
        return
    match kind:
        case Object(fields=fields):
            if is_model(kind):
                yield key, kind, nouns
            for item in fields:
                yield from _inside(
                    item.type, member_key(key, item.wire), (*nouns, item.wire), naming, depth + 1
                )
            if kind.extra is not None:
                yield from _inside(
                    kind.extra, values_key(key), _single(nouns, naming.inflections), naming, depth + 1
                )
        case Array(items):
            yield from _inside(items, items_key(key), _single(nouns, naming.inflections), naming, depth + 1)
        case Map(values):
            yield from _inside(values, values_key(key), _single(nouns, naming.inflections), naming, depth + 1)
        case Nullable(inner):
            yield from _inside(inner, key, nouns, naming, depth)
        case Union(members):
            yield key, kind, nouns
            words = member_words(kind, naming.fields_of)
            for number, member in enumerate(members):
                chain = _as_member(nouns, words[number], kind.title)
                yield from _inside(member, option_key(key, number), chain, naming, depth + 1)
        case Reference():
            yield key, kind, nouns
        case Enumeration(title=title) if title:
            yield key, kind, nouns
        case _:
            return


def _body_types(
    body: Body | None, key: str, flat: FlattenedBody | None
) -> Iterator[tuple[str, Type, tuple[str, ...]]]:
    """What the arguments of a body hold, but for the fields of named objects."""
    match body:
        case JsonBody(type=kind):
            if flat is None:
                yield key, kind, ()
                return
            for item in flat.fields:
                for part in item.parts:
                    if not part.schema:
                        yield part.key, part.type, (item.wire,)
            for other in flat.others:
                yield other.key, other.type, ()
        case FormBody(fields=fields) | GraphQLBody(variables=fields):
            for one in fields:
                yield member_key(key, one.wire), one.type, (one.wire,)
        case MultipartBody(parts=parts):
            for piece in parts:
                yield member_key(key, piece.field.wire), piece.field.type, (piece.field.wire,)
        case _:
            return


def _request_key(operation: Operation) -> object:
    """Equal for copies of a request (method, URL, query and body) whose responses have one shape."""
    body = operation.body
    content = None if body is None or isinstance(body, BinaryBody) or body.example is None else body.example
    return (
        operation.method,
        operation.server and operation.server.template,
        operation.path,
        tuple((parameter.location, parameter.wire) for parameter in operation.parameters),
        type(body),
        tuple(
            (response.status, shape(response.type))
            for response in successes(operation)
            if response.type is not None
        ),
        json.dumps([content and content.value, content and content.as_written], sort_keys=True, default=str),
    )


def _of_kind(site: Site, kind: Object | Union) -> ModelSite | UnionSite:
    about = {one.name: getattr(site, one.name) for one in fields(site)}
    return UnionSite(**about, kind=kind) if isinstance(kind, Union) else ModelSite(**about, kind=kind)


class _Search:
    """The walk through an API: operations first, then the named objects that they lead to."""

    def __init__(
        self, schemas: Mapping[str, Schema], was_flattened: Callable[[str], bool], inflections: Inflections
    ) -> None:
        self._was_flattened = was_flattened
        self._naming = _Naming(inflections, self._fields_of)
        self.found = ModelSites()
        self._schemas = schemas
        self._waiting: list[str] = []
        self._opened: set[str] = set()
        self._referred: set[str] = set()

    def _open(self, schema: str) -> None:
        if schema in self._schemas and schema not in self._opened:
            self._opened.add(schema)
            self._waiting.append(schema)

    def _fields_of(self, kind: Type) -> Object | None:
        match kind:
            case Object() if is_model(kind):
                return kind
            case Reference(name) if name in self._schemas:
                return self._schemas[name].type
            case _:
                return None

    def _is_tagged(self, kind: Union) -> bool:
        """Whether each member is a model, and the value of a field tells which."""
        objects = map(self._fields_of, kind.members)
        return bool(kind.discriminator) and all(kind.tags) and all(one and one.fields for one in objects)

    def _sites(
        self, kind: Type, key: str, nouns: tuple[str, ...] = ()
    ) -> Iterator[tuple[str, Object | Union, tuple[str, ...]]]:
        """Objects with fields and tagged unions in a type; what is named is noted on the way."""
        for site_key, found, chain in _inside(kind, key, nouns, self._naming):
            match found:
                case Object():
                    yield site_key, found, chain
                case Union():
                    if self._is_tagged(found):
                        yield site_key, found, chain
                case Reference(schema):
                    self._referred.add(schema)
                    self.found.used.setdefault(schema_key(schema), site_key)
                    self._open(schema)
                case Enumeration():
                    self._list(found)

    def _list(self, kind: Enumeration) -> None:
        key = list_key(kind)
        if key is not None:
            self.found.lists.setdefault(key, kind)

    def parameters(self, operation: Operation, qualified: str) -> None:
        """What is named; an object in a parameter that has no name is a mapping, so no model is made for it."""
        for parameter in operation.parameters:
            key = f"{qualified}({parameter.location.value} {parameter.wire})"
            for _ in self._sites(parameter.type, key):
                pass

    def responses(self, operation: Operation, qualified: str, original: str) -> None:
        for response in successes(operation):
            for _, start, content in contents_of(qualified, response):
                for key, kind, nouns in self._sites(content, start):
                    root = all(noun.startswith("\0") for noun in nouns)
                    site = Site(
                        key=key,
                        root=root,
                        nouns=nouns,
                        operation=original,
                        body=False,
                        status=response.status,
                    )
                    self._add_inline(site, kind)

    def errors(self, operation: Operation, qualified: str, original: str) -> None:
        """The bodies of failures; each status has one, however many codes it has."""
        bodies = {error_key(qualified, case): case.body for case in operation.errors if case.body is not None}
        for start, body in bodies.items():
            for key, kind, nouns in self._sites(body, start, (ERROR,)):
                root = all(noun.startswith("\0") for noun in nouns)
                site = Site(key=key, root=root, nouns=nouns, operation=original, body=False)
                self._add_inline(site, kind)

    def body(self, operation: Operation, qualified: str, original: str) -> None:
        top = body_key(qualified)
        flat: FlattenedBody | None = None
        if isinstance(operation.body, JsonBody):
            flat = flattened(
                operation.body.type, top, self._schemas, was_flattened=self._was_flattened(qualified)
            )
        for item in () if flat is None else flat.fields:
            for part in item.parts:
                self._open(part.schema)
        for start, kind, words in _body_types(operation.body, top, flat):
            for key, found, nouns in self._sites(kind, start, words):
                site = Site(key=key, root=False, nouns=nouns, operation=original, body=True)
                self._add_inline(site, found)

    def _add_inline(self, site: Site, kind: Object | Union) -> None:
        match _of_kind(site, kind):
            case ModelSite() as model:
                self.found.inline.append(model)
            case union:
                self.found.unions.append(union)

    def named(self) -> None:
        """Follow the references; named objects come in the order of the document, whoever needs them."""
        inside: dict[str, list[ModelSite | UnionSite]] = {}
        while self._waiting:
            name = self._waiting.pop()
            schema, top = self._schemas[name], schema_key(name)
            inside[name] = [
                _of_kind(
                    Site(
                        key=key,
                        root=not nouns,
                        nouns=nouns,
                        schema=schema,
                        top=top,
                        body=schema.for_request,
                    ),
                    kind,
                )
                for key, kind, nouns in self._sites(schema.type, top)
            ]
        for name in self._schemas:
            for site in inside.get(name, ()):
                if isinstance(site, UnionSite):
                    self.found.unions.append(site)
                elif site.key != site.top:
                    self.found.inside[site.key] = site
                elif name in self._referred:
                    self.found.schemas[name] = site


def find_model_sites(
    operations: Iterable[tuple[str, Operation]],
    schemas: Mapping[str, Schema],
    was_flattened: Callable[[str], bool],
    inflections: Inflections,
) -> ModelSites:
    """All sites, by the qualified names of the operations; the lock knows which bodies were flattened before."""
    search = _Search(schemas, was_flattened, inflections)
    first: dict[object, str] = {}
    originals: list[tuple[Operation, str, str]] = []
    for qualified, operation in operations:
        # Copies are named after the first of them, so that they share its models.
        original = first.setdefault(_request_key(operation), qualified)
        originals.append((operation, qualified, original))
        search.parameters(operation, qualified)
        search.responses(operation, qualified, original)
        search.body(operation, qualified, original)
    # Last, because a failure takes no name from what calls return.
    for operation, qualified, original in originals:
        search.errors(operation, qualified, original)
    search.named()
    return search.found


def shape(kind: Type, depth: int = 0) -> object:
    """What two sites must agree on to share a model: fields, their types and their presence."""
    match kind:
        case Object(fields=fields, extra=extra) if depth <= MAX_NESTING:
            return (
                "object",
                tuple(sorted((item.wire, item.required, shape(item.type, depth + 1)) for item in fields)),
                None if extra is None else shape(extra, depth + 1),
            )
        case Array(items):
            return "array", shape(items, depth + 1)
        case Map(values):
            return "map", shape(values, depth + 1)
        case Nullable(inner):
            return "nullable", shape(inner, depth)
        case Union(members):
            return "union", tuple(sorted(map(repr, (shape(member, depth + 1) for member in members))))
        case _:
            return repr(kind)
