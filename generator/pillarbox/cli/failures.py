"""The errors about an input: their message is one line for the user, and the exit code is 2."""

__all__ = ["expected"]


def expected(error: Exception) -> bool:
    """Whether an error is about the input, and no bug of ours. Loads what defines them, so only where one happened."""
    from ..config import ConfigError
    from ..lock.claims import LockError
    from ..model.problems import SpecError
    from ..output.files import OutputError
    from ..render.custom_templates import TemplateFault
    from ..samples.build import SampleError
    from ..views.losses import LedgerError
    from .revisions import RevisionError

    return isinstance(
        error,
        (
            ConfigError,
            LedgerError,
            LockError,
            OutputError,
            RevisionError,
            SampleError,
            SpecError,
            TemplateFault,
        ),
    )
