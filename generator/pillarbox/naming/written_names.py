"""What people wrote about an operation, its id and its summary, and where that says more than the route.

An id that a program made of method and path says nothing of its own. A person's id or short summary can name a group
(`repos/list-releases`), a verb that the HTTP method does not say (`Restore folder`), or the words that tell two
operations apart (`list-for-org`).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .actions import is_action_verb
from .inflections import singular
from .words import split_words

__all__ = [
    "Wording",
    "WrittenName",
    "linked_phrases",
    "linked_words",
    "plain_verb",
    "read_wording",
    "said_verb",
    "stem",
    "telling_words",
]

_USING = re.compile(r"Using(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)(_\d+)?$")
"""springfox: `getUsersUsingGET`, `getUsersUsingGET_1`."""
_COUNTER = re.compile(r"(?<=[A-Za-z])(?:_alt)?_?\d+$")
_BARE_VERSION = re.compile(r"(?<=[a-z])(V\d+(?:(?:alpha|beta)\d+)?)(?=[A-Z])")
"""The version in `getCoreV1APIResources`, whose letters would join those around it."""
_STEP = re.compile(r"::|[./:#@\\]")
_CLASS_MEMBER = re.compile(r"([A-Z][A-Za-z0-9]*)_+([A-Z][A-Za-z0-9]*|[a-z]+[A-Z][A-Za-z0-9]*)")
"""`Group_Action` of .NET and `UsersController_findAll`: the class is the server's, so only the member is a name."""
_FRAMEWORK_CLASS = re.compile(
    r"(?<=[a-z0-9])_?(?:Controller|Api|API|Service|Resource|Endpoints?|Handler|Router|ViewSet)(?:_?[vV]\d+)?$"
)
_RANDOM = re.compile(r"[0-9a-f]{16,}|[0-9a-f-]{32,36}|\d+", re.IGNORECASE)
_VERSION = re.compile(r"v\d+\w*|api|rest|beta|alpha")
_NOISE = frozenset("a an and any by current id ids its method of or the this".split())
"""Words that say nothing in the name of a method."""
_STATING = frozenset("are has have is it that this was".split())
"""First words of sentences that state something, and name nothing."""
_LONGEST_SUMMARY = 5

_SAME = {
    "retrieve": "get", "fetch": "get", "read": "get", "show": "get", "view": "get", "describe": "get", "load": "get",
    "return": "get", "find": "get", "lookup": "get", "obtain": "get", "display": "get", "query": "get", "list": "get",
    "gets": "get", "lists": "get", "returns": "get", "enumerate": "get",
    "edit": "update", "modify": "update", "patch": "update", "change": "update", "put": "update", "set": "update",
    "replace": "update", "save": "update", "store": "create", "index": "get", "partial": "update", "updates": "update",
    "remove": "delete", "destroy": "delete", "erase": "delete", "deletes": "delete", "removes": "delete",
    "new": "create", "post": "create", "insert": "create", "make": "create", "creates": "create", "generate": "create",
    "upload": "create",
    "options": "get", "head": "check",
}  # fmt: skip
"""Verbs that say what an HTTP method or a shorter verb says too."""
_HTTP = frozenset(["head", "options", "patch", "post", "put"])
_AT_ONCE = frozenset(["batch", "bulk"])
"""Verbs in name only: what is done at once is said by another."""
_UPDATING = frozenset(["edit", "modify"])
_PLAIN = frozenset(["get", "create", "update", "delete", "check"])
_READING = frozenset(["get", "list", "gets", "lists", "retrieve", "read", "show", "view", "fetch"])
_CORE = frozenset("add create delete edit get list post put remove search set update".split())
_FIRST = 4
"""Words of an id in which a plain verb is looked for."""
_IN_FULL = {
    "app": "application", "config": "configuration", "env": "environment", "msg": "message", "org": "organization",
    "organisation": "organization", "repo": "repository",
}  # fmt: skip
_LINKING = frozenset("as by for from if in into on onto to under with without".split())
_KEPT = frozenset("as from if into to".split())
"""Prepositions whose noun belongs to the verb: mark as read, convert to draft."""
_VAGUE = frozenset("entity entities item items object objects record records resource resources".split())
"""Nouns that say of a link nothing that the resource does not say: subscribe to a resource."""
_LONGEST_LINK = 3


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of an id or a summary."""

    group: tuple[str, ...]
    """Of an id that names one: `repos/get-branch`; else empty."""
    above: tuple[str, ...]
    """What the id names before the group: users of `users.messages.send`."""
    verb: str
    """The first verb; empty where there is none."""
    nouns: tuple[str, ...]
    """What follows the verb, and what stands before it."""


@dataclass(frozen=True, slots=True)
class WrittenName:
    """An operation as its document words it."""

    method: str
    path: str
    id: str = ""
    summary: str = ""
    tags: tuple[str, ...] = ()


def read_wording(written: WrittenName, known: Iterable[str]) -> tuple[Wording | None, Wording | None]:
    """The wording of the id and of the summary; None where a program made it, or where it is too long to be a name.

    Args:
        written: The operation.
        known: Words of its path and tags.
    """
    return _of_id(written, frozenset(map(stem, known))), _of_summary(written)


def _of_summary(written: WrittenName) -> Wording | None:
    text = written.summary.partition("(")[0].strip().rstrip(".")
    written_words = split_words(text)
    words = [word for word in written_words if word not in _NOISE]
    if text.lower().partition(" ")[0] in _STATING:
        return None
    if not 0 < len(words) <= _LONGEST_SUMMARY or not is_action_verb(plain_verb(words[0])) or len(words) < 2:
        return None
    verb, rest = plain_verb(words[0]), words[1:]
    if written_words[1] in ("or", "and"):
        if not is_action_verb(plain_verb(rest[0])):
            # Create and manage companies: more than one thing.
            return None
        second, rest = plain_verb(rest[0]), rest[1:]
        if verb not in _READING:
            # Add or update a customer; but `list or watch pods` lists them.
            verb = "_".join((verb, written_words[1], second))
    return Wording((), (), verb, tuple(rest))


def plain_verb(verb: str) -> str:
    """`creates` -> create."""
    if is_action_verb(verb):
        return verb
    for ending in ("s", "es"):
        if verb.endswith(ending) and is_action_verb(verb.removesuffix(ending)):
            return verb.removesuffix(ending)
    return verb


def _of_id(written: WrittenName, known: frozenset[str]) -> Wording | None:
    text = _BARE_VERSION.sub(r"_\1_", _COUNTER.sub("", _without_framework(written)))
    if not split_words(text) or _RANDOM.fullmatch(text.strip()) or "{" in text:
        return None
    steps = [step for step in _STEP.split(text) if split_words(step)]
    if len(steps) == 1 and (member := _CLASS_MEMBER.fullmatch(text)) is not None:
        steps = [member[2]]
    group: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    if len(steps) > 1 and _is_group(steps[-2], written.method, known):
        group = split_words(steps[-2])
        above = split_words(steps[-3]) if len(steps) > 2 else ()
    words = [word for word in split_words(steps[-1]) if not _VERSION.fullmatch(word)]
    while words and words[-1] in _NOISE:
        words.pop()
    if not words or (not group and _says_route(words, written.method, known)):
        return Wording(group, above, "", ()) if group else None
    return replace(_worded(group, words, written.method, known), above=above)


def _is_group(step: str, method: str, known: frozenset[str]) -> bool:
    """False for a class of a server, and for the route that a program wrote: `put_folders_id#add_shared_link`."""
    words = split_words(step)
    is_route = len(words) > 1 and words[0] == method.lower() and _says_route(words, method, known)
    return _FRAMEWORK_CLASS.search(step) is None and not is_route


def _worded(group: tuple[str, ...], words: Sequence[str], method: str, known: frozenset[str]) -> Wording:
    """The verb that the words hold: a reading one only where something is read."""

    def is_noun(number: int) -> bool:
        # The set of `watchStatefulSet` is in the path.
        return number > 0 and stem(words[number]) in known

    plain = next(
        (
            number
            for number, word in enumerate(words[:_FIRST])
            if plain_verb(word) in _CORE and not is_noun(number)
        ),
        0,
    )
    for number, word in enumerate(words):
        verb = plain_verb(word)
        if is_noun(number):
            continue
        # The issue of `issueListLabels` is a noun, because a plainer verb follows.
        if (
            number >= plain
            and verb not in _HTTP
            and is_action_verb(verb)
            and (method in ("GET", "HEAD") or verb not in _READING)
        ):
            rest = tuple(words[number + 1 :])
            if len(rest) > 1 and rest[0] in ("or", "and") and is_action_verb(plain_verb(rest[1])):
                # create or update a secret
                verb, rest = "_".join((verb, *rest[:2])), rest[2:]
            return Wording(group, (), verb, (*words[:number], *rest))
    if group and method not in ("GET", "HEAD") and len(words) > 1:
        # `checks/rerequest-run`: behind a group, people begin with the verb.
        return Wording(group, (), words[0], tuple(words[1:]))
    return Wording(group, (), "", tuple(words))


def _without_framework(written: WrittenName) -> str:
    """The id without what FastAPI (`_users__id__get`) and springfox (`UsingGET`) put behind a function's name."""
    text = written.id
    ending = re.sub(r"\W", "_", written.path) + f"_{written.method.lower()}"
    if text.lower().endswith(ending.lower()) and len(text) > len(ending):
        return text[: -len(ending)]
    return _USING.sub("", text)


def stem(word: str) -> str:
    """A word in the singular and in full: repos -> repository."""
    one = singular(word)
    return _IN_FULL.get(one, one)


def _says_route(words: Sequence[str], method: str, known: frozenset[str]) -> bool:
    """True for words that method and path say too: `GetAccountsAccount`, `delete_files_id_metadata`."""
    http = {method.lower()} if method else set()
    return all(word in http or word in _NOISE or stem(word) in known for word in words)


def said_verb(wording: Wording, method: str) -> str:
    """The verb of a wording where it says more than `method`, the verb of the route; else empty."""
    verb = wording.verb
    if not verb or verb == method or verb in _HTTP | _AT_ONCE or (verb, method) == ("search", "list"):
        return ""
    plain = _SAME.get(verb, verb)
    if plain in _PLAIN and plain == _SAME.get(method, method):
        return ""
    return "update" if verb in _UPDATING else verb


def telling_words(wording: Wording, known: Iterable[str]) -> tuple[str, ...]:
    """The nouns that the path does not have, without what leads nowhere: as, read of `mark notifications as read`."""
    stems = set(map(stem, known))

    def is_new(word: str) -> bool:
        return word not in (_LINKING | _NOISE | _HTTP) and stem(word) not in stems

    phrases: list[list[str]] = [[]]
    for word in wording.nouns:
        if word in _LINKING:
            phrases.append([])
        if word not in _NOISE or word in _LINKING:
            phrases[-1].append(word)
    head = [word for word in phrases[0] if is_new(word)]
    return (*head, *(word for phrase in phrases[1:] if any(map(is_new, phrase)) for word in phrase))


def linked_phrases(wording: Wording) -> tuple[str, ...]:
    """All that follows the first preposition: in, org of `get a discussion in org`."""
    start = next(
        (number for number, word in enumerate(wording.nouns) if word in _LINKING), len(wording.nouns)
    )
    return tuple(word for word in wording.nouns[start:] if word not in _NOISE)


def linked_words(words: Sequence[str]) -> tuple[str, ...]:
    """The words from the first preposition on: as read, if merged; empty where none is."""
    for number, word in enumerate(words):
        if word in _LINKING:
            link = tuple(words[number:])
            is_short = len(link) <= _LONGEST_LINK and not _LINKING & set(link[1:])
            return link if word in _KEPT and is_short and not set(link[1:]) <= _VAGUE else ()
    return ()
