"""programs/stripe_list.py with Stripe's own SDK."""

import json
import sys

from stripe import StripeClient

client = StripeClient("sk_test_123", base_addresses={"api": json.loads(sys.argv[1])["api"]})
client.v1.customers.list(
    params={
        "email": "jenny+1@example.com",
        "limit": 2,
        "created": {"gte": 1690000000, "lt": 1710000000},
        "expand": ["data.default_source", "data.tax"],
    }
)
