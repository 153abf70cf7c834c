"""PowerShell 7 with Invoke-WebRequest."""

from collections.abc import Mapping

from ...text.powershell import POWERSHELL, PowerShellText, body, string
from ..code_language import CodeLanguage
from ..code_message import Message, MessageRules
from ..http_message import url_of
from ..model import Kind, Leaf, MultipartContent
from ..naming import Rules, camel
from ..reader_code import ReadingCode
from ..spelling import Capabilities, Spelling

__all__ = ["LANGUAGE"]

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "TRACE", "OPTIONS", "MERGE", "PATCH"})
_TYPES = {
    Kind.STRING: PowerShellText("[string]{name} = {value}"),
    Kind.INTEGER: PowerShellText("[long]{name} = {value}"),
    Kind.NUMBER: PowerShellText("[double]{name} = {value}"),
    Kind.BOOLEAN: PowerShellText("[bool]{name} = {value}"),
    Kind.ANY: PowerShellText("{name} = {value}"),
}


def _leaf(leaf: Leaf) -> tuple[PowerShellText, ...]:
    return _TYPES[leaf.kind], PowerShellText('"{bare} = {name}"')


def _more(message: Message[PowerShellText]) -> Mapping[str, object]:
    content = message.request.content
    losses: list[str] = []
    if isinstance(content, MultipartContent):
        losses += [
            f"The field {part.name!a} gets another name: PowerShell sends ASCII ones."
            for part in content.parts
            if not part.name.isascii()
        ]
    elif content is not None and not content.media_type:
        losses.append("A content type is sent, that of a form: PowerShell sends no body without one.")
    message.losses[:0] = losses
    return {
        "url": message.spelling.text(url_of(message.request, keys_apart=True), message.locals),
        "method_key": POWERSHELL.name("Method" if message.request.method in _METHODS else "CustomMethod"),
    }


LANGUAGE = CodeLanguage(
    key="powershell",
    title="PowerShell",
    suffix=".ps1",
    template="powershell",
    reading_template="powershell-json",
    rules=Rules(
        spell=camel,
        reserved=frozenset(
            """args consolefilename enabledexperimentalfeatures error event eventargs eventsubscriber executioncontext
            false foreach home host input iscoreclr islinux ismacos iswindows lastexitcode matches myinvocation
            nestedpromptlevel null ofs pid profile psboundparameters pscmdlet pscommandpath psculture psdebugcontext
            psedition pshome psitem psscriptroot pssenderinfo psuiculture psversiontable pwd sender shellid stacktrace
            switch this true confirmpreference debugpreference erroractionpreference errorview formatenumerationlimit
            outputencoding progresspreference psdefaultparametervalues verbosepreference warningpreference
            whatifpreference env answer body content credential disposition form request response type url""".split()
        ),
        case_matters=False,
    ),
    message=MessageRules(
        spelling=Spelling(
            syntax=POWERSHELL,
            string=string,
            sigil="$",
            plus=PowerShellText(" + "),
            escaped=PowerShellText("[uri]::EscapeDataString({})"),
            input=PowerShellText("{name} = {value}"),
            basic=PowerShellText(
                "'Basic ' + [Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes({username} + ':' + {password}))"
            ),
            secret=PowerShellText("{name} = $env:{bare}\nif (-not {name}) {{ throw {missing} }}"),
        ),
        can=Capabilities(
            digest=True,
            typed=False,
            latin1_why="PowerShell sends none like it",
            repeated_why="PowerShell sends none like it",
        ),
        block=body,
    ),
    reading=ReadingCode(
        root=PowerShellText("$answer"),
        member=PowerShellText("{parent}[{key}]"),
        leaf=_leaf,
        group=PowerShellText("{name} = {value}"),
        group_or_empty=PowerShellText("{name} = {value} ?? @{{}}"),
        loop=(PowerShellText("foreach ({name} in {value}) {{"),),
        end=(PowerShellText("}}"),),
    ),
    more=_more,
).language()
