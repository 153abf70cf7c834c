"""Depot: an API of our own described by Swagger 2."""

from collections.abc import Mapping

from ..server import Refused, Response, json_response, text_response
from ..wire import Request

__all__ = ["SITES"]

PHOTO = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def _api(request: Request, urls: Mapping[str, str]) -> Response:
    query = dict(request.query)
    if query.get("api_key") != "k&1":
        raise Refused(text_response("The key is wrong", 401))
    match request.method, request.path.split("/")[1:]:
        case "GET", ["api", "boxes"]:
            status = [value for name, value in request.query if name == "status"]
            ids = [int(text) for text in query["ids"].split(",")]
            return json_response([{"id": one, "status": status[one % len(status)]} for one in ids])
        case "POST", ["api", "boxes", "7", "photos"]:
            photo = next(part for part in request.parts() if part.name == "photo")
            return json_response({"id": "p 1/2", "size": len(photo.content)}, 201)
        case "GET", ["api", "boxes", "7", "photos", "p%201%2F2"]:
            return Response(200, PHOTO, {"Content-Type": "image/png"})
    raise Refused(text_response(f"Nothing at {request.path}", 404))


SITES = {"api": _api}
