"""`pillarbox sample` as a user types it."""

import json
from pathlib import Path

import pytest

from pillarbox.cli.app import main
from pillarbox.samples.sampler import SampleError, Sampler, reading_code

ROOT = Path(__file__).parents[2]
ZOOM = ROOT / "specs" / "zoom.postman_collection.json"
NAMES = ("Get a user token", "get a user TOKEN", "users.get_token", "GET /users/{userId}/token")


def run(capfd: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main(["sample", *map(str, arguments)])
    out, err = capfd.readouterr()
    return code, out, err


@pytest.mark.parametrize("name", NAMES)
def test_a_request_is_found_by_each_of_its_names(capfd: pytest.CaptureFixture[str], name: str) -> None:
    code, out, err = run(capfd, ZOOM, name, "--language", "delphi-chilkat")
    assert (code, err) == (0, "")
    assert "userId := 'me';" in out
    assert "resp := http.QuickRequestParams('GET',url,queryParams.ControlInterface);" in out
    assert "GetEnvironmentVariable('ZOOM_ACCESS_TOKEN')" in out
    assert ":userId" not in out and "<access_token>" not in out


def test_everything_that_the_page_does(capfd: pytest.CaptureFixture[str]) -> None:
    """The call sequence of the page that the project began from, in its order."""
    _, out, _ = run(capfd, ZOOM, NAMES[0], "--language", "delphi-chilkat")
    sequence = (
        "http := TChilkatHttp.Create(Self);", "http.AuthToken := ", "queryParams := TChilkatJsonObject.Create(Self);",
        "queryParams.UpdateString('type','zak');", "queryParams.UpdateInt('ttl',", "http.QuickRequestParams('GET',",
        "if (http.LastMethodSuccess = 0) then", "Memo1.Lines.Add(http.LastErrorText);", "Exit;",
        "sbResponseBody := TChilkatStringBuilder.Create(Self);", "resp.GetBodySb(sbResponseBody.ControlInterface);",
        "respStatusCode := resp.StatusCode;", "'Response Status Code = ' + IntToStr(respStatusCode)",
        "if (respStatusCode >= 400) then", "'Response Header:'", "resp.Header", "'Failed.'", "jResp := TChilkatJsonObject.Create(Self);",
        "jResp.LoadSb(sbResponseBody.ControlInterface);", "jResp.EmitCompact := 0;", "jResp.Emit()", "token := jResp.StringOf('token');",
    )  # fmt: skip
    place = 0
    for piece in sequence:
        place = out.find(piece, place)
        assert place >= 0, piece


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        ((ZOOM, "Get a user tokn", "-l", "curl"), "did you mean 'Get a user token'?"),
        ((ZOOM, NAMES[0], "-l", "delphi-chilcat"), "did you mean 'delphi-chilkat'?"),
        ((ZOOM, NAMES[0], "-l", "cobol"), "no language 'cobol'"),
        ((ZOOM, NAMES[0]), "--language"),
        ((ZOOM, "-l", "curl"), "NAME"),
        ((ZOOM, "--all"), "--output"),
        ((), "--list"),
        (("missing.json", "x", "-l", "curl"), "no such file"),
        (("--json", "missing.json", "-l", "curl"), "cannot be read"),
        (("--json", ROOT / "Makefile", "-l", "curl"), "is no JSON"),
        (("--json", ZOOM), "--language"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    capfd: pytest.CaptureFixture[str], arguments: tuple[object, ...], hint: str
) -> None:
    code, out, err = run(capfd, *arguments)
    assert (code, out) == (2, "")
    assert hint in err and err.count("\n") == 1


def test_lists(capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capfd, "--list")
    assert code == 0 and "delphi-chilkat" in out
    code, out, _ = run(capfd, ZOOM, "--list")
    assert code == 0 and "users.get_token" in out and "GET /users/{userId}/token" in out


def test_all_requests_as_files(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, _ = run(capfd, ZOOM, "--all", "-l", "curl", "--output", tmp_path / "samples")
    assert code == 0 and "1 written" in out
    text = (tmp_path / "samples" / "curl" / "users" / "get_token.sh").read_text(encoding="utf-8")
    assert text == run(capfd, ZOOM, NAMES[0], "-l", "curl")[1]
    assert "0 written" in run(capfd, ZOOM, "--all", "-l", "curl", "--output", tmp_path / "samples")[1]


def test_reading_code_of_a_file(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "answer.json"
    file.write_text('\ufeff{"users": [{"id": 1}]}', encoding="utf-8")
    code, out, _ = run(capfd, "--json", file, "-l", "python-httpx2")
    assert code == 0 and 'for user in answer["users"]:' in out
    file.write_text("{}", encoding="utf-8")
    assert run(capfd, "--json", file, "-l", "curl")[0] == 2


def test_two_requests_of_one_name(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    item = {"name": "Same", "request": {"method": "GET", "url": "https://api.example.com/a"}}
    other = {"name": "Same", "request": {"method": "GET", "url": "https://api.example.com/b"}}
    spec = tmp_path / "two.json"
    schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
    spec.write_text(
        json.dumps({"info": {"name": "Two", "schema": schema}, "item": [item, other]}), encoding="utf-8"
    )
    code, _, err = run(capfd, spec, "Same", "-l", "curl")
    assert code == 2 and "names 2 operations" in err


def test_the_same_from_python() -> None:
    sampler = Sampler(ZOOM)
    assert "ZOOM_ACCESS_TOKEN" in sampler.sample(NAMES[0], "curl")
    assert [one.public for one in sampler.operations()] == ["users.get_token"]
    assert 'answer["token"]' in reading_code('{"token": "x"}', "python-httpx2")
    with pytest.raises(SampleError):
        sampler.sample("nothing", "curl")
