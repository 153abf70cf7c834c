"""Filler: texts of a spec that say no more than the name, the type or the status beside them.

`The user ID` at an argument `user_id`, `OK` at a response and `Forecast object` at a class Forecast cost a line each and
tell a reader nothing. A text is filler when each of its words is one of the names beside it, in any inflection, or one
that such texts are made of. Text with code in it never is.
"""

from collections.abc import Iterable
from functools import lru_cache

from ..client.request import StatusRange
from ..naming.words import split_words
from ..text import prose

__all__ = [
    "api_text",
    "class_text",
    "description_text",
    "error_text",
    "name_text",
    "repeats",
    "resource_text",
    "response_text",
]

_LONGEST = 160
"""A longer text is never filler: to find out would take time, and it seldom is."""

_SAME = {"identifier": "id", "ident": "id", "guid": "id", "uuid": "id", "organisation": "organization"}


@lru_cache(maxsize=16384)
def _stem(word: str) -> str:
    """A word without its inflection: `deleted`, `deletes` and `delete` are one. Not English, but the same for all."""
    word = _SAME.get(word, word)
    if len(word) > 3 and not word.endswith("ss"):
        for ending, replaced in (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")):
            if word.endswith(ending) and len(word) - len(ending) > 1:
                word = word.removesuffix(ending) + replaced
                break
        word = word.removesuffix("e")
    return word[:-1] if len(word) > 2 and word[-1] == word[-2] else word


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(_stem, split_words(text)))


_REFERS = frozenset(
    "it its they them their these those he she such so thus will can may must is are has".split()
)
_LINKS = frozenset("also however instead otherwise therefore too".split())
"""A sentence that begins with one of the former, or soon has one of the latter, needs the sentence before it."""

_FUNCTION = _stems(
    """
    a an the this that these those it its is are was were be been being has have had do does did of to for from in on at
    by with and or if as when where which who whose your you we they i s will can could should may must not no any some
    such there here into about one more than then how also per via all both each every either due during
    """
)
"""Words that mean nothing alone."""

_NAMED = _FUNCTION | _stems(
    """
    value parameter param field argument attribute property variable given specified requested provided valid unique
    string text integer boolean int bool desired relevant corresponding required optional
    object item resource entity record represents representing
    """
)
"""What texts of arguments and fields consist of besides the name."""

_DESCRIPTION = _FUNCTION | _stems(
    "endpoint operation method api call route request allows allow used use lets enables id identifier details"
)
"""What descriptions of operations consist of besides the summary."""

_RESOURCE = _DESCRIPTION | _stems(
    "resource resources endpoints operations requests apis methods related access manage management interact controller "
    "group null"
)
"""What texts of resources consist of besides the name."""

_API = _DESCRIPTION | _stems(
    "rest http json web service interface client documentation docs collection folder contains provides public official"
)
"""What descriptions of APIs consist of besides the title."""

_CLASS = _FUNCTION | _stems(
    """
    object model schema entity dto type class struct structure represents representation describes description defines
    definition contains information info details data resource response request payload body item instance record value
    properties attributes fields successful success successfully successfuly ok json wrapper container generic default
    single list array collection paginated new newly created updated deleted retrieved results given specified
    """
)
"""What texts of classes consist of besides the name."""

_RESPONSE = _CLASS | _stems(
    """
    result returns success successful successfully succeeded succesful succesfull successfull succesfully successfuly sucessfully operation
    standard typical normal expected status code http empty content call api specified documented completed done
    processed executed fulfilled resulted performed following requested list array collection set page paginated entry
    element single new newly current specific particular found fetched retrieved retrieves get got read post put patch
    delete created updated modified changed edited removed deleted added accepted sent received handled listed saved
    reset message recieved output answer reply related associated shown given xml html text valid looks like nothing
    """
)
"""What texts of responses consist of besides the summary of the operation and the name of the type."""

_ERROR = _FUNCTION | _stems(
    """
    error errors exception failure fail failed request response unexpected api http status code client typical standard
    default occurred happened resource object item given specified requested provided information details detailed
    description info message looks like json body data entity generic general various conditions non operation what went wrong 2xx 4xx 5xx
    """
)
_OF_STATUS = {
    301: "moved permanently redirect",
    302: "found redirect",
    304: "modified",
    307: "temporary redirect",
    400: "bad invalid input parameters argument malformed wrong incorrect missing validation query fields values",
    401: "unauthorized unauthorised unauthenticated authentication authenticated authenticate authorization required "
    "requires invalid missing credentials user token login logged access denied made found",
    402: "payment required",
    403: "forbidden permission permissions denied allowed access authorized authorised unauthorized sufficient "
    "insufficient user rights authentication wrong",
    404: "found exist exists missing unknown",
    405: "method allowed supported",
    406: "acceptable",
    408: "request timeout timed out",
    409: "conflict conflicts already exists",
    410: "gone deleted removed longer available",
    412: "precondition failed",
    413: "payload content entity too large",
    415: "unsupported media type",
    422: "unprocessable validation invalid content parameters input semantic",
    429: "too many requests rate limit limits limited ratelimited exceeded rejected because throttled quota sent send",
    500: "internal server wrong something went process",
    501: "implemented",
    502: "bad gateway",
    503: "service server unavailable temporarily",
    504: "gateway timeout",
}
"""What texts of errors consist of, by status: the words of its phrase and their like. Written out, because
the phrases of Python's own list differ from version to version."""


def _says_more(text: str, known: Iterable[str], filler: frozenset[str]) -> bool:
    # What looked like a tag is code since it was cleaned: `<No description>`.
    text = text.replace("`<", "").replace(">`", "")
    if len(text) > _LONGEST or "`" in text or "://" in text or "deprecated" in text.casefold():
        return True
    words = _stems(text)
    if not words:
        # Signs alone are an example of something.
        return True
    left = words - filler
    return bool(left) and not left <= frozenset[str]().union(*map(_stems, known))


def _refers(text: str) -> bool:
    """Whether a text needs the sentence before it: `It …`, `You can also …`."""
    words = [word.strip(",.").lower() for word in text.split(maxsplit=6)[:6]]
    return words[0] in _REFERS or not _LINKS.isdisjoint(words)


def _without_filler(text: str, known: Iterable[str], filler: frozenset[str]) -> str:
    """What is left of a text: all of it, nothing, or what follows a first sentence that is filler."""
    known = tuple(known)
    if not _says_more(text, known, filler):
        return ""
    first = prose.first_sentence(text)
    rest = text.removeprefix(first).lstrip()
    if rest == text or not rest.lstrip("*_[(\"'")[:1].isupper() or _refers(rest):
        return text
    return text if _says_more(first, known, filler) else rest


def name_text(text: str, *known: str) -> str:
    """A cleaned text of an argument or a field; empty where it says no more than the names that are `known`."""
    return _without_filler(text, known, _NAMED)


def description_text(text: str, summary: str) -> str:
    """A cleaned description of an operation; empty where it says no more than the summary above it."""
    return _without_filler(text, (summary,), _DESCRIPTION)


def api_text(text: str, title: str) -> str:
    """A cleaned description of an API; empty where it says no more than the title."""
    return _without_filler(text, (title,), _API)


def repeats(title: str, sentence: str) -> bool:
    """Whether a sentence has all words of the title before it."""
    words = _stems(title)
    return bool(words) and words <= _stems(sentence)


def resource_text(text: str, *known: str) -> str:
    """A cleaned text of a resource; empty where it says no more than the names that are `known`."""
    return _without_filler(text, known, _RESOURCE)


def class_text(text: str, *known: str) -> str:
    """A cleaned text of a class; empty where it says no more than the names that are `known`."""
    return _without_filler(text, known, _CLASS)


def response_text(text: str, status: int | None, *known: str) -> str:
    """A cleaned text of a response that the method returns; empty for a phrase, a lone word, or what is `known`.

    Args:
        known: The summary, the name of the method, the type that it returns, the text of that type.
    """
    if " " not in text.strip():
        return ""
    if status is None:
        known = (*known, "unexpected error otherwise")
    return _without_filler(text, (*known, str(status)), _RESPONSE)


def error_text(text: str, status: int | StatusRange, *known: str) -> str:
    """A cleaned text of a documented error; empty where it says no more than its status, its exception and `known` do."""
    phrase = [str(status), _OF_STATUS.get(status, "")] if isinstance(status, int) else [_OF_STATUS[500]]
    return _without_filler(text, (*phrase, *known), _ERROR)
