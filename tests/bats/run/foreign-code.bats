#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# What helps a caller enters its root directory, but runs no code that it finds there: the libraries
# that are loaded on demand could be anything.
# shellcheck disable=SC2154 # variables of the fixture
# needs: images
# needs: dynamic

load ../../fixtures/overlay
load ../../fixtures/container

setup_file() { stack_file ext4 xfs ovl-run dash chroot compiler; }

# root_dir: the lower layer becomes a root directory, with a libmount that leaves a file "ran" wherever
# it is loaded.
root_dir() {
	local dir
	mkdir "$low"/{bin,proc}
	cp "$(type -P dash)" "$low/bin/sh"
	cp "$(type -P cp)" "$low/bin/cp"
	_libraries "$low/bin/"{sh,cp}
	run_cc -x c -shared -fPIC -o "$BATS_TEST_TMPDIR/lib.so" - <<-'END'
		#include <fcntl.h>
		__attribute__((constructor)) static void leave(void)
		{
			(void)open("/ran", O_CREAT | O_WRONLY, 0600);
		}
	END
	find "$low" -name 'libmount*' -delete
	for dir in $(find "$low" -name 'libc.so*' -printf '%h\n') "$low"/{lib,lib64,usr/lib}; do
		install -D "$BATS_TEST_TMPDIR/lib.so" "$dir/libmount.so.1"
	done
	file_make "$low/X" "$SIZE"
}

# helped COMMAND...: copies in the root directory, by COMMAND and chroot; both copies must share X.
helped() {
	stack
	chmod 1777 "$merged"
	mount -t proc proc "$merged/proc"
	run "$@" "$merged" /bin/sh -c 'cp X X1; cp X X2'
	assert_success
	refute_output
	assert_not_exists "$merged/ran"
	assert_copied_up X
	assert_shares "$up/upper/X" "$up/upper/"{X1,X2}
}

@test "a library of another root directory is not loaded, and the caller is helped" {
	root_dir
	helped "$OVL_RUN" --require chroot
}

@test "the same for another user" {
	root_dir
	chown 65534:65534 "$low/X"
	helped "$OVL_RUN" --require chroot --userspec=65534:65534
}

@test "the same where the library is not there to be loaded before" {
	local library
	root_dir
	library=$(ldconfig -p | sed -nE 's/.*libmount\.so\.1 .* => //p' | head -n 1)
	# shellcheck disable=SC2016 # expanded by that shell
	helped unshare --mount sh -ec 'mount --bind /dev/null "$1"; shift; exec "$@"' sh \
		"$(realpath "$library")" "$OVL_RUN" --require chroot
}
