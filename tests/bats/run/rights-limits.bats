#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# What is done for a caller is done to nobody else, and within its own limits.
# shellcheck disable=SC2034,SC2154 # variables of the fixture
# needs: images

load ../../fixtures/run

setup_file() { run_file strace; }

# lingering CALL COMMAND...: runs ovl-run COMMAND, of which the supervisor enters CALL late.
lingering() {
	setarch -R strace -f -qq -o "$BATS_TEST_TMPDIR/trace" -e "trace=$1" \
		-e "inject=$1:delay_enter=5000000" "$OVL_RUN" "${@:2}" 3>&- &
}

@test "the offset of a sendfile is not written to a process that got the number of the caller" {
	reuse=${call%/*}/reuse
	run_stack
	lingering process_vm_writev,pwrite64 sh -c 'echo $$ >pid; exec "$@"' sh "$reuse" call X 1
	traced=$!
	until_true test -s 1
	caller=$(<pid)
	kill -KILL "$caller"
	setarch -R "$reuse" watch "$caller" begun end >said 3>&- &
	watch=$!
	until_true test -e begun
	wait "$traced" || :
	: >end
	wait "$watch"
	grep -q DELAYED "$BATS_TEST_TMPDIR/trace" # otherwise nothing was written after the end of the caller
	assert_equal "$(<said)" 0
}

@test "sendfile does what it does without help, in all kinds of cases" {
	sendfile=${call%/*}/sendfile
	run_stack
	"$sendfile" X a- >"$BATS_TEST_TMPDIR/without"
	assert_not_copied_up X
	ovl_run "$sendfile" X b-
	assert_success
	diff "$BATS_TEST_TMPDIR/without" - <<<"$output"
	for file in a-*; do cmp "$file" "b-${file#a-}"; done
	assert_shares "$up/upper/"{X,b-all,b-all-at,b-first-mib,b-second-mib-at,b-from-the-second-mib}
}

@test "a file that is larger than the caller may write is not copied up" {
	run_stack
	run bash -c 'ulimit -f 1024; exec truncate -c -s +0 X' # as the kernel does it
	assert_failure 153                                      # SIGXFSZ
	assert_not_copied_up X
	for call_of in clone clone-range copy-range sendfile; do
		ovl_run bash -c 'trap "" XFSZ; ulimit -f 1024; exec "$@"' bash "$call" "$call_of" X "$call_of"
		assert_not_copied_up X
	done
	ovl_run bash -c 'ulimit -f 4096; exec "$@"' bash "$call" clone X 1
	assert_success
	assert_copied_up X
}

# The way to the root directory of a caller may lead to a filesystem of its own, which does not answer.
@test "what takes on the rights of a caller ends with the worker from the beginning on" {
	run_stack
	chmod 777 .
	strace -f -qq -o "$BATS_TEST_TMPDIR/trace" -e trace=prctl,fchdir \
		"$OVL_RUN" setpriv --reuid 1000 --regid 1000 --clear-groups cp X 1
	child=$(awk '$2 ~ /^fchdir\(/ { print $1; exit }' "$BATS_TEST_TMPDIR/trace")
	run awk -v child="${child:?}" '$1 == child' "$BATS_TEST_TMPDIR/trace"
	assert_line --index 0 --partial 'prctl(PR_SET_PDEATHSIG, SIGKILL'
}

@test "what has taken on the rights of a caller cannot be traced by it" {
	run_stack
	chmod 777 .
	strace -f -qq -o "$BATS_TEST_TMPDIR/trace" -e trace=prctl,setresuid,capset \
		"$OVL_RUN" sh -c 'setpriv --reuid 1000 --regid 1000 --clear-groups "$@"' sh "$call" copy-range X 1 || :
	child=$(awk '/PR_SET_KEEPCAPS/ { pid = $1 } END { print pid }' "$BATS_TEST_TMPDIR/trace")
	run awk -v child="${child:?}" '$1 == child && !/PDEATHSIG/ { last = $0 } END { print last }' \
		"$BATS_TEST_TMPDIR/trace"
	assert_output --partial 'prctl(PR_SET_DUMPABLE, SUID_DUMP_DISABLE) = 0'
}
