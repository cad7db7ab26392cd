#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Layer bypass: overlays and layers of other namespaces.
# shellcheck disable=SC2016,SC2030,SC2031,SC2034,SC2154 # variables of the fixtures
# needs: images

load ../../fixtures/overlay
load ../../fixtures/bypass

setup_file() { stack_file xfs xfs userns; }

# in_userns COMMAND: runs COMMAND in a user namespace in which an ordinary user mounts the stack.
in_userns() {
	mkdir -p "$merged" "$up/"{upper,work}
	chown -R 65534:65534 "$up/"{upper,work}
	run as_user unshare -Urm sh -ec 'mount -t overlay -o "$1" overlay "$2"; eval "$3"' sh \
		"userxattr,lowerdir=$low,upperdir=$up/upper,workdir=$up/work" "$merged" "$1"
	printf 'status %d\n%s\n' "$status" "$output"
}

@test "an overlay of the user's own: he sees its marks" {
	mkdir "$low/dir" "$low/hidden"
	file_make "$low/dir/file" "$SIZE"
	file_make "$low/hidden/gone" "$SIZE"
	chown -R 65534:65534 "$low"
	in_userns "touch '$merged/dir/new'; rm -r '$merged/hidden'; mkdir '$merged/hidden'
		cp '$merged/dir/file' '$merged/hidden/file'
		'$bypass' '$merged/dir/file' '$lower_out/copy'
		'$bypass' '$merged/hidden/file' '$out/copy'
		'$bypass' --lookup '$merged' hidden/gone dir/file"
	assert_output "cloned
cloned
-
$low/dir/file"
	assert_shares "$low/dir/file" "$lower_out/copy"
	assert_shares "$up/upper/hidden/file" "$out/copy"
}

@test "in a container: no path of a layer is opened" {
	requires strace
	as_who=
	file_make "$low/file" "$SIZE"
	stack
	# LeakSanitizer does not work in a traced program
	run env ASAN_OPTIONS=detect_leaks=0 unshare --mount --propagation private sh -ec 'umount -l "$1"; umount -l "$2"; shift 2
		! strace -f -qq -e trace=%file -o "$@"' \
		sh "$BATS_FILE_TMPDIR/low" "$BATS_FILE_TMPDIR/up" \
		"$BATS_TEST_TMPDIR/trace" "$bypass" "$merged/file" "$BATS_TEST_TMPDIR/copy"
	assert_success
	assert_output 'not found: No such file or directory'
	grep -q mountinfo "$BATS_TEST_TMPDIR/trace"
	# looked at by statx, which tells that they are other directories or none
	run -1 grep -F -e "\"$low" -e "\"$up" <(grep -v statx "$BATS_TEST_TMPDIR/trace")
}

@test "an overlay of another mount namespace, with other files at the paths of its layers" {
	file_make "$low/file" "$SIZE"
	mkdir "$low/../other-$$"
	file_make "$low/../other-$$/file" "$SIZE" 99
	touch -r "$low/file" "$low/../other-$$/file"
	mkdir -p "$merged"
	# mounted where $low is the layer, and used where another directory is mounted there
	run unshare --mount --propagation private sh -ec 'mount -t overlay -o "$1" overlay "$2"
		exec unshare --mount --propagation private sh -ec "$3"' sh \
		"lowerdir=$low:$out" "$merged" "mount --bind '$low/../other-$$' '$low'
		! '$bypass' '$merged/file' '$lower_out/copy'"
	assert_success
	assert_output 'not found: No such file or directory'
}
