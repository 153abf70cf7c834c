"""Tests against a stand-in for GitHub: with a base URL alone nothing is sent to github.com, the upload neither."""

from github import AsyncGitHub, GitHub, models

NOTES = ("notes.txt", b"Notes", "text/plain")


def main(url: str) -> None:
    with GitHub(token="ghp_test", base_url=url) as client:
        repository = client.repos.get("octocat", "hello")
        show(
            repository,
            client.repos.releases.assets.create("octocat", "hello", 1, name="a.txt", content=NOTES),
        )


async def main_async(url: str) -> None:
    async with AsyncGitHub(token="ghp_test", base_url=url) as client:
        repository = await client.repos.get("octocat", "hello")
        asset = await client.repos.releases.assets.create("octocat", "hello", 1, name="a.txt", content=NOTES)
        show(repository, asset)


def show(repository: models.FullRepository, asset: models.ReleaseAsset) -> None:
    print(repository.full_name, asset.name, asset.size)
