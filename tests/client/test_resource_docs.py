"""Which resource has the words of a tag, where resources are made of paths."""

import re

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


_LONG = "Store payment details once and use them for each of the transactions that a buyer makes later on."


@pytest.mark.parametrize(
    ("title", "doc", "attribute", "text"),
    [
        ("Users", "the people in an account", "Users: the people in an account.", ""),
        ("Activity", "Activity APIs are about events.", "Activity APIs are about events.", ""),
        ("Gists", "View, modify your gists. New.", "View, modify your gists.", "New."),
        ("Saved cards", _LONG, "", _LONG),
        ("Saved cards", "Used in these flows:\n\n- a", "", "Used in these flows:\n\n    - a"),
        ("things", _LONG, "", _LONG),
    ],
)
def test_the_line_on_a_resource_fits_and_is_a_sentence(
    title: str, doc: str, attribute: str, text: str
) -> None:
    made = client(
        api(
            operation("get", "GET /things", resource=(title,)),
            resources=[Resource(path=(title,), doc=doc, origin=ORIGIN)],
        )
    )
    (things,) = (
        code for path, code in made.files.items() if path.startswith("resources/") and "class " in code
    )
    documented = re.sub(r"\n    (?=[a-z])", " ", things.partition("(Resource):\n    ")[2])
    head = attribute or f"{title.capitalize()}."
    assert documented.startswith(f'"""{head}\n\n    {text}' if text else f'"""{head}"""\n')
    shown = f'        """{attribute}"""\n' if attribute else ""
    assert re.search(
        rf"    def \w+\(self\) -> \w+:\n{re.escape(shown)}        from \.", made.files["client.py"]
    )


@pytest.mark.parametrize(
    "doc", ["Interact with Shop things.", "Endpoints to manage Shop things using the API."]
)
def test_the_name_of_the_api_says_nothing_of_a_resource(doc: str) -> None:
    made = client(
        api(
            operation("get", "GET /things", resource=("things",)),
            title="Shop v3 REST API",
            resources=[Resource(path=("things",), doc=doc, origin=ORIGIN)],
        )
    )
    assert '"""Requests to `/things`."""' in made.files["resources/things/__init__.py"]


def test_the_page_shows_the_tree_of_resources() -> None:
    paths = ["shops", "ships", "shops.keys", "ships.crew", "shops.keys.uses", "shops.doors"]
    made = client(api(*(operation("get", f"GET /{path}", resource=path.split(".")) for path in paths)))
    headings = re.findall(r"^## `client\.(.*)`$", made.files["API.md"], re.MULTILINE)
    assert headings == ["shops", "shops.keys", "shops.keys.uses", "shops.doors", "ships", "ships.crew"]


@pytest.mark.parametrize(
    ("description", "shown"),
    [
        ("Sells things. Open all day.", "Sells things."),
        ("The Shop API. Sells things", "Sells things."),
        ("# Shop\n\nSells things.", ""),
        ("Contact support:\n- by mail", ""),
        ("This folder is a collection of Shop APIs.", ""),
    ],
)
def test_the_page_says_what_the_api_is(description: str, shown: str) -> None:
    page = client(api(operation("get", "GET /a"), description=description)).files["API.md"]
    assert page.startswith(f"# Shop\n\n{shown}\n\nGenerated" if shown else "# Shop\n\nGenerated")
