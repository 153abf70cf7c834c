"""Lists with a filter of each kind, adds a photo to a box and loads it again."""

from depot import AsyncDepot, Depot, models

PHOTO = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def main(url: str) -> None:
    with Depot(api_key="k&1", base_url=f"{url}/api") as client:
        boxes = client.boxes.list(
            status=["open", "lost"],
            ids=[1, 2, 3],
            sizes=[0.5, 2],
            tags=["heavy", "c&d"],
            x_fields=["id", "status"],
        )
        photo = client.boxes.photos.create(
            7, photo=("a.png", PHOTO, "image/png"), caption="Größe", labels=["x", "y"]
        )
        show(boxes, photo, client.boxes.photos.get(7, photo.id))


async def main_async(url: str) -> None:
    async with AsyncDepot(api_key="k&1", base_url=f"{url}/api") as client:
        boxes = await client.boxes.list(
            status=["open", "lost"],
            ids=[1, 2, 3],
            sizes=[0.5, 2],
            tags=["heavy", "c&d"],
            x_fields=["id", "status"],
        )
        photo = await client.boxes.photos.create(
            7, photo=("a.png", PHOTO, "image/png"), caption="Größe", labels=["x", "y"]
        )
        show(boxes, photo, await client.boxes.photos.get(7, photo.id))


def show(boxes: list[models.Box], photo: models.Photo, content: bytes) -> None:
    print([(box.id, box.status) for box in boxes])
    print(photo.id, photo.size, content == PHOTO)
