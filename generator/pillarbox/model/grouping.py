"""What the operations of a spec are grouped by."""

from enum import Enum

__all__ = ["Grouping"]


class Grouping(Enum):
    """What the operations of a spec are grouped by, and so what `Operation.resource` is made of."""

    FOLDERS = "folders"
    """People sorted the requests of a collection."""
    SEGMENTS = "path segments"
    """A program made the folders of a collection from paths."""
    TAGS = "tags"
    """Of an OpenAPI document: what it is about. Several may be on one path, and one on many."""
