"""programs/box_session.py with Box's own SDK."""

import base64
import hashlib
import io
import json
import sys

from box_sdk_gen import BoxClient, BoxDeveloperTokenAuth, NetworkSession
from box_sdk_gen.networking.base_urls import BaseUrls

urls = json.loads(sys.argv[1])
network = NetworkSession(base_urls=BaseUrls(base_url=urls["api"], upload_url=urls["upload"] + "/api"))
client = BoxClient(auth=BoxDeveloperTokenAuth(token="box-token"), network_session=network)
film = bytes(range(256)) * 2**16 + bytes(4_000_000)


def digest(content: bytes) -> str:
    return "sha=" + base64.b64encode(hashlib.sha1(content).digest()).decode()


session = client.chunked_uploads.create_file_upload_session("0", len(film), "film.mov")
parts = []
for start in range(0, len(film), session.part_size):
    chunk = film[start : start + session.part_size]
    part = client.chunked_uploads.upload_file_part(
        session.id, io.BytesIO(chunk), digest(chunk), f"bytes {start}-{start + len(chunk) - 1}/{len(film)}"
    )
    parts.append(part.part)
client.chunked_uploads.create_file_upload_session_commit(session.id, parts, digest(film))
