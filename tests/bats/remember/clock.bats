#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --remember where the clock was set, or is coarse.
# shellcheck disable=SC2030,SC2031,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/remember

setup_file() { stack_file ext4 xfs reflink:xfs python3; }

# clock_moved_by NS COMMAND...: COMMAND sees clocks that count from the start of the system moved
# by NS nanoseconds against the time of day, as if that had been set (time_namespaces(7)).
clock_moved_by() {
	python3 -c '
import ctypes, os, sys
if ctypes.CDLL(None).unshare(0x80) != 0: # CLONE_NEWTIME
    sys.exit("unshare")
with open("/proc/self/timens_offsets", "w") as f:
    f.write("monotonic 0 %s\nboottime 0 %s\n" % (sys.argv[1], sys.argv[1]))
os.execvp("env", ["env"] + sys.argv[2:]) if os.fork() == 0 else sys.exit(os.waitstatus_to_exitcode(os.wait()[1]))' "$@"
}

@test "a record is void if the clock was set, by however little" {
	requires root
	[ -e /proc/self/timens_offsets ] || skip 'no time namespaces'
	a_file
	export OVL_CP_COPY_UP=never
	copies "$merged/file" "$merged/1"
	for ns in 1000000 1; do
		run clock_moved_by "$ns" "$OVL_CP" --remember="$records" --debug "$merged/file" "$merged/$ns"
		assert_success
		refute_output --partial '(rule: clone-remembered)'
		rm -r "$records"
		copies "$merged/file" "$merged/1.$ns"
	done
	run clock_moved_by 0 "$OVL_CP" --remember="$records" --debug "$merged/file" "$merged/2"
	assert_output --partial '(rule: clone-remembered)'
}

# With inodes of 128 bytes ext4 has whole seconds: a change within the second shows nowhere.
@test "a copy that was complete within a tick of the clock is not trusted, however long it took" {
	fs_make ext4 "$BATS_TEST_TMPDIR/coarse" 64 '' -I 128
	file_make "$low/file" 1M
	for i in 1 2 3; do
		python3 -c 'import time; time.sleep(1.2 - time.time() % 1)'
		# the path of the source is read when the copy has its bytes
		strace -f -o "$BATS_TEST_TMPDIR/trace" -e trace=readlinkat \
			-e inject=readlinkat:delay_exit=1000000 "$OVL_CP" \
			--remember="$records" --share=hardlink "$low/file" "$BATS_TEST_TMPDIR/coarse/$i"
		touch -r "$BATS_TEST_TMPDIR/coarse/$i" "$BATS_TEST_TMPDIR/times"
		printf X | dd of="$BATS_TEST_TMPDIR/coarse/$i" bs=1 seek=4096 conv=notrunc status=none
		touch -r "$BATS_TEST_TMPDIR/times" "$BATS_TEST_TMPDIR/coarse/$i"
		OVL_CP_SHARE=hardlink copies "$low/file" "$BATS_TEST_TMPDIR/coarse/$i.copy"
	done
}
