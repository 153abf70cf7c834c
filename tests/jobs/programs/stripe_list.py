"""Lists the customers of a time, with filters."""

from stripe import AsyncStripe, Stripe, models


def main(url: str) -> None:
    with Stripe(token="sk_test_123", base_url=url) as client:
        customers = client.customers.list(
            email="jenny+1@example.com",
            limit=2,
            created={"gte": 1690000000, "lt": 1710000000},
            expand=["data.default_source", "data.tax"],
        )
        show(customers)


async def main_async(url: str) -> None:
    async with AsyncStripe(token="sk_test_123", base_url=url) as client:
        customers = await client.customers.list(
            email="jenny+1@example.com",
            limit=2,
            created={"gte": 1690000000, "lt": 1710000000},
            expand=["data.default_source", "data.tax"],
        )
        show(customers)


def show(customers: models.CustomerList) -> None:
    print([customer.id for customer in customers.data], customers.has_more)
