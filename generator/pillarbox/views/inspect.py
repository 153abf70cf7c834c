"""What `inspect` shows: how a spec was understood, in the words of the spec, with the evidence for each guess."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, assert_never

from ..model.api import (
    Api,
    BinaryBody,
    Body,
    ErrorCase,
    FormBody,
    GraphQLBody,
    JsonBody,
    MultipartBody,
    Parameter,
    Placeholder,
    Response,
    StatusRange,
    Style,
    Template,
    TextBody,
)
from ..model.security import ApiKey, Basic, Bearer, Digest, MutualTls, SecurityScheme, UnsupportedScheme
from ..model.types import (
    Anything,
    Array,
    Enumeration,
    Evidence,
    Field,
    Map,
    Nullable,
    Object,
    Reference,
    Scalar,
    Schema,
    Type,
    Union,
)
from ..pipeline import Built
from ..python.nodes import PlannedOperation

__all__ = ["inspect", "inspect_lines", "inspect_operation", "operation_lines", "type_text"]

_MANY = 12
"""Values of a list shown before it is cut."""


def type_text(kind: Type) -> str:
    """A type as the configuration would write it: `string?`, `"a" | "b"`, `map<date>[]`, `object`."""
    match kind:
        case Scalar(scalar):
            return scalar.value
        case Enumeration(values, open=is_open):
            shown = [json.dumps(value) for value in values[:_MANY]]
            if len(values) > _MANY:
                shown.append(f"… {len(values) - _MANY} more")
            return " | ".join((*shown, "string") if is_open else shown)
        case Array(items):
            return f"{_grouped(items)}[]"
        case Map(values):
            return f"map<{type_text(values)}>"
        case Nullable(inner):
            return f"{_grouped(inner)}?"
        case Union(members):
            return " | ".join(_grouped(member) for member in members)
        case Reference(key):
            return key
        case Anything():
            return "any"
        case Object():
            return "object"
        case _:
            assert_never(kind)


def _grouped(kind: Type) -> str:
    text = type_text(kind)
    return f"({text})" if isinstance(kind, (Union, Enumeration)) else text


def _untyped(kind: Type) -> str:
    """Why a place has no type; empty where it has one."""
    match kind:
        case Anything(why):
            return why or "nothing is known about it"
        case Array(inner) | Map(inner) | Nullable(inner):
            return _untyped(inner)
        case _:
            return ""


def _fields(kind: Type, at: str = "", depth: int = 0) -> Iterator[tuple[str, Field]]:
    """Fields of a type and of those in it, by the path that the configuration gives them."""
    if depth > 20:
        return
    match kind:
        case Object(fields=fields):
            for field in fields:
                plain = field.wire.replace("-", "").replace("_", "").replace("$", "").isalnum()
                step = field.wire if plain else json.dumps(field.wire)
                path = f"{at}.{step}" if at else step
                yield path, field
                yield from _fields(field.type, path, depth + 1)
        case Array(items):
            yield from _fields(items, f"{at}[]", depth + 1)
        case Map(values):
            yield from _fields(values, f"{at}{{}}", depth + 1)
        case Nullable(inner):
            yield from _fields(inner, at, depth + 1)
        case Union(members):
            for member in members:
                yield from _fields(member, at, depth + 1)
        case _:
            return


def _template_text(template: Template) -> str:
    return "".join(f"{{{piece.wire}}}" if isinstance(piece, Placeholder) else piece for piece in template)


def _field_data(path: str, field: Field) -> dict[str, Any]:
    found: dict[str, Any] = {"at": path, "type": type_text(field.type), "required": field.required}
    if field.evidence is not None:
        found |= {"seen": field.evidence.seen, "of": field.evidence.of}
    if field.deprecated:
        found["deprecated"] = True
    if why := _untyped(field.type):
        found["untyped"] = why
    return found


def _spelled_out(kind: Type, schemas: Mapping[str, Schema]) -> Type:
    """A body by its fields, where it is a named object, or one of several."""
    match kind:
        case Reference(key) if key in schemas:
            return schemas[key].type
        case Nullable(inner):
            return _spelled_out(inner, schemas)
        case Union(members):
            return replace(kind, members=tuple(_spelled_out(member, schemas) for member in members))
        case _:
            return kind


def _body_fields(body: Body | None, schemas: Mapping[str, Schema]) -> list[tuple[str, Field]]:
    match body:
        case None | BinaryBody():
            return []
        case JsonBody(type=kind):
            return list(_fields(_spelled_out(kind, schemas)))
        case FormBody(fields=fields) | TextBody(placeholders=fields) | GraphQLBody(variables=fields):
            return [(field.wire, field) for field in fields]
        case MultipartBody(parts=parts):
            return [(part.field.wire, part.field) for part in parts]
        case _:
            assert_never(body)


def _body_data(body: Body | None, schemas: Mapping[str, Schema]) -> dict[str, Any] | None:
    if body is None:
        return None
    media_type = {MultipartBody: "multipart/form-data", GraphQLBody: "application/json"}.get(type(body), "")
    found: dict[str, Any] = {"media_type": getattr(body, "media_type", media_type)}
    if isinstance(body, JsonBody):
        found["type"] = type_text(body.type)
    return found | {"fields": [_field_data(path, field) for path, field in _body_fields(body, schemas)]}


def _response_data(response: Response) -> dict[str, Any]:
    found: dict[str, Any] = {"status": response.status, "media_type": response.media_type}
    if response.type is not None:
        found["type"] = type_text(response.type)
        found["fields"] = [_field_data(path, field) for path, field in _fields(response.type)]
        if why := _untyped(response.type):
            found["untyped"] = why
    return found | {"examples": len(response.examples)}


def _scheme_data(scheme: SecurityScheme) -> dict[str, Any]:
    match scheme:
        case Bearer(key=key, credential=credential, prefix=prefix):
            return {"key": key, "kind": "bearer", "credential": credential, "prefix": prefix}
        case Basic(key=key):
            return {"key": key, "kind": "basic"}
        case ApiKey(key=key, wire=wire, location=place):
            return {"key": key, "kind": "api key", "place": place.value, "wire": wire}
        case Digest(key=key):
            return {"key": key, "kind": "digest"}
        case MutualTls(key=key):
            return {"key": key, "kind": "mutual TLS", "note": "a client certificate: ssl_context"}
        case UnsupportedScheme(key=key, kind=kind):
            return {"key": key, "kind": kind, "note": "not signed by the client: bring an httpx2.Auth"}
        case _:
            assert_never(scheme)


def _status(case: ErrorCase) -> int | str:
    return case.status.value if isinstance(case.status, StatusRange) else case.status


def _schema_data(key: str, model: str, schema: Schema) -> dict[str, Any]:
    fields = [_field_data(path, field) for path, field in _fields(schema.type)]
    found: dict[str, Any] = {"key": key, "name": schema.name, "model": model, "at": str(schema.origin)}
    if schema.type.extra is not None:
        found["other_members"] = type_text(schema.type.extra)
    return found | {"fields": fields}


def _operation_data(planned: PlannedOperation, api: Api) -> dict[str, Any]:
    operation = planned.operation
    annotations = dict(planned.annotations)
    parameters = {(parameter.location.value, parameter.wire): parameter for parameter in operation.parameters}
    top = {field.wire: field for path, field in _body_fields(operation.body, api.schemas) if "." not in path}
    arguments: list[dict[str, Any]] = []
    for name, place, wire in planned.arguments:
        argument: dict[str, Any] = {
            "name": name,
            "place": place,
            "wire": wire,
            "annotation": annotations[name],
        }
        known = parameters.get((place, wire)) or (top.get(wire) if place == "body" else None)
        if known is not None:
            argument |= {"type": type_text(known.type), "required": known.required}
            if known.deprecated:
                argument["deprecated"] = True
            if isinstance(known, Parameter) and known.style is not Style.SIMPLE:
                argument["style"] = known.style.value
            evidence: Evidence | None = getattr(known, "evidence", None)
            if evidence is not None:
                argument |= {"seen": evidence.seen, "of": evidence.of}
        arguments.append(argument)
    server = operation.server if operation.server is not None else api.server
    return {
        "name": planned.qualified,
        "method": operation.method,
        "path": _template_text(operation.path),
        "server": _template_text(server.template) if server is not None else None,
        "at": str(operation.origin),
        "deprecated": operation.deprecated,
        "security": [list(needed) for needed in operation.security],
        "arguments": arguments,
        "body": _body_data(operation.body, api.schemas),
        "returns": planned.returns,
        "responses": [_response_data(response) for response in operation.responses],
        "errors": [
            {"status": _status(case), "code": case.code, "text": case.text} for case in operation.errors
        ],
    }


def inspect_operation(built: Built, planned: PlannedOperation) -> dict[str, Any]:
    """How one operation was understood, as JSON data."""
    return _operation_data(planned, built.read.api)


def inspect(built: Built) -> dict[str, Any]:
    """How a spec was understood, as JSON data."""
    api: Api = built.read.api
    return {
        "title": api.title,
        "source": api.source,
        "server": _template_text(api.server.template) if api.server is not None else None,
        "settings": [{"wire": setting.wire, "type": type_text(setting.type)} for setting in api.settings],
        "security": [_scheme_data(scheme) for scheme in api.security_schemes],
        "requests": built.read.requests,
        "secrets_replaced": built.read.redacted,
        "fields": built.statistics.fields,
        "untyped_fields": built.statistics.untyped,
        "schemas": [_schema_data(key, model, api.schemas[key]) for key, model in built.package.schemas],
        "operations": [_operation_data(planned, api) for planned in built.package.operations],
    }


def _seen(data: dict[str, Any]) -> str:
    if data.get("untyped"):
        return f"untyped: {data['untyped']}"
    if data.get("deprecated"):
        return "deprecated"
    return f"seen {data['seen']} of {data['of']}" if "seen" in data else ""


def _rows(rows: list[tuple[str, ...]], indent: str) -> Iterator[str]:
    """Columns, as wide as their cells (up to a limit)."""
    widths = (
        [min(44, max(len(row[column]) for row in rows)) for column in range(len(rows[0]))] if rows else []
    )
    for row in rows:
        yield (
            indent + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        ).rstrip()


def _scheme_text(scheme: dict[str, Any]) -> str:
    extra = {
        "bearer": f"{scheme.get('prefix')} {scheme.get('credential')}",
        "api key": f"{scheme.get('place')} {scheme.get('wire')}",
    }.get(scheme["kind"], scheme.get("note", ""))
    return f"{scheme['key']}: {scheme['kind']}" + (f" ({extra})" if extra else "")


def _needed(word: bool | None) -> str:
    return "" if word is None else "required" if word else "optional"


def operation_lines(data: dict[str, Any]) -> Iterator[str]:
    """One operation for people."""
    mark = "  (deprecated)" if data["deprecated"] else ""
    security = " or ".join(" and ".join(needed) for needed in data["security"]) or "none"
    yield f"{data['name']}{mark}"
    yield f"  {data['method']} {data['path'] or '/'}   auth: {security}   {data['at']}"
    yield from _rows(
        [
            (
                item["name"],
                item["place"] + (f" {item['wire']}" if item["wire"] != item["name"] else ""),
                item.get("type", item["annotation"]),
                _needed(item.get("required")),
                _seen(item),
            )
            for item in data["arguments"]
        ],
        "    ",
    )
    nested = [
        item for item in (data["body"] or {}).get("fields", ()) if "." in item["at"] or "[" in item["at"]
    ]
    if nested:
        yield "  in the body"
        yield from _field_lines(nested)
    for response in data["responses"]:
        status = response["status"] if response["status"] is not None else "default"
        kind = response.get("type", "no content")
        note = f"   untyped: {response['untyped']}" if response.get("untyped") else ""
        yield f"  -> {status} {kind}{note}"
        yield from _field_lines(response.get("fields", []))
    for case in data["errors"]:
        code = f" code {case['code']}:" if case["code"] is not None else ":"
        yield f"  !! {case['status']}{code} {' '.join(case['text'].split())[:100]}"


def _field_lines(fields: list[dict[str, Any]]) -> Iterator[str]:
    yield from _rows(
        [(item["at"], item["type"], _needed(item["required"]), _seen(item)) for item in fields], "    "
    )


def inspect_lines(data: dict[str, Any]) -> Iterator[str]:
    """The same for people, line by line."""
    yield f"{data['title']} ({data['source']})"
    yield f"  server     {data['server'] or 'none: the caller says base_url'}"
    for setting in data["settings"]:
        yield f"  setting    {setting['wire']}: {setting['type']}"
    for scheme in data["security"]:
        yield f"  auth       {_scheme_text(scheme)}"
    count, requests = len(data["operations"]), data["requests"]
    yield f"  operations {count:,}" + (f" of {requests:,} requests" if requests > count else "")
    share = 100 * data["untyped_fields"] / data["fields"] if data["fields"] else 0
    yield f"  untyped    {data['untyped_fields']:,} of {data['fields']:,} fields ({share:.1f}%)"
    yield f"  secrets    {data['secrets_replaced']:,} replaced by placeholders"
    for operation in data["operations"]:
        yield ""
        yield from operation_lines(operation)
    for schema in data["schemas"]:
        yield ""
        yield f"{schema['key']}: models.{schema['model']}   {schema['at']}"
        yield from _field_lines(schema["fields"])
