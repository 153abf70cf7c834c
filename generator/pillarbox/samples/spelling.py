"""How a language writes texts, locals and headers, and what its HTTP library cannot send: data of a sample language."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar, assert_never

from ..text.encoded import Encoded
from ..text.source import Syntax
from .http_message import Piece
from .model import DigestAuth, FileName, Header, Input, Request, Secret, Segment, Variable
from .naming import Names, candidates

__all__ = ["Capabilities", "Locals", "Spelling", "carried"]

Code = TypeVar("Code", bound=Encoded)

Locals = Mapping[Variable, Code]
"""The local of each variable, as code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What the library can send. A `why` is the reason that a header is left out for; empty where it is sent."""

    digest: bool = False
    """HTTP Digest."""
    own_headers: frozenset[str] = frozenset()
    """Lower-case names that the library keeps for itself."""
    body_headers: frozenset[str] = frozenset()
    """Lower-case names that are sent beside a body alone."""
    own_why: str = "only the library itself sets it"
    latin1_why: str = ""
    """Letters beyond ASCII in a header."""
    empty_why: str = ""
    """A header without a value; not `Content-Type` where `empty_type` gives it a meaning."""
    repeated_why: str = ""
    """A second header of one name."""
    repeats_own: bool = False
    """Names that begin with `x-` may come more than once all the same."""
    typed: bool = True
    """The type of a body is a header like the others; False where the template sets it."""
    empty_type: bool = False
    """An empty `Content-Type` tells the library to send none of its own."""
    nul: bool = True
    """Texts of a response keep NUL characters."""
    huge: bool = True
    """Integers of a response keep more than 53 bits."""


def carried(
    headers: Iterable[Header], can: Capabilities, losses: list[str], *, has_body: bool = True
) -> Iterator[Header]:
    """The headers that a library sends; a sentence for each other one goes to `losses`."""
    seen: set[str] = set()
    for header in headers:
        folded = header.name.lower()
        refused = not has_body and folded in can.body_headers
        why = can.own_why if refused else _why_not(header, can, seen)
        if why:
            losses.append(f"The header {header.name} is left out: {why}.")
        else:
            seen.add(folded)
            yield header


def _why_not(header: Header, can: Capabilities, seen: set[str]) -> str:
    folded = header.name.lower()
    if folded in can.own_headers:
        return can.own_why
    keeps_type = can.empty_type and folded == "content-type"
    if can.empty_why and header.fixed == "" and not keeps_type:
        return can.empty_why
    if can.latin1_why and any(isinstance(one, str) and not one.isascii() for one in header.value):
        return can.latin1_why
    if folded in seen and not (can.repeats_own and folded.startswith("x-")):
        return can.repeated_why
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling(Generic[Code]):
    """How a language whose texts are joined by an operator or by a function writes texts and locals."""

    syntax: Syntax[Code]
    string: Callable[[str], Code] | None = None
    """The literal of a text, where it is not `syntax.string`."""
    latin1: Callable[[str], Code] | None = None
    """The literal of a text beyond ASCII that travels in Latin-1, where it is another one."""
    sigil: str = ""
    """What a local begins with: `$`."""
    plus: Code
    """Between two texts: ` + `."""
    joined: Code | None = None
    """A function around several texts: `paste0({})`."""
    escaped: Code
    """A value of the path: `encodeURIComponent({})`."""
    queried: Code | None = None
    """A value of the query, where `escaped` is for the path alone."""
    input: Code
    """A local with a text: `const {name} = {value};`."""
    secret: Code
    """A local of the environment: `const {name} = process.env[{key}] ?? "";`; `{bare}` is the key as a name, `{missing}`
    the literal of a message that it is not set."""
    basic: Code | None = None
    """The value of `Authorization` for HTTP Basic, where it is a header like the others: `{username}`, `{password}`."""
    declares_digest: bool = True
    """Whether the secrets of HTTP Digest become locals."""

    def literal(self, text: str) -> Code:
        """The literal of a text."""
        return self.string(text) if self.string is not None else self.syntax.string(text)

    def local(self, name: str) -> Code:
        """A local."""
        return self.syntax.name(name, self.sigil)

    def declared(self, request: Request, names: Names) -> tuple[dict[Variable, Code], tuple[Code, ...]]:
        """The name of each variable, and the lines that give them their values."""
        found: dict[Variable, Code] = {}
        lines: list[Code] = []
        auth = tuple(one for one in request.auth if self.declares_digest or not isinstance(one, DigestAuth))
        for variable in replace(request, auth=auth).variables:
            name = found[variable] = self.local(names.claim(candidates(variable)))
            match variable:
                case Input(value=value) | FileName(path=value):
                    lines.append(self.input.format(name=name, value=self.literal(value)))
                case Secret(environment=variable_name):
                    key, bare = self.literal(variable_name), self.syntax.name(variable_name)
                    missing = self.literal(f"{variable_name} is not set")
                    lines.append(self.secret.format(name=name, key=key, bare=bare, missing=missing))
                case _:
                    assert_never(variable)
        return found, tuple(lines)

    def text(self, pieces: Sequence[Piece], found: Locals[Code]) -> Code:
        """A text with variables, as a sum."""
        made: list[Code] = []
        escaped = self.escaped
        for piece in pieces or ("",):
            match piece:
                case str():
                    made.append(self.literal(piece))
                    if "?" in piece:
                        escaped = self.queried or escaped
                case Segment(variable):
                    made.append(escaped.format(found[variable]))
                case _:
                    made.append(found[piece])
        whole = self.plus.join(made)
        return self.joined.format(whole) if self.joined is not None and len(made) > 1 else whole

    def header(self, text: str) -> Code:
        """The literal of a text in a header."""
        if self.latin1 is not None and not text.isascii():
            return self.latin1(text)
        return self.literal(text)
