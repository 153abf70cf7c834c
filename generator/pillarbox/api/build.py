"""Build a client in memory, with the names of the lock in its output folder."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..config import ClientSettings
from ..lock.claims import Lock
from ..model.problems import Origin, Problem, SpecError
from ..pipeline import Built, Progress, build as run_pipeline
from .previous_run import read_lock
from .settings import client_settings

__all__ = ["BuiltClient", "build", "build_client"]


@dataclass(frozen=True, slots=True)
class BuiltClient:
    """A client in memory."""

    files: Mapping[str, bytes]
    """The content of each file, by its path in the output folder."""
    problems: tuple[Problem, ...]
    """What the spec describes but the client does not support, and notes on how the spec was read."""


def build(
    spec: Path | str | ClientSettings,
    output: Path | str | None = None,
    *,
    package: str | None = None,
    environments: Sequence[Path | str] = (),
) -> BuiltClient:
    """Build a client; nothing is written.

    Args:
        spec: A Postman collection or an OpenAPI document, or a client of a configuration:
            `pillarbox.config.load("pillarbox.toml").clients[0]`.
        output: The output folder: public names are those of the lock in it, and its name is the import name. Without
            one the package is called `client`, and nothing is read from a folder.
        package: Another import name.
        environments: Postman environments and globals; later files override earlier ones.

    Raises:
        SpecError: the spec cannot be read, or nothing can be generated from it.
        ConfigError: a setting is not valid.
    """
    settings = client_settings(spec, output, package=package, environments=environments)
    built = build_client(settings)
    return BuiltClient(built.files, built.problems)


def build_client(
    client: ClientSettings, lock: Lock | None = None, *, progress: Progress = lambda stage: None
) -> Built:
    """Build one client; `lock` is the one of its output folder by default.

    Raises:
        SpecError: the spec cannot be read, or nothing can be generated from it.
        ConfigError, LockError, OutputError: as for `pipeline.build`.
    """
    if lock is None:
        lock = read_lock(client.output)
    if not client.spec.exists():
        raise SpecError("there is no such file", Origin(str(client.spec)))
    return run_pipeline(client.spec, client, lock, progress=progress)
