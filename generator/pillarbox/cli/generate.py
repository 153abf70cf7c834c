"""`generate` for some clients: those that nothing has changed for are left alone, without a look at their specs."""

from collections.abc import Sequence

from ..api.up_to_date import Untouched, untouched
from ..config import ClientSettings
from ..output.files import LEDGER
from . import console
from .progress import Stages

__all__ = ["generate_all"]


def generate_all(
    clients: Sequence[ClientSettings],
    *,
    force: bool = False,
    strict: bool = False,
    json: bool = False,
    quiet: bool = False,
) -> bool:
    """Write or update clients, and say so; False where one of them was not written."""
    # JSON tells of the spec as well, and --force is for those who believe nothing.
    left = {
        client.name: found for client in clients if not force and not json and (found := untouched(client))
    }
    todo = [client for client in clients if client.name not in left]
    if not quiet:
        for found in left.values():
            _say_untouched(found)
    return not todo or _generate(todo, force=force, strict=strict, json=json, quiet=quiet)


def _say_untouched(found: Untouched) -> None:
    client = found.client
    console.say(f"{client.name}: 0 files written, {found.files:,} unchanged in {client.output}")
    losses = f"; what was lost before is in {client.output / LEDGER}" if found.losses else ""
    console.say(f"  nothing has changed since the last run{losses}")


def _generate(
    clients: Sequence[ClientSettings], *, force: bool, strict: bool, json: bool, quiet: bool
) -> bool:
    from ..api import generate as run
    from . import report

    results: list[run.Generated] = []
    with Stages(len(clients), quiet=quiet or json) as stages:
        for number, settings in enumerate(clients):

            def progress(stage: str, name: str = settings.name, number: int = number) -> None:
                stages.stage(name, number, stage)

            results.append(run.generate(settings, force=force, strict=strict, progress=progress))
    for result in results:
        report.say_problems(result.built.problems)
        report.say_notices(result)
        if not quiet and not json:
            report.say_generated(result)
    if json:
        console.write_json({"clients": [report.generated_json(result) for result in results]})
    return all(result.report is not None for result in results)
