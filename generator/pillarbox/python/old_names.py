"""Old names that a rename leaves behind for a release: methods, arguments, resources, fields.

The lock lists them. Type checkers and editors strike them out (PEP 702), calls warn.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..client.api import Method as ClientMethod, Model, Renames
from ..client.request import Location
from ..client.runtime_names import runtime_module
from ..client.types import spell
from ..text.python import PythonCode, docstring, identifier, literal
from .declarations import declaration
from .imports import Imports
from .methods import Scope
from .nodes import Method, RenamedMember, RenamedMethod, Signature

__all__ = ["old_fields", "old_member", "old_methods", "with_old_arguments"]

_RENAMED = runtime_module("deprecated")
_OPTIONS = PythonCode("options: RequestOptions | None = None")


def _deprecated(message: str, imports: Imports) -> PythonCode:
    imports.add(_RENAMED, "deprecated", alias="_deprecated")
    return PythonCode("@_deprecated({})").format(literal(message))


def _message(new: str) -> str:
    return f"Renamed: use `{new}`."


def _latest(renames: Renames) -> dict[str, str]:
    """New names -> the last of their old ones."""
    return {new: old for old, new in renames}


def _signature(
    made: Method, method: ClientMethod, old: Mapping[str, str], scope: Scope, decorators: Sequence[PythonCode]
) -> Signature:
    """The signature of a method, with some parameters by their old names."""
    parameters = [replace(item, name=old.get(item.name, item.name)) for item in method.signature]
    code = [
        (item.location is Location.PATH, declaration(item, scope.models, scope.hidden)) for item in parameters
    ]
    return Signature(
        decorators=tuple(decorators),
        define=made.define,
        name=made.name,
        positional=tuple(text for is_path, text in code if is_path),
        keywords=(*(text for is_path, text in code if not is_path), _OPTIONS),
        returns=made.returns,
    )


def _overloads(
    made: Method, method: ClientMethod, scope: Scope, always: Sequence[PythonCode] = ()
) -> tuple[Signature, ...]:
    """One with the new names, one with the old ones; `always` decorates both."""
    old = _latest(method.old_parameters)
    scope.imports.add("typing", "overload", alias="_overload")
    message = " ".join(f"Argument `{old[new]}` is now `{new}`." for new in sorted(old))
    overload = PythonCode("@_overload")
    return (
        _signature(made, method, {}, scope, [overload, *always]),
        _signature(made, method, old, scope, [overload, *(always or [_deprecated(message, scope.imports)])]),
    )


def _accepting(method: ClientMethod, scope: Scope) -> PythonCode:
    """The decorator that takes arguments by all of their old names."""
    scope.imports.add(_RENAMED, "renamed_arguments", alias="_renamed_arguments")
    entries = (
        PythonCode("{}={}").format(identifier(old), literal(new)) for old, new in method.old_parameters
    )
    return PythonCode("@_renamed_arguments({})").format(PythonCode(", ").join(entries))


def with_old_arguments(made: Method, method: ClientMethod, scope: Scope) -> Method:
    """The method, taking the old names of its arguments too."""
    if not method.old_parameters:
        return made
    return replace(
        made,
        overloads=_overloads(made, method, scope),
        decorators=(*made.decorators, _accepting(method, scope)),
    )


def old_methods(
    renames: Renames, methods: Sequence[ClientMethod], planned: Sequence[Method], scope: Scope
) -> tuple[RenamedMethod, ...]:
    """The old names of methods of a resource; `planned` are the methods in the spelling of the class."""
    by_name = {method.name: (method, made) for method, made in zip(methods, planned, strict=True)}
    return tuple(_old_method(old, *by_name[new], scope) for old, new in renames if new in by_name)


def _old_method(old: str, method: ClientMethod, made: Method, scope: Scope) -> RenamedMethod:
    mark = _deprecated(_message(method.name), scope.imports)
    renamed = replace(made, name=identifier(old))
    takes_old = bool(method.old_parameters)
    decorators = [mark, _accepting(method, scope)] if takes_old else [mark]
    awaited = made.define == PythonCode("async def")
    passed = [
        identifier(item.name)
        if item.location is Location.PATH
        else PythonCode("{}={}").format(identifier(item.name), identifier(item.name))
        for item in method.signature
    ]
    return RenamedMethod(
        overloads=_overloads(renamed, method, scope, [mark]) if takes_old else (),
        signature=_signature(renamed, method, {}, scope, decorators),
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
        told=literal(_message(new)),
        doc=docstring(f"Renamed to `{new}`.", 8),
    )


def old_fields(model: Model, imports: Imports, hidden: frozenset[str]) -> tuple[RenamedMember, ...]:
    """The old names of the fields of a model; `hidden` are the builtins that names of its class hide."""
    types = {field.name: field.declared for field in model.fields}
    return tuple(
        old_member(old, new, spell(types[new], hidden=hidden), imports, f".{_RENAMED}")
        for old, new in model.old_fields
        if new in types
    )
