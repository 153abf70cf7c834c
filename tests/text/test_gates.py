"""The gates that make a forgotten encoder a failing test: what templates may print, and where encoded text is made."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from jinja2.exceptions import TemplateError
from markupsafe import Markup

import pillarbox
from pillarbox.render.environment import environment, render, templates_folder
from pillarbox.render.template_lint import complaints, misplaced
from pillarbox.samples.registry import LANGUAGES
from pillarbox.text import toml
from pillarbox.text.encoded import Encoded
from pillarbox.text.markdown import MarkdownText, plain
from pillarbox.text.python import PythonCode, literal
from pillarbox.text.workflow import WorkflowText

SOURCES = Path(pillarbox.__file__).parent
TEMPLATES = sorted(templates_folder().rglob("*.jinja"))


def printed(template: str, **values: object) -> str:
    return environment(PythonCode).from_string(template).render(values)


@pytest.mark.parametrize(
    "value",
    [
        "plain",
        Markup("<b>"),
        plain("x"),
        toml.string("x"),
        None,
        True,
        1.5,
        [literal("x")],
        (1,),
        b"x",
        {"a": 1},
    ],
    ids=repr,
)
def test_templates_print_their_own_language_and_integers_alone(value: object) -> None:
    with pytest.raises(TypeError, match="template"):
        printed("x = {{ value }}", value=value)


def test_what_templates_print() -> None:
    assert (
        printed("{% for x in items %}\n{{ x }},\n{% endfor %}\n{{ n }}", items=[literal("<&'\">")], n=3)
        == '"<&\'\\">",\n3'
    )
    assert printed("{{ x }}", x=literal("{{ y }}")) == '"{{ y }}"'


@pytest.mark.parametrize(
    "template",
    ["{{ missing }}", "{{ x.missing }}", "{% if missing %}{% endif %}", "{% for y in missing %}{% endfor %}"],
)
def test_missing_names_are_errors(template: str) -> None:
    with pytest.raises(UndefinedError):
        printed(template, x=literal("x"))


@pytest.mark.parametrize(
    "template",
    [
        "{{ x ~ y }}", "{{ x[1:] }}", "{{ x[0] }}", "{{ x.strip() }}", "{{ x.upper() }}", "{{ '%s' % y }}", "{{ '{}'.format(y) }}", "{{ [x, y]|join }}",
        "{{ x|trim }}", "{{ y|safe }}", "{{ x|indent }}", "{{ 'text' }}", "{{ x + y }}", "{{ x.join([y]) }}", "{{ x.format(y) }}", "{{ x * 2 }}",
        "{% set z %}{{ x }}{% endset %}{{ z }}", "{% filter trim %}{{ x }}{% endfilter %}", "{% macro m() %}{{ x }}{% endmacro %}{{ m() }}",
        "{% autoescape false %}{{ y }}{% endautoescape %}", "{{ lipsum() }}", "{{ x.__class__ }}", "{{ y.encode() }}", "{{ x if 0 else y }}",
    ],
)  # fmt: skip
def test_every_ordinary_way_around_the_gate_is_closed(template: str) -> None:
    with pytest.raises((TypeError, TemplateError)):
        printed(template, x=literal("x"), y="plain")


def test_rendered_text_has_the_language_of_its_template(tmp_path: Path) -> None:
    (tmp_path / "a.jinja").write_text("# {{ x }}\n", encoding="utf-8")
    made = render(environment(MarkdownText, tmp_path), "a.jinja", MarkdownText, x=plain("*"))
    assert type(made) is MarkdownText
    assert made == "# \\*\n"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_only_loop_choose_and_print(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert list(complaints(source)) == []
    assert not path.name.endswith(".py.jinja") or list(misplaced(source)) == []


@pytest.mark.parametrize(
    "source",
    [
        "{{ x|safe }}", "{{ x ~ y }}", "{% autoescape false %}{% endautoescape %}", "{% set x = 1 %}", "{{ x.y() }}", "{{ x[0] }}", "{{ Markup(x) }}",
        "{% include name %}", "{{ 'x' }}", "{% macro m() %}{% endmacro %}", "{% if x == 'a' %}{% endif %}", "{{ x.__class__ }}", "{% block a %}{% endblock %}",
        "{% filter upper %}{% endfilter %}", "{% if x is defined %}{% endif %}", "{% import 'a' as b %}", "{% extends 'a' %}", "\n" * 81,
    ],
)  # fmt: skip
def test_the_template_lint_complains(source: str) -> None:
    assert list(complaints(source))


@pytest.mark.parametrize(
    "source",
    [
        "# {{ x }}", "x = 1  # {{ x }}", '"""{{ x }}"""', "'{{ x }}'", '"""\n\n{{ x }}\n"""', "'''a\"{{ x }}'''",
        "# {% if y %}\n{% endif %}{{ x }}", "{% if y %}#{% endif %} {{ x }}", '"\\"{{ x }}"', "{{ y }} # {{ x }}", '# "\n"{{ x }}"',
    ],
)  # fmt: skip
def test_encoded_code_is_not_printed_into_a_text_or_a_comment(source: str) -> None:
    """There its second line would be code that nobody meant."""
    assert list(misplaced(source))


@pytest.mark.parametrize(
    "source",
    [
        "{{ x }} # a", "# a\n{{ x }}", '"a" + {{ x }}', "'''a'''\n{{ x }}", '"#"\n{{ x }}', '"\\\\"{{ x }}', "it = 'a\n{{ x }}",
        '"""{{ testing.client }}"""',
    ],
)  # fmt: skip
def test_encoded_code_is_printed_as_code(source: str) -> None:
    assert list(misplaced(source)) == []


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 10


def encoded_kinds(kind: type[Encoded] = Encoded) -> Iterator[str]:
    """Names of all classes of encoded text, those of the languages of samples included."""
    yield kind.__name__
    for below in kind.__subclasses__():
        yield from encoded_kinds(below)


assert LANGUAGES, "importing the languages makes their classes known"
ENCODED = {*encoded_kinds(), "Markup"}
assert WorkflowText.__name__ in ENCODED
TRUSTED_PLACES = {"render/environment.py", "render/formatting.py"}
"""The renderer: it puts together what templates printed, and hands it to black and back."""


def breaches(source: str, place: str) -> Iterator[str]:
    """Where encoded text is made of something else than a constant of our own or an encoder's result."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr == "_trusted" and place not in TRUSTED_PLACES:
            yield f"{place}:{node.lineno}: only encoders and the renderer make encoded text of strings"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ENCODED:
            constant = (
                len(node.args) == 1
                and isinstance(node.args[0], ast.Constant)
                and isinstance(node.args[0].value, str)
            )
            if not constant or node.keywords or node.func.id == "Markup":
                yield f"{place}:{node.lineno}: {node.func.id} takes one constant string"
        if (
            isinstance(node, ast.Call)
            and any(isinstance(part, ast.Name) and part.id in ENCODED for part in (*node.args,))
            and not (
                isinstance(node.func, ast.Name)
                and node.func.id in {"isinstance", "environment", "render", "type", "cast"}
            )
        ):
            yield f"{place}:{node.lineno}: an encoder's class given away"
        if isinstance(node, (ast.Attribute, ast.Name)) and (
            node.attr if isinstance(node, ast.Attribute) else node.id
        ) in {"eval", "exec"}:
            yield f"{place}:{node.lineno}: {ast.unparse(node)}"


@pytest.mark.parametrize(
    "path",
    sorted(path for path in SOURCES.rglob("*.py") if path.parent.name != "text"),
    ids=lambda path: str(path.relative_to(SOURCES)),
)
def test_encoded_text_is_made_by_encoders(path: Path) -> None:
    place = path.relative_to(SOURCES).as_posix()
    if place.startswith("templates/"):
        pytest.skip("the runtime is no part of the generator")
    assert list(breaches(path.read_text(encoding="utf-8"), place)) == []


@pytest.mark.parametrize(
    "source",
    [
        "PythonCode(text)", "PythonCode(f'x {text}')", "PythonCode('a' + text)", "PythonCode('a' 'b').x(PythonCode)", "MarkdownText(*texts)", "TomlText(constant='x')",
        "PythonCode._trusted(text)", "map(PythonCode, texts)", "Markup('x')", "PythonCode('x %s' % text)", "PythonCode(str(code))", "eval(text)",
    ],
)  # fmt: skip
def test_the_source_lint_complains(source: str) -> None:
    assert list(breaches(source, "client/x.py"))
