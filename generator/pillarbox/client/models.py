"""Named models -> the classes of the models package: their fields, and the module of each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..lock.claims import Claims, Scope
from ..model.types import Enumeration, Field as SpecField, Json
from ..naming.candidates import wire_candidate
from ..naming.words import UniqueNames, snake, valid_name
from . import types as py
from .api import Field, InputForm, Model, NamedUnion, ValueList
from .model_naming import NamedModels
from .model_sites import ModelSite
from .model_uses import use_of
from .type_mapping import literal_values, member_key, response_annotation, values_key
from .types import PyType

__all__ = ["home_modules", "models_of", "unions_of", "value_lists_of"]

_ANY_NUMBER = py.either([py.INT, py.FLOAT])


def _prefixes(name: str) -> Iterator[str]:
    """`UserTokenItem` -> itself, `UserToken`, `User`: what it continues, the longest first."""
    yield name
    for end in range(len(name) - 1, 0, -1):
        if name[end].isupper() or name[end].isdigit():
            yield name[:end]


def home_modules(found: NamedModels) -> dict[str, str]:
    """Module of every model: that of the root model whose name its own name continues, else its own.

    Names alone decide, so that a model does not move between files because another site began to share it.
    """
    modules: dict[str, str] = {}
    files: dict[str, str] = {}
    free = UniqueNames()
    for name in (*found.sites, *found.lists, *found.unions):
        home = next((prefix for prefix in _prefixes(name) if prefix in found.roots), name)
        if home not in files:
            files[home] = free.take(valid_name(snake(home), "module"))
        modules[name] = files[home]
    return modules


def models_of(
    found: NamedModels, modules: dict[str, str], claims: Claims, forms: Mapping[str, InputForm]
) -> tuple[Model, ...]:
    """All models with their input forms, sorted by module; within one in the order of the spec."""
    names = sorted(found.sites, key=lambda name: modules[name])
    return tuple(
        replace(_model(name, modules[name], found, claims), input_form=forms.get(name)) for name in names
    )


def value_lists_of(found: NamedModels, modules: dict[str, str]) -> tuple[ValueList, ...]:
    """The lists of values that the spec names."""
    return tuple(
        ValueList(
            name=name,
            module=modules[name],
            kind=py.LiteralOf(literal_values(kind.values)),
            docs=_value_docs(kind),
        )
        for name, kind in found.lists.items()
    )


def unions_of(found: NamedModels, modules: dict[str, str]) -> tuple[NamedUnion, ...]:
    """The unions that have names."""
    return tuple(
        NamedUnion(
            name=name,
            module=modules[name],
            kind=kind,
            input_form=found.names.inputs.name(name) or "",
            input_members=found.names.inputs.unions.get(name, ()),
        )
        for name, kind in found.unions.items()
    )


def _value_docs(kind: Enumeration) -> tuple[tuple[Json, str], ...]:
    return tuple(zip(kind.values, kind.docs, strict=False))


def _model(name: str, module: str, found: NamedModels, claims: Claims) -> Model:
    sites = found.sites[name]
    merged = _merged(sites)
    scope = claims.scope("field", name, [{"wire": wire} for wire in merged])
    fields = tuple(_field(wire, documented, found, len(sites), scope) for wire, documented in merged.items())
    named = (site.schema.origin for site in sites if site.schema is not None and not site.nouns)
    return Model(
        name=name,
        module=module,
        fields=fields,
        extra=_extra(sites, found),
        doc=next((site.kind.doc for site in sites if site.kind.doc), ""),
        use=use_of(name, sites, found.used, found.names.models),
        sites=frozenset(site.key for site in sites),
        old_fields=claims.old_names("field", name),
        origin=next(named, None)
        or next((site.kind.origin for site in sites if site.kind.origin is not None), None),
    )


_Documented = Sequence[tuple[SpecField, str]]
"""One field as each site of a model documents it, and the key of the site."""


def _merged(sites: Sequence[ModelSite]) -> dict[str, list[tuple[SpecField, str]]]:
    fields: dict[str, list[tuple[SpecField, str]]] = {}
    for site in sites:
        for field in site.kind.fields:
            fields.setdefault(field.wire, []).append((field, site.key))
    return fields


def _field(wire: str, documented: _Documented, found: NamedModels, of: int, scope: Scope) -> Field:
    """The union of the types at all sites; required where each of them requires it."""
    kind = py.either(
        response_annotation(field.type, member_key(key, wire), found.names) for field, key in documented
    )
    if kind == _ANY_NUMBER:
        kind = py.FLOAT
    required = len(documented) == of and all(field.required for field, _ in documented)
    return Field(
        name=scope.name({"wire": wire}, [wire_candidate(wire, "field", _plain_name(wire))]),
        wire=wire,
        kind=kind,
        declared=kind if required else py.either([kind, py.NONE]),
        required=required,
        doc=next((field.doc for field, _ in documented if field.doc), ""),
        deprecated=all(field.deprecated for field, _ in documented),
    )


def _plain_name(wire: str) -> str:
    """The Python name of a field.

    Blanks around a key are a slip of the spec: the API sends the key without them, and such a member must not be
    taken for this field.
    """
    name = snake(wire)
    return name if wire == wire.strip() or not name else f"{name}_"


def _extra(sites: Sequence[ModelSite], found: NamedModels) -> PyType | None:
    """The type of members that have no name; None where the spec does not describe it."""
    documented = [
        response_annotation(site.kind.extra, values_key(site.key), found.names)
        for site in sites
        if site.kind.extra is not None
    ]
    kind = py.either(documented) if len(documented) == len(sites) else py.ANY
    return None if kind == py.ANY else kind
