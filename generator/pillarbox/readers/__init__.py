"""Readers: the text of a spec -> the model. They import the model and nothing else of ours."""

from .documents import Document, Limits, load
from .registry import read, read_document

__all__ = ["Document", "Limits", "load", "read", "read_document"]
