"""`explain`: from a public name to its place in the spec and back, with the evidence and the rule."""

import json
import shutil
from pathlib import Path

import pytest

from pillarbox.cli.app import main

ROOT = Path(__file__).resolve().parent.parent.parent
LARKSPUR = ROOT / "specs" / "larkspur.postman_collection.json"


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    shutil.copy(LARKSPUR, "spec.json")
    (tmp_path / "pillarbox.toml").write_text('[clients.lark]\nspec = "spec.json"\noutput = "lark"\n')
    return tmp_path


def explained(capsys: pytest.CaptureFixture[str], what: str, *options: str) -> str:
    capsys.readouterr()
    assert main(["explain", what, *options]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def test_an_operation(capsys: pytest.CaptureFixture[str]) -> None:
    out = explained(capsys, "lark.telescopes.get")
    lines = out.splitlines()
    assert lines[0] == "lark.telescopes.get (operation)"
    assert lines[1] == "  from   spec.json#/item/2/item/1"
    assert (
        lines[2]
        == '  name   the words of its name in the spec, "Get a telescope"; new: pillarbox.lock will keep it'
    )
    assert "seen 3 of 3" in out
    assert not Path("lark").exists(), "explaining writes nothing"
    main(["generate", "--quiet"])
    assert "kept by pillarbox.lock" in explained(capsys, "lark.telescopes.get")


@pytest.mark.parametrize(
    ("what", "kind", "words"),
    [
        ("telescopes.get", "operation", '"Get a telescope"'),
        ("client.telescopes.get()", "operation", '"Get a telescope"'),
        ("telescopes.list.min_aperture", "argument", 'wire name, "minAperture"'),
        ("telescopes.list(site)", "argument", "its values are listed in the spec"),
        ("telescopes.observations.list_for_telescope.from_", "argument", "no word of Python"),
        ("telescopes.observations.list_for_telescope", "operation", "made clear by its path"),
        ("lark.telescopes.observations", "resource", 'the words of its folder, "Telescopes / Observations"'),
        ("Telescope", "model", "used at telescopes.get:200"),
        (
            "lark.models.Telescope.retired_at",
            "field",
            "telescopes.list:200[]: string?, seen 3 of 3",
        ),
        ("Telescope", "model", 'the noun of the first operation that uses it, "telescopes.get"'),
        ("Lark.weather_key", "credential", "its role in the security scheme"),
    ],
)
def test_every_kind_of_name(capsys: pytest.CaptureFixture[str], what: str, kind: str, words: str) -> None:
    out = explained(capsys, what)
    assert f"({kind})" in out.splitlines()[0]
    assert words in out


def test_a_number_is_explained_by_the_name_that_was_not_free(
    capsys: pytest.CaptureFixture[str], project: Path
) -> None:
    """Four requests of one name: two are told apart by their paths, the last by a number, now and ever after."""
    routes = ("/a", "/b", "/b", "/b")
    items = [
        {"name": "Get it", "request": {"method": "GET", "url": f"https://x.test{route}?n={number}"}}
        for number, route in enumerate(routes)
    ]
    schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
    text = json.dumps({"info": {"name": "x", "schema": schema}, "item": items})
    (project / "spec.json").write_text(text)
    words = {
        "get_it": 'name   the words of its name in the spec, "Get it"; ',
        "get_b_it": 'name   the words of its name, made clear by its path, "Get it": `get_it` was not free; ',
        "get_it_2": 'name   the words of its name in the spec, "Get it", numbered: `get_it` was not free; ',
    }
    for state in ("new: pillarbox.lock will keep it", "kept by pillarbox.lock"):
        for name, why in words.items():
            assert f"  {why}{state}" in explained(capsys, name).splitlines()
        main(["generate", "--quiet"])


def test_from_a_place_to_its_names_and_back(capsys: pytest.CaptureFixture[str]) -> None:
    """Every operation is found at its own place, and every argument that has a place of its own."""
    main(["inspect", "spec.json", "--json"])
    operations = json.loads(capsys.readouterr().out)["operations"]
    assert len(operations) > 15
    for operation in operations:
        data = json.loads(explained(capsys, operation["at"], "--json"))["explained"]
        assert [item["symbol"] for item in data] == [f"lark.{operation['name']}"]
        for argument in operation["arguments"]:
            symbol = f"lark.{operation['name']}.{argument['name']}"
            (item,) = json.loads(explained(capsys, symbol, "--json"))["explained"]
            (place,) = item["at"]
            assert place.startswith(operation["at"])
            if argument["place"] == "query":
                back = json.loads(explained(capsys, place, "--json"))["explained"]
                assert [item["symbol"] for item in back] == [symbol]


def test_a_folder_gives_all_that_is_below_it(capsys: pytest.CaptureFixture[str]) -> None:
    out = explained(capsys, "spec.json#/item/1")
    assert [line for line in out.splitlines() if line.endswith("(operation)")] == [
        "lark.access.get_token (operation)",
        "lark.access.revoke_token (operation)",
    ]


def test_an_inner_place_belongs_to_its_operation(capsys: pytest.CaptureFixture[str]) -> None:
    out = explained(capsys, "spec.json#/item/2/item/1/response/0/body")
    assert out.startswith("lark.telescopes.get (operation)")


def test_who_decided(capsys: pytest.CaptureFixture[str], project: Path) -> None:
    main(["generate", "--quiet"])
    config = project / "pillarbox.toml"
    config.write_text(config.read_text() + '[clients.lark.rename]\n"telescopes.get" = "fetch"\n')
    assert "name   the configuration renames `telescopes.get`" in explained(capsys, "telescopes.fetch")
    main(["generate", "--quiet"])
    out = explained(capsys, "telescopes.get")
    assert out.startswith("lark.telescopes.fetch (operation)")
    assert "`telescopes.get` is its old name, still offered" in out
    spec = project / "spec.json"
    spec.write_text(spec.read_text().replace('"name": "Park a telescope"', '"name": "Send to bed"'))
    out = explained(capsys, "telescopes.park")
    assert "name   kept by pillarbox.lock, not by a rule: a new one would be `telescopes.send_to_bed`" in out


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("telescopes.lisst", "did you mean telescopes.list?"),
        ("get_statu", "did you mean get_status?"),
        ("x\x1b[31m", "no public name 'x\\x1b[31m'"),
        ("spec.json#/info/name", "no public name comes from this position"),
        ("none.json#/item/0", "there is no such file"),
    ],
)
def test_what_is_not_there(capsys: pytest.CaptureFixture[str], what: str, words: str) -> None:
    assert main(["explain", what]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err
    assert len(err.splitlines()) == 1
    assert "\x1b" not in err


def test_without_a_configuration(capsys: pytest.CaptureFixture[str], project: Path) -> None:
    (project / "pillarbox.toml").unlink()
    out = explained(capsys, "telescopes.get", "--spec", "spec.json")
    assert "(operation)" in out


def test_named_objects_of_a_document(capsys: pytest.CaptureFixture[str], project: Path) -> None:
    """From the schema to the model and back; the fields say where they are told of."""
    shutil.copy(ROOT / "specs" / "ferry.openapi.yaml", "ferry.yaml")
    (project / "pillarbox.toml").write_text('[clients.ferry]\nspec = "ferry.yaml"\noutput = "ferry"\n')
    for what in (
        "Booking",
        "ferry.yaml#/components/schemas/Booking",
        "ferry.yaml#/components/schemas/Booking/properties",
    ):
        out = explained(capsys, what)
        assert out.startswith("ferry.Booking (model)\n  from   ferry.yaml#/components/schemas/Booking\n")
    out = explained(capsys, "ferry.bookings.create")
    assert (
        'made of its route, a collection: the segments are the resource, the HTTP method is the verb, "POST /bookings"'
        in out
    )
    main(["generate", "--quiet"])
    fields = [
        line.split()[1]
        for line in Path("ferry/pillarbox.lock").read_text().splitlines()
        if line.startswith("field Booking.")
    ]
    assert fields
    for name in fields:
        assert "ferry.yaml#/components/schemas/Booking: " in explained(capsys, name)


def test_names_of_models_unions_and_lists(capsys: pytest.CaptureFixture[str], project: Path) -> None:
    shutil.copy(ROOT / "tests" / "cases" / "openapi_names_of_models" / "spec.yaml", "marina.yaml")
    (project / "pillarbox.toml").write_text('[clients.marina]\nspec = "marina.yaml"\noutput = "marina"\n')
    words = {
        "PaymentSource": 'its name in the spec, "PaymentSource"; new',
        "PaymentSourceCard": 'the name of its union in the spec, and what tells it from the other members, "PaymentSourceCard"; new',
        "BerthGuardDog": 'the field that holds it, "guard dog"; new',
        "BerthDeputyHarbourOfficeCorrespondenceAddress": ", without words of its middle; new",
        "Size": 'its name in the spec, "Size"; new',
        "berths.BerthPier": 'the noun of the operation and the wire name, "berths.list(pier)"; new',
        "BerthList": 'the noun of the first operation that uses it, "berths.list"; new',
    }
    for name, why in words.items():
        assert why in explained(capsys, f"marina.{name}"), name
    assert "used at berths.list(query pier)" in explained(capsys, "marina.berths.BerthPier")


def test_an_input_form_comes_from_its_model(capsys: pytest.CaptureFixture[str], project: Path) -> None:
    """Named in the document, inside of an object of it, and a union, which has no location of its own."""
    shutil.copy(ROOT / "tests" / "cases" / "openapi_input_forms" / "spec.yaml", "shop.yaml")
    (project / "pillarbox.toml").write_text('[clients.shop]\nspec = "shop.yaml"\noutput = "shop"\n')
    at = "shop.yaml#/components/schemas/Address"
    for form, origin, used in (
        ("Address", at, "schema:Address"),
        ("AddressGeo", f"{at}/properties/geo", "schema:Address.geo"),
    ):
        out = explained(capsys, f"shop.models.{form}Param")
        assert f"  from   {origin}\n  name   the model that it may be passed for" in out
        assert f"  type   the input form of `{form}`: " in out
        assert f"  type   used at {used}\n" in out
        assert f"  from   {origin}\n" in explained(capsys, f"shop.{form}")
    out = explained(capsys, "shop.PaymentParam")
    assert "  type   the input form of `Payment`: " in out
    assert "  type   a union that `type` tells apart: `Card`, `Bank`\n" in out


def test_the_input_form_of_a_body_comes_from_it(capsys: pytest.CaptureFixture[str]) -> None:
    out = explained(capsys, "lark.models.CatalogueInputParam")
    assert "#/item/3/item/2/request/body/raw\n" in out
    assert "  type   used at catalogue.import_:body[]\n" in out
