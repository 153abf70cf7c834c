"""docs/templates.md: its table names every template, and what each of them prints."""

import re
from pathlib import Path, PurePosixPath

from jinja2 import Environment, meta

from pillarbox.python import nodes
from pillarbox.render.custom_templates import replaceable_templates
from pillarbox.render.environment import templates_folder

PAGE = Path(__file__).resolve().parents[2] / "docs" / "templates.md"
ROW = re.compile(r"^\| (`[^|]+\.jinja`[^|]*) \| ([^|]+) \|$", re.M)


def rows() -> dict[str, str]:
    """Template -> what the page says that it sees; the first of a row has the folder of the others."""
    found: dict[str, str] = {}
    for first, second in ROW.findall(PAGE.read_text(encoding="utf-8")):
        paths = re.findall(r"`([^`]+)`", first)
        folder = PurePosixPath(paths[0]).parent
        for path in paths:
            for one in sorted(templates_folder().glob(str(folder / PurePosixPath(path).name))):
                found[one.relative_to(templates_folder()).as_posix()] = second
    return found


def test_every_template_is_listed() -> None:
    assert sorted(rows()) == sorted(replaceable_templates())


def test_what_a_template_prints_is_listed() -> None:
    for path, row in rows().items():
        source = (templates_folder() / path).read_text(encoding="utf-8")
        listed = set(re.findall(r"`(\w+)`", row))
        printed = meta.find_undeclared_variables(Environment().parse(source))
        assert printed <= listed, path
        for name in listed:
            assert name[0].islower() or hasattr(nodes, name), name
