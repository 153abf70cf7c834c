"""Uploads a large file in parts, each with its digest."""

import base64
import hashlib

from box import AsyncBox, Box, models

FILM = bytes(range(256)) * 2**16 + bytes(4_000_000)


def main(url: str, upload: str) -> None:
    servers = {"upload": f"{upload}/api/2.0"}
    with Box(access_token="box-token", base_url=f"{url}/2.0", servers=servers) as client:
        sessions = client.files.upload_sessions
        session = sessions.create(folder_id="0", file_size=len(FILM), file_name="film.mov")
        parts: list[models.UploadPart] = []
        for start, chunk in chunks(session):
            place = f"bytes {start}-{start + len(chunk) - 1}/{len(FILM)}"
            done = client.files.upload(
                str(session.id), digest=digest(chunk), content_range=place, content=chunk
            )
            if done.part is not None:
                parts.append(done.part)
        show(sessions.commit(str(session.id), digest=digest(FILM), parts=parts))


async def main_async(url: str, upload: str) -> None:
    servers = {"upload": f"{upload}/api/2.0"}
    async with AsyncBox(access_token="box-token", base_url=f"{url}/2.0", servers=servers) as client:
        sessions = client.files.upload_sessions
        session = await sessions.create(folder_id="0", file_size=len(FILM), file_name="film.mov")
        parts: list[models.UploadPart] = []
        for start, chunk in chunks(session):
            place = f"bytes {start}-{start + len(chunk) - 1}/{len(FILM)}"
            done = await client.files.upload(
                str(session.id), digest=digest(chunk), content_range=place, content=chunk
            )
            if done.part is not None:
                parts.append(done.part)
        show(await sessions.commit(str(session.id), digest=digest(FILM), parts=parts))


def chunks(session: models.UploadSession) -> list[tuple[int, bytes]]:
    size = session.part_size or len(FILM)
    return [(start, FILM[start : start + size]) for start in range(0, len(FILM), size)]


def digest(content: bytes) -> str:
    return "sha=" + base64.b64encode(hashlib.sha1(content).digest()).decode()


def show(files: models.Files | None) -> None:
    print([(file.name, file.size) for file in files.entries or []] if files else "not yet")
