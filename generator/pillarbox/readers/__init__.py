"""Spec text -> model: documents, Postman, OpenAPI, types inferred from examples."""

from .documents import Document, load
from .limits import Deadline, Limits
from .registry import read, read_document

__all__ = ["Deadline", "Document", "Limits", "load", "read", "read_document"]
