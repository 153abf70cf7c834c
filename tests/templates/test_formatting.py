"""black is run only where a line is too long for it: at 89 columns, and not at 88."""

from pillarbox.render import formatting
from pillarbox.render.formatting import LINE_LENGTH, settled
from pillarbox.text.python import PythonCode, identifier


def statement(columns: int) -> PythonCode:
    """A statement of that many columns, which black breaks where it is too long."""
    return PythonCode("{} = call(argument)").format(identifier("x" * (columns - len(" = call(argument)"))))


def test_a_line_of_88_columns_is_left_alone() -> None:
    code = statement(LINE_LENGTH)
    assert len(code) == 88
    assert settled(code) == code == formatting._black(f"{code}\n").rstrip("\n")


def test_a_line_of_89_columns_is_broken_as_black_breaks_it() -> None:
    code = statement(LINE_LENGTH + 1)
    assert len(code) == 89
    assert settled(code) == formatting._black(f"{code}\n").rstrip("\n") != code
