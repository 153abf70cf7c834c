"""Stores a document with attachments, loads it, and sends a form."""

import datetime as dt

from documents import AsyncDocuments, Documents, models

CONTENT = b"%PDF-1.7\n" + bytes(range(256))
FILE = ("report.pdf", CONTENT, "application/pdf")
ATTACHMENTS = [("a.txt", b"A", "text/plain"), ("ü.csv", b"1;2", "text/csv")]


def main(url: str) -> None:
    with Documents(base_url=url) as client:
        document = client.documents.create(
            file=FILE, title='Q1 & "Q2"', attachments=ATTACHMENTS, tags=["x", "y"], due=dt.date(2026, 1, 31)
        )
        content = client.documents.content(document.id, x_trace="t-1", session="s-1")
        show(document, content, client.documents.text(document.id))
        feedback = client.documents.feedback(document.id, stars=5, text="", topics=["a&b", "c"])
        print(feedback.stars, feedback.text == "", feedback.topics)


async def main_async(url: str) -> None:
    async with AsyncDocuments(base_url=url) as client:
        document = await client.documents.create(
            file=FILE, title='Q1 & "Q2"', attachments=ATTACHMENTS, tags=["x", "y"], due=dt.date(2026, 1, 31)
        )
        content = await client.documents.content(document.id, x_trace="t-1", session="s-1")
        show(document, content, await client.documents.text(document.id))
        feedback = await client.documents.feedback(document.id, stars=5, text="", topics=["a&b", "c"])
        print(feedback.stars, feedback.text == "", feedback.topics)


def show(document: models.Document, content: bytes, text: str) -> None:
    due = document.due.isoformat() if document.due else "never"
    print(document.title, document.size, document.attachments, document.tags, due)
    print(content == CONTENT, text.strip())
