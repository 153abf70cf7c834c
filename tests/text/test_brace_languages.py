"""The encoders for JavaScript, Go, Java, Kotlin, C# and Swift: each language reads back the text that was written."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from pillarbox.text import csharp, go, java, javascript, kotlin, swift
from tests.samples.contract import HOSTILE

TEXTS = [
    *HOSTILE,
    "",
    "'",
    '"',
    '"""',
    'a\n""""b"""\n',
    "`${x}`\n\\`",
    "$x ${y} \\(z)",
    "a\rb\r\nc\td\x1b[0m\0\x017",
    "\x7f\x85\u202e\ufeff\u2028\u2029",
    "\\u000a \\x41 \\101 \\s\\\n\\",
    "\U0010ffff\u3042\n\u3000\n",
    " a \n  b\t\n\n   \n c",
    "\n",
    "\n\n a\n",
    "a\n\n",
    " a\n\n ",
    "\x0b\n\x0c\u3000\nx\u3000\ny",
    "x" * 70_000,
    "é\n" * 40_000,
]

any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def needs(tool: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(tool) is None, reason=f"{tool} is not installed")


def run(folder: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    assert not done.returncode, done.stderr.decode()[-2000:]
    return done.stdout.decode()


def javascript_reads(folder: Path, texts: list[str]) -> None:
    literals = [make(text) for text in texts for make in (javascript.JAVASCRIPT.string, javascript.template)]
    source = "process.stdout.write(JSON.stringify([\n" + ",\n".join(map(str, literals)) + "\n]))\n"
    (folder / "a.mjs").write_text(source, encoding="utf-8", newline="")
    assert json.loads(run(folder, "node", "a.mjs")) == [text for text in texts for _ in (0, 1)]


@needs("node")
def test_javascript_reads_a_literal_as_it_was(tmp_path: Path) -> None:
    javascript_reads(tmp_path, TEXTS)


@needs("node")
@settings(max_examples=15, deadline=None)
@given(st.lists(any_text, min_size=20, max_size=60))
def test_javascript_reads_any_literal_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    javascript_reads(tmp_path_factory.mktemp("javascript"), texts)


@needs("node")
def test_javascript_writes_the_json_that_it_reads(tmp_path: Path) -> None:
    value: dict[str, object] = {
        "a": [1, -2.5, True, None, {}, []],
        "it's": "é\u2028",
        "b-c": {"": 0},
        "class": "x",
    }
    assert javascript.is_literal(value)
    source = f"process.stdout.write(JSON.stringify({javascript.literal(value)}))\n"
    (tmp_path / "a.mjs").write_text(source, encoding="utf-8")
    assert json.loads(run(tmp_path, "node", "a.mjs")) == value


@pytest.mark.parametrize(
    "value", [2**53, -(2**60), 1.0, 1e300, {"__proto__": 1}, {"7": 1}, [[{"a": 2**63}]], {"a": [1.0]}]
)
def test_javascript_leaves_json_that_it_would_change(value: object) -> None:
    assert not javascript.is_literal(value)


@pytest.mark.parametrize(
    ("key", "code"),
    [("name", "x.name"), ("a.b", 'x["a.b"]'), ("", 'x[""]'), ("1", 'x["1"]'), ('"]', 'x["\\"]"]'), ("é", 'x["é"]')],
)  # fmt: skip
def test_javascript_names_a_member(key: str, code: str) -> None:
    assert str(javascript.member(javascript.JAVASCRIPT.name("x"), key)) == code


@needs("go")
def test_go_reads_a_literal_as_it_was(tmp_path: Path) -> None:
    literals = [make for text in TEXTS for make in (go.GO.string(text), go.block(text, "\t"))]
    lines = "".join(f'\tfmt.Printf("%x\\n", []byte({literal}))\n' for literal in literals)
    lines += f'\tfmt.Printf("%x\\n", []byte({go.latin1("é ü 1")}))\n'
    source = f'package main\n\nimport "fmt"\n\nfunc main() {{\n{lines}}}\n'
    (tmp_path / "a.go").write_text(source, encoding="utf-8", newline="")
    read = [bytes.fromhex(line) for line in run(tmp_path, "go", "run", "a.go").splitlines()]
    assert read == [text.encode() for text in TEXTS for _ in (0, 1)] + ["é ü 1".encode("latin-1")]


@needs("javac")
def test_java_reads_a_literal_as_it_was(tmp_path: Path) -> None:
    """Unicode escapes are read before anything else there, in comments too."""
    literals = [
        made for text in TEXTS for made in (java.JAVA.string(text), java.block(text, 2)) if len(text) < 20_000
    ]
    literals += [java.block(text, 2) for text in TEXTS if len(text) >= 20_000]
    hostile = ["\\u000a } oops {", "\\uuu000a oops", "\\\\u000a oops", "\\uXY", "\u2028 oops"]
    lines = "".join(f"        {java.JAVA.comment(text)}\n" for text in hostile)
    lines += "".join(f"        show({literal});\n" for literal in literals)
    show = 'static void show(String text) { for (char c : text.toCharArray()) System.out.printf("%04x", (int) c); System.out.println(); }'
    source = (
        f"public class A {{\n    {show}\n    public static void main(String[] args) {{\n{lines}    }}\n}}\n"
    )
    (tmp_path / "A.java").write_text(source, encoding="utf-8", newline="")
    run(tmp_path, "javac", "-encoding", "UTF-8", "-Xlint:all", "-Werror", "A.java")
    read = [
        bytes.fromhex(line).decode("utf-16-be") for line in run(tmp_path, "java", "-cp", ".", "A").split("\n")
    ]
    short = [text for text in TEXTS for _ in (0, 1) if len(text) < 20_000]
    assert read[:-1] == short + [text for text in TEXTS if len(text) >= 20_000]


ESCAPES = {
    "kotlin": re.compile(r'\\(?:([nrt"\\$])|u([0-9a-f]{4}))'),
    "csharp": re.compile(r'\\(?:([nrt"\\])|u([0-9a-f]{4})|U([0-9a-f]{8}))'),
    "swift": re.compile(r'\\(?:([nrt"\\])|u\{([0-9a-f]+)\})'),
}
MEANT = {"n": "\n", "r": "\r", "t": "\t"}
BREAKS = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029]")


def meant(language: str, body: str) -> str:
    """What stands between the quotes of a literal, as the language reads it."""

    def one(found: re.Match[str]) -> str:
        code = next((group for group in found.groups()[1:] if group), "")
        return chr(int(code, 16)) if code else MEANT.get(found[1], found[1])

    rest = ESCAPES[language].sub("", body)
    assert "\\" not in rest and '"' not in rest
    assert language != "kotlin" or "$" not in rest
    assert not BREAKS.search(rest)
    return ESCAPES[language].sub(one, body).encode("utf-16", "surrogatepass").decode("utf-16")


LITERALS = re.compile(r'"((?:[^"\\]|\\.)*)"(?: \+\n +|,\n +|$|(?=\n +\)))')


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_literals_are_read_as_they_were(text: str) -> None:
    assert meant("kotlin", str(kotlin.KOTLIN.string(text))[1:-1]) == text
    assert meant("csharp", str(csharp.CSHARP.string(text))[1:-1]) == text
    assert meant("swift", str(swift.SWIFT.string(text))[1:-1]) == text
    for language, code in (("csharp", csharp.block(text, "    ")), ("kotlin", kotlin.block(text, 2))):
        assert "".join(meant(language, body) for body in LITERALS.findall(str(code))) == text


@given(any_text)
def test_any_literals_are_read_as_they_were(text: str) -> None:
    test_literals_are_read_as_they_were(text)


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_swift_reads_a_block_as_it_was(text: str) -> None:
    code = str(swift.block(text))
    if "\n" not in text:
        assert code == str(swift.SWIFT.string(text))
        return
    assert code.startswith('"""\n') and code.endswith('\n"""')
    body = code[4:-4]
    assert '"""' not in body
    lines = body.split("\n")
    assert "\n".join(meant("swift", line.replace('\\"', '"').replace('"', '\\"')) for line in lines) == text
