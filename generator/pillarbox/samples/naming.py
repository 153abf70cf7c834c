"""Names of locals under the rules of one language."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ..naming.words import split_words
from .model import FileName, Input, Secret, Variable

__all__ = ["Names", "Rules", "camel", "candidates", "snake", "upper"]

Words = Sequence[str]


def snake(words: Words) -> str:
    """`user_id`."""
    return "_".join(words)


def camel(words: Words) -> str:
    """`userId`."""
    return words[0] + "".join(word[:1].upper() + word[1:] for word in words[1:])


def upper(words: Words) -> str:
    """`USER_ID`."""
    return "_".join(words).upper()


def candidates(variable: Variable) -> tuple[Words, ...]:
    """Names for the local of a variable, best first."""
    own = split_words(variable.wire) or ("value",)
    match variable:
        case Input():
            return (own, (*own, "value"))
        case Secret():
            return (own, (*own, "secret"))
        case FileName():
            return ((*own, "path"),) if own != ("file",) else (("file", "path"),)


@dataclass(frozen=True, slots=True)
class Rules:
    """How a language spells its locals, and which names are taken in it."""

    spell: Callable[[Words], str]
    reserved: frozenset[str]
    """Words of the language, and what the template itself declares."""
    case_matters: bool = True
    longest: int = 40
    prefix: str = "v"
    """Put before a name that begins with a digit."""

    def folded(self, name: str) -> str:
        """The name as the language compares it."""
        return name if self.case_matters else name.lower()


class Names:
    """The names of one sample: no two things have the same."""

    def __init__(self, rules: Rules, taken: Iterable[str] = ()) -> None:
        self._rules = rules
        self._taken = {rules.folded(name) for name in (*rules.reserved, *taken)}

    def claim(self, wanted: Iterable[Words]) -> str:
        """The first candidate that is free, else the first one with a number."""
        wishes = [self._spelled(words) for words in wanted]
        for wish in wishes:
            if self._rules.folded(wish) not in self._taken:
                return self._taken_now(wish)
        number = 2
        while self._rules.folded(name := f"{wishes[0][: self._rules.longest - 4]}{number}") in self._taken:
            number += 1
        return self._taken_now(name)

    def _taken_now(self, name: str) -> str:
        self._taken.add(self._rules.folded(name))
        return name

    def _spelled(self, words: Words) -> str:
        name = self._rules.spell([word for word in words if word] or ["value"])
        if name[0].isdigit():
            name = self._rules.spell([self._rules.prefix, *words])
        return name[: self._rules.longest].rstrip("_")
