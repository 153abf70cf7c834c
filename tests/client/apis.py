"""APIs made by hand: what a reader of OpenAPI documents would give, without a document."""

import importlib
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pillarbox.client.api import Client as Description
from pillarbox.client.describe import ClientNames, describe_api
from pillarbox.client.types import PyType, spell
from pillarbox.config.settings import TypeCorrection
from pillarbox.lock.claims import Claims, Lock
from pillarbox.model.api import (
    Api,
    Body,
    ErrorCase,
    Identity,
    JsonBody,
    Location,
    Operation,
    Parameter,
    Placeholder,
    Response,
    Server,
    Template,
)
from pillarbox.model.grouping import Grouping
from pillarbox.model.problems import Origin, Problem
from pillarbox.model.types import Field, Object, Reference, Scalar, ScalarKind, Schema, Type
from pillarbox.python.package import plan_package
from pillarbox.render.package import PackageRenderer
from pillarbox.text.python import PythonCode
from pillarbox.views.api_page import plan_page

ORIGIN = Origin("spec.yaml")
STRING = Scalar(ScalarKind.STRING)
INTEGER = Scalar(ScalarKind.INTEGER)
NUMBER = Scalar(ScalarKind.NUMBER)
BOOLEAN = Scalar(ScalarKind.BOOLEAN)


def fields(**types: Type) -> tuple[Field, ...]:
    """Required fields; a name that ends in `_` is an optional one."""
    return tuple(
        Field(wire=wire.removesuffix("_"), type=kind, required=not wire.endswith("_"))
        for wire, kind in types.items()
    )


def record(**types: Type) -> Object:
    return Object(fields=fields(**types))


def schema(name: str, kind: Object, *, for_request: bool = False) -> Schema:
    return Schema(
        name=name, type=kind, for_request=for_request, origin=ORIGIN.child("components", "schemas", name)
    )


def schemas(**kinds: Object) -> dict[str, Schema]:
    return {name: schema(name, kind) for name, kind in kinds.items()}


def ref(key: str) -> Reference:
    return Reference(key)


def parameter(wire: str, place: Location = Location.QUERY, kind: Type = STRING, **more: Any) -> Parameter:
    return Parameter(
        location=place,
        wire=wire,
        type=kind,
        required=more.pop("required", place is Location.PATH),
        origin=ORIGIN,
        **more,
    )


def template(path: str) -> Template:
    pieces: list[str | Placeholder] = []
    for number, piece in enumerate(path.replace("}", "{").split("{")):
        if piece:
            pieces.append(Placeholder(piece) if number % 2 else piece)
    return tuple(pieces)


def answer(kind: Type | None, status: int | None = 200, doc: str = "", **more: Any) -> Response:
    return Response(
        status=status,
        media_type="" if kind is None else "application/json",
        type=kind,
        doc=doc,
        origin=ORIGIN,
        **more,
    )


def json_body(kind: Type, *, required: bool = True) -> JsonBody:
    return JsonBody(type=kind, required=required, origin=ORIGIN)


def operation(
    operation_id: str | None,
    route: str,
    returns: Type | Sequence[Response] | None = None,
    *,
    body: Body | None = None,
    resource: Sequence[str] = (),
    parameters: Sequence[Parameter] = (),
    errors: Sequence[ErrorCase] = (),
    **more: Any,
) -> Operation:
    """`GET /users/{id}`; the path's placeholders become parameters unless they are given."""
    method, path = route.split(" ")
    pieces = template(path)
    known = {one.wire for one in parameters if one.location is Location.PATH}
    placeholders = [
        piece.wire for piece in pieces if isinstance(piece, Placeholder) and piece.wire not in known
    ]
    many = isinstance(returns, Sequence)
    return Operation(
        identity=Identity(route=route, operation_id=operation_id, pointer=f"/paths/{route}"),
        resource=tuple(resource),
        name=operation_id or route,
        summary=more.pop("summary", ""),
        method=method,
        path=pieces,
        parameters=(*(parameter(wire, Location.PATH) for wire in placeholders), *parameters),
        body=body,
        responses=tuple(returns) if many else (answer(returns),),  # type: ignore[arg-type]
        errors=tuple(errors),
        origin=ORIGIN.child("paths", path, method.lower()),
        **more,
    )


def api(*operations: Operation, schemas: Mapping[str, Schema] | None = None, **more: Any) -> Api:
    return Api(
        title=more.pop("title", "Shop"),
        server=more.pop("server", Server(template=("https://shop.test",))),
        grouping=more.pop("grouping", Grouping.FOLDERS),
        operations=operations,
        schemas=schemas or {},
        source="spec.yaml",
        origin=ORIGIN,
        **more,
    )


@dataclass(frozen=True)
class Client:
    """A described and rendered client."""

    described: Description
    files: Mapping[str, str]
    lock: Lock
    problems: tuple[Problem, ...]

    @property
    def returns(self) -> dict[str, str]:
        return {method.qualified: _spelled(method.returns) for method in self.described.methods}

    @property
    def arguments(self) -> dict[str, dict[str, str]]:
        return {
            method.qualified: {item.name: _spelled(item.kind) for item in method.parameters}
            for method in self.described.methods
        }

    def model(self, name: str) -> list[str]:
        """The lines of a class without its docstrings."""
        for path, text in self.files.items():
            if path.startswith("models/") and f"class {name}(Model):" in text:
                lines = text.split(f"class {name}(Model):")[1].split("\n\n\n")[0].splitlines()
                return [line.strip() for line in lines if ": " in line and '"""' not in line]
        raise AssertionError(f"no model {name}")

    def write(self, folder: Path) -> None:
        for path, text in self.files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")


def _spelled(kind: PyType) -> str:
    return str(spell(kind, models=PythonCode("models.")))


def client(made: Api, lock: Lock | None = None, corrections: Sequence[TypeCorrection] = ()) -> Client:
    """Describe and render a client called `shop`."""
    claims = Claims(lock or Lock())
    names = ClientNames(package="shop", client_class="Shop")
    described, problems = describe_api(made, names, claims, corrections)
    rendered = PackageRenderer().files(plan_package(described), plan_page(described, ()))
    files = {path: str(text) for path, text in rendered}
    return Client(described, files, claims.result(), problems)


def imported(made: Client, folder: Path, name: str) -> Any:
    """The package, written and imported under a name of its own."""
    shutil.rmtree(folder / name, ignore_errors=True)
    made.write(folder / name)
    sys.path.insert(0, str(folder))
    try:
        package = importlib.import_module(name)
        importlib.import_module(f"{name}.models")
    finally:
        sys.path.remove(str(folder))
    return package
