"""What every generated client owes its user: it imports, it is typed, it is stable, and it gives nothing away."""

import difflib
import io
import json
import os
import subprocess
import sys
import tokenize
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pillarbox.api.check import check_client
from pillarbox.api.generate import generate_client
from pillarbox.cli.client_selection import Choice, chosen
from pillarbox.config import ClientSettings, load
from pillarbox.lock.claims import Lock
from pillarbox.output.files import LOCK, MANIFEST
from pillarbox.pipeline import Built, build
from pillarbox.render import formatting

from .corpus.calls import program
from .oracles import (
    SHARED_RUNTIME,
    mypy_errors,
    need,
    pyright_errors,
    write_package,
    write_with_shared_runtime,
)

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "cases"
ZOOM = ROOT / "specs" / "zoom.postman_collection.json"
LARKSPUR = ROOT / "specs" / "larkspur.postman_collection.json"


@dataclass(frozen=True)
class Client:
    """A built client and the import name that it has in these tests."""

    name: str
    built: Built

    @property
    def files(self) -> Mapping[str, bytes]:
        """Files of the package itself."""
        files, prefix = self.built.files, f"{self.built.client.package}/"
        if f"{prefix}__init__.py" in files:
            return {path.removeprefix(prefix): files[path] for path in files if path.startswith(prefix)}
        return files


def build_spec(spec: Path, name: str, lock: Lock | None = None) -> Built:
    return build(spec, ClientSettings(name=name, spec=spec, output=Path(name)), lock or Lock())


def built_clients() -> list[Client]:
    """Those of pillarbox.toml and those of every case that gives a package."""
    found = [
        Client(settings.name, build_spec(settings.spec, settings.name))
        for settings in load(ROOT / "pillarbox.toml").clients
    ]
    for folder in sorted(path.parent for path in CASES.glob("*/expected")):
        (spec,) = folder.glob("spec.*")
        settings = ClientSettings(name="shop", spec=spec, output=folder / "shop")
        if (folder / "pillarbox.toml").exists():
            (settings,) = load(folder / "pillarbox.toml").clients
        found.append(Client(f"case_{folder.name}", build(spec, settings, Lock())))
    return found


@cache
def clients() -> tuple[Client, ...]:
    """The same, built once."""
    return tuple(built_clients())


def test_generated_is_current(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for settings in chosen(Choice()):
        comparison = check_client(settings, progress=lambda stage: None).comparison
        assert comparison.current, "\n".join(("run `pillarbox generate`:", *comparison.diff()))
        # The manifest too: it holds nothing of pillarbox's own code, so it changes with the client or its inputs alone.
        assert comparison.formatting == (), f"{settings.output}: run `pillarbox generate`"


def test_generated_holds_no_strays() -> None:
    """A folder that no client owns would never be regenerated."""
    owned = {client.output.resolve() for client in load(ROOT / "pillarbox.toml").clients}
    assert {path.resolve() for path in (ROOT / "generated").iterdir() if path.is_dir()} == owned
    for output in owned:
        known = json.loads((output / MANIFEST).read_text(encoding="utf-8"))["files"].keys() | {LOCK, MANIFEST}
        there = {
            path.relative_to(output).as_posix()
            for path in output.rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        assert there == known


_IMPORT_ALL = """
import importlib, pathlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
    for path in sorted(pathlib.Path(name).rglob("*.py")):
        steps = path.with_suffix("").parts
        importlib.import_module(".".join(steps[:-1] if steps[-1] == "__init__" else steps))
    package = importlib.import_module(name)
    for public in package.__all__:
        getattr(package, public)
"""


def test_every_module_imports(tmp_path: Path) -> None:
    for client in clients():
        write_package(client.files, tmp_path / client.name)
    names = [client.name for client in clients()]
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", _IMPORT_ALL, *names],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """All clients in one folder, with their example calls: the first with its own runtime, the others with one for all."""
    folder = tmp_path_factory.mktemp("typed")
    first, *others = clients()
    write_package(first.files, folder / first.name)
    for client in clients():
        # A client carries the runtime files that it uses: the shared runtime has those of all of them.
        shared = {path: client.files[path] for path in client.built.client.runtime}
        write_package(shared, folder / SHARED_RUNTIME)
    (folder / SHARED_RUNTIME / "__init__.py").touch()
    for client in others:
        write_with_shared_runtime(client.files, client.built.client.runtime, folder / client.name)
    for client in clients():
        made = client.built.client
        calls = program(made.methods, made.class_name)
        (folder / client.name / "example_calls.py").write_text(calls, encoding="utf-8")
    return folder, [client.name for client in clients()]


def test_mypy_strict(typed: tuple[Path, list[str]]) -> None:
    need("mypy")
    assert mypy_errors(*typed) == []


def test_pyright_strict(typed: tuple[Path, list[str]]) -> None:
    need("pyright")
    assert pyright_errors(*typed) == []


def test_pyright_sees_a_mistake(tmp_path: Path) -> None:
    """A checker that was pointed at nothing would pass everything."""
    need("pyright")
    write_package(clients()[0].files, tmp_path / "zoom")
    (tmp_path / "user.py").write_text(
        "from zoom import Zoom\nfrom zoom import models\n\n"
        'Zoom().users.get_token(7)\nmodels.Typo\nZoom().users.get_token("me").nothing\n'
    )
    assert len(pyright_errors(tmp_path, ["user.py"])) >= 3


def test_black_would_change_nothing() -> None:
    from black import format_str
    from black.mode import Mode, TargetVersion

    mode = Mode(target_versions={TargetVersion.PY311})
    seen: set[bytes] = set()
    unstable = []
    for client in clients():
        for path, content in client.files.items():
            if path.endswith(".py") and content not in seen:
                seen.add(content)
                text = content.decode("utf-8")
                if format_str(text, mode=mode) != text:
                    unstable.append(f"{client.name}/{path}")
    assert unstable == []


def test_templates_print_lines_that_are_black_s_already(monkeypatch: pytest.MonkeyPatch) -> None:
    """black is slow: what it must still fix is a shape of code that `python/` does not lay out yet."""
    black = formatting._black
    fixed: list[str] = []

    def watched(text: str) -> str:
        found = black(text)
        if found.rstrip("\n") != text.rstrip("\n"):
            fixed.append(text)
        return found

    monkeypatch.setattr(formatting, "_black", watched)
    built_clients()
    assert fixed == []


def code_of(text: str) -> str:
    """A module without its docstrings and comments."""
    kept = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type != tokenize.COMMENT and not token.string.startswith(('"""', 'r"""')):
            kept.append(token.string)
    return " ".join(kept)


def test_text_is_plain() -> None:
    """LF, one line end at the end, no blanks before it; code in ASCII, and nothing invisible anywhere."""
    for client in clients():
        for path, content in client.files.items():
            where = f"{client.name}/{path}"
            text = content.decode("utf-8")
            assert text == "" or (text.endswith("\n") and not text.endswith("\n\n")), where
            hidden = {char for char in text if unicodedata.category(char)[0] in "CZ"} - {" ", "\n"}
            assert hidden == set(), where
            if path.endswith((".json", ".toml")):
                assert text.isascii(), where
            if path.endswith(".py") and path not in client.built.client.runtime:
                assert code_of(text).isascii(), where
            if path.endswith(".py"):
                blanks = [number for number, line in enumerate(text.split("\n"), 1) if line != line.rstrip()]
                assert blanks == [], where


def test_no_path_is_long() -> None:
    for client in clients():
        assert max(len(path) for path in client.built.files) <= 110, client.name


_LAZY = """
import sys, {name}
assert not [name for name in sys.modules if name.startswith(("{name}._async", "{name}.resources"))]
heavy = [name for name in sys.modules if name.split(".")[0] in ("httpx2", "pydantic", "pydantic_core")]
models = [name for name in sys.modules if name.startswith("{name}.models")]
assert not heavy and not models, (heavy, models)
assert "{name}" in sys.modules
"""


@pytest.mark.parametrize("name", ["zoom", "larkspur"])
def test_the_package_imports_lazily(name: str, tmp_path: Path) -> None:
    (client,) = (client for client in clients() if client.name == name)
    write_package(client.files, tmp_path / name)
    code = _LAZY.format(name=name)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    for spec in (ZOOM, LARKSPUR):
        settings = ClientSettings(name="client", spec=spec, output=tmp_path / spec.name.partition(".")[0])
        first = generate_client(settings, force=False, strict=False, progress=lambda stage: None)
        before = {
            path: (path.read_bytes(), path.stat().st_mtime_ns)
            for path in tmp_path.rglob("*")
            if path.is_file()
        }
        second = generate_client(settings, force=False, strict=False, progress=lambda stage: None)
        after = {
            path: (path.read_bytes(), path.stat().st_mtime_ns)
            for path in tmp_path.rglob("*")
            if path.is_file()
        }
        assert first.report is not None
        assert first.report.written
        assert second.report is not None
        assert not second.report.changed
        assert after == before


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "4242", "LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONHASHSEED": "0", "LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu"},
    ],
    ids=["seed", "locale_c", "turkish"],
)
def test_the_same_bytes_anywhere(environment: dict[str, str], tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "pillarbox",
        "generate",
        str(LARKSPUR),
        "--output",
        str(tmp_path / "larkspur"),
    ]
    done = subprocess.run(
        command, cwd=ROOT, check=False, capture_output=True, text=True, env={**os.environ, **environment}
    )
    assert done.returncode == 0, done.stderr
    built = build_spec(LARKSPUR, "larkspur")
    assert {path: (tmp_path / "larkspur" / path).read_bytes() for path in built.files} == dict(built.files)


SECRETS = tuple(f"pLaNt3d{number:02d}x9Qz7Rw4" for number in range(16))


def planted() -> dict[str, Any]:
    """A collection with a secret in every place where people leave one."""
    s = iter(SECRETS)

    def entry(key: str, value: str, **more: Any) -> dict[str, Any]:
        return {"key": key, "value": value, **more}

    item = {
        "name": "Sign in",
        "request": {
            "auth": {"type": "basic", "basic": [entry("username", "ana"), entry("password", next(s))]},
            "method": "POST",
            "header": [
                entry("Authorization", f"Bearer {next(s)}"),
                entry("X-Api-Key", next(s)),
                entry("X-Trace", "{{traceToken}}"),
            ],
            "url": {
                "host": ["{{baseUrl}}"],
                "path": ["login", ":session_token"],
                "query": [entry("api_key", next(s)), entry("access_token", next(s), disabled=True)],
                "variable": [entry("session_token", next(s))],
            },
            "body": {
                "mode": "raw",
                "raw": json.dumps({"user": "ana", "password": next(s), "nested": {"client_secret": next(s)}}),
                "options": {"raw": {"language": "json"}},
            },
        },
        "response": [
            {
                "name": "OK",
                "code": 200,
                "header": [
                    entry("Content-Type", "application/json"),
                    entry("Set-Cookie", f"session={next(s)}"),
                ],
                "body": json.dumps({"access_token": next(s), "user": {"refresh_token": next(s)}}),
            }
        ],
    }
    form = {
        "name": "Refresh",
        "request": {
            "method": "POST",
            "url": {"host": ["{{baseUrl}}"], "path": ["refresh"]},
            "body": {
                "mode": "urlencoded",
                "urlencoded": [entry("refresh_token", next(s)), entry("secret", next(s))],
            },
        },
    }
    return {
        "info": {
            "name": "Planted",
            "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
        },
        "item": [{"name": "Login", "item": [item, form]}],
        "auth": {
            "type": "apikey",
            "apikey": [entry("key", "X-Key"), entry("value", next(s)), entry("in", "header")],
        },
        "variable": [
            entry("baseUrl", "https://api.planted.example"),
            entry("traceToken", next(s)),
            entry("pin", next(s), type="secret"),
        ],
    }


def test_planted_secrets_appear_nowhere(tmp_path: Path) -> None:
    spec = tmp_path / "planted.postman_collection.json"
    text = json.dumps(planted())
    spec.write_text(text)
    assert all(secret in text for secret in SECRETS)
    built = build_spec(spec, "planted")
    leaks = [
        f"{secret} in {path}"
        for path, content in built.files.items()
        for secret in SECRETS
        if secret.encode() in content or secret.lower().encode() in content.lower()
    ]
    assert leaks == []
    assert not [problem for problem in built.problems if any(secret in str(problem) for secret in SECRETS)]
    assert built.read.redacted > 0


def changed_lines(old: Built, new: Built, ending: str = ".py", *, folded: bool | None = None) -> int:
    """Added and removed lines, as a reviewer counts them: of all files, or of those that a forge folds or shows."""
    rules = [
        line.partition(" ")[0] for line in new.files.text(".gitattributes").splitlines() if line[0] != "#"
    ]
    count = 0
    for path in sorted(old.files.keys() | new.files.keys()):
        is_folded = any(fnmatch(path, rule) for rule in rules)
        if path.endswith(ending) and folded in (None, is_folded):
            before = old.files[path].decode().splitlines() if path in old.files else []
            after = new.files[path].decode().splitlines() if path in new.files else []
            count += sum(line[:2] in ("+ ", "- ") for line in difflib.ndiff(before, after))
    return count


def changed_spec(tmp_path: Path, change: str) -> tuple[Built, Built]:
    """The Zoom client before and after a change of its spec, with the lock of the first run."""
    old = build_spec(ZOOM, "zoom")
    data = json.loads(ZOOM.read_text(encoding="utf-8"))
    item = data["item"][0]["item"][0]
    if change == "query":
        entry = {"key": "device", "value": "phone", "description": "What the token is for."}
        item["request"]["url"]["query"].append(entry)
    else:
        item["response"][0]["body"] = json.dumps({"token": "string", "expires_in": 3600})
    spec = tmp_path / ZOOM.name
    spec.write_text(json.dumps(data), encoding="utf-8")
    return old, build_spec(spec, "zoom", old.lock)


def test_a_new_query_parameter_changes_three_lines_to_read_and_three_that_are_folded(tmp_path: Path) -> None:
    old, new = changed_spec(tmp_path, "query")
    assert changed_lines(old, new, folded=False) == 3
    assert changed_lines(old, new, folded=True) == 3
    assert changed_lines(old, new, ".lock") == 1


def test_a_new_response_field_changes_two_lines_at_most(tmp_path: Path) -> None:
    old, new = changed_spec(tmp_path, "field")
    assert changed_lines(old, new) in (1, 2)
    assert changed_lines(old, new, ".lock") == 1
