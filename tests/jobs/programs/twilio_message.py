"""Sends a message with two pictures, and lists what was sent. The key is a user name and a password."""

import datetime as dt

from twilio import AsyncTwilio, Twilio, models

ACCOUNT = "AC" + 32 * "0"
PICTURES = ["https://example.com/a.png?x=1&y=2", "https://example.com/b.png"]
TIME = dt.datetime(2026, 12, 24, 18, 30, tzinfo=dt.UTC)


def main(url: str) -> None:
    with Twilio(username=ACCOUNT, password="sec:ret", base_url=url) as client:
        message = client.messages.send(
            ACCOUNT, to="+15558675310", from_="+15017122661", body="Hi & ☃", media_url=PICTURES, send_at=TIME
        )
        show(message)
        show(*client.messages.list(ACCOUNT, to="+15558675310", page_size=20).messages or [])


async def main_async(url: str) -> None:
    async with AsyncTwilio(username=ACCOUNT, password="sec:ret", base_url=url) as client:
        message = await client.messages.send(
            ACCOUNT, to="+15558675310", from_="+15017122661", body="Hi & ☃", media_url=PICTURES, send_at=TIME
        )
        show(message)
        page = await client.messages.list(ACCOUNT, to="+15558675310", page_size=20)
        show(*page.messages or [])


def show(*messages: models.Message) -> None:
    for message in messages:
        print(message.sid, message.body, message.num_media, message.status)
