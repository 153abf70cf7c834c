"""Where a model is used, as a sentence: for one that the spec does not describe."""

import re
from collections.abc import Mapping, Sequence

from ..naming.words import split_words
from ..text import prose
from .model_sites import ModelSite

__all__ = ["use_of"]

_VAGUE = frozenset(
    """
    body data detail details element entity entry info information item model object output payload record request
    resource response result root schema type value
    """.split()
)
"""Words that say nothing: a model whose name has no others needs a sentence."""
_FIELD = re.compile(r"(?:\|\d+)*(?:\.(.*?))?((?:\[\]|\{\}|\|\d+)*)", re.DOTALL)
"""The rest of a site's key below what holds it: its field, and steps to its items, values, members of a union."""


def use_of(name: str, sites: Sequence[ModelSite], used: Mapping[str, str], models: Mapping[str, str]) -> str:
    """`Returned by `pets.get`.`, ``The `address` of `Customer`.``; nothing for a name of the document that is enough.

    Args:
        name: The model's name.
        sites: Its sites; the first is named, and whether requests have it elsewhere too.
        used: For each named object of the document, the key of the site that refers to it first.
        models: Names of models by the keys of their sites.
    """
    site = sites[0]
    if site.schema is None or site.nouns:
        sentence = _sentence(site.key, models)
        if any(other.body and _sentence(other.key, models) != sentence for other in sites[1:]):
            return f"{sentence.removesuffix('.')} and others."
        return sentence
    if set(split_words(name)) <= _VAGUE and site.key in used:
        return _sentence(used[site.key], models)
    return ""


def _sentence(key: str, models: Mapping[str, str]) -> str:
    holder, rest = _holder(key, models)
    if not holder and "(" in key:
        return f"A parameter of {prose.code(key.partition('(')[0])}."
    if not holder:
        operation, _, rest = key.partition(":")
        holder = prose.code(operation)
        if rest.startswith("error "):
            return f"What a failure of {holder} holds."
        if not rest.startswith("body"):
            return f"Returned by {holder}."
        rest = rest.removeprefix("body")
    found = _FIELD.fullmatch(rest)
    if found is None or not found[1]:
        return f"Part of {holder}."
    several = "[]" in found[2] or "{}" in found[2]
    return f"{'One of the' if several else 'The'} {prose.code(found[1])} of {holder}."


def _holder(key: str, models: Mapping[str, str]) -> tuple[str, str]:
    """The model that holds a site, and the rest of the key."""
    for end in range(len(key) - 1, 0, -1):
        if key[end] in ".[{|" and key[:end] in models:
            return prose.code(models[key[:end]]), key[end:]
    return "", ""
