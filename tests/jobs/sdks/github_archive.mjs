// programs/github_archive.py with GitHub's own SDK.
import { Octokit } from "@octokit/rest";

const urls = JSON.parse(process.argv[2]);
const github = new Octokit({ auth: "ghp_test", baseUrl: urls.api });
await github.rest.repos.downloadZipballArchive({ owner: "octocat", repo: "hello", ref: "main" });
await github.rest.repos.get({ owner: "octocat", repo: "old-name" });
