#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The resources that large trees need: memory and file descriptors, but no path of full length.
# needs: time

load ../../fixtures/common

# AddressSanitizer holds freed memory back.
export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}quarantine_size_mb=1

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	# On tmpfs, because there are many files.
	[ "$(id -u)" != 0 ] || fs_make tmpfs lab 2048 nr_inodes=1m || return
	mkdir -p lab && cd lab && mkfifo fifo
}

# find, because it can remove trees that are deeper than PATH_MAX.
teardown() {
	find "$BATS_TEST_TMPDIR/lab" -mindepth 1 -delete
	lab_cleanup
}

# dig DIR COUNT: creates COUNT thousand nested directories, with a file in the last one.
dig() {
	thousand=$(printf 'd/%.0s' {1..1000})
	mkdir "$1"
	(
		cd -P "$1" || exit
		for ((i = 0; i < $2; i++)); do mkdir -p "$thousand" && cd -P "$thousand" || exit; done
		echo bottom >file
	)
}

# assert_dug DIR COUNT: asserts that the tree is complete.
assert_dug() {
	assert_equal "$(find "$1" -name file -printf '%d ' -execdir cat {} \;)" "${2}001 bottom"
}

# files DIR COUNT: creates COUNT empty files.
files() { mkdir "$1" && (cd "$1" && seq "$2" | xargs touch); }

# peak ARG...: prints the peak memory of a copy, in KiB. After the copy the program waits for data
# from a FIFO, so that /proc still has its status.
peak() {
	mkdir to
	"$OVL_CP" --copy-contents "$@" fifo to 3>&- &
	exec 4>fifo
	awk '$1 == "VmHWM:" { print $2 }' "/proc/$!/status"
	exec 4>&-
	wait $!
	rm -r to
}

@test "memory does not grow with the number of files" {
	files few 1000
	files many 200000
	for option in -R -a; do
		few=$(peak "$option" few)
		many=$(peak "$option" many)
		[ "$((many - few))" -lt 8192 ] || fail "$few KiB have become $many KiB"
	done
}

@test "nor with that of the files of a fan-out" {
	for dir in few many; do
		mkdir $dir
		files $dir/first "$([ $dir = few ] && echo 1000 || echo 30000)"
		mkfifo $dir/last # as in peak
		mkdir to
		"$OVL_CP" --copy-contents -R -j1 --fan-out $dir to/{1..5} 3>&- &
		exec 4>$dir/last
		peaks[${#peaks[@]}]=$(awk '$1 == "VmHWM:" { print $2 }' "/proc/$!/status")
		exec 4>&-
		wait $!
		assert_equal "$(find to/5 | wc -l)" "$(find $dir | wc -l)"
		rm -r to
	done
	[ "$((peaks[1] - peaks[0]))" -lt 8192 ] || fail "${peaks[*]} KiB"
}

@test "a small file of a tree takes nine system calls at most" {
	requires strace
	dynamic_only 'musl makes other system calls'
	for count in 100 200; do
		mkdir $count
		(cd $count && seq $count | xargs -I{} sh -c 'echo {} >{}')
		strace -f -qq -o trace "$OVL_CP" -a -j1 $count new-$count
		calls[count]=$(wc -l <trace)
	done
	[ "$((calls[200] - calls[100]))" -le 900 ] || fail "${calls[*]}"
}

@test "5,000 levels are copied, with few descriptors" {
	dig tree 5
	for option in -R -a; do
		(ulimit -n 64 && exec "$OVL_CP" "$option" tree "copy$option")
		assert_dug "copy$option" 5
	done
}

@test "20,000 names of 10,000 files are kept" {
	files names 10000
	mkdir tree
	cp -al names tree/a && mv names tree/b
	"$OVL_CP" -a tree copy
	assert_equal "$(find copy -type f -links 2 | wc -l)" 20000
	diff <(cd copy/a && ls -i) <(cd copy/b && ls -i)
}

@test "a deep tree needs sixteen descriptors, and no temporary name is left with fewer" {
	local n
	mkdir -p "deep/$(printf 'd/%.0s' {1..40})" && echo bottom >"deep/$(printf 'd/%.0s' {1..40})/file"
	for n in 16 24 32 48; do
		(ulimit -n "$n" && exec "$OVL_CP" -a deep "copy.$n")
		assert_equal "$(find "copy.$n" -name file -exec cat {} +)" bottom
	done
	echo old >existing
	for n in 4 5 6 7 8; do (ulimit -n "$n" && exec "$OVL_CP" -sf "$PWD/fifo" existing) || true; done
	assert_equal "$(echo ./*)" './copy.16 ./copy.24 ./copy.32 ./copy.48 ./deep ./existing ./fifo'
	assert_equal "$(echo .ovl-cp*)" '.ovl-cp*'
}
