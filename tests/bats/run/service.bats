#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The agent as a service: the units, in a system that systemd has booted.
# shellcheck disable=SC2016,SC2034,SC2154 # other shells expand; variables of the fixture
# needs: images
# needs: time
# needs: dynamic

load ../../fixtures/agent

setup_file() { agent_file systemd-nspawn; }

units=$BATS_TEST_DIRNAME/../../../systemd

# unit NAME: writes standard input as a unit of the system.
unit() { cat >"$system/etc/systemd/system/$1"; }

# system_make: an overlay of the root directory of this machine, with ovl-run and its units, which runs the
# script "$BATS_TEST_TMPDIR/script" and is powered off then. Sets system.
system_make() {
	system=$BATS_TEST_TMPDIR/system
	mkdir "$up/"{system,system-work} "$system"
	mount -t overlay -o "lowerdir=/,upperdir=$up/system,workdir=$up/system-work" overlay "$system" ||
		cannot_run 'the root directory of this machine cannot be a lower layer'
	rm -rf "$system/etc/systemd/system"
	mkdir -p "$system/etc/systemd/system" "$system/usr/local/bin"
	cp "$OVL_RUN" "$system/usr/local/bin/ovl-run"
	unit ovl-run.socket <"$units/ovl-run.socket"
	sed 's|@bindir@|/usr/local/bin|' "$units/ovl-run.service.in" | unit ovl-run.service
	printf '%s\n' '[Unit]' 'Wants=ovl-run.socket' 'After=ovl-run.socket' \
		'SuccessAction=poweroff-force' 'FailureAction=poweroff-force' '[Service]' Type=oneshot \
		"ExecStart=/bin/bash $BATS_TEST_TMPDIR/script" | unit script.service
}

# system_boot: boots it, and waits for its end.
system_boot() {
	run timeout -s KILL 300 systemd-nspawn --quiet --keep-unit --register=no --boot --private-network \
		--system-call-filter='@keyring @process @debug seccomp' --bind="$BATS_TEST_TMPDIR" \
		--bind="$BATS_FILE_TMPDIR" -D "$system" -- --unit=script.service
	printf '%s\n' "$output"
	[ -e "$BATS_TEST_TMPDIR/begun" ] || cannot_run 'systemd-nspawn cannot boot a system here'
}

@test "the socket starts the agent, which helps a container, and starts again when it is killed" {
	agent_stack
	socket=/run/ovl-run/agent.sock
	profile_of
	bundle one 'cp X 1 && cp X 2'
	bundle two 'cp X 3'
	system_make
	cat >"$BATS_TEST_TMPDIR/script" <<-END
		cd "$BATS_TEST_TMPDIR"
		: >begun
		systemctl show -p ActiveState --value ovl-run.service >before
		for name in one two; do
			crun --cgroup-manager=disabled --root /run/crun run -b "\$PWD/\$name" \$name >\$name.out 2>&1
			echo "\$?" >\$name.status
			systemctl show -p ActiveState --value ovl-run.service >\$name.state
			systemctl kill --kill-whom=main -s KILL ovl-run.service
			sleep 1
		done
	END
	system_boot
	cat "$BATS_TEST_TMPDIR/"*.out
	assert_equal "$(<"$BATS_TEST_TMPDIR/before")" inactive
	assert_equal "$(xargs <<<"$(cat "$BATS_TEST_TMPDIR/"{one,two}.{status,state})")" '0 active 0 active'
	assert_copied_up X
	assert_shares "$up/upper/"{X,1,2,3}
}
