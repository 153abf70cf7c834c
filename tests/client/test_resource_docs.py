"""Which resource has the words of a tag, where resources are made of paths."""

import pytest

from pillarbox.model.api import Resource
from pillarbox.model.grouping import Grouping

from .apis import ORIGIN, api, client, operation


def titles(*pairs: tuple[str, str]) -> dict[str, str]:
    """Titles of the resources of a document, by their dotted names; the pairs are routes and tags."""
    made = client(
        api(
            *(operation(None, route, resource=(tag,), tags=(tag,)) for route, tag in pairs),
            grouping=Grouping.TAGS,
            resources=tuple(
                Resource(path=(tag,), doc=f"All about {tag.lower()}.", origin=ORIGIN)
                for tag in dict.fromkeys(tag for _, tag in pairs)
            ),
        )
    )
    return {".".join(one.path): one.doc for one in made.described.resources}


@pytest.mark.parametrize(
    ("pairs", "described"),
    [
        ([("GET /sailings", "Sailings"), ("GET /ports", "Sailings")], {"sailings": "All about sailings."}),
        ([("GET /berths", "Harbour"), ("GET /berths/{id}", "Harbour")], {"berths": "All about harbour."}),
        ([("GET /berths", "Harbour"), ("POST /berths", "Other")], {}),
        (
            [("GET /users/{id}/badges", "Badges"), ("POST /users/{id}/badges", "Badges"), ("GET /users", "User")],
            {"users": "All about user.", "users.badges": "All about badges."},
        ),
    ],
)  # fmt: skip
def test_a_tag_describes_the_resource_that_it_is_about(
    pairs: list[tuple[str, str]], described: dict[str, str]
) -> None:
    found = titles(*pairs)
    assert {path: doc for path, doc in found.items() if doc} == described
