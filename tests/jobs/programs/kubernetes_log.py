"""Reads the last line that a container wrote."""

from kubernetes import AsyncKubernetes, Kubernetes


def main(url: str) -> None:
    with Kubernetes(access_token="abc", base_url=url) as client:
        text = client.namespaces.pods.log("shop", "web-1", container="web", tail_lines=1, timestamps=False)
        show(text)


async def main_async(url: str) -> None:
    async with AsyncKubernetes(access_token="abc", base_url=url) as client:
        text = await client.namespaces.pods.log(
            "shop", "web-1", container="web", tail_lines=1, timestamps=False
        )
        show(text)


def show(text: str) -> None:
    for line in text.splitlines():
        print(line.partition(" ")[2].upper())
