"""Logs in with a password, transfers an amount that no float holds, and reads what went wrong."""

import datetime as dt
import uuid
from decimal import Decimal

from accounts import Accounts, AsyncAccounts, StatusError, models

ID = uuid.UUID(int=1)
AMOUNT = Decimal("12345678901234567890.10")
AT = dt.datetime(2026, 1, 31, 12, 0, 0, 250000, tzinfo=dt.UTC)
DUE = dt.date(2026, 2, 1)
EVERY = dt.timedelta(days=1, minutes=90)


def main(url: str) -> None:
    with Accounts(base_url=url) as client:
        token = client.create_token(username="ada", password="s&cret ü", grant_type="password")
    with Accounts(access_token=token.access_token, base_url=url) as client:
        show(client.create_transfer(id=ID, amount=AMOUNT, at=AT, due=DUE, every=EVERY))
        for amount, note in ((Decimal("-1"), None), (Decimal("1.0"), "limit")):
            try:
                client.create_transfer(id=ID, amount=amount, at=AT, due=DUE, note=note)
            except StatusError as error:
                explain(error)


async def main_async(url: str) -> None:
    async with AsyncAccounts(base_url=url) as client:
        token = await client.create_token(username="ada", password="s&cret ü", grant_type="password")
    async with AsyncAccounts(access_token=token.access_token, base_url=url) as client:
        show(await client.create_transfer(id=ID, amount=AMOUNT, at=AT, due=DUE, every=EVERY))
        for amount, note in ((Decimal("-1"), None), (Decimal("1.0"), "limit")):
            try:
                await client.create_transfer(id=ID, amount=amount, at=AT, due=DUE, note=note)
            except StatusError as error:
                explain(error)


def show(transfer: models.TransferOutput) -> None:
    print(Decimal(transfer.amount) == AMOUNT, transfer.id == ID, transfer.at == AT, transfer.due == DUE)
    print(transfer.every == EVERY, transfer.note)


def explain(error: StatusError) -> None:
    if error.status == 422:
        print("amount: Input should be greater than 0" in error.message)
    else:
        print(error.status, error.code, error.message)
