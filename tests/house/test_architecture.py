"""docs/architecture.md: its table of allowed imports is written from test_layering.py and the packages' docstrings."""

import ast
import re
from pathlib import Path

from ..test_layering import ALLOWED, HOUSE

PAGE = Path(__file__).resolve().parents[2] / "docs" / "architecture.md"
START = "<!-- imports: written by `make architecture` from tests/test_layering.py -->\n"
END = "<!-- end of imports -->\n"


def purpose(package: str) -> str:
    """The first paragraph of the docstring of a package or module."""
    path = HOUSE / package / "__init__.py" if (HOUSE / package).is_dir() else HOUSE / f"{package}.py"
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert text, f"{path}: a docstring says what it holds"
    return text.partition("\n\n")[0].replace("\n", " ").replace("|", r"\|")


def table() -> str:
    rows = ["| package | holds | may import |", "| --- | --- | --- |"]
    for package, allowed in ALLOWED.items():
        name = f"{package}/" if (HOUSE / package).is_dir() else f"{package}.py"
        others = ", ".join(f"`{other}`" for other in allowed) or "nothing of ours"
        rows.append(f"| `{name}` | {purpose(package)} | {others} |")
    return "".join(f"{row}\n" for row in rows)


def test_the_table_of_imports(update: bool) -> None:
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(START)
    old, _, after = rest.partition(END)
    if update:
        PAGE.write_text(before + START + table() + END + after, encoding="utf-8", newline="\n")
    else:
        assert old == table(), "run `make architecture`"


def test_the_map_names_every_package() -> None:
    """The drawing above the table is by hand; here, that no package is missing from it."""
    drawing = re.findall(r"^```\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.M | re.S)[0]
    packages = {path.parent.name for path in HOUSE.glob("*/__init__.py")}
    assert [name for name in sorted(packages) if f"{name}/" not in drawing] == []


IN_A_CLIENT = {"_runtime/", "resources/users/", "_async/resources/users/", "API.md"}


def test_what_the_page_names_is_there() -> None:
    """Each file and folder in prose and in the drawing: of the repository, the package, its readers or the documentation."""
    text = PAGE.read_text(encoding="utf-8")
    words = re.findall(r"[\w/.-]+", text.partition(START)[0] + text.partition(END)[2])
    named = {word for word in words if re.search(r"\w/$|\w\.(py|md|jinja)$", word)} - IN_A_CLIENT
    folders = (PAGE.parents[1], PAGE.parent, HOUSE, HOUSE / "readers")
    assert len(named) > 20
    assert [name for name in sorted(named) if not any((folder / name).exists() for folder in folders)] == []
