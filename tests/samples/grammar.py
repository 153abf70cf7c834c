"""Parses a file by its language's tree-sitter grammar: `python -m tests.samples.grammar GRAMMAR FILE`.

For languages that nothing here can run or compile. The grammar is a module from PyPI, `tree_sitter_GRAMMAR`. A node
that the parser could not make sense of, or one that it had to make up, is printed with its place; the exit is then 1.
"""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

from tree_sitter import Language, Node, Parser

__all__ = ["faults", "main"]


def _nodes(root: Node) -> Iterator[Node]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += node.children


def faults(grammar: str, source: bytes) -> list[str]:
    """What is wrong with a source, a line each."""
    language = Language(importlib.import_module(f"tree_sitter_{grammar}").language())
    root = Parser(language).parse(source).root_node
    found = [] if root.has_error or source.strip() == b"" or root.child_count else ["nothing was parsed"]
    for node in _nodes(root) if root.has_error else ():
        if node.is_error or node.is_missing:
            place = f"{node.start_point.row + 1}:{node.start_point.column + 1}"
            text = source[node.start_byte : node.end_byte].decode("utf-8", "replace")
            found.append(
                f"{place}: {node.type} is missing" if node.is_missing else f"{place}: no sense: {text:.80}"
            )
    return found or (["an error without a place"] if root.has_error else [])


def main(grammar: str, file: str) -> int:
    """Print the faults of a file."""
    found = faults(grammar, Path(file).read_bytes())
    print("\n".join(found), file=sys.stderr)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
