"""Where a model is used, as a sentence: for one that the spec does not describe."""

from pillarbox.model.types import Array, Map, Object

from .apis import STRING, api, client, fields, json_body, operation, record, ref, schemas


def uses() -> dict[str, str]:
    address = record(street=STRING, geo=record(lat=STRING))
    known = schemas(
        Customer=record(name=STRING, address=address, notes_=Array(record(text=STRING)), data=ref("Data")),
        Data=record(raw=STRING),
        Result=record(ok=STRING),
        Bag=Object(fields=fields(id=STRING), extra=record(colour=STRING)),
    )
    known["Described"] = known["Data"].__class__(
        name="Described", type=Object(fields=fields(id=STRING), doc="A thing."), origin=known["Data"].origin
    )
    made = client(
        api(
            operation("getCustomer", "GET /customers/{id}", ref("Customer"), resource=("customers",)),
            operation("getBag", "GET /bag", ref("Bag")),
            operation("getDescribed", "GET /described", ref("Described")),
            operation("check", "POST /check", ref("Result")),
            operation("listBoats", "GET /boats", Array(record(mast=STRING)), resource=("boats",)),
            operation(
                "paint",
                "POST /paint",
                record(done=STRING),
                body=json_body(record(colour=record(red=STRING), parts=Map(record(size=STRING)))),
            ),
            schemas=known,
        )
    )
    return {model.name: model.use for model in made.described.models}


def test_each_model_without_a_telling_name_says_where_it_is_used() -> None:
    assert uses() == {
        "Boat": "Returned by `boats.list`.",
        "Customer": "",
        "CustomerAddress": "The `address` of `Customer`.",
        "CustomerAddressGeo": "The `geo` of `CustomerAddress`.",
        "CustomerNote": "One of the `notes` of `Customer`.",
        "Data": "The `data` of `Customer`.",
        "Described": "",
        "Paint": "Returned by `paint`.",
        "PaintColourInput": "The `colour` of `paint`.",
        "PaintPartInput": "One of the `parts` of `paint`.",
        "Result": "Returned by `check`.",
        "Bag": "",
        "BagItem": "Part of `Bag`.",
    }
