"""The example of a docstring shows options whose values say something; what is required is always there."""

import re

import pytest

from pillarbox.model.api import Example
from pillarbox.model.types import Anything, Array, Json, Map

from .apis import BOOLEAN, INTEGER, NUMBER, STRING, api, client, operation, parameter


def _call(example: Json, *, required: bool = False) -> str:
    """The example call of an operation with one parameter of this example."""
    kind = {bool: BOOLEAN, int: INTEGER, float: NUMBER}.get(type(example), STRING)
    only = parameter("x", kind=kind, example=Example(example), required=required)
    text = client(api(operation("run", "GET /a/b/run", parameters=[only]))).files["client.py"]
    (call,) = re.findall(r">>> client\.\S*run\((.*)\)", text)
    return str(call)


@pytest.mark.parametrize("example", ["example", "example-token"])
def test_an_option_that_any_value_would_do_for_is_left_out(example: Json) -> None:
    assert _call(example) == ""


@pytest.mark.parametrize("example", ["active", "user@example.com", "example.com", 30, 1, 0, 2.5, True, False])
def test_an_option_with_a_telling_value_is_shown(example: Json) -> None:
    assert _call(example) == f"x={example!r}".replace("'", '"')


@pytest.mark.parametrize("example", ["example", 1])
def test_what_is_required_is_shown_whatever_its_value(example: Json) -> None:
    assert _call(example, required=True) == f"x={example!r}".replace("'", '"')


@pytest.mark.parametrize(
    ("shown", "says"),
    [
        ({"gt": 1, "lt": 1}, False),
        ({"gt": 1, "lt": 20}, True),
        ({"name": "example", "share": 1.5}, False),
        ({"name": "Ada"}, True),
        (["example"], False),
        ([{"size": 1}, {"size": "example"}], False),
        (["open", "example"], True),
        ({}, False),
        ([], False),
    ],
)
def test_an_object_made_of_such_values_says_nothing(shown: Json, says: bool) -> None:
    kind = Array(Anything()) if isinstance(shown, list) else Map(Anything())
    only = parameter("x", kind=kind, example=Example(shown))
    text = client(api(operation("run", "GET /a/b/run", parameters=[only]))).files["client.py"]
    assert ("run(x=" in text.partition("Example:")[2]) is says
