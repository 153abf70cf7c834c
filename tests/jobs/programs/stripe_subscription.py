"""Starts a subscription with two items."""

from stripe import AsyncStripe, Stripe, models


def main(url: str) -> None:
    with Stripe(token="sk_test_123", base_url=url) as client:
        subscription = client.subscriptions.create(
            customer="cus_1",
            items=[
                {"price": "price_basic", "quantity": 2},
                {"price": "price_seat", "quantity": 5, "metadata": {"team": "ops"}},
            ],
            cancel_at_period_end=False,
            default_tax_rates=["txr_1", "txr_2"],
            expand=["latest_invoice.payment_intent"],
            trial_end="now",
        )
        show(subscription)


async def main_async(url: str) -> None:
    async with AsyncStripe(token="sk_test_123", base_url=url) as client:
        subscription = await client.subscriptions.create(
            customer="cus_1",
            items=[
                {"price": "price_basic", "quantity": 2},
                {"price": "price_seat", "quantity": 5, "metadata": {"team": "ops"}},
            ],
            cancel_at_period_end=False,
            default_tax_rates=["txr_1", "txr_2"],
            expand=["latest_invoice.payment_intent"],
            trial_end="now",
        )
        show(subscription)


def show(subscription: models.Subscription) -> None:
    print(subscription.id, subscription.status)
    for item in subscription.items.data:
        print(item.price.id, item.quantity, item.metadata)
