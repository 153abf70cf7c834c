"""Write a configuration, or add a client to one, and suggest what to put there."""

import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..config import ConfigError, parse
from ..config.editions import LATEST
from ..config.table import ROOT, Keys
from ..text.toml import string

__all__ = ["NewClient", "candidates", "suggested_name", "suggested_output", "write_configuration"]

_HEADER = (
    "# What `pillarbox generate` and `pillarbox check` work on. Every key: `pillarbox docs configuration`.\n"
)
_NAMES = re.compile(r"(?i)(.*postman_collection.*\.json|(.*[._-])?(openapi|swagger)([._-].*)?\.(json|ya?ml))")
_ENDINGS = re.compile(r"(?i)[._-]?(postman_collection|openapi|swagger|api)?\.(json|ya?ml|postman)$")
_SKIPPED = frozenset(("node_modules", "build", "dist", "site-packages", "__pycache__"))
_MOST = 20
_CLIENTS = ROOT.keys["clients"]
assert isinstance(_CLIENTS, Keys)
_CLIENT_NAME = _CLIENTS.key


@dataclass(frozen=True, slots=True, kw_only=True)
class NewClient:
    """The client to write into a configuration."""

    spec: Path
    name: str
    output: Path
    package: str | None = None
    project: bool = False
    environments: tuple[Path, ...] = ()


def candidates(folder: Path) -> tuple[Path, ...]:
    """Files near here that look like specs, by their names."""
    return tuple(sorted(_specs(folder, 3)))[:_MOST]


def _specs(folder: Path, depth: int) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name in _SKIPPED:
            continue
        path = Path(folder, entry.name)
        if entry.is_dir(follow_symlinks=False):
            if depth > 1:
                yield from _specs(path, depth - 1)
        elif _NAMES.fullmatch(entry.name):
            yield path


def suggested_name(spec: Path) -> str:
    """`specs/zoom.postman_collection.json` -> `zoom`."""
    stem = _ENDINGS.sub("", spec.name) or (spec.resolve().parent.name if spec.suffix else spec.name)
    words = re.findall(r"[a-z0-9]+", stem.casefold())
    name = "_".join(words).lstrip("0123456789_")
    return name or "client"


def suggested_output(name: str) -> Path:
    """The output folder of a client, unless the user names another."""
    return Path("generated", name)


def write_configuration(new: NewClient, file: Path) -> bool:
    """Write the configuration, or add the client to one that is there; True if the file is new.

    Raises:
        ConfigError: the client is there already, its settings are not valid, or the file cannot be
            written. Nothing has been written then.
    """
    if not _CLIENT_NAME.accepts(new.name):
        raise ConfigError(f"--name {new.name[:60]!a}: must be {_CLIENT_NAME.wanted}")
    old = _present(file)
    table = _table(new, file.parent)
    text = f"{_HEADER}\n{table}" if old is None else f"{old.rstrip()}\n\n{table}"
    if old is not None and new.name in _clients(old, file):
        raise ConfigError(f"{file}: has a client {new.name!a} already: give another --name")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise ConfigError(
            f"{file}: a table cannot be added at its end: write [clients.{new.name}] by hand"
        ) from None
    parse(data, file)
    if not new.spec.exists():
        raise ConfigError(f"{new.spec}: there is no such file")
    _replace(file, text)
    return old is None


def _present(file: Path) -> str | None:
    try:
        return file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        raise ConfigError(f"{file}: is not UTF-8 text") from None
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}") from None


def _clients(text: str, file: Path) -> tuple[str, ...]:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file}: is not TOML: {error}") from None
    clients = data.get("clients", {})
    return tuple(clients) if isinstance(clients, dict) else ()


def _relative(path: Path, folder: Path) -> str:
    """A path as the configuration spells it: from its own folder, with slashes."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return path.absolute().as_posix()


def _table(new: NewClient, folder: Path) -> str:
    lines = [
        f"[clients.{new.name}]",
        f"spec = {string(_relative(new.spec, folder))}",
        f"output = {string(_relative(new.output, folder))}",
    ]
    if new.package is not None:
        lines.append(f"package = {string(new.package)}")
    if new.environments:
        files = ", ".join(str(string(_relative(path, folder))) for path in new.environments)
        lines.append(f"environments = [{files}]")
    if new.project:
        lines.append("project = true")
    # Written from the start, so that no later release has to guess how this client looked.
    lines.append(f"edition = {LATEST}")
    return "".join(f"{line}\n" for line in lines)


def _replace(file: Path, text: str) -> None:
    draft = file.with_name(f".{file.name}.new")
    try:
        draft.write_bytes(text.encode("utf-8"))
        os.replace(draft, file)
    except OSError as error:
        raise ConfigError(f"{file}: cannot be written: {error.strerror}") from None
    finally:
        draft.unlink(missing_ok=True)
