"""Generates the client of a collection, calls every operation with the collection's own values, compares the wire."""

import base64
import importlib
import json
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from pillarbox.client.api import Method
from pillarbox.config import ClientSettings
from pillarbox.lock.claims import Lock
from pillarbox.model.api import (
    BinaryBody,
    FormBody,
    GraphQLBody,
    JsonBody,
    MultipartBody,
    TextBody,
    TextSyntax,
)
from pillarbox.model.security import SecurityScheme, UnsupportedScheme
from pillarbox.model.styles import Style
from pillarbox.model.types import Array, Enumeration, Nullable, Scalar, ScalarKind, Type
from pillarbox.pipeline import Built, build

from .case import Case
from .compare import Difference, compare
from .credentials import auth_of, credentials, into_query
from .rules import explained, refused
from .values import Collection, Item, NotThere
from .wire import Recorder, Sent

__all__ = ["Change", "Outcome", "Result", "run"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One request of a collection: what differed, and under which principles that is right."""

    path: tuple[str, ...]
    differences: tuple[Difference, ...]
    error: str = ""
    """The call could not be made."""
    rules: tuple[str, ...] = ()
    """Principles by which all of it is right; empty where something is not explained."""

    @property
    def is_equal(self) -> bool:
        return not self.error and not self.differences

    @property
    def is_right(self) -> bool:
        return self.is_equal or bool(self.rules)


@dataclass(slots=True)
class Result:
    """All requests of one collection."""

    name: str
    outcomes: list[Outcome] = field(default_factory=list)
    unsent: int = 0


@contextmanager
def imported(files: Mapping[str, bytes], name: str) -> Iterator[ModuleType]:
    """The generated package, importable while the block runs."""
    with tempfile.TemporaryDirectory() as folder:
        for path, content in files.items():
            target = Path(folder, name, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        sys.path.insert(0, folder)
        importlib.invalidate_caches()
        try:
            yield importlib.import_module(name)
        finally:
            sys.path.remove(folder)
            for module in [key for key in sys.modules if key == name or key.startswith(f"{name}.")]:
                del sys.modules[module]


def typed(text: Any, kind: Type) -> Any:
    """A text of the collection as the argument's type asks for it, where it can be that; the text itself elsewhere."""
    match kind:
        case Nullable(inner):
            return typed(text, inner)
        case Array(items):
            return [typed(item, items) for item in (text if isinstance(text, list) else [text])]
        case Scalar(ScalarKind.INTEGER):
            return (
                int(text) if isinstance(text, str) and text.isdecimal() and str(int(text)) == text else text
            )
        case Enumeration(values):
            return next((value for value in values if str(value) == text), text)
        case _:
            return text


class _Caller:
    """Puts the arguments of one operation together."""

    def __init__(self, collection: Collection, item: Item, planned: Method) -> None:
        self.collection = collection
        self.item = item
        self.planned = planned
        self.operation = planned.operation

    def arguments(self) -> dict[str, Any]:
        """Name -> value of every argument that the collection holds a value for."""
        found: dict[str, Any] = {}
        for item in self.planned.parameters:
            try:
                found[item.name] = self._value(item.location.value, item.wire)
            except NotThere:
                continue
        return found

    def _value(self, place: str, wire: str) -> Any:
        match place:
            case "path":
                return self._path(wire)
            case "server":
                return self.collection.variable(wire)
            case "query":
                return self._query(wire)
            case "header":
                values = self.collection.header_lines(self.item, wire)
                return values if len(values) > 1 else values[0]
            case "cookie":
                raise NotThere(wire)
            case "body":
                return self._field(wire)
            case _:
                return self._whole()

    def _path(self, wire: str) -> str:
        value = self.collection.path_value(self.item, wire)
        if value is not None:
            return value
        # A placeholder that has no value, or that is no variable: what stands in the collection is sent as it is.
        address = self.collection.flatten(json.dumps(self.item.request.get("url"), ensure_ascii=False))
        if f"{{{{{wire}}}}}" in address:
            return self.collection.variable(wire)
        texts = (f"<{wire}>", f"{{{wire}}}", f":{wire}")
        return next((text for text in texts if text in address), self.collection.variable(wire))

    def _query(self, wire: str) -> Any:
        parameter = next(
            one for one in self.operation.parameters if one.location.value == "query" and one.wire == wire
        )
        if parameter.style is Style.DEEP:
            return self._deep(wire)
        values = self.collection.query(self.item, wire)
        if not values:
            raise NotThere(wire)
        if isinstance(parameter.type, Array):
            if parameter.style is Style.COMMA:
                return [part for value in values for part in (value or "").split(",")]
            return [True if value is None else value for value in values]
        if parameter.style is Style.FLAG:
            return True
        return values[0] if values[0] is not None else ""

    def _deep(self, wire: str) -> dict[str, str]:
        found = {
            key[len(wire) + 1 : -1]: value or ""
            for key, value in self.collection.pairs(self.item)
            if key.startswith(f"{wire}[") and key.endswith("]")
        }
        if not found:
            raise NotThere(wire)
        return found

    def _field(self, wire: str) -> Any:
        body = self.operation.body
        match body:
            case JsonBody():
                content = self.collection.body_json(self.item)
                if wire not in content:
                    raise NotThere(wire)
                return content[wire]
            case GraphQLBody():
                variables = self.collection.graphql(self.item)
                if wire not in variables:
                    raise NotThere(wire)
                return variables[wire]
            case TextBody(syntax=syntax):
                return wire if wire.startswith("<") else self._placeholder(wire, syntax)
            case FormBody() | MultipartBody():
                mode = "urlencoded" if isinstance(body, FormBody) else "formdata"
                return self._form(mode, wire)
            case _:
                raise NotThere(wire)

    def _placeholder(self, wire: str, syntax: TextSyntax) -> Any:
        """The value of a variable: as data where it is an object or a list of a JSON text."""
        text = self.collection.variable(wire)
        try:
            value = json.loads(text) if syntax is TextSyntax.JSON else text
        except ValueError:
            return text
        return value if isinstance(value, dict | list) else text

    def _form(self, mode: str, wire: str) -> Any:
        values = self.collection.field(self.item, mode, wire)
        if not values:
            raise NotThere(wire)
        return values if len(values) > 1 else values[0]

    def _whole(self) -> Any:
        match self.operation.body:
            case JsonBody():
                return self.collection.body_json(self.item)
            case BinaryBody():
                content = self.collection.content(self.item)
                return b"" if content is None else content
            case _:
                raise NotThere("content")


def _base_url(collection: Collection, built: Built) -> str | None:
    server = built.read.api.server
    if server is None:
        return None
    if server.variable:
        text = collection.variable(server.variable)
    else:
        pieces = (one if isinstance(one, str) else collection.variable(one.wire) for one in server.template)
        text = "".join(pieces)
    return text if "://" in text else f"http://{text}"


def _send(
    built: Built, package: ModuleType, recorder: Recorder, caller: _Caller, auth: Mapping[str, str]
) -> Sent:
    collection = caller.collection
    options: dict[str, Any] = credentials(built, collection, caller.item, caller.planned, auth)
    options |= {one.name: collection.variable(one.wire) for one in built.client.settings}
    with getattr(package, built.client.class_name)(
        base_url=_base_url(collection, built),
        transport=recorder.transport(),
        max_retries=0,
        **options,
    ) as client:
        target = client
        for step in caller.planned.qualified.split("."):
            target = getattr(target, step)
        try:
            target(**caller.arguments())
        except package.DecodeError:
            pass
    return recorder.take()


Change = Callable[[Mapping[str, bytes]], Mapping[str, bytes]]


def _as_it_is(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    return files


def run(path: Path, capture: Path, environment: Path | None = None, change: Change = _as_it_is) -> Result:
    """Hold one collection against its capture. `change` may spoil the generated files, to see that it is noticed."""
    lines = [json.loads(line) for line in capture.read_text(encoding="utf-8").split("\n") if line]
    meta = lines[0]
    captured = {
        line["index"]: line for line in reversed(lines) if line["kind"] == "request" and not line["attempt"]
    }
    collection = Collection(path, meta, environment)
    settings = ClientSettings(name="client", spec=path, output=Path("client_under_test"))
    built = build(path, settings, Lock(), environments=[environment] if environment else [])
    operations = {planned.origin.pointer: planned for planned in built.client.methods}
    result = Result(path.name)
    recorder = Recorder()
    try:
        with imported(change(built.files), "client_under_test") as package:
            for index, item in enumerate(collection.items()):
                theirs = captured.get(index)
                if theirs is None:
                    result.unsent += 1
                    continue
                result.outcomes.append(
                    _outcome(built, package, recorder, collection, item, operations, theirs)
                )
    finally:
        recorder.close()
    return result


def _structured(case: Case, caller: _Caller) -> Any:
    """The body that newman sent, as data, where our client takes data.

    A variable that stands in JSON without quotes makes text that is no JSON once its value is pasted in. What was sent
    must then be that very text, byte for byte, and the value counts as the JSON string that it is for a caller.
    """
    collection, item = caller.collection, caller.item
    body = caller.operation.body
    if not isinstance(body, JsonBody | GraphQLBody) or not case.body:
        return None
    try:
        return json.loads(case.body, strict=False)
    except ValueError:
        if isinstance(body, GraphQLBody) or collection.body_text(item).encode() != case.body:
            return None
    try:
        return json.loads(
            collection.resolve(collection.quoted(collection.stripped(item, collection.raw(item))))
        )
    except ValueError:
        return None


def _outcome(
    built: Built,
    package: ModuleType,
    recorder: Recorder,
    collection: Collection,
    item: Item,
    operations: Mapping[str, Method],
    theirs: Mapping[str, Any],
) -> Outcome:
    trail = tuple(theirs["path"])
    planned = operations.get(item.pointer)
    if planned is None:
        return Outcome(trail, (), "not generated")
    auth = auth_of(collection, item)
    caller = _Caller(collection, item, planned)
    case = Case(
        collection=collection,
        item=item,
        operation=planned.operation,
        foreign=any(isinstance(scheme, UnsupportedScheme) for scheme in _schemes(built, planned)),
        auth=auth.get("type", ""),
        into_query=into_query(auth),
        theirs=theirs,
        body=base64.b64decode(theirs.get("body_b64") or ""),
    )
    try:
        case.arguments = caller.arguments()
        with warnings.catch_warnings():
            # What the API deprecates warns its caller; the request is the same.
            warnings.simplefilter("ignore", DeprecationWarning)
            case.ours = sent = _send(built, package, recorder, caller, auth)
    except Exception as error:  # whatever a call raises is a result here, not a crash of the run
        text = f"{type(error).__name__}: {error}"[:300]
        return Outcome(trail, (), text, refused(case, error))
    differences = compare(
        sent,
        theirs,
        own_headers=frozenset(case.headers),
        structured=_structured(case, caller),
        auth=case.auth,
        theirs_body=case.body,
    )
    return Outcome(trail, tuple(differences), "", explained(case, differences))


def _schemes(built: Built, planned: Method) -> list[SecurityScheme]:
    wanted = {key for group in planned.operation.security for key in group}
    return [scheme for scheme in built.read.api.security_schemes if scheme.key in wanted]
