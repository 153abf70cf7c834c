"""Routes in the words of a person."""

import pytest

from pillarbox.naming.routes import route_in_name, route_words


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
