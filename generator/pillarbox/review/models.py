"""What became of the models, their fields, and the named lists of values."""

from collections.abc import Iterator
from itertools import chain

from ..client import types as py
from ..client.api import Field, Model
from ..client.types import PyType
from ..lock.claims import Lock
from ..model.problems import Origin
from .arguments import listed, spelled
from .changes import Change, in_new, in_old
from .checks import Check
from .matching import Pairing, operation_of, paired
from .types import Shift, argument_shift, response_shift, values_of, with_values, without

__all__ = ["model_changes"]


def model_changes(pairing: Pairing) -> Iterator[Change]:
    """Changes of all models that callers can meet, one for each cause, with the operations that it reaches."""
    for old, new in pairing.models.both:
        if old.name != new.name:
            reaches = _users_of(pairing, old.name)
            kept = pairing.keeps_old_name("model", old.name, new.name)
            yield in_new(
                Check.MODEL_RENAMED_WITH_ALIAS if kept else Check.MODEL_RENAMED,
                old.name,
                _origin(pairing, new),
                old=old.name,
                new=new.name,
                reaches=reaches,
            )
        yield from _Model(pairing, old, new).changes()
    for model in pairing.models.gone:
        reaches = _users_of(pairing, model.name)
        if reaches:  # else it went with its operations
            yield in_old(
                Check.MODEL_REMOVED,
                model.name,
                model.origin or pairing.old.client.origin,
                old=model.name,
                reaches=reaches,
            )
    yield from _unions(pairing)
    yield from _named_lists(pairing)
    yield from _value_lists(pairing)


def _origin(pairing: Pairing, model: Model) -> Origin:
    return model.origin or pairing.new.client.origin


class _Model:
    """One model that survived, seen from the side that reads it, the side that builds it, or both."""

    def __init__(self, pairing: Pairing, old: Model, new: Model) -> None:
        self.pairing = pairing
        self.old = old
        self.new = new
        self.read = old.name in pairing.models_returned
        self.built = old.name in pairing.models_passed
        self.reaches = _users_of(pairing, old.name)
        self.origin = _origin(pairing, new)

    def changes(self) -> Iterator[Change]:
        """Changes of its fields; none where no surviving operation leads to it."""
        if not self.reaches:
            return
        pairs = paired(self.old.fields, self.new.fields, lambda one: one.wire, lambda one: one.name)
        for field in pairs.gone:
            check = Check.ANSWER_FIELD_REMOVED if self.read else Check.BODY_FIELD_REMOVED
            yield in_old(
                check,
                f"{self.new.name}.{field.name}",
                self.old.origin or self.pairing.old.client.origin,
                old=spelled(field.declared),
                reaches=self.reaches,
            )
        for old, new in pairs.both:
            yield from self._survivor(old, new)
        for field in pairs.fresh:
            yield self._change(self._added(field), field, new=spelled(field.declared))
        before, after = self.pairing.kinds(self.old.extra or py.ANY, self.new.extra or py.ANY)
        if before != after:
            yield in_new(
                Check.MODEL_EXTRA_CHANGED,
                self.new.name,
                self.origin,
                old=spelled(before),
                new=spelled(after),
                reaches=self.reaches,
            )

    def _added(self, field: Field) -> Check:
        if self.built and field.required:
            return Check.BODY_FIELD_ADDED_REQUIRED
        return Check.ANSWER_FIELD_ADDED if self.read else Check.BODY_FIELD_ADDED_OPTIONAL

    def _change(self, check: Check, field: Field, *, old: str = "", new: str = "") -> Change:
        return in_new(
            check, f"{self.new.name}.{field.name}", self.origin, old=old, new=new, reaches=self.reaches
        )

    def _survivor(self, old: Field, new: Field) -> Iterator[Change]:
        if old.name != new.name:
            kept = self.pairing.keeps_old_name(
                "field", f"{self.new.name}.{old.name}", f"{self.new.name}.{new.name}"
            )
            yield in_new(
                Check.FIELD_RENAMED_WITH_ALIAS if kept else Check.FIELD_RENAMED,
                f"{self.old.name}.{old.name}",
                self.origin,
                old=old.name,
                new=new.name,
                reaches=self.reaches,
            )
        if old.wire != new.wire:
            yield self._change(Check.FIELD_MOVED, new, old=old.wire, new=new.wire)
        if old.deprecated != new.deprecated:
            yield self._change(Check.FIELD_DEPRECATED if new.deprecated else Check.FIELD_REINSTATED, new)
        before, after = self.pairing.kinds(old.declared, new.declared)
        text = spelled(before)
        if old.required != new.required:
            yield from self._presence(new, before, after)
            before, after = without(before, py.NONE), without(after, py.NONE)
        if values_of(before).listed and values_of(after).listed:
            yield from self._values(new, before, after)
            both = (*values_of(before).listed, *values_of(after).listed)
            before, after = with_values(before, both), with_values(after, both)
        check = self._check(before, after)
        if check is not None:
            yield self._change(check, new, old=text, new=spelled(new.declared))

    def _presence(self, field: Field, before: PyType, after: PyType) -> Iterator[Change]:
        """A field that may be absent now, or no longer; who reads it notices by its type alone."""
        text = spelled(field.declared)
        if field.required:
            if self.built:
                yield self._change(Check.BODY_FIELD_BECAME_REQUIRED, field, new=text)
            elif before != after:
                yield self._change(Check.ANSWER_FIELD_BECAME_REQUIRED, field, new=text)
        elif self.read and before != after:
            yield self._change(Check.ANSWER_FIELD_BECAME_OPTIONAL, field, new=text)
        elif self.built:
            yield self._change(Check.BODY_FIELD_BECAME_OPTIONAL, field, new=text)

    def _values(self, field: Field, before: PyType, after: PyType) -> Iterator[Change]:
        old, new = values_of(before), values_of(after)
        if added := new.missing_in(old):
            check = Check.ANSWER_VALUE_ADDED if self.read else Check.BODY_VALUE_ADDED
            yield self._change(check, field, new=listed(added))
        if removed := old.missing_in(new):
            check = self._removed(field) if self.built else Check.ANSWER_VALUE_REMOVED
            yield self._change(check, field, old=listed(removed))

    def _removed(self, field: Field) -> Check:
        """The model takes any text, its input form only the values that are listed, unless the spec leaves them open."""
        form = self.new.input_form
        kinds = [one.kind for one in form.fields if one.wire == field.wire] if form is not None else []
        closed = any(not values_of(kind).open for kind in kinds)
        return Check.BODY_VALUE_REMOVED if closed else Check.BODY_VALUE_UNLISTED

    def _check(self, before: PyType, after: PyType) -> Check | None:
        """The worse of what a type means to who reads the field and to who builds the model."""
        found = [
            *([_READ.get(response_shift(before, after))] if self.read else []),
            *([_BUILT.get(argument_shift(before, after))] if self.built else []),
        ]
        known = [check for check in found if check is not None]
        return min(known, key=lambda check: check.severity.rank, default=None)


_READ = {
    Shift.WIDENED: Check.ANSWER_FIELD_TYPE_CHANGED,
    Shift.CHANGED: Check.ANSWER_FIELD_TYPE_CHANGED,
    Shift.NARROWED: Check.ANSWER_FIELD_TYPE_NARROWED,
    Shift.ITEMS_NARROWED: Check.ANSWER_FIELD_ITEMS_NARROWED,
    Shift.LOST: Check.ANSWER_FIELD_TYPE_LOST,
    Shift.FOUND: Check.ANSWER_FIELD_TYPE_FOUND,
}
_BUILT = {
    Shift.WIDENED: Check.BODY_FIELD_TYPE_WIDENED,
    Shift.NARROWED: Check.BODY_FIELD_TYPE_NARROWED,
    Shift.CHANGED: Check.BODY_FIELD_TYPE_CHANGED,
}


def _unions(pairing: Pairing) -> Iterator[Change]:
    """Names of unions that are gone, though a member of theirs is still used: what a union means is compared where it is
    used."""
    kept = {union.name for union in pairing.new.client.unions}
    now = dict(pairing.new.client.old_models)
    for union in pairing.old.client.unions:
        members = (_users_of(pairing, member.name) for member in union.kind.members)
        reaches = tuple(dict.fromkeys(chain.from_iterable(members)))
        if union.name in kept or not reaches:
            continue
        if union.name in now:
            origin = pairing.new.client.origin
            check = Check.MODEL_RENAMED_WITH_ALIAS
            yield in_new(check, union.name, origin, old=union.name, new=now[union.name], reaches=reaches)
        else:
            origin = pairing.old.client.origin
            yield in_old(Check.MODEL_REMOVED, union.name, origin, old=union.name, reaches=reaches)


def _named_lists(pairing: Pairing) -> Iterator[Change]:
    """Lists of values that the spec names: each of them one change, whoever uses it."""
    origin = pairing.new.client.origin
    for gone in pairing.lists.gone:
        if reaches := _users_of(pairing, gone.name):
            yield in_old(
                Check.VALUE_LIST_REMOVED,
                gone.name,
                pairing.old.client.origin,
                old=spelled(gone.kind),
                reaches=reaches,
            )
    for before, after in pairing.lists.both:
        reaches = _users_of(pairing, after.name)
        old, new = values_of(before.kind), values_of(after.kind)
        if reaches and (added := new.missing_in(old)):
            read = after.name in pairing.models_returned
            check = Check.ANSWER_VALUE_ADDED if read else Check.ARGUMENT_VALUE_ADDED
            yield in_new(check, after.name, origin, new=listed(added), reaches=reaches)
        if reaches and (removed := old.missing_in(new)):
            yield in_new(
                _unlisted(pairing, after.name), after.name, origin, old=listed(removed), reaches=reaches
            )


def _users_of(pairing: Pairing, name: str) -> tuple[str, ...]:
    found = chain(pairing.models_returned.get(name, ()), pairing.models_passed.get(name, ()))
    return tuple(dict.fromkeys(found))


def _unlisted(pairing: Pairing, name: str) -> Check:
    """What it means that a named list lost a value: where an argument takes nothing else, callers break."""
    if name not in pairing.models_passed:
        return Check.ANSWER_VALUE_REMOVED
    arguments = (
        argument.kind for operation, _ in pairing.operations.both for argument in operation.parameters
    )
    forms = (model.input_form for model, _ in pairing.models.both if model.input_form is not None)
    inside = (field.kind for form in forms for field in form.fields)
    closed = any(_closed_to(name, kind) for kind in chain(arguments, inside))
    return Check.ARGUMENT_VALUE_REMOVED if closed else Check.BODY_VALUE_UNLISTED


def _closed_to(name: str, kind: PyType) -> bool:
    match kind:
        case py.EnumName(other):
            return name == other
        case py.ListOf(inner) | py.MapOf(inner):
            return _closed_to(name, inner)
        case py.Either(members):
            return not {py.STR, py.INT} & set(members) and any(_closed_to(name, one) for one in members)
        case _:
            return False


def _value_lists(pairing: Pairing) -> Iterator[Change]:
    """Names of lists of values that are gone, though an operation that had them is still there."""
    kept = {values.name for values in pairing.new.value_lists}
    for values in pairing.old.value_lists:
        if values.name in kept:
            continue
        users = tuple(
            pairing.operation_names[name]
            for name in _users(pairing.old.lock, values.name)
            if name in pairing.operation_names
        )
        origin = pairing.old.client.origin
        now = _new_name(pairing, values.name)
        if now is not None:
            alias = pairing.keeps_old_name("enum", values.name, now)
            check = Check.VALUE_LIST_RENAMED_WITH_ALIAS if alias else Check.VALUE_LIST_RENAMED
            yield in_new(check, values.name, origin, new=now, reaches=users)
        elif users:
            yield in_old(
                Check.VALUE_LIST_REMOVED, values.name, origin, old=spelled(values.kind), reaches=users
            )


def _sites(lock: Lock, name: str) -> Iterator[str]:
    for entry in lock.of("enum"):
        at = entry.facts.get("at")
        if entry.name == name and isinstance(at, str):
            yield at


def _users(lock: Lock, name: str) -> Iterator[str]:
    return map(operation_of, _sites(lock, name))


def _new_name(pairing: Pairing, name: str) -> str | None:
    """What a list is called now, if all its sites have one new name."""
    sites = {pairing.site_now(site) for site in _sites(pairing.old.lock, name)}
    found = {entry.name for entry in pairing.new.lock.of("enum") if entry.facts.get("at") in sites}
    known = {values.name for values in pairing.old.value_lists}
    return found.pop() if len(found) == 1 and not found & known else None
