"""House rules on size and names: files, functions, names of files. Of the code that is ours, tests apart."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("generator", "templates/runtime", "benchmarks", "demo")
LINES_OF_A_FILE = 450
LINES_OF_A_FUNCTION = 60
BAD_NAME = re.compile(r"^\d+$|_\d+$|_(more|part|helpers|misc)$|^(more|part|helpers|misc)$")


def python_files(root: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        yield from sorted(path for path in (root / folder).rglob("*.py") if "__pycache__" not in path.parts)


def offences(root: Path) -> Iterator[str]:
    """One line for each break of a rule, without line numbers, so that the list above stays readable."""
    for path in python_files(root):
        name = path.relative_to(root).as_posix()
        text = path.read_text(encoding="utf-8")
        lines = len(text.splitlines())
        if lines > LINES_OF_A_FILE:
            yield f"{name} has over {LINES_OF_A_FILE} lines"
        if BAD_NAME.search(path.stem):
            yield f"{name} is not named by what it holds"
        for node in ast.walk(ast.parse(text)):
            match node:
                case ast.ClassDef() if node.name.lower().endswith("mixin"):
                    yield f"{name}: {node.name} is a mixin"
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    assert node.end_lineno is not None
                    length = node.end_lineno - node.lineno + 1
                    if length > LINES_OF_A_FUNCTION:
                        yield f"{name}: {node.name} has over {LINES_OF_A_FUNCTION} lines"
                case _:
                    pass


def test_no_new_offence() -> None:
    assert sorted(set(offences(ROOT))) == []


def test_each_offence_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "generator"
    folder.mkdir()
    (folder / "long.py").write_text("x = 1\n" * 451)
    (folder / "fits.py").write_text("x = 1\n" * 450)
    (folder / "names_more.py").write_text("")
    (folder / "part_2.py").write_text("")
    body = "    x = 1\n"
    (folder / "code.py").write_text(
        f"class TextMixin: ...\ndef long():\n{body * 60}def fits():\n{body * 59}async def slow():\n{body * 60}"
    )
    assert sorted(offences(tmp_path)) == [
        "generator/code.py: TextMixin is a mixin",
        "generator/code.py: long has over 60 lines",
        "generator/code.py: slow has over 60 lines",
        "generator/long.py has over 450 lines",
        "generator/names_more.py is not named by what it holds",
        "generator/part_2.py is not named by what it holds",
    ]
