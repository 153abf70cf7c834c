"""Delphi with the Chilkat ActiveX library, as on the page that this project began from."""

from collections.abc import Iterator
from typing import assert_never

from ...render.environment import environment, render
from ...text.delphi import DELPHI, RESERVED as WORDS, DelphiText, string
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
from ..naming import Names, Rules, camel

__all__ = ["LANGUAGE"]

_RULES = Rules(
    spell=camel,
    reserved=WORDS | {"sender", "memo1", "form1", "tform1", "runsample", *RESERVED},
    case_matters=False,
)

_TYPES = {
    Shape.TEXT: DelphiText("WideString"),
    Shape.INTEGER: DelphiText("Integer"),
    Shape.LARGE: DelphiText("Int64"),
    Shape.NUMBER: DelphiText("Double"),
    Shape.BOOLEAN: DelphiText("Integer"),
}


def _spelled(value: Expression) -> DelphiText:
    match value:
        case bool():
            return DELPHI.number(int(value))
        case int():
            return DELPHI.number(value)
        case str():
            return string(value)
        case Ref(name, is_object):
            local = DELPHI.name(name)
            return DelphiText("{}.ControlInterface").format(local) if is_object else local
        case Environment(name):
            return DelphiText("GetEnvironmentVariable({})").format(string(name))
        case Of(target, method, arguments):
            return _call(target, method, arguments)
        case Property(target, name):
            return DelphiText("{}.{}").format(DELPHI.name(target), DELPHI.name(name))
        case Sum(parts):
            return DelphiText(" + ").join(map(_spelled, parts))
        case _:
            assert_never(value)


def _call(target: str, method: str, arguments: tuple[Expression, ...]) -> DelphiText:
    name = DelphiText("{}.{}").format(DELPHI.name(target), DELPHI.name(method))
    if not arguments:
        return DelphiText("{}()").format(name) if method == "Emit" else name
    return DelphiText("{}({})").format(name, DelphiText(",").join(map(_spelled, arguments)))


def _let(name: str, shape: Shape, value: Expression) -> DelphiText:
    made, local = _spelled(value), DELPHI.name(name)
    match shape:
        case Shape.LARGE:
            return DelphiText("{} := StrToInt64Def({},0);").format(local, made)
        case Shape.NUMBER:
            # Val reads a decimal point in every locale.
            return DelphiText("Val(string({}),{},valCode);").format(made, local)
        case _:
            return DelphiText("{} := {};").format(local, made)


def _text_of(name: str, shape: Shape) -> DelphiText:
    match shape:
        case Shape.INTEGER | Shape.BOOLEAN | Shape.LARGE:
            return DelphiText("IntToStr({})").format(DELPHI.name(name))
        case Shape.NUMBER:
            return DelphiText("FloatToStr({})").format(DELPHI.name(name))
        case _:
            return DELPHI.name(name)


def _memo_line(text: DelphiText) -> DelphiText:
    return DelphiText("Memo1.Lines.Add({});").format(text)


def _guarded(condition: DelphiText, depth: int, *texts: DelphiText) -> Iterator[tuple[int, DelphiText]]:
    yield depth, DelphiText("if ({}) then").format(condition)
    yield depth, DelphiText("begin")
    for text in texts:
        yield depth + 1, _memo_line(text)
    yield depth + 1, DelphiText("Exit;")
    yield depth, DelphiText("end;")


def _show_text(label: str, value: Expression | None) -> DelphiText:
    if value is None:
        return _memo_line(string(label))
    # The one number that is shown is the status.
    made = _text_of(value.name, Shape.INTEGER) if isinstance(value, Ref) else _spelled(value)
    return _memo_line(DelphiText("{} + {}").format(string(label), made) if label else made)


def _lines(statements: tuple[Statement, ...], depth: int) -> Iterator[tuple[int, DelphiText]]:
    for statement in statements:
        match statement:
            case Create(name, shape):
                made = DelphiText("{} := TChilkat{}.Create(Self);")
                yield depth, made.format(DELPHI.name(name), _class(shape))
            case Let(name, shape, value):
                yield depth, _let(name, shape, value)
            case Put(target, name, value):
                put = DelphiText("{}.{} := {};")
                yield depth, put.format(DELPHI.name(target), DELPHI.name(name), _spelled(value))
            case Do(target, method, arguments):
                yield depth, DelphiText("{};").format(_call(target, method, arguments))
            case Check(target):
                name = DELPHI.name(target)
                failed = DelphiText("{}.LastMethodSuccess = 0").format(name)
                yield from _guarded(failed, depth, DelphiText("{}.LastErrorText").format(name))
            case CheckStatus(response):
                header = DelphiText("{}.Header").format(DELPHI.name(response))
                body = DelphiText("{}.BodyStr").format(DELPHI.name(response))
                yield from _guarded(
                    DelphiText("respStatusCode >= 400"),
                    depth,
                    string("Response Header:"),
                    header,
                    body,
                    string("Failed."),
                )
            case Loop():
                yield from _loop(statement, depth)
            case Show(name, shape):
                yield (
                    depth,
                    _memo_line(DelphiText("{} + {}").format(string(f"{name} = "), _text_of(name, shape))),
                )
            case ShowText(label, value):
                yield depth, _show_text(label, value)
            case Gap():
                yield depth, DelphiText("")
            case Note(text):
                yield from ((depth, line) for line in DELPHI.comments(text))
            case _:
                assert_never(statement)


def _loop(loop: Loop, depth: int) -> Iterator[tuple[int, DelphiText]]:
    index, count = DELPHI.name(loop.index), DELPHI.name(loop.count)
    size = _call(loop.json, "SizeOfArray", (loop.path,))
    yield depth, DelphiText("{} := {};").format(count, size)
    yield depth, DelphiText("{} := 0;").format(index)
    yield depth, DelphiText("while ({} < {}) do").format(index, count)
    yield depth, DelphiText("begin")
    assignment = DelphiText("{}.{} := {};")
    yield depth + 1, assignment.format(DELPHI.name(loop.json), DELPHI.name(loop.letter), index)
    yield from _lines(loop.steps, depth + 1)
    yield depth + 1, DelphiText("{} := {} + 1;").format(index, index)
    yield depth, DelphiText("end;")


def _class(shape: Shape) -> DelphiText:
    return DELPHI.name(shape.value)


def _declared(statements: tuple[Statement, ...]) -> Iterator[tuple[str, DelphiText]]:
    """Name and type of each local, as Delphi wants them at the top."""
    created = {one.name for one in statements if isinstance(one, Create)}
    for statement in statements:
        match statement:
            case Create(name, shape):
                yield name, DelphiText("TChilkat{}").format(_class(shape))
            case Let(name, Shape.RESPONSE, _):
                if name not in created:
                    yield name, DelphiText("IChilkatHttpResponse")
            case Let(name, shape, _):
                yield name, _TYPES[shape]
                if shape is Shape.NUMBER:
                    yield "valCode", DelphiText("Integer")
            case Loop(index, count, _, _, _, steps):
                yield index, DelphiText("Integer")
                yield count, DelphiText("Integer")
                yield from _declared(steps)
            case _:
                pass


def _rendered(title: str, program: Program) -> Rendered:
    declared = dict(_declared(program.statements))
    made = render(
        environment(DelphiText),
        "samples/delphi-chilkat.jinja",
        DelphiText,
        title=DELPHI.comment(title),
        variables=[DelphiText("{}: {};").format(DELPHI.name(name), kind) for name, kind in declared.items()],
        code=DELPHI.lines(_lines(program.statements, 1), "  "),
    )
    return Rendered(made, program.unsent, program.unread)


def _render(sample: Sample) -> Rendered:
    return _rendered(sample.title, sample_program(sample, Names(_RULES)))


def _read(reading: Reading, shortened: str) -> Rendered:
    """The reading code alone."""
    title = "Reads a JSON answer from the file answer.json."
    return _rendered(title, reading_program(reading, shortened, Names(_RULES)))


LANGUAGE = Language("delphi-chilkat", "Delphi with Chilkat (ActiveX)", ".pas", _render, _read)
