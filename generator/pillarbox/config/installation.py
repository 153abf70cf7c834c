"""Where the files of this installation are that are not Python: templates, docs, integrations, the JSON Schema.

A module of its own, because a run that has nothing to do asks for it without loading Jinja.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["Installation", "installation", "templates_folder"]


@dataclass(frozen=True, slots=True)
class Installation:
    """The folders of one installation."""

    templates: Path
    docs: Path
    integrations: Path
    schema: Path
    """The JSON Schema of pillarbox.toml."""
    working_copy: bool
    """True for an editable install, whose code may change without a new version."""


@cache
def installation() -> Installation:
    """The installation that runs: the package of a wheel holds these folders, a repository has them at its top.

    Raises:
        FileNotFoundError: the installation is broken.
    """
    package = Path(__file__).resolve().parent.parent
    repository = package.parent.parent
    for root in (package, repository):
        if (root / "templates").is_dir():
            return Installation(
                templates=root / "templates",
                docs=root / "docs",
                integrations=root / "integrations",
                schema=package / "config" / "schema.json",
                working_copy=root == repository,
            )
    raise FileNotFoundError(f"no folder of templates in {package} or at the top of its repository")


def templates_folder() -> Path:
    """The folder of the templates."""
    return installation().templates
