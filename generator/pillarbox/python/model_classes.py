"""Models -> pydantic classes, grouped into modules."""

import builtins
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..client.api import Client, Field, Model as ClientModel, NamedUnion, ValueList
from ..client.runtime_names import runtime_module
from ..client.types import models_of, spell
from ..text import prose
from ..text.python import PythonCode, docstring, dotted, identifier, literal
from . import docstrings, filler, line_breaks
from .brackets import Brackets, before, call, laid_out
from .imports import Imports, from_import, lazy_entry, public
from .input_forms import input_form, needs_of
from .line_breaks import FieldSpelling
from .nodes import Model, ModelAlias, ModelField, ModelIndex, ModelModule
from .old_names import old_fields

__all__ = ["plan_model_index", "plan_models"]


@dataclass(slots=True)
class _Content:
    """What is defined in one module."""

    models: list[ClientModel] = field(default_factory=list)
    lists: list[ValueList] = field(default_factory=list)
    unions: list[NamedUnion] = field(default_factory=list)


def _spelling(model: ClientModel, imports: Imports) -> FieldSpelling:
    """A field called `bytes` hides the builtin from all annotations of its class."""
    names = (*(one.name for one in model.fields), *(old for old, _ in model.old_fields))
    hidden = frozenset(name for name in names if hasattr(builtins, name))
    spelling = FieldSpelling(hidden)
    kinds = (*(one.declared for one in model.fields), *(() if model.extra is None else (model.extra,)))
    if hidden and any("builtins." in str(spelling.code(kind)) for kind in kinds):
        imports.add("builtins", "")
    return spelling


def _field_code(field: Field, spelling: FieldSpelling, imports: Imports) -> PythonCode:
    code = identifier(field.name)
    default = PythonCode("") if field.required else PythonCode(" = None")
    imports.need(field.kind, models=False)
    imports.need_tags(field.kind, "..")
    if field.name == field.wire:
        return line_breaks.assigned(code, field.declared, spelling, default)
    imports.add("typing", "Annotated")
    imports.add("pydantic", "Field")
    return line_breaks.annotated(code, field.declared, spelling, literal(field.wire), default)


def _field_doc(field: Field, owner: str, classes: Mapping[str, str]) -> PythonCode | None:
    """The spec's own description; None where the name is enough, or the class of the value has the same.

    Args:
        classes: The texts of all classes by their names.
    """
    held = models_of(field.kind)
    text = filler.name_text(prose.clean(field.doc), field.name, field.wire, owner, *held)
    if text in map(classes.get, held):
        text = ""
    doc = docstrings.marked(prose.ended(text), deprecated=field.deprecated)
    return docstring(prose.wrap(doc, 84, "", ""), 4) if doc else None


def _class_text(model: ClientModel) -> str:
    """The spec's own description, else where the object is used; empty where its name is enough."""
    return filler.class_text(prose.clean(model.doc), model.name) or model.use


def _model(model: ClientModel, imports: Imports, classes: Mapping[str, str]) -> Model:
    imports.add(runtime_module("Model", ".."), "Model")
    spelling = _spelling(model, imports)
    if model.extra is not None:
        imports.need(model.extra, models=False)
        imports.add("typing", "TYPE_CHECKING")
        imports.need_tags(model.extra, "..")
    return Model(
        name=identifier(model.name),
        doc=docstrings.text_doc(text, 4, fallback="") if (text := classes[model.name]) else None,
        fields=tuple(
            ModelField(
                declaration=_field_code(field, spelling, imports), doc=_field_doc(field, model.name, classes)
            )
            for field in model.fields
        ),
        old_fields=old_fields(model, imports, spelling.hidden),
        extra=None if model.extra is None else spelling.code(model.extra),
        input_form=None if model.input_form is None else input_form(model.input_form, model.name, imports),
    )


def _alias(values: ValueList) -> ModelAlias:
    lines = [
        f"- {prose.code(str(value))}: {prose.clean(text)}" for value, text in values.docs if prose.clean(text)
    ]
    return ModelAlias(
        code=PythonCode("{} = {}").format(identifier(values.name), spell(values.kind)),
        doc=docstring(prose.wrap("\n".join(lines), 88, "", ""), 0) if lines else None,
    )


def _union(union: NamedUnion) -> ModelAlias:
    """`TypeAliasType` and quotes, because the members are imported only at the end of the module."""
    kind = union.kind
    members = (literal(member.name) for member in kind.members)
    value = Brackets(
        PythonCode("Annotated["),
        (
            Brackets(PythonCode("Union["), tuple(members), PythonCode("]")),
            call(PythonCode("Tagged"), *(literal(text) for text in (kind.wire, *kind.tags))),
        ),
        PythonCode("]"),
    )
    alias = call(PythonCode("TypeAliasType"), literal(union.name), value)
    name = PythonCode("{} = ").format(identifier(union.name))
    return ModelAlias(code=laid_out(before(name, alias), 0, after=0), doc=None)


def _union_form(union: NamedUnion) -> ModelAlias:
    """In quotes, because nothing needs the forms of the members when the code runs."""
    members = tuple(map(literal, union.input_members))
    value = Brackets(PythonCode("Union["), members, PythonCode("]"))
    name = PythonCode("{} = ").format(identifier(union.input_form))
    doc = docstring(f"Input form of {prose.code(union.name)}.", 0)
    return ModelAlias(code=laid_out(before(name, value), 0, after=0), doc=doc)


def _late_imports(used: Iterable[str], home: str, modules: Mapping[str, str]) -> tuple[PythonCode, ...]:
    wanted: dict[str, list[str]] = {}
    for name in sorted(used):
        if modules[name] != home:
            wanted.setdefault(modules[name], []).append(name)
    return tuple(
        from_import(f".{module}", [identifier(name) for name in wanted[module]]) for module in sorted(wanted)
    )


def _used(content: _Content) -> set[str]:
    """Names of the models package in what a module defines."""
    found = {member.name for union in content.unions for member in union.kind.members}
    for model in content.models:
        found = found.union(*(models_of(item.kind) for item in model.fields))
        if model.extra is not None:
            found |= models_of(model.extra)
    return found


def _module(
    module: str, content: _Content, modules: Mapping[str, str], classes: Mapping[str, str]
) -> ModelModule:
    imports = Imports()
    if content.lists:
        imports.add("typing", "Literal")
    for name in sorted(needs_of(content.models).union(*(union.input_members for union in content.unions))):
        if modules[name] != module:
            imports.add(f".{modules[name]}", name, typing_only=True)
    for union in content.unions:
        imports.need_tags(union.kind, "..")
        imports.add("typing", "Union")
        imports.add("typing_extensions", "TypeAliasType")
    return ModelModule(
        path=f"models/{module}.py",
        models=tuple(_model(model, imports, classes) for model in content.models),
        aliases=(
            *map(_alias, content.lists),
            *map(_union, content.unions),
            *(_union_form(union) for union in content.unions if union.input_form),
        ),
        imports=imports.lines(),
        typing_imports=imports.typing_lines(),
        late_imports=_late_imports(_used(content), module, modules),
    )


def _modules(client: Client) -> dict[str, str]:
    """Module of each name of the models package."""
    found = {model.name: model.module for model in client.models}
    found |= {model.input_form.name: model.module for model in client.models if model.input_form is not None}
    found |= {values.name: values.module for values in client.value_lists}
    found |= {union.input_form: union.module for union in client.unions if union.input_form}
    return found | {union.name: union.module for union in client.unions}


def plan_models(client: Client) -> tuple[ModelModule, ...]:
    """All model modules, sorted by path; models within one in the order of the spec."""
    modules = _modules(client)
    found = {module: _Content() for module in modules.values()}
    for model in client.models:
        found[model.module].models.append(model)
    for values in client.value_lists:
        found[values.module].lists.append(values)
    for union in client.unions:
        found[union.module].unions.append(union)
    classes = {model.name: _class_text(model) for model in client.models}
    return tuple(_module(module, found[module], modules, classes) for module in sorted(found))


def plan_model_index(client: Client) -> ModelIndex | None:
    """`models/__init__.py`; None where there is no model."""
    modules = _modules(client)
    if not modules:
        return None
    return ModelIndex(
        doc=docstring("Request and response models, imported lazily.", 0),
        imports=tuple(
            PythonCode("from .{} import {}").format(dotted(modules[name]), public(name))
            for name in sorted(modules, key=lambda name: (modules[name], name))
        ),
        entries=tuple(lazy_entry(name, modules[name]) for name in sorted(modules)),
        old_types=tuple(
            PythonCode("{} = {}").format(identifier(old), identifier(new)) for old, new in client.old_models
        ),
        renamed=tuple(
            PythonCode("{}: {},").format(literal(old), literal(new)) for old, new in client.old_models
        ),
    )
