#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# A backup never takes the place of a file that another process, or the same call, made meanwhile.

load ../../fixtures/common
load ../../fixtures/cp
load ../../fixtures/quirkfs

setup() {
	requires strace
	cd "$BATS_TEST_TMPDIR" || return
	echo new >src
	echo old >dst
}

@test "a numbered backup takes the next number if its name is taken" {
	echo theirs >'dst.~1~'
	# the directory is not read, so that number 1 seems to be free
	run strace -qq -o trace -e trace=getdents64 -e inject=getdents64:retval=0 \
		"$OVL_CP" --backup=numbered src dst
	grep -q INJECTED trace
	assert_success
	assert_equal "$(<'dst.~1~')" theirs
	assert_equal "$(<'dst.~2~')" old
	assert_equal "$(<dst)" new
}

@test "numbered backups in a directory that cannot be read keep one another" {
	requires root setpriv
	mkdir drop
	echo one >drop/f
	chown -R 65534 drop
	chmod 300 drop
	for text in two three; do
		echo $text >src
		chmod 644 src
		chmod 755 .
		as_user "$OVL_CP" --backup=numbered src drop/f
	done
	assert_equal "$(cat 'drop/f.~1~' 'drop/f.~2~' drop/f | tr '\n' ' ')" 'one two three '
}

@test "a file that only its owner may rename gets no backup, and no second name" {
	local how
	requires root setpriv chattr
	chmod 755 . && mkdir -m 1777 sticky && mkdir append
	echo old | tee sticky/f sticky/f~ >append/f
	chmod 666 sticky/f
	for how in -b --backup=numbered '--atomic -b' '--atomic --backup=numbered'; do
		# shellcheck disable=SC2086 # words
		run as_user "$OVL_CP" $how src sticky/f
		assert_failure 1
		assert_output "ovl-cp: cannot backup 'sticky/f': Operation not permitted"
		assert_equal "$(ls -A sticky)" $'f\nf~'
		assert_equal "$(cat sticky/f; stat -c %h sticky/f)" $'old\n1'
	done
	chattr +a append || skip 'no append-only directories'
	ovl_cp --backup=numbered src append/f
	chattr -a append
	assert_failure 1
	assert_output "ovl-cp: cannot backup 'append/f': Operation not permitted"
	assert_equal "$(ls -A append)" f
}

@test "a backup does not replace what the same call has copied" {
	for how in '-rb' '-rb -j4' '-rb --atomic' '-r --backup=existing'; do
		rm -rf src dst
		mkdir src dst
		echo new~ >src/a~ && echo new >src/a
		echo old >dst/a && echo old~ >dst/a~
		# shellcheck disable=SC2086 # words
		ovl_cp $how src/. dst
		# it depends on the order of the directory, which comes first
		[ "$(<dst/a~)" = new~ ] || fail "the copy is lost: $(<dst/a~), status $status"
		[ "$status" = 1 ] || assert_equal "$(<dst/a)" new
		[ "$status" = 0 ] || assert_equal "$(<dst/a)" old
		[ "$status" = 0 ] || assert_output --partial "will not overwrite just-created 'dst/./a~' with 'dst/./a'"
		rm -f dst/a~ && echo old >dst/a
		ovl_cp -b src/a~ src/a dst
		assert_failure 1
		assert_equal "$(cat dst/a dst/a~)" $'old\nnew~'
	done
}

@test "backups are made and come back where a rename always replaces, and hard links may be unknown" {
	requires fusepy
	local quirk
	for quirk in none link=EPERM link=ENOSYS; do
		quirkfs_mount back mnt "$quirk" write=ENOSPC
		echo old >back/x && echo older >'back/x.~1~'
		: >empty
		ovl_cp --backup=numbered empty mnt/x
		assert_success
		assert_equal "$(cat 'back/x.~1~' 'back/x.~2~' back/x | tr '\n' ' ')" 'older old '
		echo new >back/x
		ovl_cp -v --backup=numbered src mnt/x
		assert_failure 1
		assert_line "'mnt/x.~3~' -> 'mnt/x' (unbackup)"
		assert_equal "$(<back/x) $(find back -type f | wc -l)" 'new 3'
		umount mnt
		rm back/*
	done
}

@test "numbered backups are made where a filter denies such renames" {
	for error in EPERM ENOSYS EINVAL; do
		rm -f dst.* && echo old >dst && echo theirs >'dst.~1~'
		# the directory is not read, so that number 1 seems to be free
		run strace -qq -o trace -e trace=renameat2,getdents64 -e inject=getdents64:retval=0 \
			-e inject=renameat2:error=$error "$OVL_CP" --backup=numbered src dst
		grep -q "renameat2.*INJECTED" trace
		assert_success
		assert_equal "$(cat 'dst.~1~' 'dst.~2~' dst | tr '\n' ' ')" 'theirs old new '
	done
}
