"""Downloads a repository, which GitHub keeps on another host, and finds one that was renamed."""

import io
import zipfile

from github import AsyncGitHub, GitHub


def main(url: str) -> None:
    with GitHub(token="ghp_test", base_url=url) as client:
        archive = client.repos.zipball.download("octocat", "hello", "main")
        show(archive)
        print(client.repos.get("octocat", "old-name").full_name)


async def main_async(url: str) -> None:
    async with AsyncGitHub(token="ghp_test", base_url=url) as client:
        archive = await client.repos.zipball.download("octocat", "hello", "main")
        show(archive)
        repository = await client.repos.get("octocat", "old-name")
        print(repository.full_name)


def show(archive: bytes) -> None:
    print(zipfile.ZipFile(io.BytesIO(archive)).namelist(), len(archive))
