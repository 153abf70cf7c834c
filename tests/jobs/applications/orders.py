"""Litestar with msgspec: tagged unions, enums, Decimal and dates, a form with a file."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Annotated
from uuid import UUID

from litestar import Litestar, get, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.params import Body, Parameter
from msgspec import Struct


class State(Enum):
    open = "open"
    paid = "paid"


class Card(Struct, tag="card", tag_field="type"):
    number: str


class Invoice(Struct, tag="invoice", tag_field="type"):
    days: int


class Order(Struct):
    id: UUID
    total: Decimal
    at: datetime
    payment: Card | Invoice
    state: State = State.open


@dataclass
class Attachment:
    note: str
    file: UploadFile


class Stored(Struct):
    name: str
    size: int
    note: str


@post("/orders")
async def create_order(data: Order) -> Order:
    return data


@get("/orders")
async def list_orders(
    states: list[State] | None = None, since: Annotated[datetime | None, Parameter(query="since")] = None
) -> list[Order]:
    order = UUID(int=1)
    payments = [Card(number="4242"), Invoice(days=14)]
    found = enumerate(states or [State.open])
    return [
        Order(order, Decimal("1.10"), since or datetime(2026, 1, 1), payments[n % 2], state)
        for n, state in found
    ]


@get("/orders/{order_id:uuid}")
async def get_order(order_id: UUID) -> Order:
    raise NotFoundException(f"There is no order {order_id}")


@post("/attachments")
async def attach(data: Annotated[Attachment, Body(media_type=RequestEncodingType.MULTI_PART)]) -> Stored:
    return Stored(data.file.filename, len(await data.file.read()), data.note)


app = Litestar(
    [create_order, list_orders, get_order, attach],
    openapi_config=OpenAPIConfig("Orders", "1.0", render_plugins=[JsonRenderPlugin(path="/openapi.json")]),
)
