"""A sample language as data: spelling, capabilities, patterns of the reading code, and a template that lays it out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from ..render.environment import environment, render
from ..text.encoded import Encoded
from .code_message import Message, MessageRules, message_of
from .language import Language, Rendered
from .model import Reading, Sample
from .naming import Names, Rules
from .notes import lost_digest, lost_values, notes_of
from .reader_code import PatternSteps, ReadingCode, reads_of

__all__ = ["CodeLanguage"]

Code = TypeVar("Code", bound=Encoded)


def _nothing(message: Message[Code]) -> Mapping[str, object]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeLanguage(Generic[Code]):
    """One language of samples.

    The template of a request prints `title`, `notes`, `variables`, `shortened`, `message` (a `Message`), `reading`
    and `reads` (None without a reading), `declared` and what `more` returns. That of a reading prints `notes`, `shortened`, `reading`,
    `reads` and `declared`; its `message` is None, so that one template may do for both.
    """

    key: str
    title: str
    suffix: str
    template: str
    """`ruby` for `templates/samples/ruby.jinja`."""
    reading_template: str
    rules: Rules
    """How locals are spelled."""
    message: MessageRules[Code]
    reading: ReadingCode[Code]
    more: Callable[[Message[Code]], Mapping[str, object]] = _nothing
    """What the template prints beside; it may add to the losses of the message."""
    typed: bool = False
    """For one template of two languages."""

    def language(self) -> Language:
        """The language, as the registry lists it."""
        return Language(self.key, self.title, self.suffix, self._render, self._read)

    def _render(self, sample: Sample) -> Rendered:
        names, can = Names(self.rules), self.message.can
        syntax = self.message.spelling.syntax
        message = message_of(sample.request, names, self.message)
        more = self.more(message)
        reading = sample.response.reading if sample.response is not None else None
        shortened = sample.response.shortened if sample.response is not None else ""
        unread = tuple(lost_values(reading, nul=not can.nul, huge=not can.huge))
        notes = (*notes_of(sample.request, digest=can.digest), *message.losses, *unread)
        made = render(
            environment(syntax.kind),
            f"samples/{self.template}.jinja",
            syntax.kind,
            title=syntax.comment(sample.title),
            notes=[syntax.comment(note) for note in notes],
            message=message,
            typed=self.typed,
            shortened=syntax.comments(shortened) if shortened else (),
            **self._reading(reading, names),
            **more,
        )
        lost = () if can.digest else tuple(lost_digest(sample.request))
        return Rendered(made, (*lost, *message.losses), unread)

    def _read(self, reading: Reading, shortened: str) -> Rendered:
        """The reading code alone."""
        can, syntax = self.message.can, self.message.spelling.syntax
        unread = tuple(lost_values(reading, nul=not can.nul, huge=not can.huge))
        made = render(
            environment(syntax.kind),
            f"samples/{self.reading_template}.jinja",
            syntax.kind,
            notes=[syntax.comment(note) for note in unread],
            message=None,
            typed=self.typed,
            shortened=syntax.comments(shortened),
            **self._reading(reading, Names(self.rules)),
        )
        return Rendered(made, unread=unread)

    def _reading(self, reading: Reading | None, names: Names) -> Mapping[str, object]:
        """What a template prints of a reading."""
        if reading is None:
            return {"reading": None, "reads": None, "declared": ()}
        code = self.reading
        steps = PatternSteps(names, self.message.spelling, code)
        lines = steps.lines(reading, code.root, code.depth)
        made = self.message.spelling.syntax.lines(lines, code.indent)
        return {"reading": made, "reads": reads_of(reading), "declared": steps.declared}
