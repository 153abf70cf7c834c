"""Which files of `templates/runtime` a client carries, and which of their names it offers."""

__all__ = [
    "ERROR_NAMES",
    "RUNTIME_FILES",
    "is_runtime_file",
    "runtime_files",
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

RUNTIME_FILES = (
    "_runtime/__init__.py",
    "_runtime/body.py",
    "_runtime/body_or_fields.py",
    "_runtime/client.py",
    "_runtime/configuration.py",
    "_runtime/decode.py",
    "_runtime/encode.py",
    "_runtime/files.py",
    "_runtime/headers.py",
    "_runtime/lazy.py",
    "_runtime/lenient.py",
    "_runtime/mismatches.py",
    "_runtime/model.py",
    "_runtime/multipart.py",
    "_runtime/operation.py",
    "_runtime/options.py",
    "_runtime/recording.py",
    "_runtime/redact.py",
    "_runtime/renamed.py",
    "_runtime/replay.py",
    "_runtime/request.py",
    "_runtime/resource.py",
    "_runtime/response.py",
    "_runtime/retry.py",
    "_runtime/schemas.py",
    "_runtime/sender.py",
    "_runtime/serve.py",
    "_runtime/server.py",
    "_runtime/session.py",
    "_runtime/signing.py",
    "_runtime/styles.py",
    "_runtime/tagged.py",
    "_runtime/unset.py",
    "_runtime/validators.py",
    "_runtime/values.py",
    "auth.py",
    "errors.py",
)
"""Listed, never globbed: a folder holds `__pycache__` too."""

_BODY_OR_FIELDS = "_runtime/body_or_fields.py"
_TAGGED = "_runtime/tagged.py"
_RENAMED = "_runtime/renamed.py"


def runtime_files(*, tagged: bool, renamed: bool, body_or_fields: bool) -> tuple[str, ...]:
    """The files that a client carries.

    `tagged` where it has unions that the value of a field tells apart, `renamed` where it still offers old names, or
    what the API deprecates, `body_or_fields` where a method takes a body whole or field by field.
    """
    optional = ((_TAGGED, tagged), (_RENAMED, renamed), (_BODY_OR_FIELDS, body_or_fields))
    left_out = {path for path, needed in optional if not needed}
    return tuple(path for path in RUNTIME_FILES if path not in left_out)


def is_runtime_file(path: str) -> bool:
    """Whether a file of a package, by its path in there, is a copy of one of `templates/runtime`, now or in an older version."""
    return path in RUNTIME_FILES or path.startswith("_runtime/")
