"""`make bench`: what a client costs to import and to call, what a run of the generator costs, and a peer beside it."""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import httpx2
from pydantic import BaseModel

from .peer import compare

ROOT = Path(__file__).resolve().parent.parent
SPEC = ROOT / "specs" / "larkspur.postman_collection.json"
ROUNDS = 9


def process(*arguments: str, folder: Path) -> float:
    """Seconds of a whole Python process; the median of several."""
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        subprocess.run([sys.executable, *arguments], cwd=folder, check=True, capture_output=True)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def calls(function: Callable[[], object], number: int = 300) -> float:
    """Seconds of one call; the best of several rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for _ in range(number):
            function()
        best = min(best, (time.perf_counter() - began) / number)
    return best


class UserToken(BaseModel):
    """What a hand-written client would decode."""

    token: str


def answer(request: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(200, json={"token": "t"})


def call_ratio(folder: Path) -> tuple[float, float]:
    sys.path.insert(0, str(folder))
    import zoom  # type: ignore[import-not-found, unused-ignore]

    bare = httpx2.Client(transport=httpx2.MockTransport(answer), base_url="https://api.zoom.us/v2")
    ours = zoom.Zoom(access_token="t", transport=httpx2.MockTransport(answer))

    def by_hand() -> UserToken:
        response = bare.get("/users/me/token", params={"type": "zak"}, headers={"Authorization": "Bearer t"})
        return UserToken.model_validate_json(response.raise_for_status().content)

    return calls(lambda: ours.users.get_token("me", type="zak")), calls(by_hand)


def main(corpus: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="pillarbox-bench-") as work:
        folder = Path(work)
        generate = ["-m", "pillarbox", "generate", str(SPEC), "--quiet", "--output"]
        zoom = str(ROOT / "specs" / "zoom.postman_collection.json")
        subprocess.run(
            [sys.executable, *generate[:3], zoom, "--output", str(folder / "zoom"), "-q"],
            cwd=ROOT,
            check=True,
        )

        bare = process("-c", "pass", folder=folder)
        loaded = process("-c", "import zoom", folder=folder)
        heavy = process("-c", "import httpx2, pydantic", folder=folder)
        print(
            f"import zoom            {1000 * (loaded - bare):6.1f} ms above a bare interpreter ({1000 * bare:.0f} ms);"
        )
        print(f"                       {1000 * (heavy - bare):6.1f} ms would be httpx2 and pydantic")

        first = ROUNDS
        times = []
        for number in range(first):
            began = time.perf_counter()
            subprocess.run(
                [sys.executable, *generate, str(folder / f"cold{number}" / "larkspur")], cwd=ROOT, check=True
            )
            times.append(time.perf_counter() - began)
        cold = statistics.median(times)
        warm = process(*generate, str(folder / "cold0" / "larkspur"), folder=ROOT)
        print(f"generate larkspur      {cold:6.2f} s cold, {warm:.2f} s with nothing changed")

        ours, hand = call_ratio(folder)
        print(
            f"a call                 {1e6 * ours:6.0f} us, {ours / hand:.2f} times bare httpx2 and pydantic ({1e6 * hand:.0f} us)"
        )
        compare(corpus.resolve(), folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "corpus")
