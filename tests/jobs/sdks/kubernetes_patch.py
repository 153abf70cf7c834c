"""programs/kubernetes_patch.py with the project's own SDK."""

import json
import sys

from kubernetes import client

configuration = client.Configuration(
    host=json.loads(sys.argv[1])["api"],
    api_key={"authorization": "abc"},
    api_key_prefix={"authorization": "Bearer"},
)
apps = client.AppsV1Api(client.ApiClient(configuration))
apps.patch_namespaced_deployment(
    "web",
    "shop",
    {"metadata": {"annotations": {"owner": "ops", "old": None}}, "spec": {"replicas": 3}},
    field_manager="deploy-bot",
    _content_type="application/merge-patch+json",
)
apps.patch_namespaced_deployment(
    "web",
    "shop",
    {"spec": {"template": {"spec": {"containers": [{"name": "web", "image": "web:2"}]}}}},
    dry_run="All",
    _content_type="application/strategic-merge-patch+json",
)
