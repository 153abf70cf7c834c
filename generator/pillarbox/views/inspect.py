"""What `inspect` shows: how a spec was understood, in the words of the spec, with the evidence for each guess."""

from collections.abc import Iterator
from typing import Any

from ..client.api import ErrorCase, Method, Parameter
from ..client.describe import Described
from ..client.evidence import (
    BodyEvidence,
    FieldEvidence,
    ParameterEvidence,
    ResponseEvidence,
    SchemaEvidence,
    method_evidence,
    schema_evidence,
)
from ..client.request import StatusRange, Style, template_text
from ..client.types import spell
from ..text.python import PythonCode
from .statistics import statistics_of

__all__ = ["inspect", "inspect_lines", "inspect_method", "operation_lines"]

_MODELS = PythonCode("models.")


def _field_data(field: FieldEvidence) -> dict[str, Any]:
    found: dict[str, Any] = {"at": field.at, "type": field.type, "required": field.required}
    if field.evidence is not None:
        found |= {"seen": field.evidence.seen, "of": field.evidence.of}
    if field.deprecated:
        found["deprecated"] = True
    if field.untyped:
        found["untyped"] = field.untyped
    return found


def _body_data(body: BodyEvidence | None) -> dict[str, Any] | None:
    if body is None:
        return None
    found: dict[str, Any] = {"media_type": body.media_type}
    if body.type is not None:
        found["type"] = body.type
    return found | {"fields": [_field_data(field) for field in body.fields]}


def _response_data(response: ResponseEvidence) -> dict[str, Any]:
    found: dict[str, Any] = {"status": response.status, "media_type": response.media_type}
    if response.type is not None:
        found["type"] = response.type
        found["fields"] = [_field_data(field) for field in response.fields]
        if response.untyped:
            found["untyped"] = response.untyped
    return found | {"examples": response.examples}


def _status(case: ErrorCase) -> int | str:
    return case.status.value if isinstance(case.status, StatusRange) else case.status


def _error_data(case: ErrorCase) -> dict[str, Any]:
    found: dict[str, Any] = {"status": _status(case), "code": case.code, "text": case.text}
    return found if case.body is None else found | {"body": str(spell(case.body, models=_MODELS))}


def _schema_data(schema: SchemaEvidence) -> dict[str, Any]:
    found: dict[str, Any] = {
        "key": schema.key,
        "name": schema.name,
        "model": schema.model,
        "at": str(schema.origin),
    }
    if schema.extra is not None:
        found["other_members"] = schema.extra
    return found | {"fields": [_field_data(field) for field in schema.fields]}


def _parameter_data(parameter: Parameter, known: ParameterEvidence | None) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": parameter.name,
        "place": parameter.location.value,
        "wire": parameter.wire,
        "annotation": str(spell(parameter.kind, models=_MODELS)),
    }
    if known is None:
        return found
    found |= {"type": known.type, "required": known.required}
    if known.deprecated:
        found["deprecated"] = True
    if not parameter.location.in_body and parameter.style is not Style.SIMPLE:
        found["style"] = parameter.style.value
    if known.evidence is not None:
        found |= {"seen": known.evidence.seen, "of": known.evidence.of}
    return found


def inspect_method(described: Described, method: Method) -> dict[str, Any]:
    """How one operation was understood, as JSON data."""
    evidence = method_evidence(method, described.read.api.schemas)
    server = method.request.server if method.request.server is not None else described.client.server
    return {
        "name": method.qualified,
        "method": method.request.method,
        "path": template_text(method.request.path),
        "server": template_text(server) if server is not None else None,
        "at": str(method.origin),
        "deprecated": method.deprecated,
        "security": [list(needed) for needed in method.request.security],
        "arguments": [
            _parameter_data(item, evidence.parameters.get((item.location, item.wire)))
            for item in method.parameters
        ],
        "body": _body_data(evidence.body),
        "returns": str(spell(method.returns, models=_MODELS)),
        "responses": [_response_data(response) for response in evidence.responses],
        "errors": list(map(_error_data, method.errors)),
    }


def inspect(described: Described) -> dict[str, Any]:
    """How a spec was understood, as JSON data."""
    client, read = described.client, described.read
    statistics = statistics_of(client)
    schemas = (schema_evidence(key, model, read.api.schemas[key]) for key, model in client.schema_models)
    return {
        "title": client.title,
        "source": client.source,
        "server": template_text(client.server) if client.server is not None else None,
        "settings": [{"wire": setting.wire, "type": setting.type} for setting in client.settings],
        "security": [{"key": scheme.key, **dict(scheme.facts)} for scheme in client.schemes],
        "requests": read.requests,
        "secrets_replaced": read.redacted,
        "fields": statistics.fields,
        "untyped_fields": statistics.untyped,
        "schemas": [_schema_data(schema) for schema in schemas],
        "operations": [inspect_method(described, method) for method in client.methods],
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
    yield f"  server     {data['server'] or 'none: the caller passes base_url'}"
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
