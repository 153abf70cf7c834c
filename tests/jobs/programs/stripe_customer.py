"""Creates a customer with lists and nested objects, and changes it."""

from stripe import AsyncStripe, Stripe

METADATA = {"order id": "6735", "ref": "a=b"}


def main(url: str) -> None:
    with Stripe(token="sk_test_123", base_url=url) as client:
        customer = client.customers.create(
            name="Jenny Rosen & Söhne",
            email="jenny+1@example.com",
            preferred_locales=["de", "en"],
            expand=["default_source", "tax"],
            metadata=METADATA,
            address={"line1": "Hauptstr. 1", "city": "Köln", "country": "DE"},
            tax_id_data=[{"type": "eu_vat", "value": "DE123456789"}, {"type": "ch_vat", "value": "CHE-1"}],
        )
        print(customer.id, customer.name, customer.preferred_locales, customer.metadata)
        customer = client.customers.update(customer.id, description="", preferred_locales=["fr"])
        print(customer.id, customer.preferred_locales)


async def main_async(url: str) -> None:
    async with AsyncStripe(token="sk_test_123", base_url=url) as client:
        customer = await client.customers.create(
            name="Jenny Rosen & Söhne",
            email="jenny+1@example.com",
            preferred_locales=["de", "en"],
            expand=["default_source", "tax"],
            metadata=METADATA,
            address={"line1": "Hauptstr. 1", "city": "Köln", "country": "DE"},
            tax_id_data=[{"type": "eu_vat", "value": "DE123456789"}, {"type": "ch_vat", "value": "CHE-1"}],
        )
        print(customer.id, customer.name, customer.preferred_locales, customer.metadata)
        customer = await client.customers.update(customer.id, description="", preferred_locales=["fr"])
        print(customer.id, customer.preferred_locales)
