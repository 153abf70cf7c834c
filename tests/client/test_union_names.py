"""Unions that the value of a field tells apart have a name: the type of an argument reads aloud."""

from pathlib import Path

import httpx2
import pytest

from pillarbox.model.types import Array, Nullable, Schema, Union
from tests.oracles import mypy_errors, need, pyright_errors

from .apis import (
    STRING,
    Client,
    answer,
    api,
    client,
    imported,
    json_body,
    operation,
    record,
    ref,
    schema,
    schemas,
)

TAGS = (("card",), ("bank", "giro"))


def source(*, title: str = "") -> Union:
    return Union((ref("Card"), ref("BankAccount")), "type", TAGS, title)


def known(*, title: str = "") -> dict[str, Schema]:
    """Customers pay with a card or from a bank account; a card may have another source behind it."""
    return schemas(
        Card=record(type=STRING, number=STRING, backup_=Nullable(source(title=title))),
        BankAccount=record(type=STRING, iban=STRING),
        Customer=record(name=STRING, source_=source(title=title), others_=Array(source(title=title))),
    )


def made(*, title: str = "") -> Client:
    pay = json_body(record(source=source(title=title), note_=STRING))
    return client(
        api(
            operation("getCustomer", "GET /customers/{id}", ref("Customer"), resource=("customers",)),
            operation("listSources", "GET /sources", Array(source(title=title)), resource=("sources",)),
            operation("pay", "POST /payments", None, body=pay),
            schemas=known(title=title),
        )
    )


def test_the_name_of_the_document() -> None:
    shop = made(title="PaymentSource")
    assert shop.arguments["pay"]["source"] == "models.PaymentSource | models.PaymentSourceParam"
    assert shop.returns["sources.list"] == "list[models.PaymentSource]"
    assert "source: PaymentSource | None = None" in shop.model("Customer")
    assert "others: list[PaymentSource] | None = None" in shop.model("Customer")
    assert 'model PaymentSource {"at":"union:PaymentSource"}' in shop.lock.render()
    own = {path: text for path, text in shop.files.items() if "_runtime" not in path}
    assert [path for path, text in own.items() if "Tagged(" in text] == ["models/payment_source.py"]


def test_without_one_it_is_named_after_where_it_is_used_first() -> None:
    shop = made()
    assert shop.returns["sources.list"] == "list[models.Source]"
    assert shop.arguments["pay"]["source"] == "models.Source | models.SourceParam"
    assert "source: Source | None = None" in shop.model("Customer")


def test_it_stands_above_the_class_that_holds_it() -> None:
    cash, card = record(method=STRING), record(method=STRING, last_four=STRING)
    sold = record(payment_=Union((cash, card), "method", (("cash",), ("card",))))
    shop = client(api(operation("getSold", "GET /sold", ref("Sold")), schemas=schemas(Sold=sold)))
    assert shop.model("Sold") == ["payment: SoldPayment | None = None"]
    text = shop.files["models/sold.py"]
    alias = [
        "SoldPayment = TypeAliasType(",
        '    "SoldPayment",',
        "    Annotated[",
        '        Union["SoldPaymentCash", "SoldPaymentCard"],',
        '        Tagged("method", ("cash",), ("card",)),',
        "    ],",
        ")",
    ]
    assert "\n".join(alias) in text
    assert text.index("SoldPayment = ") < text.index("class Sold(")


def test_the_lock_keeps_the_name_of_a_site() -> None:
    first = made()
    pay = json_body(record(source=source()))
    alone = api(operation("pay", "POST /payments", None, body=pay), schemas=known())
    fresh, kept = client(alone), client(alone, first.lock)
    assert fresh.arguments["pay"]["source"] == "models.CardBackup | models.CardBackupParam"
    assert kept.arguments["pay"]["source"] == "models.Source | models.SourceParam"
    # What shared a name keeps it when the unions differ: the name means all members then.
    more = {**known(), "Voucher": schema("Voucher", record(type=STRING, code=STRING))}
    wider = Union((ref("Card"), ref("Voucher")), "type", (("card",), ("voucher",)))
    both = api(
        operation("listSources", "GET /sources", Array(source()), resource=("sources",)),
        operation("pay", "POST /payments", None, body=json_body(record(source=wider))),
        schemas=more,
    )
    later = client(both, first.lock)
    assert later.arguments["pay"]["source"] == "models.Source | models.SourceParam"
    assert 'Union["Card", "BankAccount", "Voucher"]' in later.files["models/source.py"]


def test_what_requests_hold_where_it_differs_is_an_input() -> None:
    sent = {**known(title="Source"), "CardSent": schema("Card", record(type=STRING), for_request=True)}
    body = Union((ref("CardSent"), ref("BankAccount")), "type", TAGS, "Source")
    shop = client(
        api(
            operation("listSources", "GET /sources", Array(source(title="Source")), resource=("sources",)),
            operation("pay", "POST /payments", None, body=json_body(record(source=body))),
            schemas=sent,
        )
    )
    assert shop.returns["sources.list"] == "list[models.Source]"
    assert shop.arguments["pay"]["source"] == "models.SourceInput | models.SourceInputParam"


def test_a_union_with_a_member_that_is_no_model_has_none() -> None:
    open_union = Union((ref("Card"), STRING), "type", (("card",), ()), "Source")
    shop = client(api(operation("get", "GET /x", [answer(open_union)]), schemas=known()))
    assert shop.returns["get"] == "models.Card | str"


@pytest.mark.parametrize("first", ["BankAccount", "Card", "Customer", "PaymentSource"])
def test_it_decodes_whatever_is_imported_first(first: str, tmp_path: Path) -> None:
    shop = imported(made(title="PaymentSource"), tmp_path, f"shop_union_{first.lower()}")
    assert getattr(shop.models, first)
    card = {"type": "card", "number": "4", "backup": {"type": "giro", "iban": "B"}}
    replayed = {
        "/sources": [card, {"type": "coin"}],
        "/customers/1": {"name": "Ada", "source": card, "others": [{"type": "bank", "iban": "A"}]},
    }

    def answered(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, json=replayed[request.url.path])

    with shop.Shop(transport=httpx2.MockTransport(answered)) as opened:
        found, coin = opened.sources.list()
        assert type(found) is shop.models.Card
        assert type(found.backup) is shop.models.BankAccount
        assert coin == {"type": "coin"}
        customer = opened.customers.get("1")
        assert type(customer.source) is shop.models.Card
        assert type(customer.others[0]) is shop.models.BankAccount
        built = shop.models.Customer(name="Ada", source=customer.source)
        assert built.model_dump(exclude_unset=True)["source"] == card


@pytest.mark.oracle
def test_type_checkers_agree(tmp_path: Path) -> None:
    need("pyright")
    made(title="PaymentSource").write(tmp_path / "shop")
    (tmp_path / "use").mkdir()
    (tmp_path / "use" / "__init__.py").write_text(
        "from shop import Shop, models\n\n\n"
        "def number(source: models.PaymentSource) -> str:\n"
        "    return source.number if isinstance(source, models.Card) else source.iban\n\n\n"
        "with Shop() as shop:\n"
        "    shop.pay(source=shop.sources.list()[0])\n"
        '    shop.pay(source=models.BankAccount(type="bank", iban="A"))\n',
        encoding="utf-8",
    )
    assert mypy_errors(tmp_path, ["shop", "use"]) == []
    assert pyright_errors(tmp_path, ["shop", "use"]) == []
