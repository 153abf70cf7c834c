"""Each kind of bad name that was found in public documents, in one document, and what a person would have chosen."""

import json
from pathlib import Path
from typing import Any

import pytest

from pillarbox.config import ClientSettings
from pillarbox.lock.claims import Lock
from pillarbox.pipeline import Built, build

LIST = {"type": "array", "items": {"type": "object", "properties": {"id": {"type": "string"}}}}
BERTH = {"type": "object", "properties": {"berth_id": {"type": "string"}, "name": {"type": "string"}}}
PAGE = {"type": "object", "properties": {"data": LIST}}
NOTE = {
    "anyOf": [
        {"type": "object", "additionalProperties": {"type": "string"}},
        {"type": "string", "enum": [""]},
    ]
}

KINDS: list[tuple[str, str, str, Any, str]] = [
    # route, operation id, tag, response, name
    ("GET /lamps", "lighthouseListLamps", "lamp", LIST, "lamps.list"),
    ("GET /lamps/{id}", "lighthouseGetLamp", "lamp", None, "lamps.get"),
    ("DELETE /lamps/{id}", "lighthouseDeleteLamp", "lamp", None, "lamps.delete"),
    ("POST /lamps", "create_a_lamp", "lamp", None, "lamps.create"),
    ("POST /teams/{id}/watchers", "teamsUserWatch", "Teams", None, "teams.watch"),
    ("DELETE /crew/{id}/blocks/{other}", "crewIdUnblock", "Crew", None, "crew.unblock"),
    ("GET /towers", "GetTowers", "", PAGE, "towers.list"),
    ("POST /towers", "PostTowers", "", None, "towers.create"),
    ("POST /towers/{tower}", "PostTowersTower", "", None, "towers.update"),
    ("POST /towers/{tower}/verify_height", "PostTowersTowerVerifyHeight", "", None, "towers.verify_height"),
    ("POST /towers/{tower}/expire", "PostTowersTowerExpire", "", None, "towers.expire"),
    (
        "DELETE /logs/{idLog}/pages/{idPage}",
        "deleteLogsPagesByIdLogByIdPage",
        "log",
        None,
        "logs.pages.delete",
    ),
    ("GET /2/crew/{id}/muting", "getCrewIdMuting", "Crew", None, "crew.muting"),
    ("PUT /maps/{map_id}/metadata/{scope}/{key}", "put_maps_id_metadata_id_id", "Maps", None, "maps.metadata.update"),
    ("PUT /flags", "Flags_PutSignalFlags", "SignalFlags", None, "flags.update"),
    ("POST /fog_checks", "createfogcheck", "Fog checks", None, "fog_checks.create"),
    ("GET /echoes/{id}", "beta_getEcho", "Echoes", None, "echoes.get"),
    ("GET /beacons/{id}", "GetBeaconMethod", "Beacons", None, "beacons.get"),
    ("POST /radio/messages", "", "", None, "radio.messages.create"),
    ("POST /radio/messages/{message_id}", "", "", None, "radio.messages.update"),
    ("POST /lighthouse.v1.FogService/GetFog", "lighthouse.v1.FogService.GetFog", "lighthouse.v1.FogService", None, "fogs.get"),
    ("POST /keepers/search", "POST_keepers-search", "Keepers", None, "keepers.search"),
    ("POST /keepers/search/shifts", "POST_keepers-search-shifts", "Keepers", None, "keepers.search_shifts"),
    ("PUT /{station}", "putStation", "", None, "stations.update"),
    # What returns one thing lists nothing, unless people say so.
    ("GET /moorings", "currentMooring", "Moorings", BERTH, "moorings.get"),
    ("POST /moorings", "", "Moorings", None, "moorings.create"),
    ("GET /keepers/{id}/fees", "feeOfKeeper", "Keepers", BERTH, "keepers.fees"),
    ("GET /quays", "GetQuays", "Quays", BERTH, "quays.list"),
    ("GET /piers", "getPier", "Piers", {"type": "object", "properties": {"piers_by_id": {"type": "object"}}}, "piers.list"),
]  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    paths: dict[str, dict[str, Any]] = {}
    for route, operation_id, tag, response, _ in KINDS:
        method, path = route.split(" ")
        ok = {"description": "ok"} | (
            {"content": {"application/json": {"schema": response}}} if response else {}
        )
        body = {"type": "object", "properties": {"note": NOTE}}
        paths.setdefault(path, {})[method.lower()] = {
            **({"operationId": operation_id} if operation_id else {}),
            **({"tags": [tag]} if tag else {}),
            **(
                {"requestBody": {"content": {"application/json": {"schema": body}}}}
                if route == "POST /towers"
                else {}
            ),
            "responses": {"200": ok},
        }
    spec = tmp_path_factory.mktemp("kinds") / "lighthouse.json"
    document = {"openapi": "3.1.0", "info": {"title": "Lighthouse", "version": "1"}, "paths": paths}
    spec.write_text(json.dumps(document), encoding="utf-8")
    return build(spec, ClientSettings(name="lighthouse", spec=spec, output=Path("lighthouse")), Lock())


@pytest.mark.parametrize(("route", "name"), [(kind[0], kind[4]) for kind in KINDS])
def test_each_kind_has_the_name_of_a_person(built: Built, route: str, name: str) -> None:
    named = {method.identity.route: method.qualified for method in built.client.methods}
    assert named[route] == name


def test_a_list_of_one_empty_text_has_no_name(built: Built) -> None:
    text = built.files.text("resources/towers/__init__.py")
    assert 'Literal[""]' in text
    assert not [name for kind, name in built.described.choices if kind == "enum"]
