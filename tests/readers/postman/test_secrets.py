"""No secret of a collection enters the model."""

from typing import Any

import pytest

from pillarbox.model.api import JsonBody, Parameter
from pillarbox.readers.secret_names import is_secret_name

from ..conftest import ReadCollection

SECRET = "sk-4f9d2c7b8a6e1035"


@pytest.mark.parametrize(
    "name",
    ["token", "accessToken", "X-Api-Key", "api_key", "apiKey", "client_secret", "password", "PASSWORD", "user-password",
     "refresh_token", "key", "private_key_pem", "tokenValue", "Authorization", "jwt", "cvv", "secretKeyProd"],
)  # fmt: skip
def test_names_that_give_a_secret_away(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize(
    "name",
    ["", "name", "monkey", "keyboard", "tokenize", "token_type", "tokenUrl", "password_expiry", "requirePassword", "page",
     "idempotency-key", "public_key", "secretary", "addTokenTo", "accessTokenUrl", "hasToken", "cvcResult"],
)  # fmt: skip
def test_names_that_do_not(name: str) -> None:
    assert not is_secret_name(name)


def _everywhere(secret: str) -> list[dict[str, Any]]:
    """One item for each place where a collection may hold a secret."""
    url = {"protocol": "https", "host": ["a", "example"], "path": ["x"]}
    pair = [{"key": "token", "value": secret}]
    places: list[dict[str, Any]] = [
        {"auth": {"type": "bearer", "bearer": pair}},
        {"auth": {"type": "bearer", "bearer": {"token": secret}}},
        {"auth": {"type": "basic", "basic": [{"key": "password", "value": secret}]}},
        {"auth": {"type": "apikey", "apikey": [{"key": "key", "value": "X-K"}, {"key": "value", "value": secret}]}},
        {"auth": {"type": "apikey", "apikey": {"key": "X-K", "value": secret}}},
        {"auth": {"type": "oauth2", "oauth2": [{"key": "clientSecret", "value": secret}, {"key": "accessToken", "value": secret}]}},
        {"auth": {"type": "awsv4", "awsv4": [{"key": "secretKey", "value": secret}]}},
        {"header": [{"key": "Authorization", "value": f"Bearer {secret}"}]},
        {"header": [{"key": "Authorization", "value": secret}]},
        {"header": [{"key": "X-Api-Key", "value": secret}]},
        {"header": [{"key": "Cookie", "value": f"theme=dark; session_token={secret}"}]},
        {"header": [{"key": "Cookie", "value": f"JSESSIONID={secret}"}]},
        {"header": f"X-Auth-Token: {secret}"},
        {"url": {**url, "query": [{"key": "api_key", "value": secret}]}},
        {"url": {**url, "query": [{"key": "key", "value": secret, "disabled": True}]}},
        {"url": f"https://a.example/x?access_token={secret}"},
        {"url": f"https://bob:{secret}@a.example/x"},
        {"url": {**url, "path": [":token"], "variable": pair}},
        {"method": "POST", "body": {"mode": "urlencoded", "urlencoded": [{"key": "client_secret", "value": secret}]}},
        {"method": "POST", "body": {"mode": "urlencoded", "urlencoded": f"password={secret}"}},
        {"method": "POST", "body": {"mode": "formdata", "formdata": [{"key": "password", "value": secret, "type": "text"}]}},
        {"method": "POST", "body": {"mode": "raw", "raw": f'{{"a": {{"password": "{secret}"}}}}'}},
        {"method": "POST", "body": {"mode": "raw", "raw": f'{{"tokens": ["{secret}"], }}', "options": {"raw": {"language": "json"}}}},
        {"method": "POST", "body": {"mode": "raw", "raw": {"apiKey": secret}}},
        {"method": "POST", "body": {"mode": "raw", "raw": f"<a><sec:Password Type='x'>{secret}</sec:Password></a>"}},
        {"method": "POST", "body": {"mode": "raw", "raw": f"grant_type=password&password={secret}"}},
        {"method": "POST", "body": {"mode": "graphql", "graphql": {"query": "{x}", "variables": f'{{"token": "{secret}"}}'}}},
    ]  # fmt: skip
    items: list[dict[str, Any]] = [
        {"name": f"r{number}", "request": {"url": url, **place}} for number, place in enumerate(places)
    ]
    answers: list[dict[str, Any]] = [
        {"code": 200, "body": f'{{"data": {{"access_token": "{secret}"}}}}'},
        {
            "code": 200,
            "body": f'{{"tokens": ["{secret}"]}}',
            "header": [{"key": "Content-Type", "value": "application/json"}],
        },
        {"code": 200, "body": {"apiKey": secret}},
        {
            "code": 200,
            "body": f"<r><token>{secret}</token></r>",
            "header": [{"key": "Content-Type", "value": "text/xml"}],
        },
        {"code": 200, "body": "", "header": [{"key": "X-Session-Token", "value": secret}]},
        {"code": 200, "body": "", "header": [{"key": "Set-Cookie", "value": f"sid={secret}"}]},
        {
            "code": 200,
            "body": "",
            "originalRequest": {"header": [{"key": "Authorization", "value": f"Bearer {secret}"}]},
        },
        {"code": 400, "body": f'{{"code": 1, "message": "x", "token": "{secret}"}}'},
    ]
    items += [
        {"name": f"s{number}", "request": {"url": url}, "response": [answer]}
        for number, answer in enumerate(answers)
    ]
    return items


@pytest.mark.parametrize("number", range(35))
def test_no_place_leaks(read_collection: ReadCollection, number: int) -> None:
    items = _everywhere(SECRET)
    assert len(items) == 35
    found = read_collection(items[number])
    assert SECRET not in repr(found)
    assert len(found.api.operations) == 1
    gone = "Set-Cookie" in str(items[number])
    assert found.redacted == (0 if gone else 1)
    assert [problem.code for problem in found.problems if problem.code == "secret-replaced"] == [
        "secret-replaced"
    ] * found.redacted


def test_a_known_secret_is_replaced_wherever_it_stands(read_collection: ReadCollection) -> None:
    found = read_collection(
        {
            "name": f"Call with {SECRET}",
            "description": f"Use `{SECRET}` here.",
            "request": {
                "url": f"https://hooks.example/services/{SECRET}?x={SECRET}",
                "description": f"curl -H 'X: {SECRET}'",
                "method": "POST",
                "body": {"mode": "raw", "raw": f"text {SECRET}"},
            },
            "response": [{"code": 200, "body": f'{{"echo": "{SECRET}"}}', "name": SECRET}],
        },
        auth={"type": "bearer", "bearer": [{"key": "token", "value": SECRET}]},
    )
    assert SECRET not in repr(found)
    assert found.redacted == 1


def test_secret_variables_are_never_examples(read_collection: ReadCollection) -> None:
    found = read_collection(
        {
            "name": "r",
            "request": {"url": "https://a.example/{{tenant}}?a={{my_password}}&b={{hidden}}&c={{plain}}"},
        },
        variable=[
            {"key": "my_password", "value": "hunter"},
            {"key": "hidden", "value": "seven", "type": "secret"},
            {"key": "plain", "value": "visible"},
            {"key": "tenant", "value": "acme"},
        ],
    )
    assert "hunter" not in repr(found)
    assert "seven" not in repr(found)
    assert [_example(parameter) for parameter in found.api.operations[0].parameters] == [
        "acme",
        "example-password",
        "example-secret",
        "visible",
    ]
    assert found.redacted == 2


def _example(parameter: Parameter) -> object:
    assert parameter.example is not None
    return parameter.example.value


@pytest.mark.parametrize(
    "value",
    ["", "<token>", "{{token}}", "string", "YOUR_API_KEY", "your-token-here", "xxxx", "****", "...", "$token", "[token]",
     "Insert your key", "null", "api_key", "<API Key>", "?", "MY_SECRET_TOKEN"],
)  # fmt: skip
def test_what_stands_for_a_secret_is_none(read_collection: ReadCollection, value: str) -> None:
    found = read_collection(
        {
            "name": "r",
            "request": {"url": "https://a.example/x", "header": [{"key": "X-Token", "value": value}]},
        },
        auth={"type": "bearer", "bearer": [{"key": "token", "value": value}]},
    )
    assert found.redacted == 0


def test_types_of_secrets_are_kept(read_collection: ReadCollection) -> None:
    raw = '{"pin": 1234, "has_token": true, "token": null, "password": {"value": "x"}, "secret": 1.5, "cvc": "737"}'
    found = read_collection(
        {"name": "r", "request": {"url": "https://a/x", "method": "PUT", "body": {"mode": "raw", "raw": raw}}}
    )
    body = found.api.operations[0].body
    assert isinstance(body, JsonBody)
    assert body.example is not None
    assert body.example.value == {
        "pin": 0,
        "has_token": True,
        "token": None,
        "password": {"value": "x"},
        "secret": 0,
        "cvc": "example-cvc",
    }
    assert body.example.as_written is None


def test_ordinary_keys_and_short_words_stay(read_collection: ReadCollection) -> None:
    raw = '{"key": "vector", "shippingKey": "by-air", "name": "secret", "note": "token"}'
    found = read_collection(
        {
            "name": "secret",
            "request": {"url": "https://a/x", "method": "PUT", "body": {"mode": "raw", "raw": raw}},
        }
    )
    body = found.api.operations[0].body
    assert isinstance(body, JsonBody)
    assert body.example is not None
    assert body.example.value == {"key": "vector", "shippingKey": "by-air", "name": "secret", "note": "token"}
    assert found.redacted == 0


def test_scripts_and_files_are_not_looked_at(read_collection: ReadCollection) -> None:
    script = [{"listen": "prerequest", "script": {"exec": ["throw new Error('run')"], "src": "/etc/passwd"}}]
    found = read_collection({"name": "r", "event": script, "request": {"url": "https://a/x"}}, event=script)
    assert "passwd" not in repr(found)
    assert "throw" not in repr(found)
