"""Old names that a rename leaves behind for a release: methods, arguments, resources, fields.

The lock says which they are. Type checkers and editors strike them out (PEP 702), calls warn.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..client.types import PyType, spell
from ..lock.claims import Claims
from ..text.python import PythonCode, docstring, identifier, literal
from .declarations import declaration
from .imports import Imports
from .methods import PlannedMethod
from .nodes import Method, RenamedMember, RenamedMethod, Signature

__all__ = ["old_fields", "old_member", "old_methods", "with_old_arguments"]

_MODELS = PythonCode("models.")
_RENAMED = "._runtime.renamed"
_OPTIONS = PythonCode("options: RequestOptions | None = None")


def _deprecated(told: str, imports: Imports) -> PythonCode:
    imports.add(_RENAMED, "deprecated", alias="_deprecated")
    return PythonCode("@_deprecated({})").format(literal(told))


def _told(new: str) -> str:
    return f"Renamed: use `{new}`."


def _old_arguments(method: PlannedMethod, claims: Claims) -> dict[str, str]:
    """New names of arguments -> the last of their old ones."""
    return {new: old for old, new in claims.old_names("argument", method.qualified)}


def _signature(
    made: Method,
    method: PlannedMethod,
    old: Mapping[str, str],
    hidden: frozenset[str],
    decorators: Sequence[PythonCode],
) -> Signature:
    """The signature of a method, with some arguments by their old names."""
    arguments = [replace(item, name=old.get(item.name, item.name)) for item in method.arguments]
    code = [(item.location == "path", declaration(item, _MODELS, hidden)) for item in arguments]
    return Signature(
        decorators=tuple(decorators),
        define=made.define,
        name=made.name,
        positional=tuple(text for is_path, text in code if is_path),
        keywords=(*(text for is_path, text in code if not is_path), _OPTIONS),
        returns=made.returns,
    )


def _overloads(
    made: Method,
    method: PlannedMethod,
    old: Mapping[str, str],
    hidden: frozenset[str],
    imports: Imports,
    always: Sequence[PythonCode] = (),
) -> tuple[Signature, ...]:
    """One with the new names, one with the old ones; `always` decorates both."""
    imports.add("typing", "overload", alias="_overload")
    told = " ".join(f"Argument `{old[new]}` is now `{new}`." for new in sorted(old))
    overload = PythonCode("@_overload")
    return (
        _signature(made, method, {}, hidden, [overload, *always]),
        _signature(made, method, old, hidden, [overload, *(always or [_deprecated(told, imports)])]),
    )


def _accepting(method: PlannedMethod, claims: Claims, imports: Imports) -> PythonCode:
    """The decorator that takes arguments by all of their old names."""
    imports.add(_RENAMED, "renamed_arguments", alias="_renamed_arguments")
    pairs = claims.old_names("argument", method.qualified)
    entries = (PythonCode("{}={}").format(identifier(old), literal(new)) for old, new in pairs)
    return PythonCode("@_renamed_arguments({})").format(PythonCode(", ").join(entries))


def with_old_arguments(
    made: Method, method: PlannedMethod, hidden: frozenset[str], claims: Claims, imports: Imports
) -> Method:
    """The method, taking the old names of its arguments too."""
    old = _old_arguments(method, claims)
    if not old:
        return made
    return replace(
        made,
        overloads=_overloads(made, method, old, hidden, imports),
        decorators=(*made.decorators, _accepting(method, claims, imports)),
    )


def old_methods(
    resource: str,
    methods: Sequence[PlannedMethod],
    planned: Sequence[Method],
    hidden: frozenset[str],
    claims: Claims,
    imports: Imports,
) -> tuple[RenamedMethod, ...]:
    """The old names of methods of a resource; `planned` are the methods in the spelling of the class."""
    by_name = {method.name: (method, made) for method, made in zip(methods, planned, strict=True)}
    return tuple(
        _old_method(old, *by_name[new], hidden, claims, imports)
        for old, new in claims.old_names("operation", resource)
        if new in by_name
    )


def _old_method(
    old: str,
    method: PlannedMethod,
    made: Method,
    hidden: frozenset[str],
    claims: Claims,
    imports: Imports,
) -> RenamedMethod:
    mark = _deprecated(_told(method.name), imports)
    renamed = replace(made, name=identifier(old))
    arguments = _old_arguments(method, claims)
    decorators = [mark, _accepting(method, claims, imports)] if arguments else [mark]
    awaited = made.define == PythonCode("async def")
    passed = [
        identifier(item.name)
        if item.location == "path"
        else PythonCode("{}={}").format(identifier(item.name), identifier(item.name))
        for item in sorted(method.arguments, key=lambda item: item.location != "path")
    ]
    return RenamedMethod(
        overloads=_overloads(renamed, method, arguments, hidden, imports, [mark]) if arguments else (),
        signature=_signature(renamed, method, {}, hidden, decorators),
        doc=docstring(f"Renamed to `{method.name}`.", 8),
        call=PythonCode("return {}self.{}(").format(
            PythonCode("await ") if awaited else PythonCode(""), made.name
        ),
        arguments=(*passed, PythonCode("options=options")),
    )


def old_member(
    old: str, new: str, kind: PythonCode, imports: Imports, module: str = _RENAMED
) -> RenamedMember:
    """The old name of a resource or a field."""
    imports.add(module, "deprecated", alias="_deprecated")
    # By another name: a resource or a field may be called `property`.
    imports.add("builtins", "property", alias="_property")
    return RenamedMember(
        name=identifier(old),
        new=identifier(new),
        type=kind,
        told=literal(_told(new)),
        doc=docstring(f"Renamed to `{new}`.", 8),
    )


def old_fields(
    model: str, types: Mapping[str, PyType], claims: Claims, imports: Imports
) -> tuple[RenamedMember, ...]:
    """The old names of the fields of a model; `types` are those of its fields by name."""
    return tuple(
        old_member(old, new, spell(types[new]), imports, f".{_RENAMED}")
        for old, new in claims.old_names("field", model)
        if new in types
    )
