"""Path templates: `/users/{id}` with its fixed text encoded as it is sent."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from ...model.api import FixedQuery, Placeholder, Template

__all__ = ["Path", "first_segment", "read_path"]

_PLACEHOLDER = re.compile(r"\{([^{}/]+)\}")
_FIXED_PATH = "!$%&'()*+,-./:;=@_~"
_FIXED_QUERY = "!$%&'()*+,-./:;=?@_~"
_UNINFORMATIVE = re.compile(
    r"v?\d+(?:[._]\d+)*(?:-?(?:alpha|beta)\d*)?|api|apis|rest|services?|public", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Path:
    """A path template, and the query that some documents write behind it."""

    template: Template
    placeholders: tuple[str, ...]
    """Wire names, each once, in path order."""
    query: tuple[FixedQuery, ...] = ()


def read_path(written: str) -> Path:
    """Split a key of `paths`. A fragment, with which some documents tell operations apart, is never sent."""
    path, _, query = written.strip().partition("#")[0].partition("?")
    if not path.startswith("/"):
        path = f"/{path}"
    pieces: list[str | Placeholder] = []
    for index, piece in enumerate(_PLACEHOLDER.split(path)):
        if index % 2:
            pieces.append(Placeholder(_wire(piece)))
        elif piece:
            pieces.append(quote(piece, _FIXED_PATH))
    placeholders = tuple(dict.fromkeys(piece.wire for piece in pieces if isinstance(piece, Placeholder)))
    fixed = [FixedQuery(quote(part, _FIXED_QUERY)) for part in query.split("&") if part and "{" not in part]
    return Path(tuple(pieces), placeholders, tuple(fixed))


def _wire(piece: str) -> str:
    """The name without the marks of other template languages: `{+path}`, `{path*}`."""
    return piece.strip().removeprefix("+").removesuffix("*") or piece


def first_segment(path: Path) -> str:
    """The first fixed segment that names the subject of the path: `users` of `/v2/users/{id}`."""
    text = "".join(piece if isinstance(piece, str) else "{}" for piece in path.template)
    fixed = [segment for segment in text.split("/") if segment and "{" not in segment]
    informative = [segment for segment in fixed if not _UNINFORMATIVE.fullmatch(segment)]
    return next(iter(informative or fixed), "")
