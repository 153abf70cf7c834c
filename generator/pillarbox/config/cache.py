"""Notes in the user's cache folder: which code a client was last found up to date with.

A note saves work and nothing else. It is safe to delete, and a folder that cannot be read or written is no error:
then the work is done again.
"""

import hashlib
import json
import os
import sys
from pathlib import Path

__all__ = ["cache_folder", "recall", "remember"]


def cache_folder() -> Path | None:
    """The folder for notes, which may not exist; None if there is no home folder.

    `PILLARBOX_CACHE` names it; else it is `pillarbox` in the cache folder of the platform.
    """
    if named := os.environ.get("PILLARBOX_CACHE"):
        return Path(named)
    if (base := _platform_folder()) is None:
        return None
    return base / "pillarbox"


def _platform_folder() -> Path | None:
    if sys.platform == "win32":
        return _absolute(os.environ.get("LOCALAPPDATA"))
    if sys.platform != "darwin" and (named := _absolute(os.environ.get("XDG_CACHE_HOME"))) is not None:
        return named
    try:
        home = Path.home()
    except RuntimeError:
        return None
    return home / "Library" / "Caches" if sys.platform == "darwin" else home / ".cache"


def _absolute(text: str | None) -> Path | None:
    """A folder from the environment. The XDG specification says that a relative one is to be ignored."""
    return Path(text) if text and Path(text).is_absolute() else None


def _note(folder: Path, output: Path) -> Path:
    """One file for each output folder, so that the number of notes is that of the clients."""
    key = os.fsencode(os.path.normcase(os.path.realpath(output)))
    return folder / "up-to-date" / f"{hashlib.sha256(key).hexdigest()}.json"


def recall(output: Path) -> tuple[str, str] | None:
    """The code and the manifest that `remember` noted for an output folder."""
    try:
        if (folder := cache_folder()) is None:
            return None
        data = json.loads(_note(folder, output).read_bytes())
        return str(data["code"]), str(data["manifest"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def remember(output: Path, code: str, manifest: str) -> None:
    """Note that `code` gives exactly the files that the manifest with the digest `manifest` lists."""
    try:
        if (folder := cache_folder()) is None:
            return
        note = _note(folder, output)
        note.parent.mkdir(parents=True, exist_ok=True)
        draft = note.with_name(f"{note.name}.{os.getpid()}")
        draft.write_text(json.dumps({"code": code, "manifest": manifest}), encoding="ascii")
        os.replace(draft, note)
    except (OSError, ValueError):
        return
