"""What test scripts show without being run: which request's response fills which variable.

`pm.environment.set("token", pm.response.json().access_token)` in the tests of a request says that whoever needs
`{{token}}` gets it there. Only the text is read.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...model.api import Location, Operation, Source, TextBody
from ...model.problems import Origin
from ..lenient import entries, mapping, members, sequence, text
from .encoding import decoded
from .operations import Request
from .variables import PLACEHOLDER, Scope

__all__ = ["filled_by", "needs", "yields"]

_COMMENT = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`[^`]*`|(//[^\n]*|/\*.*?\*/)", re.DOTALL)
_SET = re.compile(
    r"\b(?:pm\s*\.\s*(?:environment|collectionVariables|globals)\s*\.\s*set"
    r"|postman\s*\.\s*set(?:Environment|Global)Variable)\s*\(\s*"
    r"(?:\"([^\"\\\n]{1,200})\"|'([^'\\\n]{1,200})'|`([^`$\\\n]{1,200})`)\s*,\s*"
    r"((?:\"[^\"\\\n]{0,200}\"|'[^'\\\n]{0,200}'|-?[\d.]{1,30}|null|true|false|undefined|\[\]|\{\})\s*\)"
    r"|new\s+Date|Date\.|Math\.|moment\()?"
)
_PAIR = re.compile(r'"([^"\\]{1,200})"\s*:\s*"?\{\{([^{}]{1,200})\}\}"?\s*(?=[,}\n])')
_LONGEST = 200_000

Need = tuple[Location | None, str, str]
"""Location of the argument (None for the body), its wire name, the variable that fills it."""


def yields(events: Any) -> tuple[str, ...]:
    """The variables that the tests of a request set to something else than a fixed value."""
    found: dict[str, None] = {}
    for _, event in members(events):
        if event.get("listen") != "test" or event.get("disabled"):
            continue
        lines = mapping(event.get("script")).get("exec")
        code = lines if isinstance(lines, str) else "\n".join(map(text, sequence(lines)))
        code = _COMMENT.sub(lambda match: " " if match[1] else match[0], code[:_LONGEST])
        for match in _SET.finditer(code):
            if match[4] is None:
                found[match[1] or match[2] or match[3]] = None
    return tuple(found)


def needs(operation: Operation, request: Request, scope: Scope) -> Iterator[Need]:
    """The variables in the arguments of an operation."""
    arguments = {(parameter.location, parameter.wire) for parameter in operation.parameters}
    for location, wire, value in _outside_the_body(request, scope):
        if (location, wire) in arguments:
            yield from ((location, wire, name) for name in PLACEHOLDER.findall(value))
    if isinstance(operation.body, TextBody):
        yield from ((None, placeholder.wire, placeholder.wire) for placeholder in operation.body.placeholders)
    elif operation.body is not None:
        yield from ((None, wire, name) for wire, name in _of_body(request.node.get("body"), scope))


def _outside_the_body(request: Request, scope: Scope) -> Iterator[tuple[Location, str, str]]:
    for gap in request.path.gaps:
        yield Location.PATH, gap.wire, gap.raw
    for entry in request.address.query:
        if entry.key and entry.value:
            yield Location.QUERY, decoded(scope.resolve(entry.key)), entry.value
    for _, header in entries(request.node.get("header")):
        yield Location.HEADER, scope.resolve(text(header.get("key"))).strip(), text(header.get("value"))


def _of_body(node: Any, scope: Scope) -> Iterator[tuple[str, str]]:
    body = mapping(node)
    mode = text(body.get("mode"))
    if mode in ("urlencoded", "formdata"):
        for _, entry in entries(body.get(mode)):
            wire = scope.resolve(text(entry.get("key")))
            yield from ((wire, name) for name in PLACEHOLDER.findall(text(entry.get("value"))))
    else:
        written = mapping(body.get("graphql")).get("variables") if mode == "graphql" else body.get("raw")
        yield from ((match[1], match[2]) for match in _PAIR.finditer(text(written)[:_LONGEST]))


def filled_by(
    found: Sequence[Need], yielded: Mapping[str, Sequence[Origin]], itself: Origin
) -> tuple[Source, ...]:
    """The arguments that another request's response fills, with those requests."""
    made: dict[tuple[Location | None, str], dict[Origin, None]] = {}
    for location, wire, variable in found:
        for origin in yielded.get(variable, ()):
            if origin != itself:
                made.setdefault((location, wire), {})[origin] = None
    return tuple(
        Source(location=location, wire=wire, operations=tuple(origins))
        for (location, wire), origins in made.items()
    )
