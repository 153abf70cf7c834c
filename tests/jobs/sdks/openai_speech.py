"""programs/openai_speech.py with OpenAI's own SDK."""

import json
import sys

from openai import OpenAI

client = OpenAI(api_key="sk-test", base_url=json.loads(sys.argv[1])["api"] + "/v1")
client.audio.speech.create(
    model="gpt-4o-mini-tts",
    voice="coral",
    input="Today is a wonderful day.",
    response_format="mp3",
    speed=1.25,
).read()
