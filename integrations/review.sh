#!/bin/sh
# What every forge needs: check the clients, compare them with the base branch, write the comment.
#
#   review.sh BASE COMMENT_FILE
#
# Reads PILLARBOX_CLIENTS (names, spaces between them) and PILLARBOX_FAIL_ON (breaking, maybe). Ends with 0, with 1 where
# a client is stale or a change is not allowed, with 2 where the input is wrong. The comment is written for 0 and 1.
set -eu
base=$1 comment=$2

set --
for client in ${PILLARBOX_CLIENTS:-}; do
    set -- "$@" --client "$client"
done

answer=0
stale=0
# The unified diff goes to the log; the comment says what to do.
pillarbox check "$@" || stale=$?
[ "$stale" -le 1 ] || exit "$stale"

reviewed=0
pillarbox diff "$base..." "$@" --format markdown ${PILLARBOX_FAIL_ON:+--fail-on "$PILLARBOX_FAIL_ON"} \
    >"$comment" || reviewed=$?
[ "$reviewed" -le 1 ] || exit "$reviewed"

if [ "$stale" -ne 0 ]; then
    answer=1
    {
        echo
        echo '**Stale:** the committed client is not what the spec gives now.'
        echo 'Run `pillarbox generate` and commit what it changes; the log of this job shows the difference.'
    } >>"$comment"
fi
if [ "$reviewed" -ne 0 ]; then
    answer=1
    {
        echo
        echo "This check fails on changes that are \`$PILLARBOX_FAIL_ON\` or worse for callers."
    } >>"$comment"
fi
exit "$answer"
