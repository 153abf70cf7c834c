"""The two sides of a comparison: working tree, revision or plain file, each as settings, a lock and a way to name it."""

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ..api.previous_run import read_lock
from ..config import ClientSettings, ConfigError, Settings, load
from ..lock.claims import Lock, LockError
from ..model.problems import Origin, SpecError
from ..output.files import LOCK, OutputError
from .client_selection import check_names, configuration, configured_for, same_file, settings_for
from .revisions import Repository, RevisionError

__all__ = ["Comparison", "Request", "Source", "comparisons"]

_SPECS = (".json", ".yaml", ".yml")
_RANGE = re.compile(r"(?P<old>[^:]*?)(?P<dots>\.\.\.?)(?P<new>[^:.][^:]*)?")


@dataclass(frozen=True, slots=True)
class Request:
    """The arguments that select what to compare."""

    old: str
    new: str | None
    clients: tuple[str, ...]
    config: Path | None


@dataclass(frozen=True, slots=True)
class Source:
    """One side: a spec with its settings and lock, where they can be read now."""

    settings: ClientSettings
    lock: Lock | None
    """None if this side has none of its own."""
    copied: str = ""
    """Folder of the copies of a revision, with its separator."""
    revision: str = ""
    """Printed instead of that folder in messages, such as `main:`."""

    def shown(self, text: str) -> str:
        """A path or message as the user would write it."""
        return text.replace(self.copied, self.revision) if self.copied else text


@dataclass(frozen=True, slots=True)
class Comparison:
    """A client in its two versions; None if a side does not have it."""

    name: str
    old: Source | None
    new: Source | None


@contextmanager
def comparisons(request: Request) -> Iterator[tuple[Comparison, ...]]:
    """The clients to compare; copies of revisions are there until the context ends."""
    with tempfile.TemporaryDirectory(prefix="pillarbox-") as folder:
        yield tuple(_comparisons(request, Path(os.path.realpath(folder))))


def _comparisons(request: Request, scratch: Path) -> Iterator[Comparison]:
    if request.new is None or _both_revisions(request.old, request.new):
        yield from _by_configuration(request, scratch)
    elif request.clients:
        raise ConfigError("--client compares revisions, as in `main... --client NAME`: pass no files with it")
    else:
        yield _of_files(request.old, request.new, request.config, scratch)


def _both_revisions(*texts: str) -> bool:
    """True where no argument is a file or looks like one."""
    return not any(":" in text or Path(text).exists() or Path(text).suffix in _SPECS for text in texts)


@dataclass(frozen=True, slots=True)
class _Revision:
    """A commit, and the folder that takes copies of its files."""

    repository: Repository
    commit: str
    name: str
    folder: Path

    def settings(self, here: Settings) -> Settings | None:
        """The configuration as it was then; None where there was none."""
        path = self.repository.inside(here.source, self.name)
        if not self.repository.extract(self.commit, path, self.folder):
            return None
        with self.naming_its_files():
            return load(self.folder / path)

    def of_tree(self, client: ClientSettings, spec: Path, *, own: bool) -> ClientSettings:
        """Settings of the working tree, with the paths of the copies."""

        def copied(path: Path) -> Path:
            return self.folder / self.repository.inside(path, self.name)

        return replace(
            client,
            spec=copied(spec),
            # A spec that is not the client's own has no lock.
            output=copied(client.output) if own else self.folder / ".no-client" / client.output.name,
            environments=tuple(map(copied, client.environments)),
        )

    def source(self, client: ClientSettings) -> Source:
        """A client whose paths are those of the copies, copied."""
        for path in (client.spec, *client.environments):
            inside = self._inside(path)
            if not self.repository.extract(self.commit, inside, self.folder):
                raise RevisionError(f"{self.name}:{inside}: there is no such file in that revision")
        self.repository.extract(self.commit, self._inside(client.output / LOCK), self.folder)
        with self.naming_its_files():
            lock = _lock_of(client.output)
        return Source(client, lock, f"{self.folder}{os.sep}", f"{self.name}:")

    def _inside(self, path: Path) -> str:
        inside = os.path.relpath(path, self.folder).replace(os.sep, "/")
        if inside.startswith("../"):
            raise RevisionError(
                f"{inside}: is outside of the repository, so {self.name} has no version of it"
            )
        return inside

    @contextmanager
    def naming_its_files(self) -> Iterator[None]:
        """Name the revision in what is wrong with its files, and not the copies."""
        try:
            yield
        except (ConfigError, LockError, OutputError) as error:
            raise RevisionError(str(error).replace(f"{self.folder}{os.sep}", f"{self.name}:")) from None


def _lock_of(output: Path) -> Lock | None:
    return read_lock(output) if (output / LOCK).exists() else None


# Two files


def _of_files(old: str, new: str, config: Path | None, scratch: Path) -> Comparison:
    sides = [_located(text, scratch / side) for text, side in ((old, "old"), (new, "new"))]
    (old_path, old_revision), (new_path, new_revision) = sides
    known = configured_for(new_path, config) or configured_for(old_path, config)
    # Both sides are the same client: what differs is the spec alone.
    settings = known or replace(settings_for(new_path, config), client_class="Client")
    return Comparison(
        settings.name,
        _of_file(settings, old_path, old_revision),
        _of_file(settings, new_path, new_revision),
    )


def _located(text: str, scratch: Path) -> tuple[Path, _Revision | None]:
    """An argument as a path of the working tree, and the revision to read it from."""
    if Path(text).exists():
        return Path(text), None
    name, colon, path = text.partition(":")
    if not colon or not path:
        raise SpecError("there is no such file; a file of a git revision is written REV:path", Origin(text))
    repository = Repository.around(Path.cwd())
    commit = repository.commit(name)
    return repository.root / repository.from_here(path, Path.cwd()), _Revision(
        repository, commit, name, scratch
    )


def _of_file(settings: ClientSettings, path: Path, revision: _Revision | None) -> Source:
    own = same_file(settings.spec, path)
    if revision is not None:
        return revision.source(revision.of_tree(settings, path, own=own))
    return Source(replace(settings, spec=path), _lock_of(settings.output) if own else None)


# Clients of the configuration


def _by_configuration(request: Request, scratch: Path) -> Iterator[Comparison]:
    if request.new is None and Path(request.old).exists():
        raise ConfigError(
            f"{request.old}: there is nothing to compare it with: pass OLD and NEW, or a revision such as `main...`"
        )
    here = configuration(request.config)
    if here is None:
        raise ConfigError("no pillarbox.toml here or above: pass two specs, as in `pillarbox diff OLD NEW`")
    old, new = _revisions(request, Repository.around(here.source.absolute().parent), scratch)
    before = old.settings(here)
    after = here if new is None else new.settings(here)
    clients = [_clients(settings) for settings in (before, after)]
    known = list(dict.fromkeys(name for side in clients for name in side))
    check_names(request.clients, known)
    for name in request.clients or known:
        was, now = (side.get(name) for side in clients)
        yield Comparison(
            name,
            None if was is None else old.source(was),
            None if now is None else _of_tree(now) if new is None else new.source(now),
        )


def _clients(settings: Settings | None) -> dict[str, ClientSettings]:
    return {client.name: client for client in settings.clients} if settings is not None else {}


def _of_tree(client: ClientSettings) -> Source:
    return Source(client, _lock_of(client.output))


def _revisions(request: Request, repository: Repository, scratch: Path) -> tuple[_Revision, _Revision | None]:
    """The old revision and the new one; None for the working tree."""
    old, new, fork = request.old, request.new or "", False
    if request.new is None and (found := _RANGE.fullmatch(request.old)) is not None:
        old, new, fork = found["old"] or "HEAD", found["new"] or "", found["dots"] == "..."
    first = repository.commit(old)
    second = repository.commit(new) if new else ""
    if fork:
        common = repository.fork(first, second or repository.commit("HEAD"))
        old = old if common == first else common[:12]
        first = common
    return (
        _Revision(repository, first, old, scratch / "old"),
        _Revision(repository, second, new, scratch / "new") if new else None,
    )
