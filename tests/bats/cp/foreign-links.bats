#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Symbolic links in the destination tree that another user owns are not written through.

load ../../fixtures/common

setup() {
	requires root
	cd "$BATS_TEST_TMPDIR" || return
	mkdir -p src dst outside
	echo new >src/file
	echo precious >outside/file
}

@test "a link of another user to a file is not written through, the rest is copied" {
	ln -s "$PWD/outside/file" dst/file && chown -h 65534 dst/file
	echo other >src/other
	ovl_cp -R src/. dst
	assert_failure 1
	assert_output "ovl-cp: not writing through symlink 'dst/./file', which another user owns"
	assert_equal "$(<outside/file)" precious
	assert_equal "$(<dst/other)" other
}

@test "a dangling link of another user is not written through, even with POSIXLY_CORRECT" {
	ln -s "$PWD/outside/new" dst/file && chown -h 65534 dst/file
	POSIXLY_CORRECT=1 ovl_cp -R src/. dst
	assert_failure 1
	assert_not_exists outside/new
}

@test "it is replaced where destinations are removed" {
	ln -s "$PWD/outside/file" dst/file && chown -h 65534 dst/file
	ovl_cp -R --remove-destination src/. dst
	assert_success
	assert_equal "$(<dst/file)" new
	assert_equal "$(<outside/file)" precious
}

@test "a link that root owns is written through below the destination, as with cp" {
	mkdir -p src/a/b dst/a/b dst/real
	ln -s b src/a/link # a link in the source becomes a link: not one that is written through
	echo deep >src/a/b/f
	ln -s ../../real/file dst/a/b/f
	echo precious >dst/real/file
	ln -s "$PWD/dst/real/absolute" dst/file && echo old >dst/real/absolute
	ovl_cp -R src/. dst
	assert_success
	assert_equal "$(<dst/real/file)" deep
	assert_equal "$(<dst/real/absolute)" new
	assert_equal "$(readlink dst/file)" "$PWD/dst/real/absolute"
}

@test "a link that leads out of the destination is not written through, whoever owns it" {
	ln -s ../outside/file dst/file
	ovl_cp -R src/. dst
	assert_failure 1
	assert_output "ovl-cp: not writing through symlink 'dst/./file', which leads out of the destination"
	ln -sf "$PWD/outside/new" dst/file
	POSIXLY_CORRECT=1 ovl_cp -R src/. dst
	assert_failure 1
	assert_equal "$(ls outside)" file
	# by way of a link that leads back to one that leads out
	ln -s "$PWD/outside" dst/out
	ln -sf out/file dst/file
	ovl_cp -R src/. dst
	assert_failure 1
	assert_equal "$(<outside/file)" precious
}

@test "a link to root's file on the way belongs to root as well" {
	mkdir dst/his && echo precious >dst/precious
	ln -s ../precious dst/his/his && chown -h 65534 dst/his dst/his/his
	ln -s his/his dst/file
	ovl_cp -R src/. dst
	assert_failure 1
	assert_output --partial 'which another user owns'
	assert_equal "$(<dst/precious)" precious
}

@test "what was copied out of the tree of another user is not written through later" {
	mkdir his && ln -s "$PWD/outside/file" his/f && chown -hR 65534 his
	ovl_cp -R his to
	assert_success
	rm his/f && echo payload >his/f
	ovl_cp -R his/. to
	assert_failure 1
	assert_equal "$(<outside/file)" precious
}

@test "a leading directory is not the one above the destination, however a link says it" {
	mkdir -p src/a top/to/sub
	echo evil >src/a/f && echo precious >top/f
	for text in .. ../to/.. sub/../.. "$PWD/top/to/.." ../..; do
		ln -sfn "$text" top/to/a
		run env -C src "$OVL_CP" --parents a/f ../top/to
		assert_failure 1
		assert_output \
			"ovl-cp: not writing through symlink '../top/to/a', which leads out of the destination"
	done
	assert_equal "$(<top/f) $(ls)" $'precious dst\noutside\nsrc\ntop'
	ln -sfn sub/.. top/to/a # the destination itself
	(cd src && "$OVL_CP" --parents a/f ../top/to)
	assert_equal "$(<top/to/f)" evil
}

@test "leading directories are not entered through a link of another user, or out of the destination" {
	mkdir -p src/etc/new to etc && echo evil >src/etc/passwd && echo key >src/etc/new/key
	echo precious >etc/passwd
	chown -R 65534 src to
	for owner in 65534 0; do
		ln -sfn "$PWD/etc" to/etc && chown -h $owner to/etc
		(cd src && "$OVL_CP" -p --parents etc/passwd ../to 2>>../said) && return 1
		(cd src && "$OVL_CP" -p --parents etc/new/key ../to 2>>../said) && return 1
	done
	assert_equal "$(<etc/passwd) $(stat -c %u etc) $(ls etc)" 'precious 0 passwd'
	assert_equal "$(cut -d, -f2 said | uniq)" ' which another user owns
 which leads out of the destination'
	for up in .. real/../..; do # a path that ends above the destination
		rm -rf to/etc to/real passwd && mkdir to/real && ln -s $up to/etc
		(cd src && "$OVL_CP" --parents etc/passwd ../to) && return 1
		assert_not_exists passwd
	done
	rm -r to/etc to/real && mkdir to/real && ln -s real to/etc
	(cd src && "$OVL_CP" --parents etc/passwd ../to)
	assert_equal "$(<to/real/passwd)" evil
}
