#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# In a container and in a user namespace --explain reports what it cannot see, and predicts what the
# copy does.
# shellcheck disable=SC2016,SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/explain

setup_file() { stack_file ext4 xfs setpriv userns; }

scene() {
	file_make "$low/file" "$SIZE"
	file_make "$low/small" 5000
	file_make "$low/own" "$SIZE" && chown 65534:65534 "$low/own"
	file_make "$low/written" "$SIZE" && chmod 666 "$low/written"
}

# in_userns SCRIPT: runs SCRIPT in a user namespace, where the stack is mounted at $1.
in_userns() {
	mkdir -p "$merged" "$up/"{upper,work}
	chown 65534:65534 "$up/"{upper,work}
	run as_user unshare -Urm sh -ec 'm=$1; mount -t overlay -o "$2" overlay "$m"; shift 2; "$@"' sh \
		"$merged" "userxattr,lowerdir=$low,upperdir=$up/upper,workdir=$up/work" \
		sh -c "$1" sh "$merged" "$OVL_CP"
	printf 'status %d\n%s\n' "$status" "$output"
}

@test "in a user namespace the copy does what was predicted, for every owner" {
	scene
	for file in own written small; do
		in_userns '$2 --explain $1/'$file' $1/new 2>&1; $2 --debug $1/'$file' $1/new 2>&1; rm $1/new'
		assert_success
		diff <(planned <<<"$output") <(done_by <<<"$output")
	done
	in_userns '$2 --explain $1/written $1/new'
	assert_says 'not shared' 'its owner is not mapped in this user namespace'
	assert_says 'to share it' 'map the owner of the source into the user namespace'
}

@test "in a container whose layers are elsewhere the copy does what was predicted" {
	requires pivot_root
	scene
	stack
	mkdir "$merged/"{proc,put,bin}
	cp "$OVL_CP" "$merged/bin/" && chmod 755 "$merged/bin/ovl-cp"
	for dir in usr lib lib64; do mkdir "$merged/$dir" && mount --bind "/$dir" "$merged/$dir"; done
	run unshare -m sh -ec 'cd "$1"; mount --bind /proc proc; pivot_root . put; umount -l /put
		for file in file small; do
			/bin/ovl-cp --explain /$file /new; /bin/ovl-cp --debug /$file /new
		done' sh "$merged"
	printf '%s\n' "$output"
	assert_success
	assert_says destination 'its upper layer on a filesystem that is not visible from here, which can clone'
	diff <(planned <<<"$output") <(done_by <<<"$output")
	assert_equal "$(done_by <<<"$output" | cut -d ' ' -f 1 | xargs)" 'clone-upper read-write'
}
