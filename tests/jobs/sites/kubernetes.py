"""Kubernetes: patches in the media type that the caller chooses, logs as text."""

from collections.abc import Mapping
from typing import Any

from ..server import Refused, Response, json_response
from ..wire import Request

__all__ = ["SITES"]

PATCHES = (
    "application/json-patch+json",
    "application/merge-patch+json",
    "application/strategic-merge-patch+json",
    "application/apply-patch+yaml",
)
LOG = "10:00 listening on :8080\n10:01 café ready\n"


def _refuse(status: int, message: str, reason: str) -> Refused:
    answer = {
        "kind": "Status",
        "apiVersion": "v1",
        "status": "Failure",
        "message": message,
        "reason": reason,
        "code": status,
    }
    return Refused(json_response(answer, status))


def _api(request: Request, urls: Mapping[str, str]) -> Response:
    if request.headers.get("authorization") != "Bearer abc":
        raise _refuse(401, "Unauthorized", "Unauthorized")
    match request.method, request.path.split("/")[1:]:
        case "PATCH", ["apis", "apps", "v1", "namespaces", "shop", "deployments", "web"]:
            return json_response(_patched(request))
        case "GET", ["api", "v1", "namespaces", "shop", "pods", "web-1", "log"]:
            lines = LOG.splitlines(keepends=True)[-int(dict(request.query).get("tailLines", 10)) :]
            return Response(200, "".join(lines).encode(), {"Content-Type": "text/plain"})
    raise _refuse(404, "the server could not find the requested resource", "NotFound")


def _patched(request: Request) -> dict[str, Any]:
    """A deployment with the annotations, replicas and containers that the patch names."""
    if request.media_type not in PATCHES:
        raise _refuse(
            415, f"the body of the request was in an unknown format - accepted media types: {PATCHES}", ""
        )
    patch = request.json()
    if isinstance(patch, list) != (request.media_type == "application/json-patch+json"):
        raise _refuse(400, "error decoding patch: wrong kind of document", "BadRequest")
    containers = [{"name": "web", "image": "web:1"}, {"name": "proxy", "image": "proxy:1"}]
    wanted = patch.get("spec", {}).get("template", {}).get("spec", {}).get("containers")
    if wanted is not None:
        strategic = request.media_type == "application/strategic-merge-patch+json"
        kept = {one["name"]: one for one in (containers if strategic else [])}
        containers = list((kept | {one["name"]: kept.get(one["name"], {}) | one for one in wanted}).values())
    annotations = {"old": "1"} | patch.get("metadata", {}).get("annotations", {})
    annotations = {key: value for key, value in annotations.items() if value is not None}
    return {
        "kind": "Deployment",
        "apiVersion": "apps/v1",
        "metadata": {"name": "web", "namespace": "shop", "annotations": annotations},
        "spec": {
            "replicas": patch.get("spec", {}).get("replicas", 1),
            "selector": {"matchLabels": {"app": "web"}},
            "template": {"spec": {"containers": containers}},
        },
    }


SITES = {"api": _api}
