#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Containers of podman, by crun with its default seccomp profile and capabilities.
# shellcheck disable=SC2016,SC2030,SC2031,SC2154 # shells in the container; variables of the fixture
# needs: images

load ../../fixtures/build

setup_file() { build_file podman crun; }

# crun refuses the cgroups of a machine that still mounts both versions; this mount namespace belongs
# to the test.
one_version_of_cgroups() {
	[ "$(stat -f -c %T /sys/fs/cgroup)" = cgroup2fs ] || {
		umount -R -l /sys/fs/cgroup && mount -t cgroup2 cgroup2 /sys/fs/cgroup
	} || cannot_run 'no cgroups of version 2'
}

security=()

# contain CP STEP [ENV...]: runs it; sets upper, and output. Limits, because crun may not raise those it
# was given. Detached, because in a PID namespace podman waits for the end of a container for 20 s.
contain() {
	local cp=$1 step=$2 volume
	shift 2
	volume=$(mktemp -d -p "$BATS_TEST_TMPDIR")
	growth_start "$up"
	tool podman --cgroup-manager cgroupfs --runtime crun --events-backend file run --detach \
		"${security[@]}" \
		--ulimit nofile=1024:1024 --ulimit nproc=1024:1024 --network none --cgroups disabled \
		--volume "$volume:/volume" "${@/#/--env=}" --env "PATH=/$cp" base \
		/bin/sh -c "(set -e; $step) >/volume/out 2>&1; echo \$? >/volume/status; : >/volume/end"
	until_true test -e "$volume/end"
	output=$(<"$volume/out")
	assert_equal "$(<"$volume/status")" 0
	upper=$(growth "$up")
}

@test "a loop of 20 copies, and a tree copied twice" {
	one_version_of_cgroups
	contain gnu 'while read -r line; do echo "$line"; done </proc/self/status'
	assert_output --partial $'\nSeccomp:\t2'
	contain ovl "$LOOP" OVL_CP_REMEMBER=yes
	assert_room "$BIG" "$upper" 'the upper layer'
	contain gnu "$TREES"
	gnu_upper=$upper
	contain ovl "$TREES" OVL_CP_REMEMBER=yes
	assert_room $((gnu_upper / 2)) "$upper" 'the upper layer'
}

@test "GNU cp below ovl-run, with the default profile" {
	requires ovl-run
	one_version_of_cgroups
	contain gnu "/ovl/run --require /bin/sh -ec '$LOOP'"
	assert_room "$BIG" "$upper" 'the upper layer'
}

@test "GNU cp with an agent, which the profile names" {
	requires ovl-run
	[ -e /usr/share/containers/seccomp.json ] || cannot_run 'there is no profile of podman'
	one_version_of_cgroups
	"$OVL_RUN" --print-profile=/usr/share/containers/seccomp.json \
		--agent="$BATS_TEST_TMPDIR/socket" >"$BATS_TEST_TMPDIR/profile.json"
	"$OVL_RUN" --agent="$BATS_TEST_TMPDIR/socket" >"$BATS_TEST_TMPDIR/agent.log" 2>&1 3>&- &
	agent=$!
	until_true test -S "$BATS_TEST_TMPDIR/socket"
	security=(--security-opt "seccomp=$BATS_TEST_TMPDIR/profile.json")
	contain gnu "$LOOP"
	kill "$agent"
	assert_room "$BIG" "$upper" 'the upper layer'
}
