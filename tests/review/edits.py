"""Edits of a Postman collection, each for one place."""

import json
from collections.abc import Callable
from typing import Any

from .bakery import Doc, answer, find, json_body
from .table import Edit

__all__ = [
    "add_answer",
    "add_header",
    "add_item",
    "add_query",
    "drop_answers",
    "drop_item",
    "drop_query",
    "of_request",
    "set_answer",
    "set_body",
    "set_form",
    "set_path",
    "set_query",
]

Path = tuple[str, ...]


def of_request(path: Path, change: Callable[[Doc], Any]) -> Edit:
    """Do something to a saved request."""

    def edit(doc: Doc) -> None:
        change(find(doc, *path)["request"])

    return edit


def _named(rows: list[Doc], key: str) -> Doc:
    return next(row for row in rows if row["key"] == key)


def add_query(path: Path, *rows: Doc) -> Edit:
    """Append query parameters."""
    return of_request(path, lambda request: request["url"]["query"].extend(rows))


def drop_query(path: Path, key: str) -> Edit:
    """Remove a query parameter, repeated or not."""

    def change(request: Doc) -> None:
        request["url"]["query"] = [row for row in request["url"]["query"] if row["key"] != key]

    return of_request(path, change)


def set_query(path: Path, key: str, /, **values: Any) -> Edit:
    """Change a query parameter."""
    return of_request(path, lambda request: _named(request["url"]["query"], key).update(values))


def add_header(path: Path, *rows: Doc) -> Edit:
    """Append headers."""
    return of_request(path, lambda request: request["header"].extend(rows))


def set_form(path: Path, key: str, /, **values: Any) -> Edit:
    """Change a field of a form."""

    def change(request: Doc) -> None:
        _named(request["body"][request["body"]["mode"]], key).update(values)

    return of_request(path, change)


def set_body(path: Path, body: object) -> Edit:
    """Another JSON body; None for no body."""

    def change(request: Doc) -> None:
        request.pop("body", None)
        if body is not None:
            request["body"] = json_body(body)

    return of_request(path, change)


def set_path(path: Path, text: str, *variables: Doc) -> Edit:
    """Another path, and its variables where they change."""

    def change(request: Doc) -> None:
        request["url"]["path"] = text.strip("/").split("/")
        if variables:
            request["url"]["variable"] = list(variables)

    return of_request(path, change)


def set_answer(path: Path, change: Callable[[Any], Any], *more: Path) -> Edit:
    """Change the JSON of the first saved answer of each of these requests: `change` returns it, or alters it."""

    def edit(doc: Doc) -> None:
        for one in (path, *more):
            saved = find(doc, *one)["response"][0]
            value = json.loads(saved["body"])
            for part in value if isinstance(value, list) else [value]:
                changed = change(part)
                if changed is not None and not isinstance(value, list):
                    value = changed
            saved["body"] = json.dumps(value)

    return edit


def add_answer(path: Path, value: object, code: int = 200, name: str = "Another") -> Edit:
    """Save one more answer."""

    def edit(doc: Doc) -> None:
        find(doc, *path)["response"].append(answer(value, code, name))

    return edit


def drop_answers(path: Path, code: int | None = None) -> Edit:
    """Forget the saved answers, or those with a status."""

    def edit(doc: Doc) -> None:
        target = find(doc, *path)
        target["response"] = [one for one in target["response"] if code is not None and one["code"] != code]

    return edit


def add_item(folder: str, new: Doc) -> Edit:
    """Append a request to a folder."""
    return lambda doc: find(doc, folder)["item"].append(new)


def drop_item(folder: str, name: str) -> Edit:
    """Remove a request from a folder."""

    def edit(doc: Doc) -> None:
        target = find(doc, folder)
        target["item"] = [child for child in target["item"] if child["name"] != name]

    return edit
