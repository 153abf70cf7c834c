"""`pillarbox explain`: find the client that a name or a place belongs to, and explain it there."""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..api import generate as run
from ..config import ClientSettings, ConfigError
from ..lock.claims import Lock
from ..pipeline import Built
from ..views.explain import Explained, explain_pointer, explain_symbol, explanation_data, explanation_lines
from .client_selection import Choice, chosen, settings_for

__all__ = ["Explanation", "explain_what"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """An explanation and the client that it was found in."""

    built: Built
    found: Explained

    def data(self) -> dict[str, Any]:
        """As JSON data."""
        return explanation_data(self.built, self.found)

    def lines(self) -> Iterator[str]:
        """For people."""
        return explanation_lines(self.built, self.found)


def explain_what(
    what: str, *, spec: Path | None, clients: tuple[str, ...], config: Path | None
) -> tuple[Explanation, ...]:
    """Explain a public name or a place.

    Raises:
        ConfigError: no client has it.
    """
    file, mark, pointer = what.partition("#")
    if mark and (not pointer or pointer.startswith("/")):
        return _place(Path(file), pointer, config)
    looked: list[Built] = []
    for settings in _clients(spec, clients, config):
        built, before = _built(settings)
        looked.append(built)
        found = explain_symbol(built, settings, before, what)
        if found is not None:
            return (Explanation(built, found),)
    raise ConfigError(f"no public name {what[:80]!a}{_hint(what, looked)}")


def _clients(spec: Path | None, clients: tuple[str, ...], config: Path | None) -> Sequence[ClientSettings]:
    if spec is not None:
        return (settings_for(spec, config),)
    return chosen(Choice(clients=clients, config=config))


def _built(settings: ClientSettings) -> tuple[Built, Lock]:
    return run.plan(settings, progress=lambda stage: None), run.read_lock(settings.output)


def _place(spec: Path, pointer: str, config: Path | None) -> tuple[Explanation, ...]:
    settings = settings_for(spec, config)
    built, before = _built(settings)
    found = explain_pointer(built, settings, before, pointer)
    if not found:
        raise ConfigError(f"{spec}#{pointer[:200]}: nothing public comes from this place")
    return tuple(Explanation(built, item) for item in found)


def _hint(what: str, looked: Sequence[Built]) -> str:
    """The closest name, by its last step first."""
    known = sorted({entry.name for built in looked for entry in built.lock.entries if not entry.retired})
    last = what.rpartition(".")[2]
    close = [name for name in known if name.rpartition(".")[2] == last][:1]
    close = close or difflib.get_close_matches(what, known, 1, 0.6)
    return f"; did you mean {close[0]}?" if close else ": `pillarbox inspect SPEC` lists the operations"
