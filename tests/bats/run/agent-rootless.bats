#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The agent of an ordinary user, and a container that the same user makes.
# shellcheck disable=SC2016,SC2034,SC2154 # other shells expand; variables of the fixture
# needs: images

load ../../fixtures/agent

setup_file() { agent_file userns; }

owner=as_user

# rootless OWNER: a container of the user, X of OWNER.
rootless() {
	agent_stack_of "$1"
	chmod 777 "$BATS_TEST_TMPDIR"
	agent_start
	profile_of
	bundle one 'cp X 1 && cp X 2' 'linux.uidMappings=[{"containerID":0,"hostID":65534,"size":1}]' \
		'linux.gidMappings=[{"containerID":0,"hostID":65534,"size":1}]' \
		'linux.namespaces=[{"type":"pid"},{"type":"mount"},{"type":"user"},{"type":"ipc"}]'
	container one
	assert_success
}

@test "a container without root, whose user owns the file" {
	rootless 65534:65534
	assert_one_copy 1 2
}

@test "a container without root, whose user may not write the file" {
	rootless 0
	assert_no_help 1 2
}
