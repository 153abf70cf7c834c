"""Import statements of a generated module: collected while it is planned, written sorted."""

from collections.abc import Iterable, Sequence

from ..client.runtime_names import runtime_module
from ..client.types import Import, PyType, imports_of, is_tagged, models_of
from ..text.python import PythonCode, dotted, identifier, literal

__all__ = ["LINE_LENGTH", "Imports", "from_import", "lazy_entry", "public", "relative"]

LINE_LENGTH = 88

_FOREIGN = frozenset({"httpx2", "pydantic", "typing_extensions"})


def _is_own(module: str) -> bool:
    return module.startswith(".")


def _is_foreign(module: str) -> bool:
    return module in _FOREIGN


def _is_standard(module: str) -> bool:
    return not _is_own(module) and not _is_foreign(module)


def _plain_line(module: str, alias: str, indent: int) -> PythonCode:
    margin = PythonCode("    ") if indent else PythonCode("")
    if alias:
        return PythonCode("{}import {} as {}").format(margin, dotted(module), identifier(alias))
    return PythonCode("{}import {}").format(margin, dotted(module))


def public(name: str) -> PythonCode:
    """`User as User`: what type checkers read as a name that is meant to be imported from here."""
    return PythonCode("{} as {}").format(identifier(name), identifier(name))


def from_import(module: str, pieces: Sequence[PythonCode], indent: int = 0) -> PythonCode:
    """`from module import …` as black writes it: on one line where it fits."""
    margin = PythonCode("").join([PythonCode("    ")] * (indent // 4))
    line = PythonCode("{}from {} import {}").format(margin, dotted(module), PythonCode(", ").join(pieces))
    if len(line) <= LINE_LENGTH:
        return line
    block = PythonCode("\n").join(PythonCode("{}    {},").format(margin, piece) for piece in pieces)
    return PythonCode("{}from {} import (\n{}\n{})").format(margin, dotted(module), block, margin)


def lazy_entry(name: str, module: str) -> PythonCode:
    """`"User": "user",`: an entry of the runtime's `lazy`, which imports the name when it is first used."""
    return PythonCode("{}: {},").format(literal(name), literal(module))


def _from_line(module: str, names: Iterable[tuple[str, str]], indent: int) -> PythonCode:
    ordered = sorted(names, key=lambda pair: (not pair[0].isupper(), not pair[0][0].isupper(), pair))
    pieces = [
        PythonCode("{} as {}").format(identifier(name), identifier(alias)) if alias else identifier(name)
        for name, alias in ordered
    ]
    return from_import(module, pieces, indent)


def relative(module: str, package: Sequence[str]) -> str:
    """A module, spelled from the root of the client (`._runtime.client`), as another package of it spells it."""
    steps = tuple(step for step in module.split(".") if step)
    shared = 0
    while shared < min(len(steps), len(package)) and steps[shared] == package[shared]:
        shared += 1
    return "." * (len(package) - shared + 1) + ".".join(steps[shared:])


class Imports:
    """What one module imports. Standard library first, then the package's own, as isort writes them.

    Args:
        package: The steps from the root of the client to the package that the module is in. Its own modules are added
            as the root spells them.
        models: What the models package is called here.
    """

    def __init__(self, package: tuple[str, ...] = (), *, models: str = "models") -> None:
        self._found: set[Import] = set()
        self._package = package
        self._models = "" if models == "models" else models

    def include(self, other: "Imports") -> None:
        """All that another collection has."""
        self._found |= other._found

    def add(self, module: str, name: str, *, alias: str = "", typing_only: bool = False) -> None:
        self._found.add(Import(module, name, alias, typing_only=typing_only))

    def need(self, kind: PyType, *, models: bool = True) -> None:
        """All that an annotation needs; `models` where the module takes models from the lazy package."""
        self._found |= imports_of(kind)
        if models and models_of(kind):
            self.add(".", "models")

    def need_tags(self, kind: PyType, up: str) -> None:
        """What an annotation needs besides where it is more than something to read."""
        if is_tagged(kind):
            self.add("typing", "Annotated")
            self.add(runtime_module("Tagged", up), "Tagged")

    def _lines(self, chosen: Iterable[Import], indent: int = 0) -> tuple[PythonCode, ...]:
        names: dict[str, set[tuple[str, str]]] = {}
        plain: dict[str, str] = {}
        for item in chosen:
            if item.name:
                own = _is_own(item.module) and self._package
                module = relative(item.module, self._package) if own else item.module
                alias = self._models if (item.module, item.name) == (".", "models") else item.alias
                names.setdefault(module, set()).add((item.name, alias))
            else:
                plain[item.module] = item.alias
        lines: list[PythonCode] = []
        for is_in_group in (_is_standard, _is_foreign, _is_own):
            group = [
                _plain_line(module, plain[module], indent) for module in sorted(plain) if is_in_group(module)
            ]
            group += [
                _from_line(module, names[module], indent) for module in sorted(names) if is_in_group(module)
            ]
            if group and lines:
                lines.append(PythonCode(""))
            lines += group
        return tuple(lines)

    def _typing_only(self) -> set[Import]:
        """What only annotations need."""
        running = {(item.module, item.name) for item in self._found if not item.typing_only}
        return {item for item in self._found if item.typing_only and (item.module, item.name) not in running}

    def lines(self) -> tuple[PythonCode, ...]:
        """Statements that run; an empty one is the blank line between groups."""
        found = {item for item in self._found if not item.typing_only}
        if self._typing_only():
            found.add(Import("typing", "TYPE_CHECKING"))
        return self._lines(found)

    def typing_lines(self) -> tuple[PythonCode, ...]:
        """Statements for type checkers alone, indented."""
        return self._lines(self._typing_only(), indent=4)
