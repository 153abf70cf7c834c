"""Pillarbox: a typed, documented Python client from a Postman collection or an OpenAPI document.

`build`, `check`, `diff` and `sample` are for programs: docs/python-api.md. Each is loaded when it is first used.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .api.build import BuiltClient as BuiltClient, build as build
    from .api.check import check as check
    from .api.diff import diff as diff
    from .api.sample import sample as sample
    from .config import ClientSettings as ClientSettings, ConfigError as ConfigError
    from .model.problems import Problem as Problem, SpecError as SpecError
    from .output.compare import Comparison as Comparison
    from .review.changes import Review as Review
else:
    from .api.on_demand import __getattr__ as __getattr__

__all__ = [
    "BuiltClient",
    "ClientSettings",
    "Comparison",
    "ConfigError",
    "Problem",
    "Review",
    "SpecError",
    "__version__",
    "build",
    "check",
    "diff",
    "sample",
]

__version__ = "0.1.0"
