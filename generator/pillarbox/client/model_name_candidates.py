"""What a model may be called, best first, from its site."""

import re
from collections.abc import Sequence

from ..model.types import Schema
from ..naming.candidates import Candidate, Reason, distinct
from ..naming.inflections import Inflections
from ..naming.verbs import LISTING, READING, head_noun, split_verb
from ..naming.words import pascal, split_words, valid_name
from .model_sites import ITEM, ModelSite, singular_words

__all__ = [
    "bare_noun",
    "bases",
    "inside_candidates",
    "nested_candidates",
    "noun_words",
    "root_candidates",
    "schema_candidates",
]

_VERSION = re.compile(r"v\d+\w*", re.IGNORECASE)
_LONGEST = 45
"""A name of more letters would be cut."""


def noun_words(qualified: str, inflections: Inflections) -> tuple[str, ...]:
    """What an operation is about: `users.get_token` -> user token; `pets.find_pet_by_id` -> pet; `users.list` ->
    user."""
    *resource, method = qualified.split(".")
    verb, rest = split_verb(method)
    if (
        not verb
        and len(rest) > 1
        and resource
        and singular_words(resource[-1], inflections)[-1:] == (inflections.singular(rest[-1]),)
    ):
        # `observations.book_observation`: what comes before the resource's own noun is a verb.
        verb, rest = rest[0], rest[1:]
    rest = head_noun(rest)
    if rest:
        return rest if verb in READING | LISTING else (*rest[:-1], inflections.singular(rest[-1]))
    return singular_words(resource[-1], inflections) if resource else (method,)


def root_candidates(site: ModelSite, inflections: Inflections) -> list[Candidate]:
    """Names for a whole response, or its items."""
    *resource, method = site.operation.split(".")
    verb, rest = split_verb(method)
    noun = noun_words(site.operation, inflections)
    if ITEM in site.nouns:
        noun = (*noun[:-1], inflections.singular(noun[-1]))
    elif verb in LISTING and rest:
        noun = (*noun[:-1], inflections.singular(noun[-1]), "list")
    group = singular_words(resource[-1], inflections) if resource else ()
    wide = noun if noun[: len(group)] == group else (*group, *noun)
    ending = "Item" if ITEM in site.nouns else "Response"
    full = pascal(method) + ending
    found = [
        (pascal(" ".join(noun)), Reason.NOUN),
        (pascal(" ".join(wide)), Reason.RESOURCE_NOUN),
        (full, Reason.OPERATION),
        (pascal(" ".join(group)) + full, Reason.OPERATION),
    ]
    if site.status is not None:
        found.append((f"{full}{site.status}", Reason.STATUS))
    return [Candidate(valid_name(name, "class"), why, site.operation) for name, why in found]


def bases(site: ModelSite, root: str | None, inflections: Inflections) -> list[str]:
    """Words to put before the name of a field, the shortest first: the root model's, the resource's too, the method."""
    *resource, method = site.operation.split(".")
    noun = (
        root.removesuffix("Response") if root else pascal(" ".join(noun_words(site.operation, inflections)))
    )
    group = pascal(" ".join(singular_words(resource[-1], inflections))) if resource else ""
    wide = noun if noun.startswith(group) else group + noun
    return list(dict.fromkeys([noun, wide, pascal(method), group + pascal(method)]))


def _continued(base: str, chain: Sequence[str]) -> str:
    """`base` and the nouns of a chain in one name, without the same word twice in a row."""
    for noun in chain:
        piece = pascal(noun)
        if piece.startswith(base):
            base = piece
        elif not base.endswith(piece):
            base += piece
    return base


def bare_noun(site: ModelSite) -> str:
    """The noun of a site alone: `observations[]` -> `Observation`."""
    chain = [noun for noun in site.nouns if not noun.startswith("\0") and split_words(noun)]
    if not chain:
        return ""
    return valid_name(pascal(chain[-1]) + ("Input" if site.body else ""), "class")


def nested_candidates(site: ModelSite, bases: Sequence[str]) -> list[Candidate]:
    """Names for an object in a body: those of the fields that lead there, after what holds them."""
    chain = [noun for noun in site.nouns if not noun.startswith("\0") and split_words(noun)]
    found: list[str] = []
    for base in bases:
        if site.body and not chain:
            found.append(base)
            continue
        own = [_continued(base, chain[-length:]) for length in range(1, min(len(chain), 4) + 1)]
        own = [name for name in own if name != base]
        if not own or base.startswith(pascal(chain[-1])):
            own.insert(0, base + "Item")
        found += own
    if site.body:
        found = [name + "Input" for name in found]
    why, source = (Reason.FIELD, chain[-1]) if chain else (Reason.PARENT, site.operation)
    return distinct(Candidate(valid_name(name, "class"), why, source) for name in found)


def schema_candidates(schema: Schema) -> list[Candidate]:
    """Names for a named object: its own; of a path of names the last step (and a version before it) first."""
    ending = "Input" if schema.for_request else ""
    steps = [step for step in schema.name.split(".") if split_words(step)]
    texts = [(schema.name, Reason.SCHEMA)]
    if len(steps) > 2:
        last = 2 if _VERSION.fullmatch(steps[-2]) else 1
        ends = (" ".join(steps[-last:]), " ".join(steps[-last - 1 :]))
        texts = [*((text, Reason.SCHEMA_END) for text in ends), *texts]
    return distinct(
        Candidate(valid_name(pascal(text) + ending, "class"), why, schema.name) for text, why in texts
    )


def inside_candidates(site: ModelSite, top: str) -> list[Candidate]:
    """Names for an object within a named one: that one's name and those of all fields that lead there.

    All, because the shorter name would depend on which other fields there are; too long a name has the last alone.
    """
    chain = [noun for noun in site.nouns if not noun.startswith("\0") and split_words(noun)]
    whole, short = _continued(top, chain), _continued(top, chain[-1:])
    found = [whole, short] if len(whole) < _LONGEST else [short, whole]
    found = [name for name in found if name != top] or [f"{top}Item"]
    why, source = (Reason.FIELD, chain[-1]) if chain else (Reason.PARENT, top)
    return distinct(Candidate(valid_name(name, "class"), why, source) for name in found)
