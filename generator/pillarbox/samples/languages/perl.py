"""Perl with HTTP::Tiny and JSON::PP, which come with it."""

from collections.abc import Mapping

from ...text.perl import PERL, PerlCode, body
from ..code_language import CodeLanguage
from ..code_message import Message, MessageRules
from ..naming import Rules, snake
from ..reader_code import ReadingCode, always
from ..spelling import Capabilities, Spelling

__all__ = ["LANGUAGE"]


def _more(message: Message[PerlCode]) -> Mapping[str, object]:
    """Headers as entries of a hash: what comes more than once is a list there."""
    found: dict[str, tuple[PerlCode, list[PerlCode]]] = {}
    for one in message.headers:
        if one.is_empty and one.header.name == "Content-Type":
            message.losses.append("HTTP::Tiny gives the body a type of its own.")
        else:
            found.setdefault(one.header.name.lower(), (one.name, []))[1].append(one.value)
    entries: list[PerlCode] = []
    for name, values in found.values():
        pattern = PerlCode("{} => {},") if len(values) == 1 else PerlCode("{} => [{}],")
        entries.append(pattern.format(name, PerlCode(", ").join(values)))
    return {"headers": entries}


LANGUAGE = CodeLanguage(
    key="perl",
    title="Perl with HTTP::Tiny",
    suffix=".pl",
    template="perl",
    reading_template="perl-json",
    rules=Rules(spell=snake, reserved=frozenset("a b answer body file http path response text url".split())),
    message=MessageRules(
        spelling=Spelling(
            syntax=PERL,
            sigil="$",
            plus=PerlCode(" . "),
            escaped=PerlCode("escape({})"),
            input=PerlCode("my {name} = {value};"),
            secret=PerlCode("my {name} = secret({key});"),
        ),
        can=Capabilities(own_headers=frozenset({"host"}), own_why="HTTP::Tiny takes none", empty_type=True),
        block=body,
    ),
    reading=ReadingCode(
        root=PerlCode("$answer"),
        member=PerlCode("{parent}->{{{key}}}"),
        leaf=always(
            PerlCode("my {name} = {value};"), PerlCode('print "{bare} = ", {name} // "null", "\\n";')
        ),
        group=PerlCode("my {name} = {value};"),
        group_or_empty=PerlCode("my {name} = {value} // {{}};"),
        loop=(PerlCode("for my {name} (@{{{value}}}) {{"),),
        loop_or_none=(PerlCode("for my {name} (@{{{value} // []}}) {{"),),
        end=(PerlCode("}}"),),
    ),
    more=_more,
).language()
