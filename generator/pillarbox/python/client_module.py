"""The two clients, each in its module: settings, credentials, resources."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from ..client.api import Client, Credential, CredentialRole, Scheme, Setting
from ..client.request import Server, template_text
from ..client.runtime_files import has_placeholder, sends_files
from ..client.runtime_names import runtime_module
from ..config.editions import Edition
from ..naming.words import snake
from ..text import prose
from ..text.python import PythonCode, docstring, identifier, literal
from . import filler
from .docstrings import listed, one_line
from .imports import Imports
from .members import ClassMembers, PlannedMembers, class_name, plan_members
from .methods import security_code
from .nodes import AsyncModule, ClientClass, ClientModule

__all__ = ["plan_client"]

_SERVERS_SHOWN = 6


def _scheme_code(scheme: Scheme, credentials: Sequence[Credential], imports: Imports) -> PythonCode:
    """`ApiKey("X-Key", "header", "api_key")`."""
    imports.add(runtime_module(scheme.runtime_class), scheme.runtime_class)
    own = [literal(item.name) for item in credentials if item.scheme == scheme.key]
    named = [PythonCode("{}={}").format(identifier(name), literal(value)) for name, value in scheme.keywords]
    arguments = PythonCode(", ").join([*map(literal, scheme.arguments), *own, *named])
    return PythonCode("{}({})").format(identifier(scheme.runtime_class), arguments)


def _used_schemes(client: Client) -> list[Scheme]:
    return [scheme for scheme in client.schemes if scheme.used]


def _block(keyword: PythonCode, entries: Sequence[PythonCode]) -> PythonCode:
    lines = PythonCode("\n").join(PythonCode("        {},").format(entry) for entry in entries)
    return PythonCode("{}={{\n{}\n    }},").format(keyword, lines)


def _setting_code(item: Setting) -> PythonCode:
    rest = (
        PythonCode("")
        if item.default is None
        else PythonCode(", default={}").format(literal(str(item.default)))
    )
    return PythonCode("{}: Setting({}{})").format(literal(item.wire), literal(item.name), rest)


def _configuration(client: Client, imports: Imports) -> tuple[PythonCode, ...]:
    lines = [
        PythonCode("name={},").format(literal(client.class_name)),
        PythonCode("base_url={},").format(_base_url(client, imports)),
        PythonCode("environment={},").format(literal(_environment(client))),
    ]
    if schemes := _used_schemes(client):
        entries = [
            PythonCode("{}: {}").format(
                literal(scheme.key), _scheme_code(scheme, client.credentials, imports)
            )
            for scheme in schemes
        ]
        lines.append(_signing(entries, client.security, imports))
    if client.settings:
        imports.add(runtime_module("Setting"), "Setting")
        lines.append(_block(PythonCode("settings"), [_setting_code(item) for item in client.settings]))
    if sends_files(client):
        imports.add(runtime_module("file_body"), "file_body")
        lines.append(PythonCode("file=file_body,"))
    if client.names_as_written:
        lines.append(PythonCode("names_as_written=True,"))
    return tuple(lines)


def _base_url(client: Client, imports: Imports) -> PythonCode:
    if not has_placeholder(client.server):
        return literal(client.base_url)
    imports.add(runtime_module("address"), "address")
    return PythonCode("address({})").format(literal(client.base_url))


def _signing(
    schemes: Sequence[PythonCode], security: Sequence[Sequence[str]], imports: Imports
) -> PythonCode:
    imports.add(runtime_module("Signing"), "Signing")
    lines = PythonCode("\n").join(PythonCode("            {},").format(entry) for entry in schemes)
    return PythonCode("signing=Signing(\n        {{\n{}\n        }},\n        security={},\n    ),").format(
        lines, security_code(security)
    )


def _environment(client: Client) -> str:
    """What the environment variables of the client begin with."""
    return snake(client.package).upper()


def _credential_entries(client: Client) -> tuple[PythonCode, ...]:
    entries: list[PythonCode] = []
    for scheme in _used_schemes(client):
        own = [identifier(item.name) for item in client.credentials if item.scheme == scheme.key]
        if len(own) == 1:
            entries.append(PythonCode("{}: {}").format(literal(scheme.key), own[0]))
        elif own:
            entries.append(PythonCode("{}: ({})").format(literal(scheme.key), PythonCode(", ").join(own)))
    return tuple(entries)


def _credential_argument(item: Credential) -> PythonCode:
    if item.role.renewable:
        return PythonCode("{}: str | TokenProvider | None = None").format(identifier(item.name))
    return PythonCode("{}: str | None = None").format(identifier(item.name))


def _setting_argument(item: Setting) -> PythonCode:
    return PythonCode("{}: str | None = None").format(identifier(item.name))


def _auth_doc(client: Client) -> str:
    """What the argument is for: the caller brings what the client does not sign itself."""
    doc = "Signs requests instead of the credentials above." if client.credentials else "Signs requests."
    kinds = [scheme.unsupported for scheme in _used_schemes(client) if scheme.unsupported]
    if not kinds:
        return doc
    bring = " `httpx2.DigestAuth` does digest." if "digest" in kinds else ""
    return f"{doc} Needed for {listed(kinds)}, which this client does not sign itself.{bring}"


def _other_servers(servers: Sequence[Server]) -> str:
    """` Others: `https://sandbox.shop.test` (for tests).`"""
    shown = []
    for server in servers[:_SERVERS_SHOWN]:
        address, doc = prose.code(template_text(server.template)), one_line(server.doc).rstrip(".")
        shown.append(f"{address} ({doc})" if doc else address)
    return f" Others: {', '.join(shown)}." if shown else ""


def _sent(item: Credential, scheme: Scheme) -> str:
    """How a secret that the spec does not describe reaches the server."""
    match item.role:
        case CredentialRole.TOKEN | CredentialRole.USERNAME:
            return f"Sent as {prose.code(scheme.sent)}."
        case CredentialRole.KEY:
            wire, location = scheme.arguments
            return f"Sent as the {'query parameter' if location == 'query' else location} {prose.code(wire)}."
        case CredentialRole.PASSWORD:
            return ""
        case _:
            assert_never(item.role)


def _credential_doc(item: Credential, scheme: Scheme, prefix: str) -> str:
    sentences = (
        prose.ended(prose.first_sentence(prose.clean(item.doc))) or _sent(item, scheme),
        "Secret.",
        item.returned,
        f"Environment variable `{prefix}_{item.name.upper()}`.",
    )
    return " ".join([f"{item.name}:", *filter(None, sentences)])


def _setting_doc(item: Setting, prefix: str) -> str:
    meaning = prose.clean(item.doc) or "Part of most paths."
    end = "" if item.default is None else f" Default: {prose.code(str(item.default))}."
    return f"{item.name}: {meaning} Environment variable `{prefix}_{item.name.upper()}`.{end}"


def _argument_docs(client: Client) -> Iterator[str]:
    prefix = _environment(client)
    schemes = {scheme.key: scheme for scheme in client.schemes}
    yield from (_credential_doc(item, schemes[item.scheme], prefix) for item in client.credentials)
    yield from (_setting_doc(item, prefix) for item in client.settings)
    where = (
        f"Default: {prose.code(client.base_url)}."
        if client.base_url
        else "Required in one of these ways: the spec names none."
    )
    where += _other_servers(client.other_servers)
    yield f"base_url: The base URL of the API. Environment variable `{prefix}_BASE_URL`. {where}"
    yield "timeout: Seconds for each phase of a call, an `httpx2.Timeout`, or None for no limit."
    yield "max_retries: How often a failed call is retried; only calls that are safe to repeat are."
    yield "strict: Raise `DecodeError` where a response is not of the documented type."
    yield "headers: Extra headers of every request."
    yield f"auth: {_auth_doc(client)}"
    yield "http_client: Your own HTTP client, with its proxies, limits and hooks; this client does not close it."
    yield "transport: Your own transport, such as `ExampleTransport` of the `testing` module."
    yield "allow_insecure: Allow credentials over plain HTTP."
    if _wants_certificate(client):
        yield (
            "ssl_context: Holds your client certificate: `context = ssl.create_default_context()`, then "
            "`context.load_cert_chain(certificate, key)`."
        )


def _doc(client: Client, *, awaited: bool) -> str:
    head = prose.first_sentence(prose.clean(client.title)) or client.package
    parts = [head if head[-1:] in ".!?" else f"{head}."]
    if description := filler.api_text(prose.clean(client.description), head):
        parts.append(description)
    if awaited:
        parts.append("The asynchronous client: the same methods, awaited.")
    wrapped = [prose.wrap(part, 84, "", "") for part in parts]
    arguments = [prose.wrap(line, 84, "    ", "        ") for line in _argument_docs(client)]
    return "\n\n".join([*wrapped, "\n".join(["Args:", *arguments])])


def _wants_certificate(client: Client) -> bool:
    return any(scheme.certificate for scheme in _used_schemes(client))


def _import_all(client: Client, imports: Imports, parent: str) -> None:
    """What the module of a client imports besides what its members need; `parent` is the class of the runtime."""
    imports.add(runtime_module(parent), parent)
    for name in ("UNSET", "Unset"):
        imports.add(runtime_module(name), name)
    imports.add("collections.abc", "Mapping", typing_only=True)
    imports.add("httpx2", "", typing_only=True)
    if _wants_certificate(client):
        imports.add("ssl", "", typing_only=True)
    if any(item.role.renewable for item in client.credentials):
        imports.add(runtime_module("TokenProvider"), "TokenProvider", typing_only=True)


def _class(client: Client, members: ClassMembers, *, awaited: bool) -> ClientClass:
    return ClientClass(
        name=class_name(client.root, awaited=awaited),
        parent=PythonCode("AsyncClient") if awaited else PythonCode("Client"),
        doc=docstring(_doc(client, awaited=awaited), 4),
        arguments=(
            *map(_credential_argument, client.credentials),
            *map(_setting_argument, client.settings),
        ),
        credentials=_credential_entries(client),
        settings=tuple(
            PythonCode("{}: {}").format(literal(item.wire), identifier(item.name)) for item in client.settings
        ),
        certificate=_wants_certificate(client),
        http_client=PythonCode("httpx2.AsyncClient") if awaited else PythonCode("httpx2.Client"),
        transport=PythonCode("httpx2.AsyncBaseTransport") if awaited else PythonCode("httpx2.BaseTransport"),
        children=members.children,
        old_children=members.old_children,
        methods=members.methods,
        old_methods=members.old_methods,
    )


def plan_client(client: Client, edition: Edition) -> tuple[ClientModule, AsyncModule]:
    """`client.py` and `_async/__init__.py`."""
    members = plan_members(client, client.root, edition)
    title = prose.first_sentence(prose.clean(client.title)) or client.package
    return _module(client, members, title), _async_module(client, members, title)


def _module(client: Client, members: PlannedMembers, title: str) -> ClientModule:
    imports = members.sync_imports
    imports.add(runtime_module("Configuration"), "Configuration")
    _import_all(client, imports, "Client")
    configuration = _configuration(client, imports)
    return ClientModule(
        doc=docstring(f"{title}: the synchronous client.", 0),
        imports=imports.lines(),
        typing_imports=imports.typing_lines(),
        aliases=members.aliases,
        texts=members.texts,
        configuration=configuration,
        constants=members.constants,
        definition=_class(client, members.sync, awaited=False),
    )


def _async_module(client: Client, members: PlannedMembers, title: str) -> AsyncModule:
    imports = members.async_imports
    imports.add(".client", "_CONFIGURATION")
    _import_all(client, imports, "AsyncClient")
    return AsyncModule(
        path="_async/__init__.py",
        doc=docstring(f"{title}: the asynchronous client.", 0),
        imports=imports.lines(),
        typing_imports=imports.typing_lines(),
        definition=_class(client, members.awaited, awaited=True),
    )
