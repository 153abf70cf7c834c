"""Names of calls whose path is a procedure: `/pkg.Service/Method`, `/chat.postMessage`, `/create-agent`."""

import re
from collections import Counter
from collections.abc import Iterator

from .actions import is_action_verb
from .inflections import Inflections
from .route_rules import CallName, Route, RouteRule
from .route_segments import ITEM, without_extension
from .words import split_words

__all__ = ["procedures", "service"]

_PROCEDURES = frozenset(
    """
    add archive cancel check create delete download edit end export find generate get import list publish register
    remove rerun retrieve search send set start stop submit update upload
    """.split()
)
_READING = frozenset(
    "check download export fetch find generate get list query read retrieve search show validate".split()
)
"""Verbs that a GET may do."""
_DOTTED_PATH = re.compile(r"/?([A-Za-z]\w*(?:\.[A-Za-z]\w*)+)")
_SERVICE_PATH = re.compile(r"/?((?:\w+\.)+\w+)/([A-Z]\w*)")


def service(route: Route, inflections: Inflections) -> CallName | None:
    """Connect and gRPC: `/pkg.v1.AccountService/GetAccount` -> `accounts.get`; `/chat.postMessage` is its own name."""
    if dotted := _DOTTED_PATH.fullmatch(without_extension(route.path)):
        *resource, method = ("_".join(split_words(part)) for part in dotted[1].split("."))
        return CallName(tuple(resource), method, RouteRule.PROCEDURE)
    found = _SERVICE_PATH.fullmatch(route.path)
    if found is None:
        return None
    service = list(split_words(found[1].rpartition(".")[2]))
    if len(service) > 1 and service[-1] in ("service", "api"):
        service.pop()
    own = set(map(inflections.singular, service))
    service[-1] = inflections.plural(service[-1])
    verb, *rest = split_words(found[2])
    said = [word for word in rest if inflections.singular(word) not in own]
    return CallName(("_".join(service),), "_".join((_plain_verb(verb), *said)), RouteRule.SERVICE)


def _plain_verb(verb: str) -> str:
    return "get" if verb == "retrieve" else verb


def procedures(methods: dict[tuple[str, ...], set[str]], inflections: Inflections) -> dict[str, CallName]:
    """First segments that are a verb and a noun: create_agent, get_agent, list_agents -> `agent.create` and so on."""
    uses = Counter(key[0] for key in methods)
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for key, verbs in methods.items():
        verb, *noun = key[0].split("_")
        ends = len(key) == 1 or key[1:] == (ITEM,)
        if verbs == {"GET"} and verb not in _READING:
            # GET /archive_files lists what is archived.
            continue
        if ends and noun and is_action_verb(verb) and len(verbs) == 1 and uses[key[0]] == 1:
            found[key[0]] = verb, tuple(noun)
    numbers = Counter(noun for _, noun in found.values())
    nouns = {noun: _common_number(noun, numbers, inflections) for noun in numbers}
    shared = {noun for noun, count in Counter(nouns[noun] for _, noun in found.values()).items() if count > 1}
    return dict(_procedure_names(found, nouns, shared))


def _common_number(
    noun: tuple[str, ...], numbers: Counter[tuple[str, ...]], inflections: Inflections
) -> tuple[str, ...]:
    """A noun in the singular or plural, as most procedures have it."""
    one = inflections.singular(noun[-1])
    last = one if one != noun[-1] else inflections.plural(noun[-1])
    other = (*noun[:-1], last)
    return other if numbers[other] > numbers[noun] else noun


def _procedure_names(
    found: dict[str, tuple[str, tuple[str, ...]]],
    nouns: dict[tuple[str, ...], tuple[str, ...]],
    shared: set[tuple[str, ...]],
) -> Iterator[tuple[str, CallName]]:
    for segment, (verb, noun) in found.items():
        heads = [noun[:size] for size in range(len(noun) - 1, 0, -1) if noun[:size] in shared]
        if nouns[noun] not in shared and heads:
            # delete_agent_version where agent has procedures: agent.delete_version
            method = "_".join((_plain_verb(verb), *noun[len(heads[0]) :]))
            yield segment, CallName(("_".join(heads[0]),), method, RouteRule.PROCEDURE)
        elif nouns[noun] in shared or verb in _PROCEDURES:
            yield segment, CallName(("_".join(nouns[noun]),), _plain_verb(verb), RouteRule.PROCEDURE)
