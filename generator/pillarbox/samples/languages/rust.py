"""Rust with ureq and serde_json."""

from collections.abc import Mapping, Sequence
from typing import assert_never

from ...text.rust import RUST, RustText, body, pattern
from ..code_language import CodeLanguage
from ..code_message import Message, MessageRules
from ..http_message import Piece, disposition, url_of
from ..model import (
    FileName,
    FilePart,
    FormContent,
    Input,
    Kind,
    Leaf,
    MultipartContent,
    Pair,
    Request,
    Secret,
    Segment,
    TextPart,
    Variable,
)
from ..naming import Rules, snake
from ..reader_code import ReadingCode
from ..spelling import Capabilities, Locals, Spelling

__all__ = ["LANGUAGE"]


class _Borrowed(Spelling[RustText]):
    """Texts as `&str`: a literal, a local, or a call of `format!`."""

    def text(self, pieces: Sequence[Piece], found: Locals[RustText]) -> RustText:
        match tuple(pieces):
            case ():
                return RUST.string("")
            case (str() as text,):
                return RUST.string(text)
            case (Input() | Secret() | FileName() as variable,):
                return _borrowed(variable, found)
            case _:
                return RustText("&{}").format(_formatted(pieces, found))


def _borrowed(variable: Variable, found: Locals[RustText]) -> RustText:
    local = found[variable]
    return RustText("&{}").format(local) if isinstance(variable, Secret) else local


def _formatted(pieces: Sequence[Piece], found: Locals[RustText]) -> RustText:
    """A call of `format!`."""
    fixed: list[RustText] = []
    filled: list[RustText] = []
    for piece in pieces:
        match piece:
            case str():
                fixed.append(pattern(piece))
                continue
            case Segment(variable):
                escaped = RustText("utf8_percent_encode({}, NON_ALPHANUMERIC)")
                filled.append(escaped.format(_borrowed(variable, found)))
            case _:
                filled.append(found[piece])
        fixed.append(RustText("{}"))
    return RustText('format!("{}", {})').format(RustText("").join(fixed), RustText(", ").join(filled))


def _takes_pairs(request: Request, has_key: bool) -> bool:
    """`query` writes a space as `+`, which only forms know."""
    pairs = [piece for piece in request.query if isinstance(piece, Pair)]
    spaced = any(" " in pair.name + pair.value for pair in pairs)
    return len(pairs) == len(request.query) and not has_key and not spaced


def _part(part: TextPart | FilePart, message: Message[RustText]) -> RustText:
    kind = f"\r\nContent-Type: {part.content_type}" if part.content_type else ""
    first, *rest = disposition(part)
    pieces = [str(first).removeprefix("form-data; "), *rest]
    pieces[-1] = f"{pieces[-1]}{kind}"
    head = message.spelling.text(pieces, message.locals)
    match part:
        case TextPart(value=value):
            content = RustText("{}.as_bytes()").format(RUST.string(value))
        case FilePart(file=file):
            content = RustText("&std::fs::read({})?").format(message.locals[file])
        case _:
            assert_never(part)
    return RustText("part(&mut body, {}, {});").format(head, content)


def _more(message: Message[RustText]) -> Mapping[str, object]:
    request, content = message.request, message.request.content
    takes_pairs = _takes_pairs(request, message.has_query_key)
    pieces = request.address if takes_pairs else url_of(request)
    fixed = [piece for piece in pieces if isinstance(piece, str)]
    is_text = len(fixed) == len(pieces)
    is_form = isinstance(content, FormContent) and content.media_type == "application/x-www-form-urlencoded"
    parts = content.parts if isinstance(content, MultipartContent) else ()
    return {
        "url": RUST.string("".join(fixed)) if is_text else _formatted(pieces, message.locals),
        "url_is_text": is_text,
        "pairs": message.query if takes_pairs else (),
        "parts": [_part(part, message) for part in parts],
        "media_type": None if is_form else message.media_type,
    }


def _leaf(leaf: Leaf) -> tuple[RustText, ...]:
    """serde_json gives null for what is absent, and takes it where it looks into something."""
    shown = RustText('println!("{bare} = {{{name}}}");')
    match leaf.kind:
        case Kind.STRING if leaf.optional:
            shown = RustText('println!("{bare} = {{}}", {name}.unwrap_or("null"));')
            return RustText("let {name} = {value}.as_str();"), shown
        case Kind.STRING:
            return RustText("let {name} = {value}.as_str().unwrap_or_default();"), shown
        case Kind.INTEGER:
            return RustText("let {name} = {value}.as_i64().unwrap_or_default();"), shown
        case Kind.NUMBER:
            shown = RustText('println!("{bare} = {{{name}:?}}");')
            return RustText("let {name} = {value}.as_f64().unwrap_or_default();"), shown
        case Kind.BOOLEAN:
            return RustText("let {name} = {value}.as_bool().unwrap_or_default();"), shown
        case Kind.ANY:
            return RustText("let {name} = text_of(&{value});"), shown
        case _:
            assert_never(leaf.kind)


LANGUAGE = CodeLanguage(
    key="rust",
    title="Rust with ureq",
    suffix=".rs",
    template="rust",
    reading_template="rust-json",
    rules=Rules(
        spell=snake,
        reserved=frozenset(
            """as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod
            move mut pub ref return self static struct super trait true type union unsafe use where while abstract become
            box do final gen macro override priv try typeof unsized virtual yield str bool char string u8 i64 f64
            main std ureq serde_json base64 percent_encoding answer body boundary error part response sent status text_of
            url value vec""".split()
        ),
    ),
    message=MessageRules(
        spelling=_Borrowed(
            syntax=RUST,
            plus=RustText(""),
            escaped=RustText("{}"),
            input=RustText("let {name} = {value};"),
            secret=RustText("let {name} = std::env::var({key}).expect({missing});"),
            basic=RustText(
                '&format!("Basic {{}}", base64::encode(format!("{{}}:{{}}", {username}, {password})))'
            ),
        ),
        can=Capabilities(
            typed=False,
            latin1_why="ureq sends none like it",
            repeated_why="ureq sends none like it",
            repeats_own=True,
        ),
        block=body,
    ),
    reading=ReadingCode(
        root=RustText("answer"),
        member=RustText("{parent}[{key}]"),
        leaf=_leaf,
        group=RustText("let {name} = &{value};"),
        loop=(RustText("for {name} in {value}.as_array().into_iter().flatten() {{"),),
        end=(RustText("}}"),),
        depth=1,
    ),
    more=_more,
).language()
