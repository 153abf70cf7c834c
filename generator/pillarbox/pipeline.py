"""Runs the pipeline from spec to files. Every stage is called from here.

`describe` reads a spec and describes its client, which is enough to compare it; `build` renders the client as well. Neither
writes anything. The functions of `api/`, which the commands are made of, start from one of the two.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from . import __version__
from .client.api import Client
from .client.describe import ClientNames, Described, client_class_name, describe as describe_client
from .config import ClientSettings
from .config.editions import edition_of
from .config.fingerprint import digest_of, sources_read
from .lock.choices import Choice
from .lock.claims import Claims, Lock
from .lock.format import Kind
from .model.api import ReadResult
from .model.problems import Origin, Problem
from .naming.inflections import Inflections
from .output.files import LEDGER, LOCK, RECORDS, FileSet
from .output.manifest import FOLDED, Provenance, seal
from .python.package import plan_package
from .readers.documents import recorded
from .readers.limits import Deadline, Limits
from .readers.registry import read, spec_digest
from .render.package import PackageRenderer
from .views.api_page import plan_page
from .views.losses import Ledger, ledger_of

__all__ = ["Built", "Described", "Progress", "build", "describe", "package_name"]

Progress = Callable[[str], None]
"""Called with the name of each stage as it begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """All that a run makes of a spec; nothing of it is written yet."""

    described: Described
    files: FileSet
    """The package (or the project around it), lock and manifest included; paths relative to the output folder."""
    losses: Ledger
    """What the spec describes but the client does not support."""

    @property
    def client(self) -> Client:
        """The description of the client."""
        return self.described.client

    @property
    def lock(self) -> Lock:
        """The names of the next run."""
        return self.described.lock

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was wrong with the spec, and what the configuration asks for in vain."""
        return self.described.problems

    @property
    def choices(self) -> Mapping[tuple[Kind, str], Choice]:
        """Why each public name is what it is, by kind and dotted name."""
        return self.described.choices

    @property
    def read(self) -> ReadResult:
        """The spec."""
        return self.described.read


def _deadline(spec: Path, config: ClientSettings) -> Deadline:
    return Deadline.after(config.limits.seconds, Origin(str(spec)))


def _limits(config: ClientSettings, deadline: Deadline) -> Limits:
    limits = config.limits
    return Limits(
        size=limits.megabytes * 2**20,
        depth=limits.depth,
        references=limits.references,
        nodes=limits.nodes,
        merge_keys=limits.merge_keys,
        deadline=deadline,
    )


def package_name(config: ClientSettings) -> str:
    """The import name: the configured one, else the last folder of the output."""
    return config.package or config.output.name


def describe(
    spec: Path,
    config: ClientSettings,
    lock: Lock,
    *,
    environments: Sequence[Path] = (),
    progress: Progress = lambda stage: None,
    deadline: Deadline | None = None,
) -> Described:
    """Read a spec and describe its client: `build` without the rendering, and with the same arguments and errors."""
    deadline = deadline or _deadline(spec, config)
    progress("reading")
    found = read(
        spec,
        limits=_limits(config, deadline),
        environments=(*config.environments, *environments),
        allow_missing_refs=config.allow_missing_refs,
    )
    deadline.check()
    progress("planning")
    package = package_name(config)
    names = ClientNames(
        package=package,
        client_class=config.client_class or client_class_name(package),
        inflections=Inflections(config.nouns),
    )
    described = describe_client(found, names, Claims(lock, config.renames), config.types, config.encodings)
    deadline.check()
    return described


def build(
    spec: Path,
    config: ClientSettings,
    lock: Lock,
    *,
    environments: Sequence[Path] = (),
    progress: Progress = lambda stage: None,
    deadline: Deadline | None = None,
) -> Built:
    """Build a client.

    Args:
        spec: The document, or the folder of a v3 collection.
        config: What the user decided about this client.
        lock: The names of the last run; `Lock()` for a new client.
        environments: Postman environments and globals, which beat those of the configuration; the strongest last.
        progress: Called with the name of each stage as it begins.
        deadline: When to give up; by default the configured number of seconds from now.

    Raises:
        SpecError: nothing can be generated from the spec, or a limit is exceeded.
        ConfigError, LockError: a rename or correction names what is not there.
        OutputError: a path would break the rules for paths.
    """
    deadline = deadline or _deadline(spec, config)
    with recorded() as opened:
        described = describe(
            spec, config, lock, environments=environments, progress=progress, deadline=deadline
        )
    client, edition = described.client, edition_of(config.edition)
    digest = spec_digest(spec, _limits(config, deadline))
    progress("rendering")
    renderer = PackageRenderer(edition.layers, config.templates)
    package = plan_package(client, edition, testing=config.testing)
    files: dict[str, str] = {}
    for path, text in renderer.files(package, plan_page(client, described.problems)):
        deadline.check()
        files[path] = text
    if config.project:
        files = {f"{client.package}/{path}": text for path, text in files.items()}
        files |= dict(renderer.project_files(package))
    files[LOCK] = described.lock.render()
    if config.project:
        # The package's own covers the folder only where it is in the package.
        files[f"{RECORDS}/.gitattributes"] = FOLDED
    losses = ledger_of(described.problems, client)
    if losses.entries:
        files[LEDGER] = losses.render()
    settled = replace(config, spec=spec, environments=(*config.environments, *environments))
    sources = sources_read(settled, opened)
    provenance = Provenance(
        spec=client.source,
        spec_sha256=digest,
        generator=__version__,
        edition=config.edition,
        inputs=digest_of(settled, files[LOCK], sources),
        sources=tuple(sorted(sources)) if tuple(sources) != (spec.name,) else (),
    )
    return Built(described=described, files=seal(FileSet(files), provenance), losses=losses)
