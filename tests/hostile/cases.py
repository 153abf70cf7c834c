"""One case: a hostile text in a slot, its benign twins, and the verdict of the oracle."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from pillarbox.config import ClientSettings
from pillarbox.lock.claims import Lock
from pillarbox.model.problems import SpecError
from pillarbox.naming.words import split_words
from pillarbox.output.files import LEDGER
from pillarbox.pipeline import build
from pillarbox.text.characters import visible
from pillarbox.text.prose import clean

from .collection import COLLECTION
from .oracle import Output, Wanted, benign_words, findings
from .slots import Host, SlotKind

__all__ = ["Workshop"]

_TYPES = ("marker", "1", "1.5", "true", "", "{{marker}}", '{"a": [1, "c", null]}')
"""Values of every type that a reader tells apart by looking."""
_FEW_WORDS = 2
"""Texts of no more words may say nothing beyond the names beside them, and are left out then."""
_SEPARATORS = re.compile("([./?#&={}:@])")
_MARKS = r"[^A-Za-z0-9():;=,.\s-]+"


def _shape(text: str, *, symbols: bool) -> str:
    """A twin with the separators of URLs and variables, a backslash counting as a slash, and the words between them."""
    pieces = _SEPARATORS.split(text.replace("\\", "/"))
    for number in range(0, len(pieces), 2):
        spelled = symbols or re.search("[^\\W_]", pieces[number])
        pieces[number] = ("_".join(split_words(pieces[number])) if spelled else "") or "_" * bool(
            pieces[number]
        )
    return "".join(pieces)


def _punctuated(text: str) -> str:
    """A twin with the words of `text` in ASCII and the punctuation by which titles are read."""
    between = re.sub(rf"(?<=[;(]){_MARKS}", "", text)
    return " ".join(re.sub(_MARKS, " ", between).split())


def _placeholders_kept(host: Host, text: str) -> str:
    """A twin that has the variables of `text`, by their words."""
    pieces = host.placeholder.split(text)
    return "".join(
        host.spelled.format(benign_words(split_words(piece))) if number % 2 else ("x" if piece else "")
        for number, piece in enumerate(pieces)
    )


def _twins(host: Host, slot: str, text: str) -> Iterator[bytes]:
    kind = host.slots[slot].kind
    if kind is SlotKind.DOC:
        yield host.write({slot: "benign words" if clean(text) else ""})
        yield host.write({slot: ""})
        return
    same_words = benign_words(split_words(text))
    yield host.write({slot: same_words})
    if not text.strip():
        yield host.write({slot: ""})
    if kind is SlotKind.WIRE:
        # A key that is no identifier is written in another syntax in the form of a body.
        yield host.write({slot: f"{same_words.replace('_', '-')}-"})
        # A client of a collection says so where the name of a query parameter would be escaped.
        yield host.write({slot: f"{same_words}[]"})
    if kind is SlotKind.NAME:
        # A name may be a route, which is read by its slashes, or be referred to with percent escapes.
        yield host.write({slot: _shape(text, symbols=False)})
        yield host.write({slot: _shape(text, symbols=True)})
        yield host.write({slot: benign_words(split_words(unquote(text)))})
        # Brackets, colons and equal signs tell which words of a title are beside the point.
        yield host.write({slot: _punctuated(text)})
        return
    if text != text.strip():
        # Blanks around a key are a slip of the spec, and part of what it is called.
        yield host.write({slot: f" {same_words}"})
    # Wire names that are not the Python name; percent escapes are read first.
    yield host.write({slot: f"_{same_words}"})
    yield host.write({slot: f"_{benign_words(split_words(unquote(text)))}"})
    if host.placeholder.search(text):
        yield host.write({slot: _placeholders_kept(host, text)})
    yield host.write({slot: _shape(text, symbols=True)})
    yield host.write({slot: _shape(text, symbols=False)})
    for benign in (host.slots[slot].benign, *host.slots[slot].others):
        yield host.write({slot: benign})
    for value in _TYPES:
        yield host.write({slot: value})
    if kind is SlotKind.URL:
        yield host.write({slot: f":{same_words}"})
        yield host.write({slot: f"https://{same_words.replace('_', '-')}"})
    yield from _partial(host, slot)


def _partial(host: Host, slot: str) -> list[bytes]:
    """Twins that lack what cannot be sent: the request, or the entry."""
    place = host.slots[slot]
    found: list[bytes] = []
    if place.unsendable:
        found.append(host.write({}, without_item=True))
    if place.entry:
        found.append(host.write({slot: place.benign}, absent=place.entry))
    return found


def _wanted(host: Host, slot: str, text: str) -> Wanted:
    """Wire names exactly, documentation as it is documented to be cleaned."""
    place = host.slots[slot]
    if benign_words(split_words(text)) == text:
        return Wanted()
    if place.exact and text.strip() and "{{" not in text:
        # Lone surrogates cannot be sent, and Postman reads percent escapes in queries.
        sendable = re.sub("[\ud800-\udfff]", "\ufffd", text)
        return Wanted(constants=(sendable, text, unquote(sendable)))
    if place.documented and len(split_words(text)) > _FEW_WORDS:
        return Wanted(documented=" ".join(clean(text).split()))
    return Wanted()


_LEFT_OUT = "\n## Not in this client\n"
"""The heading in API.md above what could not be read."""


def _comparable(hostile: Output, benign: Output) -> Output:
    """Without the ledger and the end of API.md where the twin has none: they list what it may never have had."""
    return {
        path: text.partition(_LEFT_OUT)[0]
        if _LEFT_OUT in text and _LEFT_OUT not in benign.get(path, "")
        else text
        for path, text in hostile.items()
        if path != LEDGER or path in benign
    }


class Workshop:
    """Builds packages in memory, each benign one once."""

    def __init__(self, folder: Path, host: Host = COLLECTION) -> None:
        self.host = host
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
            hostile = self.build(self.host.write({slot: text}))
        except SpecError as error:
            message = str(error)
            return (
                []
                if "\n" not in message and visible(message) == message
                else ["the diagnosis is no clean line"]
            )
        except Exception as error:  # the oracle reports what a user would see as a traceback
            return [f"{type(error).__name__}: {str(error)[:200]!a}"]
        wanted = _wanted(self.host, slot, text)
        partial = _partial(self.host, slot)
        best: list[str] | None = None
        for twin in _twins(self.host, slot, text):
            try:
                benign = self.benign(twin)
                found = findings(
                    _comparable(hostile, benign), benign, Wanted() if twin in partial else wanted
                )
            except SpecError:
                continue
            if not found:
                return []
            if best is None or len(found) < len(best):
                best = found
        return best if best is not None else ["no twin could be built"]
