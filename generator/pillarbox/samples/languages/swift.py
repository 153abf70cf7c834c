"""Swift with URLSession."""

from collections.abc import Mapping
from typing import assert_never

from ...text.swift import SWIFT, SwiftText, block
from ..code_language import CodeLanguage
from ..code_message import Message, MessageRules
from ..model import Kind, Leaf
from ..naming import Rules, camel
from ..reader_code import ReadingCode
from ..spelling import Capabilities, Spelling

__all__ = ["LANGUAGE"]


def _leaf(leaf: Leaf) -> tuple[SwiftText, ...]:
    """Casts that may fail: what is absent or null is nil."""
    match leaf.kind:
        case Kind.STRING:
            return SwiftText("let {name}: String? = {value} as? String"), SwiftText(
                'print({label}, {name} ?? "")'
            )
        case Kind.INTEGER:
            return SwiftText("let {name}: Int? = {value} as? Int"), SwiftText("print({label}, {name} ?? 0)")
        case Kind.NUMBER:
            return SwiftText("let {name}: Double? = {value} as? Double"), SwiftText(
                "print({label}, {name} ?? 0.0)"
            )
        case Kind.BOOLEAN:
            return SwiftText("let {name}: Bool? = {value} as? Bool"), SwiftText(
                "print({label}, {name} ?? false)"
            )
        case Kind.ANY:
            return SwiftText("let {name}: Any? = {value}"), SwiftText('print({label}, {name} ?? "null")')
        case _:
            assert_never(leaf.kind)


def _more(message: Message[SwiftText]) -> Mapping[str, object]:
    loses_body = message.has_body and message.request.method == "GET"
    if loses_body:
        message.losses.append("The body is left out: URLSession sends none with GET.")
    return {"sends_body": message.has_body and not loses_body}


LANGUAGE = CodeLanguage(
    key="swift",
    title="Swift with URLSession",
    suffix=".swift",
    template="swift",
    reading_template="swift-json",
    rules=Rules(
        spell=camel,
        reserved=frozenset(
            """associatedtype class deinit enum extension fileprivate func import init inout internal let open operator
            private precedencegroup protocol public rethrows static struct subscript typealias var break case catch continue
            default defer do else fallthrough for guard if in repeat return throw switch where while any as await false is
            nil self super throws true try associativity async convenience didSet dynamic final get indirect infix lazy left
            mutating none nonmutating optional override postfix precedence prefix required right set some type unowned weak
            willSet actor consume copy each macro
            body boundary data decoded error exit print request response status unreserved url""".split()
        ),
    ),
    message=MessageRules(
        spelling=Spelling(
            syntax=SWIFT,
            plus=SwiftText(" + "),
            escaped=SwiftText("{}.addingPercentEncoding(withAllowedCharacters: unreserved)!"),
            input=SwiftText("let {name} = {value}"),
            secret=SwiftText('let {name} = ProcessInfo.processInfo.environment[{key}] ?? ""'),
            declares_digest=False,
        ),
        can=Capabilities(
            own_headers=frozenset("connection content-length host transfer-encoding".split()),
            latin1_why="the library sends ASCII only",
        ),
        block=block,
        strict_url=True,
        fixed_paths=True,
    ),
    reading=ReadingCode(
        root=SwiftText("decoded"),
        member=SwiftText("{parent}[{key}]"),
        leaf=_leaf,
        group=SwiftText("let {name} = {value} as? [String: Any] ?? [:]"),
        root_group=True,
        loop=(SwiftText("for {name} in {value} as? [Any] ?? [] {{"),),
        end=(SwiftText("}}"),),
        names_item=False,
    ),
    more=_more,
).language()
