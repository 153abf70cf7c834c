"""The encoders of sample languages: what is written is read back as the same text."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from pillarbox.text import c, delphi, powershell, rust, source
from pillarbox.text.shell import ShellText, latin1, printed, quoted, word
from tests.samples.contract import HOSTILE

TEXTS = [
    *HOSTILE,
    "",
    "'",
    '"',
    "a\rb\tc\x1b[0m",
    "\x7f\x85\u202e\ufeff",
    "\\x41",
    "\U0010ffff",
    "a'b\nc'd",
    "~",
    "-n",
    "$'x'",
    "!!",
]


def bash(script: str) -> bytes:
    return subprocess.run(["bash", "-c", script], capture_output=True, check=True).stdout


@pytest.mark.parametrize("text", TEXTS)
def test_bash_reads_a_word_as_it_was(text: str) -> None:
    assert bash(f"printf %s {quoted(text)}") == text.encode()
    assert bash(f"printf %s {quoted(text, lines=True)}") == text.encode()
    assert bash(str(printed(text))) == text.encode()


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12), max_size=40
    )
)
def test_bash_reads_any_word_as_it_was(texts: list[str]) -> None:
    words = " ".join(str(quoted(text)) for text in texts)
    assert bash(f"printf '%s\\0' {words}") == "".join(f"{text}\0" for text in texts or [""]).encode()


def test_bash_prints_a_nul() -> None:
    assert bash(str(printed("a\0b\\0c"))) == b"a\0b\\0c"
    with pytest.raises(ValueError, match="NUL"):
        quoted("a\0b")


def test_bash_sends_latin_1() -> None:
    assert bash(f"printf %s {latin1('é ü x')}") == "é ü x".encode("latin-1")


@pytest.mark.parametrize("text", TEXTS)
def test_bash_expands_only_what_is_code(text: str) -> None:
    made = word([text, ShellText("$x"), text, ShellText("$(echo y)"), "_z"])
    expected = f"{text}1 2{text}y_z"
    assert bash(f"x='1 2'; printf %s {made}") == expected.encode()


def pascal(literal: str) -> str:
    """What Delphi reads: quoted runs and character codes, added up."""
    units = ""
    place = 0
    token = re.compile(r"'((?:[^'\n]|'')*)'|#(\d+)|#\$([0-9A-F]{4})|( \+\n +)")
    while place < len(literal):
        found = token.match(literal, place)
        assert found is not None, literal[place : place + 40]
        if found[1] is not None:
            assert len(found[1]) <= 255 * 2
            units += found[1].replace("''", "'")
        elif not found[4]:
            units += chr(int(found[2]) if found[2] else int(found[3], 16))
        place = found.end()
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le")


@pytest.mark.parametrize("text", [*TEXTS, "x" * 1000, "'" * 700, "é" * 300])
def test_delphi_reads_a_literal_as_it_was(text: str) -> None:
    made = str(delphi.string(text))
    assert pascal(made) == text
    assert made.isascii()
    assert all(len(line) < 1023 or "#" in line for line in made.split("\n"))
    assert all(len(run) <= 255 for run in re.findall(r"'((?:[^']|'')*)'", made) if "''" not in run)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=600))
def test_delphi_reads_any_literal_as_it_was(text: str) -> None:
    assert pascal(str(delphi.string(text))) == text


SYNTAX = source.Syntax(
    kind=delphi.DelphiText,
    comment_start="//",
    escapes={'"': '\\"', "\\": "\\\\", "$": "\\$"},
    comment_swaps=(("?>", "? >"),),
)


def test_a_syntax_writes_strings() -> None:
    assert str(SYNTAX.string('a"\\$\u2028\U0001f600')) == '"a\\"\\\\\\$\\u2028\U0001f600"'
    assert str(SYNTAX.string("\ud800")) == '"\ufffd"'
    assert source.utf16("\U0001f600") == "\\ud83d\\ude00"
    assert source.utf32("\U0001f600") == "\\U0001f600"
    assert source.braced("\u2028") == "\\u{2028}"
    assert source.hex_bytes("\u2028") == "\\xe2\\x80\\xa8"
    assert source.octal_bytes("\x01") == "\\001"


def test_a_syntax_that_forgets_its_quote_is_refused() -> None:
    with pytest.raises(ValueError, match="quote"):
        source.Syntax(kind=delphi.DelphiText, comment_start="//", escapes={"\\": "\\\\"}).string("x")


def test_comments_stay_comments() -> None:
    assert str(SYNTAX.comment("a\nb\u2028c")) == "// a b c"
    assert str(SYNTAX.comment("ends in \\")) == "// ends in \\."
    assert str(SYNTAX.comment("?> <?php")) == "// ? > <?php"
    assert [str(line) for line in SYNTAX.comments("{\r\n  x\n}")] == ["// {", "//   x", "// }"]


@pytest.mark.parametrize("name", ["", "a b", "1a", "a-b", "é", "a\n"])
def test_a_name_is_a_name(name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        SYNTAX.name(name)


TRIGRAPHS = ["??=", "???/", "what??", "a??\n??/b", "\\??<"]


@pytest.mark.skipif(shutil.which("gcc") is None, reason="gcc is not installed")
def test_c_reads_a_literal_as_it_was(tmp_path: Path) -> None:
    """Trigraphs on, where `??/` would be a backslash."""
    texts = [*TEXTS, *TRIGRAPHS, "a\0b", "\x011", "x" * 3000, "line\nline\r\n"]
    sized = [(c.lined(text, 4), len(text.encode())) for text in texts]
    sized += [(c.latin1("é??/ ü 1"), 8)]
    source_text = "#include <stdio.h>\nint main(void) {\n"
    source_text += "".join(
        f"    fwrite({literal}, 1, sizeof {literal} - 1, stdout);\n" for literal, _ in sized
    )
    (tmp_path / "a.c").write_text(source_text + "}\n", encoding="utf-8", newline="")
    subprocess.run(["gcc", "-std=c11", "-trigraphs", "-o", "a", "a.c"], cwd=tmp_path, check=True)
    printed_bytes = subprocess.run([str(tmp_path / "a")], capture_output=True, check=True).stdout
    assert printed_bytes == "".join(texts).encode() + "é??/ ü 1".encode("latin-1")
    assert [c.byte_count(text) for text in texts] == [size for _, size in sized[:-1]]


@pytest.mark.skipif(shutil.which("rustc") is None, reason="rustc is not installed")
def test_rust_reads_a_literal_as_it_was(tmp_path: Path) -> None:
    texts = [*TEXTS, "a\0b", '"#\n"##', "{}{x}{{\n", 'a"\\\nb\r\n']
    lines = [f'    print!("{{}}", {rust.RUST.string(text)});' for text in texts]
    lines += [f'    print!("{{}}", {rust.body(text)});' for text in texts]
    lines += [f'    print!("{rust.pattern(text)}");' for text in texts]
    program = "fn main() {\n" + "\n".join(lines) + "\n}\n"
    (tmp_path / "a.rs").write_text(program, encoding="utf-8", newline="")
    subprocess.run(["rustc", "--edition", "2021", "-o", "a", "a.rs"], cwd=tmp_path, check=True)
    printed_bytes = subprocess.run([str(tmp_path / "a")], capture_output=True, check=True).stdout
    assert printed_bytes == ("".join(texts) * 3).encode()


def windows(literal: str) -> str:
    """What PowerShell reads: quotes doubled or escaped, typographic ones too, and here-strings."""
    if literal.startswith("@'\n"):
        assert literal.endswith("\n'@") and not re.search("^['\u2018-\u201b]@", literal[2:-2], re.MULTILINE)
        return literal[3:-3]
    if literal[0] == "'":
        single = "['\u2018-\u201b]"
        assert re.fullmatch(f"'(?:[^'\u2018-\u201b]|{single}{single})*'", literal)
        return re.sub(f"({single}){single}", r"\1", literal[1:-1])
    assert re.fullmatch('"(?:[^`$"\u201c-\u201e]|`.)*"', literal, re.DOTALL)
    known = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}
    return re.sub(
        r"`(?:u\{([0-9a-f]+)\}|(.))",
        lambda found: chr(int(found[1], 16)) if found[1] else known.get(found[2], found[2]),
        literal[1:-1],
    )


@pytest.mark.parametrize(
    "text",
    [*TEXTS, "‘typographic’ ‚ ‛ “ ” „", "‘\t“$x”", "a\n'@\nb", "a\n’@\nb", "`n", "a\0u{41}", "{\n  'a'\n}"],
)
def test_powershell_reads_a_literal_as_it_was(text: str) -> None:
    assert windows(str(powershell.string(text))) == text
    assert windows(str(powershell.body(text))) == text
