"""The two clients: settings, credentials, resources."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from ..client.operations import NamedOperation
from ..client.type_mapping import TypeNames
from ..config.editions import Edition
from ..lock.claims import Claims
from ..model.api import Api, Server, Setting
from ..model.security import ApiKey, Basic, Bearer, Digest, MutualTls, SecurityScheme, UnsupportedScheme
from ..naming.candidates import Candidate, Reason, wire_candidate
from ..naming.words import snake, split_words, valid_name
from ..text import prose
from ..text.python import PythonCode, docstring, identifier, literal
from .docstrings import listed, one_line
from .imports import Imports
from .methods import security_code
from .nodes import ClientClass, ClientModule
from .resources import PlannedMethods, ResourceTree, children_of, old_resources, plan_methods

__all__ = ["ClientSetting", "Credential", "credentials_of", "default_security", "plan_client", "used_schemes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientSetting:
    """A placeholder of most paths that the client fills."""

    setting: Setting
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """One secret that the client takes."""

    scheme: str
    name: str
    role: str
    """What it is within its scheme: `token`, `username`, `password`, `key`."""


def default_security(api: Api) -> tuple[tuple[str, ...], ...]:
    """The requirement that most operations state; ties go to the first."""
    counts = Counter(operation.security for operation in api.operations)
    best = max(counts.values(), default=0)
    return next(
        (operation.security for operation in api.operations if counts[operation.security] == best), ()
    )


def used_schemes(api: Api) -> tuple[SecurityScheme, ...]:
    """The schemes that an operation needs, in the order of the spec."""
    wanted = {key for operation in api.operations for group in operation.security for key in group}
    return tuple(scheme for scheme in api.security_schemes if scheme.key in wanted)


def _roles(scheme: SecurityScheme) -> tuple[tuple[str, str], ...]:
    match scheme:
        case Bearer(credential=credential):
            return (("token", credential),)
        case Basic() | Digest():
            return (("username", "username"), ("password", "password"))
        case ApiKey(wire=wire):
            words = split_words(wire)
            plain = words in (("api", "key"), ("x", "api", "key"), ("apikey",), ("key",))
            return (("key", "api_key" if plain else snake(wire)),)
        case MutualTls() | UnsupportedScheme():
            return ()
        case _:
            assert_never(scheme)


def credentials_of(schemes: Sequence[SecurityScheme], claims: Claims) -> tuple[Credential, ...]:
    """The credential arguments; the name is the lock's, else the plain one, else with the scheme's key before it."""
    found: list[Credential] = []
    for scheme in schemes:
        for role, wish in _roles(scheme):
            plain = valid_name(wish, "setting")
            name = claims.name(
                "credential",
                "",
                {"role": role, "scheme": scheme.key},
                [
                    Candidate(plain, Reason.ROLE, scheme.key),
                    Candidate(
                        valid_name(f"{snake(scheme.key)}_{plain}", "setting"), Reason.SCHEME, scheme.key
                    ),
                ],
            )
            found.append(Credential(scheme=scheme.key, name=name, role=role))
    return tuple(found)


def settings_of(api: Api, claims: Claims) -> tuple[ClientSetting, ...]:
    """The settings with their argument names."""
    return tuple(
        ClientSetting(
            setting=setting,
            name=claims.name(
                "setting", "", {"wire": setting.wire}, [wire_candidate(setting.wire, "setting")]
            ),
        )
        for setting in api.settings
    )


def _scheme_code(scheme: SecurityScheme, credentials: Sequence[Credential], imports: Imports) -> PythonCode:
    own = PythonCode(", ").join(literal(item.name) for item in credentials if item.scheme == scheme.key)
    imports.add(".auth", type(scheme).__name__)
    match scheme:
        case Bearer(prefix=prefix):
            rest = PythonCode("") if prefix == "Bearer" else PythonCode(", prefix={}").format(literal(prefix))
            return PythonCode("Bearer({}{})").format(own, rest)
        case Basic():
            return PythonCode("Basic({})").format(own)
        case Digest():
            return PythonCode("Digest({})").format(own)
        case MutualTls():
            return PythonCode("MutualTls()")
        case ApiKey(wire=wire, location=place):
            return PythonCode("ApiKey({}, {}, {})").format(literal(wire), literal(place.value), own)
        case UnsupportedScheme(kind=kind):
            return PythonCode("UnsupportedScheme({})").format(literal(kind))
        case _:
            assert_never(scheme)


_SERVERS_SHOWN = 6


def _address(server: Server) -> str:
    """Where a server is, placeholders as `{wire}`."""
    return "".join(piece if isinstance(piece, str) else f"{{{piece.wire}}}" for piece in server.template)


def base_url_of(api: Api) -> str | None:
    """Where the API is, placeholders as `{wire}`; None where the spec does not say."""
    if api.server is None:
        return None
    return _address(api.server) or None


def _block(keyword: PythonCode, entries: Sequence[PythonCode]) -> PythonCode:
    lines = PythonCode("\n").join(PythonCode("        {},").format(entry) for entry in entries)
    return PythonCode("{}={{\n{}\n    }},").format(keyword, lines)


def _setting_code(item: ClientSetting) -> PythonCode:
    default = item.setting.default
    rest = PythonCode("") if default is None else PythonCode(", default={}").format(literal(str(default)))
    return PythonCode("{}: Setting({}{})").format(literal(item.setting.wire), literal(item.name), rest)


def _configuration(
    api: Api,
    class_name: str,
    package: str,
    schemes: Sequence[SecurityScheme],
    credentials: Sequence[Credential],
    settings: Sequence[ClientSetting],
    imports: Imports,
) -> tuple[PythonCode, ...]:
    lines = [
        PythonCode("name={},").format(literal(class_name)),
        PythonCode("base_url={},").format(literal(base_url_of(api))),
        PythonCode("environment={},").format(literal(snake(package).upper())),
    ]
    if schemes:
        entries = [
            PythonCode("{}: {}").format(literal(scheme.key), _scheme_code(scheme, credentials, imports))
            for scheme in schemes
        ]
        lines.append(_block(PythonCode("schemes"), entries))
        lines.append(PythonCode("security={},").format(security_code(default_security(api))))
    if settings:
        imports.add("._runtime.client", "Setting")
        lines.append(_block(PythonCode("settings"), [_setting_code(item) for item in settings]))
    return tuple(lines)


def _credential_entries(
    schemes: Sequence[SecurityScheme], credentials: Sequence[Credential]
) -> tuple[PythonCode, ...]:
    entries: list[PythonCode] = []
    for scheme in schemes:
        own = [identifier(item.name) for item in credentials if item.scheme == scheme.key]
        if len(own) == 1:
            entries.append(PythonCode("{}: {}").format(literal(scheme.key), own[0]))
        elif own:
            entries.append(PythonCode("{}: ({})").format(literal(scheme.key), PythonCode(", ").join(own)))
    return tuple(entries)


def _credential_argument(item: Credential) -> PythonCode:
    if item.role in ("username", "password"):
        return PythonCode("{}: str | None = None").format(identifier(item.name))
    return PythonCode("{}: str | TokenProvider | None = None").format(identifier(item.name))


def _setting_argument(item: ClientSetting) -> PythonCode:
    return PythonCode("{}: str | None = None").format(identifier(item.name))


def _auth_doc(api: Api) -> str:
    """What the argument is for: the caller brings what the client does not sign itself."""
    told = "Signs requests instead of the credentials above."
    kinds = [scheme.kind for scheme in used_schemes(api) if isinstance(scheme, UnsupportedScheme)]
    if not kinds:
        return told
    bring = " `httpx2.DigestAuth` does digest." if "digest" in kinds else ""
    return f"{told} Needed for {listed(kinds)}, which this client does not sign itself.{bring}"


def _other_servers(api: Api) -> str:
    """` Others: `https://sandbox.shop.test` (for tests).`"""
    told = []
    for server in api.other_servers[:_SERVERS_SHOWN]:
        address, doc = prose.code(_address(server)), one_line(server.doc).rstrip(".")
        told.append(f"{address} ({doc})" if doc else address)
    return f" Others: {', '.join(told)}." if told else ""


def _doc(
    api: Api,
    credentials: Sequence[Credential],
    settings: Sequence[ClientSetting],
    package: str,
    returned: Mapping[str, str],
    *,
    awaited: bool,
) -> str:
    base_url = base_url_of(api)
    prefix = snake(package).upper()
    head = prose.first_sentence(prose.clean(api.title)) or package
    parts = [head if head[-1:] in ".!?" else f"{head}."]
    description = prose.clean(api.description)
    if description:
        parts.append(description)
    if awaited:
        parts.append("The asynchronous client: the same methods, awaited.")
    told = {scheme.key: prose.first_sentence(prose.clean(scheme.doc)) for scheme in api.security_schemes}
    lines = [
        " ".join(
            filter(
                None,
                (
                    f"{item.name}:",
                    told[item.scheme] if item.role in ("token", "key", "username") else None,
                    "Secret.",
                    returned.get(item.scheme) if item.role in ("token", "key") else None,
                    f"Environment variable `{prefix}_{item.name.upper()}`.",
                ),
            )
        )
        for item in credentials
    ]
    for setting in settings:
        meaning = prose.clean(setting.setting.doc) or "Part of most paths."
        default = setting.setting.default
        end = "" if default is None else f" Default: {prose.code(str(default))}."
        lines.append(
            f"{setting.name}: {meaning} Environment variable `{prefix}_{setting.name.upper()}`.{end}"
        )
    where = (
        f"Default: {prose.code(base_url)}."
        if base_url
        else "Required in one of these ways: the spec names none."
    )
    where += _other_servers(api)
    lines += [
        f"base_url: The base URL of the API. Environment variable `{prefix}_BASE_URL`. {where}",
        "timeout: Seconds for each phase of a call, an `httpx2.Timeout`, or None for no limit.",
        "max_retries: How often a failed call is retried; only calls that are safe to repeat are.",
        "strict: Raise `DecodeError` where a response is not of the documented type.",
        "headers: Extra headers of every request.",
        f"auth: {_auth_doc(api)}",
        "http_client: Your own HTTP client, with its proxies, limits and hooks; this client does not close it.",
        "transport: Your own transport, such as `ExampleTransport` of the `testing` module.",
        "allow_insecure: Allow credentials over plain HTTP.",
    ]
    if any(isinstance(scheme, MutualTls) for scheme in used_schemes(api)):
        lines.append(
            "ssl_context: Holds your client certificate: `context = ssl.create_default_context()`, then "
            "`context.load_cert_chain(certificate, key)`."
        )
    wrapped = [prose.wrap(part, 84, "", "") for part in parts]
    arguments = [prose.wrap(line, 84, "    ", "        ") for line in lines]
    return "\n\n".join([*wrapped, "\n".join(["Args:", *arguments])])


def plan_client(
    api: Api,
    package: str,
    class_name: str,
    tree: ResourceTree,
    operations: Sequence[NamedOperation],
    model_names: TypeNames,
    claims: Claims,
    returned: Mapping[str, str],
    edition: Edition,
) -> tuple[ClientModule, PlannedMethods, tuple[Credential, ...], tuple[ClientSetting, ...]]:
    """`client.py`; `operations` are those outside of any resource, `returned` says which of them yields a secret."""
    imports = Imports()
    schemes = used_schemes(api)
    credentials = credentials_of(schemes, claims)
    security = default_security(api)
    reserved = {class_name, f"Async{class_name}", "Client", "AsyncClient", "Configuration"}
    methods = plan_methods(
        "client", "", operations, model_names, security, claims, imports, edition, reserved
    )
    for name in ("AsyncClient", "Client", "Configuration"):
        imports.add("._runtime.client", name)
    for name in ("UNSET", "Unset"):
        imports.add("._runtime.unset", name)
    imports.add("collections.abc", "Mapping", typing_only=True)
    imports.add("httpx2", "", typing_only=True)
    certificate = any(isinstance(scheme, MutualTls) for scheme in schemes)
    if certificate:
        imports.add("ssl", "", typing_only=True)
    settings = settings_of(api, claims)
    configuration = _configuration(api, class_name, package, schemes, credentials, settings, imports)
    if tree.children(()):
        imports.add("functools", "cached_property")
    for child in tree.children(()):
        for prefix in ("", "Async"):
            imports.add(f".{tree.modules[child]}", f"{prefix}{tree.classes[child]}", typing_only=True)
    if any(item.role in ("token", "key") for item in credentials):
        imports.add(".auth", "TokenProvider", typing_only=True)
    classes = tuple(
        ClientClass(
            name=identifier(f"Async{class_name}" if awaited else class_name),
            parent=PythonCode("AsyncClient") if awaited else PythonCode("Client"),
            doc=docstring(_doc(api, credentials, settings, package, returned, awaited=awaited), 4),
            arguments=(*map(_credential_argument, credentials), *map(_setting_argument, settings)),
            credentials=_credential_entries(schemes, credentials),
            settings=tuple(
                PythonCode("{}: {}").format(literal(item.setting.wire), identifier(item.name))
                for item in settings
            ),
            certificate=certificate,
            http_client=PythonCode("httpx2.AsyncClient") if awaited else PythonCode("httpx2.Client"),
            transport=PythonCode("httpx2.AsyncBaseTransport")
            if awaited
            else PythonCode("httpx2.BaseTransport"),
            children=children_of(tree, (), awaited=awaited),
            old_children=old_resources((), tree, claims, imports, awaited=awaited),
            methods=methods.awaited if awaited else methods.sync,
            old_methods=methods.old_methods(awaited=awaited),
        )
        for awaited in (False, True)
    )
    title = prose.first_sentence(prose.clean(api.title)) or package
    module = ClientModule(
        doc=docstring(f"The clients of {title}.", 0),
        imports=imports.lines(),
        typing_imports=imports.typing_lines(),
        aliases=methods.alias_lines(),
        texts=methods.texts,
        configuration=configuration,
        constants=methods.constants,
        classes=classes,
    )
    return module, methods, credentials, settings


def client_operations(operations: Sequence[NamedOperation]) -> list[NamedOperation]:
    """Operations that hang on the client itself."""
    return [named for named in operations if not named.resource]
