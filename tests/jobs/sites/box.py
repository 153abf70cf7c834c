"""Box: an upload whose attributes come before its file, and one in parts with a digest each."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from ..server import Refused, Response, json_response
from ..wire import Request

__all__ = ["SITES"]

DOCUMENT = b"%PDF-1.7\n" + bytes(range(256))
PART_SIZE = 8 * 2**20
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")


def _refuse(status: int, code: str, message: str) -> Refused:
    return Refused(
        json_response({"type": "error", "status": status, "code": code, "message": message}, status)
    )


def _signed(request: Request) -> None:
    if request.headers.get("authorization") != "Bearer box-token":
        raise _refuse(401, "unauthorized", "Unauthorized")


def _api(request: Request, urls: Mapping[str, str]) -> Response:
    _signed(request)
    match request.method, request.path.split("/")[1:]:
        case "GET", ["2.0", "files", "12345", "content"]:
            return Response(302, b"", {"Location": f"{urls['download']}/d/1/signed/download"})
    raise _refuse(404, "not_found", "Not Found")


def _download(request: Request, urls: Mapping[str, str]) -> Response:
    """Another origin, with an address that is signed itself."""
    if "authorization" in request.headers:
        raise _refuse(400, "bad_request", "A token was sent to another origin")
    return Response(200, DOCUMENT, {"Content-Type": "application/pdf"})


def _upload(request: Request, urls: Mapping[str, str]) -> Response:
    _signed(request)
    match request.method, request.path.split("/")[1:]:
        case "POST", ["api", "2.0", "files", "content"]:
            return _whole(request)
        case "POST", ["api", "2.0", "files", "upload_sessions"]:
            return _session(request, urls["upload"])
        case "PUT", ["api", "2.0", "files", "upload_sessions", "S1"]:
            return _part(request)
        case "POST", ["api", "2.0", "files", "upload_sessions", "S1", "commit"]:
            return _commit(request)
    raise _refuse(404, "not_found", "Not Found")


def _file(name: str, size: int) -> dict[str, Any]:
    return {"entries": [{"id": "12345", "type": "file", "name": name, "size": size}], "total_count": 1}


def _whole(request: Request) -> Response:
    parts = request.parts()
    if [part.name for part in parts] != ["attributes", "file"]:
        raise _refuse(
            400, "metadata_after_file_contents", "The attributes part must come before the file part"
        )
    attributes = json.loads(parts[0].content)
    if attributes.get("parent", {}).get("id") is None:
        raise _refuse(400, "bad_request", "'parent' is required")
    return json_response(_file(attributes["name"], len(parts[1].content)), 201)


def _session(request: Request, upload: str) -> Response:
    asked = request.json()
    if asked["file_size"] < 20_000_000:
        raise _refuse(400, "file_size_too_small", "The file is too small for a session")
    here = f"{upload}/api/2.0/files/upload_sessions/S1"
    session = {
        "id": "S1",
        "type": "upload_session",
        "session_expires_at": "2030-01-01T00:00:00Z",
        "part_size": PART_SIZE,
        "total_parts": -(-asked["file_size"] // PART_SIZE),
        "num_parts_processed": 0,
        "session_endpoints": {"upload_part": here, "commit": f"{here}/commit", "abort": here},
    }
    return json_response(session, 201)


def _part(request: Request) -> Response:
    match = _RANGE.fullmatch(request.headers.get("content-range", ""))
    if match is None or int(match[2]) - int(match[1]) + 1 != len(request.body):
        raise _refuse(416, "range_overlaps_existing_range", "Content-Range does not fit the body")
    _must_match(request, base64.b64encode(hashlib.sha1(request.body).digest()).decode())
    part = {
        "part_id": f"P{int(match[1]) // PART_SIZE}",
        "offset": int(match[1]),
        "size": len(request.body),
        "sha1": hashlib.sha1(request.body).hexdigest(),
    }
    return json_response({"part": part})


def _must_match(request: Request, digest: str) -> None:
    if request.headers.get("digest") != f"sha={digest}":
        raise _refuse(412, "digest_mismatch", "The digest does not fit the body")


def _commit(request: Request) -> Response:
    parts = request.json()["parts"]
    if [part["offset"] for part in parts] != [number * PART_SIZE for number in range(len(parts))]:
        raise _refuse(400, "parts_mismatch", "Parts are missing")
    if not request.headers.get("digest", "").startswith("sha="):
        raise _refuse(412, "digest_mismatch", "The digest is missing")
    return json_response(_file("film.mov", sum(part["size"] for part in parts)), 201)


SITES = {"api": _api, "upload": _upload, "download": _download}
