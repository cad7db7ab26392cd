#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Backups when the existing file is the source, or when the source has the name of its backup.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	echo source >x
	echo backup >x~
	echo other >y
	ln x hard
	ln -s x soft
	mkdir dir
	echo inner >dir/x
}

@test "-b of a file onto its own name is refused" { same_as_cp -b x x; }

@test "-bf of a file onto its own name makes a backup of it" {
	scene() { echo source >x; }
	same_as_cp -bf x x
	assert_equal "$(<"$BATS_TEST_TMPDIR/ovl/x~")" source
}

@test "-bf of a file onto its own name overwrites an older backup" { same_as_cp -bf x x; }

@test "-bfv of a file onto its own name prints the backup" { same_as_cp -bfv x x; }

@test "-bf of a file onto its own name in another spelling" { same_as_cp -bf x ./x; }

@test "-bf of a file onto its own name in the directory" { same_as_cp -bf x .; }

@test "--force --backup=numbered of a file onto its own name numbers" {
	same_as_cp --force --backup=numbered x x
}

@test "-bfS of a file onto its own name takes the suffix" { same_as_cp -bf -S .bak x x; }

@test "-bf with --remove-destination of a file onto its own name" {
	same_as_cp -bf --remove-destination x x
}

@test "-b of a file onto its hard link is refused or done as cp does" { same_as_cp -b x hard; }

@test "-bf of a file onto its hard link" { same_as_cp -bf x hard; }

@test "-b of a file onto a symbolic link to it" { same_as_cp -b x soft; }

@test "-b of a symbolic link onto what it names" { same_as_cp -b soft x; }

@test "-bd of a symbolic link onto what it names" { same_as_cp -bd soft x; }

@test "-bd of a symbolic link onto itself" { same_as_cp -bd soft soft; }

@test "-bdf of a symbolic link onto itself" { same_as_cp -bdf soft soft; }

@test "-b that would destroy the source is refused" { same_as_cp -b x~ x; }

@test "-b that would destroy the source in a directory is refused" {
	scene() { mkdir d && echo b >d/x~ && echo x >d/x; }
	same_as_cp -b d/x~ d/x
}

@test "-b with a suffix that would destroy the source is refused" {
	scene() { echo a >x && echo b >x.old; }
	same_as_cp -b -S .old x.old x
}

@test "-bf that would destroy the source is refused" { same_as_cp -bf x~ x; }

@test "a numbered backup destroys no source" { same_as_cp --backup=numbered x~ x; }

@test "-b onto a file whose backup is a hard link of the source" {
	scene() { echo a >x && ln x y~ && echo c >y; }
	same_as_cp -b x y
}

# cp has overwritten the source by the backup then, and renames the backup back: the source is lost.
@test "-b onto a file whose backup is where the source leads to" {
	cd "$BATS_TEST_TMPDIR"
	echo a >y~
	echo b >y
	ln -s y~ link
	ovl_cp -b link y
	assert_failure
	assert_output "ovl-cp: backing up 'y' might destroy source;  'link' not copied"
	assert_equal "$(cat y~ y)" $'a\nb'
}

# Here too cp overwrites the source.
@test "-b onto a file whose name is so long that its backup has the name of the source" {
	local name
	cd "$BATS_TEST_TMPDIR"
	name=$(printf '%0253d' 0)
	echo a >"$name~"
	echo b >"${name}1"
	for how in -b -bf '-b --atomic'; do
		# shellcheck disable=SC2086 # words
		ovl_cp $how "$name~" "${name}1"
		assert_failure
		assert_output --partial 'might destroy source'
		assert_equal "$(cat "$name~" "${name}1")" $'a\nb'
	done
}
