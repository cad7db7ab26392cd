#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# --remember: a copy or a source that was changed is not taken for what it was.
# shellcheck disable=SC2030,SC2031,SC2154 # low, up and merged belong to the fixture
# needs: images

load ../../fixtures/remember

setup_file() { stack_file ext4 xfs reflink:xfs; }

# changed COMMAND...: COMMAND changes the copy $merged/1, or the source; the next copy is right.
changed() {
	file_make "$low/file" "$SIZE"
	stack
	copies "$merged/file" "$merged/1"
	touch -r "$merged/1" "$BATS_TEST_TMPDIR/times"
	"$@"
	assert_rewritten "$merged/file" "$merged/2"
	cmp "$merged/file" "$merged/2"
}

write_byte() { printf X | dd of="$merged/1" bs=1 seek=4096 conv=notrunc status=none; }
write_and_restore_mtime() { write_byte && touch -r "$BATS_TEST_TMPDIR/times" "$merged/1"; }

map_byte() {
	python3 -c 'import mmap, sys
f = open(sys.argv[1], "r+b")
m = mmap.mmap(f.fileno(), 0)
m[8192] = m[8192] ^ 1' "$merged/1"
	touch -r "$BATS_TEST_TMPDIR/times" "$merged/1"
}

truncate_and_extend() { truncate -s 4096 "$merged/1" && truncate -s "$SIZE" "$merged/1"; }

exchange() {
	cp --reflink=never "$merged/1" "$merged/new" && printf X >>"$merged/new"
	mv "$merged/new" "$merged/1"
}

change_source() { printf X | dd of="$merged/file" bs=1 seek=9 conv=notrunc status=none; }
replace_by_fifo() { rm "$merged/1" && mkfifo "$merged/1"; }
replace_by_link() { mv "$merged/1" "$merged/other" && write_to_other && ln -s other "$merged/1"; }
write_to_other() { printf X >>"$merged/other"; }
let_others_write() { chmod 666 "$merged/1"; }

@test "a copy that was written to is not used" { changed write_byte; }
@test "nor if its mtime was restored" { changed write_and_restore_mtime; }
@test "nor if it was changed through a mapping" { changed map_byte; }
@test "nor if it was cut and made longer" { changed truncate_and_extend; }
@test "nor if another file got its name" { changed exchange; }
@test "nor if its name leads to a FIFO, which is not opened" { changed replace_by_fifo; }
@test "nor if its name is a symbolic link" { changed replace_by_link; }
@test "nor if others may write to it" { changed let_others_write; }
@test "a source that was changed is read again" { changed change_source; }
@test "a copy that was removed is none" { changed rm "$merged/1"; }

@test "a copy that is changed after a clone of it is not used again" {
	file_make "$low/file" "$SIZE"
	stack
	copies "$merged/file" "$merged"/{1,2}
	write_byte
	copies "$merged/file" "$merged/3"
}
