"""Works with GitHub Enterprise: everything below one host, nothing at github.com."""

import datetime as dt

from github import AsyncGitHub, GitHub, models

SINCE = dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC)
NOTES = ("notes.txt", b"Notes", "text/plain")


def main(url: str) -> None:
    uploads = {"uploads": f"{url}/api/uploads"}
    with GitHub(token="ghp_test", base_url=f"{url}/api/v3", servers=uploads) as client:
        issue = client.issues.create("acme", "tools", title="Crash", labels=["bug", "ui"])
        issues = client.issues.list_for_repo("acme", "tools", labels="bug,ui", since=SINCE)
        show(issue, *issues)
        asset = client.repos.releases.assets.create("acme", "tools", 1, name="notes.txt", content=NOTES)
        print(asset.name, asset.size)


async def main_async(url: str) -> None:
    uploads = {"uploads": f"{url}/api/uploads"}
    async with AsyncGitHub(token="ghp_test", base_url=f"{url}/api/v3", servers=uploads) as client:
        issue = await client.issues.create("acme", "tools", title="Crash", labels=["bug", "ui"])
        issues = await client.issues.list_for_repo("acme", "tools", labels="bug,ui", since=SINCE)
        show(issue, *issues)
        asset = await client.repos.releases.assets.create("acme", "tools", 1, name="notes.txt", content=NOTES)
        print(asset.name, asset.size)


def show(*issues: models.Issue) -> None:
    for issue in issues:
        labels = [label if isinstance(label, str) else label.name for label in issue.labels]
        print(issue.number, issue.title, issue.state, labels)
