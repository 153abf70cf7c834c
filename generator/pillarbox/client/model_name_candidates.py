"""What a model may be called, best first, from its site."""

import re
from collections.abc import Iterable, Iterator, Sequence

from ..model.types import Schema
from ..naming.candidates import Candidate, Reason, distinct
from ..naming.inflections import Inflections
from ..naming.verbs import LISTING
from ..naming.words import Kind, pascal, shorter_names, split_words, valid_name
from .model_sites import ERROR, ITEM, TITLED, Site
from .operation_nouns import subject_of
from .union_members import joined_words

__all__ = [
    "LONGEST",
    "bare_noun",
    "bases",
    "document_candidates",
    "inside_candidates",
    "name_candidates",
    "named_by_union",
    "nested_candidates",
    "root_candidates",
    "schema_candidates",
]

_VERSION = re.compile(r"v\d+\w*", re.IGNORECASE)
LONGEST = 45
"""A name that is put together has at most so many letters."""
_LONGEST_GIVEN = 49
"""One that the document gives may be a little longer."""
_STEPS = 4
"""Fields that lead to an object and are named in its name."""


def name_candidates(
    found: Iterable[tuple[str, Reason]], source: str, *, longest: int = LONGEST, kind: Kind = "model"
) -> list[Candidate]:
    """Each name that is short enough, and each other without words of its middle; after all, with other words of it."""
    first: list[Candidate] = []
    last: list[Candidate] = []
    for name, why in found:
        shorter = shorter_names(name or "Item", kind, longest)
        names = [
            Candidate(valid_name(one, kind), why, source, shortened=len(one) < len(name)) for one in shorter
        ]
        first += names[:1]
        last += names[1:]
    return distinct([*first, *last])


def _chain(site: Site) -> list[str]:
    """The fields that lead to a site."""
    return [noun.lstrip(TITLED) for noun in site.nouns if not noun.startswith("\0") and split_words(noun)]


def named_by_union(site: Site) -> str:
    """The name of a member of a union that has one, or of what is in the member; empty for what is in no such union."""
    at = max((number for number, noun in enumerate(site.nouns) if noun.startswith(TITLED)), default=None)
    if at is None:
        return ""
    below = [noun for noun in site.nouns[at + 1 :] if split_words(noun)]
    return _continued(pascal(site.nouns[at]), below)


def _union_candidates(site: Site) -> list[Candidate]:
    name = named_by_union(site)
    endings = ("", "Input") if site.body and name else ("",) if name else ()
    return name_candidates(((name + ending, Reason.UNION) for ending in endings), name)


def _member(site: Site) -> tuple[str, ...]:
    """What tells it from other members of a union that is a whole response or body."""
    return tuple(
        word for noun in site.nouns if noun.startswith("\0") and noun != ITEM for word in split_words(noun)
    )


def root_candidates(site: Site, inflections: Inflections) -> list[Candidate]:
    """Names for a whole response, or its items."""
    subject = subject_of(site.operation, inflections)
    is_item, is_list = ITEM in site.nouns, subject.verb in LISTING
    if is_item or is_list:
        subject = subject.singular(inflections)
    own = ("list",) if is_list and not is_item else ()
    member = _member(site)
    nouns = [joined_words(noun, member) if member else (*noun, *own) for noun in subject.nouns]
    doing = [(*subject.doing(noun), *member) for noun in subject.nouns]
    if is_list and not is_item:
        doing = [(*words[:-1], inflections.plural(words[-1])) for words in doing]
    ending = "Item" if is_item else "Response"
    why = Reason.MEMBER if member else Reason.NOUN
    found = [
        (pascal(" ".join(noun)), Reason.RESOURCE_NOUN if number else why) for number, noun in enumerate(nouns)
    ]
    if ERROR in site.nouns:
        # Most APIs fail in one way: whatever has another shape is named after its noun.
        found.insert(0, (pascal(" ".join(member)), why))
    full = [pascal(" ".join(words)) + ending for words in doing]
    found += ((name, Reason.OPERATION) for name in full)
    if site.status is not None:
        found += ((f"{name}{site.status}", Reason.STATUS) for name in full)
    return name_candidates(found, site.operation)


def bases(site: Site, root: str | None, inflections: Inflections) -> list[str]:
    """Words to put before the name of a field, the shortest first: the root model's, the resources' too, the verb."""
    subject = subject_of(site.operation, inflections)
    nouns = [pascal(" ".join(noun)) for noun in subject.nouns]
    own = root.removesuffix("Response") if root else nouns[0]
    wider = [noun for noun in nouns if len(noun) > len(own)]
    doing = [pascal(" ".join(subject.doing(noun))) for noun in subject.nouns]
    return list(dict.fromkeys([own, *wider, *doing]))


def _continued(base: str, chain: Sequence[str]) -> str:
    """`base` and the nouns of a chain in one name, without the same word twice in a row."""
    for noun in chain:
        piece = pascal(noun)
        if piece.startswith(base):
            base = piece
        elif not base.endswith(piece):
            base += piece
    return base


def bare_noun(site: Site) -> str:
    """The noun of a site alone: `observations[]` -> `Observation`."""
    chain = _chain(site)
    if not chain:
        return ""
    return valid_name(pascal(chain[-1]) + ("Input" if site.body else ""), "model")


def nested_candidates(site: Site, bases: Sequence[str]) -> list[Candidate]:
    """Names for an object in a body: those of the fields that lead there, after what holds them."""
    chain = _chain(site)
    member = pascal(" ".join(_member(site)))
    found: list[str] = []
    for base in bases:
        if site.body and not chain:
            found += (base + member, f"{base}{member}Item")
            continue
        own = [_continued(base, chain[-length:]) for length in range(1, min(len(chain), _STEPS) + 1)]
        own = [name for name in own if name != base]
        if not own or base.startswith(pascal(chain[-1])):
            own.insert(0, f"{base}Item")
        found += own
    if site.body:
        found = [name + "Input" for name in found]
    why, source = (Reason.FIELD, chain[-1]) if chain else (Reason.PARENT, site.operation)
    return distinct([*_union_candidates(site), *name_candidates(((name, why) for name in found), source)])


def schema_candidates(schema: Schema) -> list[Candidate]:
    """Names for a named object: its own; of a path of names the last step (and a version before it) first."""
    ending = "Input" if schema.for_request else ""
    return document_candidates(schema.name, ending)


def document_candidates(name: str, ending: str = "") -> list[Candidate]:
    """Names for what the document gives this name to."""
    steps = [step for step in name.split(".") if split_words(step)]
    texts = [(name, Reason.SCHEMA)]
    if len(steps) > 2:
        last = 2 if _VERSION.fullmatch(steps[-2]) else 1
        ends = (" ".join(steps[-last:]), " ".join(steps[-last - 1 :]))
        texts = [*((text, Reason.SCHEMA_END) for text in ends), *texts]
    return name_candidates(
        ((pascal(text) + ending, why) for text, why in texts), name, longest=_LONGEST_GIVEN
    )


def inside_candidates(site: Site, top: str) -> list[Candidate]:
    """Names for an object within a named one: that one's name and those of all fields that lead there.

    All, because the shorter name would depend on which other fields there are; too long a name has the last alone.
    """
    chain = _chain(site)
    found = [name for name in _chained(top, chain) if name != top] or [f"{top}Item"]
    why, source = (Reason.FIELD, chain[-1]) if chain else (Reason.PARENT, top)
    return distinct([*_union_candidates(site), *name_candidates(((name, why) for name in found), source)])


def _chained(top: str, chain: Sequence[str]) -> Iterator[str]:
    whole = _continued(top, chain)
    if len(whole) <= LONGEST:
        yield whole
    for length in range(1, len(chain)):
        yield _continued(top, chain[-length:])
    yield whole
