"""Named models -> pydantic classes, grouped into modules."""

from collections.abc import Iterable, Sequence

from ..text import prose
from ..text.python import PythonCode, docstring, identifier, literal
from . import names, pytypes as py
from .convert import answer_type, member_key
from .docs import text_doc
from .imports import Imports, from_import, public
from .lock import Claims
from .models import ModelPlace, NamedModels
from .nodes import Model, ModelField, ModelIndex, ModelModule
from .pytypes import PyType, models_of, spell, untyped

__all__ = ["PlannedModels", "home_modules", "plan_models"]


class PlannedModels:
    """The modules, their index, and how many fields say nothing."""

    def __init__(
        self, modules: tuple[ModelModule, ...], index: ModelIndex | None, fields: int, unknown: int
    ) -> None:
        self.modules = modules
        self.index = index
        self.fields = fields
        self.unknown = unknown


def _is_prefix(root: str, name: str) -> bool:
    rest = name[len(root) :]
    return name.startswith(root) and (not rest or rest[0].isupper() or rest[0].isdigit())


def home_modules(found: NamedModels) -> dict[str, str]:
    """Module of every model: that of the root model whose name its own name continues, else its own.

    Names alone decide, so that a model does not move between files because another place began to share it.
    """
    roots = sorted(found.roots, key=len, reverse=True)
    modules: dict[str, str] = {}
    files: dict[str, str] = {}
    for name in found.places:
        home = name if name in found.roots else next((root for root in roots if _is_prefix(root, name)), name)
        if home not in files:
            files[home] = names.unused(names.valid(names.snake(home), "module"), set(files.values()))
        modules[name] = files[home]
    return modules


def _merge(places: Sequence[ModelPlace], found: NamedModels) -> list[tuple[str, list[PyType], bool, str]]:
    """Fields of a model: the union over its places; present in all of them, or optional."""
    order: dict[str, tuple[list[PyType], list[bool], list[str]]] = {}
    for place in places:
        for field in place.kind.fields:
            kinds, required, docs = order.setdefault(field.wire, ([], [], []))
            kinds.append(answer_type(field.type, member_key(place.key, field.wire), found.names))
            required.append(field.required)
            docs.append(field.doc)
    return [
        (wire, kinds, all(required) and len(required) == len(places), next((doc for doc in docs if doc), ""))
        for wire, (kinds, required, docs) in order.items()
    ]


def _field_code(name: str, wire: str, kind: PyType, *, required: bool, imports: Imports) -> PythonCode:
    code = names.code(name)
    default = PythonCode("") if required else PythonCode(" = None")
    annotation = spell(kind if required else py.either([kind, py.NONE]))
    imports.need(kind, models=False)
    if name == wire:
        return PythonCode("{}: {}{}").format(code, annotation, default)
    imports.add("typing", "Annotated")
    imports.add("pydantic", "Field")
    return PythonCode("{}: Annotated[{}, Field(alias={})]{}").format(code, annotation, literal(wire), default)


def _describe(name: str, places: Sequence[ModelPlace]) -> str:
    first = places[0]
    wires = [noun for noun in first.nouns if not noun.startswith("\0")]
    if first.body:
        return f"Part of what `{first.operation}` sends."
    if not wires:
        return f"What `{first.operation}` answers."
    return f"Part of what `{first.operation}` answers."


def _plan_model(
    name: str, found: NamedModels, claims: Claims, imports: Imports
) -> tuple[Model, frozenset[str], int, int]:
    places = found.places[name]
    fields: list[ModelField] = []
    used: set[str] = set()
    unknown = 0
    merged = _merge(places, found)
    claims.expect("field", name, [{"wire": wire} for wire, _, _, _ in merged])
    for wire, kinds, required, doc in merged:
        kind = py.either(kinds)
        if kind == py.either([py.INT, py.FLOAT]):
            kind = py.FLOAT
        used |= models_of(kind)
        unknown += untyped(kind)
        field_name = claims.name("field", name, {"wire": wire}, [names.valid(names.snake(wire), "field")])
        cleaned = prose.clean(doc)
        fields.append(
            ModelField(
                declaration=_field_code(field_name, wire, kind, required=required, imports=imports),
                doc=docstring(prose.wrap(cleaned, 84, "", ""), 4) if cleaned else None,
                wire=wire,
                attribute=field_name,
                kind=kind,
            )
        )
    doc = text_doc(
        next((place.kind.doc for place in places if place.kind.doc), ""), 4, fallback=_describe(name, places)
    )
    model = Model(name=identifier(name), doc=doc, fields=tuple(fields))
    return model, frozenset(used), len(fields), unknown


def _late_imports(used: Iterable[str], home: str, modules: dict[str, str]) -> tuple[PythonCode, ...]:
    wanted: dict[str, list[str]] = {}
    for name in sorted(used):
        if modules[name] != home:
            wanted.setdefault(modules[name], []).append(name)
    return tuple(
        from_import(f".{module}", [identifier(name) for name in wanted[module]]) for module in sorted(wanted)
    )


def plan_models(found: NamedModels, claims: Claims) -> PlannedModels:
    """All model modules, sorted by path; models within one in the order of the spec."""
    modules = home_modules(found)
    members: dict[str, list[str]] = {}
    for name in found.places:
        members.setdefault(modules[name], []).append(name)
    planned: list[ModelModule] = []
    fields = unknown = 0
    for module in sorted(members):
        imports = Imports()
        imports.add(".._runtime.model", "Model")
        models: list[Model] = []
        used: set[str] = set()
        for name in members[module]:
            model, needs, count, missing = _plan_model(name, found, claims, imports)
            models.append(model)
            used |= needs
            fields += count
            unknown += missing
        planned.append(
            ModelModule(
                path=f"models/{module}.py",
                doc=docstring(f"Models around `{members[module][0]}`.", 0),
                imports=imports.lines(),
                models=tuple(models),
                late_imports=_late_imports(used, module, modules),
            )
        )
    if not planned:
        return PlannedModels((), None, 0, 0)
    ordered = sorted(modules)
    index = ModelIndex(
        doc=docstring("Models of answers and bodies, each imported when it is first used.", 0),
        imports=tuple(
            from_import(f".{module}", [public(name) for name in sorted(members[module])], indent=4)
            for module in sorted(members)
        ),
        entries=tuple(
            PythonCode("{}: {},").format(literal(name), literal(modules[name])) for name in ordered
        ),
    )
    return PlannedModels(tuple(planned), index, fields, unknown)
