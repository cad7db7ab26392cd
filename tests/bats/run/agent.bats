#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# The agent: containers of crun, whose profiles hand their calls to it.
# shellcheck disable=SC2016,SC2030,SC2031,SC2034,SC2154 # other shells expand; variables of the fixture
# needs: images

load ../../fixtures/agent

setup_file() { agent_file; }

COPIES='for i in 1 2 3 4; do cp X $i || exit; done'

@test "a container is helped, and has a line in the report for its copy-up" {
	agent_stack
	agent_start --report="$BATS_TEST_TMPDIR/report"
	profile_of
	bundle one "$COPIES"
	container one
	assert_success
	assert_one_copy 1 2 3 4
	assert_equal "$(wc -l <"$BATS_TEST_TMPDIR/report")" 1
}

@test "the same with the profile of podman" {
	[ -e /usr/share/containers/seccomp.json ] || cannot_run 'there is no profile of podman'
	agent_stack
	agent_start
	profile_of /usr/share/containers/seccomp.json
	bundle one "$COPIES; while read -r line; do case \$line in Seccomp:*) echo \$line; esac; done </proc/self/status"
	container one
	assert_success
	assert_output 'Seccomp: 2'
	assert_one_copy 1 2 3 4
}

@test "the same with a profile whose flags have TSYNC" {
	agent_stack
	agent_start
	echo '{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[],
		"flags":["SECCOMP_FILTER_FLAG_TSYNC","SECCOMP_FILTER_FLAG_LOG"]}' >"$BATS_TEST_TMPDIR/base"
	profile_of "$BATS_TEST_TMPDIR/base"
	grep -q FLAG_LOG "$profile"
	bundle one "$COPIES"
	container one
	assert_success
	assert_one_copy 1 2 3 4
}

@test "a container of runc" {
	requires runc
	runtime=(runc)
	agent_stack
	agent_start
	profile_of
	bundle one "$COPIES"
	container one
	assert_success
	assert_one_copy 1 2 3 4
}

# by_call METHOD: a static call in a container.
by_call() {
	SIZE=$((17 * 1024 * 1024 + 5))
	agent_stack
	agent_start
	profile_of
	bundle one "call $1 X 1 2 3"
	container one
	assert_success
	assert_one_copy 1 2 3
}

@test "FICLONERANGE in a container" { by_call clone-range; }

@test "copy_file_range in a container" { by_call copy-range; }

@test "sendfile in a container, from the position of the source" { by_call sendfile; }

@test "sendfile in a container, from an offset in its memory" { by_call sendfile-at; }

USERNS=('linux.uidMappings=[{"containerID":0,"hostID":100000,"size":65536}]'
	'linux.gidMappings=[{"containerID":0,"hostID":100000,"size":65536}]')

# in_userns OWNER: a container with a user namespace, X of OWNER.
in_userns() {
	agent_stack_of "$1"
	agent_start
	profile_of
	bundle one "$COPIES" "${USERNS[@]}" \
		'linux.namespaces=[{"type":"pid"},{"type":"mount"},{"type":"user"},{"type":"ipc"}]'
	container one
	assert_success
}

@test "a container with a user namespace, whose user 0 owns the file" {
	in_userns 100000:100000
	assert_one_copy 1 2 3 4
}

@test "a container with a user namespace, whose user 0 may not write the file" {
	in_userns 0
	assert_no_help 1 2 3 4
}

@test "an ordinary user in a container may not have a file copied up" {
	agent_stack
	chmod 1777 "$merged"
	agent_start
	profile_of
	bundle one "$COPIES" 'process.user={"uid":1000,"gid":1000}' 'process.capabilities={}'
	container one
	assert_success
	assert_no_help 1 2 3 4
}

@test "fifty containers at a time" {
	agent_stack
	agent_start
	profile_of
	for i in {1..50}; do bundle "c$i" "cp X X$i"; done
	for i in {1..50}; do (container "c$i" && assert_success) >"$BATS_TEST_TMPDIR/out.$i" & done
	for job in $(jobs -p); do [ "$job" = "$agent" ] || wait "$job"; done
	assert_one_copy X{1..50}
}

@test "a container that calls all the time keeps no other one waiting" {
	agent_stack
	agent_start
	profile_of
	file_make "$low/many" 2M
	bundle flood 'for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		(until [ -e /end ]; do call clone X flood$i; call sendfile X flood$i; done) & done >/dev/null; : >/begun; wait'
	bundle one "$COPIES"
	(container flood) >"$BATS_TEST_TMPDIR/out" &
	flood=$!
	until_true test -e "$merged/begun"
	container one
	assert_success
	: >"$merged/end"
	wait "$flood"
	rm "$merged"/flood*
	assert_one_copy 1 2 3 4
}

@test "an agent that is killed, and started again: containers go on" {
	agent_stack
	agent_start
	profile_of
	bundle one ': >/begun; until [ -e /go ]; do read -r _ </proc/uptime; done; cp X 1 && cp X 2'
	bundle two 'cp X 3'
	(container one && assert_success) >"$BATS_TEST_TMPDIR/out" &
	one=$!
	until_true test -e "$merged/begun"
	kill -KILL "$agent"
	wait "$agent" || :
	container two
	assert_failure # nobody listens
	: >"$BATS_TEST_TMPDIR/agent.log"
	agent_start
	until_true container_starts two
	: >"$merged/go"
	wait "$one"
	assert_one_copy 1 2 3
}

container_starts() {
	container "$1"
	[ "$status" = 0 ]
}

@test "without its supervisor a container copies every byte" {
	agent_stack
	agent_start
	profile_of
	bundle one ': >/begun; until [ -e /go ]; do read -r _ </proc/uptime; done; cp X 1 && cp X 2'
	(container one && assert_success) >"$BATS_TEST_TMPDIR/out" &
	one=$!
	until_true test -e "$merged/begun"
	pkill -KILL -P "$agent"
	: >"$merged/go"
	wait "$one"
	assert_no_help 1 2
}

# send MESSAGE FILE...: sends the bytes and descriptors of the files to the agent.
send() {
	python3 - "$socket" "$@" <<-'END'
		import array, os, socket, sys
		s = socket.socket(socket.AF_UNIX)
		s.connect(sys.argv[1])
		fds = array.array("i", [os.open(name, os.O_RDONLY) for name in sys.argv[3:]])
		control = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, fds)] if fds else []
		s.sendmsg([sys.argv[2].encode()], control)
		s.settimeout(20)
		assert s.recv(1) == b""
	END
}

@test "what is no listener is refused, and the agent goes on" {
	agent_stack
	agent_start
	send '{"fds":["seccompFd"]}'
	send '{"fds":["seccompFd"]}' /dev/null
	send x /dev/null /dev/zero "$merged/X" /dev/null
	profile_of
	bundle one "$COPIES"
	container one
	assert_success
	assert_one_copy 1 2 3 4
}

@test "another user may not connect" {
	agent_stack
	agent_start
	assert_equal "$(stat -c %a "$socket")" 600
	chmod 666 "$socket"
	chmod 755 "$BATS_TEST_TMPDIR"
	run as_user python3 -c '
import socket, sys
s = socket.socket(socket.AF_UNIX)
s.connect(sys.argv[1])
s.settimeout(20)
try:
    s.send(b"x")
    assert s.recv(1) == b""
except (BrokenPipeError, ConnectionResetError):
    pass' "$socket"
	assert_success
	until_true grep -q 'a connection of another user than root was refused' "$BATS_TEST_TMPDIR/agent.log"
}

@test "a socket that is in use is not taken over, one that was left is" {
	agent_stack
	agent_start
	run "$OVL_RUN" --agent="$socket"
	assert_failure 125
	assert_output "ovl-run: cannot listen at '$socket': Address already in use"
	agent_stop
	assert_not_exists "$socket"
	agent_start
	kill -KILL "$agent"
	wait "$agent" || :
	assert_exists "$socket"
	agent_start
	send x
	agent_stop
	: >"$socket"
	run "$OVL_RUN" --agent="$socket"
	assert_failure 125
	assert_exists "$socket"
}

@test "a connection that sends nothing does not keep the socket in use" {
	agent_stack
	agent_start
	coproc python3 -c '
import socket, sys
s = socket.socket(socket.AF_UNIX)
s.connect(sys.argv[1])
print("connected", flush=True)
sys.stdin.read()' "$socket"
	read -r _ <&"${COPROC[0]}"
	until_true pgrep -P "$agent" # it is being served
	kill -KILL "$agent"
	wait "$agent" || :
	: >"$BATS_TEST_TMPDIR/agent.log"
	agent_start
	run timeout 1 tail --pid="$agent" -f /dev/null
	assert_failure 124 # it goes on
	refute [ -s "$BATS_TEST_TMPDIR/agent.log" ]
}

has_signals() { find "/proc/$agent/fd" -lname "*signalfd*" | grep -q .; }

are_served() { [ "$(pgrep -c -P "$agent")" = 1024 ]; }

@test "more than 1024 containers are refused, until there are fewer" {
	agent_stack
	agent_start
	profile_of
	bundle one "$COPIES"
	coproc python3 -c '
import resource, socket, sys
resource.setrlimit(resource.RLIMIT_NOFILE, (2048, 2048))
all = [socket.socket(socket.AF_UNIX) for _ in range(1024)]
for s in all: s.connect(sys.argv[1])
print("connected", flush=True)
sys.stdin.read()' "$socket"
	read -r _ <&"${COPROC[0]}"
	until_true are_served
	container one # not started, or with ENOSYS for its calls
	grep 'a container was refused: there are 1024 already' "$BATS_TEST_TMPDIR/agent.log"
	assert_not_copied_up X
	rm -f 1 2 3 4
	kill "$COPROC_PID"
	until_true container_starts one
	assert_one_copy 1 2 3 4
}

@test "an agent without a free descriptor waits, and accepts when there is one" {
	requires prlimit
	agent_stack
	agent_start
	profile_of
	bundle one "$COPIES"
	until_true has_signals
	free=0
	while [ -e "/proc/$agent/fd/$free" ]; do free=$((free + 1)); done
	prlimit --pid "$agent" --nofile=$free:4096
	(container one && assert_success) >"$BATS_TEST_TMPDIR/out" &
	one=$!
	sleep 3
	read -ra times <"/proc/$agent/stat"
	assert [ $((times[13] + times[14])) -lt 10 ] # of 300
	prlimit --pid "$agent" --nofile=1024:4096
	wait "$one"
	assert_one_copy 1 2 3 4
}

@test "--agent without a path, and a profile with one that is relative" {
	run timeout 5 "$OVL_RUN" --agent=
	assert_failure 125
	assert_line 'ovl-run: --agent needs the path of a socket'
	run "$OVL_RUN" --agent= --print-profile
	assert_failure 125
	run "$OVL_RUN" --agent=agent.sock --print-profile
	assert_failure 125
	assert_line 'ovl-run: the path of the socket in a profile must begin with a slash'
}

# passed COUNT KIND: starts the agent with a descriptor of KIND, and says that there are COUNT.
passed() {
	run timeout 20 python3 - "$OVL_RUN" "$BATS_TEST_TMPDIR/none" "$@" <<-'END'
		import os, socket, sys
		program, name, count, kind = sys.argv[1:]
		pair = socket.socketpair()
		bound = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
		listening = socket.socket()
		listening.listen()
		fd = {"null": os.open("/dev/null", os.O_RDWR), "connected": pair[0].fileno(),
		      "datagram": bound.fileno(), "tcp": listening.fileno(),
		      "new": socket.socket(socket.AF_UNIX).detach()}.get(kind, -1)
		os.dup2(fd, 3) if fd >= 0 else os.closerange(3, 9)
		os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS=count)
		os.execv(program, [program, "--agent=" + name])
	END
}

@test "what is passed in place of a listening socket is refused" {
	for kind in null connected datagram tcp new closed; do
		passed 1 "$kind"
		assert_failure 125
		assert_output --partial 'not one listening UNIX socket'
	done
	passed 2 null
	assert_failure 125
	assert_not_exists "$BATS_TEST_TMPDIR/none"
}

@test "profiles: what is forbidden, or has a condition, is left as it is" {
	socket=/run/agent
	cat >"$BATS_TEST_TMPDIR/base" <<-'END'
		{"defaultAction":"SCMP_ACT_ERRNO","syscalls":[
		{"names":["read","sendfile","ioctl"],"action":"SCMP_ACT_ALLOW"},
		{"names":["copy_file_range"],"action":"SCMP_ACT_ALLOW","includes":{"caps":["CAP_SYS_ADMIN"]}}]}
	END
	run --separate-stderr "$OVL_RUN" --print-profile="$BATS_TEST_TMPDIR/base" --agent=/run/agent
	assert_success
	assert_equal "$stderr" 'ovl-run: warning: copy_file_range is not helped: the profile forbids it, or has conditions for it'
	python3 - "$output" <<-'END'
		import json, sys
		p = json.loads(sys.argv[1])
		assert p["listenerPath"] == "/run/agent"
		def rules(call, action):
		    return [r for r in p["syscalls"] if r["names"] == [call] and r["action"] == action]
		assert {"names": ["read"], "action": "SCMP_ACT_ALLOW"} in p["syscalls"]
		assert len(rules("copy_file_range", "SCMP_ACT_ALLOW")) == 1
		assert len(rules("sendfile", "SCMP_ACT_NOTIFY")) == 1
		notify = [r["args"][0] for r in rules("ioctl", "SCMP_ACT_NOTIFY")]
		allow = [r["args"][0] for r in rules("ioctl", "SCMP_ACT_ALLOW")]
		assert [a["valueTwo"] for a in notify] == [0x40049409, 0x4020940d]
		import random
		for n in [0, 1, 0x5401, 0xffffffff, 0x40049408, 0x4004940a] + [random.getrandbits(32) for _ in range(999)]:
		    assert sum(n & a["value"] == a["valueTwo"] for a in allow) == (n not in (0x40049409, 0x4020940d))
		for n in (0x40049409, 0x4020940d):
		    assert not any(n & a["value"] == a["valueTwo"] for a in allow)
	END
	run "$OVL_RUN" --print-profile="$BATS_TEST_TMPDIR/none"
	assert_failure 125
	echo '{' >"$BATS_TEST_TMPDIR/bad"
	run "$OVL_RUN" --print-profile="$BATS_TEST_TMPDIR/bad"
	assert_failure 125
	assert_output --partial 'is not JSON'
	echo '{}' >"$BATS_TEST_TMPDIR/bad"
	run "$OVL_RUN" --print-profile=- <"$BATS_TEST_TMPDIR/bad"
	assert_failure 125
	assert_output --partial 'no list "syscalls"'
	for list in null '{}' 1; do
		echo "{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"syscalls\":$list}" >"$BATS_TEST_TMPDIR/bad"
		run "$OVL_RUN" --print-profile="$BATS_TEST_TMPDIR/bad"
		assert_failure 125
		assert_output --partial 'no list "syscalls"'
	done
}

@test "profiles: calls of another program do not become the agent's" {
	base=$BATS_TEST_TMPDIR/base
	for notify in '"SCMP_ACT_NOTIFY","syscalls":[]' \
		'"SCMP_ACT_ALLOW","syscalls":[{"names":["mount"],"action":"SCMP_ACT_NOTIFY"}]'; do
		echo "{\"listenerPath\":\"/run/other\",\"defaultAction\":$notify}" >"$base"
		run "$OVL_RUN" --print-profile="$base"
		assert_failure 125
		assert_output --partial "$base hands calls to another program (SCMP_ACT_NOTIFY)"
	done
}

@test "an agent whose messages nobody reads any more goes on" {
	agent_stack
	"$OVL_RUN" --agent="$socket" 2> >(:) 3>&- &
	agent=$!
	until_true test -S "$socket"
	chmod 666 "$socket"
	chmod 755 "$BATS_TEST_TMPDIR"
	as_user python3 -c '
import socket, sys
s = socket.socket(socket.AF_UNIX)
s.connect(sys.argv[1])
s.settimeout(20)
try:
    s.recv(1)
except ConnectionResetError:
    pass' "$socket"
	profile_of
	bundle one "$COPIES"
	container one
	assert_success
	assert_one_copy 1 2 3 4
}
