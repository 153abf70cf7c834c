"""Walks the steps that read a response. A language defines how one value, one object and one array are read."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar, assert_never

from ..text.encoded import Encoded
from .model import Group, Items, Kind, Leaf, Reading, Step
from .naming import Names
from .spelling import Spelling

__all__ = [
    "Declared",
    "Line",
    "Opened",
    "PatternSteps",
    "ReadingCode",
    "Reads",
    "Steps",
    "always",
    "reads_of",
]

Code = TypeVar("Code", bound=Encoded)
Source = TypeVar("Source")

Line = tuple[int, Code]
"""A line and its depth."""


@dataclass(frozen=True, slots=True)
class Opened(Generic[Code, Source]):
    """The lines around the steps of an object or of an array's item."""

    source: Source
    """Where the steps inside read from."""
    before: Sequence[Code] = ()
    inside: Sequence[Code] = ()
    """First lines one level deeper, such as the item's own variable."""
    after: Sequence[Code] = ()
    deeper: bool = False
    """True where the steps are one level deeper, as in a loop."""


class Steps(ABC, Generic[Code, Source]):
    """The reading code of one language.

    `Source` is where a value is read from: an expression, a path.
    """

    def __init__(self, names: Names) -> None:
        self.names = names

    @abstractmethod
    def leaf(self, leaf: Leaf, parent: Source) -> Sequence[Code]:
        """Read a scalar into a typed local and print `name = value`, a line each."""

    @abstractmethod
    def group(self, group: Group, parent: Source) -> Opened[Code, Source]:
        """Enter an object. Where it is optional its members are too, so an empty object may replace it."""

    @abstractmethod
    def items(self, items: Items, parent: Source) -> Opened[Code, Source]:
        """Loop over an array. Where it is optional an empty one may replace it."""

    def lines(self, reading: Reading, root: Source, depth: int = 0) -> list[Line[Code]]:
        """All steps, from the whole response at `root`."""
        return list(self._lines(reading.root, root, depth))

    def _lines(self, step: Step, parent: Source, depth: int) -> Iterator[Line[Code]]:
        match step:
            case Leaf():
                yield from ((depth, line) for line in self.leaf(step, parent))
            case Group(steps=steps):
                inner = tuple(replace(one, optional=True) for one in steps) if step.optional else steps
                yield from self._inside(self.group(step, parent), inner, depth)
            case Items(item=item):
                yield from self._inside(self.items(step, parent), (item,), depth)
            case _:
                assert_never(step)

    def _inside(
        self, opened: Opened[Code, Source], steps: Sequence[Step], depth: int
    ) -> Iterator[Line[Code]]:
        yield from ((depth, line) for line in opened.before)
        below = depth + opened.deeper
        yield from ((below, line) for line in opened.inside)
        for step in steps:
            yield from self._lines(step, opened.source, below)
        yield from ((depth, line) for line in opened.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingCode(Generic[Code]):
    """How a language reads a response, as patterns. Fields: `{parent}` and `{key}` of a member; else `{name}`, a local,
    and `{value}`, the expression that it is read from."""

    root: Code
    """The whole response."""
    member: Code | Callable[[Code, str], Code]
    """`{parent}[{key}]`, or what makes it."""
    leaf: Callable[[Leaf], tuple[Code, ...]]
    """The lines that read a scalar and print it. `{bare}` is its name without a sigil, `{label}` the literal of
    `name =`, `{start}` that of `name = `."""
    group: Code
    """The line that reads an object."""
    group_or_empty: Code | None = None
    """The same where the object may be absent or null, if it is another one."""
    root_group: bool = False
    """A response that is an object becomes a local too."""
    loop: tuple[Code, ...]
    """The head of a loop over an array."""
    loop_or_none: tuple[Code, ...] = ()
    """The same where the array may be absent or null, if it is another one."""
    end: tuple[Code, ...] = ()
    """What ends a loop."""
    array: Code | None = None
    """The line that gives an array which is a member the local `{array}`; one that is none is `{array}` itself."""
    kind: Callable[[Step], Code] | None = None
    """The type of a local, for a language that declares all of them before the code."""
    names_array: bool = False
    """The name `{array}` is taken."""
    names_item: bool = True
    """An item is called after its array, else `entry`."""
    indent: str = "    "
    depth: int = 0


def always(*lines: Code) -> Callable[[Leaf], tuple[Code, ...]]:
    """The same lines for each scalar."""
    return lambda leaf: lines


@dataclass(frozen=True, slots=True)
class Declared(Generic[Code]):
    """A local and its type."""

    name: Code
    kind: Code


class PatternSteps(Steps[Code, Code]):
    """The reading code of a language that is all patterns."""

    def __init__(self, names: Names, spelling: Spelling[Code], code: ReadingCode[Code]) -> None:
        super().__init__(names)
        self._spelling = spelling
        self._code = code
        self.declared: list[Declared[Code]] = []
        """Every local with its type, where the language declares them."""

    def _claimed(self, step: Step, wanted: Iterable[Sequence[str]]) -> str:
        name = self.names.claim(wanted)
        if self._code.kind is not None:
            self.declared.append(Declared(self._spelling.local(name), self._code.kind(step)))
        return name

    def leaf(self, leaf: Leaf, parent: Code) -> Sequence[Code]:
        bare = self._claimed(leaf, leaf.names)
        fields = {
            "name": self._spelling.local(bare),
            "bare": self._spelling.syntax.name(bare),
            "value": self._member(parent, leaf.key),
            "label": self._spelling.literal(f"{bare} ="),
            "start": self._spelling.literal(f"{bare} = "),
        }
        return [line.format(**fields) for line in self._code.leaf(leaf)]

    def group(self, group: Group, parent: Code) -> Opened[Code, Code]:
        if group.key is None and not self._code.root_group:
            return Opened(parent)
        name = self._spelling.local(self._claimed(group, group.names))
        line = self._code.group_or_empty if group.optional else None
        line = self._code.group if line is None else line
        return Opened(name, [line.format(name=name, value=self._member(parent, group.key))])

    def items(self, items: Items, parent: Code) -> Opened[Code, Code]:
        code = self._code
        fields = {"value": self._member(parent, items.key)}
        if code.names_array:
            fields["array"] = self._spelling.local(self.names.claim(items.names))
        before: list[Code] = []
        if code.array is not None:
            fields["array"] = parent
            if items.key is not None:
                fields["array"] = self._spelling.local(self.names.claim(items.names))
                before.append(code.array.format(**fields))
        wanted = items.item_names if code.names_item else [("entry",)]
        name = self._spelling.local(self._claimed(items, wanted))
        lines = (code.loop_or_none if items.optional else ()) or code.loop
        before += [line.format(name=name, **fields) for line in lines]
        return Opened(name, before, after=[line.format() for line in code.end], deeper=True)

    def _member(self, parent: Code, key: str | None) -> Code:
        if key is None:
            return parent
        if isinstance(self._code.member, Encoded):
            return self._code.member.format(parent=parent, key=self._spelling.literal(key))
        return self._code.member(parent, key)


@dataclass(frozen=True, slots=True)
class Reads:
    """What a response holds, for the functions that a sample declares to read it."""

    texts: bool
    integers: bool
    numbers: bool
    booleans: bool
    anything: bool
    members: bool
    arrays: bool


def reads_of(reading: Reading) -> Reads:
    """What is read of a response."""
    steps = list(_steps(reading.root))
    kinds = {step.kind for step in steps if isinstance(step, Leaf)}
    return Reads(
        texts=Kind.STRING in kinds,
        integers=Kind.INTEGER in kinds,
        numbers=Kind.NUMBER in kinds,
        booleans=Kind.BOOLEAN in kinds,
        anything=Kind.ANY in kinds,
        members=any(step.key is not None for step in steps),
        arrays=any(isinstance(step, Items) for step in steps),
    )


def _steps(step: Step) -> Iterator[Step]:
    yield step
    match step:
        case Leaf():
            pass
        case Group(steps=steps):
            for one in steps:
                yield from _steps(one)
        case Items(item=item):
            yield from _steps(item)
        case _:
            assert_never(step)
