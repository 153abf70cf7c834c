"""Methods from the names of a collection's items."""

import pytest

from pillarbox.naming.item_names import Item, item_methods, route_in_name


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("POST /accounts Hungarian", " Hungarian"),
        ("/login", ""),
        ("{{baseUrl}}/users", ""),
        ("GET https://shop.test/users/7", ""),
        ("Get a user", None),
        ("GET users", None),
        ("either/or", None),
    ],
)
def test_route_in_name(name: str, rest: str | None) -> None:
    assert route_in_name(name) == rest


@pytest.mark.parametrize(
    ("name", "method", "resource", "many", "expected"),
    [
        ("Get a user token", "GET", "users", False, "get_token"),
        ("Retrieve a user", "GET", "users", False, "get"),
        ("Get all users", "GET", "users", True, "list"),
        ("Get users", "GET", "users", None, "list"),
        ("Get users", "GET", "people", True, "list_users"),
        ("Get a list of active campaigns", "POST", "donations", False, "list_active_campaigns"),
        ("Make a payment", "POST", "payments", False, "create"),
        ("Make a card payment", "POST", "payments", False, "make_card_payment"),
        ("Make a donation to a campaign", "POST", "donations", False, "make_donation_to_campaign"),
        ("Refund a payment to the card", "POST", "payments", False, "refund_to_card"),
        ("Get available payment methods", "POST", "payments", False, "get_available_methods"),
        ("Lists sub accounts", "GET", "accounts", True, "list_sub_accounts"),
        ("Park a telescope", "POST", "telescopes", False, "park"),
        ("Validates shopper Id", "POST", "utility", False, "validate_shopper_id"),
        ("1. Create a booking", "POST", "bookings", False, "create"),
        ("03 - Cancel booking", "POST", "bookings", False, "cancel"),
        ("POST Create a booking", "POST", "bookings", False, "create"),
        ("PUT user", "PUT", "users", False, "update"),
        ("Get Dispute by ID", "GET", "disputes", False, "get"),
        ("Get Dispute by Key", "GET", "disputes", False, "get_by_key"),
        ("GET Request", "GET", "methods", False, "get_request"),
        ("POST Request", "POST", "methods", False, "post_request"),
        ("Show order details", "GET", "checkout", None, "get_order_details"),
        ("Get all", "GET", "users", None, "list"),
        ("Forecast", "GET", "weather", False, "forecast"),
        ("Sign in", "POST", "shop", False, "sign_in"),
        ("Log out", "POST", "users", False, "log_out"),
        ("Delete cart by key", "DELETE", "carts", False, "delete_by_key"),
        ("Get user", "GET", "user_tokens", False, "get_user"),
        ("User token", "GET", "users", False, "user_token"),
        ("User", "GET", "users", False, "get"),
        ("User", "DELETE", "users", False, "delete"),
        ("Users", "GET", "users", True, "list"),
        ("Berth example", "PATCH", "berths", False, "update"),
        ("Tide table request", "GET", "tide_tables", False, "get"),
        ("Streamed berth", "GET", "berths", False, "streamed_berth"),
        ("Search", "POST", "search", False, "search"),
        ("Search", "GET", "sailings", True, "search"),
        ("Cancel a line item's refund", "POST", "line_items", False, "cancel_refund"),
    ],
)
def test_an_item_is_a_method(name: str, method: str, resource: str, many: bool | None, expected: str) -> None:
    assert item_methods(Item(name, method, (resource,), many))[0] == expected


def test_the_nouns_of_all_folders_above_are_left_out() -> None:
    item = Item("List telescope observations", "GET", ("telescopes", "observations"), True)
    assert item_methods(item) == ["list", "list_telescope_observations"]


def test_an_item_that_says_only_its_folders_is_called_by_its_http_method() -> None:
    assert item_methods(Item("TideDigest Request", "GET", ("tides", "tide_digest"))) == [
        "get",
        "tide_digest_request",
    ]


def test_the_whole_noun_of_the_folder_is_left_out_before_that_of_a_folder_above() -> None:
    assert (
        item_methods(Item("Query ConnectorStaged", "GET", ("connectors", "connector_staged")))[0] == "query"
    )


@pytest.mark.parametrize("name", ["", "…", "()"])
def test_a_name_without_words_gives_none(name: str) -> None:
    assert item_methods(Item(name, "GET", ("users",))) == []
