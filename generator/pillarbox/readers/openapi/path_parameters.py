"""The parameters of an operation beside its path: which placeholder each one describes, and those that none describes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...model.api import Location, Parameter
from ...model.problems import Origin, Problem, Severity
from ...model.styles import Style
from ...model.types import Scalar, ScalarKind
from .parameters import ParameterNode, Reading, read_parameter
from .paths import Path, QueryArgument, bare_name
from .refs import Lost

__all__ = ["declared_names", "read_parameters"]


def declared_names(nodes: Sequence[ParameterNode]) -> frozenset[str]:
    """The names that placeholders of a path can mean."""
    return frozenset(one.wire for one in nodes if one.location in ("path", "query"))


def read_parameters(
    nodes: Sequence[ParameterNode], path: Path, origin: Origin, reading: Reading, *, is_signed: bool
) -> tuple[Parameter, ...]:
    """Those of the path in path order, those of the query behind it, then the others in the order of the document.

    Raises:
        Lost: the path needs a parameter that cannot be sent.
    """
    read: list[Parameter] = []
    declared = declared_names(nodes)
    for node in nodes:
        if node.location in ("body", "formData"):
            continue
        placed = _placed(node, path, declared)
        if placed.location == "path" and placed.wire not in path.placeholders:
            _note_without_place(node, path, reading)
            continue
        parameter = read_parameter(placed, reading, is_signed=is_signed)
        if parameter is not None:
            read.append(_as_path_says(parameter, path))
    read += _undescribed(path, read, reading, origin)
    in_query = [argument.wire for argument in path.arguments]
    return tuple(sorted(read, key=lambda one: _position(one, path.placeholders, in_query)))


def _placed(node: ParameterNode, path: Path, declared: frozenset[str]) -> ParameterNode:
    """The parameter under the name, and in the location, where the path has its placeholder."""
    if node.location not in ("path", "query"):
        return node
    name = bare_name(node.wire, declared)
    if node.location == "path" and name in path.placeholders:
        return replace(node, wire=name)
    for argument in path.arguments:
        if argument.name == name:
            return replace(node, wire=argument.wire, location="query")
    return node


def _note_without_place(node: ParameterNode, path: Path, reading: Reading) -> None:
    if f"{{{node.wire}}}" in path.written:
        message = f"the path parameter {node.wire[:60]!a} cannot be sent where the path has it"
        raise Lost(Problem(Severity.ERROR, "lost-argument", message, node.origin))
    message = f"the path has no {{{node.wire[:60]}}}, so this parameter is left out"
    reading.note(Severity.WARNING, "parameter-not-in-path", message, node.origin)


def _as_path_says(parameter: Parameter, path: Path) -> Parameter:
    """What the way a path writes its placeholder says about the parameter."""
    match parameter.location:
        case Location.PATH if parameter.wire in path.with_slashes and parameter.style is Style.SIMPLE:
            return replace(parameter, style=Style.SEGMENTS)
        case Location.QUERY if any(one.required and one.wire == parameter.wire for one in path.arguments):
            return replace(parameter, required=True, enabled=True)
        case _:
            return parameter


def _undescribed(
    path: Path, described: Sequence[Parameter], reading: Reading, origin: Origin
) -> Iterator[Parameter]:
    """A parameter for each placeholder that the document does not describe."""
    known = {(one.location, one.wire) for one in described}
    in_path = [QueryArgument(wire, wire, required=True) for wire in path.placeholders]
    for location, arguments in ((Location.PATH, in_path), (Location.QUERY, path.arguments)):
        for argument in arguments:
            if (location, argument.wire) in known:
                continue
            message = f"the {location.value} parameter {argument.name[:60]!a} is not described, so it takes any text"
            reading.note(Severity.WARNING, f"undescribed-{location.value}-parameter", message, origin)
            kind = Scalar(ScalarKind.STRING)
            parameter = Parameter(
                location=location,
                wire=argument.wire,
                type=kind,
                required=argument.required,
                example=reading.values.example(kind, argument.wire, ()),
                enabled=argument.required,
                origin=origin,
            )
            yield _as_path_says(parameter, path)


def _position(parameter: Parameter, in_path: Sequence[str], in_query: Sequence[str]) -> tuple[int, int]:
    if parameter.location is Location.PATH:
        return 0, in_path.index(parameter.wire)
    if parameter.location is Location.QUERY and parameter.wire in in_query:
        return 1, in_query.index(parameter.wire)
    return 2, 0
