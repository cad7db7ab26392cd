#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# In a container, whose layers belong to another mount namespace, it says what it can and what it
# cannot see, and opens no path of a layer.
# shellcheck disable=SC2016,SC2030,SC2031,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/stat

setup_file() { stack_file ext4 xfs ldd ldconfig pivot_root strace; }

# Everything that the program loads goes to the lower layer: a small root directory.
setup() {
	lab_setup
	merged=$BATS_TEST_TMPDIR/merged
	low=$(mktemp -d -p "$BATS_FILE_TMPDIR/low")
	up=$(mktemp -d -p "$BATS_FILE_TMPDIR/up")
	chmod 755 "$low" "$up"
	mkdir "$low"/{proc,old,dir}
	head -c 4 "$OVL_STAT" | grep -aq ELF || cannot_run 'the program is a script that starts another one'
	cp "$OVL_STAT" "$low/ovl-stat"
	libraries "$OVL_STAT" /bin/umount
	install -D /bin/umount "$low/bin/umount"
	file_make "$low/file" "$SIZE"
	stack
}

# libraries PROGRAM...: with those that are loaded on demand.
libraries() {
	local library found
	found=$(ldconfig -p | sed -nE 's/.*(libmount|libblkid)\.so\.1 .* => //p' | head -n 2)
	# shellcheck disable=SC2086 # a list
	ldd "$@" $found | grep -oE '/[^ :]*' | cat - <(echo "$found") | sort -u |
		while read -r library; do
			[ -e "$low$library" ] || install -D "$library" "$low$library" || return
		done
}

# contained ARG...: ovl-stat in the container; the paths that it opens are in $BATS_TEST_TMPDIR/trace.
contained() {
	run strace -f -qq -e trace=execve,open,openat,openat2 -e signal=none -o "$BATS_TEST_TMPDIR/trace" \
		unshare --mount sh -ec 'cd "$1"; shift; mount -t proc proc proc; pivot_root . old
			cd /; /bin/umount -l /old; exec /ovl-stat "$@"' sh "$merged" "$@"
	echo "$output" >"$BATS_TEST_TMPDIR/said"
	assert_success
	sed -i '1,/execve("\/ovl-stat"/d' "$BATS_TEST_TMPDIR/trace"
	[ -s "$BATS_TEST_TMPDIR/trace" ] || fail 'it was not started'
	run ! grep -F -e "\"$low" -e "\"$up" "$BATS_TEST_TMPDIR/trace"
	run cat "$BATS_TEST_TMPDIR/said"
}

@test "the layer of a file, and that its filesystem cannot be seen" {
	contained file
	assert_says data 'on a lower layer of an overlay'
	assert_says 'upper layer' "'$up/upper' (of another mount namespace, not opened)"
	assert_says 'lower layer' "'$low' (of another mount namespace, not opened)"
	assert_says clone 'as it lies only if' 'if the upper layer can clone, see --matrix'
	assert_says overlay "mounted at '/', read-write"
	assert_not_copied_up file
}

@test "--matrix finds out by asking the kernel" {
	contained --matrix file dir
	assert_line --regexp '^  clone as it lies +no '
	assert_line --regexp '^  after a copy-up +yes '
	assert_not_copied_up file
}

@test "--map compares files of one layer" {
	: >>"$merged/file"
	"$OVL_CP" "$merged/file" "$merged/copy"
	COLUMNS=12 contained --map file copy ovl-stat
	assert_line --regexp '^A #+$'
	assert_line --regexp '^B #+$'
	assert_line 'A, B | C  on different filesystems: they share nothing'
}
