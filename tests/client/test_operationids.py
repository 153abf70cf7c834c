"""Ids of operations -> names, in the forms that documents in the wild have. All of them are made up."""

import pytest

from pillarbox.naming.operation_ids import id_name

from .apis import api, client, operation

NAMES = [
    # (id, route, tag, name): plain spellings
    ("listUsers", "GET /users", "Users", "list_users"),
    ("getUser", "GET /users/{id}", "Users", "get_user"),
    ("get_user", "GET /users/{id}", "users", "get_user"),
    ("GetUser", "GET /users/{id}", "users", "get_user"),
    ("get-user", "GET /users/{id}", "users", "get_user"),
    ("Get a user's badge", "GET /users/{id}/badge", "users", "get_user_badge"),
    ("Get_Badges by group_", "GET /groups/{pid}/badges", "Badges", "get_badges_by_group"),
    ("getUserById", "GET /users/{id}", "users", "get_user_by_id"),
    ("getHTTPSCertificates", "GET /certificates", "certificates", "get_https_certificates"),
    ("getOAuth2Token", "GET /token", "auth", "get_oauth2_token"),
    ("createADraft", "POST /drafts", "Drafts", "create_a_draft"),
    ("destroyPanel", "DELETE /panels/{id}", "Panels", "destroy_panel"),
    ("CREATE_LedgerPublic", "POST /ledger-public", "ledger-public", "create_ledger_public"),
    ("List_all_Notes_for_User", "GET /user/{userID}/notes", "notes", "list_all_notes_for_user"),
    ("updateGroup_v2", "PUT /groups/{id}", "Groups", "update_group_v2"),
    ("create_album_alt1", "POST /me/albums", "Albums\\Essentials", "create_album_alt1"),
    ("analyse-", "POST /messages/analyse", "messages", "analyse"),
    ("2faEnable", "POST /2fa", "security", "2fa_enable"),
    # the resource in front: paths, dots, classes
    ("repos/get-branch", "GET /repos/{owner}/{repo}/branches/{branch}", "repos", "get_branch"),
    ("repos/list-for-org", "GET /orgs/{org}/repos", "repos", "list_for_org"),
    ("actions/get-job", "GET /jobs/{id}", "Actions", "get_job"),
    ("pull-requests/list", "GET /pulls", "Pull Requests", "list"),
    ("pulls/list", "GET /pulls", "pulls", "list"),
    ("root/root", "GET /", "root", "get_root"),
    ("chat.postMessage", "POST /chat.postMessage", "chat", "post_message"),
    ("chat_postMessage", "POST /chat.postMessage", "chat", "post_message"),
    ("chat.scheduledMessages.list", "GET /chat.scheduledMessages.list", "chat", "list_scheduled_messages"),
    ("chat_scheduledMessages_list", "GET /chat.scheduledMessages.list", "chat.scheduledMessages", "list"),
    ("rooms.history", "GET /rooms.history", "rooms", "get_history"),
    ("rooms.members", "GET /rooms.members", "rooms", "list_members"),
    ("mail.users.messages.list", "GET /users/{userId}/messages", "users", "list_messages"),
    ("mail.users.messages.send", "POST /users/{userId}/messages/send", "users", "send_messages"),
    ("files.list", "GET /files", "files", "list"),
    ("UsersController_findAll", "GET /users", "users", "find_all"),
    ("UsersController_findOne", "GET /users/{id}", "Users", "find_one"),
    ("UserController.index", "GET /users", "accounts", "index"),
    ("api.v1.UserController@show", "GET /users/{id}", "users", "show"),
    ("App\\Http\\Controllers\\UserController::store", "POST /users", "users", "store"),
    ("Roles_GetRolePermissions", "GET /roles/{id}/permissions", "Roles", "get_role_permissions"),
    ("Customer_AddAddress", "POST /customers/{id}/addresses", "Customers", "add_address"),
    ("OrderApi_GetInvoiceList", "GET /orders/invoices", "Orders", "get_invoice_list"),
    ("Article_GetField", "GET /products/{id}", "Products", "get_field"),
    ("Users_List", "GET /users", "Users", "list"),
    ("Users_Get", "GET /users/{id}", "Users", "get"),
    ("VirtualMachines_CreateOrUpdate", "PUT /vms/{id}", "VirtualMachines", "create_or_update"),
    ("key_revoke", "DELETE /key/{PK}", "key", "revoke"),
    ("key_revoke_quietly", "DELETE /key", "key", "revoke_quietly"),
    ("users_list", "GET /users/", "users", "list"),
    ("users_partial_update", "PATCH /users/{id}/", "users", "partial_update"),
    ("users_retrieve", "GET /users/{id}/", "users", "retrieve"),
    ("api_v1_users_retrieve", "GET /api/v1/users/{id}/", "users", "retrieve"),
    ("push_login_request", "POST /login", "login", "push_login_request"),
    ("scope_holder", "POST /scope/{job}", "scope", "scope_holder"),
    # frameworks
    ("read_item_items__item_id__get", "GET /items/{item_id}", "items", "read_item"),
    ("read_root__get", "GET /", "", "read_root"),
    ("create_user_v1_users_post", "POST /v1/users", "users", "create_user"),
    ("update_item_api_v1_items__id__put", "PUT /api/v1/items/{id}", "items", "update_item"),
    ("login_login_access_token_post", "POST /login/access-token", "login", "login"),
    ("getDrugsUsingGET", "GET /drugs", "Drugs", "get_drugs"),
    ("getDrugsUsingGET_1", "GET /drugs/all", "Drugs", "get_drugs_1"),
    ("deleteUsingDELETE", "DELETE /drugs/{id}", "Drugs", "delete"),
    # versions in the resource
    (
        "readCoreV1NamespacedPod",
        "GET /api/v1/namespaces/{namespace}/pods/{name}",
        "core_v1",
        "read_namespaced_pod",
    ),
    ("connectCoreV1PutNodeProxy", "PUT /api/v1/nodes/{name}/proxy", "core_v1", "connect_put_node_proxy"),
    (
        "listAppsV1DeploymentForAllNamespaces",
        "GET /apis/apps/v1/deployments",
        "apps_v1",
        "list_deployment_for_all_namespaces",
    ),
    ("getCoreV1APIResources", "GET /api/v1/", "core_v1", "get_api_resources"),
    ("getCoreAPIVersions", "GET /api/", "core", "get_core_api_versions"),
    # method and path, made by a program: the route says it better
    ("GetAccountsAccount", "GET /v1/accounts/{account}", "", "get_account"),
    ("PostAccountsAccountPeople", "POST /v1/accounts/{account}/people", "", "create_account_person"),
    ("PostAccounts", "POST /v1/accounts", "", "create_account"),
    ("DeleteAccountsAccount", "DELETE /v1/accounts/{account}", "", "delete_account"),
    ("GetPanelsIDCellsIDView", "GET /panels/{panelID}/cells/{cellID}/view", "Cells", "get_panel_cell_view"),
    (
        "PutNotificationEndpointsID",
        "PUT /notificationEndpoints/{endpointID}",
        "x",
        "update_notification_endpoint",
    ),
    ("getTeamsIdProvidersProviderId", "GET /teams/{id}/providers/{providerId}", "all", "get_team_provider"),
    ("api_alert-log_get_collection", "GET /api/alert-log", "AlertLog", "list_alert_logs"),
    ("api_alert-log_id_delete", "DELETE /api/alert-log/{id}", "AlertLog", "delete_alert_log"),
    ("get-users-{id}", "GET /users/{id}", "users", "get_user"),
    ("GET /users/{id}/emails", "GET /users/{id}/emails", "users", "list_user_emails"),
    ("get_users__id_", "GET /users/{id}", "users", "get_user"),
    # no verb
    ("meetings", "GET /users/{userId}/meetings", "Meetings", "list_meetings"),
    ("meeting", "GET /meetings/{meetingId}", "Meetings", "get_meeting"),
    ("groupMembers", "GET /groups/{groupId}/members", "Groups", "list_group_members"),
    ("currentUser", "GET /user", "Users", "get_current_user"),
    ("Images", "GET /v1/images/{query}", "", "get_images"),
    ("Crawl", "GET /v1/crawl/{query}", "", "crawl"),
    ("ProductSearch", "GET /product/search/{id}", "product", "search"),
    ("ekman-emotion", "POST /ekman-emotion", "Text Analysis", "ekman_emotion"),
    ("meetingCreate", "POST /users/{userId}/meetings", "Meetings", "create"),
    # nothing to go by
    ("", "GET /servers", "servers", "list_servers"),
    ("12345", "GET /servers/{id}", "servers", "get_server"),
    ("5f2b7c9e1d3a4b6c8e0f", "DELETE /servers/{id}", "servers", "delete_server"),
    ("123e4567-e89b-12d3-a456-426614174000", "POST /servers", "servers", "create_server"),
    ("___", "POST /servers/{id}/actions/poweroff", "servers", "poweroff_server"),
    ("取得", "GET /servers", "servers", "get_qu_de"),
]


@pytest.mark.parametrize(
    ("written", "route", "tag", "expected"), NAMES, ids=[f"{one[0]}|{one[2]}" for one in NAMES]
)
def test_an_id_reads_like_a_name(written: str, route: str, tag: str, expected: str) -> None:
    assert id_name(operation(written, route, resource=(tag,) if tag else ())) == expected


def test_there_are_enough() -> None:
    assert len(NAMES) >= 80


def test_without_an_id_the_route_speaks() -> None:
    made = client(api(operation(None, "GET /servers/{id}/actions"), operation(None, "POST /servers")))
    assert list(made.returns) == ["list_server_actions", "create_server"]


def test_two_of_one_name_are_told_apart() -> None:
    made = client(
        api(
            operation("Shipments_Get", "GET /shipments/{id}", resource=("Products",)),
            operation("Articles_Get", "GET /articles/{id}", resource=("Products",)),
        )
    )
    assert list(made.returns) == ["products.get", "products.articles_get"]


def test_a_neighbour_moves_no_name() -> None:
    one = operation("repos/get-branch", "GET /branches/{name}", resource=("repos",))
    alone = client(api(one))
    among = client(api(operation("repos/get", "GET /repos/{name}", resource=("repos",)), one))
    assert list(alone.returns) == ["repos.get_branch"] and "repos.get_branch" in among.returns


@pytest.mark.parametrize(
    ("tag", "attribute"),
    [
        ("Pull Requests", "pull_requests"),
        ("users/emails", "users_emails"),
        ("Albums\\Essentials", "albums_essentials"),
        ("core_v1", "core_v1"),
        ("v1-company", "v1_company"),
        ("Identifiers (Genes, proteins, metabolites, interactions)", "identifiers"),
        ("import", "import_"),
        ("models", "models_"),
        ("🚀", "rocket"),
        ("!!!", "not_not_not"),
    ],
)
def test_tags_are_attributes(tag: str, attribute: str) -> None:
    made = client(api(operation("listThings", "GET /things", resource=(tag,))))
    assert list(made.returns) == [f"{attribute}.list_things"]
