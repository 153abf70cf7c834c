"""What this client does when it is called, and names of a package that are imported when they are first used."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Mapping
from importlib import import_module


def lazy(
    package: str,
    modules: Mapping[str, tuple[str, ...]],
    renamed: Mapping[str, str] | None = None,
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """`__getattr__` and `__dir__` (PEP 562) for a package whose names live in modules of their own.

    Args:
        package: The package's `__name__`.
        modules: The public names of each module, by the module's name below the package; a dot before it for each level
            above.
        renamed: Old names that still work for a release -> the new ones.
    """
    old_names = renamed or {}
    homes = {name: module for module, names in modules.items() for name in names}

    def load(name: str) -> object:
        if name in old_names:
            new = old_names[name]
            warnings.warn(f"`{name}` is now `{new}`.", DeprecationWarning, stacklevel=2)
            return getattr(sys.modules[package], new)
        module = homes.get(name)
        if module is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value: object = getattr(import_module(f".{module}", package), name)
        # The next look-up finds it without coming here.
        setattr(sys.modules[package], name, value)
        return value

    def names() -> list[str]:
        return sorted({*homes, *old_names, *vars(sys.modules[package])})

    return load, names
