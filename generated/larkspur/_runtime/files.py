"""Files to upload: streamed, and read again for another attempt."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from typing import IO, NamedTuple, TypeGuard, cast

from .values import utf8

__all__ = ["AsyncUpload", "Content", "FileInput", "FileSource", "Upload", "is_file"]

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

    def __repr__(self) -> str:
        return f"<Upload of {self.length} bytes>"


class AsyncUpload:
    """The same for an asynchronous client. Files are read in small steps on the event loop."""

    __slots__ = ("_upload",)

    def __init__(self, upload: Upload) -> None:
        self._upload = upload

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self._upload:
            yield chunk


def is_file(value: object) -> TypeGuard[IO[bytes] | os.PathLike[str]]:
    """True for an open file or a path."""
    return isinstance(value, os.PathLike) or hasattr(value, "read")
