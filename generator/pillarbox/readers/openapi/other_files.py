"""The other files of a document that is written in several: those below its folder, each read once.

Nothing is fetched, and no file elsewhere is opened: a document that others wrote must not read what is not its own.
"""

import os
import re
from urllib.parse import unquote

from ...model.problems import Origin, Problem, SpecError
from ..limits import LimitError, Limits
from ..loading import load_any
from .addresses import SchemaNode

__all__ = ["OtherFiles", "Unread"]

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


class Unread(Exception):
    """A reference that leads to no node; the text is the reason, as the end of a sentence.

    It names no file, because it is also written into the client, and files are named as the user of this run does.
    """

    def __init__(self, reason: str, *, is_elsewhere: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_elsewhere = is_elsewhere
        """True where it leads to the network or out of the folder, so that it is not read on purpose."""


class OtherFiles:
    """The files that references of one document lead to."""

    def __init__(self, root: SchemaNode, limits: Limits, problems: list[Problem]) -> None:
        self._problems = problems
        self._limits = limits
        self._nodes = 0
        self._folder = os.path.realpath(os.path.dirname(root.origin.file) or ".")
        self._read: dict[str, SchemaNode | Unread] = {root.origin.file: root}
        self._known: dict[str, str] = {os.path.realpath(root.origin.file): root.origin.file}
        """Real path of a file -> the name by which it was first read."""

    def root_of(self, origin: Origin) -> SchemaNode:
        """The whole file that a node is in."""
        found = self._read[origin.file]
        assert isinstance(found, SchemaNode)
        return found

    def open(self, address: str, origin: Origin) -> SchemaNode:
        """The file at an address that is relative to the file of `origin`.

        Raises:
            Unread: it is not there, is no document, or is outside of the folder.
            LimitError: it exceeds a limit, alone or with the files before it.
        """
        folder, decoded = os.path.dirname(origin.file), unquote(address)
        if _SCHEME.match(decoded) or decoded.startswith(("//", "\\")):
            raise Unread("nothing is read from the network", is_elsewhere=True)
        names = [os.path.normpath(os.path.join(folder, name)) for name in dict.fromkeys((decoded, address))]
        name = next((name for name in names if "\0" not in name and os.path.isfile(name)), names[0])
        if name not in self._read:
            try:
                self._read[name] = self._opened(name)
            except Unread as reason:
                self._read[name] = reason
        found = self._read[name]
        if isinstance(found, Unread):
            raise found
        return found

    def _opened(self, name: str) -> SchemaNode:
        try:
            real = os.path.realpath(name)
            os.stat(real)
        except (FileNotFoundError, NotADirectoryError):
            pass
        except (OSError, ValueError):
            raise Unread("this is no file name") from None
        if not _is_below(real, self._folder):
            raise Unread("no file outside of the document's folder is read", is_elsewhere=True)
        if real in self._known:
            return self.root_of(Origin(self._known[real]))
        try:
            document = load_any(name, self._limits)
        except LimitError:
            raise
        except SpecError as error:
            line = "" if error.origin.line is None else f"line {error.origin.line}: "
            raise Unread(f"{line}{error.message}") from None
        self._nodes += document.nodes
        if self._nodes > self._limits.nodes:
            message = f"the files of this document hold more values than the limit of {self._limits.nodes:,}"
            raise LimitError(message, "nodes", Origin(name))
        self._problems.extend(document.problems)
        self._known[real] = name
        return SchemaNode(document.root, Origin(name))


def _is_below(path: str, folder: str) -> bool:
    try:
        return os.path.commonpath((folder, path)) == folder
    except ValueError:
        # Windows: another drive.
        return False
