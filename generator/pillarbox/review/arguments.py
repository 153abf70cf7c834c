"""What became of the arguments of one operation."""

from collections.abc import Iterator, Sequence

from ..client import types as py
from ..client.api import Default, Method, Parameter
from ..client.arguments import takes_body_or_fields
from ..client.request import Json, Location, TextBody
from ..client.types import PyType
from ..model.problems import Origin
from ..text.python import PythonCode, literal
from .changes import Change, in_new, in_old
from .checks import Check
from .matching import Pairing, Pairs, paired
from .types import Shift, argument_shift, values_of, with_values, without

__all__ = ["argument_changes", "listed", "spelled"]

_MODELS = PythonCode("models.")


def spelled(kind: PyType) -> str:
    """An annotation as a caller would write it."""
    return str(py.spell(kind, models=_MODELS))


def listed(values: Sequence[Json]) -> str:
    """Values as code spells them: `"a", "b"`."""
    return ", ".join(str(literal(value)) for value in values)


def _declared(argument: Parameter) -> str:
    kind = spelled(without(argument.kind, py.UNSET) if argument.default is Default.UNSET else argument.kind)
    match argument.default:
        case Default.REQUIRED:
            return f"{argument.name}: {kind}"
        case Default.LITERAL:
            return f"{argument.name}: {kind} = {literal(argument.literal)}"
        case _:
            return f"{argument.name}: {kind} = {argument.default.value}"


def _kinds(pairing: Pairing, old: Parameter, new: Parameter) -> tuple[PyType, PyType]:
    """The types to compare: what may be left out is decided by the defaults, not by the types."""
    before, after = pairing.kinds(without(old.kind, py.UNSET), without(new.kind, py.UNSET))
    if old.required != new.required:
        left_out = (Default.NONE, Default.LITERAL)
        before = without(before, py.NONE) if old.default in left_out else before
        after = without(after, py.NONE) if new.default in left_out else after
    return before, after


def _values(symbol: str, origin: Origin, before: PyType, after: PyType) -> Iterator[Change]:
    """Changes of the values that an argument lists."""
    old, new = values_of(before), values_of(after)
    if added := new.missing_in(old):
        yield in_new(Check.ARGUMENT_VALUE_ADDED, symbol, origin, new=listed(added))
    if removed := old.missing_in(new):
        check = Check.ARGUMENT_VALUE_UNLISTED if new.open else Check.ARGUMENT_VALUE_REMOVED
        yield in_new(check, symbol, origin, old=listed(removed))


def _type(symbol: str, origin: Origin, before: PyType, after: PyType) -> Iterator[Change]:
    if values_of(before).listed and values_of(after).listed:
        yield from _values(symbol, origin, before, after)
        both = (*values_of(before).listed, *values_of(after).listed)
        # The values are reported: what is left to compare is whether others are taken too, and the rest of the type.
        shift = argument_shift(with_values(before, both), with_values(after, both))
    else:
        shift = argument_shift(before, after)
    check = _SHIFTS.get(shift)
    if check is not None:
        yield in_new(check, symbol, origin, old=spelled(before), new=spelled(after))


_SHIFTS = {
    Shift.WIDENED: Check.ARGUMENT_TYPE_WIDENED,
    Shift.NARROWED: Check.ARGUMENT_TYPE_NARROWED,
    Shift.CHANGED: Check.ARGUMENT_TYPE_CHANGED,
}


def _sent(parameter: Parameter) -> str:
    where = parameter.location.value
    return where if parameter.location is Location.BODY else f"{where} {parameter.wire}"


def _survivor(
    pairing: Pairing, old: Method, new: Method, before: Parameter, after: Parameter
) -> Iterator[Change]:
    symbol, origin = f"{new.qualified}({after.name})", after.origin
    if before.name != after.name:
        full = f"{new.qualified}.{before.name}", f"{new.qualified}.{after.name}"
        kept = pairing.keeps_old_name("argument", *full)
        yield in_new(
            Check.ARGUMENT_RENAMED_WITH_ALIAS if kept else Check.ARGUMENT_RENAMED,
            f"{old.qualified}({before.name})",
            origin,
            old=before.name,
            new=after.name,
        )
    if (before.location, before.wire) != (after.location, after.wire):
        yield in_new(Check.ARGUMENT_MOVED, symbol, origin, old=_sent(before), new=_sent(after))
    elif before.style is not after.style:
        styles = before.style.value, after.style.value
        yield in_new(Check.ARGUMENT_ENCODING_CHANGED, symbol, origin, old=styles[0], new=styles[1])
    if before.location is Location.PATH is not after.location:
        yield in_new(Check.ARGUMENT_BECAME_KEYWORD, symbol, origin)
    if before.required != after.required:
        check = Check.ARGUMENT_BECAME_REQUIRED if after.required else Check.ARGUMENT_BECAME_OPTIONAL
        yield in_new(check, symbol, origin, new=_declared(after))
    elif before.literal != after.literal:
        yield in_new(
            Check.ARGUMENT_DEFAULT_CHANGED,
            symbol,
            origin,
            old=listed([before.literal]),
            new=listed([after.literal]),
        )
    yield from _type(symbol, origin, *_kinds(pairing, before, after))
    if before.deprecated != after.deprecated:
        check = Check.ARGUMENT_DEPRECATED if after.deprecated else Check.ARGUMENT_REINSTATED
        yield in_new(check, symbol, origin)


def _whole(operation: Method) -> Parameter | None:
    """The argument that is the whole body; beside the fields of a body, or the placeholders of a text, it is none."""
    if isinstance(operation.request.body, TextBody) or takes_body_or_fields(operation.parameters):
        return None
    return next((argument for argument in operation.parameters if argument.location is Location.BODY), None)


def _body_shape(operation: Method) -> str:
    """How a caller gives the body."""
    whole = _whole(operation)
    return "keyword arguments" if whole is None else f"{whole.name}: {spelled(without(whole.kind, py.UNSET))}"


def _reshaped(old: Method, new: Method) -> bool:
    """True where the body was flattened into arguments and now is one, or the reverse."""
    bodies = old.request.body, new.request.body
    return None not in bodies and (_whole(old) is None) != (_whole(new) is None)


def _is_body(argument: Parameter) -> bool:
    return argument.location.in_body


def _paired(
    old: Method, new: Method, before: Sequence[Parameter], after: Sequence[Parameter]
) -> Pairs[Parameter]:
    """By location and name in the API, by the name that the lock kept, and the placeholders of an equal path by their order."""
    placeholders: dict[int, int] = {}
    if _shape(old) == _shape(new):
        for arguments in (before, after):
            path = (argument for argument in arguments if argument.location is Location.PATH)
            placeholders |= {id(argument): number for number, argument in enumerate(path)}
    return paired(
        before,
        after,
        lambda one: (one.location, one.wire),
        lambda one: one.name,
        lambda one: placeholders.get(id(one), id(one)),
    )


def _shape(method: Method) -> tuple[str | None, ...]:
    return tuple(piece if isinstance(piece, str) else None for piece in method.request.path)


def argument_changes(pairing: Pairing, old: Method, new: Method) -> Iterator[Change]:
    """Changes of the arguments of an operation that survived."""
    before, after = old.parameters, new.parameters
    if _reshaped(old, new):
        assert new.request.body is not None
        yield in_new(
            Check.BODY_RESHAPED,
            new.qualified,
            new.request.body.origin,
            old=_body_shape(old),
            new=_body_shape(new),
        )
        before = tuple(argument for argument in before if not _is_body(argument))
        after = tuple(argument for argument in after if not _is_body(argument))
    pairs = _paired(old, new, before, after)
    for argument in pairs.gone:
        yield in_old(
            Check.ARGUMENT_REMOVED,
            f"{new.qualified}({argument.name})",
            argument.origin,
            old=_declared(argument),
        )
    for one, other in pairs.both:
        yield from _survivor(pairing, old, new, one, other)
    for argument in pairs.fresh:
        check = Check.ARGUMENT_ADDED_REQUIRED if argument.required else Check.ARGUMENT_ADDED_OPTIONAL
        yield in_new(
            check,
            f"{new.qualified}({argument.name})",
            argument.origin,
            new=_declared(argument),
        )
    yield from _positions(
        new, [pair for pair in pairs.both if pair[0].location is pair[1].location is Location.PATH]
    )


def _positions(new: Method, pairs: Sequence[tuple[Parameter, Parameter]]) -> Iterator[Change]:
    """Positional arguments whose order changed."""
    order = {after.name: number for number, after in enumerate(new.parameters)}
    before = [after.name for _, after in pairs]
    after = sorted(before, key=order.__getitem__)
    if before != after:
        yield in_new(
            Check.ARGUMENT_ORDER_CHANGED,
            new.qualified,
            new.origin,
            old=f"({', '.join(before)})",
            new=f"({', '.join(after)})",
        )
