"""Adds a file to a release: a server of its own."""

from github import AsyncGitHub, GitHub, models

ARCHIVE = ("hello.zip", b"PK\x05\x06" + bytes(18), "application/zip")


def main(url: str, uploads: str) -> None:
    with GitHub(token="ghp_test", base_url=url, servers={"uploads": uploads}) as client:
        asset = client.repos.releases.assets.create(
            "octocat", "hello", 1, name="hello 1.0.zip", label="Everything & more", content=ARCHIVE
        )
        show(asset)


async def main_async(url: str, uploads: str) -> None:
    async with AsyncGitHub(token="ghp_test", base_url=url, servers={"uploads": uploads}) as client:
        asset = await client.repos.releases.assets.create(
            "octocat", "hello", 1, name="hello 1.0.zip", label="Everything & more", content=ARCHIVE
        )
        show(asset)


def show(asset: models.ReleaseAsset) -> None:
    print(asset.name, asset.label, asset.content_type, asset.size, asset.state)
