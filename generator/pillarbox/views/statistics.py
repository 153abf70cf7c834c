"""How much of a client is typed."""

from dataclasses import dataclass

from ..client.api import Client
from ..client.types import untyped

__all__ = ["Statistics", "statistics_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """How much of a client is typed."""

    fields: int
    """Fields of models, and parameters."""
    untyped: int
    """Those whose annotation holds `Any`."""


def statistics_of(client: Client) -> Statistics:
    """Count the annotations of a client."""
    kinds = [field.kind for model in client.models for field in model.fields]
    kinds += [parameter.kind for method in client.methods for parameter in method.parameters]
    return Statistics(fields=len(kinds), untyped=sum(map(untyped, kinds)))
