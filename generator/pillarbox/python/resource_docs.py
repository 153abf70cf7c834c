"""What is written of a resource: at its class, at its module, and at the attribute that holds it."""

from collections.abc import Sequence

from ..client.api import Resource
from ..client.request import template_text
from ..naming.words import split_words
from ..text import prose
from . import filler

__all__ = ["attribute_text", "class_text", "module_text", "resource_title"]


def resource_title(resource: Resource) -> str:
    """`Users: the people in a Zoom account.`, or the title alone."""
    title = prose.clean(resource.title) or resource.path[-1]
    words = " ".join(split_words(title)) or resource.path[-1]
    title = title if " " in title else words[:1].upper() + words[1:]
    doc = _doc(resource)
    return f"{title}: {doc}" if doc else f"{title}."


def _doc(resource: Resource) -> str:
    return filler.resource_text(prose.clean(resource.doc), resource.title, ".".join(resource.path))


def _says_more(resource: Resource) -> bool:
    """Whether the spec says more of it than its name."""
    return bool(filler.resource_text(resource_title(resource), ".".join(resource.path)))


def class_text(resource: Resource) -> str:
    """The words of the spec, or else the path that the requests have in common."""
    if _says_more(resource):
        return resource_title(resource)
    paths = {template_text(method.request.path) for method in resource.methods}
    if path := _common_path(sorted(paths)):
        return f"Requests to {prose.code(path)}{' and below' if len(paths) > 1 else ''}."
    return resource_title(resource)


def _common_path(paths: Sequence[str]) -> str:
    """`/users/{userId}` of `/users/{userId}/token` and `/users/{userId}`; empty where they have no word in common."""
    common: list[str] = []
    for steps in zip(*(path.split("/") for path in paths), strict=False):
        if len(set(steps)) > 1:
            break
        common.append(steps[0])
    return "/".join(common) if any(step and "{" not in step for step in common) else ""


def module_text(resource: Resource) -> str:
    """Which resource it is; all else is at its class."""
    return f"The resource {prose.code('.'.join(('client', *resource.path)))}."


def attribute_text(resource: Resource) -> str:
    """What an editor shows of `client.users` before the class is known; empty where that is its name again."""
    return prose.first_sentence(resource_title(resource)) if _says_more(resource) else ""
