"""Which paths may be written at all."""

import pytest
from hypothesis import given, strategies as st

from pillarbox.output.files import MAX_PATH, FileSet, OutputError, check_path


@pytest.mark.parametrize(
    "path",
    [
        "a",
        "a.py",
        "a/b/c.txt",
        "_x/__init__.py",
        ".gitattributes",
        "é/ü.py",
        "a b.py",
        "con_.py",
        "x" * MAX_PATH,
    ],
)
def test_good_paths(path: str) -> None:
    check_path(path)
    assert FileSet({path: "x"})[path] == b"x"


BAD = (
    """
/a|a//b|a/|../a|a/../b|./a|a/.|..|a\\b|C:/x|C:x|a:b|//host/share|a*b|a?b|a<b|a>b|a"b|con|CON|nul.txt|Aux.tar.gz|com1
lpt9.py|COM¹|com².x|conin$|x/prn/y|a.|a /b|a./b| a|a /|.git/hooks/pre-commit|a/.GIT/x|.pillarbox-write/x|.Pillarbox-Write
""".strip()
    .replace("\n", "|")
    .split("|")
)


@pytest.mark.parametrize(
    "path",
    [
        *BAD,
        *(
            "",
            "a\nb",
            "a\0b",
            "a\x7fb",
            "a\x85b",
            "\ud800",
            "e\u0301",
            "x" * (MAX_PATH + 1),
            "語" * 90,
            "a/b|c",
        ),
    ],
)
def test_bad_paths(path: str) -> None:
    with pytest.raises(OutputError) as caught:
        FileSet({path: "x"})
    assert str(caught.value).startswith("cannot write ")
    assert str(caught.value).isascii()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "paths",
    [
        ("a.py", "A.py"),
        ("a/x", "A/y"),
        ("a/b/x", "a/B/y"),
        ("ſ", "s"),
        ("ﬁ", "fi"),
        ("a", "a/b"),
        ("A", "a/b/c"),
    ],
)
def test_paths_that_are_one_on_some_systems(paths: tuple[str, str]) -> None:
    with pytest.raises(OutputError, match="cannot write"):
        FileSet(dict.fromkeys(paths, "x"))
    with pytest.raises(OutputError, match="cannot write"):
        FileSet(dict.fromkeys(reversed(paths), "x"))


def test_it_is_sorted_and_cannot_be_changed() -> None:
    source: dict[str, str | bytes] = {"b": "2", "a/c": "1", "a/b": b"\0"}
    files = FileSet(source)
    source["c"] = "3"
    assert list(files) == ["a/b", "a/c", "b"]
    assert files == {"a/b": b"\0", "a/c": b"1", "b": b"2"}
    assert files.text("b") == "2"
    assert not hasattr(files, "__setitem__")
    more = files.plus({"b": "new", "z": "9"})
    assert (more["b"], files["b"], list(more)[-1]) == (b"new", b"2", "z")
    assert list(files.below("src/x")) == ["src/x/a/b", "src/x/a/c", "src/x/b"]


@pytest.mark.parametrize("text", ["a\r\nb", "a\rb", "half \ud800"])
def test_text_that_would_not_arrive_as_it_is(text: str) -> None:
    with pytest.raises(OutputError, match="cannot write 'a': the text holds"):
        FileSet({"a": text})


@given(st.text(max_size=30))
def test_any_path_is_taken_or_refused(path: str) -> None:
    try:
        check_path(path)
    except OutputError:
        return
    steps = path.split("/")
    assert all(step not in ("", ".", "..") for step in steps)
    assert not set(path) & set('\\:*?"<>|\0\r\n')
