#!/bin/sh
# For the merge requests of GitLab: review, then one note in the merge request, updated by each run. Needs `curl`.
#
# PILLARBOX_GITLAB_TOKEN is a project access token with the scope `api`: a job's own token may not write notes.
set -eu
here=$(dirname "$0")
comment=${CI_BUILDS_DIR:-/tmp}/pillarbox-comment.md
marker='<!-- pillarbox-diff -->'
base=origin/$CI_MERGE_REQUEST_TARGET_BRANCH_NAME
git fetch --quiet --no-tags origin \
    "+refs/heads/$CI_MERGE_REQUEST_TARGET_BRANCH_NAME:refs/remotes/$base"

answer=0
sh "$here/review.sh" "$base" "$comment" || answer=$?
[ "$answer" -le 1 ] || exit "$answer"

if [ -z "${PILLARBOX_GITLAB_TOKEN:-}" ]; then
    cat "$comment"
    echo 'No note is written: PILLARBOX_GITLAB_TOKEN is not set.' >&2
    exit "$answer"
fi

notes=$CI_API_V4_URL/projects/$CI_PROJECT_ID/merge_requests/$CI_MERGE_REQUEST_IID/notes
# The token goes through a file: arguments of a process can be read by others.
headers=$(mktemp)
trap 'rm -f "$headers"' EXIT
printf 'PRIVATE-TOKEN: %s\n' "$PILLARBOX_GITLAB_TOKEN" >"$headers"
call() { curl --silent --show-error --fail --max-time 60 --header "@$headers" "$@"; }

me=$(call "$CI_API_V4_URL/user") || { echo 'PILLARBOX_GITLAB_TOKEN is not accepted' >&2; exit 2; }
own=$(printf '%s' "$me" | python3 -c 'import json, sys; print(json.load(sys.stdin)["id"])')
found='' page=1
while [ -z "$found" ] && [ "$page" -le 50 ]; do
    listed=$(call "$notes?per_page=100&page=$page")
    [ "$listed" != '[]' ] || break
    found=$(printf '%s' "$listed" | OWN="$own" MARKER="$marker" python3 -c '
import json, os, sys
for note in json.load(sys.stdin):
    if str(note["author"]["id"]) == os.environ["OWN"] and note["body"].startswith(os.environ["MARKER"]):
        print(note["id"])
        break
')
    page=$((page + 1))
done
if [ -n "$found" ]; then
    call --request PUT --data-urlencode "body@$comment" --output /dev/null "$notes/$found"
else
    call --request POST --data-urlencode "body@$comment" --output /dev/null "$notes"
fi
exit "$answer"
