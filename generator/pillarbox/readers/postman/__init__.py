"""Postman collections, v2.0 and v2.1, distinguished by shape and not by the schema that they name."""
