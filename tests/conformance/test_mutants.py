"""A comparison that notices nothing proves nothing: one wrong line at a time, and the run must say so."""

import inspect
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from types import FunctionType
from typing import Any

import pytest

from pillarbox.python import methods
from pillarbox.readers.postman import bodies, forms, items, operations, parameters, paths, security, urls

from .driver import Change, run
from .own import EDGES, ENVIRONMENT, EXPECTED

_RUNTIME = "_runtime/"


@dataclass(frozen=True, slots=True)
class InClient:
    """A change of the runtime, in the one file that has the text."""

    old: str
    new: str

    def __call__(self, files: Mapping[str, bytes]) -> Mapping[str, bytes]:
        paths = [
            path for path, text in files.items() if path.startswith(_RUNTIME) and self.old.encode() in text
        ]
        assert len(paths) == 1, f"{self.old!r} is in {paths}"
        text = files[paths[0]].decode()
        assert text.count(self.old) == 1, f"{paths[0]} holds {self.old!r} {text.count(self.old)} times"
        return {**files, paths[0]: text.replace(self.old, self.new).encode()}


IN_CLIENT = {
    "encode brackets in keys": InClient("!$%()*+,-./:;?@[\\\\]^_`{|}~", "!$%()*+,-./:;?@\\\\^_`{|}~"),
    "escape what is escaped in keys": InClient('_WRITTEN_NAME = "!$%()', '_WRITTEN_NAME = "!$()'),
    "drop empty values": InClient(
        '            yield f"{key}={quoted(text, safe, where)}"\n',
        '            if text:\n                yield f"{key}={quoted(text, safe, where)}"\n',
    ),
    "lower-case escapes": InClient(
        "    return quote(utf8(text, where), safe)\n",
        '    return __import__("re").sub("%..", lambda found: found[0].lower(), quote(utf8(text, where), safe))\n',
    ),
    "plus for space in forms": InClient(
        '        pieces += style(quoted(wire, "", where), value, where, "")\n',
        '        pieces += [one.replace("%20", "+") for one in style(quoted(wire, "", where), value, where, "")]\n',
    ),
    "plus raw in values": InClient('\nQUERY_SAFE = "!$()', '\nQUERY_SAFE = "+!$()'),
    "slash raw in path values": InClient("\nPATH_SAFE = \"!$'()", "\nPATH_SAFE = \"/!$'()"),
    "drop duplicate query keys": InClient(
        "for item in [value] if items is None else items:\n        if item is not None",
        "for item in [value] if items is None else list(items)[:1]:\n        if item is not None",
    ),
    "a flag as key=": InClient(
        'yield f"{key}{suffix}" if text is None else f"{key}{suffix}={text}"',
        "yield f\"{key}{suffix}={text or ''}\"",
    ),
    "sort the query": InClient(
        "    for wire, value in values.items():\n        yield from (piece for before",
        "    for wire, value in sorted(values.items()):\n        yield from (piece for before",
    ),
    "fixed pieces of the query last": InClient("if before == wire)", "if False)"),
    "merge empty segments": InClient(
        'path = server.path + path or "/"', 'path = re.sub("//+", "/", server.path + path) or "/"'
    ),
    "no Content-Length: 0": InClient('lines.set("Content-Length", 0)', "pass"),
    "XML values not escaped": InClient("return text.translate(_XML_ESCAPES)", "return text"),
    "JSON values not escaped": InClient(
        "return json.dumps(scalar_text(value, where), ensure_ascii=False)[1:-1]",
        "return scalar_text(value, where)",
    ),
    "no types of parts": InClient("            if content_type:\n", "            if False:\n"),
    "headers as UTF-8": InClient('line.encode("latin-1")', "line.encode()"),
    "a label where none is": InClient(
        "return usual if declared is None else declared", "return declared or usual"
    ),
}


@dataclass(frozen=True, slots=True)
class InGenerator:
    """A change of one function of the generator."""

    owner: Any
    function: str
    old: str
    new: str

    def apply(self, patch: pytest.MonkeyPatch) -> None:
        given = getattr(self.owner, self.function)
        assert isinstance(given, FunctionType)
        source = textwrap.dedent(inspect.getsource(given))
        assert source.count(self.old) == 1, (
            f"{self.function} holds {self.old!r} {source.count(self.old)} times"
        )
        made: dict[str, Any] = {}
        exec(source.replace(self.old, self.new), given.__globals__, made)
        patch.setattr(self.owner, self.function, made[self.function])


IN_GENERATOR = {
    "escape what is escaped": InGenerator(
        paths,
        "encode_path",
        "_PATH_UNSAFE.sub(_percent, value)",
        '_PATH_UNSAFE.sub(_percent, value.replace("%", "%25"))',
    ),
    "encode brackets in paths": InGenerator(
        paths,
        "encode_path",
        "_PATH_UNSAFE.sub(_percent, value)",
        '_PATH_UNSAFE.sub(_percent, value).replace("[", "%5B")',
    ),
    "decode every key": InGenerator(
        parameters, "readable_key", "plain if encode_key(plain) == encode_key(value) else value", "plain"
    ),
    "prune a DELETE body": InGenerator(
        operations, "read_body", "method in _PRUNED", 'method in {*_PRUNED, "DELETE"}'
    ),
    "prune nothing": InGenerator(operations, "read_body", "(request.pruned and method in _PRUNED)", "False"),
    "send disabled bodies": InGenerator(operations, "read_body", 'body.get("disabled")', "False"),
    "keep JSON comments": InGenerator(bodies, "without_comments", 'if "/" not in text:', "if True:"),
    "forget the auth of folders": InGenerator(
        items,
        "_item",
        'own_auth(inner.get("auth")) or above.auth',
        'own_auth(inner.get("auth"))',
    ),
    "null auth stops": InGenerator(
        items,
        "_item",
        'own_auth(inner.get("auth")) or above.auth',
        '(own_auth(inner.get("auth")) if "auth" in inner else above.auth)',
    ),
    "forget the order of forms": InGenerator(forms, "_as_objects_are", "return {", "return groups or {"),
    "one line of a header": InGenerator(methods, "_headers", "len(values) == 1", "True"),
    "send every spelling": InGenerator(parameters, "_sent", "if line.name == winner", "if line.enabled"),
    "keep replaced headers": InGenerator(operations, "_unsigned", "not in keys", "not in ()"),
    "sign with MAC tokens": InGenerator(security.Schemes, "_oauth2", '== "mac"', '== "never"'),
    "leave null segments out": InGenerator(
        urls, "_joined", "for step in steps)", "for step in steps if step is not None)"
    ),
}


def verdicts(change: Change = lambda files: files) -> list[tuple[object, ...]]:
    """Of each request: whether it is right, and by which rules. A value that is pasted raw is no less wrong where
    newman does so too: the rule that is no longer needed tells."""
    result = run(EDGES, EXPECTED, ENVIRONMENT, change)
    return [(outcome.path, outcome.is_right, outcome.rules) for outcome in result.outcomes]


@pytest.fixture(scope="module")
def sound() -> list[tuple[object, ...]]:
    """Verdicts without a mutant."""
    return verdicts()


def test_without_a_mutant_all_is_right(sound: list[tuple[object, ...]]) -> None:
    assert len(sound) >= 240
    assert [path for path, is_right, _ in sound if not is_right] == []


@pytest.mark.parametrize("name", IN_CLIENT)
def test_a_mutant_of_the_runtime_is_caught(name: str, sound: list[tuple[object, ...]]) -> None:
    assert verdicts(IN_CLIENT[name]) != sound


@pytest.mark.parametrize("name", IN_GENERATOR)
def test_a_mutant_of_the_generator_is_caught(
    name: str, sound: list[tuple[object, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    IN_GENERATOR[name].apply(monkeypatch)
    assert verdicts() != sound
