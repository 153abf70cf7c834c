"""The public names of the package, each imported when it is first used: `pillarbox --version` needs none of them."""

from importlib import import_module

__all__: list[str] = []

_MODULES = {
    "BuiltClient": "api.build",
    "ClientSettings": "config",
    "Comparison": "output.compare",
    "ConfigError": "config",
    "Problem": "model.problems",
    "Review": "review.changes",
    "SpecError": "model.problems",
    "build": "api.build",
    "check": "api.check",
    "diff": "api.diff",
    "sample": "api.sample",
}


def __getattr__(name: str) -> object:
    """A public name of `pillarbox` (PEP 562)."""
    if name not in _MODULES:
        raise AttributeError(f"module 'pillarbox' has no attribute {name!r}")
    return getattr(import_module(f"pillarbox.{_MODULES[name]}"), name)
