"""What the reader of a sample has to know of its request."""

from collections.abc import Iterator

from .model import DigestAuth, Request, Unsigned

__all__ = ["notes_of"]


def notes_of(request: Request, *, digest: bool = True) -> Iterator[str]:
    """A sentence each. `digest` is False for a language that cannot do HTTP Digest."""
    yield from request.notes
    for auth in request.auth:
        match auth:
            case Unsigned(scheme):
                yield f"The API wants this request signed by {scheme}, which this sample does not do."
            case DigestAuth() if not digest:
                yield "The API wants HTTP Digest here, which this sample does not do."
            case _:
                pass
