"""Finished text of one output language, as a type that nothing else can be mixed into."""

import string
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Never, Self, SupportsIndex

from markupsafe import Markup

__all__ = ["Encoded"]


class _Formatter(string.Formatter):
    """`str.format` for encoded text: positional and named fields, nothing computed, nothing converted."""

    def __init__(self, kind: "type[Encoded]") -> None:
        self._kind = kind

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> tuple[Any, str]:
        if not field_name.isalnum() and not field_name.isidentifier():
            raise TypeError(
                f"a field of {self._kind.__name__}.format is a number or a name, not {field_name!r}"
            )
        key: int | str = int(field_name) if field_name.isdecimal() else field_name
        return self.get_value(key, args, kwargs), field_name

    def convert_field(self, value: Any, conversion: str | None) -> Any:
        if conversion is not None:
            raise TypeError(f"{self._kind.__name__}.format takes no conversion (!{conversion})")
        return value

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec:
            raise TypeError(f"{self._kind.__name__}.format takes no format specification ({format_spec!r})")
        return self._kind.text_of(value)


@lru_cache(maxsize=4096)
def _around_fields(pattern: str) -> tuple[str, ...] | None:
    """The texts around the fields of a constant whose fields are all `{}`; None for any other."""
    texts = [""]
    for text, name, specification, conversion in string.Formatter().parse(pattern):
        texts[-1] += text
        if name or specification or conversion:
            return None
        if name is not None:
            texts.append("")
    return tuple(texts)


class Encoded(Markup):
    """Base of `PythonCode`, `MarkdownText` and `TomlText`.

    Three ways of composing are open, `format`, `join` and `+`. Each takes this very class or an integer and
    raises TypeError for anything else: a plain `str`, text of another language, `Markup`. The methods of `str`
    that would return a part or a variation of encoded text raise TypeError too, because half of a literal is
    no literal. Text that was composed is no pattern any more: `format` on it raises, so that braces
    which came from a spec are never read as fields.

    A constructor call takes a constant of our own source and nothing else; a lint in the tests holds that.
    """

    __slots__ = ("_pattern",)
    _pattern: bool

    def __new__(cls, constant: str = "") -> Self:
        if type(constant) is not str:
            raise TypeError(f"{cls.__name__} takes a constant of the source, not {type(constant).__name__}")
        made = str.__new__(cls, constant)
        made._pattern = True
        return made

    @classmethod
    def _trusted(cls, text: str) -> Self:
        """Text that an encoder finished. Only generator/pillarbox/text and the renderer call this (a lint holds it)."""
        made = str.__new__(cls, text)
        made._pattern = False
        return made

    @classmethod
    def text_of(cls, value: object) -> str:
        """The text of a value that may be mixed in: this class, or an integer. Else TypeError."""
        if type(value) is cls:
            return str(value)
        if type(value) is int:
            return int.__repr__(value)
        raise TypeError(f"{cls.__name__} takes {cls.__name__} or int, not {type(value).__name__}")

    @classmethod
    def escape(cls, s: Any, /) -> Self:
        """What `Markup` calls on everything mixed in: refuses instead of escaping HTML."""
        return cls._trusted(cls.text_of(s))

    def __add__(self, value: object, /) -> Self:
        return self._trusted(str(self) + self.text_of(value))

    def __radd__(self, value: object, /) -> Self:
        return self._trusted(self.text_of(value) + str(self))

    def join(self, iterable: Iterable[object], /) -> Self:
        """The items, with this text between them."""
        return self._trusted(str(self).join([self.text_of(item) for item in iterable]))

    def format(self, *args: object, **kwargs: object) -> Self:
        """This constant with its fields filled; `{{` and `}}` are braces, as in `str.format`."""
        if not self._pattern:
            raise TypeError(f"format needs a constant {type(self).__name__}, not a composed one")
        texts = None if kwargs else _around_fields(str(self))
        if texts is not None and len(texts) == len(args) + 1:
            # Nearly every call: `str.format` parses its pattern anew each time.
            filled = "".join(text + self.text_of(value) for text, value in zip(texts, args, strict=False))
            return self._trusted(filled + texts[-1])
        return self._trusted(_Formatter(type(self)).vformat(str(self), args, kwargs))

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self)._trusted, (str(self),))

    def _refuse(self, *args: object, **kwargs: object) -> Never:
        raise TypeError(
            f"a part of {type(self).__name__} is no {type(self).__name__}: compose with format, join or +"
        )

    def __getitem__(self, key: SupportsIndex | slice, /) -> Never:
        self._refuse()

    def __mod__(self, value: object, /) -> Never:
        self._refuse()

    def __mul__(self, value: SupportsIndex, /) -> Never:
        self._refuse()

    __rmul__ = __mul__
    capitalize = casefold = center = expandtabs = format_map = ljust = lower = lstrip = _refuse
    partition = removeprefix = removesuffix = replace = rjust = rpartition = rsplit = rstrip = _refuse
    split = splitlines = strip = striptags = swapcase = title = translate = unescape = upper = _refuse
    zfill = __rmod__ = _refuse
