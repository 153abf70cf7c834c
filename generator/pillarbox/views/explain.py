"""What `explain` prints: the location in the spec of a public name, the names of a location, and why they were chosen."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, assert_never

from ..client.api import Method, Parameter
from ..client.describe import Described
from ..client.evidence import type_text
from ..client.input_names import input_key
from ..client.type_mapping import schema_key
from ..client.types import spell
from ..config import ClientSettings
from ..lock.choices import Choice, Chosen, Kept, Numbered, Renamed
from ..lock.format import Entry, Lock
from ..model.problems import Origin
from ..model.types import Enumeration, Schema
from ..text.python import PythonCode
from .inspect import inspect_method, operation_lines

__all__ = ["Explained", "explain_pointer", "explain_symbol", "explanation_data", "explanation_lines"]

_ARGUMENT = re.compile(r"([^()]+)\(([^()]+)\)")
_SCHEMA, _INPUT = schema_key(""), input_key("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One public name, where it comes from, and why it is called so."""

    symbol: str
    """With the client before it: `zoom.users.get_token`."""
    kind: str
    """The kind of name, in the words of the lock."""
    origins: tuple[Origin, ...]
    rule: str
    entries: tuple[Entry, ...]
    """Its lines of the lock."""
    operation: Method | None = None
    """The operation that it is, or that it belongs to."""
    evidence: tuple[str, ...] = ()
    """What its type rests on, where that is not shown with the operation."""


def explain_symbol(
    described: Described, client: ClientSettings, before: Lock, symbol: str
) -> Explained | None:
    """Explain a name such as `users.get_token`, `users.get_token.ttl`, `UserToken.token` or `users`.

    Args:
        described: The client as it would be generated now.
        client: Its configuration.
        before: The lock that it was described with: what the last run left.
        symbol: The name, with or without the name of the client before it.
    """
    inner = _inner(symbol, described, client)
    for entry in described.lock.entries:
        if entry.name == inner and not entry.retired:
            return _explained(entry, described, client, before)
    for entry in described.lock.entries:
        if entry.name == inner and entry.renamed:
            found = explain_symbol(described, client, before, entry.renamed)
            return found and _renamed(found, entry)
    return None


def _inner(symbol: str, described: Described, client: ClientSettings) -> str:
    """The name as the lock spells it."""
    symbol = symbol.strip().removesuffix("()")
    if found := _ARGUMENT.fullmatch(symbol):
        symbol = f"{found[1]}.{found[2]}"
    known = {entry.name for entry in described.lock.entries}
    first, _, rest = symbol.partition(".")
    own = {
        client.name,
        described.client.package,
        described.client.class_name,
        f"Async{described.client.class_name}",
    }
    own |= {"client", "models"}
    if symbol not in known and first in own and rest:
        return _inner(rest, described, client)
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


def _operation(described: Described, qualified: str) -> Method | None:
    return next((item for item in described.client.methods if item.qualified == qualified), None)


def _explained(entry: Entry, described: Described, client: ClientSettings, before: Lock) -> Explained:
    origins: tuple[Origin, ...] = ()
    operation: Method | None = None
    evidence: tuple[str, ...] = ()
    entries = _entries(described, entry.kind, entry.name)
    match entry.kind:
        case "operation":
            operation = _operation(described, entry.name)
            origins = (operation.origin,) if operation is not None else ()
        case "argument":
            operation = _operation(described, entry.scope)
            origins = _argument_origins(operation, entry)
            evidence = tuple(_argument_evidence(operation, entry, client))
        case "resource":
            origins = _resource_origins(described, entry)
        case "model" | "enum":
            evidence = tuple(_model_evidence(described, entries))
            origins = tuple(dict.fromkeys(_model_origins(described, entries)))
        case "field":
            model = _entries(described, "model", entry.scope)
            evidence = tuple(_field_evidence(described, model, str(entry.facts.get("wire"))))
        case _:
            pass
    return Explained(
        symbol=f"{client.name}.{entry.name}",
        kind=entry.kind,
        origins=origins,
        rule=_rule(
            described.choices.get((entry.kind, entry.name)),
            is_new=before.find(entry.kind, entry.name) is None,
        ),
        entries=tuple(entry for entry in entries if not entry.retired),
        operation=operation,
        evidence=evidence,
    )


def _entries(described: Described, kind: str, name: str) -> list[Entry]:
    return [other for other in described.lock.entries if (other.kind, other.name) == (kind, name)]


def _form_of(site: Entry) -> str | None:
    """The model or union that an input form is one of."""
    at = str(site.facts.get("at"))
    return at.removeprefix(_INPUT) if at.startswith(_INPUT) else None


def _model_evidence(described: Described, sites: list[Entry]) -> Iterator[str]:
    """Where a model is used; an input form is what may be passed at those sites of its model that are requests."""
    for site in sites:
        if site.retired:
            continue
        model = _form_of(site)
        if model is None:
            yield f"used at {site.facts.get('at')}"
            for union in described.client.unions:
                if union.name == site.name:
                    members = (f"`{member.name}`" for member in union.kind.members)
                    yield f"a union that `{union.kind.wire}` tells apart: {', '.join(members)}"
        else:
            yield f"the input form of `{model}`: a literal that a caller may pass in its place"
            yield from _model_evidence(described, _entries(described, "model", model))


def _model_origins(described: Described, sites: list[Entry]) -> Iterator[Origin]:
    """The named objects of the document that a model is made for, else the object that it is first seen as."""
    schemas = [schema.origin for site in sites if (schema := _schema(described, site)) is not None]
    yield from schemas
    for site in sites:
        if (model := _form_of(site)) is not None:
            yield from _model_origins(described, _entries(described, "model", model))
        elif not schemas:
            yield from (
                one.origin
                for one in described.client.models
                if one.name == site.name and one.origin is not None
            )


def _rule(choice: Choice | None, *, is_new: bool) -> str:
    """Why a name is what it is, as it was recorded when the name was chosen."""
    match choice:
        case None:
            return "kept by pillarbox.lock, because it holds other names"
        case Renamed(old):
            return f"the configuration renames `{old}`"
        case Kept(today=today):
            if choice.is_same:
                return f"{_why(today)}; kept by pillarbox.lock"
            return f"kept by pillarbox.lock, not by a rule: a new one would be `{today.name}`"
        case Chosen() | Numbered():
            return f"{_why(choice)}; {'new: pillarbox.lock will keep it' if is_new else 'kept by pillarbox.lock'}"
        case _:
            assert_never(choice)


def _why(choice: Chosen | Numbered) -> str:
    candidate = choice.candidate
    reason = f'{candidate.why.value}, "{candidate.source}"' if candidate.source else candidate.why.value
    if candidate.shortened:
        reason += ", without words of its middle"
    match choice:
        case Chosen(refused=()):
            return reason
        case Chosen(refused=refused):
            names = " and ".join(f"`{name}`" for name in refused)
            return f"{reason}: {names} {'was' if len(refused) == 1 else 'were'} not free"
        case Numbered():
            return f"{reason}, numbered: `{candidate.name}` was not free"
        case _:
            assert_never(choice)


def _parameter_of(planned: Method, entry: Entry) -> Parameter | None:
    for parameter in planned.parameters:
        if (parameter.location.value, parameter.wire) == (entry.facts.get("in"), entry.facts.get("wire")):
            return parameter
    return None


def _argument_origins(planned: Method | None, entry: Entry) -> tuple[Origin, ...]:
    if planned is None:
        return ()
    found = _parameter_of(planned, entry)
    return (planned.origin if found is None else found.origin,)


def _argument_evidence(planned: Method | None, entry: Entry, client: ClientSettings) -> Iterator[str]:
    """What the type of an argument rests on."""
    for correction in client.types:
        if correction.text.replace(" ", "") == f"{entry.scope}({entry.last})":
            yield f"corrected by the configuration, at {correction.text}"
    if planned is None:
        return
    kinds = {item.name: str(spell(item.kind, models=PythonCode("models."))) for item in planned.parameters}
    yield f"annotated {kinds.get(entry.last, '')}"
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


def _schema(described: Described, site: Entry) -> Schema | None:
    """The named object of the document that a model is made for."""
    at = str(site.facts.get("at"))
    return described.read.api.schemas.get(at.removeprefix(_SCHEMA)) if at.startswith(_SCHEMA) else None


def _resource_origins(described: Described, entry: Entry) -> tuple[Origin, ...]:
    folder = entry.facts.get("folder")
    return tuple(item.origin for item in described.read.api.resources if item.path == folder)


def _field_evidence(described: Described, sites: list[Entry], wire: str) -> Iterator[str]:
    """What was seen of a field at each site of its model."""
    step = wire if wire.replace("-", "").replace("_", "").replace("$", "").isalnum() else f'"{wire}"'
    for site in sites:
        at = str(site.facts.get("at"))
        schema = _schema(described, site)
        if schema is not None:
            for member in schema.type.fields:
                if member.wire == wire:
                    needed = "required" if member.required else "optional"
                    yield f"{schema.origin}: {type_text(member.type)}, {needed}"
            continue
        qualified, _, rest = at.partition(":")
        operation = _operation(described, qualified)
        if operation is None:
            yield f"used at {at}"
            continue
        data = inspect_method(described, operation)
        status, _, inner = rest.partition(".") if "." in rest.split("[")[0] else _head(rest)
        wanted = f"{inner}.{step}" if inner else step
        bodies = [body for body in (data["body"],) if body and status == "body"]
        bodies += [one for one in data["responses"] if str(one["status"] or "default") == status]
        for described_body in bodies:
            for field in described_body.get("fields", ()):
                if field["at"] == wanted:
                    seen = f", seen {field['seen']} of {field['of']}" if "seen" in field else ""
                    yield f"{at}: {field['type']}{seen}"


def _head(rest: str) -> tuple[str, str, str]:
    """`200[].mount` -> status, mark, path in the response."""
    found = re.match(r"(\w+)(.*)", rest)
    return (found[1], "", found[2].removeprefix(".")) if found else (rest, "", "")


def explain_pointer(
    described: Described, client: ClientSettings, before: Lock, pointer: str
) -> tuple[Explained, ...]:
    """The names of a location of the spec: the model of a named object, the argument, the operation around it, or all
    operations below it."""
    named = [
        entry.name
        for entry in described.lock.of("model")
        if (schema := _schema(described, entry)) is not None and _covers(schema.origin.pointer, pointer)
    ]
    if named:
        models = (explain_symbol(described, client, before, name) for name in named)
        return tuple(item for item in models if item is not None)
    around = [item for item in described.client.methods if _covers(item.origin.pointer, pointer)]
    below = [item for item in described.client.methods if _covers(pointer, item.origin.pointer)]
    found: list[Explained] = []
    for planned in around or below:
        inner = _argument_at(planned, pointer) if around else None
        symbol = planned.qualified if inner is None else f"{planned.qualified}.{inner}"
        explained = explain_symbol(described, client, before, symbol)
        if explained is not None:
            found.append(explained)
    return tuple(found)


def _covers(outer: str, inner: str) -> bool:
    return inner == outer or inner.startswith(f"{outer}/") or outer == ""


def _argument_at(planned: Method, pointer: str) -> str | None:
    for parameter in planned.parameters:
        own = parameter.origin.pointer
        if not parameter.location.in_body and own != planned.origin.pointer and _covers(own, pointer):
            return parameter.name
    return None


def explanation_data(described: Described, found: Explained) -> dict[str, Any]:
    """An explanation as JSON data."""
    return {
        "symbol": found.symbol,
        "kind": found.kind,
        "at": [str(origin) for origin in found.origins],
        "rule": found.rule,
        "evidence": list(found.evidence),
        "lock": [entry.line() for entry in found.entries],
        "operation": None if found.operation is None else inspect_method(described, found.operation),
    }


def explanation_lines(described: Described, found: Explained) -> Iterator[str]:
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
        for line in operation_lines(inspect_method(described, found.operation)):
            yield f"  {line}"
