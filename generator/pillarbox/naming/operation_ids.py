"""Names for operations from the ids that OpenAPI documents give them.

People and frameworks write such ids in many ways: `listUsers`, `repos/get-branch`, `chat.postMessage`,
`UsersController_findAll`, `read_item_items__item_id__get`. A name is what a developer would call it as a method of its resource;
ids that a program made of method and path add nothing to these; the words of the route are used instead.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..model.api import Operation
from .candidates import Candidate, Reason
from .inflections import ENGLISH, Inflections
from .routes import route_words
from .verbs import is_verb
from .words import snake, split_words

__all__ = ["id_candidate", "id_name", "whole_id_name"]

_USING = re.compile(r"Using(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)(_\d+)?$")
"""springfox: `getUsersUsingGET`, `getUsersUsingGET_1`."""
_STEP = re.compile(r"[./:#@]+|::")
_GROUPED = re.compile(
    r"([A-Z][A-Za-z0-9]*|[a-z][a-z0-9]*)_+([A-Z][A-Za-z0-9]*|[a-z]+[A-Z][A-Za-z0-9]*|[a-z]+)"
)
_CLASS = re.compile(
    r"(?<=[a-z0-9])(?:Controller|Api|API|Service|Resource|Endpoint|Endpoints|Handler|Router|ViewSet)$"
)
_VERSION = re.compile(r"v\d+\w*|api|rest")
_BARE_VERSION = re.compile(r"(?<=[a-z])(V\d+(?:(?:alpha|beta)\d+)?)(?=[A-Z])")
"""The version in `getCoreV1APIResources`, whose letters would join those around it."""
_RANDOM = re.compile(r"[0-9a-f]{16,}|[0-9a-f-]{32,36}|\d+", re.IGNORECASE)


def _path(operation: Operation) -> str:
    return "".join(piece if isinstance(piece, str) else f"{{{piece.wire}}}" for piece in operation.path)


def _without_framework(text: str, method: str, path: str) -> str:
    """The id without what FastAPI and springfox put behind the name of the function."""
    ending = re.sub(r"\W", "_", path) + f"_{method.lower()}"
    if text.lower().endswith(ending.lower()) and len(text) > len(ending):
        return text[: -len(ending)]
    found = _USING.search(text)
    return text[: found.start()] + (found[1] or "") if found else text


def _same(words: Sequence[str], others: Sequence[str], inflections: Inflections) -> bool:
    """Equal but for the numbers of the last words: user and users."""
    if not words or len(words) != len(others):
        return "".join(words) == "".join(others) != ""
    last, other = inflections.singular(words[-1]), inflections.singular(others[-1])
    return [*words[:-1], last] == [*others[:-1], other]


def _steps(text: str) -> list[str]:
    """What separates a group from its member: `repos/get-branch`, `chat.postMessage`, `Users_List`."""
    steps = [step for step in _STEP.split(text) if split_words(step)]
    if len(steps) == 1 and (grouped := _GROUPED.fullmatch(text)):
        first, second = grouped[1], grouped[2]
        is_class = _CLASS.search(first) is not None or first[:1].isupper()
        if not is_verb(first.lower()) and (is_class or any(char.isupper() for char in second)):
            return [first, second]
    return steps


def _ungrouped(steps: Sequence[str], resource: Sequence[str], inflections: Inflections) -> list[str]:
    """The steps below the resource, or below a class of the server."""
    for number in range(len(steps) - 1, 0, -1):
        group = steps[number - 1]
        joined = [word for step in steps[:number] for word in split_words(step)]
        is_resource = (_same(words, resource, inflections) for words in (split_words(group), joined))
        if _CLASS.search(group) or any(is_resource):
            return list(steps[number:])
    if len(steps) == 2 and steps[0][:1].isupper() and is_verb(split_words(steps[1])[0]):
        # The code generators of .NET: `Group_Action`.
        return list(steps[1:])
    return list(steps)


def _verb_first(steps: Sequence[str]) -> list[str]:
    """Words of the steps; a last step that is a verb alone comes first: `messages.list` -> list, messages."""
    words = [list(split_words(step)) for step in steps]
    if len(words) > 1 and len(words[-1]) == 1 and is_verb(words[-1][0]):
        words = [words[-1], *words[:-1]]
    return [word for step in words for word in step]


def _without_resource(words: list[str], resource: Sequence[str], inflections: Inflections) -> list[str]:
    """Without a resource at the front that a verb follows (`key_revoke`), or a versioned one behind the verb."""
    size = len(resource)
    front = (
        [word for word in words if not _VERSION.fullmatch(word)]
        if words and _VERSION.fullmatch(words[0])
        else words
    )
    # Where the resource is a verb itself, it is what the operation does: `check` stays in `check_link`.
    is_group = not (size == 1 and is_verb(resource[0]))
    if (
        is_group
        and 0 < size < len(front)
        and _same(front[:size], resource, inflections)
        and is_verb(front[size])
    ):
        return front[size:]
    if size > 1 and any(re.fullmatch(r"v\d+\w*", word) for word in resource):
        for start in range(1, len(words) - size):
            if words[start : start + size] == list(resource):
                return [*words[:start], *words[start + size :]]
    return words


def _path_pieces(path: str) -> Iterator[tuple[bool, tuple[str, ...]]]:
    for piece in re.split(r"(\{[^{}]*\})", path):
        if piece.startswith("{"):
            yield True, split_words(piece)
        else:
            yield from (
                (False, (word,)) for segment in re.split(r"[/.]", piece) for word in split_words(segment)
            )


def _is_route(words: Sequence[str], path: str) -> tuple[bool, bool]:
    """Whether words are those of a path, one after the other; and whether a placeholder is among them."""
    left = list(words)
    placeholders = fixed = False
    for is_placeholder, piece in _path_pieces(path):
        if is_placeholder:
            for size in range(len(piece), 0, -1):
                if left[:size] == list(piece[-size:]):
                    del left[:size]
                    placeholders = True
                    break
        elif left[:1] == list(piece):
            del left[0]
            fixed = True
        elif not _VERSION.fullmatch(piece[0]):
            return False, False
    return fixed and not left, placeholders


def _is_mechanical(text: str, method: str, path: str) -> bool:
    """True for an id that says the method and the path and nothing else: `GetAccountsAccount`, `users_id_delete`."""
    method, words = method.lower(), split_words(text)
    if len(words) < 2:
        return False
    if words[0] == method:
        same, placeholders = _is_route(words[1:], path)
        # `getUsers` reads like a name, and might have been one.
        return same and (placeholders or method in ("post", "put", "patch"))
    if len(_steps(text)) == 2:
        return False
    rest = words[:-1] if words[-1] in ("collection", "item") else words
    return rest[-1:] == (method,) and _is_route(rest[:-1], path)[0]


def _with_verb(words: list[str], method: str, path: str, inflections: Inflections) -> list[str]:
    """What is read has a verb: `meetings` -> list meetings, `currentUser` -> get current user."""
    if method != "GET" or not words or is_verb(words[0]) or is_verb(words[-1]):
        return words
    listing = inflections.is_plural(words[-1]) and not path.endswith("}")
    return ["list" if listing else "get", *words]


def id_name(operation: Operation, inflections: Inflections = ENGLISH) -> str:
    """A name in snake case; that of the route where the id has nothing to say."""
    return id_candidate(operation, inflections).name


def id_candidate(operation: Operation, inflections: Inflections = ENGLISH) -> Candidate:
    """The same, with the reason: the id, or the route."""
    path, text = _path(operation), operation.identity.operation_id or ""
    route = operation.identity.route
    of_route = route_words(operation.method, path, inflections=inflections)
    routed = Candidate("_".join(of_route), Reason.ROUTE_ALONE, route)
    if not split_words(text):
        return routed
    routed = replace(routed, why=Reason.ROUTE_NOT_ID)
    if _RANDOM.fullmatch(text.strip()) or "{" in text:
        return routed
    own = _BARE_VERSION.sub(r"_\1_", _without_framework(text, operation.method, path))
    if _is_mechanical(own, operation.method, path):
        verb, *nouns = of_route
        if split_words(own)[-1] == "collection" and verb == "get" and nouns:
            # API Platform spells paths in the singular.
            return replace(routed, name="_".join(("list", *nouns[:-1], inflections.plural(nouns[-1]))))
        return routed
    resource = split_words(operation.resource[-1]) if operation.resource else ()
    words = _verb_first(_ungrouped(_steps(own), resource, inflections))
    words = _without_resource(words, resource, inflections)
    is_noun = _same(words, resource, inflections) and inflections.is_plural(words[-1])
    if operation.method != "GET" and is_noun:
        # A plural is a noun: `repos.repos` does not describe an action.
        return routed
    words = _with_verb(words, operation.method, path, inflections)
    if not any(word.isalpha() for word in words):
        return routed
    return Candidate("_".join(words), Reason.OPERATION_ID, text)


def whole_id_name(operation: Operation) -> str:
    """Every word of the id: for two operations that would have one name."""
    return snake(operation.identity.operation_id or "")
