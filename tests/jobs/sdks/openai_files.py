"""programs/openai_files.py with OpenAI's own SDK."""

import json
import sys

from openai import OpenAI

client = OpenAI(api_key="sk-test", base_url=json.loads(sys.argv[1])["api"] + "/v1")
file = client.files.create(
    file=("batch.jsonl", b'{"custom_id": "1"}\n\xe2\x82\xac\xff\xfe', "application/jsonl"), purpose="batch"
)
client.files.content(file.id).read()
