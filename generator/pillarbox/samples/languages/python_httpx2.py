"""Python with httpx2."""

from collections.abc import Sequence

from ...text.python import PythonCode, literal
from ..language import Language, Rendered
from ..model import Sample
from ..naming import Names
from ..python_call import Dialect, call_of, read_alone, rendered
from ..python_reading import rules

__all__ = ["LANGUAGE"]

_RULES = rules("os", "sys", "json", "quote", "httpx2", "url", "response", "error", "answer", "Path", "query")


def _headers(headers: Sequence[tuple[str, PythonCode]]) -> PythonCode:
    entries = [PythonCode("({}, {})").format(literal(name), value) for name, value in headers]
    return PythonCode("[{}]").format(PythonCode(", ").join(entries))


def _form(pairs: Sequence[tuple[str, str]]) -> PythonCode:
    """A dict: httpx2 takes no list of pairs."""
    grouped: dict[str, list[str]] = {}
    for name, value in pairs:
        grouped.setdefault(name, []).append(value)
    entries = (
        PythonCode("{}: {}").format(literal(name), literal(many[0] if len(many) == 1 else many))
        for name, many in grouped.items()
    )
    return PythonCode("{{{}}}").format(PythonCode(", ").join(entries))


_DIALECT = Dialect(
    digest=PythonCode("httpx2.DigestAuth"), bytes_argument=PythonCode("content"), headers=_headers, form=_form
)


def _render(sample: Sample) -> Rendered:
    names = Names(_RULES)
    call = call_of(sample.request, names, _DIALECT)
    return rendered("samples/python-httpx2.jinja", sample, call, names)


LANGUAGE = Language("python-httpx2", "Python with httpx2", ".py", _render, read_alone)
