"""A list of values that several operations of a resource have: one name, after the resource."""

import re
from collections.abc import Sequence

import pytest

from pillarbox.lock.claims import Lock
from pillarbox.model.api import Operation
from pillarbox.model.types import Array, Enumeration, Nullable, Type

from .apis import INTEGER, api, client, json_body, operation, parameter, record

STATES = Enumeration(values=("open", "closed", "all"), open=False)
OTHERS = Enumeration(values=("new", "old", "all"), open=False)


def _list(name: str, wire: str = "state", kind: Type = STATES) -> Operation:
    return operation(
        name, f"GET /issues/{name}", INTEGER, resource=("issues",), parameters=[parameter(wire, kind=kind)]
    )


def _send(name: str, kind: Type = STATES) -> Operation:
    body = json_body(record(state=kind))
    return operation(name, f"POST /issues/{name}", INTEGER, resource=("issues",), body=body)


def _lists(*operations: Operation, lock: Lock | None = None) -> list[str]:
    text = client(api(*operations), lock).files["resources/issues/__init__.py"]
    return re.findall(r"^(\w+) = Literal", text, re.MULTILINE)


@pytest.mark.parametrize(
    "operations",
    [
        [_list("list_for_org"), _list("list_for_user")],
        [_list("list_for_org"), _send("create_for_user"), _list("list_for_team")],
        [_list("list_for_org", kind=Array(STATES)), _list("list_for_user", kind=Array(STATES))],
        [_list("list_for_org", kind=Nullable(STATES)), _list("list_for_user")],
    ],
)
def test_a_list_of_several_operations_has_the_noun_of_the_resource(operations: Sequence[Operation]) -> None:
    assert _lists(*operations) == ["IssueState"]


@pytest.mark.parametrize(
    ("operations", "names"),
    [
        ([_list("list_for_org")], ["OrgState"]),
        ([_list("list_for_org"), _list("list_for_user", "status")], ["OrgState", "UserStatus"]),
        ([_list("list_for_org"), _list("list_for_user", kind=OTHERS)], ["OrgState", "UserState"]),
        (
            [_list("list_for_org"), _list("list_for_user"), _list("list_for_team", kind=OTHERS)],
            ["IssueState", "TeamState"],
        ),
    ],
)
def test_others_are_named_after_their_operation(operations: Sequence[Operation], names: list[str]) -> None:
    assert _lists(*operations) == names


def test_a_name_stays_where_a_second_operation_comes_later() -> None:
    first = client(api(_list("list_for_org")))
    assert "OrgState" in _lists(_list("list_for_org"), _list("list_for_user"), lock=first.lock)
    both = client(api(_list("list_for_org"), _list("list_for_user")))
    assert _lists(_list("list_for_org"), lock=both.lock) == ["IssueState"]


def test_values_may_be_of_any_type() -> None:
    kind = Enumeration(values=({"a": 1}, [1], 1, True, None), open=True)
    made = client(api(_list("list_for_org", kind=kind), _list("list_for_user", kind=kind)))
    assert len(made.described.methods) == 2
