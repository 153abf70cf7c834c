"""The example call of an operation: all that its request is made of, in the terms of the runtime."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import assert_never

from ..client.api import Client, CredentialRole, Method
from ..client.request import (
    BinaryBody,
    FormBody,
    GraphQLBody,
    Json,
    JsonBody,
    Location,
    MultipartBody,
    ParameterStyle,
    Request,
    Style,
    Template,
    TextBody,
)
from ..model.security import SecurityScheme
from ..naming.words import snake
from .model import Secret
from .runtime_bridge import Runtime, Styles, runtime

__all__ = ["ExampleCall", "template_text"]

_JOINED_ANYWAY = (Location.PATH, Location.HEADER)
"""Where an array is joined by commas without a style for it."""


def template_text(template: Template) -> str:
    """A template as the runtime takes it: placeholders as `{wire}`, whose names hold no brace."""
    return "".join(
        piece if isinstance(piece, str) else f"{{{piece.wire.replace('{', '%7B').replace('}', '%7D')}}}"
        for piece in template
    )


@dataclass(frozen=True, slots=True)
class ExampleCall:
    """One call, and the runtime that turns it into a request. Apart from this class, what builds the request knows no
    more of the client than what its operation sends."""

    client: Client
    method: Method
    runtime: Runtime = field(default_factory=runtime)
    notes: list[str] = field(default_factory=list)
    """What the reader of a sample must know of its request: a sentence each."""

    @property
    def sent(self) -> Request:
        """What the method sends in every call."""
        return self.method.request

    @property
    def fixed_text(self) -> str:
        """All text of the spec that the request can hold, in no order."""
        return repr((self.client.server, self.client.settings, self.method.parameters, self.sent))

    # -- values -----------------------------------------------------------------------------------

    def values(self, location: Location) -> dict[str, Json]:
        """Wire name -> value, of the parameters of one location that the call gives."""
        return {item.wire: value for item, value in self.method.example_call if item.location is location}

    def wires(self, location: Location) -> list[str]:
        """Wire names of all parameters of one location."""
        return [item.wire for item in self.method.parameters if item.location is location]

    def server_value(self, wire: str) -> Json:
        """The value of a placeholder of the server: of the call, else of the client."""
        defaults = {setting.wire: setting.default for setting in self.client.settings}
        return {**defaults, **self.values(Location.SERVER)}.get(wire)

    def path_value(self, wire: str) -> Json:
        """The value of a placeholder of the path: of the call, else of the client."""
        examples = {one.wire: one.example for one in self.client.settings if one.example is not None}
        defaults = {one.wire: one.default for one in self.client.settings if one.default is not None}
        return {**examples, **defaults, **self.values(Location.PATH)}.get(wire)

    # -- how values become text -------------------------------------------------------------------

    def styles(self, location: Location) -> Styles:
        """Wire name -> style, of the parameters of one location that are not written in its plain way."""
        styles = (one for one in self.sent.styles if one.location is location)
        return {one.wire: style for one in styles if (style := _style(one))}

    def query_pieces(self, values: Mapping[str, Json], styles: Styles) -> Iterator[str]:
        """The pieces of the query that parameters become, as the client sends them."""
        return self.runtime.query_pieces(values, styles, self.client.names_as_written)

    @property
    def headers(self) -> Mapping[str, tuple[str, ...]]:
        """The fixed headers: name -> values, a line each."""
        lines: dict[str, tuple[str, ...]] = {}
        accept = ", ".join(self.method.accept)
        has_choice = any(len(response.contents) > 1 for response in self.method.returned)
        # JSON comes from an API that has nothing else, too.
        if accept and accept != "*/*" and (has_choice or accept != "application/json"):
            lines["Accept"] = (accept,)
        for header in self.sent.headers:
            lines[header.wire] = (*lines.get(header.wire, ()), header.value)
        return lines

    @property
    def part_types(self) -> Mapping[str, str]:
        """Name -> Content-Type, of the parts of a multipart body that the spec labels."""
        body = self.sent.body
        parts = body.parts if isinstance(body, MultipartBody) else ()
        return {part.wire: part.content_type for part in parts if part.content_type}

    @property
    def form_styles(self) -> Styles:
        """Name -> style, of the fields of a form that are not simply repeated."""
        body = self.sent.body
        styles = body.styles if isinstance(body, FormBody) else ()
        return {wire: style.value for wire, style in styles if style is not Style.SIMPLE}

    @property
    def media_type(self) -> str | None:
        """The Content-Type of the body, where the spec has it."""
        body = self.sent.body
        match body:
            case None | MultipartBody() | GraphQLBody():
                return None
            case JsonBody(media_type=media_type) | FormBody(media_type=media_type):
                return media_type
            case TextBody(media_type=media_type):
                return media_type
            case BinaryBody(media_type=media_type):
                return media_type or None
            case _:
                assert_never(body)

    # -- where it is sent, and what signs it ------------------------------------------------------

    @property
    def client_server(self) -> Template:
        """The address of the API; empty where the spec has none."""
        return self.client.server or ()

    @property
    def own_server(self) -> Template:
        """Where this operation is; empty where that is the client's server."""
        return self.sent.server or ()

    @property
    def schemes(self) -> Mapping[str, SecurityScheme]:
        """The ways to sign a request, by key."""
        return {scheme.key: scheme.spec for scheme in self.client.schemes}

    def secret(self, scheme: SecurityScheme, role: CredentialRole) -> Secret:
        """A secret under the names that the client has for it."""
        wanted = scheme.key, role
        name = next(one.name for one in self.client.credentials if (one.scheme, one.role) == wanted)
        return Secret(name, f"{snake(self.client.package)}_{name}".upper())

    # -- what is not sent -------------------------------------------------------------------------

    def leave_out(self, what: str, why: str = "the client refuses to send its example") -> None:
        """Note a part of the request that is not sent."""
        self.notes.append(f"The {what} is left out: {why}.")


def _style(parameter: ParameterStyle) -> str:
    """The runtime's word for the style of a parameter; empty for the plain one."""
    style = "" if parameter.style is Style.SIMPLE else parameter.style.value
    if parameter.location in _JOINED_ANYWAY:
        return "" if parameter.style is Style.COMMA else style
    return f"+{style}" if parameter.reserved else style
