"""Names of one run: from the lock where it knows them, else chosen once, and never given twice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from pillarbox.lock.claims import Claims, Lock, LockError
from pillarbox.lock.format import Entry, Fact, Kind
from pillarbox.model.api import Identity
from pillarbox.naming.candidates import Candidate, Reason


@dataclass(frozen=True)
class Rename:
    name: str
    new: str


def identity(name: str, route: str, *, item: str | None = None, folder: str = "Users") -> Identity:
    return Identity(item=item, folder=(folder, name), route=route)


def wished(*names: str) -> list[Candidate]:
    return [Candidate(name, Reason.SPEC_NAME) for name in names]


def operation(claims: Claims, scope: str, known: Identity, *names: str) -> str:
    dotted = (f"{scope}.{name}" if scope else name for name in names)
    return claims.operation(known, wished(*dotted)).rpartition(".")[2]


def resource(claims: Claims, scope: str, folder: Sequence[str], name: str) -> str:
    return claims.name("resource", scope, {"folder": folder}, wished(name))


def site(text: str) -> dict[str, str]:
    """Facts of an argument: `query ttl`."""
    location, _, wire = text.partition(" ")
    return {"in": location, "wire": wire}


def argument(claims: Claims, scope: str, text: str, *names: str) -> str:
    """An argument that is announced alone."""
    return claims.scope("argument", scope, [site(text)]).name(site(text), wished(*names))


def field(claims: Claims, scope: str, wire: str, name: str) -> str:
    return claims.scope("field", scope, [{"wire": wire}]).name({"wire": wire}, wished(name))


def never(other: str) -> bool:
    return False


def always(other: str) -> bool:
    return True


def model(claims: Claims, key: str, *names: str, share: Callable[[str], bool] = never) -> str:
    """A model that is announced alone."""
    return claims.models({key: frozenset()}).name(key, wished(*names), share=share)


def names(lock: Lock, kind: Kind, *, retired: bool = False) -> list[str]:
    return [entry.name for entry in lock.of(kind, retired=retired)]


def run(
    lock: Lock,
    operations: Sequence[tuple[Identity, list[str]]],
    renames: Sequence[Rename] = (),
    folder: str = "users",
) -> tuple[Lock, list[str]]:
    """One generation of operations that all hang in one resource, each with one argument `ttl`."""
    claims = Claims(lock, renames)
    attribute = resource(claims, "", ["Users"], folder)
    found: list[str] = []
    for (known, candidates), name in zip(
        operations, claims.match_operations([item for item, _ in operations]), strict=True
    ):
        if name is not None:
            claims.keep_operation(name, known, wished("x"))
        full = name or f"{attribute}.{operation(claims, attribute, known, *candidates)}"
        found.append(full)
        assert argument(claims, full, "query ttl", "ttl")
        made = model(claims, f"{full}:200", "User")
        claims.value_lists(attribute).name(f"{full}(type)", wished("UserType"), share=lambda other: True)
        field(claims, made, "nextPage", "next_page")
    return claims.result(), found


LIST = (identity("List users", "GET /users", item="1"), ["list_users"])
GET = (identity("Get a user", "GET /users/{id}", item="2"), ["get_user"])


def test_first_run_takes_the_first_candidates() -> None:
    lock, found = run(Lock(), [LIST, GET])
    assert found == ["users.list_users", "users.get_user"]
    assert names(lock, "argument") == ["users.get_user.ttl", "users.list_users.ttl"]
    assert sorted(names(lock, "model")) == ["User", "User2"]
    assert sorted(names(lock, "enum")) == ["users.UserType", "users.UserType"]
    again, same = run(Lock.parse(lock.render(), "x"), [GET, LIST])
    assert same == ["users.get_user", "users.list_users"]
    assert again.render() == lock.render()


def test_a_removed_name_stays_retired_and_is_not_given_away() -> None:
    lock, _ = run(Lock(), [LIST, GET])
    without, _ = run(lock, [LIST])
    assert names(without, "operation", retired=True) == ["users.get_user"]
    assert names(without, "argument", retired=True) == ["users.get_user.ttl"]
    other = (identity("Get a user", "GET /people/{id}", item="3", folder="People"), ["get_user"])
    after, found = run(without, [LIST, other])
    assert found == ["users.list_users", "users.get_user_2"]
    assert names(after, "operation", retired=True) == ["users.get_user"]
    pruned, found = run(without.prune(), [LIST, other])
    assert found == ["users.list_users", "users.get_user"]
    assert names(pruned, "operation", retired=True) == []


def test_a_removed_operation_that_returns_has_its_name_again() -> None:
    lock, _ = run(Lock(), [LIST, GET])
    without, _ = run(lock, [LIST])
    back, found = run(without, [LIST, GET])
    assert found[1] == "users.get_user"
    assert back.render() == lock.render()


def test_candidates_then_numbers() -> None:
    claims = Claims(Lock())
    taken = [
        operation(claims, "users", identity(str(number), f"GET /{number}"), "get", "get_by_id")
        for number in range(4)
    ]
    assert taken == ["get", "get_by_id", "get_2", "get_3"]
    classes = [model(claims, f"a:{number}", "User") for number in range(200, 203)]
    assert classes == ["User", "User2", "User3"]


def test_resources_and_operations_are_attributes_of_one_object() -> None:
    claims = Claims(Lock())
    assert resource(claims, "", ["Users"], "users") == "users"
    assert operation(claims, "", identity("Users", "GET /users"), "users") == "users_2"
    assert operation(claims, "users", identity("x", "GET /x"), "users") == "users"


def test_names_that_differ_in_case_alone_are_one() -> None:
    claims = Claims(Lock())
    found = [model(claims, "a:200", "UserID"), model(claims, "b:200", "UserId", "UserIdItem")]
    assert found == ["UserID", "UserIdItem"]


def test_one_place_has_one_name() -> None:
    claims = Claims(Lock())
    assert argument(claims, "a.b", "query ttl", "ttl") == "ttl"
    assert argument(claims, "a.b", "query ttl", "other") == "ttl"
    assert argument(claims, "a.c", "query ttl", "ttl") == "ttl"
    assert argument(claims, "a.b", "header ttl", "ttl", "ttl_header") == "ttl_header"


def test_a_name_that_is_no_identifier_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="identifier"):
        Claims(Lock()).name("setting", "", {"wire": "x"}, wished("a b"))


def test_places_share_a_name_where_they_agree_and_where_the_lock_says_so() -> None:
    claims = Claims(Lock())
    assert model(claims, "a:200", "User", share=always) == "User"
    assert model(claims, "b:200", "User", share=lambda other: other == "User") == "User"
    assert model(claims, "c:200", "User", "CUser") == "CUser"
    lock = claims.result()
    assert [entry.line() for entry in lock.entries] == [
        'model CUser {"at":"c:200"}',
        'model User {"at":"a:200"}',
        'model User {"at":"b:200"}',
    ]
    later = Claims(lock)
    assert later.locked("model", "", {"at": "b:200"}) == "User"
    assert later.locked("model", "", {"at": "d:200"}) is None
    # The shapes of a and b have grown apart: the lock still gives them one model.
    assert model(later, "b:200", "Other") == "User"
    assert model(later, "a:200", "Other") == "User"
    # A place that the spec lost: its name is not free, for the others have it.
    assert model(later, "d:200", "CUser", "DUser", share=always) == "DUser"


def test_an_argument_that_moved_keeps_its_name_if_all_are_announced() -> None:
    first = Claims(Lock())
    operation(first, "users", LIST[0], "list")
    assert argument(first, "users.list", "path id", "id") == "id"
    assert argument(first, "users.list", "query id", "id", "id_query") == "id_query"
    assert argument(first, "users.list", "query pageSize", "page_size") == "page_size"
    lock = first.result()
    wanted = [site("body id"), site("query page-size"), site("path id")]
    later = Claims(lock)
    later.keep_operation("users.list", LIST[0], wished("x"))
    scope = later.scope("argument", "users.list", wanted)
    assert later.locked("argument", "users.list", wanted[0]) == "id_query"
    assert [scope.name(facts, wished("id")) for facts in wanted] == ["id_query", "page_size", "id"]
    assert later.result().of("argument", retired=True) == ()
    # While the old site is announced too, nothing is taken over.
    both = [*wanted, site("query id")]
    careful = Claims(lock).scope("argument", "users.list", both)
    assert careful.name(wanted[0], wished("id", "id_body")) == "id_body"


def test_a_field_that_is_spelled_otherwise_keeps_its_name() -> None:
    first = Claims(Lock())
    assert field(first, "User", "nextPage", "next_page") == "next_page"
    later = Claims(first.result()).scope("field", "User", [{"wire": "next_page"}, {"wire": "other"}])
    assert later.name({"wire": "next_page"}, wished("next_page")) == "next_page"
    assert later.name({"wire": "other"}, wished("other")) == "other"


def test_a_model_keeps_its_name_when_the_status_of_its_answer_changes() -> None:
    first = Claims(Lock())
    for key in ("users.create:200", "users.create:200:items[]", "users.get:200"):
        model(first, key, key.translate({ord(mark): "" for mark in ".:[]"}))
    later = Claims(first.result())
    keys = ["users.create:201", "users.create:201:items[]", "users.get:200"]
    sites = later.models(dict.fromkeys(keys, frozenset()))
    found = [sites.name(key, wished("New"), share=never) for key in keys]
    assert found == ["userscreate200", "userscreate200items", "usersget200"]


def test_a_flattened_body_is_remembered() -> None:
    claims = Claims(Lock())
    operation(claims, "users", LIST[0], "list")
    assert not claims.was_flattened("users.list")
    claims.flatten("users.list")
    lock = Lock.parse(claims.result().render(), "x")
    later = Claims(lock)
    assert later.was_flattened("users.list")
    later.keep_operation("users.list", LIST[0], wished("x"))
    assert later.result() == lock


def test_a_resource_whose_folder_is_gone_lives_on_with_its_operations() -> None:
    claims = Claims(Lock())
    resource(claims, "", ["Users"], "users")
    resource(claims, "users", ["Users", "Old"], "old")
    operation(claims, "users.old", GET[0], "get_user")
    later = Claims(claims.result())
    later.keep_resource(["people"], {"folder": ["People"]}, wished("people"))
    later.keep_operation("users.old.get_user", GET[0], wished("x"))
    lock = later.result()
    assert names(lock, "resource") == ["people", "users", "users.old"]
    gone = Claims(lock).result()
    assert names(gone, "resource") == []
    assert names(gone, "resource", retired=True) == ["people", "users", "users.old"]


def models(lock: Lock, places: dict[str, str]) -> tuple[Lock, dict[str, str]]:
    """One generation of named objects: place -> wire names of its fields, with spaces between them."""
    claims = Claims(lock)
    wires = {at: frozenset(text.split()) for at, text in places.items()}
    sites = claims.models(wires)
    found: dict[str, str] = {}
    for at, text in places.items():
        name = "".join(
            part.capitalize()
            for part in at.removeprefix("schema:").replace(".", "_").replace(":", "_").split("_")
        )
        found[at] = sites.name(at, wished(name), share=never)
        scope = claims.scope("field", found[at], [{"wire": wire} for wire in text.split()])
        for wire in text.split():
            scope.name({"wire": wire}, wished(wire))
    return Lock.parse(claims.result().render(), "x"), found


def test_a_named_object_that_is_renamed_keeps_its_model() -> None:
    lock, _ = models(Lock(), {"schema:Pet": "id name", "schema:Pet.owner": "id", "schema:Shop": "id city"})
    after, found = models(
        lock, {"schema:Animal": "name id", "schema:Animal.owner": "id", "schema:Shop": "id city"}
    )
    assert found == {"schema:Animal": "Pet", "schema:Animal.owner": "PetOwner", "schema:Shop": "Shop"}
    # The old name of the document is free, but not the model's: what is called so now is something else.
    _, found = models(
        after, {"schema:Animal": "name id", "schema:Animal.owner": "id", "schema:Pet": "id legs"}
    )
    assert found["schema:Animal"] == "Pet"
    assert found["schema:Pet"] == "Pet2"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # Two that could be it, on either side; and one field, which many objects have.
        ({"schema:A": "id name", "schema:B": "id name"}, {"schema:C": "id name"}),
        ({"schema:A": "id name"}, {"schema:B": "id name", "schema:C": "id name"}),
        ({"schema:A": "id", "schema:B": "name x"}, {"schema:C": "id"}),
        ({"schema:A": "id name"}, {"schema:B": "id title"}),
        ({"users.get:200": "id name"}, {"users.fetch:200": "id name"}),
    ],
)
def test_an_object_that_is_not_known_again_has_a_name_of_its_own(
    before: dict[str, str], after: dict[str, str]
) -> None:
    lock, old = models(Lock(), before)
    _, new = models(lock, after)
    assert not set(old.values()) & set(new.values())


def test_names_of_schemas_may_hold_dots() -> None:
    lock, _ = models(Lock(), {"schema:v1.Pod": "id name", "schema:v1.Pod.spec": "a b", "schema:v1": "x y"})
    _, found = models(lock, {"schema:v2.Pod": "id name", "schema:v2.Pod.spec": "a b", "schema:v1": "x y"})
    assert found["schema:v2.Pod.spec"] == "V1PodSpec"


# Renames


def test_a_rename_moves_all_that_hangs_below_and_leaves_an_alias() -> None:
    lock, _ = run(Lock(), [LIST, GET])
    rules = [Rename("users.get_user", "fetch")]
    renamed, found = run(lock, [LIST, GET], rules)
    assert found == ["users.list_users", "users.fetch"]
    alias = renamed.find("operation", "users.get_user")
    assert alias is not None
    assert (alias.retired, alias.renamed, dict(alias.facts)) == (True, "users.fetch", {})
    assert names(renamed, "argument") == ["users.fetch.ttl", "users.list_users.ttl"]
    places = {entry.facts["at"] for kind in ("model", "enum") for entry in renamed.of(kind)}
    assert {"users.fetch:200", "users.fetch(type)"} < places
    assert renamed.of("argument", retired=True) == renamed.of("model", retired=True) == ()
    # The rule may stay in the configuration, or go: nothing moves any more.
    assert run(renamed, [LIST, GET], rules)[0].render() == renamed.render()
    assert run(renamed, [GET, LIST])[0].render() == renamed.render()


def test_a_rename_before_the_first_run() -> None:
    rules = [
        Rename("users.get_user", "fetch"),
        Rename("users.get_user.ttl", "lifetime"),
        Rename("User", "Person"),
        Rename("Person.next_page", "following"),
    ]
    lock, found = run(Lock(), [LIST, GET], rules)
    assert found == ["users.list_users", "users.fetch"]
    assert "users.fetch.lifetime" in names(lock, "argument")
    # The second model does not get the old name, or the rule would meet it at the next run.
    assert names(lock, "model") == ["Person", "User2"]
    assert "Person.following" in names(lock, "field")
    assert not [entry for entry in lock.entries if entry.retired]
    assert run(lock, [LIST, GET], rules)[0].render() == lock.render()


def test_several_renames_at_once_by_old_or_new_names() -> None:
    lock, _ = run(Lock(), [LIST, GET])
    rules = [
        Rename("users", "people"),
        Rename("users.get_user", "fetch"),
        Rename("people.list_users", "every"),
        Rename("users.get_user.ttl", "lifetime"),
        Rename("User", "Person"),
        Rename("User.next_page", "following"),
        Rename("users.UserType", "Sort"),
    ]
    renamed, found = run(lock, [LIST, GET], rules)
    assert found == ["people.every", "people.fetch"]
    assert names(renamed, "argument") == ["people.every.ttl", "people.fetch.lifetime"]
    assert sorted(names(renamed, "model")) == ["Person", "User2"]
    assert "Person.following" in names(renamed, "field")
    assert set(names(renamed, "enum")) == {"people.Sort"}
    assert run(renamed, [LIST, GET], rules)[0].render() == renamed.render()
    assert Claims(renamed, rules).unused_renames() == ()


def test_a_rename_of_a_rename_and_back() -> None:
    lock, _ = run(Lock(), [GET])
    once, _ = run(lock, [GET], [Rename("users.get_user", "fetch")])
    twice, found = run(once, [GET], [Rename("users.get_user", "load")])
    assert found == ["users.load"]
    assert {entry.name: entry.renamed for entry in twice.of("operation", retired=True)} == {
        "users.fetch": "users.load",
        "users.get_user": "users.load",
    }
    back, found = run(twice, [GET], [Rename("users.load", "get_user")])
    assert found == ["users.get_user"]
    assert {entry.name: entry.renamed for entry in back.of("operation", retired=True)} == {
        "users.fetch": "users.get_user",
        "users.load": "users.get_user",
    }


def test_a_rename_stays_done_after_a_prune() -> None:
    rules = [Rename("users.get_user", "fetch")]
    lock, _ = run(run(Lock(), [GET])[0], [GET], rules)
    newcomer = (identity("Get another", "GET /others", item="9"), ["get_user"])
    after, found = run(lock.prune(), [GET, newcomer], rules)
    assert found == ["users.fetch", "users.get_user_2"]
    assert run(after, [GET, newcomer], rules)[1] == found


def test_nobody_else_gets_the_name_that_a_rule_is_waiting_to_give() -> None:
    first = (identity("Fetch", "GET /fetch", item="9"), ["fetch"])
    _, found = run(Lock(), [first, GET], [Rename("users.get_user", "fetch")])
    assert found == ["users.fetch_2", "users.fetch"]


@pytest.mark.parametrize(
    ("old", "new"), [("users.get_user", "list_users"), ("User", "User2"), ("users.get_user", "LIST_users")]
)
def test_a_rename_to_a_name_in_use_is_refused(old: str, new: str) -> None:
    lock, _ = run(Lock(), [LIST, GET])
    with pytest.raises(LockError, match=f'rename "{old}": "{new}" is already the name of something else'):
        run(lock, [LIST, GET], [Rename(old, new)])


def test_a_rule_that_meets_nothing_is_reported() -> None:
    lock, _ = run(Lock(), [LIST])
    claims = Claims(lock, [Rename("users.list_user", "all"), Rename("users.list_users", "every")])
    assert claims.unused_renames() == ("users.list_user",)


def test_facts_that_a_later_version_wrote_are_kept() -> None:
    facts: dict[str, Fact] = {"item": "1", "route": "GET /users", "later": ("x",)}
    claims = Claims(Lock((Entry("operation", "users.list", facts),)))
    (name,) = claims.match_operations([LIST[0]])
    assert name == "users.list"
    claims.keep_operation(name, LIST[0], wished("x"))
    (entry,) = claims.result().entries
    assert entry.facts["later"] == ("x",)
    assert entry.facts["folder"] == ("Users", "List users")
