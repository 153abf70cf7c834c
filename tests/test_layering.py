"""Which room of the house may know which other: DESIGN, section 3, as a table."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "generator" / "pillarbox"
RUNTIME = ROOT / "templates" / "runtime"

# Packages are named by the first step below `pillarbox`; a deeper name narrows what is allowed. Every package may
# import itself. `__init__` of the root holds the version, which everybody may read.
ALLOWED: Mapping[str, tuple[str, ...]] = {
    "model": (),
    "text": (),
    "output": (),
    "config": (),
    "naming": ("model",),
    "lock": ("model", "naming"),
    "readers": ("model", "naming"),
    "client": ("model", "config", "text", "naming", "lock"),
    "python": ("client", "config", "text", "naming", "model.security"),
    "render": ("python.nodes", "text", "config.installation"),
    "samples": (
        "client",
        "config",
        "lock.claims",
        "model.security",
        "model.types",
        "naming",
        "text",
        "render.environment",
        "render.formatting",
        "pipeline",
        "output",
    ),
    "review": ("client", "lock", "text", "views.losses", "model.problems", "model.security"),
    "views": (
        "client",
        "python",
        "text",
        "config",
        "naming",
        "lock",
        "model.problems",
        "model.security",
        "model.types",
    ),
    "pipeline": (
        "model",
        "config",
        "readers",
        "client",
        "python",
        "render",
        "lock",
        "naming",
        "output",
        "views.api_page",
        "views.losses",
    ),
    "api": (
        "pipeline",
        "client.runtime_files",
        "python.nodes",
        "render.custom_templates",
        "review",
        "samples",
        "views",
        "config",
        "model",
        "output",
        "lock",
        "text",
        "readers.registry",
    ),
    "cli": (
        "api",
        "views",
        "pipeline",
        "review",
        "samples",
        "config",
        "model",
        "output",
        "lock",
        "render.custom_templates",
    ),
    "__main__": ("cli",),
    # Names for programs: imported for type checkers, and on demand when they are used.
    "__init__": ("api", "config", "model.problems", "output.compare", "review.changes"),
}


def module_name(path: Path, house: Path) -> str:
    """`client.types` for client/types.py, `client` for client/__init__.py."""
    steps = path.relative_to(house).with_suffix("").parts
    return ".".join(steps[:-1] if steps[-1] == "__init__" and len(steps) > 1 else steps)


def room(module: str) -> str:
    return module.partition(".")[0]


def absolute(node: ast.ImportFrom, module: str, package: bool) -> str | None:
    """The imported module, relative to the house; None where it is not ours. Empty for the house itself."""
    if node.level == 0:
        name = node.module or ""
        return name.partition(".")[2] if name.split(".")[0] == "pillarbox" else None
    steps = module.split(".") if module != "__init__" else []
    base = steps if package else steps[:-1]
    up = node.level - 1
    if up > len(base):
        return None
    return ".".join((*base[: len(base) - up], *(node.module.split(".") if node.module else ())))


def without_typing(tree: ast.Module) -> ast.Module:
    """The module as it runs: without what stands below `if TYPE_CHECKING:`."""

    class Run(ast.NodeTransformer):
        def visit_If(self, node: ast.If) -> ast.AST | list[ast.stmt]:
            if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
                return [self.visit(statement) for statement in node.orelse]
            return self.generic_visit(node)

    found: ast.Module = Run().visit(tree)
    return found


def imports(tree: ast.AST, module: str, package: bool, modules: frozenset[str]) -> Iterator[tuple[str, int]]:
    """Modules of the house that `tree` imports, and the line of each, wherever in the file it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == "pillarbox":
                    yield alias.name.partition(".")[2], node.lineno
        elif isinstance(node, ast.ImportFrom):
            source = absolute(node, module, package)
            if source is None:
                continue
            for alias in node.names:
                below = f"{source}.{alias.name}" if source else alias.name
                yield (below if below in modules else source), node.lineno


def house_modules(house: Path) -> dict[str, Path]:
    return {
        module_name(path, house): path
        for path in sorted(house.rglob("*.py"))
        if "templates" not in path.relative_to(house).parts
    }


def departures(house: Path) -> list[str]:
    """Every import that the table forbids."""
    modules = house_modules(house)
    known = frozenset(modules)
    found: list[str] = []
    for module, path in modules.items():
        here = room(module)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for target, line in imports(tree, module, path.name == "__init__.py", known):
            if not target or target == "__init__" or room(target) == here:
                continue
            allowed = ALLOWED.get(here, ())
            if not any(target == name or target.startswith(f"{name}.") for name in allowed):
                found.append(
                    f"{path.name}:{line}: {module} imports {target}, but {here} may import {allowed or 'nothing'}"
                )
    return found


def cycles(house: Path, *, typing: bool = True) -> list[str]:
    """Modules that import each other in a ring, wherever in a file: an import inside a function counts too.

    `typing=False` leaves out what only type checkers import.
    """
    modules = house_modules(house)
    known = frozenset(modules)
    graph: dict[str, set[str]] = {}
    for module, path in modules.items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found_imports = imports(
            tree if typing else without_typing(tree), module, path.name == "__init__.py", known
        )
        graph[module] = {target for target, _ in found_imports if target in known and target != module}
    found: list[str] = []
    state: dict[str, int] = {}

    def visit(module: str, trail: tuple[str, ...]) -> None:
        state[module] = 1
        for target in sorted(graph[module]):
            if state.get(target) == 1:
                ring = (*trail[trail.index(target) :], target) if target in trail else (module, target)
                found.append(" -> ".join(ring))
            elif target not in state:
                visit(target, (*trail, target))
        state[module] = 2

    for module in graph:
        if module not in state:
            visit(module, (module,))
    return found


def test_every_room_is_in_the_table() -> None:
    rooms = {room(module) for module in house_modules(HOUSE)}
    assert rooms <= ALLOWED.keys(), f"say in tests/test_layering.py what {rooms - ALLOWED.keys()} may import"


def test_imports_go_one_way() -> None:
    assert departures(HOUSE) == []


def test_no_modules_import_each_other() -> None:
    assert cycles(HOUSE) == []


def test_no_modules_of_the_runtime_import_each_other() -> None:
    assert cycles(RUNTIME, typing=False) == []


def test_package_files_hold_names_only() -> None:
    for path in HOUSE.rglob("__init__.py"):
        if "templates" in path.relative_to(HOUSE).parts:
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            # Type checkers see the names themselves; at run time a module loads them on demand.
            parts: tuple[ast.stmt, ...] = (node,)
            if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
                parts = (*node.body, *node.orelse)
            for part in parts:
                kinds = (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.Expr)
                assert isinstance(part, kinds), f"{path}:{part.lineno}: an __init__.py holds names, not code"


def test_no_catch_all_modules() -> None:
    forbidden = {"utils", "util", "helpers", "helper", "base", "common", "misc"}
    assert [path for path in HOUSE.rglob("*") if path.stem in forbidden] == []


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("model/api.py", "from ..client import types"),
        ("model/api.py", "import pillarbox.readers.inference"),
        ("output/files.py", "from ..model.problems import Origin"),
        ("config.py", "from .model.problems import Origin"),
        ("readers/infer.py", "from ..text.python import literal"),
        ("readers/postman/urls.py", "from ...client.types import spell"),
        ("render/package.py", "from ..model.api import Api"),
        ("render/package.py", "from ..client.types import spell"),
        ("views/inspect.py", "from ..model.api import Api"),
        ("views/inspect.py", "from ..pipeline import Built"),
        ("review/operations.py", "from ..model.api import Operation"),
        ("python/methods.py", "from ..model.api import Operation"),
        ("python/old_names.py", "from ..lock.claims import Claims"),
        ("client/types.py", "from ..readers import documents"),
        ("client/types.py", "def late():\n    from ..output.files import FileSet"),
        ("text/python.py", "from pillarbox.model import types"),
    ],
)
def test_a_forbidden_import_is_found(tmp_path: Path, path: str, line: str) -> None:
    house = tmp_path / "pillarbox"
    for name in (
        "model/api",
        "model/problems",
        "model/types",
        "client/types",
        "output/files",
        "readers/infer",
    ):
        file = house / f"{name}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("")
        (file.parent / "__init__.py").write_text("")
    wrong = house / path
    wrong.parent.mkdir(parents=True, exist_ok=True)
    wrong.write_text(line + "\n")
    assert len(departures(house)) == 1


def test_a_ring_is_found(tmp_path: Path) -> None:
    house = tmp_path / "pillarbox"
    house.mkdir()
    (house / "one.py").write_text("from .two import x\n")
    (house / "two.py").write_text("from . import three\n")
    (house / "three.py").write_text("from .one import y\n")
    assert cycles(house) == ["one -> two -> three -> one"]


def test_a_ring_of_the_runtime_is_found(tmp_path: Path) -> None:
    """Two modules, one of which hides its import in a function; and two that only a type checker sees as a ring."""
    runtime = tmp_path / "_runtime"
    runtime.mkdir()
    (tmp_path / "errors.py").write_text("if TYPE_CHECKING:\n    from ._runtime.body import Body\n")
    (runtime / "__init__.py").write_text("")
    (runtime / "encode.py").write_text("def pairs():\n    from .body import json_text\n")
    (runtime / "body.py").write_text("from .. import errors\nfrom .encode import plain\n")
    assert cycles(tmp_path, typing=False) == ["_runtime.body -> _runtime.encode -> _runtime.body"]
    (runtime / "encode.py").write_text(
        "if TYPE_CHECKING:\n    from .body import json_text\nelse:\n    import json\n"
    )
    assert cycles(tmp_path, typing=False) == []
    (runtime / "encode.py").write_text(
        "if TYPE_CHECKING:\n    import json\nelse:\n    from .body import json_text\n"
    )
    assert cycles(tmp_path, typing=False) == ["_runtime.body -> _runtime.encode -> _runtime.body"]
