"""Readers: the text of a spec -> the model. They import the model and nothing else of ours."""

from .documents import Document, load
from .limits import Deadline, Limits
from .registry import read, read_document

__all__ = ["Deadline", "Document", "Limits", "load", "read", "read_document"]
