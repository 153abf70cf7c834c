"""What the classes of resources are called: the last step of the attribute path, decided from the path alone."""

from collections.abc import Sequence
from functools import cache

__all__ = ["CLIENT_IMPORTS", "RESOURCE_IMPORTS", "resource_class"]

RESOURCE_IMPORTS = frozenset(
    """
    Annotated Any AsyncResource False FileInput Literal Mapping None Operation RequestOptions Resource Sequence
    TYPE_CHECKING Tagged True UNSET UUID Unset
    """.split()
)
"""Classes that the module of a resource may import besides the resources below it."""

CLIENT_IMPORTS = RESOURCE_IMPORTS | frozenset(
    """
    ApiKey AsyncClient Basic Bearer Client Configuration Digest MutualTls Setting Signing TokenProvider UnsupportedScheme
    """.split()
)
"""Classes that the module of the client may import besides the resources below it."""


def resource_class(path: Sequence[str], client_class: str) -> str:
    """The synchronous class of a resource: `repos.releases` -> `Releases`.

    A module imports the classes of the resources directly below it, so these may be called neither as the class that it
    defines nor as what else it may import: then the name of the parent comes first, `jobs.jobs` -> `JobsJobs`.
    """
    return _resource_class(tuple(path), client_class)


@cache
def _resource_class(path: tuple[str, ...], client_class: str) -> str:
    name = _pascal(path[-1])
    parent = _resource_class(path[:-1], client_class) if path[:-1] else client_class
    imported = RESOURCE_IMPORTS if path[:-1] else CLIENT_IMPORTS
    # With the words before it, a name must not be that of a sibling which has these words itself: that gets them twice.
    rest = name
    while rest:
        if _is_taken(rest, parent, imported):
            return f"{parent}{name}"
        if not rest.startswith(parent):
            break
        rest = rest.removeprefix(parent)
    return name


def _is_taken(name: str, parent: str, imported: frozenset[str]) -> bool:
    """Whether the module of the parent has the name; one of nothing but `Async` could not be told from its own mirror."""
    own = (parent, f"Async{parent}")
    return name in own or name in imported or f"Async{name}" in imported or not name.replace("Async", "")


def _pascal(attribute: str) -> str:
    """`fine_tuning` -> `FineTuning`, `users_2` -> `Users_2`: two attributes give two names."""
    words = [word for word in attribute.split("_") if word]
    return "".join(f"_{word}" if word[0].isdigit() else word[0].upper() + word[1:] for word in words)
