"""programs/stripe_customer.py with Stripe's own SDK."""

import json
import sys

from stripe import StripeClient

client = StripeClient("sk_test_123", base_addresses={"api": json.loads(sys.argv[1])["api"]})
customer = client.v1.customers.create(
    params={
        "name": "Jenny Rosen & Söhne",
        "email": "jenny+1@example.com",
        "preferred_locales": ["de", "en"],
        "expand": ["default_source", "tax"],
        "metadata": {"order id": "6735", "ref": "a=b"},
        "address": {"line1": "Hauptstr. 1", "city": "Köln", "country": "DE"},
        "tax_id_data": [{"type": "eu_vat", "value": "DE123456789"}, {"type": "ch_vat", "value": "CHE-1"}],
    }
)
client.v1.customers.update(customer.id, params={"description": "", "preferred_locales": ["fr"]})
