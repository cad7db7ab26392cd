#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Layers with names of any bytes are reported by their real names, however the option escapes them.
# shellcheck disable=SC1003,SC2034,SC2154 # low, up and merged belong to the fixture

load ../../fixtures/overlay
load ../../fixtures/look

setup_file() { requires overlay "$LOOK" || return 0; }

setup() {
	lab_setup
	merged=$BATS_TEST_TMPDIR/merged
	fs_make tmpfs "$BATS_TEST_TMPDIR/fs" 8
	cd "$BATS_TEST_TMPDIR/fs" && mkdir -p u w "${wild[@]}"
	file_make './a:b/file' 1K
}

teardown() {
	cd /
	lab_cleanup
}

wild=('a:b' 'a,b' 'a\b' 'a b' $'a\nb' $'a\tb' 'a\:b' 'a\,b' 'a=b,upperdir=x' 'end\' 'a"b'"'" ä
	$'\xff\xfe' ':' '::' ',' '#' '\054' '\\')

# escaped NAME: prints NAME in the syntax of lowerdir=.
escaped() {
	local name=${1//\\/\\\\}
	name=${name//:/\\:}
	printf %s "${name//,/\\,}"
}

# printed NAME: prints NAME as look does.
printed() {
	local LC_ALL=C i
	for ((i = 0; i < ${#1}; i++)); do
		case ${1:i:1} in
		[!\ -~]) printf '\\%03o' "'${1:i:1}" | sed 's/\\[0-7]*\([0-7][0-7][0-7]\)$/\\\1/' ;;
		*) printf %s "${1:i:1}" ;;
		esac
	done
}

# lowers: prints the expected output of look.
lowers() {
	local name
	for name in "${wild[@]}"; do
		printf 'lower %s\n' "$(printed "$name")"
	done
}

@test "in a list with escapes" {
	list=
	for name in "${wild[@]}"; do
		list=$list${list:+:}$(escaped "$name")
	done
	look_mount_text "lowerdir=$list,upperdir=u,workdir=w"
	look --layers "$merged/file"
	assert_output "upper u"$'\n'"work w"$'\n'"$(lowers)"
}

@test "one by one, without escapes" {
	look_mount "${wild[@]/#/lowerdir+=}" upperdir=u workdir=w
	look --layers "$merged/file"
	assert_output "upper u"$'\n'"work w"$'\n'"$(lowers)"
}

@test "as an upper layer, which is seen to be on its filesystem" {
	for name in "${wild[@]}"; do
		look_mount_text "lowerdir=u,upperdir=$PWD/$(escaped "$name"),workdir=$PWD/w"
		: >"$merged/there"
		assert_file_exist "$name/there"
		look --layers "$merged/there"
		assert_line "upper $PWD/$(printed "$name") (tmpfs,,)"
		umount "$merged"
		rm -r w "$name/there"
		mkdir w
	done
}
