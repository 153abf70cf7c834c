"""Which files of `templates/runtime` a client carries."""

from collections.abc import Callable, Iterator, Mapping

from .api import Client, Renames
from .arguments import takes_body_or_fields
from .parameter_styles import spelled_styles
from .request import BinaryBody, Location, MultipartBody, Template, TextBody
from .responses import is_plain
from .runtime_names import RUNTIME_MODULES
from .types import PyType, has_ambiguous_union, is_tagged

__all__ = ["RUNTIME_FILES", "has_placeholder", "is_runtime_file", "runtime_files", "sends_files"]

_CORE = (
    "_runtime/__init__.py",
    "_runtime/client.py",
    "_runtime/encoding.py",
    "_runtime/message.py",
    "_runtime/model.py",
    "_runtime/sender.py",
    "_runtime/session.py",
    "errors.py",
    "testing/__init__.py",
)
"""What every client needs."""


def has_placeholder(template: Template | None) -> bool:
    """Whether an address is filled in by each call or client."""
    return template is not None and any(not isinstance(piece, str) for piece in template)


def sends_files(client: Client) -> bool:
    """Whether a method takes a file, or a body of bytes."""
    return any(isinstance(method.request.body, MultipartBody | BinaryBody) for method in client.methods)


def _sends_texts(client: Client) -> bool:
    return any(isinstance(method.request.body, TextBody) for method in client.methods)


def _has_styles(client: Client) -> bool:
    functions = (style.function for method in client.methods for style in spelled_styles(method))
    return any(RUNTIME_MODULES[function] == "_runtime.styles" for function in functions)


def _has_cookies(client: Client) -> bool:
    locations = (item.location for method in client.methods for item in method.parameters)
    return Location.COOKIE in locations or any(scheme.used and scheme.in_cookie for scheme in client.schemes)


def _has_path_arguments(client: Client) -> bool:
    return any(has_placeholder(method.request.path) for method in client.methods)


def _has_settings(client: Client) -> bool:
    addresses = (client.server, *(method.request.server for method in client.methods))
    return bool(client.settings) or any(map(has_placeholder, addresses))


def _decoded_types(client: Client) -> Iterator[PyType]:
    """The types that responses are read as."""
    for model in client.models:
        yield from (field.kind for field in model.fields)
        if model.extra is not None:
            yield model.extra
    yield from (union.kind for union in client.unions)
    for method in client.methods:
        yield from method.decoded


def _has_tags(client: Client) -> bool:
    return any(map(is_tagged, _decoded_types(client)))


def _has_ambiguous_unions(client: Client) -> bool:
    return any(map(has_ambiguous_union, _decoded_types(client)))


def _has_tables(client: Client) -> bool:
    return not all(is_plain(method.table) for method in client.methods)


def _has_old_names(client: Client) -> bool:
    old: list[Renames] = [
        *(renames for one in client.owners for renames in (one.old_methods, one.old_resources)),
        *(method.old_parameters for method in client.methods),
        *(model.old_fields for model in client.models),
    ]
    return any(old) or any(method.deprecated for method in client.methods)


def _takes_body_or_fields(client: Client) -> bool:
    return any(takes_body_or_fields(method.parameters) for method in client.methods)


def _signs(client: Client) -> bool:
    return any(scheme.used for scheme in client.schemes)


def _signs_with_more_than_a_secret(client: Client) -> bool:
    modules = (RUNTIME_MODULES[scheme.runtime_class] for scheme in client.schemes if scheme.used)
    return "_runtime.schemes" in modules


_FEATURES: Mapping[str, Callable[[Client], bool]] = {
    "_runtime/body_or_fields.py": _takes_body_or_fields,
    "_runtime/contents.py": _has_tables,
    "_runtime/cookies.py": _has_cookies,
    "_runtime/files.py": sends_files,
    "_runtime/paths.py": _has_path_arguments,
    "_runtime/renamed.py": _has_old_names,
    "_runtime/schemes.py": _signs_with_more_than_a_secret,
    "_runtime/settings.py": _has_settings,
    "_runtime/styles.py": _has_styles,
    "_runtime/tagged.py": _has_tags,
    "_runtime/text.py": _sends_texts,
    "_runtime/unions.py": _has_ambiguous_unions,
    "auth.py": _signs,
}
"""Files that not every client needs, and which client does."""

RUNTIME_FILES = tuple(sorted((*_CORE, *_FEATURES)))
"""Listed, never globbed: a folder holds `__pycache__` too."""


def runtime_files(client: Client) -> tuple[str, ...]:
    """The files that a client carries."""
    return tuple(path for path in RUNTIME_FILES if path not in _FEATURES or _FEATURES[path](client))


def is_runtime_file(path: str) -> bool:
    """Whether a file of a package, by its path in there, is a copy of one of `templates/runtime`, now or in an older version."""
    return path in RUNTIME_FILES or path.startswith("_runtime/")
