"""All that a client is made from, as one digest: a run that finds the digest of the last one has nothing to do.

It covers the files of the spec and its environments, the configuration, the lock, and the generator's own code and
templates, so that whoever edits a template in a checkout sees the effect. Paths of the machine are no part of it:
a fresh clone elsewhere agrees. What the generator's dependencies do is held by their pinned versions instead.
"""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path

from .. import __version__
from .installation import templates_folder
from .settings import ClientSettings

__all__ = ["digest_of", "file_digest", "sources_now", "sources_read"]

_PLACES = ("name", "spec", "output", "environments", "templates")
"""Settings that say where something lies: what lies there counts, not the place."""
_CODE = (".py", ".jinja")


def _framed(parts: Iterable[str]) -> bytes:
    """Texts so that no two lists of them give the same bytes."""
    return b"".join(
        b"%d:%s" % (len(data), data) for data in (part.encode("utf-8", "surrogatepass") for part in parts)
    )


def _files(folder: Path) -> Iterator[Path]:
    for above, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        yield from (Path(above, name) for name in sorted(names))


@cache
def generator_digest() -> str:
    """SHA-256 over the code and the templates: the same in a checkout and in a wheel made of it."""
    house = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256()
    for root, label in ((house, "generator"), (templates_folder(), "templates")):
        for path in _files(root):
            inner = path.relative_to(root)
            if path.suffix not in _CODE or (root == house and inner.parts[0] == "templates"):
                continue
            digest.update(_framed((f"{label}/{inner.as_posix()}", file_digest(path))))
    return digest.hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 of a regular file; empty for anything else. The path may come from a manifest that others wrote."""
    try:
        with open(path, "rb", opener=_without_waiting) as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                return ""
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""


def _without_waiting(path: str, flags: int) -> int:
    """A FIFO in the place of a file must not make us wait."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def sources_read(client: ClientSettings, read: Mapping[Path, str]) -> Mapping[str, str]:
    """What a run has read, by path from the folder of the spec; of a folder, all that it holds."""
    root = client.spec.parent
    found: dict[str, str] = {}
    if client.spec.is_dir():
        found = {_relative(path, root): file_digest(path) for path in _files(client.spec)}
    return found | {_relative(path, root): digest for path, digest in read.items()}


def sources_now(client: ClientSettings, names: Iterable[str]) -> Mapping[str, str]:
    """What the files of the last run hold now, and those that came into the folder since."""
    root = client.spec.parent
    found = {name: file_digest(root / name) for name in names}
    if client.spec.is_dir():
        found |= {name: "" for path in _files(client.spec) if (name := _relative(path, root)) not in found}
    return found


def _relative(path: Path, root: Path) -> str:
    try:
        return Path(os.path.relpath(path, root)).as_posix()
    except ValueError:
        # Windows: another drive.
        return path.absolute().as_posix()


def _settings(client: ClientSettings) -> Iterator[str]:
    """The configuration of one client, whatever keys it has or will have."""
    for item in fields(client):
        value = getattr(client, item.name)
        if item.name == "package":
            value = client.package or client.output.name
        if item.name not in _PLACES:
            yield f"{item.name}={value!r}"
    yield f"spec={client.spec.name}"
    if client.templates is not None:
        for path in _files(client.templates):
            yield f"template={path.relative_to(client.templates).as_posix()}={file_digest(path)}"
    # Their order counts, and says which of the sources they are.
    yield from (f"environment={_relative(path, client.spec.parent)}" for path in client.environments)


def digest_of(client: ClientSettings, lock: str, sources: Mapping[str, str]) -> str:
    """The digest of a run; `lock` is the text of the lock that it leaves, with LF line ends."""
    parts = [__version__, generator_digest(), *_settings(client), lock]
    for name in sorted(sources):
        parts += [name, sources[name]]
    return hashlib.sha256(_framed(parts)).hexdigest()
