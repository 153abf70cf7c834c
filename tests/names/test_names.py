"""Names: the taste, and that every text gives a valid one."""

import ast
import builtins
import keyword
import subprocess
import sys
from typing import get_args

import pydantic
import pytest
from hypothesis import given, settings, strategies as st

from pillarbox.naming.reserved import RESERVED
from pillarbox.naming.words import (
    Kind,
    UniqueNames,
    pascal,
    plural,
    shorter_names,
    singular,
    snake,
    split_words,
    valid_name,
)
from pillarbox.render.environment import templates_folder

KINDS: tuple[Kind, ...] = get_args(Kind)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("getUserToken", "get_user_token"),
        ("Get a user token", "get_user_token"),
        ("Get a user's profile", "get_user_profile"),
        ("Get a user\u2019s profile", "get_user_profile"),
        ("List users' groups", "list_users_groups"),
        ("Don't stop", "dont_stop"),
        ("List H.323/SIP devices", "list_h323_sip_devices"),
        ("Plan A", "plan_a"),
        ("plan_a_id", "plan_a_id"),
        ("a", "a"),
        ("The token", "token"),
        ("OAuth2", "oauth2"),
        ("getOAuthToken", "get_oauth_token"),
        ("IPv4Address", "ipv4_address"),
        ("Make an iDEAL payment", "make_ideal_payment"),
        ("iDealPayment", "ideal_payment"),
        ("eBay", "ebay"),
        ("GZip", "gzip"),
        ("ETag", "etag"),
        ("vCPUCount", "vcpu_count"),
        ("mTLS", "mtls"),
        ("GitHub", "github"),
        ("PayPal", "paypal"),
        ("aValue", "a_value"),
        ("AValue", "a_value"),
        ("IUser", "i_user"),
        ("xAxis", "x_axis"),
        ("zIndex", "z_index"),
        ("getXToken", "get_x_token"),
        ("IDs", "ids"),
        ("QRCode", "qr_code"),
        ("PayPal\u2122 Orders", "paypal_orders"),
        ("userID", "user_id"),
        ("userIDs", "user_ids"),
        ("X-API-Key", "x_api_key"),
        ("HTTPServerError", "http_server_error"),
        ("filter[name]", "filter_name"),
        ("$filter", "filter"),
        ("@type", "type"),
        ("_id", "id"),
        ("first_name", "first_name"),
        ("address1Line2", "address1_line2"),
        ("base64Encoded", "base64_encoded"),
        ("sha256sum", "sha256sum"),
        ("B2BUser", "b2b_user"),
        ("UserV2Details", "user_v2_details"),
        ("v1.2", "v1_2"),
        ("U.S.A. Phone", "usa_phone"),
        ("/payments/:id/cancels", "payments_id_cancels"),
        ("/paymentLinks/{linkId}", "payment_links_link_id"),
        ("{{baseUrl}}/x", "base_url_x"),
        ("Get users (DEPRECATED)", "get_users_deprecated"),
        ("+1", "plus_1"),
        ("-1", "minus_1"),
        ("r-5", "r_5"),
        ("$", "dollar"),
        (">=", "greater_equal"),
        ("Größe", "grosse"),
        ("你好", "ni_hao"),
        ("Привет мир", "privet_mir"),
        ("\U0001d422\U0001d41f", "if"),
        ("ﬁle", "file"),
        ("😀", "grinning"),
        ("../..", ""),
        ("\u202e\u200b", ""),
        ("\ud800", ""),
        ("", ""),
    ],
)
def test_words(text: str, name: str) -> None:
    assert snake(text) == name
    assert pascal(text) == "".join(word[0].upper() + word[1:] for word in split_words(text))


@pytest.mark.parametrize(
    ("name", "kind", "wanted"),
    [
        ("from", "argument", "from_"),
        ("class", "field", "class_"),
        ("match", "argument", "match"),
        ("type", "argument", "type"),
        ("self", "argument", "self_"),
        ("options", "argument", "options_"),
        ("close", "method", "close_"),
        ("request", "attribute", "request_"),
        ("__init__", "method", "init"),
        ("copy", "field", "copy_"),
        ("model_config", "field", "model_config_"),
        ("str", "field", "str"),
        ("list", "field", "list"),
        ("dict", "field", "dict_"),
        ("id", "field", "id"),
        ("errors", "module", "errors"),
        ("auth", "attribute", "auth"),
        ("models", "attribute", "models"),
        ("con", "attribute", "con_"),
        ("builtins", "method", "builtins_"),
        ("conftest", "module", "conftest_"),
        ("test_users", "module", "tests_users"),
        ("users_test", "module", "users_test_"),
        ("con", "module", "con_"),
        ("CON", "module", "con_"),
        ("typing", "module", "typing"),
        ("typing", "package", "typing_"),
        ("httpx2", "package", "httpx2_"),
        ("sitecustomize", "package", "sitecustomize_"),
        ("None", "class", "None_"),
        ("Any", "class", "Any_"),
        ("Error", "class", "Error_"),
        ("Error", "model", "Error"),
        ("Field", "model", "Field_"),
        ("Warning", "model", "Warning_"),
        ("OAuth2Token", "class", "OAuth2Token"),
        ("timeout", "setting", "timeout_"),
        ("2fa", "method", "two_fa"),
        ("3DSecure", "class", "ThreeDSecure"),
        ("404", "method", "n404"),
        ("404 Error", "class", "N404Error"),
        ("", "method", "call"),
        ("../..", "attribute", "resource"),
        ("", "class", "Item"),
        ("a.b", "field", "a_b"),
    ],
)
def test_valid_names(name: str, kind: Kind, wanted: str) -> None:
    assert valid_name(name, kind) == wanted
    assert valid_name(wanted, kind) == wanted


def test_long_names_leave_out_words_of_the_middle() -> None:
    sentence = "Retrieve all of the very long words that anybody could ever put into the name of an item"
    name = valid_name(sentence, "method")
    assert name == "retrieve_all_very_long_words_could_ever_put_name_item"
    words = ["Account", "Settings", "Update", "Recording", "Password", "Requirement", "Confirmation", "Input"]
    short = valid_name("".join(words), "class")
    assert short == "AccountSettingsUpdateRequirementConfirmationInput"
    assert list(shorter_names("".join(words), "class", 45)) == [
        "AccountSettingsUpdateConfirmationInput",
        "AccountSettingsRequirementConfirmationInput",
        "AccountSettingsPasswordConfirmationInput",
        "AccountSettingsRecordingConfirmationInput",
    ]
    assert list(shorter_names("UserToken", "class", 45)) == ["UserToken"]
    # Words that only join two others go first.
    assert list(shorter_names("list_of_the_many_things_of_a_shop", "field", 20)) == [
        "list_many_shop",
        "list_things_shop",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_long_names_hold_whole_words(kind: Kind) -> None:
    words = "alpha bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november".split()
    text = " ".join(words)
    for name in (
        valid_name(text, kind),
        *shorter_names(pascal(text) if kind in ("class", "model") else snake(text), kind, 30),
    ):
        kept = list(split_words(name))
        assert (kept[0], kept[-1]) == ("alpha", "november")
        left = iter(words)
        assert all(word in left for word in kept)


def test_only_an_endless_word_is_cut() -> None:
    assert valid_name("x" * 5_000, "class") == "X" + "x" * 48
    assert valid_name(f"{'x' * 5_000} of {'y' * 5_000} things", "field") == "x" * 29 + "_things"


def assert_valid(name: str, kind: Kind) -> None:
    assert name.isascii()
    assert name.isidentifier()
    assert not name.startswith("_")
    assert not keyword.iskeyword(name)
    assert name not in RESERVED[kind]
    assert len(name) <= {"package": 40, "setting": 40, "argument": 70}.get(kind, 60)
    assert valid_name(name, kind) == name
    if kind in ("class", "model"):
        assert name[0].isupper()
    else:
        assert name == name.lower()
    ast.parse(f"{name} = 1")


HARD = [
    "", " ", "😀", "../..", "..\\..", "/etc/passwd", "C:\\x", "class", "None", "import os; x", "x\ny", "a" * 10_000, "Ab" * 5_000,
    "1" * 10_000, "_" * 10_000, "\x00", "\ud800", "ª", "²", "①", "ﬁ", "𝐢𝐟", "__ｉnit__", "ſelf", "mro", "__class__", "NUL", "aux.txt",
    "COM¹", "a:b", "a.", "lpt9", "test_x", "conftest", "errors", "auth", "list", "models", "client", "_runtime", "{0.__class__}", "x'+str(exec('y'))+'",
    "9", "09 lives", "-", "+", "a-b", "a_b", "Get", "get", "\u202egpj", "𐐷", "مرحبا", "שלום", "का", "ก็", "\u200b", "İ", "ß", "Ǆ", "ŉ", "Ω", "K", "Å",
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", HARD, ids=lambda text: ascii(text)[:30])
def test_hard_texts_give_valid_names(text: str, kind: Kind) -> None:
    for form in (text, snake(text), pascal(text)):
        assert_valid(valid_name(form, kind), kind)


@given(st.text(alphabet=st.characters(exclude_categories=())), st.sampled_from(KINDS))
@settings(max_examples=1000)
def test_any_text_gives_a_valid_name(text: str, kind: Kind) -> None:
    assert_valid(valid_name(text, kind), kind)
    assert_valid(valid_name(snake(text), kind), kind)


def test_every_code_point_gives_valid_names() -> None:
    for start in range(0, 0x110000, 64):
        text = "".join(map(chr, range(start, start + 64)))
        for form in (text, text[0], f"x{text[1]}", f"{text[2]}1"):
            name = snake(form)
            assert name == "" or (name.isascii() and name.replace("_", "a").isalnum()), ascii(form)
            assert_valid(valid_name(form, "method"), "method")


@pytest.mark.parametrize(
    ("many", "one"),
    [
        ("users", "user"), ("policies", "policy"), ("boxes", "box"), ("addresses", "address"), ("processes", "process"),
        ("houses", "house"), ("cases", "case"), ("responses", "response"), ("caches", "cache"), ("databases", "database"),
        ("children", "child"), ("classes", "class"), ("licenses", "license"), ("analyses", "analysis"), ("devices", "device"),
        ("matches", "match"), ("searches", "search"), ("branches", "branch"), ("taxes", "tax"), ("purchases", "purchase"),
        ("exchanges", "exchange"), ("keys", "key"), ("days", "day"), ("statuses", "status"), ("people", "person"), ("movies", "movie"),
        ("series", "series"), ("data", "data"), ("invoices", "invoice"), ("apis", "api"), ("indices", "index"), ("heroes", "hero"),
    ],
)  # fmt: skip
def test_number(many: str, one: str) -> None:
    assert singular(many) == one
    assert singular(one) == one
    assert plural(one) == {"indices": "indexes"}.get(many, many)
    assert plural(many) == many


@pytest.mark.parametrize(
    "word", ["status", "sms", "address", "analysis", "news", "gps", "dns", "bus", "us", "", "s", "is"]
)
def test_words_in_s_that_are_no_plural(word: str) -> None:
    assert singular(word) == word


def test_unused() -> None:
    free = UniqueNames()
    assert free.free("users") == free.free("users") == "users"
    assert free.take("Users") == "Users"
    assert free.take("users") == "users_2"
    assert [free.take("errors_") for _ in range(3)] == ["errors_", "errors_2", "errors_3"]


def test_reserved_fields_are_those_of_pydantic() -> None:
    assert {name for name in dir(pydantic.BaseModel) if not name.startswith("_")} <= RESERVED["field"]


def test_reserved_classes_hold_the_builtins() -> None:
    public = {name for name in dir(builtins) if name[0].isupper()} - {"None", "True", "False"}
    assert public <= RESERVED["class"]
    assert public <= RESERVED["model"]


def test_reserved_packages_hold_the_standard_library() -> None:
    assert {name for name in sys.stdlib_module_names if not name.startswith("_")} <= RESERVED["package"]


def test_names_do_not_depend_on_the_hash_seed() -> None:
    program = "from pillarbox.naming.words import valid_name; print(valid_name('x' * 99, 'field'), valid_name('A long ' * 20, 'class'))"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1


def runtime_class(module: str, name: str) -> ast.ClassDef:
    source = (templates_folder() / "runtime" / "_runtime" / module).read_text(encoding="utf-8")
    (found,) = [
        node for node in ast.parse(source).body if isinstance(node, ast.ClassDef) and node.name == name
    ]
    return found


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("client.py", "_AnyClient"),
        ("client.py", "Client"),
        ("client.py", "AsyncClient"),
        ("client.py", "Resource"),
        ("client.py", "AsyncResource"),
    ],
)
def test_public_members_of_the_runtime_are_reserved(module: str, name: str) -> None:
    members = {
        node.name
        for node in runtime_class(module, name).body
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    }
    public = {member for member in members if not member.startswith("_")}
    assert public <= RESERVED["method"]
    assert RESERVED["method"] < RESERVED["attribute"]


def test_arguments_of_the_clients_are_reserved() -> None:
    (constructor,) = [
        node
        for node in runtime_class("client.py", "Client").body
        if isinstance(node, ast.FunctionDef) and node.name == "__init__"
    ]
    named = {argument.arg for argument in constructor.args.kwonlyargs}
    options = runtime_class("session.py", "ClientOptions").body
    named |= {
        node.target.id
        for node in options
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }
    assert {"transport", "base_url"} <= named
    assert named - {"credentials", "settings"} <= RESERVED["setting"]
