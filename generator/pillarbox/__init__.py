"""Pillarbox: a typed, documented Python client from a Postman collection or an OpenAPI document."""

__version__ = "0.1.0"
