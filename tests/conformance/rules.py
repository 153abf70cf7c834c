"""Where a client should differ from Postman: principles, each with its reason and a check of its own.

A rule knows no collection and no item. It is given one difference and all that is known of the request, and says
whether its principle accounts for the difference wholly: what newman sent must follow from pasting texts together,
and what our client sent must be what the principle asks for. `docs/conformance.md` says how often each one speaks.
"""

import base64
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from .address import Address, Piece, address
from .case import Case
from .checks import comments, is_data_in_body, nothing_said, part_name, together_in_form, unchosen_file
from .compare import Difference, parts_of

__all__ = ["PATH_RULE", "RULES", "Rule", "explained", "refused"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One principle."""

    id: str
    principle: str
    reason: str
    check: Callable[[Difference, Case], bool]


# -- URLs -----------------------------------------------------------------------------------------


def _path_and_query(target: str) -> tuple[str, list[str] | None]:
    path, mark, query = target.partition("?")
    return path, query.split("&") if mark else None


def _is_path(path: str, where: Address, *, slashes: bool) -> bool:
    pattern = where.path
    if slashes:
        pattern = pattern.replace("//", "/", 1)
    return re.fullmatch(pattern, path) is not None


def _in_order(given: Sequence[str], wanted: Sequence[Piece]) -> bool:
    return len(given) == len(wanted) and all(
        re.fullmatch(piece.pattern, text) for text, piece in zip(given, wanted, strict=True)
    )


def _grouped(pieces: Iterable[Piece]) -> list[Piece]:
    """All pieces of a key where its first one stands."""
    groups: dict[str, list[Piece]] = {}
    for number, piece in enumerate(pieces):
        groups.setdefault(piece.key or f"\0{number}", []).append(piece)
    return [piece for group in groups.values() for piece in group]


def _target(case: Case, *, slashes: bool = False, together: bool = False, unsigned: bool = False) -> bool:
    """Newman's target is pasted text, and ours holds the same values as data."""
    where = case.address
    if case.theirs["target"] not in where.pasted:
        return False
    if unsigned:
        where = address(case.collection, case.item, {})
    path, query = _path_and_query(case.ours.target)
    if not _is_path(path, where, slashes=slashes):
        return False
    if query is None or where.query is None:
        return query is None and where.query is None
    return _in_order(query, _grouped(where.query) if together else where.query)


def _is_data(difference: Difference, case: Case) -> bool:
    match difference.what:
        case "target":
            return _target(case)
        case "body (JSON)" | "body":
            return is_data_in_body(case)
        case "header content-length":
            return is_data_in_body(case)
        case _:
            return False


def _together_in_query(difference: Difference, case: Case) -> bool:
    return difference.what == "target" and _target(case, together=True)


def _base_slash(difference: Difference, case: Case) -> bool:
    where = case.address
    return difference.what == "target" and where.has_slashes and _target(case, slashes=True)


def _default_port(difference: Difference, case: Case) -> bool:
    port = {"http": ":80", "https": ":443"}[case.theirs["scheme"]]
    return difference.what == "host" and difference.theirs == difference.ours + port


def _object_text(difference: Difference, case: Case) -> bool:
    return "[object%20Object]" in difference.theirs and difference.what == "target" and _target(case)


def _unescaped(difference: Difference, case: Case) -> bool:
    return (
        difference.what == "target"
        and bool(case.item.behaviour.get("disableUrlEncoding"))
        and case.theirs["target"] in case.address.pasted
        and unquote(case.ours.target) == unquote(case.theirs["target"])
    )


# -- headers --------------------------------------------------------------------------------------

_CONNECTION = frozenset(
    "host content-length transfer-encoding connection keep-alive upgrade te trailer expect".split()
)


def _connection(difference: Difference, case: Case) -> bool:
    name = "host" if difference.what == "host" else difference.what.removeprefix("header ")
    if difference.what == "body":
        # Switched off, no length frames the body, and nobody could read it.
        return "content-length" in case.switched_off and not case.body and bool(case.ours.body)
    if name not in _CONNECTION or not (name in case.headers or name in case.switched_off):
        return False
    return name != "host" or difference.ours == case.address.authority


def _by_hand(difference: Difference, case: Case) -> bool:
    """An Authorization header that we do not make, typed by hand."""
    return (
        difference.what == "header authorization"
        and (case.foreign or _is_no_basic(case.headers.get("authorization", "")))
        and difference.ours == ""
        and difference.theirs == case.headers.get("authorization", "").strip()
    )


def _is_no_basic(value: str) -> bool:
    """Basic credentials that no user name and password make."""
    scheme, _, rest = value.strip().partition(" ")
    try:
        return scheme.lower() == "basic" and ":" not in base64.b64decode(rest, validate=True).decode()
    except ValueError:
        return True


def _scheme_name(difference: Difference, case: Case) -> bool:
    """Both sides of one Authorization header come as two differences, of which each must agree with the whole."""
    if difference.what != "header authorization":
        return False
    mine = " ".join(case.ours.header("authorization").split())
    other = " ".join((case.their_header("authorization") or "").split())
    (first, _, rest), (their_first, _, their_rest) = mine.partition(" "), other.partition(" ")
    return first.lower() == their_first.lower() and rest == their_rest


def _empty_credentials(difference: Difference, case: Case) -> bool:
    if case.auth == "apikey" and not case.collection.credentials(case.item).get("value"):
        name = case.collection.credentials(case.item)["key"]
        if difference.what == "target":
            return case.theirs["target"] in case.address.pasted and _target(case, unsigned=True)
        return difference == Difference(f"header {name.lower()}", "", "")
    return (
        difference.what == "header authorization"
        and difference.ours == ""
        and difference.theirs == "Basic Og=="
        and case.auth == "basic"
    )


def _lines_joined(difference: Difference, case: Case) -> bool:
    """Lines of one field whose values come from the caller are one line."""
    name = difference.what.removeprefix("header ")
    lines = [value for key, value in case.theirs["headers"] if key.lower() == name]
    if not difference.what.startswith("header ") or len(lines) < 2:
        return False
    return case.ours.header(name) == ",".join(lines)


_HIDDEN = re.compile(r"example-[a-z]+")


def _secret(difference: Difference, case: Case) -> bool:
    """A secret in fixed text never reaches the code: a placeholder stands there."""
    if difference.what in ("body", "header content-length"):
        return _is_hidden(case.ours.body.decode("utf-8", "replace"), case.body.decode("utf-8", "replace"))
    if not _HIDDEN.search(difference.ours or case.ours.header(difference.what.removeprefix("header "))):
        return False
    if difference.what.startswith("header "):
        mine = case.ours.header(difference.what.removeprefix("header "))
        other = case.their_header(difference.what.removeprefix("header ")) or ""
    else:
        mine, other = difference.ours, difference.theirs
    return _is_hidden(mine, other)


def _is_hidden(mine: str, other: str) -> bool:
    pattern = "[^&;\"'<>]+".join(map(re.escape, _HIDDEN.split(mine)))
    return _HIDDEN.search(mine) is not None and re.fullmatch(pattern, other) is not None


def _one_media_type(difference: Difference, case: Case) -> bool:
    """Several lines where a header can have one only."""
    types = [value for name, value in case.theirs["headers"] if name.lower() == "content-type"]
    return (
        difference.what == "header content-type"
        and len(types) > 1
        and case.ours.header("content-type") == types[-1]
    )


def _boundary(difference: Difference, case: Case) -> bool:
    """A multipart body whose label is switched off."""
    if difference.what not in ("header content-type", "parts") or "content-type" not in case.switched_off:
        return False
    first = case.body.partition(b"\r\n")[0].decode("latin-1")
    theirs = parts_of(case.body, f"multipart/form-data; boundary={first[2:]}")
    return first[:2] == "--" and parts_of(case.ours.body, case.ours.header("content-type")) == theirs


RULES = (
    Rule(
        "json-comments",
        "JSON that is built from data holds no comments.",
        "RFC 8259 knows none. Newman leaves those in GraphQL variables, and a server refuses the body.",
        comments,
    ),
    Rule(
        "object-text",
        "An object that stands for a path segment is sent as its value.",
        "The collection format allows `{type, value}` there; newman sends JavaScript's `[object Object]`.",
        _object_text,
    ),
    Rule(
        "data",
        "An argument's value is data and reaches the server unchanged.",
        "RFC 3986 (2.2): a delimiter within data is escaped. Newman pastes values into the URL or body as they are, so "
        "that a `&`, `#`, `/` or quote in a value becomes structure and `+` or `%41` arrive as something else.",
        _is_data,
    ),
    Rule(
        "together-in-query",
        "The values of a key that stands several times are one argument, a list, and are sent together.",
        "Servers read a query as lists of values by key (application/x-www-form-urlencoded, URL Standard 5.1). The "
        "order within a key is kept, and that of the keys by their first entries.",
        _together_in_query,
    ),
    Rule(
        "together-in-form",
        "The parts of a name that stands several times are one argument, a list, and are sent together.",
        "RFC 7578 (4.3) sends several values of a field as parts of one name; the order within a name is kept.",
        together_in_form,
    ),
    Rule(
        "base-url-slash",
        "One slash stands between a base URL and the path of an operation.",
        "A base URL is the caller's setting, typed with or without a slash at its end; `//` would be another path "
        "(RFC 3986, 3.3).",
        _base_slash,
    ),
    Rule(
        "default-port",
        "The default port of a scheme is not written.",
        "RFC 9110 (4.2.3): `https://h:443` and `https://h` are the same, and RFC 3986 (6.2.3) prefers the latter.",
        _default_port,
    ),
    Rule(
        "uri-characters",
        "A character that a URI cannot contain is escaped, also where the collection switches that off.",
        "RFC 3986 (2): a target with other characters is no URI. Decoded, both are equal.",
        _unescaped,
    ),
    Rule(
        "graphql-nothing",
        "Members of a GraphQL body that hold nothing are left out.",
        "GraphQL over HTTP: absent and null mean the same. Newman sends an empty `operationName`, and blank "
        "variables as no JSON at all.",
        nothing_said,
    ),
    Rule(
        "boundary",
        "A multipart body is labelled, also where the collection switches the label off.",
        "RFC 7578 (4.1): without its boundary nobody can read the body.",
        _boundary,
    ),
    Rule(
        "one-media-type",
        "A request has one Content-Type.",
        "RFC 9110 (8.3): the field has one value. Newman sends a line for each header that was typed; the last counts.",
        _one_media_type,
    ),
    Rule(
        "part-name",
        "A quote in the name of a part is escaped as %22.",
        "RFC 7578 (2) and the HTML Standard: unescaped it would end the name. Newman does not escape it.",
        part_name,
    ),
    Rule(
        "unchosen-file",
        "A file that the collection does not hold comes from the caller.",
        "Newman sends an empty part without a file name, or none at all, and warns of it; nobody wants to upload that.",
        unchosen_file,
    ),
    Rule(
        "connection-headers",
        "Host, Content-Length and other headers of the connection belong to the HTTP client.",
        "RFC 9110 (7.2, 7.6.1) and RFC 9112 (6): they follow from the URL, the body and the connection. Typed by hand "
        "or switched off they contradict these as soon as one of them changes.",
        _connection,
    ),
    Rule(
        "signed-by-hand",
        "A signature that somebody typed into a header is a secret of that person and comes from the caller.",
        "It is valid for one request or person. The client takes an `httpx2.Auth` for schemes that it does not sign.",
        _by_hand,
    ),
    Rule(
        "scheme-name",
        "The name of an authentication scheme is written as its standard writes it.",
        "RFC 9110 (11.1): it is case-insensitive.",
        _scheme_name,
    ),
    Rule(
        "empty-credentials",
        "Credentials that are empty sign nothing.",
        "Newman sends `Basic Og==` or a key without a value; a server answers either as it does a wrong one.",
        _empty_credentials,
    ),
    Rule(
        "lines-joined",
        "Values that a caller gives for one header are one line, joined by commas.",
        "RFC 9110 (5.3): lines of one field and their values joined by commas mean the same.",
        _lines_joined,
    ),
    Rule(
        "no-secrets",
        "A secret in fixed text of a collection is replaced by a placeholder.",
        "Generated code is committed and published.",
        _secret,
    ),
)

PATH_RULE = "path-segment"
"""The one rule about a call that is refused: nothing was sent, so there is no difference to look at."""


def explained(case: Case, differences: Sequence[Difference]) -> tuple[str, ...]:
    """Ids of the rules that account for all differences; none at all where one is left."""
    found: dict[str, None] = {}
    for difference in differences:
        rule = next((rule for rule in RULES if rule.check(difference, case)), None)
        if rule is None:
            return ()
        found[rule.id] = None
    return tuple(found)


def refused(case: Case, error: Exception) -> tuple[str, ...]:
    """`path-segment`, where the client refused a value that would lead to another path."""
    if not isinstance(error, ValueError):
        return ()
    placeholders = [piece.wire for piece in case.operation.path if not isinstance(piece, str)]
    values = [str(value) for value in case.arguments.values()]
    wrong = any(unquote(unquote(value)) in ("", ".", "..") or "\0" in value for value in values)
    return (PATH_RULE,) if placeholders and wrong and "path parameter" in str(error) else ()
