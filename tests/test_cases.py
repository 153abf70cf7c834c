"""Every folder of tests/cases: one feature, a small spec, and the whole package that it must give.

`expected/` leaves out what is the same in every client (the runtime, `__init__.py`, `testing.py`, packages of nothing but others; generated/ shows them),
the lock, the manifest and the ledger. Problems stand in
`expected_problems.txt`; a case that is refused has nothing else. A case whose package must be that of another case, to
the byte, names it in `expected_as` and has no `expected/` of its own.
"""

import difflib
import shutil
from pathlib import Path

import pytest

from pillarbox.config import ClientSettings, ConfigError, load
from pillarbox.lock.claims import Lock, LockError
from pillarbox.model.problems import SpecError
from pillarbox.output.files import LEDGER, LOCK, MANIFEST, OutputError
from pillarbox.pipeline import Built, build

CASES = Path(__file__).parent / "cases"
FOLDERS = sorted(path.parent for path in CASES.glob("*/spec.*"))
PROBLEMS = "expected_problems.txt"
SAME = "expected_as"
SAME_EVERYWHERE = (
    *(".gitattributes", "__init__.py"),
    *("resources/__init__.py", "_async/resources/__init__.py"),
)
COMMAND = "pytest tests/test_cases.py --update -k {name}"


def settings_of(folder: Path) -> ClientSettings:
    """The configuration of a case: its own, or a package called `shop`."""
    if (folder / "pillarbox.toml").exists():
        (client,) = load(folder / "pillarbox.toml").clients
        return client
    (spec,) = folder.glob("spec.*")
    return ClientSettings(name="shop", spec=spec, output=folder / "shop")


def compared_files(built: Built, project: bool) -> dict[str, str]:
    """Path -> text of all that `expected/` holds."""
    prefix = f"{built.client.package}/" if project else ""
    same = (*built.client.runtime, *SAME_EVERYWHERE)
    left_out = {LEDGER, LOCK, MANIFEST, *(f"{prefix}{path}" for path in same)}
    return {path: built.files.text(path) for path in built.files if path not in left_out}


def outcome(folder: Path) -> tuple[dict[str, str], str]:
    """Files and problems of a case. Problems name the spec by its file name only."""
    settings = settings_of(folder)
    try:
        built = build(settings.spec, settings, Lock())
    except (SpecError, ConfigError, LockError, OutputError) as error:
        return {}, f"refused: {str(error).replace(f'{folder}/', '')}\n"
    lines = [f"{problem.severity.value} {problem.code}: {problem}" for problem in built.problems]
    if built.read.redacted:
        lines.append(f"secrets replaced: {built.read.redacted}")
    text = "".join(f"{line}\n" for line in lines).replace(f"{folder}/", "")
    return compared_files(built, settings.project), text


def base_case(folder: Path) -> Path | None:
    """The case whose package this one must equal, if there is one."""
    other = folder / SAME
    return CASES / other.read_text(encoding="utf-8").strip() if other.exists() else None


def expected_root(folder: Path) -> Path:
    """The folder of the expected files: of the case, or of its base case."""
    base = base_case(folder)
    if base is None:
        return folder / "expected"
    assert (base / "expected").is_dir() and not (folder / "expected").exists(), (
        f"{folder / SAME}: names no case with files, or has its own"
    )
    return base / "expected"


def expected_files(folder: Path) -> dict[str, str]:
    root = expected_root(folder)
    return {
        path.relative_to(root).as_posix(): path.read_bytes().decode("utf-8")
        for path in sorted(root.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def rewrite(folder: Path, files: dict[str, str], problems: str) -> None:
    shutil.rmtree(folder / "expected", ignore_errors=True)
    own = {} if base_case(folder) else files
    for path, text in own.items():
        target = folder / "expected" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode("utf-8"))
    if problems:
        (folder / PROBLEMS).write_bytes(problems.encode("utf-8"))
    else:
        (folder / PROBLEMS).unlink(missing_ok=True)


def differences(name: str, expected: dict[str, str], actual: dict[str, str]) -> str:
    """A unified diff, empty where all is equal."""
    lines: list[str] = []
    for path in sorted(expected.keys() | actual.keys()):
        old, new = expected.get(path), actual.get(path)
        if old == new:
            continue
        diff = difflib.unified_diff(
            (old or "").splitlines(),
            (new or "").splitlines(),
            f"{name}/{path}" if old is not None else "nothing is expected there",
            f"{path} as built now" if new is not None else "no longer built",
            lineterm="",
        )
        lines += list(diff) or [f"{path}: only line ends differ, or one of the two is empty"]
    return "\n".join(lines)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_case(folder: Path, update: bool) -> None:
    files, problems = outcome(folder)
    if update:
        if base := base_case(folder):
            # Written first: it may come later in the alphabet, and this case is compared with its files.
            rewrite(base, *outcome(base))
        rewrite(folder, files, problems)
    known = folder / PROBLEMS
    expected = {f"expected/{path}": text for path, text in expected_files(folder).items()}
    actual = {f"expected/{path}": text for path, text in files.items()}
    if known.exists():
        expected[PROBLEMS] = known.read_bytes().decode("utf-8")
    if problems:
        actual[PROBLEMS] = problems
    found = differences(folder.name, expected, actual)
    if found:
        pytest.fail(f"{found}\n\nTo accept: {COMMAND.format(name=folder.name)}", pytrace=False)


def test_one_update_is_enough_where_cases_must_be_equal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The case that comes first is compared with files of one that comes later."""
    first, later = tmp_path / "a_case", tmp_path / "b_case"
    for folder in (first, later):
        folder.mkdir()
        shutil.copyfile(CASES / "four_formats_postman" / "spec.json", folder / "spec.json")
    (first / SAME).write_text("b_case\n")
    (later / "expected").mkdir()
    (later / "expected" / "client.py").write_text("stale = True\n")
    monkeypatch.setitem(globals(), "CASES", tmp_path)
    test_case(first, update=True)
    test_case(later, update=False)


def test_enough_features() -> None:
    """Step 1 asks for 30 features with a readable tree."""
    assert len([folder for folder in FOLDERS if (folder / "expected").is_dir()]) >= 30


def test_every_folder_is_a_case() -> None:
    strays = [path.name for path in CASES.iterdir() if path.is_dir() and path not in FOLDERS]
    assert strays == [], "no spec in them: a case that is not run proves nothing"


@pytest.mark.parametrize(
    ("expected", "actual", "words"),
    [
        ({"a.py": "x = 1\n"}, {"a.py": "x = 2\n"}, ["-x = 1", "+x = 2"]),
        ({"a.py": "x = 1\n"}, {}, ["no longer built"]),
        ({}, {"b.py": "y = 1\n"}, ["nothing is expected there"]),
        ({"e.py": ""}, {}, ["e.py"]),
        ({"a.py": "x\n"}, {"a.py": "x\r\n"}, ["line ends"]),
    ],
)
def test_a_difference_is_shown(expected: dict[str, str], actual: dict[str, str], words: list[str]) -> None:
    found = differences("case", expected, actual)
    assert all(word in found for word in words)
