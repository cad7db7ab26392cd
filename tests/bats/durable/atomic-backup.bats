#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --atomic with backups, and what others do meanwhile.

load ../../fixtures/common
load ../../fixtures/cp

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	echo new >src
	echo old >old
}

@test "--atomic -b never takes the name from the old file" {
	requires strace
	strace -f -o trace -e trace=linkat,renameat,renameat2,unlinkat "$OVL_CP" --atomic -b src old
	assert_equal "$(cat old old~)" "$(printf '%s\n' new old)"
	run grep -E 'renameat2?\(.*"old", ' trace
	assert_failure
}

@test "--atomic -b replaces an older backup" {
	echo older >old~
	ovl_cp --atomic -b src old
	assert_success
	assert_equal "$(cat old old~)" "$(printf '%s\n' new old)"
	assert_equal "$(ls -A)" "$(printf '%s\n' old 'old~' src)"
}

@test "--atomic -b of a hard link says that the old file is its backup, not that it was removed" {
	ln src link && mkdir dir && cp old dir/link
	ovl_cp --atomic -abv src link dir
	assert_success
	assert_output "$(printf '%s\n' "'src' -> 'dir/src'" "'link' -> 'dir/link' (backup: 'dir/link~')")"
	assert_equal "$(cat dir/link dir/link~)" "$(printf '%s\n' new old)"
	rm dir/link~
	ovl_cp --atomic -av src link dir
	assert_line "removed 'dir/link'"
}

@test "--atomic --backup=numbered counts on" {
	ovl_cp --atomic --backup=numbered src old
	ovl_cp --atomic --backup=numbered src old
	assert_equal "$(cat old 'old.~1~' 'old.~2~')" "$(printf '%s\n' new old new)"
}

@test "--atomic -b takes the backup back if the copy fails" {
	file_make big 1M
	inject big pread64:error=EIO -- --atomic -b --reflink=never big old
	assert_failure 1
	assert_equal "$(ls -A)" "$(printf '%s\n' big old src trace)"
	assert_equal "$(cat old)" old
}

@test "--atomic -b leaves the old file its backup if another one has got its name meanwhile" {
	local pid writer status=0
	mkfifo src.fifo
	# a copy of a pipe cannot be compared, so it fails at its end
	"$OVL_CP" --atomic -b --verify src.fifo old 2>err &
	pid=$!
	exec {writer}>src.fifo
	echo data >&"$writer" # it waits for some
	until_true test -e old~
	echo theirs >new && mv new old
	exec {writer}>&-
	wait $pid || status=$?
	assert_equal "$status $(cat old old~)" "$(printf '%s\n' '1 theirs' old)"
	grep -qxF "ovl-cp: cannot un-backup 'old': File exists" err
}

@test "--atomic -n leaves a file alone that is there, and -u a newer one" {
	ovl_cp --atomic -n src old
	assert_equal "$(cat old)" old
	touch -d @1 src
	ovl_cp --atomic -u src old
	assert_equal "$(cat old)" old
}

@test "--atomic --update=none-fail does not replace a file that comes while it copies" {
	mkfifo src.fifo
	"$OVL_CP" --atomic --update=none-fail src.fifo new 2>err &
	local pid=$! status=0
	{ echo data; echo theirs >new; } >src.fifo
	wait $pid || status=$?
	assert_equal "$status $(cat new)" '1 theirs'
	assert_equal "$(<err)" "ovl-cp: cannot create regular file 'new': File exists"
}

@test "--atomic names a destination of a fan-out once" {
	ovl_cp --atomic --fan-out src one one two
	assert_output "ovl-cp: warning: destination 'one' is named more than once"
	assert_equal "$(cat one two)" "$(printf '%s\n' new new)"
}

@test "--atomic writes to a pipe and to an open file as ever" {
	run bash -c '"$OVL_CP" --atomic src /dev/stdout | cat'
	assert_output new
	{ "$OVL_CP" --atomic src /dev/stdout && echo more; } >>old
	assert_equal "$(cat old)" "$(printf '%s\n' new more)"
}

@test "--atomic finds a temporary name where the kernel has no random numbers" {
	requires strace
	strace -o trace -e inject=getrandom:error=ENOSYS "$OVL_CP" --atomic src old
	assert_equal "$(cat old)" new
	grep 'getrandom(.*, 8, .*INJECTED' trace
}
