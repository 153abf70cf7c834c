"""Saved responses: status, media type, types, failures."""

from typing import Any

import pytest

from pillarbox.model.api import Operation, SavedExample
from pillarbox.model.types import Anything, Array, Map, Object, Scalar, ScalarKind
from pillarbox.readers.error_names import error_of_body, named

from ..conftest import ReadCollection, ReadRequest

URL = "https://a.example/x"
STRING, INTEGER = Scalar(ScalarKind.STRING), Scalar(ScalarKind.INTEGER)
JSON = [{"key": "Content-Type", "value": "application/json; charset=utf-8"}]


def _answer(code: Any, body: Any, **more: Any) -> dict[str, Any]:
    return {"name": "Answer", "code": code, "header": JSON, "body": body, **more}


@pytest.mark.parametrize(
    ("name", "status", "text", "cases"),
    [
        (
            "**HTTP Status Code:** `404` **Not Found**<br><br>\n**Error Code:** `1001`<br>\nUser does not exist: $userId.\n",
            404,
            "",
            ((1001, "User does not exist: $userId."),),
        ),
        ("**HTTP Status Code:** `200`<br>\nToken returned.", 200, "Token returned.", ()),
        (
            "**Status Code:** `404`<br>\nNot found.<br>\n**Error Code:** `4130`<br>\nGone: {id}.",
            404,
            "Not found.",
            ((4130, "Gone: {id}."),),
        ),
        (
            "**HTTP Status Code**: `404`<br>**Error Code:**`1`<br>A<br>\n**Error Code:** `2`<br>B",
            404,
            "",
            ((1, "A"), (2, "B")),
        ),
        ("**Error Code:** `300`<br>A\n**Error Code:** `300`<br>B", None, "", ((300, "A\nB"),)),
        ("**Error Code:** `14_006`<br>A", None, "", (("14_006", "A"),)),
        ("**Error Code:** `007`<br>A", None, "", (("007", "A"),)),
        (
            "**Error Code:** `200`<br>Paid only.\n\n**HTTP Status Code:** `200`<br>\nListed.",
            200,
            "Listed.",
            ((200, "Paid only."),),
        ),
        (
            "**HTTP Status Code:** <br>\nNot found.<br>\n**Error Code:** `1`<br>A",
            None,
            "Not found.",
            ((1, "A"),),
        ),
        ("404", 404, "", ()),
        ("Pet not found", None, "Pet not found", ()),
        ("Returns the status code of the job", None, "Returns the status code of the job", ()),
        ("", None, "", ()),
    ],
)
def test_names(name: str, status: int | None, text: str, cases: tuple[tuple[str | int, str], ...]) -> None:
    found = named(name)
    assert (found.status, found.text, found.cases) == (status, text, cases)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"code": "E" * 80}, ("E" * 80, "")),
        ({"code": "E" * 81}, (None, "E" * 81)),
        ({"code": "not found"}, (None, "not found")),
        ({"code": "E" * 81, "message": "Gone"}, (None, "Gone")),
        ({"error": {"code": 7, "message": "Gone"}}, (7, "Gone")),
    ],
)
def test_a_long_code_is_a_message(body: Any, expected: tuple[str | int | None, str]) -> None:
    assert error_of_body(body) == expected


@pytest.mark.parametrize("piece", ["*", "<br>", " ", "**Error Code:** ", "Error Code", "HTTP Status ", "`"])
def test_long_names_take_linear_time(piece: str) -> None:
    named(piece * (1_000_000 // len(piece)))


@pytest.mark.parametrize(
    ("answer", "media_type", "kind"),
    [
        (_answer(200, '{"a": 1}'), "application/json", Object),
        (_answer(200, '{"a": 1}', header=None), "application/json", Object),
        (_answer(200, "[]", header=[], _postman_previewlanguage="json"), "application/json", Array),
        (_answer(200, "{}"), "application/json", Map),
        (_answer(200, '"<string>"'), "application/json", STRING),
        (_answer(200, "<long>"), "application/json", INTEGER),
        (_answer(200, {"a": 1}), "application/json", Object),
        (_answer(200, "null"), "application/json", Anything),
        (_answer(200, "{broken"), "text/plain", STRING),
        (_answer(200, "[" * 300), "text/plain", STRING),
        (_answer(200, "<a/>", header="Content-Type: text/xml"), "text/xml", STRING),
        (_answer(200, "{}", header="Content-Type: text/html"), "text/html", STRING),
        (
            _answer(200, "%PDF", header="Content-Type: application/pdf"),
            "application/pdf",
            Scalar(ScalarKind.BINARY),
        ),
        (_answer(200, "hello", header=[]), "text/plain", STRING),
        (_answer(200, "", header=JSON), "", None),
        (_answer(200, None), "", None),
        (_answer(204, "{}"), "", None),
    ],
)
def test_media_types(read_request: ReadRequest, answer: Any, media_type: str, kind: Any) -> None:
    (response,) = read_request({"url": URL}, response=[answer]).responses
    assert (response.status, response.media_type) == (answer["code"], media_type)
    assert response.type == kind or isinstance(response.type, kind)
    assert len(response.examples) == 1


def test_answers_of_a_status_are_merged(read_request: ReadRequest) -> None:
    answers = [
        _answer(200, '{"id": 1, "name": "a", "tags": []}'),
        _answer(200, '{"id": 2.5, "name": null, "tags": ["x"], "extra": true}'),
        _answer(200, "text only", header=[]),
        _answer(201, '{"other": 1}'),
        _answer("404", '{"message": "gone"}'),
    ]
    operation = read_request({"url": URL}, response=answers)
    assert [(response.status, len(response.examples)) for response in operation.responses] == [
        (200, 2),
        (201, 1),
        (404, 1),
    ]
    merged = operation.responses[0].type
    assert isinstance(merged, Object)
    assert [(field.wire, field.required) for field in merged.fields] == [
        ("id", True),
        ("name", True),
        ("tags", True),
        ("extra", False),
    ]


def test_a_success_that_names_an_error_code_is_a_failure(read_request: ReadRequest) -> None:
    answers = [
        {"name": "**Error Code:** `200`<br>Paid accounts only.", "code": 200, "body": None},
        _answer(201, '{"id": 1}'),
    ]
    operation = read_request({"url": URL}, response=answers)
    assert [response.status for response in operation.responses] == [201]
    assert [(case.status, case.code, case.text) for case in operation.errors] == [
        (200, 200, "Paid accounts only.")
    ]


def test_it_stays_where_it_is_the_only_success(read_request: ReadRequest) -> None:
    answers = [{"name": "**Error Code:** `200`<br>Paid accounts only.", "code": 200}]
    assert [response.status for response in read_request({"url": URL}, response=answers).responses] == [200]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (_answer(422, '{"errorCode": "14_006", "message": "Bad."}', name="x"), [(422, "14_006", "Bad.")]),
        (_answer(400, '{"error": {"code": 7, "message": "Bad."}}', name="x"), [(400, 7, "Bad.")]),
        (_answer(400, '{"errors": [{"code": "A1", "detail": "Bad."}]}', name="x"), [(400, "A1", "Bad.")]),
        (
            _answer(400, '{"error": "invalid_grant", "error_description": "Bad."}', name="x"),
            [(400, "invalid_grant", "Bad.")],
        ),
        (_answer(404, '{"code": "<integer>", "message": "<string>"}', name="Gone"), [(404, None, "Gone")]),
        (_answer(404, "", name="Gone"), [(404, None, "Gone")]),
        (_answer(404, "", name="", status="Not Found"), [(404, None, "Not Found")]),
        (_answer(300, "", name="Old"), [(300, None, "Old")]),
        (_answer(302, "", name="Moved"), []),
        (_answer(200, "", name="Fine"), []),
    ],
)
def test_error_cases(read_request: ReadRequest, answer: Any, expected: list[Any]) -> None:
    operation = read_request({"url": URL}, response=[answer])
    assert [(case.status, case.code, case.text) for case in operation.errors] == expected


def test_one_case_a_status_and_code(read_request: ReadRequest) -> None:
    answers = [_answer(400, "", name=f"**Error Code:** `1`<br>{words}") for words in ("A", "B", "A")]
    (case,) = read_request({"url": URL}, response=answers).errors
    assert case.text == "A\nB"


def test_a_default_answer_has_no_status(read_collection: ReadCollection) -> None:
    def operation(*answers: Any) -> Operation:
        item = {"name": "r", "request": {"url": URL}, "response": list(answers)}
        return read_collection(item).api.operations[0]

    alone = operation(_answer(None, '{"a": 1}')).responses
    assert [(response.status, response.examples[0].status) for response in alone] == [(None, 200)]
    beside = operation(_answer(None, '{"a": 1}'), _answer(200, "")).responses
    assert [(response.status, response.examples[0].status) for response in beside] == [
        (None, 500),
        (200, 200),
    ]


def test_examples_are_concrete(read_request: ReadRequest) -> None:
    body = (
        '{"id": "<long>", "when": "<dateTime>", "day": "<date>", "uid": "<uuid>", "email": "<email>", "on": "<boolean>", '
        '"ratio": "<double>", "name": "<string>", "text": "string", "list": "<array>", "map": "<object>", '
        '"tree": {"value": "<Circular reference to #/components/schemas/Tree detected>"}, '
        '"deep": "<Error: Too many levels of nesting to fake this schema>", "latin": "quis officia in reprehenderit"}'
    )
    (response,) = read_request({"url": URL}, response=[_answer(200, body)]).responses
    assert response.examples[0].json == {
        "id": 1,
        "when": "2026-01-31T09:30:00Z",
        "day": "2026-01-31",
        "uid": "123e4567-e89b-12d3-a456-426614174000",
        "email": "user@example.com",
        "on": True,
        "ratio": 1.5,
        "name": "Example",
        "text": "Hello",
        "list": [],
        "map": {},
        "tree": {},
        "deep": {},
        "latin": "example",
    }
    assert isinstance(response.type, Object)
    kinds = {field.wire: field.type for field in response.type.fields}
    assert kinds["when"] == Scalar(ScalarKind.DATETIME)
    assert isinstance(kinds["tree"], Anything)
    assert isinstance(kinds["deep"], Anything)


def test_headers_worth_replaying(read_request: ReadRequest) -> None:
    headers = [
        *JSON,
        {"key": "Content-Length", "value": "5"},
        {"key": "Content-Encoding", "value": "gzip"},
        {"key": "Set-Cookie", "value": "a=b"},
        {"key": "Date", "value": "today"},
        {"key": "X-Rate-Limit", "value": "<integer>"},
        {"key": "X-Number", "value": 5},
        {"key": "X-Session-Token", "value": "abcdef123456"},
        {"key": "bad name", "value": "x"},
        {"key": "X-Bad", "value": "a\r\nb"},
        {"key": "X-Wide", "value": "日"},
        {"key": None, "value": "x"},
        "text",
    ]
    (response,) = read_request({"url": URL}, response=[_answer(200, '{"a": 1}', header=headers)]).responses
    assert response.examples == (
        SavedExample(
            name="Answer",
            status=200,
            media_type="application/json",
            headers=(("X-Rate-Limit", "10"), ("X-Number", "5"), ("X-Session-Token", "example-token")),
            json={"a": 1},
        ),
    )
