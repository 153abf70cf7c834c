"""The credentials that a collection holds: of its auth blocks, typed into headers, in URLs."""

import base64
from collections.abc import Mapping
from urllib.parse import unquote

from pillarbox.client.api import CredentialRole, Method
from pillarbox.model.security import ApiKey, Basic, Bearer
from pillarbox.pipeline import Built

from .address import address
from .values import Collection, Item, NotThere

__all__ = ["auth_of", "credentials", "into_query"]


def credentials(
    built: Built, collection: Collection, item: Item, planned: Method, attributes: Mapping[str, str]
) -> dict[str, str]:
    """Arguments of the client for the credentials that the collection holds for this item."""
    wanted = {key for group in planned.request.security for key in group}
    schemes = {scheme.key: scheme.spec for scheme in built.client.schemes}
    by_hand = _by_hand(collection, item)
    found: dict[str, str | None] = {}
    for credential in built.client.credentials:
        name = credential.name
        if credential.scheme not in wanted:
            continue
        match schemes[credential.scheme]:
            case Basic():
                user = _user(collection, item, attributes, by_hand)
                found[name] = user[0 if credential.role is CredentialRole.USERNAME else 1]
            case ApiKey(wire=wire) if wire.lower() == "authorization" and attributes.get("type") != "apikey":
                found[name] = by_hand
            case ApiKey():
                found[name] = attributes.get("value", attributes.get("accessToken"))
            case Bearer():
                signed = attributes.get("accessToken") or attributes.get("token")
                found[name] = by_hand.partition(" ")[2].strip() if by_hand and not signed else signed
            case _:
                pass
    return {name: value for name, value in found.items() if value is not None}


def _by_hand(collection: Collection, item: Item) -> str:
    """An Authorization header that somebody typed."""
    try:
        return collection.header(item, "authorization").strip()
    except NotThere:
        return ""


def _user(
    collection: Collection, item: Item, attributes: Mapping[str, str], by_hand: str
) -> tuple[str | None, str | None]:
    """User name and password: of the auth, of a header typed by hand, of the URL."""
    if attributes.get("type") == "basic":
        return attributes.get("username"), attributes.get("password")
    if by_hand:
        try:
            username, _, password = base64.b64decode(by_hand.partition(" ")[2]).decode().partition(":")
        except ValueError:
            return None, None
        return username, password
    username, _, password = address(collection, item, {}).userinfo.partition(":")
    return unquote(username), unquote(password)


def auth_of(collection: Collection, item: Item) -> dict[str, str]:
    """What signs an item: nothing where its auth lacks what it needs."""
    attributes = collection.credentials(item)
    signs = {
        "noauth": False,
        "bearer": attributes.get("token"),
        "oauth2": attributes.get("accessToken"),
        "apikey": attributes.get("key"),
    }.get(attributes.get("type", "noauth"), True)
    return attributes if signs else {}


def into_query(attributes: Mapping[str, str]) -> dict[str, str]:
    """What an auth adds to the query."""
    if attributes.get("type") == "apikey" and attributes.get("in") == "query":
        return {attributes["key"]: attributes.get("value", "")}
    if attributes.get("type") == "oauth2" and attributes.get("addTokenTo") == "queryParams":
        return {"access_token": attributes["accessToken"]}
    return {}
