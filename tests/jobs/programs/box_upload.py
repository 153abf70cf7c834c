"""Uploads a document with its attributes, and downloads it through a redirect."""

from box import AsyncBox, Box, models

DOCUMENT = b"%PDF-1.7\n" + bytes(range(256))
FILE = ("report.pdf", DOCUMENT, "application/pdf")


def main(url: str, upload: str) -> None:
    servers = {"upload": f"{upload}/api/2.0"}
    with Box(access_token="box-token", base_url=f"{url}/2.0", servers=servers) as client:
        files = client.files.content.create(
            attributes={"name": 'Bericht "Q1" ü.pdf', "parent": {"id": "0"}}, file=FILE
        )
        show(files, client.files.content.download("12345"))


async def main_async(url: str, upload: str) -> None:
    servers = {"upload": f"{upload}/api/2.0"}
    async with AsyncBox(access_token="box-token", base_url=f"{url}/2.0", servers=servers) as client:
        files = await client.files.content.create(
            attributes={"name": 'Bericht "Q1" ü.pdf', "parent": {"id": "0"}}, file=FILE
        )
        show(files, await client.files.content.download("12345"))


def show(files: models.Files, content: bytes | None) -> None:
    for file in files.entries or []:
        print(file.id, file.name, file.size, content == DOCUMENT)
