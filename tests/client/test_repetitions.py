"""Texts that would be read twice: in two methods of a class, at a field and at the class of its value."""

import re
from dataclasses import replace

import pytest

from pillarbox.model.api import ErrorCase, Operation
from pillarbox.model.types import Array, Field, Object

from .apis import INTEGER, ORIGIN, STRING, answer, api, client, operation, parameter, record, ref, schema

PLANS = "Rooms are available in the plans that are called Small, Large, Grand and Royal. For more, ask the keeper of the house."
SHORT = "Rooms are available in the plans that are called Small, Large, Grand and Royal."


def _docs(*descriptions: str) -> list[str]:
    """The docstrings of methods of one class with these descriptions, their lines joined."""
    made = client(
        api(
            *(
                operation(f"run{number}", f"GET /x{number}", summary=f"Turn {number}", description=text)
                for number, text in enumerate(descriptions)
            )
        )
    )
    docs = re.findall(r'"""Turn \d\.\n\n(.*?)\n\n +`GET', made.files["client.py"], re.DOTALL)
    return [re.sub(r"(?<!\n)\n +(?=\S)", " ", text).strip() for text in docs]


@pytest.mark.parametrize(
    ("text", "later"),
    [
        (PLANS, SHORT),
        (f"- {PLANS}", f"- {PLANS}"),
        (f"{PLANS} These are:\n\n- a", f"{PLANS} These are:\n\n        - a"),
        ("A short one. It is whole.", "A short one. It is whole."),
    ],
)
def test_a_paragraph_is_whole_once_a_class(text: str, later: str) -> None:
    whole = text.replace("\n\n-", "\n\n        -")
    assert _docs(text, f"Closed on Mondays.\n\n{text}", text) == [
        whole,
        f"Closed on Mondays.\n\n        {later}",
        later,
    ]


LISTED = "`0` - Nobody at all.<br>`1` - The owner of the room.<br>`2` - The keeper."


@pytest.mark.parametrize(
    ("doc", "deprecated", "later"),
    [
        (LISTED, False, "`0` - Nobody at all. `1` - The owner of the room. `2` - The keeper."),
        (f"{SHORT} {PLANS}", True, f"Deprecated. {SHORT}"),
        (f"{SHORT} {PLANS}", False, SHORT),
    ],
)
def test_the_short_text_of_an_argument_says_what_it_is(doc: str, deprecated: bool, later: str) -> None:
    def method(number: int) -> Operation:
        only = parameter("who", doc=doc, deprecated=deprecated)
        return operation(f"run{number}", f"GET /x{number}", parameters=[only])

    text = client(api(method(1), method(2))).files["client.py"]
    _, found = re.findall(r" who: (?!str)(.*?)\n\n", text, re.DOTALL)
    assert re.sub(r"\s+", " ", found) == later


def test_a_field_does_not_repeat_the_class_of_its_value() -> None:
    house = Object(
        fields=(
            Field(wire="owner", type=ref("Guest"), required=True, doc="A guest of the house"),
            Field(wire="guests", type=Array(ref("Guest")), required=True, doc="A guest of the house."),
            Field(wire="keeper", type=ref("Guest"), required=True, doc="Who has the keys"),
        )
    )
    kinds = {
        "House": schema("House", house),
        "Guest": schema("Guest", replace(record(name=STRING), doc="A guest of the house")),
    }
    made = client(api(operation("get", "GET /house", ref("House")), schemas=kinds))
    text = made.files["models/house.py"]
    assert "A guest of the house" not in text and '"""Who has the keys."""' in text
    assert '"""A guest of the house."""' in made.files["models/guest.py"]


@pytest.mark.parametrize(
    ("status", "text", "code", "shown"),
    [
        (403, "Forbidden Gist", None, "403."),
        (404, "Gist not found", None, "404."),
        (404, "Gist not found", 7, "404, code 7: Gist not found."),
        (404, "Not found if it was starred", None, "404: Not found if it was starred."),
    ],
)
def test_an_error_that_repeats_its_status_and_its_resource(
    status: int, text: str, code: int | None, shown: str
) -> None:
    error = ErrorCase(status=status, code=code, text=text, origin=ORIGIN)
    made = client(api(operation("get", "GET /gists/{id}", INTEGER, resource=("gists",), errors=[error])))
    assert f"Error: {shown}\n" in made.files["resources/gists/__init__.py"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Gists returned.\nOnly for paid accounts.", "Only for paid accounts."),
        ("Gists returned.\n\n**Note:** They are sorted.", "**Note:** They are sorted."),
        ("Gists returned.", ""),
    ],
)
def test_filler_before_a_new_line_is_left_out(text: str, kept: str) -> None:
    made = client(api(operation("list", "GET /gists", [answer(INTEGER, doc=text)], resource=("gists",))))
    code = made.files["resources/gists/__init__.py"]
    assert f"Returns:\n            {kept}\n" in code if kept else "Returns:" not in code


def test_longer_code_is_there_once_a_class() -> None:
    code = "```\nimport nacl\nbox = nacl.box()\nbox.seal()\nbox.send()\nbox.close()\n```"
    short = "```\nnacl.seal()\n```"
    text = f"Encrypt it with nacl.\n\n{code}\n\nOr in short.\n\n{short}"
    made = client(
        api(*(operation(f"run{number}", f"GET /x{number}", description=text) for number in (1, 2, 3)))
    )
    found = made.files["client.py"]
    assert (found.count("box.close()"), found.count("nacl.seal()")) == (1, 3)
    assert found.count("Encrypt it with nacl.") == 3


@pytest.mark.parametrize("before", ["", "Encrypt it. It is secret.\n\n"])
def test_code_that_is_introduced_stays(before: str) -> None:
    text = f"{before}Do it like this:\n\n```\nnacl.seal()\na = 1\nb = 2\nc = 3\nd = 4\n```"
    made = client(api(*(operation(f"run{number}", f"GET /x{number}", description=text) for number in (1, 2))))
    assert made.files["client.py"].count("nacl.seal()") == 2


@pytest.mark.parametrize(
    ("doc", "shown"),
    [
        ("The nullable licence", ""),
        ("A simple licence object", ""),
        ("Licence of the code", "Licence of the code."),
    ],
)
def test_a_field_does_not_repeat_the_name_of_its_type(doc: str, shown: str) -> None:
    repo = Object(fields=(Field(wire="terms", type=ref("NullableSimpleLicence"), required=True, doc=doc),))
    kinds = {
        "Repo": schema("Repo", repo),
        "NullableSimpleLicence": schema("NullableSimpleLicence", record(name=STRING)),
    }
    made = client(api(operation("get", "GET /repo", ref("Repo")), schemas=kinds))
    code = made.files["models/repo.py"]
    assert f'"""{shown}"""' in code if shown else '"""' not in code.partition("class Repo")[2]
