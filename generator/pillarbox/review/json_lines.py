"""Lines of a JSON text that pointers lead to, so that a note can be shown at the line that it is about."""

import json
import re
from collections.abc import Iterable, Mapping

__all__ = ["lines_in"]

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


def lines_in(text: str, pointers: Iterable[str]) -> Mapping[str, int]:
    """Line (from 1) of each pointer that is found; none for a text that is no JSON."""
    wanted = frozenset(pointers)
    found: dict[str, int] = {}
    path: list[str] = []
    counts: list[int] = []
    """For each open container: the index of the item that comes next, or -1 in an object."""
    line, position, at_value = 1, 0, True
    for token in _TOKEN.finditer(text):
        line += text.count("\n", position, token.start())
        position = token.start()
        mark = token[0]
        if mark in ("}", "]"):
            if not counts:
                return {}
            counts.pop()
            del path[len(counts) :]
            at_value = False
        elif mark == ",":
            del path[len(counts) - 1 :]
            at_value = False
            if counts and counts[-1] >= 0:
                counts[-1] += 1
                path.append(str(counts[-1]))
                at_value = True
        elif mark == ":":
            at_value = True
        elif not at_value and counts and counts[-1] < 0 and mark[0] == '"':
            path.append(_step(mark))
        else:
            pointer = "".join(f"/{step}" for step in path)
            if pointer in wanted:
                found.setdefault(pointer, line)
            at_value = False
            if mark == "{":
                counts.append(-1)
            elif mark == "[":
                counts.append(0)
                path.append("0")
                at_value = True
    return found


def _step(mark: str) -> str:
    try:
        key = json.loads(mark)
    except ValueError:
        return ""
    return str(key).replace("~", "~0").replace("/", "~1")
