"""`python -m tests.jobs.record [PROGRAM…]`: records what the vendors' own SDKs send, into `expected/`.

`make jobs-record` installs the SDKs into build/jobs-sdks, in the versions of sdks/requirements.txt and sdks/package.json, and runs this.
Each script of `sdks/` does what the program of the same name does, against the same local server. Headers that name an SDK and its
version are not written.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from .registry import HERE, PROGRAMS, Program, Vendor
from .server import serve
from .wire import Wanted, recorded

__all__ = ["ENVIRONMENT", "record", "write"]

ENVIRONMENT = HERE.parents[1] / "build" / "jobs-sdks"


def _command(script: Path) -> list[str]:
    if script.suffix == ".py":
        return [str(ENVIRONMENT / "bin" / "python"), str(script)]
    # A module of Node finds packages beside itself only.
    copy = ENVIRONMENT / script.name
    shutil.copyfile(script, copy)
    return ["node", str(copy)]


def record(program: Program, vendor: Vendor, script: Path) -> list[Wanted]:
    """What the vendor's SDK sends.

    Raises:
        RuntimeError: the SDK did not run, or the server refused what it sent.
    """
    with serve(vendor.sites) as servers:
        done = subprocess.run(
            [*_command(script), json.dumps(servers.urls)],
            check=False,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            # Nothing of the caller's own account.
            env={"PATH": os.environ["PATH"], "HOME": str(ENVIRONMENT)},
        )
        if done.returncode:
            raise RuntimeError(f"the SDK's script for {program.name} failed:\n{done.stderr or done.stdout}")
        return [recorded(request, vendor.rules) for request in servers.take()]


def write(program: Program, requests: list[Wanted]) -> None:
    program.expected.write_text(
        json.dumps({"by": "sdk", "requests": requests}, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )


def main(names: list[str]) -> int:
    for program in PROGRAMS:
        if names and not {program.name, program.api.name} & {*names}:
            continue
        for script in (HERE / "sdks").glob(f"{program.name}.*"):
            assert isinstance(program.api, Vendor)
            requests = record(program, program.api, script)
            write(program, requests)
            print(f"{program.name}: {len(requests)} requests of {program.api.sdk}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
