"""Which operation is which after a spec has changed. The fuzz knows the truth and holds the lock to it."""

import os
import random
from collections import defaultdict
from dataclasses import dataclass, replace

import pytest

from pillarbox.lock.claims import Claims, Lock, match_operations
from pillarbox.lock.format import Entry, Fact
from pillarbox.model.api import Identity
from pillarbox.naming.candidates import Candidate, Reason


def entry(name: str, *, retired: bool = False, renamed: str = "", **facts: Fact) -> Entry:
    return Entry("operation", name, facts, retired, renamed)


def known(
    item: str | None,
    folder: tuple[str, ...] | None,
    route: str,
    operation_id: str | None = None,
    pointer: str | None = None,
) -> Identity:
    return Identity(item=item, folder=folder, route=route, operation_id=operation_id, pointer=pointer)


A = entry("users.a", item="1", folder=("Users", "A"), route="GET /a")
B = entry("users.b", item="2", folder=("Users", "B"), route="GET /b")


@pytest.mark.parametrize(
    ("why", "identities", "expected"),
    [
        ("moved and renamed", [known("1", ("Z", "z"), "GET /z")], ["users.a"]),
        ("exported anew, other route", [known("9", ("Users", "A"), "GET /v2/a")], ["users.a"]),
        ("exported anew, moved", [known("9", ("Z", "z"), "GET /a")], ["users.a"]),
        ("order", [known("2", None, "GET /x"), known("1", None, "GET /x")], ["users.b", "users.a"]),
        (
            "a newcomer in the old place of one that moved",
            [known("7", ("Users", "A"), "GET /new"), known("1", ("Z", "A"), "GET /a")],
            [None, "users.a"],
        ),
        (
            "a copy under another name, while the other is removed",
            [known("1", ("Users", "A"), "GET /a"), known("7", ("Users", "A Copy"), "GET /a")],
            ["users.a", None],
        ),
        (
            "a duplicate is one survivor and a newcomer",
            [known(None, ("Users", "A"), "GET /a"), known(None, ("Users", "A"), "GET /a")],
            ["users.a", None],
        ),
        ("nothing agrees", [known("9", ("Users", "C"), "GET /c")], [None]),
        ("nothing at all", [], []),
    ],
)
def test_rounds(why: str, identities: list[Identity], expected: list[str | None]) -> None:
    assert list(match_operations([A, B], identities)) == expected, why


def test_openapi_by_operation_id_then_route_then_pointer() -> None:
    lock = [
        entry("a", route="GET /a", operationId="getA", pointer="#/paths/~1a/get"),
        entry("b", route="GET /b", operationId="getB", pointer="#/paths/~1b/get"),
        entry("c", route="GET /c", pointer="#/paths/~1c/get"),
    ]
    new = [
        known(None, None, "GET /v2/a", "getA", "#/paths/~1v2~1a/get"),
        known(None, None, "GET /b", "retrieveB", "#/paths/~1b/get"),
        known(None, None, "GET /c/{id}", None, "#/paths/~1c/get"),
    ]
    assert match_operations(lock, new) == ("a", "b", "c")


def test_requests_of_one_route_are_told_apart_by_name() -> None:
    lock = [
        entry("t.password", folder=("Auth", "Password"), route="POST /token"),
        entry("t.refresh", folder=("Auth", "Refresh"), route="POST /token"),
    ]
    new = [known("8", ("Login", "Refresh"), "POST /token"), known("9", ("Login", "Password"), "POST /token")]
    assert match_operations(lock, new) == ("t.refresh", "t.password")


def test_a_name_that_lost_a_comma_or_gained_an_article() -> None:
    """Many requests of one route, as in a converted collection: only the words tell them apart."""
    entries = [
        entry("pay.by_card", folder=("Pay", "Pay by card, using stored details"), route="POST /payments"),
        entry("pay.by_bank", folder=("Pay", "Make bank payment"), route="POST /payments"),
        entry("pay.by_phone", folder=("Pay", "Pay by phone"), route="POST /payments"),
    ]
    identities = [
        known(None, ("Pay", "Make a bank payment"), "POST /payments"),
        known(None, ("Pay", "Pay by card using stored details"), "POST /payments"),
        known(None, ("Pay", "Pay by watch"), "POST /payments"),
    ]
    assert list(match_operations(entries, identities)) == ["pay.by_bank", "pay.by_card", None]


def test_copies_in_two_folders_that_are_both_renamed() -> None:
    lock = [
        entry(f"{folder}.{name}".lower(), folder=("Api", folder, name), route=f"GET /{name}")
        for folder in ("Cats", "Dogs")
        for name in ("List", "Get")
    ]
    new = [
        known(None, ("Service", folder, name), f"GET /{name}")
        for folder in ("Dogs", "Cats")
        for name in ("Get", "List")
    ]
    assert match_operations(lock, new) == ("dogs.get", "dogs.list", "cats.get", "cats.list")


def test_duplicates_keep_their_names_in_order() -> None:
    lock = [entry(name, folder=("U", "X"), route="GET /x") for name in ("u.x", "u.x_10", "u.x_2")]
    new = [known(None, ("U", "X"), "GET /x")] * 4
    assert match_operations(lock, new) == ("u.x", "u.x_2", "u.x_10", None)
    assert match_operations(lock, new[:1]) == ("u.x",)


def test_a_retired_name_returns_only_to_the_same_request() -> None:
    gone = entry("users.a", retired=True, item="1", folder=("Users", "A"), route="GET /a")
    assert match_operations([gone], [known("1", ("Z", "z"), "GET /z")]) == ("users.a",)
    assert match_operations([gone], [known("9", ("Users", "A"), "GET /a")]) == ("users.a",)
    assert match_operations([gone], [known("9", ("Users", "A"), "GET /other")]) == (None,)
    assert match_operations([gone], [known("9", ("Users", "B"), "GET /a")]) == (None,)
    alias = entry("users.a", retired=True, renamed="users.b", item="1", route="GET /a")
    assert match_operations([alias], [known("1", ("Users", "A"), "GET /a")]) == (None,)


def test_a_name_in_use_goes_before_a_retired_one() -> None:
    gone = entry("users.a", retired=True, folder=("Users", "A"), route="GET /a")
    here = entry("users.b", folder=("People", "A"), route="GET /a")
    assert match_operations([gone, here], [known("9", ("Users", "A"), "GET /a")]) == ("users.b",)


# The fuzz


@dataclass(frozen=True)
class Request:
    """A request and who it really is."""

    truth: int
    item: str | None
    folder: tuple[str, ...]
    name: str
    route: str

    @property
    def identity(self) -> Identity:
        return Identity(item=self.item, folder=(*self.folder, self.name), route=self.route)

    def candidate(self, scope: str) -> Candidate:
        """Its name in a resource."""
        name = self.name.lower().replace(" ", "_")
        return Candidate(f"{scope}.{name}" if scope else name, Reason.SPEC_NAME, self.name)

    @property
    def content(self) -> tuple[object, ...]:
        return self.name, self.route


class Story:
    """A collection under random edits."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.ids = self.random.random() < 0.6
        self.count = 0
        self.requests: list[Request] = []
        self.before: list[Request] = []
        folders = [("Users",), ("Users", "Groups"), ("Orders",), ("Copy", "Users"), ("Copy", "Orders"), ()]
        for _ in range(self.random.randint(4, 25)):
            self.insert(self.random.choice(folders))
        if self.random.random() < 0.5:
            # A whole folder copied, as people do for versions of an API.
            source = self.random.choice(folders)
            for request in [request for request in self.requests if request.folder == source]:
                self.requests.append(replace(self.fresh(request), folder=("V2", *source)))

    def number(self) -> int:
        self.count += 1
        return self.count

    def fresh(self, request: Request) -> Request:
        number = self.number()
        return replace(request, truth=number, item=f"id-{number}" if self.ids else None)

    def insert(self, folder: tuple[str, ...] | None = None) -> None:
        number = self.number()
        if folder is None:
            folder = self.random.choice(self.requests).folder if self.requests else ("Users",)
        # Not the route of one that is renamed now, nor one of this folder: nobody could tell the two apart.
        places = {(request.folder, request.route) for request in self.before}
        others = [request for request in self.requests if request in self.before or not self.before]
        others = (
            [request for request in others if (folder, request.route) not in places]
            if not self.ids
            else others
        )
        shared = others and self.random.random() < 0.2
        route = self.random.choice(others).route if shared else f"GET /r{number}"
        # Some newcomers would like the name of an earlier request, perhaps of a removed one.
        name = (
            f"Request {self.random.randint(1, number)}" if self.random.random() < 0.3 else f"Request {number}"
        )
        if any(
            (request.folder, request.name) == (folder, name) for request in (*self.requests, *self.before)
        ):
            name = f"Request {number}"
        item = f"id-{number}" if self.ids else None
        place = self.random.randint(0, len(self.requests))
        self.requests.insert(place, Request(number, item, folder, name, route))

    def edit(self) -> list[str]:
        """Some edits of the list, and at most one that changes what requests are known by."""
        self.before = list(self.requests)
        kinds = self.random.choices(["insert", "delete", "shuffle", "duplicate"], k=self.random.randint(0, 3))
        kinds.insert(
            self.random.randint(0, len(kinds)), self.random.choice(["", "folder", "ids", "rename", "move"])
        )
        # First of all, or a newcomer with the route of a request that is removed then would rightly be taken for it.
        kinds.sort(key=lambda kind: kind != "delete")
        for kind in kinds:
            self.change(kind)
        return kinds

    def change(self, kind: str) -> None:
        some = self.random.randrange(len(self.requests)) if self.requests else -1
        if kind == "insert" or some < 0:
            self.insert()
        elif kind == "delete":
            del self.requests[some]
        elif kind == "shuffle":
            self.random.shuffle(self.requests)
        elif kind == "duplicate":
            self.requests.insert(
                self.random.randint(some + 1, len(self.requests)), self.fresh(self.requests[some])
            )
        elif kind == "folder" and self.requests[some].folder:
            self.rename_folder(self.requests[some].folder)
        elif kind == "ids" and self.ids:
            stamp = self.number()
            self.requests = [replace(request, item=f"{stamp}-{request.truth}") for request in self.requests]
        elif kind == "rename" and self.told_apart(some):
            self.requests[some] = replace(self.requests[some], name=f"Renamed {self.number()}")
        elif kind == "move" and self.told_apart(some):
            self.requests[some] = replace(self.requests[some], folder=("Moved", f"Folder {self.number()}"))

    def told_apart(self, number: int) -> bool:
        """Whether a request may lose its place and still be known for itself: by its id, or by a route of its own."""
        route = self.requests[number].route
        now, before = (
            [request.route for request in requests].count(route) for requests in (self.requests, self.before)
        )
        return self.ids or (now, before) == (1, 1)

    def rename_folder(self, folder: tuple[str, ...]) -> None:
        depth = self.random.randint(1, len(folder))
        old, new = folder[:depth], (*folder[: depth - 1], f"Folder {self.number()}")
        self.requests = [
            replace(request, folder=(*new, *request.folder[depth:]))
            if request.folder[:depth] == old
            else request
            for request in self.requests
        ]


def generate(lock: Lock, requests: list[Request]) -> tuple[Lock, list[str]]:
    claims = Claims(lock)
    found: list[str] = []
    matched = claims.match_operations([request.identity for request in requests])
    for request, name in zip(requests, matched, strict=True):
        if name is None:
            scope = "_".join(request.folder).lower().replace(" ", "_")
            found.append(claims.operation(request.identity, [request.candidate(scope)]))
        else:
            claims.keep_operation(name, request.identity, [request.candidate("")])
            found.append(name)
    return Lock.parse(claims.result().render(), "pillarbox.lock"), found


def check(
    before: dict[int, str], story: Story, now: list[str], owners: dict[str, int], content: dict[int, object]
) -> None:
    """No survivor moved, no name has two owners, no name of a removed request was given to another one.

    Requests of one name and route are alike: any of them may carry the name, but no name of theirs may be lost.
    """
    assert len(set(now)) == len(now)
    after = {request.truth: name for request, name in zip(story.requests, now, strict=True)}
    alike: dict[object, list[int]] = defaultdict(list)
    for truth in before:
        alike[content[truth]].append(truth)
    for group in alike.values():
        survivors = [truth for truth in group if truth in after]
        old = {before[truth] for truth in group}
        kept = {after[truth] for truth in after if content[truth] == content[group[0]]} & old
        assert len(kept) >= len(survivors), (survivors, old, after)
    for request in story.requests:
        owner = owners.setdefault(after[request.truth], request.truth)
        assert content[owner] == content[request.truth], (
            f"{after[request.truth]} was given to another request"
        )
        owners[after[request.truth]] = request.truth


@pytest.mark.parametrize("seed", range(3_000 if os.environ.get("PILLARBOX_FUZZ") == "long" else 200))
def test_random_edits_never_move_a_name(seed: int) -> None:
    story = Story(seed)
    content: dict[int, object] = {}
    owners: dict[str, int] = {}
    lock = Lock()
    before: dict[int, str] = {}
    for _ in range(12):
        # A request that was renamed is still itself: what it is called and where it leads goes with it.
        content |= {request.truth: request.content for request in story.requests}
        lock, now = generate(lock, story.requests)
        check(before, story, now, owners, content)
        before = {request.truth: name for request, name in zip(story.requests, now, strict=True)}
        story.edit()


def test_fuzz_finds_a_lock_that_forgets() -> None:
    """The oracle itself: without the lock, names move."""
    moved = 0
    for seed in range(20):
        story = Story(seed)
        _, first = generate(Lock(), story.requests)
        before = {request.truth: name for request, name in zip(story.requests, first, strict=True)}
        story.rename_folder(next(request.folder for request in story.requests if request.folder))
        content: dict[int, object] = {request.truth: request.content for request in story.requests}
        try:
            check(before, story, generate(Lock(), story.requests)[1], {}, content)
        except AssertionError:
            moved += 1
    assert moved > 10
