"""A planned package -> its files."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from jinja2 import Environment, TemplateError

from ..python.nodes import (
    ApiPage,
    AsyncModule,
    ClientClass,
    ClientModule,
    Method,
    Model,
    ModelModule,
    Package,
    RenamedMember,
    ResourceClass,
    ResourceModule,
    Signature,
)
from ..text.markdown import MarkdownText
from ..text.python import PythonCode
from ..text.toml import TomlText
from .custom_templates import TemplateFault, check_file, check_folder
from .environment import environment, render, templates_folder
from .formatting import settled, trimmed

__all__ = ["PackageRenderer", "runtime_file"]

_MEMBER = PythonCode("    {}")
_EXTRA = PythonCode("    if not TYPE_CHECKING:\n        __pydantic_extra__: dict[str, {}]")


def runtime_file(path: str) -> str:
    """Text of a runtime file, by its path below `templates/runtime`."""
    return (templates_folder() / "runtime" / path).read_text(encoding="utf-8")


class PackageRenderer:
    """Renders packages; holds the compiled templates.

    Args:
        layers: Folders below `templates/editions` whose templates replace the common ones.
        custom: A folder of templates that the user brings, stronger than all of ours.

    Raises:
        TemplateFault: something is wrong with the templates of `custom`.
    """

    def __init__(self, layers: Sequence[str] = (), custom: Path | None = None) -> None:
        if custom is not None:
            check_folder(custom)
        self._custom = custom
        ours = templates_folder()
        folders = [*(ours / "editions" / layer for layer in layers), ours]
        if custom is not None:
            folders.insert(0, custom)
        self._python: Environment = environment(PythonCode, *folders)
        self._markdown: Environment = environment(MarkdownText, *folders)
        self._toml: Environment = environment(TomlText, *folders)

    def _code(self, template: str, **values: object) -> PythonCode:
        return render(self._python, template, PythonCode, **values)

    def _guarded(self, files: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """The files; where somebody else wrote the templates, with mistakes in them reported in one line."""
        if self._custom is None:
            yield from files
            return
        try:
            for path, text in files:
                check_file(self._custom, path, text)
                yield path, text
        except (TemplateError, TypeError, ValueError) as error:
            # ValueError is black's, for what is not Python.
            reason = " ".join(str(error).split())[:200]
            raise TemplateFault(f"{self._custom}: these templates cannot be used: {reason}") from error

    def _method(self, method: Method) -> PythonCode:
        return settled(self._code("resource/method.py.jinja", method=method), doc=method.doc, member=True)

    def _constants(self, module: ResourceModule | ClientModule) -> list[PythonCode]:
        return [settled(self._code("resource/constant.py.jinja", constant=item)) for item in module.constants]

    def _overloads(self, overloads: tuple[Signature, ...]) -> Iterator[PythonCode]:
        for item in overloads:
            yield settled(self._code("resource/signature.py.jinja", signature=item), member=True)

    def _old_member(self, member: RenamedMember) -> PythonCode:
        code = self._code("resource/renamed_member.py.jinja", renamed=member)
        return settled(code, doc=member.doc, member=True)

    def _members(self, plan: ResourceClass | ClientClass) -> Iterator[PythonCode]:
        for child in plan.children:
            yield settled(self._code("resource/child.py.jinja", child=child), doc=child.doc, member=True)
        yield from map(self._old_member, plan.old_children)
        for method in plan.methods:
            yield from self._overloads(method.overloads)
            yield self._method(method)
        for old in plan.old_methods:
            yield from self._overloads(old.overloads)
            code = self._code("resource/renamed_method.py.jinja", renamed=old)
            yield settled(code, doc=old.doc, member=True)

    def _resource_class(self, plan: ResourceClass) -> PythonCode:
        pieces = [*self._members(plan)]
        return trimmed(self._code("resource/class.py.jinja", plan=plan, pieces=pieces))

    def _client_class(self, plan: ClientClass) -> PythonCode:
        start = trimmed(self._code("package/client_start.py.jinja", plan=plan))
        pieces = [*self._members(plan)]
        return trimmed(self._code("package/client_class.py.jinja", start=start, pieces=pieces))

    def _class(self, plan: ResourceClass | ClientClass) -> PythonCode:
        return self._client_class(plan) if isinstance(plan, ClientClass) else self._resource_class(plan)

    def _module(self, template: str, module: ResourceModule | ClientModule) -> str:
        return self._code(
            template,
            module=module,
            aliases=[settled(alias) for alias in module.aliases],
            constants=self._constants(module),
            definition=self._class(module.definition),
        )

    def _async_module(self, module: AsyncModule) -> str:
        template = "package/async_module.py.jinja"
        return self._code(template, module=module, definition=self._class(module.definition))

    def _model(self, model: Model) -> PythonCode:
        # Field by field: most of a class is documentation, and a line too long seldom is more than one of its fields.
        fields = [
            replace(field, declaration=settled(_MEMBER.format(field.declaration), member=True))
            for field in model.fields
        ]
        extra = None if model.extra is None else settled(_EXTRA.format(model.extra), member=True)
        old = [*map(self._old_member, model.old_fields)]
        code = self._code("resource/model.py.jinja", model=model, fields=fields, extra=extra, old_fields=old)
        return trimmed(code)

    def _models(self, module: ModelModule) -> str:
        aliases = [
            settled(self._code("resource/alias.py.jinja", alias=alias), doc=alias.doc)
            for alias in module.aliases
        ]
        models = [self._model(model) for model in module.models]
        return self._code("resource/models.py.jinja", module=module, aliases=aliases, models=models)

    def files(self, package: Package, page: ApiPage) -> Iterator[tuple[str, str]]:
        """(path, text) of every file but the lock and the manifest, runtime included."""
        return self._guarded(self._files(package, page))

    def project_files(self, package: Package) -> Iterator[tuple[str, str]]:
        """(path, text) of the files around the package, relative to the project's folder."""
        return self._guarded(self._project_files(package))

    def _files(self, package: Package, page: ApiPage) -> Iterator[tuple[str, str]]:
        yield "__init__.py", self._code("package/init.py.jinja", init=package.init)
        yield "client.py", self._module("package/client.py.jinja", package.client)
        for resource in package.resources:
            yield resource.path, self._module("resource/module.py.jinja", resource)
        for module in package.async_modules:
            yield module.path, self._async_module(module)
        for path, doc in package.markers:
            yield path, self._code("package/marker.py.jinja", doc=doc)
        yield ".gitattributes", self._code("package/gitattributes.jinja")
        for models in package.models:
            yield models.path, self._models(models)
        if package.model_index is not None:
            yield "models/__init__.py", self._code("package/models_init.py.jinja", index=package.model_index)
        yield "API.md", render(self._markdown, "package/api.md.jinja", MarkdownText, page=page)
        yield "testing/examples.json", package.examples
        yield "py.typed", ""
        for path in package.runtime:
            yield path, runtime_file(path)

    def _project_files(self, package: Package) -> Iterator[tuple[str, str]]:
        project = package.project
        yield (
            "pyproject.toml",
            render(self._toml, "project/pyproject.toml.jinja", TomlText, file=project.file),
        )
        yield (
            "README.md",
            render(self._markdown, "project/readme.md.jinja", MarkdownText, readme=project.readme),
        )
        yield "tests/test_examples.py", self._code("project/test_examples.py.jinja", test=project.test)
