"""Files of git revisions, read without a checkout: nothing in the working tree or the index is touched."""

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

__all__ = ["Repository", "RevisionError"]

_SPEC_FILES = (".json", ".yaml", ".yml")
_OUTSIDE = re.compile(rb"\$ref[\"']?\s*:\s*[\"']?(?![\"'#\s])")
"""A reference that leaves its document."""
_REGULAR = (b"100644", b"100755")


class RevisionError(Exception):
    """A revision or a file of it that is not there. The command line exits with 2."""


@dataclass(frozen=True, slots=True)
class Repository:
    """A git repository, by its root."""

    root: Path

    @staticmethod
    def around(folder: Path) -> "Repository":
        """The repository that holds a folder."""
        done = _git(folder, "rev-parse", "--show-toplevel")
        if done.returncode:
            raise RevisionError(f"{folder}: is in no git repository, so there are no revisions to compare")
        return Repository(Path(os.fsdecode(done.stdout.removesuffix(b"\n"))))

    def commit(self, revision: str) -> str:
        """The commit that a revision names."""
        if not revision or "\0" in revision:
            raise RevisionError("the name of a revision is missing")
        done = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if done.returncode:
            raise RevisionError(f"{revision[:80]!a}: git knows no such revision{self._shallow()}")
        return done.stdout.decode("ascii").strip()

    def fork(self, one: str, other: str) -> str:
        """Where two commits parted: what `one...other` begins with."""
        done = self._run("merge-base", one, other)
        if done.returncode:
            raise RevisionError(f"the two revisions have no common commit{self._shallow()}")
        return done.stdout.decode("ascii").strip()

    def inside(self, path: Path, revision: str) -> str:
        """A path of the working tree as git spells it."""
        real = Path(os.path.realpath(path))
        try:
            return real.relative_to(os.path.realpath(self.root)).as_posix()
        except ValueError:
            raise RevisionError(
                f"{path}: is outside of the repository, so {revision} has no version of it"
            ) from None

    def from_here(self, path: str, here: Path) -> str:
        """A path after `REV:` by git's rules: from the root, or from `here` where it begins with a dot."""
        if path.startswith(("./", "../")) or path in (".", ".."):
            return self.inside(here / path, "git")
        return PurePosixPath(path).as_posix()

    def extract(self, commit: str, path: str, target: Path) -> bool:
        """Copy a spec of a commit below `target`: the file and what it refers to, or the folder. False: not there."""
        kind = self._run("cat-file", "-t", f"{commit}:{path}")
        if kind.returncode:
            return False
        if kind.stdout.strip() == b"tree":
            self._extract_folder(commit, path, target, ())
            return True
        content = self._run("cat-file", "blob", f"{commit}:{path}").stdout
        _write(target, path, content)
        if _OUTSIDE.search(content):
            self._extract_folder(commit, PurePosixPath(path).parent.as_posix(), target, _SPEC_FILES)
        return True

    def _extract_folder(self, commit: str, path: str, target: Path, endings: tuple[str, ...]) -> None:
        # Links and submodules are left out: nothing of a spec needs them, and a link could lead anywhere.
        listing = self._run("ls-tree", "-r", "-z", "--full-tree", commit, "--", path if path != "." else "")
        wanted: list[tuple[bytes, str]] = []
        for entry in listing.stdout.split(b"\0"):
            head, _, name = entry.partition(b"\t")
            if head[:6] in _REGULAR:
                text = os.fsdecode(name)
                if not endings or text.lower().endswith(endings):
                    wanted.append((head.split(b" ")[2], text))
        for text, content in zip((text for _, text in wanted), self._blobs(wanted), strict=True):
            _write(target, text, content)

    def _blobs(self, wanted: list[tuple[bytes, str]]) -> Iterator[bytes]:
        """The content of many blobs, from one process."""
        data = _git(
            self.root, "cat-file", "--batch", stdin=b"".join(b"%s\n" % key for key, _ in wanted)
        ).stdout
        position = 0
        for _ in wanted:
            end = data.index(b"\n", position)
            size = int(data[position:end].rsplit(b" ", 1)[1])
            yield data[end + 1 : end + 1 + size]
            position = end + size + 2

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        return _git(self.root, *arguments)

    def _shallow(self) -> str:
        done = self._run("rev-parse", "--is-shallow-repository")
        if done.stdout.strip() == b"true":
            return "; the clone is shallow: fetch the history (`fetch-depth: 0` in GitHub Actions)"
        return ""


def _git(folder: Path, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["git", "--no-pager", *arguments],
            cwd=folder,
            input=stdin,
            capture_output=True,
            check=False,
            env={**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"},
        )
    except OSError:
        raise RevisionError("git is not installed, or does not start: revisions cannot be read") from None


def _write(target: Path, path: str, content: bytes) -> None:
    """Write one file of a commit; a path that would leave the folder is none that git can hold."""
    steps = PurePosixPath(path).parts
    if not steps or ".." in steps or PurePosixPath(path).is_absolute():
        raise RevisionError(f"{path[:80]!a}: is no path that can be read from a revision")
    file = target.joinpath(*steps)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
