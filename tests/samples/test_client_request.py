"""A sample sends what the generated client sends: the same URL, headers and body, for each operation of many specs."""

import json
from pathlib import Path

import pytest

from pillarbox.config import ClientSettings
from pillarbox.lock.claims import Lock
from pillarbox.pipeline import build
from pillarbox.samples.build import sample_of
from tests.conformance.driver import imported

from .client_request import client_request, differences
from .contract import collection
from .contract_openapi import document

CASES = Path(__file__).parents[1] / "cases"
KINDS = (
    "auth_", "body_", "header", "methods_", "openapi_body_", "openapi_operation_", "openapi_security_",
    "openapi_server_", "openapi_style_", "path_", "query_", "settings_", "url_",
)  # fmt: skip
"""The cases that are about requests."""
SPECS = [
    spec
    for folder in sorted(CASES.iterdir())
    if folder.name.startswith(KINDS)
    for spec in folder.iterdir()
    if spec.name.startswith("spec.")
]


def _differences(spec: Path) -> tuple[int, list[str]]:
    """How many operations there are, and what is different."""
    settings = ClientSettings(name="acme", spec=spec, output=Path("acme_of_samples"))
    built = build(spec, settings, Lock())
    found: list[str] = []
    with imported(built.files, "acme_of_samples") as package:
        for planned in built.client.methods:
            request = sample_of(built.client, planned).request
            sent = client_request(built, package, planned, request)
            found += [f"{planned.qualified}: {one}" for one in differences(request, sent)]
    return len(built.client.methods), found


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.parent.name)
def test_a_sample_sends_what_the_client_sends(spec: Path) -> None:
    count, found = _differences(spec)
    assert count
    assert found == []


@pytest.mark.parametrize("make", [collection, document], ids=["postman", "openapi"])
def test_so_do_the_samples_of_the_contract(make: object, tmp_path: Path) -> None:
    assert callable(make)
    spec = tmp_path / "contract.json"
    spec.write_text(json.dumps(make("https://api.example.com/v1")), encoding="utf-8")
    count, found = _differences(spec)
    assert count > 20
    assert found == []
