"""Every key of a configuration, once: the reader and the JSON Schema for editors are both made from this table."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from keyword import iskeyword
from typing import Any

from .editions import LATEST
from .typetext import NAMES

__all__ = ["CLIENT", "ROOT", "Flag", "Items", "Keys", "Number", "Table", "Text", "Texts", "Value", "schema"]


@dataclass(frozen=True, slots=True)
class Text:
    """A string."""

    doc: str
    pattern: str = r"[^\u0000-\u001f]+"
    """All of the text must match; the same in Python's and in ECMAScript's dialect."""
    wanted: str = "a text"
    """What the pattern means, for messages."""
    keywords: bool = True
    """Whether Python's keywords are allowed."""

    def accepts(self, text: str) -> bool:
        return re.fullmatch(self.pattern, text) is not None and (self.keywords or not iskeyword(text))


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number from `least` to `most`."""

    doc: str
    default: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false. Without a default the key may be absent in a third sense."""

    doc: str
    default: bool | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table of known keys."""

    doc: str
    keys: Mapping[str, "Value"]
    required: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    """At least one of these keys must be there."""


@dataclass(frozen=True, slots=True)
class Keys:
    """A table whose keys are the user's."""

    doc: str
    key: Text
    value: "Value"
    least: int = 0


@dataclass(frozen=True, slots=True)
class Items:
    """An array of tables: `[[clients.zoom.type]]`."""

    doc: str
    item: Table = field()


@dataclass(frozen=True, slots=True)
class Texts:
    """An array of strings."""

    doc: str
    item: Text


Value = Text | Number | Flag | Table | Keys | Items | Texts

_IDENTIFIER = r"[A-Za-z][A-Za-z0-9_]*"

LIMITS = Table(
    "How much of the spec is read before it is refused.",
    {
        "megabytes": Number("Size of one document, in MiB.", 128, 1, 65_536),
        "depth": Number("Nesting of the document.", 500, 10, 5_000),
        "references": Number("References in all documents.", 1_000_000, 1, 1_000_000_000),
        "nodes": Number("Values in all documents, after YAML aliases.", 20_000_000, 1, 10_000_000_000),
        "merge_keys": Number("YAML merge keys.", 10_000, 1, 100_000_000),
        "seconds": Number("Time for the whole run.", 300, 1, 86_400),
    },
)
CORRECTION = Table(
    "The type of a value of the API, where the spec or its examples give a wrong one.",
    {
        "at": Text(
            "The position of the value: `users.get -> token`, `users.list -> items[].id`, `users.create(settings.mode)`."
        ),
        "type": Text(f'{", ".join(NAMES)}, `map<T>`, `T[]`, `T?`, or values: `"a" | "b"`, `"a" | string`.'),
        "required": Flag("Whether the field is always there, or the argument must be given."),
    },
    required=("at",),
    one_of=("type", "required"),
)
_ENCODING: Mapping[str, Value] = {
    "deep_arrays": Text(
        "Lists in names with brackets (`deepObject`): `a[0]=x`, `a[]=x` or `a=x` for each item; `index` by default.",
        "(index|empty|repeat)",
        "one of `index`, `empty` and `repeat`",
    ),
    "form_objects": Text(
        "Objects in a form for which the document says nothing: JSON text by default, or `a[b]=x`.",
        "(json|brackets)",
        "one of `json` and `brackets`",
    ),
}
ENCODING = Table(
    "How a list or an object in an argument is sent.",
    {"at": Text("The argument: `orders.create(lines)`."), **_ENCODING},
    required=("at",),
    one_of=tuple(_ENCODING),
)
CLIENT = Table(
    "One client: a spec and the output folder of its package.",
    {
        "spec": Text("File or folder of the spec, relative to this file.", wanted="a path"),
        "output": Text("Folder of the package (or project), relative to this file.", wanted="a path"),
        "environments": Texts(
            "Files of Postman environments and globals, relative to this file; later files override earlier ones.",
            Text("", wanted="a path"),
        ),
        "package": Text(
            "Import name of the package; the name of the output folder by default.",
            r"[a-z_][a-z0-9_]*",
            "a package name in lower case",
            keywords=False,
        ),
        "project": Flag("Wrap the package for publishing: pyproject.toml, README, tests.", False),
        "testing": Flag("Put `testing`, the saved responses and what returns them, into wheels too.", False),
        "class": Text(
            "Name of the client's class; derived from the package's name by default.",
            r"[A-Z][A-Za-z0-9]*",
            "a class name such as `Zoom`",
            keywords=False,
        ),
        "allow_missing_refs": Flag(
            "Leave operations out that need a reference which cannot be read; an error by default.", False
        ),
        "edition": Number("How the output looks; a new edition never changes an old one.", 1, 1, LATEST),
        "templates": Text(
            "Folder of templates that replace pillarbox's own, relative to this file.",
            wanted="a path",
        ),
        "rename": Keys(
            'Old public name to the last part of the new one: `"users.get_token" = "token"`.',
            Text("", rf"{_IDENTIFIER}(\.{_IDENTIFIER})*", "a public name such as `users.get_token`"),
            Text("The new name, without dots.", _IDENTIFIER, "a name without dots", keywords=False),
        ),
        "type": Items("Corrections of types, one `[[clients.NAME.type]]` each.", CORRECTION),
        **_ENCODING,
        "encoding": Items("Encodings of single arguments, one `[[clients.NAME.encoding]]` each.", ENCODING),
        "nouns": Keys(
            'Plural to singular, for words that the rules of English get wrong: `media = "medium"`.',
            Text("", r"[a-z][a-z0-9]*", "a word in lower case"),
            Text("The singular.", r"[a-z][a-z0-9]*", "a word in lower case"),
        ),
        "limits": LIMITS,
    },
    required=("spec", "output"),
)
DIFF = Table(
    "How `pillarbox diff` judges changes.",
    {
        "severity": Keys(
            'Id of a check to the severity that it gets: `"answer-value-added" = "compatible"`.',
            Text("", r"[a-z]+(-[a-z]+)*", "a check's id such as `answer-value-added`"),
            Text(
                "The severity.",
                "(breaking|maybe|compatible|docs)",
                "one of `breaking`, `maybe`, `compatible` and `docs`",
            ),
        ),
    },
)
ROOT = Table(
    "Configuration of pillarbox: pillarbox.toml, or [tool.pillarbox] of pyproject.toml.",
    {
        "clients": Keys(
            "The clients, by name: `[clients.zoom]`.",
            Text("", r"[A-Za-z0-9][A-Za-z0-9_-]*", "a client's name: letters, digits, `_` and `-`"),
            CLIENT,
            least=1,
        ),
        "diff": DIFF,
    },
    required=("clients",),
)


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 7, which TOML editors know) of the table."""
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": "pillarbox", **_schema(ROOT)}


def _schema(value: Value) -> dict[str, Any]:
    found: dict[str, Any] = {"description": value.doc} if value.doc else {}
    match value:
        case Text(pattern=pattern):
            found |= {"type": "string", "pattern": f"^{pattern}$"}
        case Number(default=default, least=least, most=most):
            found |= {"type": "integer", "default": default, "minimum": least, "maximum": most}
        case Flag(default=flag):
            found |= {"type": "boolean"} | ({} if flag is None else {"default": flag})
        case Table(keys=keys, required=required, one_of=one_of):
            found |= {
                "type": "object",
                "additionalProperties": False,
                "properties": {name: _schema(inner) for name, inner in keys.items()},
            }
            if required:
                found["required"] = list(required)
            if one_of:
                found["anyOf"] = [{"required": [name]} for name in one_of]
        case Keys(key=key, value=inner, least=minimum):
            found |= {
                "type": "object",
                "propertyNames": {"pattern": f"^{key.pattern}$"},
                "additionalProperties": _schema(inner),
            }
            if minimum:
                found["minProperties"] = minimum
        case Items(item=item):
            found |= {"type": "array", "items": _schema(item)}
        case Texts(item=text):
            found |= {"type": "array", "items": _schema(text)}
    return found
