"""What the samples for JavaScript and TypeScript share: names, headers, bodies, and the code that reads a response."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import assert_never

from ...text.javascript import JAVASCRIPT, JavaScript, is_literal, literal, member, template as template_text
from ..code_language import CodeLanguage
from ..code_message import Message, MessageRules
from ..model import JsonContent, Kind, Leaf, Text
from ..naming import Rules, camel
from ..reader_code import ReadingCode
from ..spelling import Capabilities, Spelling

__all__ = ["form_of", "header_lines", "javascript", "json_of", "typescript"]

_RULES = Rules(
    spell=camel,
    reserved=frozenset(
        """await break case catch class const continue debugger default delete do else enum export extends false finally
        for function if implements import in instanceof interface let new null package private protected public return
        static super switch this throw true try typeof var void while with yield arguments eval undefined NaN Infinity
        Array Blob Buffer FormData JSON AbortSignal Object Response String URL URLSearchParams
        answer axios body boundary console crypto encodeURIComponent error fetch form globalThis process readFile
        readFileSync require response url""".split()
    ),
)

_SPELLING = Spelling(
    syntax=JAVASCRIPT,
    plus=JavaScript(" + "),
    escaped=JavaScript("encodeURIComponent({})"),
    input=JavaScript("const {name} = {value};"),
    secret=JavaScript('const {name} = process.env[{key}] ?? "";'),
    declares_digest=False,
)

_SHOWN = JavaScript("console.log({label}, {name});")


def _leaf(leaf: Leaf) -> tuple[JavaScript, ...]:
    return JavaScript("const {name} = {value};"), _SHOWN


def _typed_leaf(leaf: Leaf) -> tuple[JavaScript, ...]:
    match leaf.kind:
        case Kind.ANY:
            return JavaScript("const {name}: unknown = {value};"), _SHOWN
        case Kind.STRING if leaf.optional:
            return JavaScript("const {name}: string | null | undefined = {value};"), _SHOWN
        case Kind.STRING:
            return JavaScript("const {name}: string = {value};"), _SHOWN
        case Kind.BOOLEAN if leaf.optional:
            return JavaScript("const {name}: boolean | null | undefined = {value};"), _SHOWN
        case Kind.BOOLEAN:
            return JavaScript("const {name}: boolean = {value};"), _SHOWN
        case Kind.INTEGER | Kind.NUMBER if leaf.optional:
            return JavaScript("const {name}: number | null | undefined = {value};"), _SHOWN
        case Kind.INTEGER | Kind.NUMBER:
            return JavaScript("const {name}: number = {value};"), _SHOWN
        case _:
            assert_never(leaf.kind)


def javascript(
    key: str, title: str, refused: str, more: Callable[[Message[JavaScript]], Mapping[str, object]]
) -> CodeLanguage[JavaScript]:
    """A language of the family; `refused` are the headers that its library keeps for itself."""
    return CodeLanguage(
        key=key,
        title=title,
        suffix=".mjs",
        template=key,
        reading_template="javascript-json",
        rules=_RULES,
        message=MessageRules(
            spelling=_SPELLING,
            can=Capabilities(own_headers=frozenset(refused.split()), huge=False),
            block=template_text,
            strict_url=True,
            fixed_paths=True,
        ),
        reading=ReadingCode(
            root=JavaScript("answer"),
            member=member,
            leaf=_leaf,
            group=JavaScript("const {name} = {value};"),
            group_or_empty=JavaScript("const {name} = {value} ?? {{}};"),
            loop=(JavaScript("for (const {name} of {value}) {{"),),
            loop_or_none=(JavaScript("for (const {name} of {value} ?? []) {{"),),
            end=(JavaScript("}}"),),
            indent="  ",
        ),
        more=more,
    )


def typescript(language: CodeLanguage[JavaScript], key: str, title: str) -> CodeLanguage[JavaScript]:
    """The same language with types."""
    reading = replace(language.reading, leaf=_typed_leaf)
    return replace(language, key=key, title=title, suffix=".mts", reading=reading, typed=True)


def header_lines(message: Message[JavaScript]) -> Iterator[JavaScript]:
    """The members of an object of headers; Basic is signed here."""
    joined: dict[str, tuple[str, Text]] = {}
    for line in message.headers:
        # An object has each name once; RFC 9110 joins lines of one name by a comma.
        header = line.header
        key = header.name.lower()
        name, before = joined.get(key, (header.name, ()))
        joined[key] = (name, (*before, ", ", *header.value) if before else header.value)
    for name, value in joined.values():
        text = message.spelling.text(value, message.locals)
        yield JavaScript("{}: {},").format(JAVASCRIPT.string(name), text)
    if basic := message.basic:
        pattern = JavaScript('Authorization: "Basic " + Buffer.from({} + ":" + {}).toString("base64"),')
        yield pattern.format(basic.username, basic.password)


def json_of(content: JsonContent) -> JavaScript | None:
    """An object or a list as JavaScript's own literal; None where that would not be the same JSON."""
    is_whole = isinstance(content.value, Mapping | list | tuple)
    return literal(content.value, 1) if is_whole and is_literal(content.value) else None


def form_of(message: Message[JavaScript]) -> JavaScript:
    """An urlencoded form, a field a line."""
    pattern = JavaScript("\n    [{}, {}],")
    pairs = [pattern.format(one.name, one.value) for one in message.form]
    return JavaScript("new URLSearchParams([{}\n  ])").format(JavaScript("").join(pairs))
