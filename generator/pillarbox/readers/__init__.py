"""Spec text -> model: documents, Postman, OpenAPI, types inferred from examples."""

from .documents import Document, Limits, load
from .registry import read, read_document

__all__ = ["Document", "Limits", "load", "read", "read_document"]
