"""programs/kubernetes_log.py with the project's own SDK."""

import json
import sys

from kubernetes import client

configuration = client.Configuration(
    host=json.loads(sys.argv[1])["api"],
    api_key={"authorization": "abc"},
    api_key_prefix={"authorization": "Bearer"},
)
core = client.CoreV1Api(client.ApiClient(configuration))
core.read_namespaced_pod_log("web-1", "shop", container="web", tail_lines=1, timestamps=False)
