"""Files to upload, streamed and read again for another attempt; and multipart bodies (RFC 7578)."""

from __future__ import annotations

import mimetypes
import os
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import IO, NamedTuple, TypeGuard, cast
from uuid import uuid4

from . import UNSET, BodyStyle
from .encoding import (
    Body,
    either,
    header_text,
    json_text,
    mapping_of,
    scalar_text,
    utf8,
)

Content = bytes | str | IO[bytes] | os.PathLike[str]
"""What a file holds: its bytes or text, or a file opened in binary mode, or its path."""

FileInput = (
    bytes
    | IO[bytes]
    | os.PathLike[str]
    | tuple[str | None, Content]
    | tuple[str | None, Content, str | None]
)
"""A file to upload: its content, or `(file name, content)`, or `(file name, content, content type)`."""

_CHUNK = 65536
_ESCAPES = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")


class FileSource(NamedTuple):
    """A file that is read when it is sent, from the position it had, again for each retry."""

    file: IO[bytes] | os.PathLike[str]
    start: int
    size: int

    @classmethod
    def of(cls, content: object, where: str) -> FileSource | bytes:
        """The file behind `content`; its bytes at once where they cannot be read twice."""
        match content:
            case bytes() | bytearray():
                return bytes(content)
            case str():
                return utf8(content, where)
            case os.PathLike():
                path = cast("os.PathLike[str]", content)
                return cls(path, 0, os.stat(path).st_size)
            case _ if is_file(content):
                return cls._opened(cast("IO[bytes]", content), where)
            case _:
                raise TypeError(
                    f"{where}: a value of type {type(content).__name__} is not a file"
                )

    @classmethod
    def _opened(cls, file: IO[bytes], where: str) -> FileSource | bytes:
        try:
            start = file.tell()
            size = file.seek(0, os.SEEK_END) - start
            file.seek(start)
        except (OSError, AttributeError):
            return _binary(file.read(), where)
        _binary(file.read(0), where)
        return cls(file, start, size)

    def chunks(self) -> Iterator[bytes]:
        """The content, as long as it was when the body was made."""
        if isinstance(self.file, os.PathLike):
            with open(self.file, "rb") as file:
                yield from _read(file, self.size)
        else:
            self.file.seek(self.start)
            yield from _read(self.file, self.size)

    def __repr__(self) -> str:
        return f"<FileSource of {self.size} bytes>"


def _binary(content: object, where: str) -> bytes:
    if not isinstance(content, bytes):
        raise TypeError(f"{where}: open the file in binary mode")
    return content


def _read(file: IO[bytes], size: int) -> Iterator[bytes]:
    while size > 0 and (chunk := file.read(min(size, _CHUNK))):
        size -= len(chunk)
        yield chunk


def is_file(value: object) -> TypeGuard[IO[bytes] | os.PathLike[str]]:
    """True for an open file or a path."""
    return isinstance(value, os.PathLike) or hasattr(value, "read")


class Upload:
    """A body of known length that is read while it is sent."""

    __slots__ = ("_pieces", "length")

    def __init__(self, pieces: tuple[bytes | FileSource, ...]) -> None:
        self._pieces = pieces
        self.length = sum(
            len(piece) if isinstance(piece, bytes) else piece.size for piece in pieces
        )

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            if isinstance(piece, bytes):
                yield piece
            else:
                yield from piece.chunks()

    async def awaited(self) -> AsyncIterator[bytes]:
        """The same for an asynchronous client. Files are read in small steps on the event loop."""
        for chunk in self:
            yield chunk

    def __repr__(self) -> str:
        return f"<Upload of {self.length} bytes>"


def file_body(value: object, media_type: str | None) -> Body:
    """A body that is one file. Its Content-Type is the declared one, else that of its name."""
    source = FileSource.of(value, "content")
    body = source if isinstance(source, bytes) else Upload((source,))
    return Body(body, either(media_type, _guessed(_path_of(value))))


def multipart_body(
    types: Mapping[str, str] | None = None, *, as_json: tuple[str, ...] = ()
) -> BodyStyle:
    """A multipart body; `types` are the Content-Types of parts by field, where the API sets one. The fields `as_json` hold
    JSON whatever their value is: a text in quotes."""

    def encode(fields: Mapping[str, object], _media_type: str | None) -> Body:
        return _multipart(fields, types or {}, as_json)

    return encode


def _multipart(
    values: Mapping[str, object], types: Mapping[str, str], as_json: tuple[str, ...]
) -> Body:
    """The body and its Content-Type. None and UNSET are left out, a list is several parts.

    Text, numbers, dates and so on become text parts without a Content-Type of their own; an object becomes a JSON
    part; bytes, open files, paths and tuples become file parts.

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
            is_json = wire in as_json and not _is_content(item)
            name, content, content_type = (
                _json_part(item, types.get(wire), where)
                if is_json
                else _part(item, wire, types.get(wire), where)
            )
            head = f'--{boundary}\r\nContent-Disposition: form-data; name="{wire.translate(_ESCAPES)}"'
            if name is not None:
                head += f'; filename="{name.translate(_ESCAPES)}"'
            if content_type:
                head += f"\r\nContent-Type: {header_text('Content-Type', content_type)}"
            pieces += [f"{head}\r\n\r\n".encode(), content, b"\r\n"]
    if not pieces:
        return Body()
    pieces.append(f"--{boundary}--\r\n".encode())
    upload = Upload(tuple(pieces))
    streamed = any(isinstance(piece, FileSource) for piece in pieces)
    media_type = f"multipart/form-data; boundary={boundary}"
    return Body(upload if streamed else b"".join(upload), media_type)


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
            name = _base_name(_path_of(value), wire)
            return name, FileSource.of(value, where), content_type or _guessed(name)
        case _:
            if mapping_of(value) is not None:
                return _json_part(value, content_type, where)
            return None, utf8(scalar_text(value, where), where), content_type


def _json_part(
    value: object, content_type: str | None, where: str
) -> tuple[None, bytes, str]:
    text = utf8(json_text(value, where), where)
    return None, text, content_type or "application/json"


def _is_content(value: object) -> bool:
    """True for what is sent as it is: bytes, a file, or a tuple that names one."""
    return isinstance(value, (bytes, bytearray, tuple)) or is_file(value)


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


def _path_of(file: object) -> str:
    if isinstance(file, os.PathLike):
        return os.fspath(cast("os.PathLike[str]", file))
    # A number where it was opened by its descriptor.
    name: object = getattr(file, "name", "")
    return name if isinstance(name, str) else ""


def _guessed(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
