"""The clients that a command works on: those of the configuration, or one that the arguments describe."""

import difflib
import os
import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..api.settings import unconfigured
from ..config import ClientSettings, ConfigError, Settings, find, load
from ..config.table import CLIENT, Text

__all__ = [
    "Choice",
    "check_names",
    "chosen",
    "configuration",
    "configured_for",
    "generate_command",
    "same_file",
    "settings_for",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The arguments that select clients."""

    spec: Path | None = None
    output: Path | None = None
    package: str | None = None
    project: bool = False
    clients: tuple[str, ...] = ()
    config: Path | None = None
    environments: tuple[Path, ...] = ()
    """Instead of those of the configuration."""
    allow_missing_refs: bool = False
    """Also where the configuration does not say so."""


def chosen(choice: Choice) -> tuple[ClientSettings, ...]:
    """The clients, in the order of the configuration.

    Raises:
        ConfigError: the configuration is wrong, or the arguments select no client.
    """
    configured = _configured(choice.config)
    if choice.spec is None:
        for option, present in (
            ("--output", choice.output is not None),
            ("--package", choice.package is not None),
            ("--project", choice.project),
            ("--environment", bool(choice.environments)),
        ):
            if present:
                raise ConfigError(
                    f"{option} can only be used with SPEC; configured clients set it in pillarbox.toml"
                )
        found = _named(configured, choice.clients)
    else:
        if choice.clients:
            raise ConfigError(
                "--client selects a configured client, which has its own spec: pass either SPEC or --client"
            )
        found = _of_spec(configured, choice.spec, choice)
    for client in found:
        _check_package(client)
    if choice.allow_missing_refs:
        found = tuple(replace(client, allow_missing_refs=True) for client in found)
    return found


def generate_command(choice: Choice, client: ClientSettings) -> str:
    """The command that generates a client as the arguments select it."""
    words = ["pillarbox", "generate"]
    if choice.spec is not None:
        words.append(str(choice.spec))
    if choice.output is not None:
        words += ["--output", str(choice.output)]
    if choice.package is not None:
        words += ["--package", choice.package]
    if choice.project:
        words.append("--project")
    for file in choice.environments:
        words += ["--environment", str(file)]
    if choice.allow_missing_refs:
        words.append("--allow-missing-refs")
    if choice.config is not None:
        words += ["--config", str(choice.config)]
    if choice.clients:
        words += ["--client", client.name]
    return shlex.join(words)


def settings_for(spec: Path, config: Path | None, environments: tuple[Path, ...] = ()) -> ClientSettings:
    """Settings to look at a spec with: those of the first configured client that has it, else the defaults."""
    client = configured_for(spec, config)
    if client is not None:
        return replace(client, environments=environments) if environments else client
    return unconfigured(spec, environments)


def configured_for(spec: Path, config: Path | None) -> ClientSettings | None:
    """The first configured client that has this spec."""
    return next((client for client in _configured(config) if same_file(client.spec, spec)), None)


def configuration(path: Path | None) -> Settings | None:
    """The configuration at `path`, else the one here or above; None if there is none."""
    if path is None:
        path = find(Path.cwd())
    if path is None:
        return None
    # Paths relative to the current folder: they are printed in every message.
    near = os.path.relpath(path) if path.is_absolute() else str(path)
    return load(Path(near) if not near.startswith("..") else path)


def _configured(path: Path | None) -> tuple[ClientSettings, ...]:
    settings = configuration(path)
    return settings.clients if settings is not None else ()


def _named(configured: tuple[ClientSettings, ...], names: tuple[str, ...]) -> tuple[ClientSettings, ...]:
    if not configured:
        raise ConfigError(
            "no pillarbox.toml here or above: pass a spec, as in `pillarbox generate SPEC --output DIR`"
        )
    check_names(names, [client.name for client in configured])
    return tuple(client for client in configured if not names or client.name in names)


def check_names(names: Iterable[str], known: Sequence[str]) -> None:
    """Raise `ConfigError` for a client that is not configured."""
    for name in names:
        if name not in known:
            raise ConfigError(f"no client {name!a} in the configuration{_hint(name, known)}")


def _hint(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(known), 1, 0.5)
    return f'; did you mean "{close[0]}"?' if close else f": it has {', '.join(known)}"


def same_file(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file."""
    return os.path.normcase(os.path.realpath(one)) == os.path.normcase(os.path.realpath(other))


def _of_spec(
    configured: tuple[ClientSettings, ...], spec: Path, choice: Choice
) -> tuple[ClientSettings, ...]:
    """The configured clients with this spec or output, so that the same renames apply; else a client of its own."""
    if choice.output is None:
        found = tuple(client for client in configured if same_file(client.spec, spec))
        if not found:
            raise ConfigError("no output folder: pass --output DIR or add the client to pillarbox.toml")
    else:
        output = choice.output
        found = tuple(client for client in configured if same_file(client.output, output))
        if not found:
            name = Path(os.path.abspath(output)).name
            found = (ClientSettings(name=name or "client", spec=spec, output=output),)
        found = tuple(replace(client, spec=spec, output=output) for client in found)
    if choice.environments:
        found = tuple(replace(client, environments=choice.environments) for client in found)
    if choice.package is not None:
        found = tuple(replace(client, package=choice.package) for client in found)
    return tuple(replace(client, project=True) for client in found) if choice.project else found


def _check_package(client: ClientSettings) -> None:
    rule = CLIENT.keys["package"]
    assert isinstance(rule, Text)
    if client.package is not None:
        if not rule.accepts(client.package):
            raise ConfigError(f"--package {client.package!a}: must be {rule.wanted}")
    elif not rule.accepts(client.output.name):
        raise ConfigError(f"{client.output}: the folder's name is not {rule.wanted}: pass --package")
