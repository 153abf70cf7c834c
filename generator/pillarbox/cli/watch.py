"""`generate --watch`: generate again whenever a file that a client is made from changes, until Ctrl-C."""

import gc
import os
import signal
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from types import FrameType

from ..config import ClientSettings, find
from ..output.files import MANIFEST, OutputError
from ..output.manifest import parse
from . import console
from .failures import expected

__all__ = ["watch"]

_PERIOD = 0.25
"""Seconds between two looks. Editors write a file in several steps, so a change counts when it has been still for one."""

_Look = dict[str, tuple[int, int]]


def watch(
    clients: Callable[[], Sequence[ClientSettings]],
    generate: Callable[[Sequence[ClientSettings]], object],
    config: Path | None,
) -> None:
    """Generate now and after each change. An error is printed, and the next change is waited for.

    Args:
        clients: Reads the configuration: it may change too.
        generate: Writes clients, and prints what was done.
        config: The configuration file, if the arguments name one.
    """
    with _interrupts() as interrupted:
        known = _watch(clients, generate, config, interrupted)
    _heal(known)
    console.complain("stopped")


@contextmanager
def _interrupts() -> Generator[Event, None, None]:
    """Note Ctrl-C beside raising it: Python drops an exception that comes while the garbage collector calls back."""
    interrupted = Event()
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        # Ignored, as in the background of a shell, or handled by the caller.
        yield interrupted
        return

    def note(number: int, frame: FrameType | None) -> None:
        interrupted.set()
        signal.default_int_handler(number, frame)

    signal.signal(signal.SIGINT, note)
    try:
        yield interrupted
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _watch(
    clients: Callable[[], Sequence[ClientSettings]],
    generate: Callable[[Sequence[ClientSettings]], object],
    config: Path | None,
    interrupted: Event,
) -> Sequence[ClientSettings]:
    """Run until Ctrl-C; the clients of the last run are returned."""
    known: Sequence[ClientSettings] = ()
    try:
        while not interrupted.is_set():
            # Looked at before it is read: a change during the run counts too.
            before = _look(known, config)
            try:
                known = clients()
                before = {**_look(known, config), **before}
                generate(known)
            except Exception as error:
                if not expected(error):
                    raise
                console.complain(str(error))
            if known:
                console.complain(f"watching {_files(known)}: stop with Ctrl-C")
            gc.collect()
            _wait(known, config, before, interrupted)
    except KeyboardInterrupt:
        pass
    return known


def _heal(clients: Iterable[ClientSettings]) -> None:
    """Complete or undo an interrupted write: Ctrl-C may have come in the middle of it."""
    from ..output.writer import recover

    for client in clients:
        try:
            recover(client.output)
        except OutputError as error:
            console.complain(str(error))


def _files(clients: Sequence[ClientSettings]) -> str:
    names = sorted({str(client.spec) for client in clients})
    return names[0] if len(names) == 1 else f"{len(names)} specs"


def _wait(clients: Sequence[ClientSettings], config: Path | None, before: _Look, interrupted: Event) -> None:
    """Return when something has changed since before the run and has then been still for a period, or at Ctrl-C."""
    watched = {str(path) for path in _watched(clients, config)}
    first = _look(clients, config) | {path: state for path, state in before.items() if path in watched}
    last: _Look = {}
    while not interrupted.is_set():
        time.sleep(_PERIOD)
        now = _look(clients, config)
        if now != first and now == last:
            return
        last = now


def _look(clients: Sequence[ClientSettings], config: Path | None) -> _Look:
    """Time and size of each file that matters; a missing one has neither."""
    found: dict[str, tuple[int, int]] = {}
    for path in _watched(clients, config):
        try:
            status = path.stat()
        except (OSError, ValueError):
            continue
        found[str(path)] = (status.st_mtime_ns, status.st_size)
    return found


def _watched(clients: Sequence[ClientSettings], config: Path | None) -> Iterator[Path]:
    file = config or find(Path.cwd())
    if file is not None:
        yield file
    for client in clients:
        yield from client.environments
        for root in filter(None, (client.spec, client.templates)):
            yield root
            for above, _, names in os.walk(root):
                yield Path(above)
                yield from (Path(above, name) for name in names)
        yield from (client.spec.parent / name for name in _references(client))


def _references(client: ClientSettings) -> Sequence[str]:
    """Other files that the spec refers to, as the last run noted them."""
    try:
        content = (client.output / MANIFEST).read_bytes()
        return parse(content, MANIFEST).provenance.sources
    except (OSError, OutputError):
        return ()
