"""`pillarbox inspect`: show how a spec was understood."""

from dataclasses import replace

from . import console
from .parameters import Config, Environments, Json, Spec
from .progress import Stages

__all__ = ["inspect"]


def inspect(spec: Spec, environment: Environments = None, config: Config = None, json: Json = False) -> None:
    """Show how a spec was understood: operations, types and their evidence, auth, problems."""
    from ..api.diff import describe_client
    from ..api.previous_run import read_lock
    from ..views.inspect import inspect as inspected, inspect_lines
    from .client_selection import settings_for
    from .report import problem_json

    settings = settings_for(spec, config, tuple(environment or ()))
    # What generate refuses is what one wants to look at.
    settings = replace(settings, allow_missing_refs=True)
    with Stages(1, quiet=json) as stages:
        described = describe_client(
            settings, read_lock(settings.output), progress=stages.of(settings.name, 0)
        )
    data = inspected(described)
    if json:
        console.write_json({**data, "problems": [problem_json(problem) for problem in described.problems]})
        return
    for line in inspect_lines(data):
        console.say(console.printable(line))
    for problem in described.problems:
        console.complain(f"{problem.origin}: {problem.severity.value}: {problem.message}")
