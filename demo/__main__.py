"""From a Postman collection to an answer, in one run and without a network: `make demo`."""

import asyncio
import contextlib
import importlib
import io
import sys
import textwrap
from pathlib import Path

from pillarbox.cli.app import main as pillarbox

ROOT = Path(__file__).resolve().parent.parent
SPEC = "specs/zoom.postman_collection.json"
OUTPUT = "generated/zoom"


def title(text: str) -> None:
    print(f"\n\033[1m{text}\033[0m" if sys.stdout.isatty() else f"\n{text}")


def show(text: str) -> None:
    print(textwrap.indent(text.rstrip(), "    "))


def generate() -> None:
    title("1. Generate")
    show(f"pillarbox generate {SPEC} --output {OUTPUT}")
    if pillarbox(["generate", SPEC, "--output", OUTPUT]) != 0:
        raise SystemExit("The client could not be generated.")
    sys.path.insert(0, str(ROOT / OUTPUT.rpartition("/")[0]))


def call() -> None:
    # What stood in generated/ a moment ago may be new, so it is imported now and not at the top.
    zoom = importlib.import_module("zoom")
    testing = importlib.import_module("zoom.testing")

    title("2. Call it, against a local server that answers from the saved examples")
    with testing.serve() as address:
        show(f"server: {address}")
        with zoom.Zoom(access_token="demo", base_url=address, allow_insecure=True) as client:
            token = client.users.get_token("me", type="zak", ttl=3600)
            show('client.users.get_token("me", type="zak", ttl=3600)')
            show(f"-> {token!r}\n-> token: {token.token}")

        async def calls() -> None:
            async with zoom.AsyncZoom(access_token="demo", base_url=address, allow_insecure=True) as client:
                both = await asyncio.gather(
                    client.users.get_token("me", type="zak", ttl=3600),
                    client.users.get_token("jchill@example.com", type="token"),
                )
                show("two at once, with AsyncZoom")
                show(f"-> tokens: {', '.join(answer.token for answer in both)}")

        asyncio.run(calls())

    title("3. The documented failure")
    with (
        testing.serve(testing.ExampleTransport(status=404)) as address,
        zoom.Zoom(access_token="demo", base_url=address, allow_insecure=True) as client,
    ):
        try:
            client.users.get_token("nobody")
        except zoom.NotFoundError as error:
            show(f"except zoom.NotFoundError as error: status {error.status}")
    page = io.StringIO()
    with contextlib.redirect_stdout(page):
        help(importlib.import_module("zoom.resources.users").Users.get_token)
    lines = page.getvalue().splitlines()
    raises = next(number for number, line in enumerate(lines) if line.strip() == "Raises:")
    show("help(Users.get_token) says:")
    show(
        "\n".join(
            line.strip() if line.strip() == "Raises:" else f"  {line.strip()}"
            for line in lines[raises : raises + 2]
        )
    )


def where_to_look() -> None:
    title("4. Where to look")
    for path, text in (
        (f"{OUTPUT}/API.md", "every operation on one line"),
        (f"{OUTPUT}/resources/users/__init__.py", "the code you call"),
        ("generated/larkspur/API.md", "a client that uses every feature"),
        ("docs/client.md", "how to use a generated client"),
    ):
        print(f"    {path:<28} {text}")


def main() -> None:
    with contextlib.chdir(ROOT):
        generate()
        call()
        where_to_look()


if __name__ == "__main__":
    main()
