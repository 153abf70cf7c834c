"""The input forms of models: what a request may hold at the sites where it holds the model."""

from collections.abc import Iterator, Mapping, Sequence

from ..lock.claims import Claims
from ..model.types import Enumeration, Field as SpecField, Nullable, Scalar, ScalarKind, Type
from . import types as py
from .api import InputField, InputForm, Renames
from .input_names import InputNames, Tags, input_key
from .model_naming import NamedModels
from .type_mapping import argument_annotation, member_key
from .types import PyType

__all__ = ["input_forms_of", "old_input_forms"]

_Documented = tuple[SpecField, PyType]


def input_forms_of(found: NamedModels) -> Mapping[str, InputForm]:
    """The form of each model that an argument takes, and of those that are in these; by model."""
    names = found.names
    kinds = {site.key: site.kind for sites in found.sites.values() for site in sites}
    fields: dict[str, list[_Documented]] = {}
    for key in names.inputs.asked():
        fields[key] = [
            (field, argument_annotation(field.type, member_key(key, field.wire), names))
            for field in kinds[key].fields
        ]
    return {
        model: InputForm(
            name=name,
            fields=tuple(
                _merged(
                    [fields[site.key] for site in sites if site.key in fields],
                    names.inputs.tags.get(model, {}),
                )
            ),
        )
        for model, sites in found.sites.items()
        if (name := names.inputs.name(model)) is not None
    }


def _merged(sites: Sequence[Sequence[_Documented]], tags: Tags) -> Iterator[InputField]:
    """The fields of all sites of one model; required is what each of them requires.

    A text that tells the members of a union apart has the values that mean this one, so that type checkers narrow by it;
    a member that does not describe that field may have it, too.
    """
    found: dict[str, list[_Documented]] = {}
    for site in sites:
        for field, kind in site:
            found.setdefault(field.wire, []).append((field, kind))
    for wire, documented in found.items():
        required = all(field.required and field.default is None for field, _ in documented)
        is_tag = wire in tags and all(_is_text(field.type) for field, _ in documented)
        yield InputField(
            wire=wire,
            kind=py.LiteralOf(tags[wire]) if is_tag else py.either(kind for _, kind in documented),
            required=required and len(documented) == len(sites),
        )
    for wire, values in tags.items():
        if wire not in found:
            yield InputField(wire=wire, kind=py.LiteralOf(values), required=False)


def _is_text(kind: Type) -> bool:
    match kind:
        case Scalar(scalar):
            return scalar is ScalarKind.STRING
        case Enumeration(values):
            return all(value is None or isinstance(value, str) for value in values)
        case Nullable(inner):
            return _is_text(inner)
        case _:
            return False


def old_input_forms(renamed: Renames, names: InputNames, claims: Claims) -> Iterator[tuple[str, str]]:
    """Old and new names of the forms of models that the configuration renamed."""
    for old, new in renamed:
        form, before = names.name(new), claims.locked("model", "", {"at": input_key(old)})
        if form is not None and before is not None and before != form:
            yield before, form
