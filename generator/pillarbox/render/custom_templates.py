"""Templates of the user's own: a folder whose files replace ours, path by path. Experimental: see `pillarbox docs templates`.

They print the same pieces through the same encoders. What they may hold is checked before they are used, and what comes
out is checked to be the language that it should be.
"""

import ast
import difflib
import tomllib
from collections.abc import Iterator
from pathlib import Path

from ..config.installation import templates_folder
from ..python.nodes import PLAN_VERSION
from .template_lint import complaints, misplaced

__all__ = ["VERSION_FILE", "TemplateFault", "check_file", "check_folder", "replaceable_templates"]

VERSION_FILE = "plan-version"
_ENDING = ".jinja"


class TemplateFault(Exception):
    """A template that cannot be used: one line with the file. The command line exits with 2."""


def check_folder(folder: Path) -> None:
    """Raise `TemplateFault` unless a folder holds templates that we know, for the plan of this version."""
    if not folder.is_dir():
        raise TemplateFault(f"{folder}: there is no such folder of templates")
    _check_version(folder / VERSION_FILE)
    known = replaceable_templates()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() or name == VERSION_FILE:
            continue
        if name not in known:
            close = difflib.get_close_matches(name, known, 1, 0.5)
            hint = f"; did you mean {close[0]}?" if close else ": `pillarbox docs templates` lists them"
            raise TemplateFault(f"{path}: pillarbox has no template of this path{hint}")
        for fault in _faults(path):
            raise TemplateFault(f"{path}: {fault}")


def replaceable_templates() -> tuple[str, ...]:
    """Paths of the templates that print clients; those of samples and of other editions cannot be replaced."""
    ours = templates_folder()
    names = sorted(path.relative_to(ours).as_posix() for path in ours.rglob(f"*{_ENDING}"))
    return tuple(name for name in names if not name.startswith(("samples/", "editions/")))


def _check_version(file: Path) -> None:
    try:
        text = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise TemplateFault(
            f"{file}: is missing: write {PLAN_VERSION} into it, the version of the plan that the templates print"
        ) from None
    if text != str(PLAN_VERSION):
        raise TemplateFault(
            f"{file}: the templates are for version {text[:20]!a} of the plan, this pillarbox has {PLAN_VERSION}: "
            "`pillarbox docs templates` lists what changed"
        )


def _faults(path: Path) -> Iterator[str]:
    try:
        source = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        yield "cannot be read as UTF-8 text"
        return
    yield from complaints(source)
    if path.name.endswith(f".py{_ENDING}"):
        yield from misplaced(source)


def check_file(folder: Path, path: str, text: str) -> None:
    """Raise `TemplateFault` where a file that was printed with somebody's templates is not valid for its suffix."""
    try:
        if path.endswith(".py"):
            ast.parse(text)
        elif path.endswith(".toml"):
            tomllib.loads(text)
    except (SyntaxError, ValueError, RecursionError) as error:
        line = f" (line {error.lineno})" if isinstance(error, SyntaxError) and error.lineno else ""
        raise TemplateFault(f"{folder}: with these templates, {path} would be broken{line}") from None
