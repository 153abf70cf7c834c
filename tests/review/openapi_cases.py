"""Changes of an OpenAPI document, one at a time."""

from collections.abc import Callable, Sequence
from typing import Any

from .openapi_bakery import openapi_bakery, ref
from .table import Case, Edit, Format, together

__all__ = ["CASES"]

OPENAPI = Format("openapi", "bakery.openapi.json", openapi_bakery)

Node = Any
"""A part of a document."""


def at(*steps: str | int, do: Callable[[Node], Any]) -> Edit:
    """Do something to the part that the steps lead to."""

    def edit(doc: dict[str, Any]) -> None:
        node: Node = doc
        for step in steps:
            node = node[step]
        do(node)

    return edit


def put(*steps: str | int, value: object) -> Edit:
    """Set a part to a value."""
    *path, last = steps
    return at(*path, do=lambda node: node.__setitem__(last, value))


def drop(*steps: str | int) -> Edit:
    """Remove a part."""
    *path, last = steps
    return at(*path, do=lambda node: node.pop(last))


LIST = ("paths", "/orders", "get")
CREATE = ("paths", "/orders", "post")
GET = ("paths", "/orders/{orderId}", "get")
CANCEL = ("paths", "/orders/{orderId}", "delete")
PRICES = ("paths", "/prices", "get")
SET = ("paths", "/prices", "put")
STATE, SIZE, LIMIT, TAG, TRACE = ((*LIST, "parameters", number) for number in range(5))
SCHEMAS = ("components", "schemas")
ORDER = (*SCHEMAS, "Order", "properties")
NEW = (*SCHEMAS, "NewOrder", "properties")
GIFT = (*SCHEMAS, "Gift", "properties")
JSON = ("content", "application/json", "schema")

TEXT = {"type": "string"}
WHOLE = {"type": "integer"}
VOUCHER = {"type": "object", "required": ["method"], "properties": {"method": TEXT, "code": TEXT}}
LOAVES = {"type": "object", "properties": {"rye": WHOLE}}
LISTING = "client.orders.list(state='done', size='small', limit=5, tag=['rye'], x_trace='a')"
ORDERING = (
    "client.orders.create(item='rye', quantity=2, gift=models.Gift(wrap=True, message='Hi'), size='large')"
)
READING = "order = client.orders.get(7)"
ALL = ["orders.create", "orders.get", "orders.list"]


def case(
    name: str, severity: str | None, changes: Sequence[str], edit: Edit, program: str, **more: Any
) -> Case:
    return Case(
        name=f"openapi_{name}",
        format=OPENAPI,
        edit=edit,
        severity=severity,
        changes=tuple(changes),
        program=program,
        **more,
    )


def parameter(name: str, schema: object, place: str = "query", **more: object) -> dict[str, object]:
    return {"name": name, "in": place, "schema": schema, **more}


def add_parameter(*parameters: dict[str, object]) -> Edit:
    return at(*LIST, "parameters", do=lambda found: found.extend(parameters))


def require(schema: str, *names: str) -> Edit:
    """The required properties of a named schema."""
    return put(*SCHEMAS, schema, "required", value=list(names))


def _move_path(old: str, new: str) -> Edit:
    def edit(doc: dict[str, Any]) -> None:
        doc["paths"] = {(new if path == old else path): value for path, value in doc["paths"].items()}

    return edit


def _rename_schema(old: str, new: str) -> Edit:
    def edit(doc: dict[str, Any]) -> None:
        import json

        text = json.dumps(doc).replace(f'"#/components/schemas/{old}"', f'"#/components/schemas/{new}"')
        text = text.replace(f'"{old}": {{"type"', f'"{new}": {{"type"')
        doc.clear()
        doc.update(json.loads(text))

    return edit


OPERATIONS = (
    case(
        "operation_added",
        "compatible",
        ["operation-added open"],
        put("paths", "/open", value={"post": {"tags": ["Shop"], "operationId": "openShop", "responses": {}}}),
        READING,
    ),
    case(
        "operation_removed",
        "breaking",
        ["operation-removed orders.cancel"],
        drop(*CANCEL),
        "client.orders.cancel(7)",
    ),
    case(
        "operation_deprecated",
        "compatible",
        ["operation-deprecated orders.get"],
        put(*GET, "deprecated", value=True),
        READING,
    ),
    case(
        "operation_reinstated",
        "compatible",
        ["operation-reinstated orders.get"],
        drop(*GET, "deprecated"),
        READING,
        before=put(*GET, "deprecated", value=True),
    ),
    case("operation_id_changed", None, [], put(*GET, "operationId", value="fetchOrder"), READING),
    case("operation_without_id", None, [], drop(*GET, "operationId"), READING),
    case(
        "operation_in_another_tag",
        None,
        [],
        put(*PRICES, "tags", value=["Money"]),
        "client.prices.list()",
    ),
    case(
        "path_changed",
        "maybe",
        ["route-changed prices.list", "route-changed prices.update"],
        _move_path("/prices", "/price-list"),
        "client.prices.list()",
    ),
    case(
        "server_of_one_operation",
        "maybe",
        ["operation-server-changed prices.list"],
        put(*PRICES, "servers", value=[{"url": "https://prices.example"}]),
        "client.prices.list()",
    ),
    case(
        "summary_changed",
        "docs",
        ["docs-changed orders.list"],
        put(*LIST, "summary", value="All orders"),
        LISTING,
    ),
    case(
        "tag_described",
        "docs",
        ["docs-changed Orders"],
        put("tags", 0, "description", value="Orders of the day."),
        LISTING,
    ),
    case("version_changed", None, [], put("info", "version", value="2"), LISTING),
    case(
        "paths_reordered",
        None,
        [],
        lambda doc: doc.update(paths=dict(reversed(doc["paths"].items()))),
        LISTING,
    ),
)

ARGUMENTS = (
    case(
        "parameter_added_optional",
        "compatible",
        ["argument-added-optional orders.list(page)"],
        add_parameter(parameter("page", WHOLE)),
        LISTING,
    ),
    case(
        "parameter_added_required",
        "breaking",
        ["argument-added-required orders.list(shop)"],
        add_parameter(parameter("shop", WHOLE, required=True)),
        LISTING,
    ),
    case(
        "cookie_added_required",
        "breaking",
        ["argument-added-required orders.list(visit)"],
        add_parameter(parameter("visit", TEXT, "cookie", required=True)),
        LISTING,
    ),
    case("parameter_removed", "breaking", ["argument-removed orders.list(limit)"], drop(*LIMIT), LISTING),
    case(
        "parameter_became_required",
        "breaking",
        ["argument-became-required orders.list(limit)"],
        put(*LIMIT, "required", value=True),
        "client.orders.list()",
    ),
    case(
        "parameter_became_optional",
        "compatible",
        ["argument-became-optional orders.list(limit)"],
        put(*LIMIT, "required", value=False),
        LISTING,
        before=put(*LIMIT, "required", value=True),
    ),
    case(
        "parameter_type_changed",
        "breaking",
        ["argument-type-changed orders.list(limit)"],
        put(*LIMIT, "schema", value=TEXT),
        LISTING,
    ),
    case(
        "parameter_type_widened",
        "compatible",
        ["argument-type-widened orders.list(limit)"],
        put(*LIMIT, "schema", "type", value="number"),
        LISTING,
    ),
    case(
        "parameter_type_gained_a_member",
        "compatible",
        ["argument-type-widened orders.list(limit)"],
        put(*LIMIT, "schema", "type", value=["integer", "string"]),
        LISTING,
    ),
    case(
        "parameter_type_lost_a_member",
        "breaking",
        ["argument-type-narrowed orders.list(limit)"],
        put(*LIMIT, "schema", "type", value="string"),
        "client.orders.list(limit=5)",
        before=put(*LIMIT, "schema", "type", value=["integer", "string"]),
    ),
    case(
        "value_added",
        "compatible",
        ["argument-value-added orders.list(size)"],
        put(*SIZE, "schema", "enum", value=["small", "large", "whole", "huge"]),
        LISTING,
    ),
    case(
        "value_removed",
        "breaking",
        ["argument-value-removed orders.list(size)"],
        put(*SIZE, "schema", "enum", value=["large"]),
        LISTING,
    ),
    case(
        "text_became_values",
        "breaking",
        ["argument-type-narrowed orders.list(x_trace)"],
        put(*TRACE, "schema", "enum", value=["on", "off"]),
        LISTING,
    ),
    case(
        "values_became_text",
        "breaking",
        ["argument-type-widened orders.list(size)", "value-list-removed orders.OrderSize"],
        drop(*SIZE, "schema", "enum"),
        "from old.resources.orders import OrderSize\nsize: OrderSize = 'small'\nclient.orders.list(size=size)",
    ),
    case(
        "list_became_one",
        "breaking",
        ["argument-type-changed orders.list(tag)"],
        put(*TAG, "schema", value=TEXT),
        LISTING,
    ),
    case(
        "list_is_joined",
        "compatible",
        ["argument-encoding-changed orders.list(tag)"],
        put(*TAG, "explode", value=False),
        LISTING,
    ),
    case(
        "parameter_deprecated",
        "compatible",
        ["argument-deprecated orders.list(limit)"],
        put(*LIMIT, "deprecated", value=True),
        LISTING,
    ),
    case(
        "parameter_reinstated",
        "compatible",
        ["argument-reinstated orders.list(limit)"],
        drop(*LIMIT, "deprecated"),
        LISTING,
        before=put(*LIMIT, "deprecated", value=True),
    ),
    case(
        "default_of_the_api_changed",
        "docs",
        ["docs-changed orders.list", "examples-changed orders.list"],
        put(*LIMIT, "schema", "default", value=20),
        LISTING,
    ),
    case("maximum_lowered", None, [], put(*LIMIT, "schema", "maximum", value=50), LISTING),
    case("pattern_added", None, [], put(*TRACE, "schema", "pattern", value="^[a-z]$"), LISTING),
    case(
        "parameters_reordered",
        "docs",
        ["order-changed orders.list"],
        at(*LIST, "parameters", do=lambda found: found.reverse()),
        LISTING,
    ),
)

BODIES = (
    case(
        "body_field_added",
        "compatible",
        ["argument-added-optional orders.create(slices)"],
        put(*NEW, "slices", value=WHOLE),
        ORDERING,
    ),
    case(
        "body_field_added_required",
        "breaking",
        ["argument-added-required orders.create(note)"],
        together(put(*NEW, "note", value=TEXT), require("NewOrder", "item", "quantity", "note")),
        ORDERING,
        before=drop(*NEW, "note"),
    ),
    case(
        "body_field_removed",
        "breaking",
        ["argument-removed orders.create(note)"],
        drop(*NEW, "note"),
        "client.orders.create(item='rye', quantity=2, note='Ring')",
    ),
    case(
        "body_field_became_required",
        "breaking",
        ["argument-became-required orders.create(note)"],
        require("NewOrder", "item", "quantity", "note"),
        ORDERING,
    ),
    case(
        "body_field_became_optional",
        "compatible",
        ["argument-became-optional orders.create(quantity)"],
        require("NewOrder", "item"),
        ORDERING,
    ),
    case(
        "body_field_became_nullable",
        "compatible",
        ["argument-type-widened orders.create(note)"],
        put(*NEW, "note", "type", value=["string", "null"]),
        "client.orders.create(item='rye', quantity=2, note='Ring')",
    ),
    case(
        "body_field_no_longer_nullable",
        "breaking",
        ["argument-type-narrowed orders.create(note)"],
        put(*NEW, "note", "type", value="string"),
        "client.orders.create(item='rye', quantity=2, note=None)",
        before=put(*NEW, "note", "type", value=["string", "null"]),
    ),
    case(
        "body_value_added",
        "compatible",
        ["argument-value-added orders.create(size)"],
        at(*NEW, "size", "enum", do=lambda found: found.append("huge")),
        ORDERING,
    ),
    case(
        "body_value_removed",
        "breaking",
        ["argument-value-removed orders.create(size)"],
        at(*NEW, "size", "enum", do=lambda found: found.remove("large")),
        ORDERING,
    ),
    case(
        "nested_field_added_optional",
        "compatible",
        ["body-field-added-optional Gift.ribbon"],
        put(*GIFT, "ribbon", value=TEXT),
        ORDERING,
    ),
    case(
        "nested_field_added_required",
        "breaking",
        ["body-field-added-required Gift.ribbon"],
        together(put(*GIFT, "ribbon", value=TEXT), require("Gift", "wrap", "ribbon")),
        ORDERING,
    ),
    case(
        "nested_field_removed",
        "breaking",
        ["body-field-removed Gift.message"],
        drop(*GIFT, "message"),
        ORDERING,
    ),
    case(
        "nested_field_became_required",
        "breaking",
        ["body-field-became-required Gift.message"],
        require("Gift", "wrap", "message"),
        "client.orders.create(item='rye', quantity=2, gift=models.Gift(wrap=True))",
    ),
    case(
        "nested_field_became_optional",
        "compatible",
        ["body-field-became-optional Gift.wrap"],
        require("Gift"),
        ORDERING,
    ),
    case(
        "nested_value_of_a_closed_list_removed",
        "breaking",
        ["body-value-removed Gift.message"],
        put(*GIFT, "message", "enum", value=["Hi"]),
        "client.orders.create(item='rye', quantity=2, gift={'wrap': True, 'message': 'Ho'})",
        before=put(*GIFT, "message", "enum", value=["Hi", "Ho"]),
    ),
    case(
        "nested_field_deprecated",
        "compatible",
        ["field-deprecated Gift.message"],
        put(*GIFT, "message", "deprecated", value=True),
        ORDERING,
    ),
    case(
        "body_became_required",
        "breaking",
        ["argument-became-required prices.update(body)"],
        put(*SET, "requestBody", "required", value=True),
        "client.prices.update()",
    ),
    case(
        "body_items_changed",
        "breaking",
        ["argument-type-changed prices.update(body)"],
        put(*SET, "requestBody", *JSON, "items", value=TEXT),
        "client.prices.update(body=[1.5])",
    ),
    case(
        "body_items_widened",
        "compatible",
        ["argument-type-widened prices.update(body)"],
        put(*SET, "requestBody", *JSON, "items", value={"type": ["number", "string"]}),
        "client.prices.update(body=[1.5])",
    ),
    case(
        "body_became_fields",
        "breaking",
        ["body-reshaped prices.update"],
        put(*SET, "requestBody", *JSON, value={"type": "object", "properties": {"rye": WHOLE}}),
        "client.prices.update(body=[1.5])",
    ),
    case(
        "body_is_a_form",
        "maybe",
        ["argument-type-widened prices.update(rye)", "body-media-type-changed prices.update"],
        put(
            *(*SET, "requestBody", "content"),
            value={"application/x-www-form-urlencoded": {"schema": LOAVES}},
        ),
        "client.prices.update(rye=2)",
        before=put(*SET, "requestBody", *JSON, value=LOAVES),
    ),
)

ANSWERS = (
    case(
        "answer_field_added",
        "compatible",
        ["answer-field-added Order.paid"],
        put(*ORDER, "paid", value={"type": "boolean"}),
        f"{READING}\nprint(order.id)",
    ),
    case(
        "answer_field_removed",
        "breaking",
        ["answer-field-removed Order.note"],
        drop(*ORDER, "note"),
        f"{READING}\nprint(order.note)",
    ),
    case(
        "answer_field_became_optional",
        "breaking",
        ["answer-field-became-optional Order.total"],
        require("Order", "id", "state", "placed", "customer", "payment"),
        f"{READING}\nprint(order.total + 1)",
    ),
    case(
        "answer_field_became_required",
        "compatible",
        ["answer-field-became-required Order.note"],
        at(*SCHEMAS, "Order", "required", do=lambda found: found.append("note")),
        f"{READING}\nprint((order.note or '').upper())",
    ),
    case(
        "answer_field_became_nullable",
        "breaking",
        ["answer-field-type-changed Order.total"],
        put(*ORDER, "total", "type", value=["number", "null"]),
        f"{READING}\nprint(order.total + 1)",
    ),
    case(
        "answer_field_type_changed",
        "breaking",
        ["answer-field-type-changed Order.placed"],
        put(*ORDER, "placed", value=TEXT),
        f"{READING}\nprint(order.placed.year)",
    ),
    case(
        "answer_field_type_narrowed",
        "compatible",
        ["answer-field-type-narrowed Order.total"],
        put(*ORDER, "total", value=WHOLE),
        f"{READING}\nprint(order.total + 0.5)",
    ),
    case(
        "named_values_grew",
        "maybe",
        ["answer-value-added OrderState"],
        put(*SCHEMAS, "OrderState", "enum", value=["open", "done", "late", "lost"]),
        f"{LISTING}\n{READING}\nprint(order.state == 'open')",
    ),
    case(
        "named_values_shrank",
        "breaking",
        ["argument-value-removed OrderState"],
        put(*SCHEMAS, "OrderState", "enum", value=["open", "lost"]),
        LISTING,
        before=put(*SCHEMAS, "OrderState", "enum", value=["open", "lost", "done"]),
    ),
    case(
        "answer_values_grew",
        "maybe",
        ["answer-value-added Order.kind"],
        put(*ORDER, "kind", "enum", value=["loaf", "roll", "cake"]),
        f"{READING}\nprint(order.kind == 'loaf')",
    ),
    case(
        "answer_values_shrank",
        "compatible",
        ["answer-value-removed Order.kind"],
        put(*ORDER, "kind", "enum", value=["loaf"]),
        f"{READING}\nprint(order.kind == 'roll')",
    ),
    case(
        "union_grew",
        "breaking",
        ["answer-field-type-changed Order.payment"],
        together(
            put(*SCHEMAS, "Voucher", value=VOUCHER),
            at(*ORDER, "payment", "oneOf", do=lambda found: found.append(ref("Voucher"))),
        ),
        f"{READING}\npaid: models.Card | models.Cash = order.payment\nprint(paid)",
    ),
    case(
        "union_shrank",
        "breaking",
        ["answer-field-type-narrowed Order.payment", "model-removed Cash", "model-removed OrderPayment"],
        at(
            *ORDER,
            "payment",
            do=lambda found: found.update(oneOf=[ref("Card")]) or found.pop("discriminator"),
        ),
        f"{READING}\npaid: models.Card | models.Cash = order.payment\nprint(paid)",
    ),
    case(
        "recursive_model_changed",
        "breaking",
        ["answer-field-became-optional Customer.name"],
        require("Customer"),
        f"{READING}\nprint(order.customer.name.upper())",
    ),
    case(
        "recursive_model_grew",
        "compatible",
        ["answer-field-added Customer.vip"],
        put(*SCHEMAS, "Customer", "properties", "vip", value={"type": "boolean"}),
        f"{READING}\nprint(order.customer.friend)",
    ),
    case(
        "other_members_changed",
        "maybe",
        ["model-extra-changed Prices"],
        put(*SCHEMAS, "Prices", "additionalProperties", value=TEXT),
        "print(client.prices.list().currency)",
    ),
    case(
        # The lock knows it by its fields, and its model keeps the name.
        "schema_renamed",
        None,
        [],
        _rename_schema("Customer", "Buyer"),
        f"{READING}\nbuyer: models.Customer = order.customer\nprint(buyer)",
    ),
    case(
        # The model keeps its name: a place that took over a named object is that object.
        "schema_written_out",
        None,
        [],
        lambda doc: put(*NEW, "gift", value=doc["components"]["schemas"]["Gift"])(doc),
        ORDERING,
    ),
    case(
        "answer_became_list",
        "breaking",
        ["return-type-changed orders.get"],
        put(*GET, "responses", "200", *JSON, value={"type": "array", "items": ref("Order")}),
        f"{READING}\nprint(order.id)",
    ),
    case(
        "answer_of_another_model",
        "breaking",
        ["return-type-changed orders.get"],
        put(*GET, "responses", "200", *JSON, value=ref("Customer")),
        f"{READING}\nprint(order.id)",
    ),
    case(
        "answer_dropped",
        "breaking",
        ["return-type-changed orders.get"],
        drop(*GET, "responses", "200", "content"),
        f"{READING}\nprint(order.id)",
    ),
    case(
        "answer_gained",
        "compatible",
        ["return-added orders.cancel"],
        put(
            *CANCEL,
            "responses",
            value={"200": {"description": "x", "content": {"application/json": {"schema": ref("Order")}}}},
        ),
        "client.orders.cancel(7)",
    ),
    case(
        "status_changed",
        "compatible",
        ["status-changed orders.create"],
        at(*CREATE, "responses", do=lambda found: found.update({"200": found.pop("201")})),
        ORDERING,
    ),
    case(
        "error_added",
        "compatible",
        ["error-added orders.cancel"],
        put(*CANCEL, "responses", "409", value={"description": "Too late."}),
        "client.orders.cancel(7)",
    ),
    case(
        "error_removed",
        "compatible",
        ["error-removed orders.get"],
        drop(*GET, "responses", "404"),
        READING,
    ),
    case(
        "field_described",
        "docs",
        ["docs-changed Order"],
        put(*ORDER, "note", "description", value="A word to the driver."),
        READING,
    ),
    case(
        "fields_reordered",
        "docs",
        ["order-changed Order"],
        put(
            *ORDER[:-1],
            "properties",
            value=dict(reversed(openapi_bakery()["components"]["schemas"]["Order"]["properties"].items())),
        ),
        READING,
    ),
)

CLIENTS = (
    case(
        "server_changed",
        "maybe",
        ["base-url-changed Bakery(base_url)"],
        put("servers", 0, "url", value="https://{shop}.bakery.example/v2"),
        READING,
    ),
    case(
        "server_variable_default_changed",
        "maybe",
        ["setting-default-changed Bakery(shop)"],
        put("servers", 0, "variables", "shop", "default", value="south"),
        READING,
    ),
    case(
        "server_variable_dropped",
        "breaking",
        ["base-url-changed Bakery(base_url)", "setting-removed Bakery(shop)"],
        put("servers", value=[{"url": "https://north.bakery.example/v1"}]),
        READING,
        client='Bakery(token="t", shop="south", transport=transport)',
    ),
    case(
        "auth_dropped",
        "breaking",
        ["credential-removed Bakery(token)", "security-relaxed Bakery"],
        put("security", value=[]),
        READING,
    ),
    case(
        "auth_changed",
        "breaking",
        [
            "credential-added Bakery(x_bakery_key)",
            "credential-removed Bakery(token)",
            "security-changed Bakery",
        ],
        put("security", value=[{"key": []}]),
        READING,
    ),
    case(
        "auth_alternative_added",
        "compatible",
        ["credential-added Bakery(x_bakery_key)", "security-relaxed Bakery"],
        put("security", value=[{"token": []}, {"key": []}]),
        READING,
    ),
    case(
        "auth_needs_two",
        "breaking",
        ["credential-added Bakery(x_bakery_key)", "security-changed Bakery"],
        put("security", value=[{"token": [], "key": []}]),
        READING,
        demands="X-Bakery-Key",
    ),
    case(
        "auth_of_one_operation",
        "breaking",
        ["security-changed prices.list"],
        drop(*PRICES, "security"),
        "client.prices.list()",
        before=put(*PRICES, "security", value=[]),
        client="Bakery(transport=transport)",
        demands="Authorization",
    ),
)


def _price(schema: object) -> Edit:
    """What asking for the prices answers."""
    return put(*PRICES, "responses", "200", *JSON, value=schema)


def _words(*values: str) -> dict[str, object]:
    return {"type": "string", "enum": list(values)}


RARE = (
    case(
        "whole_answer_values_grew",
        "maybe",
        ["return-value-added prices.list"],
        _price(_words("low", "high", "odd")),
        "print(client.prices.list() == 'low')",
        before=_price(_words("low", "high")),
    ),
    case(
        "whole_answer_values_shrank",
        "compatible",
        ["return-value-removed prices.list"],
        _price(_words("low", "high")),
        "print(client.prices.list() == 'odd')",
        before=_price(_words("low", "high", "odd")),
    ),
    case(
        "whole_answer_narrowed",
        "compatible",
        ["return-type-narrowed prices.list"],
        _price(WHOLE),
        "price: float = client.prices.list()\nprint(price)",
        before=_price({"type": "number"}),
    ),
    case(
        "answer_items_narrowed",
        "maybe",
        ["return-items-narrowed prices.list"],
        _price({"type": "array", "items": TEXT}),
        "prices: list[str | None] = client.prices.list()\nprint(prices)",
        before=_price({"type": "array", "items": {"type": ["string", "null"]}}),
        doubt=True,
    ),
    case(
        "nested_field_reinstated",
        "compatible",
        ["field-reinstated Gift.message"],
        drop(*GIFT, "message", "deprecated"),
        ORDERING,
        before=put(*GIFT, "message", "deprecated", value=True),
    ),
    case(
        "broken_reference",
        "maybe",
        ["answer-field-added Order.basket", "loss-added /components/schemas/Order/properties/basket"],
        put(*ORDER, "basket", value=ref("Basket")),
        READING,
    ),
    case(
        "mended_reference",
        "maybe",
        ["answer-field-type-found Order.basket", "loss-removed /components/schemas/Order/properties/basket"],
        put(*ORDER, "basket", value=TEXT),
        READING,
        before=put(*ORDER, "basket", value=ref("Basket")),
    ),
)

CASES: tuple[Case, ...] = (*OPERATIONS, *ARGUMENTS, *BODIES, *ANSWERS, *CLIENTS, *RARE)
