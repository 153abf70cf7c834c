"""Ids of operations as documents in the wild have them, and the calls that they give. All of them are made up."""

from dataclasses import replace

import pytest

from pillarbox.model.grouping import Grouping
from pillarbox.naming.call_names import Call, CallNames
from pillarbox.naming.route_rules import Route
from pillarbox.naming.written_names import WrittenName

from ..client.apis import api, client, operation

TAGS = Grouping.TAGS
NAMES = [
    # (id, route, tag, name)
    ("put_folders_id#update_shared_link", "PUT /folders/{folder_id}", "folders", "folders.update"),
    ("skip-to-previous-track", "POST /me/player/previous", "player", "me.player.skip_to_previous_track"),
    ("", "PUT /me/player/seek", "player", "me.player.seek"),
    ("", "POST /campaigns/{id}/actions/send", "campaigns", "campaigns.send"),
    ("downloadTicket", "GET /bookings/{number}/ticket", "documents", "bookings.download_ticket"),
    ("listArchivedFiles", "GET /archive_files", "archiving", "archive_files.list"),
    ("renewLoan", "POST /loans/{id}/renewal", "loans", "loans.renew"),
    ("cancelBooking", "DELETE /bookings/{number}", "bookings", "bookings.cancel"),
    ("uploadPapers", "POST /bookings/{number}/papers", "documents", "bookings.papers.create"),
    ("listUsers", "GET /users", "Users", "users.list"),
    ("getUser", "GET /users/{id}", "Users", "users.get"),
    ("get_user", "GET /users/{id}", "users", "users.get"),
    ("GetUser", "GET /users/{id}", "users", "users.get"),
    ("get-user", "GET /users/{id}", "users", "users.get"),
    ("Get a user's badge", "GET /users/{id}/badge", "users", "users.badge"),
    ("Get_Badges by group_", "GET /groups/{pid}/badges", "Badges", "groups.list_badges"),
    ("getUserById", "GET /users/{id}", "users", "users.get"),
    ("getHTTPSCertificates", "GET /certificates", "certificates", "certificates.list"),
    ("getOAuth2Token", "GET /token", "auth", "token"),
    ("createADraft", "POST /drafts", "Drafts", "drafts.create"),
    ("destroyPanel", "DELETE /panels/{id}", "Panels", "panels.delete"),
    ("CREATE_LedgerPublic", "POST /ledger-public", "ledger-public", "ledger_public.create"),
    ("List_all_Notes_for_User", "GET /user/{userID}/notes", "notes", "user.list_notes"),
    ("updateGroup_v2", "PUT /groups/{id}", "Groups", "groups.update"),
    ("create_album_alt1", "POST /me/albums", "Albums\\Essentials", "me.albums.create"),
    ("analyse-", "POST /messages/analyse", "messages", "messages.analyse"),
    ("2faEnable", "POST /2fa", "security", "2fa.enable"),
    ("repos/get-branch", "GET /repos/{owner}/{repo}/branches/{branch}", "repos", "repos.branches.get"),
    ("repos/list-for-org", "GET /orgs/{org}/repos", "repos", "repos.list_for_org"),
    ("actions/get-job", "GET /jobs/{id}", "Actions", "actions.get_job"),
    ("pull-requests/list", "GET /pulls", "Pull Requests", "pull_requests.list"),
    ("pulls/list", "GET /pulls", "pulls", "pulls.list"),
    ("root/root", "GET /", "root", "root"),
    ("chat.postMessage", "POST /chat.postMessage", "chat", "chat.post_message"),
    ("chat_postMessage", "POST /chat.postMessage", "chat", "chat.post_message"),
    (
        "chat.scheduledMessages.list",
        "GET /chat.scheduledMessages.list",
        "chat",
        "chat.scheduled_messages.list",
    ),
    (
        "chat_scheduledMessages_list",
        "GET /chat.scheduledMessages.list",
        "chat.scheduledMessages",
        "chat.scheduled_messages.list",
    ),
    ("rooms.history", "GET /rooms.history", "rooms", "rooms.history"),
    ("rooms.members", "GET /rooms.members", "rooms", "rooms.members"),
    ("mail.users.messages.list", "GET /users/{userId}/messages", "users", "messages.list"),
    ("mail.users.messages.send", "POST /users/{userId}/messages/send", "users", "users.messages.send"),
    ("files.list", "GET /files", "files", "files.list"),
    ("UsersController_findAll", "GET /users", "users", "users.list"),
    ("UsersController_findOne", "GET /users/{id}", "Users", "users.get"),
    ("UserController.index", "GET /users", "accounts", "users.list"),
    ("api.v1.UserController@show", "GET /users/{id}", "users", "users.get"),
    ("App\\Http\\Controllers\\UserController::store", "POST /users", "users", "users.create"),
    ("Roles_GetRolePermissions", "GET /roles/{id}/permissions", "Roles", "roles.permissions"),
    ("Customer_AddAddress", "POST /customers/{id}/addresses", "Customers", "customers.addresses.create"),
    ("OrderApi_GetInvoiceList", "GET /orders/invoices", "Orders", "orders.invoices.list"),
    ("Article_GetField", "GET /products/{id}", "Products", "products.get"),
    ("Users_List", "GET /users", "Users", "users.list"),
    ("Users_Get", "GET /users/{id}", "Users", "users.get"),
    ("VirtualMachines_CreateOrUpdate", "PUT /vms/{id}", "VirtualMachines", "vms.create_or_update"),
    ("key_revoke", "DELETE /key/{PK}", "key", "key.revoke"),
    ("key_revoke_quietly", "DELETE /key", "key", "key.revoke"),
    ("users_list", "GET /users/", "users", "users.list"),
    ("users_partial_update", "PATCH /users/{id}/", "users", "users.update"),
    ("users_retrieve", "GET /users/{id}/", "users", "users.get"),
    ("api_v1_users_retrieve", "GET /api/v1/users/{id}/", "users", "users.get"),
    ("push_login_request", "POST /login", "login", "login"),
    ("scope_holder", "POST /scope/{job}", "scope", "scope.update"),
    ("read_item_items__item_id__get", "GET /items/{item_id}", "items", "items.get"),
    ("read_root__get", "GET /", "", "read_root"),
    ("create_user_v1_users_post", "POST /v1/users", "users", "users.create"),
    ("update_item_api_v1_items__id__put", "PUT /api/v1/items/{id}", "items", "items.update"),
    ("login_login_access_token_post", "POST /login/access-token", "login", "login.access_token"),
    ("getDrugsUsingGET", "GET /drugs", "Drugs", "drugs.list"),
    ("getDrugsUsingGET_1", "GET /drugs/all", "Drugs", "drugs.list"),
    ("deleteUsingDELETE", "DELETE /drugs/{id}", "Drugs", "drugs.delete"),
    (
        "readCoreV1NamespacedPod",
        "GET /api/v1/namespaces/{namespace}/pods/{name}",
        "core_v1",
        "namespaces.pods.get",
    ),
    ("connectCoreV1PutNodeProxy", "PUT /api/v1/nodes/{name}/proxy", "core_v1", "nodes.set_proxy"),
    (
        "listAppsV1DeploymentForAllNamespaces",
        "GET /apis/apps/v1/deployments",
        "apps_v1",
        "apps.deployments.list",
    ),
    ("getCoreV1APIResources", "GET /api/v1/", "core_v1", "get_core_resources"),
    ("getCoreAPIVersions", "GET /api/", "core", "api"),
    ("GetAccountsAccount", "GET /v1/accounts/{account}", "", "accounts.get"),
    ("PostAccountsAccountPeople", "POST /v1/accounts/{account}/people", "", "accounts.people.create"),
    ("PostAccounts", "POST /v1/accounts", "", "accounts.create"),
    ("DeleteAccountsAccount", "DELETE /v1/accounts/{account}", "", "accounts.delete"),
    ("GetPanelsIDCellsIDView", "GET /panels/{panelID}/cells/{cellID}/view", "Cells", "panels.cells.view"),
    (
        "PutNotificationEndpointsID",
        "PUT /notificationEndpoints/{endpointID}",
        "x",
        "notification_endpoints.update",
    ),
    ("getTeamsIdProvidersProviderId", "GET /teams/{id}/providers/{providerId}", "all", "teams.providers.get"),
    ("api_alert-log_get_collection", "GET /api/alert-log", "AlertLog", "alert_log"),
    ("api_alert-log_id_delete", "DELETE /api/alert-log/{id}", "AlertLog", "alert_log.delete"),
    ("get-users-{id}", "GET /users/{id}", "users", "users.get"),
    ("GET /users/{id}/emails", "GET /users/{id}/emails", "users", "users.list_emails"),
    ("get_users__id_", "GET /users/{id}", "users", "users.get"),
    ("meetings", "GET /users/{userId}/meetings", "Meetings", "users.list_meetings"),
    ("meeting", "GET /meetings/{meetingId}", "Meetings", "meetings.get"),
    ("groupMembers", "GET /groups/{groupId}/members", "Groups", "groups.list_members"),
    ("currentUser", "GET /user", "Users", "user"),
    ("Images", "GET /v1/images/{query}", "", "images.get"),
    ("Crawl", "GET /v1/crawl/{query}", "", "crawl"),
    ("ProductSearch", "GET /product/search/{id}", "product", "product.search"),
    ("ekman-emotion", "POST /ekman-emotion", "Text Analysis", "ekman_emotion.create"),
    ("meetingCreate", "POST /users/{userId}/meetings", "Meetings", "users.meetings.create"),
    ("", "GET /servers", "servers", "servers.list"),
    ("12345", "GET /servers/{id}", "servers", "servers.get"),
    ("5f2b7c9e1d3a4b6c8e0f", "DELETE /servers/{id}", "servers", "servers.delete"),
    ("123e4567-e89b-12d3-a456-426614174000", "POST /servers", "servers", "servers.create"),
    ("___", "POST /servers/{id}/actions/poweroff", "servers", "servers.poweroff"),
    ("取得", "GET /servers", "servers", "servers.list"),
]


@pytest.mark.parametrize(
    ("written", "route", "tag", "expected"), NAMES, ids=[f"{one[0]}|{one[2]}" for one in NAMES]
)
def test_an_id_and_its_route_give_a_name(written: str, route: str, tag: str, expected: str) -> None:
    method, path = route.split(" ", 1)
    call = Call(Route(method, path), WrittenName(method, path, written, "", (tag or "things",)))
    assert CallNames([call]).candidates(0)[0].dotted == expected


def test_without_an_id_the_route_names_the_call() -> None:
    made = client(
        api(operation(None, "GET /servers/{id}/actions"), operation(None, "POST /servers"), grouping=TAGS)
    )
    assert list(made.returns) == ["servers.list_actions", "servers.create"]


def test_two_versions_of_one_name_are_told_apart() -> None:
    made = client(
        api(
            operation("getUser", "GET /v1/users/{id}"),
            operation("getUserV2", "GET /v2/users/{id}"),
            operation("listUsers", "GET /v1/users"),
            grouping=TAGS,
        )
    )
    assert list(made.returns) == ["users.get", "v2.users.get", "users.list"]


def test_a_neighbour_moves_no_name() -> None:
    one = operation("repos/get-branch", "GET /repos/{repo}/branches/{name}")
    alone = client(api(one, grouping=TAGS))
    among = client(api(operation("repos/get", "GET /repos/{name}"), one, grouping=TAGS))
    assert list(alone.returns) == ["repos.branches.get"] and "repos.branches.get" in among.returns


@pytest.mark.parametrize(
    ("folder", "attribute"),
    [
        ("Pull Requests", "pull_requests"),
        ("users/emails", "users_emails"),
        ("Albums\\Essentials", "albums_essentials"),
        ("core_v1", "core_v1"),
        ("v1-company", "v1_company"),
        ("Identifiers (Genes, proteins, metabolites, interactions)", "identifiers"),
        ("import", "import_"),
        ("🚀", "rocket"),
        ("!!!", "not_not_not"),
    ],
)
def test_folders_are_attributes(folder: str, attribute: str) -> None:
    listing = replace(operation(None, "GET /things", resource=(folder,)), name="List things")
    assert list(client(api(listing, grouping=Grouping.FOLDERS)).returns) == [f"{attribute}.list_things"]


def test_a_long_title_keeps_what_tells_it_from_one_that_begins_so() -> None:
    titles = [
        "Top up your berth account on-demand from your savings account",
        "Top up your berth account on-demand with a transfer by hand today",
    ]
    items = [replace(operation(None, "POST /berths", resource=("Harbours",)), name=title) for title in titles]
    assert list(client(api(*items, grouping=Grouping.FOLDERS)).returns) == [
        "harbours.top_up_berth_account_from_savings_account",
        "harbours.top_up_your_berth_account_on_demand_with_transfer",
    ]
    alone = client(api(items[0], grouping=Grouping.FOLDERS))
    assert list(alone.returns) == ["harbours.top_up_your_berth_account_on_demand"]
