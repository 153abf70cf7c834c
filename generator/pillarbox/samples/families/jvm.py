"""Samples that call java.net.http and Jackson: the same calls in Java and in Kotlin, spelled otherwise."""

from collections.abc import Callable, Iterator, Mapping

from ...text.java import JAVA, JvmText
from ..code_message import Message, MessageRules
from ..spelling import Capabilities, Spelling

__all__ = ["ESCAPED", "MEMBER", "RESERVED", "message_rules", "sent"]

ESCAPED = JvmText('URLEncoder.encode({}, StandardCharsets.UTF_8).replace("+", "%20")')
MEMBER = JvmText("{parent}.path({key})")
"""Jackson's `path` gives a node for what is absent too: empty, zero, false."""
RESERVED = frozenset("answer args body boundary client error fields request response url".split())
"""What the templates declare."""


def message_rules(spelling: Spelling[JvmText], block: Callable[[str, int], JvmText]) -> MessageRules[JvmText]:
    """How both write a request; `block` takes the depth of a text of several lines."""
    return MessageRules(
        spelling=spelling,
        can=Capabilities(
            own_headers=frozenset("connection content-length expect host upgrade".split()),
            latin1_why="the library sends ASCII only",
        ),
        block=lambda text: block(text, 4),
        strict_url=True,
        fixed_paths=True,
    )


def sent(message: Message[JvmText]) -> Mapping[str, object]:
    """The classes in use, but Jackson's, and the call that sets method and body."""
    return {"imports": tuple(_imports(message)), "sending": _sending(message)}


def _sending(message: Message[JvmText]) -> JvmText:
    body = JvmText("HttpRequest.BodyPublishers.noBody()")
    if message.file is not None:
        body = JvmText("HttpRequest.BodyPublishers.ofFile(Path.of({}))").format(message.file)
    elif message.has_parts:
        body = JvmText("body")
    elif message.has_body:
        body = JvmText("HttpRequest.BodyPublishers.ofString(body)")
    elif message.request.method == "GET":
        return JvmText(".GET()")
    return JvmText(".method({}, {})").format(message.method, body)


def _imports(message: Message[JvmText]) -> Iterator[JvmText]:
    encodes = message.escapes or message.has_form
    # Kotlin's texts become bytes without a character set.
    charset = message.basic is not None and message.spelling.syntax is JAVA
    classes = (
        (True, JvmText("java.io.IOException")),
        (True, JvmText("java.net.URI")),
        (encodes, JvmText("java.net.URLEncoder")),
        (True, JvmText("java.net.http.HttpClient")),
        (True, JvmText("java.net.http.HttpRequest")),
        (True, JvmText("java.net.http.HttpResponse")),
        (encodes or charset, JvmText("java.nio.charset.StandardCharsets")),
        (message.has_files, JvmText("java.nio.file.Path")),
        (True, JvmText("java.time.Duration")),
        (message.basic is not None, JvmText("java.util.Base64")),
        (message.has_parts, JvmText("java.util.UUID")),
    )
    yield from (name for used, name in classes if used)
