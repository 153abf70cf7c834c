"""Sentences for the comments of a sample: what it does not send or read."""

from collections.abc import Iterator

from .model import DigestAuth, Reading, Request, Unsigned

__all__ = ["lost_digest", "lost_values", "notes_of"]

_NO_DIGEST = "The API wants HTTP Digest here, which this sample does not do."


def lost_digest(request: Request) -> Iterator[str]:
    """The sentence of a language that cannot do HTTP Digest, for what it leaves unsent."""
    if any(isinstance(auth, DigestAuth) for auth in request.auth):
        yield _NO_DIGEST


def lost_values(reading: Reading | None, *, nul: bool = False, huge: bool = False) -> Iterator[str]:
    """A sentence for each kind of value that a language cannot hold: `nul` characters, `huge` integers."""
    if reading is not None and nul and reading.has_nul:
        yield "Texts of the answer hold NUL characters: what follows one is lost here."
    if reading is not None and huge and reading.has_huge:
        yield "Integers of the answer are beyond 53 bits: their last digits are lost here."


def notes_of(request: Request, *, digest: bool = True) -> Iterator[str]:
    """A sentence each. `digest` is False for a language that cannot do HTTP Digest."""
    yield from request.notes
    for auth in request.auth:
        match auth:
            case Unsigned(scheme):
                yield f"The API wants this request signed by {scheme}, which this sample does not do."
            case DigestAuth() if not digest:
                yield _NO_DIGEST
            case _:
                pass
