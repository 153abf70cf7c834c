"""Find a configuration, read it, check it."""

import difflib
import os
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, assert_never

from .settings import (
    ArgumentEncoding,
    ClientSettings,
    ConfigError,
    DeepArrays,
    Encoding,
    Encodings,
    FormObjects,
    Limits,
    Rename,
    Settings,
    TypeCorrection,
)
from .table import ROOT, Flag, Items, Keys, Number, Table, Text, Texts, Value
from .type_paths import ArgumentPath, parse_type_path
from .typetext import TypeText, parse_type

__all__ = ["find", "load", "parse"]

FILE = "pillarbox.toml"
_SHARED = "pyproject.toml"
_ROOTS = (".git", ".hg", ".jj", ".svn")


def find(start: Path) -> Path | None:
    """The configuration for a folder: in it or above it, up to the root of its repository.

    `ConfigError` where a folder holds two of them, or a pyproject.toml that cannot be read.
    """
    for folder in (start.absolute(), *start.absolute().parents):
        own, shared = folder / FILE, folder / _SHARED
        in_shared = shared.is_file() and _tool_table(_toml(shared), shared) is not None
        if own.is_file():
            if in_shared:
                raise ConfigError(
                    f"{own}: [tool.pillarbox] of {_SHARED} beside it is a configuration too: keep one of them"
                )
            return own
        if in_shared:
            return shared
        if any((folder / mark).exists() for mark in _ROOTS):
            return None
    return None


def load(path: Path) -> Settings:
    """Read a configuration file: a pyproject.toml by its name, any other as a pillarbox.toml. Raises `ConfigError`."""
    data = _toml(path)
    if path.name != _SHARED:
        return parse(data, path, "")
    tool = _tool_table(data, path)
    if tool is None:
        raise ConfigError(f"{path}: has no [tool.pillarbox]")
    return parse(tool, path, "tool.pillarbox")


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: is not UTF-8 text") from None
    except RecursionError:
        raise ConfigError(f"{path}: is nested too deeply") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: is not TOML: {error}") from None


def _tool_table(data: Mapping[str, Any], path: Path) -> Any:
    tool = data.get("tool", {})
    if not isinstance(tool, dict):
        raise ConfigError(f"{path}: tool: must be a table")
    return tool.get("pillarbox")


def parse(data: Any, source: Path, prefix: str = "") -> Settings:
    """Check the tables of a configuration; `prefix` is their path in the file. Raises `ConfigError`."""
    checker = _Checker(source)
    checker.check(ROOT, data, prefix)
    clients: list[ClientSettings] = []
    outputs: dict[str, str] = {}
    for name, table in data["clients"].items():
        where = checker.join(checker.join(prefix, "clients"), name)
        client = _client(checker, name, table, where)
        other = outputs.setdefault(os.path.normcase(os.path.realpath(client.output)), name)
        if other != name:
            raise checker.error(checker.join(where, "output"), f"is the output of client {other} too")
        clients.append(client)
    severities = data.get("diff", {}).get("severity", {})
    return Settings(tuple(clients), source, tuple(sorted(severities.items())))


class _Checker:
    """Holds a document against the table; the first fault is raised with its file and key."""

    def __init__(self, source: Path) -> None:
        self.source = source

    @staticmethod
    def join(where: str, key: str) -> str:
        """A key path as TOML writes it."""
        plain = key.replace("_", "").replace("-", "").isalnum() and key.isascii()
        step = key if plain else f'"{ascii(key)[1:-1]}"'
        return f"{where}.{step}" if where else step

    def error(self, where: str, message: str) -> ConfigError:
        return ConfigError(f"{self.source}: {where}: {message}" if where else f"{self.source}: {message}")

    def check(self, value: Value, data: Any, where: str) -> None:
        """Raise unless `data` is what the table asks for."""
        match value:
            case Text():
                if not isinstance(data, str):
                    raise self.error(where, f"must be {value.wanted}, not {_kind(data)}")
                if not value.accepts(data):
                    raise self.error(where, f"{data[:60]!a} is not {value.wanted}")
            case Number():
                if not isinstance(data, int) or isinstance(data, bool):
                    raise self.error(where, f"must be a whole number, not {_kind(data)}")
                if not value.least <= data <= value.most:
                    span = value.least if value.least == value.most else f"from {value.least} to {value.most}"
                    raise self.error(where, f"must be {span}, not {data}")
            case Flag():
                if not isinstance(data, bool):
                    raise self.error(where, f"must be true or false, not {_kind(data)}")
            case Table():
                self._table(value, data, where)
            case Keys():
                self._keys(value, data, where)
            case Items():
                if not isinstance(data, list):
                    raise self.error(where, f"must be an array of tables ([[{where}]]), not {_kind(data)}")
                for number, item in enumerate(data, 1):
                    self.check(value.item, item, f"{where}[{number}]")
            case Texts():
                if not isinstance(data, list):
                    raise self.error(where, f"must be an array of texts, not {_kind(data)}")
                for number, item in enumerate(data, 1):
                    self.check(value.item, item, f"{where}[{number}]")
            case _:
                assert_never(value)

    def _table(self, value: Table, data: Any, where: str) -> None:
        if not isinstance(data, dict):
            raise self.error(where, f"must be a table, not {_kind(data)}")
        for key, inner in data.items():
            if key not in value.keys:
                raise self.error(self.join(where, key), f"unknown key{_did_you_mean(key, value.keys)}")
            self.check(value.keys[key], inner, self.join(where, key))
        for key in value.required:
            if key not in data:
                raise self.error(where, f"`{key}` is missing")
        if value.one_of and not any(key in data for key in value.one_of):
            raise self.error(where, f"has no effect: set {' or '.join(f'`{key}`' for key in value.one_of)}")

    def _keys(self, value: Keys, data: Any, where: str) -> None:
        if not isinstance(data, dict):
            raise self.error(where, f"must be a table, not {_kind(data)}")
        if len(data) < value.least:
            raise self.error(where, "is empty")
        for key, inner in data.items():
            if not value.key.accepts(key):
                raise self.error(self.join(where, key), f"is not {value.key.wanted}")
            self.check(value.value, inner, self.join(where, key))


def _kind(data: Any) -> str:
    match data:
        case bool():
            return "true or false"
        case str():
            return "a text"
        case int() | float():
            return "a number"
        case list():
            return "an array"
        case dict():
            return "a table"
        case _:
            return "a date or time"


def _did_you_mean(key: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(key, list(known), 1, 0.5)
    return f'; did you mean "{close[0]}"?' if close else f": one of {', '.join(known)}"


def _client(checker: _Checker, name: str, table: Mapping[str, Any], where: str) -> ClientSettings:
    folder = checker.source.parent
    if "://" in table["spec"]:
        raise checker.error(
            checker.join(where, "spec"), "must be a file: pillarbox reads nothing from the network"
        )
    return ClientSettings(
        name=name,
        spec=folder / table["spec"],
        output=folder / table["output"],
        environments=tuple(folder / file for file in table.get("environments", ())),
        package=table.get("package"),
        project=table.get("project", False),
        testing=table.get("testing", False),
        allow_missing_refs=table.get("allow_missing_refs", False),
        client_class=table.get("class"),
        edition=table.get("edition", 1),
        templates=folder / table["templates"] if "templates" in table else None,
        renames=_renames(checker, table.get("rename", {}), checker.join(where, "rename")),
        types=_corrections(checker, table.get("type", []), checker.join(where, "type")),
        encodings=Encodings(
            _encoding(table), _encodings(checker, table.get("encoding", []), checker.join(where, "encoding"))
        ),
        nouns=tuple(sorted(table.get("nouns", {}).items())),
        limits=Limits(**table.get("limits", {})),
    )


def _renames(checker: _Checker, table: Mapping[str, str], where: str) -> tuple[Rename, ...]:
    """Rules of one client. A name that is old in one rule and new in another would be renamed again at every run."""
    targets: dict[str, str] = {}
    for name, new in table.items():
        scope, _, last = name.rpartition(".")
        key = checker.join(where, name)
        if last[0].isupper() != new[0].isupper():
            raise checker.error(
                key, f'"{new}" must begin with {"a capital" if last[0].isupper() else "a small"} letter'
            )
        target = f"{scope}.{new}" if scope else new
        if target in table:
            raise checker.error(
                key, f'"{target}" is renamed too: no name may be old in one rule and new in another'
            )
        other = targets.setdefault(target, name)
        if other != name:
            raise checker.error(key, f'"{other}" is renamed to "{new}" too')
    return tuple(Rename(name, new) for name, new in sorted(table.items()))


def _encoding(table: Mapping[str, Any]) -> Encoding:
    arrays, objects = table.get("deep_arrays"), table.get("form_objects")
    return Encoding(
        deep_arrays=None if arrays is None else DeepArrays(arrays),
        form_objects=None if objects is None else FormObjects(objects),
    )


def _encodings(
    checker: _Checker, tables: list[Mapping[str, Any]], where: str
) -> tuple[ArgumentEncoding, ...]:
    found: list[ArgumentEncoding] = []
    for number, table in enumerate(tables, 1):
        text, here = table["at"], f"{where}[{number}].at"
        try:
            path = parse_type_path(text)
        except ValueError as error:
            raise checker.error(here, f"{text[:80]!a} {error}") from None
        if not isinstance(path, ArgumentPath) or path.steps:
            raise checker.error(here, f"{text[:80]!a} is not an argument such as `orders.create(lines)`")
        if any(other.at == path for other in found):
            raise checker.error(here, f"{text[:80]!a} is encoded twice")
        found.append(ArgumentEncoding(path, text, _encoding(table)))
    return tuple(found)


def _corrections(
    checker: _Checker, tables: list[Mapping[str, Any]], where: str
) -> tuple[TypeCorrection, ...]:
    found: list[TypeCorrection] = []
    for number, table in enumerate(tables, 1):
        here = f"{where}[{number}]"
        text = table["at"]
        try:
            path = parse_type_path(text)
        except ValueError as error:
            raise checker.error(f"{here}.at", f"{text[:80]!a} {error}") from None
        kind: TypeText | None = None
        if "type" in table:
            try:
                kind = parse_type(table["type"])
            except ValueError as error:
                raise checker.error(f"{here}.type", f"{table['type'][:80]!a} {error}") from None
        if any(other.at == path for other in found):
            raise checker.error(f"{here}.at", f"{text[:80]!a} is corrected twice")
        found.append(TypeCorrection(path, text, kind, table.get("required")))
    return tuple(found)
