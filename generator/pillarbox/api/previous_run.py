"""What the last run left in an output folder and the next one reads: the lock and the losses."""

from pathlib import Path

from ..lock.claims import Lock, LockError
from ..output.files import LEDGER, LOCK, MANIFEST, OLD_LEDGER, OLD_MANIFEST
from ..views.losses import Ledger, LedgerError

__all__ = ["read_ledger", "read_lock"]


def read_lock(output: Path) -> Lock:
    """The lock of an output folder; that of a new client where there is none.

    Raises:
        LockError: the lock cannot be used, or was removed while the package stayed.
    """
    path = output / LOCK
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        for manifest in (output / MANIFEST, output / OLD_MANIFEST):
            if manifest.exists():
                raise LockError(
                    f"{path}: is missing: restore it from version control, or public names may move; "
                    f"to begin anew, delete {manifest} as well"
                ) from None
        return Lock()
    except NotADirectoryError:
        return Lock()
    except UnicodeDecodeError:
        raise LockError(f"{path}: is not UTF-8 text: restore it from version control") from None
    except OSError as error:
        raise LockError(f"{path}: cannot be read: {error.strerror or error}") from None
    return Lock.parse(text, str(path))


def read_ledger(output: Path) -> Ledger:
    """What was lost when the client in an output folder was generated; nothing where there is no ledger.

    Raises:
        LedgerError: it cannot be read.
    """
    path = output / LEDGER
    if not path.exists():
        path = output / OLD_LEDGER
    try:
        return Ledger.parse(path.read_bytes().decode("utf-8"), str(path))
    except (FileNotFoundError, NotADirectoryError):
        return Ledger()
    except UnicodeDecodeError:
        raise LedgerError(f"{path}: is not UTF-8 text: restore or delete it") from None
    except OSError as error:
        raise LedgerError(f"{path}: cannot be read: {error.strerror or error}") from None
