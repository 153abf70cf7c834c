"""GitHub: archives through a redirect, release assets at a server of their own, Enterprise below `/api/v3`."""

from collections.abc import Mapping
from typing import Any

from ..server import Refused, Response, json_response
from ..wire import Request

__all__ = ["SITES"]

ARCHIVE = b"PK\x05\x06" + bytes(18)
"""An empty zip archive."""


def _refuse(status: int, message: str) -> Refused:
    return Refused(
        json_response({"message": message, "documentation_url": "https://docs.github.com/rest"}, status)
    )


def _signed(request: Request) -> None:
    if request.headers.get("authorization") not in ("Bearer ghp_test", "token ghp_test"):
        raise _refuse(401, "Bad credentials")


def _api(request: Request, urls: Mapping[str, str]) -> Response:
    _signed(request)
    enterprise = request.path.startswith("/api/")
    match request.method, request.path.removeprefix("/api/v3").removeprefix("/api/uploads").split("/")[1:]:
        case "GET", ["repos", "octocat", "old-name"]:
            return _redirect(301, f"{urls['api']}/repositories/1296269")
        case "GET", ["repositories", "1296269"] | ["repos", "octocat", "hello"]:
            return json_response(
                {"id": 1296269, "name": "hello", "full_name": "octocat/hello", "private": False}
            )
        case "GET", ["repos", "octocat", "hello", "zipball", ref]:
            return _redirect(302, f"{urls['codeload']}/octocat/hello/legacy.zip/refs/heads/{ref}")
        case "GET", ["repos", "acme", "tools", "issues"] if enterprise:
            return json_response([_issue(title="Crash", labels=dict(request.query)["labels"].split(","))])
        case "POST", ["repos", "acme", "tools", "issues"] if enterprise:
            return json_response(_issue(**request.json()), 201)
        case "POST", ["repos", _, _, "releases", "1", "assets"] if not request.path.startswith("/api/v3/"):
            return _asset(request)
    raise _refuse(404, "Not Found")


def _redirect(status: int, location: str) -> Response:
    return Response(status, b"", {"Location": location})


def _issue(title: str, labels: list[str], **ignored: Any) -> dict[str, Any]:
    names = [{"id": number, "name": name, "color": "d73a4a"} for number, name in enumerate(labels, 1)]
    return {"id": 7, "number": 42, "title": title, "state": "open", "labels": names}


def _uploads(request: Request, urls: Mapping[str, str]) -> Response:
    _signed(request)
    if request.method != "POST" or not request.path.startswith("/repos/"):
        raise _refuse(404, "Not Found")
    return _asset(request)


def _asset(request: Request) -> Response:
    query = dict(request.query)
    if not request.media_type or not query.get("name"):
        raise _refuse(422, "Validation Failed")
    asset = {
        "id": 5,
        "name": query["name"],
        "label": query.get("label"),
        "content_type": request.media_type,
        "size": len(request.body),
        "state": "uploaded",
    }
    return json_response(asset, 201)


def _codeload(request: Request, urls: Mapping[str, str]) -> Response:
    """Another origin, which must not see the token."""
    if "authorization" in request.headers:
        raise _refuse(400, "A token was sent to another origin")
    return Response(200, ARCHIVE, {"Content-Type": "application/zip"})


SITES = {"api": _api, "uploads": _uploads, "codeload": _codeload}
