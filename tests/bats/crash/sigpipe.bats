#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# SIGPIPE, when the reader of the output has gone, is a signal like the others that end a copy.

load ../../fixtures/common

setup() { cd "$BATS_TEST_TMPDIR" && file_make src 1M; }

# into_no_reader COMMAND...: runs it with its output into a pipe whose reader has gone; sets "status".
into_no_reader() {
	mkfifo pipe
	exec {both}<>pipe
	exec {end}>pipe {both}<&-
	status=0
	"$@" 2>messages 1>&"$end" || status=$?
	exec {end}>&-
}

@test "ovl-cp -v | head -n 1 ends both, and leaves complete files only" {
	# more lines than a pipe, two buffers and a queue of threads hold
	printf -v long '%0200d' 0
	mkdir from
	tee "from/$long-"{1..2000} <src >/dev/null
	for options in -R '-R -j2'; do
		rm -rf to
		# shellcheck disable=SC2086 # several options
		run bash -c 'set -o pipefail; "$@" | head -n 1' - env --default-signal \
			"$OVL_CP" $options -v --reflink=never -T from to
		assert_equal "$status ${#lines[@]}" '141 1'
		assert_equal "$(sha256sum to/* | cut -d ' ' -f 1 | uniq)" "$(sha256sum <src | cut -d ' ' -f 1)"
		[ "$(find to -type f | wc -l)" -lt 2000 ]
	done
}

@test "a complete copy whose only line is lost stays, and ends by SIGPIPE" {
	into_no_reader env --default-signal "$OVL_CP" -v src new
	assert_equal "$status $(<messages)" '141 '
	cmp src new
}

@test "a FIFO as destination whose reader goes away ends the copy, which names it" {
	mkfifo fifo
	head -c 1 fifo >/dev/null &
	run --separate-stderr env --default-signal "$OVL_CP" src fifo
	assert_equal "$status ${stderr-}" "141 ovl-cp: error writing 'fifo': Broken pipe"
}

@test "an ignored SIGPIPE stays ignored, and a line that is lost is an error" {
	into_no_reader env --ignore-signal=PIPE "$OVL_CP" -v src new
	assert_equal "$status $(<messages)" '1 ovl-cp: write error: Broken pipe'
	cmp src new
}

@test "so it is with a report in a file" {
	into_no_reader env --default-signal "$OVL_CP" -v --report=report --report-format=text src new
	assert_equal "$status $(<messages)" '141 '
	grep -q $'^summary\t.*\tsignal=13\t' report
	rm pipe
	into_no_reader env --default-signal OVL_CP_REPORT=more "$OVL_CP" -v src new
	assert_equal "$status $(<messages)" '141 '
}
