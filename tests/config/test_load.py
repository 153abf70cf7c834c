"""Finding and reading a configuration; every fault is one line with the file and the key."""

from pathlib import Path

import pytest

from pillarbox.config import ConfigError, Rename, Settings, find, load
from pillarbox.config.type_paths import ArgumentPath, Member, ResponsePath
from pillarbox.config.typetext import EnumText, NamedText

FULL = """
[clients.zoom]
spec = "specs/zoom.json"
output = "generated/zoom"
package = "zoom_api"
project = true
class = "ZoomApi"
edition = 1

[clients.zoom.rename]
"users.get_token" = "token"
"users.get_token.ttl" = "lifetime"
UserToken = "Token"
users = "people"

[[clients.zoom.type]]
at = "users.get_token -> token"
type = '"a" | "b"'

[[clients.zoom.type]]
at = "users.create(settings.mode)"
type = "string"
required = false

[clients.zoom.nouns]
media = "medium"

[clients.zoom.limits]
depth = 900

[clients.second]
spec = "b.json"
output = "generated/second"
"""


def read(folder: Path, text: str, name: str = "pillarbox.toml") -> Settings:
    path = folder / name
    path.write_bytes(text.encode())
    return load(path)


def test_every_key_arrives(tmp_path: Path) -> None:
    settings = read(tmp_path, FULL)
    zoom, second = settings.clients
    assert settings.source == tmp_path / "pillarbox.toml"
    assert (zoom.name, zoom.package, zoom.project, zoom.client_class) == ("zoom", "zoom_api", True, "ZoomApi")
    assert (zoom.spec, zoom.output) == (tmp_path / "specs/zoom.json", tmp_path / "generated/zoom")
    assert zoom.renames == (
        Rename("UserToken", "Token"),
        Rename("users", "people"),
        Rename("users.get_token", "token"),
        Rename("users.get_token.ttl", "lifetime"),
    )
    first, other = zoom.types
    assert first.at == ResponsePath("users.get_token", (Member("token"),))
    assert (first.type, first.required) == (EnumText(("a", "b")), None)
    assert other.at == ArgumentPath("users.create", "settings", (Member("mode"),))
    assert (other.type, other.required) == (NamedText("string"), False)
    assert (zoom.nouns, zoom.limits.depth, zoom.limits.megabytes) == ((("media", "medium"),), 900, 128)
    assert (second.package, second.project, second.client_class, second.edition) == (None, False, None, 1)


def test_pyproject_says_the_same(tmp_path: Path) -> None:
    text = FULL.replace("[clients.", "[tool.pillarbox.clients.")
    assert read(tmp_path, text, "pyproject.toml").clients == read(tmp_path, FULL).clients


def test_a_byte_order_mark_and_crlf_do_no_harm(tmp_path: Path) -> None:
    assert read(tmp_path, "\ufeff" + FULL.replace("\n", "\r\n")).clients == read(tmp_path, FULL).clients


ONE = '[clients.zoom]\nspec = "a.json"\noutput = "out"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ONE.replace("spec", "sepc"), 'clients.zoom.sepc: unknown key; did you mean "spec"?'),
        (ONE + "qqq = 1\n", "clients.zoom.qqq: unknown key: one of spec, output"),
        ("[client.zoom]\n", 'client: unknown key; did you mean "clients"?'),
        ("", "`clients` is missing"),
        ("[clients]\n", "clients: is empty"),
        ("clients = 3\n", "clients: must be a table, not a number"),
        ('[clients.zoom]\nspec = "a.json"\n', "clients.zoom: `output` is missing"),
        (ONE.replace('"a.json"', "3"), "clients.zoom.spec: must be a path, not a number"),
        (ONE.replace('"a.json"', '""'), "clients.zoom.spec: '' is not a path"),
        (ONE.replace("a.json", "a\\u0000b"), "clients.zoom.spec: 'a\\x00b' is not a path"),
        (
            ONE.replace("a.json", "https://example.com/a"),
            "must be a file: pillarbox reads nothing from the network",
        ),
        (ONE + 'project = "yes"\n', "clients.zoom.project: must be true or false, not a text"),
        (ONE + "edition = true\n", "clients.zoom.edition: must be a whole number, not true or false"),
        (ONE + "edition = 2\n", "clients.zoom.edition: must be 1, not 2"),
        (ONE + 'package = "class"\n', "clients.zoom.package: 'class' is not a package name"),
        (ONE + 'package = "../x"\n', "clients.zoom.package: '../x' is not a package name"),
        (ONE + 'class = "None"\n', "clients.zoom.class: 'None' is not a class name"),
        (ONE + 'class = "zoom"\n', "clients.zoom.class: 'zoom' is not a class name"),
        (ONE + "limits.depth = 5\n", "clients.zoom.limits.depth: must be from 10 to 5000, not 5"),
        (ONE + 'rename.users = "a.b"\n', "clients.zoom.rename.users: 'a.b' is not a name without dots"),
        (ONE + 'rename.users = "import"\n', "clients.zoom.rename.users: 'import' is not a name"),
        (ONE + 'rename.users = "_x"\n', "clients.zoom.rename.users: '_x' is not a name"),
        (
            ONE + 'rename.users = "People"\n',
            'clients.zoom.rename.users: "People" must begin with a small letter',
        ),
        (
            ONE + 'rename.User = "people"\n',
            'clients.zoom.rename.User: "people" must begin with a capital letter',
        ),
        (ONE + 'rename."a b" = "c"\n', 'clients.zoom.rename."a b": is not a public name'),
        (ONE + 'rename."u.a" = "b"\nrename."u.b" = "a"\n', 'rename."u.a": "u.b" is renamed too'),
        (ONE + 'rename."u.a" = "c"\nrename."u.b" = "c"\n', 'rename."u.b": "u.a" is renamed to "c" too'),
        (ONE + 'type = "string"\n', "type: must be an array of tables ([[clients.zoom.type]]), not a text"),
        (ONE + '[[clients.zoom.type]]\ntype = "string"\n', "clients.zoom.type[1]: `at` is missing"),
        (ONE + '[[clients.zoom.type]]\nat = "a.b(c)"\n', "type[1]: has no effect: set `type` or `required`"),
        (ONE + '[[clients.zoom.type]]\nat = "a.b"\ntype = "any"\n', "type[1].at: 'a.b' is not a position"),
        (
            ONE + '[[clients.zoom.type]]\nat = "a(b)"\ntype = "text"\n',
            "type[1].type: 'text' has 'text' where",
        ),
        (
            ONE + '[[clients.zoom.type]]\nat = "a(b)"\ntype = "any"\n' * 2,
            "type[2].at: 'a(b)' is corrected twice",
        ),
        (
            ONE + 'deep_arrays = "brackets"\n',
            "deep_arrays: 'brackets' is not one of `index`, `empty` and `repeat`",
        ),
        (
            ONE + '[[clients.zoom.encoding]]\nat = "a.b(c)"\n',
            "encoding[1]: has no effect: set `deep_arrays` or `form_objects`",
        ),
        (
            ONE + '[[clients.zoom.encoding]]\nat = "a.b(c.d)"\ndeep_arrays = "empty"\n',
            "encoding[1].at: 'a.b(c.d)' is not an argument such as `orders.create(lines)`",
        ),
        (
            ONE + '[[clients.zoom.encoding]]\nat = "a.b(c)"\ndeep_arrays = "empty"\n' * 2,
            "encoding[2].at: 'a.b(c)' is encoded twice",
        ),
        (ONE + "x = 1979-05-27\n", "clients.zoom.x: unknown key"),
        (
            ONE + "nouns.a = 1979-05-27\n",
            "clients.zoom.nouns.a: must be a word in lower case, not a date or time",
        ),
        (ONE + ONE.replace("zoom", "b"), "clients.b.output: is the output of client zoom too"),
        (ONE + ONE.replace("zoom", "b").replace('"out"', '"x/../out/"'), "is the output of client zoom too"),
        (ONE.replace("zoom", '"a/b"'), 'clients."a/b": is not a client\'s name'),
        (ONE + "[clients.zoom]\n", "is not TOML: Cannot declare"),
        ("x = " + "[" * 50_000, "is nested too deeply"),
    ],
)
def test_faults(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read(tmp_path, text)
    message = str(caught.value)
    assert message.startswith(f"{tmp_path / 'pillarbox.toml'}: ")
    assert said in message
    assert "\n" not in message


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read: No such file"):
        load(tmp_path / "pillarbox.toml")
    (tmp_path / "pillarbox.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="is not UTF-8 text"):
        load(tmp_path / "pillarbox.toml")
    (tmp_path / "pyproject.toml").write_text("[tool.ruff]\n")
    with pytest.raises(ConfigError, match=r"has no \[tool\.pillarbox\]"):
        load(tmp_path / "pyproject.toml")
    (tmp_path / "pyproject.toml").write_text("tool = 3\n")
    with pytest.raises(ConfigError, match="tool: must be a table"):
        load(tmp_path / "pyproject.toml")


def test_keys_of_pyproject_are_named_in_full(tmp_path: Path) -> None:
    with pytest.raises(
        ConfigError, match=r"pyproject\.toml: tool\.pillarbox\.clients\.a\.speck: unknown key"
    ):
        read(tmp_path, '[tool.pillarbox.clients.a]\nspeck = "x"\n', "pyproject.toml")


def test_search_goes_up_to_the_root_of_the_repository(tmp_path: Path) -> None:
    inner = tmp_path / "repo" / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "pillarbox.toml").write_text(ONE)
    assert find(inner) == tmp_path / "pillarbox.toml"
    (tmp_path / "repo" / ".git").mkdir()
    assert find(inner) is None
    (tmp_path / "repo" / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert find(inner) is None
    (tmp_path / "repo" / "pyproject.toml").write_text("[tool.pillarbox]\n")
    assert find(inner) == tmp_path / "repo" / "pyproject.toml"
    (tmp_path / "repo" / "a" / "pillarbox.toml").write_text(ONE)
    assert find(inner) == tmp_path / "repo" / "a" / "pillarbox.toml"


def test_two_configurations_in_one_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "pillarbox.toml").write_text(ONE)
    (tmp_path / "pyproject.toml").write_text("[tool.pillarbox]\n")
    with pytest.raises(ConfigError, match="keep one of them"):
        find(tmp_path)
