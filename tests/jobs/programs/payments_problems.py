"""Pays, and understands why it may not: the errors are problem details (RFC 9457)."""

from payments import APIError, AsyncPayments, Payments, PermissionDeniedError, StatusError, models


def main(url: str) -> None:
    with Payments(api_key="k-1", base_url=f"{url}/v1") as client:
        print(client.payments.create(amount=5, currency="EUR", account="a-1").id)
        for amount, currency in ((50, "EUR"), (1, "XXX")):
            try:
                client.payments.create(amount=amount, currency=currency, account="a-1")
            except APIError as error:
                show(error)
        try:
            client.payments.get("p-0")
        except StatusError as error:
            print(error.body_as(models.Problem).title, "no payment p-0" in error.message)


async def main_async(url: str) -> None:
    async with AsyncPayments(api_key="k-1", base_url=f"{url}/v1") as client:
        print((await client.payments.create(amount=5, currency="EUR", account="a-1")).id)
        for amount, currency in ((50, "EUR"), (1, "XXX")):
            try:
                await client.payments.create(amount=amount, currency=currency, account="a-1")
            except APIError as error:
                show(error)
        try:
            await client.payments.get("p-0")
        except StatusError as error:
            print(error.body_as(models.Problem).title, "no payment p-0" in error.message)


def show(error: APIError) -> None:
    match error:
        case PermissionDeniedError():
            problem = error.body_as(models.OutOfCredit)
            print(error.status, problem.balance, problem.accounts, "balance is 30" in error.message)
        case StatusError():
            found = error.body_as(models.Invalid).errors
            print(error.status, [(one.pointer, one.detail) for one in found])
        case _:
            raise error
