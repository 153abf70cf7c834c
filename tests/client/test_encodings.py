"""Encodings of the configuration: which arguments of queries and forms they reach."""

from pillarbox.client.describe import ClientNames, describe_api
from pillarbox.client.parameter_styles import spelled_styles
from pillarbox.config.settings import ArgumentEncoding, DeepArrays, Encoding, Encodings, FormObjects
from pillarbox.config.type_paths import ArgumentPath
from pillarbox.lock.claims import Claims
from pillarbox.lock.format import Lock
from pillarbox.model.problems import Origin
from pillarbox.readers.openapi.document import read_openapi

LINE = {"type": "object", "properties": {"sku": {"type": "string"}}}
LINES = {"type": "array", "items": LINE}
NAMES = {"type": "array", "items": {"type": "string"}}
FIELDS = {
    "lines": LINES,
    "buyer": LINE,
    "names": NAMES,
    "extra": LINE,
    "tags[]": LINES,
    "note": {"type": "string"},
}
FORM = {
    "schema": {"type": "object", "properties": FIELDS},
    "encoding": {"extra": {"style": "deepObject"}, "lines": {"contentType": "application/json"}},
}
QUERY = [
    {"name": "where", "in": "query", "style": "deepObject", "schema": LINE},
    {"name": "plain", "in": "query", "style": "form", "explode": False, "schema": NAMES},
]
CREATE = {
    "tags": ["orders"],
    "operationId": "createOrder",
    "parameters": QUERY,
    "requestBody": {"content": {"application/x-www-form-urlencoded": FORM}},
    "responses": {"204": {"description": "Done."}},
}
SHOP = {"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, "paths": {"/orders": {"post": CREATE}}}


def styles(encodings: Encodings) -> tuple[dict[str, str], list[str]]:
    """The styles that the method spells, by wire name, and the codes of what was wrong."""
    api = read_openapi(SHOP, Origin("shop.yaml")).api
    names = ClientNames(package="shop", client_class="Shop")
    client, problems = describe_api(api, names, Claims(Lock()), (), encodings)
    (method,) = client.methods
    return {one.wire: one.name for one in spelled_styles(method)}, [one.code for one in problems]


DOCUMENTED = {"where": "deep", "plain": "comma", "extra": "deep", "lines": "json", "tags[]": "deep*"}


def rule(argument: str, encoding: Encoding) -> ArgumentEncoding:
    at = ArgumentPath("orders.create", argument)
    return ArgumentEncoding(at, f"orders.create({argument})", encoding)


def test_without_a_rule_it_is_as_documented() -> None:
    assert styles(Encodings()) == (DOCUMENTED, [])


def test_lists_of_a_client() -> None:
    found, _ = styles(Encodings(Encoding(deep_arrays=DeepArrays.EMPTY)))
    assert found == {**DOCUMENTED, "where": "deep[]", "extra": "deep[]"}


def test_objects_in_forms_for_which_the_document_says_nothing() -> None:
    found, _ = styles(Encodings(Encoding(form_objects=FormObjects.BRACKETS)))
    assert found == {**DOCUMENTED, "buyer": "deep"}


def test_the_rule_of_an_argument_is_over_that_of_the_client() -> None:
    everywhere = Encoding(deep_arrays=DeepArrays.EMPTY, form_objects=FormObjects.BRACKETS)
    found, problems = styles(
        Encodings(
            everywhere,
            (
                rule("buyer", Encoding(deep_arrays=DeepArrays.REPEAT)),
                rule("where", Encoding(deep_arrays=DeepArrays.INDEX)),
            ),
        )
    )
    assert found == {**DOCUMENTED, "buyer": "deep*", "extra": "deep[]"}
    assert not problems


def test_a_rule_that_meets_nothing_is_reported() -> None:
    found, problems = styles(Encodings(arguments=(rule("gone", Encoding(deep_arrays=DeepArrays.EMPTY)),)))
    assert (found, problems) == (DOCUMENTED, ["unused-encoding"])
