"""References: every spelling that a document may use, and every way to lead nowhere."""

from typing import Any

import pytest

from pillarbox.model.problems import Origin, SpecError
from pillarbox.readers.limits import Limits
from pillarbox.readers.openapi.dialect import Dialect
from pillarbox.readers.openapi.refs import Refs

from .schemas import V2, V30, V31, Document

FOUND = {"found": True}
TREE = {
    "a/b": {"c~d": FOUND},
    "list": [0, {"deep": FOUND}],
    "spa ce": FOUND,
    "100%": FOUND,
    "{id}": {"": FOUND},
    "via": {"$ref": "#/list/1"},
    "loop": {"$ref": "#/loop2"},
    "loop2": {"$ref": "#/loop"},
    "self": {"$ref": "#/self"},
    "text": "text",
    "nothing": None,
}


@pytest.mark.parametrize(
    ("ref", "pointer"),
    [
        ("#/spa ce", "/spa ce"),
        ("#/spa%20ce", "/spa ce"),
        ("#/a~1b/c~0d", "/a~1b/c~0d"),
        ("#/a%7E1b/c~0d", "/a~1b/c~0d"),
        ("#/100%", "/100%"),
        ("#/100%25", "/100%"),
        ("#/%7Bid%7D/", "/{id}/"),
        ("#/list/1/deep", "/list/1/deep"),
        ("#/via/deep", "/list/1/deep"),
        ("api.json#/spa ce", "/spa ce"),
        ("./api.json#/spa ce", "/spa ce"),
    ],
)
@pytest.mark.parametrize("dialect", [V2, V30, V31])
def test_pointers(ref: str, pointer: str, dialect: Any) -> None:
    document = Document(dialect=dialect, members=TREE)
    node, origin = document.refs.resolve({"$ref": ref}, Origin("api.json", "/here"))
    assert (node, origin.pointer, document.codes()) == (FOUND, pointer, [])


@pytest.mark.parametrize(
    ("node", "code"),
    [
        ({"$ref": "#/gone"}, "missing-reference"),
        ({"$ref": "#/list/2"}, "missing-reference"),
        ({"$ref": "#/list/01"}, "missing-reference"),
        ({"$ref": "#/list/-"}, "missing-reference"),
        ({"$ref": "#/list/-1"}, "missing-reference"),
        ({"$ref": "#/list/²"}, "missing-reference"),
        ({"$ref": "#/text/0"}, "missing-reference"),
        ({"$ref": "#anchor"}, "missing-reference"),
        ({"$ref": ""}, "missing-reference"),
        ({"$ref": "#/self/x"}, "missing-reference"),
        ({"$ref": "#/loop/x"}, "missing-reference"),
        ({"$ref": "#/loop"}, "circular-reference"),
        ({"$ref": "#/self"}, "circular-reference"),
        ({"$ref": "#/text"}, "wrong-type"),
        ({"$ref": "#/nothing"}, "wrong-type"),
        ({"$ref": "other.json"}, "missing-reference"),
        ({"$ref": "../api.json#/list"}, "external-reference"),
        ({"$ref": "/etc/passwd"}, "external-reference"),
        ({"$ref": "file:///etc/passwd#/x"}, "external-reference"),
        ({"$ref": "http://169.254.169.254/latest/meta-data/"}, "external-reference"),
        ({"$ref": "http://[::1"}, "external-reference"),
        ({"$ref": "http://[broken]/#/x\n\x00"}, "external-reference"),
        (7, "wrong-type"),
        ([], "wrong-type"),
        (None, "wrong-type"),
    ],
)
@pytest.mark.parametrize("dialect", [V30, V31])
def test_what_leads_nowhere_is_said_once(node: Any, code: str, dialect: Any) -> None:
    # With `""` for a reference, the whole document is meant by the letter of RFC 3986; nobody writes that on purpose.
    document = Document(dialect=dialect, members=TREE)
    if node == {"$ref": ""}:
        assert document.refs.resolve(node, Origin("api.json", "/here"))[0] == document.root
        return
    for _ in range(2):
        assert document.refs.resolve(node, Origin("api.json", "/here"))[0] == {}
    assert document.codes() == [code]
    assert all(problem.message.isprintable() for problem in document.problems)
    document.refs.resolve(node, Origin("api.json", "/there"))
    elsewhere = code in ("missing-reference", "external-reference") or not isinstance(node, dict)
    assert len(document.problems) == (2 if elsewhere else 1), (
        "what is wrong with the target is said at the target"
    )


def test_siblings_of_a_reference() -> None:
    node = {"$ref": "#/target", "summary": "Mine.", "description": "Mine too.", "found": False}
    target = {"found": True, "summary": "Its own."}
    newer = Document(dialect=V31, members={"target": target})
    assert newer.refs.resolve(node, Origin("api.json", "/here"))[0] == {
        "found": True,
        "summary": "Mine.",
        "description": "Mine too.",
    }
    assert newer.root["target"] == target, "the document itself stays as it is"
    older = Document(dialect=V30, members={"target": target})
    assert older.refs.resolve(node, Origin("api.json", "/here"))[0] == target


def test_the_first_sibling_of_a_chain_counts() -> None:
    document = Document(
        members={"b": {"$ref": "#/c", "summary": "Second.", "description": "Second."}, "c": FOUND}
    )
    node, origin = document.refs.resolve({"$ref": "#/b", "summary": "First."}, Origin("api.json", "/a"))
    assert (dict(node), origin.pointer) == (
        {"found": True, "summary": "First.", "description": "Second."},
        "/c",
    )


ADDRESSED = {
    "one": {
        "$id": "https://example.com/schemas/one",
        "$defs": {"inner": {"$anchor": "spot", "found": True}},
        "x": {},
    },
    "two": {"$anchor": "free", "found": True},
    "three": {"$dynamicAnchor": "meta", "found": True},
    "example": {"$anchor": "sample", "found": True},
    "properties": {"example": {"$anchor": "property", "found": True}},
}


@pytest.mark.parametrize(
    ("ref", "at", "pointer"),
    [
        ("#free", "/here", "/two"),
        ("#meta", "/here", "/three"),
        ("#property", "/here", "/properties/example"),
        ("https://example.com/schemas/one#/$defs/inner", "/here", "/one/$defs/inner"),
        ("https://example.com/schemas/one#spot", "/here", "/one/$defs/inner"),
        ("#/$defs/inner", "/one/x", "/one/$defs/inner"),
        ("one#spot", "/one/x", "/one/$defs/inner"),
        ("#spot", "/one/x", "/one/$defs/inner"),
    ],
)
def test_identifiers_and_anchors(ref: str, at: str, pointer: str) -> None:
    document = Document(members=ADDRESSED)
    node, origin = document.refs.resolve({"$ref": ref}, Origin("api.json", at))
    assert (node.get("found"), origin.pointer, document.codes()) == (True, pointer, [])


@pytest.mark.parametrize("dialect", [V2, V30])
def test_identifiers_mean_nothing_before_3_1(dialect: Any) -> None:
    document = Document(dialect=dialect, members=ADDRESSED)
    assert document.refs.resolve({"$ref": "#free"}, Origin("api.json", "/here"))[0] == {}


def test_anchors_in_data_are_data() -> None:
    document = Document(members=ADDRESSED)
    assert document.refs.resolve({"$ref": "#sample"}, Origin("api.json", "/here"))[0] == {}


def test_a_long_chain_and_a_deep_document() -> None:
    chain: dict[str, Any] = {f"r{index}": {"$ref": f"#/r{index + 1}"} for index in range(20_000)}
    chain["r20000"] = FOUND
    document = Document(members=chain)
    assert document.refs.resolve({"$ref": "#/r0"}, Origin("api.json", "/here"))[0] == FOUND
    deep: Any = FOUND
    for _ in range(3_000):
        deep = {"x": deep}
    document = Document(members={"deep": deep})
    assert document.refs.resolve({"$ref": "#/deep" + "/x" * 3_000}, Origin("api.json", "/here"))[0] == FOUND
    assert document.refs.resolve({"$ref": "#gone"}, Origin("api.json", "/here"))[0] == {}


def test_a_node_that_holds_itself() -> None:
    """An alias of YAML may stand inside of what it stands for."""
    ring: dict[str, Any] = {"$anchor": "ring", "found": True}
    ring["again"] = [ring]
    document = Document(members={"ring": ring})
    assert document.refs.resolve({"$ref": "#ring"}, Origin("api.json", "/here"))[0] is ring


def test_the_number_of_references_is_limited() -> None:
    refs = Refs({"target": FOUND}, Origin("api.json"), Dialect.OPENAPI_31, [], Limits(references=100))
    for index in range(100):
        refs.resolve({"$ref": "#/target"}, Origin("api.json", f"/{index}"))
        refs.resolve({"$ref": "#/target"}, Origin("api.json", f"/{index}"))
    with pytest.raises(
        SpecError, match="more references .* than the limit of 100; raise `limits.references`"
    ):
        refs.resolve({"$ref": "#/target"}, Origin("api.json", "/100"))
