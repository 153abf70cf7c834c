"""The manifest: small, stable, and not believed."""

import json

import pytest

from pillarbox.output.content_hash import digest, first_difference, outline, same_code
from pillarbox.output.files import LOCK, MANIFEST, FileSet, OutputError
from pillarbox.output.manifest import Provenance, Record, parse, seal

SOURCE = b"x = 1\n"
FROM = Provenance("zoom.json", "ab" * 32, "1.2.3", 1)


def test_what_it_says() -> None:
    sealed = seal(FileSet({"b.py": SOURCE, "a.md": "# A\n", LOCK: "names\n"}), FROM)
    text = sealed.text(MANIFEST)
    assert json.loads(text) == {
        "edition": 1,
        "files": {"a.md": digest(b"# A\n"), "b.py": f"{digest(SOURCE)} {outline(b'x=1')}"},
        "generator": "1.2.3",
        "manifest": 1,
        "spec": {"name": "zoom.json", "sha256": "ab" * 32},
    }
    assert text.isascii()
    assert text.endswith("}\n")
    assert seal(sealed, FROM) == sealed
    read = parse(sealed[MANIFEST], "m")
    assert read.provenance == FROM
    assert read.files == {path: Record.of(path, sealed[path]) for path in ("a.md", "b.py")}


def test_only_it_changes_with_the_generator() -> None:
    files = FileSet({"a.py": "x = 1\n"})
    other = Provenance("zoom.json", "cd" * 32, "9.9", 1)
    changed = {path for path in seal(files, FROM) if seal(files, FROM)[path] != seal(files, other)[path]}
    assert changed == {MANIFEST}


GOOD = json.loads(seal(FileSet({"a.py": "x\n"}), FROM).text(MANIFEST))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b"\xff", "is not JSON"),
        (b"[]", "is not a manifest of pillarbox"),
        (b"null", "is not a manifest of pillarbox"),
        (b'{"name": "somebody else\'s"}', "is not a manifest of pillarbox"),
        (json.dumps(GOOD | {"manifest": 2}).encode(), "later version of pillarbox"),
        (json.dumps(GOOD | {"manifest": "1"}).encode(), "is not a manifest of pillarbox"),
        (json.dumps(GOOD | {"files": []}).encode(), "is not a manifest of pillarbox"),
        (json.dumps(GOOD | {"files": {"a.py": "xyz"}}).encode(), "is not a manifest of pillarbox"),
        (json.dumps(GOOD | {"files": {"a.py": None}}).encode(), "is not a manifest of pillarbox"),
        (json.dumps(GOOD | {"files": {"../../etc/passwd": "0" * 64}}).encode(), "'../../etc/passwd'"),
        (json.dumps(GOOD | {"files": {"/etc/passwd": "0" * 64}}).encode(), "'/etc/passwd'"),
        (b"<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> b\n", "merge conflict"),
        (b"{\r\n<<<<<<< HEAD\r\n=======\r\n>>>>>>> b\r\n}", "merge conflict"),
    ],
)
def test_one_that_cannot_be_believed(content: bytes, said: str) -> None:
    with pytest.raises(OutputError, match=said) as caught:
        parse(content, "out/manifest.json")
    assert "\n" not in str(caught.value)


BASE = b'def f(a, *, b="x"):\n    """Doc.\n\n    More.\n    """\n    return [a, b]  # note\n'


@pytest.mark.parametrize(
    "other",
    [
        BASE.replace(b"\n", b"\r\n"),
        BASE.replace(b"# note", b"# another note"),
        BASE.replace(b"    ", b"  ").replace(b"  #", b" #"),
        BASE.replace(b'"x"', b"'x'"),
        BASE.replace(b"[a, b]", b"[\n        a,\n        b,\n    ]"),
        BASE.replace(b"return [a, b]", b"return ([a, b])"),
        BASE.replace(b"Doc.\n", b"Doc.   \n"),
        b"# in front\n\n" + BASE + b"\n\n",
    ],
)
def test_formatting_and_comments_are_no_difference(other: bytes) -> None:
    assert other != BASE
    assert same_code(BASE, other)


@pytest.mark.parametrize(
    "other",
    [
        BASE.replace(b"return", b"yield"),
        BASE.replace(b'"x"', b'"x "'),
        BASE.replace(b'"x"', b"None"),
        BASE.replace(b"Doc.", b"Dock."),
        BASE.replace(b"a, *, b", b"*, a, b"),
        BASE.replace(b"[a, b]", b"(a, b)"),
        BASE.replace(b"[a, b]", b"[a, b], 1"),
        BASE + b"x = 1\n",
        BASE + b"def\n",
        BASE + b"\0",
        b"(" * 5_000,
    ],
)
def test_meaning_is_a_difference(other: bytes) -> None:
    assert not same_code(BASE, other)


@pytest.mark.parametrize(
    ("one", "two"),
    [(b"x = 1", b"x = 1.0"), (b"x = 0.0", b"x = -0.0"), (b"x = 1", b"x = True"), (b"x = 1", b"x: int = 1")],
)
def test_numbers_are_compared_exactly(one: bytes, two: bytes) -> None:
    assert not same_code(one, two)


def test_deep_code_is_compared_without_recursion() -> None:
    deep = b"x = " + b"+".join([b"1"] * 900) + b"\n"
    assert same_code(deep, deep.replace(b"+", b" + "))
    assert not same_code(deep, deep.replace(b"1\n", b"2\n"))


def test_the_outline_survives_a_formatter_and_nothing_else() -> None:
    assert outline(BASE) == outline(
        BASE.replace(b"[a, b]", b"[\n        a,\n        b,\n    ]").replace(b'"x"', b"'x'")
    )
    assert outline(BASE) != outline(BASE.replace(b"return", b"yield"))
    assert outline(BASE) != outline(BASE.replace(b"note", b"notes"))


def test_first_difference() -> None:
    assert first_difference(b"a\nb\nc", b"a\nB\nc") == 2
    assert first_difference(b"a\r\nb", b"a\nb\nc") == 3
    assert first_difference(b"a\n", b"a\n") == 1
    assert first_difference(b"", b"a") == 1
