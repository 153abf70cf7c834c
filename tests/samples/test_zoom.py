"""The page that this project began from, point by point: what its sample has, and what was wrong with it."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pillarbox.samples.sampler import Sampler

from .runners import RUNNERS
from .server import CaptureServer, Reply

ZOOM = Path(__file__).parents[2] / "specs" / "zoom.postman_collection.json"


@pytest.fixture(scope="module")
def sampler() -> Sampler:
    return Sampler(ZOOM)


@pytest.fixture(scope="module")
def delphi(sampler: Sampler) -> str:
    return sampler.sample("Get a user token", "delphi-chilkat")


def code(sample: str) -> list[str]:
    """The statements, without indentation."""
    return [line.strip() for line in sample.split("\n") if line.strip() and not line.strip().startswith("//")]


def in_order(lines: list[str], wanted: list[str]) -> Iterator[str]:
    """What is not there, or not after the one before it."""
    place = 0
    for pattern in wanted:
        found = next((n for n in range(place, len(lines)) if re.fullmatch(pattern, lines[n])), None)
        if found is None:
            yield pattern
        else:
            place = found + 1


def test_the_objects_are_called_in_the_order_of_the_page(delphi: str) -> None:
    wanted = [
        r"http := TChilkatHttp\.Create\(Self\);",
        r"http\.AuthToken := accessToken;",
        r"queryParams := TChilkatJsonObject\.Create\(Self\);",
        r"queryParams\.UpdateString\('type','zak'\);",
        r"queryParams\.UpdateInt\('ttl',\d+\);",
        r"resp := http\.QuickRequestParams\('GET',url,queryParams\.ControlInterface\);",
        r"if \(http\.LastMethodSuccess = 0\) then",
        r"Memo1\.Lines\.Add\(http\.LastErrorText\);",
        r"Exit;",
        r"sbResponseBody := TChilkatStringBuilder\.Create\(Self\);",
        r"resp\.GetBodySb\(sbResponseBody\.ControlInterface\);",
        r"respStatusCode := resp\.StatusCode;",
        r"Memo1\.Lines\.Add\('Response Status Code = ' \+ IntToStr\(respStatusCode\)\);",
        r"if \(respStatusCode >= 400\) then",
        r"Memo1\.Lines\.Add\('Response Header:'\);",
        r"Memo1\.Lines\.Add\(resp\.Header\);",
        r"Memo1\.Lines\.Add\('Failed\.'\);",
        r"Exit;",
        r"jResp := TChilkatJsonObject\.Create\(Self\);",
        r"jResp\.LoadSb\(sbResponseBody\.ControlInterface\);",
        r"jResp\.EmitCompact := 0;",
        r"Memo1\.Lines\.Add\('Response Body:'\);",
        r"Memo1\.Lines\.Add\(jResp\.Emit\(\)\);",
        r"token := jResp\.StringOf\('token'\);",
    ]
    assert list(in_order(code(delphi), wanted)) == []


def test_the_locals_have_the_types_of_the_page(delphi: str) -> None:
    for declared in (
        "http: TChilkatHttp;", "queryParams: TChilkatJsonObject;", "resp: IChilkatHttpResponse;",
        "sbResponseBody: TChilkatStringBuilder;", "jResp: TChilkatJsonObject;", "respStatusCode: Integer;", "token: WideString;",
    ):  # fmt: skip
        assert code(delphi).count(declared) == 1
    assert len(re.findall(r"respStatusCode := ", delphi)) == 1


def test_the_variable_of_the_path_is_filled(delphi: str) -> None:
    """The page sent `:userId` as it stands."""
    assert ":userId" not in delphi
    assert "userId := 'me';" in code(delphi)
    assert "url := 'https://api.zoom.us/v2/users/' + http.UrlEncode(userId) + '/token';" in code(delphi)


def test_the_secret_comes_from_the_environment(delphi: str) -> None:
    """The page had `'<access_token>'` in its place."""
    assert "accessToken := GetEnvironmentVariable('ZOOM_ACCESS_TOKEN');" in code(delphi)
    assert "<access_token>" not in delphi


def test_numbers_are_those_that_the_description_recommends(delphi: str) -> None:
    """The page had 68423085 seconds, more than two years, for a token that lives two hours."""
    assert "68423085" not in delphi and "quis officia" not in delphi
    assert "queryParams.UpdateInt('ttl',3600);" in code(delphi)


def test_the_json_is_loaded_only_from_a_good_answer_and_checked(delphi: str) -> None:
    """The page parsed and printed the body before it looked at the status, and never asked whether it was JSON."""
    lines = code(delphi)
    loaded = lines.index("jResp.LoadSb(sbResponseBody.ControlInterface);")
    assert lines.index("if (respStatusCode >= 400) then") < loaded
    assert lines[loaded + 1] == "if (jResp.LastMethodSuccess = 0) then"


def test_the_body_of_a_failure_is_shown(delphi: str) -> None:
    """The page showed the header alone, where the API's own error code is in the body."""
    lines = code(delphi)
    failed = lines[lines.index("if (respStatusCode >= 400) then") :]
    assert list(in_order(failed[: failed.index("Exit;")], [r"Memo1\.Lines\.Add\(resp\.BodyStr\);"])) == []


def test_the_sample_json_is_a_comment(delphi: str) -> None:
    comments = [line.strip() for line in delphi.split("\n") if line.strip().startswith("//")]
    place = comments.index("// Sample JSON response:")
    assert comments[place + 1 : place + 4] == ["// {", '//   "token": "example-token"', "// }"]


def test_what_is_read_is_shown(delphi: str) -> None:
    """On the page nothing used the local."""
    assert "Memo1.Lines.Add('token = ' + token);" in code(delphi)


def test_it_is_a_whole_unit(delphi: str) -> None:
    """The page began at `var` and had no end."""
    assert delphi.startswith("unit Sample;\n") and delphi.endswith("\nend.\n")
    assert code(delphi)[-2:] == ["end;", "end."]
    assert all(len(line) <= 110 for line in delphi.split("\n"))


@pytest.mark.skipif(shutil.which("fpc") is None and "CI" not in os.environ, reason="fpc is not installed")
def test_it_compiles(delphi: str, tmp_path: Path) -> None:
    (tmp_path / "Sample.pas").write_text(delphi, encoding="utf-8")
    for command in RUNNERS["delphi-chilkat"].command(tmp_path / "Sample.pas"):
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)


def test_the_same_program_in_python_sends_the_request_and_reads_the_token(tmp_path: Path) -> None:
    server = CaptureServer(Reply(body=b'{"token": "t0k3n"}'))
    spec = json.loads(ZOOM.read_text(encoding="utf-8"))
    (base,) = (one for one in spec["variable"] if one["key"] == "baseUrl")
    base["value"] = server.base_url
    (tmp_path / "zoom.json").write_text(json.dumps(spec), encoding="utf-8")
    python = Sampler(tmp_path / "zoom.json").sample("Get a user token", "python-chilkat2")
    (secret,) = re.findall(r'os\.environ\["(\w+)"\]', python)
    done = subprocess.run(
        [sys.executable, "-c", python],
        env={**os.environ, secret: "abc"},
        check=True,
        capture_output=True,
        text=True,
    )
    (sent,) = server.taken()
    server.close()
    assert (sent.method, sent.target) == ("GET", "/v1/users/me/token?type=zak&ttl=3600")
    assert sent.header("authorization") == "Bearer abc"
    assert done.stdout.endswith("token = t0k3n\n")


def test_the_same_program_in_python_makes_the_same_calls(sampler: Sampler, delphi: str) -> None:
    """The Python program is run against a server with the contract; here both are put side by side."""
    python = sampler.sample("Get a user token", "python-chilkat2")

    def methods(text: str) -> list[str]:
        known = "UpdateString|UpdateInt|QuickRequestParams|GetBodySb|LoadSb|StringOf|UrlEncode"
        return re.findall(rf"\.({known})\(", text)

    assert methods(python) == methods(delphi) and len(methods(python)) == 7


def test_the_curl_command_fills_what_the_page_left_open(sampler: Sampler) -> None:
    """The page's command sent `:userId` and had no error handling."""
    curl = sampler.sample("Get a user token", "curl")
    assert "user_id=me" in curl and ":userId" not in curl
    assert "access_token=${ZOOM_ACCESS_TOKEN:?is not set}" in curl
    assert "?type=zak&ttl=3600" in curl
