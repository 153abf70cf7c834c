"""A set of files to write, and the rules for their paths."""

import re
import unicodedata
from collections.abc import Iterator, Mapping

__all__ = [
    "LEDGER",
    "LOCK",
    "MANIFEST",
    "MAX_PATH",
    "OLD_LEDGER",
    "OLD_MANIFEST",
    "RECORDS",
    "WORK",
    "FileSet",
    "OutputConflict",
    "OutputError",
    "check_path",
]

LOCK = "pillarbox.lock"
"""The names lock: an input as well as an output, so people and merges may change it."""
RECORDS = ".pillarbox"
"""Folder of what the next run and reviewers read, and no user of the client does."""
LEDGER = f"{RECORDS}/losses.jsonl"
"""The losses: what the spec describes but the client lacks. There is no file if nothing is lost."""
MANIFEST = f"{RECORDS}/manifest.json"
"""What was written last time."""
OLD_LEDGER, OLD_MANIFEST = "_ledger.jsonl", "_manifest.json"
"""Where both were before there was a folder for them: read once, then removed."""
WORK = ".pillarbox-write"
"""Folder inside the output folder that exists only while a run writes."""
MAX_PATH = 110
"""Characters of the longest relative path: Windows allows 260 for all of it, and users nest folders deeply."""

_MAX_COMPONENT_BYTES = 240
_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f\x7f-\x9f]')
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"]
)
"""Names that Windows keeps for devices, with any extension (Microsoft, Naming Files, Paths, and Namespaces)."""
_OTHERS = frozenset({".git", ".hg", ".svn", WORK})
"""Folders that belong to other programs, or to the writer itself."""


class OutputError(Exception):
    """Nothing can be written: one line with the reason. The command line exits with 2."""


class OutputConflict(OutputError):
    """Files that the run would overwrite are somebody's work: `paths` names them, `--force` overwrites them."""

    def __init__(self, message: str, paths: tuple[str, ...]) -> None:
        super().__init__(message)
        self.paths = paths


def _component_fault(part: str) -> str | None:
    if part in ("", ".", ".."):
        return "has an empty, `.` or `..` step"
    if _FORBIDDEN.search(part):
        return "holds a character that a file system refuses"
    if part[-1] in ". " or part[0] == " ":
        return "has a step that ends in a dot or is edged by a space"
    if part.split(".", 1)[0].rstrip().casefold() in _DEVICES:
        return "has a step that Windows keeps for a device"
    if part.casefold() in _OTHERS:
        return "leads into a folder that is not for generated files"
    if len(part.encode("utf-8", "surrogatepass")) > _MAX_COMPONENT_BYTES:
        return f"has a step of more than {_MAX_COMPONENT_BYTES} bytes"
    return None


def check_path(path: str) -> None:
    """Raise `OutputError` unless `path` is relative, portable and safe on every file system."""
    fault: str | None = None
    if len(path) > MAX_PATH:
        fault = f"is longer than {MAX_PATH} characters"
    elif any("\ud800" <= character <= "\udfff" for character in path):
        fault = "is not Unicode text"
    elif unicodedata.normalize("NFC", path) != path:
        fault = "is not in Unicode's composed form (NFC)"
    else:
        for part in path.split("/"):
            fault = _component_fault(part)
            if fault is not None:
                break
    if fault is not None:
        raise OutputError(f"cannot write {path[:200]!a}: the path {fault}")


def _fold(path: str) -> str:
    """What a file system that ignores case and composition would take for the same path."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", path).casefold())


def _check_collisions(paths: list[str]) -> None:
    """Refuse two files on one path, two spellings of one folder, and a file that is also a folder."""
    files: dict[str, str] = {}
    folders: dict[str, str] = {}
    done: set[str] = set()
    for path in paths:
        other = files.setdefault(_fold(path), path)
        if other != path:
            raise OutputError(f"cannot write both {other!a} and {path!a}: some systems take them for one")
        folder = path.rpartition("/")[0]
        while folder and folder not in done:
            done.add(folder)
            other = folders.setdefault(_fold(folder), folder)
            if other != folder:
                pair = f"{other!a} and {folder!a}"
                raise OutputError(f"cannot write into both {pair}: some systems take them for one")
            folder = folder.rpartition("/")[0]
    for key in sorted(files.keys() & folders.keys()):
        raise OutputError(f"cannot write {files[key]!a}: it is a folder as well as a file")


class FileSet(Mapping[str, bytes]):
    """Relative posix path -> content, immutable and sorted by path.

    Text becomes UTF-8 without changes, so it must use LF and hold no lone surrogate. Raises `OutputError` for a path
    that breaks the rules, or for two paths that are one on a file system which ignores case.
    """

    __slots__ = ("_files",)

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        content: dict[str, bytes] = {}
        for path in sorted(files):
            check_path(path)
            content[path] = _encoded(path, files[path])
        _check_collisions(list(content))
        self._files = content

    def __getitem__(self, path: str) -> bytes:
        return self._files[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def __repr__(self) -> str:
        return f"FileSet({len(self._files)} files)"

    def text(self, path: str) -> str:
        """Content of a text file."""
        return self._files[path].decode("utf-8")

    def plus(self, files: Mapping[str, str | bytes]) -> "FileSet":
        """This set with other files added; one of the same path is replaced."""
        return FileSet({**self._files, **files})

    def below(self, prefix: str) -> "FileSet":
        """The same files, all moved into the folder `prefix`."""
        return FileSet({f"{prefix}/{path}": content for path, content in self._files.items()})


def _encoded(path: str, content: str | bytes) -> bytes:
    if isinstance(content, bytes):
        return content
    if "\r" in content:
        raise OutputError(f"cannot write {path!a}: the text holds a carriage return")
    try:
        return content.encode("utf-8")
    except UnicodeEncodeError:
        raise OutputError(f"cannot write {path!a}: the text holds half a surrogate pair") from None
