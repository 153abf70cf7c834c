"""Long annotations of models and of their input forms are as black leaves them, wherever the length comes from."""

import pytest
from black import format_str
from black.mode import Mode, TargetVersion

from pillarbox.model.types import (
    Array,
    Enumeration,
    Field,
    Map,
    Nullable,
    Object,
    Scalar,
    ScalarKind,
    Type,
    Union,
)

from .apis import INTEGER, STRING, api, client, json_body, operation, ref, schema

LONG = Enumeration(values=tuple(f"a_rather_long_value_{number}" for number in range(9)), open=False)
EMPTY = Enumeration(values=("",), open=False)
MODE = Mode(target_versions={TargetVersion.PY311}, line_length=88)


@pytest.mark.parametrize("required", [True, False])
@pytest.mark.parametrize("wire", ["kind", "kind-of-it"])
@pytest.mark.parametrize(
    "kind",
    [
        LONG,
        Array(LONG),
        Union(members=(Array(LONG), EMPTY)),
        Union(members=(EMPTY, Array(LONG), INTEGER)),
        Union(members=(Map(Array(LONG)), Array(Array(LONG)))),
        Nullable(Array(LONG)),
        Nullable(Union(members=(Array(LONG), Scalar(ScalarKind.DATETIME)))),
    ],
)
def test_a_field_is_as_black_leaves_it(kind: Type, wire: str, required: bool) -> None:
    thing = Object(
        fields=(Field(wire=wire, type=kind, required=required), Field(wire="n", type=STRING, required=True))
    )
    body = json_body(Object(fields=(Field(wire="thing", type=ref("Thing"), required=True),)))
    made = client(
        api(
            operation("create", "POST /things", ref("Thing"), body=body),
            schemas={"Thing": schema("Thing", thing)},
        )
    )
    text = made.files["models/thing.py"]
    assert "class ThingParam(TypedDict" in text or "ThingParam = TypedDict(" in text
    assert format_str(text, mode=MODE) == text
