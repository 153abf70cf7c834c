"""PHP with its curl extension."""

from ...text.php import PHP, PhpCode, body, latin1
from ..code_language import CodeLanguage
from ..code_message import MessageRules
from ..model import Kind, Leaf
from ..naming import Rules, camel
from ..reader_code import ReadingCode
from ..spelling import Capabilities, Spelling

__all__ = ["LANGUAGE"]


def _leaf(leaf: Leaf) -> tuple[PhpCode, ...]:
    """`??` where a member may be absent."""
    line = PhpCode("{name} = {value} ?? null;") if leaf.optional else PhpCode("{name} = {value};")
    match leaf.kind:
        case Kind.BOOLEAN:
            return line, PhpCode('echo "{bare} = ", json_encode({name}), "\\n";')
        case Kind.ANY:
            return line, PhpCode('echo "{bare} = ", is_string({name}) ? {name} : json_encode({name}), "\\n";')
        case _:
            return line, PhpCode('echo "{bare} = {{{name}}}\\n";')


LANGUAGE = CodeLanguage(
    key="php",
    title="PHP with curl",
    suffix=".php",
    template="php",
    reading_template="php-json",
    rules=Rules(
        spell=camel, reserved=frozenset("this GLOBALS argv argc url curl body text status answer".split())
    ),
    message=MessageRules(
        spelling=Spelling(
            syntax=PHP,
            latin1=latin1,
            sigil="$",
            plus=PhpCode(" . "),
            escaped=PhpCode("rawurlencode({})"),
            input=PhpCode("{name} = {value};"),
            secret=PhpCode("{name} = secret({key});"),
        ),
        can=Capabilities(digest=True, empty_type=True),
        block=body,
    ),
    reading=ReadingCode(
        root=PhpCode("$answer"),
        member=PhpCode("{parent}[{key}]"),
        leaf=_leaf,
        group=PhpCode("{name} = {value};"),
        group_or_empty=PhpCode("{name} = {value} ?? [];"),
        loop=(PhpCode("foreach ({value} as {name}) {{"),),
        loop_or_none=(PhpCode("foreach ({value} ?? [] as {name}) {{"),),
        end=(PhpCode("}}"),),
    ),
).language()
