"""What `explain` says: which place of a spec a public name comes from, which names a place gave, and why."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..client.operations import plain_name
from ..client.type_mapping import schema_key
from ..config import ClientSettings
from ..lock.format import Entry, Lock
from ..model.problems import Origin
from ..model.types import Enumeration, Schema
from ..naming.routes import route_in_name
from ..naming.words import snake, valid_name
from ..pipeline import Built
from ..python.nodes import PlannedOperation
from .inspect import inspect_operation, operation_lines, type_text

__all__ = ["Explained", "explain_pointer", "explain_symbol", "explanation_data", "explanation_lines"]

_ARGUMENT = re.compile(r"([^()]+)\(([^()]+)\)")
_SCHEMA = schema_key("")
_NUMBERED = re.compile(r"(.+?)_?\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One public name, where it comes from, and why it is called so."""

    symbol: str
    """With the client before it: `zoom.users.get_user_token`."""
    kind: str
    """The kind of name, in the words of the lock."""
    origins: tuple[Origin, ...]
    rule: str
    entries: tuple[Entry, ...]
    """Its lines of the lock."""
    operation: PlannedOperation | None = None
    """The operation that it is, or that it belongs to."""
    evidence: tuple[str, ...] = ()
    """What its type rests on, where that is not shown with the operation."""


def explain_symbol(built: Built, client: ClientSettings, before: Lock, symbol: str) -> Explained | None:
    """Explain a name such as `users.get_user_token`, `users.get_user_token.ttl`, `UserToken.token` or `users`.

    Args:
        built: The client as it would be generated now.
        client: Its configuration.
        before: The lock that it was built with: what the last run left.
        symbol: The name, with or without the name of the client before it.
    """
    inner = _inner(symbol, built, client)
    for entry in built.lock.entries:
        if entry.name == inner and not entry.retired:
            return _explained(entry, built, client, before)
    for entry in built.lock.entries:
        if entry.name == inner and entry.renamed:
            found = explain_symbol(built, client, before, entry.renamed)
            return found and _renamed(found, entry)
    return None


def _inner(symbol: str, built: Built, client: ClientSettings) -> str:
    """The name as the lock spells it."""
    symbol = symbol.strip().removesuffix("()")
    if found := _ARGUMENT.fullmatch(symbol):
        symbol = f"{found[1]}.{found[2]}"
    known = {entry.name for entry in built.lock.entries}
    first, _, rest = symbol.partition(".")
    own = {client.name, built.package.name, built.package.class_name, f"Async{built.package.class_name}"}
    own |= {"client", "models"}
    if symbol not in known and first in own and rest:
        return _inner(rest, built, client)
    return symbol


def _renamed(found: Explained, alias: Entry) -> Explained:
    rule = f"`{alias.name}` is its old name, still offered; {found.rule}"
    return Explained(
        symbol=found.symbol,
        kind=found.kind,
        origins=found.origins,
        rule=rule,
        entries=(*found.entries, alias),
        operation=found.operation,
        evidence=found.evidence,
    )


def _operation(built: Built, qualified: str) -> PlannedOperation | None:
    return next((item for item in built.package.operations if item.qualified == qualified), None)


def _explained(entry: Entry, built: Built, client: ClientSettings, before: Lock) -> Explained:
    origins: tuple[Origin, ...] = ()
    operation: PlannedOperation | None = None
    evidence: tuple[str, ...] = ()
    entries = [other for other in built.lock.entries if (other.kind, other.name) == (entry.kind, entry.name)]
    match entry.kind:
        case "operation":
            operation = _operation(built, entry.name)
            origins = (operation.operation.origin,) if operation is not None else ()
            rule = _operation_rule(operation) if operation is not None else ""
        case "argument":
            operation = _operation(built, entry.scope)
            origins = _argument_origins(operation, entry)
            evidence = tuple(_argument_evidence(operation, entry, client))
            rule = _wire_rule(entry)
        case "resource":
            origins = _resource_origins(built, entry)
            rule = f"the words of its folder or tag, {_quoted(entry.facts.get('folder'))}"
        case "model" | "enum":
            evidence = tuple(f"used at {other.facts.get('at')}" for other in entries if not other.retired)
            origins = tuple(
                schema.origin for other in entries if (schema := _schema(built, other)) is not None
            )
            rule = "made of the noun of the first place that uses it, or of the name that the spec gives it"
        case "field":
            model = [
                other for other in built.lock.entries if other.kind == "model" and other.name == entry.scope
            ]
            evidence = tuple(_field_evidence(built, model, str(entry.facts.get("wire"))))
            rule = _wire_rule(entry)
        case _:
            rule = _wire_rule(entry)
    return Explained(
        symbol=f"{client.name}.{entry.name}",
        kind=entry.kind,
        origins=origins,
        rule=_decided(entry, client, before, rule),
        entries=tuple(entry for entry in entries if not entry.retired),
        operation=operation,
        evidence=evidence,
    )


def _quoted(fact: object) -> str:
    steps = fact if isinstance(fact, tuple) else (fact,)
    return " / ".join(f'"{step}"' for step in steps if step)


def _decided(entry: Entry, client: ClientSettings, before: Lock, rule: str) -> str:
    """The rule, and whether the configuration or the lock has the last word."""
    old = next(
        (
            rename.name
            for rename in client.renames
            if entry.last == rename.new
            and entry.name in (rename.new, f"{rename.name.rpartition('.')[0]}.{rename.new}")
        ),
        None,
    )
    if old is not None:
        return f"the configuration renames `{old}`"
    known = before.find(entry.kind, entry.name)
    kept = "kept by pillarbox.lock" if known is not None else "new: pillarbox.lock will keep it"
    return f"{rule}; {kept}" if rule else kept


def _operation_rule(planned: PlannedOperation) -> str:
    """Why a method is called what it is called."""
    operation, name = planned.operation, planned.qualified.rpartition(".")[2]
    plain = valid_name(plain_name(operation), "method")
    said = f'"{" ".join(operation.name.split())}"'
    if name == plain:
        if route_in_name(operation.name) is not None:
            return f"made of its route, because the spec calls it by it: {said}"
        if operation.identity.operation_id:
            return f"its operationId, {said}"
        return f"the words of its name in the spec, {said}"
    if set(plain.split("_")) < set(name.split("_")):
        return f"the words of its name in the spec, {said}, made clear by its path: `{plain}` was not free"
    numbered = _NUMBERED.fullmatch(name)
    if numbered and numbered[1].rstrip("_") == plain.rstrip("_"):
        return f"the words of its name in the spec, {said}, numbered: `{plain}` was not free"
    return f"the name of an earlier version of the spec; today it would be `{plain}`"


def _wire_rule(entry: Entry) -> str:
    wire = entry.facts.get("wire")
    if not isinstance(wire, str) or not wire:
        return ""
    plain = snake(wire)
    if entry.last == plain:
        return f'the words of its wire name, "{wire}"'
    if entry.last.startswith(plain):
        return f'the words of its wire name, "{wire}", made a name that is free and no word of Python'
    return f'a name for "{wire}"'


def _argument_origins(planned: PlannedOperation | None, entry: Entry) -> tuple[Origin, ...]:
    if planned is None:
        return ()
    place, wire = entry.facts.get("in"), entry.facts.get("wire")
    for parameter in planned.operation.parameters:
        if (parameter.location.value, parameter.wire) == (place, wire):
            return (parameter.origin,)
    body = planned.operation.body
    return (body.origin,) if body is not None else (planned.operation.origin,)


def _argument_evidence(
    planned: PlannedOperation | None, entry: Entry, client: ClientSettings
) -> Iterator[str]:
    """What the type of an argument rests on."""
    for correction in client.types:
        if correction.text.replace(" ", "") == f"{entry.scope}({entry.last})":
            yield f"corrected by the configuration, at {correction.text}"
    if planned is None:
        return
    yield f"annotated {dict(planned.annotations).get(entry.last, '')}"
    for parameter in planned.operation.parameters:
        if (parameter.location.value, parameter.wire) != (entry.facts.get("in"), entry.facts.get("wire")):
            continue
        if isinstance(parameter.type, Enumeration):
            closed = "other values are let in, because nothing closes the list"
            yield f"its values are listed in the spec; {closed if parameter.type.open else 'the list is closed'}"
        if parameter.example is not None:
            written = parameter.example.as_written
            value = parameter.example.value if written is None else written
            yield f"the spec holds {json.dumps(value)[:200]} there"


def _schema(built: Built, place: Entry) -> Schema | None:
    """The named object of the document that a model is made for."""
    at = str(place.facts.get("at"))
    return built.read.api.schemas.get(at.removeprefix(_SCHEMA)) if at.startswith(_SCHEMA) else None


def _resource_origins(built: Built, entry: Entry) -> tuple[Origin, ...]:
    folder = entry.facts.get("folder")
    return tuple(item.origin for item in built.read.api.resources if item.path == folder)


def _field_evidence(built: Built, places: list[Entry], wire: str) -> Iterator[str]:
    """What was seen of a field at each place of its model."""
    step = wire if wire.replace("-", "").replace("_", "").replace("$", "").isalnum() else f'"{wire}"'
    for place in places:
        at = str(place.facts.get("at"))
        schema = _schema(built, place)
        if schema is not None:
            for member in schema.type.fields:
                if member.wire == wire:
                    needed = "required" if member.required else "optional"
                    yield f"{schema.origin}: {type_text(member.type)}, {needed}"
            continue
        qualified, _, rest = at.partition(":")
        operation = _operation(built, qualified)
        if operation is None:
            yield f"used at {at}"
            continue
        data = inspect_operation(built, operation)
        status, _, inner = rest.partition(".") if "." in rest.split("[")[0] else _head(rest)
        wanted = f"{inner}.{step}" if inner else step
        answers = [body for body in (data["body"],) if body and status == "body"]
        answers += [one for one in data["responses"] if str(one["status"] or "default") == status]
        for answer in answers:
            for field in answer.get("fields", ()):
                if field["at"] == wanted:
                    seen = f", seen {field['seen']} of {field['of']}" if "seen" in field else ""
                    yield f"{at}: {field['type']}{seen}"


def _head(rest: str) -> tuple[str, str, str]:
    """`200[].mount` -> status, mark, path in the answer."""
    found = re.match(r"(\w+)(.*)", rest)
    return (found[1], "", found[2].removeprefix(".")) if found else (rest, "", "")


def explain_pointer(
    built: Built, client: ClientSettings, before: Lock, pointer: str
) -> tuple[Explained, ...]:
    """The names that a place of the spec gave: the model of a named object, the argument that stands there, the
    operation around it, or all operations below it."""
    named = [
        entry.name
        for entry in built.lock.of("model")
        if (schema := _schema(built, entry)) is not None and _covers(schema.origin.pointer, pointer)
    ]
    if named:
        models = (explain_symbol(built, client, before, name) for name in named)
        return tuple(item for item in models if item is not None)
    around = [item for item in built.package.operations if _covers(item.operation.origin.pointer, pointer)]
    below = [item for item in built.package.operations if _covers(pointer, item.operation.origin.pointer)]
    found: list[Explained] = []
    for planned in around or below:
        inner = _argument_at(planned, pointer) if around else None
        symbol = planned.qualified if inner is None else f"{planned.qualified}.{inner}"
        explained = explain_symbol(built, client, before, symbol)
        if explained is not None:
            found.append(explained)
    return tuple(found)


def _covers(outer: str, inner: str) -> bool:
    return inner == outer or inner.startswith(f"{outer}/") or outer == ""


def _argument_at(planned: PlannedOperation, pointer: str) -> str | None:
    places = {(parameter.location.value, parameter.wire): parameter.origin.pointer for parameter in planned.operation.parameters}  # fmt: skip
    for name, place, wire in planned.arguments:
        own = places.get((place, wire))
        if own is not None and own != planned.operation.origin.pointer and _covers(own, pointer):
            return name
    return None


def explanation_data(built: Built, found: Explained) -> dict[str, Any]:
    """An explanation as JSON data."""
    return {
        "symbol": found.symbol,
        "kind": found.kind,
        "at": [str(origin) for origin in found.origins],
        "rule": found.rule,
        "evidence": list(found.evidence),
        "lock": [entry.line() for entry in found.entries],
        "operation": None if found.operation is None else inspect_operation(built, found.operation),
    }


def explanation_lines(built: Built, found: Explained) -> Iterator[str]:
    """The same for people, line by line."""
    yield f"{found.symbol} ({found.kind})"
    for origin in found.origins:
        yield f"  from   {origin}"
    yield f"  name   {found.rule}"
    for line in found.evidence:
        yield f"  type   {line}"
    for entry in found.entries:
        yield f"  lock   {entry.line()}"
    if found.operation is not None:
        yield ""
        for line in operation_lines(inspect_operation(built, found.operation)):
            yield f"  {line}"
