#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# A source on which another process holds a write lease, as file servers do: cp waits for its end.

load ../../fixtures/common

setup() {
	requires python3
	cd "$BATS_TEST_TMPDIR" || return
	mkdir tree
	echo old >tree/file
}

# hold FILE: a process that holds a lease; asked for it, it writes its data and gives it up.
hold() {
	rm -f held
	python3 - "$1" held 3>&- <<-'END' &
		import fcntl, os, signal, sys
		signal.alarm(60)
		signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGIO])
		fd = os.open(sys.argv[1], os.O_RDWR)
		fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_WRLCK)
		open(sys.argv[2], 'w').close()
		signal.sigwait([signal.SIGIO])
		os.write(fd, b'data\n')
		fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_UNLCK)
	END
	until_true [ -e held ]
}

@test "a source with a lease is waited for, and copied as it is then" {
	for args in 'tree/file new' '-r tree new' '-a -j 4 tree new' '--fan-out tree/file new new2'; do
		rm -rf new new2
		echo old >tree/file
		hold tree/file
		# shellcheck disable=SC2086 # words
		ovl_cp $args
		assert_success
		wait
		assert_equal "$(cat new/file 2>/dev/null || cat new)" data
	done
}
