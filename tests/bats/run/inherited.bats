#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# ovl-run helps also where who has started it left signals ignored or blocked, or few resources.
# shellcheck disable=SC2016,SC2034,SC2154 # other shells expand; variables of the fixture
# needs: images

load ../../fixtures/run

setup_file() { run_file python3; }

# with_signals COMMAND...: with SIGCHLD ignored, and SIGALRM blocked.
with_signals() {
	python3 -c '
import os, signal, sys
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
os.execvp(sys.argv[1], sys.argv[1:])' "$@"
}

@test "a sendfile of another user is helped although SIGCHLD is ignored" {
	file_make "$low/X" "$SIZE"
	chown 1000 "$low/X"
	stack
	chmod 777 "$merged"
	cd "$merged"
	cp "$call" "$BATS_TEST_TMPDIR/call"
	chmod 755 "$BATS_RUN_TMPDIR" "$BATS_RUN_TMPDIR"/{file,test} "$BATS_FILE_TMPDIR" "$BATS_TEST_TMPDIR" \
		2>/dev/null || :
	run with_signals "$OVL_RUN" setpriv --reuid 1000 --regid 1000 --clear-groups \
		"$BATS_TEST_TMPDIR/call" sendfile X 1
	assert_success
	assert_one_copy 1
}

@test "a worker that dies leaves its call to go on although SIGCHLD is ignored" {
	SIZE=$((256 * 1024 * 1024))
	run_stack
	await_copy_up
	with_signals "$OVL_RUN" sh -c 'echo $$ >pid; cp X 1; echo $? >status' 3>&- &
	command=$!
	until_true test -s pid
	until_true is_copying_up
	pkill -KILL -P "$(supervisors)"
	until_true test -s status
	wait "$command"
	assert_equal "$(<status)" 0
	cmp X 1
}

@test "--check tries the filter although SIGCHLD is ignored" {
	run with_signals "$OVL_RUN" --check cp
	assert_success
	assert_line 'cp would be helped by seccomp'
	assert_line 'seccomp: possible'
}
