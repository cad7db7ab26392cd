#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Another user owns a directory that root copies to, and exchanges what has just been looked at or
# made.
# shellcheck disable=SC2154 # said belongs to the fixture

load ../../fixtures/common
load ../../fixtures/stopped

setup() {
	requires root strace
	cd "$BATS_TEST_TMPDIR" || return
	chmod 755 . # others must reach the directory of the destination
	mkdir -p src his
	chown 65534 his
}

fails_at_the_end() { if goes_on; then fail "exit status 0"; fi; }

@test "a new directory that another user exchanges for his own is not filled" {
	mkdir src/secret && echo hidden >src/secret/f && chmod 700 src/secret
	for options in -R '-R -p' '-a -j4'; do
		# shellcheck disable=SC2086 # words
		stopped mkdirat when=1 $options src/secret his
		as_user mv his/secret his/away
		as_user mkdir -m 777 his/secret
		fails_at_the_end
		assert_equal "$options $(ls his/secret his/away)" "$options his/away:

his/secret:"
		rm -r his/*
	done
}

@test "a new directory that is exchanged for another one of root's, with files, is not filled" {
	mkdir src/secret && echo hidden >src/secret/f
	mkdir -m 700 his/other && echo precious >his/other/f
	stopped mkdirat when=1 -R src/secret his
	as_user mv his/secret his/away
	as_user mv his/other his/secret
	fails_at_the_end
	assert_equal "$(<his/secret/f)" precious
}

@test "the descriptor of a new directory that was exchanged is closed once, as threads may have its number" {
	mkdir src/d
	strace -f -qq -o trace -e trace=mkdirat,close -e inject=mkdirat:delay_exit=1000000:when=1 \
		"$OVL_CP" -R src/d his 3>&- 2>said &
	pid=$!
	until_true test -d his/d
	as_user mv his/d his/away
	as_user mkdir -m 777 his/d
	refute wait "$pid"
	run ! grep 'close(.*EBADF' trace
}

@test "a leading directory that another user exchanges is not filled" {
	mkdir -p src/a/b && echo hidden >src/a/b/f && chmod -R go= src/a
	stopped mkdirat when=1 -p --parents src/a/b/f his
	as_user mv his/src his/away
	as_user mkdir -m 777 his/src
	fails_at_the_end
	assert_equal "$(ls his/src)" ''
}

@test "where new directories are shown with another owner they are filled all the same" {
	requires bindfs
	mkdir src/d shown && echo x >src/d/f
	bindfs --force-user=65534 --create-with-perms=a+rwX his shown
	run "$OVL_CP" -R src/d shown
	umount shown
	assert_success
	assert_equal "$(<his/d/f)" x
}

@test "a link of root's in a tree that is exchanged for another one is not written through" {
	local calls call n
	echo new >src/f
	scene() {
		rm -rf his/t && mkdir -p his/t && chown 65534 his his/t
		echo harmless >his/t/harmless
		ln -s harmless his/t/f
		echo precious >precious
		as_user ln -s "$PWD/precious" his/t/evil
	}
	scene
	mv src t && mkdir src && mv t src
	strace -f -qq -o trace -e trace=openat,newfstatat,readlinkat "$OVL_CP" -R -j1 src/t his
	mapfile -t calls < <(sed 's/^[0-9]* *//' trace | awk '{
		c = $0; sub(/\(.*/, "", c); n[c]++ } /^[a-z]*\([^"]*"f"/ { print c, n[c] }')
	[ ${#calls[@]} -gt 2 ]
	for call in "${calls[@]}"; do
		n=${call#* } call=${call% *}
		scene
		stopped "$call" "when=$n" -R -j1 src/t his
		as_user mv his/t/evil his/t/f
		goes_on || true # a refusal, unless it came too late to be seen
		assert_equal "$call $n: $(<precious)" "$call $n: precious"
	done
}

@test "an unfinished copy that another process has completed meanwhile is left, and said" {
	file_make src/f 400K 1
	file_make src/second 300K 2
	stopped pwrite64,copy_file_range error=ENOSPC:when=1 src/f copy
	"$OVL_CP" src/second copy
	fails_at_the_end
	cmp copy src/second
	grep -q "not removing 'copy', which is incomplete: another process has written to it" "$said"
}

@test "what was inspected is what is overwritten, also where /proc is not mounted" {
	local in='while umount -l /proc 2>&-; do :; done; exec "$@"' n
	scene() {
		rm -f his/*
		as_user tee his/f <<<his >/dev/null
		touch -d 2001-01-01 his/f
		echo precious >his/newer
	}
	copy() {
		strace -f -qq -o trace -e trace=openat "$@" \
			unshare --mount sh -c "$in" sh "$OVL_CP" -Ru src/. his
	}
	echo new >src/f && touch -d 2002-02-02 src/f
	scene && copy
	assert_equal "$(<his/f)" new
	pid=$(awk '/"f", .*O_PATH/ { print $1; exit }' trace)
	n=$(grep "^$pid .*openat(" trace | awk '/"f", .*O_PATH/ { print NR; exit }')
	scene
	copy -e "inject=openat:signal=SIGSTOP:when=$n" 3>&- 2>said &
	pid=$!
	until_true grep -q 'stopped by SIGSTOP' trace
	as_user mv -f his/newer his/f
	kill -CONT "$(awk '/stopped by SIGSTOP/ { print $1; exit }' trace)"
	wait "$pid" || fail "$(<said)"
	assert_equal "$(<his/f)" precious
}

@test "it is left, too, if it is shorter than the unfinished one was" {
	mkfifo pipe
	exec {ends}<>pipe
	"$OVL_CP" pipe copy 3>&- {ends}>&- 2>said &
	pid=$!
	head -c 50000 /dev/zero >&"$ends"
	until_true [ -s copy ]
	echo short >src/f
	"$OVL_CP" src/f copy
	kill "$pid"
	refute wait "$pid"
	assert_equal "$(<copy)" short
	grep -q "not removing 'copy', which is incomplete: another process has written to it" said
}

# takes_name FILE: another user gives a file of his the name of the copy that is being made.
takes_name() {
	assert_exists "$1"
	as_user tee "$1.his" <<<his >/dev/null
	as_user mv -f "$1.his" "$1"
	goes_on || fail "$(<"$said")"
}

@test "no destination becomes a link to another user's file that took the name of a copy" {
	mkdir dst && echo roots >src/f
	stopped utimensat when=1 -p --fan-out --share=hardlink src/f his/f dst/f
	takes_name his/f
	assert_equal "$(stat -c '%u %h' dst/f) $(<dst/f)" '0 1 roots'
}

@test "no link of a tree becomes one to another user's file that took the name of a copy" {
	mkdir dst src/his && echo roots >src/his/f && ln src/his/f src/link
	mv his dst
	cd src || return
	stopped utimensat when=1 -p --preserve=links --parents his/f link ../dst
	takes_name ../dst/his/f
	assert_equal "$(stat -c '%u %h' ../dst/link) $(<../dst/link)" '0 1 roots'
}

@test "no link becomes one to another user's file that has got the number of the copy" {
	requires loop fs:ext4
	fs_make ext4 fs 16
	cd fs || return
	mkdir -p src/his dst/his && chown 65534 dst/his
	echo roots >src/his/f && ln src/his/f src/link && echo other >src/other
	cd src || return
	# while "other" is copied, which no name is linked to
	stopped utimensat when=2 -p --preserve=links --parents his/f other link ../dst
	assert_exists ../dst/other
	number=$(stat -c %i ../dst/his/f)
	as_user rm -f ../dst/his/f
	as_user tee ../dst/his/f <<<his >/dev/null
	assert_equal "$(stat -c %i ../dst/his/f)" "$number" # the attack can be made
	fails_at_the_end
	[ ! -e ../dst/link ]
	assert_equal "$(<"$said")" \
		"ovl-cp: cannot create hard link '../dst/link' to '../dst/his/f': Stale file handle"
}
