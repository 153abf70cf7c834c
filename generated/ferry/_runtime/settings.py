"""Server addresses with placeholders, and the placeholders that a client fills, such as a tenant."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ..errors import ConfigurationError
from . import UNSET, Configuration
from .encoding import PATH_SAFE, quoted, scalar_text

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_HOST_VALUE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\Z")


class Setting:
    """A placeholder in paths or in the base URL that the client fills, such as a tenant.

    Args:
        argument: The name of the client's argument, and with the prefix the environment variable.
        default: Its value where neither is set.
    """

    __slots__ = ("argument", "default")

    def __init__(self, argument: str, *, default: str | None = None) -> None:
        self.argument = argument
        self.default = default

    def __call__(self, configuration: Configuration, passed: str | None) -> str:
        """The caller's, else the environment's, else the default.

        Raises:
            ConfigurationError: There is none.
        """
        environment = configuration.from_environment(self.argument)
        value = passed or environment or self.default
        if not value:
            ways = configuration.ways(self.argument)
            raise ConfigurationError(
                f"{configuration.name} needs {self.argument}: {ways}"
            )
        return value

    def __repr__(self) -> str:
        return f"Setting({self.argument!r}, default={self.default!r})"


def address(template: str) -> Callable[[Mapping[str, object]], str]:
    """An address with `{wire}` for each value: the base URL of a client, or that of an operation."""

    def fill(values: Mapping[str, object]) -> str:
        return fill_server(template, values)

    return fill


def fill_server(template: str, values: Mapping[str, object]) -> str:
    """A server URL with its `{wire}` replaced: a host name or port before the path, segments within it.

    A template that is one `{wire}` takes a whole URL, which is checked as a base URL is.

    Raises:
        ValueError: A value is missing, or could lead to another host or path.
    """
    if whole := _PLACEHOLDER.fullmatch(template):
        text, where = _value(values, whole[1])
        if not text:
            raise ValueError(
                f"{where} is required: a URL such as https://api.example.com"
            )
        return text.rstrip("/")
    before_host, mark, rest = template.partition("://")
    host, slash, path = rest.partition("/")

    def host_text(match: re.Match[str]) -> str:
        text, where = _value(values, match[1])
        if not _HOST_VALUE.match(text):
            raise ValueError(f"{where} must be a host name or a part of one")
        return text

    def path_text(match: re.Match[str]) -> str:
        text, where = _value(values, match[1])
        steps = text.strip("/").split("/")
        if any(step in ("", ".", "..") for step in steps):
            raise ValueError(
                f"{where} must be a path of non-empty segments without '.' and '..'"
            )
        return "/".join(quoted(step, PATH_SAFE, where) for step in steps)

    return (
        before_host
        + mark
        + _PLACEHOLDER.sub(host_text, host)
        + slash
        + _PLACEHOLDER.sub(path_text, path)
    )


def _value(values: Mapping[str, object], wire: str) -> tuple[str, str]:
    """The text of a value, empty where there is none, and its description for messages."""
    value, where = values.get(wire), f"server parameter {wire!r}"
    return "" if value is None or value is UNSET else scalar_text(value, where), where
