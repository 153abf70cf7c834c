"""Write out pillarbox's own templates, as a folder that a client's `templates` may name."""

from pathlib import Path

from ..config.installation import templates_folder
from ..output.files import OutputError
from ..python.nodes import PLAN_VERSION
from ..render.custom_templates import VERSION_FILE, replaceable_templates

__all__ = ["export_templates"]


def export_templates(folder: Path, *, force: bool = False) -> int:
    """Write the templates that a client may replace, and the version of the plan that they print.

    Args:
        folder: A new or empty folder; with `force` any, in which files of the same path are replaced.
        force: Whether the folder may hold something.

    Returns:
        The number of files.

    Raises:
        OutputError: the folder is not empty, or cannot be written.
    """
    ours = templates_folder()
    files = {name: (ours / name).read_bytes() for name in replaceable_templates()}
    files[VERSION_FILE] = f"{PLAN_VERSION}\n".encode("ascii")
    try:
        if not force and folder.exists() and next(folder.iterdir(), None) is not None:
            raise OutputError(f"{folder}: is not empty: choose another folder, or overwrite with --force")
        for name, content in files.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {error.strerror or error}") from error
    return len(files)
