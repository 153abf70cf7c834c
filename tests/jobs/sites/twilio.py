"""Twilio: forms whose lists are repeated keys, HTTP Basic."""

import base64
from collections.abc import Mapping

from ..server import Refused, Response, json_response
from ..wire import Request

__all__ = ["SITES"]

ACCOUNT = "AC" + 32 * "0"
BASIC = "Basic " + base64.b64encode(f"{ACCOUNT}:sec:ret".encode()).decode()


def _refuse(status: int, code: int, message: str) -> Refused:
    return Refused(json_response({"code": code, "message": message, "status": status}, status))


def _api(request: Request, urls: Mapping[str, str]) -> Response:
    if request.headers.get("authorization") != BASIC:
        raise _refuse(401, 20003, "Authenticate")
    if request.path != f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json":
        raise _refuse(404, 20404, f"The requested resource {request.path} was not found")
    if request.method == "GET":
        query = dict(request.query)
        message = {"sid": "SM2", "body": "before", "num_media": "0", "status": "sent", "to": query.get("To")}
        return json_response(
            {"messages": [message], "next_page_uri": None, "page_size": int(query["PageSize"])}
        )
    form = request.form()
    media = [value for name, value in form if name == "MediaUrl"]
    if not all(url.startswith("https://") for url in media):
        raise _refuse(400, 21620, "Invalid media URL(s)")
    fields = dict(form)
    if "To" not in fields:
        raise _refuse(400, 21604, "A 'To' phone number is required.")
    status = "scheduled" if "SendAt" in fields else "queued"
    message = {
        "sid": "SM1",
        "body": fields.get("Body"),
        "num_media": str(len(media)),
        "status": status,
        "to": fields["To"],
    }
    return json_response(message, 201)


SITES = {"api": _api}
