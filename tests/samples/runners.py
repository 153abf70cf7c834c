"""How each language's samples are run: the tools, the files beside them, the commands."""

import importlib.util
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

__all__ = ["RUNNERS", "Runner"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """How the samples of one language are executed, or compiled where nothing can execute them.

    `command` takes the file of a sample and gives the commands to run in its folder, one after the other; what the
    last one prints is read. A tool is an executable, a module of this Python as `python:NAME`, or
    a file as `file:/PATH`.
    """

    tools: tuple[str, ...]
    command: Callable[[Path], list[list[str]]]
    file: str = ""
    """Name of the sample's file; empty: `sample` and the language's suffix."""
    client: bool = False
    """True where the generated client has to lie beside it."""
    limits: tuple[str, ...] = ()
    """Cases in which the sample says that it cannot carry something. In any other case that is an error."""
    executes: bool = True
    """False where it is only compiled or parsed: no request, no values."""
    prepare: Callable[[Path], None] | None = None
    """Puts files into the folder of all samples of the language, once."""

    def missing(self) -> list[str]:
        """The tools that this machine lacks."""
        return [tool for tool in self.tools if not _is_there(tool)]


def _is_there(tool: str) -> bool:
    kind, _, name = tool.partition(":")
    match kind:
        case "python":
            return importlib.util.find_spec(name) is not None
        case "file":
            return Path(name).exists()
        case _:
            return shutil.which(tool) is not None


def _python(script: Path) -> list[list[str]]:
    return [[sys.executable, script.name]]


def _bash(script: Path) -> list[list[str]]:
    return [["bash", script.name]]


def _c(script: Path) -> list[list[str]]:
    compiler = ["gcc", "-std=gnu11", "-O0", "-Wall", "-Wextra", "-Werror", "-o", "sample", script.name]
    return [[*compiler, "-lcurl", "-lcjson"], ["./sample"]]


DELPHI = Path(__file__).parent / "delphi"


def _free_pascal(script: Path) -> list[list[str]]:
    return [["fpc", "-Mdelphi", "-Cn", "-vew", f"-Fu{DELPHI}", "-FU.", script.name]]


RUNNERS: dict[str, Runner] = {
    "delphi-chilkat": Runner(tools=("fpc",), command=_free_pascal, executes=False),
    "curl": Runner(tools=("bash", "curl", "jq"), command=_bash, limits=("NUL in an answer", "Huge integers")),
    "python-pillarbox": Runner(tools=("python:httpx2", "python:pydantic"), command=_python, client=True),
    "python-pillarbox-async": Runner(
        tools=("python:httpx2", "python:pydantic"), command=_python, client=True
    ),
    "python-chilkat2": Runner(
        tools=("python:chilkat2",),
        command=_python,
        limits=("Latin-1 header", "NUL in a text", "NUL in an answer"),
    ),
    "c-libcurl": Runner(
        tools=("gcc", "curl-config", "file:/usr/include/cjson/cJSON.h"),
        command=_c,
        limits=("NUL in an answer", "Huge integers"),
    ),
    "python-httpx2": Runner(tools=("python:httpx2",), command=_python),
}
"""By the key of the language. A language without an entry is only rendered."""
