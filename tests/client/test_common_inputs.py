"""One noun and one shape in the bodies of several requests: one model, which has the noun alone."""

from collections.abc import Sequence

import pytest

from pillarbox.lock.claims import Lock
from pillarbox.model.api import Operation
from pillarbox.model.types import Array, Object, Type

from .apis import INTEGER, STRING, Client, api, client, json_body, operation, record

ADDRESS = record(street=STRING, city_=STRING)
GEO = record(street=STRING, geo=record(lat=INTEGER))


def _post(name: str, **members: Type) -> Operation:
    body = json_body(record(**members))
    return operation(name, f"POST /{name}", INTEGER, body=body, resource=(name,))


def _taken(*operations: Operation, lock: Lock | None = None) -> dict[str, str]:
    """The model that each argument takes; an argument that takes none is left out."""
    found: Client = client(api(*operations), lock)
    return {
        f"{path.split('.')[0]}.{name}": kind.split("models.")[1].split(" ")[0].rstrip("]")
        for path, arguments in found.arguments.items()
        for name, kind in arguments.items()
        if "models." in kind
    }


@pytest.mark.parametrize("kind", [ADDRESS, GEO, Object(fields=ADDRESS.fields, doc="Where it is.")])
def test_equal_objects_of_two_requests_are_one_model(kind: Object) -> None:
    assert _taken(_post("orders", address=kind), _post("shops", address=kind, note=STRING)) == {
        "orders.address": "AddressInput",
        "shops.address": "AddressInput",
    }


def test_what_equal_objects_hold_is_shared_and_lists_count() -> None:
    found = client(api(_post("orders", places=Array(GEO)), _post("shops", places=Array(GEO))))
    names = {model.name for model in found.described.models}
    assert names == {"PlaceInput", "GeoInput"}


@pytest.mark.parametrize(
    ("operations", "taken"),
    [
        # One request alone: the name says which.
        ([_post("orders", address=ADDRESS)], {"orders.address": "OrderAddressInput"}),
        # Two nouns.
        (
            [_post("orders", address=ADDRESS), _post("shops", home=ADDRESS)],
            {"orders.address": "OrderAddressInput", "shops.home": "ShopHomeInput"},
        ),
        # Two shapes.
        (
            [_post("orders", address=ADDRESS), _post("shops", address=GEO)],
            {"orders.address": "OrderAddressInput", "shops.address": "ShopAddressInput"},
        ),
        # The first shape on which two agree has the noun.
        (
            [_post("carts", address=GEO), _post("orders", address=ADDRESS), _post("shops", address=ADDRESS)],
            {
                "carts.address": "CartAddressInput",
                "orders.address": "AddressInput",
                "shops.address": "AddressInput",
            },
        ),
    ],
)
def test_others_are_named_after_their_request(operations: Sequence[Operation], taken: dict[str, str]) -> None:
    assert _taken(*operations) == taken


def test_names_stay_where_a_second_request_comes_later() -> None:
    first = client(api(_post("orders", address=ADDRESS)))
    both = (_post("orders", address=ADDRESS), _post("shops", address=ADDRESS))
    assert _taken(*both, lock=first.lock)["orders.address"] == "OrderAddressInput"
    known = client(api(*both))
    assert _taken(both[1], lock=known.lock) == {"shops.address": "AddressInput"}


def test_the_shared_model_says_that_others_have_it() -> None:
    found = client(api(_post("orders", address=ADDRESS), _post("shops", address=ADDRESS)))
    (model,) = found.described.models
    assert model.use.startswith("The `address` of `orders.") and model.use.endswith("` and others.")
