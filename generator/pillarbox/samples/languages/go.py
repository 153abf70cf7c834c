"""Go with what its own library has."""

from ...text.go import GO, GoText, block, latin1
from ..code_language import CodeLanguage
from ..code_message import MessageRules
from ..model import Kind, Leaf
from ..naming import Rules, camel
from ..reader_code import ReadingCode
from ..spelling import Capabilities, Spelling

__all__ = ["LANGUAGE"]

_LEAVES = {
    Kind.STRING: GoText("{name}, _ := {value}.(string)"),
    Kind.BOOLEAN: GoText("{name}, _ := {value}.(bool)"),
    Kind.INTEGER: GoText("{name} := integer({value})"),
    Kind.NUMBER: GoText("{name} := number({value})"),
    Kind.ANY: GoText("{name} := {value}"),
}
"""Assertions of type in their second form: what is absent or null leaves the zero value."""


def _leaf(leaf: Leaf) -> tuple[GoText, ...]:
    shown = GoText("fmt.Println({label}, {name})")
    if leaf.kind is Kind.ANY:
        shown = GoText("fmt.Println({label}, shown({name}))")
    return _LEAVES[leaf.kind], shown


LANGUAGE = CodeLanguage(
    key="go",
    title="Go",
    suffix=".go",
    template="go",
    reading_template="go-json",
    rules=Rules(
        spell=camel,
        reserved=frozenset(
            """break case chan const continue default defer else fallthrough for func go goto if import interface map package
            range return select struct switch type var
            any append bool byte cap clear close comparable complex complex64 complex128 copy delete error false float32
            float64 imag init int int8 int16 int32 int64 iota len main make max min new nil panic print println real recover
            rune string true uint uint8 uint16 uint32 uint64 uintptr
            bytes fmt http io json log multipart os strings textproto time url
            addPart address body client decoded decoder err fields form integer number read received request response shown file""".split()
        ),
    ),
    message=MessageRules(
        spelling=Spelling(
            syntax=GO,
            latin1=latin1,
            plus=GoText(" + "),
            escaped=GoText("url.PathEscape({})"),
            # PathEscape leaves `&` and `+` alone, QueryEscape makes `+` of a space, which only forms know.
            queried=GoText('strings.ReplaceAll(url.QueryEscape({}), "+", "%20")'),
            input=GoText("{name} := {value}"),
            secret=GoText("{name} := os.Getenv({key})"),
            declares_digest=False,
        ),
        can=Capabilities(own_headers=frozenset(("content-length", "transfer-encoding", "trailer"))),
        block=lambda text: block(text, "\t\t"),
        strict_url=True,
        fixed_paths=True,
    ),
    reading=ReadingCode(
        root=GoText("decoded"),
        member=GoText("{parent}[{key}]"),
        leaf=_leaf,
        group=GoText("{name}, _ := {value}.(map[string]any)"),
        root_group=True,
        loop=(GoText("{array}, _ := {value}.([]any)"), GoText("for _, {name} := range {array} {{")),
        end=(GoText("}}"),),
        names_array=True,
        names_item=False,
        indent="\t",
        depth=1,
    ),
).language()
