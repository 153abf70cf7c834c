"""A configuration, checked and typed."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from .type_paths import ArgumentPath, TypePath
from .typetext import TypeText

__all__ = [
    "AS_DOCUMENTED",
    "ArgumentEncoding",
    "ClientSettings",
    "ConfigError",
    "DeepArrays",
    "Encoding",
    "Encodings",
    "FormObjects",
    "Limits",
    "Rename",
    "Settings",
    "TypeCorrection",
]


class ConfigError(Exception):
    """A configuration that cannot be used: one line with the file and the key. The command line exits with 2."""


@dataclass(frozen=True, slots=True)
class Rename:
    """An old public name and the last part of the new one: `users.get_token` -> `get_token`."""

    name: str
    """Dotted from the client: a resource, operation, argument, model (`UserToken`) or field (`UserToken.type`)."""
    new: str


@dataclass(frozen=True, slots=True)
class TypeCorrection:
    """The type of a value, where the spec or its examples give a wrong one."""

    at: TypePath
    text: str
    """`at` as written, for messages."""
    type: TypeText | None = None
    required: bool | None = None


class DeepArrays(Enum):
    """What is between the brackets of a list that is below a name with brackets, or is such a list itself."""

    INDEX = "index"
    """`a[0]=x&a[1]=y`."""
    EMPTY = "empty"
    """`a[]=x&a[]=y`."""
    REPEAT = "repeat"
    """No brackets: `a=x&a=y`."""


class FormObjects(Enum):
    """How a form holds an object for which the document says nothing."""

    JSON = "json"
    BRACKETS = "brackets"


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """How lists and objects are sent; None where this is not the rule that decides."""

    deep_arrays: DeepArrays | None = None
    form_objects: FormObjects | None = None

    def over(self, other: "Encoding") -> "Encoding":
        """This one, and what only the other one decides."""
        return Encoding(
            deep_arrays=self.deep_arrays or other.deep_arrays,
            form_objects=self.form_objects or other.form_objects,
        )


@dataclass(frozen=True, slots=True)
class ArgumentEncoding:
    """The encoding of one argument."""

    at: ArgumentPath
    text: str
    """`at` as written, for messages."""
    encoding: Encoding


@dataclass(frozen=True, slots=True)
class Encodings:
    """The encoding of a client, and those of single arguments."""

    everywhere: Encoding = Encoding()
    arguments: tuple[ArgumentEncoding, ...] = ()


AS_DOCUMENTED = Encodings()
"""The configuration says nothing."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a spec is read before it is refused. Every real document known to us is within the defaults."""

    megabytes: int = 128
    depth: int = 500
    references: int = 1_000_000
    nodes: int = 20_000_000
    merge_keys: int = 10_000
    seconds: int = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientSettings:
    """One client: a spec and the output folder of its package."""

    name: str
    spec: Path
    output: Path
    environments: tuple[Path, ...] = ()
    """Postman environments and globals; later files override earlier ones."""
    package: str | None = None
    """Import name; None for the name of the output folder."""
    project: bool = False
    testing: bool = False
    """Whether wheels of the project hold the package `testing`."""
    allow_missing_refs: bool = False
    """Whether operations are left out that need a reference which cannot be read."""
    client_class: str | None = None
    """None: derived from the package's name."""
    edition: int = 1
    templates: Path | None = None
    """Folder of templates that replace ours."""
    renames: tuple[Rename, ...] = ()
    types: tuple[TypeCorrection, ...] = ()
    encodings: Encodings = AS_DOCUMENTED
    nouns: tuple[tuple[str, str], ...] = ()
    """Plural and singular of words that the rules of English get wrong."""
    limits: Limits = Limits()


@dataclass(frozen=True, slots=True)
class Settings:
    """A whole configuration; `source` is its file."""

    clients: tuple[ClientSettings, ...]
    source: Path
    severities: tuple[tuple[str, str], ...] = ()
    """Ids of checks of `diff`, and the severity that each has here."""
