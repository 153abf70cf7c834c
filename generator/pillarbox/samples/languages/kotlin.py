"""Kotlin with java.net.http and Jackson: the calls of the Java sample, which is run."""

from ...render.environment import environment, render
from ...text.java import JvmText
from ...text.kotlin import KOTLIN, block
from ..jvm_family import ESCAPED, RESERVED, Dialect, JvmRequest, JvmSteps
from ..language import Language, Rendered
from ..model import Reading, Sample
from ..naming import Names, Rules, camel
from ..notes import notes_of
from ..outline import Spelling

__all__ = ["LANGUAGE"]

_RULES = Rules(
    spell=camel,
    reserved=RESERVED
    | frozenset(
        """as break class continue do else false for fun if in interface is null object package return super this throw
        true try typealias typeof val var when while by catch constructor delegate dynamic field file finally get
        import init param property receiver set setparam value where listOf main println""".split()
    ),
)

_DIALECT = Dialect(
    spelling=Spelling(
        syntax=KOTLIN,
        plus=JvmText(" + "),
        escaped=ESCAPED,
        given=JvmText("val {} = {}"),
        secret=JvmText('val {} = System.getenv({}) ?: ""'),
    ),
    block=block,
    body=JvmText("val body = {}"),
    text=JvmText("val {} = {}"),
    utf8=JvmText("{}.toByteArray()"),
    joined=JvmText('listOf({}).joinToString("&")'),
    leaf=JvmText("val {1}: {0} = {2}"),
    types=(JvmText("String"), JvmText("Int"), JvmText("Long"), JvmText("Double"), JvmText("Boolean")),
    shown=JvmText("println({} + {})"),
    group=JvmText("val {} = {}"),
    loop=JvmText("for ({} in {}) {{"),
)


def _render(sample: Sample) -> Rendered:
    names = Names(_RULES)
    call = JvmRequest(sample.request, names, _DIALECT)
    answer = sample.answer
    reading = answer.reading if answer is not None else None
    steps = JvmSteps(names, _DIALECT)
    made = render(
        environment(JvmText),
        "samples/kotlin.jinja",
        JvmText,
        title=KOTLIN.comment(sample.title),
        notes=[KOTLIN.comment(note) for note in (*notes_of(sample.request), *call.losses)],
        imports=call.imports(reads=reading is not None),
        call=call,
        shortened=KOTLIN.comments(answer.shortened) if answer is not None and answer.shortened else (),
        reading=None if reading is None else KOTLIN.lines(steps.lines(reading, JvmText("answer"), 1)),
    )
    return Rendered(made, tuple(call.losses))


def _read(reading: Reading, shortened: str) -> Rendered:
    """The reading code alone."""
    steps = JvmSteps(Names(_RULES), _DIALECT)
    made = render(
        environment(JvmText),
        "samples/kotlin-json.jinja",
        JvmText,
        shortened=KOTLIN.comments(shortened),
        reading=KOTLIN.lines(steps.lines(reading, JvmText("answer"), 1)),
    )
    return Rendered(made)


LANGUAGE = Language("kotlin", "Kotlin with java.net.http", ".kt", _render, _read)
