"""`_manifest.json`: what the files were made from and what they were when they were written.

The only file of a client that holds a version or a hash, so a new spec that changes nothing else changes this file
alone. A new version of pillarbox that changes nothing else leaves this file as it is, too.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from .content_hash import digest, is_python, outline
from .files import LOCK, MANIFEST, FileSet, OutputError, check_path

__all__ = ["Manifest", "Provenance", "Record", "parse", "same_but_version", "seal"]

VERSION = 1
_SHA = re.compile(r"[0-9a-f]{64}")
_OUTLINE = re.compile(r"[0-9a-f]{16}")
_CONFLICT = re.compile(rb"^(<{7}|={7}|>{7})( |\r?$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a client was made from and by."""

    spec: str
    """File name of the spec, without folders: those differ between machines."""
    spec_sha256: str
    generator: str
    """Version of the pillarbox that last changed a file of the client."""
    edition: int
    inputs: str = ""
    """SHA-256 over the spec, the configuration and the lock: see `config.fingerprint`."""
    sources: tuple[str, ...] = ()
    """The files of the spec, from its folder, where they are more than the one that `spec` names."""


@dataclass(frozen=True, slots=True)
class Record:
    """What a written file looked like."""

    sha256: str
    """Of its LF text."""
    outline: str = ""
    """Python only: what a formatter leaves alone (`content_hash.outline`)."""

    @classmethod
    def of(cls, path: str, content: bytes) -> "Record":
        return cls(digest(content), outline(content) if is_python(path) else "")


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest as read."""

    provenance: Provenance
    files: Mapping[str, Record]


def seal(files: FileSet, provenance: Provenance) -> FileSet:
    """The files and a manifest of them. The lock and the manifest itself are not listed: people merge the lock."""
    listed = {path: Record.of(path, files[path]) for path in files if path not in (LOCK, MANIFEST)}
    data: dict[str, object] = {
        "edition": provenance.edition,
        "files": {path: f"{record.sha256} {record.outline}".rstrip() for path, record in listed.items()},
        "generator": provenance.generator,
        "manifest": VERSION,
        "spec": {"name": provenance.spec, "sha256": provenance.spec_sha256},
    }
    if provenance.inputs:
        data["inputs"] = provenance.inputs
    if provenance.sources:
        data["sources"] = list(provenance.sources)
    return files.plus({MANIFEST: json.dumps(data, indent=1, sort_keys=True, ensure_ascii=True) + "\n"})


def same_but_version(one: bytes, other: bytes) -> bool:
    """Whether two manifests differ at most in the version of pillarbox: that alone is no reason to write a file."""
    try:
        first, second = json.loads(one), json.loads(other)
        return bool({**first, "generator": ""} == {**second, "generator": ""})
    except (TypeError, ValueError, RecursionError):
        return False


def parse(content: bytes, where: str) -> Manifest:
    """Read a manifest; `where` names the file in messages.

    It is in a folder that others write to, so every path is checked again before anything is removed by it.
    Raises `OutputError` for one that is broken, in conflict, or of a later version.
    """
    if _CONFLICT.search(content):
        raise OutputError(
            f"{where}: holds merge conflict markers: take either side of it, then generate again"
        )
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        raise OutputError(f"{where}: is not JSON: restore it, or generate with --force") from None
    version = data.get("manifest") if isinstance(data, dict) else None
    if isinstance(version, int) and version > VERSION:
        raise OutputError(f"{where}: was written by a later version of pillarbox: update pillarbox")
    try:
        return _manifest(data)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise OutputError(
            f"{where}: is not a manifest of pillarbox: restore it, or generate with --force"
        ) from None


def _manifest(data: Any) -> Manifest:
    if data["manifest"] != VERSION:
        raise ValueError(data["manifest"])
    provenance = Provenance(
        spec=str(data["spec"]["name"]),
        spec_sha256=str(data["spec"]["sha256"]),
        generator=str(data["generator"]),
        edition=int(data["edition"]),
        inputs=str(data.get("inputs", "")),
        sources=tuple(map(str, data.get("sources", ()))),
    )
    files: dict[str, Record] = {}
    for path, text in sorted(data["files"].items()):
        check_path(path)
        sha, _, rest = text.partition(" ")
        if not _SHA.fullmatch(sha) or (rest and not _OUTLINE.fullmatch(rest)):
            raise ValueError(text)
        files[path] = Record(sha, rest)
    return Manifest(provenance, MappingProxyType(files))
