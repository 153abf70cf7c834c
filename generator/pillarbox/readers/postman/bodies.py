"""The body of a request: what it is, its fields, its media type. Rules 1.7 of the wire reference."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...model.api import BinaryBody, Body, Example, GraphQLBody, JsonBody, Placeholder, TextBody, TextSyntax
from ...model.problems import Origin, Problem, Severity
from ...model.types import Field, Json, Object, Scalar, ScalarKind
from ..documents import parse_json
from ..example_values import readable
from ..inference import infer
from ..lenient import mapping, text
from ..secret_names import is_secret_name
from .converted import sample
from .examples import concrete_argument
from .forms import read_form, read_form_text, read_multipart
from .json_text import MAX_DEPTH, hidden, parse_template, without_comments
from .parameter_values import Context
from .parameters import Headers
from .variables import PLACEHOLDER, Scope, dynamic, pieces

__all__ = ["BodyNode", "BodyRead", "read_body"]

_PRUNED = frozenset(("GET", "HEAD", "COPY", "PURGE", "UNLOCK"))
_NEEDED = frozenset(("POST", "PUT", "PATCH"))
_JSON = re.compile(r"application/(?:\S+\+)?json", re.IGNORECASE)
_LANGUAGES: Mapping[str, str] = {
    "json": "application/json",
    "xml": "application/xml",
    "html": "text/html",
    "javascript": "application/javascript",
}
_FORM = "application/x-www-form-urlencoded"
_STANDS_FOR = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|(<[A-Za-z][\w -]{0,40}>)', re.DOTALL)
"""`"profile": <profileId>`: no JSON, but plainly a placeholder. Its wire name keeps the brackets."""
_STRING = Scalar(ScalarKind.STRING)


@dataclass(frozen=True, slots=True)
class BodyRead:
    """A body, and what was odd about it."""

    body: Body | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyNode:
    """The `body` of a request, and what else of the request decides how it is sent."""

    node: Any
    method: str
    headers: Headers
    pruned: bool
    """Methods that usually have no body send none."""
    unlabelled: bool
    """No Content-Type is added to a body that has none."""
    siblings: Sequence[Any]
    """The bodies of saved requests: more samples of the same shape."""
    origin: Origin

    def content_type(self, scope: Scope) -> str:
        """The Content-Type that the request names itself."""
        return scope.resolve(self.headers.content_type or "").strip()


def read_body(request: BodyNode, context: Context) -> BodyRead:
    """What the request carries; None for what Postman does not send."""
    node, method = request.node, request.method
    body = {"mode": "raw", "raw": node} if isinstance(node, str) else mapping(node)
    mode = body.get("mode")
    if not isinstance(mode, str) or body.get("disabled") or (request.pruned and method in _PRUNED):
        return BodyRead(None)
    here = request.origin.child(mode)
    declared = request.content_type(context.scope)
    match mode:
        case "urlencoded":
            media_type = (
                declared if declared.lower().startswith(_FORM) else "" if request.unlabelled else _FORM
            )
            return BodyRead(read_form(body.get("urlencoded"), media_type, context, here))
        case "formdata":
            return BodyRead(read_multipart(body.get("formdata"), context, here))
        case "file":
            return BodyRead(BinaryBody(media_type=declared, required=method in _NEEDED, origin=here))
        case "graphql":
            return _graphql(mapping(body.get("graphql")), declared or "application/json", context, here)
        case _:
            raws = [
                mapping(sibling).get("raw")
                for sibling in request.siblings
                if mapping(sibling).get("mode") == mode
            ]
            return _Raw(body, request, context, raws).read()


class _Raw:
    """A raw body while its kind is found out."""

    def __init__(
        self, body: Mapping[str, Any], request: BodyNode, context: Context, others: Iterable[Any]
    ) -> None:
        language = mapping(mapping(body.get("options")).get("raw")).get("language")
        self._raw = body.get("raw")
        self._method = request.method
        self._context = context
        self._origin = request.origin.child("raw")
        self._others = others
        declared = request.content_type(context.scope)
        # A label that is typed but empty is sent so; the kind of the text is known even where no label is sent.
        self._kind = declared or _LANGUAGES.get(text(language), "text/plain")
        self._media_type = "" if request.unlabelled and not declared else self._kind
        media_type = declared or context.scope.resolve(request.headers.disabled_content_type or "")
        self._strips = language == "json" or (not text(language) and bool(_JSON.match(media_type)))

    def read(self) -> BodyRead:
        raw = self._raw
        if raw is None or raw == "":
            return BodyRead(None)
        if not isinstance(raw, str):
            return BodyRead(self._json(sample(raw), None))
        if not raw.strip():
            return BodyRead(self._text(raw))
        if self._kind.lower().startswith(_FORM):
            form = read_form_text(raw, self._media_type, self._context, self._origin)
            if form is not None:
                return BodyRead(form)
        tree = self._tree(raw)
        if tree is not None:
            return BodyRead(self._json(tree[0], raw))
        body = self._text(raw)
        if body.syntax is TextSyntax.JSON:
            message = "the body is no JSON; it is sent as a text in which the variables are filled"
            return BodyRead(body, (Problem(Severity.NOTE, "body-as-text", message, self._origin),))
        return BodyRead(body)

    def _tree(self, raw: str) -> tuple[Any] | None:
        bare = without_comments(raw) if self._strips else raw
        if bare.lstrip()[:1] not in ("{", "[") and not _JSON.match(self._kind):
            return None
        if PLACEHOLDER.fullmatch(bare.strip()) and not _JSON.match(self._kind):
            return None
        try:
            return (parse_template(bare, self._context.scope),)
        except ValueError:
            return None

    def _json(self, tree: Any, raw: str | None) -> JsonBody:
        samples = [tree]
        for other in self._others:
            if isinstance(other, str) and other != raw and (more := self._tree(other)) is not None:
                samples.append(more[0])
        kind = infer(samples, for_request=True, origin=self._origin)
        shown = hidden(tree, self._context.vault, self._origin)
        value = concrete_argument(shown)
        written: Json = None
        if raw is not None and shown == tree and not _is_plain(raw, value):
            written = raw
        return JsonBody(
            type=kind,
            required=self._method in _NEEDED and not isinstance(kind, Object),
            optional=self._method not in _NEEDED,
            media_type=self._media_type,
            example=Example(value, written),
            origin=self._origin,
        )

    def _text(self, raw: str) -> TextBody:
        raw = self._context.scope.flatten(without_comments(raw) if self._strips else raw)
        raw = self._context.vault.hide_text(raw, self._origin)
        lower, start = self._kind.lower(), raw.lstrip()[:2]
        if "xml" in lower or start[:1] == "<":
            syntax = TextSyntax.XML
        elif "json" in lower or (start[:1] in ("{", "[") and start != "{{"):
            syntax = TextSyntax.JSON
        else:
            syntax = TextSyntax.PLAIN
        if syntax is TextSyntax.JSON:
            raw = _STANDS_FOR.sub(lambda match: match[0] if match[1] is None else f"{{{{{match[1]}}}}}", raw)
        return text_body(raw, syntax, self._media_type, self._context, self._origin)


def _is_plain(raw: str, value: Json) -> bool:
    """True where the text is JSON of exactly this value."""
    try:
        return bool(parse_json(raw, depth=MAX_DEPTH) == value)
    except ValueError:
        return False


def text_body(raw: str, syntax: TextSyntax, media_type: str, context: Context, origin: Origin) -> TextBody:
    """A text with its variables as placeholders; a name that occurs twice is one placeholder."""
    template = pieces(raw)
    names = dict.fromkeys(piece.wire for piece in template if isinstance(piece, Placeholder))
    values: dict[str, Json] = {}
    for name in names:
        known = dynamic(name) if name not in context.scope.values else None
        value = (
            known.example if known is not None and known.example is not None else context.scope.value(name)
        )
        shown = str(readable(_STRING, name) if value is None else value)
        values[name] = context.vault.replace(name, shown, origin) if is_secret_name(name) else shown
    return TextBody(
        template=template,
        syntax=syntax,
        media_type=media_type,
        placeholders=tuple(Field(wire=name, type=_STRING, required=True) for name in names),
        example=(
            Example(values, {name: name for name in names if name[:1] == "<"} or None) if values else None
        ),
        origin=origin,
    )


def _graphql(node: Mapping[str, Any], media_type: str, context: Context, origin: Origin) -> BodyRead:
    """A query with fixed text. Variables inside the query text make the whole body a template."""
    written_query = node.get("query")
    query = context.vault.hide_text(text(written_query), origin)
    operation = node.get("operationName")
    operation = operation if isinstance(operation, str) and operation else None
    written = node.get("variables")
    problems: tuple[Problem, ...] = ()
    tree: Any = {}
    if isinstance(written, dict):
        tree = sample(written)
    elif isinstance(written, str) and written.strip():
        try:
            tree = parse_template(without_comments(written), context.scope)
        except ValueError:
            tree = None
    if not isinstance(tree, dict):
        message = (
            "the GraphQL variables are no JSON object; they are sent as a text in which variables are filled"
        )
        problems = (Problem(Severity.NOTE, "graphql-variables", message, origin.child("variables")),)
    if PLACEHOLDER.search(query) or PLACEHOLDER.search(operation or "") or not isinstance(tree, dict):
        return BodyRead(_graphql_text(query, operation, written, media_type, context, origin), problems)
    has_variables = isinstance(written, dict) or bool(text(written).strip())
    kind = infer([tree], for_request=True, origin=origin) if tree else None
    shown = hidden(tree, context.vault, origin)
    value = concrete_argument(shown)
    plain = shown == tree and isinstance(written, str) and written.strip() and not _is_plain(written, value)
    fields = tuple(
        Field(wire=key, type=infer([item], for_request=True, origin=origin), required=False)
        for key, item in tree.items()
    )
    return BodyRead(
        GraphQLBody(
            query=query if isinstance(written_query, str) else None,
            operation_name=operation,
            variables=kind.fields if isinstance(kind, Object) else fields,
            example=Example(value, written if plain else None) if has_variables else None,
            origin=origin,
        ),
        problems,
    )


def _graphql_text(
    query: str, operation: str | None, variables: Any, media_type: str, context: Context, origin: Origin
) -> TextBody:
    members = [f'"query":{json.dumps(query, ensure_ascii=False)}']
    if operation is not None:
        members.append(f'"operationName":{json.dumps(operation, ensure_ascii=False)}')
    if isinstance(variables, dict):
        members.append(f'"variables":{json.dumps(variables, ensure_ascii=False)}')
    elif isinstance(variables, str) and variables.strip():
        members.append(f'"variables":{variables}')
    return text_body("{" + ",".join(members) + "}", TextSyntax.JSON, media_type, context, origin)
