"""Form bodies: fields, files, and which of them the collection sends."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...model.api import Example, FormBody, MultipartBody, Part
from ...model.problems import Origin
from ...model.types import Array, Field, Json, Scalar, ScalarKind
from ..lenient import description, entries, javascript_text, text
from .converted import marked
from .parameter_values import Context, Where, Written, read_value

__all__ = ["read_form", "read_form_text", "read_multipart"]

_BINARY = Scalar(ScalarKind.BINARY)
_INDEX = re.compile(r"0|[1-9]\d{0,9}", re.ASCII)
_PLAIN_PAIRS = re.compile(r"[\w.\-~]+=[\w.\-~]*(?:&[\w.\-~]+=[\w.\-~]*)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Entry:
    key: str
    value: str
    node: Mapping[str, Any]
    enabled: bool
    origin: Origin


def _grouped(found: Sequence[_Entry]) -> dict[str, list[_Entry]]:
    """Entries by key, at the position of the first one."""
    groups: dict[str, list[_Entry]] = {}
    for entry in found:
        if not entry.key and not entry.enabled:
            continue
        groups.setdefault(entry.key, []).append(entry)
    return groups


def _listed(node: Any, context: Context, origin: Origin) -> Iterator[_Entry]:
    if isinstance(node, str):
        for index, piece in enumerate(node.split("&") if node else ()):
            name, _, written = piece.partition("=")
            yield _Entry(name, written, {}, True, origin.child(index))
        return
    for step, entry in entries(node):
        key = context.scope.resolve(text(entry.get("key")))
        value = entry.get("value")
        enabled = not entry.get("disabled") and entry.get("enabled") is not False
        for one in value if isinstance(value, list) else (value,):
            written = "" if one is None or isinstance(one, dict | list) else javascript_text(one)
            yield _Entry(key, written, entry, enabled, origin.child(step))


def _as_objects_are(groups: dict[str, list[_Entry]]) -> dict[str, list[_Entry]]:
    """The order of a JavaScript object, which Postman makes of a form: whole numbers first."""
    numbers = sorted((key for key in groups if _INDEX.fullmatch(key) and int(key) < 2**32 - 1), key=int)
    return {key: groups[key] for key in (*numbers, *(key for key in groups if key not in numbers))}


class _Values:
    """The example of a form while its fields are read."""

    def __init__(self) -> None:
        self.values: dict[str, Json] = {}
        self.written: dict[str, Json] = {}
        self.enabled: set[str] = set()

    def add(self, wire: str, example: Example, enabled: bool) -> None:
        self.values[wire] = example.value
        self.written[wire] = example.value if example.as_written is None else example.as_written
        if enabled:
            self.enabled.add(wire)

    @property
    def example(self) -> Example:
        return Example(self.values, None if self.written == self.values else self.written)

    @property
    def shown(self) -> frozenset[str] | None:
        return None if self.enabled == set(self.values) else frozenset(self.enabled)


def _field(wire: str, group: list[_Entry], context: Context, values: _Values, where: Where) -> Field:
    used = [entry for entry in group if entry.enabled] or group[:1]
    words = next((found for entry in group if (found := description(entry.node.get("description")))), "")
    written = Written(
        where=where,
        wire=wire,
        values=[entry.value for entry in used],
        description=words,
        repeated=len(used) > 1,
        origin=used[0].origin,
    )
    taken = read_value(written, context)
    values.add(wire, taken.example, used[0].enabled)
    return Field(wire=wire, type=taken.type, required=taken.required and used[0].enabled, doc=taken.doc)


def read_form(node: Any, media_type: str, context: Context, origin: Origin) -> FormBody | None:
    """`urlencoded`: a list of entries, or their text. None if nothing is listed."""
    groups = _as_objects_are(_grouped(list(_listed(node, context, origin))))
    if not groups:
        return None
    values = _Values()
    # In a list a percent sign is one, and sent as `%25`; a text is written as it is sent.
    where = Where.QUERY if isinstance(node, str) else Where.FORM
    fields = tuple(_field(wire, group, context, values, where) for wire, group in groups.items())
    return FormBody(
        fields=fields, media_type=media_type, example=values.example, enabled=values.shown, origin=origin
    )


def read_form_text(raw: str, media_type: str, context: Context, origin: Origin) -> FormBody | None:
    """A form written as text, where its fields would be sent as exactly this text; else None."""
    if not _PLAIN_PAIRS.fullmatch(raw):
        return None
    form = read_form(raw, media_type, context, origin)
    keys = [piece.partition("=")[0] for piece in raw.split("&")]
    runs = [key for index, key in enumerate(keys) if not index or keys[index - 1] != key]
    return form if form is not None and runs == [field.wire for field in form.fields] else None


def read_multipart(node: Any, context: Context, origin: Origin) -> MultipartBody | None:
    """`formdata`: texts and files, a key that repeats as an array. Files are never opened."""
    found: list[_Entry] = []
    for step, entry in entries(node):
        key = context.scope.resolve(text(entry.get("key")))
        value = entry.get("value")
        written = value if isinstance(value, str) else "" if value is None else _json_text(value)
        enabled = not entry.get("disabled") and entry.get("enabled") is not False
        found.append(_Entry(key, written, entry, enabled, origin.child(step)))
    groups = _grouped(found)
    if not groups:
        return None
    values = _Values()
    parts = tuple(_part(wire, group, context, values) for wire, group in groups.items())
    return MultipartBody(parts=parts, example=values.example, enabled=values.shown, origin=origin)


def _json_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _is_file(node: Mapping[str, Any]) -> bool:
    return node.get("type") == "file"


def _part(wire: str, group: list[_Entry], context: Context, values: _Values) -> Part:
    first = next((entry for entry in group if entry.enabled), group[0])
    types = {text(entry.node.get("contentType")) for entry in group if entry.enabled}
    content_type = context.scope.resolve(types.pop()) if len(types) == 1 else ""
    if not _is_file(first.node):
        return Part(field=_field(wire, group, context, values, Where.FORM), content_type=content_type)
    source = first.node.get("src")
    several = len([entry for entry in group if entry.enabled]) > 1 or (
        isinstance(source, list) and len(source) > 1
    )
    name = text(first.node.get("fileName")) or text(
        source[0] if isinstance(source, list) and source else source
    )
    marks = marked(description(first.node.get("description")))
    values.add(wire, Example(None), first.enabled)
    return Part(
        field=Field(
            wire=wire,
            type=Array(_BINARY) if several else _BINARY,
            required=first.enabled,
            doc=marks.doc,
        ),
        content_type=content_type,
        is_file=True,
        file_name=name.replace("\\", "/").rpartition("/")[2],
    )
