"""What a client is made from, as digests: a run that finds those of the last one has nothing to do.

The digest of the inputs covers the files of the spec and its environments, the configuration, the lock, and the user's
own templates. The manifest holds it, so paths of the machine are no part of it: a fresh clone elsewhere agrees.

What pillarbox makes of the inputs depends on its code. A release is known by its version; the code and templates of a
working copy have a digest, so that whoever edits a template sees the effect. Only the user's cache holds that one: it
changes with every commit to pillarbox, and no committed file should. What the dependencies of pillarbox do is held by
their pinned versions instead.
"""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path

from .. import __version__
from .installation import installation
from .settings import ClientSettings

__all__ = [
    "code_digest",
    "code_identity",
    "digest_of",
    "file_digest",
    "is_released",
    "sources_now",
    "sources_read",
]

_PATHS = ("name", "spec", "output", "environments", "templates")
"""Settings that are paths or names of this machine: the content of the files counts, not where they are."""
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


def is_released(version: str) -> bool:
    """Whether this pillarbox is the release `version`, whose code is known by that."""
    return not installation().working_copy and version == __version__


def code_identity() -> str:
    """What the output depends on beside the inputs: the version, and in a working copy the code."""
    return f"{__version__}+{code_digest()}" if installation().working_copy else __version__


@cache
def code_digest() -> str:
    """SHA-256 over the code and the templates of this pillarbox."""
    package = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256()
    for root, label in ((package, "pillarbox"), (installation().templates, "templates")):
        for path in _files(root):
            inner = path.relative_to(root)
            if path.suffix not in _CODE or (root == package and inner.parts[0] == "templates"):
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
    """A FIFO where a file is expected must not make us wait."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def sources_read(client: ClientSettings, read: Mapping[Path, str]) -> Mapping[str, str]:
    """Digests of the files that a run has read, by path relative to the spec's folder; of a folder, all its files."""
    root = client.spec.parent
    found: dict[str, str] = {}
    if client.spec.is_dir():
        found = {_relative(path, root): file_digest(path) for path in _files(client.spec)}
    return found | {_relative(path, root): digest for path, digest in read.items()}


def sources_now(client: ClientSettings, names: Iterable[str]) -> Mapping[str, str]:
    """Digests now of the files that the last run read, and of those added to the spec's folder since."""
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


def _spelled(value: object) -> str:
    """A setting as text. A default is left out, so that a key of a later version does not change the digest."""
    if isinstance(value, tuple):
        return f"({', '.join(map(_spelled, value))})"
    if not is_dataclass(value) or isinstance(value, type):
        return repr(value)
    changed = ((item.name, getattr(value, item.name)) for item in fields(value))
    defaults = {item.name: item.default for item in fields(value)}
    parts = (f"{name}={_spelled(inner)}" for name, inner in changed if inner != defaults[name])
    return f"{type(value).__name__}({', '.join(parts)})"


def _settings(client: ClientSettings) -> Iterator[str]:
    """The configuration of one client, whatever keys it has or will have."""
    for item in fields(client):
        value = getattr(client, item.name)
        if item.name not in (*_PATHS, "package") and value != item.default:
            yield f"{item.name}={_spelled(value)}"
    yield f"package={client.package or client.output.name}"
    yield f"spec={client.spec.name}"
    if client.templates is not None:
        for path in _files(client.templates):
            yield f"template={path.relative_to(client.templates).as_posix()}={file_digest(path)}"
    # Their order counts, and distinguishes them from the other sources.
    yield from (f"environment={_relative(path, client.spec.parent)}" for path in client.environments)


def digest_of(client: ClientSettings, lock: str, sources: Mapping[str, str]) -> str:
    """The digest of a run's inputs; `lock` is the text of the lock that it leaves, with LF line ends."""
    parts = [*_settings(client), lock]
    for name in sorted(sources):
        parts += [name, sources[name]]
    return hashlib.sha256(_framed(parts)).hexdigest()
