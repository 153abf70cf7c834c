"""Gives nothing but a base URL: the upload, which has a server of its own, must not go to github.com."""

from github import AsyncGitHub, GitHub, models

NOTES = ("notes.txt", b"Notes", "text/plain")


def main(url: str) -> None:
    with GitHub(token="ghp_test", base_url=f"{url}/api/uploads") as client:
        show(client.repos.releases.assets.upload("acme", "tools", 1, name="notes.txt", content=NOTES))


async def main_async(url: str) -> None:
    async with AsyncGitHub(token="ghp_test", base_url=f"{url}/api/uploads") as client:
        show(await client.repos.releases.assets.upload("acme", "tools", 1, name="notes.txt", content=NOTES))


def show(asset: models.ReleaseAsset) -> None:
    print(asset.name, asset.size)
