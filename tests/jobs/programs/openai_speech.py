"""Reads a text aloud, and keeps the sound."""

from openai import AsyncOpenAI, OpenAI

TEXT = "Today is a wonderful day."


def main(url: str) -> None:
    with OpenAI(token="sk-test", base_url=f"{url}/v1") as client:
        sound = client.audio.speech.create(
            model="gpt-4o-mini-tts", voice="coral", input=TEXT, response_format="mp3", speed=1.25
        )
        show(sound)


async def main_async(url: str) -> None:
    async with AsyncOpenAI(token="sk-test", base_url=f"{url}/v1") as client:
        sound = await client.audio.speech.create(
            model="gpt-4o-mini-tts", voice="coral", input=TEXT, response_format="mp3", speed=1.25
        )
        show(sound)


def show(sound: bytes) -> None:
    print(sound[:3], "and", len(sound), "bytes, each value", sound.count(255), "times")
