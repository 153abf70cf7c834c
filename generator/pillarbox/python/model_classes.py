"""Named models -> pydantic classes, grouped into modules."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..client import types as py
from ..client.model_naming import NamedModels
from ..client.model_sites import ModelSite
from ..client.public_api import SurfaceField, SurfaceModel, ValueList
from ..client.type_mapping import literal_values, member_key, response_annotation, values_key
from ..client.types import PyType, models_of, spell, untyped
from ..lock.claims import Claims
from ..model.types import Enumeration, Field
from ..naming.candidates import wire_candidate
from ..naming.words import UniqueNames, snake, valid_name
from ..text import prose
from ..text.python import PythonCode, docstring, identifier, literal
from . import docstrings, line_breaks
from .imports import Imports, from_import, public
from .nodes import Model, ModelAlias, ModelField, ModelIndex, ModelModule
from .old_names import old_fields

__all__ = ["PlannedModels", "home_modules", "plan_models"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedModels:
    """The modules, their index, and what they hold."""

    modules: tuple[ModelModule, ...] = ()
    index: ModelIndex | None = None
    fields: int = 0
    unknown: int = 0
    """Fields whose type says nothing."""
    tagged: bool = False
    """True where a union is told apart by the value of a field."""
    surface: tuple[SurfaceModel, ...] = ()
    """The models as callers see them."""
    lists: tuple[ValueList, ...] = ()


def _prefixes(name: str) -> Iterator[str]:
    """`UserTokenItem` -> itself, `UserToken`, `User`: what it continues, the longest first."""
    yield name
    for end in range(len(name) - 1, 0, -1):
        if name[end].isupper() or name[end].isdigit():
            yield name[:end]


def home_modules(found: NamedModels) -> dict[str, str]:
    """Module of every model: that of the root model whose name its own name continues, else its own.

    Names alone decide, so that a model does not move between files because another place began to share it.
    """
    modules: dict[str, str] = {}
    files: dict[str, str] = {}
    free = UniqueNames()
    for name in (*found.places, *found.lists):
        home = next((prefix for prefix in _prefixes(name) if prefix in found.roots), name)
        if home not in files:
            files[home] = free.take(valid_name(snake(home), "module"))
        modules[name] = files[home]
    return modules


@dataclass(frozen=True, slots=True)
class _Member:
    """A field of a model: the union over its places; present in all of them, or optional."""

    wire: str
    kind: PyType
    declared: PyType
    """With None where the field may be absent."""
    required: bool
    doc: str
    deprecated: bool


def _merge(places: Sequence[ModelSite], found: NamedModels) -> list[_Member]:
    fields: dict[str, list[tuple[Field, str]]] = {}
    for place in places:
        for field in place.kind.fields:
            fields.setdefault(field.wire, []).append((field, place.key))
    return [_member(wire, said, found, of=len(places)) for wire, said in fields.items()]


_ANY_NUMBER = py.either([py.INT, py.FLOAT])


def _member(wire: str, said: Sequence[tuple[Field, str]], found: NamedModels, *, of: int) -> _Member:
    kind = py.either(
        response_annotation(field.type, member_key(key, wire), found.names) for field, key in said
    )
    if kind == _ANY_NUMBER:
        kind = py.FLOAT
    required = len(said) == of and all(field.required for field, _ in said)
    return _Member(
        wire,
        kind,
        kind if required else py.either([kind, py.NONE]),
        required,
        doc=next((field.doc for field, _ in said if field.doc), ""),
        deprecated=all(field.deprecated for field, _ in said),
    )


def _spelled(kind: PyType) -> PythonCode:
    return spell(kind, tagged=True)


def _field_code(name: str, member: _Member, imports: Imports) -> PythonCode:
    code, kind = identifier(name), member.kind
    default = PythonCode("") if member.required else PythonCode(" = None")
    whole = member.declared
    imports.need(kind, models=False)
    imports.need_tags(kind, ".._runtime")
    if name == member.wire:
        return line_breaks.assigned(code, whole, _spelled, default)
    imports.add("typing", "Annotated")
    imports.add("pydantic", "Field")
    alias = PythonCode("Field(alias={})").format(literal(member.wire))
    return line_breaks.annotated(code, whole, _spelled, alias, default)


def _class_doc(sites: Sequence[ModelSite]) -> PythonCode | None:
    """The spec's own description, else where the object is used; None for a named schema, whose name says it all."""
    doc = next((site.kind.doc for site in sites if site.kind.doc), "")
    if not prose.clean(doc):
        doc = _use(sites[0])
    return docstrings.text_doc(doc, 4, fallback="") if doc else None


def _use(site: ModelSite) -> str:
    if site.schema is not None:
        return f"Part of {prose.code(site.schema.name)}." if site.nouns else ""
    if site.body:
        return f"Part of the request body of `{site.operation}`."
    nested = any(not noun.startswith("\0") for noun in site.nouns)
    return f"{'Part of the response' if nested else 'Response'} of `{site.operation}`."


def _extra(places: Sequence[ModelSite], found: NamedModels, imports: Imports) -> PyType | None:
    """The type of members that have no name; None where the spec says nothing of it."""
    said = [
        response_annotation(place.kind.extra, values_key(place.key), found.names)
        for place in places
        if place.kind.extra is not None
    ]
    kind = py.either(said) if len(said) == len(places) else py.ANY
    if kind == py.ANY:
        return None
    imports.need(kind, models=False)
    imports.add("typing", "TYPE_CHECKING")
    imports.need_tags(kind, ".._runtime")
    return kind


def _field_doc(member: _Member) -> PythonCode | None:
    doc = docstrings.marked(prose.clean(member.doc), deprecated=member.deprecated)
    return docstring(prose.wrap(doc, 84, "", ""), 4) if doc else None


@dataclass(slots=True)
class _Count:
    """What one module needs and holds, as it is planned."""

    used: set[str]
    surface: list[SurfaceModel]
    fields: int = 0
    unknown: int = 0
    tagged: bool = False

    def add(self, kind: PyType) -> None:
        self.used |= models_of(kind)
        self.tagged = self.tagged or py.is_tagged(kind)


def _seen(name: str, member: _Member) -> SurfaceField:
    return SurfaceField(
        name=name,
        wire=member.wire,
        kind=member.declared,
        required=member.required,
        deprecated=member.deprecated,
        doc=member.doc,
    )


def _surface(
    name: str, places: Sequence[ModelSite], fields: tuple[SurfaceField, ...], extra: PyType | None
) -> SurfaceModel:
    named = (place.schema.origin for place in places if place.schema is not None and not place.nouns)
    return SurfaceModel(
        name=name,
        fields=fields,
        extra=extra,
        places=frozenset(place.key for place in places),
        doc=next((place.kind.doc for place in places if place.kind.doc), ""),
        origin=next(named, None)
        or next((place.kind.origin for place in places if place.kind.origin is not None), None),
    )


def _plain_name(wire: str) -> str:
    """The Python name of a field.

    Blanks around a key are a slip of the spec: the API sends the key without them, and such a member must not be
    taken for this field.
    """
    name = snake(wire)
    return name if wire == wire.strip() or not name else f"{name}_"


def _plan_model(name: str, found: NamedModels, claims: Claims, imports: Imports, count: _Count) -> Model:
    places = found.places[name]
    members = _merge(places, found)
    scope = claims.scope("field", name, [{"wire": member.wire} for member in members])
    fields: list[ModelField] = []
    seen: list[SurfaceField] = []
    types: dict[str, PyType] = {}
    for member in members:
        wished = [wire_candidate(member.wire, "field", _plain_name(member.wire))]
        field_name = scope.name({"wire": member.wire}, wished)
        fields.append(
            ModelField(
                declaration=_field_code(field_name, member, imports),
                doc=_field_doc(member),
                wire=member.wire,
                attribute=field_name,
                kind=member.kind,
            )
        )
        seen.append(_seen(field_name, member))
        types[field_name] = member.declared
        count.add(member.kind)
        count.unknown += untyped(member.kind)
    count.fields += len(fields)
    extra = _extra(places, found, imports)
    if extra is not None:
        count.add(extra)
    count.surface.append(_surface(name, places, tuple(seen), extra))
    return Model(
        name=identifier(name),
        doc=_class_doc(places),
        fields=tuple(fields),
        old_fields=old_fields(name, types, claims, imports),
        extra=None if extra is None else spell(extra, tagged=True),
    )


def _alias(name: str, kind: Enumeration) -> ModelAlias:
    values = py.LiteralOf(literal_values(kind.values))
    told = [
        f"{prose.code(str(value))}: {prose.clean(text)}"
        for value, text in zip(kind.values, kind.docs, strict=False)
        if prose.clean(text)
    ]
    doc = "\n".join(f"- {line}" for line in told)
    return ModelAlias(
        code=PythonCode("{} = {}").format(identifier(name), spell(values)),
        doc=docstring(prose.wrap(doc, 88, "", ""), 0) if doc else None,
    )


def _late_imports(used: Iterable[str], home: str, modules: dict[str, str]) -> tuple[PythonCode, ...]:
    wanted: dict[str, list[str]] = {}
    for name in sorted(used):
        if modules[name] != home:
            wanted.setdefault(modules[name], []).append(name)
    return tuple(
        from_import(f".{module}", [identifier(name) for name in wanted[module]]) for module in sorted(wanted)
    )


def _module(
    module: str, members: Sequence[str], found: NamedModels, modules: dict[str, str], claims: Claims
) -> tuple[ModelModule, _Count]:
    imports = Imports()
    models: list[Model] = []
    aliases: list[ModelAlias] = []
    count = _Count(set(), [])
    for name in members:
        if name in found.lists:
            imports.add("typing", "Literal")
            aliases.append(_alias(name, found.lists[name]))
        else:
            imports.add(".._runtime.model", "Model")
            models.append(_plan_model(name, found, claims, imports, count))
    planned = ModelModule(
        path=f"models/{module}.py",
        imports=imports.lines(),
        aliases=tuple(aliases),
        models=tuple(models),
        late_imports=_late_imports(count.used, module, modules),
    )
    return planned, count


def plan_models(found: NamedModels, claims: Claims) -> PlannedModels:
    """All model modules, sorted by path; models within one in the order of the spec."""
    modules = home_modules(found)
    members: dict[str, list[str]] = {}
    for name in modules:
        members.setdefault(modules[name], []).append(name)
    planned = [_module(module, members[module], found, modules, claims) for module in sorted(members)]
    if not planned:
        return PlannedModels()
    renamed = claims.old_names("model", "")
    index = ModelIndex(
        doc=docstring("Request and response models, imported lazily.", 0),
        imports=tuple(
            from_import(f".{module}", [public(name) for name in sorted(members[module])], indent=4)
            for module in sorted(members)
        ),
        entries=tuple(
            PythonCode("{}: {},").format(literal(name), literal(modules[name])) for name in sorted(modules)
        ),
        old_types=tuple(
            PythonCode("{} = {}").format(identifier(old), identifier(new)) for old, new in renamed
        ),
        renamed=tuple(PythonCode("{}: {},").format(literal(old), literal(new)) for old, new in renamed),
    )
    return PlannedModels(
        modules=tuple(module for module, _ in planned),
        index=index,
        fields=sum(count.fields for _, count in planned),
        unknown=sum(count.unknown for _, count in planned),
        tagged=any(count.tagged for _, count in planned),
        surface=tuple(model for _, count in planned for model in count.surface),
        lists=tuple(
            ValueList(name=name, kind=py.LiteralOf(literal_values(kind.values)))
            for name, kind in found.lists.items()
        ),
    )
