"""Input forms: what a caller may write for a model, and what finds a mistake in it."""

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import httpx2
import pytest

from pillarbox.config import ClientSettings, load
from pillarbox.lock.claims import Lock
from pillarbox.model.api import Location
from pillarbox.model.types import Array, Enumeration, Map, Nullable, Scalar, ScalarKind, Union
from pillarbox.pipeline import Built, build
from tests.oracles import mypy_errors, need, pyright_errors, write_package

from .apis import (
    INTEGER,
    STRING,
    api,
    client,
    imported,
    json_body,
    operation,
    parameter,
    record,
    ref,
    schema,
    schemas,
)

SPEC = Path(__file__).parent.parent / "cases" / "openapi_input_forms" / "spec.yaml"
CREATE = "post"
"""The operation that the programs call, by its HTTP method: what it is called is not their concern."""

GOOD = """
import datetime
from typing import Any

from shop import Shop, models

client = Shop()
untyped: dict[str, Any] = {"street": "Main", "country": "DE"}
address: models.AddressParam = {"street": "Main", "country": "DE", "second": None}
client.CREATE(
    address={"street": "Main", "country": "DE", "moved": "2026-01-31T09:30:00Z", "geo": {"lat": 1}},
    lines=[{"sku": "tea", "count": 1}, models.Line(sku="bun", count=2)],
    payment={"type": "card", "number": "4242", "billing": address},
    gifts={"left": {"sku": "tea", "count": 1}},
    tree={"name": "root", "children": ({"name": "leaf"}, models.Node(name="other"))},
    odd={"class": "x", "a-b": {"sku": "tea", "count": 1}, "__x": 1, "str": "s", "kind": "z'w"},
    buyer={"name": "Ada", "password": "secret"},
    extras={"any": "key"},
)
client.CREATE(address=models.Address(street="Main", country="DE"), lines=())
client.CREATE(address=models.Address.from_json(untyped), lines=[])
moved = datetime.datetime(2026, 1, 31, tzinfo=datetime.UTC)
client.CREATE(address={"street": "Main", "country": "DE", "moved": moved}, lines=[])
"""
BAD = {
    "misspelt": 'address={"street": "Main", "country": "DE", "geo": {"lat": 1, "foto": "x"}}, lines=[]',
    "missing": 'address={"street": "Main", "country": "DE", "geo": {"photo": "x"}}, lines=[]',
    "wrong type": 'address={"street": "Main", "country": "DE", "geo": {"lat": "north"}}, lines=[]',
    "value not listed": 'address={"street": "Main", "country": "XX"}, lines=[]',
    "null": 'address={"street": None, "country": "DE"}, lines=[]',
    "in a list": 'address=good, lines=[{"sku": "tea", "cuont": 1}]',
    "in a map": 'address=good, lines=[], gifts={"left": {"sku": "tea", "cuont": 1}}',
    "in itself": 'address=good, lines=[], tree={"name": "root", "children": [{"nam": "leaf"}]}',
    "other member": 'address=good, lines=[], payment={"type": "card", "number": "4242", "iban": "DE"}',
    "other tag": 'address=good, lines=[], payment={"type": "bank", "number": "4242"}',
    "odd key": 'address=good, lines=[], odd={"class": "x", "a_b": {"sku": "tea", "count": 1}}',
    "read only": 'address=good, lines=[], buyer={"id": "7", "name": "Ada"}',
    "untyped": "address=untyped, lines=[]",
}


def built(folder: Path, text: str | None = None, lock: Lock | None = None, config: str = "") -> Built:
    """The client of the case, or of its document after an edit."""
    spec = folder / "spec.yaml"
    spec.write_text(SPEC.read_text("utf-8") if text is None else text, "utf-8")
    settings = folder / "pillarbox.toml"
    settings.write_text(f'[clients.shop]\nspec = "spec.yaml"\noutput = "shop"\n{config}', "utf-8")
    (chosen,) = load(settings).clients
    return build(spec, chosen, lock or Lock())


def program(made: Built, text: str) -> str:
    (name,) = (one.qualified for one in made.client.methods if one.request.method.lower() == CREATE)
    return text.replace("CREATE", name)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Built]:
    folder = tmp_path_factory.mktemp("forms")
    made = build(SPEC, ClientSettings(name="shop", spec=SPEC, output=Path("shop")), Lock())
    write_package(made.files, folder / "shop")
    return folder, made


@pytest.mark.oracle
def test_type_checkers_take_the_right_program_and_find_each_mistake(package: tuple[Path, Built]) -> None:
    need("mypy")
    need("pyright")
    folder, made = package
    start = [line for line in GOOD.splitlines() if line and line[0] not in " )" and "CREATE" not in line]
    wrong = [*start, 'good: models.AddressParam = {"street": "Main", "country": "DE"}']
    first = len(wrong) + 1
    wrong += [f"client.CREATE({arguments})" for arguments in BAD.values()]
    for name, text in (("right", GOOD), ("wrong", "\n".join(wrong) + "\n")):
        (folder / name).mkdir(exist_ok=True)
        (folder / name / "__init__.py").write_text(program(made, text), encoding="utf-8")
    for errors in (
        mypy_errors(folder, ["right", "wrong"]),
        pyright_errors(folder, ["right", "wrong", "shop"]),
    ):
        lines = [error.split(":")[:2] for error in errors]
        found = {int(line) for path, line in lines if path.startswith("wrong")}
        missed = [name for line, name in enumerate(BAD, first) if line not in found]
        assert missed == []
        assert [path for path, _ in lines if not path.startswith("wrong")] == []


class _Editor:
    """A client of pyright's language server, which is what editors ask for completions."""

    def __init__(self, sent: IO[bytes], received: IO[bytes]) -> None:
        self._sent = sent
        self._received = received

    def tell(self, method: str, params: Any, number: int | None = None) -> None:
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        body = json.dumps(message if number is None else {**message, "id": number}).encode()
        self._sent.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._sent.flush()

    def ask(self, method: str, params: Any, number: int) -> Any:
        self.tell(method, params, number)
        while True:
            length = 0
            while line := self._received.readline().strip():
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            message = json.loads(self._received.read(length))
            if "method" in message and "id" in message:
                self.answer(message)
            elif message.get("id") == number:
                return message["result"]

    def answer(self, question: Any) -> None:
        settings = [None] * len(question.get("params", {}).get("items", []))
        body = json.dumps({"jsonrpc": "2.0", "id": question["id"], "result": settings or None}).encode()
        self._sent.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._sent.flush()


@contextmanager
def editor(folder: Path) -> Iterator[_Editor]:
    command = [sys.executable, "-m", "pyright.langserver", "--stdio"]
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    # It ends when its input is closed.
    with subprocess.Popen(command, cwd=folder, stdin=pipe, stdout=pipe, stderr=nothing) as run:
        assert run.stdin is not None
        assert run.stdout is not None
        found = _Editor(run.stdin, run.stdout)
        root = {"uri": folder.as_uri(), "name": "it"}
        found.ask("initialize", {"processId": None, "capabilities": {}, "workspaceFolders": [root]}, 1)
        found.tell("initialized", {})
        yield found
        found.ask("shutdown", None, 3)
        found.tell("exit", None)


@pytest.mark.oracle
def test_editors_complete_the_keys_inside_of_a_literal(package: tuple[Path, Built]) -> None:
    need("pyright")
    folder, made = package
    text = program(
        made,
        "from shop import Shop\n\nShop().CREATE(lines=[], address={'street': 'Main', 'geo': {'HERE'}})\n",
    )
    line = text.splitlines()[2]
    uri = (folder / "edited.py").as_uri()
    (folder / "edited.py").write_text(text.replace("HERE", ""), encoding="utf-8")
    with editor(folder) as found:
        opened = {
            "uri": uri,
            "languageId": "python",
            "version": 1,
            "text": text.replace("HERE", ""),
        }
        found.tell("textDocument/didOpen", {"textDocument": opened})
        position = {"line": 2, "character": line.index("HERE")}
        result = found.ask("textDocument/completion", {"textDocument": {"uri": uri}, "position": position}, 2)
    items = result["items"] if isinstance(result, dict) else result
    assert {item["label"].strip("'\"") for item in items} >= {"lat", "photo"}


def test_the_server_reads_the_same_from_a_form_as_from_its_model(
    package: tuple[Path, Built], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, made = package
    monkeypatch.syspath_prepend(str(folder))
    shop: Any = importlib.import_module("shop")
    models: Any = importlib.import_module("shop.models")
    sent: list[bytes] = []
    address = {"street": "Main", "country": "DE", "moved": "2026-01-31T09:30:00Z", "more": [1]}

    def respond(request: httpx2.Request) -> httpx2.Response:
        sent.append(request.content)
        return httpx2.Response(201, json={"id": "1", "address": address})

    call: Any = shop.Shop(transport=httpx2.MockTransport(respond))
    for step in program(made, "CREATE").split("."):
        call = getattr(call, step)
    moved = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)
    line = {"sku": "tea", "count": 1, "colour": "green"}
    order = call(address={**address, "moved": moved}, lines=[line])
    call(
        address=models.Address(street="Main", country="DE", moved=moved, more=[1]),
        lines=[models.Line(sku="tea", count=1, colour="green")],
    )
    call(address=models.Address.from_json(address), lines=[models.Line.from_json(line)])
    call(address=order.address, lines=[line])
    assert len(sent) == 4
    assert set(sent) == {
        b'{"address":{"street":"Main","country":"DE","moved":"2026-01-31T09:30:00Z","more":[1]},'
        b'"lines":[{"sku":"tea","count":1,"colour":"green"}]}'
    }


def form(made: Any, name: str) -> dict[str, str]:
    """Keys and annotations of a form in class syntax."""
    (text,) = (text for path, text in made.files.items() if f"class {name}(TypedDict, total=False):" in text)
    lines = text.split(f"class {name}(TypedDict, total=False):")[1].split("\n\n\n")[0].splitlines()
    return dict(line.strip().split(": ", 1) for line in lines if ": " in line and '"""' not in line)


def test_only_what_a_request_reaches_has_a_form() -> None:
    kinds = schemas(Seen=record(inner=ref("Both")), Both=record(a=STRING), Sent=record(b=ref("Both")))
    made = client(
        api(
            operation("get", "GET /x", ref("Seen")),
            operation("put", "PUT /x", body=json_body(record(sent=ref("Sent")))),
            schemas=kinds,
        )
    )
    assert {model.name: model.input_form is not None for model in made.described.models} == {
        "Seen": False,
        "Both": True,
        "Sent": True,
    }
    assert made.arguments["put"] == {"sent": "models.Sent | models.SentParam"}


def test_what_a_form_takes() -> None:
    inner = record(
        text=STRING,
        none_=Nullable(STRING),
        when_=Scalar(ScalarKind.DATETIME),
        number_=Scalar(ScalarKind.NUMBER),
        many_=Array(Array(ref("Other"))),
        map_=Map(ref("Other")),
        one_=Union((ref("Other"), STRING)),
    )
    kinds = schemas(Inner=inner, Other=record(a=INTEGER))
    made = client(api(operation("put", "PUT /x", body=json_body(record(it=ref("Inner")))), schemas=kinds))
    assert form(made, "InnerParam") == {
        "text": "Required[str]",
        "none": "str | None",
        "when": "_dt.datetime | str",
        "number": "float",
        "many": "Sequence[Sequence[Other | OtherParam]]",
        "map": "Mapping[str, Other | OtherParam]",
        "one": "Other | OtherParam | str",
    }


def test_sites_that_share_a_model_have_one_form_of_what_requests_hold() -> None:
    """The lock may give one name to a response and a body that differ by now."""
    body = record(colour=record(name=STRING))
    first = client(api(operation("put", "PUT /x", body=json_body(body))))
    (site,) = (str(one.facts["at"]) for one in first.lock.of("model") if one.name == "PutColourInput")
    assert site == "put:body.colour"
    made = client(
        api(operation("put", "PUT /x", body=json_body(record(colour=record(name=STRING, hex_=STRING))))),
        first.lock,
    )
    assert form(made, "PutColourInputParam") == {"name": "Required[str]", "hex": "str"}


def test_a_parameter_that_the_document_names_is_no_mapping_because_nothing_else_uses_it() -> None:
    """Another operation that uses the object must not change the parameter's type."""
    listing = operation("list", "GET /x", parameters=[parameter("filter", Location.QUERY, ref("Filter"))])
    kinds = {"Filter": schema("Filter", record(state=STRING))}
    alone = client(api(listing, schemas=kinds))
    beside = client(api(listing, operation("get", "GET /y", ref("Filter")), schemas=kinds))
    assert alone.arguments["list"] == {"filter": "models.Filter | models.FilterParam | None"}
    assert beside.arguments["list"] == alone.arguments["list"]


def test_a_union_that_has_a_name_has_a_form_of_that_name() -> None:
    members = schemas(
        Card=record(kind=Enumeration(("card",), False)), Bank=record(kind=Enumeration(("bank",), False))
    )
    source = Union((ref("Card"), ref("Bank")), "kind", (("card",), ("bank",)), "Source")
    seen = operation("get", "GET /x", source)
    made = client(
        api(seen, operation("put", "PUT /x", body=json_body(record(source=source))), schemas=members)
    )
    assert made.arguments["put"] == {"source": "models.Source | models.SourceParam"}
    assert 'SourceParam = Union["CardParam", "BankParam"]' in "".join(made.files.values())
    unused = client(api(seen, schemas=members))
    assert "Param" not in "".join(text for path, text in unused.files.items() if path.startswith("models/"))


def body_of(name: str) -> Any:
    return operation("put", "PUT /x", body=json_body(record(it=ref(name))))


def test_a_form_keeps_its_name_and_takes_none() -> None:
    both = schemas(Address=record(a=STRING), AddressParam=record(b=STRING))
    used = operation("get", "GET /y", ref("AddressParam"))
    taken = client(api(body_of("Address"), used, schemas=both))
    assert taken.arguments["put"] == {"it": "models.Address | models.AddressDict"}
    before = client(api(body_of("Address"), schemas=schemas(Address=record(a=STRING))))
    assert before.arguments["put"] == {"it": "models.Address | models.AddressParam"}
    after = client(api(body_of("Address"), used, schemas=both), before.lock)
    assert after.arguments["put"] == before.arguments["put"]
    assert "AddressParam" not in {model.name for model in after.described.models}
    gone = client(api(operation("get", "GET /y", ref("Address")), schemas=both), after.lock)
    assert all(model.input_form is None for model in gone.described.models)
    back = client(api(body_of("Address"), schemas=schemas(Address=record(a=STRING))), gone.lock)
    assert back.arguments["put"] == before.arguments["put"]


def test_a_renamed_model_renames_its_form_and_both_old_names_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = built(tmp_path)
    second = built(tmp_path, lock=first.lock, config='[clients.shop.rename]\n"Address" = "Place"\n')
    assert {("Address", "Place"), ("AddressParam", "PlaceParam")} <= set(second.client.old_models)
    third = built(tmp_path, lock=second.lock)
    assert third.client.old_models == second.client.old_models
    write_package(third.files, tmp_path / "renamed_forms")
    monkeypatch.syspath_prepend(str(tmp_path))
    models: Any = importlib.import_module("renamed_forms.models")
    with pytest.warns(DeprecationWarning, match="PlaceParam"):
        assert models.AddressParam is models.PlaceParam
    pruned = built(tmp_path, lock=third.lock.without_aliases())
    assert pruned.client.old_models == ()


def test_a_form_may_have_a_name_of_its_own(tmp_path: Path) -> None:
    first = built(tmp_path)
    named = built(tmp_path, lock=first.lock, config='[clients.shop.rename]\n"AddressParam" = "AddressForm"\n')
    (address,) = (model for model in named.client.models if model.name == "Address")
    assert address.input_form is not None
    assert address.input_form.name == "AddressForm"
    assert ("AddressParam", "AddressForm") in named.client.old_models


def test_from_json_reads_as_a_response_is_read(tmp_path: Path) -> None:
    kinds = schemas(Inner=record(when=Scalar(ScalarKind.DATETIME), count_=INTEGER))
    made = client(api(body_of("Inner"), schemas=kinds))
    inner: Any = imported(made, tmp_path, "forms_read").models.Inner
    assert inner.from_json({"when": "2026-01-31T09:30:00Z"}).when == datetime(2026, 1, 31, 9, 30, tzinfo=UTC)
    kept = inner.from_json({"when": "soon", "count": "7", "more": 1})
    assert (kept.when, kept.count, kept.model_extra) == ("soon", "7", {"more": 1})
    with pytest.raises(ValueError, match="when"):
        inner.from_json({"when": "soon"}, strict=True)
    with pytest.raises(TypeError, match="Inner: list is no JSON object"):
        inner.from_json([{"when": "soon"}])
    with pytest.raises(ValueError, match="NaN"):
        inner.from_json({"count": float("nan")})
    again = inner.from_json(kept.model_dump(by_alias=True, exclude_unset=True, warnings=False))
    assert again == kept


def test_a_field_does_not_hide_from_json() -> None:
    made = client(api(operation("get", "GET /x", ref("It")), schemas=schemas(It=record(from_json=STRING))))
    assert made.model("It") == ['from_json_: Annotated[str, Field(alias="from_json")]']


def test_a_key_that_hides_a_type_is_no_attribute_of_a_class() -> None:
    kinds = schemas(
        Inner=record(str=STRING, Other=ref("Other")), Other=record(class_=STRING), Plain=record(items=STRING)
    )
    made = client(
        api(
            operation("put", "PUT /x", body=json_body(record(inner=ref("Inner"), plain=ref("Plain")))),
            schemas=kinds,
        )
    )
    text = "".join(made.files.values())
    assert 'InnerParam = TypedDict(\n    "InnerParam",\n    {\n        "str": "Required[str]",' in text
    assert form(made, "PlainParam") == {"items": "Required[str]"}
