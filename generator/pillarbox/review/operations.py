"""What became of the operations: names, routes, fixed parts, responses, failures."""

from collections.abc import Iterator
from itertools import groupby
from typing import assert_never

from ..client import types as py
from ..client.api import Method, Response
from ..client.request import (
    BinaryBody,
    Body,
    FormBody,
    GraphQLBody,
    JsonBody,
    MultipartBody,
    Request,
    TextBody,
    route_text,
    template_text,
)
from .arguments import argument_changes, listed, spelled
from .changes import Change, in_new, in_old
from .checks import Check
from .matching import Pairing
from .types import Shift, response_shift, values_of, with_values

__all__ = ["operation_changes"]

_NOTHING = "nothing"


def operation_changes(pairing: Pairing) -> Iterator[Change]:
    """Changes of all operations and their arguments."""
    pairs = pairing.operations
    for gone in pairs.gone:
        yield in_old(
            Check.OPERATION_REMOVED,
            gone.qualified,
            gone.origin,
            old=route_text(gone.request),
        )
    for fresh in pairs.fresh:
        yield in_new(
            Check.OPERATION_ADDED,
            fresh.qualified,
            fresh.origin,
            new=route_text(fresh.request),
        )
    yield from _renamed(pairing)
    for old, new in pairs.both:
        yield from _request(old, new)
        yield from _body(old.request.body, new.request.body, new.qualified)
        yield from argument_changes(pairing, old, new)
        yield from _response(pairing, old, new)
        yield from _errors(old, new)


def _renamed(pairing: Pairing) -> Iterator[Change]:
    """Names that moved; a resource whose methods all moved together is one change."""
    moved = [(old, new) for old, new in pairing.operations.both if old.qualified != new.qualified]
    left = {
        old.qualified.rpartition(".")[0]
        for old, new in pairing.operations.both
        if old.qualified == new.qualified
    }

    def homes(pair: tuple[Method, Method]) -> tuple[str, str]:
        return pair[0].qualified.rpartition(".")[0], pair[1].qualified.rpartition(".")[0]

    for (before, after), group in groupby(sorted(moved, key=homes), key=homes):
        pairs = list(group)
        plain = [
            (old, new)
            for old, new in pairs
            if old.qualified.rpartition(".")[2] == new.qualified.rpartition(".")[2]
        ]
        whole = before and after and before != after and before not in left and plain
        if whole:
            kept = pairing.keeps_old_name("resource", before, after)
            yield in_new(
                Check.RESOURCE_RENAMED_WITH_ALIAS if kept else Check.RESOURCE_RENAMED,
                before,
                plain[0][1].origin,
                old=before,
                new=after,
                reaches=tuple(new.qualified for _, new in plain),
            )
        for old, new in pairs:
            if not whole or (old, new) not in plain:
                kept = pairing.keeps_old_name("operation", old.qualified, new.qualified)
                yield in_new(
                    Check.OPERATION_RENAMED_WITH_ALIAS if kept else Check.OPERATION_RENAMED,
                    old.qualified,
                    new.origin,
                    old=old.qualified,
                    new=new.qualified,
                )


def _server(request: Request) -> str:
    return "the client's address" if request.server is None else template_text(request.server)


def _shape(request: Request) -> tuple[str, tuple[str | None, ...]]:
    """Method and path without the names of placeholders, which no request shows."""
    return request.method, tuple(piece if isinstance(piece, str) else None for piece in request.path)


def _request(before: Method, after: Method) -> Iterator[Change]:
    old, new, symbol, origin = before.request, after.request, after.qualified, after.origin
    if _shape(old) != _shape(new):
        yield in_new(Check.ROUTE_CHANGED, symbol, origin, old=route_text(old), new=route_text(new))
    if _server(old) != _server(new):
        yield in_new(Check.OPERATION_SERVER_CHANGED, symbol, origin, old=_server(old), new=_server(new))
    if before.deprecated != after.deprecated:
        check = Check.OPERATION_DEPRECATED if after.deprecated else Check.OPERATION_REINSTATED
        yield in_new(check, symbol, origin)
    sent, now = _headers(old), _headers(new)
    for wire in sorted(sent.keys() | now.keys()):
        one, other = sent.get(wire, f"no {wire}"), now.get(wire, f"no {wire}")
        if one != other:
            yield in_new(Check.FIXED_HEADER_CHANGED, symbol, origin, old=one, new=other)
    if old.fixed_query != new.fixed_query:
        yield in_new(
            Check.FIXED_QUERY_CHANGED,
            symbol,
            origin,
            old="&".join(piece.text for piece in old.fixed_query) or _NOTHING,
            new="&".join(piece.text for piece in new.fixed_query) or _NOTHING,
        )


def _headers(request: Request) -> dict[str, str]:
    """By lower-case name, each as it is sent; several of one name in order."""
    found: dict[str, str] = {}
    for header in request.headers:
        line = f"{header.wire}: {header.value}"
        key = header.wire.lower()
        found[key] = f"{found[key]}; {line}" if key in found else line
    return found


def _media_type(body: Body) -> str:
    match body:
        case JsonBody(media_type=text) | FormBody(media_type=text) | TextBody(media_type=text):
            return text
        case BinaryBody(media_type=text):
            return text or "bytes"
        case MultipartBody():
            return "multipart/form-data"
        case GraphQLBody():
            return "GraphQL"
        case _:
            assert_never(body)


def _body(old: Body | None, new: Body | None, symbol: str) -> Iterator[Change]:
    if old is None or new is None:
        return
    before, after = _media_type(old), _media_type(new)
    if before != after:
        yield in_new(Check.BODY_MEDIA_TYPE_CHANGED, symbol, new.origin, old=before, new=after)
    match old, new:
        case MultipartBody(parts=parts), MultipartBody(parts=others):
            labels = {part.wire: part.content_type for part in parts}
            for part in others:
                label = labels.get(part.wire, part.content_type)
                if label != part.content_type:
                    yield in_new(
                        Check.BODY_PART_TYPE_CHANGED,
                        f"{symbol}({part.wire})",
                        new.origin,
                        old=label or _NOTHING,
                        new=part.content_type or _NOTHING,
                    )
        case TextBody(template=one), TextBody(template=other) if one != other:
            yield in_new(Check.BODY_TEXT_CHANGED, symbol, new.origin)
        case GraphQLBody(query=one), GraphQLBody(query=other) if one != other:
            yield in_new(Check.BODY_TEXT_CHANGED, symbol, new.origin)
        case _:
            return


def _response(pairing: Pairing, old: Method, new: Method) -> Iterator[Change]:
    origin = new.returned[0].origin if new.returned else new.origin
    before, after = pairing.kinds(old.returns, new.returns)
    was, now = values_of(before), values_of(after)
    if before == py.NONE != after:
        yield in_new(Check.RETURN_ADDED, new.qualified, origin, new=spelled(after))
        return
    if was.listed and now.listed:
        if added := now.missing_in(was):
            yield in_new(Check.RETURN_VALUE_ADDED, new.qualified, origin, new=listed(added))
        if removed := was.missing_in(now):
            yield in_new(Check.RETURN_VALUE_REMOVED, new.qualified, origin, old=listed(removed))
        both = (*was.listed, *now.listed)
        shift = response_shift(with_values(before, both), with_values(after, both))
    else:
        shift = response_shift(before, after)
    check = _SHIFTS.get(shift)
    if check is not None:
        yield in_new(check, new.qualified, origin, old=spelled(before), new=spelled(after))
    else:
        yield from _labels(old.returned, new.returned, new)


_SHIFTS = {
    Shift.WIDENED: Check.RETURN_TYPE_CHANGED,
    Shift.CHANGED: Check.RETURN_TYPE_CHANGED,
    Shift.NARROWED: Check.RETURN_TYPE_NARROWED,
    Shift.ITEMS_NARROWED: Check.RETURN_ITEMS_NARROWED,
    Shift.LOST: Check.RETURN_TYPE_LOST,
    Shift.FOUND: Check.RETURN_TYPE_FOUND,
}


def _labels(old: tuple[Response, ...], new: tuple[Response, ...], operation: Method) -> Iterator[Change]:
    """Status and media type of responses whose Python type is the same."""
    if not old or not new:
        return
    for check, before, after in (
        (Check.STATUS_CHANGED, _statuses(old), _statuses(new)),
        (
            Check.ANSWER_MEDIA_TYPE_CHANGED,
            ", ".join(sorted({response.media_type for response in old})),
            ", ".join(sorted({response.media_type for response in new})),
        ),
    ):
        if before != after:
            yield in_new(
                check, operation.qualified, new[0].origin, old=before or _NOTHING, new=after or _NOTHING
            )


def _statuses(responses: tuple[Response, ...]) -> str:
    return ", ".join(sorted({str(response.status or "any status") for response in responses}))


def _errors(old: Method, new: Method) -> Iterator[Change]:
    before, after = ({_failure(case.status, case.code): case for case in one.errors} for one in (old, new))
    if fresh := [text for text in after if text not in before]:
        yield in_new(Check.ERROR_ADDED, new.qualified, after[fresh[0]].origin, new="; ".join(fresh))
    if gone := [text for text in before if text not in after]:
        yield in_old(Check.ERROR_REMOVED, new.qualified, before[gone[0]].origin, old="; ".join(gone))


def _failure(status: object, code: str | int | None) -> str:
    text = str(getattr(status, "value", status))
    return text if code is None else f"{text}, code {code}"
