"""`pillarbox.toml`, or `[tool.pillarbox]` of pyproject.toml -> settings."""

from .load import find, load, parse
from .settings import ClientSettings, ConfigError, Limits, Rename, Settings, TypeCorrection

__all__ = [
    "ClientSettings",
    "ConfigError",
    "Limits",
    "Rename",
    "Settings",
    "TypeCorrection",
    "find",
    "load",
    "parse",
]
