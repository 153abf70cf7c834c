"""Changes a deployment: fields by a merge patch, one of several containers by a strategic merge patch."""

from kubernetes import AsyncKubernetes, Kubernetes, models

MERGE = {"metadata": {"annotations": {"owner": "ops", "old": None}}, "spec": {"replicas": 3}}
IMAGE = {"spec": {"template": {"spec": {"containers": [{"name": "web", "image": "web:2"}]}}}}


def main(url: str) -> None:
    with Kubernetes(access_token="abc", base_url=url) as client:
        deployments = client.apps.namespaces.deployments
        show(
            deployments.update(
                "shop",
                "web",
                body=MERGE,
                content_type="application/merge-patch+json",
                field_manager="deploy-bot",
            )
        )
        show(
            deployments.update(
                "shop",
                "web",
                body=IMAGE,
                content_type="application/strategic-merge-patch+json",
                dry_run="All",
            )
        )


async def main_async(url: str) -> None:
    async with AsyncKubernetes(access_token="abc", base_url=url) as client:
        deployments = client.apps.namespaces.deployments
        show(
            await deployments.update(
                "shop",
                "web",
                body=MERGE,
                content_type="application/merge-patch+json",
                field_manager="deploy-bot",
            )
        )
        show(
            await deployments.update(
                "shop",
                "web",
                body=IMAGE,
                content_type="application/strategic-merge-patch+json",
                dry_run="All",
            )
        )


def show(deployment: models.V1Deployment) -> None:
    assert deployment.spec and deployment.spec.template.spec and deployment.metadata
    images = [container.image for container in deployment.spec.template.spec.containers]
    print(deployment.metadata.annotations, deployment.spec.replicas, images)
