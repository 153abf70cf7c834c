"""Models -> pydantic classes, grouped into modules."""

from collections.abc import Iterable, Mapping, Sequence

from ..client.api import Client, Field, Model as ClientModel, ValueList
from ..client.runtime_names import runtime_module
from ..client.types import PyType, models_of, spell
from ..text import prose
from ..text.python import PythonCode, docstring, identifier, literal
from . import docstrings, line_breaks
from .imports import Imports, from_import, public
from .nodes import Model, ModelAlias, ModelField, ModelIndex, ModelModule
from .old_names import old_fields

__all__ = ["plan_model_index", "plan_models"]


def _spelled(kind: PyType) -> PythonCode:
    return spell(kind, tagged=True)


def _field_code(field: Field, imports: Imports) -> PythonCode:
    code = identifier(field.name)
    default = PythonCode("") if field.required else PythonCode(" = None")
    imports.need(field.kind, models=False)
    imports.need_tags(field.kind, "..")
    if field.name == field.wire:
        return line_breaks.assigned(code, field.declared, _spelled, default)
    imports.add("typing", "Annotated")
    imports.add("pydantic", "Field")
    return line_breaks.annotated(code, field.declared, _spelled, literal(field.wire), default)


def _field_doc(field: Field) -> PythonCode | None:
    doc = docstrings.marked(prose.clean(field.doc), deprecated=field.deprecated)
    return docstring(prose.wrap(doc, 84, "", ""), 4) if doc else None


def _class_doc(model: ClientModel) -> PythonCode | None:
    """The spec's own description, else where the object is used; None where its name is enough."""
    doc = model.doc if prose.clean(model.doc) else model.use
    return docstrings.text_doc(doc, 4, fallback="") if doc else None


def _model(model: ClientModel, imports: Imports) -> Model:
    imports.add(runtime_module("Model", ".."), "Model")
    if model.extra is not None:
        imports.need(model.extra, models=False)
        imports.add("typing", "TYPE_CHECKING")
        imports.need_tags(model.extra, "..")
    return Model(
        name=identifier(model.name),
        doc=_class_doc(model),
        fields=tuple(
            ModelField(declaration=_field_code(field, imports), doc=_field_doc(field))
            for field in model.fields
        ),
        old_fields=old_fields(model, imports),
        extra=None if model.extra is None else _spelled(model.extra),
    )


def _alias(values: ValueList) -> ModelAlias:
    lines = [
        f"- {prose.code(str(value))}: {prose.clean(text)}" for value, text in values.docs if prose.clean(text)
    ]
    return ModelAlias(
        code=PythonCode("{} = {}").format(identifier(values.name), spell(values.kind)),
        doc=docstring(prose.wrap("\n".join(lines), 88, "", ""), 0) if lines else None,
    )


def _late_imports(used: Iterable[str], home: str, modules: Mapping[str, str]) -> tuple[PythonCode, ...]:
    wanted: dict[str, list[str]] = {}
    for name in sorted(used):
        if modules[name] != home:
            wanted.setdefault(modules[name], []).append(name)
    return tuple(
        from_import(f".{module}", [identifier(name) for name in wanted[module]]) for module in sorted(wanted)
    )


def _used(models: Sequence[ClientModel]) -> set[str]:
    """Names of the models package in the annotations of some models."""
    found: set[str] = set()
    for model in models:
        for field in model.fields:
            found |= models_of(field.kind)
        if model.extra is not None:
            found |= models_of(model.extra)
    return found


def _module(
    module: str, models: Sequence[ClientModel], lists: Sequence[ValueList], modules: Mapping[str, str]
) -> ModelModule:
    imports = Imports()
    if lists:
        imports.add("typing", "Literal")
    return ModelModule(
        path=f"models/{module}.py",
        models=tuple(_model(model, imports) for model in models),
        aliases=tuple(map(_alias, lists)),
        imports=imports.lines(),
        late_imports=_late_imports(_used(models), module, modules),
    )


def _modules(client: Client) -> dict[str, str]:
    """Module of each name of the models package."""
    return {model.name: model.module for model in client.models} | {
        values.name: values.module for values in client.value_lists
    }


def plan_models(client: Client) -> tuple[ModelModule, ...]:
    """All model modules, sorted by path; models within one in the order of the spec."""
    modules = _modules(client)
    models: dict[str, list[ClientModel]] = {module: [] for module in modules.values()}
    lists: dict[str, list[ValueList]] = {module: [] for module in modules.values()}
    for model in client.models:
        models[model.module].append(model)
    for values in client.value_lists:
        lists[values.module].append(values)
    return tuple(_module(module, models[module], lists[module], modules) for module in sorted(models))


def plan_model_index(client: Client) -> ModelIndex | None:
    """`models/__init__.py`; None where there is no model."""
    modules = _modules(client)
    if not modules:
        return None
    members: dict[str, list[str]] = {}
    for name in sorted(modules):
        members.setdefault(modules[name], []).append(name)
    return ModelIndex(
        doc=docstring("Request and response models, imported lazily.", 0),
        imports=tuple(
            from_import(f".{module}", [public(name) for name in members[module]], indent=4)
            for module in sorted(members)
        ),
        entries=tuple(
            PythonCode("{}: {},").format(literal(name), literal(modules[name])) for name in sorted(modules)
        ),
        old_types=tuple(
            PythonCode("{} = {}").format(identifier(old), identifier(new)) for old, new in client.old_models
        ),
        renamed=tuple(
            PythonCode("{}: {},").format(literal(old), literal(new)) for old, new in client.old_models
        ),
    )
