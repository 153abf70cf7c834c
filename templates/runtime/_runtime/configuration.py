"""What a client knows of its API as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..auth import Scheme

__all__ = ["Configuration", "Setting"]


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

    def __repr__(self) -> str:
        return f"Setting({self.argument!r}, default={self.default!r})"


class Configuration:
    """The constants of one API.

    Args:
        name: Its name, for messages and the User-Agent.
        base_url: The default of the base URL; may hold `{wire}` of a setting.
        environment: Prefix of its environment variables, such as `ZOOM` for `ZOOM_BASE_URL`.
        schemes: Its ways to sign a request, by the names that `security` uses.
        security: What signs an operation that says nothing itself: alternatives of sets that are needed
            together. The first alternative whose credentials are all known is used.
        settings: What the client fills in, by wire name.
    """

    __slots__ = ("base_url", "environment", "name", "schemes", "security", "settings")

    def __init__(
        self,
        *,
        name: str,
        base_url: str | None = None,
        environment: str = "",
        schemes: Mapping[str, Scheme] | None = None,
        security: tuple[tuple[str, ...], ...] = (),
        settings: Mapping[str, Setting] | None = None,
    ) -> None:
        self.name = name
        self.base_url = base_url
        self.environment = environment
        self.schemes = schemes or {}
        self.security = security
        self.settings = settings or {}

    def variable(self, argument: str) -> str:
        """The environment variable for an argument; empty where there is no prefix."""
        return f"{self.environment}_{argument.upper()}" if self.environment else ""

    def __repr__(self) -> str:
        return f"<Configuration {self.name}>"
