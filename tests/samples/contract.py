"""The contract: one Postman collection of small requests that every language has to send and to read rightly."""

import json
from typing import Any

__all__ = ["CASES", "HOSTILE", "collection"]

HOSTILE = (
    'it\'s "quoted"',
    "two\nlines",
    "sep\u2028arator",
    "$(touch pwned) `id` ${HOME} #{1+1}",
    "100% %41 %s %n",
    "@file",
    "-rf",
    "back\\slash\\n\\",
    "emoji \U0001f600 é ü",
    "<b>&amp;</b> ?> */ // -- {{{x}}",
    "x" * 600,
)
"""What stands in every position of the cases below."""

Item = dict[str, Any]


def _pair(key: str, value: str | None = "", **rest: Any) -> Item:
    return {"key": key, "value": value, **rest}


def _url(path: str, query: list[Item] | None = None, variable: list[Item] | None = None) -> Item:
    made: Item = {"raw": f"{{{{baseUrl}}}}/{path}", "host": ["{{baseUrl}}"], "path": path.split("/")}
    if query is not None:
        made["query"] = query
    if variable is not None:
        made["variable"] = variable
    return made


def _answer(body: Any, status: int = 200) -> Item:
    text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    kind = "text/plain" if isinstance(body, str) and not body.startswith('"') else "application/json"
    return {
        "name": "Saved",
        "code": status,
        "status": "OK",
        "_postman_previewlanguage": "text" if kind == "text/plain" else "json",
        "header": [_pair("Content-Type", kind)],
        "body": text,
    }


def _item(name: str, method: str, url: Item, answer: Any = None, **request: Any) -> Item:
    responses = [] if answer is None else [_answer(answer)]
    return {"name": name, "request": {"method": method, "url": url, **request}, "response": responses}


def _raw(text: str, language: str = "json") -> Item:
    return {"mode": "raw", "raw": text, "options": {"raw": {"language": language}}}


def _auth(kind: str, **values: str) -> Item:
    return {"type": kind, kind: [_pair(key, value, type="string") for key, value in values.items()]}


_OK = {"ok": True}
_USERS = {
    "page": {"size": 2, "next": None},
    "users": [
        {"id": 1, "name": "Ada", "roles": ["admin", "ops"], "address": {"city": "Linz", "zip": "4020"}},
        {"id": 2, "name": "Bob", "roles": [], "rate": 1.5, "address": {"city": "Graz"}},
    ],
}


def _addresses() -> list[Item]:
    return [
        _item("Plain get", "GET", _url("status"), {"state": "fine", "count": 3, "load": 0.25, "busy": False}),
        _item("Path variable", "GET", _url("users/:userId/token", None, [_pair("userId", "me")]), {"token_type": "zak"}),
        _item(
            "Two path variables", "GET",
            _url("o/:orgId/u/:userId", None, [_pair("orgId", "a/b c"), _pair("userId", "50%?#&+é;'")]), _OK,
        ),
        _item("Mixed segment", "GET", _url("files/{{name}}.{{format}}"), _OK),
        _item("Query", "GET", _url("search", [_pair("type", "zak"), _pair("ttl", "3600")]), _OK),
        _item("Query duplicates", "GET", _url("search", [_pair("id", "1"), _pair("id", "2"), _pair("id", "3")]), _OK),
        _item("Query empties", "GET", _url("search", [_pair("empty", ""), _pair("many", ""), _pair("many", "x")]), _OK),
        _item("Query flags", "GET", _url("search", [_pair("flag", None), _pair("q", "a b&c=d+e")]), _OK),
        _item("Query names", "GET", _url("search", [_pair("filter[name]", "x"), _pair("a.b", "y"), _pair("$top", "5")]), _OK),
        _item(
            "Hostile query", "GET",
            _url("search", [_pair(f"q{number}", text) for number, text in enumerate(HOSTILE)]), _OK,
        ),
        _item(
            "Hostile path", "GET",
            _url("items/:item", None, [_pair("item", "$(touch pwned)`id`'\"\\é\U0001f600 %41")]), _OK,
        ),
        _item("Names collide", "GET", _url("c/:type/:class/:url", [_pair("Type", "q")],
              [_pair("type", "one"), _pair("class", "two"), _pair("url", "three")]),
              {"type": "t", "class": "c", "url": "u", "Type": "T", "begin": "b", "response": "r", "end": 1}),
    ]  # fmt: skip


def _headers() -> list[Item]:
    hostile = [
        _pair(f"X-Text-{number}", text)
        for number, text in enumerate(HOSTILE)
        if "\n" not in text and all(ord(letter) < 256 for letter in text)
    ]
    return [
        _item(
            "Headers",
            "GET",
            _url("h"),
            _OK,
            header=[_pair("X-Trace", "abc"), _pair("Accept", "application/json")],
        ),
        _item("Hostile headers", "GET", _url("h"), _OK, header=hostile),
        _item("Empty header", "GET", _url("h"), _OK, header=[_pair("X-Empty", ""), _pair("X-After", "1")]),
        _item("Own user agent", "GET", _url("h"), _OK, header=[_pair("User-Agent", "probe/1.0 'x'")]),
        _item(
            "Latin-1 header",
            "GET",
            _url("h"),
            _OK,
            header=[_pair("X-Name", "Zoë's ü"), _pair("X-After", "1")],
        ),
        _item("Cookies", "GET", _url("h"), _OK, header=[_pair("Cookie", "theme=dark; lang=de")]),
    ]


def _auths() -> list[Item]:
    cases = [
        ("Bearer", _auth("bearer", token="{{token}}")),
        ("OAuth 2", {"type": "oauth2"}),
        ("Basic", _auth("basic", username="{{user}}", password="{{pass}}")),
        ("Key in a header", _auth("apikey", key="X-Api-Key", value="{{key}}", **{"in": "header"})),
        ("Key in the query", _auth("apikey", key="api_key", value="{{key}}", **{"in": "query"})),
        ("Signed elsewhere", {"type": "hawk"}),
    ]
    made = [_item(f"{name} auth", "GET", _url("private"), _OK, auth=auth) for name, auth in cases]
    with_query = _url("private", [_pair("a", "1"), _pair("flag", None)])
    made.append(_item("Key beside a flag", "GET", with_query, _OK, auth=cases[4][1]))
    made.append(
        _item("Bearer with a body", "POST", _url("private"), _OK, auth=cases[0][1], body=_raw('{"a": 1}'))
    )
    return made


def _bodies() -> list[Item]:
    deep = {
        "a": {"b": [{"c": [1, 2, [3, []]]}, {}]},
        "n": None,
        "t": True,
        "f": 1.25,
        "big": 9007199254740993,
        "e": "",
    }
    hostile = {f"k{number} {text}": text for number, text in enumerate(HOSTILE)}
    form = [_pair("name", "A b"), _pair("tag", "1"), _pair("tag", ""), _pair("empty", "")]
    return [
        _item("JSON object", "POST", _url("json"), {"id": 7}, body=_raw(json.dumps(deep))),
        _item("JSON array", "PUT", _url("json"), _OK, body=_raw('[1, "two", {"three": 3}]')),
        _item("JSON string", "POST", _url("json"), _OK, body=_raw('"it\'s @text"')),
        _item("Hostile JSON", "POST", _url("json"), _OK, body=_raw(json.dumps(hostile, ensure_ascii=False))),
        _item("JSON of another type", "PATCH", _url("json"), _OK, header=[_pair("Content-Type", "application/merge-patch+json")],
              body=_raw('{"a": null}')),
        _item("Invalid JSON body", "POST", _url("json"), _OK, body=_raw('{"a": 1, oops: @x, "it\'s": `no`\n')),
        _item("DELETE with a body", "DELETE", _url("json"), _OK, body=_raw('{"reason": "old"}')),
        _item("GET with a body", "GET", _url("json"), _OK, body=_raw('{"query": {"match_all": true}}')),
        _item("Form", "POST", _url("form"), _OK, body={"mode": "urlencoded", "urlencoded": form}),
        _item("Hostile form", "POST", _url("form"), _OK, body={"mode": "urlencoded", "urlencoded": [
            _pair(f"f{number} {text[:20]}", text) for number, text in enumerate(HOSTILE)]}),
        _item("Multipart", "POST", _url("upload"), _OK, body={"mode": "formdata", "formdata": [
            _pair("title", "My photo", type="text"), {"key": "photo", "type": "file", "src": "/tmp/my photo.png"},
            _pair("meta", '{"a": 1}', type="text", contentType="application/json")]}),
        _item("Hostile multipart", "POST", _url("upload"), _OK, body={"mode": "formdata", "formdata": [
            *(_pair(f"m{number}", text, type="text") for number, text in enumerate(HOSTILE)),
            {"key": "file", "type": "file", "src": "@-o'\"$(x).txt"}]}),
        _item("Multipart names", "POST", _url("upload"), _OK, body={"mode": "formdata", "formdata": [
            _pair("a[b]", "1", type="text"), _pair("c d", "2;type=x", type="text"), _pair("@e", "<f", type="text")]}),
        _item("XML", "POST", _url("xml"), _OK, header=[_pair("Content-Type", "text/xml; charset=utf-8")],
              body=_raw("<?xml version=\"1.0\"?>\n<a b='1'>é &amp; $(x)</a>\n", "xml")),
        _item("Plain text", "POST", _url("text"), _OK, body=_raw("\n".join(HOSTILE), "text")),
        _item("Text of one word", "POST", _url("text"), _OK, body=_raw("-@word", "text")),
        _item("Binary file", "PUT", _url("binary"), _OK, body={"mode": "file", "file": {"src": "/tmp/data.bin"}}),
        _item("GraphQL", "POST", _url("graphql"), {"data": {"user": {"id": "7"}}}, body={"mode": "graphql", "graphql": {
            "query": "query Q($id: ID!) {\n  user(id: $id) { id } # it's \"fine\"\n}", "variables": '{"id": "7"}'}}),
        _item("NUL in JSON", "POST", _url("json"), _OK, body=_raw('{"a": "x\\u0000y", "b": "\\u0001\\u001b"}')),
        _item("NUL in a text", "POST", _url("text"), _OK, body=_raw("a\0b\\0c", "text")),
        _item("NUL in a form", "POST", _url("form"), _OK, body={"mode": "urlencoded", "urlencoded": [_pair("a", "x\0y")]}),
        _item("Large body", "POST", _url("json"), _OK, body=_raw(json.dumps({"text": "it's 100% $(x) " * 12_000}))),
        _item("No body", "POST", _url("empty"), _OK),
        _item("Odd method", "PURGE", _url("cache"), _OK),
    ]  # fmt: skip


def _answers() -> list[Item]:
    large = {"rows": [{"id": number, "text": "lorem ipsum " * 20} for number in range(8_000)], "total": 8_000}
    hostile = {
        "texts": list(HOSTILE),
        "it's \"a\" key": "quote", "a.b": "dot", "$key": "dollar", "k[0]": "bracket", "": "empty", "über": "umlaut",
        "\u540d\u524d": "name", "emoji \U0001f600": "emoji", "back\\slash": "back", "new\nline": "line", "-dash": "dash", "%s": "percent",
    }  # fmt: skip
    return [
        _item("No saved answer", "GET", _url("a")),
        _item("Text answer", "GET", _url("a"), "it's plain\ntext"),
        _item("Nested answer", "GET", _url("a"), _USERS),
        _item("Array answer", "GET", _url("a"), [{"id": 1, "ok": True}, {"id": 2, "ok": False}]),
        _item("Array of scalars", "GET", _url("a"), ["one", "two's"]),
        _item("Arrays of arrays", "GET", _url("a"), {"grid": [[1, 2], [3], []], "cube": [[["a"], ["b"]], [["c"]]]}),
        _item("Scalar answer", "GET", _url("a"), '"just text"'),
        _item("Hostile answer", "GET", _url("a"), hostile),
        _item("Large answer", "GET", _url("a"), large),
        _item("Numbers", "GET", _url("a"), {"zero": 0, "minus": -5, "big": 2147483648, "double": -0.5, "exp": 1.5e300, "int_or_float": [1, 2.5]}),
        _item("Optional fields", "GET", _url("a"), {"items": [{"a": 1}, {"a": None, "b": "x"}, {"b": None, "c": {"d": True}}]}),
        _item("Nulls and empties", "GET", _url("a"), {"n": None, "list": [], "object": {}, "text": "", "mixed": [1, "a", None, True]}),
        _item("Ends of texts", "GET", _url("a"), {"newline": "a\n", "two": "b\n\n", "space": " c ", "cr": "d\r", "tab": "\t"}),
        _item("NUL in an answer", "GET", _url("a"), {"a": "x\0y", "b": 1}),
        _item("Huge integers", "GET", _url("a"), {"a": 9007199254740993, "b": -9223372036854775808, "c": 2**31}),
        _item("Colliding fields", "GET", _url("a"), {"id": 1, "user": {"id": 2}, "users": [{"id": 3, "user": {"id": 4}}], "user_id": 5, "userId": 6}),
    ]  # fmt: skip


CASES: tuple[Item, ...] = (*_addresses(), *_headers(), *_auths(), *_bodies(), *_answers())


def collection(base_url: str) -> Item:
    """The contract as a Postman collection of an API at this address."""
    return {
        "info": {
            "name": "Contract",
            "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
        },
        "item": list(CASES),
        "variable": [_pair("baseUrl", base_url), _pair("name", "re port"), _pair("format", "csv")],
        "auth": {"type": "noauth"},
    }
