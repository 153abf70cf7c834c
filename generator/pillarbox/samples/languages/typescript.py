"""TypeScript with fetch, as Node 18 and later have it."""

from ..javascript_family import reading_text, sample_text
from ..language import Language, Rendered
from ..model import Reading, Sample

__all__ = ["LANGUAGE"]


def _render(sample: Sample) -> Rendered:
    return sample_text(sample, typed=True)


def _read(reading: Reading, shortened: str) -> Rendered:
    return reading_text(reading, shortened, typed=True)


LANGUAGE = Language("typescript", "TypeScript with fetch", ".mts", _render, _read)
