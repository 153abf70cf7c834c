"""The requests of a spec in other languages."""

from pathlib import Path

from .. import __version__
from ..config import ClientSettings
from ..model.problems import Origin, SpecError
from ..output.files import MANIFEST
from ..output.writer import recover, write
from ..pipeline import Progress
from ..readers.registry import spec_digest
from ..samples.build import SampleError
from ..samples.sampler import Sampler, reading_code
from .previous_run import read_lock
from .settings import client_settings

__all__ = ["json_sample", "sample", "sampler_of", "write_samples"]


def sample(spec: Path | str | ClientSettings, name: str, language: str) -> str:
    """A request in another language, with the code that reads its response.

    Args:
        spec: A Postman collection or an OpenAPI document, or a client of a configuration, whose names samples use.
        name: The operation: its name in the spec, its public name (`users.get_token`), or `METHOD /path`.
        language: The key of a language, such as `curl`; `pillarbox sample --list` lists them.

    Raises:
        SpecError: the spec cannot be read.
        SampleError: there is no such operation or language.
    """
    if isinstance(spec, ClientSettings):
        return sampler_of(spec).sample(name, language)
    return sampler_of(client_settings(spec)).sample(name, language)


def sampler_of(client: ClientSettings, *, progress: Progress = lambda stage: None) -> Sampler:
    """The samples of a client's spec, with the names of its lock.

    Raises:
        SpecError: the spec cannot be read.
    """
    if not client.spec.exists():
        raise SpecError("there is no such file", Origin(str(client.spec)))
    if client.package == "client":
        return Sampler(client.spec, progress=progress)
    return Sampler(client.spec, client, read_lock(client.output), progress=progress)


def write_samples(sampler: Sampler, spec: Path, language: str | None, output: Path) -> tuple[int, int]:
    """Write the samples of all operations, in one language or in all, and remove those of operations that are gone.

    Returns:
        How many files were written, and how many had not changed.

    Raises:
        SampleError: there is no such language.
        OutputError: the files cannot be written.
    """
    recover(output)
    chosen = [language] if language is not None else []
    files = sampler.files(chosen, version=__version__, digest=spec_digest(spec))
    done = write(files, output)
    return len({*done.written} - {MANIFEST}), len({*done.unchanged} - {MANIFEST})


def json_sample(path: Path, language: str) -> str:
    """The code that reads a JSON file.

    Raises:
        SampleError: the file cannot be read, or there is no such language.
    """
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
