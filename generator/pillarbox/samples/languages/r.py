"""R with httr2 and jsonlite."""

from collections.abc import Iterator, Mapping, Sequence

from ...text.rlang import R, RCode, body, raw_bytes
from ..code_language import CodeLanguage
from ..code_message import Message, MessageRules, Part
from ..model import FileName, FilePart, MultipartContent, Secret, TextPart
from ..naming import Rules, snake
from ..reader_code import ReadingCode, always
from ..spelling import Capabilities, Spelling

__all__ = ["LANGUAGE"]


def _string(text: str) -> RCode:
    """No text of R holds a NUL character, so it is left out."""
    return R.string(text.replace("\0", ""))


def _block(text: str) -> RCode:
    return raw_bytes(text) if "\0" in text else body(text)


def _member(parent: RCode, key: str) -> RCode:
    if not key:
        return RCode('{}[[match("", names({}))]]').format(parent, parent)
    # No name of R holds a NUL character: jsonlite ends the text there.
    return RCode("{}[[{}]]").format(parent, R.string(key.partition("\0")[0]))


def _are_arguments(parts: Sequence[TextPart | FilePart]) -> bool:
    """True where `req_body_multipart` sends them all: for an empty text curl 5.0 sends whatever its memory holds."""
    named = all(part.name and "\0" not in part.name for part in parts)
    return named and all(part.value for part in parts if isinstance(part, TextPart))


def _field(part: TextPart | FilePart, code: Part[RCode]) -> RCode:
    """An argument of `req_body_multipart`."""
    kind = RCode(", type = {}").format(code.media_type) if part.content_type else RCode("")
    if isinstance(part, FilePart):
        return RCode("{} = curl::form_file({}{})").format(code.name, code.file, kind)
    value = raw_bytes(part.value) if "\0" in part.value else code.value
    return RCode("{} = curl::form_data({}{})").format(code.name, value, kind)


def _written(part: TextPart | FilePart, code: Part[RCode]) -> RCode:
    """A part as bytes."""
    if isinstance(part, FilePart):
        pattern = RCode('charToRaw({}), readBin({}, "raw", file.size({})), charToRaw("\\r\\n"),')
        return pattern.format(code.framed, code.file, code.file)
    return RCode("charToRaw({}), {},").format(code.framed, raw_bytes(f"{part.value}\r\n"))


def _losses(message: Message[RCode]) -> Iterator[str]:
    for variable in message.locals:
        match variable:
            case Secret():
                continue
            case FileName(path=value):
                pass
            case _:
                value = variable.value
        if "\0" in value:
            yield f"NUL characters are left out of {variable.wire}: R has none."


def _more(message: Message[RCode]) -> Mapping[str, object]:
    message.losses[:0] = _losses(message)
    content = message.request.content
    parts = content.parts if isinstance(content, MultipartContent) else ()
    headers = [RCode("{} = {}").format(one.name, one.value) for one in message.headers]
    return {
        "headers": RCode(", ").join(headers) if headers else None,
        "as_arguments": _are_arguments(parts),
        "fields": RCode(",\n    ").join(map(_field, parts, message.parts)),
        "written": tuple(map(_written, parts, message.parts)),
    }


LANGUAGE = CodeLanguage(
    key="r",
    title="R with httr2",
    suffix=".R",
    template="r",
    reading_template="r-json",
    rules=Rules(
        spell=snake,
        reserved=frozenset(
            """if else repeat while function for next break in TRUE FALSE NULL Inf NaN NA T F
            answer body escape req resp secret shown text url""".split()
        ),
    ),
    message=MessageRules(
        spelling=Spelling(
            syntax=R,
            string=_string,
            plus=RCode(", "),
            joined=RCode("paste0({})"),
            escaped=RCode("escape({})"),
            input=RCode("{name} <- {value}"),
            secret=RCode("{name} <- secret({key})"),
        ),
        can=Capabilities(
            empty_type=True,
            empty_why="httr2 sends none that is empty",
            latin1_why="httr2 sends headers in UTF-8",
            nul=False,
        ),
        block=_block,
    ),
    reading=ReadingCode(
        root=RCode("answer"),
        member=_member,
        leaf=always(RCode("{name} <- {value}"), RCode('cat("{bare} = ", shown({name}), "\\n", sep = "")')),
        group=RCode("{name} <- {value}"),
        loop=(RCode("for ({name} in {value}) {{"),),
        end=(RCode("}}"),),
        indent="  ",
    ),
    more=_more,
).language()
