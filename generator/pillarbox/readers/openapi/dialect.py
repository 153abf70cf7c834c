"""Which rules a document follows."""

from enum import Enum

__all__ = ["Dialect"]


class Dialect(Enum):
    """The versions whose schemas and references differ."""

    SWAGGER_2 = "2.0"
    OPENAPI_30 = "3.0"
    OPENAPI_31 = "3.1"
    """3.2 too: its schemas are those of 3.1."""
