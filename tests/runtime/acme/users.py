# mypy: ignore-errors
# (complete only beside the runtime: conftest.py puts them together)
"""Users: the people of Acme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from . import models
from ._runtime import UNSET, Operation, Unset
from ._runtime.client import AsyncResource, Resource
from ._runtime.files import multipart_body
from ._runtime.settings import address
from ._runtime.styles import query_style

if TYPE_CHECKING:
    from ._runtime.files import FileInput
    from ._runtime.session import RequestOptions

_GET: Operation[models.User] = Operation(
    "GET",
    "/users/{userId}",
    returns=lambda: models.User,
)

_LIST: Operation[list[models.User]] = Operation(
    "GET",
    "/users",
    returns=lambda: list[models.User],
    query={"ids": query_style("comma"), "verbose": query_style("flag"), "filter": query_style("deep")},
)

_CREATE: Operation[models.UserToken | None] = Operation(
    "POST",
    "/users",
    returns={
        (201, "application/json"): lambda: models.UserToken,
        (204, ""): None,
    },
)

_UPLOAD: Operation[Any] = Operation(
    "PUT",
    "/users/{userId}/avatar",
    body=multipart_body({"avatar": "image/png"}),
)

_LOGIN: Operation[str] = Operation(
    "POST",
    "/login",
    returns=lambda: str,
    security=(),
)

_EXPORT: Operation[bytes] = Operation(
    "GET",
    "/{tenant}/export",
    returns={(None, "application/octet-stream"): lambda: bytes},
    server=address("https://{region}.files.acme.test/v1"),
)


class Users(Resource):
    """Users: the people of Acme."""

    def get(
        self, user_id: str, *, trace: str | None = None, options: RequestOptions | None = None
    ) -> models.User:
        """Get a user."""
        return self._send(
            _GET,
            path={
                "userId": user_id,
            },
            headers={
                "X-Trace": trace,
            },
            options=options,
        )

    def list_all(
        self,
        *,
        ids: Sequence[str] | None = None,
        verbose: bool | None = None,
        filter: Mapping[str, Any] | None = None,
        tag: Sequence[str] | str | None = None,
        options: RequestOptions | None = None,
    ) -> list[models.User]:
        """List users."""
        return self._send(
            _LIST,
            query={
                "ids": ids,
                "verbose": verbose,
                "filter": filter,
                "tag": tag,
            },
            options=options,
        )

    def create(
        self,
        *,
        name: str,
        email: str | Unset | None = UNSET,
        team: models.Team | Mapping[str, Any] | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> models.UserToken | None:
        """Create a user."""
        return self._send(
            _CREATE,
            json={
                "name": name,
                "email": email,
                "team": team,
            },
            options=options,
        )

    def upload(
        self,
        user_id: str,
        *,
        avatar: FileInput | None = None,
        note: str | None = None,
        options: RequestOptions | None = None,
    ) -> Any:
        """Upload a picture."""
        return self._send(
            _UPLOAD,
            path={
                "userId": user_id,
            },
            body={
                "avatar": avatar,
                "note": note,
            },
            options=options,
        )

    def login(self, *, name: str, options: RequestOptions | None = None) -> str:
        """Log in."""
        return self._send(
            _LOGIN,
            body={
                "name": name,
            },
            options=options,
        )

    def export(self, *, region: str, options: RequestOptions | None = None) -> bytes:
        """Export everything."""
        return self._send(
            _EXPORT,
            server={
                "region": region,
            },
            options=options,
        )


class AsyncUsers(AsyncResource):
    """Users: the people of Acme."""

    async def get(
        self, user_id: str, *, trace: str | None = None, options: RequestOptions | None = None
    ) -> models.User:
        """Get a user."""
        return await self._send(
            _GET,
            path={
                "userId": user_id,
            },
            headers={
                "X-Trace": trace,
            },
            options=options,
        )

    async def create(
        self,
        *,
        name: str,
        email: str | Unset | None = UNSET,
        options: RequestOptions | None = None,
    ) -> models.UserToken | None:
        """Create a user."""
        return await self._send(
            _CREATE,
            json={
                "name": name,
                "email": email,
            },
            options=options,
        )

    async def upload(
        self,
        user_id: str,
        *,
        avatar: FileInput | None = None,
        note: str | None = None,
        options: RequestOptions | None = None,
    ) -> Any:
        """Upload a picture."""
        return await self._send(
            _UPLOAD,
            path={
                "userId": user_id,
            },
            body={
                "avatar": avatar,
                "note": note,
            },
            options=options,
        )
