"""Docstrings without noise: what says nothing is left out, what says something stays, a repetition is shortened."""

import re
from dataclasses import replace

import pytest

from pillarbox.model.api import ErrorCase, Resource as SpecResource, StatusRange
from pillarbox.python import filler
from pillarbox.text import prose

from .apis import (
    INTEGER,
    ORIGIN,
    STRING,
    Client,
    answer,
    api,
    client,
    json_body,
    operation,
    parameter,
    record,
    ref,
    schema,
)

LONG = "A cursor for use in pagination. It is the id of the last object of the page before this one, so that a call gets the next one."
CURSOR = "A cursor for use in pagination."


def _docstrings(made: Client) -> str:
    """The text of the modules up to the asynchronous classes, wrapped lines joined."""
    text = "".join(
        text.partition("\nclass Async")[0] for path, text in made.files.items() if path == "client.py"
    )
    return re.sub(r"\n {12,}(?=\S)", " ", text)


@pytest.mark.parametrize(
    "text",
    [
        "OK", "Success", "Successful operation", "200 response", "Created.", "No Content", "Default response",
        "Success (no content)", "The videos were returned.", "Video list", "List of videos", "listVideos",
        "Videos retrieved successfully.", "Status 200", "OK - the request has succeeded.", "<No description>",
        "A paginated array of videos", "Video object returned.", "Unexpected error",
    ],
)  # fmt: skip
def test_a_response_that_repeats_the_summary_says_nothing(text: str) -> None:
    status = None if text == "Unexpected error" else 200
    found = filler.response_text(
        prose.clean(text), status, "Get all videos", "videos.list", "list[models.Video]"
    )
    assert found == ""


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Only for paid accounts.", "Only for paid accounts."),
        ("The `video` key holds the video.", "The `video` key holds the video."),
        ("Videos returned. Only for paid accounts.", "Only for paid accounts."),
        ("Videos returned. They are sorted by date.", "Videos returned. They are sorted by date."),
        ("See https://videos.test", "See https://videos.test"),
    ],
)
def test_a_response_that_says_more_stays(text: str, kept: str) -> None:
    assert filler.response_text(text, 200, "Get all videos", "videos.list", "list[models.Video]") == kept


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (401, "Unauthorized"), (401, "Requires authentication"), (403, "You are not allowed to access this resource."),
        (404, "The requested resource was not found"), (422, "Validation failed"), (400, "INVALID_INPUT"),
        (429, "The request was rejected because a rate limit was exceeded."), (500, "Internal Server Error"),
        (400, "This is how the error response looks like for 4XX response codes"),
        (StatusRange.ANY, "API Error Response"), (StatusRange.CLIENT, "Client error response"),
    ],
)  # fmt: skip
def test_an_error_that_repeats_its_status_says_nothing(status: int | StatusRange, text: str) -> None:
    assert filler.error_text(text, status) == ""


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (404, "No such album exists."), (404, "ProjectNotFound"), (403, "Not a sales tax user"),
        (422, "Validation failed, or the endpoint has been spammed."), (409, "Not Found"), (451, "SEALED"),
    ],
)  # fmt: skip
def test_an_error_that_says_more_stays(status: int, text: str) -> None:
    assert filler.error_text(text, status) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("The user ID.", ""), ("userId", ""), ("ID of the user", ""), ("The unique identifier of the user.", ""),
        ("The ID of the user. The name will not do.", "The name will not do."),
        ("The user ID. You can also pass a name.", "The user ID. You can also pass a name."),
        ("The ID or the email address of the user.", "The ID or the email address of the user."),
        ("The user ID. Default: `me`.", "Default: `me`."),
    ],
)  # fmt: skip
def test_an_argument_that_repeats_its_name_has_no_text(text: str, kept: str) -> None:
    assert filler.name_text(text, "user_id", "userId", "users.get") == kept


def _repeated() -> Client:
    def listed(number: int) -> object:
        return operation(
            f"list{number}",
            f"GET /x{number}",
            [answer(INTEGER, doc="OK")],
            parameters=[parameter("after", doc=LONG), parameter("limit", doc="How many. Default: `30`.")],
            errors=[
                ErrorCase(status=404, code=None, text="Not Found", origin=ORIGIN),
                ErrorCase(status=401, code=None, text="", origin=ORIGIN),
                ErrorCase(status=400, code=7, text="Bad Request", origin=ORIGIN),
                ErrorCase(status=StatusRange.ANY, code=None, text="Error", origin=ORIGIN),
            ],
        )

    return client(api(listed(1), listed(2)))  # type: ignore[arg-type]


def test_a_text_is_whole_once_a_class_and_then_its_first_sentence() -> None:
    made = _repeated()
    for file in ("client.py", "_async/__init__.py"):
        text = re.sub(r"\n {12,}(?=\S)", " ", made.files[file])
        assert text.count(f"after: {LONG}") == 1
        assert text.count(f"after: {CURSOR}") == 2
        assert text.count("limit: How many. Default: `30`.") == 2


def test_errors_without_a_text_are_one_line_and_a_status_phrase_is_none() -> None:
    text = _docstrings(_repeated())
    assert text.count("Raises: BadRequestError: 400, code 7. StatusError: 404, 401.") == 2
    assert "Returns:" not in text


def test_one_status_keeps_the_name_of_its_exception() -> None:
    errors = [ErrorCase(status=status, code=None, text="", origin=ORIGIN) for status in (500, 503)]
    made = client(api(operation("a", "GET /a", errors=errors[:1]), operation("b", "GET /b", errors=errors)))
    text = _docstrings(made)
    assert re.findall("ServerError: .*", text) == ["ServerError: 500.", "ServerError: 500, 503."]


def test_a_failure_with_a_status_of_success_is_returned_not_raised() -> None:
    failure = ErrorCase(status=200, code=200, text="Only for paid accounts.", origin=ORIGIN)
    text = _docstrings(client(api(operation("a", "GET /a", [answer(INTEGER)], errors=[failure]))))
    assert "Returns: 200, code 200: Only for paid accounts." in text
    assert "Raises:" not in text


def test_a_description_that_repeats_the_summary_is_left_out() -> None:
    made = client(
        api(
            operation("a", "GET /a", summary="list gists", description="Lists the gists. Newest first."),
            operation("b", "GET /b", summary="Delete a gist", description="This endpoint deletes a gist."),
        )
    )
    text = made.files["client.py"]
    assert '"""List gists.\n\n        Newest first.\n\n        `GET /a`' in text
    assert '"""Delete a gist.\n\n        `GET /b`' in text


def test_without_a_summary_the_description_begins_the_docstring() -> None:
    made = client(
        api(
            operation(
                "a", "GET /a", description="Searches all customers that were ever created. It is slow."
            ),
            operation("b", "GET /b", summary="GET /b", description="Counts them."),
            operation("c", "GET /c"),
        )
    )
    text = made.files["client.py"]
    assert '"""Searches all customers that were ever created.\n\n        It is slow.\n\n' in text
    assert '"""Counts them.\n\n        `GET /b`' in text
    assert re.search(r'"""(Get c|C)\.\n\n        `GET /c`', text)


def test_a_class_whose_text_is_its_name_has_none() -> None:
    kinds = {
        "Forecast": schema("Forecast", replace(record(day=STRING), doc="Forecast object.")),
        "Report": schema("Report", replace(record(day=ref("Forecast")), doc="Forecasts of a week.")),
    }
    made = client(api(operation("get", "GET /f", ref("Report")), schemas=kinds))
    text = "".join(text for path, text in made.files.items() if path.startswith("models/"))
    assert "class Forecast(Model):\n    day: str\n" in text
    assert 'class Report(Model):\n    """Forecasts of a week."""\n' in text


def test_module_class_and_attribute_do_not_repeat_each_other() -> None:
    made = client(
        api(
            operation("list", "GET /v1/users/{id}/tokens", INTEGER, resource=("users",)),
            operation("get", "GET /v1/users/{id}", INTEGER, resource=("users",)),
            operation("list", "GET /pets", INTEGER, resource=("pets",)),
            resources=[
                SpecResource(path=("pets",), doc="Animals that live with people.", origin=ORIGIN),
                SpecResource(path=("users",), doc="Users API", origin=ORIGIN),
            ],
        )
    )
    (users,) = (text for text in made.files.values() if "class Users(Resource):" in text)
    (pets,) = (text for text in made.files.values() if "class Pets(Resource):" in text)
    assert '"""The resource `client.users`."""' in users
    assert '"""Requests to `/v1/users/{id}` and below."""' in users
    assert pets.count("Animals that live with people.") == pets.count("class ")
    shop = made.files["client.py"]
    assert '    def pets(self) -> Pets:\n        """Pets: Animals that live with people."""\n' in shop
    assert "    def users(self) -> Users:\n        from ." in shop


@pytest.mark.parametrize(
    ("paths", "text"),
    [
        (["/v1/users", "/v1/users/{id}"], "Requests to `/v1/users` and below."),
        (["/v1/users/{id}"], "Requests to `/v1/users/{id}`."),
        (["/{a}/users", "/{b}/rooms"], "Things."),
    ],
)
def test_a_resource_without_words_says_what_its_requests_have_in_common(paths: list[str], text: str) -> None:
    made = client(api(*(operation("get", f"GET {path}", INTEGER, resource=("things",)) for path in paths)))
    (things,) = (code for code in made.files.values() if "class Things(Resource):" in code)
    assert f'class Things(Resource):\n    """{text}"""\n' in things


def test_a_client_does_not_repeat_its_title() -> None:
    made = client(
        api(operation("get", "GET /a"), title="Shop v3 REST API", description="The Shop's v3 REST API.")
    )
    assert '    """Shop v3 REST API.\n\n    Args:\n' in made.files["client.py"]
    assert "The Shop's" not in made.files["API.md"]


def test_the_page_of_the_api_begins_with_an_index() -> None:
    body = json_body(record(name=STRING, note_=STRING))
    made = client(
        api(
            operation(
                "get", "GET /repos/{owner}/{repo}", INTEGER, resource=("repos",), parameters=[parameter("x")]
            ),
            operation("create", "POST /repos/forks", INTEGER, resource=("repos", "forks"), body=body),
            operation("list", "GET /repos.forks", INTEGER, resource=("repos_forks",), deprecated=True),
        )
    )
    page = made.files["API.md"]
    names = {method.qualified.rpartition(".")[0]: method.name for method in made.described.methods}
    assert (
        "- [`client.repos`](#clientrepos): 1 method\n- [`client.repos.forks`](#clientreposforks): 1 method\n"
        in page
    )
    assert f"\n## `client.repos`\n\n- `{names['repos']}(owner, repo, ...) -> int`: " in page
    assert f"\n## `client.repos.forks`\n\n- `{names['repos.forks']}(name=, ...) -> int`: " in page
    assert f"`{names['repos_forks']}() -> int`: Deprecated. " in page


def test_a_summary_of_several_sentences_is_whole() -> None:
    summary = "**Moving?** Read the [guide](https://a.example/g). It is short.\n\n---\n\nLends a book."
    made = client(api(operation("lend", "GET /books", summary=summary, description="Once a week.")))
    text, page = made.files["client.py"], made.files["API.md"]
    for sentence in ("Moving?", "It is short.", "Lends a book."):
        assert sentence in text
    assert "\n\n        Lends a book.\n" in text, "its paragraphs stay paragraphs"
    assert "Once a week." in text
    (line,) = (line for line in page.splitlines() if "`GET /books`" in line)
    assert "Moving? Read the [guide](https://a.example/g). It is short. " in line
    assert line.endswith("Lends a book (`GET /books`)")


def test_a_new_option_changes_no_line_of_the_page() -> None:
    pages = [
        client(api(operation("get", "GET /a", parameters=[parameter(wire) for wire in wires]))).files[
            "API.md"
        ]
        for wires in (["a"], ["a", "b"])
    ]
    assert pages[0] == pages[1]


def test_the_anchors_of_resources_that_are_spelled_alike_differ() -> None:
    made = client(
        api(
            operation("list", "GET /a", INTEGER, resource=("a", "bc")),
            operation("list", "GET /b", INTEGER, resource=("ab", "c")),
        )
    )
    page = made.files["API.md"]
    assert "(#clientabc)" in page and "(#clientabc-1)" in page


def test_late_imports_say_why() -> None:
    kinds = {"Tea": schema("Tea", record(cup=ref("Cup"))), "Cup": schema("Cup", record(tea_=ref("Tea")))}
    made = client(api(operation("get", "GET /tea", ref("Tea")), schemas=kinds))
    (text,) = (text for text in made.files.values() if "class Tea(Model):" in text)
    assert re.search(r"\n# At the end, because [^\n]+\nfrom \.\w+ import Cup\n\Z", text)
