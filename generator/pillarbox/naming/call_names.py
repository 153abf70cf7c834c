"""The names of an API's calls: by their routes, and by what people wrote where that says more."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .inflections import ENGLISH, Inflections, singular
from .route_names import RouteNames, in_one_word
from .route_rules import CallName, Route, RouteRule, distinct
from .words import split_words
from .written_names import (
    Wording,
    WrittenName,
    linked_phrases,
    linked_words,
    read_wording,
    said_verb,
    stem,
    telling_words,
)

__all__ = ["Call", "CallNames"]

_DEFAULT_VERBS = frozenset([RouteRule.COLLECTION, RouteRule.PLURAL, RouteRule.ITEM, RouteRule.SINGLE])
"""Rules by which the HTTP method alone says the verb, so that another verb says more."""
_SENDING = frozenset("book import invite order publish register schedule send sign subscribe".split())
"""What POST on a collection may be, where `create` would say less."""
_DOING = frozenset(
    "calculate check download export generate preview print render stream test validate verify".split()
)
"""What GET of a noun may be, where the noun alone would say less."""
_ENDING = frozenset(
    "cancel close disconnect leave revoke unassign unblock unfollow unlink unpin unsubscribe".split()
)
"""What DELETE of an item may be, where `delete` would say less."""
_MAKING = frozenset(["create", "update", "delete"])
"""What no GET does."""
_STAGES = frozenset(["alpha", "beta", "preview"])
_AT_ONCE = "bulk_"
_WHOLE = frozenset(["replace", "set"])
"""What is done to a list as a whole."""
_SETTING = ("set_", "update_")
_STEM = 4


@dataclass(frozen=True, slots=True)
class Call:
    """What names a call."""

    route: Route
    written: WrittenName


class CallNames:
    """The names of all calls of one API.

    Args:
        calls: In the order of the document.
        inflections: The plurals of English, and those of the configuration.
    """

    def __init__(self, calls: Sequence[Call], inflections: Inflections = ENGLISH) -> None:
        self._calls = calls
        phrases = [split_words(text) for call in calls for text in _texts(call.written) if text]
        self._routes = RouteNames([call.route for call in calls], inflections, phrases)
        self._inflections = inflections
        self._is_flat = self._routes.stand_alone() and not any(call.written.tags for call in calls)

    def candidates(self, number: int) -> list[CallName]:
        """Names of one call, best first; the later ones are for where another call has the first."""
        found = self._candidates(number)
        if self._is_flat and found[0].resource:
            method = in_one_word(found[0], found[0].resource, self._inflections)
            return distinct([CallName((), method, RouteRule.CLIENT), *found])
        return found

    def _candidates(self, number: int) -> list[CallName]:
        call, routed = self._calls[number], self._routes.candidates(number)
        known = _known_words(call)
        by_id, by_summary = read_wording(call.written, known)
        best = routed[0]
        if self._routes.is_root(number) and (wording := by_id or by_summary) is not None and wording.nouns:
            method = "_".join(filter(None, (wording.verb, *wording.nouns)))
            return distinct([CallName((), method, RouteRule.WRITTEN), *routed])
        if best.rule is RouteRule.ITEM and not best.resource:
            best = self._under_tag(best, call, by_id or by_summary)
        if by_id is not None and by_id.group and best.rule not in (RouteRule.SERVICE, RouteRule.PROCEDURE):
            best = _grouped(best, by_id, known, call.route.method)
        for wording in (by_id, by_summary):
            if wording is by_summary and _is_settled(by_id, by_summary, call.route.method):
                continue
            if wording is not None and best == routed[0]:
                best = _reworded(best, wording, known, call.route.method)
        found = [best, *(name for name in routed if name.rule is RouteRule.WITH_VERSION)]
        for wording in (by_id, by_summary):
            telling = _telling(wording, known, best)
            if telling:
                method = "_".join((best.method, *telling))
                found.append(CallName(best.resource, method, RouteRule.WITH_WORDS))
        if best.resource != routed[0].resource or best.method != routed[0].method:
            found += [
                CallName(best.resource, other.method.replace(routed[0].method, best.method, 1), other.rule)
                for other in routed[1:]
                if other.resource == routed[0].resource
            ]
        return distinct([*found, *routed])

    def _under_tag(self, best: CallName, call: Call, wording: Wording | None) -> CallName:
        """`/{id}`: a path that names nothing is about what its tag names, or its id or summary."""
        words = split_words(call.written.tags[0]) if call.written.tags else ()
        if not words and wording is not None and len(wording.nouns) == 1:
            words = (self._inflections.plural(wording.nouns[0]),)
        return CallName(("_".join(words),), best.method, best.rule) if words else best

    def plainness(self, number: int) -> tuple[int, int]:
        """Among calls of one name, the one of which least is said has it."""
        call = self._calls[number]
        by_id, _ = read_wording(call.written, known := _known_words(call))
        return len(_telling(by_id, known, None)), self._routes.length(number)

    def versions_differ(self, numbers: Sequence[int]) -> bool:
        return self._routes.versions_differ(numbers)


def _is_settled(by_id: Wording | None, by_summary: Wording | None, method: str) -> bool:
    """`createTranslation`, "Translates audio into English": the id has a verb, so the sentence is no name."""
    written = by_id is not None and bool(by_id.verb)
    return method == "POST" and written and by_summary is not None and by_summary.verb not in _SENDING


def _known_words(call: Call) -> frozenset[str]:
    """Words of the path, its parameters and tags."""
    return frozenset(
        (*split_words(re.split("[?#]", call.route.path)[0].replace("/", " ")), *_tag_words(call.written))
    )


def _telling(wording: Wording | None, known: frozenset[str], best: CallName | None) -> tuple[str, ...]:
    """Words that tell a call from others of its name."""
    if wording is None:
        return ()
    return telling_words(wording, {*known, *(best.resource if best else ())}) or linked_phrases(wording)


def _texts(written: WrittenName) -> tuple[str, ...]:
    return (written.id, written.summary, *written.tags)


def _tag_words(written: WrittenName) -> Iterator[str]:
    for tag in written.tags:
        yield from split_words(tag)


def _folded(name: str) -> str:
    return "_".join(map(stem, name.split("_")))


def _grouped(best: CallName, wording: Wording, known: frozenset[str], method: str) -> CallName:
    """`repos/list-releases`: the group, and below it what the path and the id both say."""
    group = "_".join(wording.group)
    if group in _STAGES:
        return (
            best
            if group in best.resource
            else CallName((group, *best.resource), best.method, RouteRule.GROUP)
        )
    chain = [_folded(name) for name in best.resource]
    nouns = set(map(stem, wording.nouns))
    if _folded(group) in chain:
        start = chain.index(_folded(group))
        below = best.resource[start + 1 :]
        if not wording.verb or all(set(map(stem, name.split("_"))) <= nouns for name in below):
            named_above = start > 0 and _folded("_".join(wording.above)) == chain[start - 1]
            above = best.resource[start - 1 : start] if named_above else ()
            found = CallName((*above, group, *below), best.method, RouteRule.GROUP)
            if best.rule in _DEFAULT_VERBS:
                verb = said_verb(wording, best.method)
                return _with_verb(found, verb, wording, known) if verb else found
            if not wording.verb or set(best.method.split("_")) & {wording.verb, *nouns, *wording.nouns}:
                return found
    own = set(map(stem, wording.group))
    rest = [word for word in wording.nouns if stem(word) not in own]
    stems = [stem(word) for word in wording.nouns]
    if len(stems) > 1 and stems[-1] in own and stems[-2] in set(map(stem, known)) - own:
        # Below fireteam, `get a clan fireteam` gets no clan.
        rest = list(wording.nouns)
    if not wording.verb:
        return best
    return CallName((group,), "_".join((wording.verb, *rest)), RouteRule.GROUP)


def _reworded(best: CallName, wording: Wording, known: frozenset[str], method: str) -> CallName:
    """The call with the verb that people wrote, where the HTTP method says less."""
    named = {stem(word) for word in best.method.split("_")} <= set(map(stem, wording.nouns))
    if best.rule is RouteRule.NOUN and wording.verb in _DOING and method == "GET" and named:
        # GET /bookings/{number}/ticket, "download the ticket": bookings.download_ticket
        return CallName(best.resource, f"{wording.verb}_{best.method}", RouteRule.WRITTEN)
    if best.rule is RouteRule.NOUN and method != "GET" and _same_stem(wording.verb, _noun_of(best.method)):
        # POST /loans/{id}/renewal, "renew a loan": loans.renew
        return CallName(best.resource, wording.verb, RouteRule.WRITTEN)
    at_once = best.method.startswith(_AT_ONCE)
    routed = "delete" if best.method.startswith("undo_") else best.method.removeprefix(_AT_ONCE)
    verb = said_verb(wording, routed) if best.rule in _DEFAULT_VERBS else ""
    if verb in _MAKING and method == "GET":
        return best
    if at_once and wording.verb in _WHOLE:
        verb = wording.verb
    elif not verb or (at_once and routed in verb.split("_")):
        # PUT /logos beside PUT /logos/{id}, "create or update logos": logos.bulk_update
        return best
    shared = best.rule is RouteRule.COLLECTION
    if len(best.resource) > 1 and not shared and _same_stem(verb, best.resource[-1]):
        # POST /users/{id}/followers, "follow a user": users.follow
        return _with_verb(CallName(best.resource[:-1], best.method, best.rule), verb, wording, known)
    if any(_same_stem(verb, word) for name in best.resource for word in name.split("_")):
        return best
    doubtful = {
        "GET": True,
        "POST": best.rule in (RouteRule.ITEM, RouteRule.SINGLE) or verb in _SENDING,
        "PUT": True,
        "PATCH": True,
        "DELETE": best.rule is RouteRule.SINGLE or verb in _ENDING,
    }.get(method, False)
    if at_once and verb not in _WHOLE and singular(best.resource[-1]) not in wording.nouns:
        # What is done to one of them may have the verb alone.
        verb = f"{_AT_ONCE}{verb}"
    return _with_verb(best, verb, wording, known) if doubtful else best


def _with_verb(best: CallName, verb: str, wording: Wording, known: frozenset[str]) -> CallName:
    words = {*known, *(word for name in best.resource for word in name.split("_"))}
    link = linked_words(telling_words(wording, words))
    resource = best.resource
    if best.rule is RouteRule.SINGLE and len(resource) > 1 and set(resource[-1].split("_")) <= set(link):
        # POST /player/previous, "skip to previous": player.skip_to_previous
        resource = resource[:-1]
    return CallName(resource, "_".join((verb, *link)), RouteRule.WRITTEN)


def _noun_of(method: str) -> str:
    """settings of update_settings."""
    prefix = next((one for one in _SETTING if method.startswith(one)), "")
    return method.removeprefix(prefix)


def _same_stem(verb: str, noun: str) -> bool:
    bare = verb.removeprefix("un")
    stem = bare[: max(_STEM, len(bare) - 3)]
    return len(stem) >= _STEM and noun.startswith(stem)
