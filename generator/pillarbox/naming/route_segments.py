"""Paths as segments of words, without what no name holds: versions, prefixes that all paths share, tenant scopes."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from .actions import is_action_verb
from .compound_words import CompoundWords
from .inflections import ENGLISH, Inflections, singular
from .words import split_words

__all__ = [
    "ITEM",
    "Segment",
    "extension_of",
    "is_plural",
    "release_stage",
    "segments_of",
    "shape",
    "version_of",
    "without_shared",
]

ITEM = "{}"
"""A placeholder in the shape of a path."""

_VERSION = re.compile(
    r"v?\d+(?:[._]\d+)*(?:-?(?:alpha|beta|preview|rc)\d*)?|\d{4}-\d\d(?:-\d\d)?", re.IGNORECASE
)
_PREFIX = re.compile(r"apis?|rest|index\.php", re.IGNORECASE)
_DOMAIN = re.compile(r"([a-z][\w-]*)\.(?:[a-z][\w-]*\.)+(?:com|dev|io|net|org)")
"""An API group named by a domain: `flowcontrol.apiserver.k8s.io`."""
_EXTENSION = re.compile(r"\.(json|xml|php|do|aspx?|html?|atom|rss|jsonp)$", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_CUSTOM_METHOD = re.compile(r"[^:]+:[A-Za-z]\w*")
_KEYED = re.compile(r"[\w.-]+\(['\"]?\{[^{}]*\}['\"]?\)")
"""OData: `Users('{id}')`."""
_RANDOM = re.compile(r"\W*(?=\w*\d)[0-9a-f]{16,}\W*(?:\{|$)|.*[0-9a-f]{24,}.*", re.IGNORECASE)
"""An identifier that was left in a path."""
_SAMPLE = re.compile(r"(?:&[^&=]*)?=.*", re.DOTALL)
"""A value behind a name, of which only what is before it is a name: `by-number&number=7`, `key={key}`."""
_STAGE = re.compile("alpha|beta|preview", re.IGNORECASE)

_TENANTS = frozenset(
    "account company org organisation organization project site team tenant workspace zone".split()
)
_SHARED, _TENANT_SHARE, _TENANTS_SHARE, _SCOPE_SHARE = 0.9, 0.2, 0.5, 0.6
_FEWEST_PATHS, _FEWEST_BELOW, _FEWEST_IN_SCOPE = 5, 3, 10

_SINGLETONS = frozenset(
    """
    analytics contains credentials current details exists info limits me options permissions preferences self settings statistics stats
    """.split()
)
"""Last words in the plural that name one thing."""
_PLURALS = frozenset("children data media people".split())


@dataclass(frozen=True, slots=True)
class Segment:
    """One step of a path: fixed text, or a placeholder."""

    words: tuple[str, ...]
    """Of fixed text; empty for a placeholder."""
    placeholder: tuple[str, ...] = ()
    """Words of the placeholder's name."""

    @property
    def fixed(self) -> bool:
        return bool(self.words)

    @property
    def name(self) -> str:
        """`line_items`; empty for a placeholder."""
        return "_".join(self.words)


def is_plural(name: str, inflections: Inflections = ENGLISH) -> bool:
    """True where a name in snake case is the plural of something that an API has many of."""
    last = name.rpartition("_")[2]
    return last not in _SINGLETONS and (inflections.is_plural(last) or last in _PLURALS)


def shape(path: Sequence[Segment]) -> tuple[str, ...]:
    """A path by the names of its fixed segments, each placeholder as `{}`."""
    return tuple(part.name if part.fixed else ITEM for part in path)


def _parts(path: str) -> list[str]:
    return [part for part in path.partition("?")[0].split("/") if part]


def without_extension(path: str) -> str:
    """`/users` for `/users.json`."""
    return _EXTENSION.sub("", path)


def extension_of(path: str) -> str:
    """`xml` of `/users.xml`; empty where the path has no such ending."""
    found = _EXTENSION.search(path)
    return found[1].lower() if found else ""


def version_of(path: str) -> str:
    """`v2` of `/v2/users`; empty where the path has none."""
    return next(("_".join(split_words(part)) for part in _parts(path) if re.fullmatch(r"v\d.*", part)), "")


def release_stage(path: str) -> str:
    """`beta` of `/v1beta/memory`; empty for a stable version or none."""
    for part in _parts(path):
        if _VERSION.fullmatch(part) and (found := _STAGE.search(part)):
            return found[0].lower()
    return ""


def _pieces(text: str) -> Iterator[Segment]:
    """The segments of one step; `{id}:cancel` (Google's custom methods) has two."""
    if domain := _DOMAIN.fullmatch(text):
        text = domain[1]
    for piece in text.split(":") if _CUSTOM_METHOD.fullmatch(text) else [text]:
        placeholders = _PLACEHOLDER.findall(piece)
        words = split_words(_PLACEHOLDER.sub(" ", _SAMPLE.sub("", piece)))
        if words:
            yield Segment(words)
        if placeholders and (not words or _KEYED.fullmatch(piece)):
            yield Segment((), split_words(placeholders[-1]))


def segments_of(
    paths: Iterable[str], inflections: Inflections = ENGLISH, phrases: Iterable[Sequence[str]] = ()
) -> list[list[Segment]]:
    """The paths of one API as segments, without versions and the first `api`; compound words are split.

    Args:
        paths: All paths of the API.
        inflections: The plurals of the client.
        phrases: Words of operation ids, tags and summaries, which may write a compound word in parts.
    """
    found: list[list[Segment]] = []
    for path in paths:
        parts = _parts(without_extension(path))
        kept = [
            part
            for index, part in enumerate(parts)
            if not _VERSION.fullmatch(part)
            and not _RANDOM.fullmatch(part)
            and not (index < len(parts) - 1 and index < 2 and _PREFIX.fullmatch(part))
        ]
        found.append([segment for part in kept for segment in _pieces(part)])
    collections = (part for path in found for part in path if is_plural(part.name, inflections))
    compounds = CompoundWords((part.words[0] for part in collections if len(part.words) == 1), phrases)
    return [[replace(part, words=compounds.split(part.words)) for part in path] for path in found]


def without_shared(paths: Sequence[Sequence[Segment]]) -> list[Sequence[Segment]]:
    """Without first segments that nearly all paths have (`/openai/…`), and without tenant scopes (`/accounts/{id}/…`)."""
    found = list(paths)
    for _ in range(3):
        found = _without_prefix(found)
    scopes = _scopes(found)
    uses = Counter(path[2].name for path in found if len(path) > 2)

    def acts(path: Sequence[Segment]) -> bool:
        # POST /projects/{id}/cancel: a verb alone does not say what it is done to.
        return len(path) == 3 and uses[path[2].name] == 1 and is_action_verb(path[2].words[0])

    return [
        path[2:] if _is_scoped(path) and path[0].name in scopes and not acts(path) else path for path in found
    ]


def _without_prefix(paths: Sequence[Sequence[Segment]]) -> list[Sequence[Segment]]:
    firsts = Counter(path[0].name for path in paths if len(path) > 1 and path[0].fixed)
    first, count = firsts.most_common(1)[0] if firsts else ("", 0)
    starting = [path for path in paths if len(path) > 1 and path[0].name == first]
    below = {path[1].name for path in starting if path[1].fixed}
    if count < _SHARED * len(paths) or len(paths) < _FEWEST_PATHS or len(below) < _FEWEST_BELOW:
        return list(paths)
    return [path[1:] if len(path) > 1 and path[0].name == first else path for path in paths]


def _is_scoped(path: Sequence[Segment]) -> bool:
    return len(path) > 2 and path[0].fixed and not path[1].fixed and path[2].fixed


def _scopes(paths: Sequence[Sequence[Segment]]) -> frozenset[str]:
    below: Mapping[str, list[str]] = defaultdict(list)
    for path in paths:
        if _is_scoped(path):
            below[path[0].name].append(path[2].name)
    found = {name: len(names) for name, names in below.items() if len(set(names)) >= _FEWEST_IN_SCOPE}
    tenants = {
        name
        for name, count in found.items()
        if singular(name.rpartition("_")[2]) in _TENANTS and count >= _TENANT_SHARE * len(paths)
    }
    # Tenants hold most of an API between them: accounts and zones. Among many others, a project is a resource.
    if sum(found[name] for name in tenants) < _TENANTS_SHARE * len(paths):
        tenants = set()
    return frozenset(
        name for name, count in found.items() if name in tenants or count >= _SCOPE_SHARE * len(paths)
    )
