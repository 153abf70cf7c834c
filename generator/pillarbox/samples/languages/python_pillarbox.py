"""Python with the generated client, synchronous and asynchronous."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...client.api import Client, Field, Parameter
from ...client.request import Json, Location
from ...client.types import ANY, Either, ListOf, MapOf, ModelName, PyType, Tagged, UnionName
from ...render.environment import environment, render
from ...render.formatting import settled
from ...text.python import PythonCode, dotted, identifier, literal
from ..language import Language, Rendered
from ..model import FileName, Group, Input, Items, Leaf, Sample, Secret, Variable
from ..naming import Names
from ..notes import notes_of
from ..python_reading import PYTHON, rules, variable_lines
from ..reader_code import Opened, Steps

__all__ = ["ASYNC", "SYNC"]

_RULES = (
    "os",
    "sys",
    "asyncio",
    "Path",
    "client",
    "answer",
    "error",
    "main",
    "StatusError",
    "TransportError",
)


@dataclass(frozen=True, slots=True)
class _Value:
    """A value that members are read from."""

    code: PythonCode
    kind: PyType
    guard: PythonCode | None = None
    """An object that may be None, and with it all below."""


class _TypedSteps(Steps[PythonCode, _Value]):
    """Attributes of models; items of mappings and of what has no type."""

    def __init__(self, names: Names, client: Client) -> None:
        super().__init__(names)
        self._models: Mapping[str, Mapping[str, Field]] = {
            model.name: {field.wire: field for field in model.fields} for model in client.models
        }
        self._unions: Mapping[str, Tagged] = {union.name: union.kind for union in client.unions}

    def _fields(self, kind: PyType) -> Mapping[str, Field] | None:
        """The fields of a model, or of all in a union; None for what is no model."""
        match kind:
            case ModelName(name):
                return self._models.get(name)
            case UnionName(name):
                return self._fields(self._unions[name])
            case Either(members) | Tagged(members):
                found: dict[str, Field] = {}
                for member in members:
                    found |= self._fields(member) or {}
                return found or None
            case _:
                return None

    def _member(self, key: str | None, parent: _Value, optional: bool) -> tuple[PythonCode, PyType]:
        """The expression of a member and its type."""
        if key is None:
            return parent.code, parent.kind
        fields = self._fields(parent.kind)
        if fields is not None and key in fields:
            field = fields[key]
            made, kind = PythonCode("{}.{}").format(parent.code, identifier(field.name)), field.kind
        else:
            pattern = PythonCode("{}.get({})") if optional else PythonCode("{}[{}]")
            made, kind = pattern.format(parent.code, literal(key)), _values(parent.kind)
        if parent.guard is not None:
            made = PythonCode("{} if {} is not None else None").format(made, parent.guard)
        return made, kind

    def leaf(self, leaf: Leaf, parent: _Value) -> Sequence[PythonCode]:
        text = self.names.claim(leaf.names)
        value, _ = self._member(leaf.key, parent, leaf.optional)
        name = identifier(text)
        return (
            PythonCode("{} = {}").format(name, value),
            PythonCode("print({}, {})").format(literal(f"{text} ="), name),
        )

    def group(self, group: Group, parent: _Value) -> Opened[PythonCode, _Value]:
        if group.key is None:
            return Opened(parent)
        name = identifier(self.names.claim(group.names))
        value, kind = self._member(group.key, parent, group.optional)
        guard = name if group.optional else None
        return Opened(_Value(name, kind, guard), before=(PythonCode("{} = {}").format(name, value),))

    def items(self, items: Items, parent: _Value) -> Opened[PythonCode, _Value]:
        name = identifier(self.names.claim(items.item_names))
        value, kind = self._member(items.key, parent, items.optional)
        if items.optional:
            value = (PythonCode("({}) or []") if parent.guard is not None else PythonCode("{} or []")).format(
                value
            )
        loop = PythonCode("for {} in {}:").format(name, value)
        return Opened(_Value(name, _items(kind)), before=(loop,), deeper=True)


def _items(kind: PyType) -> PyType:
    members = kind.members if isinstance(kind, Either) else (kind,)
    return next((member.items for member in members if isinstance(member, ListOf)), ANY)


def _values(kind: PyType) -> PyType:
    members = kind.members if isinstance(kind, Either) else (kind,)
    return next((member.values for member in members if isinstance(member, MapOf)), ANY)


def _argument(
    parameter: Parameter, value: Json, found: Mapping[tuple[str, str], PythonCode], *, names_path: bool
) -> PythonCode:
    location, wire = parameter.location, parameter.wire
    if location in (Location.PATH, Location.SERVER) and ("input", wire) in found:
        made = found["input", wire]
    elif location is Location.BODY and value is None and ("file", "file") in found:
        made = PythonCode("Path({})").format(found["file", "file"])
    elif value is None and ("file", wire) in found:
        made = PythonCode("Path({})").format(found["file", wire])
    elif isinstance(value, list) and ("file", wire) in found:
        wires = [wire if not number else f"{wire}_{number + 1}" for number in range(len(value))]
        paths = [PythonCode("Path({})").format(found["file", one]) for one in wires]
        made = PythonCode("[{}]").format(PythonCode(", ").join(paths))
    else:
        made = literal(value)
    if location is Location.PATH and not names_path:
        return made
    return PythonCode("{}={}").format(identifier(parameter.name), made)


def _by_wire(variables: Mapping[Variable, PythonCode]) -> Iterator[tuple[tuple[str, str], PythonCode]]:
    for variable, code in variables.items():
        match variable:
            case Input(wire=wire):
                yield ("input", wire), code
            case FileName(wire=wire):
                yield ("file", wire), code
            case Secret(wire=wire):
                yield ("secret", wire), code


def _options(sample: Sample, found: Mapping[tuple[str, str], PythonCode]) -> Iterator[PythonCode]:
    """Arguments of the client."""
    pattern = PythonCode("{}={}")
    wires = {wire for kind, wire in found if kind == "secret"}
    for credential in sample.client.credentials:
        if credential.name in wires:
            yield pattern.format(identifier(credential.name), found["secret", credential.name])
    for setting in sample.client.settings:
        if ("input", setting.wire) in found:
            yield pattern.format(identifier(setting.name), found["input", setting.wire])
    if ("input", "base_url") in found and not any(
        item.wire == "base_url" for item in sample.method.parameters
    ):
        yield PythonCode("base_url={}").format(found["input", "base_url"])


def _rendered(sample: Sample, *, awaited: bool) -> Rendered:
    client = sample.client
    class_name = f"Async{client.class_name}" if awaited else client.class_name
    names = Names(rules(*_RULES, client.package, client.class_name, f"Async{client.class_name}"))
    variables, lines = variable_lines(sample.request, names)
    found = dict(_by_wire(variables))
    arguments = [
        _argument(parameter, value, found, names_path=sample.method.names_path)
        for parameter, value in sample.method.example_call
    ]
    call = PythonCode("client.{}({})").format(
        dotted(sample.method.qualified), PythonCode(", ").join(arguments)
    )
    kind = sample.method.returns
    reading = sample.response.reading if sample.response is not None else None
    steps = _TypedSteps(names, client).lines(reading, _Value(PythonCode("answer"), kind)) if reading else []
    code = PYTHON.lines(steps) if steps else None
    made = render(
        environment(PythonCode),
        "samples/python-pillarbox.jinja",
        PythonCode,
        title=PYTHON.comment(sample.title),
        notes=[PYTHON.comment(note) for note in notes_of(sample.request)],
        package=identifier(client.package),
        client=identifier(class_name),
        options=PythonCode(", ").join(list(_options(sample, found))),
        variables=lines,
        uses_environment=any(isinstance(variable, Secret) for variable in variables),
        uses_path=any(isinstance(variable, FileName) for variable in variables),
        awaited=awaited,
        call=PythonCode("await {}").format(call) if awaited else call,
        shortened=PYTHON.comments(sample.response.shortened)
        if sample.response and sample.response.shortened
        else (),
        reading=code,
    )
    return Rendered(settled(made) + PythonCode("\n"))


def _sync(sample: Sample) -> Rendered:
    return _rendered(sample, awaited=False)


def _async(sample: Sample) -> Rendered:
    return _rendered(sample, awaited=True)


SYNC = Language("python-pillarbox", "Python with the generated client", ".py", _sync, None)
ASYNC = Language(
    "python-pillarbox-async", "Python with the generated client, asynchronous", ".py", _async, None
)
