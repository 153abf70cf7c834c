"""The text of a lock. `version1.lock` is a promise: it is read for ever."""

import json
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from pillarbox.lock.format import Entry, Fact, Kind, Lock, LockError

FIXTURE = Path(__file__).with_name("version1.lock").read_text("utf-8")
HEADER = FIXTURE.splitlines()[0]


def lock_of(*lines: str) -> Lock:
    return Lock.parse("\n".join((HEADER, *lines, "")), "pillarbox.lock")


def names(lock: Lock) -> set[tuple[str, str, bool]]:
    return {(entry.kind, entry.name, entry.retired) for entry in lock.entries}


def test_version_1_is_read_for_ever() -> None:
    lock = Lock.parse(FIXTURE, "pillarbox.lock")
    assert lock.repairs == ()
    assert len(lock.entries) == 20
    token = lock.find("operation", "users.get_user_token")
    assert token is not None
    assert token.facts == {
        "folder": ("Users", "Get a user's token \u2603"),
        "item": "24ef",
        "route": "GET /users/{userId}/token",
    }
    assert (token.scope, token.last, token.retired, token.renamed) == ("users", "get_user_token", False, "")
    alias = lock.find("operation", "users.get_token")
    assert alias is not None
    assert (alias.retired, alias.renamed) == (True, "users.get_user_token")
    create = lock.find("operation", "users.create_user")
    assert create is not None
    assert create.facts["flattened"] is True
    assert [entry.facts["at"] for entry in lock.of("model") if entry.name == "Error"] == [
        "users.get_user_token:404",
        "users.list_users:default",
    ]
    assert [entry.name for entry in lock.of("operation", retired=True)] == [
        "users.get_token",
        "users.remove_user",
    ]
    assert lock.find("resource", "nothing") is None


def test_version_1_is_written_as_it_was_read() -> None:
    rendered = Lock.parse(FIXTURE, "pillarbox.lock").render()
    # The fixture has one line with keys in another order, as a person may write it.
    line = next(line for line in FIXTURE.splitlines() if line.startswith("operation ping "))
    kind, name, facts = line.split(" ", 2)
    sorted_facts = json.dumps(json.loads(facts), sort_keys=True, separators=(",", ":"))
    assert rendered == FIXTURE.replace(line, f"{kind} {name} {sorted_facts}")
    assert rendered.isascii()


def test_line_ends_order_and_empty_lines_do_not_matter() -> None:
    first, *rest = FIXTURE.splitlines()
    untidy = "\ufeff" + "\r\n".join([first, "", *reversed(rest), "  "])
    assert Lock.parse(untidy, "x").render() == Lock.parse(FIXTURE, "x").render()


def test_prune_and_statistics() -> None:
    lock = Lock.parse(FIXTURE, "pillarbox.lock")
    statistics = lock.statistics()
    assert statistics.live == {
        "argument": 2,
        "credential": 2,
        "enum": 1,
        "field": 1,
        "model": 2,
        "operation": 5,
        "resource": 2,
        "setting": 1,
    }
    assert statistics.retired == {"model": 1, "operation": 2}
    pruned = lock.prune()
    assert pruned.statistics().retired == {}
    assert pruned.statistics().live == statistics.live


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "l:1: is not a lock of pillarbox"),
        ("{}\n", "l:1: is not a lock of pillarbox"),
        (HEADER.replace("lock 1", "lock 2") + "\n", "l:1: version 2 of the lock is later"),
        (f"{HEADER}\nnonsense\n", "l:2: is broken"),
        (f"{HEADER}\nresource users\n", "l:2: is broken"),
        (f"{HEADER}\nresource users {{\n", "l:2: is broken"),
        (f"{HEADER}\nresource users []\n", "l:2: is broken"),
        (f"{HEADER}\nresource users {{}} {{}}\n", "l:2: is broken"),
        (f"{HEADER}\nresource users {{}},{{}}\n", "l:2: is broken"),
        (f"{HEADER}\nresource users {{}},{{}}\nresource b [][0\n", "l:2: is broken"),
        (f"{HEADER}\nfolder users {{}}\n", "l:2: is broken"),
        (f"{HEADER}\nresource us-ers {{}}\n", "l:2: is broken"),
        (f"{HEADER}\nresource ../x {{}}\n", "l:2: is broken"),
        (f"{HEADER}\nresource users. {{}}\n", "l:2: is broken"),
        (f'{HEADER}\nresource a {{}}\nresource users {{"folder":[1]}}\n', "l:3: 'folder' is neither"),
        (f'{HEADER}\nresource users {{"folder":null}}\n', "l:2: 'folder' is neither"),
        (f'{HEADER}\nresource users {{"retired":1}}\n', "l:2: 'retired' is neither"),
        (f'{HEADER}\nresource users {{"retired":"yes"}}\n', "l:2: is broken"),
        (f'{HEADER}\nresource users {{"renamed":"a b"}}\n', "l:2: is broken"),
        (f"{HEADER}\nresource users {'[' * 100_000}\n", "l:2: is broken"),
        (f"{HEADER}\n<<<<<<< ours\nresource a {{}}\n", "l:2: a conflict that does not end"),
        (f"{HEADER}\n=======\n", "l:2: conflict markers in disorder"),
        (f"{HEADER}\n<<<<<<< a\n<<<<<<< b\n", "l:3: conflict markers in disorder"),
        (f"{HEADER}\n<<<<<<< a\n>>>>>>> b\n", "l:3: conflict markers in disorder"),
        (f"{HEADER}\n<<<<<<< a\n=======\n=======\n>>>>>>> b\n", "l:4: conflict markers in disorder"),
        (f"{HEADER}\n<<<<<<< a\n=======\n||||||| b\n>>>>>>> b\n", "l:4: conflict markers in disorder"),
    ],
)
def test_faults_are_named_by_line(text: str, said: str) -> None:
    with pytest.raises(LockError) as caught:
        Lock.parse(text, "l")
    assert str(caught.value).startswith(said)
    assert "\n" not in str(caught.value)


def test_a_conflict_is_the_union_of_both_sides() -> None:
    lock = lock_of(
        "<<<<<<< HEAD",
        'operation users.a {"item":"1"}',
        "||||||| base",
        'operation users.gone {"item":"0"}',
        "=======",
        'operation users.b {"item":"2"}',
        ">>>>>>> branch",
        "resource users {}",
    )
    assert names(lock) == {
        ("operation", "users.a", False),
        ("operation", "users.b", False),
        ("resource", "users", False),
    }
    assert lock.repairs == ("merge conflict resolved: 1 lines of the other side taken in",)
    assert "<<<" not in lock.render()


def test_in_a_conflict_our_identity_of_a_name_wins() -> None:
    lock = lock_of(
        "<<<<<<< a", 'setting key {"wire":"a"}', "=======", 'setting key {"wire":"b"}', ">>>>>>> b"
    )
    assert [entry.facts["wire"] for entry in lock.entries] == ["a"]
    assert "setting key: listed twice; the first entry is kept" in lock.repairs


def test_in_a_conflict_our_name_of_a_place_wins_and_theirs_becomes_an_alias() -> None:
    same = '{"item":"1","route":"GET /a"}'
    lock = lock_of(
        "<<<<<<< a",
        f"operation users.list {same}",
        'model User {"at":"users.list:200"}',
        "=======",
        f"operation users.list_all {same}",
        'model UserItem {"at":"users.list:200"}',
        ">>>>>>> b",
    )
    assert names(lock) == {
        ("operation", "users.list", False),
        ("operation", "users.list_all", True),
        ("model", "User", False),
    }
    alias = lock.find("operation", "users.list_all")
    assert alias is not None
    assert alias.renamed == "users.list"
    assert any("users.list_all: the other side's name for users.list" in line for line in lock.repairs)


def test_requests_alike_in_a_conflict_are_the_same_request_only_by_all_they_are_known_by() -> None:
    lock = lock_of(
        "<<<<<<< a",
        'operation a.x {"folder":["A","X"],"route":"GET /a"}',
        "=======",
        'operation a.y {"folder":["A","Y"],"route":"GET /a"}',
        ">>>>>>> b",
    )
    assert names(lock) == {("operation", "a.x", False), ("operation", "a.y", False)}


def test_a_name_that_our_side_removed_stays_removed() -> None:
    lock = lock_of(
        "<<<<<<< a",
        'operation a.x {"item":"1","retired":true}',
        "=======",
        'operation a.x {"item":"1"}',
        ">>>>>>> b",
    )
    assert names(lock) == {("operation", "a.x", True)}


def test_a_merge_driver_that_leaves_no_markers() -> None:
    lock = lock_of('setting key {"wire":"a"}', 'setting key {"wire":"b"}', 'setting key {"wire":"b"}')
    assert [entry.facts["wire"] for entry in lock.entries] == ["a"]
    assert lock.repairs == ("setting key: listed twice; the first entry is kept",) * 2


KINDS: tuple[Kind, ...] = ("argument", "field", "operation", "resource", "setting", "credential")
FACTS: st.SearchStrategy[dict[str, Fact]] = st.dictionaries(
    st.sampled_from(["item", "route", "folder", "wire", "in"]),
    st.one_of(st.text(max_size=8), st.lists(st.text(max_size=5), max_size=3).map(tuple)),
    max_size=3,
)


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(KINDS), st.from_regex(r"[a-z]{1,3}(\.[a-z_]{1,4}){0,2}", fullmatch=True)),
        st.tuples(FACTS, st.booleans()),
        max_size=12,
    )
)
def test_any_lock_reads_back(content: dict[tuple[Kind, str], tuple[dict[str, Fact], bool]]) -> None:
    entries = [Entry(kind, name, facts, retired) for (kind, name), (facts, retired) in content.items()]
    text = Lock(tuple(entries)).render()
    lines = text.splitlines()
    assert lines[1:] == sorted(lines[1:])
    assert text.isascii()
    again = Lock.parse(text, "x")
    assert again.render() == text
    assert sorted(again.entries, key=Entry.line) == sorted(entries, key=Entry.line)


@given(st.text(max_size=60), st.integers(0, len(FIXTURE)), st.integers(0, 40))
def test_a_damaged_lock_is_read_or_refused_in_one_line(junk: str, start: int, length: int) -> None:
    lock, said = Lock(), ""
    try:
        lock = Lock.parse(FIXTURE[:start] + junk + FIXTURE[start + length :], "x")
    except LockError as error:
        said = str(error)
    assert "\n" not in said
    assert Lock.parse(lock.render(), "x").render() == lock.render()
