"""Changes of a Postman collection, one at a time."""

from collections.abc import Sequence
from typing import Any

from .bakery import bakery, entry, find, item
from .edits import (
    add_answer,
    add_header,
    add_item,
    add_query,
    drop_answers,
    drop_item,
    drop_query,
    of_request,
    set_answer,
    set_body,
    set_form,
    set_path,
    set_query,
)
from .table import Case, Config, Edit, Format, together

__all__ = ["CASES"]

POSTMAN = Format("postman", "bakery.json", bakery)

LIST, GET, CREATE, CANCEL = (
    ("Orders", name) for name in ("List orders", "Get order", "Create order", "Cancel order")
)
PRICE, SIGN_IN, UPLOAD, ANNOUNCE = (
    ("Shop", name) for name in ("Get price", "Sign in", "Upload menu", "Announce")
)
CODES, BOARD, PING = (("Shop", name) for name in ("Replace codes", "Read board", "Ping"))

ORDER_ID = entry("orderId", "7", "(Required) Number of the order.")
LISTING = "client.orders.list(state='done', limit=5, sort='total', tag=['rye'], dry=True, x_trace='a')"
ORDERING = "client.orders.create(item='rye', quantity=2, gift=models.OrderGiftInput(wrap=True, message='Hi'))"
READING = "order = client.orders.get(7)"


def case(
    name: str,
    severity: str | None,
    changes: Sequence[str],
    edit: Edit | None,
    program: str,
    **more: Any,
) -> Case:
    return Case(
        name=name,
        format=POSTMAN,
        edit=edit,
        severity=severity,
        changes=tuple(changes),
        program=program,
        **more,
    )


def typed(at: str, text: str, required: bool | None = None) -> Config:
    """A correction of a type in the configuration."""
    table: dict[str, Any] = {"at": at, "type": text}
    return {"type": [table if required is None else {**table, "required": required}]}


def renamed(old: str, new: str) -> Config:
    """A rename in the configuration."""
    return {"rename": {old: new}}


def order_answer(change: Any) -> Edit:
    """Change the order in all answers that hold one."""
    return set_answer(LIST, change, GET)


def _rename_item(doc: dict[str, Any]) -> None:
    find(doc, *GET)["name"] = "Fetch one order"


def _move_item(doc: dict[str, Any]) -> None:
    moved = find(doc, *PING)
    find(doc, "Shop")["item"].remove(moved)
    doc["item"].append({"name": "Health", "item": [moved]})


def _rename_folder(doc: dict[str, Any]) -> None:
    find(doc, "Shop")["name"] = "The shop"


def _reverse_items(doc: dict[str, Any]) -> None:
    find(doc, "Orders")["item"].reverse()


def _new_ids(doc: dict[str, Any]) -> None:
    for folder in doc["item"]:
        for child in folder["item"]:
            child["id"] = f"exported-{child['id']}"


def _host(url: str) -> Edit:
    return of_request(BOARD, lambda request: request["url"].update(host=[url]))


def _lose_host(doc: dict[str, Any]) -> None:
    doc["variable"][0]["value"] = ""


def _set_host(text: str) -> Edit:
    return lambda doc: doc["variable"][0].update(value=text)


OPERATIONS = (
    case(
        "operation_added",
        "compatible",
        ["operation-added orders.repeat"],
        add_item("Orders", item("Repeat order", "POST", "/orders/:orderId/repeat", variables=(ORDER_ID,))),
        "client.orders.get(7)",
    ),
    case(
        "operation_removed",
        "breaking",
        ["operation-removed shop.get_board"],
        drop_item("Shop", "Read board"),
        "client.shop.get_board()",
    ),
    case(
        "resource_removed",
        "breaking",
        [
            "operation-removed orders.cancel",
            "operation-removed orders.create",
            "operation-removed orders.get",
            "operation-removed orders.list",
        ],
        lambda doc: doc["item"].pop(0),
        "client.orders.get(7)",
    ),
    case(
        "operation_renamed_in_the_spec",
        "docs",
        ["docs-changed orders.get"],
        _rename_item,
        READING,
    ),
    case("operation_moved_to_another_folder", None, [], _move_item, "client.shop.ping()"),
    case("folder_renamed_in_the_spec", None, [], _rename_folder, "client.shop.ping()"),
    case(
        "operation_renamed",
        "maybe",
        ["operation-renamed-with-alias orders.get"],
        None,
        READING,
        new=renamed("orders.get", "fetch_order"),
    ),
    case(
        "operation_renamed_for_good",
        "breaking",
        ["operation-renamed orders.get"],
        None,
        READING,
        new=renamed("orders.get", "fetch_order"),
        pruned=True,
    ),
    case(
        "resource_renamed",
        "maybe",
        ["resource-renamed-with-alias shop"],
        None,
        "client.shop.ping()",
        new=renamed("shop", "store"),
    ),
    case(
        "resource_renamed_for_good",
        "breaking",
        ["resource-renamed shop"],
        None,
        "client.shop.ping()",
        new=renamed("shop", "store"),
        pruned=True,
    ),
    case(
        "route_changed",
        "maybe",
        ["route-changed orders.get"],
        set_path(GET, "/bakery/orders/:orderId"),
        "print(client.orders.get(7).id)",
    ),
    case(
        "method_changed",
        "maybe",
        ["route-changed shop.replace_codes"],
        of_request(CODES, lambda request: request.update(method="POST")),
        "client.shop.replace_codes(body=['a'])",
    ),
    case(
        "server_of_one_operation",
        "maybe",
        ["operation-server-changed shop.get_board"],
        _host("https://boards.example"),
        "client.shop.get_board()",
    ),
    case(
        "fixed_header_changed",
        "maybe",
        ["fixed-header-changed shop.get_board"],
        of_request(BOARD, lambda request: request["header"][0].update(value="text/html")),
        "client.shop.get_board()",
    ),
    case(
        "fixed_header_added",
        "maybe",
        ["fixed-header-changed shop.ping"],
        add_header(PING, entry("Accept", "text/plain")),
        "client.shop.ping()",
    ),
    case("operations_reordered", "docs", ["order-changed orders"], _reverse_items, READING),
    case("exported_with_new_ids", None, [], _new_ids, READING),
    case(
        "description_changed",
        "docs",
        ["docs-changed orders.get"],
        of_request(GET, lambda request: request.update(description="A single order.")),
        READING,
    ),
    case(
        "description_in_other_markup",
        None,
        [],
        of_request(GET, lambda request: request.update(description="<p>One  order.</p>")),
        READING,
    ),
    case(
        "folder_described",
        "docs",
        ["docs-changed Shop"],
        lambda doc: find(doc, "Shop").update(description="All about them."),
        "client.shop.ping()",
    ),
    case(
        "collection_described",
        "docs",
        ["docs-changed Bakery"],
        lambda doc: doc["info"].update(description="Bread."),
        "client.shop.ping()",
    ),
)

ARGUMENTS = (
    case(
        "query_added_optional",
        "compatible",
        ["argument-added-optional orders.list(page)"],
        add_query(LIST, entry("page", "2", "Which page.")),
        LISTING,
    ),
    case(
        "query_added_required",
        "breaking",
        ["argument-added-required orders.list(shop)"],
        add_query(LIST, entry("shop", "12", "(Required) Which shop.")),
        LISTING,
    ),
    case(
        "query_removed",
        "breaking",
        ["argument-removed orders.list(limit)"],
        drop_query(LIST, "limit"),
        LISTING,
    ),
    case(
        "query_renamed_in_the_spec",
        "breaking",
        [
            "argument-removed orders.list(limit)",
            "argument-added-optional orders.list(most)",
        ],
        set_query(LIST, "limit", key="most"),
        LISTING,
    ),
    case(
        "query_spelled_otherwise",
        "compatible",
        ["argument-moved orders.list(limit)"],
        set_query(LIST, "limit", key="Limit"),
        LISTING,
    ),
    case(
        "query_moved_to_a_header",
        "compatible",
        ["argument-moved orders.list(limit)"],
        together(drop_query(LIST, "limit"), add_header(LIST, entry("limit", "10", "How many."))),
        LISTING,
    ),
    case(
        "argument_renamed",
        "maybe",
        ["argument-renamed-with-alias orders.list(limit)"],
        None,
        LISTING,
        new=renamed("orders.list.limit", "most"),
    ),
    case(
        "argument_renamed_for_good",
        "breaking",
        ["argument-renamed orders.list(limit)"],
        None,
        LISTING,
        new=renamed("orders.list.limit", "most"),
        pruned=True,
    ),
    case(
        "query_became_required",
        "breaking",
        ["argument-became-required orders.list(limit)"],
        set_query(LIST, "limit", description="(Required) How many."),
        "client.orders.list()",
    ),
    case(
        "query_became_optional",
        "compatible",
        ["argument-became-optional orders.list(limit)"],
        set_query(LIST, "limit", description="How many."),
        "client.orders.list(limit=5)",
        before=set_query(LIST, "limit", description="(Required) How many."),
    ),
    case(
        "query_type_changed",
        "breaking",
        ["argument-type-changed orders.list(limit)"],
        set_query(LIST, "limit", value="all"),
        LISTING,
    ),
    case(
        "query_type_widened",
        "compatible",
        ["argument-type-widened orders.list(limit)"],
        set_query(LIST, "limit", value="1.5"),
        LISTING,
    ),
    case(
        "query_type_narrowed",
        "breaking",
        ["argument-type-narrowed orders.list(limit)"],
        set_query(LIST, "limit", value="10"),
        "client.orders.list(limit=1.5)",
        before=set_query(LIST, "limit", value="1.5"),
    ),
    case(
        "closed_value_added",
        "compatible",
        ["argument-value-added orders.list(state)"],
        set_query(LIST, "state", description="Only these. (This can only be one of open,done,late,lost)"),
        LISTING,
    ),
    case(
        "closed_value_removed",
        "breaking",
        ["argument-value-removed orders.list(state)"],
        set_query(
            LIST, "state", description="Only orders in this state. (This can only be one of open,lost)"
        ),
        LISTING,
        before=set_query(
            LIST, "state", description="Only orders in this state. (This can only be one of open,lost,done)"
        ),
    ),
    case(
        "open_value_added",
        "compatible",
        ["argument-value-added orders.list(sort)"],
        set_query(
            LIST,
            "sort",
            description="Order of the answer:<br>`placed` - by time<br>`total` - by price<br>`name` - by name",
        ),
        LISTING,
    ),
    case(
        "open_value_removed",
        "maybe",
        ["argument-value-unlisted orders.list(sort)"],
        set_query(LIST, "sort", description="Order of the answer:<br>`placed` - by time<br>`name` - by name"),
        LISTING,
        before=set_query(
            LIST,
            "sort",
            description="Order of the answer:<br>`placed` - by time<br>`total` - by price<br>`name` - by name",
        ),
    ),
    case(
        "closed_values_opened",
        "breaking",
        ["value-list-removed orders.OrderState", "argument-type-widened orders.list(state)"],
        set_query(LIST, "state", description="Only orders in this state."),
        "from old.resources.orders import OrderState\nstate: OrderState = 'done'\nclient.orders.list(state=state)",
    ),
    case(
        "free_text_closed",
        "breaking",
        ["argument-type-narrowed orders.list(state)"],
        set_query(
            LIST, "state", description="Only orders in this state. (This can only be one of open,done)"
        ),
        "client.orders.list(state='lost')",
        before=set_query(LIST, "state", description="Only orders in this state."),
    ),
    case(
        "flag_became_text",
        "breaking",
        [
            "argument-type-changed orders.list(dry)",
            "argument-encoding-changed orders.list(dry)",
        ],
        set_query(LIST, "dry", value="fully"),
        LISTING,
    ),
    case(
        "list_became_one",
        "breaking",
        ["argument-type-changed orders.list(tag)"],
        together(drop_query(LIST, "tag"), add_query(LIST, entry("tag", "rye", "Only with all of these."))),
        LISTING,
    ),
    case(
        "one_became_list",
        "breaking",
        ["argument-type-changed orders.list(limit)"],
        add_query(LIST, entry("limit", "11")),
        LISTING,
    ),
    case(
        "header_added_optional",
        "compatible",
        ["argument-added-optional orders.get(x_trace)"],
        add_header(GET, entry("X-Trace", "abc-1", "Shows in our logs.")),
        READING,
    ),
    case(
        "header_added_required",
        "breaking",
        ["argument-added-required orders.get(x_shop)"],
        add_header(GET, entry("X-Shop", "12", "(Required) The shop.")),
        READING,
    ),
    case(
        "header_removed",
        "breaking",
        ["argument-removed orders.list(x_trace)"],
        of_request(LIST, lambda request: request.update(header=[])),
        LISTING,
    ),
    case(
        "path_parameter_added",
        "breaking",
        ["argument-added-required orders.get(shop_id)", "route-changed orders.get"],
        set_path(
            GET, "/shops/:shopId/orders/:orderId", entry("shopId", "12", "(Required) The shop."), ORDER_ID
        ),
        READING,
    ),
    case(
        "path_parameter_removed",
        "breaking",
        ["argument-removed shop.get_price(shop_id)", "route-changed shop.get_price"],
        set_path(PRICE, "/prices/:loaf"),
        "client.shop.get_price(12, 'rye')",
    ),
    case(
        "path_parameter_renamed_in_the_spec",
        "breaking",
        ["argument-renamed orders.get(order_id)", "argument-moved orders.get(ticket)"],
        set_path(GET, "/orders/:ticket", entry("ticket", "7", "(Required) Number of the order.")),
        "client.orders.get(order_id=7)",
    ),
    case(
        "path_parameters_swapped",
        "breaking",
        ["argument-order-changed shop.get_price", "route-changed shop.get_price"],
        set_path(PRICE, "/prices/:loaf/shops/:shopId"),
        "client.shop.get_price(12, 'rye')",
    ),
    case(
        "path_parameter_moved_to_the_query",
        "breaking",
        [
            "argument-became-keyword shop.get_price(shop_id)",
            "argument-moved shop.get_price(shop_id)",
            "route-changed shop.get_price",
        ],
        together(
            set_path(PRICE, "/prices/:loaf", entry("loaf", "rye", "(Required) What.")),
            add_query(PRICE, entry("shopId", "12", "(Required) The shop.")),
        ),
        "client.shop.get_price(12, 'rye')",
    ),
    case(
        "arguments_reordered",
        "docs",
        ["order-changed orders.list"],
        of_request(LIST, lambda request: request["url"]["query"].insert(0, request["url"]["query"].pop(2))),
        LISTING,
    ),
    case(
        "argument_described",
        "docs",
        ["docs-changed orders.list"],
        set_query(LIST, "limit", description="How many at most."),
        LISTING,
    ),
    case(
        "argument_with_another_example",
        "docs",
        ["examples-changed orders.list"],
        set_query(LIST, "limit", value="20"),
        LISTING,
    ),
)


def _as_graphql(query: str) -> Edit:
    def change(request: dict[str, Any]) -> None:
        request["method"] = "POST"
        request["body"] = {"mode": "graphql", "graphql": {"query": query, "variables": '{"shop": 12}'}}

    return of_request(PING, change)


def _text(text: str) -> Edit:
    return of_request(ANNOUNCE, lambda request: request["body"].update(raw=text))


def _form(*rows: dict[str, Any]) -> Edit:
    def change(request: dict[str, Any]) -> None:
        request["body"][request["body"]["mode"]].extend(rows)

    return of_request(SIGN_IN, change)


def _drop_field(key: str) -> Edit:
    def change(request: dict[str, Any]) -> None:
        rows = request["body"]["urlencoded"]
        rows[:] = [row for row in rows if row["key"] != key]

    return of_request(SIGN_IN, change)


ORDER = {"item": "rye", "quantity": 2, "gift": {"wrap": True, "message": "Enjoy"}, "note": "By the door"}
SIGNING = "client.shop.sign_in(email='ana@bakery.example', remember=True)"
UPLOADING = "client.shop.upload_menu(menu=b'%PDF', season='spring')"
ANNOUNCING = "client.shop.announce(who='Ana', hour='six')"

BODIES = (
    case(
        "body_field_added",
        "compatible",
        ["argument-added-optional orders.create(slices)"],
        set_body(CREATE, {**ORDER, "slices": 12}),
        ORDERING,
    ),
    case(
        "body_field_removed",
        "breaking",
        ["argument-removed orders.create(quantity)"],
        set_body(CREATE, {key: value for key, value in ORDER.items() if key != "quantity"}),
        ORDERING,
    ),
    case(
        "body_field_type_changed",
        "breaking",
        ["argument-type-changed orders.create(quantity)"],
        set_body(CREATE, {**ORDER, "quantity": "two"}),
        ORDERING,
    ),
    case(
        "body_field_became_nullable",
        "compatible",
        ["argument-type-widened orders.create(quantity)"],
        None,
        ORDERING,
        new=typed("orders.create(quantity)", "integer?"),
    ),
    case(
        "body_field_no_longer_nullable",
        "breaking",
        ["argument-type-narrowed orders.create(quantity)"],
        None,
        "client.orders.create(quantity=None)",
        old=typed("orders.create(quantity)", "integer?"),
        new={},
    ),
    case(
        "nested_field_added",
        "compatible",
        ["body-field-added-optional OrderGiftInput.ribbon"],
        set_body(CREATE, {**ORDER, "gift": {"wrap": True, "message": "Enjoy", "ribbon": "red"}}),
        ORDERING,
    ),
    case(
        "nested_field_added_required",
        "breaking",
        ["body-field-added-required OrderGiftInput.ribbon"],
        set_body(CREATE, {**ORDER, "gift": {"wrap": True, "message": "Enjoy", "ribbon": "red"}}),
        ORDERING,
        new=typed("orders.create(gift.ribbon)", "string", required=True),
    ),
    case(
        "nested_field_removed",
        "breaking",
        ["body-field-removed OrderGiftInput.message"],
        set_body(CREATE, {**ORDER, "gift": {"wrap": True}}),
        ORDERING,
    ),
    case(
        "nested_field_type_changed",
        "breaking",
        ["body-field-type-changed OrderGiftInput.wrap"],
        set_body(CREATE, {**ORDER, "gift": {"wrap": "paper", "message": "Enjoy"}}),
        ORDERING,
    ),
    case(
        "nested_field_became_required",
        "breaking",
        ["body-field-became-required OrderGiftInput.message"],
        None,
        "client.orders.create(gift=models.OrderGiftInput(wrap=True))",
        new=typed("orders.create(gift.message)", "string", required=True),
    ),
    case(
        "nested_field_became_optional",
        "compatible",
        ["body-field-became-optional OrderGiftInput.message"],
        None,
        ORDERING,
        old=typed("orders.create(gift.message)", "string", required=True),
        new={},
    ),
    case(
        "nested_field_widened",
        "compatible",
        ["body-field-type-widened OrderGiftInput.wrap"],
        None,
        ORDERING,
        new=typed("orders.create(gift.wrap)", "any"),
    ),
    case(
        "nested_field_narrowed",
        "breaking",
        ["body-field-type-narrowed OrderGiftInput.wrap"],
        None,
        "client.orders.create(gift=models.OrderGiftInput(wrap='paper'))",
        old=typed("orders.create(gift.wrap)", "any"),
        new={},
    ),
    case(
        "nested_value_added",
        "compatible",
        ["body-value-added OrderGiftInput.message"],
        None,
        "client.orders.create(gift=models.OrderGiftInput(message='Hi'))",
        old=typed("orders.create(gift.message)", '"Hi" | string'),
        new=typed("orders.create(gift.message)", '"Hi" | "Ho" | string'),
    ),
    case(
        "nested_value_removed",
        "maybe",
        ["body-value-unlisted OrderGiftInput.message"],
        None,
        "client.orders.create(gift=models.OrderGiftInput(message='Ho'))",
        old=typed("orders.create(gift.message)", '"Hi" | "Ho" | string'),
        new=typed("orders.create(gift.message)", '"Hi" | string'),
    ),
    case(
        "whole_body_type_changed",
        "breaking",
        ["argument-type-changed shop.replace_codes(body)"],
        set_body(CODES, [1, 2]),
        "client.shop.replace_codes(body=['a'])",
    ),
    case(
        "whole_body_became_fields",
        "breaking",
        ["body-reshaped shop.replace_codes"],
        set_body(CODES, {"codes": ["a"], "shop": 12}),
        "client.shop.replace_codes(body=['a'])",
    ),
    case(
        "body_added",
        "compatible",
        ["argument-added-optional orders.cancel(reason)"],
        set_body(CANCEL, {"reason": "rain"}),
        "client.orders.cancel(7)",
    ),
    case(
        "body_removed",
        "breaking",
        [
            "argument-removed orders.create(gift)",
            "argument-removed orders.create(item)",
            "argument-removed orders.create(note)",
            "argument-removed orders.create(quantity)",
            "model-removed OrderGiftInput",
        ],
        set_body(CREATE, None),
        ORDERING,
    ),
    case(
        "form_field_added_required",
        "breaking",
        ["argument-added-required shop.sign_in(shop)"],
        _form(entry("shop", "12", "(Required) Where.")),
        SIGNING,
    ),
    case(
        "form_field_added_optional",
        "compatible",
        ["argument-added-optional shop.sign_in(language)"],
        _form(entry("language", "en", "Of the welcome.")),
        SIGNING,
    ),
    case(
        "form_field_removed",
        "breaking",
        ["argument-removed shop.sign_in(remember)"],
        _drop_field("remember"),
        SIGNING,
    ),
    case(
        "form_field_became_required",
        "breaking",
        ["argument-became-required shop.sign_in(remember)"],
        set_form(SIGN_IN, "remember", description="(Required) Stay signed in."),
        "client.shop.sign_in(email='ana@bakery.example')",
    ),
    case(
        "form_field_became_optional",
        "compatible",
        ["argument-became-optional shop.sign_in(email)"],
        set_form(SIGN_IN, "email", description="Who."),
        SIGNING,
    ),
    case(
        "form_became_multipart",
        "maybe",
        ["body-media-type-changed shop.sign_in"],
        of_request(
            SIGN_IN,
            lambda request: request.update(
                body={
                    "mode": "formdata",
                    "formdata": [{**row, "type": "text"} for row in request["body"]["urlencoded"]],
                }
            ),
        ),
        SIGNING,
    ),
    case(
        "part_is_labelled",
        "compatible",
        ["body-part-type-changed shop.upload_menu(season)"],
        set_form(UPLOAD, "season", contentType="text/plain"),
        UPLOADING,
    ),
    case(
        "file_became_text",
        "breaking",
        ["argument-type-changed shop.upload_menu(menu)"],
        set_form(UPLOAD, "menu", type="text", value="Rye and rolls", src=None),
        UPLOADING,
    ),
    case(
        "text_changed",
        "maybe",
        ["body-text-changed shop.announce"],
        _text("Dearest {{who}}, fresh bread at {{hour}}."),
        ANNOUNCING,
    ),
    case(
        "placeholder_added_to_a_text",
        "maybe",
        ["body-text-changed shop.announce", "argument-added-optional shop.announce(loaf)"],
        _text("Dear {{who}}, fresh {{loaf}} at {{hour}}."),
        "client.shop.announce(content='Fresh bread.')",
    ),
    case(
        "placeholder_removed_from_a_text",
        "breaking",
        ["argument-removed shop.announce(hour)", "body-text-changed shop.announce"],
        _text("Dear {{who}}, fresh bread."),
        ANNOUNCING,
    ),
    case(
        "graphql_query_changed",
        "maybe",
        ["body-text-changed shop.ping"],
        _as_graphql("query Ping($shop: Int) { ping(shop: $shop) { at } }"),
        "client.shop.ping(shop=12)",
        before=_as_graphql("query Ping($shop: Int) { ping(shop: $shop) }"),
    ),
)


def _without(key: str) -> Any:
    return lambda order: order.pop(key) and None


def _with(**values: object) -> Any:
    return lambda order: order.update(values)


def _customer(**values: object) -> Any:
    return lambda order: order["customer"].update(values)


SHOUT = f"{READING}\nprint(order.note.upper())"

ANSWERS = (
    case(
        "answer_field_added",
        "compatible",
        ["answer-field-added Order.paid"],
        order_answer(_with(paid=True)),
        f"{READING}\nprint(order.id)",
    ),
    case(
        "answer_field_removed",
        "breaking",
        ["answer-field-removed Order.note"],
        order_answer(_without("note")),
        SHOUT,
    ),
    case(
        "answer_field_missing_in_one_sample",
        "breaking",
        ["answer-field-became-optional Order.note"],
        set_answer(GET, _without("note")),
        SHOUT,
    ),
    case(
        "answer_field_always_there",
        "compatible",
        ["answer-field-became-required ShopPrice.until"],
        set_answer(PRICE, _with(until="noon")),
        "price = client.shop.get_price(12, 'rye')\nif price.until is not None:\n    print(price.until.upper())",
        before=add_answer(PRICE, {"price": 4.5, "until": "noon"}),
    ),
    case(
        "answer_field_type_changed",
        "breaking",
        ["answer-field-type-changed Order.id"],
        order_answer(_with(id="seven")),
        f"{READING}\nprint(order.id + 1)",
    ),
    case(
        "answer_field_type_narrowed",
        "compatible",
        ["answer-field-type-narrowed Order.total"],
        order_answer(_with(total=4)),
        f"{READING}\nprint(order.total + 0.5)",
    ),
    case(
        "answer_field_type_widened",
        "breaking",
        ["answer-field-type-changed Order.id"],
        order_answer(_with(id=7.5)),
        f"{READING}\nclient.orders.cancel(order.id)",
    ),
    case(
        "answer_field_became_nullable",
        "breaking",
        ["answer-field-type-changed Order.note"],
        lambda doc: find(doc, *LIST)["response"][0].update(
            body=find(doc, *LIST)["response"][0]["body"].replace('"By the door"', "null", 1)
        ),
        SHOUT,
    ),
    case(
        "answer_items_type_changed",
        "breaking",
        ["answer-field-type-changed Order.tags"],
        order_answer(_with(tags=[1, 2])),
        f"{READING}\nprint(order.tags[0].upper())",
    ),
    case(
        "answer_items_no_longer_nullable",
        "maybe",
        ["answer-field-items-narrowed Order.tags"],
        None,
        f"{READING}\ntags: list[str | None] = order.tags\nprint(tags)",
        old=typed("orders.get -> tags", "string?[]"),
        new={},
        doubt=True,
    ),
    case(
        "answer_field_lost_its_type",
        "maybe",
        ["answer-field-type-lost Order.state"],
        None,
        f"{READING}\nprint(order.state.upper())",
        new=typed("orders.get -> state", "any"),
    ),
    case(
        "answer_field_found_a_type",
        "maybe",
        ["answer-field-type-found Order.state"],
        None,
        f"{READING}\nprint(order.state.upper())",
        old=typed("orders.get -> state", "any"),
        new={},
    ),
    case(
        "nested_answer_field_removed",
        "breaking",
        ["answer-field-removed OrderCustomer.email"],
        order_answer(lambda order: order["customer"].pop("email") and None),
        f"{READING}\nprint(order.customer.email)",
    ),
    case(
        "nested_answer_field_added",
        "compatible",
        ["answer-field-added OrderCustomer.vip"],
        order_answer(_customer(vip=False)),
        f"{READING}\nprint(order.customer.email)",
    ),
    case(
        "answer_field_spelled_otherwise",
        "maybe",
        ["field-moved Order.placed"],
        order_answer(lambda order: order.update(Placed=order.pop("placed"))),
        f"{READING}\nprint(order.placed)",
    ),
    case(
        "answer_field_renamed",
        "maybe",
        ["field-renamed-with-alias Order.note"],
        None,
        SHOUT,
        new=renamed("Order.note", "remark"),
    ),
    case(
        "answer_field_renamed_for_good",
        "breaking",
        ["field-renamed Order.note"],
        None,
        SHOUT,
        new=renamed("Order.note", "remark"),
        pruned=True,
    ),
    case(
        "model_renamed",
        "maybe",
        ["model-renamed-with-alias Order"],
        None,
        "order: models.Order = client.orders.get(7)\nprint(order.id)",
        new=renamed("Order", "Sale"),
    ),
    case(
        "model_renamed_for_good",
        "breaking",
        ["model-renamed Order"],
        None,
        "order: models.Order = client.orders.get(7)\nprint(order.id)",
        new=renamed("Order", "Sale"),
        pruned=True,
    ),
    case(
        "answer_value_added",
        "maybe",
        ["answer-value-added Order.state"],
        None,
        f"{READING}\nprint(order.state == 'open')",
        old=typed("orders.get -> state", '"open" | "done"'),
        new=typed("orders.get -> state", '"open" | "done" | "lost"'),
    ),
    case(
        "answer_value_removed",
        "compatible",
        ["answer-value-removed Order.state"],
        None,
        f"{READING}\nprint(order.state == 'lost')",
        old=typed("orders.get -> state", '"open" | "done" | "lost"'),
        new=typed("orders.get -> state", '"open" | "done"'),
    ),
    case(
        "object_became_list",
        "breaking",
        ["return-type-changed shop.get_price", "model-removed ShopPrice"],
        set_answer(PRICE, lambda price: [price]),
        "print(client.shop.get_price(12, 'rye').price)",
    ),
    case(
        "model_became_unknown",
        "breaking",
        ["return-type-changed shop.get_price", "model-removed ShopPrice"],
        drop_answers(PRICE),
        "print(client.shop.get_price(12, 'rye').price)",
    ),
    case(
        "unknown_became_model",
        "breaking",
        ["return-type-changed shop.ping"],
        add_answer(PING, {"ok": True}),
        "print(client.shop.ping()['ok'])",
    ),
    case(
        "unknown_became_text",
        "maybe",
        ["return-type-found shop.ping"],
        add_answer(PING, "pong"),
        "print(client.shop.ping())",
    ),
    case(
        "text_became_unknown",
        "maybe",
        ["return-type-lost shop.get_board"],
        drop_answers(BOARD),
        "print(client.shop.get_board())",
    ),
    case(
        "nothing_became_model",
        "compatible",
        ["return-added orders.cancel"],
        together(drop_answers(CANCEL), add_answer(CANCEL, {"refunded": True})),
        "client.orders.cancel(7)",
    ),
    case(
        "model_became_nothing",
        "breaking",
        ["return-type-changed shop.get_price", "model-removed ShopPrice"],
        together(drop_answers(PRICE), add_answer(PRICE, None, 204)),
        "print(client.shop.get_price(12, 'rye').price)",
    ),
    case(
        "second_success_of_another_shape",
        "breaking",
        ["return-type-changed shop.get_price"],
        add_answer(PRICE, {"ask": "at the counter"}, 202),
        "print(client.shop.get_price(12, 'rye').price)",
    ),
    case(
        "status_changed",
        "compatible",
        ["status-changed orders.create"],
        lambda doc: find(doc, *CREATE)["response"][0].update(code=200),
        f"print({ORDERING}.queue)",
    ),
    case(
        "media_type_changed",
        "compatible",
        ["answer-media-type-changed shop.get_board"],
        lambda doc: find(doc, *BOARD)["response"][0].update(header=[entry("Content-Type", "text/html")]),
        "print(client.shop.get_board().upper())",
    ),
    case(
        "error_added",
        "compatible",
        ["error-added orders.cancel"],
        add_answer(CANCEL, {"code": "baked", "message": "Too late."}, 409, "409 Baked"),
        "client.orders.cancel(7)",
    ),
    case(
        "error_removed",
        "compatible",
        ["error-removed orders.get"],
        drop_answers(GET, 404),
        READING,
    ),
    case(
        "saved_answer_changed",
        "docs",
        ["examples-changed orders.get", "examples-changed orders.list"],
        order_answer(_with(note="Ring the bell")),
        READING,
    ),
)


def _auth(kind: str, **values: str) -> dict[str, Any]:
    return {"type": kind, kind: [entry(key, value) for key, value in values.items()]}


def _of_collection(auth: dict[str, Any]) -> Edit:
    return lambda doc: doc.update(auth=auth)


def _of_item(path: tuple[str, ...], auth: dict[str, Any] | None) -> Edit:
    def change(request: dict[str, Any]) -> None:
        request.pop("auth", None)
        if auth is not None:
            request["auth"] = auth

    return of_request(path, change)


API_KEY = _auth("apikey", key="X-Bakery-Key", value="{{key}}", **{"in": "header"})
NO_AUTH = {"type": "noauth"}


def _project(value: str | None) -> Edit:
    """A variable in every path, with the collection's value for it or none."""

    def edit(doc: dict[str, Any]) -> None:
        for folder in doc["item"]:
            for child in folder["item"]:
                path = child["request"]["url"]["path"]
                if path[0] != "{{project}}":
                    path.insert(0, "{{project}}")
        doc["variable"] = [row for row in doc["variable"] if row["key"] != "project"]
        if value is not None:
            doc["variable"].append(entry("project", value))

    return edit


CLIENTS = (
    case(
        "base_url_changed",
        "maybe",
        ["base-url-changed Bakery(base_url)"],
        _set_host("https://api.bakery.example/v2"),
        "client.shop.ping()",
    ),
    case(
        "base_url_removed",
        "breaking",
        ["base-url-removed Bakery(base_url)"],
        _lose_host,
        "client.shop.ping()",
    ),
    case(
        "base_url_added",
        "compatible",
        ["base-url-added Bakery(base_url)"],
        _set_host("https://api.bakery.example/v1"),
        "client.shop.ping()",
        before=_lose_host,
        client='Bakery(token="t", base_url="https://mine.example", transport=transport)',
    ),
    case(
        "auth_scheme_changed",
        "breaking",
        [
            "security-changed Bakery",
            "credential-removed Bakery(token)",
            "credential-added Bakery(x_bakery_key)",
        ],
        _of_collection(API_KEY),
        "client.shop.ping()",
    ),
    case(
        "auth_dropped",
        "breaking",
        ["credential-removed Bakery(token)", "security-relaxed Bakery"],
        _of_collection(NO_AUTH),
        "client.shop.ping()",
    ),
    case(
        "auth_of_one_operation_added",
        "breaking",
        ["security-changed shop.ping"],
        _of_item(PING, None),
        "client.shop.ping()",
        before=_of_item(PING, NO_AUTH),
        client="Bakery(transport=transport)",
        demands="Authorization",
    ),
    case(
        "auth_of_one_operation_dropped",
        "compatible",
        ["security-relaxed shop.ping"],
        _of_item(PING, NO_AUTH),
        "client.shop.ping()",
    ),
    case(
        "auth_of_one_operation_changed",
        "breaking",
        ["security-changed shop.ping", "credential-added Bakery(x_bakery_key)"],
        _of_item(PING, API_KEY),
        "client.shop.ping()",
        demands="X-Bakery-Key",
    ),
    case(
        "key_sent_otherwise",
        "compatible",
        ["credential-sent-otherwise Bakery(x_bakery_key)"],
        _of_collection(_auth("apikey", key="X-Bakery-Key", value="{{key}}", **{"in": "query"})),
        "client.shop.ping()",
        before=_of_collection(API_KEY),
        client='Bakery(x_bakery_key="k", transport=transport)',
    ),
    case(
        "setting_default_changed",
        "maybe",
        ["setting-default-changed Bakery(project)"],
        _project("south"),
        "client.shop.ping()",
        before=_project("north"),
    ),
    case(
        "setting_lost_its_default",
        "breaking",
        ["setting-became-required Bakery(project)"],
        _project(None),
        "client.shop.ping()",
        before=_project("north"),
    ),
    case(
        "setting_gained_a_default",
        "compatible",
        ["setting-became-optional Bakery(project)"],
        _project("north"),
        "client.shop.ping()",
        before=_project(None),
        client='Bakery(token="t", project="mine", transport=transport)',
    ),
    case(
        "client_renamed",
        "breaking",
        ["client-renamed bakery.Bakery"],
        None,
        "client.shop.ping()",
        new={"class": "Baker"},
    ),
)

_EVERYTHING = (
    "orders.cancel",
    "orders.create",
    "orders.get",
    "orders.list",
    "shop.announce",
    "shop.get_price",
    "shop.ping",
    "shop.get_board",
    "shop.replace_codes",
    "shop.sign_in",
    "shop.upload_menu",
)


def _grants(*texts: str) -> Edit:
    """Requests of one route that a literal tells apart."""

    def edit(doc: dict[str, Any]) -> None:
        shop = find(doc, "Shop")["item"]
        shop[:] = [child for child in shop if not child["name"].startswith("Grant")]
        for number, text in enumerate(texts):
            row = entry("grant_type", text, "How.")
            body = {"mode": "urlencoded", "urlencoded": [row]}
            shop.append(item(f"Grant {number}", "POST", "/grants", body=body))

    return edit


RARE = (
    case(
        "credential_renamed",
        "breaking",
        ["credential-renamed Bakery(token)"],
        None,
        "client.shop.ping()",
        new=renamed("token", "secret"),
    ),
    case(
        "setting_renamed",
        "breaking",
        ["setting-renamed Bakery(project)"],
        None,
        "client.shop.ping()",
        before=_project("north"),
        new=renamed("project", "town"),
        client='Bakery(token="t", project="south", transport=transport)',
    ),
    case(
        "setting_added_required",
        "breaking",
        ["setting-added-required Bakery(project)", *(f"route-changed {name}" for name in _EVERYTHING)],
        _project(None),
        "client.shop.ping()",
    ),
    case(
        "setting_added_optional",
        "maybe",
        ["setting-added-optional Bakery(project)", *(f"route-changed {name}" for name in _EVERYTHING)],
        _project("north"),
        "client.shop.ping()",
    ),
    case(
        "literal_default_changed",
        "maybe",
        ["argument-default-changed shop.grant_1(grant_type)"],
        _grants("password", "device_code"),
        "client.shop.grant_1()",
        before=_grants("password", "refresh_token"),
    ),
    case(
        "fixed_query_added",
        "maybe",
        ["fixed-query-changed shop.ping"],
        add_query(PING, {"key": "", "value": "loud"}),
        "client.shop.ping()",
    ),
    case(
        "value_list_renamed",
        "maybe",
        ["value-list-renamed-with-alias orders.OrderState"],
        None,
        "from old.resources.orders import OrderState\nstate: OrderState = 'done'\nclient.orders.list(state=state)",
        new=renamed("orders.OrderState", "State"),
    ),
    case(
        "value_list_renamed_for_good",
        "breaking",
        ["value-list-renamed orders.OrderState"],
        None,
        "from old.resources.orders import OrderState\nstate: OrderState = 'done'\nclient.orders.list(state=state)",
        new=renamed("orders.OrderState", "State"),
        pruned=True,
    ),
)

CASES: tuple[Case, ...] = (*OPERATIONS, *ARGUMENTS, *BODIES, *ANSWERS, *CLIENTS, *RARE)
