#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# -S and SIMPLE_BACKUP_SUFFIX.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

scene() {
	echo source >src
	echo old >old
	echo num >num
	echo 1 >num.~1~
	mkdir into
	echo inner >into/src
}

@test "-S is the end of a backup's name" { same_as_cp -b -S .bak src old; }

@test "--suffix is -S" { same_as_cp --backup --suffix=.bak src old; }

@test "-S makes a backup by itself" { same_as_cp -S .bak src old; }

@test "-S and its value may be one word" { same_as_cp -bS.bak src old; }

@test "-S needs a value" { same_as_cp src old -S; }

@test "--suffix without a value is refused" { same_as_cp src old --suffix; }

@test "the last -S counts" { same_as_cp -b -S .one -S .two src old; }

@test "-S does not count for numbered backups" { same_as_cp --backup=numbered -S .bak src old; }

@test "-S does not count where there are numbers" { same_as_cp -b -S .bak src num; }

@test "-S with --backup=none makes no backup" { same_as_cp --backup=none -S .bak src old; }

@test "-S after a file in a directory" { same_as_cp -b -S .bak -v src into; }

@test "an empty suffix is ignored" { same_as_cp -b -S '' src old; }

@test "an empty suffix, --backup=simple" { same_as_cp --backup=simple --suffix= src old; }

@test "a suffix with a slash is ignored" { same_as_cp -b -S /bak src old; }

@test "a suffix that has a slash inside is ignored" { same_as_cp -b -S .a/b src old; }

@test "a suffix of any bytes is taken" { same_as_cp -bv -S $' \n\xff!#:+' src old; }

@test "SIMPLE_BACKUP_SUFFIX is the end of a backup's name" {
	SIMPLE_BACKUP_SUFFIX=.env same_as_cp -b src old
}

@test "SIMPLE_BACKUP_SUFFIX does not make a backup by itself" {
	SIMPLE_BACKUP_SUFFIX=.env same_as_cp src old
}

@test "-S comes before SIMPLE_BACKUP_SUFFIX" {
	SIMPLE_BACKUP_SUFFIX=.env same_as_cp -b -S .bak src old
}

@test "an empty SIMPLE_BACKUP_SUFFIX is ignored" { SIMPLE_BACKUP_SUFFIX='' same_as_cp -b src old; }

@test "a SIMPLE_BACKUP_SUFFIX with a slash is ignored" {
	SIMPLE_BACKUP_SUFFIX=/x same_as_cp -b src old
}

@test "-S with -n is refused" { same_but_words -S .bak -n src old; }
