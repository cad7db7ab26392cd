#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# -Z, --context and --preserve=context where there is no SELinux.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

setup() {
	lab_setup
	[ ! -e /sys/fs/selinux/enforce ] || skip 'SELinux is there'
	[ ! -e /sys/fs/smackfs ] || skip 'Smack is there'
}

scene() {
	echo x >src
	mkdir -p dir/sub to
	touch dir/sub/y
}

@test "-Z is taken in silence" { same_as_cp -Z src new; }

@test "--context is taken in silence" { same_as_cp --context src new; }

@test "--context takes no operand for its value" { same_as_cp --context src to; }

@test "--context=CONTEXT is ignored with a warning" {
	same_as_cp --context=system_u:object_r:tmp_t:s0 src new
}

@test "--context= with nothing is ignored with a warning" { same_as_cp --context= src new; }

@test "-Z with --context=CONTEXT is a warning" { same_as_cp -Z --context=x src new; }

@test "-ZR copies a tree" { same_as_cp -ZR dir new; }

@test "-Z with -a is taken" { same_as_cp -Z -a dir new; }

@test "-Z with --preserve=all is taken" { same_as_cp -Z --preserve=all src new; }

@test "-Z with --preserve=context is refused" { same_as_cp -Z --preserve=context src new; }

@test "--preserve=context is refused" { same_as_cp --preserve=context src new; }

@test "--preserve=context is refused in a list" {
	same_as_cp --preserve=mode,context,links src new
}

@test "--preserve=all does without" { same_as_cp --preserve=all src new; }

@test "-a does without" { same_as_cp -a dir new; }

@test "--no-preserve=context is taken" { same_as_cp -a --no-preserve=context dir new; }

@test "-c, which was --preserve=context, is not an option" { same_but_words -c src new; }
