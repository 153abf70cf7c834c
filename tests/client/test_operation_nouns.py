"""What an operation is about, and what its response is called, whatever its method is called."""

import pytest

from pillarbox.client.model_name_candidates import bases, root_candidates
from pillarbox.client.model_sites import ITEM, ModelSite
from pillarbox.client.operation_nouns import noun_words
from pillarbox.model.types import Object
from pillarbox.naming.inflections import ENGLISH


def site(operation: str, *nouns: str, status: int | None = None) -> ModelSite:
    return ModelSite(
        key="", kind=Object(fields=()), root=True, nouns=nouns, operation=operation, body=False, status=status
    )


def names(operation: str, *nouns: str, status: int | None = None) -> list[str]:
    found = root_candidates(site(operation, *nouns, status=status), ENGLISH)
    return [candidate.name for candidate in found]


@pytest.mark.parametrize(
    ("operation", "noun"),
    [
        ("users.list", "user"),
        ("users.get", "user"),
        ("users.create", "user"),
        ("users.get_token", "user token"),
        ("users.get_user_token", "user token"),
        ("repos.releases.list", "release"),
        ("repos.releases.assets.delete", "asset"),
        ("fine_tuning.jobs.cancel", "job"),
        ("charges.refund", "charge"),
        ("repos.list_contributors", "contributors"),
        ("pets.find_by_status", "pet"),
        ("pets.find_pet_by_id", "pet"),
        ("users.settings.get", "settings"),
        ("users.settings.update", "settings"),
        ("settings.list", "setting"),
        ("files.content", "file content"),
        ("observations.book_observation", "observation"),
        ("accounts.list_accounts", "accounts"),
        ("bank_accounts.get_account_holder", "bank account holder"),
        ("search", "search"),
        ("get_token", "token"),
    ],
)
def test_nouns(operation: str, noun: str) -> None:
    assert noun_words(operation, ENGLISH) == tuple(noun.split())


@pytest.mark.parametrize(
    ("operation", "wanted"),
    [
        ("users.get", ["User", "GetUserResponse"]),
        ("users.get_token", ["UserToken", "GetUserTokenResponse"]),
        (
            "repos.releases.list",
            ["ReleaseList", "RepoReleaseList", "ListReleasesResponse", "ListRepoReleasesResponse"],
        ),
        (
            "fine_tuning.jobs.cancel",
            ["Job", "FineTuningJob", "CancelJobResponse", "CancelFineTuningJobResponse"],
        ),
        (
            "users.settings.get",
            ["Settings", "UserSettings", "GetSettingsResponse", "GetUserSettingsResponse"],
        ),
        ("users.get_settings", ["UserSettings", "GetUserSettingsResponse"]),
        ("customers.search", ["CustomerList", "SearchCustomersResponse"]),
    ],
)
def test_names_of_responses(operation: str, wanted: list[str]) -> None:
    assert names(operation) == wanted


def test_names_of_items_and_members() -> None:
    assert names("repos.releases.list", ITEM)[:2] == ["Release", "RepoRelease"]
    assert names("repos.list_contributors", ITEM)[:2] == ["Contributor", "RepoContributor"]
    assert names("pets.get", "\0cat")[0] == "PetCat"
    assert names("bank_accounts.list", ITEM, "\0savings")[0] == "BankAccountSavings"
    assert names("users.get", status=202)[-1] == "GetUserResponse202"


def test_names_below_a_response() -> None:
    assert bases(site("repos.releases.get"), None, ENGLISH)[:2] == ["Release", "RepoRelease"]
    assert bases(site("users.get_token"), "UserToken", ENGLISH) == ["UserToken", "GetUserToken"]
