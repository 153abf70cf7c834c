"""Python with requests."""

from collections.abc import Sequence

from ...text.python import PythonCode, literal
from ..http_message import repeated
from ..language import Language, Rendered
from ..model import Sample
from ..naming import Names
from ..python_call import Dialect, call_of, read_alone, rendered
from ..python_reading import rules

__all__ = ["LANGUAGE"]

_RULES = rules(
    "os", "sys", "json", "quote", "requests", "url", "response", "error", "answer", "Path", "query"
)


def _headers(headers: Sequence[tuple[str, PythonCode]]) -> PythonCode:
    entries = [PythonCode("{}: {}").format(literal(name), value) for name, value in headers]
    return PythonCode("{{{}}}").format(PythonCode(", ").join(entries))


def _form(pairs: Sequence[tuple[str, str]]) -> PythonCode:
    entries = [PythonCode("({}, {})").format(literal(name), literal(value)) for name, value in pairs]
    return PythonCode("[{}]").format(PythonCode(", ").join(entries))


_DIALECT = Dialect(
    digest=PythonCode("requests.auth.HTTPDigestAuth"),
    bytes_argument=PythonCode("data"),
    headers=_headers,
    form=_form,
)


def _render(sample: Sample) -> Rendered:
    names = Names(_RULES)
    twice = sorted(repeated(sample.request))
    unsent = tuple(f"requests sends only the last of the headers named {name}." for name in twice)
    call = call_of(sample.request, names, _DIALECT)
    return rendered("samples/python-requests.jinja", sample, call, names, unsent)


LANGUAGE = Language("python-requests", "Python with requests", ".py", _render, read_alone)
