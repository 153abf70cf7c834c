"""Whether the names of a client are such that a person would have chosen them: no digest, no number, sixty letters at most."""

import re
from collections.abc import Iterator

from pillarbox.client.api import Method
from pillarbox.lock.choices import Numbered
from pillarbox.pipeline import Built

__all__ = ["LONGEST", "digests", "name_faults"]

LONGEST = 60
"""Letters of a name with the resources, or the module, before it."""
_CALLS = ("operation", "resource", "enum")
_HEX = re.compile(r"(?:(?<=[g-z])|(?<![a-z0-9]))(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{5,}$")
_WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z0-9]+")
_OTHER = re.compile(r"[^a-z0-9]+")


def name_faults(built: Built, spec: str) -> list[str]:
    """What is wrong with the names of a client.

    Models may be numbered, where no word of the spec tells two of them apart.

    Args:
        built: The client.
        spec: The text that it was made of.
    """
    known = _OTHER.sub("", spec.lower())
    names = [name for _, name in built.described.choices]
    return [
        *(f"{name}: a digest" for name in digests([*names, *built.files], known)),
        *(
            f"{name}: {len(name)} letters"
            for kind, name in built.described.choices
            if kind in _CALLS and len(name) > LONGEST
        ),
        *(f"{name}: a number" for name in _numbered(built)),
    ]


def digests(names: list[str], known: str) -> list[str]:
    """The names and paths with a hexadecimal word that the spec does not have.

    Args:
        names: Dotted names, or paths of files.
        known: The letters and digits of the spec, in lower case.
    """
    words = {name: [word.lower() for word in _WORD.findall(name)] for name in names}
    return [
        name
        for name in names
        if any((found := _HEX.search(word)) and found[0] not in known for word in words[name])
    ]


def _numbered(built: Built) -> Iterator[str]:
    """Numbered names but those of identical copies."""
    copies = [_copied(method) for method in built.client.methods]
    of = {method.qualified: _copied(method) for method in built.client.methods}
    for (kind, name), choice in built.described.choices.items():
        if (
            isinstance(choice, Numbered)
            and kind != "model"
            and not (name in of and copies.count(of[name]) > 1)
        ):
            yield name


def _copied(method: Method) -> tuple[tuple[str, ...], str, str]:
    """What two operations have in common that no word of the spec tells apart."""
    return method.resource, method.title, method.identity.route
