"""Names that are too long: of calls, of folders with many words, of paths with many steps."""

import pytest

from pillarbox.naming.folder_names import FolderNames, without_list_number, without_notes
from pillarbox.naming.path_names import PathNames, shorter_paths
from pillarbox.naming.route_rules import CallName, RouteRule
from pillarbox.naming.short_names import shorter_middles, shorter_phrases
from pillarbox.naming.words import shorter_names


def best(*folders: str) -> list[str]:
    """Names of folders, each written with those above it: `Harbour > Berths`."""
    steps = [tuple(folder.split(" > ")) for folder in folders]
    names = FolderNames(steps)
    return [names.forms(one)[names.best(one)] for one in steps]


def forms(folder: str, *others: str) -> list[str]:
    steps = [tuple(one.split(" > ")) for one in (folder, *others)]
    return FolderNames(steps).forms(steps[0])


@pytest.mark.parametrize(
    ("name", "limit", "wanted"),
    [
        ("update_passenger_name_record_reprice_ancillary", 24, "update_reprice_ancillary"),
        ("capture_and_split_authorized_payment", 34, "capture_split_authorized_payment"),
        ("store_card_without_asking_shopper", 26, "store_card_without_shopper"),
        ("get_user", 4, "get_user"),
        ("list_things", 60, "list_things"),
    ],
)
def test_a_long_name_loses_its_middle_words(name: str, limit: int, wanted: str) -> None:
    found = list(shorter_names(name, "method", limit))
    assert found[0] == wanted
    assert len(set(found)) == len(found)
    words = name.split("_")
    for form in found:
        left = iter(words)
        assert all(word in left for word in form.split("_"))
        assert (words[0], words[-1]) == (form.split("_")[0], form.split("_")[-1])


def test_a_long_method_loses_what_follows_a_preposition() -> None:
    assert list(shorter_phrases("create_order_with_card_as_service")) == [
        "create_order_with_card",
        "create_order",
    ]
    # A verb alone, or a noun whose preposition belongs to it, says too little.
    assert list(shorter_phrases("mark_as_read")) == []
    assert list(shorter_phrases("get_number_of_boats")) == []


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("charge_a_berth_on_demand_from_your_card", []),
        ("charge_your_berth_on_demand_from_your_savings_card", ["charge_berth_from_savings_card"]),
        ("moor_boat_by_hand_at_dawn_under_a_red_sail", ["moor_boat_by_hand_under_red_sail", "moor_boat_under_red_sail"]),
        # The longer phrase says more than the end.
        ("create_order_with_harbour_fees_as_service", []),
        ("moor_boat_at_berth", []),
    ],
)  # fmt: skip
def test_a_long_method_loses_phrases_of_its_middle(name: str, wanted: list[str]) -> None:
    assert list(shorter_middles(name)) == wanted


def test_a_title_of_few_words_is_the_name() -> None:
    assert best("Boats", "Payment links and buttons", "1. Sail plans") == [
        "boats",
        "payment_links_and_buttons",
        "sail_plans",
    ]


def test_a_title_of_many_words_is_its_first_part() -> None:
    assert best("Harbour pilots - book, change and cancel them", "Harbour") == ["harbour_pilots", "harbour"]
    assert best("Recurring revenue with saved sailing methods") == ["recurring_revenue"]
    assert best("Boats for guests who stay (deprecated)") == ["boats_for_guests_who_stay"]


def test_what_all_folders_side_by_side_say_is_left_out() -> None:
    above = "Harbour > Moor at quay, kind of boat: "
    assert best(f"{above}Sail - 3M", f"{above}Sail non-3M", f"{above}Motor")[:3] == [
        "sail_3m",
        "sail_non_3m",
        "motor",
    ]


def test_a_note_stays_where_nothing_else_tells_apart() -> None:
    found = best(
        "Moor, pay, leave with the berth (north) & tide",
        "Moor, pay, leave with the berth (south) & tide",
        "Repairs",
    )
    assert len(set(found)) == 3
    assert "north" in found[0]
    assert "south" in found[1]


def test_words_of_the_folders_above_go_before_others() -> None:
    assert "pilots_later" in forms("Book boats > Book pilots later", "Book boats > Moor")


def test_no_two_folders_have_one_name_at_any_length() -> None:
    titles = ["Boats of the north quay", "Boats of the south quay", "Boats of the quay", "Boats"]
    names = FolderNames([(title,) for title in titles])
    for title in titles:
        others = {names.forms((other,))[names.best((other,))] for other in titles if other != title}
        assert not others & set(names.forms((title,)))


def test_list_numbers_and_notes() -> None:
    assert without_list_number("03 - Cancel booking") == "Cancel booking"
    assert without_list_number("3. ") == "3. "
    assert without_notes("Create session (stateful) - old") == "Create session"
    assert without_notes("(stateful)") == "(stateful)"


def test_a_step_of_a_path_has_no_name_of_one_beside_it() -> None:
    names = PathNames([("push_notifications",), ("notifications",), ("priority_level_settings",)])
    assert names.forms(("push_notifications",)) == ["push_notifications"]
    assert names.forms(("priority_level_settings",)) == [
        "priority_level_settings",
        "priority_settings",
        "settings",
    ]


def test_a_long_path_loses_a_step_of_its_middle() -> None:
    long = ("users", "connections", "accounts", "transactions", "informations")
    short = ("users", "accounts", "transactions", "informations")
    calls = [
        CallName(long, "bulk_delete", RouteRule.COLLECTION),
        CallName(long, "list", RouteRule.COLLECTION),
    ]
    assert shorter_paths(calls) == {long: short}
    # Not where that path is another resource.
    other = CallName(short, "list", RouteRule.COLLECTION)
    assert shorter_paths([*calls, other]) == {long: ("users", "connections", "transactions", "informations")}
    assert shorter_paths([other]) == {}
