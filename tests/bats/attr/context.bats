#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Security contexts, which are extended attributes, as on a system with SELinux: that is all that the
# program asks the kernel for.

load ../../fixtures/common

setup() {
	requires root strace setfattr
	cd "$BATS_TEST_TMPDIR" || return
	mkdir -p src/sub/deep
	echo x | tee src/f src/sub/g >src/sub/deep/h
	find src -print0 | while IFS= read -rd '' file; do
		setfattr -n security.selinux -v "u:r:$(tr / _ <<<"$file")_t:s0" "$file"
	done
}

# with_selinux [-e inject=RULE]... ARG...: runs the program where /sys/fs/selinux is SELinux's.
with_selinux() {
	local rules=()
	while [ "$1" = -e ]; do
		rules+=("$1" "$2")
		shift 2
	done
	run strace -f --quiet=all -o trace -e "inject=statfs:retval=0:poke_exit=@arg2=8cff7cf900000000" \
		"${rules[@]}" "$OVL_CP" "$@"
	echo "$output"
}

# contexts DIR: prints the contexts of all files in it.
contexts() {
	(cd "$1" && find . -print0 | sort -z | xargs -0 getfattr -hd -m security.selinux)
}

@test "-a keeps those of files and directories, also of directories that exist" {
	for option in -j1 -j4; do
		rm -rf new
		with_selinux -a $option src new
		assert_success
		assert_equal "$(contexts new)" "$(contexts src)"
		setfattr -x security.selinux new/sub
		setfattr -n security.selinux -v other new/sub/deep
		with_selinux -a $option -T src new
		assert_success
		assert_equal "$(contexts new)" "$(contexts src)"
	done
}

@test "--preserve=context alone does so, and --context gives one to all new files" {
	with_selinux -R --preserve=context src new
	assert_success
	assert_equal "$(contexts new)" "$(contexts src)"
	with_selinux -R --context=u:r:given_t:s0 src given
	assert_success
	assert_equal "$(contexts given | grep -c 'selinux="u:r:given_t:s0')" 6
}

@test "leading directories of --parents get them" {
	mkdir to
	with_selinux -a --parents src/sub/g to
	assert_success
	assert_equal "$(contexts to/src/sub | head -n 2)" "$(contexts src/sub | head -n 2)"
	assert_equal "$(getfattr -n security.selinux to/src | tail -n +2)" \
		"$(getfattr -n security.selinux src | tail -n +2)"
}

@test "a directory that must have a context and cannot get one is not filled" {
	with_selinux -e inject=fsetxattr:error=EIO:when=1 -R --preserve=context src tree
	assert_failure 1
	assert_output "ovl-cp: failed to set the security context of 'tree': Input/output error"
	assert_equal "$(find tree)" tree
	with_selinux -e inject=fsetxattr:error=EIO:when=1 -a src new
	assert_success
	diff -r src new
}

@test "a file that must have a context and cannot get one is not left" {
	with_selinux -e inject=fsetxattr:error=EIO --preserve=context src/f new
	assert_failure 1
	assert_output "ovl-cp: failed to set the security context of 'new': Input/output error"
	assert_not_exists new
}

@test "-Z gives what the policy has for absolute paths, also to relative ones" {
	dynamic_only 'libselinux is not linked in'
	[[ $("$OVL_CP" --version) == *+selinux* ]] || skip 'built without libselinux'
	mount -t tmpfs none /etc/selinux # in the namespace of the test
	mkdir -p /etc/selinux/test/contexts/files
	printf '%s\n' SELINUX=permissive SELINUXTYPE=test >/etc/selinux/config
	printf '%s(/.*)?\tu:r:given_t:s0\n' "$PWD/given" >/etc/selinux/test/contexts/files/file_contexts
	ln -s given/through link2
	for option in -RZ '-RZ -j4' '-RZ --atomic' '-RZ -T'; do
		rm -rf given && mkdir given
		# shellcheck disable=SC2086 # words
		with_selinux $option src given
		assert_success
		assert_equal "$(contexts given | grep -c '="u:r:given_t:s0')" 6
	done
	echo old >given/through
	with_selinux -Z src/f link2
	umount /etc/selinux
	assert_equal "$(getfattr --only-values -n security.selinux given/through | tr -d '\0')" \
		u:r:given_t:s0
}
