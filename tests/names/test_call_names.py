"""Names of calls: each rule with several instances, and what people wrote against the route."""

import pytest

from pillarbox.naming.call_names import Call, CallNames
from pillarbox.naming.compound_words import CompoundWords
from pillarbox.naming.route_rules import Route
from pillarbox.naming.written_names import WrittenName


def names(*lines: str) -> list[str]:
    """First candidates of calls written as `METHOD /path [list] [id] | summary | tag`; those of others in the same API."""
    calls = []
    for line in lines:
        route, _, rest = line.partition("|")
        summary, _, tag = rest.partition("|")
        method, path, *more = route.split()
        lists = "list" in more or None
        ids = [word for word in more if word != "list"]
        written = WrittenName(
            method, path, ids[0] if ids else "", summary.strip(), (tag.strip() or "things",)
        )
        calls.append(Call(Route(method, path, lists), written))
    found = CallNames(calls)
    return [found.candidates(number)[0].dotted for number in range(len(calls))]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("GET /v1/customers list", "customers.list"),
        ("POST /v1/customers", "customers.create"),
        ("GET /api/orders/{order_id}", "orders.get"),
        ("DELETE /orders/{order_id}", "orders.delete"),
        ("POST /orders/{order_id}", "orders.update"),
        ("POST /orders/{order_id}/cancel", "orders.cancel"),
        ("POST /jobs/{id}:pause", "jobs.pause"),
        ("PUT /cart/address", "cart.set_address"),
        ("PUT /branches/{branch}/unprotect", "branches.unprotect"),
        ("PATCH /accounts/{id}/status", "accounts.update_status"),
        ("GET /accounts/{id}/balance", "accounts.balance"),
        ("GET /accounts/{id}/statements", "accounts.list_statements"),
        ("GET /events/volume list", "events.volume.list"),
        ("POST /devices/{id}/heartbeat", "devices.heartbeat"),
        ("POST /audio/speech", "audio.speech.create"),
        ("POST /stores/question-answering", "stores.question_answering"),
        ("GET /status", "status"),
        ("GET /customers/external_id/{external_id}", "customers.get_by_external_id"),
        ("GET /users.json list", "users.list"),
        ("POST /acme.v1.AccountService/GetAccount", "accounts.get"),
        ("POST /acme.billing.v2.InvoiceAPI/VoidInvoice", "invoices.void"),
        ("POST /chat.postMessage", "chat.post_message"),
        ("GET /Users('{id}')", "users.get"),
        ("POST /creditnotes", "credit_notes.create"),
        ("POST /databases/{id}/timestamps", "databases.timestamps.create"),
        ("GET /balances/{id}/balance-charges/{charge}", "balances.charges.get"),
        ("GET /errors/error-free-devices", "errors.error_free_devices.list"),
        ("GET /groups/{id}/group-and-members/{member}", "groups.group_and_members.get"),
    ],
)  # fmt: skip
def test_a_route_by_itself(line: str, name: str) -> None:
    assert names(line) == [name]


def test_a_noun_with_two_operations_is_a_resource() -> None:
    assert names("GET /users/{id}/settings", "PUT /users/{id}/settings") == [
        "users.settings.get",
        "users.settings.update",
    ]


def test_put_beside_patch_replaces() -> None:
    assert names("PUT /files/{id}", "PATCH /files/{id}") == ["files.replace", "files.update"]


def test_a_verb_that_is_undone_is_no_resource() -> None:
    pair = ("POST /letters/{id}/resolve", "DELETE /letters/{id}/resolve")
    assert names(*pair) == ["letters.resolve", "letters.undo_resolve"]
    assert names(pair[0], f"{pair[1]} | Reopen a letter") == ["letters.resolve", "letters.reopen"]
    assert names(pair[0], f"{pair[1]} | Remove a letter") == ["letters.resolve", "letters.undo_resolve"]


def test_changing_many_with_another_method_than_one() -> None:
    found = names("PATCH /files", "PUT /files/{id}", "POST /files")
    assert found == ["files.bulk_update", "files.update", "files.create"]


def test_changing_many_beside_one() -> None:
    found = names("DELETE /files", "DELETE /files/{id}", "PUT /files", "PUT /files/{id}")
    assert found == ["files.bulk_delete", "files.delete", "files.bulk_update", "files.update"]


def test_what_people_say_of_many_beside_one() -> None:
    berths = "/quays/{id}/berths"
    assert names(f"PUT {berths} | Update many berths", f"PUT {berths}/{{berth}} | Update a berth") == [
        "quays.berths.bulk_update",
        "quays.berths.update",
    ]
    assert names("PUT /logos | Create or update a logo", "PUT /logos/{id} | Create or update a logo") == [
        "logos.bulk_update",
        "logos.create_or_update",
    ]
    assert names("DELETE /guests | Unassign all guests", "DELETE /guests/{id} | Unassign a guest") == [
        "guests.bulk_unassign",
        "guests.unassign",
    ]
    assert names("PUT /tags | Replace all tags", "PUT /tags/{id} | Add a tag") == ["tags.replace", "tags.add"]
    assert names("PUT /lobbies | Join a lobby", "PATCH /lobbies/{id}") == ["lobbies.join", "lobbies.update"]
    found = names("PATCH /files", "PUT /files", "PATCH /files/{id}", "PUT /files/{id}")
    assert found == ["files.bulk_update", "files.bulk_replace", "files.update", "files.replace"]


def test_put_on_many_makes_one_where_post_changes_one() -> None:
    assert names("PUT /crew", "POST /crew/{id}", "GET /crew/{id}") == [
        "crew.create",
        "crew.update",
        "crew.get",
    ]
    assert names("PUT /crew", "POST /crew", "POST /crew/{id}")[0] == "crew.update"


@pytest.mark.parametrize("noun", ["likes", "marks/boats", "users/{id}/blocks"])
def test_post_on_what_is_neither_read_nor_changed_makes_it(noun: str) -> None:
    path = f"/{noun}/{{thing}}"
    resource = noun.replace("/{id}/", ".").replace("/", ".")
    assert names(f"POST {path}", f"DELETE {path}") == [f"{resource}.create", f"{resource}.delete"]
    assert names(f"POST {path}", f"DELETE {path}", f"GET {path}")[0] == f"{resource}.update"
    assert names(f"POST {path} | Update a thing", f"DELETE {path}")[0] == f"{resource}.update"
    assert names(f"POST {path} | Edit a thing", f"DELETE {path}")[0] == f"{resource}.update"


def test_a_verb_and_its_object_with_a_placeholder_behind_is_a_method() -> None:
    path = "/boats/{id}/addToFleet/{fleet}"
    assert names(f"GET {path} addToFleet", f"POST {path} addToFleet") == [
        "boats.add_to_fleet_get",
        "boats.add_to_fleet",
    ]
    assert names("DELETE /fleets/{id}/removeBoat/{boat}", "GET /fleets") == [
        "fleets.remove_boat",
        "fleets.list",
    ]
    path = "/fleets/{id}/assignCaptain/{captain}"
    assert names(f"PUT {path}", f"DELETE {path}") == ["fleets.assign_captain", "fleets.assign_captain_delete"]
    assert names(f"POST {path}", f"DELETE {path}") == ["fleets.assign_captain", "fleets.undo_assign_captain"]
    assert names("POST /notes/{id}/markRead", "PUT /notes/{id}/markRead") == [
        "notes.mark_read",
        "notes.mark_read_put",
    ]


def test_a_verb_with_a_collection_is_a_resource() -> None:
    path = "/hooks/{id}/add_to_data"
    assert names(f"GET {path} list", f"POST {path}", f"POST {path}/{{key}}", f"GET {path}/{{key}}") == [
        "hooks.add_to_data.list",
        "hooks.add_to_data.create",
        "hooks.add_to_data.update",
        "hooks.add_to_data.get",
    ]
    assert (
        names("GET /plans/{id}/add_ons/{add_on}", "PUT /plans/{id}/add_ons/{add_on}")[1]
        == "plans.add_ons.update"
    )


def test_a_download_of_all_and_of_a_part() -> None:
    path = "/charts/{id}/download"
    assert names(f"GET {path}", f"GET {path}/{{language}}") == [
        "charts.download",
        "charts.download_by_language",
    ]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("GET /berths/all list", "berths.list"),
        ("GET /voice/all | all", "voice.list"),
        ("GET /my/orders/all", "my.orders.list"),
        ("DELETE /berths/all | Delete all berths", "berths.delete_all"),
        ("PATCH /berths/all", "berths.update_all"),
        ("GET /all", "all"),
    ],
)
def test_all_of_a_collection(line: str, name: str) -> None:
    assert names(line) == [name]


def test_all_of_a_collection_that_is_listed() -> None:
    assert names("GET /berths list", "GET /berths/all | Get latest berths") == [
        "berths.list",
        "berths.list_all",
    ]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("PATCH /boats/{id}/sail/settings | Update rig settings", "boats.sail.update_settings"),
        ("PATCH /boats/{id}/options | Update options", "boats.update_options"),
        ("PUT /boats/{id}/flag | Set the flag", "boats.set_flag"),
        ("POST /boats/{id}/renewal | Renew a boat", "boats.renew"),
    ],
)
def test_what_is_set_is_not_lost(line: str, name: str) -> None:
    assert names(line) == [name]


def test_a_head_noun_that_the_path_qualifies_stays_in_the_phrase() -> None:
    assert names(
        "GET /Fleet/Navy/{id}/Summary/{fleet} Fleet.GetNavyFleet",
        "GET /Boat/Race/{id}/Entry/{boat} Boat.GetRaceBoat",
        "GET /Boat/{id}/Entry/{rank} Boat.GetFastBoat",
    ) == ["fleet.get_navy_fleet", "boat.get_race_boat", "boat.get_fast"]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/checks/harbour-number&harbourNumber= 7&quay= 3", "checks.harbour_number"),
        ("/checks/berth=7", "checks.berth"),
        ("/checks/terms&conditions", "checks.terms_conditions.list"),
    ],
)
def test_a_sample_value_in_a_path_is_no_name(path: str, name: str) -> None:
    call = Call(Route("GET", path), WrittenName("GET", path))
    other = Call(Route("GET", "/checks/{id}/tides"), WrittenName("GET", "/checks/{id}/tides"))
    assert CallNames([call, other]).candidates(0)[0].dotted == name


def test_procedures_share_a_resource_in_one_number() -> None:
    found = names(
        "POST /create-agent", "GET /get-agent/{id}", "GET /list-agents", "DELETE /delete-agent-version/{id}", "POST /clone-agent"
    )  # fmt: skip
    assert found == ["agent.create", "agent.get", "agent.list", "agent.delete_version", "agent.clone"]


def test_a_noun_that_is_a_verb_too_is_no_procedure() -> None:
    assert names("GET /check-transfers list", "POST /check-transfers", "GET /check-transfers/{id}") == [
        "check_transfers.list",
        "check_transfers.create",
        "check_transfers.get",
    ]


def test_shared_prefixes_and_tenants_leave_the_name() -> None:
    nouns = "apps bills cards deals events files goals hooks items jobs".split()
    assert names(*(f"GET /openai/v1/{noun}" for noun in nouns)) == [f"{noun}.list" for noun in nouns]
    assert names(*(f"GET /organizations/{{org}}/{noun}/{{id}}" for noun in nouns)) == [
        f"{noun}.get" for noun in nouns
    ]
    # Nor is a project a tenant where many paths are about other things; and a verb keeps what it is done to.
    others = [f"GET /{noun}/{{id}}" for noun in (*nouns, "keys", "logs", "maps")]
    beside = names(*(f"GET /projects/{{id}}/{noun}" for noun in nouns), *others)
    assert beside[:2] == ["projects.list_apps", "projects.list_bills"]
    paths = [f"GET /organizations/{{org}}/{noun}/{{id}}" for noun in nouns]
    assert names("POST /organizations/{org}/cancel", *paths)[:2] == ["organizations.cancel", "apps.get"]
    # A first segment that few share stays.
    assert (
        names("GET /admin/users", "GET /users", "GET /teams", "GET /roles", "GET /hooks")[0]
        == "admin.users.list"
    )


def test_a_release_stage_is_kept_beside_stable_versions() -> None:
    assert names("POST /v1beta/memory/clear", "GET /v1/tasks") == ["beta.memory.clear", "tasks.list"]
    assert names("POST /v1beta/memory/clear", "GET /v1beta/tasks") == ["memory.clear", "tasks.list"]


def test_a_verb_with_segments_below_is_no_resource() -> None:
    assert names(
        "POST /shop/contacts/search",
        "POST /shop/contacts/search/emails",
        "GET /shop/contacts/search/name/{country}/{name}",
    ) == ["shop.contacts.search", "shop.contacts.search_emails", "shop.contacts.search_by_name"]
    # What a verb made is read below it.
    found = names("POST /letters/download", "GET /letters/download/{id}", "GET /letters", "GET /letters/{id}")
    assert found == ["letters.download", "letters.get_download", "letters.list", "letters.get"]


def test_a_verb_with_a_collection_or_verbs_below_is_a_resource() -> None:
    assert names("POST /shop/import", "GET /shop/import/rows", "DELETE /shop/import/rows/{id}")[1:] == [
        "shop.import.rows.list",
        "shop.import.rows.delete",
    ]
    assert names("POST /letters/bulk/delete", "POST /letters/bulk/settings") == [
        "letters.bulk.delete",
        "letters.bulk.settings.create",
    ]
    assert names("POST /letters/import/accept", "POST /letters/import/preview") == [
        "letters.import.accept",
        "letters.import.preview",
    ]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("DELETE /{realm}", "realms.delete"),
        ("GET /{userId}", "users.get"),
        ("POST /{user_id}/approve", "users.approve"),
        ("PUT /{owner}/{repo}", "repos.update"),
        ("GET /{id} | | Berths", "berths.get"),
        ("GET /{organism}/volume", "volume"),
    ],
)
def test_a_path_of_placeholders_is_about_the_last(line: str, name: str) -> None:
    assert names(line) == [name]


def test_a_path_without_a_noun_and_a_tag_is_about_what_its_summary_names() -> None:
    call = Call(Route("DELETE", "/{id}"), WrittenName("DELETE", "/{id}", "", "Delete the berth"))
    others = [Call(Route(method, "/{id}"), WrittenName(method, "/{id}")) for method in ("GET", "PUT")]
    assert CallNames([call, *others]).candidates(0)[0].dotted == "berths.delete"


def test_what_is_made_below_another_thing_has_one_resource() -> None:
    found = names(
        "POST /projects/{id}/testsets",
        "GET /projects/{id}/testsets list",
        "GET /testsets/{id}",
        "GET /projects/{id}",
    )
    assert found == ["testsets.create", "testsets.list", "testsets.get", "projects.get"]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        # Mechanical ids lose to the route.
        ("POST /boats/{boat} PostBoatsBoat", "boats.update"),
        ("PUT /files/{file_id}/metadata/{scope}/{key} put_files_id_metadata_id_id", "files.metadata.update"),
        ("DELETE /cards/{idCard}/checklists/{idChecklist} deleteCardsChecklistsByIdCardByIdChecklist", "cards.checklists.delete"),
        ("GET /items/{item_id} read_item_items__item_id__get", "items.get"),
        ("GET /pets/{id} getPetUsingGET_1", "pets.get"),
        ("PUT /tabs Tabs_PutDocumentTabs", "tabs.update"),
        ("GET /cats CatsController_findAll", "cats.list"),
        ("POST /content_checks createcontentcheck", "content_checks.create"),
        ("POST /berths create_a_berth", "berths.create"),
        ("GET /threads/{id} GetThreadMethod", "threads.get"),
        ("GET /releases/{id} list_repo_get_release", "releases.get"),
        # A verb that the HTTP method does not say wins.
        ("POST /folders/{folder_id} | Restore folder", "folders.restore"),
        ("POST /workflows/{id} | Run a workflow", "workflows.run"),
        ("POST /settings/limits/{id} updateLimit", "settings.limits.update"),
        ("PATCH /notifications/threads/{id} markThreadAsRead", "notifications.threads.mark_as_read"),
        ("POST /lists/{id}/followers listUserFollow", "lists.follow"),
        ("DELETE /users/{id}/blocks/{target} usersIdUnblock", "users.unblock"),
        ("GET /letters read_settingUpdate | Update letters", "letters.list"),
        ("GET /letters letterSearch", "letters.list"),
        ("POST /letters uploadLetter", "letters.create"),
        ("POST /letters createLetter | Send a letter", "letters.send"),
        ("POST /letters/translations createTranslation | Translates a letter into English", "letters.translations.create"),
        ("PUT /letters/{id} | Create or update a letter", "letters.create_or_update"),
        ("PUT /letters/{id} | Create and manage letters", "letters.update"),
        ("GET /letters list | list or watch letters", "letters.list"),
        ("PUT /letters/stamps bulkLetterStamps", "letters.stamps.update"),
        ("POST /letters/{id}/subscription | Subscribe to a resource", "letters.subscribe"),
        ("DELETE /letters/{id}/subscription | Unsubscribe from a resource", "letters.unsubscribe"),
        ("PUT /user/following/{name} userPutFollow", "user.follow"),
        ("POST /reports/{id} | This long sentence says much about what the report is for", "reports.update"),
        # A group and a verb are a person's name.
        ("GET /repos/{owner}/{repo}/releases repos/list-releases", "repos.list_releases"),
        ("POST /repos/{owner}/{repo}/releases repos/create-release", "repos.releases.create"),
        ("GET /repos/{owner}/{repo}/pulls/{n}/merge pulls/check-if-merged", "pulls.check_if_merged"),
        ("GET /feeds activity/get-feeds", "activity.get_feeds"),
        ("POST /check-runs/{id}/rerequest checks/rerequest-run", "checks.rerequest_run"),
        ("GET /replies/{id} beta_getReply", "replies.get"),
        ("GET /replies/{id} beta.getReply", "beta.replies.get"),
    ],
)  # fmt: skip
def test_what_people_wrote(line: str, name: str) -> None:
    assert names(line) == [name]


def test_words_of_the_id_tell_calls_of_one_name_apart() -> None:
    calls = [
        Call(Route("GET", path), WrittenName("GET", path, operation_id))
        for path, operation_id in [
            ("/orgs/{org}/packages", "packages/list-packages-for-organization"),
            ("/users/{name}/packages", "packages/list-packages-for-user"),
        ]
    ]
    found = CallNames(calls)
    assert [found.candidates(number)[0].dotted for number in (0, 1)] == [
        "packages.list_for_organization",
        "packages.list_for_user",
    ]


def test_words_of_the_id_come_before_numbers() -> None:
    calls = [
        Call(Route("GET", path, True), WrittenName("GET", path, operation_id))
        for path, operation_id in [
            ("/orgs/{org}/actions/runners/{id}", "actions/get-runner-for-org"),
            ("/repos/{owner}/{repo}/actions/runners/{id}", "actions/get-runner-for-repo"),
        ]
    ]
    found = CallNames(calls)
    assert [one.dotted for one in found.candidates(0)][:2] == [
        "actions.runners.get",
        "actions.runners.get_for_org",
    ]
    assert [one.dotted for one in found.candidates(1)][:2] == [
        "actions.runners.get",
        "actions.runners.get_for_repo",
    ]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("accountplans", ("account", "plans")),
        ("creditlineitems", ("credit", "line", "items")),
        ("berthnotes", ("berth", "notes")),
        ("timestamps", ("timestamps",)),
        ("database", ("database",)),
        ("webhooks", ("webhooks",)),
        ("warehouse", ("warehouse",)),
        ("notifications", ("notifications",)),
    ],
)
def test_compound_words(word: str, parts: tuple[str, ...]) -> None:
    assert CompoundWords(["berths"]).split([word]) == parts
