"""Input forms of models -> TypedDicts.

In class syntax where Python can spell every key; else the functional one, whose types are texts, because what they name
may be defined further down.
"""

import keyword
from collections.abc import Iterable

from ..client.api import InputField, InputForm, Model
from ..client.types import imports_of, inputs_of, models_of, spell
from ..text import prose
from ..text.python import PythonCode, docstring, identifier, literal
from . import line_breaks
from .imports import Imports
from .line_breaks import FieldSpelling

__all__ = ["input_form", "needs_of"]

_BUILTINS = frozenset(["bool", "bytes", "float", "int", "str"])
"""Those that annotations of input forms use."""


def needs_of(models: Iterable[Model]) -> frozenset[str]:
    """Names of the input forms that the forms of some models mention."""
    fields = (field for model in models if model.input_form for field in model.input_form.fields)
    return frozenset[str]().union(*(inputs_of(field.kind) for field in fields))


def input_form(form: InputForm, model: str, imports: Imports) -> PythonCode:
    """The TypedDict of a model, whose keys are those of the API."""
    imports.add("typing", "TypedDict")
    if any(field.required for field in form.fields):
        imports.add("typing", "Required")
    for field in form.fields:
        imports.need(field.kind, models=False)
    doc = f"Input form of {prose.code(model)}."
    hidden = _BUILTINS | {"Required"} | _names_in(form)
    if all(_is_spelled(field.wire) and field.wire not in hidden for field in form.fields):
        return _class(form, doc)
    return _function(form, doc)


def _names_in(form: InputForm) -> frozenset[str]:
    """What the annotations of a form name: a key of that name would hide it from the keys below."""
    kinds = [field.kind for field in form.fields]
    imported = (item.alias or item.name for kind in kinds for item in imports_of(kind))
    return frozenset(imported).union(*map(models_of, kinds), *map(inputs_of, kinds))


def _is_spelled(wire: str) -> bool:
    """Whether a class can have the key: names that begin with two underscores are mangled."""
    is_name = wire.isascii() and wire.isidentifier() and not keyword.iskeyword(wire)
    return is_name and not wire.startswith("__")


def _class(form: InputForm, doc: str) -> PythonCode:
    lines = [PythonCode("class {}(TypedDict, total=False):").format(identifier(form.name))]
    lines += [PythonCode("    {}\n").format(docstring(doc, 4))]
    lines += [PythonCode("    {}").format(_key(field)) for field in form.fields]
    return PythonCode("\n").join(lines)


def _key(field: InputField) -> PythonCode:
    name = identifier(field.wire)
    if field.required:
        return line_breaks.required(name, field.kind)
    return line_breaks.assigned(name, field.kind, FieldSpelling(), PythonCode(""))


def _function(form: InputForm, doc: str) -> PythonCode:
    lines = [
        PythonCode("{} = TypedDict(").format(identifier(form.name)),
        PythonCode("    {},").format(literal(form.name)),
        PythonCode("    {{").format(),
        *(
            PythonCode("        {}: {},").format(literal(field.wire), literal(_text(field)))
            for field in form.fields
        ),
        PythonCode("    }},").format(),
        PythonCode("    total=False,"),
        PythonCode(")"),
        docstring(doc, 0),
    ]
    return PythonCode("\n").join(lines)


def _text(field: InputField) -> str:
    kind = str(spell(field.kind))
    return f"Required[{kind}]" if field.required else kind
