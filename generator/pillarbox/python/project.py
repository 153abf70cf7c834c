"""The files around a package that is published: pyproject.toml, README.md, tests."""

import re
from collections.abc import Iterator

from ..client.api import Client
from ..config.editions import Edition
from ..text import prose
from ..text.markdown import code_span, fence, plain
from ..text.python import docstring, identifier, literal
from ..text.toml import string
from .docstrings import call_example
from .nodes import Project, ProjectFile, ProjectTest, Readme

__all__ = ["plan_project"]

_VERSION = re.compile(r"v?(\d{1,6}(?:\.\d{1,6}){0,3})(?:[-+.]?(?:a|b|rc|dev|post)\d{0,6})?", re.IGNORECASE)


def _version(text: str) -> str:
    """The API's version where PEP 440 takes it, else `0.0.0`."""
    found = _VERSION.fullmatch(text.strip())
    return found[1] if found else "0.0.0"


def _call(client: Client, edition: Edition) -> str:
    """The first method of the spec, called as its documentation does."""
    first = next((method for owner in client.owners for method in owner.methods), None)
    if first is None:
        return "    ..."
    text = call_example(first, 88, edition, awaited=False)
    lines = (line.removeprefix("    ").removeprefix(">>> ").removeprefix("... ") for line in text.split("\n"))
    return "\n".join(f"    {line}" for line in lines)


def _example(client: Client, edition: Edition) -> str:
    secrets = ", ".join(f'{item.name}="…"' for item in client.credentials)
    lines = [f"from {client.package} import {client.class_name}", ""]
    lines += [f"with {client.class_name}({secrets}) as client:", _call(client, edition)]
    return "\n".join(lines)


def _testing(package: str, class_name: str) -> str:
    return "\n".join(
        [
            "# Tests without a network: the saved responses of the spec.",
            f"from {package} import {class_name}",
            f"from {package}.testing import ExampleTransport",
            "",
            f"client = {class_name}(transport=ExampleTransport())",
        ]
    )


def _dependencies(client: Client) -> Iterator[str]:
    """What the package imports, that which httpx2 and pydantic bring included: they may stop bringing it."""
    yield "anyio>=4,<5"
    yield "httpx2>=2,<3"
    yield "pydantic>=2.11,<3"
    # pydantic wants one version of it, and no other.
    yield "pydantic_core"
    # Aliases of unions are made with it, and old names are marked with it.
    if client.unions or "_runtime/renamed.py" in client.runtime:
        yield "typing_extensions>=4.12,<5"


def plan_project(client: Client, edition: Edition, *, testing: bool) -> Project:
    """The files of the project; `testing` where wheels hold the saved responses, too."""
    package, class_name = client.package, client.class_name
    title = prose.first_sentence(prose.clean(client.title)) or package
    description = prose.first_sentence(prose.clean(client.description))
    return Project(
        file=ProjectFile(
            name=string(package.replace("_", "-")),
            version=string(_version(client.version)),
            description=string(f"A client for {title}"),
            package=string(package),
            dependencies=tuple(map(string, _dependencies(client))),
            excluded=None if testing else string(f"/{package}/testing"),
        ),
        readme=Readme(
            title=plain(title),
            doc=plain(description),
            page=code_span(f"{package}/API.md"),
            example=fence(_example(client, edition), "python"),
            testing=fence(_testing(package, class_name), "python"),
        ),
        test=ProjectTest(
            doc=docstring("The package imports, and its example transport serves each saved response.", 0),
            package=identifier(package),
            client=identifier(class_name),
            client_text=literal(class_name),
            count=len(client.methods),
        ),
    )
