#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# needs: time
# Every kind of source onto every kind of destination.
# shellcheck disable=SC2317,SC2034 # scene is called, twin_* are read by the fixture

load ../../fixtures/common
load ../../fixtures/cp

kinds=(none file readonly dir link dirlink gone fifo device)

# make KIND NAME: creates a file of that kind; the target of a symbolic link is created beside it.
make() {
	case $1 in
	file) echo "old $2" >"$2" ;;
	readonly) echo "old $2" >"$2" && chmod 444 "$2" ;;
	dir) mkdir "$2" && echo "in $2" >"$2/in" ;;
	link) echo "behind $2" >"behind-$2" && ln -s "behind-$2" "$2" ;;
	dirlink) mkdir "behind-$2" && touch "behind-$2/there" && ln -s "behind-$2" "$2" ;;
	gone) ln -s "nothing-$2" "$2" ;;
	fifo) mkfifo "$2" ;;
	device) [ "$EUID" != 0 ] || { mknod "$2" c 1 3 && chmod 666 "$2"; } ;;
	esac
}

scene() {
	local kind
	mkdir to
	for kind in "${kinds[@]}"; do
		make "$kind" "$kind"
		(cd to && make "$onto" "$kind")
	done
	find . -exec touch -h -d @9 {} +
	find to -type f -name '*d*' -exec touch -d @5 {} +
	[ "$EUID" != 0 ] || chown -hR 65534 .
	chmod 777 . to
}

# each ARG...: copies files of all kinds onto each kind, except for a file onto a FIFO, which blocks.
each() {
	local onto sources
	for onto in "${kinds[@]}"; do
		sources=("${kinds[@]}")
		[ "$onto" != fifo ] || sources=(none dir gone fifo)
		[ "$EUID" = 0 ] || unset 'sources[-1]'
		rm -rf "$BATS_TEST_TMPDIR"/{cp,ovl}
		twin_as="${who-} timeout 60" twin_stdin=$(yes | head) twins "$@" "${sources[@]}" to
		_agree status
		_agree tree
		_agree err
	done
}

@test "-R does with every kind of file what cp does" { each -R; }

@test "-R by an ordinary user does with every kind of file what cp does" { who=as_user each -R; }

@test "-a does with every kind of file what cp does" { each -a; }

@test "-RH does with every kind of file what cp does" { each -RH; }

@test "-Rf does with every kind of file what cp does" { each -Rf; }

@test "-R --remove-destination does with every kind of file what cp does" {
	each -R --remove-destination
}

@test "-Rn does with every kind of file what cp does" { each -Rn; }

@test "-Ru does with every kind of file what cp does" { each -Ru; }

@test "-Rb does with every kind of file what cp does, but sets one aside for a directory" {
	# as cp since 9.5; cp 9.1 refuses
	kinds=("${kinds[@]/dir/none}")
	each -Rb
	mkdir -p "$BATS_TEST_TMPDIR/aside/to" && cd "$BATS_TEST_TMPDIR/aside" && mkdir dir && echo x >dir/f && echo file >to/dir
	ovl_cp -Rb dir to
	assert_success
	assert_equal "$(cat to/dir/f to/dir~ | tr '\n' ' ')" 'x file '
}

@test "-Rl does with every kind of file what cp does" { each -Rl; }

@test "-RlP does with every kind of file what cp does" { each -RlP; }

@test "-Rlf does with every kind of file what cp does" { each -Rlf; }

@test "-Rp --attributes-only does what cp does" { each -Rp --attributes-only; }
