"""The contract as Postman has it: for newman with variables, for its generators with the values in their places."""

import base64
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from tests.samples.contract import CASES, collection

__all__ = ["for_generators", "for_newman"]

Item = dict[str, Any]


def _values(secret: str) -> dict[str, str]:
    """What stands for each variable of the contract."""
    return {
        "name": "re port",
        "format": "csv",
        "x": "example",
        **dict.fromkeys(("token", "user", "pass", "key"), secret),
    }


def _filled(value: Any, values: Mapping[str, str]) -> Any:
    match value:
        case str():
            for name, text in values.items():
                value = value.replace(f"{{{{{name}}}}}", text)
            return value
        case dict():
            return {key: _filled(item, values) for key, item in value.items()}
        case list():
            return [_filled(item, values) for item in value]
        case _:
            return value


def _with_files(item: Item, names: Mapping[str, str]) -> Item:
    """The files of the sample, which lie in the folder."""
    made: Item = json.loads(json.dumps(item))
    body = made["request"].get("body", {})
    for part in body.get("formdata", ()):
        if part.get("type") == "file":
            part["src"] = names[made["name"]]
    if "file" in body:
        body["file"]["src"] = names[made["name"]]
    return made


def for_newman(base_url: str, secret: str, files: Mapping[str, str], token: str) -> Item:
    """With every variable defined. Where an item names OAuth 2 alone, the token is put in, as a person does."""
    made = collection(base_url)
    made["variable"] = [
        {"key": name, "value": value} for name, value in {**_values(secret), "baseUrl": base_url}.items()
    ]
    made["item"] = [_with_files(item, files) for item in CASES]
    for item in made["item"]:
        if item["request"].get("auth") == {"type": "oauth2"}:
            item["request"]["auth"] = {
                "type": "oauth2",
                "oauth2": [
                    {"key": "accessToken", "value": token},
                    {"key": "addTokenTo", "value": "header"},
                ],
            }
    return made


def _authorized(request: Item) -> None:
    """What the app does before it hands a request to its generators."""
    auth = request.pop("auth", None) or {"type": "noauth"}
    given = {one["key"]: one["value"] for one in auth.get(auth["type"], ())}
    header = request.setdefault("header", [])
    match auth["type"]:
        case "bearer":
            header.append({"key": "Authorization", "value": f"Bearer {given['token']}"})
        case "oauth2":
            header.append({"key": "Authorization", "value": f"Bearer {given['accessToken']}"})
        case "basic":
            pair = base64.b64encode(f"{given['username']}:{given['password']}".encode()).decode()
            header.append({"key": "Authorization", "value": f"Basic {pair}"})
        case "apikey" if given["in"] == "header":
            header.append({"key": given["key"], "value": given["value"]})
        case "apikey":
            request["url"].setdefault("query", []).append({"key": given["key"], "value": given["value"]})
        case _:
            pass


_RAW = {"json": "application/json", "xml": "application/xml", "text": "text/plain"}


def _typed(request: Item) -> None:
    """The app adds the content type of a raw body or a form where nobody wrote one."""
    body = request.get("body", {})
    language = body.get("options", {}).get("raw", {}).get("language")
    kind = "application/x-www-form-urlencoded" if body.get("mode") == "urlencoded" else _RAW.get(language, "")
    header = request.setdefault("header", [])
    if kind and not any(one["key"].lower() == "content-type" for one in header):
        header.append({"key": "Content-Type", "value": kind})


def _parted(url: Item) -> None:
    """The address in its parts, as it has them once the variable at its head is filled."""
    base = urlsplit(url["host"][0])
    url["protocol"], url["port"] = base.scheme, str(base.port)
    url["host"] = (base.hostname or "").split(".")
    url["path"] = [*base.path.strip("/").split("/"), *url["path"]]
    url["raw"] = f"{base.geturl()}/{'/'.join(url['path'])}"


def for_generators(newman: Item) -> Item:
    """The same requests with nothing left to fill in."""
    values = {one["key"]: one["value"] for one in newman["variable"]}
    made: Item = _filled({"item": newman["item"]}, values)
    for item in made["item"]:
        _authorized(item["request"])
        _parted(item["request"]["url"])
        _typed(item["request"])
    return made
