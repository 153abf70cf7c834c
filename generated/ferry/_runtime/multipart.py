"""Multipart bodies (RFC 7578)."""

from __future__ import annotations

import mimetypes
import os
import re
from collections.abc import Mapping
from typing import cast
from uuid import uuid4

from .files import FileSource, Upload, is_file
from .headers import header_text
from .unset import UNSET
from .values import json_text, mapping_of, scalar_text, utf8

__all__ = ["media_type_of", "multipart_body"]

_ESCAPES = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")


def multipart_body(
    values: Mapping[str, object], types: Mapping[str, str]
) -> tuple[bytes | Upload, str | None]:
    """The body and its Content-Type. None and UNSET are left out, a list is several parts.

    Args:
        values: Text, numbers, dates and so on become text parts without a Content-Type of their own; an
            object becomes a JSON part; bytes, open files, paths and tuples become file parts.
        types: Content-Type of a part by field, where the API sets one.

    Raises:
        ValueError, TypeError: A value cannot be sent; the message names the field.
    """
    boundary = uuid4().hex
    pieces: list[bytes | FileSource] = []
    for wire, value in values.items():
        for item in cast("list[object]", value) if isinstance(value, list) else [value]:
            if item is None or item is UNSET:
                continue
            where = f"multipart field {wire!r}"
            name, content, content_type = _part(item, wire, types.get(wire), where)
            head = f'--{boundary}\r\nContent-Disposition: form-data; name="{wire.translate(_ESCAPES)}"'
            if name is not None:
                head += f'; filename="{name.translate(_ESCAPES)}"'
            if content_type:
                head += f"\r\nContent-Type: {header_text('Content-Type', content_type)}"
            pieces += [f"{head}\r\n\r\n".encode(), content, b"\r\n"]
    if not pieces:
        return b"", None
    pieces.append(f"--{boundary}--\r\n".encode())
    upload = Upload(tuple(pieces))
    whole = any(isinstance(piece, FileSource) for piece in pieces)
    return (
        upload if whole else b"".join(upload)
    ), f"multipart/form-data; boundary={boundary}"


def _part(
    value: object, wire: str, content_type: str | None, where: str
) -> tuple[str | None, bytes | FileSource, str | None]:
    """File name, content and Content-Type of one part."""
    match value:
        case tuple():
            file_name, content, own_type = _named_file(
                cast("tuple[object, ...]", value), where
            )
            name = _base_name(file_name, wire) if file_name is not None else None
            kind = (
                own_type
                or content_type
                or (_guessed(name) if name is not None else None)
            )
            return name, FileSource.of(content, where), kind
        case bytes() | bytearray():
            return (
                _base_name("", wire),
                bytes(value),
                content_type or "application/octet-stream",
            )
        case _ if is_file(value):
            path = (
                value if isinstance(value, os.PathLike) else getattr(value, "name", "")
            )
            name = _base_name(
                os.fspath(path) if isinstance(path, (str, os.PathLike)) else "", wire
            )
            return name, FileSource.of(value, where), content_type or _guessed(name)
        case _:
            members = mapping_of(value)
            if members is None:
                return None, utf8(scalar_text(value, where), where), content_type
            return (
                None,
                utf8(json_text(members, where), where),
                content_type or "application/json",
            )


def _named_file(
    value: tuple[object, ...], where: str
) -> tuple[str | None, object, str | None]:
    match value:
        case (str() | None as name, content):
            return name, content, None
        case (str() | None as name, content, str() | None as content_type):
            return name, content, content_type
        case _:
            raise TypeError(
                f"{where}: a tuple is (file name, content) or (file name, content, content type)"
            )


def _base_name(path: str, wire: str) -> str:
    """The last step of a path: folders of this machine are no business of the API."""
    return (
        _CONTROLS.sub("", re.split(r"[/\\]", path)[-1])
        or _CONTROLS.sub("", wire)
        or "file"
    )


def media_type_of(file: object) -> str:
    """The media type by the name of an open file or a path, else that of any bytes."""
    if isinstance(file, os.PathLike):
        return _guessed(os.fspath(cast("os.PathLike[str]", file)))
    # A number where it was opened by its descriptor.
    name: object = getattr(file, "name", "")
    return _guessed(name if isinstance(name, str) else "")


def _guessed(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
