"""The encoders of the scripting languages of samples, and of raw HTTP: what is written is read back as the same text."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from pillarbox.text import httpmessage, perl, php, rlang, ruby
from tests.samples.contract import HOSTILE
from tests.samples.raw_http import message


def _read_back(tmp_path: Path, command: str, source_text: str) -> bytes:
    """What a program of the language prints."""
    (tmp_path / "a").write_text(source_text, encoding="utf-8", newline="")
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [*command.split(), "a"], cwd=tmp_path, capture_output=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""
    return done.stdout


SCRIPTS = [
    *HOSTILE,
    "",
    "'",
    '"',
    "a\rb\tc\x1b[0m",
    "\x7f\x85\u202e\ufeff",
    "\\x41",
    "\U0010ffff",
    "$'x'",
    "a\0b",
    "TEXT\nTEXT;\n",
    "\n__END__\n=pod\n=begin\n",
    "a\r\nb",
    "#{x} #$x @x",
    '"#\n)"##',
    ')-"\n)--"',
]
"""What would end a here document, a raw string, the code."""


@pytest.mark.skipif(shutil.which("php") is None, reason="php is not installed")
def test_php_reads_a_literal_as_it_was(tmp_path: Path) -> None:
    lines = [f"echo {php.PHP.string(text)};\necho {php.body(text)};" for text in SCRIPTS]
    lines += [f"echo {php.latin1('é$x')};", str(php.PHP.comment("?> echo 1")), "// end"]
    printed_bytes = _read_back(tmp_path, "php", "<?php\n" + "\n".join(lines))
    assert printed_bytes == "".join(text * 2 for text in SCRIPTS).encode() + "é$x".encode("latin-1")


@pytest.mark.skipif(shutil.which("ruby") is None, reason="ruby is not installed")
def test_ruby_reads_a_literal_as_it_was(tmp_path: Path) -> None:
    lines = [f"print {ruby.RUBY.string(text)}\nx = {ruby.body(text)}\nprint x" for text in SCRIPTS]
    printed_bytes = _read_back(tmp_path, "ruby -W0", "# encoding: UTF-8\n" + "\n".join(lines))
    assert printed_bytes == "".join(text * 2 for text in SCRIPTS).encode()


@pytest.mark.skipif(shutil.which("perl") is None, reason="perl is not installed")
def test_perl_reads_a_literal_as_it_was(tmp_path: Path) -> None:
    lines = [f"print {perl.PERL.string(text)};\n{{\n{perl.body(text)}\nprint $body;\n}}" for text in SCRIPTS]
    start = 'use strict;\nuse warnings;\nuse utf8;\nno warnings "nonchar";\nbinmode STDOUT, ":utf8";\n'
    printed_bytes = _read_back(tmp_path, "perl", start + "\n".join(lines))
    assert printed_bytes == "".join(text * 2 for text in SCRIPTS).encode()


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_r_reads_a_literal_as_it_was(tmp_path: Path) -> None:
    texts = [text for text in SCRIPTS if "\0" not in text]
    lines = [f"cat({rlang.R.string(text)})\ncat({rlang.body(text)})" for text in texts]
    lines += [f"cat(as.integer({rlang.raw_bytes('é' + chr(0) + 'b')}))"]
    printed_bytes = _read_back(tmp_path, "Rscript --vanilla", "\n".join(lines))
    assert printed_bytes == "".join(text * 2 for text in texts).encode() + b"195 169 0 98"
    with pytest.raises(ValueError, match="NUL"):
        rlang.R.string("a\0b")


@pytest.mark.parametrize("text", [*SCRIPTS, "{{length}}", "{{{uri(x)}}}", "{{U+0041}}", "a{", "{"])
def test_a_message_is_read_as_it_was(text: str) -> None:
    """By the reader of the proof, between braces of a message's own."""
    made = httpmessage.fixed(text)
    whole = httpmessage.MessageText("POST / HTTP/1.1\nHost: h\n\n{}{{{{x}}}}").format(made)
    sent = message(f"@x = {{{{U+007B}}}}{{length}}}}\n\n{whole}")
    assert sent == b"POST / HTTP/1.1\r\nHost: h\r\n\r\n" + text.encode() + b"{{length}}"
    assert "\n" not in made
    assert "{{U+" in made or "{{" not in text
