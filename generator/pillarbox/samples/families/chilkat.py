"""A sample as calls of the Chilkat library: one sequence, which each language of Chilkat's spells in its own way."""

import json
from collections.abc import Iterator
from typing import assert_never

from ..model import Group, Items, Kind, Leaf, Reading, Sample, Step
from ..naming import Names
from ..notes import lost_values, notes_of
from .chilkat_program import (
    Check,
    CheckStatus,
    Create,
    Do,
    Gap,
    Let,
    Loop,
    Note,
    Of,
    Program,
    Property,
    Put,
    Ref,
    Shape,
    Show,
    ShowText,
    Statement,
)
from .chilkat_request import PLAIN_KEY, RequestWriter

__all__ = ["RESERVED", "reading_program", "sample_program"]

_LETTERS = "IJK"
RESERVED = (
    "http", "resp", "req", "json", "queryParams", "sbResponseBody", "jResp", "respStatusCode", "success", "sbBody", "fileData",
    "url", "i", "j", "k", "valCode", "chilkat2", "os", "sys", "countI", "countJ", "countK", "count_i", "count_j", "count_k", "query_params",
    "sb_response_body", "j_resp", "resp_status_code", "sb_body", "file_data", "val_code",
)  # fmt: skip


def _path(prefix: str, key: str) -> str:
    """A path of Chilkat's: names in quotes where they are more than letters and digits."""
    name = key if PLAIN_KEY.fullmatch(key) else json.dumps(key, ensure_ascii=False)
    return f"{prefix}.{name}" if prefix else name


_GETTERS = {
    Kind.STRING: "StringOf",
    Kind.INTEGER: "IntOf",
    Kind.BOOLEAN: "BoolOf",
    Kind.NUMBER: "StringOf",
    Kind.ANY: "StringOf",
}
_SHAPES = {
    Kind.STRING: Shape.TEXT,
    Kind.INTEGER: Shape.INTEGER,
    Kind.BOOLEAN: Shape.BOOLEAN,
    Kind.NUMBER: Shape.NUMBER,
    Kind.ANY: Shape.TEXT,
}


class _Reader:
    """Paths with Chilkat's own indices I, J and K; deeper loops have none."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self.losses: list[str] = []

    def steps(self, step: Step, path: str, depth: int) -> Iterator[Statement]:
        here = path if step.key is None else _path(path, step.key)
        match step:
            case Leaf(kind=kind, names=wishes, large=large):
                name = self._names.claim(wishes)
                shape = Shape.LARGE if large and kind is Kind.INTEGER else _SHAPES[kind]
                getter = "StringOf" if shape is Shape.LARGE else _GETTERS[kind]
                yield Let(name, shape, Of("jResp", getter, (here,)))
                yield Show(name, shape)
            case Group(steps=steps):
                for one in steps:
                    yield from self.steps(one, here, depth)
            case Items() if depth >= len(_LETTERS):
                self.losses.append(
                    "Arrays in arrays in arrays in arrays are not read: Chilkat's paths have three indices."
                )
            case Items(item=item):
                letter = _LETTERS[depth]
                inner = tuple(self.steps(item, f"{here}[{letter.lower()}]", depth + 1))
                yield Loop(letter.lower(), f"count{letter}", here, "jResp", letter, inner)
            case _:
                assert_never(step)


def _read(reading: Reading, names: Names) -> tuple[tuple[Statement, ...], list[str]]:
    reader = _Reader(names)
    root = "" if isinstance(reading.root, Group) else "answer"
    steps = tuple(reader.steps(reading.root, root, 0))
    return steps, [*reader.losses, *lost_values(reading, nul=True)]


def sample_program(sample: Sample, names: Names) -> Program:
    """The whole sample."""
    writer = RequestWriter(sample.request, names)
    variables = list(writer.variables())
    before: list[Statement] = [
        *variables,
        *([Gap()] if variables else []),
        Create("http", Shape.HTTP),
        *writer.prepared(),
        *writer.sent(),
        Gap(),
        Create("sbResponseBody", Shape.BUILDER),
        Do("resp", "GetBodySb", (Ref("sbResponseBody", True),)),
        Let("respStatusCode", Shape.INTEGER, Property("resp", "StatusCode")),
        ShowText("Response Status Code = ", Ref("respStatusCode")),
        CheckStatus("resp"),
        Gap(),
    ]
    reading = sample.response.reading if sample.response is not None else None
    if sample.response is not None and sample.response.shortened:
        before.append(Note(f"Sample JSON response:\n{sample.response.shortened}"))
    after: list[Statement] = [
        ShowText("Response Body:"),
        ShowText("", Of("sbResponseBody", "GetAsString")),
    ]
    unread: list[str] = []
    if reading is not None:
        steps, unread = _read(reading, names)
        loaded = [*_loaded(reading), Put("jResp", "EmitCompact", False)]
        after = [*loaded, ShowText("Response Body:"), ShowText("", Of("jResp", "Emit")), *steps]
    notes = [Note(text) for text in (*notes_of(sample.request), *writer.losses, *unread)]
    return Program((*notes, *before, *after), tuple(writer.losses), tuple(unread))


def _loaded(reading: Reading) -> Iterator[Statement]:
    """Reads `sbResponseBody` as JSON; a response that is no object becomes a member of one, so that paths lead into it."""
    if not isinstance(reading.root, Group):
        yield Note("Chilkat's paths begin at an object, so the answer becomes a member of one.")
        yield Do("sbResponseBody", "Prepend", ('{"answer":',))
        yield Do("sbResponseBody", "Append", ("}",))
    yield Create("jResp", Shape.JSON)
    yield Do("jResp", "LoadSb", (Ref("sbResponseBody", True),))
    yield Check("jResp")


def reading_program(reading: Reading, shortened: str, names: Names) -> Program:
    """The reading code alone, of the file `answer.json`."""
    steps, losses = _read(reading, names)
    return Program(
        (
            Note(shortened),
            *(Note(loss) for loss in losses),
            Create("sbResponseBody", Shape.BUILDER),
            Do("sbResponseBody", "LoadFile", ("answer.json", "utf-8")),
            Check("sbResponseBody"),
            *_loaded(reading),
            *steps,
        ),
        unread=tuple(losses),
    )
