"""Checks of the principles that speak of bodies: what newman pasted together, and what our client made of data."""

import json
import re
from collections.abc import Mapping
from typing import Any

from pillarbox.model.api import GraphQLBody, JsonBody, MultipartBody, TextBody, TextSyntax

from .case import Case
from .compare import Difference, Parts, parts_of
from .values import PLACEHOLDER, is_file, without_comments

__all__ = ["comments", "is_data_in_body", "nothing_said", "part_name", "together_in_form", "unchosen_file"]

_XML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"}


def is_data_in_body(case: Case) -> bool:
    body = case.operation.body
    if isinstance(body, GraphQLBody) or case.item.body.get("mode") == "graphql":
        return _is_data_in_graphql(case)
    collection, item = case.collection, case.item
    if not isinstance(body, JsonBody | TextBody) or collection.body_text(item).encode() != case.body:
        return False
    if isinstance(body, JsonBody):
        return loaded(case.ours.body) == (collection.body_json(item),)
    return _fills(collection.stripped(item, collection.raw(item)), body.syntax, case)


def _fills(template: str, syntax: TextSyntax, case: Case) -> bool:
    """Ours is the text with each variable's value escaped for where it stands."""
    text = case.ours.body.decode("utf-8", "replace")
    made: list[str] = []
    for index, piece in enumerate(PLACEHOLDER.split(case.collection.flatten(template))):
        value = case.collection.variable(piece) if index % 2 else piece
        if not index % 2:
            made.append(re.escape(piece))
        elif syntax is TextSyntax.XML:
            made.append(re.escape("".join(_XML.get(letter, letter) for letter in value)))
        elif syntax is TextSyntax.JSON:
            made.append(re.escape(json.dumps(value, ensure_ascii=False)[1:-1]))
        else:
            made.append(re.escape(value))
    return re.fullmatch("".join(made), text) is not None


def loaded(body: bytes) -> tuple[Any] | None:
    try:
        return (json.loads(body, strict=False),)
    except ValueError:
        return None


def _graphql_texts(case: Case) -> tuple[str, ...]:
    """Members of the body as newman pastes them, unresolved."""
    given = case.item.body.get("graphql") or {}
    made: list[str] = []
    for name in ("query", "operationName"):
        if isinstance(given.get(name), str) and (given[name] or name == "query"):
            made.append(f'"{name}":{json.dumps(given[name], ensure_ascii=False)}')
    variables = given.get("variables")
    if isinstance(variables, dict):
        made.append(f'"variables":{json.dumps(variables, ensure_ascii=False, separators=(",", ":"))}')
    elif isinstance(variables, str) and variables:
        made.append(f'"variables":{variables}')
    return tuple(made)


def _is_data_in_graphql(case: Case) -> bool:
    """Variables of the collection stand in JSON strings, or are JSON of their own: data in either place."""
    text = "{" + ",".join(_graphql_texts(case)) + "}"
    try:
        wanted = case.collection.template_json(without_comments(text))
    except ValueError:
        return False
    return loaded(case.ours.body) == (wanted,) and _is_pasted_graphql(case)


def _is_pasted_graphql(case: Case) -> bool:
    resolve = case.collection.resolve
    given = case.item.body.get("graphql") or {}
    made: list[str] = []
    for text in _graphql_texts(case):
        name, _, value = text.partition(":")
        if name != '"variables"':
            value = json.dumps(resolve(str(given[name[1:-1]])), ensure_ascii=False)
        made.append(f"{name}:{resolve(value) if name == chr(34) + 'variables' + chr(34) else value}")
    return ("{" + ",".join(made) + "}").encode() == case.body


def nothing_said(difference: Difference, case: Case) -> bool:
    """GraphQL members that hold nothing."""
    given = case.item.body.get("graphql")
    if difference.what not in ("body", "body (JSON)", "header content-length") or not isinstance(given, dict):
        return False
    empty = [
        name
        for name in ("operationName", "variables")
        if name in given and not str(given[name] or "").strip()
    ]
    text = case.body.decode("utf-8", "replace")
    for name in empty:
        text = re.sub(rf',"{name}":(?:null|""|\s*)(?=[,}}])', "", text)
    mine = loaded(case.ours.body)
    return bool(empty) and mine is not None and mine == loaded(text.encode())


def comments(difference: Difference, case: Case) -> bool:
    """Comments in GraphQL variables."""
    if difference.what not in ("body", "header content-length") or case.item.body.get("mode") != "graphql":
        return False
    text = case.body.decode("utf-8", "replace")
    bare = without_comments(text)
    return bare != text and loaded(case.ours.body) == loaded(bare.encode())


# -- forms ----------------------------------------------------------------------------------------


def _both_parts(difference: Difference, case: Case) -> tuple[Parts, Parts] | None:
    if difference.what != "parts":
        return None
    mine = parts_of(case.ours.body, case.ours.header("content-type"))
    other = parts_of(case.body, case.their_header("content-type") or "")
    return None if mine is None or other is None else (mine, other)


def together_in_form(difference: Difference, case: Case) -> bool:
    both = _both_parts(difference, case)
    if both is None or not isinstance(case.operation.body, MultipartBody):
        return False
    mine, other = both
    names = dict.fromkeys(part[0] for part in other)
    return mine == [part for name in names for part in other if part[0] == name]


def part_name(difference: Difference, case: Case) -> bool:
    """A name with a quote is escaped, so that the header still ends where it should."""
    both = _both_parts(difference, case)
    if both is None:
        return False
    escaped = [(name.replace('"', "%22"), file.replace('"', "%22"), *rest) for name, file, *rest in both[1]]
    names = dict.fromkeys(part[0] for part in escaped)
    grouped = [part for name in names for part in escaped if part[0] == name]
    return escaped != [tuple(part) for part in both[1]] and both[0] == grouped


def unchosen_file(difference: Difference, case: Case) -> bool:
    """A file that the collection does not hold is the caller's to choose."""
    both = _both_parts(difference, case)
    if both is None:
        return False
    gone = {
        case.collection.resolve(str(entry.get("key", "")))
        for entry in case.item.body.get("formdata") or []
        if is_file(entry) and not entry.get("disabled") and _is_gone(case, entry)
    }

    def chosen(parts: Parts) -> Parts:
        return [part for part in parts if part[0] not in gone or (part[3] and part[1] != "nothing-chosen")]

    return bool(gone) and chosen(both[0]) == chosen(both[1])


def _is_gone(case: Case, entry: Mapping[str, Any]) -> bool:
    return case.collection.files(entry)[0][0] == "nothing-chosen"
