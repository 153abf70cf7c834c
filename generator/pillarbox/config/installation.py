"""Where the templates are. Apart, because a run that has nothing to do asks for it without Jinja."""

from pathlib import Path

__all__ = ["templates_folder"]


def templates_folder() -> Path:
    """The folder of the templates: inside the package in a wheel, at the top of the repository in an editable install.

    Raises:
        FileNotFoundError: the installation is broken.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "templates", package.parent.parent / "templates"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"no folder of templates in {package} or at the top of its repository")
