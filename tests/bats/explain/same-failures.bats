#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# If a copy would fail, --explain fails with the same message and the same status.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # watched, as_who belong to the fixture

load ../../fixtures/common
load ../../fixtures/explain

setup() {
	lab_setup
	cd "$BATS_TEST_TMPDIR" || return
	mkdir dir dir/sub full full/file
	file_make file 5000
	file_make other 4000
	ln -s nothing dangling
	ln -s file link
	watched=("$BATS_TEST_TMPDIR")
}

@test "a source that is missing" {
	fails_alike "cannot stat 'missing': No such file" missing new
	fails_alike "cannot stat 'missing': No such file" missing file dir
}

@test "a directory without -R, and one onto a file" {
	fails_alike "omitting directory 'dir'" dir new
	fails_alike "cannot overwrite non-directory 'file' with directory 'dir'" -RT dir file
	fails_alike "cannot overwrite directory 'full/file' with non-directory 'file'" file full
}

@test "a file onto itself, also through a link" {
	fails_alike "'file' and 'file' are the same file" file file
	fails_alike "'file' and 'link' are the same file" file link
	fails_alike 'are the same file' --remove-destination file ./file
}

@test "a link to nothing as destination" {
	fails_alike "not writing through dangling symlink 'dangling'" file dangling
	fails_alike "not writing through dangling symlink 'dangling'" -f file dangling
}

@test "a file that the same call would have made" {
	cp file full/other
	fails_alike "will not overwrite just-created 'dir/other' with 'full/other'" other full/other dir
}

@test "a file that the same call would have replaced, or written through a link" {
	cp file full/other
	for options in '' -b --remove-destination --atomic; do
		rm -rf dir && mkdir dir && touch -d 2001-01-01 dir/other
		# shellcheck disable=SC2086 # several options
		fails_alike "will not overwrite just-created 'dir/other' with 'full/other'" $options other full/other dir
	done
	for option in -b --remove-destination; do
		rm -rf dir && mkdir dir && ln -s nothing dir/other
		fails_alike "will not overwrite just-created 'dir/other' with 'full/other'" $option other full/other dir
	done
	# a name whose file would fail is free again
	run "$OVL_CP" --explain --require=clone --fan-out /sys/kernel/uevent_seqnum dir/new dir/new
	assert_failure 1
	assert_equal "$(grep -c "^ovl-cp: failed to clone 'dir/new'" <<<"$output")" 2
	rm -rf dir && mkdir dir && touch dir/to && ln -s to dir/other
	fails_alike "will not copy 'full/other' through just-created symlink 'dir/other'" other full/other dir
}

@test "a link to a relative path in another directory" {
	fails_alike "dir/new: can make relative symbolic links only in current directory" -s file dir/new
	fails_alike "can make relative symbolic links only in current directory" -s --parents full/file/../../file dir
	fails_alike "can make relative symbolic links only in current directory" -s --fan-out file dir/1 dir/2
	touch dir/old
	fails_alike "can make relative symbolic links only in current directory" -sf file dir/old
}

@test "a directory into itself" {
	fails_alike "cannot copy a directory, 'dir', into itself, 'dir/new'" -R dir dir/new
	rm -r dir/new
	fails_alike "cannot copy a directory, 'dir', into itself, 'dir/sub/dir'" -R dir dir/sub
	rm -r dir/sub/dir
	fails_alike "cannot copy a directory, 'dir', into itself, 'dir/sub'" -RT dir dir/sub
}

@test "a target directory that is missing, or a file" {
	fails_alike "target directory 'missing': No such file" -t missing file
	fails_alike "target directory 'file': Not a directory" -t file other
	fails_alike "'missing/new'" file missing/new
	fails_alike "'missing/'" file missing/
	fails_alike "'file/new'" other file/new
}

@test "an existing file that must not be replaced" {
	fails_alike "not replacing 'other'" --update=none-fail file other
	fails_alike "cannot create hard link 'other' to 'file': File exists" -l file other
}

@test "a directory that may not be written, and a file that may not be read or written" {
	requires setpriv root
	as_who=as_user
	file_make closed 1000
	chmod 000 closed
	chmod 777 full
	fails_alike "cannot create regular file 'dir/new': Permission denied" file dir/new
	fails_alike "cannot create regular file 'other': Permission denied" file other
	fails_alike "cannot remove 'other': Permission denied" -f file other
	fails_alike "cannot open 'closed' for reading: Permission denied" closed full/new
	fails_alike "cannot create directory 'dir/full': Permission denied" -R full dir
}

@test "a file that only its owner, or nobody, may remove or rename" {
	requires setpriv root chattr
	mkdir -m 1777 sticky && mkdir append
	cp file sticky/old && chmod 666 sticky/old
	cp file append/old && cp file fixed
	as_who=as_user
	fails_alike "cannot remove 'sticky/old': Operation not permitted" --remove-destination file sticky/old
	fails_alike "cannot backup 'sticky/old': Operation not permitted" -b file sticky/old
	fails_alike "cannot backup 'sticky/old': Operation not permitted" --atomic -b file sticky/old
	fails_alike "cannot create regular file 'sticky/old': Operation not permitted" --atomic file sticky/old
	as_who=
	chattr +a append && chattr +i fixed || skip 'no such flags'
	fails_alike "cannot remove 'append/old': Operation not permitted" --remove-destination file append/old
	fails_alike "cannot backup 'append/old': Operation not permitted" --atomic -b file append/old
	fails_alike "cannot backup 'fixed': Operation not permitted" -b file fixed
	fails_alike "cannot remove 'fixed': Operation not permitted" -f file fixed
	chattr -a append && chattr -i fixed
	# what a link in such a directory leads to may be in another one
	chmod 777 full && cp file full/mine && chown 65534 full/mine && ln -s ../full/mine sticky/link
	as_who=as_user
	run as_user "$OVL_CP" --explain --atomic file sticky/link
	assert_success
}

@test "hard links to another mount, even of the same filesystem" {
	requires loop
	mkdir mounted
	mount --bind dir mounted
	fails_alike "cannot create hard link 'mounted/new' to 'file': Invalid cross-device link" \
		-l file mounted/new
	echo x >mounted/old
	fails_alike "cannot create hard link 'mounted/old' to 'file': File exists" -l file mounted/old
	fails_alike "'mounted/old' to 'file': Invalid cross-device link" -lf file mounted/old
	touch full/one
	fails_alike "'mounted/tree/one' to 'full/one': Invalid cross-device link" -Rl full mounted/tree
}

@test "leading directories where none can be made" {
	mkdir -p lead/sub fixed && echo x >lead/sub/x
	as_who=as_user
	[ "$(id -u)" = 0 ] || chmod 555 fixed
	fails_alike "cannot make directory 'fixed/lead': Permission denied" --parents lead/sub/x fixed
	chmod 755 fixed
}
