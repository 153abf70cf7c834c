"""What a library does not send is said, and what a text holds is never taken for code of the sample's own."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pillarbox.samples.language import Rendered
from pillarbox.samples.model import Content, DigestAuth, Header, JsonContent, Sample, Secret, TextContent
from pillarbox.samples.registry import LANGUAGES

from .proof import Contract
from .runners import RUNNERS

BODY = TextContent("see os. strings. bytes. url.\nmultipart. await readFile( answer", "text/plain")
DIALECTS = ("javascript-fetch", "node-axios", "typescript", "go", "java", "kotlin", "csharp", "swift")


@pytest.fixture(scope="module")
def plain() -> Iterator[Sample]:
    contract = Contract()
    yield next(case.sample for case in contract.cases if case.name == "Plain get")
    contract.close()


def rendered(sample: Sample, key: str, method: str, content: Content | None, *headers: Header) -> Rendered:
    language = next(one for one in LANGUAGES if one.key == key)
    request = replace(sample.request, method=method, content=content, headers=headers)
    return language.render(replace(sample, request=request))


@pytest.mark.parametrize("key", ["javascript-fetch", "typescript", "swift"])
def test_a_get_with_a_body_loses_it_and_says_so(plain: Sample, key: str) -> None:
    made = rendered(plain, key, "GET", BODY)
    assert len(made.unsent) == 1
    assert made.unsent[0] in made.text
    assert "multipart." not in made.text


@pytest.mark.parametrize("key", ["node-axios", "go", "java", "kotlin", "csharp"])
def test_the_others_send_it(plain: Sample, key: str) -> None:
    made = rendered(plain, key, "GET", BODY)
    assert made.unsent == ()
    assert "multipart." in made.text


@pytest.mark.parametrize("key", ["javascript-fetch", "typescript"])
def test_a_method_that_fetch_refuses_is_said(plain: Sample, key: str) -> None:
    assert "TRACE" in rendered(plain, key, "TRACE", None).unsent[0]


@pytest.mark.parametrize("key", DIALECTS)
def test_a_header_that_the_library_keeps_is_left_out_and_said(plain: Sample, key: str) -> None:
    made = rendered(plain, key, "POST", BODY, Header("Content-Length", ("5",)), Header("X-Kept", ("1",)))
    assert made.unsent == ("The header Content-Length is left out: only the library itself sets it.",)
    assert '"X-Kept"' in made.text


@pytest.mark.parametrize("key", ["java", "kotlin", "swift"])
def test_letters_that_would_not_arrive_are_left_out_and_said(plain: Sample, key: str) -> None:
    made = rendered(plain, key, "GET", None, Header("X-Name", ("Zoë",)))
    assert made.unsent == ("The header X-Name is left out: the library sends ASCII only.",)


@pytest.mark.parametrize("key", DIALECTS)
def test_lines_of_one_header_all_stand(plain: Sample, key: str) -> None:
    text = rendered(plain, key, "GET", None, Header("X-A", ("one",)), Header("x-a", ("two",))).text
    assert "one" in text
    assert "two" in text


def test_go_imports_and_declares_what_it_uses(plain: Sample, tmp_path: Path) -> None:
    """Go refuses a program with an import that it does not use, so this is compiled."""
    made = rendered(plain, "go", "POST", BODY)
    digest = DigestAuth(Secret("username", "A_USERNAME"), Secret("password", "A_PASSWORD"))
    signed = replace(plain, request=replace(plain.request, auth=(digest,)))
    unsigned = rendered(signed, "go", "GET", None)
    assert "HTTP Digest" in unsigned.unsent[0]
    assert '"mime/multipart"' not in made.text
    assert '"os"' not in made.text
    assert "readFile" not in str(rendered(plain, "typescript", "POST", BODY).text).split("body:")[0]
    if RUNNERS["go"].missing():
        pytest.skip("go is not installed")
    (tmp_path / "a.go").write_text(str(made.text), encoding="utf-8")
    (tmp_path / "b.go").write_text(str(unsigned.text), encoding="utf-8")
    for file in ("a.go", "b.go"):
        subprocess.run(["go", "vet", file], cwd=tmp_path, check=True)


def test_a_number_that_javascript_would_change_is_sent_as_text(plain: Sample) -> None:
    exact = rendered(plain, "javascript-fetch", "POST", JsonContent({"a": 1.5}, "application/json")).text
    assert "JSON.stringify({" in exact
    changed = rendered(plain, "javascript-fetch", "POST", JsonContent({"a": 1.0}, "application/json")).text
    assert "JSON.stringify({" not in changed
    assert '"a": 1.0' in changed
