"""The committed JSON Schema: made from the table, and of one mind with the reader."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import pillarbox.config
from pillarbox.config import ConfigError, parse
from pillarbox.config.table import schema

SCHEMA = Path(pillarbox.config.__file__).with_name("schema.json")
GOOD = {"spec": "a.json", "output": "out"}


def valid(rule: dict[str, Any], data: Any) -> bool:
    """The part of JSON Schema (draft 7) that ours uses; an unknown keyword is an error of this test."""
    known = {
        "$schema",
        "title",
        "description",
        "default",
        "type",
        "pattern",
        "minimum",
        "maximum",
        "properties",
    }
    known |= {"additionalProperties", "required", "anyOf", "propertyNames", "minProperties", "items"}
    assert set(rule) <= known
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}
    if "type" in rule and (
        not isinstance(data, kinds[rule["type"]]) or (rule["type"] == "integer" and isinstance(data, bool))
    ):
        return False
    if "pattern" in rule and not re.search(rule["pattern"], data):
        return False
    if (
        not rule.get("minimum", float("-inf"))
        <= (data if isinstance(data, int) else 0)
        <= rule.get("maximum", float("inf"))
    ):
        return False
    if any(key not in data for key in rule.get("required", ())) or (
        "anyOf" in rule and not any(valid(choice, data) for choice in rule["anyOf"])
    ):
        return False
    if isinstance(data, list):
        return all(valid(rule["items"], item) for item in data)
    if isinstance(data, dict):
        return len(data) >= rule.get("minProperties", 0) and all(member(rule, *pair) for pair in data.items())
    return True


def member(rule: dict[str, Any], key: str, value: Any) -> bool:
    if not valid(rule.get("propertyNames", {}), key):
        return False
    if key in rule.get("properties", {}):
        return valid(rule["properties"][key], value)
    others = rule.get("additionalProperties", True)
    return others if isinstance(others, bool) else valid(others, value)


def test_committed_schema_is_current() -> None:
    expected = json.dumps(schema(), indent=2, ensure_ascii=True) + "\n"
    assert SCHEMA.read_text("ascii") == expected, "write it anew from pillarbox.config.table.schema()"


def test_our_own_configuration_is_valid() -> None:
    own = Path(__file__).parents[2] / "pillarbox.toml"
    data = tomllib.loads(own.read_text("utf-8"))
    assert valid(schema(), data)
    assert parse(data, own).clients


@pytest.mark.parametrize(
    ("client", "good"),
    [
        (GOOD, True),
        ({**GOOD, "package": "zoom", "project": True, "class": "Zoom", "edition": 1}, True),
        ({**GOOD, "rename": {"users.get": "fetch", "User": "Person"}, "nouns": {"media": "medium"}}, True),
        ({**GOOD, "type": [{"at": "a.b -> c", "type": "string"}, {"at": "a.b(c)", "required": True}]}, True),
        ({**GOOD, "limits": {"depth": 100}}, True),
        ({"spec": "a.json"}, False),
        ({**GOOD, "speck": "x"}, False),
        ({**GOOD, "spec": 3}, False),
        ({**GOOD, "output": ""}, False),
        ({**GOOD, "project": 1}, False),
        ({**GOOD, "edition": 2}, False),
        ({**GOOD, "edition": True}, False),
        ({**GOOD, "package": "Zoom"}, False),
        ({**GOOD, "class": "zoom"}, False),
        ({**GOOD, "rename": {"a b": "c"}}, False),
        ({**GOOD, "rename": {"a": "b.c"}}, False),
        ({**GOOD, "rename": ["a"]}, False),
        ({**GOOD, "nouns": {"Media": "medium"}}, False),
        ({**GOOD, "type": [{"type": "string"}]}, False),
        ({**GOOD, "type": [{"at": "a.b(c)"}]}, False),
        ({**GOOD, "type": [{"at": "a.b(c)", "type": "any", "x": 1}]}, False),
        ({**GOOD, "limits": {"depth": 9}}, False),
        ({**GOOD, "limits": {"deepness": 100}}, False),
    ],
)
def test_schema_and_reader_agree(client: dict[str, Any], good: bool) -> None:
    data = {"clients": {"zoom": client}}
    assert valid(schema(), data) is good
    if good:
        assert parse(data, Path("pillarbox.toml")).clients[0].name == "zoom"
    else:
        with pytest.raises(ConfigError):
            parse(data, Path("pillarbox.toml"))
