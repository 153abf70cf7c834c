"""Generated clients send what Postman's own runner sends, or differ from it by a principle."""

import json
import os
from pathlib import Path

import pytest

from ..shared_data import SHARED
from . import __main__ as command
from .driver import run
from .newman import HERE, MODULES, missing
from .own import OWN, Own
from .rules import PATH_RULE, RULES

CAPTURES = sorted((SHARED / "conformance" / "expected").glob("*/*.jsonl"))


@pytest.mark.parametrize("own", OWN, ids=lambda own: own.name)
def test_our_own_collections(own: Own) -> None:
    result = run(own.collection, own.expected, own.environment)
    assert [outcome for outcome in result.outcomes if not outcome.is_right] == []
    assert len(result.outcomes) > result.unsent


def test_our_own_edges_need_every_rule() -> None:
    """A rule that nothing needs is one that nobody has seen at work."""
    needed: set[str] = set()
    for own in OWN:
        for outcome in run(own.collection, own.expected, own.environment).outcomes:
            needed.update(outcome.rules)
    assert needed == {*(rule.id for rule in RULES), PATH_RULE}


def test_every_rule_is_documented() -> None:
    text = (HERE.parents[1] / "docs" / "conformance.md").read_text(encoding="utf-8")
    for rule in RULES:
        assert f"`{rule.id}`" in text
        assert rule.principle in text
    assert f"`{PATH_RULE}`" in text


@pytest.mark.parametrize("capture", CAPTURES, ids=lambda path: path.stem)
def test_the_shared_captures(capture: Path) -> None:
    (result,) = command.held(capture.parent.name, [capture.stem])
    assert [outcome for outcome in result.outcomes if not outcome.is_right] == []


def test_the_shared_captures_are_there() -> None:
    if not CAPTURES:
        pytest.skip("the captures are not in this repository: ../shared/conformance lies beside the checkout")
    assert len(CAPTURES) >= 18


def _need_newman() -> None:
    why = missing()
    if why:
        if os.environ.get("CI"):
            pytest.fail(why)
        pytest.skip(why)


@pytest.mark.parametrize("own", OWN, ids=lambda own: own.name)
def test_newman_sends_what_is_expected(own: Own, tmp_path: Path) -> None:
    _need_newman()
    output = tmp_path / "capture.jsonl"
    own.capture(output)
    fresh, known = (
        [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
        for path in (output, own.expected)
    )
    assert [line for line in fresh if _is_steady(line)] == [line for line in known if _is_steady(line)]
    assert len(fresh) == len(known)


def _is_steady(line: dict[str, object]) -> bool:
    """False for what a clock or chance signs."""
    return not any(word in json.dumps(line) for word in ("oauth_nonce", "AWS4-HMAC"))


def test_any_folder_of_collections(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _need_newman()
    item = {"name": "Find", "request": {"method": "GET", "url": "{{host}}/find?q={{word}}"}}
    collection = {"info": {"name": "Small"}, "item": [item]}
    (tmp_path / "small.json").write_text(json.dumps(collection), encoding="utf-8")
    values = [{"key": "word", "value": "a&b", "enabled": True}]
    environment = json.dumps({"name": "e", "values": values})
    (tmp_path / "small.environment.json").write_text(environment, encoding="utf-8")
    monkeypatch.setenv("COLLECTIONS", str(tmp_path))
    assert command.main([]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == "newman: 0 equal + 1 explained of 1 real, 0 equal + 0 explained of 0 edge"


def test_what_is_neither_equal_nor_explained_fails_the_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    own = OWN[0]
    lines = own.expected.read_text(encoding="utf-8").split("\n")
    spoiled = [line.replace('"X-Fixed","a  b, c"', '"X-Fixed","other"') for line in lines]
    assert spoiled != lines
    capture = tmp_path / "own.jsonl"
    capture.write_text("\n".join(spoiled), encoding="utf-8")
    monkeypatch.delenv("COLLECTIONS", raising=False)
    monkeypatch.setattr(
        command,
        "held",
        lambda kind, names: [run(own.collection, capture, own.environment)] if kind == "edge" else [],
    )
    assert command.main([]) == 1
    assert "UNEXPLAINED" in capsys.readouterr().out


def test_newman_is_installed_outside_of_what_is_committed() -> None:
    ignored = (HERE.parents[1] / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert "build/" in ignored
    assert os.environ.get("NEWMAN_MODULES") or MODULES.relative_to(HERE.parents[1]).parts[0] == "build"
