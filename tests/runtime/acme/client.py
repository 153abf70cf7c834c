# mypy: ignore-errors
# (complete only beside the runtime: conftest.py puts them together)
"""The clients of Acme."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from ._runtime import UNSET, Configuration, Unset
from ._runtime.client import AsyncClient, Client
from ._runtime.files import file_body
from ._runtime.schemes import Basic, UnsupportedScheme
from ._runtime.settings import Setting
from .auth import ApiKey, Bearer, Signing

if TYPE_CHECKING:
    import httpx2

    from .users import AsyncUsers, Users

_CONFIGURATION = Configuration(
    name="Acme",
    base_url="https://api.acme.test/v2",
    environment="ACME",
    signing=Signing(
        {
            "oauth2": Bearer("access_token"),
            "login": Basic(),
            "key": ApiKey("X-API-Key", "header", "api_key"),
            "query_key": ApiKey("app_id", "query", "app_id"),
            "cookie_key": ApiKey("sid", "cookie", "session_id"),
            "signed": UnsupportedScheme("awsv4"),
        },
        security=(("oauth2",), ("login",), ("key", "query_key"), ("cookie_key",)),
    ),
    settings={"tenant": Setting("tenant", default="main")},
    file=file_body,
)


class Acme(Client):
    """Acme.

    Args:
        access_token: Secret.
    """

    def __init__(
        self,
        *,
        access_token: str | None = None,
        username: str | None = None,
        password: str | None = None,
        api_key: str | None = None,
        app_id: str | None = None,
        session_id: str | None = None,
        tenant: str | None = None,
        base_url: str | None = None,
        timeout: float | httpx2.Timeout | Unset | None = UNSET,
        max_retries: int = 2,
        strict: bool = False,
        headers: Mapping[str, str] | None = None,
        auth: httpx2.Auth | None = None,
        http_client: httpx2.Client | None = None,
        transport: httpx2.BaseTransport | None = None,
        allow_insecure: bool = False,
    ) -> None:
        super().__init__(
            _CONFIGURATION,
            credentials={
                "oauth2": access_token,
                "login": (username, password),
                "key": api_key,
                "query_key": app_id,
                "cookie_key": session_id,
            },
            settings={"tenant": tenant},
            base_url=base_url,
            timeout=timeout,
            max_retries=max_retries,
            strict=strict,
            headers=headers,
            auth=auth,
            http_client=http_client,
            transport=transport,
            allow_insecure=allow_insecure,
        )

    @cached_property
    def users(self) -> Users:
        """Users."""
        from .users import Users

        return Users(self)


class AsyncAcme(AsyncClient):
    """Acme, asynchronous.

    Args:
        access_token: Secret.
    """

    def __init__(
        self,
        *,
        access_token: str | None = None,
        username: str | None = None,
        password: str | None = None,
        api_key: str | None = None,
        app_id: str | None = None,
        session_id: str | None = None,
        tenant: str | None = None,
        base_url: str | None = None,
        timeout: float | httpx2.Timeout | Unset | None = UNSET,
        max_retries: int = 2,
        strict: bool = False,
        headers: Mapping[str, str] | None = None,
        auth: httpx2.Auth | None = None,
        http_client: httpx2.AsyncClient | None = None,
        transport: httpx2.AsyncBaseTransport | None = None,
        allow_insecure: bool = False,
    ) -> None:
        super().__init__(
            _CONFIGURATION,
            credentials={
                "oauth2": access_token,
                "login": (username, password),
                "key": api_key,
                "query_key": app_id,
                "cookie_key": session_id,
            },
            settings={"tenant": tenant},
            base_url=base_url,
            timeout=timeout,
            max_retries=max_retries,
            strict=strict,
            headers=headers,
            auth=auth,
            http_client=http_client,
            transport=transport,
            allow_insecure=allow_insecure,
        )

    @cached_property
    def users(self) -> AsyncUsers:
        """Users."""
        from .users import AsyncUsers

        return AsyncUsers(self)
