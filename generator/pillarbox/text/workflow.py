"""Encoders for the workflow commands of GitHub Actions: `::error file=…,title=…::message`."""

from .characters import one_line
from .encoded import Encoded

__all__ = ["WorkflowText", "message", "property_value"]


class WorkflowText(Encoded):
    """A piece of a workflow command."""

    __slots__ = ()


def message(text: str) -> WorkflowText:
    """Text after the second `::`, on one line."""
    return WorkflowText._trusted(one_line(text).replace("%", "%25"))


def property_value(text: str) -> WorkflowText:
    """The value of a property, such as a file's name."""
    escaped = one_line(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    return WorkflowText._trusted(escaped)
