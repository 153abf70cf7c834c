"""How each language's samples are run: the tools, the files beside them, the commands."""

import importlib.util
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from . import compiled

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
    slow: bool = False
    """True where each sample is compiled: `make test` takes fewer of them."""
    build: Callable[[Path], list[list[str]]] | None = None
    """Compiles all samples at once, where one after the other would take minutes: each then lies in a folder of its
    own, `case00/sample.go`, below the one in which these commands run; `command` runs in the sample's."""
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


CRATES = Path("/usr/share/cargo/registry")
"""Where Debian puts the sources of crates."""

_CARGO = """\
[package]
name = "sample"
version = "0.0.0"
edition = "2021"

[[bin]]
name = "sample"
path = "sample.rs"

[dependencies]
base64 = "0.13"
percent-encoding = "2"
serde_json = "1"
ureq = { version = "2", default-features = false }
"""

_CARGO_SOURCES = f"""\
[source.crates-io]
replace-with = "debian"

[source.debian]
directory = "{CRATES}"

[build]
target-dir = "{Path(__file__).parents[2] / "build" / "rust"}"
"""


def _crate(folder: Path) -> None:
    (folder / "Cargo.toml").write_text(_CARGO, encoding="utf-8")
    (folder / ".cargo").mkdir()
    (folder / ".cargo" / "config.toml").write_text(_CARGO_SOURCES, encoding="utf-8")


def _rust(_: Path) -> list[list[str]]:
    return [["cargo", "run", "--quiet", "--offline"]]


def parsed_by(grammar: str) -> Callable[[Path], list[list[str]]]:
    """The command that parses a sample by a tree-sitter grammar; a node of error, or one made up, fails it."""
    script = str(Path(__file__).parent / "grammar.py")
    return lambda sample: [[sys.executable, script, grammar, sample.name]]


def _raw_http(script: Path) -> list[list[str]]:
    return [[sys.executable, str(Path(__file__).with_name("raw_http.py")), script.name]]


def _php(script: Path) -> list[list[str]]:
    return [["php", "-d", "error_reporting=-1", "-d", "display_errors=stderr", script.name]]


def _ruby(script: Path) -> list[list[str]]:
    return [["ruby", script.name]]


def _perl(script: Path) -> list[list[str]]:
    return [["perl", script.name]]


def _r(script: Path) -> list[list[str]]:
    return [["Rscript", "--vanilla", script.name]]


DELPHI = Path(__file__).parent / "delphi"


def _free_pascal(script: Path) -> list[list[str]]:
    return [["fpc", "-Mdelphi", "-Cn", "-vew", f"-Fu{DELPHI}", "-FU.", script.name]]


def _unicode_pascal(script: Path) -> list[list[str]]:
    """Units with dots in their names are Delphi's own; `string` is UTF-16 as there."""
    return [["fpc", "-MdelphiUnicode", "-Cn", "-vew", f"-Fu{DELPHI}", "-FU.", script.name]]


RUNNERS: dict[str, Runner] = {
    "delphi-chilkat": Runner(tools=("fpc",), command=_free_pascal, executes=False, slow=True),
    "delphi": Runner(tools=("fpc",), command=_unicode_pascal, executes=False, slow=True),
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
        slow=True,
        limits=("NUL in an answer", "Huge integers"),
    ),
    "rust": Runner(
        tools=("cargo", *(f"file:{CRATES / crate}" for crate in ("base64-0.13.0", "ureq-2.6.2"))),
        command=_rust,
        slow=True,
        prepare=_crate,
        limits=("Latin-1 header",),
    ),
    "powershell": Runner(
        tools=("python:tree_sitter", "python:tree_sitter_pwsh"), command=parsed_by("pwsh"), executes=False
    ),
    "python-httpx2": Runner(tools=("python:httpx2",), command=_python),
    "python-requests": Runner(tools=("python:requests",), command=_python),
    "httpie": Runner(
        tools=("bash", "http", "jq"),
        command=_bash,
        limits=("Latin-1 header", "NUL in an answer", "Huge integers"),
    ),
    "raw-http": Runner(tools=(), command=_raw_http),
    "php": Runner(tools=("php",), command=_php),
    "ruby": Runner(tools=("ruby",), command=_ruby),
    "perl": Runner(tools=("perl",), command=_perl),
    "r": Runner(
        tools=("Rscript", "file:/usr/lib/R/site-library/httr2"),
        command=_r,
        limits=("Latin-1 header", "NUL in an answer"),
    ),
    "wget": Runner(tools=("bash", "wget", "jq"), command=_bash, limits=("NUL in an answer", "Huge integers")),
    "javascript-fetch": Runner(
        tools=("node",), command=compiled.node, limits=("GET with a body", "Huge integers")
    ),
    "go": Runner(tools=("go",), prepare=compiled.go_module, build=compiled.go_build, command=compiled.go),
    "java": Runner(
        tools=("java", "javac", *compiled.JACKSON),
        file="Sample.java",
        build=compiled.java_build,
        command=compiled.java,
        limits=("Latin-1 header",),
    ),
    "kotlin": Runner(
        slow=True,
        tools=compiled.KOTLIN,
        build=compiled.kotlin_build,
        command=compiled.kotlin,
        limits=("Latin-1 header",),
    ),
    "csharp": Runner(
        tools=("python:tree_sitter", "python:tree_sitter_c_sharp"),
        command=parsed_by("c_sharp"),
        executes=False,
    ),
    "swift": Runner(
        tools=("python:tree_sitter", "python:tree_sitter_swift"), command=parsed_by("swift"), executes=False
    ),
    "node-axios": Runner(
        tools=("node", compiled.AXIOS),
        prepare=compiled.axios_folder,
        command=compiled.node,
        limits=("Huge integers",),
    ),
    "typescript": Runner(
        tools=("node", compiled.TYPESCRIPT),
        prepare=compiled.typescript_folder,
        build=compiled.typescript_build,
        command=compiled.typescript,
        limits=("GET with a body", "Huge integers"),
    ),
}
"""By the key of the language. A language without an entry is only rendered."""
