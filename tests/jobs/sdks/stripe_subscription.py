"""programs/stripe_subscription.py with Stripe's own SDK."""

import json
import sys

from stripe import StripeClient

client = StripeClient("sk_test_123", base_addresses={"api": json.loads(sys.argv[1])["api"]})
client.v1.subscriptions.create(
    params={
        "customer": "cus_1",
        "items": [
            {"price": "price_basic", "quantity": 2},
            {"price": "price_seat", "quantity": 5, "metadata": {"team": "ops"}},
        ],
        "cancel_at_period_end": False,
        "default_tax_rates": ["txr_1", "txr_2"],
        "expand": ["latest_invoice.payment_intent"],
        "trial_end": "now",
    }
)
