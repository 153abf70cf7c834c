"""Progress on stderr: nothing for a second, then a bar on a terminal or plain lines elsewhere."""

import sys
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress as Bar, TaskID

__all__ = ["Stages"]

_PATIENCE = 1.0
_STAGES = 4
"""Of each client: reading, planning, rendering, and writing or comparing."""


class Stages:
    """Follows clients through their stages; a context manager. All output goes to stderr."""

    def __init__(self, clients: int, *, quiet: bool) -> None:
        self._clients = clients
        self._quiet = quiet
        self._terminal = not quiet and sys.stderr.isatty()
        self._began = time.monotonic()
        self._text = ""
        self._done = 0
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._lock = threading.Lock()
        self._timer = threading.Timer(_PATIENCE, self._appear)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        if self._terminal:
            self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            self._quiet = True
            if self._bar is not None:
                self._bar.stop()

    def of(self, client: str, number: int) -> Callable[[str], None]:
        """What the stages of one client are reported to; `number` counts the clients before it."""
        return lambda name: self._stage(client, number, name)

    def _stage(self, client: str, number: int, name: str) -> None:
        with self._lock:
            known = ("reading", "planning", "rendering")
            self._done = number * _STAGES + (known.index(name) if name in known else _STAGES - 1)
            self._text = f"{client}: {name}"
            if self._bar is not None and self._task is not None:
                self._bar.update(self._task, completed=self._done, description=self._text)
            elif not self._quiet and not self._terminal and time.monotonic() - self._began > _PATIENCE:
                print(
                    f"{self._text} …" if _speaks_unicode() else f"{self._text} ...",
                    file=sys.stderr,
                    flush=True,
                )

    def _appear(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress as Bar, SpinnerColumn, TextColumn, TimeElapsedColumn

        with self._lock:
            if self._quiet:
                return
            columns = (
                SpinnerColumn(),
                TextColumn("{task.description}", markup=False),
                BarColumn(),
                TimeElapsedColumn(),
            )
            self._bar = Bar(*columns, console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task(self._text, total=self._clients * _STAGES, completed=self._done)
            self._bar.start()


def _speaks_unicode() -> bool:
    return (sys.stderr.encoding or "").lower().replace("-", "").startswith("utf")
