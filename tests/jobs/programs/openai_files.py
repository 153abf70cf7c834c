"""Uploads the file of a batch, and reads it back."""

from openai import AsyncOpenAI, OpenAI, models

LINES = b'{"custom_id": "1"}\n\xe2\x82\xac\xff\xfe'


def main(url: str) -> None:
    with OpenAI(token="sk-test", base_url=f"{url}/v1") as client:
        file = client.files.create(file=("batch.jsonl", LINES, "application/jsonl"), purpose="batch")
        content = client.files.content(file.id)
        show(file, content)


async def main_async(url: str) -> None:
    async with AsyncOpenAI(token="sk-test", base_url=f"{url}/v1") as client:
        file = await client.files.create(file=("batch.jsonl", LINES, "application/jsonl"), purpose="batch")
        content = await client.files.content(file.id)
        show(file, content)


def show(file: models.OpenAiFile, content: object) -> None:
    # The document calls the content a JSON string. The server sends octets, which must come as they are.
    print(file.filename, file.bytes, file.purpose, content == LINES)
