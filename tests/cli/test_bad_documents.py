"""OpenAPI documents that cannot be used (exit code 2, one line, nothing written), and poor ones that can (0, problems)."""

import json
from pathlib import Path

import pytest

from pillarbox.cli.app import main

HEAD = 'openapi: 3.0.3\ninfo: {title: Bad, version: "1"}\n'
LEVELS = 100_000


def document(**more: object) -> str:
    return json.dumps({"openapi": "3.0.3", "info": {"title": "Bad", "version": "1"}, **more})


def deep_schema(levels: int) -> str:
    """A document whose one schema is `levels` arrays deep."""
    text = document(
        paths={"/a": {"get": {"responses": {"200": {"content": {"application/json": {"schema": 0}}}}}}}
    )
    return text.replace('"schema": 0', '"schema": ' + '{"items": ' * levels + "{}" + "}" * levels)


def laughs(levels: int) -> str:
    lines = ["a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    for level in range(1, levels):
        lines.append(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]")
    return HEAD + "\n".join(lines) + "\npaths: {}\n"


REFUSED: dict[str, tuple[str, str | bytes]] = {
    "no_paths": ("json", document()),
    "null_paths": ("yaml", f"{HEAD}paths:\n"),
    "paths_list": ("json", document(paths=[])),
    "paths_text": ("yaml", f"{HEAD}paths: none\n"),
    "empty_paths": ("json", document(paths={})),
    "only_extensions": ("json", document(paths={"x-note": {}})),
    "no_methods": ("json", document(paths={"/a": {"summary": "Nothing here"}})),
    "only_webhooks": ("json", document(webhooks={"rang": {"post": {}}})),
    "swagger_1": ("json", json.dumps({"swagger": "1.2", "apis": []})),
    "yaml_tag": ("yaml", f"{HEAD}paths: !!python/object/apply:os.system [id]\n"),
    "yaml_own_tag": ("yaml", f"{HEAD}paths: !include paths.yaml\n"),
    "laughs": ("yaml", laughs(9)),
    "alias_of_itself": ("yaml", f"{HEAD}paths: &p\n  /a: *p\n"),
    "unknown_alias": ("yaml", f"{HEAD}paths: *p\n"),
    "two_documents": ("yaml", f"{HEAD}---\n{HEAD}paths: {{}}\n"),
    "broken_quote": ("yaml", f'{HEAD}paths:\n  /a: "never closed\n'),
    "tabs": ("yaml", f"{HEAD}paths:\n\t/a: {{}}\n"),
    "deep_schema": ("json", deep_schema(LEVELS)),
    "deep_yaml": ("yaml", f"{HEAD}paths: {'[' * LEVELS}{']' * LEVELS}\n"),
    "deep_yaml_blocks": ("yaml", HEAD + "paths:\n" + "".join(f"{' ' * n}- \n" for n in range(1, 800))),
    "truncated": ("json", document(paths={"/a": {"get": {}}})[:-4]),
    "not_text": ("yaml", b"openapi: 3.0.3\n\xff\xfe\n"),
    "nothing": ("yaml", "# openapi\n"),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("command", ["generate", "inspect"])
def test_a_document_that_cannot_be_used(
    name: str,
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    ending, content = REFUSED[name]
    (tmp_path / f"bad.{ending}").write_bytes(content if isinstance(content, bytes) else content.encode())
    options = ["--output", "out"] if command == "generate" else []
    assert main([command, f"bad.{ending}", *options]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert err.startswith(f"bad.{ending}")
    assert len(err) < 400
    assert not (tmp_path / "out").exists()


def answering(schema: object) -> dict[str, object]:
    content = {"application/json": {"schema": schema}}
    return {
        "/a": {"get": {"operationId": "getA", "responses": {"200": {"description": "A", "content": content}}}}
    }


POOR: dict[str, tuple[str, str, str]] = {
    "unknown_version": ("json", document(openapi="9.1", paths=answering({})), "bad.json#/openapi"),
    "missing_ref": (
        "json",
        document(paths=answering({"$ref": "#/components/schemas/None"})),
        "bad.json#/paths/~1a/get/responses/200/content/application~1json/schema",
    ),
    "circular_ref": (
        "json",
        document(
            paths=answering({"$ref": "#/components/schemas/A"}),
            components={"schemas": {"A": {"$ref": "#/components/schemas/A"}}},
        ),
        "bad.json#/components/schemas/A",
    ),
    "remote_ref": (
        "json",
        document(paths=answering({"$ref": "https://api.example/a.json"})),
        "bad.json#/paths/~1a/get/responses/200/content/application~1json/schema",
    ),
    "file_outside": (
        "json",
        document(paths=answering({"$ref": "../../../../etc/passwd"})),
        "bad.json#/paths/~1a/get/responses/200/content/application~1json/schema",
    ),
    "one_id_twice": (
        "json",
        document(paths={"/a": {"get": {"operationId": "a"}, "put": {"operationId": "a"}}}),
        "bad.json#/paths/~1a/get/operationId",
    ),
    "parameter_that_the_path_lacks": (
        "json",
        document(paths={"/a": {"get": {"parameters": [{"name": "id", "in": "path", "required": True}]}}}),
        "bad.json#/paths/~1a/get/parameters/0",
    ),
    "path_that_lacks_a_parameter": (
        "json",
        document(paths={"/a/{id}": {"get": {}}}),
        "bad.json#/paths/~1a~1{id}/get",
    ),
    "bad_pattern": (
        "json",
        document(paths=answering({"type": "string", "pattern": "["})),
        "bad.json#/paths/~1a/get/responses/200/content/application~1json/schema/pattern",
    ),
    "key_twice": (
        "yaml",
        f"{HEAD}paths:\n  /a: {{get: {{tags: [a]}}}}\n  /a: {{get: {{tags: [a]}}}}\n",
        "bad.yaml:5",
    ),
}


@pytest.mark.parametrize("name", POOR)
def test_a_poor_document_is_generated_and_its_problem_named(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    ending, content, place = POOR[name]
    (tmp_path / f"bad.{ending}").write_text(content)
    assert main(["generate", f"bad.{ending}", "--output", "out"]) == 0
    assert (tmp_path / "out" / "client.py").exists()
    capsys.readouterr()
    # `inspect` says the notes too, of which nothing is lost.
    assert main(["inspect", f"bad.{ending}"]) == 0
    err = capsys.readouterr().err
    assert any(line.startswith(f"{place}: ") for line in err.splitlines()), err
