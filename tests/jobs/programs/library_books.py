"""Adds a book with its cover, lists a page, changes a price, and reads which fields were wrong."""

import datetime as dt
from decimal import Decimal

from library import AsyncLibrary, BadRequestError, Library, models

COVER = ("cover.png", b"\x89PNG" + bytes(range(256)), "image/png")
PUBLISHED = dt.datetime(2020, 5, 1, tzinfo=dt.UTC)


def main(url: str) -> None:
    with Library(authorization="Token abc", base_url=url) as client:
        show(client.books.create(title="Ulysses", price=Decimal("12.50"), published=PUBLISHED, cover=COVER))
        page = client.books.list(page=2)
        show(*page.results)
        print(page.count, page.next is not None)
        show(client.books.update(3, price=Decimal("7.00"), published=None))
        loan = client.books.lend(3, until=dt.date(2026, 2, 1), fee=Decimal("0.50"))
        print(loan.until, loan.fee)
        try:
            client.books.create(title="x" * 41, price=Decimal("1.234"))
        except BadRequestError as error:
            print("title: Ensure" in error.message, "price: Ensure" in error.message)


async def main_async(url: str) -> None:
    async with AsyncLibrary(authorization="Token abc", base_url=url) as client:
        show(
            await client.books.create(
                title="Ulysses", price=Decimal("12.50"), published=PUBLISHED, cover=COVER
            )
        )
        page = await client.books.list(page=2)
        show(*page.results)
        print(page.count, page.next is not None)
        show(await client.books.update(3, price=Decimal("7.00"), published=None))
        loan = await client.books.lend(3, until=dt.date(2026, 2, 1), fee=Decimal("0.50"))
        print(loan.until, loan.fee)
        try:
            await client.books.create(title="x" * 41, price=Decimal("1.234"))
        except BadRequestError as error:
            print("title: Ensure" in error.message, "price: Ensure" in error.message)


def show(*books: models.Book) -> None:
    for book in books:
        print(book.id, book.title, book.price * 2, book.language, book.cover_size)
