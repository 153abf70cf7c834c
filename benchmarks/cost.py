"""What a command costs: time on the wall, time of the processors, memory at its peak."""

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Cost", "cost", "median_seconds"]

_ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")
}


@dataclass(frozen=True, slots=True)
class Cost:
    """One run of a command, its children included."""

    status: int
    wall: float
    cpu: float
    """Seconds of all processors, user and system."""
    peak: int
    """Bytes of the largest process."""
    output: str


def cost(command: Sequence[str], folder: Path) -> Cost:
    """Run a command once in a folder and wait for it."""
    with tempfile.TemporaryFile() as log:
        began = time.perf_counter()
        child = subprocess.Popen(command, cwd=folder, stdout=log, stderr=subprocess.STDOUT, env=_ENVIRONMENT)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - began
        child.returncode = os.waitstatus_to_exitcode(status)
        log.seek(0)
        output = log.read().decode("utf-8", "replace")
    return Cost(child.returncode, wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, output)


def median_seconds(command: Sequence[str], folder: Path, rounds: int = 9) -> float:
    """Seconds of a whole process; the median of several.

    Raises:
        RuntimeError: it failed; the message is what it printed.
    """
    times = []
    for _ in range(rounds):
        found = cost(command, folder)
        if found.status:
            raise RuntimeError(found.output.strip()[-500:])
        times.append(found.wall)
    return statistics.median(times)
