"""Find the client that a public name or a position in a spec belongs to, and explain it there."""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..config import ClientSettings, ConfigError
from ..pipeline import Described
from ..views.explain import Explained, explain_pointer, explain_symbol, explanation_data, explanation_lines
from .diff import describe_client
from .previous_run import read_lock

__all__ = ["Explanation", "explain_name", "explain_position"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """An explanation and the client that it was found in."""

    described: Described
    found: Explained

    def data(self) -> dict[str, Any]:
        """As JSON data."""
        return explanation_data(self.described, self.found)

    def lines(self) -> Iterator[str]:
        """For people."""
        return explanation_lines(self.described, self.found)


def explain_name(name: str, clients: Sequence[ClientSettings]) -> Explanation:
    """Explain a public name, which the first of some clients that has it defines.

    Raises:
        ConfigError: no client has it.
    """
    looked: list[Described] = []
    for client in clients:
        lock = read_lock(client.output)
        described = describe_client(client, lock)
        looked.append(described)
        found = explain_symbol(described, client, lock, name)
        if found is not None:
            return Explanation(described, found)
    raise ConfigError(f"no public name {name[:80]!a}{_hint(name, looked)}")


def explain_position(client: ClientSettings, pointer: str) -> tuple[Explanation, ...]:
    """Explain the public names that come from a position in a spec, a JSON pointer.

    Raises:
        ConfigError: none does.
    """
    lock = read_lock(client.output)
    described = describe_client(client, lock)
    found = explain_pointer(described, client, lock, pointer)
    if not found:
        raise ConfigError(f"{client.spec}#{pointer[:200]}: no public name comes from this position")
    return tuple(Explanation(described, item) for item in found)


def _hint(name: str, looked: Sequence[Described]) -> str:
    """The closest name, by its last step first."""
    known = sorted(
        {entry.name for described in looked for entry in described.lock.entries if not entry.retired}
    )
    last = name.rpartition(".")[2]
    close = [other for other in known if other.rpartition(".")[2] == last][:1]
    close = close or difflib.get_close_matches(name, known, 1, 0.6)
    return f"; did you mean {close[0]}?" if close else ": `pillarbox inspect SPEC` lists the operations"
