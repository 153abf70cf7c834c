"""Why a name is what it is: recorded by the claim that chose it."""

from dataclasses import dataclass

from pillarbox.lock.choices import Choice, Chosen, Kept, Numbered, Renamed
from pillarbox.lock.claims import Claims, Lock
from pillarbox.model.api import Identity
from pillarbox.naming.candidates import Candidate, Reason

GET = Candidate("users.get", Reason.SPEC_NAME, "Get")
BY_PATH = Candidate("users.get_user", Reason.PATH, "Get")
USERS = Candidate("users", Reason.FOLDER, "Users")


@dataclass(frozen=True)
class Rename:
    name: str
    new: str


def identity(number: int) -> Identity:
    return Identity(item=None, folder=("Users", f"Get {number}"), route=f"GET /{number}")


def three(lock: Lock, *renames: Rename, candidates: tuple[Candidate, ...] = (GET, BY_PATH)) -> Claims:
    """Three operations of one resource that want the same names."""
    claims = Claims(lock, renames)
    known = [identity(number) for number in range(3)]
    for one, name in zip(known, claims.match_operations(known), strict=True):
        if name is None:
            claims.operation(one, candidates)
        else:
            claims.keep_operation(name, one, candidates)
    return claims


def why(claims: Claims, name: str) -> Choice:
    return claims.choices()["operation", name]


def test_the_candidate_that_is_taken_keeps_its_reason() -> None:
    claims = three(Lock())
    assert why(claims, "users.get") == Chosen(GET)
    assert why(claims, "users.get_user") == Chosen(BY_PATH, ("users.get",))
    assert why(claims, "users.get_2") == Numbered(GET, 2)


def test_the_lock_keeps_a_name_and_says_what_it_would_be_today() -> None:
    lock = three(Lock()).result()
    later = three(lock)
    assert why(later, "users.get") == Kept("users.get", Chosen(GET))
    assert why(later, "users.get_user") == Kept("users.get_user", Chosen(BY_PATH, ("users.get",)))
    assert why(later, "users.get_2") == Kept("users.get_2", Numbered(GET, 2))
    fetch = Candidate("users.fetch", Reason.SPEC_NAME, "Fetch")
    other = why(three(lock, candidates=(fetch,)), "users.get_2")
    assert other == Kept("users.get_2", Chosen(fetch))
    assert isinstance(other, Kept)
    assert not other.is_same


def test_a_name_that_is_free_today_is_what_would_be_chosen() -> None:
    """A name of the lock that is a candidate, but not the best free one, is kept by the lock and by nothing else."""
    lock = Claims(Lock())
    lock.operation(identity(0), [BY_PATH])
    again = Claims(lock.result())
    again.keep_operation("users.get_user", identity(0), [GET, BY_PATH])
    assert why(again, "users.get_user") == Kept("users.get_user", Chosen(GET))


def test_renames() -> None:
    rules = (Rename("users.get", "load"), Rename("users", "people"))
    before_the_first_run = Claims(Lock(), rules[:1])
    before_the_first_run.operation(identity(0), [GET])
    assert why(before_the_first_run, "users.load") == Renamed("users.get")
    claims = three(Lock())
    claims.keep_resource(["users"], {"folder": ["Users"]}, [USERS])
    for lock in (claims.result(), renamed_twice(claims.result(), rules)):
        later = three(lock, *rules)
        later.keep_resource(["people"], {"folder": ["Users"]}, [USERS])
        assert why(later, "people.load") == Renamed("users.get")
        assert later.choices()["resource", "people"] == Renamed("users")
        assert isinstance(why(later, "people.get_2"), Kept)


def renamed_twice(lock: Lock, rules: tuple[Rename, ...]) -> Lock:
    """The lock after a run with the rules: they are in the configuration still."""
    claims = three(lock, *rules)
    claims.keep_resource(["people"], {"folder": ["Users"]}, [USERS])
    return claims.result()


def test_sites_that_share_a_name_have_the_reason_of_the_first() -> None:
    claims = Claims(Lock())
    sites = claims.models({"a:200": frozenset(), "b:200": frozenset()})
    noun = Candidate("User", Reason.NOUN, "a")
    sites.name("a:200", [noun], share=lambda other: True)
    sites.name("b:200", [Candidate("User", Reason.FIELD, "b")], share=lambda other: True)
    assert claims.choices()["model", "User"] == Chosen(noun)


def test_numbers_follow_the_kind_of_name() -> None:
    assert Numbered(GET, 2).name == "users.get_2"
    assert Numbered(Candidate("User", Reason.NOUN), 3).name == "User3"
