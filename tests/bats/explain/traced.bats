#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The system calls of --explain: none creates, changes or removes a name or an attribute, and only
# files without a name (O_TMPFILE) are opened for writing.
# shellcheck disable=SC2030,SC2031,SC2034,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/overlay
load ../../fixtures/explain

setup_file() { stack_file ext4 xfs strace mkfifo; }

# The calls that --explain must not make; strace ignores an unknown name after "?".
calls=mkdir,mkdirat,mknod,mknodat,link,linkat,symlink,symlinkat,unlink,unlinkat,rmdir,rename,renameat
calls+=',renameat2,truncate,chmod,fchmod,fchmodat,?fchmodat2,chown,fchown,lchown,fchownat,utimensat'
calls+=,utime,utimes,futimesat,setxattr,lsetxattr,fsetxattr,removexattr,lremovexattr,fremovexattr,creat
calls+=,fallocate,mount,umount2,write,pwrite64,writev,sendfile,splice

scene() {
	mkdir -p "$low/tree/sub" "$low/old/tree" "$low/to"
	file_make "$low/file" "$SIZE"
	file_make "$low/small" 5000
	file_make "$low/tree/one" 2M
	mkfifo "$low/tree/fifo"
	ln -s one "$low/tree/link"
	file_make "$low/old/file" 4000
	stack
	cd "$merged" || return
	watched=("$merged" "$up")
}

# traces ARG...: runs --explain ARG... under strace, and asserts that it made none of these calls.
traces() {
	local trace=$BATS_TEST_TMPDIR/trace
	run strace -f -qq -e signal=none -e "trace=$calls,open,openat,openat2,ioctl,copy_file_range" \
		-o "$trace" timeout 60 "$OVL_CP" --explain "$@"
	printf 'status %d\n%s\n' "${status:?}" "${output-}"
	assert_success
	sed -E '/ writev?\([12], /d; /\) += -1 ENOSYS/d' "$trace" >"$trace.rest"
	run -1 grep -E "^[0-9]+ +($(tr , '|' <<<"${calls//\?/}"))\(" "$trace.rest"
	run -1 grep -E 'O_CREAT|O_TRUNC|O_APPEND' "$trace.rest"
	run -1 sh -c "grep -E 'O_WRONLY|O_RDWR' '$trace.rest' | grep -v O_TMPFILE"
	run -1 grep -E 'SETFLAGS|FSSETXATTR' "$trace.rest"
	# clones are tried on files without a name
	grep -q O_TMPFILE "$trace.rest" || fail 'nothing was tried at all'
}

@test "a file to a new name, and over one that is there" {
	scene
	traces file new
	traces --reflink=always -p file old/file
	traces -f --remove-destination small old/file
	traces -b small old/file
	traces --copy-up=always small new
}

@test "a tree" {
	scene
	traces -a tree new
	traces -a --parents tree to
	traces -R --copy-up=always tree old
}

@test "a fan-out" {
	scene
	traces --fan-out small one two three
	traces --fan-out -a tree one two
}
