"""Loading bytes: limits, encodings, and one line for everything that is wrong."""

import json
from pathlib import Path

import pytest

from pillarbox.model.problems import SpecError
from pillarbox.readers.documents import depth_of, load, parse_json
from pillarbox.readers.limits import Limits


def _file(folder: Path, content: bytes) -> Path:
    file = folder / "document.json"
    file.write_bytes(content)
    return file


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"]
)
def test_every_unicode_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    assert load(_file(tmp_path, '{"ä": "日本"}'.encode(encoding)), Limits()).root == {"ä": "日本"}


@pytest.mark.parametrize(
    ("content", "words", "place"),
    [
        (b"", "empty", "document.json:"),
        (b"   \n", "empty", "document.json:"),
        (b"hello", "not JSON", "document.json:1:"),
        (b'{\n"a": 1,\n"b": }', "not JSON", "document.json:3:"),
        (b'{"a": [1, 2', "ends too early", "document.json:1:"),
        (b'{"a": "x', "not JSON", "document.json:1:"),
        (b'{"a": NaN}', "NaN", "document.json:"),
        (b'{"a": -Infinity}', "Infinity", "document.json:"),
        (b'{"a": 1e999}', "out of range", "document.json:"),
        (b'{"a": ' + b"9" * 5000 + b"}", "not readable", "document.json:"),
        (b'{"a": "\xff\xfe"}', "not UTF-8 text", "document.json:1:"),
        (b"[" * 100_000, "deeper than 500", "document.json:"),
        (b"[" * 100_000 + b"]" * 100_000, "deeper than 500", "document.json:"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "deeper than 500", "document.json:"),
    ],
)
def test_bad_content_is_one_line_with_the_place(
    tmp_path: Path, content: bytes, words: str, place: str
) -> None:
    with pytest.raises(SpecError) as caught:
        load(_file(tmp_path, content), Limits())
    assert words in str(caught.value)
    assert place in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_limit_that_json_itself_cannot_reach_is_still_one_line(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match="nested too deep"):
        load(_file(tmp_path, b"[" * 50_000 + b"]" * 50_000), Limits(depth=100_000))


def test_brackets_in_strings_do_not_count() -> None:
    assert depth_of(json.dumps({"a": '[[[[\\"[[['})) == 1
    assert depth_of('["[[[[') == 1
    assert depth_of("") == 0


def test_size_is_checked_before_reading(tmp_path: Path) -> None:
    file = tmp_path / "large.json"
    with file.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    with pytest.raises(SpecError, match="more than the limit"):
        load(file, Limits())


def test_nodes_are_limited(tmp_path: Path) -> None:
    file = _file(tmp_path, json.dumps(list(range(100))).encode())
    assert load(file, Limits(nodes=101)).root[99] == 99
    with pytest.raises(SpecError, match="101 values"):
        load(file, Limits(nodes=100))


def test_commas_inside_strings_are_no_nodes(tmp_path: Path) -> None:
    file = _file(tmp_path, json.dumps(["," * 1000]).encode())
    assert load(file, Limits(nodes=2)).root == ["," * 1000]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda folder: folder / "missing.json", "no such file"),
        (lambda folder: folder, "folder"),
        (lambda folder: folder / "nul\0.json", "no such file"),
        (lambda _: Path("/dev/null"), "not a regular file"),
    ],
)
def test_what_is_no_file_is_refused(tmp_path: Path, make, words: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(SpecError, match=words):
        load(make(tmp_path), Limits())


def test_lone_surrogates_become_replacement_characters(tmp_path: Path) -> None:
    root = load(_file(tmp_path, rb'{"\ud800x": ["\udfff", "\ud83d\ude00"]}'), Limits()).root
    assert root == {"\ufffdx": ["\ufffd", "\U0001f600"]}


def test_repeated_keys_are_noted(tmp_path: Path) -> None:
    document = load(_file(tmp_path, b'{"a": 1, "b": {"a": 2, "a": 3}}'), Limits())
    assert document.root == {"a": 1, "b": {"a": 3}}
    assert [problem.code for problem in document.problems] == ["duplicate-key"]
    assert "'a'" in document.problems[0].message


@pytest.mark.parametrize("text", ["{", "[1,]", "nul", '"' + "\\" * 3, "[" * 200])
def test_parse_json_raises_value_error_only(text: str) -> None:
    with pytest.raises(ValueError, match="."):
        parse_json(text, depth=100)
