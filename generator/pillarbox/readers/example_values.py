"""Readable values for examples: what documentation shows where a spec has a placeholder or filler."""

import re
from collections.abc import Mapping
from typing import assert_never

from ..model.types import (
    Anything,
    Array,
    Enumeration,
    Json,
    Map,
    Nullable,
    Object,
    Reference,
    Scalar,
    ScalarKind,
    Type,
    Union,
)
from .secret_names import is_secret_name, name_words

__all__ = ["is_filler", "is_implausible", "readable", "readable_text"]

_LOREM = frozenset(
    "ad adipisicing adipiscing aliqua aliquip amet anim aute cillum commodo consectetur consequat culpa cupidatat "
    "deserunt do dolor dolore duis ea eiusmod elit enim esse est et eu ex excepteur exercitation fugiat id in "
    "incididunt ipsum irure labore laboris laborum lorem magna minim mollit nisi non nostrud nulla occaecat officia "
    "pariatur proident qui quis reprehenderit sed sint sit sunt tempor ullamco ut velit veniam voluptate".split()
)
_SHORT_LOREM = frozenset("ad do ea et eu ex id in non qui sed sit ut est enim elit anim".split())
_WORDS = re.compile(r"[A-Za-z]+")

_BY_LAST_WORD: Mapping[str, str] = {
    "email": "user@example.com",
    "mail": "user@example.com",
    "url": "https://example.com",
    "uri": "https://example.com",
    "link": "https://example.com",
    "href": "https://example.com",
    "website": "https://example.com",
    "phone": "+15550100",
    "mobile": "+15550100",
    "country": "US",
    "currency": "USD",
    "language": "en",
    "lang": "en",
    "locale": "en-US",
    "timezone": "Europe/Berlin",
    "city": "Berlin",
    "street": "Main Street",
    "address": "Main Street 1",
    "zip": "10115",
    "postcode": "10115",
    "number": "12345",
    "date": "2026-01-31",
    "birthday": "1990-01-31",
    "time": "09:30:00",
    "ip": "192.0.2.1",
    "host": "api.example.com",
    "hostname": "api.example.com",
    "domain": "example.com",
    "color": "#3366cc",
    "description": "An example.",
    "title": "Example",
    "message": "Hello",
    "text": "Hello",
    "comment": "An example.",
    "name": "Example",
    "id": "abc123",
    "uuid": "123e4567-e89b-12d3-a456-426614174000",
    "guid": "123e4567-e89b-12d3-a456-426614174000",
    "code": "abc123",
    "version": "1",
    "file": "example.txt",
    "filename": "example.txt",
    "path": "example",
    "currencycode": "USD",
    "username": "ada",
    "user": "ada",
    "login": "ada",
}
_BY_TWO_WORDS: Mapping[tuple[str, str], str] = {
    ("first", "name"): "Ada",
    ("given", "name"): "Ada",
    ("last", "name"): "Lovelace",
    ("family", "name"): "Lovelace",
    ("full", "name"): "Ada Lovelace",
    ("display", "name"): "Ada Lovelace",
    ("user", "name"): "ada",
    ("host", "name"): "api.example.com",
    ("file", "name"): "example.txt",
    ("country", "code"): "US",
    ("currency", "code"): "USD",
    ("language", "code"): "en",
    ("email", "address"): "user@example.com",
    ("ip", "address"): "192.0.2.1",
    ("mac", "address"): "00-00-5E-00-53-01",
    ("wallet", "address"): "example",
    ("phone", "number"): "+15550100",
    ("mobile", "number"): "+15550100",
    ("extension", "number"): "101",
    ("account", "number"): "12345678",
    ("idempotency", "key"): "123e4567-e89b-12d3-a456-426614174000",
    ("request", "id"): "123e4567-e89b-12d3-a456-426614174000",
    ("postal", "code"): "10115",
    ("zip", "code"): "10115",
    ("time", "zone"): "Europe/Berlin",
    ("created", "at"): "2026-01-31T09:30:00Z",
    ("updated", "at"): "2026-01-31T09:30:00Z",
}
_BY_FORMAT: Mapping[str, str] = {
    "email": "user@example.com",
    "uri": "https://example.com",
    "url": "https://example.com",
    "time": "09:30:00",
    "duration": "PT1H",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "hostname": "api.example.com",
    "byte": "ZXhhbXBsZQ==",
    "binary": "example",
    "password": "example-password",
}


_INTEGERS: Mapping[str, int] = {"year": 2026, "limit": 10, "size": 10, "port": 443, "ttl": 3600}


def is_filler(value: str) -> bool:
    """True for the Latin that generators of examples write: `quis officia in reprehenderit`."""
    words = [word.lower() for word in _WORDS.findall(value[:2000])]
    if not words:
        return False
    latin = sum(word in _LOREM for word in words)
    if len(words) == 1:
        return latin == 1 and words[0] not in _SHORT_LOREM and len(words[0]) == len(value.strip())
    return latin >= 2 and latin * 10 >= len(words) * 8 and any(word not in _SHORT_LOREM for word in words)


def is_implausible(value: str) -> bool:
    """True for a random number: eight digits or a long fraction, as example generators write them."""
    bare = value.removeprefix("-")
    if bare.isdigit():
        return (
            len(bare) == 8
            and bare not in ("12345678", "87654321")
            and not bare.startswith(("19", "20"))
            and not bare.endswith("000")
        )
    whole, point, fraction = bare.partition(".")
    return bool(point) and whole.isdigit() and fraction.isdigit() and len(fraction) > 6


def readable_text(wire: str, format: str) -> str:
    """A readable text for a value of this name and format."""
    if format in _BY_FORMAT:
        return _BY_FORMAT[format]
    words = name_words(wire)
    if is_secret_name(wire):
        return f"example-{next((word for word in reversed(words) if is_secret_name(word)), 'secret')}"
    if len(words) > 1 and words[-2:] in _BY_TWO_WORDS:
        return _BY_TWO_WORDS[words[-2:]]  # type: ignore[index]
    if words and words[-1] in _BY_LAST_WORD:
        return _BY_LAST_WORD[words[-1]]
    return "example"


def readable(kind: Type, wire: str) -> Json:
    """A pleasant value of exactly this type; names help strings. Recursive: callers bound the depth."""
    match kind:
        case Scalar(scalar, format):
            return _scalar(scalar, wire, format)
        case Enumeration(values):
            return values[0] if values else "example"
        case Array(items):
            return [] if isinstance(items, Anything) else [readable(items, wire)]
        case Map() | Anything():
            return {}
        case Nullable(inner):
            return readable(inner, wire)
        case Union(members):
            return readable(members[0], wire)
        case Object(fields=fields):
            return {field.wire: readable(field.type, field.wire) for field in fields}
        case Reference():
            return {}
        case _:
            assert_never(kind)


def _scalar(kind: ScalarKind, wire: str, format: str) -> Json:
    match kind:
        case ScalarKind.STRING | ScalarKind.BINARY:
            return readable_text(wire, format)
        case ScalarKind.INTEGER:
            return _INTEGERS.get(name_words(wire)[-1], 1) if name_words(wire) else 1
        case ScalarKind.NUMBER:
            return 1.5
        case ScalarKind.BOOLEAN:
            return True
        case ScalarKind.DATE:
            return "2026-01-31"
        case ScalarKind.DATETIME:
            return "2026-01-31T09:30:00Z"
        case ScalarKind.UUID:
            return "123e4567-e89b-12d3-a456-426614174000"
        case _:
            assert_never(kind)
