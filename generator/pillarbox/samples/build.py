"""From the description of a client and the name of an operation to a sample."""

import difflib
from collections.abc import Iterator, Sequence

from ..client.api import Client, Method
from ..client.request import Json, route_text
from .language import Language, Rendered
from .model import Reading, Sample
from .registry import LANGUAGES
from .request import request_of
from .response_reading import example_of, reading_of, response_of, shortened

__all__ = ["SampleError", "find_operation", "language_of", "reading_sample", "sample_of"]


class SampleError(Exception):
    """There is no such operation, language or value; the message is one line and names the nearest."""


def _near(asked: str, known: Sequence[str]) -> str:
    folded = {name.lower(): name for name in reversed(known)}
    close = difflib.get_close_matches(asked.lower(), list(folded), 1, 0.4)
    return f"; did you mean {folded[close[0]]!a}?" if close else ""


def language_of(key: str) -> Language:
    """The language of that name.

    Raises:
        SampleError: there is no such language.
    """
    for language in LANGUAGES:
        if language.key == key.lower():
            return language
    raise SampleError(f"no language {key!a}{_near(key, [language.key for language in LANGUAGES])}")


def _names(method: Method) -> Iterator[str]:
    folder = method.identity.folder
    yield method.qualified
    yield method.title
    yield route_text(method.request)
    if folder:
        yield " / ".join(folder)
        yield "/".join(folder)


def find_operation(client: Client, name: str) -> Method:
    """The method of the operation with that public name, item name or `METHOD /path`.

    Raises:
        SampleError: there is none, or there are several.
    """
    asked = " ".join(name.split())
    names = [(method, tuple(_names(method))) for method in client.methods]
    for fold in (str, str.lower):
        found = [method for method, known in names if fold(asked) in map(fold, known)]
        if len(found) == 1:
            return found[0]
        if found:
            listed = ", ".join(method.qualified for method in found[:8])
            raise SampleError(f"{asked!a} names {len(found)} operations: {listed}")
    raise SampleError(f"no operation {asked!a}{_near(asked, [one for _, known in names for one in known])}")


def sample_of(client: Client, method: Method) -> Sample:
    """The sample of one operation, in no language yet."""
    example = example_of(method)
    return Sample(
        title=method.title or method.summary,
        client=client,
        method=method,
        request=request_of(client, method),
        response=None if example is None else response_of(example),
    )


def reading_sample(value: Json, language: Language) -> Rendered:
    """The code that reads a JSON response such as `value`.

    Raises:
        SampleError: there is nothing to read, or the language reads nothing.
    """
    reading: Reading | None = reading_of(value)
    if reading is None:
        raise SampleError("the JSON holds no value that could be read")
    if language.read is None:
        raise SampleError(f"{language.key} sends requests only: it has no code that reads JSON")
    return language.read(reading, shortened(value))
