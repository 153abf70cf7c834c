"""C# with HttpClient and System.Text.Json."""

from collections.abc import Mapping
from typing import assert_never

from ...text.csharp import CSHARP, CSharpText, block
from ..code_language import CodeLanguage
from ..code_message import Message, MessageRules
from ..model import Kind, Leaf
from ..naming import Rules, camel
from ..reader_code import ReadingCode
from ..spelling import Capabilities, Spelling

__all__ = ["LANGUAGE"]


def _leaf(leaf: Leaf) -> tuple[CSharpText, ...]:
    """`JsonNode?` gives null for what is absent."""
    shown = CSharpText("Console.WriteLine({start} + {name});")
    match leaf.kind:
        case Kind.STRING:
            return CSharpText("string? {name} = (string?){value};"), shown
        case Kind.INTEGER if leaf.large:
            return CSharpText("long? {name} = (long?){value};"), shown
        case Kind.INTEGER:
            return CSharpText("int? {name} = (int?){value};"), shown
        case Kind.NUMBER:
            return CSharpText("double? {name} = (double?){value};"), shown
        case Kind.BOOLEAN:
            return CSharpText("bool? {name} = (bool?){value};"), shown
        case Kind.ANY:
            return CSharpText("string? {name} = {value}?.ToString();"), shown
        case _:
            assert_never(leaf.kind)


def _more(message: Message[CSharpText]) -> Mapping[str, object]:
    texts = [one for line in message.headers for one in line.header.value if isinstance(one, str)]
    return {"has_latin1": not all(map(str.isascii, texts))}


LANGUAGE = CodeLanguage(
    key="csharp",
    title="C# with HttpClient",
    suffix=".cs",
    template="csharp",
    reading_template="csharp-json",
    rules=Rules(
        spell=camel,
        reserved=frozenset(
            """abstract as base bool break byte case catch char checked class const continue decimal default delegate do
            double else enum event explicit extern false finally fixed float for foreach goto if implicit in int interface
            internal is lock long namespace new null object operator out override params private protected public readonly
            ref return sbyte sealed short sizeof stackalloc static string struct switch this throw true try typeof uint
            ulong unchecked unsafe ushort using virtual void volatile while
            add alias and args ascending async await by descending dynamic equals field file from get global group init
            into join let managed nameof nint not notnull nuint on or orderby partial record remove required scoped select
            set unmanaged value var when where with yield
            answer client error form handler part request response text url""".split()
        ),
    ),
    message=MessageRules(
        spelling=Spelling(
            syntax=CSHARP,
            plus=CSharpText(" + "),
            escaped=CSharpText("Uri.EscapeDataString({})"),
            input=CSharpText("string {name} = {value};"),
            secret=CSharpText('string {name} = Environment.GetEnvironmentVariable({key}) ?? "";'),
        ),
        can=Capabilities(
            digest=True,
            own_headers=frozenset(("content-length", "transfer-encoding")),
            body_headers=frozenset(
                """allow content-disposition content-encoding content-language content-location content-md5 content-range
                content-type expires last-modified""".split()
            ),
        ),
        block=lambda text: block(text, "    "),
        strict_url=True,
        fixed_paths=True,
    ),
    reading=ReadingCode(
        root=CSharpText("answer"),
        member=CSharpText("{parent}?[{key}]"),
        leaf=_leaf,
        group=CSharpText("JsonNode? {name} = {value};"),
        loop=(
            CSharpText("foreach (JsonNode? {name} in {value}?.AsArray() ?? new JsonArray())"),
            CSharpText("{{"),
        ),
        end=(CSharpText("}}"),),
    ),
    more=_more,
).language()
