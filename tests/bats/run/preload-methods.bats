#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --method: which way is taken, what --check says of each, and what COMMAND finds in its environment.
# shellcheck disable=SC2016,SC2030,SC2031,SC2034,SC2154 # other shells expand; variables of the fixture
# needs: images

load ../../fixtures/preload

setup_file() { preload_file; }

STATIC='preload: not possible: it is statically linked, so no library can be preloaded'

# without_seccomp ARG...: ovl-run where the kernel has no filters; sets status and output.
without_seccomp() {
	local deny=${preloaded%/run/preloaded}/deny/deny
	[ -x "$deny" ] || cannot_run 'tests/deny/deny is not built'
	run "$deny" "$BATS_TEST_TMPDIR/denied" seccomp=ENOSYS -- "$OVL_RUN" "$@"
	printf '%s\n' "$output"
	grep -q seccomp "$BATS_TEST_TMPDIR/denied" || fail 'ovl-run did not ask for a filter'
}

# static_program: sets program to one that is statically linked.
static_program() {
	requires compiler
	program=$BATS_TEST_TMPDIR/static
	echo 'int main(void) { return 3; }' >"$program.c"
	run_cc -static -o "$program" "$program.c" || cannot_run 'no static libc'
}

@test "auto takes the library where there can be no filter" {
	preload_stack
	without_seccomp sh -c 'cp X 1 && cp X 2'
	refute_output
	assert_one_copy 1 2
}

@test "seccomp never takes the library" {
	preload_stack
	without_seccomp --method=seccomp cp X 1
	assert_output --partial 'cp runs without help: the kernel has no user notification'
	assert_no_help 1
}

@test "auto takes the filter where it can: the library is not loaded" {
	run "$OVL_RUN" env
	assert_success
	refute_output --partial LD_PRELOAD
}

@test "a static program runs without help, and a warning says why; with --require it does not run" {
	static_program
	run "$OVL_RUN" --method=preload "$program"
	assert_failure 3
	assert_output "ovl-run: warning: $program runs without help: ${STATIC#*possible: }"
	run "$OVL_RUN" --method=preload --require "$program"
	assert_failure 125
	assert_output "ovl-run: $program cannot be helped: ${STATIC#*possible: }"
	preload_stack
	without_seccomp "$program"
	assert_failure 3
	assert_output --partial "no user notification of seccomp (Linux 5.5 and later); ${STATIC#*possible: }"
}

@test "--check says which way is taken, and why the other is not possible" {
	run "$OVL_RUN" --check cp
	assert_success
	assert_output $'cp would be helped by seccomp\nseccomp: possible\npreload: possible'
	run "$OVL_RUN" --check --method=preload cp
	assert_success
	assert_line --index 0 'cp would be helped by preload'
	static_program
	run "$OVL_RUN" --check "$program"
	assert_success
	assert_output "$program would be helped by seccomp"$'\nseccomp: possible\n'"$STATIC"
	run "$OVL_RUN" --check --method=preload "$program"
	assert_failure 1
	assert_output "$program would run without help: ${STATIC#*possible: }"$'\nseccomp: possible\n'"$STATIC"
	preload_stack
	without_seccomp --check cp
	assert_success
	assert_line --index 0 'cp would be helped by preload'
	assert_line --index 1 --partial 'seccomp: not possible: the kernel has no user notification'
}

@test "below another ovl-run nothing is tried but what is asked for" {
	run "$OVL_RUN" "$OVL_RUN" --check true
	assert_failure 1
	assert_line --index 0 --partial 'true would run without help: another seccomp listener is active'
	run "$OVL_RUN" "$OVL_RUN" --check --method=preload true
	assert_success
	run "$OVL_RUN" "$OVL_RUN" env
	refute_output --partial LD_PRELOAD
}

@test "--check looks at the interpreter of a script, at rights, and at the library" {
	cd "$BATS_TEST_TMPDIR" || return
	static_program
	printf '#! %s -x\n' "$program" >script
	printf '#!%s\n' "$(type -P sh)" >dynamic
	echo text >text
	cp "$(type -P true)" other
	chmod 755 script dynamic text
	chown 65534 other && chmod 4755 other
	run "$OVL_RUN" --check --method=preload ./script
	assert_line "$STATIC"
	run "$OVL_RUN" --check --method=preload ./dynamic
	assert_line 'preload: possible'
	run "$OVL_RUN" --check --method=preload ./text
	assert_line --partial 'or is not a program'
	run "$OVL_RUN" --check --method=preload ./other
	assert_line --partial 'runs with other rights'
	OVL_RUN_PRELOAD=/nowhere/library run "$OVL_RUN" --check --method=preload true
	assert_line --partial 'libovlcp-preload.so cannot be read'
	OVL_RUN_PRELOAD='/a b' run "$OVL_RUN" --check --method=preload true
	assert_line --partial 'a colon or a space'
}

# same_refusal STATUS COMMAND: ovl-run refuses COMMAND, --check with the same words and status.
same_refusal() {
	run "-$1" "$OVL_RUN" "$2"
	local refusal=$output
	run "-$1" "$OVL_RUN" --check "$2"
	assert_output "$refusal"
}

@test "--check finds a command as it is executed" {
	cd "$BATS_TEST_TMPDIR" || return
	mkdir -p dir bin/true bin/only
	mkfifo -m 755 fifo
	touch plain bin/some
	ln -s loop loop
	same_refusal 126 ./dir
	same_refusal 126 ./fifo
	same_refusal 126 ./plain
	same_refusal 126 ./loop
	same_refusal 127 ./none
	same_refusal 127 ./plain/none
	same_refusal 127 ''
	PATH=$PWD/bin:$PATH
	same_refusal 126 only
	same_refusal 126 some
	same_refusal 127 none
	run "$OVL_RUN" --check true # that of a directory behind
	assert_success
	run env -u PATH "$OVL_RUN" --check true
	assert_success
}

@test "libraries that are preloaded already stay, after this one" {
	LD_PRELOAD=libm.so.6 run "$OVL_RUN" --method=preload sh -c 'echo "$LD_PRELOAD"'
	assert_output "$OVL_RUN_PRELOAD:libm.so.6"
	LD_PRELOAD="libm.so.6 $OVL_RUN_PRELOAD" run "$OVL_RUN" --method=preload sh -c 'echo "$LD_PRELOAD"'
	assert_output "libm.so.6 $OVL_RUN_PRELOAD"
	cp "$OVL_RUN_PRELOAD" "$BATS_TEST_TMPDIR/lib.so"
	cp "$OVL_RUN_PRELOAD" "$BATS_TEST_TMPDIR/lib.so.old"
	OVL_RUN_PRELOAD=$BATS_TEST_TMPDIR/lib.so LD_PRELOAD=$BATS_TEST_TMPDIR/lib.so.old run \
		"$OVL_RUN" --method=preload sh -c 'echo "$LD_PRELOAD"'
	assert_output "$BATS_TEST_TMPDIR/lib.so:$BATS_TEST_TMPDIR/lib.so.old"
	run "$OVL_RUN" --method=preload "$OVL_RUN" --method=preload sh -c 'echo "$LD_PRELOAD"'
	assert_output "$OVL_RUN_PRELOAD"
}

@test "a method that does not exist, and --method without a command" {
	run "$OVL_RUN" --method=magic true
	assert_failure 125
	assert_output --partial "invalid argument 'magic' for '--method'"
	run "$OVL_RUN" --method=preload --agent=/nowhere/socket
	assert_failure 125
	assert_output --partial 'cannot combine --agent and --method'
}
