"""Java with java.net.http. The JDK reads no JSON; Jackson is what most of the field has on its class path already."""

from ...render.environment import environment, render
from ...text.java import JAVA, JvmText, block
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
        """abstract assert boolean break byte case catch char class const continue default do double else enum extends
        final finally float for goto if implements import instanceof int interface long native new package private
        protected public return short static strictfp super switch synchronized this throw throws transient try void
        volatile while true false null var yield record sealed permits""".split()
    ),
)

_DIALECT = Dialect(
    spelling=Spelling(
        syntax=JAVA,
        plus=JvmText(" + "),
        escaped=ESCAPED,
        given=JvmText("String {} = {};"),
        secret=JvmText('String {} = System.getenv().getOrDefault({}, "");'),
    ),
    block=block,
    body=JvmText("HttpRequest.BodyPublisher body = {};"),
    text=JvmText("String {} = {};"),
    utf8=JvmText("{}.getBytes(StandardCharsets.UTF_8)"),
    joined=JvmText('String.join("&",{})'),
    leaf=JvmText("{} {} = {};"),
    types=(JvmText("String"), JvmText("int"), JvmText("long"), JvmText("double"), JvmText("boolean")),
    shown=JvmText("System.out.println({} + {});"),
    group=JvmText("JsonNode {} = {};"),
    loop=JvmText("for (JsonNode {} : {}) {{"),
)


def _render(sample: Sample) -> Rendered:
    names = Names(_RULES)
    call = JvmRequest(sample.request, names, _DIALECT)
    answer = sample.answer
    reading = answer.reading if answer is not None else None
    steps = JvmSteps(names, _DIALECT)
    made = render(
        environment(JvmText),
        "samples/java.jinja",
        JvmText,
        title=JAVA.comment(sample.title),
        notes=[JAVA.comment(note) for note in (*notes_of(sample.request), *call.losses)],
        imports=call.imports(reads=reading is not None),
        call=call,
        shortened=JAVA.comments(answer.shortened) if answer is not None and answer.shortened else (),
        reading=None if reading is None else JAVA.lines(steps.lines(reading, JvmText("answer"), 2)),
    )
    return Rendered(made, tuple(call.losses))


def _read(reading: Reading, shortened: str) -> Rendered:
    """The reading code alone."""
    steps = JvmSteps(Names(_RULES), _DIALECT)
    made = render(
        environment(JvmText),
        "samples/java-json.jinja",
        JvmText,
        shortened=JAVA.comments(shortened),
        reading=JAVA.lines(steps.lines(reading, JvmText("answer"), 2)),
    )
    return Rendered(made)


LANGUAGE = Language("java", "Java with java.net.http", ".java", _render, _read)
