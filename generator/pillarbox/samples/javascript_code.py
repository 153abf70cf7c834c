"""What the samples for JavaScript and TypeScript share: names, variables, bodies, and the code that reads an answer."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..text.javascript import JAVASCRIPT, JavaScript, is_literal, literal, member, template
from .model import (
    FormContent,
    Group,
    Header,
    Items,
    JsonContent,
    Kind,
    Leaf,
    Reading,
    Request,
    Text,
    Variable,
)
from .naming import Names, Rules, camel
from .outline import Spelling, basic_of
from .reader_code import Opened, Steps

__all__ = [
    "RULES",
    "SPELLING",
    "JavaScriptSteps",
    "form",
    "header_lines",
    "json_body",
    "json_text",
    "read_lines",
]

RULES = Rules(
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

SPELLING = Spelling(
    syntax=JAVASCRIPT,
    plus=JavaScript(" + "),
    escaped=JavaScript("encodeURIComponent({})"),
    given=JavaScript("const {} = {};"),
    secret=JavaScript('const {} = process.env[{}] ?? "";'),
)

_TYPES = {
    Kind.STRING: JavaScript("string"),
    Kind.INTEGER: JavaScript("number"),
    Kind.NUMBER: JavaScript("number"),
    Kind.BOOLEAN: JavaScript("boolean"),
    Kind.ANY: JavaScript("unknown"),
}

_Locals = dict[Variable, JavaScript]


def header_lines(request: Request, headers: Iterable[Header], names: _Locals) -> Iterator[JavaScript]:
    """The members of an object of headers; Basic is signed here."""
    said: dict[str, tuple[str, Text]] = {}
    for header in headers:
        # An object has each name once; RFC 9110 joins lines of one name by a comma.
        key = header.name.lower()
        name, before = said.get(key, (header.name, ()))
        said[key] = (name, (*before, ", ", *header.value) if before else header.value)
    for name, value in said.values():
        yield JavaScript("{}: {},").format(JAVASCRIPT.string(name), SPELLING.text(value, names))
    if basic := basic_of(request):
        yield JavaScript('Authorization: "Basic " + Buffer.from({} + ":" + {}).toString("base64"),').format(
            names[basic.username], names[basic.password]
        )


def json_body(content: JsonContent) -> JavaScript | None:
    """An object or a list as JavaScript's own literal; None where that would not be the same JSON."""
    is_whole = isinstance(content.value, Mapping | list | tuple)
    return literal(content.value, 1) if is_whole and is_literal(content.value) else None


def json_text(content: JsonContent) -> JavaScript:
    """The document as a text."""
    return template(content.pretty)


def form(content: FormContent) -> JavaScript:
    """An urlencoded form, a field a line."""
    pattern = JavaScript("\n    [{}, {}],")
    pairs = [
        pattern.format(JAVASCRIPT.string(name), JAVASCRIPT.string(value)) for name, value in content.pairs
    ]
    return JavaScript("new URLSearchParams([{}\n  ])").format(JavaScript("").join(pairs))


class JavaScriptSteps(Steps[JavaScript, JavaScript]):
    """Members of plain objects.

    Args:
        typed: For TypeScript.
    """

    def __init__(self, names: Names, *, typed: bool) -> None:
        super().__init__(names)
        self._typed = typed

    def leaf(self, leaf: Leaf, parent: JavaScript) -> Sequence[JavaScript]:
        text = self.names.claim(leaf.names)
        name = JAVASCRIPT.name(text)
        value = parent if leaf.key is None else member(parent, leaf.key)
        kind = JavaScript("")
        if self._typed:
            kind = JavaScript(": {}").format(_TYPES[leaf.kind])
            if leaf.optional and leaf.kind is not Kind.ANY:
                kind = JavaScript("{} | null | undefined").format(kind)
        return (
            JavaScript("const {}{} = {};").format(name, kind, value),
            JavaScript("console.log({}, {});").format(JAVASCRIPT.string(f"{text} ="), name),
        )

    def group(self, group: Group, parent: JavaScript) -> Opened[JavaScript, JavaScript]:
        if group.key is None:
            return Opened(parent)
        name = JAVASCRIPT.name(self.names.claim(group.names))
        pattern = JavaScript("const {} = {} ?? {{}};") if group.optional else JavaScript("const {} = {};")
        return Opened(name, before=(pattern.format(name, member(parent, group.key)),))

    def items(self, items: Items, parent: JavaScript) -> Opened[JavaScript, JavaScript]:
        name = JAVASCRIPT.name(self.names.claim(items.item_names))
        value = parent if items.key is None else member(parent, items.key)
        pattern = (
            JavaScript("for (const {} of {} ?? []) {{")
            if items.optional
            else JavaScript("for (const {} of {}) {{")
        )
        return Opened(name, before=(pattern.format(name, value),), after=(JavaScript("}"),), deeper=True)


def read_lines(reading: Reading | None, names: Names, *, typed: bool) -> JavaScript | None:
    """The reading code, or None where nothing is to be read."""
    if reading is None:
        return None
    steps = JavaScriptSteps(names, typed=typed)
    return JAVASCRIPT.lines(steps.lines(reading, JavaScript("answer")), "  ")
