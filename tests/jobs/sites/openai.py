"""OpenAI: speech and files."""

from collections.abc import Mapping

from ..server import Refused, Response, json_response
from ..wire import Request

__all__ = ["SITES"]

SOUND = b"ID3\x04" + bytes(range(256)) * 8
"""As an MP3 begins, and every value that a byte has."""
CONTENT = b'{"custom_id": "1"}\n\xe2\x82\xac\xff\xfe'
"""Of the file that the API holds: no text in any encoding of Unicode."""


def _refuse(status: int, message: str, code: str | None = None) -> Refused:
    error = {"message": message, "type": "invalid_request_error", "param": None, "code": code}
    return Refused(json_response({"error": error}, status))


def _api(request: Request, urls: Mapping[str, str]) -> Response:
    if request.headers.get("authorization") != "Bearer sk-test":
        raise _refuse(401, "Incorrect API key provided", "invalid_api_key")
    match request.method, request.path.removeprefix("/v1/").split("/"):
        case "POST", ["audio", "speech"]:
            return _speech(request)
        case "POST", ["files"]:
            return _upload(request)
        case "GET", ["files", "file-abc123", "content"]:
            return Response(200, CONTENT, {"Content-Type": "application/octet-stream"})
    raise _refuse(404, f"Invalid URL ({request.method} {request.path})")


def _speech(request: Request) -> Response:
    if request.media_type != "application/json":
        raise _refuse(415, f"Unsupported media type {request.media_type}")
    asked = request.json()
    for name in ("model", "input", "voice"):
        if name not in asked:
            raise _refuse(400, f"Missing required parameter: '{name}'.", "missing_required_parameter")
    if "text/event-stream" in request.headers.get("accept", ""):
        return Response(200, b'data: {"type":"speech.audio.done"}\n\n', {"Content-Type": "text/event-stream"})
    return Response(200, SOUND, {"Content-Type": "audio/mpeg"})


def _upload(request: Request) -> Response:
    parts = {part.name: part for part in request.parts()}
    if "file" not in parts or parts["file"].file is None:
        raise _refuse(400, "'file' is a required property")
    if "purpose" not in parts:
        raise _refuse(400, "'purpose' is a required property")
    file = {
        "id": "file-abc123",
        "object": "file",
        "bytes": len(parts["file"].content),
        "created_at": 1700000000,
        "filename": parts["file"].file,
        "purpose": parts["purpose"].content.decode(),
        "status": "processed",
    }
    return json_response(file)


SITES = {"api": _api}
