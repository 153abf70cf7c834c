"""Samples of a spec's requests, for programs; the command `pillarbox sample` is a thin layer over this.

from pillarbox.samples.sampler import Sampler, reading_code

sampler = Sampler(Path("specs/zoom.postman_collection.json"))
print(sampler.sample("Get a user token", "delphi-chilkat"))
print(reading_code('{"token": "x"}', "python-httpx2"))
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..config import ClientSettings
from ..lock.claims import Lock
from ..naming.words import snake, valid_name
from ..output.files import FileSet
from ..output.manifest import Provenance, seal
from ..pipeline import Described, Progress, describe
from .build import SampleError, find_operation, language_of, reading_sample, sample_of
from .language import Language, Rendered
from .registry import LANGUAGES

__all__ = ["LANGUAGES", "Listed", "SampleError", "Sampler", "reading_code"]


@dataclass(frozen=True, slots=True)
class Listed:
    """An operation, and the names that find it."""

    public: str
    """`users.get_token`."""
    route: str
    """`GET /users/{userId}/token`."""
    item: str
    """What the spec calls it."""


class Sampler:
    """The samples of one spec. The client is described for its names, and never written.

    Args:
        spec: A collection or document.
        settings: The client that the spec is configured for, whose names samples use; without them the package is
            named after the spec's file.
        lock: The names of that client.
        progress: Called with the name of each stage.

    Raises:
        SpecError: nothing can be read from the spec.
    """

    def __init__(
        self,
        spec: Path,
        settings: ClientSettings | None = None,
        lock: Lock | None = None,
        *,
        progress: Progress = lambda stage: None,
    ) -> None:
        if settings is None:
            settings = ClientSettings(name=spec.name, spec=spec, output=Path("client"))
            settings = replace(settings, package=_package(spec))
        self.described: Described = describe(spec, settings, lock or Lock(), progress=progress)

    def operations(self) -> Iterator[Listed]:
        """All operations, in the order of the spec."""
        for method in self.described.client.methods:
            yield Listed(method.qualified, method.identity.route, method.title)

    def sample(self, name: str, language: str) -> str:
        """The sample of one operation.

        Args:
            name: Its public name (`users.get_token`), the name of its item, or `METHOD /path`.
            language: A key of `LANGUAGES`, such as `curl`.

        Raises:
            SampleError: there is no such operation or language; the nearest is named.
        """
        return str(self.rendered(name, language).text)

    def rendered(self, name: str, language: str) -> Rendered:
        """As `sample`, with what the language cannot send or read."""
        chosen, client = language_of(language), self.described.client
        return chosen.render(sample_of(client, find_operation(client, name)))

    def files(self, languages: Sequence[str] = (), *, version: str, digest: str = "") -> FileSet:
        """Every operation in some languages, or in all: `curl/users/get_token.sh`."""
        chosen = [language_of(key) for key in languages] or list(LANGUAGES)
        made: dict[str, str] = {}
        for method in self.described.client.methods:
            sample = sample_of(self.described.client, method)
            for language in chosen:
                path = f"{language.key}/{method.qualified.replace('.', '/')}{language.suffix}"
                made[path] = str(language.render(sample).text)
        source = self.described.client.source
        return seal(FileSet(made), Provenance(spec=source, spec_sha256=digest, generator=version, edition=1))


def _package(spec: Path) -> str:
    """`zoom.postman_collection.json` -> `zoom`."""
    return valid_name(snake(spec.name.partition(".")[0]), "package")


def reading_code(text: str, language: str) -> str:
    """The code that reads a JSON document such as `text`, in a language.

    Raises:
        SampleError: `text` is no JSON or holds nothing to read, or there is no such language.
    """
    chosen: Language = language_of(language)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SampleError(f"is no JSON: {error}") from None
    return str(reading_sample(value, chosen).text)
