"""Java with java.net.http. The JDK reads no JSON; Jackson is what most of the field has on its class path already."""

from typing import assert_never

from ...text.java import JAVA, JvmText, block
from ..code_language import CodeLanguage
from ..families.jvm import ESCAPED, MEMBER, RESERVED, message_rules, sent
from ..model import Kind, Leaf
from ..naming import Rules, camel
from ..reader_code import ReadingCode
from ..spelling import Spelling

__all__ = ["LANGUAGE"]


def _leaf(leaf: Leaf) -> tuple[JvmText, ...]:
    shown = JvmText("System.out.println({start} + {name});")
    match leaf.kind:
        case Kind.STRING | Kind.ANY:
            return JvmText("String {name} = {value}.asText();"), shown
        case Kind.INTEGER if leaf.large:
            return JvmText("long {name} = {value}.asLong();"), shown
        case Kind.INTEGER:
            return JvmText("int {name} = {value}.asInt();"), shown
        case Kind.NUMBER:
            return JvmText("double {name} = {value}.asDouble();"), shown
        case Kind.BOOLEAN:
            return JvmText("boolean {name} = {value}.asBoolean();"), shown
        case _:
            assert_never(leaf.kind)


LANGUAGE = CodeLanguage(
    key="java",
    title="Java with java.net.http",
    suffix=".java",
    template="java",
    reading_template="java-json",
    rules=Rules(
        spell=camel,
        reserved=RESERVED
        | frozenset(
            """abstract assert boolean break byte case catch char class const continue default do double else enum
            extends final finally float for goto if implements import instanceof int interface long native new package
            private protected public return short static strictfp super switch synchronized this throw throws transient
            try void volatile while true false null var yield record sealed permits""".split()
        ),
    ),
    message=message_rules(
        Spelling(
            syntax=JAVA,
            plus=JvmText(" + "),
            escaped=ESCAPED,
            input=JvmText("String {name} = {value};"),
            secret=JvmText('String {name} = System.getenv().getOrDefault({key}, "");'),
            declares_digest=False,
        ),
        block,
    ),
    reading=ReadingCode(
        root=JvmText("answer"),
        member=MEMBER,
        leaf=_leaf,
        group=JvmText("JsonNode {name} = {value};"),
        loop=(JvmText("for (JsonNode {name} : {value}) {{"),),
        end=(JvmText("}}"),),
        depth=2,
    ),
    more=sent,
).language()
