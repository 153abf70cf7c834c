"""What is written of a resource: at its class, at its module, and at the attribute that holds it."""

from collections.abc import Sequence

from ..client.api import Resource
from ..client.request import template_text
from ..naming.words import split_words
from ..text import prose
from . import filler
from .imports import LINE_LENGTH

__all__ = ["attribute_text", "class_text", "module_text", "summary_text"]

_CLASS_LINE = LINE_LENGTH - len('    """"""')
_ATTRIBUTE_LINE = LINE_LENGTH - len('        """"""')


def _title(resource: Resource) -> str:
    title = prose.clean(resource.title) or resource.path[-1]
    words = " ".join(split_words(title)) or resource.path[-1]
    return title if " " in title else words[:1].upper() + words[1:]


def _doc(resource: Resource, api: str) -> str:
    known = (resource.title, ".".join(resource.path), api)
    return filler.resource_text(prose.clean(resource.doc), *known)


def _joined(title: str, sentence: str) -> str:
    """`Users: the people in a Zoom account.`, or the sentence alone where it has the words of the title."""
    if filler.repeats(title, sentence):
        return sentence[:1].upper() + sentence[1:]
    return f"{title}: {sentence}"


def _heads(resource: Resource, api: str) -> list[str]:
    """What may be the one line on a resource, the most telling first; none where all is its name again."""
    title, sentence = _title(resource), prose.ended(prose.first_sentence(_doc(resource, api)))
    if sentence.endswith(":"):
        sentence = ""
    heads = [_joined(title, sentence), sentence] if sentence else []
    if filler.resource_text(title, ".".join(resource.path), api):
        heads.append(prose.ended(title))
    return heads


def _that_fits(heads: Sequence[str], width: int) -> str:
    return next((head for head in heads if len(head) <= width), "")


def class_text(resource: Resource, api: str) -> str:
    """The words of the spec, or else the path that the requests have in common.

    Args:
        api: The title of the API, whose words say nothing more.
    """
    doc, titled = _doc(resource, api), prose.ended(_title(resource))
    head = _that_fits(_heads(resource, api), _CLASS_LINE)
    if doc:
        sentence = prose.first_sentence(doc)
        rest = doc.removeprefix(sentence).lstrip()
        if rest != doc and head.casefold().endswith(prose.ended(sentence).casefold()):
            return f"{head}\n\n{prose.ended(rest)}" if rest else head
        return f"{titled}\n\n{prose.ended(doc)}"
    if head:
        return head
    paths = {template_text(method.request.path) for method in resource.methods}
    if path := _common_path(sorted(paths)):
        return f"Requests to {prose.code(path)}{' and below' if len(paths) > 1 else ''}."
    return titled


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


def attribute_text(resource: Resource, api: str) -> str:
    """What an editor shows of `client.users` before the class is known, on one line; empty where that is its name again."""
    return _that_fits(_heads(resource, api), _ATTRIBUTE_LINE)


def summary_text(resource: Resource, api: str) -> str:
    """One sentence on a resource for a page, however long; empty where that is its name again."""
    return next(iter(_heads(resource, api)), "")
