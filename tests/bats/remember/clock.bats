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
