"""Where the data lies that is too large, or not ours, to commit: public specs and newman's captures.

They are expected beside the checkout, whatever its own folder is called; `PILLARBOX_SHARED` names another folder, with
`corpus/` and `conformance/` in it. `make corpus-fetch` fills `build/corpus` where there is none.
"""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("PILLARBOX_SHARED") or ROOT.parent / "shared").resolve()
CORPUS = SHARED / "corpus"
