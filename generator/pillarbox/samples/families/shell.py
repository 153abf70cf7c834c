"""What the samples for bash share: variables, bodies, the program around the call, and the reading of a response with jq."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from ...render.environment import environment, render
from ...text.shell import SHELL, ShellText, expanded, holds_nul, printed, quoted, word
from ..http_message import BOUNDARY, Piece, part_head
from ..language import Language, Rendered
from ..model import (
    FileName,
    FilePart,
    Group,
    Input,
    Items,
    KeyQuery,
    Leaf,
    Reading,
    Request,
    Sample,
    Secret,
    Segment,
    Step,
    TextPart,
    Variable,
)
from ..naming import Names, Rules, candidates, snake
from ..notes import lost_values, notes_of

__all__ = ["Call", "ShellNames", "address", "fits_argument", "multipart_lines", "shell", "written_body"]

_LONGEST_ARGUMENT = 100_000
"""Linux takes 131,072 bytes in one argument."""

ShellNames = dict[Variable, str]
"""The local of each variable."""

_RULES = Rules(
    spell=snake,
    reserved=frozenset(
        """if then else elif fi for while until do done case esac function select time in coproc
        answer status field encode curl wget http jq echo printf read exit set trap local declare export eval test
        path shift source type ulimit umask unset wait kill jobs let hash help history cd pwd""".split()
    ),
)

_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_JQ_WORDS = frozenset(
    "and as catch def elif else end foreach if import include label module not or reduce then try".split()
)


def _word_pieces(pieces: Sequence[Piece], names: ShellNames) -> list[str | ShellText]:
    found: list[str | ShellText] = []
    for piece in pieces:
        match piece:
            case str():
                found.append(piece)
            case Segment(variable):
                found.append(ShellText('$(encode "{}")').format(expanded(names[variable])))
            case _:
                found.append(expanded(names[piece]))
    return found


def address(pieces: Sequence[Piece], names: ShellNames) -> ShellText:
    """A text with variables as one word."""
    return word(_word_pieces(pieces, names))


def _variable_lines(request: Request, names: Names) -> tuple[ShellNames, tuple[ShellText, ...]]:
    """The name of each variable, and the assignments."""
    found: ShellNames = {}
    lines: list[ShellText] = []
    for variable in request.variables:
        name = found[variable] = names.claim(candidates(variable))
        match variable:
            case Input(value=value) | FileName(path=value):
                lines.append(ShellText("{}={}").format(SHELL.name(name), quoted(value.replace("\0", ""))))
            case Secret(environment=environment):
                pattern = ShellText("{}=${{{}:?is not set}}")
                lines.append(pattern.format(SHELL.name(name), SHELL.name(environment)))
    return found, tuple(lines)


def fits_argument(text: str) -> bool:
    """Whether a text can be an argument of a process."""
    return not holds_nul(text) and len(text.encode("utf-8", "replace")) <= _LONGEST_ARGUMENT


def written_body(text: str) -> ShellText:
    """The line that writes a text to the file `$body`."""
    return ShellText('{} >"$body"').format(printed(text))


_PART = ShellText(
    "part() {{ printf -- '--%s\\r\\n%s\\r\\n\\r\\n' \"$boundary\" \"$1\"; cat; printf '\\r\\n'; }}"
)


def multipart_lines(parts: Sequence[TextPart | FilePart], names: ShellNames) -> ShellText:
    """The lines that write the body to the file `$body`."""
    lines = [ShellText("boundary={}").format(word([BOUNDARY])), _PART.format(), ShellText("{")]
    for part in parts:
        head = word(
            [piece if isinstance(piece, str) else expanded(names[piece]) for piece in part_head(part)]
        )
        match part:
            case TextPart(value=value):
                lines.append(ShellText("  {} | part {}").format(printed(value), head))
            case FilePart(file=file):
                lines.append(ShellText('  part {} <"{}"').format(head, expanded(names[file])))
    lines += [ShellText("  printf -- '--%s--\\r\\n' \"$boundary\""), ShellText('} >"$body"')]
    return SHELL.lines((0, line) for line in lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """The call of the tool that sends."""

    arguments: tuple[ShellText, ...]
    body: ShellText | None = None
    """What writes the file `$body`, where one is needed."""
    losses: tuple[str, ...] = ()
    """What it does not send, a sentence each."""


def shell(
    key: str, title: str, call: Callable[[Request, ShellNames], Call], taken: tuple[str, ...] = ()
) -> Language:
    """A language that calls a tool; `taken` are names that its template declares."""

    def rendered(sample: Sample) -> Rendered:
        names = Names(_RULES, taken)
        found, variables = _variable_lines(sample.request, names)
        made = call(sample.request, found)
        reading = sample.response.reading if sample.response is not None else None
        shortened = sample.response.shortened if sample.response is not None else ""
        unread = tuple(lost_values(reading, nul=True, huge=True))
        text = render(
            environment(ShellText),
            f"samples/{key}.jinja",
            ShellText,
            title=SHELL.comment(sample.title),
            notes=[SHELL.comment(note) for note in (*notes_of(sample.request), *made.losses, *unread)],
            variables=variables,
            encodes=_escapes(sample.request),
            body=made.body,
            arguments=ShellText(" \\\n  ").join(made.arguments),
            shortened=SHELL.comments(shortened) if shortened else (),
            reading=_reading_lines(reading, names) if reading is not None else None,
        )
        return Rendered(text, made.losses, unread)

    return Language(key, title, ".sh", rendered, _read_alone)


def _escapes(request: Request) -> bool:
    """Whether a value of the URL is escaped when the script runs."""
    has_key = any(isinstance(auth, KeyQuery) for auth in request.auth)
    return has_key or any(isinstance(piece, Segment) for piece in request.address)


def _below(path: str, key: str | None) -> str:
    """The jq filter of a member."""
    if key is None:
        return path
    if _PLAIN_KEY.fullmatch(key) and key not in _JQ_WORDS:
        return f"{path}.{key}" if path != "." else f".{key}"
    # JSON escapes every backslash, so that no `\(` is left for jq to fill in.
    return f"{path}[{json.dumps(key)}]"


_Value = tuple[str, str]
"""The name of a local and the filter of its value."""


class _ShellSteps:
    """One call of jq for each value outside of loops, and one for each loop."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def lines(self, step: Step, path: str, source: ShellText, depth: int) -> Iterator[tuple[int, ShellText]]:
        """What reads a step of the document that `source` gives to jq."""
        match step:
            case Leaf(key=key, names=wishes):
                name = self._names.claim(wishes)
                pattern = ShellText("field {} {} {}")
                yield depth, pattern.format(SHELL.name(name), quoted(_below(path, key)), source)
                yield depth, _shown(name)
            case Group(key=key, steps=steps):
                for one in steps:
                    yield from self.lines(one, _below(path, key), source, depth)
            case Items():
                yield from self._loop(step, _below(path, step.key), source, depth)
            case _:
                assert_never(step)

    def _loop(
        self, items: Items, path: str, source: ShellText, depth: int
    ) -> Iterator[tuple[int, ShellText]]:
        values: list[_Value] = []
        shown: list[str | tuple[Items, str]] = []
        for step, below in _flat(items.item, "."):
            name = self._names.claim(step.names)
            shown.append(name if isinstance(step, Leaf) else (step, name))
            values.append((name, below if isinstance(step, Leaf) else f"({below} // [])"))
        filters = ", ".join(below for _, below in values)
        text = f'({path} // [])[] | ({filters}) | tostring + "\\u0000"'
        reads = [ShellText("IFS= read -r -d '' {}").format(SHELL.name(name)) for name, _ in values]
        yield depth, ShellText("while {}; do").format(ShellText(" && ").join(reads))
        for one in shown:
            if isinstance(one, str):
                yield depth + 1, _shown(one)
            else:
                here = ShellText('<<<"{}"').format(expanded(one[1]))
                yield from self._loop(one[0], ".", here, depth + 1)
        yield depth, ShellText("done < <(jq -j {} {})").format(quoted(text), source)


def _flat(step: Step, path: str) -> Iterator[tuple[Leaf | Items, str]]:
    """Values and arrays of one item, with their filters."""
    match step:
        case Leaf(key=key) | Items(key=key):
            yield step, _below(path, key)
        case Group(key=key, steps=steps):
            for one in steps:
                yield from _flat(one, _below(path, key))
        case _:
            assert_never(step)


def _shown(name: str) -> ShellText:
    return ShellText('echo "{} = {}"').format(SHELL.name(name), expanded(name))


def _reading_lines(reading: Reading, names: Names) -> ShellText:
    """The code that reads a response from the file `$answer`."""
    return SHELL.lines(_ShellSteps(names).lines(reading.root, ".", ShellText('"$answer"'), 0), "  ")


def _read_alone(reading: Reading, shortened: str) -> Rendered:
    """The reading code alone: the same for every tool that sends."""
    losses = tuple(lost_values(reading, nul=True, huge=True))
    return Rendered(
        render(
            environment(ShellText),
            "samples/jq.jinja",
            ShellText,
            shortened=SHELL.comments(shortened),
            notes=[SHELL.comment(loss) for loss in losses],
            reading=_reading_lines(reading, Names(_RULES)),
        ),
        unread=losses,
    )
