"""Orders that are paid in two ways, with an attachment, and what the server says of a wrong one."""

import datetime as dt
import uuid

from orders import AsyncOrders, Orders, StatusError, models

ID = uuid.UUID(int=1)
AT = dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC)
FILE = ("ü.txt", b"text\xff", "text/plain")


def main(url: str) -> None:
    with Orders(base_url=url) as client:
        order = client.orders.create(id=ID, total="1.10", at=AT, payment=models.Card(number="4242"))
        # What a response gives can be passed back.
        again = client.orders.create(id=order.id, total="2", at=order.at, payment=order.payment, state="paid")
        show(order, again, *client.orders.list(states=["open", "paid"], since=AT))
        print(client.attachments.create(note="a note", file=FILE).size)
        try:
            client.orders.get(ID)
        except StatusError as error:
            print(error.status, error.message)


async def main_async(url: str) -> None:
    async with AsyncOrders(base_url=url) as client:
        order = await client.orders.create(id=ID, total="1.10", at=AT, payment=models.Card(number="4242"))
        again = await client.orders.create(
            id=order.id, total="2", at=order.at, payment=order.payment, state="paid"
        )
        show(order, again, *await client.orders.list(states=["open", "paid"], since=AT))
        print((await client.attachments.create(note="a note", file=FILE)).size)
        try:
            await client.orders.get(ID)
        except StatusError as error:
            print(error.status, error.message)


def show(*orders: models.Order) -> None:
    for order in orders:
        match order.payment:
            case models.Card(number=number):
                print(order.total, order.state, order.at == AT, "card", number)
            case models.Invoice(days=days):
                print(order.total, order.state, order.at == AT, "invoice", days)
            case unknown:
                print(order.total, unknown.unknown_type)
