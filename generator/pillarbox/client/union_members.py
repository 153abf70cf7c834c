"""What tells the members of a union apart, as words for their names: `PaymentSourceCard`, not `PaymentSource2`."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from ..model.types import Enumeration, Json, Nullable, Object, Type, Union
from ..naming.words import singular, split_words

__all__ = ["FieldsOf", "joined_words", "member_words"]

FieldsOf = Callable[[Type], Object | None]
"""The object that a type is, or refers to; None for any other type."""

_MANY = 4
"""More words than these are a sentence, and no name."""


def joined_words(first: Sequence[str], then: Sequence[str]) -> tuple[str, ...]:
    """Two noun phrases as one, without words twice: `source`, `card` -> source card; `account`, `bank account` -> bank
    account; `bank account`, `account holder` -> bank account holder."""
    plain, added = list(map(singular, first)), list(map(singular, then))
    if plain and added[-len(plain) :] == plain:
        return tuple(then)
    most = min(len(plain), len(added))
    shared = next((length for length in range(most, 0, -1) if plain[-length:] == added[:length]), 0)
    return (*first[: len(first) - shared], *then) if len(then) > shared else tuple(first)


def member_words(kind: Union, fields_of: FieldsOf) -> tuple[tuple[str, ...], ...]:
    """Words for each member, beside `members`; none for one that has a name of its own, or needs none.

    The value of the discriminator comes first, then a field with one value that the others do not have, the member's own
    title, and a field that the others lack, a required one before others.
    """
    objects = [fields_of(member) for member in kind.members]
    if sum(one is not None for one in objects) < 2:
        return ((),) * len(kind.members)
    tags = kind.tags or ((),) * len(kind.members)
    found: list[tuple[str, ...]] = []
    for number, member in enumerate(kind.members):
        if not isinstance(member, Object) or not member.fields:
            found.append(())
            continue
        others = [one for place, one in enumerate(objects) if place != number and one is not None]
        texts = [*tags[number][:1], *_telling(member, others)]
        if len(tags[number]) > 1:
            # One of several values says less than what is always so.
            texts = [*texts[1:], texts[0]]
        words = (split_words(text) for text in texts)
        found.append(next((one for one in words if 0 < len(one) <= _MANY), ()))
    return tuple(found)


def _telling(member: Object, others: Sequence[Object]) -> Iterator[str]:
    """Texts that tell an object from others, the best first."""
    taken = Counter((wire, str(value)) for other in others for wire, value in _constants(other).items())
    for wire, value in _constants(member).items():
        if not taken[wire, str(value)]:
            yield str(value)
    if member.title and all(member.title != other.title for other in others):
        yield member.title
    required = {field.wire for other in others for field in other.fields if field.required}
    every = {field.wire for other in others for field in other.fields}
    needed = [field.wire for field in member.fields if field.required]
    yield from (wire for wire in needed if wire not in every)
    yield from (wire for wire in needed if wire not in required)
    yield from (field.wire for field in member.fields if field.wire not in every)


def _constants(kind: Object) -> Mapping[str, Json]:
    """Fields that have one value, and that value."""
    found: dict[str, Json] = {}
    for field in kind.fields:
        plain = field.type.inner if isinstance(field.type, Nullable) else field.type
        if isinstance(plain, Enumeration) and len(plain.values) == 1 and isinstance(plain.values[0], str):
            found[field.wire] = plain.values[0]
    return found
