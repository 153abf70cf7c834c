"""Folders, resources, identities, siblings, converted collections."""

from typing import Any

import pytest

from pillarbox.model.api import FormBody, JsonBody, Location
from pillarbox.model.styles import Style
from pillarbox.model.types import Array, Object, Scalar, ScalarKind

from ..conftest import ReadCollection


def _item(name: str, path: str, **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "request": {"url": {"host": ["{{baseUrl}}"], "path": path.split("/"), "query": []}, **more},
    }


def _folder(name: str, *items: Any, **more: Any) -> dict[str, Any]:
    return {"name": name, "item": list(items), **more}


def _resources(found: Any) -> list[tuple[str, ...]]:
    return [operation.resource for operation in found.api.operations]


def test_folders_are_levels_without_their_numbers(read_collection: ReadCollection) -> None:
    found = read_collection(
        _item("free", "a"),
        _folder("1. Authentication", _item("x", "a"), _folder("01 - Tokens", _item("y", "b"))),
        _folder("2) 3D Secure", _item("z", "c")),
        _folder("2.0 API", _item("v", "c")),
        _folder("24 hours", _item("w", "c"), description={"content": "Words."}),
    )
    assert _resources(found) == [
        (),
        ("Authentication",),
        ("Authentication", "Tokens"),
        ("3D Secure",),
        ("2.0 API",),
        ("24 hours",),
    ]
    documents = {resource.path: resource.doc for resource in found.api.resources}
    assert documents[("24 hours",)] == "Words."
    assert list(documents) == [
        ("Authentication",),
        ("Authentication", "Tokens"),
        ("3D Secure",),
        ("2.0 API",),
        ("24 hours",),
    ]


def test_numbers_stay_where_they_tell_siblings_apart(read_collection: ReadCollection) -> None:
    found = read_collection(
        _folder("1. Shop", _item("x", "a")),
        _folder("2. Shop", _item("y", "b")),
        _folder("3. Pay", _item("z", "c")),
    )
    assert _resources(found) == [("1. Shop",), ("2. Shop",), ("Pay",)]


def test_folders_of_the_same_name_are_one_resource(read_collection: ReadCollection) -> None:
    found = read_collection(_folder("A", _item("x", "a")), _folder("A", _item("y", "b")))
    assert _resources(found) == [("A",), ("A",)]
    assert len(found.api.resources) == 1


def test_a_folder_that_is_an_endpoint_adds_nothing(read_collection: ReadCollection) -> None:
    found = read_collection(
        _folder(
            "Payments",
            _folder("/payments/:id/cancels", _item("x", "payments/:id/cancels")),
            _folder("/old (DEPRECATED)", _item("y", "old")),
        ),
        _folder("Other", _folder("/a", _item("z", "b"))),
    )
    assert _resources(found) == [("Payments",), ("Payments",), ("Other", "/a")]
    assert [operation.deprecated for operation in found.api.operations] == [False, True, False]


@pytest.mark.parametrize(("name", "expected"), [("sample!", [()]), ("Everything", [("Everything",)])])
def test_a_wrapper_that_repeats_the_title_is_dropped(
    read_collection: ReadCollection, name: str, expected: list[tuple[str, ...]]
) -> None:
    assert _resources(read_collection(_folder(name, _item("x", "a")))) == expected


def test_folders_that_are_path_segments_give_their_first_one(read_collection: ReadCollection) -> None:
    found = read_collection(
        _folder(
            "users",
            _item("list", "users"),
            _folder(
                "{userId}", _item("get", "users/:userId"), _folder("token", _item("t", "users/:userId/token"))
            ),
        ),
        _folder("meetings", _item("m", "meetings")),
        _item("root", ""),
    )
    assert _resources(found) == [("users",), ("users",), ("users",), ("meetings",), ()]


def test_a_first_segment_that_all_share_is_skipped(read_collection: ReadCollection) -> None:
    found = read_collection(
        _folder(
            "api",
            _folder("users", _item("u", "api/users")),
            _folder("{tenant}", _folder("pets", _item("p", "api/:tenant/pets"))),
        ),
    )
    assert _resources(found) == [("users",), ("pets",)]


def test_identities(read_collection: ReadCollection) -> None:
    found = read_collection(
        _folder("1. A", {**_item("x", "a"), "id": "i-1"}), {**_item("y", "b/:c"), "id": 7}
    )
    first, second = (operation.identity for operation in found.api.operations)
    assert (first.item, first.folder, first.route, first.pointer) == ("i-1", ("1. A", "x"), "GET /a", None)
    assert (second.item, second.folder, second.route) == (None, ("y",), "GET /b/{c}")


def test_copies_stay(read_collection: ReadCollection) -> None:
    found = read_collection(_item("x", "a"), _item("x", "a"), _item("", "a"), _item("x", "a"))
    assert len(found.api.operations) == found.requests == 4


def test_words_of_items(read_collection: ReadCollection) -> None:
    item = {
        **_item("x", "a", description={"content": " From the request. "}),
        "description": "From the item.",
    }
    other = {**_item("y", "a"), "description": "From the item."}
    found = read_collection(item, other)
    assert [operation.description for operation in found.api.operations] == [
        "From the request.",
        "From the item.",
    ]


def test_empty_folders_are_no_requests(read_collection: ReadCollection) -> None:
    found = read_collection(_item("x", "a"), {"name": "empty", "item": []}, {**_item("y", "b"), "item": []})
    assert found.requests == 2


# -- siblings -------------------------------------------------------------------------------------


def _form(name: str, **values: str) -> dict[str, Any]:
    entries = [{"key": key, "value": value} for key, value in values.items()]
    return _item(name, "token", method="POST", body={"mode": "urlencoded", "urlencoded": entries})


def _defaults(operation: Any) -> dict[str, Any]:
    body = operation.body
    fields = (
        body.fields
        if isinstance(body, FormBody)
        else body.type.fields
        if isinstance(body, JsonBody) and isinstance(body.type, Object)
        else ()
    )
    found = {field.wire: field.default for field in fields if field.default is not None}
    return found | {one.wire: one.default for one in operation.parameters if one.default is not None}


def test_a_literal_that_tells_siblings_apart_is_a_default(read_collection: ReadCollection) -> None:
    found = read_collection(
        _form("a", grant_type="client_credentials", scope="read"),
        _form("b", grant_type="password", scope="write", type="x y"),
    )
    assert [_defaults(operation) for operation in found.api.operations] == [
        {"grant_type": "client_credentials"},
        {"grant_type": "password"},
    ]


def test_so_in_a_query_and_in_json(read_collection: ReadCollection) -> None:
    def json_item(name: str, raw: str, action: str) -> dict[str, Any]:
        item = _item(
            name,
            "do",
            method="POST",
            body={"mode": "raw", "raw": raw, "options": {"raw": {"language": "json"}}},
        )
        item["request"]["url"]["query"] = [
            {"key": "action", "value": action},
            {"key": "sort", "value": action},
        ]
        return item

    found = read_collection(
        json_item("a", '{"type": "iban", "country": "DE"}', "trash"),
        json_item("b", '{"type": "sort_code", "country": "GB"}', "delete"),
    )
    assert [_defaults(operation) for operation in found.api.operations] == [
        {"type": "iban", "action": "trash"},
        {"type": "sort_code", "action": "delete"},
    ]


@pytest.mark.parametrize(
    "items",
    [
        [_form("a", grant_type="x")],
        [_form("a", grant_type="x"), _form("b", grant_type="x")],
        [_form("a", grant_type="x"), _form("b", grant_type="{{kind}}")],
        [_form("a", grant_type="x"), _form("b", other="x")],
        [_form("a", country="DE"), _form("b", country="GB")],
        [_form("a", type="<string>"), _form("b", type="x")],
    ],
)
def test_nothing_else_is_a_default(read_collection: ReadCollection, items: list[Any]) -> None:
    assert all(not _defaults(operation) for operation in read_collection(*items).api.operations)


# -- converted ------------------------------------------------------------------------------------


def test_a_converted_collection_gives_objects_back(read_collection: ReadCollection) -> None:
    query = [
        {"key": "filter[name]", "value": "<string>", "description": {"content": "(Required) Words."}},
        {"key": "filter[size]", "value": "<integer>", "description": {"content": ""}},
        {"key": "ids", "value": "<long>"},
        {"key": "ids", "value": "<long>"},
        {"key": "page[0]", "value": "1"},
    ]
    item = _item("x", "a")
    item["request"]["url"]["query"] = query
    (operation,) = read_collection(item).api.operations
    deep, ids, page = operation.parameters
    assert (deep.wire, deep.style, deep.required, deep.location) == (
        "filter",
        Style.DEEP,
        True,
        Location.QUERY,
    )
    assert isinstance(deep.type, Object)
    assert [(field.wire, field.type) for field in deep.type.fields] == [
        ("name", Scalar(ScalarKind.STRING)),
        ("size", Scalar(ScalarKind.INTEGER)),
    ]
    assert deep.example is not None
    assert deep.example.value == {"name": "Example", "size": 10}
    assert deep.example.as_written == {"name": "<string>", "size": "<integer>"}
    assert ids.type == Array(Scalar(ScalarKind.INTEGER))
    assert page.wire == "page[0]"


def test_a_collection_by_hand_keeps_brackets(read_collection: ReadCollection) -> None:
    (operation,) = read_collection({"name": "x", "request": "https://a/x?filter[name]=a"}).api.operations
    assert [parameter.wire for parameter in operation.parameters] == ["filter[name]"]
