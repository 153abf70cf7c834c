"""What models are called, and which places share one."""

import json
from pathlib import Path
from typing import Any

import pytest

from pillarbox.client.type_mapping import MAX_NESTING
from pillarbox.client.types import spell
from pillarbox.config import ClientSettings
from pillarbox.lock.claims import Lock
from pillarbox.pipeline import Built, build
from pillarbox.text.python import PythonCode


def built(tmp_path: Path, items: list[Any], lock: Lock | None = None) -> Built:
    """The client of a collection with these items."""
    schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
    collection = {"info": {"name": "Shop", "schema": schema}, "item": items}
    spec = tmp_path / "spec.json"
    spec.write_text(json.dumps(collection), encoding="utf-8")
    return build(spec, ClientSettings(name="shop", spec=spec, output=tmp_path / "shop"), lock or Lock())


def item(
    name: str, answer: Any, path: str = "things", method: str = "GET", body: Any = None
) -> dict[str, Any]:
    """A request with one saved answer."""
    request: dict[str, Any] = {"method": method, "url": f"https://shop.test/{path}"}
    if body is not None:
        request["body"] = {"mode": "raw", "raw": json.dumps(body), "options": {"raw": {"language": "json"}}}
    header = [{"key": "Content-Type", "value": "application/json"}]
    saved = {"name": "OK", "code": 200, "header": header, "body": json.dumps(answer)}
    return {"name": name, "request": request, "response": [saved]}


def returns(found: Built) -> dict[str, str]:
    return {
        planned.qualified: str(spell(planned.returns, models=PythonCode("models.")))
        for planned in found.client.methods
    }


def test_reading_names_the_model_and_equal_shapes_share_it(tmp_path: Path) -> None:
    user = {"id": 1, "name": "a"}
    found = returns(
        built(
            tmp_path,
            [
                item("Create a user", {"id": 1}, method="POST"),
                item("Get a user", user),
                item("Update a user", user, method="PUT"),
                item("List users", [user]),
                item("List all users", {"users": [user]}),
            ],
        )
    )
    assert found["get_user"] == "models.User"
    assert found["update_user"] == "models.User"
    assert found["list_users"] == "list[models.User]"
    assert found["create_user"] != "models.User"


def test_one_noun_with_two_shapes_is_two_models(tmp_path: Path) -> None:
    found = built(
        tmp_path,
        [
            item("Get a site", {"site": {"id": 1, "name": "a"}}),
            item("Get a template", {"site": {"id": 1, "name": "a", "html": "b"}}),
        ],
    )
    names = {entry.name for entry in found.lock.of("model")}
    assert names == {"Site", "SiteItem", "Template", "TemplateSite"}


def test_the_lock_keeps_a_model_whose_shape_has_changed(tmp_path: Path) -> None:
    first = built(tmp_path, [item("Get a user", {"id": 1}), item("Get a member", {"id": 1, "role": "x"})])
    second = built(
        tmp_path,
        [item("Get a member", {"id": 1}), item("Get a user", {"id": 1, "email": "b"})],
        first.lock,
    )
    assert returns(second)["get_user"] == "models.User"
    assert returns(second)["get_member"] == "models.Member"


def test_copies_share_a_constant_and_models(tmp_path: Path) -> None:
    body = {"size": 1, "colour": {"name": "red"}}
    found = built(
        tmp_path,
        [
            item("Paint", {"id": 1, "colour": {"name": "red"}}, "paint", "POST", body),
            item("Paint Copy", {"id": 1, "colour": {"name": "red"}}, "paint", "POST", body),
        ],
    )
    texts = [found.files.text(path) for path in ("client.py", "_async/__init__.py")]
    assert [text.count("= Operation(") for text in texts] == [1, 0]
    assert [text.count("def paint") for text in texts] == [2, 2]
    assert {entry.name for entry in found.lock.of("model")} == {
        "Paint",
        "PaintColour",
        "PaintColourInput",
        "PaintColourInputParam",
    }


@pytest.mark.parametrize(("depth", "lists", "inner"), [(30, 30, "str"), (90, MAX_NESTING + 1, "Any")])
def test_lists_in_lists_end_in_any(tmp_path: Path, depth: int, lists: int, inner: str) -> None:
    """Python's parser refuses brackets that nest about 100 deep."""
    value: Any = "x"
    for _ in range(depth):
        value = [value]
    found = built(tmp_path, [item("List things", value), item("Create parts", {}, "parts", "POST", value)])
    assert returns(found)["list_things"] == "list[" * lists + inner + "]" * lists
    client = found.files.text("client.py")
    assert f"{'Sequence[' * lists}{inner}{']' * lists}" in "".join(client.split())
    compile(client, "client.py", "exec")


@pytest.mark.parametrize("sent", [True, False])
def test_what_a_shared_model_holds_is_shared_too(tmp_path: Path, *, sent: bool) -> None:
    """Two requests hold one shape: the field of the model that they share has one type, not two equal ones."""
    details = {"parts": [{"address": "home", "count": 1, "box": {"size": 1}}]}
    bodies: dict[str, dict[str, Any]] = {
        "Add line item": {"actions": [{"action": "add", "quantity": 2, "shippingDetails": details}]},
        "Set line item shipping details": {"actions": [{"action": "set", "shippingDetails": details}]},
    }
    found = built(
        tmp_path,
        [
            {
                "name": "Carts update actions",
                "item": [
                    item(name, None, f"things/{number}", "POST", body)
                    if sent
                    else item(name, {**body, "number": number}, f"things/{number}")
                    for number, (name, body) in enumerate(bodies.items())
                ],
            }
        ],
    )
    kinds = {
        str(spell(field.kind))
        for model in found.client.models
        for field in model.fields
        if field.wire in {"parts", "box"}
    }
    assert len(kinds) > 1
    assert [kind for kind in kinds if kind.count("|")] == []


def test_what_a_model_holds_is_named_by_the_response_that_names_the_model(tmp_path: Path) -> None:
    order = {"id": 1, "payer": {"name": "a", "email": "b"}, "lines": [{"sku": "c", "count": 2}]}
    found = built(
        tmp_path,
        [
            item("List shops", {"shops": [{"title": "s", "order": order}]}, "shops"),
            item("Get an order", order, "orders/1"),
        ],
    )
    models = {
        model.name: {field.wire: str(spell(field.kind)) for field in model.fields}
        for model in found.client.models
    }
    assert models["Order"] == {"id": "int", "payer": "OrderPayer", "lines": "list[OrderLine]"}
    assert not [name for name in models if name.endswith(("Payer", "Line")) and not name.startswith("Order")]
