"""The names of `templates/runtime` that generated modules import, and where they are."""

from collections.abc import Mapping

__all__ = [
    "ERROR_NAMES",
    "RUNTIME_MODULES",
    "runtime_module",
]

ERROR_NAMES = (
    "APIError",
    "APITimeoutError",
    "AuthenticationError",
    "BadRequestError",
    "ClientError",
    "ConfigurationError",
    "ConflictError",
    "DecodeError",
    "NotFoundError",
    "PermissionDeniedError",
    "RateLimitError",
    "RedirectError",
    "ServerError",
    "StatusError",
    "TransportError",
    "UnprocessableEntityError",
)
"""Exceptions of errors.py that the package offers at its top."""

_NAMES = {
    "_runtime": "Configuration Operation UNSET Unset",
    "_runtime.body_or_fields": "body_or_fields",
    "_runtime.client": "AsyncClient AsyncResource Client Resource",
    "_runtime.cookies": "cookie_style",
    "_runtime.files": "FileInput file_body multipart_body",
    "_runtime.encoding": "form_body",
    "_runtime.model": "Model",
    "_runtime.renamed": "deprecated renamed_arguments",
    "_runtime.schemes": "Basic Digest MutualTls UnsupportedScheme",
    "_runtime.session": "RequestOptions",
    "_runtime.settings": "Setting address",
    "_runtime.styles": "form_style header_style path_style query_style",
    "_runtime.tagged": "Tagged",
    "_runtime.text": "text_body",
    "auth": "ApiKey Bearer Signing TokenProvider",
}
RUNTIME_MODULES: Mapping[str, str] = {
    name: module for module, names in _NAMES.items() for name in names.split()
}
"""Names that generated modules import -> the module of the package that has them."""


def runtime_module(name: str, up: str = ".") -> str:
    """The module that has a name of the runtime, relative to a module whose package is reached by `up`."""
    return f"{up}{RUNTIME_MODULES[name]}"
