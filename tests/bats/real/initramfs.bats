#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The scripts that make an initramfs call cp in many ways (-a -Z, -p -n -L, -p -t), from a dozen
# packages.
# shellcheck disable=SC2016 # expanded by other shells
# needs: time

load ../../fixtures/common
load ../../fixtures/real

# configure: creates a configuration of mkinitramfs, which becomes part of the image.
configure() {
	mkdir -p conf/conf.d conf/hooks conf/scripts/local-top conf/scripts/panic &&
		echo PRIORITY=high >conf/conf.d/priority &&
		printf '%s\n' ext4 overlay xfs test_needing >conf/modules &&
		printf '#!/bin/sh\n[ "$1" = prereqs ] || echo hello\n' >conf/scripts/local-top/hello &&
		printf '#!/bin/sh\n[ "$1" = prereqs ] || %s\n' \
			'cp -dR --preserve=mode,timestamps /etc/alternatives "$DESTDIR/etc/"' \
			>conf/hooks/alternatives &&
		chmod a+x conf/scripts/local-top/hello conf/hooks/alternatives &&
		# It is read after mkinitramfs has set its own PATH.
		printf '%s\n' MODULES=list BUSYBOX=n KEYMAP=n COMPRESS=gzip RESUME=none \
			FSTYPE=ext4 "PATH='$PATH:/usr/sbin:/sbin'" >conf/initramfs.conf && old conf
}

# newest_kernel: prints the version of the newest kernel that has modules here.
newest_kernel() {
	local dep
	for dep in /lib/modules/*/modules.dep; do
		[ ! -e "$dep" ] || basename "${dep%/*}"
	done | sort -V | tail -n 1
}

# made_up_kernel: creates the modules of a kernel in lib/modules, for machines that have none: a
# module that needs another one and firmware. depmod, which may want it below usr, reads symbols
# only.
made_up_kernel() {
	local dir=lib/modules/1.0-test
	mkdir -p "$dir/kernel/fs" lib/firmware && echo >"$dir/modules.builtin.modinfo" &&
		echo kernel/fs/test_builtin.ko >"$dir/modules.builtin" &&
		printf 'kernel/fs/test_%s.ko\n' needed needing >"$dir/modules.order" &&
		file_make lib/firmware/ovl-test.bin 100K &&
		module needed 'const char name[] __attribute__((section("__ksymtab_strings")))
			= "symbol";' &&
		module needing 'extern char symbol; char *of_needed = &symbol; const char info[]
			__attribute__((section(".modinfo"))) = "firmware=ovl-test.bin";' &&
		ln -s . usr && depmod -b . 1.0-test && old lib
}

# module NAME SOURCE: compiles a module.
module() {
	run_cc -x c -c -o "$dir/kernel/fs/test_$1.ko" - <<<"$2"
}

# image: /boot and /lib of the system are covered by mounts, and not changed.
image() {
	local version
	version=$(newest_kernel)
	configure && mkdir boot && if [ -z "$version" ]; then
		version=1.0-test
		made_up_kernel
	fi && echo CONFIG_RD_GZIP=y >"boot/config-$version" || return
	unshare --mount --propagation private sh -c '
		mount --bind boot /boot &&
		if [ -d lib ]; then mount -t overlay -o lowerdir=lib:/lib overlay /lib; fi &&
		exec mkinitramfs -d conf -o image "$1"' sh "$version" &&
		unmkinitramfs image made/root && mv image made/image
}

@test "mkinitramfs makes the same image" {
	requires overlay mkinitramfs unmkinitramfs cpio depmod compiler getfattr
	made_alike image
}
