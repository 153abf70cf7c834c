"""Python with chilkat2: the same calls as the Delphi sample."""

from collections.abc import Iterator
from typing import assert_never

from ...render.environment import environment, render
from ...text.python import PythonCode, identifier, literal
from ..families.chilkat import RESERVED, reading_program, sample_program
from ..families.chilkat_program import (
    Check,
    CheckStatus,
    Create,
    Do,
    Environment,
    Expression,
    Gap,
    Let,
    Loop,
    Note,
    Of,
    Program,
    Property,
    Put,
    Ref,
    Shape,
    Show,
    ShowText,
    Statement,
    Sum,
)  # fmt: skip
from ..language import Language, Rendered
from ..model import Reading, Sample
from ..naming import Names
from ..python_reading import PYTHON, rules

__all__ = ["LANGUAGE"]


def _spelled(value: Expression) -> PythonCode:
    match value:
        case bool() | int() | str():
            return literal(value)
        case Ref(name):
            return identifier(name)
        case Environment(name):
            return PythonCode("os.environ[{}]").format(literal(name))
        case Of(target, method, arguments):
            return _call(target, method, arguments)
        case Property(target, name):
            return PythonCode("{}.{}").format(identifier(target), identifier(name))
        case Sum(parts):
            return PythonCode(" + ").join(map(_spelled, parts))
        case _:
            assert_never(value)


def _call(target: str, method: str, arguments: tuple[Expression, ...]) -> PythonCode:
    inside = PythonCode(", ").join(map(_spelled, arguments))
    return PythonCode("{}.{}({})").format(identifier(target), identifier(method), inside)


def _let(name: str, shape: Shape, value: Expression) -> PythonCode:
    made = _spelled(value)
    match shape:
        case Shape.LARGE:
            made = PythonCode("int({} or 0)").format(made)
        case Shape.NUMBER:
            made = PythonCode("float({} or 0)").format(made)
        case _:
            pass
    return PythonCode("{} = {}").format(identifier(name), made)


def _lines(statements: tuple[Statement, ...], depth: int) -> Iterator[tuple[int, PythonCode]]:
    for statement in statements:
        match statement:
            case Create(name, shape):
                yield (
                    depth,
                    PythonCode("{} = chilkat2.{}()").format(identifier(name), identifier(shape.value)),
                )
            case Let(name, shape, value):
                yield depth, _let(name, shape, value)
            case Put(target, name, value):
                pattern = PythonCode("{}.{} = {}")
                yield depth, pattern.format(identifier(target), identifier(name), _spelled(value))
            case Do(target, method, arguments):
                yield depth, _call(target, method, arguments)
            case Check(target):
                yield depth, PythonCode("if not {}.LastMethodSuccess:").format(identifier(target))
                yield depth + 1, PythonCode("sys.exit({}.LastErrorText)").format(identifier(target))
            case CheckStatus(response):
                yield depth, PythonCode("if {}.StatusCode >= 400:").format(identifier(response))
                yield depth + 1, PythonCode("print({}.Header)").format(identifier(response))
                yield depth + 1, PythonCode("sys.exit({}.BodyStr)").format(identifier(response))
            case Loop(index, _, path, json, letter, steps):
                pattern = PythonCode("for {} in range({}.SizeOfArray({})):")
                yield depth, pattern.format(identifier(index), identifier(json), literal(path))
                inside = PythonCode("{}.{} = {}")
                yield depth + 1, inside.format(identifier(json), identifier(letter), identifier(index))
                yield from _lines(steps, depth + 1)
            case Show(name, _):
                yield depth, PythonCode("print({}, {})").format(literal(f"{name} ="), identifier(name))
            case ShowText(label, None):
                yield depth, PythonCode("print({})").format(literal(label))
            case ShowText("", value):
                yield depth, PythonCode("print({})").format(_spelled(value or ""))
            case ShowText(label, value):
                yield (
                    depth,
                    PythonCode("print({}, {})").format(literal(label.rstrip()), _spelled(value or "")),
                )
            case Gap():
                yield depth, PythonCode("")
            case Note(text):
                yield from ((depth, line) for line in PYTHON.comments(text))
            case _:
                assert_never(statement)


def _rendered(title: str, program: Program) -> Rendered:
    code = PYTHON.lines(_lines(program.statements, 0))
    made = render(
        environment(PythonCode),
        "samples/python-chilkat2.jinja",
        PythonCode,
        title=PYTHON.comment(title),
        uses_environment="os.environ" in code,
        code=code,
    )
    return Rendered(made, program.unsent, program.unread)


def _names() -> Names:
    return Names(rules(*RESERVED))


def _render(sample: Sample) -> Rendered:
    return _rendered(sample.title, sample_program(sample, _names()))


def _read(reading: Reading, shortened: str) -> Rendered:
    """The reading code alone."""
    title = "Reads a JSON answer from the file answer.json."
    return _rendered(title, reading_program(reading, shortened, _names()))


LANGUAGE = Language("python-chilkat2", "Python with Chilkat", ".py", _render, _read)
