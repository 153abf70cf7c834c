"""A file of a spec, in whichever syntax it is written."""

from pathlib import Path

from .documents import Document, load
from .limits import Limits
from .yaml_tree import is_yaml, load_yaml

__all__ = ["load_any"]


def load_any(path: str | Path, limits: Limits, *, text: bool = False) -> Document:
    """A document: YAML by the name of its file, else JSON. Postman's own YAML keeps the text of every value: `text`.

    Raises:
        SpecError: the file cannot be read, or is no such document.
    """
    return load_yaml(path, limits, text=text) if is_yaml(path) else load(path, limits)
