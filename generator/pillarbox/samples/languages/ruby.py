"""Ruby with net/http."""

from collections.abc import Mapping

from ...text.ruby import RUBY, RubyCode, body
from ..code_language import CodeLanguage
from ..code_message import Message, MessageRules
from ..naming import Rules, snake
from ..reader_code import ReadingCode, always
from ..spelling import Capabilities, Spelling

__all__ = ["LANGUAGE"]

_BODILESS = frozenset(("GET", "HEAD", "DELETE", "OPTIONS", "TRACE"))
_BODIED = frozenset(("POST", "PUT", "PATCH"))


def _more(message: Message[RubyCode]) -> Mapping[str, object]:
    message.losses.extend(
        f"net/http sends the headers named {one.header.name} as one."
        for one in message.headers
        if one.repeats
    )
    # The classes of POST, PUT and PATCH send an empty form where there is no body.
    method = message.request.method
    has_class = method in _BODILESS or (method in _BODIED and message.has_body)
    return {"method_class": RUBY.name(method.capitalize()) if has_class else None}


LANGUAGE = CodeLanguage(
    key="ruby",
    title="Ruby with net/http",
    suffix=".rb",
    template="ruby",
    reading_template="ruby-json",
    rules=Rules(
        spell=snake,
        reserved=frozenset(
            """alias and begin break case class def defined do else elsif end ensure false for if in module next nil not
            or redo rescue retry return self super then true undef unless until when while yield
            abort format part print puts p require raise loop lambda proc test open system exec binding
            answer body error http request response url""".split()
        ),
    ),
    message=MessageRules(
        spelling=Spelling(
            syntax=RUBY,
            plus=RubyCode(" + "),
            escaped=RubyCode("ERB::Util.url_encode({})"),
            input=RubyCode("{name} = {value}"),
            secret=RubyCode("{name} = ENV.fetch({key})"),
        ),
        can=Capabilities(empty_type=True),
        block=body,
    ),
    reading=ReadingCode(
        root=RubyCode("answer"),
        member=RubyCode("{parent}[{key}]"),
        leaf=always(RubyCode("{name} = {value}"), RubyCode('print "{bare} = #{{{bare}}}\\n"')),
        group=RubyCode("{name} = {value}"),
        group_or_empty=RubyCode("{name} = {value} || {{}}"),
        loop=(RubyCode("{value}.each do |{name}|"),),
        loop_or_none=(RubyCode("({value} || []).each do |{name}|"),),
        end=(RubyCode("end"),),
        indent="  ",
    ),
    more=_more,
).language()
