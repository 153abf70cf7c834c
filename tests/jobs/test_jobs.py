"""Main-job programs with reduced documents; and that their judge sees a request that is wrong."""

import ast
import base64
import copy
import json
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import pytest

from pillarbox.config import ClientSettings
from pillarbox.lock.claims import Lock
from pillarbox.pipeline import describe

from .__main__ import report
from .registry import EXPECTED, HERE, PROGRAMS, Application, Need, Program, Vendor
from .running import Outcome, document, run, started
from .wire import CONNECTION, Part, Request, Rules, Wanted, differences, recorded

BY_HAND = [program for program in PROGRAMS if not list((HERE / "sdks").glob(f"{program.name}.*"))]
REFUSED = "refused"
"""In a request that is written by hand: the status with which the server must refuse it."""


def wanted(program: Program) -> list[Wanted]:
    requests: list[Wanted] = json.loads(program.expected.read_text(encoding="utf-8"))["requests"]
    return requests


def test_programs_with_reduced_documents(tmp_path: Path) -> None:
    """A program passes, or names what it needs. One that names a need fails: when it no longer does, the note must go."""
    outcomes = run(PROGRAMS, tmp_path, whole=False)
    failed = [one for one in outcomes if not one.passed and not one.program.needs]
    assert not failed, "\n".join(report(failed))
    done = [one.program.name for one in outcomes if one.passed and one.program.needs]
    assert done == [], "these pass: remove what registry.py says that they need"


def test_there_are_programs_for_each_kind_of_api() -> None:
    assert len(PROGRAMS) >= 16
    assert {one.api.sdk for one in PROGRAMS if isinstance(one.api, Vendor)} >= {
        "openai",
        "stripe",
        "@octokit/rest",
        "box-sdk-gen",
        "kubernetes",
    }
    assert len({one.api.name for one in PROGRAMS if isinstance(one.api, Application)}) == 5


def test_every_need_is_one_that_a_program_has() -> None:
    assert {need for program in PROGRAMS for need in program.needs} == {*Need}


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_a_program_is_short_and_has_two_halves(program: Program) -> None:
    text = program.path.read_text(encoding="utf-8")
    functions = {
        node.name: type(node)
        for node in ast.parse(text).body
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    }
    assert functions["main"] is ast.FunctionDef
    assert functions["main_async"] is ast.AsyncFunctionDef
    assert 20 <= len(text.splitlines()) <= 60
    # Nothing that switches a type checker off.
    assert "type: ignore" not in text and "Any" not in text and "cast(" not in text


def calls(path: Path) -> set[str]:
    """Dotted names below `client` that a program calls or keeps: `files.content.create`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    aliases: dict[str, str] = {"client": ""}

    def dotted(node: ast.AST) -> str | None:
        match node:
            case ast.Name(id=name):
                return aliases.get(name)
            case ast.Attribute(value=value, attr=name):
                owner = dotted(value)
                return None if owner is None else f"{owner}.{name}".lstrip(".")
        return None

    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Attribute() as value):
                found = dotted(value)
                if found is not None:
                    aliases[name] = found
    called = (dotted(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {name for name in called if name}


@pytest.mark.parametrize(
    "api", {one.api.name: one.api for one in PROGRAMS}.values(), ids=lambda api: api.name
)
def test_programs_call_what_there_is(api: Vendor | Application, tmp_path: Path) -> None:
    """Names that move must not hide behind a need of the program."""
    with started(api) as servers:
        spec = document(api, servers, tmp_path, whole=False)
    described = describe(spec, ClientSettings(name=api.name, spec=spec, output=Path(api.name)), Lock())
    used = [calls(program.path) for program in PROGRAMS if program.api.name == api.name]
    assert all(used)
    assert set.union(*used) <= {method.qualified for method in described.client.methods}


def test_every_file_belongs_to_a_program() -> None:
    names = {program.name for program in PROGRAMS}
    apis = {program.api.name for program in PROGRAMS}
    assert {path.stem for path in (HERE / "programs").glob("*.py")} == names
    assert {path.name for path in EXPECTED.iterdir()} == {
        f"{name}.{end}" for name in names for end in ("json", "txt")
    }
    assert {path.stem for path in (HERE / "documents").iterdir()} <= apis
    assert {path.stem for path in (HERE / "sdks").glob("*_*")} <= names


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_what_is_recorded_names_no_sdk(program: Program) -> None:
    text = program.expected.read_text(encoding="utf-8")
    assert json.loads(text)["by"] == ("hand" if program in BY_HAND else "sdk")
    for request in wanted(program):
        assert not CONNECTION & request["headers"].keys()
    assert not [word for word in ("stainless", "octokit", "sdk-gen", "bindings", "python/3") if word in text]


# The judge


def tampered(request: Wanted) -> list[tuple[str, Wanted]]:
    """The same request with one thing wrong in each."""
    found: list[tuple[str, Wanted]] = []

    def change(what: str, **values: Any) -> None:
        found.append((what, copy.deepcopy(request) | values))

    change("method", method="TRACE")
    change("path", path=request["path"] + "/")
    change("server", server="elsewhere")
    change("query", query=[*request.get("query", []), ["extra", ""]])
    if "query" in request:
        change("query", query=request["query"][1:])
    for name in request["headers"]:
        change(f"header {name}", headers=request["headers"] | {name: "other"})
        if name != "accept":
            change(
                f"header {name}",
                headers={key: value for key, value in request["headers"].items() if key != name},
            )
    change("header x-extra", headers=request["headers"] | {"x-extra": "1"})
    match request.get("body"):
        case {"form": list(fields)}:
            change("fields", body={"form": fields[1:]})
            change("fields", body={"form": [*fields[1:], [fields[0][0], fields[0][1] + " "]]})
        case {"parts": list(parts)}:
            change("parts", body={"parts": parts[1:]})
            change("parts", body={"parts": [*parts[:-1], parts[-1] | {"file": "other"}]})
        case {"json": _}:
            change("body", body={"json": {}})
        case None:
            change("body", body={"text": "x"})
        case _:
            change("body", body={"text": "other"})
    return found


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_the_judge_sees_what_is_wrong(program: Program) -> None:
    requests = wanted(program)
    assert differences(copy.deepcopy(requests), requests) == []
    assert differences(requests[:-1], requests) != []
    assert differences([*requests, requests[0]], requests) != []
    for number, request in enumerate(requests):
        for what, wrong in tampered(request):
            found = differences([*requests[:number], wrong, *requests[number + 1 :]], requests)
            assert len(found) == 1 and what in found[0].what, (what, found)


def test_the_order_of_equal_names_matters_and_that_of_others_does_not() -> None:
    def sent(body: bytes) -> Wanted:
        headers = {"content-type": "application/x-www-form-urlencoded"}
        return recorded(Request("api", "POST", "/", headers, body), Rules())

    assert differences([sent(b"a=1&b=2&a=3")], [sent(b"b=2&a=1&a=%33")]) == []
    (found,) = differences([sent(b"a=3&a=1")], [sent(b"a=1&a=3")])
    assert found.what == "request 1 (POST /): order of fields"


def test_rules_leave_out_only_what_they_name() -> None:
    rules = Rules({"x-sdk-*": "reason"}, {("authorization", "token t"): "Bearer t"})
    headers = {
        "x-sdk-lang": "python",
        "x-other": "1",
        "authorization": "token t",
        "content-type": "text/plain",
    }
    assert rules.headers(Request("api", "GET", "/", headers, b"")) == {
        "x-other": "1",
        "authorization": "Bearer t",
    }


# The servers


def sendable(request: Wanted) -> tuple[str, dict[str, str], bytes]:
    """Target, headers and body of a request that is written by hand, without any client of ours."""
    target = request["path"]
    if "query" in request:
        target += "?" + urlencode([tuple(pair) for pair in request["query"]], quote_via=quote)
    headers: dict[str, str] = dict(request["headers"])
    match request.get("body"):
        case {"json": value}:
            return target, headers, json.dumps(value).encode()
        case {"form": fields}:
            return target, headers, urlencode([tuple(pair) for pair in fields]).encode()
        case {"parts": parts}:
            headers["content-type"] += "; boundary=B"
            return target, headers, b"".join(part_bytes(part) for part in parts) + b"--B--\r\n"
        case {"text": text}:
            return target, headers, text.encode()
        case _:
            return target, headers, b""


def part_bytes(part: dict[str, Any]) -> bytes:
    content = base64.b64decode(part["base64"]) if "base64" in part else part["text"].encode()
    file = f'; filename="{part["file"]}"' if "file" in part else ""
    kind = f"\r\nContent-Type: {part['type']}" if "type" in part else ""
    head = f'--B\r\nContent-Disposition: form-data; name="{part["name"]}"{file}{kind}\r\n\r\n'
    return head.encode() + content + b"\r\n"


@pytest.mark.parametrize("program", BY_HAND, ids=lambda program: program.name)
def test_servers_accept_what_is_written_by_hand(program: Program) -> None:
    """What an SDK sent was accepted when it was recorded. This holds the others against the server, without a client."""
    with started(program.api) as servers:
        for request in wanted(program):
            target, headers, body = sendable(request)
            connection = HTTPConnection(urlsplit(servers.urls[request["server"]]).netloc, timeout=30)
            connection.request(request["method"], target, body or None, headers)
            response = connection.getresponse()
            text = response.read()
            connection.close()
            assert response.status == request.get(REFUSED, response.status), text
            assert response.status < 400 or REFUSED in request, (request["path"], text)
        # And it reads what was sent as it was written.
        assert (
            differences([recorded(one, program.api.rules) for one in servers.take()], wanted(program)) == []
        )


def test_an_upload_is_read_whole() -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.b"\r\nContent-Type: a/b\r\n\r\n\r\n--\r\n\r\n--x--\r\n'
    request = Request("api", "POST", "/", {"content-type": "multipart/form-data; boundary=x"}, body)
    assert request.parts() == [Part("f", "a.b", "a/b", b"\r\n--\r\n")]
    with pytest.raises(ValueError, match="does not end"):
        Request("api", "POST", "/", request.headers, body[:-6]).parts()


def test_a_program_reaches_this_machine_only(tmp_path: Path) -> None:
    """A client that ignores its base URL must not reach its vendor from a test."""
    (tmp_path / "programs").mkdir()
    (tmp_path / "programs" / "stray.py").write_text(
        "import httpx2\n\ndef main(url: str) -> None:\n    print(httpx2.get(url).status_code)\n"
        "    httpx2.get('https://api.example.com/')\n"
    )
    with started(BY_HAND[0].api) as servers:
        command = [
            sys.executable,
            str(HERE / "run_program.py"),
            str(tmp_path),
            "stray",
            json.dumps({"url": servers.urls["api"]}),
        ]
        done = subprocess.run(command, input="\n", capture_output=True, text=True, check=True)
    seen = json.loads(done.stdout.splitlines()[0])
    assert seen["printed"] == "401\n"
    assert "the program would have sent a request to api.example.com" in seen["fault"]


# The table


def test_the_last_line_counts_what_passed() -> None:
    sdk, hand = PROGRAMS[0], BY_HAND[0]
    outcomes = [Outcome(sdk, "sdk", 2), Outcome(sdk, "sdk", 5, ["a fault"]), Outcome(hand, "hand", 3)]
    assert report(outcomes)[-1] == "jobs: 2 of 3, 2 requests equal to the vendor's SDK, 3 checked by hand"
    assert "    a fault" in report(outcomes)
