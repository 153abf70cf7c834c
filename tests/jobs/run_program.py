"""`python run_program.py FOLDER NAME URLS`: runs one program, first its synchronous half, then its asynchronous one.

A process of its own: after each half it prints one JSON line and waits for one line, so that the caller can take what the
servers have received. Nothing leaves this machine, also where a client would send to its vendor.
"""

import asyncio
import contextlib
import importlib
import io
import json
import socket
import sys
from pathlib import Path
from typing import Any

_lookup = socket.getaddrinfo


def _loopback_only(host: Any, *arguments: Any, **options: Any) -> Any:
    name = host.decode() if isinstance(host, bytes) else host
    if name not in ("127.0.0.1", "localhost", "::1"):
        raise OSError(f"the program would have sent a request to {name}")
    return _lookup(host, *arguments, **options)


def _attempt(name: str, urls: dict[str, str], asynchronous: bool) -> dict[str, str]:
    printed = io.StringIO()
    fault = ""
    with contextlib.redirect_stdout(printed):
        try:
            program: Any = importlib.import_module(f"programs.{name}")
            if asynchronous:
                asyncio.run(program.main_async(**urls))
            else:
                program.main(**urls)
        except BaseException as error:
            fault = f"{type(error).__name__}: {error}"
    return {"printed": printed.getvalue(), "fault": fault}


def main(folder: str, name: str, urls: dict[str, str]) -> None:
    # The clients and the programs: not what is beside this file, whose names are theirs.
    sys.path[:] = [
        folder,
        *(path for path in sys.path if path and Path(path).resolve() != Path(__file__).parent),
    ]
    socket.getaddrinfo = _loopback_only
    for asynchronous in (False, True):
        print(json.dumps(_attempt(name, urls, asynchronous)), flush=True)
        sys.stdin.readline()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], json.loads(sys.argv[3]))
