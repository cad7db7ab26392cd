#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# A file is copied up for a caller exactly if the caller could have copied it up itself.
# shellcheck disable=SC2016,SC2034,SC2154 # other shells expand; variables of the fixture
# needs: images

load ../../fixtures/run

setup_file() { run_file userns; }

# for_everybody: mounts the stack, in which everybody may create files.
for_everybody() {
	stack
	chmod 777 "$merged"
	cd "$merged" || return
}

# owned OWNER MODE: the stack, with X of OWNER and with MODE, where everybody may create files. The
# program is where everybody may execute it.
owned() {
	file_make "$low/X" "$SIZE"
	chown "$1" "$low/X"
	chmod "$2" "$low/X"
	chmod 777 "$low"
	chmod 755 "$BATS_RUN_TMPDIR" "$BATS_RUN_TMPDIR"/{file,test} "$BATS_FILE_TMPDIR" "$BATS_TEST_TMPDIR" \
		2>/dev/null || :
	for_everybody
	cp "$OVL_RUN" "$BATS_TEST_TMPDIR/ovl-run"
	program=$BATS_TEST_TMPDIR/ovl-run
}

user() { setpriv --reuid 1000 --regid 1000 --clear-groups "$@"; }

COPIES='cp X 1 && cp X 2 && cp X 3'

helped() {
	run "$@" sh -c "$COPIES"
	assert_success
	assert_one_copy 1 2 3
}

not_helped() {
	run "$@" sh -c "$COPIES"
	assert_success
	assert_no_help 1 2 3
}

@test "an ordinary user who is the owner" {
	owned 1000 644
	helped user "$program"
}

@test "an ordinary user who may write" {
	owned 0 666
	helped user "$program"
}

@test "an ordinary user who may not write" {
	owned 0 644
	not_helped user "$program"
}

@test "root's ovl-run, a user who may write" {
	owned 0 666
	helped "$program" setpriv --reuid 1000 --regid 1000 --clear-groups
}

@test "root's ovl-run, a user who may not write" {
	owned 0 644
	not_helped "$program" setpriv --reuid 1000 --regid 1000 --clear-groups
}

@test "a supplementary group that may write" {
	owned 0:77 664
	helped "$program" setpriv --reuid 1000 --regid 1000 --groups 5,77,99
}

@test "a group that was given up" {
	owned 0:77 664
	not_helped "$program" setpriv --reuid 1000 --regid 1000 --groups 5,99
}

@test "user 0 without capabilities, a file of another" {
	owned 1 644
	not_helped "$program" setpriv --bounding-set -all --inh-caps -all
}

@test "user 0 with the capability that it needs" {
	owned 1 644
	helped "$program" setpriv --bounding-set -all,+dac_override,+fowner --inh-caps -all
}

@test "a set-id program has the rights of its owner" {
	owned 1000 600
	cp "$call" "$BATS_TEST_TMPDIR/set-id"
	chown 1000 "$BATS_TEST_TMPDIR/set-id"
	chmod 4755 "$BATS_TEST_TMPDIR/set-id"
	run "$program" setpriv --reuid 1001 --regid 1001 --clear-groups \
		"$BATS_TEST_TMPDIR/set-id" clone X 1
	assert_success
	assert_one_copy 1
}

@test "an ovl-run that has more rights than its caller ignores the environment" {
	owned 1000 644
	mkdir -m 777 "$BATS_TEST_TMPDIR/open"
	chown 1000 "$program"
	export OVL_CP_COPY_UP=maybe OVL_CP_REPORT=$BATS_TEST_TMPDIR/open/report
	run setpriv --reuid 1000 --regid 1000 --clear-groups "$program" echo run
	assert_failure 125
	chmod 4755 "$program"
	run setpriv --reuid 1001 --regid 1001 --clear-groups "$program" echo run
	assert_line run
	assert_equal "$(ls "$BATS_TEST_TMPDIR/open")" ''
}

@test "a user namespace of a user who owns the file" {
	owned 1000 644
	helped user "$program" unshare -Ur
}

@test "a user namespace, user 0 in it, of a user who may not write" {
	owned 0 644
	not_helped user "$program" unshare -Ur
}

@test "a user namespace of root, which maps root" {
	owned 0 600
	helped "$program" unshare -Ur
}

@test "a user namespace of root, a file of others that everybody may write" {
	owned 1000:1000 646
	helped "$program" unshare -Ur
}

@test "a user namespace of root, a file of another that its group may not write" {
	owned 1000:0 646
	not_helped "$program" unshare -Ur
}

@test "namespaces of mounts and of processes" {
	owned 0 644
	helped "$program" unshare -m
}

@test "all namespaces, of root" {
	owned 0 644
	helped "$program" unshare -Urmpf --mount-proc
}

@test "all namespaces, of a user" {
	owned 1000 644
	helped user "$program" unshare -Urmpf --mount-proc
}

@test "another root directory" {
	owned 0 644
	helped "$program" unshare -m sh -c '
		mount --rbind / "$0" && exec chroot "$0" sh -c "cd \"$1\" && $4"' /mnt "$PWD"
}

@test "a namespace whose /proc tells lies" {
	owned 0 644
	mkdir "$BATS_TEST_TMPDIR/proc"
	cp "$call" "$BATS_TEST_TMPDIR/call"
	run "$program" unshare -m sh -c 'mount --bind "$1/proc" /proc && cd "$2" && exec "$1/call" clone X 1' \
		sh "$BATS_TEST_TMPDIR" "$merged"
	# without the /proc of this namespace the copy-up is not possible, and the call fails
	assert_failure
	assert_output 'clone: Invalid cross-device link'
	assert_not_copied_up X
}

@test "a descriptor that was passed on, of a file that the receiver may not open" {
	requires python3
	owned 0 600
	run "$program" python3 -c '
import fcntl, os
src = os.open("X", os.O_RDONLY)
os.setgroups([]); os.setgid(1000); os.setuid(1000)
dst = os.open("1", os.O_WRONLY | os.O_CREAT)
try:
    fcntl.ioctl(dst, 0x40049409, src)
except OSError as e:
    print(e.strerror)'
	assert_output 'Invalid cross-device link'
	assert_not_copied_up X
}

# untraceable COMMAND...: as on a system where processes may look at others of the same user, and not trace
# them (Yama).
untraceable() {
	run strace -f -qq -o "$BATS_TEST_TMPDIR/trace" -e trace=pidfd_getfd \
		-e inject=pidfd_getfd:error=EPERM "$@"
	grep -q 'pidfd_getfd.*INJECTED' "$BATS_TEST_TMPDIR/trace"
}

@test "where callers cannot be traced clones are helped, and what has a position is not" {
	requires strace
	owned 1000 644
	untraceable setpriv --reuid 1000 --regid 1000 --clear-groups "$program" "$call" sendfile X 0
	assert_success
	rm 0
	cd / && umount "$merged"
	rm -rf "${up:?}"/*
	for_everybody
	untraceable setpriv --reuid 1000 --regid 1000 --clear-groups "$program" "$call" clone X 1 2
	assert_success
	assert_one_copy 1 2
	untraceable "$program" --check true
	assert_line --partial 'seccomp: possible, but not in sendfile and FICLONERANGE'
}

# into_read_only [COMMAND...]: tries a clone into X, which is open for reading only, in COMMAND.
into_read_only() {
	requires strace python3
	file_make "$low/Y" 2M
	owned 1 644
	untraceable "$program" "$@" python3 -c '
import fcntl, os
try:
    fcntl.ioctl(os.open("X", os.O_RDONLY), 0x40049409, os.open("Y", os.O_RDONLY))
except OSError as e:
    print(e.strerror)'
	assert_output 'Bad file descriptor'
	assert_not_copied_up X Y
}

@test "where callers cannot be traced, a destination that is open for reading is not opened for writing" {
	into_read_only
}

@test "where callers cannot be traced, nothing is opened for one with other rights" {
	into_read_only setpriv --bounding-set -all --inh-caps -all
}

@test "descriptors and memory that change during the call" {
	owned 0 644
	file_make "$low/mine" 2M
	chown 1000 "$low/mine"
	cd / && umount "$merged"
	for_everybody
	run user "$program" "$exchange" 5 mine X dst
	assert_success
	assert_output --regexp '^[1-9][0-9]* times four calls, [1-9][0-9]* exchanges$'
	assert_not_copied_up X
}

@test "the same for another user than that of ovl-run" {
	owned 0 644
	file_make "$low/mine" 2M
	chown 1000 "$low/mine"
	cd / && umount "$merged"
	for_everybody
	run "$program" setpriv --reuid 1000 --regid 1000 --clear-groups "$exchange" 5 mine X dst
	assert_success
	assert_not_copied_up X
}

@test "a file that cannot be changed is left alone" {
	owned 0 644
	file_make "$low/fixed" 2M
	chattr +i "$low/fixed"
	cd / && umount "$merged"
	for_everybody
	run "$program" cp fixed 1
	chattr -i "$low/fixed"
	assert_success
	assert_not_copied_up fixed
	cmp fixed 1
}

# in_map USER GROUPS: as root's ovl-run helps the user USER of the groups GROUPS, in a user namespace whose
# numbers 0 to 65535 are those from 100000 on of this one.
in_map() {
	requires python3
	cat >"$BATS_TEST_TMPDIR/in-map" <<-'END'
		import ctypes, os, sys
		unshared, mapped = os.pipe(), os.pipe()
		child = os.fork()
		if child == 0:
		    os.setgroups([int(g) for g in sys.argv[2].split()])
		    os.setresgid(int(sys.argv[1]), int(sys.argv[1]), int(sys.argv[1]))
		    os.setresuid(int(sys.argv[1]), int(sys.argv[1]), int(sys.argv[1]))
		    if ctypes.CDLL(None).unshare(0x10000000) != 0: # CLONE_NEWUSER
		        os._exit(99)
		    os.write(unshared[1], b"x")
		    os.read(mapped[0], 1)
		    os.execvp(sys.argv[3], sys.argv[3:])
		os.read(unshared[0], 1)
		for name in "uid_map", "gid_map":
		    with open("/proc/%d/%s" % (child, name), "w") as f:
		        f.write("0 100000 65536\n")
		os.write(mapped[1], b"x")
		sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
	END
	run "$program" python3 "$BATS_TEST_TMPDIR/in-map" "$@" sh -c "id -u; id -G; $COPIES"
	assert_success
}

@test "a caller who stops what has taken on its rights holds up nothing" {
	requires strace pkill
	owned 1000 644
	timeout -s KILL 90 strace -f -qq -o /dev/null -e trace=utimensat -e inject=utimensat:delay_enter=5s \
		"$program" setpriv --reuid 1000 --regid 1000 --clear-groups cp X 1 3>&- &
	command=$!
	until_true user pkill -STOP -u 1000 -x ovl-run
	wait "$command"
	cmp X 1
	run pgrep -u 1000 -x ovl-run
	refute_output
}

@test "a write lease of the caller is left to it, and the call does not wait" {
	local preloaded=${call%/*}/preloaded
	owned 0 644
	run "$program" timeout 30 "$preloaded" leased X ''
	assert_success
	refute_output
	assert_not_copied_up X
}

@test "a user who has no number in the user namespace is not the one that it is shown as" {
	owned 165534 644
	in_map 0 ''
	assert_output $'65534\n65534'
	assert_no_help 1 2 3
}

@test "a group that has no number in the user namespace is not the one that it is shown as" {
	owned 0:165534 664
	in_map 100001 77
	assert_output $'1\n1 65534'
	assert_no_help 1 2 3
}

@test "users and groups that have numbers there are helped by them" {
	owned 0:100077 664
	in_map 100001 100077
	assert_output $'1\n1 77'
	assert_one_copy 1 2 3
}

@test "a user of several groups, in a user namespace of the user" {
	owned 1000 644
	helped setpriv --reuid 1000 --regid 1000 --groups 5,77 "$program" unshare -Ur
}
