"""Routes in the words of a person."""

import pytest

from pillarbox.naming.inflections import ENGLISH
from pillarbox.naming.routes import ROUTE_RULES, RouteRule, route_in_name, route_of, route_words


@pytest.mark.parametrize("rule", ROUTE_RULES, ids=lambda rule: rule.name)
def test_the_example_of_a_rule(rule: RouteRule) -> None:
    """It has the name that the rule says, and no earlier rule fits it."""
    method, path = rule.example.split(" ")
    assert " ".join(route_words(method, path)) == rule.name
    assert next(one for one in ROUTE_RULES if one.fits(route_of(method, path, ENGLISH))) is rule


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("GET", "/users", "list_users"),
        ("GET", "/users/{id}", "get_user"),
        ("GET", "/users/:userId/token", "get_user_token"),
        ("POST", "/users", "create_user"),
        ("PUT", "/users/{id}/email", "update_user_email"),
        ("PATCH", "/users/{id}", "update_user"),
        ("DELETE", "/users/{id}/roles/{role}", "delete_user_role"),
        ("POST", "/orders/{id}/cancel", "cancel_order"),
        ("GET", "/v1/api/health", "get_health"),
        ("GET", "/quotes/<quoteId>/pay-in-methods", "list_quote_pay_in_methods"),
        ("GET", "/reports/daily.csv", "get_reports_daily"),
        ("HEAD", "/files/{id}", "check_file"),
        ("PURGE", "/cache", "purge_cache"),
        ("GET", "/", "get"),
        ("DELETE", "/", "delete"),
        ("POST", "/{line}", "create_line"),
        ("GET", "/{get_line}", "get_get_line"),
        ("GET", "/{}", "get"),
        ("GET", "/actions/search", "search_actions"),
        ("GET", "/search", "get_search"),
        ("GET", "/users/{id}/search-all", "get_user_search_all"),
        ("POST", "/servers/{id}/actions/reboot", "reboot_server"),
        ("POST", "/actions/reboot", "create_actions_reboot"),
        ("POST", "/orders/{id}/{step}", "create_order"),
        ("POST", "/update/email", "create_update_email"),
        ("PUT", "/update/email", "update_email"),
        ("GET", "/users/{id}/roles", "list_user_roles"),
        ("POST", "/users/{id}/roles", "create_user_role"),
        ("POST", "/cancel", "create_cancel"),
    ],
)
def test_route_words(method: str, path: str, name: str) -> None:
    assert "_".join(route_words(method, path)) == name


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("POST /accounts Hungarian", ("POST", "/accounts", " Hungarian")),
        ("/login", ("", "/login", "")),
        ("Get a user", None),
        ("GET users", None),
        ("either/or", None),
    ],
)
def test_route_in_name(name: str, found: object) -> None:
    assert route_in_name(name) == found


def test_words_after_the_route_tell_variants_apart() -> None:
    assert route_words("POST", "/accounts", " ABA (usd)") == ("create", "account", "aba", "usd")
