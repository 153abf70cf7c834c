"""Kotlin with java.net.http and Jackson: the calls of the Java sample, which is run."""

from typing import assert_never

from ...text.java import JvmText
from ...text.kotlin import KOTLIN, block
from ..code_language import CodeLanguage
from ..families.jvm import ESCAPED, MEMBER, RESERVED, message_rules, sent
from ..model import Kind, Leaf
from ..naming import Rules, camel
from ..reader_code import ReadingCode
from ..spelling import Spelling

__all__ = ["LANGUAGE"]


def _leaf(leaf: Leaf) -> tuple[JvmText, ...]:
    shown = JvmText("println({start} + {name})")
    match leaf.kind:
        case Kind.STRING | Kind.ANY:
            return JvmText("val {name}: String = {value}.asText()"), shown
        case Kind.INTEGER if leaf.large:
            return JvmText("val {name}: Long = {value}.asLong()"), shown
        case Kind.INTEGER:
            return JvmText("val {name}: Int = {value}.asInt()"), shown
        case Kind.NUMBER:
            return JvmText("val {name}: Double = {value}.asDouble()"), shown
        case Kind.BOOLEAN:
            return JvmText("val {name}: Boolean = {value}.asBoolean()"), shown
        case _:
            assert_never(leaf.kind)


LANGUAGE = CodeLanguage(
    key="kotlin",
    title="Kotlin with java.net.http",
    suffix=".kt",
    template="kotlin",
    reading_template="kotlin-json",
    rules=Rules(
        spell=camel,
        reserved=RESERVED
        | frozenset(
            """as break class continue do else false for fun if in interface is null object package return super this
            throw true try typealias typeof val var when while by catch constructor delegate dynamic field file finally
            get import init param property receiver set setparam value where listOf main println""".split()
        ),
    ),
    message=message_rules(
        Spelling(
            syntax=KOTLIN,
            plus=JvmText(" + "),
            escaped=ESCAPED,
            input=JvmText("val {name} = {value}"),
            secret=JvmText('val {name} = System.getenv({key}) ?: ""'),
            declares_digest=False,
        ),
        block,
    ),
    reading=ReadingCode(
        root=JvmText("answer"),
        member=MEMBER,
        leaf=_leaf,
        group=JvmText("val {name} = {value}"),
        loop=(JvmText("for ({name} in {value}) {{"),),
        end=(JvmText("}}"),),
        depth=1,
    ),
    more=sent,
).language()
