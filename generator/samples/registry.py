"""The languages of samples, in the order in which people see them."""

from .language import Language
from .languages import python_httpx2

__all__ = ["LANGUAGES"]

LANGUAGES: tuple[Language, ...] = (python_httpx2.LANGUAGE,)
