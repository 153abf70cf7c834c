"""Payments: an API of our own whose errors are problem details."""

from collections.abc import Mapping
from typing import Any

from ..server import Refused, Response, json_response
from ..wire import Request

__all__ = ["SITES"]


def _problem(status: int, title: str, **members: Any) -> Refused:
    value = {"title": title, "status": status, **members}
    return Refused(json_response(value, status, "application/problem+json"))


def _api(request: Request, urls: Mapping[str, str]) -> Response:
    if request.headers.get("x-api-key") != "k-1":
        raise _problem(401, "Unauthorized")
    match request.method, request.path:
        case "POST", "/v1/payments":
            return _pay(request.json())
    raise _problem(404, "Not Found", detail="There is no payment p-0.")


def _pay(asked: dict[str, Any]) -> Response:
    if asked["currency"] != "EUR":
        errors = [{"pointer": "#/currency", "detail": "must be EUR"}]
        raise _problem(
            422, "Your request is not valid.", type="https://payments.example/invalid", errors=errors
        )
    if asked["amount"] > 30:
        raise _problem(
            403,
            "You do not have enough credit.",
            type="https://payments.example/out-of-credit",
            detail="Your balance is 30, but that costs 50.",
            balance=30,
            accounts=["/accounts/a-1"],
        )
    return json_response({"id": "p-1", "amount": asked["amount"]}, 201)


SITES = {"api": _api}
