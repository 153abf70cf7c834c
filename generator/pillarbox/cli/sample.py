"""`pillarbox sample`: one request in one language, all of them as files, or the reading code of a JSON file."""

from dataclasses import dataclass
from pathlib import Path

from .. import __version__
from ..api.generate import read_lock
from ..config import ClientSettings
from ..model.problems import Origin, SpecError
from ..output.files import MANIFEST
from ..output.writer import recover, write
from ..pipeline import Progress
from ..readers.registry import spec_digest
from ..samples.build import SampleError
from ..samples.sampler import LANGUAGES, Listed, Sampler, reading_code

__all__ = ["SampleError", "Written", "json_sample", "languages", "listed", "one_sample", "write_all"]


def languages() -> list[str]:
    """A line for each language."""
    width = max(len(language.key) for language in LANGUAGES)
    return [f"{language.key:<{width}}  {language.title}" for language in LANGUAGES]


def _sampler(settings: ClientSettings, progress: Progress) -> Sampler:
    if not settings.spec.exists():
        raise SpecError("there is no such file", Origin(str(settings.spec)))
    if settings.package == "client":
        return Sampler(settings.spec, progress=progress)
    return Sampler(settings.spec, settings, read_lock(settings.output), progress=progress)


def listed(settings: ClientSettings, progress: Progress) -> list[str]:
    """A line for each operation."""
    found: list[Listed] = list(_sampler(settings, progress).operations())
    width = min(max((len(one.public) for one in found), default=0), 48)
    return [f"{one.public:<{width}}  {one.route}  {one.item}" for one in found]


def one_sample(settings: ClientSettings, name: str, language: str, progress: Progress) -> str:
    """The text of one sample."""
    return _sampler(settings, progress).sample(name, language)


@dataclass(frozen=True, slots=True)
class Written:
    """How many samples were written."""

    written: int
    unchanged: int


def write_all(settings: ClientSettings, language: str | None, output: Path, progress: Progress) -> Written:
    """Write the samples of all operations, in one language or in all, and remove those of operations that are gone."""
    sampler = _sampler(settings, progress)
    progress("writing")
    recover(output)
    chosen = [language] if language is not None else []
    files = sampler.files(chosen, version=__version__, digest=spec_digest(settings.spec))
    done = write(files, output)
    return Written(len({*done.written} - {MANIFEST}), len({*done.unchanged} - {MANIFEST}))


def json_sample(path: Path, language: str) -> str:
    """The reading code of a JSON file."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SampleError(f"{path}: cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise SampleError(f"{path}: is not UTF-8 text") from None
    try:
        return reading_code(text, language)
    except SampleError as error:
        raise SampleError(f"{path}: {error}" if str(error).startswith("is no") else str(error)) from None
