"""C with libcurl and cJSON."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import assert_never

from ...text.c import C, CText, byte_count, latin1, lined
from ..code_language import CodeLanguage
from ..code_message import HeaderLine, Message, MessageRules
from ..http_message import merged, url_of
from ..model import FilePart, FormContent, Input, Kind, Leaf, MultipartContent, Segment, TextPart, Variable
from ..naming import Rules, candidates, snake
from ..reader_code import ReadingCode
from ..spelling import Capabilities, Spelling

__all__ = ["LANGUAGE"]


def _text(text: str) -> CText:
    return lined(text, 8)


def _address(message: Message[CText]) -> tuple[dict[Variable, CText], CText]:
    """The local of each escaped value, and the URL."""
    escaped: dict[Variable, CText] = {}
    pieces: list[CText] = []
    for piece in url_of(message.request, keys_apart=True):
        match piece:
            case str():
                pieces.append(_text(piece))
            case Segment(variable):
                if variable not in escaped:
                    wanted = [("escaped", *one) for one in candidates(variable)]
                    escaped[variable] = C.name(message.names.claim(wanted))
                pieces.append(escaped[variable])
            case _:
                pieces.append(message.locals[piece])
    return escaped, CText("joined({}, NULL)").format(CText(", ").join(pieces))


def _line(one: HeaderLine[CText], message: Message[CText]) -> CText:
    """`Name: value`, on one line of C whatever its length."""
    header = one.header
    if header.fixed == "":
        return one.for_curl if message.has_body else _text(f"{header.name};")
    if header.fixed is not None:
        return latin1(f"{header.name}: {header.fixed}")
    if header.name != "Authorization":
        return one.line
    return message.spelling.text(tuple(merged((f"{header.name}: ", *header.value))), message.locals)


def _part(part: TextPart | FilePart, message: Message[CText]) -> Iterator[CText]:
    yield CText("part = curl_mime_addpart(form);")
    yield CText("curl_mime_name(part, {});").format(_text(part.name))
    match part:
        case TextPart(value=value):
            size = C.number(byte_count(value)) if "\0" in value else CText("CURL_ZERO_TERMINATED")
            yield CText("curl_mime_data(part, {}, {});").format(_text(value), size)
        case FilePart(file=file):
            yield CText("curl_mime_filedata(part, {});").format(message.locals[file])
        case _:
            assert_never(part)
    if part.content_type:
        yield CText("curl_mime_type(part, {});").format(_text(part.content_type))


def _more(message: Message[CText]) -> Mapping[str, object]:
    content = message.request.content
    parts = content.parts if isinstance(content, MultipartContent) else ()
    form = content if isinstance(content, FormContent) else None
    cut = [one for one in message.locals if isinstance(one, Input) and "\0" in one.value]
    message.losses.extend("A value of the address ends at a NUL character here." for _ in cut)
    message.losses.extend(
        f"The name of the field {part.name!a} ends at a NUL character here."
        for part in parts
        if "\0" in part.name
    )
    # libcurl sends the type of a form by itself.
    typed = form is None or form.media_type != "application/x-www-form-urlencoded"
    headers = [one for one in message.headers if typed or one.header.name != "Content-Type"]
    escaped, url = _address(message)
    pieces = form.encoded.split("&") if form is not None else []
    lines = [_text(f"&{piece}" if number else piece) for number, piece in enumerate(pieces)]
    return {
        "url": url,
        "escaped": [{"name": name, "value": message.locals[one]} for one, name in escaped.items()],
        "headers": [replace(one, line=_line(one, message)) for one in headers],
        "has_lines": any(one.basic is None for one in headers),
        "has_joined": any(one.basic is None and one.header.fixed is None for one in headers),
        "body": CText("\n        ").join(lines) if form is not None else message.text,
        "parts": [line for part in parts for line in _part(part, message)],
    }


def _leaf(leaf: Leaf) -> tuple[CText, ...]:
    """cJSON gives NULL for what is absent, and takes it where it looks into something."""
    match leaf.kind:
        case Kind.STRING:
            local = CText("const char *{name} = cJSON_GetStringValue({value});")
            return local, CText('printf("{bare} = %s\\n", {name} ? {name} : "null");')
        case Kind.INTEGER:
            local = CText("long long {name} = integer_of({value});")
            return local, CText('printf("{bare} = %lld\\n", {name});')
        case Kind.NUMBER:
            local = CText("double {name} = number_of({value});")
            return local, CText('printf("{bare} = %.17g\\n", {name});')
        case Kind.BOOLEAN:
            local = CText("int {name} = cJSON_IsTrue({value});")
            return local, CText('printf("{bare} = %s\\n", {name} ? "true" : "false");')
        case Kind.ANY:
            local = CText("const char *{name} = text_of({value});")
            return local, CText('printf("{bare} = %s\\n", {name});')
        case _:
            assert_never(leaf.kind)


LANGUAGE = CodeLanguage(
    key="c-libcurl",
    title="C with libcurl",
    suffix=".c",
    template="c-libcurl",
    reading_template="c-json",
    rules=Rules(
        spell=snake,
        reserved=frozenset(
            """auto break case char const continue default do double else enum extern float for goto if inline int long
            register restrict return short signed sizeof static struct switch typedef union unsigned void volatile while
            bool true false nullptr alignas alignof constexpr thread_local typeof asm linux unix i386
            null eof stdin stdout stderr errno main printf fprintf exit getenv malloc realloc free memcpy strlen strcmp
            fopen fread fclose fseek ftell rewind perror
            answer body code collect curl form headers line memory part received secret status text url
            joined integer_of number_of text_of""".split()
        ),
    ),
    message=MessageRules(
        spelling=Spelling(
            syntax=C,
            string=_text,
            latin1=latin1,
            plus=CText(", "),
            joined=CText("joined({}, NULL)"),
            escaped=CText("{}"),
            input=CText("const char *{name} = {value};"),
            secret=CText("const char *{name} = secret({key});"),
            basic=CText("{username}"),
        ),
        can=Capabilities(digest=True, empty_type=True, nul=False, huge=False),
        block=_text,
    ),
    reading=ReadingCode(
        root=CText("answer"),
        member=CText("cJSON_GetObjectItemCaseSensitive({parent}, {key})"),
        leaf=_leaf,
        group=CText("const cJSON *{name} = {value};"),
        array=CText("const cJSON *{array} = {value};"),
        loop=(CText("const cJSON *{name} = NULL;"), CText("cJSON_ArrayForEach({name}, {array}) {{")),
        end=(CText("}}"),),
        depth=1,
    ),
    more=_more,
).language()
