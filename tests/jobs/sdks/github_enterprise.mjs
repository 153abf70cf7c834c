// programs/github_enterprise.py with GitHub's own SDK.
import { Octokit } from "@octokit/rest";

const urls = JSON.parse(process.argv[2]);
const github = new Octokit({ auth: "ghp_test", baseUrl: `${urls.api}/api/v3` });
await github.rest.issues.create({ owner: "acme", repo: "tools", title: "Crash", labels: ["bug", "ui"] });
await github.rest.issues.listForRepo({ owner: "acme", repo: "tools", labels: "bug,ui", since: "2026-01-31T12:00:00Z" });
await github.rest.repos.uploadReleaseAsset({
  baseUrl: `${urls.api}/api/uploads`,
  owner: "acme",
  repo: "tools",
  release_id: 1,
  name: "notes.txt",
  headers: { "content-type": "text/plain" },
  data: "Notes",
});
