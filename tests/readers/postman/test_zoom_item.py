"""The item that the project began from, word for word where it matters."""

from pillarbox.model.api import ErrorCase, Location
from pillarbox.model.types import Enumeration, Field, Object, Scalar, ScalarKind

from ..conftest import ReadCollection

ITEM = {
    "name": "Get a user token",
    "request": {
        "auth": {"type": "oauth2"},
        "method": "GET",
        "header": [],
        "url": {
            "raw": "{{baseUrl}}/users/:userId/token?type=zak&ttl=68423085",
            "host": ["{{baseUrl}}"],
            "path": ["users", ":userId", "token"],
            "query": [
                {
                    "key": "type",
                    "value": "zak",
                    "description": "User token types:<br>`token` - Used for starting meetings.<br>`zak` - Used for the URL.",
                },
                {
                    "key": "ttl",
                    "value": "68423085",
                    "description": "Use this field with the `type` field where the value of `type` field is `zak`. If you would "
                    "like the zak token to be expired after one hour, the value of this field should be `3600`.",
                },
            ],
            "variable": [
                {
                    "key": "userId",
                    "value": "quis officia in reprehenderit",
                    "description": "(Required) The user ID or email address of the user. For user-level apps, pass the `me` "
                    "value for this parameter.",
                }
            ],
        },
        "description": "Retrieve a user's token.",
    },
    "response": [
        {
            "name": "**HTTP Status Code:** `200`<br>\nToken returned.",
            "code": 200,
            "header": [{"key": "Content-Type", "value": "application/json"}],
            "body": '{\n "token": "string"\n}',
        },
        {
            "name": "**HTTP Status Code:** `404` **Not Found**<br><br>\n**Error Code:** `1001`<br>\nUser does not exist: $userId.\n",
            "code": 404,
            "header": [{"key": "Content-Type", "value": "text/plain"}],
            "body": "",
        },
    ],
}


def test_it_reads_as_a_person_would_write_it(read_collection: ReadCollection) -> None:
    found = read_collection(
        {"name": "Users", "description": "The people in a Zoom account.", "item": [ITEM]},
        variable=[{"key": "baseUrl", "value": "https://api.zoom.us/v2"}],
    )
    (operation,) = found.api.operations
    assert operation.resource == ("Users",)
    assert [(resource.path, resource.doc) for resource in found.api.resources] == [
        (("Users",), "The people in a Zoom account.")
    ]
    assert operation.identity.route == "GET /users/{userId}/token"
    assert operation.identity.folder == ("Users", "Get a user token")
    assert operation.security == (("oauth2",),)
    user, kind, ttl = operation.parameters
    assert (user.location, user.wire, user.required) == (Location.PATH, "userId", True)
    assert user.doc.startswith("The user ID or email")
    assert kind.type == Enumeration(
        ("token", "zak"), open=True, docs=("Used for starting meetings.", "Used for the URL.")
    )
    assert ttl.type == Scalar(ScalarKind.INTEGER)
    examples = [parameter.example for parameter in operation.parameters]
    assert [example and example.value for example in examples] == ["me", "zak", 3600]
    assert [example and example.as_written for example in examples] == [
        "quis officia in reprehenderit",
        None,
        "68423085",
    ]
    good, bad = operation.responses
    assert isinstance(good.type, Object)
    (token,) = good.type.fields
    assert isinstance(token, Field)
    assert (token.wire, token.required) == ("token", True)
    assert good.examples[0].json == {"token": "example-token"}
    assert (good.doc, bad.type, bad.media_type) == ("Token returned.", None, "")
    (case,) = operation.errors
    assert isinstance(case, ErrorCase)
    assert (case.status, case.code, case.text) == (404, 1001, "User does not exist: $userId.")
    assert (found.redacted, found.problems) == (0, ())


def test_words_can_close_a_list(read_collection: ReadCollection) -> None:
    def kind(description: str, value: str = "a") -> object:
        query = [{"key": "type", "value": value, "description": description}]
        item = {"name": "r", "request": {"url": {"protocol": "https", "host": ["a"], "query": query}}}
        (parameter,) = read_collection(item).api.operations[0].parameters
        assert "can only be" not in parameter.doc
        return parameter.type

    assert kind("Words. (This can only be one of a,b)") == Enumeration(("a", "b"), open=False)
    assert kind("`a` - A.<br>`b` - B. (This can only be one of a,b)") == Enumeration(
        ("a", "b"), open=False, docs=("A.", "B.")
    )
    assert kind("`a` - A.<br>`c` - C. (This can only be one of a,b)") == Enumeration(
        ("a", "b", "c"), open=True, docs=("A.", "", "C.")
    )
    assert kind("(This can only be one of 1,2)", "1") == Enumeration((1, 2), open=False)
    assert kind("(This can only be one of 1,2)", "<integer>") == Enumeration((1, 2), open=False)
    assert kind("(This can only be one of 1,2)", "<string>") == Enumeration(("1", "2"), open=False)
    assert kind("`true`: Yes.<br>`false`: No.", "<boolean>") == Scalar(ScalarKind.BOOLEAN)
