"""What a run is about to do, written down before it does it.

A run stages every new file in `WORK`, then commits by renaming its journal to its final name, then moves file after file.
Killed before the commit, nothing has happened; killed after it, the next run goes on with the steps, which may be
repeated at will; stopped by an error, it goes back over them. So after the next run the folder holds the old tree or
the new one, never a mix.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import Enum

from .files import WORK, OutputConflict, OutputError, check_path
from .folder import Folder

__all__ = [
    "Journal",
    "Recovery",
    "Step",
    "back",
    "commit",
    "forward",
    "hashed",
    "parent",
    "recover",
    "stage_path",
]

_FILE = f"{WORK}/journal.json"
_DRAFT = f"{WORK}/journal.new"
_HASH = re.compile(r"[0-9a-f]{64}")


class Recovery(Enum):
    """What was done about an earlier run that had not come to its end."""

    COMPLETED = "completed"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Step:
    """One file: SHA-256 of its bytes before the run and after it; None for no file."""

    path: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Journal:
    """All steps of a run, and whether it goes back over them."""

    steps: tuple[Step, ...]
    folders: tuple[str, ...] = ()
    """Folders that the run makes: a run that goes back removes them."""
    back: bool = False


def stage_path(number: int) -> str:
    """Where the new content of a step waits."""
    return f"{WORK}/new/{number}"


def _kept(number: int) -> str:
    return f"{WORK}/old/{number}"


def parent(path: str) -> str:
    """Folder of a path; empty for the output folder itself."""
    return path.rpartition("/")[0]


def hashed(content: bytes | None) -> str | None:
    """SHA-256 of the bytes, unchanged."""
    return None if content is None else hashlib.sha256(content).hexdigest()


def commit(folder: Folder, journal: Journal) -> None:
    """From here on the run happens: now, or when the next one finds the journal."""
    data = {
        "back": journal.back,
        "folders": list(journal.folders),
        "journal": 1,
        "steps": [[step.path, step.before, step.after] for step in journal.steps],
    }
    folder.remove(_DRAFT)
    folder.create(_DRAFT, json.dumps(data).encode("ascii"))
    folder.rename(_DRAFT, _FILE)
    folder.flush([WORK])


def _read(folder: Folder) -> Journal | None:
    """The journal of a run that has not ended; None where there is none."""
    content = folder.read(_FILE)
    if content is None:
        return None
    try:
        data = json.loads(content)
        if data["journal"] != 1 or not isinstance(data["back"], bool):
            raise ValueError
        steps = tuple(Step(path, before, after) for path, before, after in data["steps"])
        folders = tuple(data["folders"])
        for path in (*folders, *(step.path for step in steps)):
            check_path(path)
        for step in steps:
            for value in (step.before, step.after):
                if value is not None and not _HASH.fullmatch(value):
                    raise ValueError
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        where = folder.path / WORK
        raise OutputError(
            f"{where}: the journal in it is broken: remove this folder, then generate again"
        ) from None
    return Journal(steps, folders, data["back"])


def forward(folder: Folder, journal: Journal, *, resumed: bool) -> None:
    """Take all steps that have not been taken.

    A file that somebody changed since the journal was written stops a run (`OutputConflict`), and is left alone by
    a resumed one: the checks that follow will name it.
    """
    for number, step in enumerate(journal.steps):
        now = hashed(folder.read(step.path))
        if now == step.after:
            continue
        if now != step.before:
            if resumed:
                continue
            where = folder.path / step.path
            raise OutputConflict(
                f"{where}: was changed while it was being written: generate again", (step.path,)
            )
        if step.after is None:
            folder.withdraw(step.path, _kept(number))
            continue
        if resumed and hashed(folder.read(stage_path(number))) != step.after:
            raise OutputError(f"{folder.path / WORK}: a staged file is lost")
        if step.before is not None:
            folder.remove(_kept(number))
            folder.keep(step.path, _kept(number))
        folder.publish(stage_path(number), step.path)
    folder.flush([*_existing(folder, journal), f"{WORK}/old"])
    _finish(folder, _above(parent(step.path) for step in journal.steps if step.after is None))


def back(folder: Folder, journal: Journal) -> None:
    """Undo all steps that have been taken. A file that somebody changed since is left alone."""
    commit(folder, replace(journal, back=True))
    for number, step in enumerate(journal.steps):
        if hashed(folder.read(step.path)) != step.after:
            continue
        if step.before is not None:
            if folder.status(_kept(number)) is not None:
                folder.publish(_kept(number), step.path)
        elif folder.status(stage_path(number)) is None:
            folder.remove(step.path)
    folder.flush(_existing(folder, journal))
    _finish(folder, journal.folders)


def _existing(folder: Folder, journal: Journal) -> list[str]:
    folders = {parent(step.path) for step in journal.steps}
    return [path for path in folders if not path or folder.status(path) is not None]


def _above(folders: Iterable[str]) -> set[str]:
    """These folders and those that hold them."""
    found: set[str] = set()
    for path in folders:
        step = path
        while step and step not in found:
            found.add(step)
            step = parent(step)
    return found


def _finish(folder: Folder, emptied: Iterable[str]) -> None:
    """Remove folders that hold nothing any more, then the journal, then what was staged."""
    for path in sorted(emptied, key=len, reverse=True):
        folder.remove_empty(path)
    folder.remove(_FILE)
    # The run has happened, and without what was kept it could not be undone: no error may reach those who would try.
    # The next run removes what is left of the folder.
    with suppress(OSError, OutputError):
        folder.flush([WORK])
        folder.clear()


def recover(folder: Folder) -> Recovery | None:
    """Bring an earlier run to its end, one way or the other; None where there is nothing to do."""
    if folder.status(WORK) is None:
        return None
    journal = _read(folder)
    if journal is None:
        folder.clear()
        return Recovery.UNDONE
    if not journal.back:
        try:
            forward(folder, journal, resumed=True)
        except (OSError, OutputError):
            back(folder, journal)
        else:
            return Recovery.COMPLETED
    else:
        back(folder, journal)
    return Recovery.UNDONE
