"""How the configuration wants lists and objects in queries and forms to be sent, carried out on the model."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ..config.settings import AS_DOCUMENTED, DeepArrays, Encoding, Encodings, FormObjects
from ..lock.claims import Claims
from ..model.api import FormBody, Location, Operation, Parameter
from ..model.problems import Problem, Severity
from ..model.styles import Style, is_list_of_objects, is_object
from ..model.types import Field
from .corrections import expected_name
from .operations import NamedOperation

__all__ = ["encoded"]

_DEEP = {
    DeepArrays.INDEX: Style.DEEP,
    DeepArrays.EMPTY: Style.DEEP_EMPTY,
    DeepArrays.REPEAT: Style.DEEP_REPEATED,
}


@dataclass(frozen=True, slots=True)
class _Encoder:
    """The encodings of one operation; it keeps which rules it has met."""

    operation: str
    encodings: Encodings
    claims: Claims
    met: set[str] = field(default_factory=set)

    def of(self, kind: str, wire: str) -> Encoding:
        """That of an argument: its own rule over that of the client."""
        found = self.encodings.everywhere
        for rule in self.encodings.arguments:
            is_own = rule.at.operation == self.operation
            if is_own and rule.at.argument == expected_name(self.claims, self.operation, kind, wire):
                self.met.add(rule.text)
                found = rule.encoding.over(found)
        return found

    def parameter(self, parameter: Parameter) -> Parameter:
        if parameter.location is not Location.QUERY:
            return parameter
        encoding = self.of("query", parameter.wire)
        return replace(parameter, style=_deep(parameter.style, encoding))

    def field_style(self, one: Field, style: Style) -> Style:
        encoding = self.of("body", one.wire)
        is_nested = is_object(one.type) or is_list_of_objects(one.type)
        if is_nested and style is Style.SIMPLE and encoding.form_objects is FormObjects.BRACKETS:
            style = Style.DEEP
        return _deep(style, encoding)


def _deep(style: Style, encoding: Encoding) -> Style:
    return _DEEP[encoding.deep_arrays or DeepArrays.INDEX] if style is Style.DEEP else style


def _operation(operation: Operation, encoder: _Encoder) -> Operation:
    parameters = tuple(map(encoder.parameter, operation.parameters))
    body = operation.body
    if isinstance(body, FormBody):
        written = dict(body.styles)
        styles = (
            (one.wire, encoder.field_style(one, written.get(one.wire, Style.SIMPLE))) for one in body.fields
        )
        body = replace(body, styles=tuple(item for item in styles if item[1] is not Style.SIMPLE))
    return replace(operation, parameters=parameters, body=body)


def encoded(
    operations: Sequence[NamedOperation], encodings: Encodings, claims: Claims
) -> tuple[tuple[NamedOperation, ...], tuple[Problem, ...]]:
    """The operations with the styles of the configuration; a rule for an argument that no query or form has is a problem."""
    if encodings == AS_DOCUMENTED:
        return tuple(operations), ()
    found: list[NamedOperation] = []
    met: set[str] = set()
    for named in operations:
        encoder = _Encoder(named.qualified, encodings, claims)
        found.append(replace(named, operation=_operation(named.operation, encoder)))
        met |= encoder.met
    return tuple(found), tuple(_unused(operations, encodings, met))


def _unused(operations: Sequence[NamedOperation], encodings: Encodings, met: set[str]) -> Iterator[Problem]:
    origins = {named.qualified: named.operation.origin for named in operations}
    for rule in encodings.arguments:
        if rule.text not in met:
            text = f"the encoding `{rule.text}` of the configuration meets no argument of a query or a form"
            origin = origins.get(rule.at.operation, operations[0].operation.origin)
            yield Problem(Severity.WARNING, "unused-encoding", text, origin)
