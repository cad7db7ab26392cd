#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# COMMAND is as it would have been: status, signals, process, descriptors, children; also when the
# supervisor dies.
# shellcheck disable=SC2016,SC2030,SC2031,SC2034,SC2154 # other shells expand; variables of the fixture
# needs: images

load ../../fixtures/run

setup_file() { run_file; }

@test "the exit status is that of COMMAND, or of its signal" {
	ovl_run sh -c 'exit 42'
	assert_failure 42
	ovl_run sh -c 'kill -TERM $$'
	assert_failure 143
	ovl_run false
	assert_failure 1
}

@test "a command that is not there, that cannot be executed, or is missing" {
	run -127 "$OVL_RUN" "$BATS_TEST_TMPDIR/none"
	assert_output "ovl-run: cannot execute '$BATS_TEST_TMPDIR/none': No such file or directory"
	ovl_run /etc/passwd
	assert_failure 126
	assert_output "ovl-run: cannot execute '/etc/passwd': Permission denied"
	ovl_run
	assert_failure 125
	assert_output --partial 'missing command'
	ovl_run --bogus true
	assert_failure 125
	assert_line --index 0 "ovl-run: unrecognized option '--bogus'"
	ovl_run --copy-upp=never true
	assert_failure 125
	assert_line --index 0 "ovl-run: unrecognized option '--copy-upp'; did you mean '--copy-up'?"
	ovl_run -report=file true
	assert_failure 125
	assert_line --index 0 "ovl-run: unrecognized option '-report'; did you mean '--report'?"
	ovl_run --require=yes true
	assert_line --index 0 "ovl-run: option '--require' doesn't allow an argument"
	assert_equal "$("$OVL_RUN" -h; "$OVL_RUN" -V)" "$("$OVL_RUN" --help; "$OVL_RUN" --version)"
}

@test "COMMAND gets the process, its group, its session and its directory" {
	cd "$BATS_TEST_TMPDIR"
	cat >script <<-'END'
		#!/bin/sh
		cut -d ' ' -f 1,4-6 /proc/$$/stat
		pwd
	END
	chmod +x script
	bash -c 'echo $$; exec "$@"' bash "$OVL_RUN" ./script >with
	bash -c 'echo $$; exec "$@"' bash ./script >without
	assert_equal "$(sed 1q with)" "$(sed '2s/ .*//;2q;d' with)"
	assert_equal "$(sed 's/^[0-9]* //' <(sed '1d' with))" "$(sed 's/^[0-9]* //' <(sed '1d' without))"
}

@test "options after COMMAND are its own, also after --" {
	ovl_run echo --help -x --report=y
	assert_output -- '--help -x --report=y'
	ovl_run -- echo -- a
	assert_output -- '-- a'
}

@test "no descriptor is added, and closed ones stay closed" {
	cd "$BATS_TEST_TMPDIR"
	"$OVL_RUN" sh -c 'ls /proc/self/fd' 3>&- >with
	sh -c 'ls /proc/self/fd' 3>&- >without
	diff with without
	"$OVL_RUN" sh -c 'ls /proc/self/fd | tr "\n" " "' <&- 2>&- >closed
	sh -c 'ls /proc/self/fd | tr "\n" " "' <&- 2>&- >closed2
	diff closed closed2
}

@test "a reader of what COMMAND prints sees its end" {
	run timeout 20 sh -c '"$1" echo done | cat' sh "$OVL_RUN"
	assert_success
	assert_output 'done'
}

@test "signal actions and mask are passed on as they are" {
	requires python3
	cd "$BATS_TEST_TMPDIR"
	(
		trap '' PIPE USR1
		"$OVL_RUN" grep -E '^Sig(Blk|Ign|Cgt)' /proc/self/status >with
		grep -E '^Sig(Blk|Ign|Cgt)' /proc/self/status >without
	)
	diff with without
}

@test "COMMAND has no child that it does not know of" {
	requires python3
	ovl_run python3 -c '
import os
try:
    os.waitpid(-1, 0)
except ChildProcessError:
    print("none")'
	assert_output none
}

@test "a tracer sees the calls if it stops at all, and not by a filter" {
	requires strace
	run_stack
	local trace=(strace -f -qq -o "$BATS_TEST_TMPDIR/trace" -e trace=copy_file_range)
	"$OVL_RUN" "${trace[@]}" "$call" copy-range X 1
	assert grep -q copy_file_range "$BATS_TEST_TMPDIR/trace"
	"${trace[@]}" --seccomp-bpf "$call" copy-range X 2 || :
	assert grep -q copy_file_range "$BATS_TEST_TMPDIR/trace"
	"$OVL_RUN" "${trace[@]}" --seccomp-bpf "$call" copy-range X 3
	refute grep -q copy_file_range "$BATS_TEST_TMPDIR/trace"
	"${trace[@]}" --seccomp-bpf "$OVL_RUN" "$call" copy-range X 4
	refute grep -q copy_file_range "$BATS_TEST_TMPDIR/trace"
	assert_all_equal X 1 3 4
}

@test "COMMAND may wait for children of all kinds, as strace does" {
	requires strace
	run_stack
	run timeout -s KILL 60 "$OVL_RUN" strace -f -qq -o "$BATS_TEST_TMPDIR/trace" cp X 1
	assert_success
	assert_one_copy 1
}

@test "so it may as the reaper of orphans, who finds none" {
	requires python3
	run timeout 60 unshare --pid --fork --mount-proc "$OVL_RUN" python3 -c '
import os
assert os.getpid() == 1
try:
    os.waitpid(-1, 0)
except ChildProcessError:
    print("none")'
	assert_output none
}

@test "children that outlive COMMAND are helped" {
	run_stack
	ovl_run sh -c '(until [ -e go ]; do sleep 0.05; done; cp X 1; cp X 2; : >end) >/dev/null 2>&1 3>&- &'
	assert_success
	: >go
	until_true test -e end
	assert_one_copy 1 2
}

has_supervisor() { [ -n "$(supervisors)" ]; }

@test "without the supervisor calls fail, and nothing waits" {
	run_stack
	"$OVL_RUN" sh -c 'echo $$ >pid; until [ -e go ]; do sleep 0.05; done; cp X 1 && cp X 2' 3>&- &
	command=$!
	until_true test -s pid
	until_true has_supervisor
	# shellcheck disable=SC2046 # a list
	kill -KILL $(supervisors)
	: >go
	wait "$command"
	assert_no_help 1 2
}

@test "a supervisor that is killed in the middle of a copy-up leaves the call to go on" {
	SIZE=$((256 * 1024 * 1024))
	run_stack
	await_copy_up
	"$OVL_RUN" sh -c 'echo $$ >pid; cp X 1; echo $? >status' 3>&- &
	command=$!
	until_true test -s pid
	until_true is_copying_up
	# shellcheck disable=SC2046 # a list
	kill -KILL $(supervisors)
	wait "$command"
	assert_equal "$(<status)" 0
	cmp X 1
}

@test "a worker that dies costs one copy-up" {
	SIZE=$((256 * 1024 * 1024))
	run_stack
	await_copy_up
	"$OVL_RUN" sh -c 'echo $$ >pid; cp X 1; cp X 2; cp X 3; echo $? >status' 3>&- &
	command=$!
	until_true test -s pid
	until_true is_copying_up
	# shellcheck disable=SC2046 # a list
	pkill -KILL -P "$(supervisors)"
	wait "$command"
	assert_equal "$(<status)" 0
	assert_copied_up X
	assert_shares "$up/upper/"{X,2,3}
}

# no_answers WHICH: the ioctl of the supervisor fail that strace counts as WHICH.
no_answers() {
	requires strace
	run_stack
	"$OVL_RUN" sh -c 'echo $$ >pid; until [ -e go ]; do sleep 0.05; done; "$1" clone X 1 >said; : >end' \
		sh "$call" 3>&- &
	command=$!
	until_true test -s pid
	until_true has_supervisor
	supervisor=$(supervisors)
	strace -f -qq -o "$BATS_TEST_TMPDIR/trace" -e trace=ioctl -e "inject=ioctl:error=EPERM:when=$1" \
		-p "$supervisor" 3>&- &
	until_true grep -q 'TracerPid:.[1-9]' "/proc/$supervisor/status"
	: >go
	until_true test -e end
	wait "$command"
	grep -q INJECTED "$BATS_TEST_TMPDIR/trace"
}

@test "where calls cannot be received, they fail and do not wait" {
	no_answers 1+
	assert_equal "$(<said)" 'clone: Function not implemented'
}

@test "where calls cannot be answered, they fail and do not wait" {
	no_answers 2+
	assert_equal "$(<said)" 'clone: Function not implemented'
}

is_gone() { ! pgrep "$1"; }

@test "nothing is left when the last process has ended" {
	cp "$OVL_RUN" "$BATS_TEST_TMPDIR/another-name"
	"$BATS_TEST_TMPDIR/another-name" sh -c 'pgrep another-name | wc -l'
	until_true is_gone another-name
}

@test "ovl-run in ovl-run is helped by the outer one" {
	run_stack
	ovl_run "$OVL_RUN" cp X 1
	assert_success
	assert_output ''
	assert_one_copy 1
	ovl_run "$OVL_RUN" --require true
	assert_failure 125
	assert_output --partial 'another seccomp listener is active already'
}

@test "a program that is helped may have filters of its own, but no second listener" {
	requires python3
	run_stack
	ovl_run python3 -c '
import ctypes, fcntl, os, struct
libc = ctypes.CDLL(None, use_errno=True)
code = ctypes.create_string_buffer(struct.pack("HBBI", 6, 0, 0, 0x7FFF0000))  # allow
class Program(ctypes.Structure):
    _fields_ = [("len", ctypes.c_ushort), ("code", ctypes.c_void_p)]
program = Program(1, ctypes.addressof(code))
def seccomp(flags):
    libc.prctl(38, 1, 0, 0, 0)
    result = libc.prctl(22, 2, ctypes.byref(program)) if not flags else \
        libc.syscall({"x86_64": 317, "aarch64": 277}[os.uname().machine], 1, flags, ctypes.byref(program))
    return os.strerror(ctypes.get_errno()) if result < 0 else "installed"
print(seccomp(8), seccomp(0))
fcntl.ioctl(os.open("1", os.O_WRONLY | os.O_CREAT), 0x40049409, os.open("X", os.O_RDONLY))'
	assert_success
	assert_output 'Device or resource busy installed'
	assert_one_copy 1
}

@test "--check says whether COMMAND would be helped" {
	ovl_run --check cp
	assert_success
	assert_line --index 0 'cp would be helped by seccomp'
	run -127 "$OVL_RUN" --check "$BATS_TEST_TMPDIR/none"
	ovl_run "$OVL_RUN" --check cp
	assert_failure 1
	assert_output --partial 'cp would run without help: another seccomp listener is active'
	ovl_run --copy-up=never --check cp
	assert_failure 1
	assert_output 'cp would run without help: --copy-up=never forbids it'
	ovl_run --copy-up=never --require cp
	assert_failure 125
	assert_output 'ovl-run: cp cannot be helped: --copy-up=never forbids it'
}

@test "--report has a line for each file" {
	requires jsonschema
	run_stack
	file_make "$low/Y" 2M
	file_make "$low/leased" 2M
	ovl_run --report="$BATS_TEST_TMPDIR/report" sh -c 'cp X 1; cp X 2; cp Y 3; chattr +i Y 2>&-; :'
	assert_success
	assert_equal "$(wc -l <"$BATS_TEST_TMPDIR/report")" 2
	python3 - "${srcdir:-$BATS_TEST_DIRNAME/../../..}/docs/report.schema.json" "$BATS_TEST_TMPDIR/report" <<-'END'
		import json, sys, jsonschema
		schema = json.load(open(sys.argv[1]))
		lines = [json.loads(line) for line in open(sys.argv[2])]
		for line in lines:
		    jsonschema.validate(line, schema)
		assert sorted(line["source"]["path"][-1] for line in lines) == ["X", "Y"]
		assert all(line["method"] == "copy-up" and line["bytes_copied_up"] > 0 for line in lines)
	END
	OVL_CP_REPORT=$BATS_TEST_TMPDIR/report ovl_run cp Y 4
	assert_equal "$(wc -l <"$BATS_TEST_TMPDIR/report")" 2
	ovl_run --report=- true
	assert_failure 125
	ovl_run --report="$BATS_TEST_TMPDIR/none/report" true
	assert_failure 125
	OVL_CP_REPORT=$BATS_TEST_TMPDIR/none/report ovl_run echo run
	assert_success
	assert_line run
}

@test "a process without rights gets no_new_privs, and root does not" {
	ovl_run grep NoNewPrivs /proc/self/status
	assert_output $'NoNewPrivs:\t0'
	run as_user "$OVL_RUN" grep NoNewPrivs /proc/self/status
	assert_output $'NoNewPrivs:\t1'
}

@test "rights are not given up for a filter that cannot be had" {
	ovl_run setpriv --bounding-set -sys_admin "$OVL_RUN" grep NoNewPrivs /proc/self/status
	assert_output $'NoNewPrivs:\t0'
}

# is_detached: the supervisor has let go what it shares with COMMAND.
is_detached() { [ "$(readlink "/proc/$supervisor/fd/0")" = /dev/null ]; }

# keeps FILE: the supervisor has FILE open.
keeps() { find "/proc/$supervisor/fd" -lname "$1" | grep -q .; }
lets_go() { ! keeps "$1"; }

@test "no descriptor of COMMAND is held where close_range is not known" {
	requires strace
	cd "$BATS_TEST_TMPDIR"
	: >file
	strace -f -qq -o trace -e trace=close_range -e inject=close_range:error=ENOSYS \
		"$OVL_RUN" sh -c 'until [ -e end ]; do sleep 0.05; done' 7<file 3>&- &
	command=$!
	until_true has_supervisor
	supervisor=$(supervisors)
	until_true is_detached
	until_true lets_go "$PWD/file"
	: >end
	wait "$command"
	grep -q INJECTED trace
}

has_no_worker() { ! pgrep -P "$supervisor"; }

@test "processes that answer calls end when there are none, and others answer the next ones" {
	run_stack
	"$OVL_RUN" sh -c 'for i in 1 2 3 4 5 6; do cp X $i & done; wait; : >copied
		until [ -e go ]; do sleep 0.05; done; cp X 7' 3>&- &
	command=$!
	until_true test -e copied
	supervisor=$(supervisors)
	pgrep -P "$supervisor"
	until_true has_no_worker
	: >go
	wait "$command"
	assert_one_copy {1..7}
}
