"""Stripe: customers and subscriptions. Forms nest with brackets, as Rack reads them."""

import re
from collections.abc import Mapping
from typing import Any

from ..server import Refused, Response, json_response
from ..wire import Request

__all__ = ["SITES"]

_STEP = re.compile(r"\[([^\[\]]*)\]")


def _refuse(status: int, message: str, param: str | None = None) -> Refused:
    error = {"type": "invalid_request_error", "message": message, "param": param}
    return Refused(json_response({"error": error}, status))


def nested(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """`a[b][0]=c` as `{"a": {"b": {"0": "c"}}}`; `a[]` counts."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        steps = [name.partition("[")[0], *_STEP.findall(name)]
        inner = found
        for step in steps[:-1]:
            inner = inner.setdefault(step, {})
            if not isinstance(inner, dict):
                raise _refuse(400, f"Invalid parameters: {name} is text and an object", name)
        last = steps[-1] or str(len(inner))
        if last in inner:
            raise _refuse(400, f"Invalid parameters: {name} is given twice", name)
        inner[last] = value
    return found


def _list(found: Mapping[str, Any], name: str) -> list[Any]:
    value = found.get(name, {})
    if not isinstance(value, dict):
        raise _refuse(400, "Invalid array", name)
    return [value[key] for key in sorted(value, key=int)]


def _api(request: Request, urls: Mapping[str, str]) -> Response:
    if request.headers.get("authorization") != "Bearer sk_test_123":
        raise _refuse(401, "Invalid API Key provided")
    if request.method == "POST" and request.media_type != "application/x-www-form-urlencoded":
        raise _refuse(400, "Invalid request: send a form")
    found = nested(request.form() if request.method == "POST" else request.query)
    match request.method, request.path.removeprefix("/v1/").split("/"):
        case "POST", ["customers"]:
            return json_response(_customer("cus_1", found))
        case "POST", ["customers", identifier]:
            return json_response(_customer(identifier, found))
        case "GET", ["customers"]:
            return json_response(_customers(found))
        case "POST", ["subscriptions"]:
            return json_response(_subscription(found))
    raise _refuse(404, f"Unrecognized request URL ({request.method}: {request.path})")


def _customer(identifier: str, found: Mapping[str, Any]) -> dict[str, Any]:
    _list(found, "expand")
    return {
        "id": identifier,
        "object": "customer",
        "created": 1700000000,
        "livemode": False,
        "name": found.get("name"),
        "email": found.get("email"),
        "default_source": None,
        "shipping": None,
        "description": found.get("description"),
        "metadata": found.get("metadata", {}),
        "preferred_locales": _list(found, "preferred_locales"),
    }


def _customers(found: Mapping[str, Any]) -> dict[str, Any]:
    created = found.get("created", {})
    if not isinstance(created, dict) or not all(value.isdecimal() for value in created.values()):
        raise _refuse(400, "Invalid timestamp", "created")
    if _list(found, "expand") != ["data.default_source", "data.tax"]:
        raise _refuse(400, "This property cannot be expanded", "expand")
    data = [_customer(f"cus_{number}", {}) for number in range(int(found.get("limit", 10)))]
    return {"object": "list", "url": "/v1/customers", "has_more": True, "data": data}


def _subscription(found: Mapping[str, Any]) -> dict[str, Any]:
    items = [
        {
            "id": f"si_{number}",
            "object": "subscription_item",
            "created": 1700000000,
            "metadata": item.get("metadata", {}),
            "price": {"id": item["price"], "object": "price"},
            "quantity": int(item.get("quantity", 1)),
            "subscription": "sub_1",
            "tax_rates": [],
        }
        for number, item in enumerate(_list(found, "items"))
    ]
    if not items:
        raise _refuse(400, "Missing required param: items.", "items")
    return {
        "id": "sub_1",
        "object": "subscription",
        "created": 1700000000,
        "customer": found["customer"],
        "status": "active",
        "items": {"object": "list", "data": items, "has_more": False, "url": "/v1/subscription_items"},
    }


SITES = {"api": _api}
