"""What the members of a union are called that have no names of their own."""

import pytest

from pillarbox.client.union_members import joined_words, member_words
from pillarbox.lock.claims import Lock
from pillarbox.model.types import Array, Enumeration, Nullable, Object, Reference, Type, Union

from .apis import STRING, answer, api, client, fields, json_body, operation, record, ref, schemas


def constant(value: str) -> Enumeration:
    return Enumeration((value,), open=False)


def words(
    *members: Type, tags: tuple[tuple[str, ...], ...] = (), known: dict[str, Object] | None = None
) -> list[str]:
    def fields_of(kind: Type) -> Object | None:
        if isinstance(kind, Reference):
            return (known or {})[kind.key]
        return kind if isinstance(kind, Object) else None

    found = member_words(Union(members, "type" if tags else "", tags), fields_of)
    return [" ".join(one) for one in found]


def test_the_value_of_the_discriminator_comes_first() -> None:
    card, bank = record(type=STRING, number=STRING), record(type=STRING, iban=STRING)
    assert words(card, bank, tags=(("card",), ("bank_account",))) == ["card", "bank account"]
    # One of several values says less than a field.
    assert words(card, bank, tags=(("card",), ("bank", "giro"))) == ["card", "iban"]


def test_then_a_constant_then_the_title_then_a_field() -> None:
    assert words(record(kind=constant("cat")), record(kind=Nullable(constant("dog")))) == ["cat", "dog"]
    titled = [Object(fields=fields(id=STRING), title=title) for title in ("Small boat", "Ferry")]
    assert words(*titled) == ["small boat", "ferry"]
    assert words(record(id=STRING, note_=STRING, mast=STRING), record(id=STRING, engine=STRING)) == [
        "mast",
        "engine",
    ]
    assert words(record(id_=STRING, sail_=STRING), record(id=STRING)) == ["sail", "id"]


def test_one_with_a_name_or_without_a_rival_needs_none() -> None:
    known = {"Boat": record(id=STRING)}
    assert words(STRING, record(id=STRING)) == ["", ""]
    assert words(ref("Boat"), record(id=STRING, wheels=STRING), known=known) == ["", "wheels"]
    assert words(record(id=STRING), record(id=STRING)) == ["", ""]


def test_a_sentence_is_no_name() -> None:
    long = constant("a text of more than four words")
    assert words(record(kind=long, mast=STRING), record(kind=constant("b"), wheel=STRING)) == ["mast", "b"]


@pytest.mark.parametrize(
    ("first", "then", "joined"),
    [
        ("source", "card", "source card"),
        ("account", "bank account", "bank account"),
        ("bank account", "account holder", "bank account holder"),
        ("accounts", "account", "account"),
        ("", "card", "card"),
        ("card", "", "card"),
    ],
)
def test_joined_words(first: str, then: str, joined: str) -> None:
    assert " ".join(joined_words(first.split(), then.split())) == joined


def test_members_of_a_union_with_a_name_are_named_after_it() -> None:
    cash = record(method=constant("cash"))
    card = record(method=constant("card"), issuer=record(name=STRING))
    payment = Union((cash, card), "method", (("cash",), ("card",)), "Payment")
    known = schemas(Sold=record(payment_=payment), Bought=record(paid_=Array(payment)))
    made = client(
        api(
            operation("getSold", "GET /sold/{id}", ref("Sold")),
            operation("getBought", "GET /bought/{id}", ref("Bought")),
            operation("getLast", "GET /payments/last", payment, resource=("payments",)),
            operation("pay", "POST /payments", None, body=json_body(record(payment=payment))),
            schemas=known,
        )
    )
    names = {entry.name for entry in made.lock.of("model")}
    forms = {"PaymentParam", "PaymentCashParam", "PaymentCardParam", "PaymentCardIssuerParam"}
    assert names == {"Sold", "Bought", "Payment", "PaymentCash", "PaymentCard", "PaymentCardIssuer"} | forms
    assert made.arguments["pay"]["payment"] == "models.Payment | models.PaymentParam"
    assert made.returns["payments.get_last"] == "models.Payment"


def test_models_of_members() -> None:
    cash = record(method=constant("cash"))
    card = record(method=constant("card"), last_four=STRING, issuer=record(name=STRING))
    payment = Union((cash, card), "method", (("cash",), ("card",)))
    known = schemas(Sold=record(payment_=payment))
    made = client(
        api(
            operation("getSold", "GET /sold/{id}", ref("Sold")),
            operation("getPayment", "GET /payments/{id}", [answer(payment)], resource=("payments",)),
            schemas=known,
        )
    )
    names = {entry.name for entry in made.lock.of("model")}
    assert {"Sold", "SoldPaymentCash", "SoldPaymentCard", "SoldPaymentCardIssuer"} <= names
    assert {"PaymentCash", "PaymentCard", "PaymentCardIssuer"} <= names
    assert not [name for name in names if name[-1].isdigit()]
    again = client(
        api(operation("getSold", "GET /sold/{id}", ref("Sold")), schemas=known), Lock(made.lock.entries)
    )
    assert {"SoldPaymentCash", "SoldPaymentCard"} <= {entry.name for entry in again.lock.of("model")}
