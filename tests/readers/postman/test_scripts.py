"""Which request yields which variable, told from the text of its tests."""

from typing import Any

import pytest

from pillarbox.model.api import Location
from pillarbox.readers.postman.scripts import yields
from tests.readers.conftest import ReadCollection


def _tests(*lines: str, listen: str = "test") -> list[dict[str, Any]]:
    return [{"listen": listen, "script": {"exec": list(lines)}}]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ('pm.environment.set("token", json.token);', ("token",)),
        ("pm.collectionVariables.set('a-b', pm.response.json().id)", ("a-b",)),
        ("pm.globals.set( `x` , a)", ("x",)),
        ('postman.setEnvironmentVariable("e", a); postman.setGlobalVariable("g", b)', ("e", "g")),
        ('pm.environment.set("auth", "Bearer " + json.token)', ("auth",)),
        ('pm.environment.set("a", "")', ()),
        ('pm.environment.set("a", 5); pm.environment.set("b", true)', ()),
        ('pm.environment.set("now", new Date().toISOString())', ()),
        ('// pm.environment.set("a", b)', ()),
        ('/* pm.environment.set("a", b) */ pm.environment.set("c", d)', ("c",)),
        ('var u = "https://x"; pm.environment.set("c", d)', ("c",)),
        ("pm.environment.set(`a${n}`, b)", ()),
        ('pm.environment.unset("a"); pm.variables.set("b", c)', ()),
    ],
)
def test_variables_that_a_test_sets(line: str, names: tuple[str, ...]) -> None:
    assert yields(_tests(line)) == names
    assert yields([{"listen": "test", "script": {"exec": line}}]) == names


def test_only_tests_that_are_switched_on_count() -> None:
    line = 'pm.environment.set("token", json.token);'
    assert yields(_tests(line, listen="prerequest")) == ()
    assert yields([{**_tests(line)[0], "disabled": True}]) == ()
    assert (
        yields(None)
        == yields([{"listen": "test"}])
        == yields([{"listen": "test", "script": {"exec": 5}}])
        == ()
    )


def test_a_hostile_script_ends_soon() -> None:
    assert yields(_tests('pm.environment.set("' * 20_000)) == ()
    assert yields(_tests("/*" * 100_000)) == ()
    assert yields(_tests("`" + "'\"" * 100_000)) == ()


LOGIN = {
    "name": "Login",
    "request": {"method": "POST", "url": "https://a.example/login"},
    "event": _tests(
        "const j = pm.response.json();", 'pm.environment.set("who", j.id);', 'pm.environment.set("t", j.t);'
    ),
}


@pytest.mark.parametrize(
    ("request_", "place", "wire"),
    [
        ({"url": "https://a.example/u/{{who}}"}, Location.PATH, "who"),
        (
            {
                "url": {
                    "raw": "",
                    "host": ["a"],
                    "path": ["u", ":id"],
                    "variable": [{"key": "id", "value": "{{who}}"}],
                }
            },
            Location.PATH,
            "id",
        ),
        ({"url": "https://a.example/u?user={{who}}"}, Location.QUERY, "user"),
        (
            {"url": "https://a.example/u", "header": [{"key": "X-Who", "value": "{{who}}"}]},
            Location.HEADER,
            "X-Who",
        ),
        (
            {
                "method": "POST",
                "url": "https://a.example/u",
                "body": {"mode": "raw", "raw": '{"by": "{{who}}"}'},
            },
            None,
            "by",
        ),
        (
            {
                "method": "POST",
                "url": "https://a.example/u",
                "body": {"mode": "urlencoded", "urlencoded": [{"key": "by", "value": "{{who}}"}]},
            },
            None,
            "by",
        ),
        (
            {
                "method": "POST",
                "url": "https://a.example/u",
                "body": {"mode": "raw", "raw": "<a>{{who}}</a>"},
            },
            None,
            "who",
        ),
    ],
)
def test_who_needs_it_knows_where_it_comes_from(
    read_collection: ReadCollection, request_: Any, place: Location | None, wire: str
) -> None:
    login, user = read_collection(LOGIN, {"name": "User", "request": request_}).api.operations
    (source,) = user.sources
    assert (source.location, source.wire, source.operations) == (place, wire, (login.origin,))
    assert login.sources == ()


def test_a_request_is_no_source_for_itself(read_collection: ReadCollection) -> None:
    again = {**LOGIN, "request": {"url": "https://a.example/u/{{who}}"}}
    (operation,) = read_collection(again).api.operations
    assert operation.sources == ()


@pytest.mark.parametrize(
    "member",
    [
        {"auth": {"type": "bearer", "bearer": [{"key": "token", "value": "{{t}}"}]}},
        {"auth": {"type": "oauth2", "oauth2": [{"key": "accessToken", "value": "{{t}}"}]}},
        {"header": [{"key": "Authorization", "value": "Bearer {{t}}"}]},
    ],
)
def test_a_credential_knows_where_it_comes_from(read_collection: ReadCollection, member: Any) -> None:
    api = read_collection(LOGIN, {"name": "User", "request": {"url": "https://a.example/u", **member}}).api
    (scheme,) = api.security_schemes
    assert api.credential_sources == ((scheme.key, (api.operations[0].origin,)),)
