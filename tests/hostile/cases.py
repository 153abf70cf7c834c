"""One case: a hostile text in a slot, its benign twins, and the verdict of the oracle."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from generator.config import ClientSettings
from generator.model.problems import SpecError
from generator.pipeline import build
from generator.plan.lock import Lock
from generator.plan.names import words
from generator.text.characters import visible
from generator.text.prose import clean

from .collection import SLOTS, SlotKind, collection
from .oracle import Output, Wanted, benign_words, findings

__all__ = ["Workshop"]

_HOLE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_TYPES = ("marker", "1", "1.5", "true", "", "{{marker}}", '{"a": [1, "c", null]}')
"""Values of every type that a reader tells apart by looking."""
_SEPARATORS = re.compile("([./?#&={}:])")


def _shape(text: str, *, symbols: bool) -> str:
    """A twin with the separators of URLs and variables, a backslash counting as a slash, and the words between them."""
    pieces = _SEPARATORS.split(text.replace("\\", "/"))
    for number in range(0, len(pieces), 2):
        spelled = symbols or re.search("[^\\W_]", pieces[number])
        pieces[number] = ("_".join(words(pieces[number])) if spelled else "") or "_" * bool(pieces[number])
    return "".join(pieces)


def _holes_kept(text: str) -> str:
    """A twin that has the variables of `text`, by their words."""
    pieces = _HOLE.split(text)
    return "".join(
        f"{{{{{benign_words(words(piece))}}}}}" if number % 2 else ("x" if piece else "")
        for number, piece in enumerate(pieces)
    )


def _twins(slot: str, text: str) -> Iterator[bytes]:
    kind = SLOTS[slot].kind
    if kind is SlotKind.DOC:
        yield collection({slot: "benign words" if clean(text) else ""})
        yield collection({slot: ""})
        return
    same_words = benign_words(words(text))
    yield collection({slot: same_words})
    if not text.strip():
        yield collection({slot: ""})
    if kind is SlotKind.NAME:
        # A name may be a route, which is read by its slashes.
        yield collection({slot: _shape(text, symbols=False)})
        return
    # Wire names that are not the Python name; percent escapes are read first.
    yield collection({slot: f"_{same_words}"})
    yield collection({slot: f"_{benign_words(words(unquote(text)))}"})
    if _HOLE.search(text):
        yield collection({slot: _holes_kept(text)})
    yield collection({slot: _shape(text, symbols=True)})
    yield collection({slot: _shape(text, symbols=False)})
    yield collection({slot: SLOTS[slot].benign})
    for value in _TYPES:
        yield collection({slot: value})
    if kind is SlotKind.URL:
        yield collection({slot: f":{same_words}"})
        yield collection({slot: f"https://{same_words.replace('_', '-')}"})
    yield from _partial(slot)


def _partial(slot: str) -> list[bytes]:
    """Twins that lack what cannot be sent: the request, or the entry."""
    found: list[bytes] = []
    if SLOTS[slot].unsendable:
        found.append(collection({}, without_item=True))
    if SLOTS[slot].entry:
        found.append(collection({slot: SLOTS[slot].benign}, absent=SLOTS[slot].entry))
    return found


def _wanted(slot: str, text: str) -> Wanted:
    """Wire names exactly, documentation as it is documented to be cleaned."""
    if benign_words(words(text)) == text:
        return Wanted()
    if SLOTS[slot].exact and text.strip() and "{{" not in text:
        # Lone surrogates cannot be sent, and Postman reads percent escapes in queries.
        sendable = re.sub("[\ud800-\udfff]", "\ufffd", text)
        return Wanted(constants=(sendable, text, unquote(sendable)))
    if SLOTS[slot].documented:
        return Wanted(documented=" ".join(clean(text).split()))
    return Wanted()


class Workshop:
    """Builds packages in memory, each benign one once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[bytes, Output] = {}

    def build(self, spec: bytes, name: str = "spec.json") -> Output:
        path = self._folder / name
        path.write_bytes(spec)
        settings = ClientSettings(name="harbour", spec=path, output=Path("harbour"), project=True)
        built = build(path, settings, Lock())
        return {path: built.files.text(path) for path in built.files.keys()}

    def benign(self, spec: bytes) -> Output:
        if spec not in self._known:
            self._known[spec] = self.build(spec)
        return self._known[spec]

    def verdict(self, slot: str, text: str) -> list[str]:
        """The findings against the twin that comes nearest; empty for a clean case or a typed diagnosis."""
        try:
            hostile = self.build(collection({slot: text}))
        except SpecError as error:
            message = str(error)
            return (
                []
                if "\n" not in message and visible(message) == message
                else ["the diagnosis is no clean line"]
            )
        except Exception as error:  # the oracle reports what a user would see as a traceback
            return [f"{type(error).__name__}: {str(error)[:200]!a}"]
        wanted = _wanted(slot, text)
        best: list[str] | None = None
        for twin in _twins(slot, text):
            try:
                found = findings(hostile, self.benign(twin), Wanted() if twin in _partial(slot) else wanted)
            except SpecError:
                continue
            if not found:
                return []
            if best is None or len(found) < len(best):
                best = found
        return best if best is not None else ["no twin could be built"]
