"""Names that were renamed: the old ones still work for a release, and say so (PEP 702)."""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable
from inspect import currentframe
from typing import TYPE_CHECKING, Any, TypeVar

__all__ = ["deprecated", "renamed_arguments"]

T = TypeVar("T")


def _warn(message: str) -> None:
    """Blame the caller, who may be behind several of the functions below."""
    level, frame = 1, currentframe()
    while frame is not None and frame.f_code.co_filename == __file__:
        level, frame = level + 1, frame.f_back
    warnings.warn(message, DeprecationWarning, stacklevel=level)


if TYPE_CHECKING:
    # Type checkers know it by this name. At run time Python has it from 3.13 on, so it is written out below.
    from typing_extensions import deprecated
else:

    def deprecated(message: str) -> Callable[[Callable[..., T]], Callable[..., T]]:
        """Warn whoever calls it. `help` and type checkers show the same text."""

        def mark(function: Callable[..., T]) -> Callable[..., T]:
            @functools.wraps(function)
            def called(*args: Any, **kwargs: Any) -> T:
                _warn(message)
                return function(*args, **kwargs)

            called.__deprecated__ = message
            return called

        return mark


def renamed_arguments(**names: str) -> Callable[[Callable[..., T]], Callable[..., T]]:
    """Take arguments by their old names too: `@renamed_arguments(ttl="lifetime")`."""

    def mark(function: Callable[..., T]) -> Callable[..., T]:
        @functools.wraps(function)
        def called(*args: Any, **kwargs: Any) -> T:
            for old in [name for name in kwargs if name in names]:
                new = names[old]
                if new in kwargs:
                    raise TypeError(
                        f"{function.__name__}() got both {new!r} and {old!r}, its old name"
                    )
                _warn(f"Argument `{old}` is now `{new}`.")
                kwargs[new] = kwargs.pop(old)
            return function(*args, **kwargs)

        return called

    return mark
