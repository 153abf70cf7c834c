"""Delphi with its own HTTP client."""

from collections.abc import Mapping, Sequence
from typing import assert_never

from ...text.delphi import DELPHI, RESERVED as WORDS, DelphiText, string
from ..code_language import CodeLanguage
from ..code_message import Message, MessageRules
from ..http_message import url_of
from ..model import FormContent, Kind, Leaf, Step
from ..naming import Rules, camel
from ..reader_code import ReadingCode
from ..spelling import Capabilities, Spelling

__all__ = ["LANGUAGE"]


def _pascal(words: Sequence[str]) -> str:
    """`UserId`."""
    name = camel(words)
    return name[:1].upper() + name[1:]


def _lined(text: str) -> DelphiText:
    return DelphiText(" +\n    ").join(string(line) for line in text.splitlines(keepends=True) or [""])


def _more(message: Message[DelphiText]) -> Mapping[str, object]:
    content = message.request.content
    body = message.text
    if isinstance(content, FormContent):
        pieces = content.encoded.split("&")
        lines = [string(f"&{piece}" if number else piece) for number, piece in enumerate(pieces)]
        body = DelphiText(" +\n    ").join(lines)
    url = url_of(message.request, keys_apart=True)
    return {"url": message.spelling.text(url, message.locals), "body": body}


def _leaf(leaf: Leaf) -> tuple[DelphiText, ...]:
    """Functions of the sample read: what is absent is nil, and nil holds nothing."""
    match leaf.kind:
        case Kind.STRING | Kind.ANY:
            shown = DelphiText("WriteLn('{bare} = ' + {name});")
            return DelphiText("{name} := TextOf({value});"), shown
        case Kind.INTEGER:
            shown = DelphiText("WriteLn('{bare} = ' + IntToStr({name}));")
            return DelphiText("{name} := IntegerOf({value});"), shown
        case Kind.NUMBER:
            shown = DelphiText("WriteLn('{bare} = ' + FloatToStr({name}));")
            return DelphiText("{name} := NumberOf({value});"), shown
        case Kind.BOOLEAN:
            shown = DelphiText("WriteLn('{bare} = ' + BoolToStr({name}, True));")
            return DelphiText("{name} := BooleanOf({value});"), shown
        case _:
            assert_never(leaf.kind)


def _kind(step: Step) -> DelphiText:
    if not isinstance(step, Leaf):
        return DelphiText("TJSONValue")
    match step.kind:
        case Kind.STRING | Kind.ANY:
            return DelphiText("string")
        case Kind.INTEGER:
            return DelphiText("Int64")
        case Kind.NUMBER:
            return DelphiText("Double")
        case Kind.BOOLEAN:
            return DelphiText("Boolean")
        case _:
            assert_never(step.kind)


LANGUAGE = CodeLanguage(
    key="delphi",
    title="Delphi with THTTPClient",
    suffix=".dpr",
    template="delphi",
    reading_template="delphi-json",
    rules=Rules(
        spell=_pascal,
        reserved=WORDS
        | frozenset(
            """sample client request response body form answer url failure member textof integerof numberof booleanof
            itemsof encoded exception halt tstringstream tfilestream tencoding thttpclient tjsonvalue tarray""".split()
        ),
        case_matters=False,
    ),
    message=MessageRules(
        spelling=Spelling(
            syntax=DELPHI,
            string=string,
            plus=DelphiText(" + "),
            escaped=DelphiText("Encoded({})"),
            input=DelphiText("{name} := {value};"),
            secret=DelphiText("{name} := GetEnvironmentVariable({key});"),
            # The encoder of Delphi breaks its lines.
            basic=DelphiText(
                "'Basic ' + StringReplace(TNetEncoding.Base64.Encode({username} + ':' + {password}), sLineBreak, '', [rfReplaceAll])"
            ),
        ),
        can=Capabilities(digest=True, typed=False, empty_why="WinHTTP sends none that is empty"),
        block=_lined,
    ),
    reading=ReadingCode(
        root=DelphiText("Answer"),
        member=DelphiText("Member({parent}, {key})"),
        leaf=_leaf,
        group=DelphiText("{name} := {value};"),
        loop=(DelphiText("for {name} in ItemsOf({value}) do"), DelphiText("begin")),
        end=(DelphiText("end;"),),
        kind=_kind,
        indent="  ",
        depth=1,
    ),
    more=_more,
).language()
