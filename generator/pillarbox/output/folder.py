"""The output folder, held open: only this module touches the file system.

Every path is walked step by step from a descriptor of the folder and no link is followed on the way, so nothing
outside can be reached, not even when somebody swaps a folder for a link while we write. Where the system cannot open
relative to a folder (Windows), the same steps are checked by path.
"""

import errno
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from .files import WORK, OutputError, check_path

if sys.platform != "win32":
    import fcntl

__all__ = ["Folder"]

_RELATIVE = {os.open, os.stat, os.unlink, os.mkdir, os.rmdir, os.rename, os.link} <= os.supports_dir_fd
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_OPEN_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | _NO_FOLLOW
# A FIFO in the way must not make us wait.
_READ = os.O_RDONLY | _NO_FOLLOW | getattr(os, "O_NONBLOCK", 0) | _BINARY
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW | _BINARY


def _is_link(status: os.stat_result) -> bool:
    junction = sys.platform == "win32" and status.st_reparse_tag == stat.IO_REPARSE_TAG_MOUNT_POINT
    return junction or stat.S_ISLNK(status.st_mode)


class Folder:
    """An output folder. Paths are relative and posix; what is below `WORK` is the writer's own.

    Methods raise `OSError` for what the system refuses and `OutputError` for a link or a wrong kind of file.
    """

    def __init__(self, path: Path) -> None:
        """Open an existing folder. The path itself may lead through links: the user gave it."""
        self.path = path
        self._root: int | None = os.open(path, _OPEN_FOLDER & ~_NO_FOLLOW) if _RELATIVE else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._root is not None:
            os.close(self._root)
            self._root = None

    def lock(self) -> bool:
        """Keep other runs out until the folder is closed; False where one is at work. It ends with its process."""
        if sys.platform != "win32" and self._root is not None:
            try:
                fcntl.flock(self._root, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            except OSError as error:
                # A network file system without locks: nothing to be done, and no reason to refuse.
                if error.errno not in (errno.ENOLCK, errno.ENOTSUP, errno.EINVAL):
                    raise
        return True

    def _step(self, above: int | None, name: str, walked: str, create: bool) -> int | None:
        """Go one folder down; None where the system has no descriptors of folders."""
        where = name if above is not None else str(self.path / walked)
        try:
            status = os.stat(where, dir_fd=above, follow_symlinks=False)
        except FileNotFoundError:
            if not create:
                raise
            os.mkdir(where, dir_fd=above)
            status = os.stat(where, dir_fd=above, follow_symlinks=False)
        if _is_link(status):
            raise self._link(walked)
        if not stat.S_ISDIR(status.st_mode):
            raise OutputError(f"{self.path / walked}: must be a folder")
        return None if above is None else os.open(where, _OPEN_FOLDER, dir_fd=above)

    @contextmanager
    def _at(self, path: str, *, create: bool = False) -> Iterator[tuple[str, int | None]]:
        """Name and open parent folder of a path."""
        *folders, name = path.split("/")
        opened: list[int] = []
        above = self._root
        try:
            for count, step in enumerate(folders, 1):
                above = self._step(above, step, "/".join(folders[:count]), create)
                if above is not None:
                    opened.append(above)
            yield (name, above) if above is not None else (str(self.path / path), None)
        finally:
            for descriptor in opened:
                os.close(descriptor)

    def _link(self, path: str) -> OutputError:
        return OutputError(
            f"{self.path / path}: is a symbolic link: links inside the output folder are not followed"
        )

    def status(self, path: str) -> os.stat_result | None:
        """The status of a path, links not followed; None if nothing is there."""
        try:
            with self._at(path) as (name, parent):
                return os.stat(name, dir_fd=parent, follow_symlinks=False)
        except FileNotFoundError:
            return None

    def check_regular(self, path: str) -> None:
        """Raise `OutputError` for a link, folder or device at a path."""
        status = self.status(path)
        if status is None or stat.S_ISREG(status.st_mode):
            return
        if _is_link(status):
            raise self._link(path)
        raise OutputError(f"{self.path / path}: exists and is not a regular file")

    def read(self, path: str) -> bytes | None:
        """Content of a regular file; None if there is no file. Anything else is an `OutputError`."""
        try:
            with self._at(path) as (name, parent):
                descriptor = os.open(name, _READ, dir_fd=parent)
        except FileNotFoundError:
            return None
        except OSError:
            self.check_regular(path)
            raise
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise OutputError(f"{self.path / path}: exists and is not a regular file")
        with open(descriptor, "rb") as file:
            return file.read()

    def names(self, path: str) -> list[str]:
        """Names in a folder, sorted; an empty list where it does not exist."""
        try:
            with self._at(f"{path}/." if path else ".") as (_, parent):
                return sorted(os.listdir(parent if parent is not None else self.path / path))
        except FileNotFoundError:
            return []

    def writable(self, path: str) -> bool:
        """Whether the folder of `path`, and an existing file there, may be changed, and by a rename from here."""
        with self._at(path) as (name, parent):
            folder = os.fstat(parent) if parent is not None else None
            same = folder is None or self._root is None or folder.st_dev == os.fstat(self._root).st_dev
            may = os.access("." if parent is not None else os.path.dirname(name), os.W_OK, dir_fd=parent)
            there = not os.access(name, os.F_OK, dir_fd=parent) or os.access(name, os.W_OK, dir_fd=parent)
        return same and may and there

    def create(self, path: str, content: bytes, *, mode: int | None = None, flush: bool = True) -> None:
        """Write a new file of the writer's own, below `WORK`; one that exists is an error."""
        self._check_own(path)
        with self._at(path) as (name, parent):
            descriptor = os.open(name, _CREATE, 0o666, dir_fd=parent)
        try:
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            if mode is not None and hasattr(os, "fchmod"):
                os.fchmod(descriptor, mode)
            if flush:
                os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def publish(self, own: str, path: str) -> None:
        """Move an own file onto a path of the output, in one step: the only way in, so the path is checked again."""
        self._check_own(own)
        check_path(path)
        with self._at(own) as (source, below), self._at(path, create=True) as (name, parent):
            os.replace(source, name, src_dir_fd=below, dst_dir_fd=parent)

    def withdraw(self, path: str, own: str) -> None:
        """Move a file of the output to an own path: the only way out."""
        check_path(path)
        self._check_own(own)
        with self._at(path) as (name, parent), self._at(own) as (target, below):
            os.replace(name, target, src_dir_fd=parent, dst_dir_fd=below)

    def keep(self, path: str, own: str) -> None:
        """Keep the present content of a file of the output at an own path, for undoing."""
        self._check_own(own)
        try:
            with self._at(path) as (name, parent), self._at(own) as (target, below):
                if parent is None:
                    os.link(name, target)
                else:
                    os.link(name, target, src_dir_fd=parent, dst_dir_fd=below, follow_symlinks=False)
        except OSError:
            # Some file systems have no hard links.
            content, status = self.read(path), self.status(path)
            if content is None or status is None:
                raise
            self.create(own, content, mode=stat.S_IMODE(status.st_mode))

    def rename(self, source: str, target: str) -> None:
        """Move a file of the writer's own, over one that exists."""
        self._check_own(source)
        self._check_own(target)
        with self._at(source) as (name, parent), self._at(target) as (onto, below):
            os.replace(name, onto, src_dir_fd=parent, dst_dir_fd=below)

    def make(self, path: str) -> None:
        """Make a folder of the writer's own, for this user only."""
        self._check_own(path)
        with self._at(path) as (name, parent):
            os.mkdir(name, 0o700, dir_fd=parent)

    def remove(self, path: str) -> None:
        """Remove a file; nothing there is fine."""
        try:
            with self._at(path) as (name, parent):
                os.unlink(name, dir_fd=parent)
        except FileNotFoundError:
            return

    def remove_empty(self, path: str) -> bool:
        """Remove a folder that holds nothing but Python's bytecode cache; False where it stays."""
        cache = f"{path}/__pycache__"
        try:
            if self.names(path) == ["__pycache__"]:
                compiled = self.names(cache)
                if not all(name.endswith(".pyc") for name in compiled):
                    return False
                for name in compiled:
                    self.remove(f"{cache}/{name}")
                self._rmdir(cache)
        except (OSError, OutputError):
            return False
        return self._rmdir(path)

    def _rmdir(self, path: str) -> bool:
        try:
            with self._at(path) as (name, parent):
                os.rmdir(name, dir_fd=parent)
        except OSError:
            return False
        return True

    def clear(self) -> None:
        """Remove the writer's own folder and all in it."""
        for inner in self.names(WORK):
            status = self.status(f"{WORK}/{inner}")
            if status is not None and stat.S_ISDIR(status.st_mode):
                for name in self.names(f"{WORK}/{inner}"):
                    self.remove(f"{WORK}/{inner}/{name}")
                self._rmdir(f"{WORK}/{inner}")
            else:
                self.remove(f"{WORK}/{inner}")
        self._rmdir(WORK)

    def flush(self, folders: Iterable[str]) -> None:
        """Make renames in these folders survive a power cut."""
        if self._root is None:
            return
        for folder in sorted(set(folders)):
            with self._at(f"{folder}/." if folder else ".") as (_, parent):
                try:
                    os.fsync(parent if parent is not None else self._root)
                except OSError as error:
                    # Some network file systems cannot flush a folder.
                    if error.errno not in (errno.EINVAL, errno.ENOTSUP):
                        raise

    def _check_own(self, path: str) -> None:
        if not path.startswith(f"{WORK}/") and path != WORK:
            raise ValueError(path)
