"""Options and settings that all tests share."""

import os

import pytest
from hypothesis import HealthCheck, settings

CI = bool(os.environ.get("CI"))

# One machine must not differ from the next: no deadline, and the same examples in every run unless `make fuzz` asks.
_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
settings.register_profile(
    "short", deadline=None, derandomize=True, max_examples=60, suppress_health_check=_SLOW
)
settings.register_profile("long", deadline=None, max_examples=5_000, suppress_health_check=_SLOW)
settings.load_profile("long" if os.environ.get("PILLARBOX_FUZZ") == "long" else "short")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update", action="store_true", help="rewrite tests/cases/*/expected from what is built now"
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--update") and CI:
        raise pytest.UsageError("--update rewrites what is expected, so it is refused where CI is set")


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The user's cache folder is not for tests."""
    os.environ["PILLARBOX_CACHE"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether expectations are to be rewritten."""
    return bool(request.config.getoption("--update"))
