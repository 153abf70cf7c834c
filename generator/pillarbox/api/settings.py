"""The settings of a client that a program names by its spec, or takes from a configuration."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ..config import ClientSettings, ConfigError
from ..config.table import CLIENT, Text

__all__ = ["client_settings", "unconfigured"]


def unconfigured(spec: Path, environments: Sequence[Path] = ()) -> ClientSettings:
    """Settings to look at a spec with that no configuration names: the package is called `client`."""
    # No such folder exists, so no lock is read from it.
    output = spec / "client" if not spec.is_dir() else spec / ".pillarbox" / "client"
    return ClientSettings(
        name=spec.name, spec=spec, output=output, package="client", environments=tuple(environments)
    )


def client_settings(
    spec: Path | str | ClientSettings,
    output: Path | str | None = None,
    *,
    package: str | None = None,
    environments: Sequence[Path | str] = (),
) -> ClientSettings:
    """The settings of one client; what is passed replaces that of a configured client.

    Raises:
        ConfigError: the import name is not valid.
    """
    if isinstance(spec, ClientSettings):
        found = spec if output is None else replace(spec, output=Path(output))
    elif output is None:
        found = unconfigured(Path(spec))
    else:
        found = ClientSettings(name=Path(output).name, spec=Path(spec), output=Path(output))
    if package is not None:
        found = replace(found, package=package)
    if environments:
        found = replace(found, environments=tuple(map(Path, environments)))
    rule = CLIENT.keys["package"]
    name = found.package or found.output.name
    if isinstance(rule, Text) and not rule.accepts(name):
        raise ConfigError(f"{name[:60]!a} is not {rule.wanted}: pass `package`")
    return found
