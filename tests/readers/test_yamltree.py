"""YAML: core scalars, limits, and one line for everything that is refused."""

from pathlib import Path

import pytest

from pillarbox.model.problems import SpecError
from pillarbox.readers.limits import Limits
from pillarbox.readers.yaml_tree import Written, compose, load_yaml, resolved


@pytest.mark.parametrize(
    ("written", "value"),
    [
        *[
            (word, word)
            for word in ("no", "on", "Yes", "12:30", "2026-01-31", "1_000", "0b1", "0o8", "--1", ".", "=")
        ],
        *[(word, None) for word in ("", "~", "null", "Null", "NULL")],
        *[(word, True) for word in ("true", "True", "TRUE")],
        ("false", False),
        ("010", 10),
        ("+5", 5),
        ("-0", 0),
        ("0o17", 15),
        ("0x1F", 31),
        ("1e3", 1000.0),
        ("1.", 1.0),
        (".5", 0.5),
        ("'010'", "010"),
        ('"null"', "null"),
        ("!!str 5", "5"),
        ("! 5", "5"),
        ("!!int 5", 5),
        ("!!float 5", 5.0),
        ("!!null ''", None),
        ("|-\n  a\n  b", "a\nb"),
        (">-\n  a\n  b", "a b"),
    ],
)
def test_scalars_of_the_core_schema(written: str, value: object) -> None:
    found = compose(f"a: {written}\n", "f.yaml", Limits())
    assert found.root == {"a": value}
    assert type(found.root["a"]) is type(value)
    assert found.problems == ()


def test_text_is_kept_as_written() -> None:
    found = compose("a: 010\nb: true\nc: 1.0\nd: ~\ne:\nf: '5'\n", "f.yaml", Limits(), text=True).root
    assert found == {"a": "010", "b": "true", "c": "1.0", "d": None, "e": None, "f": "5"}
    assert isinstance(found["a"], Written)
    assert not isinstance(found["f"], Written)
    assert resolved({"x": [found]}) == {"x": [{"a": 10, "b": True, "c": 1.0, "d": None, "e": None, "f": "5"}]}


def test_keys_are_text_as_written() -> None:
    found = compose("200: a\nnull: b\ntrue: c\n1.0: d\n? on\n: e\n", "f.yaml", Limits()).root
    assert found == {"200": "a", "null": "b", "true": "c", "1.0": "d", "on": "e"}


def test_a_repeated_key_is_noted_with_its_line() -> None:
    found = compose("a: 1\nb: 2\na: 3\n", "f.yaml", Limits())
    assert found.root == {"a": 3, "b": 2}
    assert [(problem.code, problem.origin.line) for problem in found.problems] == [("duplicate-key", 3)]


@pytest.mark.parametrize("written", [".inf", "-.INF", ".nan", "1e999", "9" * 5000])
def test_numbers_that_json_lacks_are_text_and_noted(written: str) -> None:
    found = compose(f"a: {written}\n", "f.yaml", Limits())
    assert found.root == {"a": written}
    assert [problem.code for problem in found.problems] == ["no-number"]


def test_aliases_and_merge_keys() -> None:
    text = (
        "x: &x {a: 1, b: 2}\ny: {b: 3, <<: *x}\nz: {<<: [*x, {c: 4, a: 9}]}\nw: &k key\n*k : v\n'<<': plain\n"
    )
    assert compose(text, "f.yaml", Limits()).root == {
        "x": {"a": 1, "b": 2},
        "y": {"a": 1, "b": 3},
        "z": {"a": 1, "b": 2, "c": 4},
        "w": "key",
        "key": "v",
        "<<": "plain",
    }


def _laughs(levels: int) -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, levels)]
    return "\n".join(lines)


_MANY_MERGES = "a: &a {b: 1}\n" + "\n".join(f"m{n}: {{<<: [*a, *a, *a]}}" for n in range(5))


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nurl: {{base}}/x\n", 2, "put the whole text in quotes"),
        ("a:\n  - {{x}}\n", 2, "put the whole text in quotes"),
        ("headers:\n  X: {{a}}-b\n  Y: 1\n", 2, "put the whole text in quotes"),
        ("a: {b: {{c}}}\n", 1, "put the whole text in quotes"),
        ("? [a]\n: b\n", 1, "cannot be a key"),
        ("a: [1,\nb: 2\n", 3, "not YAML"),
        ("a: \x07\n", 1, "not YAML"),
        ('a: "\\ud800"\n', 1, "not YAML"),
        ("a: 1\n---\nb: 2\n", 2, "second YAML document"),
        ("# nothing\n", None, "empty"),
        ("a: &x [*x]\n", 1, "is inside of the value that it names"),
        ("a: *x\n", 1, "names nothing"),
        ("a: !!python/object/apply:os.system [x]\n", 1, "is not read"),
        ("a: !!binary eA==\n", 1, "is not read"),
        ("a: !own {}\n", 1, "is not read"),
        ("!own a: 1\n", 1, "is not read"),
        ("a: !!int x\n", 1, "is no !!int"),
        ("a: {<<: 5}\n", 1, "takes a mapping"),
        ("[" * 100_000, 1, "deeper than 50"),
        ("a: &a " + "[" * 30 + "]" * 30 + "\nb: " + "[" * 30 + "*a" + "]" * 30, 2, "deeper than 50"),
        (_laughs(12), 4, "more values than the limit of 10,000"),
        (_MANY_MERGES, 5, "merge keys"),
    ],
)
def test_refused_in_one_line(text: str, line: int | None, words: str) -> None:
    with pytest.raises(SpecError) as caught:
        compose(text, "f.yaml", Limits(depth=50, nodes=10_000, merge_keys=10))
    assert words in caught.value.message
    assert caught.value.origin.line == line
    assert "\n" not in str(caught.value)


def test_deep_documents_within_the_limit_are_read() -> None:
    found = compose("[" * 900 + "]" * 900, "f.yaml", Limits(depth=900)).root
    depth = 0
    while found:
        found, depth = found[0], depth + 1
    assert depth == 899


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_every_unicode_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "f.yaml"
    file.write_bytes("ä: 日本\r\nb: 1\r\n".encode(encoding))
    assert load_yaml(file, Limits()).root == {"ä": "日本", "b": 1}


def test_size_is_limited(tmp_path: Path) -> None:
    file = tmp_path / "f.yaml"
    file.write_text("a: " + "x" * 100, encoding="utf-8")
    with pytest.raises(SpecError, match="more than the limit of 50 bytes"):
        load_yaml(file, Limits(size=50))
