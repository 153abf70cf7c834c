"""The comparison itself: it finds what was put in, and nothing where both sides say the same."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ..test_cases import CASES
from .__main__ import built, is_good, report
from .compare import Comparison, compare
from .reasons import Aspect, Reason

COLLECTION = CASES / "four_formats_postman" / "spec.json"
DOCUMENT = CASES / "four_formats_named" / "spec.json"


def compared(tmp_path: Path, change: Callable[[Any], None]) -> Comparison:
    """The collection against the document after a change."""
    root = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    change(root)
    spec = tmp_path / "spec.json"
    spec.write_text(json.dumps(root), encoding="utf-8")
    return compare(built(COLLECTION), built(spec))


def nothing(root: Any) -> None:
    """Leaves the document as it is."""


def test_one_api_in_two_formats_is_equal(tmp_path: Path) -> None:
    found = compared(tmp_path, nothing)
    assert (found.matched, found.alone) == (5, [])
    assert found.parameters.places == 5
    assert found.fields.places >= 10
    assert found.parameters.differences == found.fields.differences == []
    assert found.parameters.whole_share == 100
    assert is_good(found)


def a_parameter_more(root: Any) -> None:
    root["paths"]["/books"]["get"]["parameters"].append(
        {"name": "author", "in": "query", "schema": {"type": "string"}}
    )


def a_text_for_a_number(root: Any) -> None:
    root["paths"]["/books"]["get"]["parameters"][1]["schema"]["type"] = "string"


def a_required_query(root: Any) -> None:
    root["paths"]["/books"]["get"]["parameters"][1]["required"] = True


def a_value_less(root: Any) -> None:
    root["paths"]["/books"]["get"]["parameters"][0]["schema"]["enum"].pop()


def a_field_less(root: Any) -> None:
    del root["components"]["schemas"]["Book"]["properties"]["pages"]


def an_untyped_field(root: Any) -> None:
    root["components"]["schemas"]["Book"]["properties"]["pages"] = {}


def a_list_for_a_text(root: Any) -> None:
    root["components"]["schemas"]["Book"]["properties"]["title"] = {"type": "array", "items": {}}


def an_optional_field(root: Any) -> None:
    root["components"]["schemas"]["Book"]["required"].remove("title")


def an_enum_of_a_field(root: Any) -> None:
    root["components"]["schemas"]["Loan"]["properties"]["reader"]["enum"] = ["Ida", "Ada"]


@pytest.mark.parametrize(
    ("change", "tally", "aspect", "reason"),
    [
        (a_parameter_more, "parameters", Aspect.PRESENCE, Reason.ONE_SIDE),
        (a_text_for_a_number, "parameters", Aspect.TYPE, Reason.CONTRADICTED),
        (a_required_query, "parameters", Aspect.REQUIRED, Reason.NOT_SAID),
        (a_value_less, "parameters", Aspect.ENUM, Reason.MORE_LISTED),
        (a_field_less, "fields", Aspect.PRESENCE, Reason.ONE_SIDE),
        (an_untyped_field, "fields", Aspect.TYPE, Reason.DOCUMENT_SILENT),
        (a_list_for_a_text, "fields", Aspect.TYPE, Reason.CONTRADICTED),
        (an_optional_field, "fields", Aspect.REQUIRED, Reason.ALWAYS_WRITTEN),
        (an_enum_of_a_field, "fields", Aspect.ENUM, Reason.ONE_VALUE),
    ],
)
def test_a_difference_is_found_and_classified(
    change: Callable[[Any], None], tally: str, aspect: Aspect, reason: Reason, tmp_path: Path
) -> None:
    found = compared(tmp_path, change)
    differences = getattr(found, tally).differences
    assert {(one.aspect, one.reason) for one in differences} == {(aspect, reason)}
    assert any(reason.value in line for line in report(found))


def test_what_samples_cannot_show_is_reported_apart(tmp_path: Path) -> None:
    assert is_good(compared(tmp_path, an_optional_field))
    assert not is_good(compared(tmp_path, an_untyped_field))
    assert not is_good(compared(tmp_path, a_parameter_more))


def test_an_operation_of_one_side_is_named(tmp_path: Path) -> None:
    def without(root: Any) -> None:
        del root["paths"]["/loans"]

    found = compared(tmp_path, without)
    assert found.alone == ["POST /loans"]
    assert not is_good(found)
