"""Several types for one value -> the plainest type that takes the same."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ...model.types import Anything, Enumeration, Nullable, Scalar, ScalarKind, Type, Union
from .merged_schema import merged_values

__all__ = ["ONLY_NULL", "either", "nullable", "union_of"]

ONLY_NULL = Anything("only null is allowed here")
"""What a `Nullable` holds where nothing but null fits."""

_NUMBERS = (ScalarKind.INTEGER, ScalarKind.NUMBER)


@dataclass(slots=True)
class _Member:
    type: Type
    tags: tuple[str, ...]


def nullable(kind: Type) -> Type:
    """`kind` or null, once."""
    return kind if isinstance(kind, Nullable) else Nullable(kind)


def _flat(types: Iterable[tuple[Type, tuple[str, ...]]], discriminator: str) -> Iterator[_Member | None]:
    """Members of nested unions in one row; None for each null."""
    stack = list(types)[::-1]
    while stack:
        kind, tags = stack.pop()
        match kind:
            case Nullable(inner):
                yield None
                if inner is not ONLY_NULL:
                    stack.append((inner, tags))
            case Union(members, property, inner_tags):
                own = inner_tags if inner_tags and property == discriminator else ((),) * len(members)
                stack.extend([(one, has or tags) for one, has in zip(members, own, strict=True)][::-1])
            case _:
                yield _Member(kind, tags)


def either(types: Iterable[Type]) -> Type:
    """One of `types`, without a discriminator."""
    listed = list(types)
    return listed[0] if len(listed) == 1 else union_of([(kind, ()) for kind in listed], "")


def union_of(types: Sequence[tuple[Type, tuple[str, ...]]], discriminator: str, title: str = "") -> Type:
    """One of `types`, each with the values of `discriminator` that select it; `title` is the document's name for it."""
    null = False
    members: list[_Member] = []
    for member in _flat(types, discriminator):
        if member is None:
            null = True
        else:
            _add(members, member)
    for member in members:
        if isinstance(member.type, Anything):
            return nullable(member.type) if null else member.type
    members = _without_integers(_one_enumeration(members))
    if not members:
        return Nullable(ONLY_NULL) if null else Anything("no type is left here")
    found = _union(members, discriminator, title)
    return nullable(found) if null else found


def _union(members: Sequence[_Member], discriminator: str, title: str) -> Type:
    if len(members) == 1:
        return members[0].type
    types = tuple(member.type for member in members)
    tags = tuple(member.tags for member in members)
    every = [tag for member in members for tag in member.tags]
    if not discriminator or not every or len(set(every)) < len(every):
        return Union(types, title=title)
    return Union(types, discriminator, tags, title)


def _add(members: list[_Member], new: _Member) -> None:
    for known in members:
        if known.type == new.type and type(known.type) is type(new.type):
            known.tags = tuple(dict.fromkeys((*known.tags, *new.tags)))
            return
        if _is_text(known.type) and _is_text(new.type):
            known.type = Scalar(ScalarKind.STRING)
            return
    members.append(new)


def _is_text(kind: Type) -> bool:
    return isinstance(kind, Scalar) and kind.kind is ScalarKind.STRING


def _is_number(kind: Type) -> bool:
    return isinstance(kind, Scalar) and kind.kind in _NUMBERS


def _is_boolean(kind: Type) -> bool:
    return isinstance(kind, Scalar) and kind.kind is ScalarKind.BOOLEAN


def _kind_of(value: object) -> str:
    match value:
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case str():
            return "string"
        case _:
            return "other"


def _one_enumeration(members: list[_Member]) -> list[_Member]:
    """Lists of values in one list; beside the plain type of their values, an open one."""
    lists = [member.type for member in members if isinstance(member.type, Enumeration)]
    if not lists:
        return members
    first = lists[0]
    if len(lists) > 1:
        titles = {one.title for one in lists}
        first = Enumeration(
            merged_values(value for one in lists for value in one.values),
            open=any(one.open for one in lists),
            docs=_joined_docs(lists),
            title=titles.pop() if len(titles) == 1 else "",
        )
    kinds = {_kind_of(value) for value in first.values}
    plain = {
        "string": _is_text,
        "number": _is_number,
        "boolean": _is_boolean,
    }
    only = plain.get(kinds.pop()) if len(kinds) == 1 else None
    covered = [member for member in members if only is not None and only(member.type)]
    if covered:
        first = Enumeration(first.values, open=True, docs=first.docs, title=first.title)
    found: list[_Member] = []
    for member in members:
        if isinstance(member.type, Enumeration):
            if not any(isinstance(one.type, Enumeration) for one in found):
                found.append(_Member(first, member.tags))
        elif not any(member is one for one in covered):
            found.append(member)
    return found


def _joined_docs(lists: Sequence[Enumeration]) -> tuple[str, ...]:
    docs: dict[tuple[type, str], str] = {}
    for one in lists:
        for index, value in enumerate(one.values):
            docs.setdefault((type(value), repr(value)), one.docs[index] if one.docs else "")
    values = merged_values(value for one in lists for value in one.values)
    found = tuple(docs[type(value), repr(value)] for value in values)
    return found if any(found) else ()


def _without_integers(members: list[_Member]) -> list[_Member]:
    """Every integer is a number."""
    kinds = [member.type.kind for member in members if isinstance(member.type, Scalar)]
    if ScalarKind.NUMBER not in kinds:
        return members
    return [
        member
        for member in members
        if not (isinstance(member.type, Scalar) and member.type.kind is ScalarKind.INTEGER)
    ]
