#!/bin/sh
# For action.yml: review, then one comment in the pull request, updated by each run. Needs `gh`, which runners have.
set -eu
here=$(dirname "$0")
comment=${RUNNER_TEMP:-/tmp}/pillarbox-comment.md
marker='<!-- pillarbox-diff -->'

if [ -z "${PILLARBOX_BASE:-}" ]; then
    echo '::error::nothing to compare with: run on pull_request, or give the input `base`'
    exit 2
fi
# A checkout knows its own branch alone.
git fetch --quiet --no-tags origin "+refs/heads/$PILLARBOX_BASE:refs/remotes/origin/$PILLARBOX_BASE" || true
revision=$PILLARBOX_BASE
git rev-parse --verify --quiet --end-of-options "origin/$revision^{commit}" >/dev/null && revision="origin/$revision"

answer=0
sh "$here/review.sh" "$revision" "$comment" || answer=$?
[ "$answer" -le 1 ] || exit "$answer"

cat "$comment" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
if [ "${PILLARBOX_POST:-true}" != true ] || [ -z "${PILLARBOX_PULL_REQUEST:-}" ]; then
    exit "$answer"
fi

# Only a comment of our own is updated: anybody can write the marker.
comments=repos/$GITHUB_REPOSITORY/issues/$PILLARBOX_PULL_REQUEST/comments
posted=0
listed=$(gh api --paginate "$comments?per_page=100" --jq \
    ".[] | select(.user.login == \"$PILLARBOX_AUTHOR\" and (.body | startswith(\"$marker\"))) | .id") || posted=$?
found=$(printf '%s\n' "$listed" | head -n 1)
if [ "$posted" -eq 0 ] && [ -n "$found" ]; then
    gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$found" -F "body=@$comment" || posted=$?
elif [ "$posted" -eq 0 ]; then
    gh api --silent --method POST "$comments" -F "body=@$comment" || posted=$?
fi
if [ "$posted" -ne 0 ]; then
    # A pull request from a fork may not write. What would stand in the comment stands in the summary.
    echo '::warning::the comment could not be written: see the summary of this job'
fi
exit "$answer"
